"""Organisations: opened, renamed, closed, and given their divisions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ..access import may
from ..action import action, doing, note_move, note_rows
from ..errors import Faster, NotAllowed, Refusal
from ..models import Account, Grant, Org, OrgRegion, Placed, Reached, Record, Region, in_place
from ..pinyin import name_key
from ..values import checked_line

BELOW = {
    Org.Kind.CITY_BUREAU: (),
    Org.Kind.COUNTY_BUREAU: (Org.Kind.CITY_BUREAU,),
    Org.Kind.TOWNSHIP_OFFICE: (Org.Kind.COUNTY_BUREAU,),
    Org.Kind.VILLAGE: (Org.Kind.TOWNSHIP_OFFICE,),
    Org.Kind.CITY_COMPANY: (Org.Kind.CITY_BUREAU,),
    Org.Kind.COUNTY_COMPANY: (Org.Kind.COUNTY_BUREAU,),
    Org.Kind.TOWNSHIP_BRANCH: (Org.Kind.TOWNSHIP_OFFICE,),
    Org.Kind.COOPERATIVE: (Org.Kind.VILLAGE,),
}
"""The kinds below which an organisation of a kind stands; a kind that is not named stands anywhere."""

MANY_OF_ONE_NAME = (Org.Kind.EMPLOYER, Org.Kind.AGENCY, Org.Kind.TRAINING_PROVIDER)
"""Kinds known by their credit code, so that two may bear one name."""


def standing_org(org: Org, field: str = "org") -> Org:
    """Return the organisation as it stands, held until the verb ends so that nobody closes it meanwhile."""
    held = Org.objects.select_for_update(no_key=True).filter(pk=org.pk, closed_on=None)
    found: Org | None = held.first()
    if found is None:
        raise Refusal("org_closed", _("这个组织已经撤销，不能再办。"), field=field)
    return found


@action(at="parent", title=_("设立组织"), keeps=("kind",), about=Org)
def open_org(*, by: Account, parent: Org, kind: str, name: str, host_city: Region | None = None) -> Org:
    """Open an organisation below another; its place columns follow from its parent and kind.

    Refuses a kind that does not stand below such a parent, a closed parent, a station without a host city,
    and a place whose name is borne beside it.
    """
    parent = standing_org(parent, "parent")
    _refuse_misplaced(parent, kind, host_city)
    name = checked_line(name, field="name", most=120, least=2)
    _refuse_namesake(parent, kind, name)
    org = Org.objects.create(
        name=name,
        name_key=name_key(name),
        kind=kind,
        parent=parent,
        host_city=host_city,
        opened_on=timezone.localdate(),
        is_sample=parent.is_sample,
        **in_place(parent),
    )
    if kind in Org.PLACE_KINDS:
        Org.objects.filter(pk=org.pk).update(**{f"{org.level}_id": org.pk})
        setattr(org, f"{org.level}_id", org.pk)
    return org


def _refuse_misplaced(parent: Org, kind: str, host_city: Region | None) -> None:
    if kind not in Org.Kind.values:
        raise Refusal("org_kind_unknown", _("没有这种组织，请从列表里选择种类。"), field="kind")
    above = BELOW.get(Org.Kind(kind))
    if above is not None and parent.kind not in above:
        raise Refusal("org_kind_not_below", _("这种组织不能设在所选的上级之下。"), field="kind")
    if kind == Org.Kind.STATION and host_city is None:
        raise Refusal("station_without_host_city", _("请选择劳务协作站驻在的城市。"), field="host_city")
    if host_city is not None and host_city.ended_on is not None:
        raise Refusal("host_city_ended", _("这个城市的区划已经撤销，请选择现行区划。"), field="host_city")


def _refuse_namesake(parent: Org, kind: str, name: str) -> None:
    beside = Org.objects.standing().filter(parent=parent, kind=kind, name=name)
    if kind not in MANY_OF_ONE_NAME and beside.exists():
        raise Refusal("org_name_taken", _("同一上级之下已有同名组织。"), field="name")


@action(at="parent", title=_("批量设立组织"), keeps=("kind",))
def open_orgs(
    *, by: Account, parent: Org, kind: str, names: Sequence[str], is_sample: bool = False
) -> list[Org]:
    """Open many ends of one kind (employers, for example) below an organisation, and return them in order."""
    assert kind in Org.END_KINDS, "a place is opened one at a time"
    rows = [
        Org(
            name=name,
            name_key=name_key(name),
            kind=kind,
            parent=parent,
            opened_on=timezone.localdate(),
            is_sample=is_sample,
            **in_place(parent),
        )
        for name in names
    ]
    note_rows(len(rows))
    return Org.objects.bulk_create(rows, batch_size=2000)


@action(at="org", title=_("更改组织名称"), about=Org)
def rename_org(*, by: Account, org: Org, name: str, short_name: str = "") -> Org:
    """Give an organisation another name; what was done under the old one keeps pointing at the same row.

    Refuses the name that it has, one that is borne beside it, and a closed organisation.
    """
    standing_org(org)
    name = checked_line(name, field="name", most=120, least=2)
    short_name = checked_line(short_name, field="short_name", most=60, least=0)
    before, after = {"name": org.name, "short_name": org.short_name}, {"name": name, "short_name": short_name}
    if after == before:
        raise Refusal("org_name_unchanged", _("新名称和现在的一样，不用更改。"), field="name")
    if name != org.name and org.parent is not None:
        _refuse_namesake(org.parent, org.kind, name)
    if not Org.objects.filter(pk=org.pk, **before).update(**after, name_key=name_key(name)):
        raise Faster
    for column, value in after.items():
        if value != before[column]:
            note_move(org, column, before[column], value)
        setattr(org, column, value)
    org.name_key = name_key(name)
    return org


@action(at="org", title=_("撤销组织"), about=Org)
def close_org(*, by: Account, org: Org) -> Org:
    """Close an organisation from today on.

    Refuses while anything stands on it: organisations below, accounts, grants, divisions that it manages, or
    rows in its care of which more is expected.
    """
    standing_org(org)
    _refuse_while_people_stand(org)
    if OrgRegion.objects.filter(org=org, region__ended_on=None).exists():
        raise Refusal("org_manages_regions", _("它还管理着区划，请先把这些区划划给别的组织。"))
    busy = next((one for one in _in_care(org) if one.exists()), None)
    if busy is not None:
        noun = busy.model._meta.verbose_name
        sentence = _now("还有“%(noun)s”归它管，没有办完，请先办完或转出。") % {"noun": noun}
        raise Refusal("org_has_rows", sentence, noun=busy.model._meta.label)
    org.closed_on = timezone.localdate()
    Org.objects.filter(pk=org.pk).update(closed_on=org.closed_on)
    note_move(org, "closed_on", None, org.closed_on)
    return org


def _refuse_while_people_stand(org: Org) -> None:
    if org.children.standing().exists():
        raise Refusal("org_has_children", _("它下面还有组织，请先撤销下级。"))
    if Account.objects.filter(org=org, is_active=True).exists():
        raise Refusal("org_has_accounts", _("它名下还有启用的账号，请先停用。"))
    if Grant.objects.of_active().unended().filter(org=org).exists():
        raise Refusal("org_has_grants", _("还有人在这里担任角色，请先收回授权。"))


def _in_care(org: Org) -> list[Any]:
    """Return, for each noun, the rows in the organisation's care of which more is expected."""
    asked = []
    for model in apps.get_models():
        if model in (Org, Record) or not issubclass(model, Reached):
            continue
        path = getattr(getattr(model, "Reach", None), "ends", {}).get(org.kind)
        if org.kind in Org.PLACE_KINDS and issubclass(model, Placed):
            path = org.level
        if path is not None:
            asked.append(model._default_manager.filter(**{path: org.pk}).active())
    return asked


@action(at="org", title=_("划定管理范围"), about=Org)
def assign_regions(*, by: Account, org: Org, regions: Sequence[Region]) -> Org:
    """Let an organisation manage these divisions; whatever of its kind managed them manages them no more.

    Refuses a kind that manages no divisions, divisions that have ended, divisions in the hands of an
    organisation beyond the actor's reach, and a list that changes nothing.
    """
    standing_org(org)
    held = list(Region.objects.select_for_update(no_key=True).filter(pk__in=[one.pk for one in regions]))
    if not held:
        raise Refusal("no_regions", _("请至少选择一个区划。"), field="regions")
    if any(one.ended_on is not None for one in held):
        raise Refusal("region_ended", _("其中有已经撤销的区划，请选择现行区划。"), field="regions")
    for one in held:
        if one.orgs.exists() and not may(by, "assign_regions", one):
            raise NotAllowed("assign_regions")
    if not manage(org, held):
        raise Refusal("regions_managed_already", _("这些区划已经由它管理。"), field="regions")
    return org


@action(at="org", title=_("交出管理范围"), about=Org)
def release_regions(*, by: Account, org: Org, regions: Sequence[Region]) -> Org:
    """Let an organisation manage these divisions no more; nobody else of its kind takes them over.

    Rows in its care stay there: they stand with the organisation and not with the division. Refuses a list with a
    division that it does not manage.
    """
    standing_org(org)
    if not regions:
        raise Refusal("no_regions", _("请至少选择一个区划。"), field="regions")
    held = OrgRegion.objects.select_for_update().filter(org=org, region__in=regions)
    mine = set(held.values_list("region", flat=True))
    strange = next((one for one in regions if one.pk not in mine), None)
    if strange is not None:
        sentence = _now("%(name)s（%(code)s）不由它管理，没有交出任何区划。")
        told = {"name": strange.name, "code": strange.code}
        raise Refusal("regions_not_managed", sentence % told, field="regions")
    for one in regions:
        note_move(one, "manager", org, None)
    held.delete()
    return org


def manage(org: Org, regions: Sequence[Region]) -> int:
    """Put divisions into the hands of an organisation, inside a verb, and return how many were not in them.

    A standing division has one manager of a kind. The caller holds the divisions' rows.
    """
    if org.level is None:
        raise Refusal("org_manages_nothing", _("这类组织不管理区划。"), field="org")
    mine = set(OrgRegion.objects.filter(org=org, region__in=regions).values_list("region", flat=True))
    added = [one for one in regions if one.pk not in mine]
    for one in added:
        before = OrgRegion.objects.filter(region=one, org__kind=org.kind).select_related("org").first()
        note_move(one, "manager", None if before is None else before.org, org)
    OrgRegion.objects.filter(region__in=added, org__kind=org.kind).delete()
    OrgRegion.objects.bulk_create(OrgRegion(org=org, region=one) for one in added)
    return len(added)


def require_manager(by: Account, org: Org) -> None:
    """Raise ``NotAllowed`` unless the actor's reach covers an organisation that is named as manager."""
    now = doing()
    assert now is not None
    if not may(by, now.verb.name, org):
        raise NotAllowed(now.verb.name)
