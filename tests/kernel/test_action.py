"""The verb: permission, reach, transaction, record."""

from __future__ import annotations

import pytest

from zhitong.kernel.actions import give_role, note_reading, open_org
from zhitong.kernel.chain import breaks
from zhitong.kernel.errors import AlreadyDone, NotAllowed, Refusal
from zhitong.kernel.models import Account, Org, Record

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> Org:
    org = Org.objects.create(name="甲市人社局", kind="city_bureau")
    org.city = org
    org.save()
    return org


@pytest.fixture
def system() -> Account:
    return Account.objects.system()


@pytest.fixture
def officer(city: Org, system: Account) -> Account:
    account = Account.objects.create(username="county", name="县经办", kind="staff")
    county = open_org(by=system, parent=city, kind="county_bureau", name="乙县人社局")
    give_role(by=system, account=account, role="county_officer", org=county)
    return account


def test_a_verb_leaves_one_line_and_the_chain_holds(officer: Account, city: Org) -> None:
    verbs = list(Record.objects.order_by("position").values_list("verb", flat=True))
    assert verbs == ["open_org", "give_role"]
    assert list(breaks()) == []


def test_a_changed_line_and_a_missing_line_show(officer: Account, city: Org) -> None:
    Record.objects.filter(position=1).update(verb="close_org")
    assert [one.kind for one in breaks()] == ["changed"]
    Record.objects.filter(position=1).delete()
    assert [one.kind for one in breaks()] == ["missing"]
    Record.objects.all().delete()
    assert [one.kind for one in breaks()] == ["head"]


def test_a_verb_of_another_role_is_not_allowed(officer: Account, city: Org) -> None:
    with pytest.raises(NotAllowed):
        open_org(by=officer, parent=city, kind="station", name="某站")


def test_a_role_cannot_be_granted_at_the_wrong_kind(officer: Account, city: Org, system: Account) -> None:
    with pytest.raises(Refusal, match="role_not_granted_here"):
        give_role(by=system, account=officer, role="village_officer", org=city)
    assert Record.objects.count() == 2


def test_a_nonce_is_carried_out_once(officer: Account) -> None:
    county = officer.held[0].org
    note_reading(by=officer, row=county, purpose="look", nonce="abc")
    with pytest.raises(AlreadyDone) as caught:
        note_reading(by=officer, row=county, purpose="look", nonce="abc")
    assert caught.value.result == f"kernel.Org:{county.pk}"
    assert Record.objects.filter(verb="note_reading").count() == 1
