"""Addresses of rounds, proposals, offers and answers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhitong.kernel.web import create_path, menu, verb_path
from zhitong.workers.models import Worker

from . import actions, forms, views
from .models import (
    Booth,
    Consequence,
    Contract,
    FairnessAlarm,
    Interest,
    Interview,
    InterviewSlot,
    JobFair,
    Offer,
    Round,
    SavedSearch,
    Trial,
    Visit,
)

ANSWERED: dict[str, Any] = {
    "model": Offer,
    "prefix": "offers/",
    "done": views.to_own_page,
    "context": views.about_offer,
}


def _to_proposals(result: Any, request: HttpRequest) -> str:
    """Go on with what is undecided, or to the round once nothing is."""
    name = "proposals" if result.state == Round.State.PROPOSED else "round"
    return reverse(name, args=[result.pk])


SETTLED: dict[str, Any] = {
    "model": Consequence,
    "prefix": "consequences/",
    "form": forms.AnswerForm,
    "done": views.to_own_consequences,
    "context": views.about_consequence,
}
TALKED: dict[str, Any] = {
    "model": Interview,
    "prefix": "interviews/",
    "done": views.to_interview,
    "context": views.about_interview,
}
AGREED_ON: dict[str, Any] = {"model": Contract, "prefix": "contracts/", "context": views.about_contract}
AT_FAIR: dict[str, Any] = {"prefix": "fairs/", "done": views.to_fair, "context": views.about_fair}
DECIDED: dict[str, Any] = {
    "model": Round,
    "prefix": "rounds/",
    "form": forms.DecideForm,
    "template": "matching/decide.html",
    "context": views.about_decision,
    "done": _to_proposals,
}

urlpatterns = [
    path("rounds/", views.RoundList.page(), name="rounds"),
    path("rounds/<int:pk>/", views.RoundDetail.page(), name="round"),
    path("rounds/<int:pk>/proposals/", views.ProposalList.page(), name="proposals"),
    path("rounds/<int:pk>/leftovers/", views.LeftoverList.page(), name="leftovers"),
    path("rounds/<int:pk>/flows/", views.round_flows, name="round_flows"),
    path("rounds/<int:pk>/fairness/", views.round_fairness, name="round_fairness"),
    verb_path(
        actions.try_rules, model=Round, prefix="rounds/", form=forms.TryRulesForm,
        template="matching/try_rules.html", context=views.about_trying,
    ),
    path("trials/<int:pk>/", views.TrialDetail.page(), name="trial"),
    path("trials/<int:pk>/changes/", views.TrialChangeList.page(), name="trialchanges"),
    verb_path(
        actions.drop_trial, model=Trial, prefix="trials/", danger=True,
        ask=_("删除这次试算和它的名单；这一轮不受影响。"),
    ),
    path("alarms/", views.FairnessAlarmList.page(), name="fairnessalarms"),
    path("alarms/<int:pk>/", views.FairnessAlarmDetail.page(), name="fairnessalarm"),
    verb_path(
        actions.answer_fairness_alarm, model=FairnessAlarm, prefix="alarms/", form=forms.AlarmAnswerForm,
        context=views.about_alarm,
    ),
    path("rounds/<int:pk>/vacancies/", views.VacancyList.page(), name="vacancies"),
    path("rounds/<int:pk>/openings/", views.OpeningList.page(), name="openings"),
    path("vacancies/<int:pk>/", views.VacancyDetail.page(), name="vacancy"),
    path("openings/<int:pk>/", views.OpeningDetail.page(), name="classopening"),
    path("leftovers/<int:pk>/", views.LeftoverDetail.page(), name="leftover"),
    path("proposals/<int:pk>/", views.ProposalDetail.page(), name="proposal"),
    create_path(actions.open_round, prefix="rounds/", form=forms.RoundForm),
    verb_path(
        actions.retry_round, model=Round, prefix="rounds/", ask=_("用现在的人员和岗位重新计算这一轮。")
    ),
    verb_path(
        actions.cancel_round, model=Round, prefix="rounds/", danger=True,
        ask=_("取消后，这一轮的建议都不再采纳；可以重新发起一轮。"),
    ),
    verb_path(actions.adopt_proposals, **DECIDED),
    verb_path(actions.pass_over_proposals, danger=True, **DECIDED),
    path("rules/", views.RuleSetList.page(), name="rulesets"),
    path("rules/<int:pk>/", views.RuleSetDetail.page(), name="ruleset"),
    create_path(
        actions.set_matching_rules, prefix="rules/", form=forms.RulesForm, at=forms.city_of,
        template="matching/set_rules.html", context=views.about_rules,
    ),
    path("offers/", views.offers, name="offers"),
    path("candidates/", views.CandidateList.page(), name="candidates"),
    path("offers/<int:pk>/", views.OfferDetail.page(), name="offer"),
    verb_path(
        actions.send_offer, model=Worker, prefix="workers/", form=forms.OfferForm, context=views.about_seeker
    ),
    verb_path(
        actions.recall_offer, danger=True, ask=_("撤回后，本人就不能再答应这个岗位。"), **ANSWERED,
    ),
    verb_path(
        views.agree, form=forms.AgreeForm, template="matching/agree.html", own_title=_("答应去"), **ANSWERED
    ),
    verb_path(
        actions.decline_offer, form=forms.DeclineForm, template="matching/decline.html",
        own_title=_("答复不去"), **ANSWERED,
    ),
    verb_path(
        actions.accept_worker, ask=_("录用后会通知推荐单位安排出发，名额随之占用。"), **ANSWERED,
    ),
    verb_path(actions.refuse_worker, form=forms.RefuseForm, **ANSWERED),
    verb_path(
        actions.reveal_candidate_telephone, ask=_("查看会留下记录，本人可以看到是谁在什么时候看的。"), **ANSWERED,
    ),
    path("consequences/", views.ConsequenceList.page(), name="consequences"),
    path("consequences/mine/", views.my_consequences, name="my_consequences"),
    path("consequences/<int:pk>/", views.ConsequenceDetail.page(), name="consequence"),
    verb_path(
        actions.lift_consequence, ask=_("取消以后，下一轮匹配就不再受这次答复的影响。"), **SETTLED,
    ),
    verb_path(actions.take_suggestion, ask=_("照建议办好以后再点，这条建议就办结了。"), **SETTLED),
    verb_path(actions.raise_wage_floor, **{**SETTLED, "form": views.WageFloorForm}),
    verb_path(actions.postpone_start, **{**SETTLED, "form": views.StartForm}),
    path("slots/", views.InterviewSlotList.page(), name="interviewslots"),
    path("slots/<int:pk>/", views.InterviewSlotDetail.page(), name="interviewslot"),
    create_path(actions.offer_slot, prefix="slots/", form=views.SlotForm),
    verb_path(
        actions.cancel_slot, model=InterviewSlot, prefix="slots/", danger=True,
        ask=_("取消后会发短信告诉已经约了的人，他们可以另约时间。"),
    ),
    path("interviews/", views.InterviewList.page(), name="interviews"),
    path("interviews/<int:pk>/", views.InterviewDetail.page(), name="interview"),
    verb_path(
        actions.pick_slot,
        **{**ANSWERED, "form": views.PickForm, "template": "matching/pick_slot.html", "done": views.to_interview,
           "context": views.about_interview},
    ),
    verb_path(actions.move_interview, form=views.PickForm, template="matching/pick_slot.html", **TALKED),
    verb_path(
        actions.call_off_interview, form=forms.AnswerForm, danger=True,
        ask=_("取消后可以另约时间；已经答应去的岗位不变。"), **TALKED,
    ),
    verb_path(actions.record_interview, form=views.ResultForm, **TALKED),
    path("contracts/", views.ContractList.page(), name="contracts"),
    path("contracts/<int:pk>/", views.ContractDetail.page(), name="contract"),
    verb_path(
        views.enter, model=Offer, prefix="offers/", form=views.NewContractForm, context=views.about_contract,
        template="matching/enter_contract.html",
    ),
    verb_path(actions.correct_contract, form=views.ContractForm, **AGREED_ON),
    verb_path(
        actions.confirm_contract, form=forms.AnswerForm, template="matching/answer_contract.html",
        ask=_("合同写的和签的一样吗？确认以后发现不对，还可以提出异议。"), **AGREED_ON,
    ),
    verb_path(
        actions.dispute_contract, form=views.DisputeForm, template="matching/answer_contract.html", **AGREED_ON,
    ),
    path("fairs/", views.fairs, name="jobfairs"),
    path("fairs/<int:pk>/", views.FairDetail.page(), name="jobfair"),
    path("fairs/<int:pk>/visits/", views.VisitList.page(), name="visits"),
    path("fairs/<int:pk>/interests/", views.InterestList.page(), name="interests"),
    path("fairs/<int:pk>/booths/", views.booth_sheet, name="booth_sheet"),
    path("fairs/<int:pk>/door/", views.door_sheet, name="door_sheet"),
    create_path(actions.open_fair, prefix="fairs/", form=views.FairForm, at=views.fair_org),
    create_path(actions.register_booth, form=views.BoothForm, **AT_FAIR),
    create_path(actions.check_in_visitor, form=views.CheckInForm, **AT_FAIR),
    verb_path(actions.correct_fair, model=JobFair, form=views.FairForm, **AT_FAIR),
    verb_path(
        actions.cancel_fair, model=JobFair, danger=True, ask=_("取消后，用人单位和劳动者都会看到已取消。"), **AT_FAIR,
    ),
    verb_path(
        actions.withdraw_booth, model=Booth, ask=_("退出后，展位号不再使用；可以再报名。"), danger=True,
        **{**AT_FAIR, "prefix": "booths/"},
    ),
    verb_path(
        views.want, model=Visit, form=views.InterestForm, template="matching/note_interest.html",
        **{**AT_FAIR, "prefix": "visits/"},
    ),
    path("interests/<int:pk>/", views.InterestDetail.page(), name="interest"),
    verb_path(
        actions.record_talk, model=Interest, form=views.TalkForm, **{**AT_FAIR, "prefix": "interests/"},
    ),
    path("mine/", views.my_offers, name="my_offers"),
    verb_path(
        actions.save_search, model=Worker, prefix="workers/", form=views.SearchForm, done=views.to_posts,
        context=views.about_search,
        ask=_("有合您意向和下面条件的新岗位，就发短信告诉您，一天最多一条，90天后自动停止，随时可以停。"),
    ),
    verb_path(
        actions.end_search, model=SavedSearch, row="search", prefix="searches/", done=views.to_posts,
        context=views.about_search, ask=_("停止以后，不再为这一条发短信。"),
    ),
    path("stop/<str:token>/", views.stop_searches, name="stop_searches"),
    path("posts/mine/", views.my_posts, name="my_posts"),
    path("workers/<int:pk>/posts/", views.posts_for_worker, name="posts_for_worker"),
]  # fmt: skip

menu(
    pgettext_lazy("list", "匹配轮次"),
    "rounds",
    icon="arrows-sort",
    reads="matching.Round",
    section=_("匹配"),
    order=40,
)
menu(
    pgettext_lazy("list", "岗位推荐"),
    "offers",
    icon="send",
    reads="matching.Proposal",
    section=_("匹配"),
    order=41,
)
menu(
    pgettext_lazy("list", "匹配规则"),
    "rulesets",
    icon="adjustments-horizontal",
    reads="matching.RuleSet",
    section=_("匹配"),
    order=42,
)
menu(
    pgettext_lazy("list", "答复影响"),
    "consequences",
    icon="arrow-back-up",
    reads="matching.Proposal",
    section=_("匹配"),
    order=43,
)
menu(
    pgettext_lazy("list", "面试时段"),
    "interviewslots",
    icon="calendar-event",
    reads="matching.InterviewSlot",
    section=_("匹配"),
    order=44,
)
menu(
    pgettext_lazy("list", "面试"),
    "interviews",
    icon="calendar",
    reads="matching.Interview",
    section=_("匹配"),
    order=45,
)
menu(
    pgettext_lazy("list", "劳动合同"),
    "contracts",
    icon="file-text",
    reads="matching.Contract",
    section=_("匹配"),
    order=46,
)
menu(
    pgettext_lazy("list", "招聘会"),
    "jobfairs",
    icon="building-store",
    reads="matching.JobFair",
    section=_("匹配"),
    order=47,
)
menu(_("应聘的人"), "candidates", icon="users", verb="accept_worker", order=41)
menu(pgettext_lazy("list", "推荐岗位"), "my_offers", icon="briefcase", audience="worker", order=20)
menu(pgettext_lazy("list", "找岗位"), "my_posts", icon="search", audience="worker", order=21)
