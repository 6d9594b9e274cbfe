"""Sealed values: round trips, tampering, masks, and never a clear text by accident."""

from __future__ import annotations

import copy
import json
import pickle

import pytest
from cryptography.exceptions import InvalidTag
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from hypothesis import given
from hypothesis import strategies as st

from zhitong.kernel.models import Account
from zhitong.kernel.privacy import (
    Sealed,
    SealedField,
    blind_index,
    blind_indexes,
    mask_tail,
    mask_telephone,
    normal_form,
    seal,
    seal_many,
    unseal,
)

TEXT = st.text(st.characters(codec="utf-8"), max_size=60)


@given(text=TEXT)
def test_what_is_sealed_opens(text):
    assert unseal(seal(text, "id_number"), "id_number") == text


def test_the_same_value_is_never_sealed_alike():
    assert len({seal("15400000001", "telephone") for _time in range(50)}) == 50


@given(text=TEXT, place=st.integers(min_value=0, max_value=10_000), change=st.integers(1, 255))
def test_every_changed_byte_shows(text, place, change):
    data = bytearray(seal(text, "id_number"))
    data[place % len(data)] ^= change
    with pytest.raises(InvalidTag):
        unseal(bytes(data), "id_number")


@given(length=st.integers(0, 28))
def test_a_value_that_was_cut_short_does_not_open(length):
    with pytest.raises(InvalidTag):
        unseal(seal("15400000001", "telephone")[:length], "telephone")


def test_values_cannot_change_places_between_kinds():
    with pytest.raises(InvalidTag):
        unseal(seal("15400000001", "telephone"), "id_number")


def test_another_installation_cannot_open_it(settings):
    data, index = seal("15400000001", "telephone"), blind_index("15400000001", "telephone")
    settings.ZHITONG_MASTER_KEY = "another installation's"
    assert blind_index("15400000001", "telephone") != index
    with pytest.raises(InvalidTag):
        unseal(data, "telephone")


@pytest.mark.parametrize(
    "spelling", ["52990119900501001x", " 529901 19900501 001X ", "５２９９０１１９９００５０１００１Ｘ"]
)
def test_spellings_of_one_number_share_an_index(spelling):
    assert blind_index(spelling, "id_number") == blind_index("52990119900501001X", "id_number")


@given(text=TEXT, kind=st.sampled_from(["id_number", "telephone"]))
def test_a_normal_form_is_its_own_normal_form(text, kind):
    assert normal_form(normal_form(text, kind), kind) == normal_form(text, kind)


def test_an_index_belongs_to_a_kind():
    assert blind_index("15400000001", "telephone") != blind_index("15400000001", "id_number")
    assert normal_form("ab-1", "certificate_number") == "ab1"


@given(text=TEXT.map(lambda text: normal_form(text, "telephone")).filter(bool))
def test_many_at_once_are_sealed_and_indexed_as_each_alone(text):
    [data, nothing] = seal_many([text, ""], "telephone")
    assert unseal(data, "telephone") == text and nothing is None
    assert blind_indexes([text, ""], "telephone") == [blind_index(text, "telephone"), None]


@pytest.mark.parametrize(
    ("mask", "text", "shown"),
    [
        (mask_telephone, "15412345678", "154••••5678"), (mask_telephone, "28226565", "••••6565"),
        (mask_tail, "52990119900501001X", "••••••••••••••001X"), (mask_tail, "1234", "••••"), (mask_tail, "", "••••"),
    ],
)  # fmt: skip
def test_masks_show_what_is_enough_to_recognise(mask, text, shown):
    assert mask(text) == shown


@pytest.mark.parametrize("text", ["52990119900501001X", "15412345678"])
def test_a_sealed_value_never_prints_itself(text):
    value = Sealed("telephone", clear=text)
    shown = [
        str(value), repr(value), f"{value}", f"{value!r}", f"{value:>40}".strip(),
        str([value]), str({"a": value}), repr(value.__class__), json.dumps(str(value)),
    ]  # fmt: skip
    assert all(text not in one and text[3:10] not in one for one in shown)
    for encoder in (json.JSONEncoder, DjangoJSONEncoder):
        with pytest.raises(TypeError):
            json.dumps({"a": value}, cls=encoder)
    assert not hasattr(value, "__dict__")


def test_copies_and_pickles_stay_sealed():
    value = Sealed("telephone", clear="15412345678")
    assert value.masked and value.open()
    assert b"15412345678" not in pickle.dumps(value)
    for again in (copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))):  # noqa: S301
        assert again == value and again.open() == "15412345678"


def test_equal_values_are_equal_however_sealed():
    one = Sealed("telephone", clear="15412345678")
    other = Sealed("telephone", data=seal("15412345678", "telephone"))
    assert one == other and hash(one) == hash(other) and one != "15412345678"
    assert one != Sealed("id_number", clear="15412345678")


@pytest.mark.django_db
class TestField:
    """The field between a row and its column."""

    @pytest.fixture
    def account(self) -> Account:
        return Account.objects.create(username="own", name="本人", kind="worker", telephone="154 1234-5678")

    def test_it_is_read_back_masked(self, account):
        stored = Account.objects.get(pk=account.pk)
        assert str(stored.telephone) == "154••••5678" and stored.telephone.open() == "15412345678"

    def test_the_column_holds_no_clear_text(self, account):
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT telephone FROM kernel_account WHERE id = %s", [account.pk])
            data = bytes(cursor.fetchone()[0])
        assert b"5678" not in data and unseal(data, "telephone") == "15412345678"

    def test_saving_again_does_not_seal_anew(self, account):
        stored = Account.objects.get(pk=account.pk)
        before = stored.telephone.data()
        stored.save()
        assert Account.objects.get(pk=account.pk).telephone.data() == before

    def test_the_index_follows_the_value(self, account):
        assert Account.objects.with_telephone("154-1234-5678").get() == account
        account.telephone = "15400000009"
        account.save()
        assert not Account.objects.with_telephone("15412345678").exists()
        assert Account.objects.with_telephone("15400000009").get() == account

    def test_blank_is_nothing(self, account):
        account.telephone = ""
        account.save()
        stored = Account.objects.get(pk=account.pk)
        assert stored.telephone is None and stored.telephone_index is None

    def test_a_dump_is_masked(self, account):
        assert "15412345678" not in serializers.serialize("json", [Account.objects.get(pk=account.pk)])
        assert "154••••5678" in serializers.serialize("json", [Account.objects.get(pk=account.pk)])

    def test_its_migration_names_the_kind(self):
        name, path, args, options = Account._meta.get_field("telephone").deconstruct()
        again = SealedField(*args, **options)
        assert (name, path, again.kind) == ("telephone", "zhitong.kernel.privacy.SealedField", "telephone")


def test_exact_text_is_read_again_as_it_was():
    field = SealedField("told", exact=True)
    text = '{"name": "阿依 努尔", "day": "2026-05-06"}'
    assert Sealed("told", data=field.to_sealed(text).data()).open() == text
    assert SealedField("told").to_sealed(text).open() != text
    _name, _path, args, options = field.deconstruct()
    assert SealedField(*args, **options).exact
