"""Addresses of the kernel's own pages."""

from __future__ import annotations

from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.i18n import set_language

from . import actions, forms, views
from .forms.layouts import org_of
from .models import Account, Attachment, Grant, Job, ListLayout, Org, Region, Token
from .views.accounts import about_holder, show_link, to_holder
from .views.exports import export
from .views.files import about_subject, to_subject
from .views.layouts import about_saving, after_saving
from .web import create_path, menu, public, verb_path

SPLIT = _("析置后原区划撤销，由新区划接续。新区划可以有一个沿用原代码。办理后不能撤回。")
MERGE = _("合并后原来的区划都撤销，由新区划接续，下级区划归到新区划。办理后不能撤回。")

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
    verb_path(actions.assign_regions, model=Org, prefix="orgs/", form=forms.RegionsForm),
    verb_path(
        actions.release_regions, model=Org, prefix="orgs/", form=forms.ReleaseForm, danger=True,
        ask=_("交出以后没有同类组织管理这些区划，要由别的组织接管的，请改在那个组织的页面上划定。"),
    ),
    verb_path(actions.open_account, model=Org, prefix="orgs/", form=forms.OpenAccountForm),
    verb_path(
        actions.close_org, model=Org, prefix="orgs/", danger=True,
        ask=_("撤销后这个组织不能再办理任何业务，已有的记录都保留。"),
    ),
    verb_path(actions.give_role, model=Org, prefix="orgs/", form=forms.GiveRoleForm, done=to_holder),
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
        actions.end_role, model=Grant, prefix="grants/", form=forms.EndRoleForm, danger=True, done=to_holder,
        context=about_holder,
    ),
    verb_path(
        actions.issue_token, model=Account, prefix="people/", form=forms.TokenForm,
        revealed="kernel/token_issued.html",
    ),
    verb_path(
        actions.revoke_token, model=Token, prefix="tokens/", danger=True, done=to_holder, context=about_holder,
        ask=_("吊销后，用这个令牌的系统立即不能再访问接口，不能恢复。"),
    ),
    path("regions/", views.RegionList.page(), name="regions"),
    path("regions/<int:pk>/", views.RegionDetail.page(), name="region"),
    verb_path(actions.rename_region, model=Region, prefix="regions/", form=forms.RenameRegionForm),
    verb_path(actions.split_region, model=Region, prefix="regions/", form=forms.SplitForm, danger=True, ask=SPLIT),
    verb_path(actions.merge_regions, model=Region, prefix="regions/", form=forms.MergeForm, danger=True, ask=MERGE),
    path("files/<int:pk>/", views.attachment, name="attachment"),
    verb_path(
        actions.remove_file, model=Attachment, prefix="files/", danger=True, done=to_subject, context=about_subject,
        ask=_("删除后不能恢复。"),
    ),
    path("records/", views.RecordList.page(), name="records"),
    path("exports/<int:pk>/", export, name="export"),
    path("layouts/", views.ListLayoutList.page(), name="listlayouts"),
    path("layouts/headings/", views.list_headings, name="list_headings"),
    path("layouts/<int:pk>/", views.ListLayoutDetail.page(), name="listlayout"),
    create_path(
        actions.save_list_layout, prefix="layouts/", form=forms.ListLayoutForm, at=org_of, done=after_saving,
        context=about_saving, template="kernel/save_list_layout.html",
    ),
    verb_path(
        actions.withdraw_list_layout, model=ListLayout, prefix="layouts/", danger=True,
        ask=_("撤回后不能再按这个版式导出；已经导出的文件不受影响。"),
    ),
    path("jobs/", views.JobList.page(), name="jobs"),
    path("jobs/<int:pk>/", views.JobDetail.page(), name="job"),
    verb_path(actions.cancel_job, model=Job, prefix="jobs/", ask=_("要取消这个任务吗？")),
]  # fmt: skip

menu(pgettext_lazy("list", "组织"), "orgs", icon="sitemap", reads="kernel.Org", section=_("平台"), order=90)
menu(
    pgettext_lazy("list", "行政区划"),
    "regions",
    icon="map",
    verb="rename_region",
    section=_("平台"),
    order=90,
)
menu(
    pgettext_lazy("list", "账号"),
    "accounts",
    icon="user-shield",
    verb="open_account",
    section=_("平台"),
    order=91,
)
menu(
    pgettext_lazy("list", "办理记录"),
    "records",
    icon="history",
    reads="kernel.Record",
    section=_("平台"),
    order=92,
)
menu(
    pgettext_lazy("list", "后台任务"),
    "jobs",
    icon="progress",
    reads="kernel.Job",
    section=_("平台"),
    order=93,
)
