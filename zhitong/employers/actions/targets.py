"""Targets: how many posts a department, a station or a place owes within a period."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.kernel.action import action
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account, Org, in_place
from zhitong.kernel.state import change

from ..models import Target

MOST_SEATS = 10_000_000
LONGEST_PERIOD = dt.timedelta(days=3 * 366)


@action(at="org", title=gettext_lazy("下达岗位目标"), about=Target)
def set_target(*, by: Account, org: Org, begins_on: dt.date, ends_on: dt.date, seats: int) -> Target:
    """Say how many posts an organisation owes from a day to another; said again for one day, it is corrected.

    Refuses periods that overlap another of the same organisation, since a post would count twice.
    """
    if org.kind not in Target.KINDS:
        raise Refusal("org_owes_nothing", _("岗位目标只下达给部门、劳务协作站和县乡两级。"), field="org")
    if not 1 <= seats <= MOST_SEATS:
        raise Refusal("seats", _("应采集岗位数应在1到1000万之间。"), field="seats")
    if not begins_on < ends_on <= begins_on + LONGEST_PERIOD:
        raise Refusal("period", _("截止日期应在开始日期之后，且不超过三年。"), field="ends_on")
    Org.objects.select_for_update(of=("self",)).get(pk=org.pk)
    targets = Target.objects.filter(org=org)
    other = (
        targets.exclude(begins_on=begins_on).filter(begins_on__lte=ends_on, ends_on__gte=begins_on).first()
    )
    if other is not None:
        sentence = _("和已有的目标（%(begins)s 至 %(ends)s）时间重叠。")
        raise Refusal(
            "target_overlaps",
            sentence % {"begins": other.begins_on, "ends": other.ends_on},
            field="begins_on",
        )
    standing = targets.filter(begins_on=begins_on).first()
    if standing is not None:
        return change(standing, ends_on=ends_on, seats=seats)
    return Target.objects.create(org=org, begins_on=begins_on, ends_on=ends_on, seats=seats, **in_place(org))
