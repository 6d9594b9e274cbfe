"""What people type about employers, posts and targets."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel import access, fields
from zhitong.kernel.forms import UploadField
from zhitong.kernel.models import Education, Org
from zhitong.kernel.values import row_number
from zhitong.kernel.web import ActorForm

from .credit_code import fault_of, normal_credit_code
from .facts import (
    LEAST_WAGE_FEN,
    LOWEST_AGE,
    MOST_SEATS,
    MOST_WAGE_FEN,
    DemandFacts,
    EmployerFacts,
    faults_of,
)
from .keeping import MOST_BYTES
from .models import EDUCATION_ASKED, Demand, Employer, Target

COLLECTORS = tuple(one for one in Org.Kind.values if one not in Employer.NEVER_COLLECT)
CERTIFICATES = ("certificate", "second_certificate", "third_certificate")
WHOLE_NUMBER = {
    "invalid": _("请写整数，例如 10。"),
    "min_value": _("不能小于 %(limit_value)s。"),
    "max_value": _("不能大于 %(limit_value)s。"),
}
USUAL_VALIDITY = dt.timedelta(days=90)


class EmployerField(fields.RowField):
    """An employer, written by its number, its credit code or its name."""

    search = "employer"
    model = Employer
    code = "pk"
    names = ("org__name", "org__name_key")
    narrowed_by = ("state",)
    order = ("org__name_key", "pk")

    def rows(self) -> Any:
        return super().rows().select_related("org", "region")

    def meanings(self, text: str) -> list[Q]:
        code = normal_credit_code(text)
        return [Q(credit_code=code)] if not fault_of(code) else super().meanings(text)

    def hint_of(self, row: Any) -> str:
        return f"{row.region} · {row.get_state_display()}"


class EmployerForm(ActorForm):
    """Who an employer is."""

    name = fields.LineField(
        label=_("单位名称"), max_length=120, min_length=2, help_text=_("照营业执照上的全称填写。")
    )
    credit_code = fields.LineField(
        label=_("统一社会信用代码"), max_length=40, help_text=_("营业执照上的18位代码，末位用来校验。")
    )
    region = fields.RegionField(label=_("所在城市"))
    industry = fields.IndustryField(label=_("行业"), required=False)
    address = fields.LineField(label=_("地址"), max_length=200, required=False)
    contact_name = fields.LineField(label=_("联系人"), max_length=50, required=False)
    contact_telephone = fields.TelephoneField(label=_("联系电话"), required=False)
    sections: ClassVar[Any] = (
        (_("单位"), ("name", "credit_code", "region", "industry", "address")),
        (_("联系人"), ("contact_name", "contact_telephone")),
    )

    def initial_from(self, row: Model) -> dict[str, Any]:
        """Return the employer's facts; its name stands on its organisation."""
        return {**super().initial_from(row), "name": str(row)}

    def given(self) -> dict[str, Any]:
        """Return the facts for the verb."""
        return {"facts": EmployerFacts(**self.values())}


class RegisterForm(EmployerForm):
    """Who a new employer is, with its licence where it is at hand."""

    licence = UploadField(
        label=_("营业执照"),
        required=False,
        help_text=_("照片或扫描件，jpg、png、pdf 都可以，也可以登记后再上传。"),
    )
    sections = (*EmployerForm.sections, (_("材料"), ("licence",)))

    def values(self) -> dict[str, Any]:
        """The licence is no fact of the employer: it is attached to it afterwards."""
        return {name: value for name, value in super().values().items() if name != "licence"}


class ReasonForm(ActorForm):
    """Why something is refused; whoever handed it in reads this."""

    reason = fields.LineField(
        label=_("原因"),
        max_length=200,
        min_length=2,
        help_text=_("对方会看到这句话，请写清楚要补什么、改什么。"),
    )


class PurposeForm(ActorForm):
    """Why a telephone is looked at."""

    purpose = fields.LineField(
        label=_("用途"), max_length=200, min_length=2, help_text=_("例如：核对营业执照。查看会留下记录。")
    )


class DemandForm(ActorForm):
    """What a post is and asks."""

    title = fields.LineField(
        label=_("岗位名称"),
        max_length=80,
        min_length=2,
        help_text=_("写工种，例如“电焊工”，不写性别、年龄。"),
    )
    occupation = fields.OccupationField(
        label=_("职业"), help_text=_("输入几个字查找，选最接近的一项，例如“焊工”。")
    )
    seats = forms.IntegerField(
        label=_("人数"), min_value=1, max_value=MOST_SEATS, error_messages=WHOLE_NUMBER
    )
    region = fields.RegionField(label=_("工作城市"))
    address = fields.LineField(label=_("工作地址"), max_length=200, required=False)
    wage_low_fen = fields.MoneyField(label=_("月工资最低"), least=LEAST_WAGE_FEN, most=MOST_WAGE_FEN)
    wage_high_fen = fields.MoneyField(label=_("月工资最高"), least=LEAST_WAGE_FEN, most=MOST_WAGE_FEN)
    education_min = forms.TypedChoiceField(
        label=_("最低文化程度"), choices=EDUCATION_ASKED, coerce=int, initial=Education.NONE
    )
    certificate = fields.CertificateKindField(
        label=_("须持证书"), required=False, help_text=_("法律法规要求持证的才填。")
    )
    second_certificate = fields.CertificateKindField(label=_("须持证书（第二项）"), required=False)
    third_certificate = fields.CertificateKindField(label=_("须持证书（第三项）"), required=False)
    has_dormitory = forms.BooleanField(label=_("提供住宿"), required=False)
    has_meals = forms.BooleanField(label=_("提供工作餐"), required=False)
    has_insurance = forms.BooleanField(label=_("缴纳社会保险"), required=False)
    refunds_travel = forms.BooleanField(label=_("报销路费"), required=False)
    begins_on = fields.DayField(label=_("到岗日期"))
    valid_until = fields.DayField(
        label=_("有效期至"), future=True, help_text=_("最长180天，到期前可以延长。")
    )
    age_min = forms.IntegerField(
        label=_("法定最低年龄"), initial=LOWEST_AGE, error_messages=WHOLE_NUMBER,
        help_text=_("不满16周岁一律禁止招用。没有法律规定就不要改。"),
    )  # fmt: skip
    age_max = forms.IntegerField(label=_("法定最高年龄"), min_value=LOWEST_AGE, max_value=80, required=False)
    age_basis = fields.LineField(
        label=_("年龄要求的依据"), max_length=200, required=False,
        help_text=_("限制年龄时必填，例如《未成年工特殊保护规定》第三条。"),
    )  # fmt: skip
    details = fields.TextField(
        label=_("岗位说明"), max_length=2000, required=False, help_text=_("工作内容、班次、待遇。")
    )
    sections: ClassVar[Any] = (
        (_("岗位"), ("employer", "title", "occupation", "seats", "region", "address")),
        (_("待遇"), (
            "wage_low_fen", "wage_high_fen", "has_dormitory", "has_meals", "has_insurance", "refunds_travel",
        )),
        (_("要求"), ("education_min", *CERTIFICATES)),
        (_("时间"), ("begins_on", "valid_until")),
        (_("说明"), ("details",)),
        (_("法律规定了年龄的岗位才填"), ("age_min", "age_max", "age_basis")),
    )  # fmt: skip

    def initial_from(self, row: Model) -> dict[str, Any]:
        """Return the post's facts, its certificates one in each field."""
        assert isinstance(row, Demand)
        return {
            **super().initial_from(row),
            **dict(zip(CERTIFICATES, row.certificates.order_by("pk"), strict=False)),
        }

    def clean(self) -> dict[str, Any]:
        """Tell everything at once that the verb would refuse one after the other."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            for fault in faults_of(self.facts()):
                self.add_error(fault.field, str(fault.sentence))
        return cleaned

    def facts(self) -> DemandFacts:
        """Return the facts for the verb."""
        given = self.values()
        given.pop("employer", None)
        certificates = tuple(one for name in CERTIFICATES if (one := given.pop(name)) is not None)
        return DemandFacts(**given, certificates=certificates)

    def given(self) -> dict[str, Any]:
        """Return the verb's arguments."""
        return {"facts": self.facts()}


class SubmitForm(DemandForm):
    """A new post: also whose it is. An employer's clerk hands in the employer's own.

    ``?employer=`` names the employer, ``?like=`` a post whose facts are taken over.
    """

    employer = EmployerField(
        label=_("用人单位"), help_text=_("输入名称、信用代码查找；没有找到请先登记用人单位。")
    )

    def __init__(self, actor: Any, row: Any = None, data: Any = None, files: Any = None, initial: Any = None):
        asked = {name: value for name, value in (initial or {}).items() if name != "like"}
        like = self._like(actor, (initial or {}).get("like", ""))
        today = timezone.localdate()
        first = {"begins_on": today, "valid_until": today + USUAL_VALIDITY}
        super().__init__(actor, row, data, files, {**first, **like, **asked})
        self.own = _own_employer(actor)
        if self.own is not None:
            del self.fields["employer"]
        elif (asked_employer := row_number(self.initial.get("employer"))) is not None:
            self.initial["employer"] = asked_employer

    def _like(self, actor: Any, number: str) -> dict[str, Any]:
        """Return the facts of a post that is handed in once more, but for its days."""
        row = Demand.objects.visible_to(actor).filter(pk=row_number(number)).first()
        if row is None:
            return {}
        names = [name for name in self.base_fields if hasattr(row, name)]
        found = {name: getattr(row, name) for name in names if name not in ("begins_on", "valid_until")}
        certificates = dict(zip(CERTIFICATES, row.certificates.order_by("pk"), strict=False))
        return {**found, **certificates, "employer": row.employer}

    def given(self) -> dict[str, Any]:
        """Return the verb's arguments."""
        return {"facts": self.facts(), "employer": self.own or self.cleaned_data["employer"]}


def _own_employer(actor: Any) -> Employer | None:
    """Return the employer for which the actor acts, if any."""
    orgs = [one.org for one in actor.held if one.org is not None and one.org.kind == Org.Kind.EMPLOYER]
    return Employer.objects.visible_to(actor).filter(org__in=orgs).first() if orgs else None


class RefreshForm(ActorForm):
    """Until when a post stays open."""

    valid_until = fields.DayField(label=_("有效期至"), future=True, help_text=_("最长180天。"))

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.initial["valid_until"] = timezone.localdate() + USUAL_VALIDITY


class CloseForm(ActorForm):
    """Why a post is closed."""

    reason = forms.ChoiceField(
        label=_("关闭原因"),
        choices=[(one.value, one.label) for one in Demand.REASONS_OF_PEOPLE],
        widget=forms.RadioSelect,
    )


class TargetForm(ActorForm):
    """How many posts somebody owes, and when."""

    org = fields.OrgField(label=_("责任单位"), kinds=Target.KINDS)
    begins_on = fields.DayField(label=_("起"))
    ends_on = fields.DayField(label=_("止"), help_text=_("含当天。"))
    seats = forms.IntegerField(
        label=_("应采集岗位数"),
        min_value=1,
        max_value=10_000_000,
        help_text=_("按招聘人数计算。"),
        error_messages=WHOLE_NUMBER,
    )


class ImportForm(ActorForm):
    """A list of advertisements, and for whom it is brought in."""

    file = forms.FileField(
        label=_("文件"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt,.gz"}),
        help_text=_("表格（xlsx、xls、ods）或文本（csv，也可以是 gz 压缩），最大 200 MB。"),
    )
    org = fields.OrgField(label=_("采集单位"), kinds=COLLECTORS)

    def clean_file(self) -> Any:
        """Refuse a file that is too large to be read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("文件超过 200 MB，请分成几份。"))
        return file

    def clean_org(self) -> Any:
        """Refuse an organisation for which the actor does not bring lists in."""
        org = self.cleaned_data["org"]
        if org is not None and not access.may(self.actor, "import_demands", org):
            raise forms.ValidationError(_("您不能替这个单位导入岗位。"))
        return org
