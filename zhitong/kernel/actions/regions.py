"""Divisions change: they split, merge, and take another name or code, each on a day."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..access import require
from ..action import action, note_move
from ..errors import Faster, Refusal
from ..models import Account, Org, Region, RegionChange, RegionCode
from ..models.region import full_code
from ..state import unless_taken
from ..values import checked_line
from .orgs import manage, require_manager, standing_org

SIGNIFICANT = {0: 0, 1: 2, 2: 4, 3: 6, 4: 9, 5: 12}
"""Digits of a code that tell divisions of a level apart; the rest are zeros."""

CHANGING = (Region.Level.TOWNSHIP, Region.Level.VILLAGE)


@dataclass(frozen=True)
class NewRegion:
    """What comes out of a split or merger.

    ``managers`` names the organisations that manage it; of kinds that are not named, those of the old go on.
    ``children`` are the divisions below the old that a split puts under this one.
    """

    code: str
    name: str
    managers: tuple[Org, ...]
    children: tuple[Region, ...] = ()


@action(at="region", title=_("析置区划"), about=Region)
def split_region(*, by: Account, region: Region, changed_on: dt.date, pieces: Sequence[NewRegion]) -> Region:
    """End a township or village on a day and begin the pieces into which it was split.

    One piece may keep the old code. Every division below goes to exactly one piece, and each piece has a named
    manager. Refuses a day to come or before its last change, and codes of the wrong shape, place or taken.
    """
    [old] = _held([region], changed_on)
    if len(pieces) < 2:
        raise Refusal("pieces_missing", _("请至少写出两个新区划。"), field="pieces")
    _refuse_lost_children(old, pieces)
    _end(old, changed_on)
    for piece in pieces:
        new = _begin(by, [old], piece, changed_on, RegionChange.Kind.SPLIT)
        Region.objects.filter(pk__in=[one.pk for one in piece.children]).update(parent=new)
    region.ended_on = changed_on
    return region


@action(at="region", title=_("合并区划"), about=Region)
def merge_regions(
    *, by: Account, region: Region, others: Sequence[Region], changed_on: dt.date, becomes: NewRegion
) -> Region:
    """End a township or village and others beside it on a day, and begin the one that they became.

    It may keep the code of one of them; what stood below any of them stands below it. Refuses divisions of
    different levels or parents, and what ``split_region`` refuses.
    """
    for one in others:
        require(by, "merge_regions", one)
    olds = _held([region, *others], changed_on)
    if len(olds) < 2:
        raise Refusal("regions_missing", _("请选择至少两个不同的区划。"), field="others")
    if len({(one.level, one.parent_id) for one in olds}) > 1:
        raise Refusal("regions_apart", _("只能合并同一上级之下的同级区划。"), field="others")
    for one in olds:
        _end(one, changed_on)
    new = _begin(by, olds, becomes, changed_on, RegionChange.Kind.MERGER)
    Region.objects.filter(parent__in=olds).update(parent=new)
    return new


@action(at="region", title=_("更改区划名称或代码"), keeps=("name", "code"), about=Region)
def rename_region(
    *, by: Account, region: Region, changed_on: dt.date, name: str = "", code: str = ""
) -> Region:
    """Give a division another name, another code, or both, from a day on; a blank leaves what it has.

    The division stays the same row, its former codes and names are kept with their days.
    """
    now = _standing(region, changed_on)
    name = checked_line(name, field="name", most=80) if name else now.name
    code = _checked_code(code, now) if code else now.code
    if (name, code) == (now.name, now.code):
        raise Refusal("region_unchanged", _("名称和代码都和现在的一样，不用更改。"))
    values = {"name": name, "code": code}
    if name != now.name:
        values["short_name"] = name
    with unless_taken(_code_taken()):
        if not Region.objects.filter(pk=now.pk, name=now.name, code=now.code).update(**values):
            raise Faster
    if name != now.name:
        _changed(now, now, RegionChange.Kind.RENAME, changed_on)
        note_move(region, "name", now.name, name)
    if code != now.code:
        _changed(now, now, RegionChange.Kind.RECODE, changed_on)
        _bear(now, code, changed_on)
        note_move(region, "code", now.code, code)
    region.refresh_from_db()
    return region


def _code_taken() -> Refusal:
    return Refusal("region_code_taken", _("这个代码属于另一个现行区划。"), field="code")


def _held(regions: Sequence[Region], changed_on: dt.date) -> list[Region]:
    """Return the townships or villages as they stand, held until the verb ends so that nobody ends them first."""
    keys = {one.pk for one in regions}
    held = Region.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    found = [_standing(one, changed_on) for one in held]
    if any(one.level not in CHANGING for one in found):
        raise Refusal("region_level", _("只有乡镇（街道）和村（社区）在这里析置、合并。"), field="region")
    return found


def _standing(region: Region, changed_on: dt.date) -> Region:
    """Return the division as it stands now; refuses one that ended and a day on which it cannot change."""
    now = Region.objects.get(pk=region.pk)
    if now.ended_on is not None:
        raise Refusal("region_ended", _("这个区划已经撤销。"), field="region")
    if changed_on > timezone.localdate():
        raise Refusal("day_to_come", _("只登记已经生效的变更，日期不能晚于今天。"), field="changed_on")
    since = [now.began_on, *now.codes.filter(valid_until=None).values_list("valid_from", flat=True)]
    if any(one is not None and changed_on < one for one in since):
        raise Refusal("day_before_last_change", _("日期不能早于它上一次变更。"), field="changed_on")
    return now


def _refuse_lost_children(old: Region, pieces: Sequence[NewRegion]) -> None:
    below = set(old.children.standing().values_list("pk", flat=True))
    given = Counter(one.pk for piece in pieces for one in piece.children)
    if set(given) - below:
        raise Refusal("not_its_child", _("所选的下级区划不属于它。"), field="pieces")
    if below - set(given):
        raise Refusal("child_not_assigned", _("还有下级区划没有划给任何一个新区划。"), field="pieces")
    if any(times > 1 for times in given.values()):
        raise Refusal("child_twice", _("同一个下级区划不能划给两个新区划。"), field="pieces")


def _end(old: Region, changed_on: dt.date) -> None:
    Region.objects.filter(pk=old.pk).update(ended_on=changed_on)
    old.codes.filter(valid_until=None).update(valid_until=changed_on)
    note_move(old, "ended_on", None, changed_on)


def _begin(by: Account, olds: Sequence[Region], made: NewRegion, changed_on: dt.date, kind: str) -> Region:
    """Begin what came out of the old divisions, with its code, its lineage and its managers."""
    first, name = olds[0], checked_line(made.name, field="name", most=80)
    with unless_taken(_code_taken()):
        new = Region.objects.create(
            code=_checked_code(made.code, first),
            name=name,
            short_name=name,
            level=first.level,
            parent=first.parent,
            prefecture=first.prefecture,
            began_on=changed_on,
        )
    RegionCode.objects.create(region=new, code=new.code, valid_from=changed_on)
    for old in olds:
        _changed(old, new, kind, changed_on)
    note_move(new, "code", None, new.code)
    _give_managers(by, olds, new, made.managers)
    return new


def _give_managers(by: Account, olds: Sequence[Region], new: Region, named: Sequence[Org]) -> None:
    if not named:
        raise Refusal("manager_missing", _("请写明新区划由哪个组织管理。"), field="managers")
    kinds = [one.kind for one in named]
    if len(set(kinds)) < len(kinds):
        raise Refusal("two_managers", _("同一类组织只能有一个管理它。"), field="managers")
    for org in named:
        require_manager(by, org)
        manage(standing_org(org, "managers"), [new])
    going_on = set(Org.objects.standing().filter(regions__in=olds).exclude(kind__in=kinds))
    if len({one.kind for one in going_on}) < len(going_on):
        raise Refusal(
            "manager_unclear", _("合并前由不同的组织管理，请写明以后由哪一个管理。"), field="managers"
        )
    for org in going_on:
        manage(org, [new])


def _changed(old: Region, new: Region, kind: str, changed_on: dt.date) -> None:
    RegionChange.objects.create(old=old, new=new, kind=kind, changed_on=changed_on, old_name=old.name)


def _bear(region: Region, code: str, changed_on: dt.date) -> None:
    """Let the division bear another code from a day on."""
    region.codes.filter(valid_until=None).update(valid_until=changed_on)
    with unless_taken(_code_taken()):
        RegionCode.objects.create(region=region, code=code, valid_from=changed_on)


def _checked_code(code: str, like: Region) -> str:
    """Return the 12-digit code for a division of the level and under the parent of another.

    Refuses what is no code of this level, lies outside the parent, or belongs to a standing division.
    """
    code = full_code(code)
    above, own = SIGNIFICANT[like.level - 1], SIGNIFICANT[like.level]
    shape = rf"\d{{{own}}}0{{{12 - own}}}"
    if not re.fullmatch(shape, code, re.ASCII) or int(code[above:own]) == 0:
        raise Refusal(
            "region_code_shape", _("区划代码的位数和级别不符，请按统计用区划代码填写。"), field="code"
        )
    if like.parent is not None and not code.startswith(like.parent.code[: SIGNIFICANT[like.parent.level]]):
        raise Refusal("region_code_place", _("区划代码和上级区划的代码对不上。"), field="code")
    if Region.objects.standing().filter(~Q(pk=like.pk), code=code).exists():
        raise _code_taken()
    return code
