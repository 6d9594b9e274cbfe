"""How groups fared in a round: stored once it was counted, and explained by a named officer where it changed."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel import values
from zhitong.kernel.action import action, note_rows
from zhitong.kernel.bulk import bulk_load
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account, in_place
from zhitong.kernel.state import move

from ..frames import CELL_COLUMNS, Counting, wandered
from ..models import FairnessAlarm, FairnessCell, Round
from .rounds import locked

SHORTEST_ANSWER, LONGEST_ANSWER = 5, 300


@action(at="round", title=_("保存公平性统计"))
def keep_fairness(*, by: Account, round: Round, counting: Counting) -> int:
    """Store how groups fared in a round and what changed against earlier ones; return how many alarms there are.

    What was stored before stays as it is.
    """
    held = locked(round)
    if held.fairness.exists():
        note_rows(0)
        return held.alarms.count()
    count = bulk_load(FairnessCell, CELL_COLUMNS, counting.rows())
    alarms = [
        FairnessAlarm(
            round=held, dimension=one.dimension, group=one.group, now_share=one.now, before_share=one.before,
            chance=one.chance, compared=one.compared, **in_place(held),
        )
        for one in wandered(held, held.fairness.all())
    ]  # fmt: skip
    FairnessAlarm.objects.bulk_create(alarms)
    note_rows(count + len(alarms))
    return len(alarms)


@action(at="alarm", title=_("说明公平性警示"))
def answer_fairness_alarm(*, by: Account, alarm: FairnessAlarm, answer: str) -> FairnessAlarm:
    """Say why a group fared otherwise than it used to, and what is done about it; said once."""
    if alarm.state == FairnessAlarm.State.ANSWERED:
        raise Refusal("alarm_answered", _("这条警示已经有人说明过了。"))
    told = values.checked_line(
        " ".join(answer.split()), field="answer", least=SHORTEST_ANSWER, most=LONGEST_ANSWER
    )
    return move(alarm, FairnessAlarm.State.ANSWERED, answer=told, answered_by=by, answered_at=timezone.now())
