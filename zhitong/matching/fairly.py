"""Groups of a round and how they fared, in words: what differs, by how much, and whether chance explains it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from zhitong.kernel.models import Account, Org
from zhitong.kernel.values import row_number
from zhitong.matching.frames import NO_GROUP, Line
from zhitong.matching.models import Dimension, FairnessAlarm, FairnessCell
from zhitong.workers.models import EthnicGroup, PriorityGroup, Worker


@dataclass(frozen=True)
class Names:
    """What groups are called: places by key, priority groups by code."""

    places: Mapping[str, str]
    priorities: Mapping[str, str]

    def of(self, dimension: str, group: str) -> str:
        """Return what people call a group."""
        if dimension == Dimension.SEX:
            return str(dict(Worker.Sex.choices).get(group, group))
        if dimension == Dimension.AGE:
            return _age(group)
        if dimension == Dimension.PLACE:
            return self.places.get(group, group)
        if dimension == Dimension.PRIORITY:
            return _("不属于优先群体") if group == NO_GROUP else self.priorities.get(group, group)
        return _ethnicity(group) if dimension == Dimension.ETHNICITY else _("全体")


def names_for(actor: Account, groups: Iterable[tuple[str, str]]) -> Names:
    """Read the names of these ``(dimension, group)`` as far as the reader may know them."""
    keys = {row_number(group) for dimension, group in groups if dimension == Dimension.PLACE}
    orgs = Org.objects.visible_to(actor).in_bulk(keys - {None})
    priorities = PriorityGroup.objects.visible_to(actor).order_by("begins_on").values_list("code", "name")
    return Names({str(key): org.place_name for key, org in orgs.items()}, dict(priorities))


def rate_in_words(line: Line) -> str:
    """Return how the rate of a group stands beside that of all others."""
    if line.rate_differs is None:
        return ""
    if not line.is_sure("rate"):
        return _("和其他人没有看得出来的差别")
    points = points_of(line.rate_differs.value)
    higher = line.rate_differs.value > 0
    sentence = (
        _("比其他人高 %(points)s 个百分点，不像是偶然")
        if higher
        else _("比其他人低 %(points)s 个百分点，不像是偶然")
    )
    return sentence % {"points": points}


def fit_in_words(line: Line) -> str:
    """Return how the mean fit of a group stands beside that of all others."""
    if line.fit_differs is None:
        return ""
    if not line.is_sure("fit"):
        return _("和其他人没有看得出来的差别")
    higher = line.fit_differs.value > 0
    sentence = (
        _("比其他人高 %(points)s 分，不像是偶然") if higher else _("比其他人低 %(points)s 分，不像是偶然")
    )
    return sentence % {"points": f"{abs(line.fit_differs.value):,.0f}"}


def alarm_in_words(alarm: FairnessAlarm) -> str:
    """Return what changed for a group, against how many rounds, and how likely that is by chance."""
    return _(
        "以前 %(rounds)d 轮，可以推荐的比例平均%(before)s；这一轮%(now)s。"
        "如果一切照旧，差别变成这样的可能%(chance)s。"
    ) % {
        "rounds": alarm.compared, "before": _beside(alarm.before_share), "now": _beside(alarm.now_share),
        "chance": _chance(alarm.chance),
    }  # fmt: skip


def points_of(share: float) -> str:
    """Return the size of a difference of shares in percentage points."""
    return f"{abs(share) * 100:.1f}"


def _beside(share: float) -> str:
    points = points_of(share)
    if float(points) == 0:
        return _("和其他人一样")
    known = {"points": points}
    return (
        _("比其他人高 %(points)s 个百分点") % known
        if share > 0
        else _("比其他人低 %(points)s 个百分点") % known
    )


def _chance(chance: float) -> str:
    if chance < 0.0001:
        return _("不到万分之一")
    if chance < 0.001:
        return _("不到千分之一")
    return _("约 %(percent)s %%") % {"percent": f"{chance * 100:.2g}"}


def _ethnicity(group: str) -> str:
    if group == FairnessCell.UNSTATED:
        return _("没有说明")
    return _("人数少的各民族") if group == FairnessCell.SMALL else str(EthnicGroup(group).label)


def _age(band: str) -> str:
    low, high = band.split("-")
    if not low:
        return _("%(high)s 岁及以下") % {"high": high}
    if not high:
        return _("%(low)s 岁及以上") % {"low": low}
    return _("%(low)s–%(high)s 岁") % {"low": low, "high": high}
