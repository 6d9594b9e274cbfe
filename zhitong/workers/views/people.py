"""The page of a person and that of a household."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhitong.kernel import access
from zhitong.kernel.fields import yuan
from zhitong.kernel.models import Record
from zhitong.kernel.web import Detail, Panel, facts
from zhitong.kernel.web.detail import Button
from zhitong.kernel.web.show import said
from zhitong.kernel.web.verbs import verb_of

from .. import actions
from ..consent import AT_REGISTRATION
from ..models import Household, Intention, PriorityGroup, Worker
from .ethnicity import ethnicity_panel
from .likenesses import parts_panel
from .lines import Line, lines_panel, told, told_of
from .naming import rows_panel


class WorkerDetail(Detail):
    """Everything about one person that the reader may see, and what the reader may do."""

    model = Worker
    template = "workers/worker.html"
    related = ("village", "town", "county", "household", "spouse", "work_region", "account")
    verbs = (
        actions.confirm_status, actions.correct_worker, actions.state_intention, actions.reveal_telephone,
        actions.reveal_id_number, actions.move_worker, actions.release_telephone, actions.withdraw_worker,
        actions.readmit_worker, actions.merge_workers,
    )  # fmt: skip
    states = {
        **dict.fromkeys(
            ("confirm_status", "state_intention", "move_worker", "withdraw_worker", "merge_workers"),
            ("active",),
        ),
        **dict.fromkeys(
            ("correct_worker", "reveal_telephone", "reveal_id_number"), ("active", "withdrawn", "merged")
        ),
        "readmit_worker": ("withdrawn",),
    }

    def answer(self) -> HttpResponseBase:
        """Show the page to others; a person has a page of his own."""
        if self.actor.is_worker:
            return redirect("my_page")
        return super().answer()

    @property
    def note_reading(self) -> bool:  # type: ignore[override]
        """Leave a line, unless the same reader opened the page a moment ago."""
        return not Record.objects.visible_to(self.actor).read_lately(self.row, self.actor)

    def context(self) -> dict[str, Any]:
        """The way to the entry into which this one was merged, where the reader may go there."""
        kept = Worker.objects.visible_to(self.actor).filter(parts=self.row).first()
        return {"kept_url": "" if kept is None else reverse("worker", args=[kept.pk])}

    def subtitle(self) -> str:
        """Where the person is registered."""
        where = " · ".join(
            one.short_name or one.name for one in (self.row.county, self.row.town, self.row.village)
        )
        left = self.row.state == Worker.State.WITHDRAWN
        if not left or self.row.kept_until is None:
            return where
        told = {"day": self.row.kept_until.isoformat(), "where": where}
        return _now("已退出登记，资料保存到%(day)s · %(where)s") % told

    def buttons(self) -> Iterable[Button]:
        """A telephone is freed only where somebody signs in with it; a post is offered by whoever may."""
        linked = self.row.account_id is not None
        yield from self.offering()
        yield from self.looking()
        yield from self.asking()
        yield from (one for one in super().buttons() if linked or one.name != "release_telephone")

    def offering(self) -> list[Button]:
        """Return the way to a post for the person, where an app further along offers posts and the reader may."""
        try:
            url = reverse("send_offer", args=[self.row.pk])
        except NoReverseMatch:
            return []
        seeking = self.is_active and self.row.status in Worker.SEEKING
        if not seeking or not access.may(self.actor, "send_offer", self.row):
            return []
        return [Button(_("推荐岗位"), url, "send_offer")]

    def looking(self) -> list[Button]:
        """Return the way to the open posts that suit the person, where an app further along ranks them."""
        try:
            url = reverse("posts_for_worker", args=[self.row.pk])
        except NoReverseMatch:
            return []
        if not self.is_active or not access.may(self.actor, "state_intention", self.row):
            return []
        return [Button(_("代找岗位"), url, "posts_for_worker")]

    def asking(self) -> list[Button]:
        """Return the way to a question for the person, where an app further along takes questions."""
        try:
            url = reverse("ask_for_worker", args=[self.row.pk])
        except NoReverseMatch:
            return []
        if not self.is_active or not access.may(self.actor, "ask_for_worker", self.row):
            return []
        return [Button(_("代本人提问"), url, "ask_for_worker")]

    @property
    def is_active(self) -> bool:
        """Whether the person is on the register."""
        return self.row.state == Worker.State.ACTIVE

    @property
    def entries(self) -> Sequence[Worker]:
        """The entries of which the page shows what hangs on them; to others each has a page of its own."""
        return (self.row,)

    @cached_property
    def wish(self) -> Intention | None:
        """The person's intention, if there is one."""
        try:
            found: Intention = self.row.intention
        except ObjectDoesNotExist:
            return None
        return found

    def panels(self) -> Iterable[Panel]:
        """The person, the status, the wish, the home, abilities, consents, history."""
        row = self.row
        yield facts(
            _("本人"), row, "name", "sex", (_("年龄"), row.age_on(timezone.localdate())), "birth_on",
            "id_number", "telephone", "education", (_("本人账号"), _("已关联") if row.account_id else _("未关联")),
        )  # fmt: skip
        yield facts(
            _("就业状态"), row, "status", "work_region", "status_checked_on", "status_source", "source",
            (_("登记日期"), timezone.localtime(row.registered_at).date()),
        )  # fmt: skip
        yield from self.more_panels()
        yield self.history()

    def more_panels(self) -> Iterable[Panel]:
        """The wish, the home, abilities, consents."""
        yield wish_panel(self.wish, self.row, self.can(actions.state_intention))
        yield self.home()
        yield self.skills()
        yield self.certificates()
        yield self.priorities()
        if (stated := ethnicity_panel(self.actor, self.entries, self.can)) is not None:
            yield stated
        yield self.consents()
        yield from parts_panel(self.actor, self.row)
        yield from rows_panel(self.actor, self.row)

    def can(self, verb: Callable[..., Any], row: Any = None, title: Any = "") -> list[Button]:
        """Return the button of a verb, or nothing where it is not the reader's or the person has left."""
        known, row = verb_of(verb), row or self.row
        if not self.is_active or not access.may(self.actor, known.name, row):
            return []
        return [Button(title or known.title, reverse(known.name, args=[row.pk]), known.name)]

    def home(self) -> Panel:
        """The household with its members, and the spouse."""
        row, household = self.row, self.row.household
        members = [] if household is None else self._members(household)
        buttons = self.can(actions.leave_household, title=_("离开")) if household else self._into_a_home()
        if household is not None:
            buttons += [Button(_("全户"), reverse("household", args=[household.pk]), "household")]
        lines = [self._spouse_line(), *members] if row.spouse_id else members
        buttons += [] if row.spouse_id else self.can(actions.link_spouse, title=_("关联配偶"))
        note = household.address if household is not None else ""
        return lines_panel(_("家庭"), lines, buttons=buttons, note=note, empty=_("还没有登记家庭户。"))

    def _into_a_home(self) -> list[Button]:
        buttons = self.can(actions.join_household, title=_("加入"))
        if self.is_active and access.may(self.actor, "form_household", self.row.village):
            url = f"{reverse('form_household')}?head={self.row.pk}"
            buttons = [Button(_("立户"), url, "form_household"), *buttons]
        return buttons

    def _members(self, household: Household) -> list[Line]:
        rows = Worker.objects.visible_to(self.actor).active().filter(household=household)
        return [
            Line(one.name, one.get_household_role_display(), reverse("worker", args=[one.pk]))
            for one in rows.exclude(pk__in=(self.row.pk, self.row.spouse_id or 0)).order_by("birth_on")
        ]

    def _spouse_line(self) -> Line:
        spouse, unlink = self.row.spouse, self.can(actions.unlink_spouse, title=_("解除关联"))
        if not Worker.objects.visible_to(self.actor).filter(pk=spouse.pk).exists():
            return Line(_("配偶"), _("在您的范围以外登记"), "", unlink)
        return Line(spouse.name, _("配偶"), reverse("worker", args=[spouse.pk]), unlink)

    def skills(self) -> Panel:
        """Experience."""
        skills = (one.skills.select_related("occupation").order_by("-years", "pk") for one in self.entries)
        rows = [one for some in skills for one in some]
        lines = [
            Line(
                one.occupation,
                _now("%(years)d年") % {"years": one.years},
                "",
                self._strike(actions.remove_skill, one),
            )
            for one in rows
        ]
        return lines_panel(
            _("技能经历"),
            lines,
            buttons=self.can(actions.add_skill, title=_("登记")),
            empty=_("还没有登记。"),
        )

    def certificates(self) -> Panel:
        """Certificates."""
        papers = (one.certificates.select_related("kind").order_by("pk") for one in self.entries)
        rows = [one for some in papers for one in some]
        lines = [
            Line(one.kind, _told_certificate(one), "", self._strike(actions.remove_certificate, one))
            for one in rows
        ]
        add = self.can(actions.add_certificate, title=_("登记"))
        return lines_panel(_("所持证书"), lines, buttons=add, empty=_("没有登记证书。"))

    def priorities(self) -> Panel:
        """Priority groups."""
        groups = (one.priorities.select_related("group").order_by("pk") for one in self.entries)
        rows = [one for some in groups for one in some]
        since = [_now("%(day)s 认定") % {"day": one.since_on} for one in rows]
        lines = [
            Line(one.group, told, "", self.can(actions.leave_priority_group, one, _("取消")))
            for one, told in zip(rows, since, strict=True)
        ]
        add = self.can(actions.join_priority_group, title=_("认定"))
        return lines_panel(_("优先群体"), lines, buttons=add, empty=_("不属于优先群体。"))

    def consents(self) -> Panel:
        """Consents, those that ended last."""
        return consents_panel(
            self.entries, lambda one: self.can(actions.withdraw_consent, one, _("撤回")), self._ask_consent()
        )

    def _ask_consent(self) -> list[Button]:
        standing = self.row.consents.filter(withdrawn_at=None, purpose__in=AT_REGISTRATION).count()
        erased = self.row.state == Worker.State.ERASED
        if erased or standing == len(AT_REGISTRATION) or not access.may(self.actor, "give_consent", self.row):
            return []
        return [Button(_("登记同意"), reverse("give_consent", args=[self.row.pk]), "give_consent")]

    def _strike(self, verb: Callable[..., Any], row: Any) -> list[Button]:
        return self.can(verb, row, _("删除"))

    def history(self) -> Panel:
        """What was done, who looked, and why."""
        return Panel(
            _("办理和查看记录"), "workers/panel_told.html", {"told": told(self.actor, self.row)}, True
        )


def wish_panel(wish: Intention | None, row: Worker, buttons: list[Button]) -> Panel:
    """Return the panel of what a person wants."""
    if wish is None:
        return lines_panel(_("求职意向"), (), buttons=buttons, empty=_("还没有登记求职意向。"))
    floor = (
        _now("%(yuan)s 元/月") % {"yuan": yuan(wish.wage_floor_fen)} if wish.wage_floor_fen else _now("不限")
    )
    pairs = [
        (_("职业"), said(wish.occupations)),
        (_("城市"), _cities(wish)),
        (_("最低工资"), floor),
        (_("最早可出发"), said(wish.earliest_on)),
        (_("同行"), wish.get_goes_with_display()),
        (_("住宿"), _("需要住宿") if wish.needs_dormitory else _("不需要")),
        (_("登记日期"), said(wish.stated_on)),
    ]
    lonely = wish.goes_with == Intention.GoesWith.SPOUSE and row.spouse_id is None
    note = _("想和配偶同去，但还没有关联配偶。") if lonely else ""
    return Panel(_("求职意向"), "workers/panel_wish.html", {"pairs": pairs, "buttons": buttons, "note": note})


def _cities(wish: Intention) -> str:
    named = said(wish.cities) if wish.cities else ""
    more = (_now("其他城市也可以") if named else _now("都可以")) if wish.anywhere else ""
    return _now("；").join(part for part in (named, more) if part) or said(None)


def _told_certificate(one: Any) -> str:
    parts = [
        _now("已查验原件") if one.was_seen else _now("本人所说，未查验"),
        _now("编号末四位%(last)s") % {"last": str(one.number)[-4:]} if one.number else "",
        _now("有效期至%(day)s") % {"day": one.valid_until} if one.valid_until else "",
    ]
    return _now("，").join(part for part in parts if part)


def consents_panel(
    entries: Sequence[Worker], end: Callable[[Any], list[Button]], buttons: list[Button]
) -> Panel:
    """Return the panel of consents: those in force can be ended."""
    lines = []
    for one in (one for entry in entries for one in entry.consents.order_by("withdrawn_at", "-given_at")):
        day = timezone.localtime(one.given_at).date()
        told = _now("%(day)s，%(through)s，文本%(version)s") % {
            "day": day, "through": one.get_given_through_display(), "version": one.text_version
        }  # fmt: skip
        ended = one.withdrawn_at is not None
        hint = _now("%(told)s，已撤回") % {"told": told} if ended else told
        lines.append(Line(one.get_purpose_display(), hint, "", [] if ended else end(one)))
    return lines_panel(_("个人信息处理同意"), lines, buttons=buttons, empty=_("没有同意。"))


class HouseholdDetail(Detail):
    """A household and those who live in it."""

    model = Household
    template = "workers/worker.html"
    related = ("village", "town", "county")
    verbs = (actions.correct_household,)

    def title(self) -> str:
        """The head's name stands for the household."""
        head = self._members().filter(household_role=Worker.HouseholdRole.HEAD).first()
        return _now("%(name)s户") % {"name": head.name} if head is not None else str(self.row)

    def crumbs(self) -> list[tuple[Any, str]]:
        """From the register."""
        return [(_("劳动者"), reverse("workers"))]

    def _members(self) -> Any:
        return Worker.objects.visible_to(self.actor).filter(household=self.row).order_by("birth_on")

    def panels(self) -> Iterable[Panel]:
        """Address, members, history."""
        lines = [
            Line(one.name, one.get_household_role_display(), reverse("worker", args=[one.pk]))
            for one in self._members()
        ]
        yield facts(_("住址"), self.row, "address", "village", "town", "county")
        yield lines_panel(_("成员"), lines, empty=_("这一户现在没有人。"))
        yield Panel(_("办理记录"), "workers/panel_told.html", {"told": told_of(self.actor, self.row)}, True)


class GroupDetail(Detail):
    """A rule of who comes first."""

    model = PriorityGroup
    verbs = (actions.end_priority_group,)

    def panels(self) -> Iterable[Panel]:
        """What the rule says."""
        yield facts(
            _("规则"), self.row, "name", "code", "weight", "legal_basis", "begins_on", "ends_on", wide=True
        )

    def buttons(self) -> Iterable[Button]:
        """The rule stands in no place, so the role alone decides."""
        verb = verb_of(actions.end_priority_group)
        if self.row.ends_on is None and access.holds(self.actor, verb.name):
            yield Button(verb.title, reverse(verb.name, args=[self.row.pk]), verb.name)
