"""Finding one person by an exact number, which stands in no address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhitong.kernel import access
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.web import Column, signed_in, table
from zhitong.kernel.web.verbs import actor_of

from ..forms import FindForm


@signed_in
def find_worker(request: HttpRequest) -> HttpResponseBase:
    """Go to the one who bears a number; show all who share a telephone."""
    actor = actor_of(request)
    if not access.holds(actor, "register_worker") and not any(
        one.role.name == "auditor" for one in actor.held
    ):
        raise NotAllowed("find_worker")
    form = FindForm(actor, None, request.POST if request.method == "POST" else None)
    context = {"title": _("按号码查找"), "form": form, "crumbs": [(_("劳动者"), reverse("workers"))]}
    if not form.is_valid():
        return render(request, "workers/find.html", context, status=422 if form.is_bound else 200)
    found = form.found()
    if len(found) == 1:
        return redirect("worker", pk=found[0].pk)
    columns = (
        Column("name", _("姓名")), Column("town", _("乡镇（街道）")), Column("village", _("村（社区）")),
        Column("status", _("就业状态")), Column("state", _("登记")),
    )  # fmt: skip
    nobody = _("您的范围内没有登记过这个号码。")
    return render(
        request, "workers/find.html", {**context, "panel": table(_("结果"), found, *columns, empty=nobody)}
    )
