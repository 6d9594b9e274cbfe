"""A row beside the register: new, changed and in what, the same, possibly somebody who is there, or refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from zhitong.kernel.privacy import blind_index, mask_telephone

from ..models import RowFinding, Worker
from ..reasons import said_reason
from ..rules import AWAY, refused_for_city
from .known import Known, Maybe, Person, Village
from .rows import Entry, Weight

Verdict = RowFinding.Verdict
SUPPOSED_EDUCATION = 2


@dataclass(slots=True)
class Judgement:
    """What was found about a row: verdict, whom it speaks of, the columns to be set, and what people read.

    ``changes`` are columns of the entry by attribute name; ``adds`` keys of skills and groups beside it;
    ``told_apart`` is who was thought to be the person until somebody decided otherwise.
    """

    entry: Entry
    verdict: str = Verdict.REFUSED
    village: Village | None = None
    person: Person | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    adds: dict[str, list[int]] = field(default_factory=dict)
    differences: list[tuple[str, str, str]] = field(default_factory=list)
    told_apart: Person | None = None

    @property
    def asks(self) -> bool:
        """Whether a person has to decide before the row can be applied."""
        if self.verdict == Verdict.DUPLICATE:
            return True
        return self.entry.asks and self.verdict in (Verdict.NEW, Verdict.CHANGED)

    def refuse(self, code: str, sentence: str, column: int | None = None) -> None:
        """Refuse the row."""
        self.entry.tell(code, Weight.NO, sentence, column)
        self.verdict = Verdict.REFUSED


def judge(
    entry: Entry, known: Known, certain: Person | None, likely: Sequence[Maybe], sheet: str
) -> Judgement:
    """Return what a row means for the register.

    ``certain`` bears the row's identity number; ``likely`` are others who may be the same person, likeliest first. A
    slip in the number refuses a row only where nobody within reach is recognised without it.
    """
    found = Judgement(entry)
    _find_village(found, known, sheet)
    _resolve(entry, known)
    if entry.is_mistyped and likely and likely[0].person.in_reach:
        entry.forgive_number()
    if entry.is_refused:
        found.person = certain if certain is not None and certain.in_reach else None
        return found
    if certain is not None:
        _beside(found, certain, known)
    elif likely:
        _maybe(found, likely, known)
    elif "id_number" not in entry.facts:
        found.refuse("id_number_missing", _("没有身份证号，登记册上也没有找到这个人，请补填身份证号。"))
    else:
        _new(found)
    return found


def _find_village(found: Judgement, known: Known, sheet: str) -> None:
    facts = found.entry.facts
    text, town = facts.get("village", ""), facts.get("town", "")
    named = known.villages_named(text, town) if text else ()
    if not text and known.own is None:
        named = known.villages_named(sheet, town) if sheet else ()
    if known.own is not None:
        found.village = known.own
        if text and known.own not in named:
            sentence = _("名单上是“%(text)s”，不是您的村（社区），请由那个村或上级报送。") % {"text": text}
            found.refuse("village_out_of_reach", sentence)
    elif len(named) == 1:
        found.village = named[0]
    elif named:
        towns = _("、").join(one.town for one in named[:5])
        sentence = _("叫“%(text)s”的村不止一个（%(towns)s），请加上乡镇一列。") % {
            "text": text or sheet,
            "towns": towns,
        }
        found.refuse("village_ambiguous", sentence)
    elif text:
        found.refuse("village_unknown", _("在您的范围里没有找到“%(text)s”。") % {"text": text})
    else:
        found.refuse("village_missing", _("没有写是哪个村（社区）。"))


def _resolve(entry: Entry, known: Known) -> None:
    """Put keys in the place of names; what is not known stays out, with a sentence."""
    facts = entry.facts
    city = facts.pop("work_city", "")
    if city:
        key = known.city_named(city)
        if key is not None:
            facts["city"] = key
        elif facts.get("status") in AWAY or "status" not in facts:
            entry.tell(
                "work_city_unknown", Weight.NO, _("没有找到城市“%(text)s”，请写到市（州）。") % {"text": city}
            )
    skill = facts.pop("skill", "")
    if skill:
        occupation = known.occupation_named(skill)
        if occupation is not None:
            facts["occupation"] = occupation
        else:
            entry.tell(
                "skill_unknown", Weight.NOTE, _("没有找到工种“%(text)s”，这一项没有记。") % {"text": skill}
            )
    _resolve_groups(entry, known)
    if "city" in facts:
        facts.setdefault("status", str(Worker.Status.AWAY))


def _resolve_groups(entry: Entry, known: Known) -> None:
    groups = []
    for name in entry.facts.pop("priority", []):
        if name in known.groups:
            groups.append(known.groups[name])
        else:
            entry.tell(
                "group_unknown", Weight.NOTE, _("没有“%(text)s”这个优先群体，这一项没有记。") % {"text": name}
            )
    if groups:
        entry.facts["groups"] = sorted(set(groups))


def _index(telephone: str) -> int:
    return blind_index(telephone, "telephone")


def _beside(found: Judgement, person: Person, known: Known) -> None:
    """Compare with the entry that bears the number."""
    if not person.in_reach:
        sentence = _("这个身份证号已在您的范围以外登记过，请请上级经办人核对后办理迁入。")
        found.refuse("registered_elsewhere", sentence)
        return
    found.person = person
    if person.state != Worker.State.ACTIVE:
        found.refuse("not_on_register", _("%(name)s已退出登记，要先恢复登记。") % {"name": person.name})
        return
    _compare(found, person, known)
    if found.entry.facts["name"] != person.name:
        sentence = _("这个身份证号登记的是%(name)s，与名单不同：名单可能错用了家人的号码，请看证件核对。")
        found.entry.tell("name_differs", Weight.ASK, sentence % {"name": person.name})
    found.verdict = Verdict.REFUSED if found.entry.is_refused else _changed_or_same(found)


def _changed_or_same(found: Judgement) -> str:
    return Verdict.CHANGED if found.changes or found.adds else Verdict.SAME


def _maybe(found: Judgement, likely: Sequence[Maybe], known: Known) -> None:
    """Ask whether the row speaks of somebody on the register."""
    person = likely[0].person
    if not person.in_reach:
        if "id_number" not in found.entry.facts:
            found.refuse("id_number_missing", _("没有身份证号，也认不出是登记册上的哪个人，请补填身份证号。"))
            return
        _new(found)
        sentence = _("您的范围以外登记有很相像的人（%(why)s），可能是同一人，请核对后再决定是否另行登记。")
        found.entry.tell("likely_elsewhere", Weight.ASK, sentence % {"why": _why(likely[0])})
        return
    found.person = person
    _compare(found, person, known)
    who = {
        "name": person.name,
        "village": known.label("village", person.village),
        "birth": person.birth_on.isoformat(),
        "why": _why(likely[0]),
    }
    sentence = _("可能就是登记册上的%(name)s（%(village)s，%(birth)s出生）：%(why)s。请决定是不是同一人。")
    found.entry.tell("maybe_same_person", Weight.ASK, sentence % who)
    if len(likely) > 1:
        more = _("另有%(count)d人也相像。") % {"count": len(likely) - 1}
        found.entry.tell("more_alike", Weight.NOTE, more)
    found.verdict = Verdict.REFUSED if found.entry.is_refused else Verdict.DUPLICATE


def _why(one: Maybe) -> str:
    return _("；").join(map(said_reason, one.reasons))


def _compare(found: Judgement, person: Person, known: Known) -> None:
    """Gather what the list says otherwise than the register."""
    facts = found.entry.facts
    if facts["name"] != person.name:
        _differ(found, "name", person.name, facts["name"], name=facts["name"])
    if not person.has_number and "id_number" in facts:
        _differ(found, "id_number", "", _("（名单上有）"), id_number=facts["id_number"])
        born = dt.date.fromisoformat(facts["birth_on"])
        if (facts["sex"], born) != (person.sex, person.birth_on):
            found.changes |= {"sex": facts["sex"], "birth_on": born}
    _compare_telephone(found, person)
    if "education" in facts and facts["education"] != person.education:
        labels = dict(Worker._meta.get_field("education").flatchoices)
        before, after = str(labels[person.education]), str(labels[facts["education"]])
        _differ(found, "education", before, after, education=facts["education"])
    _compare_status(found, person, known)
    for fact, noun in (("occupation", "skills"), ("groups", "groups")):
        said = facts.get(fact) or []
        wanted = {said} if isinstance(said, int) else set(said)
        missing = sorted(wanted - getattr(person, noun))
        if missing:
            found.adds[noun] = missing
            shown = _("、").join(known.label(noun, key) for key in missing)
            found.differences.append((fact, "", shown))
    if found.village is not None and found.village.pk != person.village:
        place = {"village": known.label("village", person.village)}
        sentence = _("登记在%(village)s，名单报在别的村；资料照常更新，迁往别的村请另外办理。") % place
        found.entry.tell("other_village", Weight.NOTE, sentence)


def _compare_telephone(found: Judgement, person: Person) -> None:
    telephone = found.entry.facts.get("telephone")
    if not telephone or _index(telephone) == person.telephone_index:
        return
    if person.own_telephone:
        sentence = _("现在的手机号是本人自己登记的，名单上不同，请核实后再决定是否改。")
        found.entry.tell("own_telephone", Weight.ASK, sentence)
    before = "" if person.telephone is None else person.telephone.masked
    _differ(found, "telephone", before, mask_telephone(telephone), telephone=telephone)


def _compare_status(found: Judgement, person: Person, known: Known) -> None:
    facts = found.entry.facts
    status = facts.get("status")
    if status is None:
        return
    city = facts.get("city") if status in AWAY else None
    if status in AWAY and city is None:
        city = person.city if person.status in AWAY else None
    if (status, city) == (person.status, person.city):
        return
    if known.listed_on < person.checked_on:
        day = {"day": person.checked_on.isoformat()}
        sentence = _("就业状态在%(day)s已有更新的核实，名单较早，这一项没有改。") % day
        found.entry.tell("newer_check_exists", Weight.NOTE, sentence)
        return
    if no := refused_for_city(status, city):
        found.refuse(no.code, str(no.sentence))
        return
    before, after = _where(person.status, person.city, known), _where(status, city, known)
    _differ(found, "status", before, after, status=status, work_region_id=city)


def _where(status: str, city: int | None, known: Known) -> str:
    label = str(Worker.Status(status).label)
    return label if city is None else f"{label}（{known.label('city', city)}）"


def _differ(found: Judgement, fact: str, before: str, after: str, /, **columns: Any) -> None:
    found.differences.append((fact, before, after))
    found.changes |= columns


def _new(found: Judgement) -> None:
    """Put together the columns of a new entry."""
    facts = found.entry.facts
    status = facts.get("status", str(Worker.Status.SEEKING))
    city = facts.get("city") if status in AWAY else None
    if no := refused_for_city(status, city):
        found.refuse(no.code, str(no.sentence))
        return
    if "status" not in facts:
        found.entry.tell("status_supposed", Weight.NOTE, _("没有写就业状态，先记作“在家，想外出务工”。"))
    if "education" not in facts:
        found.entry.tell("education_supposed", Weight.NOTE, _("没有写文化程度，先记作初中。"))
    found.changes = {
        "name": facts["name"],
        "id_number": facts["id_number"],
        "sex": facts["sex"],
        "birth_on": dt.date.fromisoformat(facts["birth_on"]),
        "telephone": facts.get("telephone") or None,
        "education": facts.get("education", SUPPOSED_EDUCATION),
        "status": status,
        "work_region_id": city,
    }
    if "occupation" in facts:
        found.adds["skills"] = [facts["occupation"]]
    if "groups" in facts:
        found.adds["groups"] = list(facts["groups"])
    found.verdict = Verdict.NEW


def as_new(found: Judgement) -> Judgement:
    """Return the row as that of a person of his own, after somebody decided that he is not the one found."""
    made = Judgement(found.entry, village=found.village, told_apart=found.person)
    _new(made)
    return made
