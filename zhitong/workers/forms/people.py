"""Forms about one person: registration, corrections, where he is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel import fields
from zhitong.kernel.models import Education
from zhitong.kernel.web import ActorForm

from ..actions import Correction, Home, WorkerFacts
from ..models import Source, Worker
from ..reasons import LeaveReason
from ..rules import AWAY
from .choosing import PlaceField, WorkerField, asked_number
from .consents import CONSENTS, PROXY_SOURCES, ConsentFields
from .wishes import CITIES, OCCUPATIONS, WishFields

OF_THE_CARD = ("id_number", "sex", "birth_on")


class WorkerFields(ActorForm):
    """A person's facts; sex and birth date are read from the identity number."""

    name = fields.PersonNameField(label=_("姓名"))
    id_number = fields.IdNumberField(label=_("身份证号"), help_text=_("性别和出生日期从号码读出，不用另填。"))
    telephone = fields.TelephoneField(label=_("手机号"), mobile=True, required=False)
    education = forms.TypedChoiceField(
        label=_("文化程度"), coerce=int, choices=Education.choices, initial=Education.JUNIOR
    )
    status = forms.ChoiceField(
        label=_("就业状态"), choices=Worker.Status.choices, initial=Worker.Status.SEEKING
    )
    work_region = fields.RegionField(
        label=_("务工城市"), required=False, help_text=_("在外务工的人填写，例如宁波市。")
    )

    def facts(self) -> WorkerFacts:
        """Return the facts that were filled in."""
        names = ("name", "id_number", "telephone", "education", "status", "work_region")
        return WorkerFacts(**{name: self.cleaned_data[name] for name in names if name in self.cleaned_data})


class RegisterForm(WorkerFields, WishFields, ConsentFields):
    """One page for a person, his home, what he wants and to what he agrees, in the order of a visit."""

    village = PlaceField(label=_("村（社区）"), kinds=("village",))
    source = forms.ChoiceField(label=_("登记方式"), choices=PROXY_SOURCES, initial=Source.VISIT)
    family = WorkerField(
        label=_("已登记的家人"), required=False, help_text=_("写家人的姓名或身份证号，编入同一户。")
    )
    household_role = forms.ChoiceField(
        label=_("与户主关系"), choices=Worker.HouseholdRole.choices, initial=Worker.HouseholdRole.OTHER
    )
    address = fields.LineField(
        label=_("住址"),
        max_length=200,
        required=False,
        help_text=_("家人还没登记时填写，将以本人为户主立户。"),
    )
    sections = (
        (_("登记"), ("village", "source")),
        (_("本人"), ("name", "id_number", "telephone", "education", "status", "work_region")),
        (_("家庭"), ("family", "household_role", "address")),
        (_("想做什么（按先后）"), OCCUPATIONS),
        (_("想去哪里（按先后）"), (*CITIES, "anywhere")),
        (_("条件"), ("wage_floor_fen", "earliest_on", "goes_with", "needs_dormitory")),
        (_("读给本人听，本人同意的打勾"), CONSENTS),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.initial["village"] = asked_number(self, "village") or self._own_village()
        self.initial["family"] = asked_number(self, "family")

    def _own_village(self) -> Any:
        held = [one.org for one in self.actor.held if one.org is not None and one.org.level == "village"]
        return held[0].village if held else None

    def clean(self) -> dict[str, Any]:
        """Let a new household and that of the family exclude each other."""
        found = super().clean() or self.cleaned_data
        family = found.get("family")
        if family is not None and found.get("address"):
            self.add_error("address", _("已选家人时不用填住址；要另立户请清空上一项。"))
        elif family is not None and family.household_id is None:
            self.add_error("family", _("这位家人还没有立户，请先给他建立家庭户，或在这里填住址。"))
        return found

    def given(self) -> dict[str, Any]:
        """Return facts, home, wish and consents."""
        found = self.cleaned_data
        return {
            "village": found["village"],
            "facts": self.facts(),
            "source": found["source"],
            "consents": self.consents(),
            "home": self._home(),
            "wish": self.wish() if self._wants_work() else None,
        }

    def _wants_work(self) -> bool:
        return self.cleaned_data["status"] in Worker.SEEKING or self.says_a_wish()

    def _home(self) -> Home | None:
        family, address = self.cleaned_data["family"], self.cleaned_data["address"]
        if family is not None:
            return Home(household=family.household, role=self.cleaned_data["household_role"])
        return Home(address=address) if address else None


class RegisterOneselfForm(WorkerFields, WishFields, ConsentFields):
    """What a person fills in for himself on the phone."""

    village = PlaceField(label=_("户籍所在的村（社区）"), kinds=("village",))
    second_occupation = None  # type: ignore[assignment]
    third_occupation = None  # type: ignore[assignment]
    second_region = None  # type: ignore[assignment]
    third_region = None  # type: ignore[assignment]
    telephone = None  # type: ignore[assignment]
    sections = (
        (_("本人"), ("name", "id_number", "education", "status", "work_region")),
        (
            _("想找什么工作"),
            (
                "first_occupation",
                "first_region",
                "anywhere",
                "wage_floor_fen",
                "earliest_on",
                "goes_with",
                "needs_dormitory",
            ),
        ),
        (_("请读完，同意的打勾"), CONSENTS),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.initial["village"] = asked_number(self, "village")
        self.fields["village"].widget = forms.HiddenInput()

    def village_name(self) -> str:
        """Return the name of the village that was chosen before."""
        return str(self["village"].value() or "").partition(" ")[2]

    def clean(self) -> dict[str, Any]:
        """Fill in the wishes that this form does not ask for."""
        found = super().clean() or self.cleaned_data
        for name in (*OCCUPATIONS[1:], *CITIES[1:]):
            found.setdefault(name, None)
        return found

    def given(self) -> dict[str, Any]:
        """Return facts, wish and consents."""
        return {
            "village": self.cleaned_data["village"],
            "facts": self.facts(),
            "consents": self.consents(),
            "wish": self.wish(),
        }


class LinkForm(ActorForm):
    """What must agree with the entry that an officer made."""

    name = fields.PersonNameField(label=_("姓名"))
    id_number = fields.IdNumberField(label=_("身份证号"))


class CorrectForm(ActorForm):
    """A person's facts as they are known; sealed ones stay empty and unchanged."""

    name = fields.PersonNameField(label=_("姓名"))
    id_number = fields.IdNumberField(label=_("身份证号"), required=False)
    sex = forms.ChoiceField(label=_("性别"), choices=Worker.Sex.choices)
    birth_on = fields.DayField(label=_("出生日期"), past=True)
    telephone = fields.TelephoneField(label=_("手机号"), mobile=True, required=False)
    no_telephone = forms.BooleanField(label=_("没有手机号了，删去"), required=False)
    education = forms.TypedChoiceField(label=_("文化程度"), coerce=int, choices=Education.choices)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        himself = self.actor.is_worker
        for name in OF_THE_CARD if himself else ():
            del self.fields[name]
        if getattr(self.row, "telephone", None) is None:
            del self.fields["no_telephone"]

    def clean(self) -> dict[str, Any]:
        """Refuse a new number together with none."""
        found = super().clean() or self.cleaned_data
        if found.get("no_telephone") and found.get("telephone"):
            self.add_error("no_telephone", _("填了新手机号，就不要勾选删去。"))
        return found

    def given(self) -> dict[str, Any]:
        """Give the verb what was filled in; blanks of sealed values leave them as they are."""
        found = {name: value for name, value in self.values().items() if value not in (None, "")}
        if found.pop("no_telephone", False):
            found["telephone"] = ""
        return {"facts": Correction(**found)}


class StatusForm(ActorForm):
    """What a check of the status found."""

    status = forms.ChoiceField(label=_("就业状态"), choices=Worker.Status.choices)
    work_region = fields.RegionField(
        label=_("务工城市"), required=False, help_text=_("在外务工的人填写，例如宁波市。")
    )
    source = forms.ChoiceField(label=_("核实方式"), choices=PROXY_SOURCES, initial=Source.TELEPHONE)
    checked_on = fields.DayField(label=_("核实日期"), past=True, initial=timezone.localdate)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        if self.actor.is_worker:
            del self.fields["source"], self.fields["checked_on"]

    def initial_from(self, row: Any) -> dict[str, Any]:
        """Begin with what is known of the status, but not with how it was learned."""
        return {"status": row.status, "work_region": row.work_region}

    def clean(self) -> dict[str, Any]:
        """Drop the city of someone who came home: it stands there from before."""
        found = super().clean() or self.cleaned_data
        if found.get("status") not in AWAY:
            found["work_region"] = None
        return found

    def given(self) -> dict[str, Any]:
        """Say for whoever acts for himself that he did."""
        return {"source": Source.SELF, **self.values()}


class MoveForm(ActorForm):
    """The village to which a person moves."""

    village = PlaceField(label=_("迁入的村（社区）"), kinds=("village",))

    def initial_from(self, row: Any) -> dict[str, Any]:
        """Begin with nothing: the present village is the one that is left."""
        return {}


class LeaveForm(ActorForm):
    """Why a person leaves the register."""

    reason = forms.ChoiceField(
        label=_("退出原因"),
        choices=[one for one in LeaveReason.choices if one[0] != LeaveReason.CONSENT],
        widget=forms.RadioSelect,
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        if self.actor.is_worker:
            del self.fields["reason"]
