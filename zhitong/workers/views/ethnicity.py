"""The ethnic group that a person states: he reads it himself, others see only that they may write down his word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.models import Account
from zhitong.kernel.web import Panel
from zhitong.kernel.web.detail import Button

from .. import actions
from ..models import Consent, Worker
from .lines import Line, lines_panel

PURPOSE = Consent.Purpose.ETHNICITY


def state_ethnicity(*, by: Account, worker: Worker, source: str, agrees: bool = False, **more: Any) -> Worker:
    """Write down what he says, and first keep the consent that was ticked; both or neither."""
    with transaction.atomic():
        if agrees:
            actions.give_consent(by=by, worker=worker, purpose=PURPOSE, through=source)
        stated: Worker = actions.state_ethnicity(by=by, worker=worker, source=source, **more)
    return stated


state_ethnicity.verb = actions.state_ethnicity.verb  # type: ignore[attr-defined]


def ethnicity_panel(
    actor: Account, entries: Sequence[Worker], can: Callable[..., list[Button]]
) -> Panel | None:
    """Return the panel of what was stated: to the person himself what it is, to a village officer the way there."""
    buttons = can(actions.state_ethnicity, title=_("登记"))
    rows = [one.stated_ethnicity for one in entries if actor.is_worker and hasattr(one, "stated_ethnicity")]
    given = Consent.objects.visible_to(actor).filter(worker__in=entries, purpose=PURPOSE, withdrawn_at=None)
    if rows or given.exists():
        buttons += can(actions.withdraw_ethnicity, title=_("撤回"))
    lines = [Line(one.group.label, _now("%(day)s 登记") % {"day": one.stated_on}) for one in rows]
    if not buttons and not lines:
        return None
    note = _("可以不说。只用来在每轮匹配之后按民族统计人数；说了什么只有本人看得到，随时可以撤回。")
    return lines_panel(_("民族"), lines, buttons=buttons, note=note)
