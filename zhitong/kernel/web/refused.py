"""Refusals that no page caught become a page of their own, with the sentence and the way back."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.template.loader import render_to_string

from zhitong.kernel.errors import NoRoom, Refusal, lacks_room


class RefusalMiddleware:
    """Shows a stray ``Refusal`` with its own status; programs read its code in ``X-Refusal``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the page of a refusal; other exceptions go on, all but a full disk."""
        if lacks_room(exception):
            exception = NoRoom()
        if not isinstance(exception, Refusal):
            return None
        status = exception.status if exception.status >= 400 else 409
        template = f"{status}.html" if status in (403, 404) else "refused.html"
        response = render(request, template, {"sentence": exception.sentence}, status=status)
        response["X-Refusal"] = exception.code
        return response


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what cannot be read at all; nothing of it is looked at again, since that would raise once more."""
    return HttpResponseBadRequest(render_to_string("400.html"))
