"""Addresses of lists that come in."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.views.layouts import after_saving
from zhitong.kernel.web import create_path, verb_path

from . import actions
from .forms import imports as forms
from .models import Import, RowFinding
from .views import findings, imports

UNDO = _("新增的人会删去，改过的项目恢复原样；此后又有变动或已有后续业务的留下，并列出原因。")

IMPORT_ROUTES = [
    path("lists/", imports.ImportList.page(), name="imports"),
    path("lists/blank/", imports.blank_list, name="blank_list"),
    create_path(
        actions.stage_import, prefix="lists/", form=forms.StageForm, template="workers/stage_import.html",
        done=imports.after_staging, context=imports.about_staging,
    ),
    path("lists/<int:pk>/", imports.ImportDetail.page(), name="import"),
    path("lists/<int:pk>/rows/", findings.FindingList.page(), name="rowfindings"),
    path("lists/<int:pk>/effects/", findings.EffectList.page(), name="roweffects"),
    path("lists/<int:pk>/returned/", imports.returned_rows, name="returned_rows"),
    path("lists/<int:pk>/carry/", imports.carry_import, name="carry_import"),
    verb_path(
        actions.check_import, prefix="lists/", model=Import, form=forms.ColumnsForm, title=_("核对各列"),
        template="workers/check_import.html",
    ),
    verb_path(
        actions.apply_import, prefix="lists/", model=Import, form=forms.ApplyForm,
        ask=_("入册前会再核对一遍；检查之后有变动的行不会覆盖，会列出来。入册后可以撤销。"),
    ),
    verb_path(actions.undo_import, prefix="lists/", model=Import, ask=UNDO, danger=True),
    verb_path(
        actions.discard_import, prefix="lists/", model=Import,
        ask=_("作废后不再办理；同一文件可以重新上传。"), danger=True,
    ),
    path("lists/rows/<int:pk>/", findings.FindingDetail.page(), name="rowfinding"),
    verb_path(
        actions.decide_row, prefix="lists/rows/", model=RowFinding, form=forms.DecideForm,
        template="workers/decide_row.html", done=findings.to_next_question, context=findings.about_decision,
    ),
    path("lists/layouts/", imports.LayoutList.page(), name="layouts"),
    path("lists/layouts/<int:pk>/", imports.LayoutDetail.page(), name="layout"),
    create_path(
        actions.save_layout, prefix="lists/layouts/", form=forms.LayoutForm, done=after_saving,
        context=imports.about_layout,
    ),
]  # fmt: skip
