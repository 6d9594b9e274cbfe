"""Addresses of checks of many people at once, and of the question that is answered without an account;
of what people ask for themselves."""

from __future__ import annotations

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.models import Org
from zhitong.kernel.web import verb_path

from . import actions
from .forms.asking import AskForm
from .forms.checking import SameForm
from .forms.rights import AskSpouseForm, KeepForm, OwnSpouseForm
from .models import DeletionRequest, SpouseRequest, Worker
from .views import about_worker, answering, checking, rights, to_own_page, to_worker

ASK = _("会给这里在册、有手机号、已同意登记、近期没有问过的人各发一条短信；短信里只有姓氏和一个答复链接。")
ASK_DELETION = _(
    "县级人社部门会在期限内答复。删除后不能恢复：登记、意向和账号都会清空，不能再推荐岗位；办理过的件数仍会统计，但不再知道是您。"
)
GRANT = _("请先核实是本人申请。同意后立即删除，不能恢复。")
AGREE = _("同意后，双方互为配偶，可以选择和配偶同去。")
OF_DELETION: dict[str, Any] = {
    "model": DeletionRequest, "row": "request", "prefix": "deletions/", "done": rights.after_deletion,
    "context": rights.about_deletion,
}  # fmt: skip
OF_SPOUSE: dict[str, Any] = {
    "model": SpouseRequest, "row": "request", "prefix": "spouse_requests/", "form": OwnSpouseForm,
    "done": to_own_page, "context": rights.about_deletion,
}  # fmt: skip

ASKING_ROUTES = [
    verb_path(
        actions.confirm_statuses, prefix="villages/", model=Org, row="village", form=SameForm,
        template="workers/check_village.html", done=checking.after_list, context=checking.about_list,
    ),
    verb_path(
        actions.ask_status_by_sms, prefix="places/", model=Org, row="place", form=AskForm, ask=ASK,
        done=answering.after_asking, context=answering.about_asking,
    ),
    path("answer/<str:token>/", answering.answer_status, name="answer_status"),
    path("me/take_own_record/", rights.take_own_record, name="take_own_record"),
    verb_path(
        actions.ask_deletion, model=Worker, ask=ASK_DELETION, danger=True, done=rights.after_asking_deletion,
        context=about_worker, own_title=_("申请删除我的资料"),
    ),
    path("deletions/", rights.DeletionRequestList.page(), name="deletionrequests"),
    path("deletions/<int:pk>/", rights.DeletionRequestDetail.page(), name="deletionrequest"),
    verb_path(actions.grant_deletion, ask=GRANT, danger=True, **OF_DELETION),
    verb_path(actions.refuse_deletion, form=KeepForm, **OF_DELETION),
    verb_path(actions.withdraw_deletion_request, ask=_("不再要求删除？"), **OF_DELETION),
    verb_path(actions.ask_spouse, model=Worker, form=AskSpouseForm, done=to_worker, context=about_worker),
    verb_path(actions.agree_to_spouse, ask=AGREE, **OF_SPOUSE),
    verb_path(actions.decline_spouse, ask=_("不同意和对方关联为配偶？"), danger=True, **OF_SPOUSE),
]  # fmt: skip
