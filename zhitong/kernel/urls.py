"""Addresses of the kernel's own pages."""

from __future__ import annotations

from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from django.views.i18n import set_language

from . import actions, forms, views
from .models import Account, Grant, Job, Org
from .views.accounts import account_of_grant, show_link
from .web import menu, public, verb_path

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.health, name="health"),
    path("metrics", views.metrics, name="metrics"),
    path("language/", public(set_language), name="set_language"),
    path("search/<slug:name>/", views.search, name="search"),
    path("account/", views.own_account, name="own_account"),
    path("account/acting/", views.act_for, name="act_for"),
    path("accounts/", include("zhitong.kernel.signin.urls")),
    path("invitation/<str:token>/", views.accept_invitation, name="accept_invitation"),
    path("orgs/", views.OrgList.page(), name="orgs"),
    path("orgs/<int:pk>/", views.OrgDetail.page(), name="org"),
    verb_path(actions.open_org, model=Org, prefix="orgs/", form=forms.OpenOrgForm),
    verb_path(actions.rename_org, model=Org, prefix="orgs/", form=forms.RenameOrgForm),
    verb_path(
        actions.close_org, model=Org, prefix="orgs/", danger=True,
        ask=_("撤销后这个组织不能再办理任何业务，已有的记录都保留。"),
    ),
    verb_path(actions.give_role, model=Org, prefix="orgs/", form=forms.GiveRoleForm, done=account_of_grant),
    verb_path(actions.invite_account, model=Org, prefix="orgs/", form=forms.InviteForm, done=show_link),
    verb_path(
        actions.invite_employer, model=Org, prefix="orgs/", form=forms.InviteEmployerForm, done=show_link
    ),
    path("people/", views.AccountList.page(), name="accounts"),
    path("people/<int:pk>/", views.AccountDetail.page(), name="account"),
    verb_path(
        actions.renew_invitation, model=Account, prefix="people/", done=show_link,
        ask=_("原来的密码立即失效，本人要用新的邀请链接重新设置。"),
    ),
    verb_path(
        actions.close_account, model=Account, prefix="people/", danger=True,
        ask=_("停用后不能再登录，正在使用的会话立即结束。"),
    ),
    verb_path(actions.reopen_account, model=Account, prefix="people/", ask=_("恢复后，没有收回的角色重新有效。")),
    verb_path(
        actions.end_session, model=Account, prefix="people/", form=forms.SessionForm,
        ask=_("那台设备要重新登录。"), done=lambda _account, _request: "/account/",
    ),
    verb_path(
        actions.end_role, model=Grant, prefix="grants/", form=forms.EndRoleForm, danger=True,
        done=account_of_grant,
    ),
    path("records/", views.RecordList.page(), name="records"),
    path("jobs/", views.JobList.page(), name="jobs"),
    path("jobs/<int:pk>/", views.JobDetail.page(), name="job"),
    verb_path(actions.cancel_job, model=Job, prefix="jobs/", ask=_("要取消这个任务吗？")),
]  # fmt: skip

menu(_("组织"), "orgs", icon="sitemap", reads="kernel.Org", section=_("平台"), order=90)
menu(_("账号"), "accounts", icon="user-shield", verb="open_account", section=_("平台"), order=91)
menu(_("办理记录"), "records", icon="history", reads="kernel.Record", section=_("平台"), order=92)
menu(_("后台任务"), "jobs", icon="progress", reads="kernel.Job", section=_("平台"), order=93)
