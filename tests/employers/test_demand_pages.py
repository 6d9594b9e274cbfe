"""Pages of posts and targets: list, desk, detail, forms, and what they make of bad input."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from zhitong.employers.actions import (
    approve_employer,
    close_demand,
    correct_demand,
    refuse_demand,
    submit_demand,
)
from zhitong.employers.models import Demand, Target
from zhitong.kernel.models import Record


def in_days(days):
    return (timezone.localdate() + dt.timedelta(days=days)).isoformat()


def typed(world, **changes):
    """Return a post as a station's staff types it."""
    return {
        "employer": str(world.employer.pk),
        "title": "电焊工",
        "occupation": world.welder.code,
        "seats": "10",
        "region": "海州市",
        "wage_low_fen": "6,000",
        "wage_high_fen": "8500元",
        "education_min": "0",
        "has_dormitory": "on",
        "begins_on": in_days(7),
        "valid_until": in_days(60),
        "age_min": "16",
        "details": "两班倒",
        **changes,
    }


def text_of(answer):
    return answer.content.decode()


def errors_in(answer):
    """Return the sentences beside the fields and above them."""
    form = answer.context["form"]
    return [str(one) for found in form.errors.values() for one in found]


def test_a_station_hands_in_a_post(world, client):
    client.force_login(world.station_staff)
    url = reverse("submit_demand")
    assert "用人单位" in text_of(client.get(url))
    answer = client.post(url, typed(world, certificate=str(world.welding_certificate.pk)))
    demand = Demand.objects.get()
    assert answer.url == reverse("demand", args=[demand.pk])
    assert (demand.wage_low_fen, demand.wage_high_fen, demand.collected_by) == (
        600_000,
        850_000,
        world.station,
    )
    assert demand.has_dormitory and not demand.has_meals
    assert list(demand.certificates.all()) == [world.welding_certificate]
    shown = text_of(client.get(answer.url))
    assert "6,000–8,500" in shown and "提供住宿" in shown and "焊接与热切割作业" in shown


def test_an_employer_is_found_by_name_and_by_code(world, client):
    client.force_login(world.station_staff)
    client.post(reverse("submit_demand"), typed(world, employer=world.employer.credit_code))
    client.post(reverse("submit_demand"), typed(world, employer="船舶重工", title="油漆工"))
    assert set(Demand.objects.values_list("employer", flat=True)) == {world.employer.pk}
    found = client.get(reverse("search", args=["employer"]), {"q": "船舶"}).json()["found"]
    assert found[0]["value"].endswith("样例船舶重工有限公司")


def test_a_clerk_hands_in_their_employers_own(world, client):
    client.force_login(world.employer_clerk)
    url = reverse("submit_demand")
    assert 'name="employer"' not in text_of(client.get(url))
    client.post(url, typed(world, employer=str(world.other_employer.pk)))
    assert Demand.objects.get().employer == world.employer


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"employer": ""}, "请填写。"),
        ({"employer": "不存在的厂"}, "没有找到"),
        ({"title": ""}, "请填写。"),
        ({"title": "工" * 81}, "不超过 80"),
        ({"title": "=HYPERLINK(1)"}, "公式"),
        ({"title": "电\u202e焊工"}, "看不见"),
        ({"title": "电焊\x00工"}, "看不见"),
        ({"details": "包吃\u2066住"}, "看不见"),
        ({"details": "x" * 2001}, "不超过 2000"),
        ({"occupation": "飞天"}, "没有找到"),
        ({"seats": "很多"}, "请写整数"),
        ({"seats": "0"}, "不能小于 1"),
        ({"seats": "-5"}, "不能小于 1"),
        ({"seats": "100001"}, "不能大于 100000"),
        ({"wage_low_fen": "六千"}, "金额请写成"),
        ({"wage_low_fen": "6"}, "不能少于 1,000"),
        ({"wage_low_fen": "9000"}, "上限低于下限"),
        ({"wage_high_fen": "9999999999"}, "大得不合理"),
        ({"begins_on": "明天"}, "日期请写成"),
        ({"valid_until": "2026-02-30"}, "日期请写成"),
        ({"valid_until": "2020-01-01"}, "不能早于今天"),
        ({"valid_until": in_days(181)}, "180天"),
        ({"age_min": "15"}, "《劳动法》第十五条"),
        ({"age_min": "18"}, "法律依据"),
        ({"age_max": "45", "age_basis": "老板要求"}, "法律依据"),
        ({"title": "招女工"}, "《就业促进法》"),
        ({"details": "限男性"}, "《妇女权益保障法》第四十三条"),
    ],
)
def test_bad_input_is_answered_with_a_sentence_and_nothing_is_lost(world, client, changes, sentence):
    client.force_login(world.station_staff)
    answer = client.post(reverse("submit_demand"), typed(world, **changes))
    assert answer.status_code == 422 and Demand.objects.count() == 0
    assert any(sentence in one for one in errors_in(answer)), errors_in(answer)
    assert 'value="8500元"' in text_of(answer) or "wage_high_fen" in changes


def test_everything_wrong_is_told_at_once(world, client):
    client.force_login(world.station_staff)
    wrong = {"title": "招女工", "details": "限男性", "wage_low_fen": "9000", "valid_until": in_days(181)}
    answer = client.post(reverse("submit_demand"), typed(world, **wrong))
    assert set(answer.context["form"].errors) == {"title", "details", "wage_high_fen", "valid_until"}


def test_a_second_submission_leads_to_the_first(world, client):
    client.force_login(world.station_staff)
    first = client.post(reverse("submit_demand"), typed(world, nonce="n1"))
    again = client.post(reverse("submit_demand"), typed(world, nonce="n1", title="油漆工"))
    assert again.url == first.url and Demand.objects.count() == 1


def test_the_same_post_is_refused_and_named(world, client):
    demand = world.submitted_demand()
    client.force_login(world.station_staff)
    answer = client.post(reverse("submit_demand"), typed(world))
    assert answer.status_code == 422 and f"编号{demand.pk}" in text_of(answer)


def test_of_two_who_correct_the_slower_sees_what_changed(world, client):
    demand = world.submitted_demand()
    correct_demand(by=world.county_officer, demand=demand, facts=world.demand_facts(seats=30))
    client.force_login(world.station_staff)
    url = reverse("correct_demand", args=[demand.pk])
    answer = client.post(url, typed(world, seats="40", seen="1"))
    assert answer.status_code == 409 and 'value="40"' in text_of(answer)
    demand.refresh_from_db()
    assert demand.seats == 30
    assert client.post(url, typed(world, seats="40", seen=str(demand.version))).status_code == 302


def test_a_correction_begins_with_what_is_stored(world, client):
    demand = world.submitted_demand(certificates=(world.welding_certificate,))
    client.force_login(world.station_staff)
    shown = text_of(client.get(reverse("correct_demand", args=[demand.pk])))
    assert 'value="电焊工"' in shown and 'value="6000"' in shown and "焊接与热切割作业" in shown


def test_the_desk_approves_with_one_click(world, client):
    first, second = world.submitted_demand(), world.submitted_demand(title="油漆工")
    client.force_login(world.county_officer)
    desk = reverse("demand_desk")
    shown = text_of(client.get(desk))
    assert shown.index("电焊工") < shown.index("油漆工"), "oldest first"
    assert client.post(reverse("approve_demand", args=[first.pk]), {"nonce": "n1"}).url == desk
    assert Demand.objects.get(pk=first.pk).state == "approved"
    client.post(desk, {"verb": "approve_demand", "pk": [second.pk], "nonce": "n2"})
    assert Demand.objects.get(pk=second.pk).state == "approved"


def test_what_is_doubtful_is_read_before_it_is_approved(world, client):
    demand = world.submitted_demand(details="入职交押金200元，无传染病史")
    client.force_login(world.county_officer)
    assert reverse("approve_demand", args=[demand.pk]) not in text_of(client.get(reverse("demand_desk")))
    shown = text_of(client.get(reverse("demand", args=[demand.pk])))
    assert "请核实" in shown and "《劳动合同法》第九条" in shown
    assert reverse("approve_demand", args=[demand.pk]) in shown


def test_of_a_bulk_the_good_go_through_and_the_others_are_told(world, client, waiting):
    from zhitong.employers.actions import submit_demand

    good = world.submitted_demand()
    given = {"by": world.station_staff, "org": world.station, "employer": waiting}
    other = submit_demand(**given, facts=world.demand_facts())
    client.force_login(world.county_officer)
    desk = reverse("demand_desk")
    answer = client.post(
        desk, {"verb": "approve_demand", "pk": [good.pk, other.pk], "nonce": "n1"}, follow=True
    )
    assert "已办理 1 条" in text_of(answer) and "还没有核验通过" in text_of(answer)
    assert set(Demand.objects.values_list("state", flat=True)) == {"approved", "submitted"}


def test_the_desk_is_for_those_who_check(world, client):
    demand = world.submitted_demand()
    client.force_login(world.station_staff)
    assert client.get(reverse("demand_desk")).status_code == 403
    assert client.post(reverse("approve_demand", args=[demand.pk])).status_code == 403
    client.force_login(world.other_county_officer)
    assert "电焊工" not in text_of(client.get(reverse("demand_desk")))
    assert client.post(reverse("approve_demand", args=[demand.pk])).status_code == 404


def test_the_list_is_narrowed_and_sorted(world, client):
    world.demand(
        title="电焊工", wage_low_fen=500_000, valid_until=timezone.localdate() + dt.timedelta(days=5)
    )
    world.demand(title="缝纫工", wage_low_fen=700_000, occupation=world.sewer)
    client.force_login(world.stranger)
    url = reverse("demands")

    def shown(**asked):
        answer = client.get(url, asked)
        assert answer.status_code == 200
        return {one for one in ("电焊工", "缝纫工") if one in text_of(answer)}

    assert shown() == {"电焊工", "缝纫工"}
    assert shown(title="电") == {"电焊工"}
    assert shown(wage_least="6000") == {"缝纫工"}
    assert shown(occupation="6-05") == {"缝纫工"}
    assert shown(occupation=world.welder.code) == {"电焊工"}
    assert shown(region="样例市") == set()
    assert shown(collected_by=str(world.station.pk)) == {"电焊工", "缝纫工"}
    assert shown(ends="7") == {"电焊工"}
    assert shown(state="closed") == set()
    page = text_of(client.get(url, {"sort": "wage_low_fen"}))
    assert page.index("电焊工") < page.index("缝纫工")


@pytest.mark.parametrize(
    "asked",
    [{"state": "x"}, {"wage_least": "多"}, {"sort": "details"}, {"page": "x"}, {"x": "1"}, {"ends": "8"}],
)
def test_a_wrong_filter_is_an_error_and_no_empty_list(world, client, asked):
    client.force_login(world.stranger)
    assert client.get(reverse("demands"), asked).status_code == 400


def test_a_list_taken_away_leaves_a_line(world, client):
    world.demand()
    client.force_login(world.county_officer)
    answer = client.get(reverse("demands"), {"export": "xlsx"})
    assert answer.status_code == 200 and b"".join(answer.streaming_content)[:2] == b"PK"
    assert Record.objects.get(verb="export_list").row_count == 1


def test_who_cannot_see_a_post_finds_nothing(world, client):
    demand = world.submitted_demand()
    for somebody in (world.stranger, world.other_employer_clerk, world.other_station_staff):
        client.force_login(somebody)
        for name in ("demand", "correct_demand", "approve_demand", "refresh_demand", "close_demand"):
            assert client.get(reverse(name, args=[demand.pk])).status_code == 404, name


def test_buttons_follow_the_state(world, client):
    demand = world.demand()
    client.force_login(world.station_staff)
    url = reverse("demand", args=[demand.pk])
    shown = text_of(client.get(url))
    assert (
        "确认岗位仍在招" in shown and "重新提交" not in shown and "审核通过" not in shown.split("办理记录")[0]
    )
    close_demand(by=world.station_staff, demand=demand, reason="filled")
    shown = text_of(client.get(url))
    assert f"?like={demand.pk}" in shown and "已招满" in shown


def test_a_closed_post_is_handed_in_once_more(world, client):
    demand = close_demand(by=world.system, demand=world.demand(seats=33), reason="filled")
    client.force_login(world.station_staff)
    shown = text_of(client.get(reverse("submit_demand"), {"like": demand.pk}))
    assert 'value="33"' in shown and "样例船舶重工有限公司" in shown
    assert client.get(reverse("submit_demand"), {"like": "999999"}).status_code == 200
    assert client.get(reverse("submit_demand"), {"like": "x"}).status_code == 200


def test_a_refused_post_comes_back_to_the_clerk(world, client):
    demand = refuse_demand(
        by=world.county_officer, demand=world.submitted_demand(), reason="工资请写清是否含加班"
    )
    client.force_login(world.employer_clerk)
    assert "工资请写清是否含加班" in text_of(client.get(reverse("employer_home")))
    assert client.post(reverse("resubmit_demand", args=[demand.pk]), {"nonce": "n"}).status_code == 302
    demand.refresh_from_db()
    assert demand.state == "submitted"


def test_closing_and_confirming_by_form(world, client):
    demand = world.demand()
    client.force_login(world.employer_clerk)
    url = reverse("refresh_demand", args=[demand.pk])
    assert client.post(url, {"valid_until": in_days(200)}).status_code == 422
    assert client.post(url, {"valid_until": in_days(-1)}).status_code == 422
    assert client.post(url, {"valid_until": in_days(100)}).status_code == 302
    url = reverse("close_demand", args=[demand.pk])
    assert client.post(url, {"reason": "stale"}).status_code == 422
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "filled"}).status_code == 302
    demand.refresh_from_db()
    assert (demand.state, demand.close_reason) == ("closed", "filled")


def test_a_worker_reads_the_terms_and_not_who_handled_them(world, client):
    from zhitong.kernel.actions import open_own_account

    demand = world.demand(details="两班倒")
    client.force_login(open_own_account(by=world.system, telephone="15400009999"))
    shown = text_of(client.get(reverse("demand", args=[demand.pk])))
    assert "两班倒" in shown and "6,000–8,500" in shown and "样例船舶重工有限公司" in shown
    assert "审核人" not in shown and "办理记录" not in shown
    waits = world.submitted_demand(title="油漆工")
    assert client.get(reverse("demand", args=[waits.pk])).status_code == 404


def test_targets_are_set_and_counted(world, client):
    client.force_login(world.city_officer)
    url = reverse("set_target")
    typed_target = {
        "org": str(world.department.pk),
        "begins_on": in_days(-10),
        "ends_on": in_days(100),
        "seats": "200",
    }
    assert client.post(url, {**typed_target, "seats": "0"}).status_code == 422
    assert client.post(url, {**typed_target, "ends_on": in_days(-20)}).status_code == 422
    assert client.post(url, {**typed_target, "org": str(world.village.pk)}).status_code == 422
    assert client.post(url, typed_target).status_code == 302
    assert Target.objects.get().seats == 200
    client.force_login(world.department_clerk)
    client.post(reverse("submit_demand"), typed(world, seats="50"))
    shown = text_of(client.get(reverse("targets")))
    assert world.department.name in shown and "200" in shown and "50" in shown and "0%" in shown
    client.force_login(world.other_station_staff)
    assert world.department.name not in text_of(client.get(reverse("targets")))
    assert client.get(url).status_code == 403


def test_the_post_of_an_employer_nobody_checked_leads_to_the_employer_first(world, client, waiting):
    demand = submit_demand(
        by=world.station_staff, org=world.station, employer=waiting, facts=world.demand_facts()
    )
    client.force_login(world.county_officer)
    page = client.get(reverse("demand", args=[demand.pk])).content.decode()
    assert "先核验用人单位" in page and reverse("employer", args=[waiting.pk]) in page
    assert reverse("approve_demand", args=[demand.pk]) not in page
    approve_employer(by=world.county_officer, employer=waiting)
    page = client.get(reverse("demand", args=[demand.pk])).content.decode()
    assert "先核验用人单位" not in page and reverse("approve_demand", args=[demand.pk]) in page
