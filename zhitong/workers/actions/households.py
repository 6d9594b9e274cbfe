"""Who lives with whom, and who is married to whom."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.access import require
from zhitong.kernel.action import action, note_move
from zhitong.kernel.errors import Faster, Refusal
from zhitong.kernel.models import Account, Org, in_place
from zhitong.kernel.state import change

from ..models import Household, Intention, Worker
from .facts import Member, one_of, read_line, standing_village
from .standing import active, locked_pair, on_register

Role = Worker.HouseholdRole


@action(at="village", title=_("建立家庭户"), about=Household)
def form_household(*, by: Account, village: Org, members: tuple[Member, ...], address: str = "") -> Household:
    """Put people of one village into a new household with exactly one head; they leave their former ones."""
    standing_village(village)
    heads = Counter(one.role for one in members)[Role.HEAD]
    if heads != 1 or len({one.worker.pk for one in members}) != len(members):
        raise Refusal(
            "one_head_needed", _("一户要有一位户主，也只能有一位，每个人只写一次。"), field="members"
        )
    household = Household(
        address=read_line("address", address, 200), is_sample=village.is_sample, **in_place(village)
    )
    household.save()
    for one in members:
        _settle(on_register(one.worker, "members"), household, one.role)
    return household


@action(at="household", title=_("更正住址"), about=Household)
def correct_household(*, by: Account, household: Household, address: str) -> Household:
    """Write down the address at which a household lives now."""
    before, household.address = household.address, read_line("address", address, 200)
    if household.address == before:
        return household
    if not Household.objects.filter(pk=household.pk, address=before).update(address=household.address):
        raise Faster
    note_move(household, "address", "•", "•")
    return household


@action(at="worker", title=_("加入家庭户"), keeps=("role",))
def join_household(*, by: Account, worker: Worker, household: Household, role: str = Role.OTHER) -> Worker:
    """Add a person to a household of his village; a second head is refused."""
    one_of("role", role, Role.values)
    held = Household.objects.select_for_update().get(pk=household.pk)
    worker = on_register(worker)
    if worker.household_id == held.pk and worker.household_role == role:
        raise Refusal("in_household_already", _("已经在这一户里了。"), field="household")
    others = held.members.filter(state=Worker.State.ACTIVE).exclude(pk=worker.pk)
    if role == Role.HEAD and others.filter(household_role=Role.HEAD).exists():
        raise Refusal("one_head_needed", _("这一户已经有户主了，请选别的关系。"), field="role")
    return _settle(worker, held, role)


@action(at="worker", title=_("离开家庭户"))
def leave_household(*, by: Account, worker: Worker) -> Worker:
    """Take a person out of his household."""
    worker = on_register(worker)
    if worker.household_id is None:
        raise Refusal("no_household", _("还没有登记家庭户。"))
    return change(worker, household=None, household_role=Role.OTHER)


@action(at="worker", title=_("关联配偶"))
def link_spouse(*, by: Account, worker: Worker, spouse: Worker) -> Worker:
    """Write down that two people are married to each other; both are on the register and have no other spouse."""
    if worker.pk == spouse.pk:
        raise Refusal("own_spouse", _("不能把本人登记为自己的配偶。"), field="spouse")
    require(by, "link_spouse", spouse)
    return marry(*locked_pair(worker, spouse))


def marry(one: Worker, other: Worker) -> Worker:
    """Make two held rows each other's spouse, and return the first; both are on the register and have no other."""
    for person in (active(one), active(other, "spouse")):
        if person.spouse_id is not None:
            sentence = _("%(name)s已经关联了配偶，有误请先解除。") % {"name": person.name}
            raise Refusal("has_spouse", sentence, field="spouse")
    change(other, spouse=one)
    return change(one, spouse=other)


@action(at="worker", title=_("解除配偶关联"))
def unlink_spouse(*, by: Account, worker: Worker) -> Worker:
    """Write down that two people are no longer married; whoever wished to go with the other now goes alone."""
    spouse = Worker.objects.filter(spouse=worker).first()
    if spouse is None:
        raise Refusal("no_spouse", _("没有关联配偶。"))
    one, other = locked_pair(worker, spouse)
    if one.spouse_id != other.pk:
        raise Refusal("no_spouse", _("没有关联配偶。"))
    for person in (one, other):
        change(person, spouse=None)
    together = Intention.objects.filter(worker__in=(one, other), goes_with=Intention.GoesWith.SPOUSE)
    for intention in together.select_for_update().order_by("pk"):
        change(intention, goes_with=Intention.GoesWith.ALONE)
    return one


def _settle(worker: Worker, household: Household, role: str) -> Worker:
    one_of("role", role, Role.values)
    if worker.village_id != household.village_id:
        sentence = _("%(name)s不在这个村，不能编入这一户。") % {"name": worker.name}
        raise Refusal("other_village", sentence, field="household")
    return change(worker, household=household, household_role=role)
