"""The API: the same verbs and the same reach, with a partner's token."""

from __future__ import annotations

import datetime as dt

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.house.specimens import build_specimens, own_account
from zhitong.employers.models import Employer
from zhitong.kernel.actions import close_account, give_role, issue_token, revoke_token
from zhitong.kernel.models import Account, Org, Record, Token
from zhitong.site.world import PASSWORD
from zhitong.workers.models import Worker


@pytest.fixture
def bring(client):
    """Ask the API with a token."""

    def ask(token: str, address: str, body: dict | None = None, **query):
        headers = {"Authorization": f"Bearer {token}"}
        if body is None:
            return client.get(f"/api{address}", query, headers=headers)
        return client.post(f"/api{address}", body, content_type="application/json", headers=headers)

    return ask


@pytest.fixture
def token(admin, partner) -> str:
    return issue_token(by=admin, account=partner, label="省平台")


@pytest.fixture
def ask(bring, token):
    return lambda address, body=None, **query: bring(token, address, body, **query)


@pytest.fixture
def signed_in(world):
    """Ask the API as a person of the world whose browser is signed in."""

    def ask(who, address, body=None, **query):
        client = Client()
        client.force_login(who)
        if body is None:
            return client.get(f"/api{address}", query)
        return client.post(f"/api{address}", body, content_type="application/json")

    return ask


class TestSignIn:
    """A token opens the API as long as it stands."""

    def test_it_works(self, ask, partner):
        answer = ask("/kernel/org")
        assert answer.status_code == 200 and answer.json()["rows"]
        assert timezone.now() - Token.objects.get().used_at < dt.timedelta(minutes=1)

    def test_its_use_is_noted_once_an_hour(self, ask, django_assert_max_num_queries):
        ask("/kernel/org")
        first = Token.objects.get().used_at
        ask("/kernel/org")
        assert Token.objects.get().used_at == first
        Token.objects.update(used_at=first - dt.timedelta(hours=2))
        ask("/kernel/org")
        assert Token.objects.get().used_at > first

    def test_nobody_and_anything_else_stay_outside(self, client, bring, token):
        for answer in (
            client.get("/api/kernel/org"),
            bring(token[:-1], "/kernel/org"),
            bring("", "/kernel/org"),
        ):
            no = answer.json()
            assert (answer.status_code, no["code"]) == (401, "not_signed_in") and no["sentence"].endswith(
                "。"
            )

    def test_an_expired_token_stays_outside(self, ask):
        today = timezone.localdate()
        for day, status in ((today, 200), (today - dt.timedelta(days=1), 401)):
            Token.objects.update(expires_on=day)
            assert ask("/kernel/org").status_code == status

    def test_a_revoked_token_stays_outside(self, ask, admin):
        revoke_token(by=admin, token=Token.objects.get())
        assert ask("/kernel/org").status_code == 401

    def test_a_closed_account_stays_outside(self, ask, admin, partner):
        Token.objects.get()
        close_account(by=admin, account=partner)
        Token.objects.update(revoked_at=None)
        assert ask("/kernel/org").status_code == 401

    def test_a_wide_role_shows_a_second_proof_here_too(self, world, signed_in, settings):
        settings.ZHITONG_REQUIRE_MFA = True
        answer = signed_in(world.county_officer, "/kernel/org")
        no = answer.json()
        assert (answer.status_code, no["code"]) == (403, "second_proof_missing") and no["sentence"].endswith(
            "。"
        )
        assert signed_in(world.village_officer, "/kernel/org").status_code == 200

    def test_who_acts_for_one_organisation_reads_what_it_reads(self, world, client):
        here, there = world.worker(), world.worker(village=world.other_village)
        officer = world.village_officer
        give_role(by=world.administrator, account=officer, role="village_officer", org=world.other_village)
        client.force_login(officer)
        assert [row["id"] for row in client.get("/api/workers/worker").json()["rows"]] == [here.pk, there.pk]
        client.post("/account/acting/", {"org": world.other_village.pk})
        assert [row["id"] for row in client.get("/api/workers/worker").json()["rows"]] == [there.pk]

    def test_what_a_page_asks_a_proof_for_is_not_offered(self, world, signed_in):
        officer = world.county_officer
        for verb, more in (("change_own_password", {}), ("accept_invitation", {"username": "mine"})):
            given = {"password": "bieren-de-mima-2026", **more}
            assert signed_in(officer, f"/kernel/{verb}", given).status_code == 404
        officer.refresh_from_db()
        assert officer.check_password(PASSWORD)

    def test_a_browser_is_guarded_against_forgery(self, world):
        client = Client(enforce_csrf_checks=True)
        client.force_login(world.administrator)
        given = {"kind": "party", "name": "党组织"}
        address = f"/api/kernel/org/{world.county.pk}/open_org"
        assert client.post(address, given, content_type="application/json").status_code == 403
        assert not Org.objects.filter(kind="party").exists()


class TestReading:
    """Nouns are read within reach, masked, and page by page."""

    def test_out_of_reach_looks_absent(self, world, signed_in):
        worker = world.worker()
        seen = signed_in(world.village_officer, f"/workers/worker/{worker.pk}")
        hidden = signed_in(world.stranger, f"/workers/worker/{worker.pk}")
        absent = signed_in(world.village_officer, "/workers/worker/999999")
        assert (seen.status_code, hidden.status_code, absent.status_code) == (200, 404, 404)
        assert hidden.json() == absent.json()

    def test_sealed_values_are_masked(self, world, signed_in):
        worker = world.worker(telephone="15412345678")
        row = signed_in(world.village_officer, f"/workers/worker/{worker.pk}").json()
        assert row["telephone"] == "154••••5678"
        assert row["id_number"].startswith("•") and "529901" not in row["id_number"]

    def test_pages_follow_each_other(self, world, signed_in):
        people = [world.worker().pk for _number in range(5)]
        first = signed_in(world.village_officer, "/workers/worker", limit=2).json()
        second = signed_in(world.village_officer, "/workers/worker", limit=2, after=first["next"]).json()
        third = signed_in(world.village_officer, "/workers/worker", limit=2, after=second["next"]).json()
        assert [row["id"] for page in (first, second, third) for row in page["rows"]] == people
        assert third["next"] is None

    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ({"colour": "red"}, "colour"), ({"status": "dreaming"}, "status"), ({"village": "x"}, "village"),
            ({"limit": 0}, "limit"), ({"limit": 501}, "limit"), ({"after": "last"}, "after"),
            ({"village": "1.5"}, "village"),
        ],
    )  # fmt: skip
    def test_a_filter_that_means_nothing_is_an_error_and_no_empty_list(self, world, signed_in, query, field):
        answer = signed_in(world.village_officer, "/workers/worker", **query)
        no = answer.json()
        assert (answer.status_code, no["code"], no["field"]) == (422, "misshapen", field)
        assert field in no["sentence"]

    def test_numbers_that_no_database_holds_are_absent(self, world, signed_in):
        huge = "9" * 30
        assert signed_in(world.village_officer, f"/workers/worker/{huge}").status_code == 404
        assert signed_in(world.village_officer, "/workers/worker", after=huge).json()["rows"] == []

    def test_a_noun_that_a_role_does_not_read_is_empty(self, world, ask):
        world.worker()
        assert ask("/workers/worker").json() == {"rows": [], "next": None}


class TestReadingOfPeople:
    """Reading one person's entry leaves the line that opening the page leaves."""

    def test_it_works(self, world, signed_in):
        worker = world.worker()
        for _time in range(2):
            assert signed_in(world.county_officer, f"/workers/worker/{worker.pk}").status_code == 200
        line = Record.objects.of(worker).get(verb="note_reading")
        assert (line.actor, line.given) == (world.county_officer, {"purpose": "api"})
        signed_in(world.village_officer, f"/workers/worker/{worker.pk}")
        assert Record.objects.of(worker).filter(verb="note_reading").count() == 2

    def test_the_page_opened_a_moment_ago_says_it_already(self, world, signed_in, client):
        worker = world.worker()
        client.force_login(world.county_officer)
        client.get(f"/workers/{worker.pk}/")
        signed_in(world.county_officer, f"/workers/worker/{worker.pk}")
        assert Record.objects.of(worker).filter(verb="note_reading").count() == 1

    def test_ones_own_entry_and_what_is_out_of_reach_leave_none(self, world, signed_in):
        worker = world.worker()
        assert signed_in(own_account(world, worker), f"/workers/worker/{worker.pk}").status_code == 200
        assert signed_in(world.stranger, f"/workers/worker/{worker.pk}").status_code == 404
        assert not Record.objects.filter(verb="note_reading").exists()

    def test_nouns_that_are_nobodys_leave_none(self, world, signed_in):
        signed_in(world.county_officer, f"/kernel/org/{world.county.pk}")
        assert not Record.objects.filter(verb="note_reading").exists()


class TestReadingOfMany:
    """Whoever reads people page by page leaves a line for each page, which each of them finds."""

    def lines(self, worker) -> list[Record]:
        return list(Record.objects.told_to(worker).filter(verb="export_list").order_by("position"))

    def test_it_works(self, world, signed_in):
        first, second, third = (world.worker() for _number in range(3))
        page = signed_in(world.county_officer, "/workers/worker", limit=2, village=world.village.pk).json()
        [line] = self.lines(first)
        assert (line.actor, line.row_count) == (world.county_officer, 2) and self.lines(second) == [line]
        assert line.given["list_name"] == "workers.Worker" and line.given["narrowed_by"] == "村（社区）"
        assert self.lines(third) == []
        signed_in(world.county_officer, "/workers/worker", limit=2, after=page["next"])
        assert len(self.lines(third)) == 1 and self.lines(first) == [line]

    def test_every_noun_about_people_names_them(self, world, signed_in):
        rows = build_specimens(world).rows
        for noun in (
            "workers/household", "workers/certificate", "workers/intention", "workers/prioritymembership",
            "workers/doorstepedit", "workers/rowfinding", "matching/proposal", "matching/offer",
            "dispatch/placement", "dispatch/retentioncheck", "rights/enquiry",
        ):  # fmt: skip
            row = rows[apps.get_model(noun.replace("/", "."))]
            people = self.people(row)
            before = [len(self.lines(one)) for one in people]
            shown = signed_in(world.city_officer, f"/{noun}", limit=500).json()["rows"]
            assert row.pk in [one["id"] for one in shown], noun
            assert signed_in(world.city_officer, f"/{noun}/{row.pk}").status_code == 200
            assert [len(self.lines(one)) for one in people] == [count + 2 for count in before], noun

    def people(self, row) -> list[Worker]:
        if hasattr(row, "members"):
            return list(row.members.all())
        one = row.concerns if hasattr(row, "concerns") else row.worker
        return [one] if one is not None else []

    def test_an_empty_page_and_ones_own_rows_leave_none(self, world, signed_in):
        worker = world.worker()
        assert signed_in(world.stranger, "/workers/worker").json()["rows"] == []
        assert signed_in(own_account(world, worker), "/workers/worker").json()["rows"]
        assert self.lines(worker) == []

    def test_nouns_that_are_nobodys_leave_none(self, world, signed_in):
        signed_in(world.county_officer, "/kernel/org")
        assert not Record.objects.filter(verb="export_list").exists()

    def test_many_cost_as_many_questions_as_few(self, world, signed_in):
        signed_in(world.county_officer, "/employers/demand")
        counts = []
        for title in ("电焊工", "缝纫工"):
            world.demand(title=title)
            with CaptureQueriesContext(connection) as asked:
                assert signed_in(world.county_officer, "/employers/demand").json()["rows"]
            counts.append(len(asked))
        assert counts[0] == counts[1]


class TestDoing:
    """Verbs are done as people do them."""

    def given(self, world, **more):
        facts = {
            "name": "样例家具有限公司", "credit_code": world.employer_facts("x", "91580102MA0000003").credit_code,
            "region": world.host_city.pk, **more,
        }  # fmt: skip
        return {"facts": facts, "nonce": "abc"}

    def test_it_works(self, world, ask, partner):
        answer = ask(f"/employers/org/{world.county.pk}/register_employer", self.given(world))
        assert answer.status_code == 200, answer.content
        made = Employer.objects.get()
        assert answer.json() == {
            "noun": "employers.Employer", "id": made.pk, "state": "waiting", "value": None,
        }  # fmt: skip
        line = Record.objects.of(made).get()
        assert (line.actor, line.acting_for, line.verb) == (partner, world.county, "register_employer")

    def test_sent_twice_it_is_done_once(self, world, ask):
        address = f"/employers/org/{world.county.pk}/register_employer"
        first, second = (ask(address, self.given(world)) for _time in range(2))
        assert second.status_code == 200 and second.json()["id"] == first.json()["id"]
        assert Employer.objects.count() == 1

    def test_a_refusal_says_code_sentence_and_field(self, world, ask):
        answer = ask(
            f"/employers/org/{world.county.pk}/register_employer", self.given(world, credit_code="91580102")
        )
        no = answer.json()
        assert answer.status_code == 422 and no["field"] == "credit_code" and no["sentence"].endswith("。")
        assert not Employer.objects.exists()

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"colour": "red"}, "colour"), ({"facts": None}, "facts"), ({"facts": {"name": "x", "hue": 1}}, "facts"),
            ({"nonce": "x" * 65}, "nonce"), ({"nonce": 7}, "nonce"), ({"org": 1}, "org"),
        ],
    )  # fmt: skip
    def test_what_is_misshapen_is_an_error(self, world, ask, change, field):
        answer = ask(f"/employers/org/{world.county.pk}/register_employer", {**self.given(world), **change})
        no = answer.json()
        assert (answer.status_code, no["code"]) == (422, "misshapen") and no["field"].startswith(field)

    def test_rows_named_inside_are_within_reach_too(self, world, ask):
        answer = ask(f"/employers/org/{world.county.pk}/register_employer", self.given(world, region=999_999))
        assert answer.status_code == 404

    def test_beyond_reach_looks_absent_and_within_may_be_forbidden(self, world, signed_in):
        worker = world.worker()
        address = f"/workers/worker/{worker.pk}/withdraw_worker"
        body = {"reason": "own_wish"}
        absent = signed_in(world.stranger, "/workers/worker/999999/withdraw_worker", body)
        hidden = signed_in(world.stranger, address, body)
        assert (hidden.status_code, hidden.json()) == (404, absent.json())
        forbidden = signed_in(world.auditor, address, body)
        assert (forbidden.status_code, forbidden.json()["code"]) == (403, "not_allowed")
        assert Worker.objects.get().state == "active"

    def test_a_stale_row_is_a_conflict(self, world, signed_in, monkeypatch):
        from zhitong.kernel.api import verbs

        stale = Account.objects.get(pk=world.county_officer.pk)
        Account.objects.filter(pk=stale.pk).update(is_active=False)
        monkeypatch.setattr(verbs, "visible", lambda model, actor, number: stale)
        answer = signed_in(world.administrator, f"/kernel/account/{stale.pk}/close_account", {})
        assert (answer.status_code, answer.json()["code"]) == (409, "someone_was_faster")

    def test_body_that_is_no_json_is_an_error(self, world, token, client):
        answer = client.post(
            f"/api/employers/org/{world.county.pk}/register_employer",
            "{",
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        )
        assert answer.status_code == 400


def test_the_description_names_every_verb_and_noun(client):
    from zhitong.site.api import make_api

    described = make_api().get_openapi_schema(path_prefix="/api/")
    assert described["openapi"].startswith("3.1")
    paths = described["paths"]
    assert "/api/kernel/region/{id}/split_region" in paths and "/api/workers/worker" in paths
    split = paths["/api/kernel/region/{id}/split_region"]["post"]
    assert set(split["responses"]) == {
        "200",
        "401",
        "403",
        "404",
        "409",
        "422",
        200,
        401,
        403,
        404,
        409,
        422,
    } & set(split["responses"])
    assert not any("attach_file" in path for path in paths)  # a file does not come as JSON
