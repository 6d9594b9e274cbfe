"""People enter the register, in person or through an officer, and their facts are corrected."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from zhitong.kernel import values
from zhitong.kernel.action import action
from zhitong.kernel.actions import claim_lines
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account, Education, Org, in_place
from zhitong.kernel.state import change

from ..consent import NEEDED
from ..models import Source, Worker
from .consents import give_consent
from .entries import restate
from .facts import (
    Correction,
    Home,
    Member,
    Wish,
    WorkerFacts,
    agree,
    old_enough,
    one_of,
    read,
    read_identity,
    read_name,
    read_telephone,
    read_whereabouts,
    standing_village,
    told_by,
)
from .households import form_household, join_household
from .intentions import state_intention
from .standing import locked, refuse_erased


@action(at="village", title=_("登记劳动者"), keeps=("source",), about=Worker)
def register_worker(
    *,
    by: Account,
    village: Org,
    facts: WorkerFacts,
    consents: tuple[str, ...],
    source: str = Source.VISIT,
    home: Home | None = None,
    wish: Wish | None = None,
) -> Worker:
    """Enter a person into the register of a village on his behalf, with home and intention where known.

    ``consents`` are the purposes to which he agreed when the text was read to him, ``source`` how he was
    reached (a visit, a telephone call …). Refuses a number that is registered already, naming the place only
    to whoever may see it.
    """
    worker = _enter(by, village, facts, consents, source)
    if home is not None and home.household is not None:
        join_household(by=by, worker=worker, household=home.household, role=home.role)
    elif home is not None and home.address.strip():
        head = Member(worker, Worker.HouseholdRole.HEAD)
        form_household(by=by, village=village, members=(head,), address=home.address)
    if wish is not None:
        state_intention(by=by, worker=worker, wish=wish)
    return locked(worker)


@action(at=None, title=_("自助登记"), about=Worker)
def register_oneself(
    *, by: Account, village: Org, facts: WorkerFacts, consents: tuple[str, ...], wish: Wish | None = None
) -> Worker:
    """Enter oneself into the register of the village that one chooses; the account's telephone is one's own.

    Refuses an account that is not a person's own, has no verified telephone, or is on the register already.
    """
    telephone = _own_telephone(by)
    worker = _enter(by, village, facts, consents, Source.SELF, telephone=telephone, account=by)
    if wish is not None:
        state_intention(by=by, worker=worker, wish=wish)
    return worker


@action(at=None, title=_("关联我的登记"))
def link_account(*, by: Account, name: str, id_number: str) -> Worker:
    """Take over the entry that an officer made for oneself: name, identity number and verified telephone agree.

    Says no in one sentence whatever does not agree, so that nobody learns who is on the register.
    """
    telephone = _own_telephone(by)
    number = read("id_number", values.id_number, id_number)
    worker = Worker.objects.select_for_update().with_id_number(number).with_telephone(telephone).first()
    if worker is None or worker.name != read_name(name)["name"]:
        sentence = _("没有找到姓名、身份证号和手机号都与您一致的登记，请联系村级劳务员核对手机号。")
        raise Refusal("no_such_registration", sentence)
    if worker.account_id is not None:
        raise Refusal("linked_already", _("这份登记已经关联了别的账号，请联系村级劳务员。"))
    change(worker, account=by)
    claim_lines(by=by, row=worker, account=by)
    return worker


@action(at="worker", title=_("更正资料"), about=Worker)
def correct_worker(*, by: Account, worker: Worker, facts: Correction, seen: int | None = None) -> Worker:
    """Correct what was wrong of a person's facts, as seen at version ``seen``.

    A person corrects his own facts but for the identity number, which an officer compares with the card. Refuses an
    entry whose data were deleted.
    """
    refuse_erased(worker)
    given = {name: value for name, value in asdict(facts).items() if value is not None}
    if by.is_worker and {"id_number", "sex", "birth_on"} & set(given):
        sentence = _("身份证号、性别和出生日期要看证件才能改，请带身份证找村级劳务员。")
        raise Refusal("card_needed", sentence, field="id_number")
    columns = _corrected(worker, given)
    try:
        with transaction.atomic():
            return restate(by, worker, seen, **columns)
    except IntegrityError:
        raise _registered_already(by, columns["id_number"]) from None


def _corrected(worker: Worker, given: dict[str, Any]) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    if "name" in given:
        columns |= read_name(given["name"])
    if "telephone" in given:
        columns["telephone"] = read_telephone(given["telephone"]) or None
    if "education" in given:
        columns["education"] = one_of("education", given["education"], Education.values)
    return columns | _corrected_identity(worker, given)


def _corrected_identity(worker: Worker, given: dict[str, Any]) -> dict[str, Any]:
    columns: dict[str, Any] = {name: given[name] for name in ("sex", "birth_on") if name in given}
    if "sex" in columns:
        one_of("sex", columns["sex"], Worker.Sex.values)
    if "birth_on" in columns:
        old_enough(columns["birth_on"])
    if "id_number" in given:
        columns["id_number"] = read("id_number", values.id_number, given["id_number"])
    number = columns.get("id_number") or (worker.id_number.open() if worker.id_number else None)
    if columns and number:
        agree(number, columns.get("sex", worker.sex), columns.get("birth_on", worker.birth_on))
    return columns


def _enter(
    by: Account,
    village: Org,
    facts: WorkerFacts,
    consents: tuple[str, ...],
    source: str,
    *,
    telephone: str | None = None,
    account: Account | None = None,
) -> Worker:
    """Store a new row with its consents; the number's uniqueness is the database's to hold."""
    village = standing_village(village)
    told_by(by, source)
    if not set(NEEDED) <= set(consents):
        sentence = _("本人同意登记，并单独同意使用身份证号之后，才能保存资料。")
        raise Refusal("consent_missing", sentence, field="consents")
    worker = Worker(
        **read_name(facts.name),
        **read_identity(facts),
        **read_whereabouts(facts.status, facts.work_region),
        **in_place(village),
        telephone=telephone or read_telephone(facts.telephone) or None,
        education=one_of("education", facts.education, Education.values),
        source=source,
        status_source=source,
        account=account,
        is_sample=village.is_sample,
    )
    _save_once(by, worker, facts.id_number)
    for purpose in dict.fromkeys(consents):
        give_consent(by=by, worker=worker, purpose=purpose, through=source)
    return worker


def _save_once(by: Account, worker: Worker, id_number: str) -> None:
    try:
        with transaction.atomic():
            worker.save(force_insert=True)
    except IntegrityError:
        if worker.account is not None and Worker.objects.filter(account=worker.account).exists():
            raise _on_register_already() from None
        raise _registered_already(by, values.id_number(id_number)) from None


def _own_telephone(by: Account) -> str:
    """Return the verified telephone of a person's own account that is not yet on the register."""
    if not by.is_worker:
        raise Refusal("not_a_worker_account", _("请用本人的手机号登录后再自助登记。"))
    if by.telephone is None or not by.telephone_verified:
        raise Refusal("telephone_not_verified", _("请先用短信验证码验证您的手机号。"))
    if Worker.objects.filter(account=by).exists():
        raise _on_register_already()
    return str(by.telephone.open())


def _on_register_already() -> Refusal:
    return Refusal("on_register_already", _("您已经登记过了，可以在“我的资料”里查看和更正。"))


def _registered_already(by: Account, id_number: str) -> Refusal:
    """Return the refusal of a second registration; who may see the first one is told where it is."""
    if by.is_worker:
        sentence = _("这个身份证号已经登记过。如果是您本人的登记，请改用“关联我的登记”。")
        return Refusal("id_number_registered", sentence, field="id_number")
    found = Worker.objects.visible_to(by).with_id_number(id_number).select_related("village").first()
    if found is None:
        sentence = _("这个身份证号已在您的范围以外登记过，请请上级经办人核对后办理迁入。")
        return Refusal("id_number_registered", sentence, field="id_number")
    named = {"name": found.name, "village": found.village, "state": found.get_state_display()}
    told = _("这个身份证号已登记：%(name)s，%(village)s，%(state)s。") % named
    return Refusal("id_number_registered", told, field="id_number", worker=found.pk)
