"""What people type about job fairs: the fair, a booth, who comes, what they want to talk about, what came of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.employers.forms import EmployerField
from zhitong.employers.models import Demand, Employer
from zhitong.kernel import access, fields
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Account, Org
from zhitong.kernel.values import row_number
from zhitong.kernel.web import ActorForm
from zhitong.kernel.web.form import dressed
from zhitong.kernel.web.verbs import actor_of
from zhitong.workers.actions import give_consent
from zhitong.workers.forms.choosing import WorkerField
from zhitong.workers.models import Consent, Source, Worker

from .. import actions
from ..models import Interest, JobFair, Offer, Visit
from .fairs import days

NO_REGISTER = gettext_lazy("您还没有登记，请先在“我的”里登记，再来签到。")


def fair_org(actor: Account) -> Org:
    """Return the office in whose name the actor announces a fair."""
    held = (one.org for one in actor.held if one.org is not None and one.role.may("open_fair"))
    org = next((one for one in held if one.level is not None), None)
    if org is None:
        raise NotAllowed("open_fair")
    return Org.objects.visible_to(actor).get(pk=org.place_id or org.pk)


class FairForm(ActorForm):
    """Where and when a fair is held."""

    name = fields.LineField(label=gettext_lazy("招聘会名称"), max_length=80, min_length=4)
    mode = forms.ChoiceField(
        label=gettext_lazy("形式"), choices=JobFair.Mode.choices, widget=forms.RadioSelect, initial="on_site"
    )
    begins_on = fields.DayField(label=gettext_lazy("开始日期"))
    ends_on = fields.DayField(
        label=gettext_lazy("结束日期"), help_text=gettext_lazy("只办一天的，和开始日期一样。")
    )
    region = fields.RegionField(label=gettext_lazy("所在城市"))
    venue = fields.LineField(
        label=gettext_lazy("地点"), max_length=200, required=False, help_text=gettext_lazy("现场招聘会必填。")
    )
    link = forms.URLField(
        label=gettext_lazy("线上入口"), required=False, max_length=300, assume_scheme="https",
        error_messages={"invalid": gettext_lazy("请填以 https:// 开头的完整网址。")},
    )  # fmt: skip
    details = fields.TextField(label=gettext_lazy("说明"), max_length=1000, required=False)
    sections: ClassVar[Any] = (
        (gettext_lazy("招聘会"), ("name", "mode", "begins_on", "ends_on")),
        (gettext_lazy("地点"), ("region", "venue", "link", "details")),
    )

    def given(self) -> dict[str, Any]:
        """Give the verb one bundle of facts."""
        names = actions.FairFacts.__dataclass_fields__
        return {"facts": actions.FairFacts(**{name: self.cleaned_data[name] for name in names})}


class PostsField(forms.ModelMultipleChoiceField[Any]):
    """Several posts, ticked."""

    def label_from_instance(self, obj: Demand) -> str:
        """Return the post, its city and its pay."""
        wage = _("%(wage)s元") % {"wage": obj.wage}
        return f"{obj.title} · {obj.region} · {wage}"


class AtFairForm(ActorForm):
    """What is done at the fair that the address names."""

    fair = forms.IntegerField(widget=forms.HiddenInput)

    def clean_fair(self) -> JobFair:
        """Return the fair."""
        fair = JobFair.objects.visible_to(self.actor).filter(pk=self.cleaned_data["fair"]).first()
        if fair is None:
            raise forms.ValidationError(_("请从招聘会的页面办理。"))
        return fair


class BoothForm(AtFairForm):
    """Which employer takes a booth, with which posts: an employer ticks its own, an office writes their numbers."""

    employer = EmployerField(label=gettext_lazy("用人单位"), only={"state": ("approved",)})
    posts: Any = PostsField(
        label=gettext_lazy("带来的岗位"), queryset=Demand.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        rows = Demand.objects.visible_to(self.actor).open().select_related("region").order_by("title", "pk")
        if self.own is None:
            self.fields["posts"] = dressed_numbers(rows)
            return
        del self.fields["employer"]
        chosen: Any = self.fields["posts"]
        chosen.queryset = rows.filter(employer=self.own)

    @cached_property
    def own(self) -> Employer | None:
        """The employer for which the actor works, if any."""
        if self.actor.kind != Account.Kind.EMPLOYER:
            return None
        mine = access.actionable(Employer, self.actor, "register_booth")
        return Employer.objects.visible_to(self.actor).filter(mine).first()

    def given(self) -> dict[str, Any]:
        """Give the verb the fair, the employer and its posts."""
        known = self.cleaned_data
        return {
            "fair": known["fair"],
            "employer": self.own or known["employer"],
            "posts": list(known["posts"]),
        }


def dressed_numbers(rows: QuerySet[Demand]) -> NumbersField:
    """Return the field in which posts are written by their numbers, with its style."""
    field = NumbersField(rows)
    dressed(field)
    return field


class NumbersField(forms.CharField):
    """Posts written by their numbers, with commas between."""

    def __init__(self, rows: QuerySet[Demand]) -> None:
        super().__init__(
            label=gettext_lazy("岗位编号"), max_length=500,
            help_text=gettext_lazy("写岗位编号，几个之间用逗号隔开；编号在岗位页面可以看到。"),
        )  # fmt: skip
        self.rows = rows

    def clean(self, value: Any) -> Any:
        """Return the posts; says which number is none."""
        text = super().clean(value).replace("，", ",").replace("、", ",")
        numbers = [one.strip() for one in text.split(",") if one.strip()]
        found = []
        for one in numbers:
            row = self.rows.filter(pk=row_number(one) or 0).first()
            if row is None:
                raise forms.ValidationError(_("没有编号为“%(number)s”的在招岗位。") % {"number": one[:20]})
            found.append(row)
        return found


class CheckInForm(AtFairForm):
    """Who comes: himself by the code, or somebody whom an officer sees."""

    worker = WorkerField(label=gettext_lazy("到场的人"), help_text=gettext_lazy("写身份证号或姓名。"))
    code = fields.LineField(
        label=gettext_lazy("签到码"), max_length=10, help_text=gettext_lazy("入口处张贴的六位码。")
    )

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        del self.fields["worker" if self.actor.is_worker else "code"]

    def clean(self) -> dict[str, Any]:
        """Refuse somebody who is not on the register."""
        if self.actor.is_worker and self._himself() is None:
            raise forms.ValidationError(str(NO_REGISTER))
        return self.cleaned_data

    def given(self) -> dict[str, Any]:
        """Say who comes and how it is known."""
        if self.actor.is_worker:
            known = {"worker": self._himself(), "code": self.cleaned_data["code"], "through": Source.SELF}
            return {"fair": self.cleaned_data["fair"], **known}
        return {**self.values(), "through": Source.VISIT}

    def _himself(self) -> Worker | None:
        return Worker.objects.visible_to(self.actor).filter(account=self.actor).first()


class FairPostField(fields.RowField):
    """A post of a booth at a fair."""

    model = Demand
    search = "fair_post"
    code = "pk"
    names = ("title",)
    narrowed_by = ("booths__fair",)
    order = ("title", "pk")

    def rows(self) -> QuerySet[Any]:
        return (
            super()
            .rows()
            .filter(booths__state="registered")
            .select_related("employer__org", "region")
            .distinct()
        )

    def hint_of(self, row: Any) -> str:
        return f"{row.employer} · {row.region}"


class InterestForm(ActorForm):
    """About which post a visitor wants to talk; with the consent to tell the employer where it is missing."""

    demand = FairPostField(label=gettext_lazy("岗位"))
    share = forms.BooleanField(label=gettext_lazy("同意把必要的个人信息提供给这家单位"))

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        assert isinstance(self.row, Visit)
        post: Any = self.fields["demand"]
        post.only = {"booths__fair": (str(self.row.fair_id),)}
        post.widget.attrs["data-search"] = post.address()
        self.initial["demand"] = row_number(self.initial.get("demand"))
        standing = Consent.objects.visible_to(self.actor).filter(
            worker=self.row.worker_id, purpose=Consent.Purpose.SHARE, withdrawn_at=None
        )
        if standing.exists():
            del self.fields["share"]


class TalkForm(ActorForm):
    """What came of a talk at a booth."""

    result = forms.ChoiceField(
        label=gettext_lazy("结果"),
        choices=[(one, Interest.State(one).label) for one in Interest.RESULTS],
        widget=forms.RadioSelect,
        help_text=gettext_lazy("选“现场推荐录用”会发出一条岗位推荐，由本人在手机上答复。"),
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("没谈成的原因"), required=False,
        choices=[("", gettext_lazy("（谈成了，不选）")), *Offer.RefuseReason.choices],
    )  # fmt: skip

    def initial_from(self, row: Any) -> dict[str, Any]:
        """Begin with nothing chosen."""
        del row
        return {}


def want(*, by: Account, visit: Visit, share: bool = False, **more: Any) -> Interest:
    """Note an interest, and first keep the consent that was ticked; both or neither."""
    with transaction.atomic():
        if share:
            through = Source.SELF if by.is_worker else Source.VISIT
            give_consent(by=by, worker=visit.worker, purpose=Consent.Purpose.SHARE, through=through)
        noted: Interest = actions.note_interest(by=by, visit=visit, **more)
    return noted


want.verb = actions.note_interest.verb  # type: ignore[attr-defined]


def to_fair(result: Any, request: HttpRequest) -> str | None:
    """Go on to the fair; an employer after a talk to its visitors."""
    if isinstance(result, Interest) and not actor_of(request).is_worker:
        return reverse("interests", args=[result.visit.fair_id])
    fair = result.visit.fair if isinstance(result, Interest) else getattr(result, "fair", result)
    return reverse("jobfair", args=[fair.pk])


def about_fair(request: HttpRequest, row: Any) -> dict[str, Any]:
    """Say on a verb's page which fair it is, and lead back to it."""
    if row is None:
        asked = request.GET.get("fair") or request.POST.get("fair")
        number = row_number(asked)
        fair = JobFair.objects.visible_to(actor_of(request)).filter(pk=number or 0).first()
        if fair is None:
            return {"back": reverse("jobfairs")}
    else:
        fair = row.visit.fair if isinstance(row, Interest) else getattr(row, "fair", row)
    back = reverse("jobfair", args=[fair.pk])
    return {"subtitle": f"{fair.name} · {days(fair)}", "crumbs": [(fair.name, back)], "back": back,
            "own": actor_of(request).is_worker}  # fmt: skip
