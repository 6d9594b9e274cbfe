"""What people ask for themselves: their record in hand, its deletion, a spouse; and what the county answers."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.kernel.models import Account
from zhitong.kernel.web import Column, Detail, Listing, Panel, facts, signed_in
from zhitong.kernel.web.detail import Button
from zhitong.kernel.web.verbs import actor_of
from zhitong.kernel.workdays import supposed_years

from .. import actions
from ..actions.deleting import must_stay
from ..actions.entries import entries_of
from ..forms.rights import DeletionFilter, TakeForm
from ..models import DeletionRequest, SpouseRequest, Worker
from ..own_record import tables_of, write_record
from .lines import Line, lines_panel, told_of

STATE_COLOURS = {"open": "orange", "granted": "green", "refused": "red", "withdrawn": "blue"}


def own_entry(request: HttpRequest) -> Worker:
    """Return the entry of the person who asks; refuses everybody else."""
    actor = actor_of(request)
    if not actor.is_worker:
        raise NotAllowed("my_page")
    found: Worker | None = Worker.objects.visible_to(actor).filter(account=actor).first()
    if found is None:
        raise OutOfReach
    return found


@signed_in
def take_own_record(request: HttpRequest) -> HttpResponseBase:
    """Hand a person his whole record as a file, with a line that he took it."""
    worker, actor = own_entry(request), actor_of(request)
    form = TakeForm(actor, None, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {
            "title": _("下载我的资料"), "form": form, "verb": {"title": _("下载")}, "back": reverse("my_page"),
            "crumbs": [(_("我的资料"), reverse("my_page"))],
            "ask": _("里面有您登记的全部内容和完整号码，请只存在自己的手机或电脑里。"),
        }  # fmt: skip
        return render(request, "kernel/verb.html", context, status=422 if form.is_bound else 200)
    kind = form.cleaned_data["kind"]
    actions.take_own_record(by=actor, worker=worker, kind=kind)
    target = tempfile.TemporaryFile(suffix=f".{kind}")
    write_record(target, tables_of(actor, worker), kind)
    target.seek(0)
    name = _now("我的资料-%(day)s") % {"day": timezone.localdate().isoformat()}
    answer = FileResponse(target, as_attachment=True, filename=f"{name}.{kind}")
    answer["Cache-Control"] = "no-store"
    return answer


class DeletionRequestList(Listing):
    """Requests for deletion, those that are due first."""

    model = DeletionRequest
    title = _("删除申请")
    columns = (
        Column("worker", _("劳动者"), main=True),
        Column("county", _("县（市、区）")),
        Column("state", _("状态"), badge=STATE_COLOURS),
        Column(lambda one: timezone.localtime(one.asked_at).date(), _("申请日期")),
        Column("due_on", _("答复期限"), sort="due_on"),
        Column(lambda one: overdue_in_words(one), _("时限")),
        Column("reason", _("不予删除的原因")),
    )
    order = "due_on"
    filters = DeletionFilter
    related = ("worker", "county")
    empty = _("没有要答复的删除申请。")


def overdue_in_words(request: DeletionRequest) -> str:
    """Return by how many days a request is late, and that the city looks after it."""
    if request.state != DeletionRequest.State.OPEN:
        return ""
    days = (timezone.localdate() - request.due_on).days
    if days <= 0:
        return _now("还有%(days)d天") % {"days": -days}
    late = _now("已超期%(days)d天") % {"days": days}
    return _now("%(late)s，已转市级督办") % {"late": late} if request.escalated_at else late


class DeletionRequestDetail(Detail):
    """One request: whose, until when, what stands in its way, and what was answered."""

    model = DeletionRequest
    related = ("worker", "county", "decided_by")
    verbs = (actions.grant_deletion, actions.refuse_deletion, actions.withdraw_deletion_request)
    states = dict.fromkeys(("grant_deletion", "refuse_deletion", "withdraw_deletion_request"), ("open",))
    template = "workers/worker.html"

    def title(self) -> Any:
        """Whose request it is."""
        return _now("%(name)s的删除申请") % {"name": self.row.worker}

    def subtitle(self) -> Any:
        """How much time is left."""
        return overdue_in_words(self.row)

    def panels(self) -> Iterable[Panel]:
        """The case, what stands in its way, its history."""
        row = self.row
        yield facts(
            _("申请"), row, "worker", "county", "state", "due_on", "decided_by", "reason",
            (_("申请日期"), timezone.localtime(row.asked_at).date()),
        )  # fmt: skip
        if row.state == DeletionRequest.State.OPEN:
            reasons = must_stay(entries_of(row.worker))
            lines = [Line(one) for one in reasons]
            yield lines_panel(_("现在还不能删除的原因"), lines, empty=_("没有，可以同意删除。"))
        yield Panel(_("办理记录"), "workers/panel_told.html", {"told": told_of(self.actor, row)}, True)


def _supposed(request: DeletionRequest) -> str:
    """Say where the last day is a guess, because the holidays before it are not known yet."""
    years = supposed_years(timezone.localtime(request.asked_at).date(), request.due_on)
    if not years:
        return ""
    return _now("（%(year)d年的放假安排尚未录入，期限按周一至周五推算）") % {"year": years[0]}


def deletion_panel(actor: Account, worker: Worker) -> Iterable[Panel]:
    """Yield what a person reads of his last request, where there is one."""
    last = DeletionRequest.objects.visible_to(actor).filter(worker=worker).order_by("-pk").first()
    if last is None:
        return
    told = _now("申请于%(day)s，答复期限%(due)s") % {
        "day": timezone.localtime(last.asked_at).date(), "due": last.due_on
    }  # fmt: skip
    told += _supposed(last)
    words = [last.get_state_display(), last.get_reason_display(), overdue_in_words(last)]
    name = "withdraw_deletion_request"
    withdraw = Button(_("撤回"), reverse(name, args=[last.pk]), name)
    buttons = [withdraw] if last.state == DeletionRequest.State.OPEN else []
    yield lines_panel(_("删除申请"), [Line(_now("，").join(one for one in words if one), told, "", buttons)])


def spouse_lines(actor: Account, worker: Worker) -> list[Line]:
    """Return who asks the person to be his spouse, with the two answers, and whom he waits for."""
    waiting = SpouseRequest.objects.visible_to(actor).waiting().select_related("worker").order_by("pk")
    lines = []
    for one in waiting:
        until = _now("%(day)s前答复") % {"day": timezone.localtime(one.expires_at).date()}
        if one.asked_id == worker.pk:
            told = _now("%(name)s请求和您关联为配偶") % {"name": one.worker.name}
            lines.append(Line(told, until, "", _answers(one)))
        elif one.worker_id == worker.pk:
            lines.append(Line(_now("您已请求关联配偶，等待对方答复"), until))
    return lines


def _answers(one: SpouseRequest) -> list[Button]:
    verbs = (("agree_to_spouse", _("同意")), ("decline_spouse", _("不同意")))
    return [Button(title, reverse(name, args=[one.pk]), name) for name, title in verbs]


def about_deletion(request: HttpRequest, row: Any) -> dict[str, Any]:
    """Lead back to the case, or for the person himself to his page."""
    if actor_of(request).is_worker:
        url = reverse("my_page")
        return {"back": url, "crumbs": [(_("我的资料"), url)]}
    return {"subtitle": str(row.worker)}


def after_deletion(result: Any, request: HttpRequest) -> str | None:
    """Go on to the person's own page where it is he who acts."""
    return reverse("my_page") if actor_of(request).is_worker else None


def after_asking_deletion(result: DeletionRequest, request: HttpRequest) -> str:
    """Go on to the page of the person whom the request is about."""
    own = actor_of(request).is_worker
    return reverse("my_page") if own else reverse("worker", args=[result.worker_id])
