"""Pages of verbs: a form or a confirmation, the verb, and every way in which it may say no."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from zhitong.kernel import access
from zhitong.kernel.action import Verb
from zhitong.kernel.errors import AlreadyDone, Faster, NotAllowed, OutOfReach, Refusal
from zhitong.kernel.models import Account
from zhitong.kernel.privacy import Sealed

from .faster import what_changed
from .form import ActorForm
from .guard import View, signed_in
from .paths import page_of, row_of_label, visible_row

Text = str | Promise
Done = Callable[[Any, HttpRequest], str | None]


@dataclass(frozen=True)
class VerbPage:
    """How one verb is asked of a person."""

    call: Callable[..., Any]
    form: type[ActorForm]
    template: str
    title: Text
    argument: str | None = None
    model: type[Model] | None = None
    at: Callable[[Account], Model] | None = None
    done: Done | None = None
    ask: Text = ""
    danger: bool = False
    context: Callable[[HttpRequest, Any], dict[str, Any]] | None = None
    revealed: str = "kernel/revealed.html"
    own_title: Text = ""

    def titled(self, request: HttpRequest) -> Text:
        """Return what the verb is called to whoever asks: a person about himself may read other words."""
        own = self.own_title and actor_of(request).is_worker
        return self.own_title if own else self.title

    @property
    def verb(self) -> Verb:
        """What is known of the verb."""
        return verb_of(self.call)

    def answer(self, request: HttpRequest, pk: int | None = None) -> HttpResponseBase:
        """Show the page, or do the verb and go on."""
        row = self._row(request, pk)
        if request.method != "POST":
            return self._show(request, row, self.form(actor_of(request), row, initial=_asked(request)))
        form = self.form(actor_of(request), row, request.POST, request.FILES)
        if not form.is_valid():
            return self._show(request, row, form, 422)
        return self._do(request, row, form)

    def begin(self, request: HttpRequest, known: dict[str, Any]) -> HttpResponseBase:
        """Show a page that makes a row, with what another page found out; it is sent to its own address."""
        self._row(request, None)
        form = self.form(actor_of(request), None, initial=known)
        return self._show(request, None, form, address=reverse(self.verb.name))

    def _row(self, request: HttpRequest, pk: int | None) -> Model | None:
        actor, name = actor_of(request), self.verb.name
        if self.model is None or pk is None:
            if not access.holds(actor, name):
                raise NotAllowed(name)
            return None
        row = visible_row(self.model, actor, pk)
        if not (access.may(actor, name, row) if self.argument == self.verb.at else access.holds(actor, name)):
            raise NotAllowed(name)
        return row

    def _do(self, request: HttpRequest, row: Model | None, form: ActorForm) -> HttpResponseBase:
        try:
            result = self.call(**self._given(request, row, form))
        except AlreadyDone as before:
            messages.info(request, str(before.sentence))
            return redirect(self._next(row_of_label(before.result), row, request))
        except (OutOfReach, NotAllowed):
            raise
        except Faster as no:
            return self._overtaken(request, row, form, no)
        except Refusal as no:
            form.add_error(no.field if no.field in form.fields else None, str(no.sentence))
            return self._show(request, row, form, 422)
        if isinstance(result, (str, Sealed)):
            return self._reveal(request, row, result)
        messages.success(request, _("已办理：%(title)s") % {"title": self.titled(request)})
        return redirect(self._next(result, row, request))

    def _reveal(self, request: HttpRequest, row: Model | None, value: str | Sealed) -> HttpResponseBase:
        """Show what a verb opened, on this page only: it is kept neither in the session nor in the browser."""
        clear = value.open() if isinstance(value, Sealed) else value
        known = {"title": self.title, "value": clear, "back": page_of(row) or "/", "crumbs": crumbs_to(row)}
        answer = render(request, self.revealed, known)
        answer["Cache-Control"] = "no-store"
        return answer

    def _given(self, request: HttpRequest, row: Model | None, form: ActorForm) -> dict[str, Any]:
        given = {**form.given(), "by": actor_of(request), "nonce": form.cleaned_data["nonce"] or None}
        if row is not None and self.argument is not None:
            given[self.argument] = row
        elif self.at is not None and self.verb.at is not None:
            given[self.verb.at] = self.at(actor_of(request))
        if "seen" in inspect.signature(self.verb.function).parameters:
            given["seen"] = form.cleaned_data["seen"]
        return given

    def _overtaken(
        self, request: HttpRequest, row: Model | None, form: ActorForm, no: Faster
    ) -> HttpResponseBase:
        """Say what somebody else changed meanwhile, keep what was typed, and let it be sent again."""
        if row is None:
            return self._show(request, row, self._once_more(request, form, no), no.status)
        fresh = visible_row(type(row), actor_of(request), row.pk)
        changes = what_changed(fresh, form, actor_of(request))
        data = request.POST.copy()
        data["seen"] = str(getattr(fresh, "version", ""))
        again = self.form(actor_of(request), fresh, data, request.FILES)
        again.is_valid()
        for name, sentence in changes:
            again.add_error(name if name in again.fields else None, sentence)
        return self._show(request, fresh, again, no.status)

    def _once_more(self, request: HttpRequest, form: ActorForm, no: Faster) -> ActorForm:
        """Return a form that makes a row as it was typed, meant against what stands by now."""
        data = request.POST.copy()
        data["seen"] = str("" if form.initial["seen"] is None else form.initial["seen"])
        again = self.form(actor_of(request), None, data, request.FILES)
        again.is_valid()
        again.add_error(None, str(no.sentence))
        return again

    def _next(self, result: Any, row: Model | None, request: HttpRequest) -> str:
        wanted = self.done(result, request) if self.done is not None else None
        return wanted or page_of(result) or page_of(row) or "/"

    def _show(
        self, request: HttpRequest, row: Model | None, form: ActorForm, status: int = 200, address: str = ""
    ) -> HttpResponseBase:
        more = self.context(request, row) if self.context is not None else {}
        known = {
            "title": self.titled(request), "verb": self.verb, "row": row, "form": form, "ask": self.ask,
            "danger": self.danger, "back": page_of(row) or "/", "crumbs": crumbs_to(row),
            "address": address,
        }  # fmt: skip
        return render(request, self.template, {**known, **more}, status=status)


def verb_of(call: Callable[..., Any]) -> Verb:
    """Return what is known of a verb from its function."""
    verb: Verb = call.verb  # type: ignore[attr-defined]
    return verb


def actor_of(request: HttpRequest) -> Account:
    """Return who asks."""
    actor: Account = request.actor  # type: ignore[attr-defined]
    return actor


def crumbs_to(row: Any) -> list[tuple[str, str]]:
    """Return the way back to a row's page."""
    url = page_of(row)
    return [] if url is None else [(str(row), url)]


def _asked(request: HttpRequest) -> dict[str, Any]:
    """Return what the address suggests for the fields."""
    return {name: value for name, value in request.GET.items() if name not in ("nonce", "seen")}


def verb_page(
    verb: Callable[..., Any],
    *,
    model: type[Model],
    row: str | None = None,
    form: type[ActorForm] | None = None,
    template: str = "kernel/verb.html",
    done: Done | None = None,
    title: Text = "",
    ask: Text = "",
    danger: bool = False,
    context: Callable[[HttpRequest, Any], dict[str, Any]] | None = None,
    revealed: str = "kernel/revealed.html",
    own_title: Text = "",
) -> View:
    """Return the page on which a verb is done to a row: its form, or a confirmation that asks ``ask``.

    ``row`` is the argument that takes the row (by default the one at which the verb's place is decided).
    ``done(result, request)`` gives the address to go on to, ``context(request, row)`` more for the template.
    What a verb returns as text is shown once, with the template ``revealed``. ``own_title`` is what the verb is
    called to a person who does it about himself.
    """
    known = verb_of(verb)
    page = VerbPage(
        verb, form or ActorForm, template, title or known.title, row or known.at, model, None, done, ask, danger,
        context, revealed, own_title,
    )  # fmt: skip
    return _view(page)


def create_page(
    verb: Callable[..., Any],
    *,
    form: type[ActorForm],
    at: Callable[[Account], Model] | None = None,
    template: str = "kernel/verb.html",
    done: Done | None = None,
    title: Text = "",
    context: Callable[[HttpRequest, Any], dict[str, Any]] | None = None,
) -> View:
    """Return the page on which a verb makes a row; ``at(actor)`` gives its place where no field does."""
    known = verb_of(verb)
    return _view(VerbPage(verb, form, template, title or known.title, at=at, done=done, context=context))


def _view(page: VerbPage) -> View:
    def view(request: HttpRequest, pk: int | None = None) -> HttpResponseBase:
        return page.answer(request, pk)

    view.__name__ = page.verb.name
    guarded = signed_in(view)
    guarded.verb = page.verb  # type: ignore[attr-defined]
    guarded.page = page  # type: ignore[attr-defined]
    return guarded


def verb_path(verb: Callable[..., Any], *, prefix: str = "", **how: Any) -> URLPattern:
    """Return the route ``<prefix><id>/<verb>/`` of a verb's page; its name is the verb."""
    name = verb_of(verb).name
    return path(f"{prefix}<int:pk>/{name}/", verb_page(verb, **how), name=name)


def create_path(verb: Callable[..., Any], *, prefix: str = "", **how: Any) -> URLPattern:
    """Return the route ``<prefix>new/<verb>/`` of a verb's page; its name is the verb."""
    name = verb_of(verb).name
    return path(f"{prefix}new/{name}/", create_page(verb, **how), name=name)
