"""The list of workers, the exact search, and who waits to be checked."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from zhitong.kernel.models import Record
from zhitong.workers.actions import Wish, withdraw_worker
from zhitong.workers.models import Worker


def browser(account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def names(answer) -> list[str]:
    return [line.row.name for line in answer.context["lines"]]


@pytest.fixture
def people(world):
    away = {"status": "away", "work_region": world.host_city}
    return {
        "陆一": world.worker(name="陆一", education=2, wish=Wish((world.welder,), wage_floor_fen=450_000)),
        "陈二": world.worker(name="陈二", education=4, **away),
        "白三": world.worker(name="白三", village=world.other_village),
        "远人": world.worker(name="远人", village=world.far_village),
    }


def unchecked_for(worker, days):
    Worker.objects.filter(pk=worker.pk).update(
        status_checked_on=timezone.localdate() - dt.timedelta(days=days)
    )


def test_only_within_reach_in_the_order_of_names(world, people):
    assert names(browser(world.village_officer).get("/workers/")) == ["陈二", "陆一"]
    assert names(browser(world.township_officer).get("/workers/")) == ["白三", "陈二", "陆一"]
    assert names(browser(world.stranger).get("/workers/")) == ["远人"]
    assert browser(world.station_staff).get("/workers/").status_code == 403


def test_it_shows_nothing_in_clear(world, people):
    page = browser(world.village_officer).get("/workers/").content.decode()
    for one in people.values():
        assert one.id_number.open() not in page and one.telephone.open() not in page
    assert people["陆一"].telephone.masked in page and "焊工" in page and "4,500" in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("name=陈", ["陈二"]),
        ("name=luyi", ["陆一"]),
        ("status=away", ["陈二"]),
        ("seeking=1", ["白三", "陆一"]),
        ("education=4", ["陈二"]),
        ("work_region=海州市", ["陈二"]),
        ("village=柳树村", ["陈二", "陆一"]),
        ("unchecked=30", ["白三"]),
        ("unchecked=60", []),
        ("state=withdrawn", ["退人"]),
        ("sort=-name_key", ["陆一", "陈二", "白三"]),
        ("sort=status_checked_on", ["白三", "陆一", "陈二"]),
    ],
)
def test_what_narrows_and_sorts(world, people, asked, found):
    unchecked_for(people["白三"], 40)
    withdraw_worker(by=world.system, worker=world.worker(name="退人"))
    assert names(browser(world.township_officer).get(f"/workers/?{asked}")) == found


@pytest.mark.parametrize(
    "asked",
    ["status=rich", "education=x", "village=远坝村", "village=没有", "unchecked=5", "nothing=1", "sort=id_number",
     "work_region=x", "name=%E2%80%AEx", "page=x"],
)  # fmt: skip
def test_a_wrong_filter_is_an_error_and_never_an_empty_list(world, people, asked):
    answer = browser(world.township_officer).get(f"/workers/?{asked}")
    assert answer.status_code == 400 and "。" in answer.content.decode()


def test_a_whole_city_is_narrowed_before_what_is_rare(world, people):
    client = browser(world.city_officer)
    for asked in ("education=2", "state=withdrawn"):
        assert "请先选一个县" in client.get(f"/workers/?{asked}").content.decode()
        assert client.get(f"/workers/?{asked}&county={world.county.pk}").status_code == 200


def test_places_at_or_above_ones_own_are_not_asked_for(world):
    page = browser(world.village_officer).get("/workers/").content.decode()
    assert 'name="village"' not in page and 'name="county"' not in page
    page = browser(world.county_officer).get("/workers/").content.decode()
    assert 'name="village"' in page and 'name="town"' in page and 'name="county"' not in page


def test_the_export_is_masked_and_leaves_a_line(world, people):
    answer = browser(world.township_officer).get("/workers/?export=xlsx&status=seeking")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    rows = sheet.get_sheet_by_index(0).to_python()
    told = [row for row in rows if row[0] in people]
    assert [row[0] for row in told] == ["白三", "陆一"]
    assert people["陆一"].id_number.open() not in str(rows) and people["陆一"].id_number.masked in str(rows)
    line = Record.objects.get(verb="export_workers")
    assert (line.row_count, line.given["narrowed_by"]) == (2, "就业状态")


def test_several_are_checked_at_once(world, people):
    client = browser(world.village_officer)
    picked = {"verb": "confirm_status", "pk": [people["陆一"].pk, people["陈二"].pk], "nonce": "n"}
    assert "核实就业状态" in client.post("/workers/", picked).content.decode()
    answered = {
        **picked,
        "answered": "1",
        "status": "home",
        "source": "visit",
        "checked_on": str(timezone.localdate()),
    }
    client.post("/workers/", answered)
    assert set(Worker.objects.filter(status="home").values_list("name", flat=True)) == {"陆一", "陈二"}


def test_nobody_beyond_reach_is_checked(world, people):
    given = {
        "verb": "confirm_status",
        "pk": [people["远人"].pk],
        "answered": "1",
        "status": "home",
        "source": "visit",
    }
    assert (
        browser(world.village_officer)
        .post("/workers/", {**given, "checked_on": str(timezone.localdate())})
        .status_code
        == 404
    )


class TestFind:
    """The exact search; the number is in no address."""

    def find(self, account, **given):
        return browser(account).post("/workers/find/", given)

    def test_one_is_opened(self, world, people):
        answer = self.find(world.village_officer, id_number=people["陆一"].id_number.open())
        assert answer["Location"] == f"/workers/{people['陆一'].pk}/"

    def test_all_who_share_a_telephone_are_listed(self, world, people):
        son = world.worker(name="陆子", telephone=people["陆一"].telephone.open())
        page = self.find(world.village_officer, telephone=son.telephone.open()).content.decode()
        assert "陆一" in page and "陆子" in page

    def test_beyond_reach_looks_like_absent(self, world, people):
        beyond = self.find(world.village_officer, id_number=people["远人"].id_number.open()).content.decode()
        absent = self.find(world.village_officer, id_number=world.identity()).content.decode()
        assert "没有登记过这个号码" in beyond and "没有登记过这个号码" in absent and "远人" not in beyond

    @pytest.mark.parametrize(
        "given",
        [
            {},
            {"id_number": "1"},
            {"telephone": "=1"},
            {"telephone": "15412345678", "id_number": "11010519491231002X"},
        ],
    )
    def test_exactly_one_right_number_is_asked_for(self, world, given):
        assert self.find(world.village_officer, **given).status_code == 422

    def test_it_is_for_officers(self, world, person):
        assert self.find(person).status_code == self.find(world.station_staff).status_code == 403


class TestUnchecked:
    """Place by place, who waits to be checked."""

    @pytest.fixture(autouse=True)
    def waiting(self, people):
        for name, days in (("陆一", 31), ("陈二", 61), ("白三", 91), ("远人", 200)):
            unchecked_for(people[name], days)

    def lines(self, account, place=""):
        found = browser(account).get(f"/workers/unchecked/{place}").context["lines"]
        return {line["place"].name: line["counts"] for line in found}

    def test_by_village(self, world):
        assert self.lines(world.township_officer) == {"枫香村": [1, 1, 1], "柳树村": [2, 1, 0]}

    def test_down_from_the_city(self, world):
        assert self.lines(world.city_officer)[world.county.name] == [3, 2, 1]
        assert self.lines(world.city_officer, f"?place={world.other_county.pk}") == {
            "远坝镇劳务办": [1, 1, 1]
        }

    def test_a_village_goes_straight_to_its_people(self, world):
        answer = browser(world.village_officer).get("/workers/unchecked/", follow=True)
        assert [one.worker.name for one in answer.context["people"]] == ["陈二", "陆一"]

    def test_a_place_beyond_reach_looks_like_absent(self, world):
        client = browser(world.township_officer)
        for place in (world.county.pk, world.far_village.pk, 999_999, world.station.pk):
            assert client.get(f"/workers/unchecked/?place={place}").status_code == 404

    def test_the_counts_lead_to_the_people(self, world):
        page = browser(world.township_officer).get("/workers/unchecked/")
        url = next(line["cells"][1][1] for line in page.context["lines"] if line["place"] == world.village)
        assert names(browser(world.township_officer).get(url)) == ["陈二"]
