"""Other rules tried on a round: asked for by an officer, computed while nobody waits, adopted by nobody."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.action import action, note_rows
from zhitong.kernel.actions import queue_job
from zhitong.kernel.bulk import bulk_load
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account, Job, in_place
from zhitong.kernel.state import move, unless_taken

from ..frames import CHANGE_COLUMNS, DEFAULT_RULES, Outcome
from ..models import Round, RuleSet, Trial, TrialChange
from .rounds import locked
from .rules import within_bounds

TRY = "solve_trial"
MOST_TRIALS = 10
"""So many trials of a round are kept; an older one is dropped before another is asked for."""


@dataclass(frozen=True)
class TrialFacts:
    """The rules that are tried: the most points of each part of a fit, and how priority groups come first."""

    placed: int
    wish: int
    experience: int
    wage: int
    place: int
    lodging: int
    meals: int
    season: int
    fellows: int
    distance: int
    priority: int
    priority_mode: str


@action(at="round", title=_("试算别的规则"), about=Trial)
def try_rules(*, by: Account, round: Round, facts: TrialFacts) -> Trial:
    """Ask what a round would have proposed by other rules; nothing of it is adopted by anybody.

    Refuses rules out of bounds, those that the round went by, a round without a result, a second trial while one
    is computed, and more than ten.
    """
    held = locked(round)
    if held.state not in (Round.State.PROPOSED, Round.State.ADOPTED) or not held.summary.get("bound"):
        raise Refusal("round_not_solved", _("这一轮还没有算出结果，不能试算。"))
    within_bounds(facts)
    told = asdict(facts)
    if told == dict(DEFAULT_RULES if held.rules is None else held.rules.facts):
        raise Refusal("rules_unchanged", _("这些规则和这一轮用的完全一样，改一项再试算。"))
    _given_up(held)
    if held.trials.count() >= MOST_TRIALS:
        raise Refusal("too_many_trials", _("这一轮已经试算过十次，请先删除用不着的。"))
    with unless_taken(Refusal("trial_unfinished", _("这一轮正在试算，请等结果出来再试别的。"))):
        made = Trial.objects.create(round=held, rules=told, asked_by=by, **in_place(held))
    made.job = queue_job(by=by, org=held.org, kind=TRY, given={"trial": made.pk})
    Trial.objects.filter(pk=made.pk).update(job=made.job)
    return made


@action(at="trial", title=_("保存试算结果"))
def keep_trial(*, by: Account, trial: Trial, outcome: Outcome) -> Trial:
    """Store who would gain and who would lose."""
    held = Trial.objects.select_for_update(of=("self",)).get(pk=trial.pk)
    if held.state != Trial.State.WAITING:
        note_rows(0)
        return held
    note_rows(bulk_load(TrialChange, CHANGE_COLUMNS, outcome.rows(held.pk)))
    return move(held, Trial.State.DONE, summary=outcome.summary())


@action(at="trial", title=_("试算未成功"), keeps=("code",))
def give_up_trial(*, by: Account, trial: Trial, code: str, note: str = "") -> Trial:
    """End a trial that came to nothing, with the code of why and a sentence as ``Job.noted`` keeps it."""
    return move(trial, Trial.State.FAILED, summary={"failed": {"code": code[:60], "note": note}})


@action(at="trial", title=_("删除试算"))
def drop_trial(*, by: Account, trial: Trial) -> Round:
    """Take away a trial with all that it found; return its round."""
    held = trial.round
    if trial.state == Trial.State.WAITING and not _is_over(trial):
        raise Refusal("trial_unfinished", _("正在试算，请等结果出来再删除。"))
    note_rows(1 + trial.changes.count())
    Trial.objects.filter(pk=trial.pk).delete()
    return held


def _given_up(held: Round) -> None:
    """Mark as failed what waits although its job has ended."""
    for one in held.trials.filter(state=Trial.State.WAITING).select_related("job"):
        if _is_over(one):
            summary = {"failed": {"code": "job_ended", "note": one.job.message if one.job else ""}}
            move(one, Trial.State.FAILED, summary=summary)


def _is_over(trial: Trial) -> bool:
    ended = (Job.State.FAILED, Job.State.CANCELLED, Job.State.DONE)
    return trial.job is None or trial.job.state in ended


def rules_of(trial: Trial) -> RuleSet:
    """Return the rules that are tried, stored nowhere as a city's own."""
    return RuleSet(**trial.rules)
