"""What somebody else changed while a form was being filled in."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from zhitong.kernel.action import label_of
from zhitong.kernel.models import Account, Record

from .form import ActorForm
from .show import label_at, shown


def what_changed(row: Model, form: ActorForm, actor: Account) -> list[tuple[str | None, str]]:
    """Return (field or ``None``, sentence): who changed the row since the form was shown, and each value now."""
    seen = form.cleaned_data.get("seen")
    missed = max(getattr(row, "version", 0) - seen, 0) if seen else 1
    lines = (
        Record.objects.visible_to(actor).of(row).select_related("actor").order_by("-position")[: missed or 1]
    )
    changed: dict[str, str] = {}
    for line in lines:
        changed.update({name: _who(line) for name in _fields_of(line, row)})
    if not changed:
        return [(None, _("您填写的时候，这条记录刚刚被别人改动。您填的内容都还在，请核对后再提交。"))]
    names = _("、").join(str(label_at(row, name)) for name in changed)
    whole = _("您填写的时候，%(who)s 改了：%(names)s。您填的内容都还在，请核对后再提交。")
    said = whole % {"who": _("、").join(sorted(set(changed.values()))), "names": names}
    return [(None, said), *_values_now(row, form, changed)]


def _fields_of(line: Record, row: Model) -> list[str]:
    return [str(move["field"]) for move in line.moves if move.get("row") == label_of(row)]


def _who(line: Any) -> str:
    when = timezone.localtime(line.at).strftime("%H:%M")
    return _("%(who)s（%(when)s）") % {"who": line.actor or _("系统"), "when": when}


def _values_now(row: Model, form: ActorForm, changed: dict[str, str]) -> list[tuple[str | None, str]]:
    here = [name for name in changed if name in form.fields]
    return [(name, _("现在登记的是“%(value)s”。") % {"value": shown(row, name)}) for name in here]
