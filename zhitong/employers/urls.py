"""Addresses of employers, posts and targets."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhitong.kernel.actions import attach_file
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.forms import FileForm
from zhitong.kernel.models import Account, Org
from zhitong.kernel.web import create_path, menu, verb_path

from . import actions, forms, views
from .models import Demand, Employer


def _own_org(verb: str) -> Any:
    """Return the organisation for which somebody does the verb: the first that gave them it."""

    def at(actor: Account) -> Org:
        org = next((one.org for one in actor.held if one.org is not None and one.role.may(verb)), None)
        if org is None:
            raise NotAllowed(verb)
        return org

    return at


def _to_desk(name: str) -> Any:
    """Go on with the next one that waits."""

    def done(result: Any, request: HttpRequest) -> str:
        return reverse(name)

    return done


ASK = _("核对无误后通过。通过以后，岗位就会进入匹配。")
BAR = _("停用后，这家单位的全部岗位立即关闭，不能再提交岗位。")

urlpatterns = [
    path("", views.EmployerList.page(), name="employers"),
    path("<int:pk>/", views.EmployerDetail.page(), name="employer"),
    path("waiting/", views.EmployerDesk.page(), name="employer_desk"),
    path("mine/", views.employer_home, name="employer_home"),
    create_path(
        actions.register_employer,
        form=forms.RegisterForm,
        at=_own_org("register_employer"),
        done=views.keep_licence,
    ),
    verb_path(
        attach_file, model=Employer, form=FileForm, title=_("上传营业执照等材料"), done=views.to_employer
    ),
    verb_path(actions.correct_employer, model=Employer, form=forms.EmployerForm),
    verb_path(
        actions.approve_employer,
        model=Employer,
        ask=_("营业执照核对无误后通过。"),
        done=_to_desk("employer_desk"),
    ),
    verb_path(actions.refuse_employer, model=Employer, form=forms.ReasonForm, done=_to_desk("employer_desk")),
    verb_path(actions.bar_employer, model=Employer, form=forms.ReasonForm, ask=BAR, danger=True),
    verb_path(
        actions.readmit_employer, model=Employer, ask=_("恢复后可以再提交岗位，已关闭的岗位不会恢复。")
    ),
    verb_path(actions.reveal_contact, model=Employer, form=forms.PurposeForm),
    path("demands/", views.DemandList.page(), name="demands"),
    path("demands/<int:pk>/", views.DemandDetail.page(), name="demand"),
    path("demands/waiting/", views.DemandDesk.page(), name="demand_desk"),
    create_path(
        actions.submit_demand, prefix="demands/", form=forms.SubmitForm, at=_own_org("submit_demand")
    ),
    verb_path(actions.correct_demand, prefix="demands/", model=Demand, form=forms.DemandForm),
    verb_path(
        actions.resubmit_demand, prefix="demands/", model=Demand, ask=_("改好以后，再交给经办人审核。")
    ),
    verb_path(actions.approve_demand, prefix="demands/", model=Demand, ask=ASK, done=_to_desk("demand_desk")),
    verb_path(
        actions.refuse_demand,
        prefix="demands/",
        model=Demand,
        form=forms.ReasonForm,
        done=_to_desk("demand_desk"),
    ),
    verb_path(actions.refresh_demand, prefix="demands/", model=Demand, form=forms.RefreshForm),
    verb_path(actions.close_demand, prefix="demands/", model=Demand, form=forms.CloseForm, danger=True),
    path("demands/imports/", views.import_posts, name="import_posts"),
    path("demands/imports/<int:pk>/", views.import_report, name="import_report"),
    path("demands/imports/<int:pk>/apply/", views.apply_import, name="store_posts"),
    path("demands/imports/<int:pk>/refused/", views.refused_rows, name="refused_rows"),
    path("targets/", views.TargetList.page(), name="targets"),
    create_path(actions.set_target, prefix="targets/", form=forms.TargetForm),
]

menu(_("本单位"), "employer_home", icon="building-factory", verb="accept_worker", order=10)
menu(
    pgettext_lazy("list", "用人单位"),
    "employers",
    icon="building-factory",
    reads="employers.Target",
    section=_("岗位"),
    order=30,
)
menu(
    _("核验用人单位"),
    "employer_desk",
    icon="shield-check",
    verb="approve_employer",
    section=_("岗位"),
    order=31,
)
menu(
    pgettext_lazy("list", "用工需求"),
    "demands",
    icon="briefcase",
    reads="employers.Demand",
    section=_("岗位"),
    order=32,
)
menu(
    _("审核用工需求"),
    "demand_desk",
    icon="clipboard-check",
    verb="approve_demand",
    section=_("岗位"),
    order=33,
)
menu(
    pgettext_lazy("list", "岗位目标"),
    "targets",
    icon="target",
    reads="employers.Target",
    section=_("岗位"),
    order=34,
)
menu(
    _("导入岗位文件"), "import_posts", icon="file-import", verb="import_demands", section=_("岗位"), order=35
)
