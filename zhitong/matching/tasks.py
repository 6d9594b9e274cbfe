"""Work of matching that is done while nobody waits."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.errors import Refusal
from zhitong.kernel.jobs import Beat, job
from zhitong.kernel.models import Account, Job
from zhitong.kernel.sms import sender

from .actions import give_up_round, give_up_trial, keep_fairness, keep_proposals, keep_trial, take_up_round
from .actions.trials import rules_of
from .frames import Counting, Findings, compared, market_of, propose
from .models import Offer, Round, Trial
from .notices import notify
from .stages import Limit, Stages

STEP = 200
SOLVING = ("clear", "reasons", "check")
INTERRUPTED = Refusal("interrupted", _("计算中断，没有结果。可以重新计算。"))


def page_of_round(job: Job, reader: Account) -> str | None:
    """Return the page of the round that a job is about, for whoever may read it."""
    found = Round.objects.visible_to(reader).filter(pk=job.given.get("round")).first()
    return None if found is None else reverse("round", args=[found.pk])


@job("solve_round", _("计算匹配轮次"), page_of_round)
def solve_round(job: Job, beat: Beat) -> dict[str, Any]:
    """Compute the round named in the job; run again after an interruption, it begins anew and stores once."""
    system = Account.objects.system()
    held = Round.objects.get(pk=job.given["round"])
    if held.state not in (Round.State.WAITING, Round.State.SOLVING):
        return {"round": held.pk}
    held, stages = take_up_round(by=system, round=held), Stages()
    try:
        findings = _solved(held, beat, stages)
        beat(900, _("正在保存建议"))
        stages.begin("rows")
        findings.make_proposals(held.pk)
        stages.begin("store")
        held = keep_proposals(by=system, round=held, findings=findings)
        stages.end()
    except Exception as error:
        no = error if isinstance(error, Refusal) else INTERRUPTED
        give_up_round(by=system, round=held, code=no.code, note=Job.noted(no.sentence, {}))
        raise
    counts = {name: held.summary[name] for name in ("placed", "left_over")}
    return {"round": held.pk, **counts, "seconds": stages.told()}


@job("count_fairness", _("统计这一轮对各类人是否公平"), page_of_round)
def count_fairness(job: Job, beat: Beat) -> dict[str, Any]:
    """Count how groups fared in the round named in the job, for its office; done again it changes nothing."""
    held = Round.objects.get(pk=job.given["round"])
    beat(100, _("正在按人群统计"))
    counting = Counting(held)
    beat(800, _("正在保存统计"))
    alarms = keep_fairness(by=Account.objects.system(), round=held, counting=counting)
    return {"round": held.pk, "alarms": alarms}


def page_of_trial(job: Job, reader: Account) -> str | None:
    """Return the page of the trial that a job is about, for whoever may read it."""
    found = Trial.objects.visible_to(reader).filter(pk=job.given.get("trial")).first()
    return None if found is None else reverse("trial", args=[found.pk])


@job("solve_trial", _("试算别的规则"), page_of_trial)
def solve_trial(job: Job, beat: Beat) -> dict[str, Any]:
    """Compute the trial named in the job: one reading of people and posts, solved by both sets of rules."""
    system = Account.objects.system()
    trial = Trial.objects.select_related("round__rules").get(pk=job.given["trial"])
    if trial.state != Trial.State.WAITING:
        return {"trial": trial.pk}
    held = trial.round
    try:
        beat(20, _("正在读取人员和岗位"))
        market = market_of(held)
        beat(200, _("正在按两种规则各算一遍"))
        outcome = compared(
            market, seed=held.seed, rules=held.rules, tried=rules_of(trial), digest=held.summary.get("problem", ""),
            limit=lambda: Limit(settings.ROUND_SECONDS),
        )  # fmt: skip
        beat(900, _("正在保存试算结果"))
        keep_trial(by=system, trial=trial, outcome=outcome)
    except Exception as error:
        no = error if isinstance(error, Refusal) else INTERRUPTED
        give_up_trial(by=system, trial=trial, code=no.code, note=Job.noted(no.sentence, {}))
        raise
    return {"trial": trial.pk}


@job("send_offer_notices", _("通知被推荐的人"), page_of_round)
def send_offer_notices(job: Job, beat: Beat) -> dict[str, Any]:
    """Tell everyone to whom one adoption offered a post; after an interruption it goes on where it stood."""
    sent_at = dt.datetime.fromisoformat(job.given["sent_at"])
    waiting = Offer.objects.filter(proposal__round=job.given["round"], sent_at=sent_at).order_by("pk")
    numbers = list(waiting.values_list("pk", flat=True))
    begin, told, service = job.done_permille * len(numbers) // 1000, 0, sender()
    for start in range(begin, len(numbers), STEP):
        beat(start * 1000 // len(numbers), _("正在通知本人"))
        some = Offer.objects.filter(pk__in=numbers[start : start + STEP], state=Offer.State.SENT)
        told += sum(notify(service, offer) for offer in some.select_related("worker", "demand__region"))
    return {"offers": len(numbers), "told": told}


def _solved(held: Round, beat: Beat, stages: Stages) -> Findings:
    beat(20, _("正在读取人员和岗位"))
    stages.begin("read")
    market = market_of(held)
    people, posts = len(market.people.keys), len(market.openings.keys)
    beat(200, _("正在为%(people)d人匹配%(posts)d种岗位"), people=people, posts=posts)
    limit = Limit(settings.ROUND_SECONDS)
    plan = propose(market, seed=held.seed, rules=held.rules, stop=limit, stages=stages)
    seconds = {"read": stages.wall["read"], "solve": sum(stages.wall[name] for name in SOLVING)}
    findings = Findings(
        market, plan, {name: round(one, 1) for name, one in seconds.items()}, stopped=limit.reached
    )
    beat(800, _("正在说明理由"))
    stages.begin("explain")
    _explained = findings.explained  # found here, before the round is locked
    stages.end()
    return findings
