"""Where the day of an employer's clerk begins."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Account, Org
from zhitong.kernel.web import Column, Panel, panel, signed_in, table
from zhitong.kernel.web.verbs import actor_of

from ..models import Demand, Employer
from .demands import DemandList


class OwnDemands(DemandList):
    """An employer's own posts, without the column that would say the same in every row."""

    columns = tuple(one for one in DemandList.columns if one.value != "employer.org.name")


@signed_in
def employer_home(request: HttpRequest) -> HttpResponseBase:
    """Show an employer's clerk what is theirs: the credential check, posts by state, what wants doing."""
    actor = actor_of(request)
    if actor.kind != Account.Kind.EMPLOYER:
        raise NotAllowed("employer_home")
    orgs = [one.org for one in actor.held if one.org is not None and one.org.kind == Org.Kind.EMPLOYER]
    employers = Employer.objects.visible_to(actor).filter(org__in=orgs).select_related("org", "region")
    soon = timezone.localdate() + dt.timedelta(days=14)
    demands = Demand.objects.visible_to(actor).filter(employer_org__in=orgs).select_related("region")
    refused = demands.filter(state=Demand.State.REFUSED).order_by("id")[:20]
    ending = demands.filter(state=Demand.State.APPROVED, valid_until__lte=soon).order_by("valid_until")[:20]
    panels = [
        *(panel(one.org.name, "employers/own.html", wide=True, employer=one) for one in employers),
        *_refused_panels(refused),
        *_ending_panels(ending),
        OwnDemands.panel(request, url=reverse("demands"), title=_("最近的岗位")),
    ]
    return render(request, "employers/home.html", {"title": _("本单位"), "panels": panels})


def _refused_panels(rows: QuerySet[Demand]) -> list[Panel]:
    if not rows:
        return []
    columns = (Column("title", _("岗位名称")), Column("refusal", _("退回原因")))
    return [table(_("被退回，请改好后重新提交"), rows, *columns)]


def _ending_panels(rows: QuerySet[Demand]) -> list[Panel]:
    if not rows:
        return []
    columns = (
        Column("title", _("岗位名称")),
        Column("seats", _("人数")),
        Column("valid_until", _("有效期至")),
    )
    return [table(_("快到期，请确认是否还在招"), rows, *columns)]
