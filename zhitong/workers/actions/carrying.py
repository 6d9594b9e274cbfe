"""A long list is applied or taken back while nobody waits, in the name of whoever asked."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.action import action
from zhitong.kernel.actions import queue_job
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account, Job

from ..models import Import
from .applying import APPLY_LIST, Part
from .facts import one_of
from .keeping import refuse_let_go
from .undoing import UNDO_LIST


@action(at="imported", title=_("申请名单入册"), keeps=("part",), about=Import)
def order_application(*, by: Account, imported: Import, part: str = Part.GOOD) -> Import:
    """Have a checked list enter the register while nobody waits; the list names the job that does it."""
    one_of("part", part, Part.values)
    return _ordered(by, imported, APPLY_LIST, Import.State.CHECKED, part=part)


@action(at="imported", title=_("申请撤销名单"), about=Import)
def order_undoing(*, by: Account, imported: Import) -> Import:
    """Have an applied list taken back while nobody waits; the list names the job that does it."""
    return _ordered(by, imported, UNDO_LIST, Import.State.APPLIED)


def _ordered(by: Account, imported: Import, kind: str, state: str, **given: str) -> Import:
    held = Import.objects.select_for_update(of=("self",)).select_related("org", "job").get(pk=imported.pk)
    if held.state != state:
        raise Refusal("wrong_state", _("现在的状态不能办这一步。"), state=str(held.state))
    refuse_let_go(held)
    if held.job is not None and held.job.state in (Job.State.WAITING, Job.State.RUNNING):
        raise Refusal("list_in_work", _("这份名单正在后台办理，请等它完成。"))
    given |= {"language": get_language()}
    held.job = queue_job(by=by, org=held.org, kind=kind, given={"import": held.pk, **given})
    Import.objects.filter(pk=held.pk).update(job=held.job)
    return held
