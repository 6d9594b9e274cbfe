"""Codes of a round in words: why somebody got this post, why nobody, and what was missing."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from zhitong.matching.models import Leftover, Proposal

LEFTOVER_REASONS: dict[str, str | Promise] = {
    "no_post": gettext_lazy("没有合条件的岗位"),
    "all_full": gettext_lazy("合适的岗位都满了"),
    "group_apart": gettext_lazy("找不到能和配偶同城的岗位"),
    "no_intention": gettext_lazy("还没有登记就业意向"),
    "companion_absent": gettext_lazy("要同去的配偶不在可推荐的人里"),
    "time_up": gettext_lazy("规定的时间到了，还没有算完"),
    "said_no_before": gettext_lazy("最合适的岗位以前已答复不去或未录用"),
}
RULES: dict[str, str | Promise] = {
    "open": gettext_lazy("没有在招的岗位"),
    "age": gettext_lazy("年龄"),
    "certificate": gettext_lazy("证书"),
    "day": gettext_lazy("出发时间"),
    "place": gettext_lazy("工作地点"),
    "wage": gettext_lazy("工资"),
    "education": gettext_lazy("文化程度"),
    "occupation": gettext_lazy("工种"),
    "declined": gettext_lazy("以前没有谈成"),
}
RULE_SENTENCES: dict[str, str | Promise] = {
    "open": gettext_lazy("这个岗位现在不招人了。"),
    "age": gettext_lazy("他的年龄不符合这个岗位的法定年龄要求。"),
    "certificate": gettext_lazy("这个岗位须持证上岗，他没有登记所要求的证书。"),
    "day": gettext_lazy("他最早可出发的日子晚于这个岗位的到岗日期和有效期。"),
    "place": gettext_lazy("这个岗位的城市不在他的意向里，他也没有说其他城市可以。如他愿意，请先更正意向。"),
    "wage": gettext_lazy("这个岗位保证的工资低于他登记的最低工资。如他愿意，请先更正意向。"),
    "education": gettext_lazy("他的文化程度没有达到这个岗位的要求。"),
    "occupation": gettext_lazy("这个岗位的工种与他的意向和经历都相差太远。如他愿意，请先更正意向。"),
    "declined": gettext_lazy("他和这个岗位或这家单位以前没有谈成。如双方都愿意，请先取消那条影响。"),
}
LACKING: dict[str, str | Promise] = {
    "open": gettext_lazy("名额已满或不再招人"),
    "age": gettext_lazy("年龄不符合法律对这个岗位的规定"),
    "certificate": gettext_lazy("没有登记这个岗位须持的证书"),
    "day": gettext_lazy("能出发的日子晚于到岗日期"),
    "place": gettext_lazy("这个城市不在意向里"),
    "wage": gettext_lazy("工资低于登记的最低要求"),
    "education": gettext_lazy("文化程度没有达到要求"),
    "occupation": gettext_lazy("和意向、经历相差太远"),
    "declined": gettext_lazy("以前已答复不去或未录用"),
}
"""What a worker lacks for a post, as he and whoever helps him read it."""
TO_DO: dict[str, str | Promise] = {
    "certificate": gettext_lazy("可以报名培训考证"),
    "wage": gettext_lazy("可以和他谈谈工资期望，或请用人单位提高工资"),
    "place": gettext_lazy("可以问问他愿不愿意去别的城市"),
    "occupation": gettext_lazy("可以参加转岗培训，或补登他做过的工作"),
    "day": gettext_lazy("可以问问他能不能早些出发"),
    "education": gettext_lazy("可以请用人单位放宽学历要求"),
    "declined": gettext_lazy("如双方都愿意，可以取消以前答复留下的影响"),
    "no_intention": gettext_lazy("请村级劳务员上门问清他想做什么、去哪里"),
    "companion_absent": gettext_lazy("请先核实配偶的就业状态和意向"),
    "all_full": gettext_lazy("可以再收集同类岗位"),
    "time_up": gettext_lazy("可以参加下一轮，或由经办人单独推荐"),
}
PARTS: tuple[str | Promise, ...] = (
    gettext_lazy("有岗位"), gettext_lazy("意向职业"), gettext_lazy("经历"), gettext_lazy("工资"),
    gettext_lazy("城市"), gettext_lazy("住宿"), gettext_lazy("工作餐"), gettext_lazy("等待时间"),
    gettext_lazy("同村伙伴"), gettext_lazy("路程"), gettext_lazy("优先群体"),
)  # fmt: skip
"""The parts of a fit, in the order of the engine."""

POINTS: dict[str, str | Promise] = {
    "placed": gettext_lazy(
        "只要岗位合条件就得全部分值。越大，越先照顾更多的人有岗位；越小，越看重人和岗位合不合适。"
    ),
    "wish": gettext_lazy("正是他想做的职业得全部，同小类、中类、大类依次减少；没有写意向职业的，得四成。"),
    "experience": gettext_lazy("做过同一职业满五年得全部，年限短的、只做过相近职业的按比例减少。"),
    "wage": gettext_lazy(
        "岗位工资（上下限的平均）比他的最低要求每月高出3000元以上得全部，刚好达到的不得分。"
    ),
    "place": gettext_lazy("第一意向城市得全部，第二、第三意向依次减少；没有写的城市但他愿意去的，得三成。"),
    "lodging": gettext_lazy("他要求住宿、岗位提供住宿的得全部。"),
    "meals": gettext_lazy("岗位提供工作餐的得全部。"),
    "season": gettext_lazy("可以马上上岗的得全部，要等的按天数减少，等三个月以上的不得分。"),
    "fellows": gettext_lazy("同村已有人在这家单位的得全部。"),
    "distance": gettext_lazy("离家近的得全部，路上时间越长越少，三十小时以上的不得分。"),
    "priority": gettext_lazy(
        "属于优先群体的人，优先权重每10算一级，不满10也算一级，0不算，最多九级；每一级得这么多分。"
    ),
}
"""For what each part of a fit brings its points, by the fields of ``RuleSet``."""
MODES: dict[str, str | Promise] = {
    "weight": gettext_lazy(
        "优先群体多得一些分值，名额紧的时候更容易得到岗位；别人更合适时，名额仍可能给别人。"
    ),
    "strict": gettext_lazy(
        "优先群体先选，都选完了，剩下的名额才给其他人；几个群体之间，优先权重大的先选。"
        "合适得多的人也要等，所以总契合度会低一些，能推荐的人也可能少一些。必要条件不变：不合条件的岗位，优先群体也不推荐。"
    ),
}
"""What each way of putting priority groups first means."""

_NTH = (gettext_lazy("第一"), gettext_lazy("第二"), gettext_lazy("第三"))
_NEAR = {1: gettext_lazy("相近"), 2: gettext_lazy("同类"), 3: gettext_lazy("同大类")}


def rule_sentence(rule: str) -> str:
    """Return why a hard rule forbids an offer."""
    return str(RULE_SENTENCES.get(rule, _("不符合岗位的必要条件。")))


def why(reasons: dict[str, Any]) -> list[str]:
    """Return why this post was proposed, the strongest reasons first, one short phrase each."""
    phrases = [_wish(reasons), _years(reasons), _wage(reasons), _place(reasons)]
    phrases += [_("与配偶同城")] if reasons.get("mate") else []
    phrases += [_("同村已有人在这家单位")] if reasons.get("fellows") else []
    phrases += [_("提供住宿")] if reasons.get("bed") else []
    return [phrase for phrase in phrases if phrase]


def why_in_words(proposal: Proposal) -> str:
    """Return the reasons of a proposal as one line."""
    return _("；").join(why(proposal.reasons))


def how_chosen(reasons: dict[str, Any]) -> str:
    """Return how this post stands among all that this worker could have taken."""
    choices = int(reasons.get("choices", 0))
    counted = ngettext(
        "合条件的岗位有%(count)d个", "合条件的岗位有%(count)d个", choices
    ) % {"count": choices}  # fmt: skip
    outcome = {
        "best": _("这一个最合适。"),
        "better_full": _("更合适的已由更契合的人占满，这是剩下里最合适的。"),
        "with_group": _("为了和同行的人在一起，选了能容下全部人的地方。"),
    }.get(str(reasons.get("why")), "")
    return (
        _("%(counted)s，%(outcome)s") % {"counted": counted, "outcome": outcome}
        if outcome
        else counted + _("。")
    )


def missing_in_words(reasons: dict[str, Any]) -> str:
    """Return what a placed worker lacks for a post that would have fitted better."""
    lacking = reasons.get("missing")
    if not lacking:
        return ""
    return _("还有更合适的岗位，只差：%(what)s") % {"what": RULES.get(lacking["rule"], lacking["rule"])}


def parts_of(reasons: dict[str, Any]) -> list[tuple[str, int]]:
    """Return the parts of the fit that brought points, with their names."""
    named = zip(PARTS, reasons.get("parts", ()), strict=False)
    return [(str(name), int(points)) for name, points in named if points]


def leftover_in_words(leftover: Leftover) -> str:
    """Return why somebody got no post, and what was missing."""
    reason = str(LEFTOVER_REASONS.get(leftover.reason, leftover.reason))
    if not leftover.missing or leftover.reason == "group_apart":
        return reason
    return _("%(reason)s，缺：%(missing)s") % {
        "reason": reason, "missing": RULES.get(leftover.missing, leftover.missing)
    }  # fmt: skip


def to_do(leftover: Leftover) -> str:
    """Return what could be done for somebody who got no post."""
    return str(TO_DO.get(leftover.missing) or TO_DO.get(leftover.reason, ""))


def _wish(reasons: dict[str, Any]) -> str:
    nth = int(reasons.get("wish", 0))
    if not nth:
        return ""
    if not reasons["near"]:
        return _("%(nth)s意向职业") % {"nth": _NTH[nth - 1]}
    return _("与%(nth)s意向职业%(near)s") % {"nth": _NTH[nth - 1], "near": _NEAR[reasons["near"]]}


def _years(reasons: dict[str, Any]) -> str:
    if "years" not in reasons:
        return ""
    years = int(reasons["years"])
    return _("做过%(years)d年") % {"years": years} if years else _("做过这一行")


def _wage(reasons: dict[str, Any]) -> str:
    over = int(reasons.get("wage", 0)) // 100
    if over < 0:
        return ""
    return _("工资高于要求 %(yuan)s 元") % {"yuan": over} if over > 0 else _("工资达到要求")


def _place(reasons: dict[str, Any]) -> str:
    nth = int(reasons.get("place", 0))
    return _("%(nth)s意向城市") % {"nth": _NTH[nth - 1]} if 0 < nth <= len(_NTH) else ""
