"""Addresses of the register."""

from __future__ import annotations

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhitong.kernel.web import create_path, menu, verb_path

from . import actions, doorstep_urls, forms, views
from .asking_urls import ASKING_ROUTES
from .import_urls import IMPORT_ROUTES
from .models import (
    Certificate,
    Consent,
    Household,
    Likeness,
    LinkDecision,
    PriorityGroup,
    PriorityMembership,
    Skill,
    Worker,
)
from .views import about_worker, to_worker
from .views.checking import about_check, after_check
from .views.ethnicity import state_ethnicity
from .views.wishing import wish_path

OF_WORKER: dict[str, Any] = {"model": Worker, "done": to_worker, "context": about_worker}

OF_LIKENESS: dict[str, Any] = {"model": Likeness, "prefix": "likenesses/", "done": views.to_next_pair}
OF_DECISION: dict[str, Any] = {"model": LinkDecision, "done": views.to_kept, "context": about_worker}


def _strike(model: type) -> dict[str, Any]:
    """Return how a row of a worker is struck out on its page."""
    return {"model": model, "done": to_worker, "context": about_worker, "danger": True}


RELEASE = _(
    "解除后，这个手机号不能再登录本人的账号，正在使用的会话立即结束。登记仍然保留，登记新手机号后本人可以重新关联。"
)

urlpatterns = [
    path("", views.WorkerList.page(), name="workers"),
    path("<int:pk>/", views.WorkerDetail.page(), name="worker"),
    path("find/", views.find_worker, name="find_worker"),
    path("unchecked/", views.unchecked, name="unchecked"),
    create_path(
        actions.register_worker,
        form=forms.RegisterForm,
        template="workers/register.html",
        done=views.after_registration,
    ),
    verb_path(actions.correct_worker, form=forms.CorrectForm, own_title=_("更正我的资料"), **OF_WORKER),
    verb_path(
        actions.confirm_status, form=forms.StatusForm, own_title=_("更新我的就业状态"),
        **{**OF_WORKER, "done": after_check, "context": about_check},
    ),
    *ASKING_ROUTES,
    verb_path(actions.move_worker, form=forms.MoveForm, **OF_WORKER),
    verb_path(
        actions.withdraw_worker, form=forms.LeaveForm, danger=True,
        ask=_("退出后不再推荐岗位；办理过的记录仍会保留。"), **OF_WORKER,
    ),
    verb_path(actions.readmit_worker, ask=_("恢复在册，可以重新推荐岗位。"), **OF_WORKER),
    wish_path(),
    verb_path(actions.add_skill, form=forms.SkillForm, **OF_WORKER),
    verb_path(actions.remove_skill, prefix="skills/", ask=_("确定删除这条技能经历？"), **_strike(Skill)),
    verb_path(actions.add_certificate, form=forms.CertificateForm, **OF_WORKER),
    verb_path(
        actions.remove_certificate, prefix="certificates/", ask=_("确定删除这本证书？"), **_strike(Certificate)
    ),
    verb_path(actions.join_priority_group, form=forms.JoinGroupForm, **OF_WORKER),
    verb_path(
        actions.leave_priority_group, prefix="memberships/", ask=_("确定取消这项认定？"),
        **_strike(PriorityMembership),
    ),
    verb_path(actions.give_consent, form=forms.ConsentForm, **OF_WORKER),
    verb_path(
        actions.withdraw_consent, prefix="consents/", template="workers/withdraw_consent.html",
        ask=_("确定撤回这项同意？"), **_strike(Consent),
    ),
    verb_path(state_ethnicity, form=forms.EthnicityForm, **OF_WORKER),
    verb_path(
        actions.withdraw_ethnicity, ask=_("登记的民族立即删除，同意也一并撤回；对登记和推荐岗位没有影响。"),
        **OF_WORKER,
    ),
    verb_path(actions.release_telephone, form=forms.ReleaseForm, danger=True, ask=RELEASE, **OF_WORKER),
    views.reveal_path(actions.reveal_id_number),
    views.reveal_path(actions.reveal_telephone),
    verb_path(actions.link_spouse, form=forms.SpouseForm, **OF_WORKER),
    verb_path(actions.unlink_spouse, ask=_("双方的配偶关联都会解除；想同去的改为独自。"), danger=True, **OF_WORKER),
    create_path(actions.form_household, prefix="households/", form=forms.HouseholdForm),
    path("households/<int:pk>/", views.HouseholdDetail.page(), name="household"),
    verb_path(actions.correct_household, prefix="households/", model=Household, form=forms.AddressForm),
    verb_path(actions.join_household, form=forms.JoinForm, **OF_WORKER),
    verb_path(actions.leave_household, ask=_("离开现在的家庭户？"), **OF_WORKER),
    *IMPORT_ROUTES,
    path("groups/", views.GroupList.page(), name="prioritygroups"),
    path("groups/<int:pk>/", views.GroupDetail.page(), name="prioritygroup"),
    create_path(
        actions.open_priority_group, prefix="groups/", form=forms.GroupForm, done=views.to_groups
    ),
    verb_path(
        actions.end_priority_group, prefix="groups/", model=PriorityGroup, row="group",
        form=forms.EndGroupForm, done=views.to_groups, context=views.about_group,
    ),
    path("likenesses/", views.LikenessList.page(), name="likenesses"),
    path("likenesses/next/", views.review_desk, name="review_desk"),
    path("likenesses/<int:pk>/", views.LikenessDetail.page(), name="likeness"),
    create_path(actions.search_likenesses, prefix="likenesses/", form=forms.SearchForm),
    verb_path(actions.accept_likeness, form=forms.KeepForm, **OF_LIKENESS),
    verb_path(actions.reject_likeness, form=forms.ApartForm, **OF_LIKENESS),
    verb_path(actions.merge_workers, form=forms.MergeForm, **{**OF_WORKER, "done": views.to_kept}),
    verb_path(actions.separate_worker, form=forms.ApartForm, danger=True, **OF_WORKER),
    verb_path(
        actions.undo_decision, prefix="decisions/", ask=_("撤销后，两份登记各自恢复原来的内容。"), danger=True,
        **OF_DECISION,
    ),
    verb_path(actions.confirm_merge, prefix="decisions/", ask=_("确认这次自动合并是对的？"), **OF_DECISION),
    path("me/", views.my_page, name="my_page"),
    path("me/looks/", views.my_looks, name="my_looks"),
    path("me/village/", views.choose_village, name="choose_village"),
    create_path(
        actions.register_oneself, prefix="me/", form=forms.RegisterOneselfForm,
        template="workers/register_oneself.html", done=to_worker,
    ),
    path("me/telephone/", views.new_telephone, name="new_telephone"),
    create_path(
        actions.change_own_telephone, prefix="me/", form=forms.ConfirmTelephoneForm,
        template="workers/confirm_telephone.html", done=views.to_own_page, context=views.about_new_telephone,
    ),
    create_path(actions.link_account, prefix="me/", form=forms.LinkForm, done=to_worker),
]  # fmt: skip
urlpatterns += doorstep_urls.urlpatterns

menu(
    pgettext_lazy("list", "劳动者"),
    "workers",
    icon="users",
    reads="workers.Worker",
    section=_("登记"),
    order=20,
)
menu(_("名单导入"), "imports", icon="file-spreadsheet", verb="stage_import", section=_("登记"), order=21)
menu(
    _("待核实"),
    "unchecked",
    icon="list-check",
    verb="confirm_status",
    section=_("登记"),
    order=21,
    covers=("confirm_statuses", "ask_status_by_sms"),
)
menu(_("疑似重复"), "likenesses", icon="users-group", verb="accept_likeness", section=_("登记"), order=21)
menu(
    pgettext_lazy("list", "优先群体"),
    "prioritygroups",
    icon="star",
    verb="open_priority_group",
    section=_("登记"),
    order=22,
)
menu(_("删除申请"), "deletionrequests", icon="trash", verb="grant_deletion", section=_("登记"), order=23)
menu(_("我的资料"), "my_page", icon="user", audience="worker", order=10)
menu(_("谁看过"), "my_looks", icon="eye", audience="worker", order=40)
