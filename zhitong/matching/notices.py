"""Short messages to workers: a post waits for an answer, an interview is near."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import structlog
from django.utils import timezone
from django.utils.translation import gettext as _

from zhitong.employers.models import Demand
from zhitong.kernel.fields import yuan
from zhitong.kernel.sms import Sender
from zhitong.matching.models import Contract, Interview, Offer

log = structlog.get_logger(__name__)


def notify(sender: Sender, offer: Offer, text: Callable[[Offer], str] | None = None) -> bool:
    """Tell the worker of an offer (``text`` says what, by default that it waits); return whether it was handed on."""
    if offer.worker.telephone is None:
        return False
    try:
        sender.send(offer.worker.telephone.open(), (text or text_of)(offer))
    except OSError:
        log.warning("offer_notice_not_sent", offer=offer.pk)
        return False
    return True


def text_of(offer: Offer) -> str:
    """Return what the worker reads."""
    demand = offer.demand
    return _(
        "【直通】为您推荐岗位：%(title)s，%(city)s，月工资%(low)s至%(high)s元。"
        "请在%(day)s前登录答复去或不去，也可以告诉村级劳务员。"
    ) % {
        "title": demand.title,
        "city": demand.region.name,
        "low": yuan(demand.wage_low_fen),
        "high": yuan(demand.wage_high_fen),
        "day": offer.due_on.isoformat(),
    }


def new_posts_text(demand: Demand, count: int, link: str) -> str:
    """Return what a worker reads of new posts that suit him: the best of them, how many, and how to stop it."""
    return _(
        "【直通】有%(count)d个新岗位合您的要求，例如：%(title)s，%(city)s，月工资%(low)s至%(high)s元。"
        "登录后点“找岗位”查看。不想再收，点 %(link)s 停止。"
    ) % {
        "count": count,
        "title": demand.title,
        "city": demand.region.name,
        "low": yuan(demand.wage_low_fen),
        "high": yuan(demand.wage_high_fen),
        "link": link,
    }


def expired_text(offer: Offer) -> str:
    """Return what a worker reads who said yes and heard nothing from the employer."""
    return _(
        "【直通】您答应的岗位“%(title)s”，用人单位逾期没有答复，已经失效。村级劳务员会接着为您推荐。"
    ) % {"title": offer.demand.title}


def notify_interviews(
    sender: Sender, interviews: Iterable[Interview], text: Callable[[Interview], str]
) -> None:
    """Tell the worker of each interview what ``text`` says of it."""
    for one in interviews:
        notify(sender, one.offer, lambda _offer, one=one: text(one))  # type: ignore[misc]


def contract_text(contract: Contract) -> str:
    """Return what a worker reads whose contract was written down."""
    told = _(
        "【直通】用人单位登记了您的劳动合同：月工资%(wage)s元，%(day)s起。"
        "请登录看看对不对，也可以告诉村级劳务员。"
    )
    short = (
        _("注意：比推荐时少%(less)s元。") % {"less": yuan(contract.short_fen)} if contract.short_fen else ""
    )
    return told % {"wage": yuan(contract.wage_fen), "day": contract.begins_on.isoformat()} + short


def booked_text(interview: Interview) -> str:
    """Return what a worker reads whose interview was picked."""
    told = _("【直通】面试约好了：%(what)s。%(how)s请准时参加；来不了请提前改约，也可以告诉村级劳务员。")
    return told % _told(interview)


def soon_text(interview: Interview) -> str:
    """Return what a worker reads the day before."""
    return _("【直通】提醒您：%(what)s。%(how)s来不了请今天改约，也可以告诉村级劳务员。") % _told(interview)


def called_off_text(interview: Interview) -> str:
    """Return what a worker reads whose slot the employer called off."""
    return _("【直通】用人单位取消了面试：%(what)s。请登录另约时间，也可以告诉村级劳务员。") % _told(
        interview
    )


def _told(interview: Interview) -> dict[str, str]:
    slot = interview.slot
    when = timezone.localtime(slot.starts_at).strftime("%m-%d %H:%M")
    how = _("单位会打电话给您。") if slot.mode == slot.Mode.TELEPHONE else _("登录后点链接进入视频。")
    return {"what": f"{when} {slot.demand.title}（{slot.get_mode_display()}）", "how": how}
