"""Fields: each with what is empty, too long, wrong, in the future, a formula, or not to be seen."""

from __future__ import annotations

import datetime as dt

import pytest
from django import forms
from django.utils import timezone

from tests.kernel.test_values import GOOD
from zhitong.kernel import fields
from zhitong.kernel.models import Account, Org
from zhitong.kernel.web import ActorForm, FilterForm

HIDDEN = "甲\u202e乙"
TODAY = timezone.localdate()


class EveryField(ActorForm):
    """One field of each kind."""

    line = fields.LineField(label="一行", max_length=10, required=False)
    text = fields.TextField(label="几行", max_length=20, required=False)
    plain = forms.CharField(label="框架自己的", required=False)
    name = fields.PersonNameField(label="姓名", required=False)
    id_number = fields.IdNumberField(label="身份证号", required=False)
    telephone = fields.TelephoneField(label="电话", required=False)
    mobile = fields.TelephoneField(label="手机", mobile=True, required=False)
    wage_fen = fields.MoneyField(label="工资", least=100_000, most=10_000_000, required=False)
    born_on = fields.DayField(label="出生", past=True, required=False)
    from_on = fields.DayField(label="起", future=True, required=False)
    region = fields.RegionField(label="城市", required=False)
    org = fields.OrgField(label="组织", required=False)
    village = fields.OrgField(label="村", kinds=("village",), required=False)
    occupation = fields.OccupationField(label="职业", required=False)


@pytest.fixture
def typed(world):
    def fill(**data: str) -> EveryField:
        form = EveryField(world.county_officer, data=data)
        form.is_valid()
        return form

    return fill


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("line", "零一二三四五六七八九十"), ("line", HIDDEN), ("line", "=cmd()"), ("line", "甲\x07乙"),
        ("text", "长" * 21), ("text", HIDDEN), ("text", "甲\x00乙"),
        ("plain", HIDDEN), ("plain", "甲\u2066乙"),
        ("name", "张" * 51), ("name", "=张三"), ("name", HIDDEN), ("name", "张三2"),
        ("id_number", GOOD[:17] + "?"), ("id_number", "5.2E+17"), ("id_number", "1" * 41), ("id_number", "=1"),
        ("id_number", GOOD[:17] + ("0" if GOOD[17] != "0" else "1")),
        ("telephone", "123"), ("telephone", "=154"), ("telephone", "1" * 50), ("mobile", "0851-28226565"),
        ("wage_fen", "面议"), ("wage_fen", "999"), ("wage_fen", "100000.01"), ("wage_fen", "=1+1"),
        ("wage_fen", "9" * 99),
        ("born_on", (TODAY + dt.timedelta(days=1)).isoformat()), ("born_on", "1880-01-01"), ("born_on", "2024-02-30"),
        ("from_on", (TODAY - dt.timedelta(days=1)).isoformat()), ("from_on", "很快"), ("from_on", "9999-01-01"),
        ("region", "火星市"), ("region", HIDDEN), ("org", "没有的组织"), ("org", "999999"), ("occupation", "宇航员"),
    ],
)  # fmt: skip
def test_each_wrong_value_has_its_sentence(typed, name, value):
    form = typed(**{name: value})
    [sentence] = form.errors[name]
    assert sentence.endswith("。"), sentence
    assert list(form.errors) == [name]


def test_what_is_required_says_so(world):
    class Wanting(ActorForm):
        name = fields.PersonNameField(label="姓名")
        kind = forms.ChoiceField(label="种类", choices=[("a", "甲")])
        agreed = forms.BooleanField(label="同意")
        file = forms.FileField(label="文件")
        own = forms.CharField(label="自己的", error_messages={"required": "自己说。"})

    form = Wanting(world.county_officer, data={})
    assert [form.errors[name] for name in ("name", "kind", "agreed", "file", "own")] == [
        ["请填写。"], ["请选一项。"], ["请打勾确认。"], ["请选一个文件。"], ["自己说。"],
    ]  # fmt: skip


def test_good_values_are_given(typed, world):
    form = typed(
        line=" 一 二 ", text="一\r\n二", name="张 三", id_number=GOOD, telephone="0851-28226565",
        mobile="15412345678",
        wage_fen="4,500", born_on="1990年3月7日", from_on=TODAY.isoformat(), region="海州市", org=world.county.name,
        village=f"{world.village.pk} 随便写", occupation="",
    )  # fmt: skip
    assert form.errors == {}
    given = form.given()
    assert given["name"] == "张三" and given["wage_fen"] == 450_000 and given["text"] == "一\n二"
    assert given["born_on"] == dt.date(1990, 3, 7)
    assert (given["org"], given["village"], given["region"]) == (world.county, world.village, world.host_city)
    assert given["occupation"] is None and "nonce" not in given and "seen" not in given


def test_several_of_one_name_are_named(typed, world):
    Org.objects.create(name="柳树村", name_key="liu shu cun", kind="village", parent=world.other_town)
    [sentence] = typed(village="柳树村").errors["village"]
    assert f"{world.village.pk} 柳树村（{world.village.parent}）" in sentence
    [sentence] = typed(village="村").errors["village"]
    assert "请写前面的代码" in sentence


def test_a_region_is_found_by_any_length_of_its_code(typed, world):
    code = world.host_city.code
    assert typed(region=code[:6]).given()["region"] == typed(region=code).given()["region"] == world.host_city
    assert typed(region=f"{code[:6]} 海州市").given()["region"] == world.host_city


def test_an_occupation_is_found_by_code_and_name(typed, world):
    welder = world.welder
    assert typed(occupation="6-18-02-04 焊工").given()["occupation"] == welder
    assert typed(occupation="焊工").given()["occupation"] == welder


def test_only_what_the_actor_sees_can_be_chosen(world):
    class Choosing(ActorForm):
        account = fields.AccountField(label="账号")
        few = fields.RowChoiceField(Account, label="账号")
        older = forms.ModelChoiceField(Account.objects.all(), label="账号")

    hidden = world.stranger
    form = Choosing(
        world.village_officer, data={"account": hidden.username, "few": hidden.pk, "older": hidden.pk}
    )
    assert set(form.errors) == {"account", "few", "older"}
    seen = world.county_officer
    form = Choosing(world.county_officer, data={"account": seen.username, "few": seen.pk, "older": seen.pk})
    assert form.errors == {}


def test_a_form_begins_with_what_the_row_holds(world):
    class Correcting(ActorForm):
        name = fields.PersonNameField(label="姓名")
        telephone = fields.TelephoneField(label="手机号")

    worker = world.worker(name="方大山", telephone="15400000001")
    form = Correcting(world.village_officer, worker)
    assert form["name"].value() == "方大山" and form["seen"].value() == worker.version
    assert form["telephone"].value() is None
    assert "154" in str(form["telephone"]) and "15400000001" not in str(form["telephone"])
    sent = Correcting(world.village_officer, worker, {"name": "方小山", "telephone": ""})
    assert sent.is_valid() and sent.given() == {"name": "方小山"}, "a sealed value left blank stays as it is"


def test_an_input_shows_what_was_chosen(world):
    class Choosing(ActorForm):
        village = fields.OrgField(label="村", kinds=("village",))

    html = str(Choosing(world.county_officer, initial={"village": world.village.pk})["village"])
    assert f'value="{world.village.pk} 柳树村"' in html
    assert 'data-search="/search/org/?kind=village"' in html


def test_labels_errors_and_help_are_tied_to_their_control(world):
    class Asking(ActorForm):
        name = fields.PersonNameField(label="姓名", help_text="按身份证填写。")

    html = str(Asking(world.county_officer, data={"name": "1"})["name"])
    assert 'aria-describedby="id_name_helptext id_name_error"' in html and 'aria-invalid="true"' in html


def test_filters_are_never_required(world):
    class Narrowing(FilterForm):
        name = fields.LineField(label="姓名")

    form = Narrowing(world.county_officer, {})
    assert form.is_valid() and form.asked() == {}


def test_the_search_answers_what_the_actor_sees(world, client):
    client.force_login(world.county_officer)
    found = client.get("/search/org/", {"q": "liu", "kind": "village"}).json()["found"]
    assert [one["value"] for one in found] == [f"{world.village.pk} 柳树村"]
    assert client.get("/search/nothing/").status_code == 404
    assert client.get("/search/account/", {"q": "stranger"}).json()["found"] == []
    client.logout()
    assert client.get("/search/org/", {"q": "liu"}).status_code == 302
