"""The page of an intention: what a person sees is the version of his wish, not that of his facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.kernel.errors import Faster
from zhitong.kernel.web import ActorForm, signed_in, visible_row
from zhitong.kernel.web.verbs import VerbPage, actor_of, verb_of

from ..actions import state_intention
from ..forms import IntentionForm
from ..models import Worker
from .ways import about_worker, to_worker


@dataclass(frozen=True)
class WishPage(VerbPage):
    """Keeps what was typed when somebody else stated a wish meanwhile, and shows what stands there now."""

    def _overtaken(self, request: HttpRequest, row: Any, form: ActorForm, no: Faster) -> HttpResponseBase:
        worker = visible_row(Worker, actor_of(request), row.pk)
        data = request.POST.copy()
        data["seen"] = str(worker.intention.version)
        again = self.form(actor_of(request), worker, data)
        again.is_valid()
        again.add_error(None, _("您填写的时候，意向刚刚被别人改动。您填的内容都还在，请核对后再提交。"))
        return self._show(request, worker, again, no.status)


def wish_path() -> URLPattern:
    """Return the route of the intention."""
    known = verb_of(state_intention)
    page = WishPage(
        state_intention, IntentionForm, "kernel/verb.html", known.title, known.at, Worker,
        done=to_worker, context=about_worker, own_title=gettext_lazy("改我的求职意向"),
    )  # fmt: skip

    def view(request: HttpRequest, pk: int) -> HttpResponseBase:
        return page.answer(request, pk)

    view.__name__ = known.name
    guarded = signed_in(view)
    guarded.verb, guarded.page = known, page  # type: ignore[attr-defined]
    return path(f"<int:pk>/{known.name}/", guarded, name=known.name)
