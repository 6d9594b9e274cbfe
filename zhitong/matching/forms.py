"""What people type about rounds, proposals, offers and answers."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zhitong.employers.models import Demand
from zhitong.kernel import fields
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Account, Occupation, Org, Region
from zhitong.kernel.values import row_number
from zhitong.kernel.web import ActorForm, FilterForm
from zhitong.workers.models import Consent, Source

from .actions.fairness import LONGEST_ANSWER
from .actions.rules import LONGEST_REASON, RuleFacts
from .actions.trials import TrialFacts
from .frames import DEFAULT_RULES
from .models import ClassOpening, Offer, Proposal, Round, RuleSet
from .noes import explained_reasons
from .tellings import SEAT_REASONS
from .words import LEFTOVER_REASONS, MODES, POINTS, RULES

PLACES = ("city_bureau", "county_bureau", "township_office")
EVERY_STATE = "all"
HEARD = [(Source.TELEPHONE, _("电话里问到的")), (Source.VISIT, _("上门问到的"))]


def city_of(actor: Account) -> Org:
    """Return the bureau of the city whose rules the actor decides."""
    held = (one.org for one in actor.held if one.org is not None and one.role.may("set_matching_rules"))
    city = next((org.city for org in held if org.level == "city"), None)
    if city is None:
        raise NotAllowed("set_matching_rules")
    return city


def _all(choices: Any) -> list[tuple[str, Any]]:
    return [("", _("全部")), *choices]


class PlaceField(fields.OrgField):
    """A place in which the actor may hold a round."""

    search = "round_place"

    def rows(self) -> QuerySet[Any]:
        held = [one.org for one in self.actor.held if one.org is not None and one.role.may("open_round")]
        within = Q(pk__in=())
        for org in held:
            if org.level is not None:
                within |= Q(**{org.level: getattr(org, f"{org.level}_id")})
        return super().rows().filter(within)


class DemandField(fields.RowField):
    """An open post, written by its number or its title."""

    search = "open_demand"
    model = Demand
    code = "pk"
    names = ("title",)
    order = ("title", "pk")

    def rows(self) -> QuerySet[Any]:
        return Demand.objects.visible_to(self.actor).open().select_related("employer__org", "region")

    def hint_of(self, row: Any) -> str:
        return f"{row.employer} · {row.region} · {fields.yuan(row.wage_low_fen)}–{fields.yuan(row.wage_high_fen)}"


class RoundForm(ActorForm):
    """Over which place and on which day a round is held."""

    org = PlaceField(
        label=_("范围"), kinds=PLACES, help_text=_("这个范围里想外出务工、已登记意向的人都会参加。")
    )
    held_on = fields.DayField(
        label=_("匹配日期"), future=True, help_text=_("按这一天在招的岗位和年龄计算，通常选今天。")
    )

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        held = (one.org for one in self.actor.held if one.org is not None and one.role.may("open_round"))
        own = next((org.place_id for org in held if org.level is not None), None)
        self.initial = {"org": own, "held_on": timezone.localdate(), **self.initial}


def _points(name: str) -> forms.IntegerField:
    least, most = RuleSet.BOUNDS[name]
    label = RuleSet._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    meaning = format_lazy(_("{meaning}可填{least}到{most}。"), meaning=POINTS[name], least=least, most=most)
    wrong = format_lazy(_("应在{least}到{most}之间。"), least=least, most=most)
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, help_text=meaning,
        error_messages={"min_value": wrong, "max_value": wrong},
    )  # fmt: skip


class PointsForm(ActorForm):
    """The points of each part of a fit, and how priority groups come first."""

    placed, wish, experience = _points("placed"), _points("wish"), _points("experience")
    wage, place, lodging = _points("wage"), _points("place"), _points("lodging")
    meals, season, fellows = _points("meals"), _points("season"), _points("fellows")
    distance, priority = _points("distance"), _points("priority")
    priority_mode = forms.ChoiceField(
        label=_("优先方式"),
        choices=[
            (mode, format_lazy(_("{mode}：{meaning}"), mode=mode.label, meaning=MODES[mode]))
            for mode in RuleSet.PriorityMode
        ],
        widget=forms.RadioSelect,
    )


class TryRulesForm(PointsForm):
    """By which rules a round is tried; it begins with its own."""

    sections: ClassVar[Any] = (
        (_("各项分值"), tuple(one for one in RuleSet.BOUNDS if one != "priority")),
        (_("优先群体"), ("priority_mode", "priority")),
    )

    def __init__(self, actor: Account, row: Any = None, *given: Any, **more: Any) -> None:
        super().__init__(actor, row, *given, **more)
        own = DEFAULT_RULES if row is None or row.rules is None else row.rules.facts
        self.initial = {**own, **self.initial}

    def given(self) -> dict[str, Any]:
        """Give the verb one set of rules."""
        return {"facts": TrialFacts(**self.values())}


class RulesForm(PointsForm):
    """What the rounds of the city go by from a day on; it begins with what holds now."""

    begins_on = fields.DayField(
        label=_("生效日期"),
        future=True,
        help_text=_("匹配日期在这一天及以后的轮次，按新规则计算；算过的轮次不变。"),
    )
    reason = fields.LineField(
        label=_("调整理由"),
        max_length=LONGEST_REASON,
        help_text=_("写明依据的文件、会议或情况，经办人和审计都看得到。"),
    )
    sections: ClassVar[Any] = (
        (_("各项分值"), tuple(one for one in RuleSet.BOUNDS if one != "priority")),
        (_("优先群体"), ("priority_mode", "priority")),
        (_("从哪天起、为什么"), ("begins_on", "reason")),
    )

    def __init__(self, actor: Account, row: Any = None, *given: Any, **more: Any) -> None:
        super().__init__(actor, row, *given, **more)
        city, today = city_of(actor).pk, timezone.localdate()
        rules = RuleSet.objects.visible_to(actor).of_city(city)
        last, now = rules.first(), rules.holding(city, today)
        self.initial = {
            **(DEFAULT_RULES if now is None else now.facts),
            "begins_on": today + dt.timedelta(days=1),
            **self.initial,
            "seen": 0 if last is None else last.number,
        }

    def given(self) -> dict[str, Any]:
        """Give the verb one decision."""
        return {"facts": RuleFacts(**self.values())}


class OfferForm(ActorForm):
    """Which post is offered to the worker."""

    demand = DemandField(
        label=_("岗位"), help_text=_("写岗位编号或名称。不合必要条件的岗位会说明原因，不会发出。")
    )

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        asked = row_number(self.initial.get("demand"))
        if asked is not None:
            self.initial["demand"] = asked


class _ByPost(FilterForm):
    """Narrowing of rows that name a post, by where it is and by its occupation."""

    def narrow_region(self, rows: QuerySet[Any], value: Region) -> QuerySet[Any]:
        """Keep those for posts in a city, its districts included, or in a whole province."""
        if value.level == Region.Level.PROVINCE:
            return rows.filter(demand__region__code__startswith=value.code[:2])
        return rows.filter(Q(demand__region=value) | Q(demand__region__prefecture=value))

    def narrow_occupation(self, rows: QuerySet[Any], value: Occupation) -> QuerySet[Any]:
        """Keep those for posts of an occupation, or of all of a class."""
        below = Occupation.objects.visible_to(self.actor).filter(code__startswith=value.code)
        return rows.filter(demand__occupation__in=below)


class ProposalFilter(_ByPost):
    """What narrows the proposals of a round."""

    state = forms.ChoiceField(label=_("状态"), choices=[*Proposal.State.choices, (EVERY_STATE, _("全部"))])
    county = fields.OrgField(label=_("县（市、区）"), kinds=("county_bureau",))
    town = fields.OrgField(label=_("乡镇（街道）"), kinds=("township_office",))
    region = fields.RegionField(label=_("工作城市"), levels=(1, 2))
    occupation = fields.OccupationField(label=_("职业"), levels=(1, 2, 3, 4))
    fit_least = forms.IntegerField(label=_("契合度不低于"), min_value=0, max_value=10_000)

    def narrow_state(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Keep those in a state, or all of them."""
        return rows if value == EVERY_STATE else rows.filter(state=value)

    def narrow_fit_least(self, rows: QuerySet[Any], value: int) -> QuerySet[Any]:
        """Keep those that fit at least so well."""
        return rows.filter(fit__gte=value)


class DecideForm(ActorForm):
    """Which of a round's undecided proposals are decided at once: all that the conditions leave."""

    county = fields.OrgField(label=_("县（市、区）"), kinds=("county_bureau",), required=False)
    town = fields.OrgField(label=_("乡镇（街道）"), kinds=("township_office",), required=False)
    region = fields.RegionField(label=_("工作城市"), required=False)
    occupation = fields.OccupationField(label=_("职业"), levels=(1, 2, 3, 4), required=False)
    fit_least = forms.IntegerField(label=_("契合度不低于"), min_value=0, max_value=10_000, required=False)

    def given(self) -> dict[str, Any]:
        """Name the proposals by number where conditions were set, else mean all."""
        if not self.is_narrowed():
            return {"proposals": None}
        return {"proposals": list(self.wanted().values_list("pk", flat=True))}

    def is_narrowed(self) -> bool:
        """Tell whether any condition was set."""
        return any(value not in (None, "") for value in self.values().values())

    def wanted(self) -> QuerySet[Any]:
        """Return the undecided proposals that the conditions leave; only after ``is_valid()``."""
        assert isinstance(self.row, Round)
        rows = Proposal.objects.visible_to(self.actor).filter(round=self.row).undecided()
        narrowing = ProposalFilter(self.actor, {})
        narrowing.cleaned_data = self.values()
        return narrowing.narrow(rows)


class AlarmAnswerForm(ActorForm):
    """Why a group fared otherwise than it used to, and what is done about it."""

    answer = forms.CharField(
        label=_("说明"), max_length=LONGEST_ANSWER, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("写明查到的原因，以及要不要、怎么改。说明留在办理记录里，审计看得到，写好后不能改。"),
    )  # fmt: skip


class LeftoverFilter(FilterForm):
    """What narrows the people for whom a round found nothing."""

    county = fields.OrgField(label=_("县（市、区）"), kinds=("county_bureau",))
    town = fields.OrgField(label=_("乡镇（街道）"), kinds=("township_office",))
    reason = forms.ChoiceField(label=_("原因"), choices=_all(LEFTOVER_REASONS.items()))
    missing = forms.ChoiceField(label=_("所缺条件"), choices=_all(RULES.items()))
    opening = forms.IntegerField(label=_("订单班机会"), min_value=1, widget=forms.HiddenInput)


class OpeningFilter(FilterForm):
    """What narrows the classes that would bring people to seats."""

    county = fields.OrgField(label=_("县（市、区）"), kinds=("county_bureau",))
    trade = fields.OccupationField(label=_("工种"), levels=(2,))


class VacancyFilter(_ByPost):
    """What narrows the posts of which a round leaves seats empty."""

    reason = forms.ChoiceField(label=_("原因"), choices=_all(SEAT_REASONS.items()))
    occupation = fields.OccupationField(label=_("职业"), levels=(1, 2, 3, 4))
    region = fields.RegionField(label=_("工作城市"), levels=(1, 2))
    opening = forms.IntegerField(label=_("订单班机会"), min_value=1, widget=forms.HiddenInput)

    def narrow_opening(self, rows: QuerySet[Any], value: int) -> QuerySet[Any]:
        """Keep the posts that a class would bring people to."""
        found = ClassOpening.objects.visible_to(self.actor).filter(pk=value).first()
        return rows.filter(demand__in=found.demands) if found is not None else rows.none()


class OfferFilter(FilterForm):
    """What narrows the list of offers."""

    state = forms.ChoiceField(label=_("状态"), choices=_all(Offer.State.choices))
    town = fields.OrgField(label=_("乡镇（街道）"), kinds=("township_office",))
    village = fields.OrgField(label=_("村（社区）"), kinds=("village",))
    due = forms.ChoiceField(
        label=_("答复期限"), choices=_all([("overdue", _("已过期限")), ("today", _("今天到期"))])
    )

    def narrow_due(self, rows: Any, value: str) -> QuerySet[Any]:
        """Keep open offers whose clock has run out, or runs out today."""

        today = timezone.localdate()
        return rows.overdue(today) if value == "overdue" else rows.open().filter(due_on=today)


class AnswerForm(ActorForm):
    """How an answer was heard; the worker himself is asked for nothing but what is missing."""

    through = forms.ChoiceField(label=_("怎么问到的"), choices=HEARD, widget=forms.RadioSelect)

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        if self.is_own:
            del self.fields["through"]

    @property
    def is_own(self) -> bool:
        """Whether the worker answers himself."""
        return self.actor.is_worker

    def given(self) -> dict[str, Any]:
        """Say how the answer came."""
        return {**self.values(), **({"through": Source.SELF} if self.is_own else {})}


class AgreeForm(AnswerForm):
    """A yes, with the consent to tell the employer where it is still missing."""

    share = forms.BooleanField(label=_("同意把必要的个人信息提供给这家单位"))

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        if not self.lacks_consent:
            del self.fields["share"]

    @property
    def lacks_consent(self) -> bool:
        """Whether the worker has not yet agreed that employers read of him."""
        standing = Consent.objects.visible_to(self.actor).filter(
            worker=getattr(self.row, "worker_id", None), purpose=Consent.Purpose.SHARE, withdrawn_at=None
        )
        return self.row is not None and not standing.exists()


class DeclineForm(AnswerForm):
    """A no, with its reason."""

    reason = forms.ChoiceField(
        label=_("不去的原因"),
        choices=explained_reasons,
        widget=forms.RadioSelect,
        help_text=_("选了以后会怎样，写在原因后面；不合适的，随时可以取消。"),
    )


class RefuseForm(ActorForm):
    """Why an employer does not take somebody on."""

    reason = forms.ChoiceField(
        label=_("未录用原因"), choices=Offer.RefuseReason.choices, widget=forms.RadioSelect
    )


class CandidateFilter(FilterForm):
    """What narrows the people who said yes."""

    state = forms.ChoiceField(
        label=_("状态"),
        choices=[("agreed", _("等您答复")), ("accepted", _("已录用")), ("refused", _("未录用"))],
    )
    title = fields.LineField(label=_("岗位名称开头"), max_length=60)

    def narrow_title(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Find by the beginning of the post's title."""
        return rows.filter(demand__title__startswith=value)
