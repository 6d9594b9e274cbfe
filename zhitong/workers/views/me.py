"""A person's own pages, for a phone: his record, who looked at it and why, and his words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.kernel.models import Org
from zhitong.kernel.values import row_number
from zhitong.kernel.web import Panel, facts, signed_in
from zhitong.kernel.web.detail import Button
from zhitong.kernel.web.verbs import actor_of

from .. import actions
from ..actions.entries import entries_of
from ..models import DeletionRequest, Worker
from .lines import LOOKS, MOST_LINES, Line, lines_panel, told
from .people import WorkerDetail
from .rights import deletion_panel, spouse_lines

BELOW = {"city_bureau": "county_bureau", "county_bureau": "township_office", "township_office": "village"}


def _own(request: HttpRequest) -> Worker | None:
    """Return the entry of the person who asks; only a person has one."""
    actor = actor_of(request)
    if not actor.is_worker:
        raise NotAllowed("my_page")
    mine = Worker.objects.visible_to(actor).filter(account=actor)
    return mine.select_related("village", "town", "county", "household", "spouse", "work_region").first()


@signed_in
def my_page(request: HttpRequest) -> HttpResponseBase:
    """Show a person his own record and what he can do, or how to get onto the register."""
    worker = _own(request)
    if worker is None:
        return render(request, "workers/me_new.html", {"title": _("欢迎使用直通")})
    own = OwnDetail(request, worker)
    context = {
        "title": worker.name,
        "subtitle": own.subtitle(),
        "worker": worker,
        "panels": own.panels(),
        "own": own,
    }
    return render(request, "workers/me.html", context)


class OwnDetail(WorkerDetail):
    """What a person reads of himself: plainer than what an officer reads."""

    @cached_property
    def entries(self) -> Sequence[Worker]:
        """All entries that are his: he has one page."""
        return entries_of(self.row)

    def panels(self) -> Any:
        """The person, the wish, home and abilities, consents."""
        row = self.row
        yield facts(
            _("我的资料"), row, "name", "sex", (_("年龄"), row.age_on(timezone.localdate())), "education",
            (_("身份证号"), _last_four(row.id_number)), "telephone", "status", "work_region", "status_checked_on",
        )  # fmt: skip
        yield from self.more_panels()
        yield from deletion_panel(self.actor, row)

    def home(self) -> Panel:
        """With whom a person lives, as he said it himself."""
        household, spouse = self.row.household, self.row.spouse
        lines = [] if spouse is None else [Line(spouse.name, _("配偶"))]
        lines += spouse_lines(self.actor, self.row)
        asks = [] if spouse is not None else self.can(actions.ask_spouse, title=_("关联配偶"))
        note = household.address if household is not None else ""
        return lines_panel(
            _("家庭"), lines, buttons=asks, note=note, empty=_("还没有登记家庭户，请联系村级劳务员。")
        )

    def own_ways(self) -> list[Button]:
        """Return what a person does most often."""
        return [
            *self.can(actions.confirm_status, title=_("更新我的就业状态")),
            *self.can(actions.state_intention, title=_("改我的求职意向")),
            *self.can(actions.correct_worker, title=_("更正我的资料")),
        ]

    def leaving(self) -> list[Button]:
        """Return the way off the register."""
        asked = DeletionRequest.objects.visible_to(self.actor).open().filter(worker=self.row).exists()
        deleting = Button(_("申请删除我的资料"), reverse("ask_deletion", args=[self.row.pk]), "ask_deletion")
        return [*self.can(actions.withdraw_worker), *([] if asked else [deleting])]


@signed_in
def my_looks(request: HttpRequest) -> HttpResponseBase:
    """Show a person who looked at his record or changed it, when and why, newest first."""
    worker = _own(request)
    if worker is None:
        raise OutOfReach
    before = row_number(request.GET.get("before", ""))
    all_lines = request.GET.get("what") == "all"
    lines = told(actor_of(request), worker, before=before, only=() if all_lines else LOOKS)
    older = lines[-1]["line"].position if len(lines) == MOST_LINES else None
    context = {"title": _("谁看过我的资料"), "told": lines, "older": older, "all_lines": all_lines}
    return render(request, "workers/me_looks.html", context)


@signed_in
def choose_village(request: HttpRequest) -> HttpResponseBase:
    """Let a person walk down the tree to his village, by buttons."""
    actor = actor_of(request)
    places = Org.objects.visible_to(actor).standing().places().order_by("name_key", "pk")
    above = places.filter(pk=row_number(request.GET.get("within", ""))).first()
    if above is None:
        cities = list(places.filter(kind=Org.Kind.CITY_BUREAU)[:2])
        above = cities[0] if len(cities) == 1 else None
    below = BELOW.get(above.kind, "village") if above is not None else Org.Kind.CITY_BUREAU
    found = places.filter(kind=below, **({"parent": above} if above is not None else {}))
    lines = [Button(str(one.short_name or one.name), _way_down(one), "") for one in found]
    context = {"title": _("选择您的村（社区）"), "lines": lines, "above": above, "crumbs": _back(above)}
    return render(request, "workers/choose_village.html", context)


def _last_four(sealed: Any) -> str:
    """Return the end of a sealed number, short enough for a phone."""
    return f"••••{str(sealed)[-4:]}" if sealed else ""


def _way_down(place: Org) -> str:
    if place.kind == Org.Kind.VILLAGE:
        return f"{reverse('register_oneself')}?village={place.pk}"
    return f"{reverse('choose_village')}?within={place.pk}"


def _back(place: Org | None) -> list[tuple[str, str]]:
    if place is None or place.parent is None:
        return [(str(_("我的资料")), reverse("my_page"))]
    return [(str(place.parent), f"{reverse('choose_village')}?within={place.parent_id}")]
