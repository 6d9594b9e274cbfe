"""The same verbs and the same reach for devices and partner systems."""

from __future__ import annotations

import datetime as dt
import json

from django.utils import timezone

from zhitong.employers.models import Demand, Employer


def post(client, address, **body):
    return client.post(f"/api/employers/{address}", json.dumps(body), content_type="application/json")


def facts_of_a_post(world, **changes):
    until = timezone.localdate() + dt.timedelta(days=30)
    return {
        "title": "电焊工",
        "occupation": world.welder.pk,
        "seats": 3,
        "region": world.host_city.pk,
        "wage_low_fen": 600_000,
        "wage_high_fen": 700_000,
        "valid_until": until.isoformat(),
        "certificates": [world.welding_certificate.pk],
        **changes,
    }


def test_a_station_hands_in_a_post(world, client):
    client.force_login(world.station_staff)
    body = {"employer": world.employer.pk, "facts": facts_of_a_post(world), "nonce": "n1"}
    answer = post(client, f"org/{world.station.pk}/submit_demand", **body)
    assert answer.status_code == 200, answer.content
    assert answer.json() == {
        "noun": "employers.Demand",
        "id": Demand.objects.get().pk,
        "state": "submitted",
        "value": None,
    }
    again = post(client, f"org/{world.station.pk}/submit_demand", **body)
    assert again.json()["id"] == answer.json()["id"] and Demand.objects.count() == 1
    row = client.get(f"/api/employers/demand/{answer.json()['id']}").json()
    assert row["certificates"] == [world.welding_certificate.pk] and row["wage_low_fen"] == 600_000


def test_a_refusal_says_its_code_sentence_and_field(world, client):
    client.force_login(world.station_staff)
    body = {"employer": world.employer.pk, "facts": facts_of_a_post(world, details="限男性")}
    answer = post(client, f"org/{world.station.pk}/submit_demand", **body)
    assert answer.status_code == 422
    assert (answer.json()["code"], answer.json()["field"]) == ("unlawful_sex_men", "details")
    assert "《妇女权益保障法》" in answer.json()["sentence"]


def test_what_is_out_of_reach_is_absent(world, client):
    demand = world.submitted_demand()
    client.force_login(world.other_station_staff)
    assert client.get(f"/api/employers/demand/{demand.pk}").status_code == 404
    assert post(client, f"demand/{demand.pk}/close_demand", reason="filled").status_code == 404
    assert client.get("/api/employers/demand").json()["rows"] == []


def test_a_telephone_comes_out_masked(world, client, waiting):
    client.force_login(world.county_officer)
    row = client.get(f"/api/employers/employer/{waiting.pk}").json()
    assert "15400000088" not in json.dumps(row) and row["state"] == "waiting"
    answer = post(client, f"employer/{waiting.pk}/approve_employer")
    assert answer.json()["state"] == "approved"
    assert Employer.objects.get(pk=waiting.pk).checked_by == world.county_officer


def test_a_wrong_filter_is_an_error(world, client):
    client.force_login(world.county_officer)
    assert client.get("/api/employers/demand", {"state": "open"}).status_code == 422
    assert client.get("/api/employers/demand", {"colour": "red"}).status_code == 422
