"""Loading many rows at once, alike on both databases."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from zhitong.kernel.bulk import Made, bulk_load, count_values, first_load
from zhitong.kernel.models import Account, Education, Job, Occupation, Record, Region
from zhitong.kernel.privacy import Sealed, blind_index, seal
from zhitong.workers.models import Worker

AT = dt.datetime(2026, 5, 6, 7, 8, 9, 123456, tzinfo=dt.UTC)

ODD = [
    "制表\t符", "换\n行", "回\r车", "反斜\\杠", "\\N", "\\.", "单'引\"号", "百分%s号", "😀𠮷", "末尾\\", "", "é",
    "\\t", "NULL", "{}", ";--",
]  # fmt: skip


@pytest.fixture
def system(db) -> Account:
    return Account.objects.system()


@pytest.mark.parametrize("text", ODD)
def test_text_comes_back_as_it_was(db, text):
    bulk_load(Occupation, ("code", "name", "level"), [(f"x{ord(text[0]) if text else 0}", text, 4)])
    assert Occupation.objects.get().name == text


def test_rows_made_beforehand_are_stored_as_any_others(system):
    columns = (
        "kind",
        "given",
        "result",
        "done_permille",
        "attempts",
        "state",
        "message",
        "asked_by_id",
        "asked_at",
    )
    given = [{"text": "一\t", "at": at} for at in range(250)]
    made = Made(Job, columns, (("count", one, {}, 7, 0, "waiting", "", system.pk, AT) for one in given))
    assert bulk_load(Job, columns, made) == 250
    stored = list(Job.objects.order_by("pk").values_list("given", "asked_at"))
    assert stored == [(one, AT) for one in given]
    with pytest.raises(TypeError, match="not read again"):
        list(made)


def test_days_instants_numbers_and_nothing_come_back(system):
    columns = ("kind", "given", "result", "done_permille", "attempts", "state", "message", "asked_by_id", "asked_at",
               "beat_at", "finished_at")  # fmt: skip
    given = {"text": '一\t"二"\\', "list": [1, None, True], "nested": {"a": {}}, "number": 1.5}
    assert bulk_load(Job, columns, [("count", given, {}, 7, 0, "waiting", "", system.pk, AT, None, AT)]) == 1
    job = Job.objects.get()
    assert (job.given, job.result) == (given, {})
    assert (job.asked_at, job.beat_at, job.finished_at) == (AT, None, AT)
    assert Job.objects.filter(asked_at=AT, asked_at__gte=AT, beat_at=None).exists()
    assert Job.objects.filter(asked_at__year=2026).exists()


def test_days_are_found_again(db):
    day = dt.date(2026, 5, 6)
    columns = ("code", "name", "short_name", "point_source", "level", "began_on")
    bulk_load(Region, columns, [("1", "甲", "", "", 3, day), ("2", "乙", "", "", 3, None)])
    assert Region.objects.get(began_on=day).code == "1"
    assert Region.objects.get(began_on=None).code == "2"
    assert Region.objects.standing(day - dt.timedelta(days=1)).get().code == "2"


def test_sealed_values_open_and_are_found(db):
    number = "15412345678"
    sealed = (seal(number, "telephone"), blind_index(number, "telephone"))
    rows = [
        ("a", "甲", "worker", *sealed, "!", True, False, False, AT),
        ("b", "乙", "worker", None, None, "!", True, False, False, AT),
    ]
    bulk_load(
        Account,
        ("username", "name", "kind", "telephone", "telephone_index", "password", "is_active", "is_sample",
         "telephone_verified", "created_at"),
        rows,
    )  # fmt: skip
    assert Account.objects.with_telephone(number).get().telephone.open() == number
    assert Account.objects.get(username="b").telephone is None


def test_clear_values_are_sealed(db):
    columns = ("username", "name", "kind", "telephone", "password", "is_active", "is_sample", "telephone_verified",
               "created_at")  # fmt: skip
    numbers = ("15412345678", None, Sealed("telephone", clear="15412345679"))
    rows = [(f"a{at}", "甲", "worker", one, "!", True, False, False, AT) for at, one in enumerate(numbers)]
    assert bulk_load(Account, columns, rows) == 3
    stored = [
        one.telephone and one.telephone.open()
        for one in Account.objects.filter(name="甲").order_by("username")
    ]
    assert stored == ["15412345678", None, "15412345679"]


def test_choices_come_as_their_values(world):
    given = {"source": Worker.Status.SEEKING, "level": Education.SENIOR}
    bulk_load(Occupation, ("code", "name", "level"), [("c", given["source"], given["level"])])
    stored = Occupation.objects.get(code="c")
    assert (stored.name, stored.level) == ("seeking", 3)


def test_rows_come_in_any_number_from_anywhere(db):
    assert bulk_load(Occupation, ("code", "name", "level"), iter([])) == 0
    many = ((f"c{number}", "名", 4) for number in range(45_000))
    assert bulk_load(Occupation, ("code", "name", "level"), many) == 45_000
    assert Occupation.objects.count() == 45_000


def test_what_is_stored_next_follows_the_highest_number(db):
    bulk_load(Occupation, ("id", "code", "name", "level"), [(70, "c", "名", 4)])
    assert Occupation.objects.create(code="d", name="名", level=4).pk == 71


def test_constraints_hold(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk_load(Occupation, ("code", "name", "level"), [("c", "名", 4), ("c", "另", 4)])
    assert not Occupation.objects.exists()


def test_rows_of_unequal_length_are_an_error(db):
    with pytest.raises(ValueError):
        bulk_load(Occupation, ("code", "name", "level"), [("a", "名", 4), ("b", "另", 4, 5)])


def test_a_column_that_does_not_exist_is_named(db):
    with pytest.raises(ValueError, match=r"kernel.Occupation has no column colour"):
        bulk_load(Occupation, ("code", "colour"), [])


def definitions(*models) -> dict[str, str]:
    """Return how every index and constraint of the tables is defined, in the database's own words."""
    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) UNION ALL "
                "SELECT conname || '!', pg_get_constraintdef(oid) FROM pg_constraint "
                "WHERE conrelid = ANY(%s::regclass[])",
                [tables, tables],
            )
        else:
            marks = ", ".join("%s" for _one in tables)
            cursor.execute(f"SELECT name, sql FROM sqlite_master WHERE tbl_name IN ({marks})", tables)
        return dict(cursor.fetchall())


def test_the_same_indexes_stand_afterwards(world):
    before = definitions(Worker, Record)
    assert any(" WHERE " in (sql or "") for sql in before.values())  # partial ones come back too
    with first_load(Worker, Record):
        during = definitions(Worker, Record)
        worker = world.worker()
    assert definitions(Worker, Record) == before
    missing = set(before) - set(during)
    assert missing >= {index.name for model in (Worker, Record) for index in model._meta.indexes}
    assert Worker.objects.get() == worker


def test_what_is_not_unique_is_found_in_the_end(db):
    before = definitions(Occupation)
    with pytest.raises(IntegrityError), first_load(Occupation):
        bulk_load(Occupation, ("code", "name", "level"), [("c", "名", 4), ("c", "另", 4)])
    assert not Occupation.objects.exists() and definitions(Occupation) == before


@pytest.mark.django_db(transaction=True)
def test_a_key_that_leads_nowhere_is_found_in_the_end():
    before = definitions(Occupation)
    with pytest.raises(IntegrityError), first_load(Occupation):
        bulk_load(Occupation, ("id", "code", "name", "level", "parent_id"), [(1, "c", "名", 4, 999)])
    assert not Occupation.objects.exists() and definitions(Occupation) == before
    with pytest.raises(IntegrityError):  # and keys are checked again afterwards
        bulk_load(Occupation, ("id", "code", "name", "level", "parent_id"), [(1, "c", "名", 4, 999)])


@pytest.mark.django_db(transaction=True)
def test_rows_may_come_before_those_to_which_they_refer():
    rows = [(2, "b", "后", 4, 1), (1, "a", "先", 3, None)]
    with first_load(Occupation):
        bulk_load(Occupation, ("id", "code", "name", "level", "parent_id"), rows)
    assert Occupation.objects.get(pk=2).parent_id == 1


def test_an_accident_leaves_the_indexes_as_they_were(db):
    before = definitions(Worker)
    with pytest.raises(ValueError, match="accident"), first_load(Worker):
        raise ValueError("accident")
    assert definitions(Worker) == before


def test_the_database_learns_how_its_rows_are_spread(db):
    bulk_load(Occupation, ("code", "name", "level"), [(f"c{number}", "名", 4) for number in range(700)])
    count_values(Occupation)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'kernel_occupation'::regclass")
        else:
            cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'kernel_occupation' ORDER BY stat")
        assert int(str(cursor.fetchone()[0]).split(".")[0].split()[0]) == 700


def test_whoever_makes_the_rows_may_ask_the_database(db):
    rows = ((f"9-{Occupation.objects.count()}-{number}", "样例", 4) for number in range(3))
    assert bulk_load(Occupation, ("code", "name", "level"), rows) == 3
