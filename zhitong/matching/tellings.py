"""What a round tells a person beside the reasons: the better post that was full, the wish that cost most, and the one
change that would have opened a (better) post. Points are compared, never shown as money."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.employers.models import Demand
from zhitong.kernel.models import Account, CertificateKind, Occupation, Region
from zhitong.matching.frames import told_alone
from zhitong.matching.models import Proposal

WISHES: dict[str, str | Promise] = {
    "wage": gettext_lazy("最低月工资"),
    "place": gettext_lazy("意向城市"),
    "excluded": gettext_lazy("以前因为地点没有去的城市"),
    "day": gettext_lazy("最早可出发的日子"),
    "occupation": gettext_lazy("意向职业"),
    "certificate": gettext_lazy("没有的证书"),
    "alone": gettext_lazy("要和同行的人在一起"),
}
NAMED: dict[str, type[Any]] = {
    "place": Region,
    "excluded": Region,
    "occupation": Occupation,
    "certificate": CertificateKind,
}
SEAT_REASONS: dict[str, str | Promise] = {
    "no_candidate": gettext_lazy("没有人符合条件"),
    "too_few": gettext_lazy("符合条件的人比名额少"),
    "outbid": gettext_lazy("符合条件的人都有更合适的岗位"),
}


@dataclass(frozen=True)
class Telling:
    """One sentence, and the post that it is about as far as the reader may read it."""

    icon: str
    sentence: str
    demand: Demand | None = None


def told_of(proposal: Proposal) -> dict[str, Any]:
    """Return what is told of a proposal: as stored, or found now where its round was too great to tell everybody."""
    return proposal.reasons if "if" in proposal.reasons else proposal.reasons | told_alone(proposal)


def tellings(reasons: dict[str, Any], actor: Account, *, placed: bool) -> list[Telling]:
    """Put into words what was stored with a proposal or a leftover; nothing for rounds of before."""
    numbers = [reasons[name][at] for name, at in (("full", 0), ("if", 2)) if reasons.get(name)]
    posts = Demand.objects.visible_to(actor).select_related("region").in_bulk(numbers)
    return list(_told(reasons, posts, actor, placed))


def _told(
    reasons: dict[str, Any], posts: dict[int, Demand], actor: Account, placed: bool
) -> Iterator[Telling]:
    who = _("您") if actor.is_worker else _("他")
    if reasons.get("full"):
        number, claim, cutoff = reasons["full"]
        yield Telling("users", _full(who, claim, cutoff), posts.get(number))
    if reasons.get("cost"):
        wish, points = reasons["cost"]
        yield Telling("scale", _cost(wish, points, shows_points=not actor.is_worker))
    if reasons.get("if"):
        kind, amount, number = reasons["if"]
        yield Telling("bulb", _if(who, kind, amount, actor, placed), posts.get(number))
    elif "if" in reasons:
        yield Telling("bulb", _("只改变某一条要求，还得不到更合适的岗位。"))


def _full(who: str, claim: int, cutoff: int) -> str:
    if claim > cutoff:
        return _("还有更合适的岗位；差别在这一轮计算的误差以内，或者和同行的人不在一处。")
    return _(
        "还有更合适的岗位，但已经招满：得到名额的人没有它，契合度至少会少%(cutoff)d分；%(who)s得到它，只会多%(claim)d分。"
    ) % {"who": who, "claim": claim, "cutoff": cutoff}


def _cost(wish: str, points: int, *, shows_points: bool) -> str:
    named = WISHES.get(wish, wish)
    if shows_points:
        return _("影响最大的一条：%(wish)s（最多差%(points)d分契合度）。") % {"wish": named, "points": points}
    return _("影响最大的一条：%(wish)s。") % {"wish": named}


def _if(who: str, kind: str, amount: int, actor: Account, placed: bool) -> str:
    change = _change(who, kind, amount, actor)
    if placed:
        return _("%(change)s，按这一轮的名额，就能得到更合适的岗位。") % {"change": change}
    return _("%(change)s，按这一轮的名额，就能得到岗位。") % {"change": change}


def _change(who: str, kind: str, amount: int, actor: Account) -> str:
    what = _named(kind, amount, actor)
    sentence = {
        "wage": _("如果%(who)s把最低月工资要求降低%(amount)s元"),
        "place": _("如果%(who)s也愿意去%(what)s"),
        "excluded": _("如果%(who)s现在愿意去%(what)s"),
        "day": _("如果%(who)s能早%(amount)s天出发"),
        "occupation": _("如果%(who)s也愿意做“%(what)s”"),
        "certificate": _("如果%(who)s考取“%(what)s”"),
        "alone": _("如果%(who)s不要求和同行的人在一起"),
    }[kind]
    yuan = -(-amount // 100)
    return sentence % {"who": who, "what": what, "amount": yuan if kind == "wage" else amount}


def _named(kind: str, key: int, actor: Account) -> str:
    model = NAMED.get(kind)
    if model is None:
        return ""
    row = model.objects.visible_to(actor).filter(pk=key).first()
    return _("另一处") if row is None else str(row.name)


def remedies_in_words(remedies: list[list[Any]]) -> list[str]:
    """Return what would bring people to a post, least change first."""
    return [_remedy(*one) for one in remedies]


def _remedy(easing: str, amount: int, people: int) -> str:
    sentence = {
        "wage": _("最低月工资提高%(amount)d元，可以招来%(people)d人"),
        "day": _("到岗日期推后%(amount)d天，可以招来%(people)d人"),
        "education": _("文化程度要求放宽%(amount)d级，可以招来%(people)d人"),
        "certificate": _("培训考证（或不要求证书），可以招来%(people)d人"),
    }[easing]
    return sentence % {"amount": -(-amount // 100) if easing == "wage" else amount, "people": people}
