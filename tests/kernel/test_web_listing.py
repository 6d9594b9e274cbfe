"""Lists: filters, orders, pages by key, exports, bulk verbs."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
import python_calamine
from django.db import connection
from django.http import HttpRequest
from django.test.utils import CaptureQueriesContext
from django.urls import path

from zhitong.kernel import fields
from zhitong.kernel.actions import export_list, rename_org
from zhitong.kernel.models import Org, Record
from zhitong.kernel.web import ActorForm, Bulk, Column, Listing
from zhitong.kernel.web.paging import Order, page_of_rows
from zhitong.site.urls import urlpatterns as site_patterns
from zhitong.workers.models import Worker


class RenameForm(ActorForm):
    """One new name for all that were chosen."""

    name = fields.LineField(label="名称")


class OrgDesk(Listing):
    """Organisations with verbs on many."""

    model = Org
    columns = (Column("name", "名称", sort="name_key", main=True), Column("kind", "种类"))
    order = "name_key"
    bulk = (Bulk(rename_org, rows="org", form=RenameForm, each=True),)


class WorkersOfVillage(Listing):
    """A list below a row of another kind."""

    model = Worker
    parent = Org
    columns = (
        Column("name", "姓名", sort="name_key", main=True),
        Column("intention.wage_floor_fen", "最低工资"),
    )
    order = "name_key"

    def rows(self):
        return super().rows().filter(village=self.parent)


urlpatterns = [
    path("desk/", OrgDesk.page(), name="desk"),
    path("below/<int:pk>/", WorkersOfVillage.page(), name="below"),
    *site_patterns,
]
own_urls = pytest.mark.urls(__name__)


def many(world, count: int) -> list[Org]:
    """Organisations of which many share a sort key."""
    rows = [
        Org(
            name=f"支部{n}",
            name_key=f"zhi bu {n % 7}",
            kind="party",
            parent=world.county,
            county=world.county,
            city=world.city,
        )
        for n in range(count)
    ]
    return Org.objects.bulk_create(rows)


@pytest.fixture
def officer(client, world):
    client.force_login(world.county_officer)
    return client


# --- paging


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("columns", [("name_key",), ("kind", "name_key"), ("pk",)])
def test_every_row_is_visited_once_both_ways(world, columns, descending):
    many(world, 53)
    order, rows = Order("x", columns, descending), Org.objects.all()
    expected = [row.pk for row in order.apply(rows, backward=False)]
    forward, cursor, pages = [], "", []
    while True:
        page = page_of_rows(rows, order, cursor, 10)
        forward += [row.pk for row in page.rows]
        pages.append(page)
        if not page.after:
            break
        cursor = page.after
    assert forward == expected and pages[0].before == ""
    backward, page = list(pages[-1].rows), pages[-1]
    while page.before:
        page = page_of_rows(rows, order, page.before, 10)
        backward = page.rows + [row for row in backward if row not in page.rows]
    assert [row.pk for row in backward] == expected


def test_rows_that_come_and_go_are_neither_lost_nor_seen_twice(world):
    made = many(world, 30)
    order, rows = Order("name_key", ("name_key",)), Org.objects.filter(kind="party")
    first = page_of_rows(rows, order, "", 10)
    Org.objects.filter(pk=first.rows[-1].pk).delete()
    second = page_of_rows(rows, order, first.after, 30)
    assert {row.pk for row in first.rows} | {row.pk for row in second.rows} == {row.pk for row in made}


def test_a_page_is_one_query_without_count_or_offset(officer, world):
    many(world, 120)
    next_url = re.search(r'rel="next" href="([^"]+)"', officer.get("/orgs/").content.decode())[1].replace(
        "&amp;", "&"
    )
    with CaptureQueriesContext(connection) as asked:
        assert officer.get(next_url).status_code == 200
    lists = [one["sql"] for one in asked if 'FROM "kernel_org"' in one["sql"] and "name_key" in one["sql"]]
    pages = [sql for sql in lists if "LIMIT 51" in sql]
    assert len(pages) == 1, lists
    assert "OFFSET" not in pages[0] and not any("COUNT(" in sql for sql in lists)
    assert pages[0].index('name_key" >=') > 0


def test_a_cursor_is_signed_and_belongs_to_its_order(officer, world):
    many(world, 60)
    url = re.search(r'rel="next" href="[^"]*page=([^"&]+)"', officer.get("/orgs/").content.decode())[1]
    assert officer.get(f"/orgs/?page={url}").status_code == 200
    for wrong in (f"/orgs/?page={url[:-2]}xx", "/orgs/?page=1", f"/orgs/?sort=-name_key&page={url}"):
        answer = officer.get(wrong)
        assert answer.status_code == 400 and "请回到第一页" in answer.content.decode(), wrong


def test_a_list_cannot_be_paged_by_what_may_be_missing():
    with pytest.raises(TypeError, match="may be null"):

        class Wrong(Listing):
            model = Org
            columns = (Column("opened_on", "成立日期", sort="opened_on"),)


def test_no_order_is_hidden(officer):
    for name in ("opened_on", "id; DROP TABLE", "parent__name"):
        answer = officer.get("/orgs/", {"sort": name})
        assert answer.status_code == 400 and "不能按这一列排序" in answer.content.decode()


def test_a_click_on_a_head_sorts_and_a_second_turns_round(officer):
    assert 'href="/orgs/?sort=-name_key"' in officer.get("/orgs/").content.decode()
    page = officer.get("/orgs/?sort=-name_key").content.decode()
    assert 'href="/orgs/?sort=name_key"' in page and 'aria-sort="descending"' in page


# --- filters


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "castle"}, {"parent": "没有的组织"}, {"parent": "999999"}, {"name": "长" * 61},
        {"name": "甲\u202e乙"}, {"colour": "red"}, {"kind": "village", "kinds": "x"},
    ],
)  # fmt: skip
def test_a_wrong_filter_is_an_error_never_an_empty_list(officer, asked):
    answer = officer.get("/orgs/", asked)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "field-error" in page or 'role="alert"' in page
    assert "没有符合条件的记录" not in page and 'class="table list"' not in page


@pytest.mark.parametrize(
    "asked", [{"since": "昨天"}, {"until": "2024-02-30"}, {"verb": "fly"}, {"actor": "没有这个人"}]
)
def test_the_records_filters_too(officer, asked):
    assert officer.get("/records/", asked).status_code == 400


def test_a_wrong_filter_exports_nothing(officer):
    answer = officer.get("/orgs/", {"kind": "castle", "export": "xlsx"})
    assert answer.status_code == 400 and "text/html" in answer["Content-Type"]


def test_a_filter_narrows_and_stays_while_paging(officer, world):
    many(world, 60)
    page = officer.get("/orgs/", {"kind": "party"}).content.decode()
    assert "柳树村" not in page and "支部" in page
    assert re.search(r'rel="next" href="/orgs/\?kind=party&amp;page=', page)
    assert officer.get("/orgs/", {"name": "liu shu"}).content.decode().count("柳树村") >= 1


def test_nothing_found_is_said_with_a_next_step(officer):
    page = officer.get("/orgs/", {"name": "没有这样的名字"}).content.decode()
    assert "没有符合条件的记录" in page and "清除筛选" in page


def test_the_record_is_narrowed(officer, world):
    today = dt.date.today().isoformat()
    lines = officer.get("/records/", {"verb": "open_org", "since": today}).context["lines"]
    assert lines and {line.row.verb for line in lines} == {"open_org"}
    assert officer.get("/records/", {"until": "2001-01-01"}).context["lines"] == []


def test_scripts_get_the_list_alone(officer):
    whole, part = officer.get("/orgs/"), officer.get("/orgs/", headers={"HX-Request": "true"})
    assert "<html" in whole.content.decode() and "<html" not in part.content.decode()
    assert part.content.decode().strip().startswith('<div id="listing">')
    wrong = officer.get("/orgs/?kind=castle", headers={"HX-Request": "true"})
    assert wrong.status_code == 400 and "<html" not in wrong.content.decode()


def test_who_reads_no_such_rows_is_told_so(client, world):
    client.force_login(world.department_clerk)
    assert client.get("/records/").status_code == 403


def test_a_list_shows_only_what_the_reader_sees(client, world):
    client.force_login(world.village_officer)
    names = {line.row.pk for line in client.get("/people/").context["lines"]}
    assert world.stranger.pk not in names


# --- below a row


@own_urls
def test_a_list_below_a_row(officer, world):
    world.seeker(name="方大山")
    page = officer.get(f"/below/{world.village.pk}/").content.decode()
    assert "方大山" in page and "5,200" in page
    assert "方大山" not in officer.get(f"/below/{world.other_village.pk}/").content.decode()
    assert officer.get("/below/999999/").status_code == 404


# --- export


def rows_of(answer) -> list[list[object]]:
    with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.getvalue())) as book:
        return [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]


def test_the_whole_filtered_list_is_exported(officer, world):
    many(world, 120)
    answer = officer.get("/orgs/?kind=party&export=xlsx")
    rows = rows_of(answer)
    assert "样例" in answer["Content-Disposition"] or "%E6%A0%B7%E4%BE%8B" in answer["Content-Disposition"]
    assert (
        rows[0][0].startswith("样例数据") and world.county_officer.name in rows[1][0] and "种类" in rows[2][0]
    )
    assert rows[3][:2] == ["名称", "种类"] and len(rows) == 124
    line = Record.objects.get(verb="export_list")
    assert (line.actor, line.row_count, line.acting_for) == (world.county_officer, 120, world.county)
    assert line.given == {"list_name": "kernel.Org", "narrowed_by": "种类", "row_count": 120}


def test_an_export_beyond_one_sheet_goes_on_in_the_next(officer, world, monkeypatch):
    many(world, 25)
    for module in ("zhitong.kernel.sheets.write", "zhitong.kernel.web.export"):
        monkeypatch.setattr(f"{module}.MOST_ROWS", 10)
    rows = rows_of(officer.get("/orgs/?kind=party&export=xlsx"))
    assert sum(str(row[0]).startswith("支部") for row in rows) == 25


def test_who_may_not_take_lists_away_cannot(client, world):
    worker = world.worker()
    from zhitong.kernel.models import Account

    account = Account.objects.create(username="w", name="本人", kind="worker")
    assert worker
    client.force_login(account)
    assert client.get("/orgs/?export=xlsx").status_code == 403
    assert "导出" not in client.get("/orgs/").content.decode()


def test_a_formula_in_a_list_stays_text(officer, world):
    Org.objects.filter(pk=world.village.pk).update(name="=1+1")
    import zipfile

    packed = zipfile.ZipFile(io.BytesIO(officer.get("/orgs/?export=xlsx").getvalue()))
    assert "<f>" not in packed.read("xl/worksheets/sheet1.xml").decode()


# --- many at once


@own_urls
def test_a_verb_on_many_rows(client, world):
    client.force_login(world.administrator)
    page = client.get("/desk/").content.decode()
    assert 'name="pk"' in page and 'value="rename_org"' in page
    chosen = [world.station.pk, world.other_station.pk]
    asked = client.post("/desk/", {"verb": "rename_org", "pk": chosen, "nonce": "n1"})
    assert asked.status_code == 200 and "已选 2 条" in asked.content.decode()
    wrong = client.post("/desk/", {"verb": "rename_org", "pk": chosen, "answered": "1", "name": ""})
    assert wrong.status_code == 422
    data = {"verb": "rename_org", "pk": chosen, "answered": "1", "name": "同一站", "nonce": "n2"}
    done = client.post("/desk/", data, follow=True)
    assert "已办理 2 条" in done.content.decode()
    assert Org.objects.filter(name="同一站").count() == 2
    before = Record.objects.count()
    assert "已办理 2 条" in client.post("/desk/", data, follow=True).content.decode()
    assert Record.objects.count() == before, "sending it twice does it once"


@own_urls
def test_rows_that_are_refused_are_counted_by_reason(client, world):
    client.force_login(world.administrator)
    data = {
        "verb": "rename_org",
        "pk": [world.village.pk, world.other_village.pk],
        "answered": "1",
        "name": "同名村",
    }
    page = client.post("/desk/", data, follow=True).content.decode()
    assert "已办理 1 条" in page and "1 条没有办成" in page


@own_urls
def test_nothing_chosen_and_beyond_reach(client, world):
    client.force_login(world.administrator)
    page = client.post("/desk/", {"verb": "rename_org"}, follow=True).content.decode()
    assert "请先勾选" in page
    assert client.post("/desk/", {"verb": "rename_org", "pk": [999999]}).status_code == 404
    assert client.post("/desk/", {"verb": "close_org", "pk": [world.village.pk]}).status_code == 403
    client.force_login(world.village_officer)
    assert client.post("/desk/", {"verb": "rename_org", "pk": [world.village.pk]}).status_code == 403
    assert 'name="pk"' not in client.get("/desk/").content.decode()


def test_a_first_part_of_a_list_stands_on_another_page(world):
    request = HttpRequest()
    request.actor = world.county_officer
    panel = OrgDesk.panel(request, url="/orgs/")
    assert len(panel.context["lines"]) == 10 and panel.context["url"] == "/orgs/"
    assert export_list.verb.name == "export_list"


def test_addresses_with_digits_that_are_none_open_all_the_same(client, world):
    """A raised two is a digit to some and a number to nobody."""
    client.force_login(world.county_officer)
    county_officer = (
        "/workers/unchecked/?place={}", "/workers/likenesses/next/?after={}",
        "/workers/households/new/form_household/?worker={}",
        "/workers/lists/layouts/new/save_layout/?imported={}", "/workers/?layout={}&export=xlsx", "/orgs/?name={}",
        "/employers/demands/new/submit_demand/?like={}", "/employers/demands/new/submit_demand/?employer={}",
    )  # fmt: skip
    asked = {address: client.get(address.format("²")).status_code for address in county_officer}
    assert not {address: status for address, status in asked.items() if status >= 500}
    for number in ("²", "9" * 40):
        answer = client.post("/employers/waiting/", {"verb": "approve_employer", "pk": [number]})
        assert answer.status_code < 500
    client.logout()
    assert client.get("/workers/doorstep/hello/?device=²").status_code < 500
