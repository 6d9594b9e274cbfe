"""Pages of employers: list, desk, detail, forms, and what they make of bad input."""

from __future__ import annotations

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from zhitong.employers.actions import correct_employer
from zhitong.employers.models import Employer
from zhitong.kernel.models import Record


def typed(world, **changes):
    facts = world.employer_facts("样例玩具有限公司", "91580102MA0000009")
    return {
        "name": facts.name,
        "credit_code": facts.credit_code,
        "region": "海州市",
        "industry": "C3731",
        "address": "海州市样例路1号",
        "contact_name": "何联系",
        "contact_telephone": "15400000077",
        **changes,
    }


def text_of(answer):
    return answer.content.decode()


def test_a_station_registers_an_employer(world, client):
    client.force_login(world.station_staff)
    world.industry  # noqa: B018 - made by being asked for
    page = client.get(reverse("register_employer"))
    assert page.status_code == 200 and "统一社会信用代码" in text_of(page)
    answer = client.post(reverse("register_employer"), typed(world))
    employer = Employer.objects.get()
    assert answer.url == reverse("employer", args=[employer.pk])
    assert (employer.collected_by, employer.region) == (world.station, world.host_city)
    shown = text_of(client.get(answer.url))
    assert "样例玩具有限公司" in shown and "15400000077" not in shown and "核验通过" not in shown


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "请填写。"),
        ({"name": "厂" * 121}, "不超过 120"),
        ({"name": "=1+1"}, "公式"),
        ({"name": "样例\u202e公司"}, "看不见"),
        ({"address": "路\x00"}, "看不见"),
        ({"credit_code": "123"}, "18位"),
        ({"credit_code": "91350100M000100Y44"}, "校验位不对"),
        ({"region": "不存在的市"}, "没有找到"),
        ({"industry": "<script>"}, "没有找到"),
        ({"contact_telephone": "12345"}, "电话应是"),
    ],
)
def test_bad_input_is_answered_with_a_sentence_and_nothing_is_lost(world, client, changes, sentence):
    client.force_login(world.station_staff)
    world.industry  # noqa: B018 - made by being asked for
    answer = client.post(reverse("register_employer"), typed(world, **changes))
    assert answer.status_code == 422 and Employer.objects.count() == 0
    errors = [str(one) for found in answer.context["form"].errors.values() for one in found]
    assert any(sentence in one for one in errors), errors
    assert "何联系" in text_of(answer) and "<script>" not in text_of(answer)


def test_the_same_code_names_who_bears_it(world, client):
    client.force_login(world.station_staff)
    world.industry  # noqa: B018 - made by being asked for
    answer = client.post(reverse("register_employer"), typed(world, credit_code=world.employer.credit_code))
    assert answer.status_code == 422 and world.employer.org.name in text_of(answer)


def test_a_second_submission_leads_to_the_first(world, client):
    client.force_login(world.station_staff)
    world.industry  # noqa: B018 - made by being asked for
    first = client.post(reverse("register_employer"), typed(world, nonce="n1"))
    again = client.post(reverse("register_employer"), typed(world, nonce="n1"))
    assert again.url == first.url and Employer.objects.count() == 1


def test_of_two_who_correct_the_slower_sees_what_changed(world, client, waiting):
    client.force_login(world.station_staff)
    url = reverse("correct_employer", args=[waiting.pk])
    facts = world.employer_facts("样例家具有限公司", "91580102MA0000003", address="甲路1号")
    correct_employer(by=world.county_officer, employer=waiting, facts=facts)
    mine = typed(world, name="样例家具有限公司", credit_code=waiting.credit_code, address="乙路2号", seen="1")
    answer = client.post(url, mine)
    assert answer.status_code == 409 and "乙路2号" in text_of(answer)
    waiting.refresh_from_db()
    assert waiting.address == "甲路1号"


def test_a_telephone_left_blank_stays(world, client, waiting):
    client.force_login(world.station_staff)
    url = reverse("correct_employer", args=[waiting.pk])
    shown = text_of(client.get(url))
    assert "154••••0088" in shown and "15400000088" not in shown
    mine = typed(
        world, name="样例家具有限公司", credit_code=waiting.credit_code, contact_telephone="", seen="1"
    )
    assert client.post(url, mine).status_code == 302
    waiting.refresh_from_db()
    assert waiting.contact_telephone.open() == "15400000088"


def test_the_desk_approves_with_one_click_and_in_bulk(world, client, waiting):
    client.force_login(world.county_officer)
    desk = reverse("employer_desk")
    assert reverse("approve_employer", args=[waiting.pk]) in text_of(client.get(desk))
    assert client.post(reverse("approve_employer", args=[waiting.pk]), {"nonce": "n1"}).url == desk
    waiting.refresh_from_db()
    assert waiting.state == "approved"
    assert "没有等待核验" in text_of(client.get(desk))


def test_the_desk_refuses_many_with_one_reason(world, client, waiting):
    client.force_login(world.county_officer)
    desk = reverse("employer_desk")
    asked = client.post(desk, {"verb": "refuse_employer", "pk": [waiting.pk], "nonce": "n1"})
    assert asked.status_code == 200 and "原因" in text_of(asked)
    empty = {"verb": "refuse_employer", "pk": [waiting.pk], "nonce": "n1", "answered": "1", "reason": ""}
    assert client.post(desk, empty).status_code == 422
    client.post(desk, {**empty, "reason": "执照照片模糊"})
    waiting.refresh_from_db()
    assert (waiting.state, waiting.refusal) == ("refused", "执照照片模糊")


def test_the_desk_is_for_those_who_check(world, client, waiting):
    client.force_login(world.other_county_officer)
    assert "样例家具" not in text_of(client.get(reverse("employer_desk")))
    client.force_login(world.station_staff)
    assert client.get(reverse("employer_desk")).status_code == 403
    assert client.post(reverse("approve_employer", args=[waiting.pk])).status_code == 403


def test_a_telephone_is_shown_once_and_recorded(world, client, waiting):
    client.force_login(world.county_officer)
    url = reverse("reveal_contact", args=[waiting.pk])
    answer = client.post(url, {"purpose": "核对营业执照"})
    assert "15400000088" in text_of(answer) and answer["Cache-Control"] == "no-store"
    assert Record.objects.of(waiting).filter(verb="reveal_contact").count() == 1
    client.force_login(world.other_county_officer)
    assert client.post(url, {"purpose": "好奇"}).status_code == 403


def test_the_list_is_found_sorted_and_taken_away(world, client, waiting, tmp_path):
    world.employer  # noqa: B018 - made by being asked for
    client.force_login(world.county_officer)
    url = reverse("employers")
    assert "样例船舶" in text_of(client.get(url, {"name": "yang li chuan"}))
    assert "样例家具" not in text_of(client.get(url, {"name": "船舶"}))
    assert "样例家具" in text_of(client.get(url, {"name": waiting.credit_code, "state": "waiting"}))
    assert client.get(url, {"state": "xx"}).status_code == 400
    assert client.get(url, {"colour": "red"}).status_code == 400
    (tmp_path / "list.xlsx").write_bytes(b"".join(client.get(url, {"export": "xlsx"}).streaming_content))
    lines = CalamineWorkbook.from_path(tmp_path / "list.xlsx").get_sheet_by_index(0).to_python()
    assert {one[0] for one in lines} >= {"样例船舶重工有限公司", "样例家具有限公司"}


def test_employers_see_only_themselves(world, client, waiting):
    client.force_login(world.employer_clerk)
    assert client.get(reverse("employer", args=[waiting.pk])).status_code == 404
    assert client.get(reverse("correct_employer", args=[waiting.pk])).status_code == 404
    shown = text_of(client.get(reverse("employers")))
    assert "样例船舶" in shown and "样例家具" not in shown


def test_without_an_account_one_signs_in_first(world, client):
    for name in ("employers", "employer_desk", "employer_home", "register_employer"):
        assert "/login" in client.get(reverse(name)).url


def test_the_clerks_day_begins_with_what_wants_doing(world, client):
    world.demand(title="电焊工")
    client.force_login(world.employer_clerk)
    shown = text_of(client.get(reverse("employer_home")))
    assert "样例船舶重工有限公司" in shown and "电焊工" in shown and "已核验" in shown
    client.force_login(world.station_staff)
    assert client.get(reverse("employer_home")).status_code == 403
