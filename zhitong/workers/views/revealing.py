"""Showing a sealed number: asked for with a reason, shown once, kept in no cache."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path

from zhitong.kernel.errors import AlreadyDone, NotAllowed, OutOfReach, Refusal
from zhitong.kernel.web import ActorForm, signed_in
from zhitong.kernel.web.verbs import VerbPage, verb_of

from ..forms import RevealForm
from ..models import Worker


@dataclass(frozen=True)
class RevealPage(VerbPage):
    """The page of a verb whose result is a secret: it is shown in the answer and nowhere else."""

    def _do(self, request: HttpRequest, row: Any, form: ActorForm) -> HttpResponseBase:
        try:
            number = self.call(**self._given(request, row, form))
        except (OutOfReach, NotAllowed):
            raise
        except (AlreadyDone, Refusal) as no:
            form.add_error(no.field if no.field in form.fields else None, str(no.sentence))
            return self._show(request, row, form, 422)
        context = {
            "title": self.title,
            "row": row,
            "number": number,
            "crumbs": [(str(row), f"/workers/{row.pk}/")],
        }
        shown = render(request, "workers/revealed.html", context)
        shown["Cache-Control"] = "no-store"
        return shown


def reveal_path(verb: Callable[..., Any]) -> URLPattern:
    """Return the route of a verb that reveals."""
    known = verb_of(verb)
    page = RevealPage(verb, RevealForm, "workers/reveal.html", known.title, known.at, Worker)

    def view(request: HttpRequest, pk: int) -> HttpResponseBase:
        return page.answer(request, pk)

    view.__name__ = known.name
    guarded = signed_in(view)
    guarded.verb, guarded.page = known, page  # type: ignore[attr-defined]
    return path(f"<int:pk>/{known.name}/", guarded, name=known.name)
