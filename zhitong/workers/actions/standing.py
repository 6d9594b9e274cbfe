"""Whether somebody is on the register, asked of the row as it stands inside the transaction."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.errors import Refusal

from ..models import Worker


def locked(worker: Worker) -> Worker:
    """Return the worker's row as it is now, held until the transaction ends."""
    return Worker.objects.select_for_update().get(pk=worker.pk)


def locked_pair(one: Worker, other: Worker) -> tuple[Worker, Worker]:
    """Return both rows, held in the order of their keys, so that two who do so never wait for each other."""
    rows = {
        row.pk: row
        for row in Worker.objects.select_for_update().filter(pk__in=(one.pk, other.pk)).order_by("pk")
    }
    return rows[one.pk], rows[other.pk]


def on_register(worker: Worker, field: str | None = None) -> Worker:
    """Return the worker's row, held, when he is on the register; refuses with ``not_on_register``."""
    return active(locked(worker), field)


def refuse_erased(worker: Worker) -> Worker:
    """Return the worker unless his data were deleted: of that entry nothing can be said any more."""
    if worker.state == Worker.State.ERASED:
        raise Refusal("erased_already", _("这份登记的资料已经删除。"))
    return worker


def active(worker: Worker, field: str | None = None) -> Worker:
    """Return the worker unless he has left the register."""
    if worker.state == Worker.State.MERGED:
        sentence = _("这份登记已并入%(name)s的登记，请在那份登记上办理。") % {"name": worker.merged_into}
        raise Refusal("merged_entry", sentence, field=field)
    if worker.state != Worker.State.ACTIVE:
        sentence = _("%(name)s已退出登记，要先恢复登记。") % {"name": worker.name}
        raise Refusal("not_on_register", sentence, field=field)
    return worker
