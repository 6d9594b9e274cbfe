"""The public page, the desk, the counts, and a person's own page."""

from __future__ import annotations

import pytest

from zhitong.rights.actions import draft_answer, publish_answer
from zhitong.rights.models import Asked


@pytest.fixture
def city_answer(world, facts):
    """An answer for the whole city."""
    made = draft_answer(by=world.city_officer, org=world.city, facts=facts(question="工资多久发一次"))
    return publish_answer(by=world.city_officer, answer=made)


def get(client, address):
    answer = client.get(address)
    return answer.status_code, answer.content.decode()


def test_anybody_finds_an_answer(client, city_answer):
    status, page = get(client, "/rights/questions/?q=gongzi")
    assert status == 200 and city_answer.question in page and "查到 1 条" in page
    status, page = get(client, f"/rights/questions/{city_answer.pk}/")
    assert status == 200 and city_answer.text in page and "tel:12333" in page


def test_the_first_page_shows_topics_and_the_most_asked(client, world, city_answer, answer):
    _status, page = get(client, "/rights/questions/")
    assert city_answer.question in page and f"?topic={city_answer.topic_id}" in page
    assert answer.question not in page
    _status, page = get(client, f"/rights/questions/?county={world.county.pk}")
    assert answer.question in page
    _status, page = get(client, f"/rights/questions/?topic={city_answer.topic_id}")
    assert city_answer.question in page


def test_a_worker_reads_his_countys_answers_without_choosing(client, himself, answer):
    client.force_login(himself)
    _status, page = get(client, "/rights/questions/")
    assert answer.question in page and "我问过的" in page and "户籍所在县" not in page


def test_what_is_not_found_leads_to_people(client, world, city_answer, himself):
    status, page = get(client, "/rights/questions/?q=zzzz")
    assert status == 200 and "没有查到" in page and "/rights/questions/ask/?q=zzzz" in page
    client.force_login(himself)
    _status, page = get(client, "/rights/questions/?q=zzzz")
    assert "/rights/questions/new/ask_question/?text=zzzz" in page


@pytest.mark.parametrize("asked", ["?topic=x", "?topic=99999", "?county=0", "?q=" + "a" * 61])
def test_a_wrong_filter_is_an_error_not_an_empty_list(client, db, asked):
    status, _page = get(client, f"/rights/questions/{asked}")
    assert status == 400


def test_searches_and_openings_are_counted(client, world, city_answer):
    for _time in range(2):
        client.get("/rights/questions/?q=讨薪")
    client.get("/rights/questions/?q=天气 13812345678")
    client.get(f"/rights/questions/{city_answer.pk}/")
    client.force_login(world.city_officer)
    _status, page = get(client, "/rights/asked/")
    assert "讨薪" in page and "天气" in page and "13812345678" not in page and city_answer.question in page
    assert Asked.objects.unanswered().get()["term"] == "天气"


def test_counting_stops_where_nobody_types_so_fast(client, city_answer, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "count_asked": "3/h/ip"}
    for _time in range(5):
        client.get("/rights/questions/?q=讨薪")
    assert Asked.objects.get().times == 3


def test_counts_are_for_those_who_answer(client, world, himself):
    for account, status in (
        (world.county_officer, 200), (world.auditor, 200), (world.village_officer, 403), (himself, 403),
    ):  # fmt: skip
        client.force_login(account)
        assert client.get("/rights/asked/").status_code == status
    client.force_login(world.county_officer)
    assert client.get("/rights/asked/?day=2999-01-01").status_code == 400
    assert client.get("/rights/asked/?days=7").status_code == 200


def test_the_desk_narrows(client, world, taken):
    client.force_login(world.county_officer)
    for asked in ("", "?mine=on", f"?topic={taken.topic_id}", "?state=taken", "?state=any"):
        assert taken.text[:10] in get(client, f"/rights/enquiries/{asked}")[1], asked
    for asked in ("?late=on", "?state=closed"):
        assert taken.text[:10] not in get(client, f"/rights/enquiries/{asked}")[1], asked
    assert client.get("/rights/enquiries/?state=nonsense").status_code == 400
    client.force_login(world.other_county_officer)
    assert taken.text[:10] not in get(client, "/rights/enquiries/")[1]


def test_the_desk_tells_how_much_waits(client, world, enquiry):
    client.force_login(world.county_officer)
    assert "待答复的咨询" in get(client, "/dashboards/")[1]


def test_an_officer_sees_who_asks_and_what_may_fit(client, world, enquiry, answer):
    client.force_login(world.county_officer)
    _status, page = get(client, f"/rights/enquiries/{enquiry.pk}/")
    assert enquiry.worker.name in page and answer.question in page and "接办咨询" in page
    assert enquiry.worker.telephone.open() not in page


def test_a_person_reads_who_looked_at_his_question(client, world, himself, enquiry):
    client.force_login(world.county_officer)
    client.get(f"/rights/enquiries/{enquiry.pk}/")
    client.force_login(himself)
    assert world.county_officer.name in get(client, "/workers/me/looks/")[1]


def test_only_a_person_has_questions_of_his_own(client, world):
    client.force_login(world.county_officer)
    assert client.get("/rights/questions/mine/").status_code == 403


def test_the_list_of_answers(client, world, draft, city_answer):
    client.force_login(world.county_officer)
    _status, page = get(client, "/rights/answers/")
    assert draft.question in page and city_answer.question in page
    assert draft.question not in get(client, "/rights/answers/?state=published")[1]
    client.force_login(world.other_county_officer)
    assert draft.question not in get(client, "/rights/answers/")[1]


def test_a_draft_is_shown_to_nobody_else(client, world, draft, himself):
    assert client.get(f"/rights/questions/{draft.pk}/").status_code == 404
    client.force_login(himself)
    assert client.get(f"/rights/questions/{draft.pk}/").status_code == 404
    client.force_login(world.county_officer)
    assert "预览" in get(client, f"/rights/questions/{draft.pk}/")[1]


def test_the_way_in_stands_on_the_sign_in_page(client, db):
    assert "/rights/questions/" in client.get("/accounts/login/").content.decode()
