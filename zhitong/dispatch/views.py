"""Pages of placements: both ends of them, the arrival desk, the checks, and a worker's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zhitong.kernel import access
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Account
from zhitong.kernel.web import Bulk, Column, Detail, Listing, Panel, facts, page_of, panel, signed_in
from zhitong.kernel.web.detail import Button
from zhitong.kernel.web.verbs import actor_of
from zhitong.matching.models import Contract

from . import actions
from .forms import ArrivalForm, CheckFilter, LeftForm, PlacementFilter
from .models import Placement, RetentionCheck
from .shown import shown_at_home, shown_to_receiver

PLACEMENT_COLOURS = {"awaited": "orange", "arrived": "green", "missed": "red", "ended": "secondary"}
CHECK_COLOURS = {"due": "orange", "still_there": "green", "left": "secondary", "unreachable": "red"}


def sees_people(actor: Account) -> bool:
    """Tell whether the actor stands on the people's own side and reads their record anyway."""
    return any(one.unbounded or one.role.sees("workers.Worker") for one in actor.held)


def _seen(name: str) -> Any:
    return lambda row: shown_to_receiver(row)[name]


def _placed_on(row: Placement) -> Any:
    return timezone.localdate(row.placed_at)


class PlacementList(Listing):
    """The placements within reach, from either end, newest first."""

    model = Placement
    title = pgettext_lazy("list", "就业安置")
    columns = (
        Column(_seen("name"), gettext_lazy("姓名"), main=True, css="keep"),
        Column(_seen("home_county"), gettext_lazy("户籍地"), css="keep"),
        Column("demand.title", gettext_lazy("岗位")),
        Column("employer_org.name", gettext_lazy("用人单位")),
        Column("demand.region.name", gettext_lazy("工作城市")),
        Column("station.name", gettext_lazy("接收劳务协作站")),
        Column("state", gettext_lazy("状态"), badge=PLACEMENT_COLOURS),
        Column("expected_on", gettext_lazy("应到岗")),
        Column("arrived_on", gettext_lazy("到岗")),
        Column(_placed_on, gettext_lazy("录用"), sort="placed_at", css="keep"),
    )
    order = "-placed_at"
    filters = PlacementFilter
    related = ("worker__county",)
    empty = gettext_lazy("还没有安置记录。用人单位录用以后，会自动出现在这里。")

    def rows(self) -> QuerySet[Any]:
        """Return them with what their workers agree to."""
        return super().rows().prefetch_related("worker__consents")


class ArrivalDesk(Listing):
    """Those whom the receiving end awaits, earliest day first: tick who has come, and sign."""

    model = Placement
    title = gettext_lazy("到岗签收")
    columns = (
        Column(_seen("name"), gettext_lazy("姓名"), main=True, css="keep"),
        Column(_seen("sex"), gettext_lazy("性别")),
        Column(_seen("telephone"), gettext_lazy("手机号")),
        Column(_seen("home_county"), gettext_lazy("户籍地"), css="keep"),
        Column("demand.title", gettext_lazy("岗位")),
        Column("employer_org.name", gettext_lazy("用人单位")),
        Column("expected_on", gettext_lazy("应到岗"), sort="expected_on"),
        Column("state", gettext_lazy("状态"), badge=PLACEMENT_COLOURS),
    )
    order = "expected_on"
    related = ("worker__county",)
    bulk = (
        Bulk(actions.confirm_arrival, rows="placement", each=True, form=ArrivalForm),
        Bulk(actions.report_missing, rows="placement", each=True),
    )
    empty = gettext_lazy("现在没有等待签收的人。")

    def answer(self) -> HttpResponseBase:
        """Open only to those who receive."""
        if not access.holds(self.actor, "confirm_arrival"):
            raise NotAllowed("confirm_arrival")
        return super().answer()

    def rows(self) -> QuerySet[Any]:
        """Return those who are awaited, and those who were missed and may still come."""
        mine = access.actionable(Placement, self.actor, "confirm_arrival")
        rows = super().rows().filter(mine, state__in=(Placement.State.AWAITED, Placement.State.MISSED))
        return rows.prefetch_related("worker__consents")


class UnwrittenList(Listing):
    """Those at work for more than a month without a contract on record, with who sees to it."""

    model = Placement
    title = gettext_lazy("满一个月没有合同")
    columns = (
        Column(_seen("name"), gettext_lazy("姓名"), main=True, css="keep"),
        Column("demand.title", gettext_lazy("岗位")),
        Column("employer_org.name", gettext_lazy("用人单位")),
        Column("arrived_on", gettext_lazy("到岗")),
        Column("contract_due_on", gettext_lazy("应签合同日期")),
        Column(lambda row: _days_late(row), gettext_lazy("超过天数"), css="number", known_as="days_late"),
        Column("contract_owner.name", gettext_lazy("责任单位")),
        Column(_placed_on, gettext_lazy("录用"), sort="placed_at", css="keep"),
    )
    order = "placed_at"
    related = ("worker__county", "county", "station")
    empty = gettext_lazy("到岗满一个月的人都登记了合同。")
    template = "dispatch/unwritten.html"

    def rows(self) -> QuerySet[Any]:
        """Return those who are overdue, with what their workers agree to."""
        return super().rows().late_contract().prefetch_related("worker__consents")


def _days_late(row: Placement) -> int:
    due_on = row.contract_due_on
    return 0 if due_on is None else (timezone.localdate() - due_on).days


class CheckList(Listing):
    """The checks that have come due, oldest first."""

    model = RetentionCheck
    title = gettext_lazy("在岗核实")
    columns = (
        Column(
            lambda row: shown_to_receiver(row.placement)["name"], gettext_lazy("姓名"), main=True, css="keep"
        ),
        Column(lambda row: shown_to_receiver(row.placement)["telephone"], gettext_lazy("手机号")),
        Column("placement.demand.title", gettext_lazy("岗位")),
        Column("employer_org.name", gettext_lazy("用人单位")),
        Column("placement.arrived_on", gettext_lazy("到岗")),
        Column("months", gettext_lazy("满几个月"), css="number"),
        Column("due_on", gettext_lazy("应核实日期"), sort="due_on"),
        Column("state", gettext_lazy("结果"), badge=CHECK_COLOURS),
    )
    order = "due_on"
    filters = CheckFilter
    related = ("placement__worker__county", "placement__demand")
    bulk = (
        Bulk(actions.confirm_still_there, rows="check", each=True),
        Bulk(actions.report_unreachable, rows="check", each=True),
        Bulk(actions.report_left, rows="check", each=True, form=LeftForm),
    )
    empty = gettext_lazy("现在没有到期要核实的人。")

    def rows(self) -> QuerySet[Any]:
        """Return those of the asked state whose day has come; by default those that nobody has answered."""
        wanted = self.request.GET.get("state") or RetentionCheck.State.DUE
        rows = super().rows().filter(state=wanted, due_on__lte=timezone.localdate())
        return rows.prefetch_related("placement__worker__consents")

    def bulk_verbs(self) -> list[Bulk]:
        """Offer answers where an answer can still be given."""
        open_states = ("", RetentionCheck.State.DUE, RetentionCheck.State.UNREACHABLE)
        return super().bulk_verbs() if self.request.GET.get("state", "") in open_states else []

    def url_of(self, row: Any) -> str | None:
        """Lead to the placement."""
        return page_of(row.placement)


class PlacementDetail(Detail):
    """One placement: the worker as far as the reader may know, both ends, the checks, what was done."""

    model = Placement
    verbs = (
        actions.confirm_arrival, actions.report_missing, actions.end_placement,
        actions.reveal_arrival_telephone, actions.assign_station,
    )  # fmt: skip
    states = {
        "confirm_arrival": ("awaited", "missed"),
        "report_missing": ("awaited",),
        "end_placement": ("arrived",),
        "reveal_arrival_telephone": ("awaited", "arrived", "missed"),
        "assign_station": ("awaited", "arrived", "missed"),
    }
    related = (
        "worker__county", "worker__village", "demand__region", "demand__employer_org", "employer_org", "station",
        "confirmed_by", "offer", "county",
    )  # fmt: skip

    def answer(self) -> HttpResponseBase:
        """Return the page; reading about somebody else leaves a line."""
        self.note_reading = not self.actor.is_worker  # type: ignore[misc]
        return super().answer()

    def title(self) -> str:
        """Name the worker and the post."""
        return f"{shown_to_receiver(self.row)['name']} → {self.row.demand.title}"

    def subtitle(self) -> str:
        """Return the state."""
        return str(self.row.get_state_display())

    def panels(self) -> Iterable[Panel]:
        """Return the person, the post, the stay, and the checks with their answers."""
        row, demand = self.row, self.row.demand
        yield self._person()
        post = ((_("岗位"), demand.title), (_("工作城市"), demand.region), (_("工作地址"), demand.address))
        yield facts(_("接收"), row, (_("用人单位"), row.employer_org), "station", *post)
        ended = ["ended_on", "end_reason"] if row.ended_on else []
        yield facts(_("到岗和在岗"), row, "state", "expected_on", "arrived_on", "confirmed_by", *ended)
        if row.state == Placement.State.ARRIVED:
            yield panel(_("劳动合同"), "dispatch/contract.html", **self._contract())
        yield panel(_("在岗核实"), "dispatch/checks.html", checks=self._checks())
        yield self.history()

    def _person(self) -> Panel:
        at_home = sees_people(self.actor)
        seen = shown_at_home(self.row) if at_home else shown_to_receiver(self.row)
        labels = {"name": _("姓名"), "sex": _("性别"), "telephone": _("手机号"), "home_county": _("户籍地")}
        more = [(_("村（社区）"), self.row.village.place_name)] if at_home else []
        return facts(_("劳动者"), self.row, *[(labels[name], value) for name, value in seen.items()], *more)

    def _contract(self) -> dict[str, Any]:
        rows = Contract.objects.visible_to(self.actor).standing()
        found = rows.filter(offer=self.row.offer_id).first()
        missing = Placement.objects.visible_to(self.actor).unwritten().filter(pk=self.row.pk).exists()
        due_on = self.row.contract_due_on
        late = due_on is not None and due_on < timezone.localdate()
        enters = self.row.offer is not None and access.may(self.actor, "enter_contract", self.row.offer)
        return {"contract": found, "placement": self.row, "missing": missing, "late": late, "enters": enters}

    def _checks(self) -> list[dict[str, Any]]:
        rows = RetentionCheck.objects.visible_to(self.actor).filter(placement=self.row).order_by("months")
        return [{"check": one, "buttons": answers_to(self.actor, one)} for one in rows]

    def context(self) -> dict[str, Any]:
        """Add the way to the worker's page for those who read it."""
        return {"worker_url": page_of(self.row.worker) if sees_people(self.actor) else None}


def answers_to(actor: Account, check: RetentionCheck) -> list[Button]:
    """Return the answers that the actor may give to a check today."""
    open_check = check.state in (RetentionCheck.State.DUE, RetentionCheck.State.UNREACHABLE)
    if not open_check or check.due_on > timezone.localdate():
        return []
    verbs = [actions.confirm_still_there, actions.report_left]
    verbs += [actions.report_unreachable] if check.state == RetentionCheck.State.DUE else []
    known = [one.verb for one in verbs]  # type: ignore[attr-defined]
    held = [verb for verb in known if access.may(actor, verb.name, check)]
    return [Button(verb.title, reverse(verb.name, args=[check.pk]), verb.name) for verb in held]


@signed_in
def my_placements(request: HttpRequest) -> HttpResponseBase:
    """Show a worker where he is expected or works, and ask whether he is still there."""
    actor = actor_of(request)
    own = Placement.objects.visible_to(actor).filter(worker__account=actor)
    rows = own.select_related("demand__region", "employer_org", "station").order_by("-placed_at", "-pk")[:20]
    cards = [{"placement": one, "checks": _due_checks(actor, one)} for one in rows]
    standing = (Placement.State.AWAITED, Placement.State.ARRIVED)
    context = {
        "title": _("我的工作"),
        "now": [one for one in cards if one["placement"].state in standing],
        "earlier": [one for one in cards if one["placement"].state not in standing],
    }
    return render(request, "dispatch/my_placements.html", context)


def to_placement(result: Any, request: HttpRequest) -> str | None:
    """Go on after a verb: a worker to his own page, anybody else to the placement."""
    if actor_of(request).is_worker:
        return reverse("my_placements")
    return page_of(getattr(result, "placement", result))


def about_placement(request: HttpRequest, row: Any) -> dict[str, Any]:
    """Say on a verb's page whom and what it is about, and lead back."""
    placement = getattr(row, "placement", row)
    own = actor_of(request).is_worker
    url = reverse("my_placements") if own else reverse("placement", args=[placement.pk])
    name = _("我的工作") if own else shown_to_receiver(placement)["name"]
    line = f"{placement.demand.title} · {placement.employer_org}"
    return {"subtitle": line, "crumbs": [(name, url)], "back": url, "own": own}


def _due_checks(actor: Account, placement: Placement) -> list[dict[str, Any]]:
    rows = RetentionCheck.objects.visible_to(actor).filter(placement=placement).due()
    return [{"check": one, "buttons": answers_to(actor, one)} for one in rows.order_by("months")]
