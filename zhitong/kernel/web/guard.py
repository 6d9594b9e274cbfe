"""Every view says who may open it: someone who signed in, or everybody."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeAlias

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase

View: TypeAlias = Callable[..., HttpResponseBase]


def signed_in(view: View) -> View:
    """Open the view only to someone who signed in; ``request.actor`` is their account."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        request.actor = getattr(request.user, "_wrapped", request.user)  # type: ignore[attr-defined]
        return view(request, *args, **named)

    guarded.guard = "signed_in"  # type: ignore[attr-defined]
    return guarded


def public(view: View) -> View:
    """Open the view to everybody; ``request.actor`` is the account or ``None``."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        known = request.user.is_authenticated
        request.actor = getattr(request.user, "_wrapped", request.user) if known else None  # type: ignore[attr-defined]
        return view(request, *args, **named)

    opened.guard = "public"  # type: ignore[attr-defined]
    return opened
