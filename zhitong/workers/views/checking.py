"""A village's people gone through with one thumb: one large row each, sent many at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from zhitong.kernel.values import row_number
from zhitong.kernel.web.verbs import actor_of

from ..actions import Checked
from ..forms.checking import SHOWN_AT_ONCE, SameForm
from ..forms.finding import UNCHECKED_DAYS
from ..models import Worker
from .ways import about_worker, to_worker

FROM_LIST = "list"
"""Parameter of a person's page that leads back to the list of his village."""


@dataclass(frozen=True)
class Shown:
    """One row: who, what is known, for how many days, and where a change is told."""

    worker: Worker
    value: str
    days: int
    url: str
    ticked: bool


def about_list(request: HttpRequest, row: Any) -> dict[str, Any]:
    """Return the people to go through, and the ways to the other lists of the village."""
    form = SameForm(actor_of(request), row, request.POST or None, initial=_asked(request))
    rows, ticked = form.listed(), set(request.POST.getlist("same"))
    url = reverse("confirm_statuses", args=[row.pk])
    tabs = [(_("全村"), f"{url}?days=", form.asked_days == 0)]
    for days in UNCHECKED_DAYS:
        label = _("超过%(days)d天") % {"days": days}
        tabs.append((label, f"{url}?days={days}", form.asked_days == days))
    count = rows.count()
    return {
        "people": [_shown(one, ticked) for one in rows[:SHOWN_AT_ONCE]], "tabs": tabs, "days": form.asked_days or "",
        "left": max(count - SHOWN_AT_ONCE, 0), "count": count, "title": gettext_lazy("逐人核实"),
        "ask_url": reverse("ask_status_by_sms", args=[row.pk]), "subtitle": str(row),
        "crumbs": [(_("待核实"), reverse("unchecked"))], "back": reverse("unchecked"),
    }  # fmt: skip


def _asked(request: HttpRequest) -> dict[str, Any]:
    return {"days": request.GET["days"]} if "days" in request.GET else {}


def _shown(worker: Worker, ticked: set[str]) -> Shown:
    value = f"{worker.pk}-{worker.version}"
    days = (timezone.localdate() - worker.status_checked_on).days
    url = f"{reverse('confirm_status', args=[worker.pk])}?{FROM_LIST}=village"
    return Shown(worker, value, days, url, value in ticked)


def after_list(result: Checked, request: HttpRequest) -> str:
    """Say of how many people the status was confirmed and of whom not, and go on with those who are left."""
    count = len(result.done)
    if count:
        told = ngettext("%(count)d 人已核实。", "%(count)d 人已核实。", count) % {"count": count}
        messages.success(request, told)
    named = dict(
        Worker.objects.visible_to(actor_of(request)).filter(pk__in=result.refused).values_list("pk", "name")
    )
    for key, sentence in result.refused.items():
        told = _("%(name)s没有核实：%(sentence)s") % {"name": named.get(key, ""), "sentence": sentence}
        messages.error(request, told)
    days = row_number(request.POST.get("days", ""))
    return f"{request.path}?days={'' if days is None else days}"


def after_check(result: Any, request: HttpRequest) -> str:
    """Go on to the person's page after a check, or back to the list of the village from which one came."""
    if request.GET.get(FROM_LIST) == "village" and isinstance(result, Worker):
        return reverse("confirm_statuses", args=[result.village_id])
    return to_worker(result, request)


def about_check(request: HttpRequest, row: Any) -> dict[str, Any]:
    """Lead back to where one came from: the list of the village, or the person's page."""
    if request.GET.get(FROM_LIST) != "village":
        return about_worker(request, row)
    url = reverse("confirm_statuses", args=[row.village_id])
    return {"back": url, "crumbs": [(_("逐人核实"), url)], "subtitle": str(row)}
