"""escalate_enquiries: silence is seen by the level above."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from zhitong.kernel.models import Record
from zhitong.rights.actions import ask_question, escalate_enquiries
from zhitong.rights.models import Enquiry

LONG_AGO = timezone.now() - dt.timedelta(days=30)


def late(enquiry):
    Enquiry.objects.filter(pk=enquiry.pk).update(due_at=LONG_AGO)
    return enquiry


def test_it_works(world, taken):
    late(taken)
    assert escalate_enquiries(by=world.system) == 1
    taken.refresh_from_db()
    assert (taken.owner, taken.state, taken.taken_by) == (world.city, "open", None)
    assert taken.late_since == LONG_AGO and taken.due_at > timezone.now()
    assert taken in Enquiry.objects.overdue() and escalate_enquiries(by=world.system) == 0


def test_a_station_is_below_its_county(world, asked):
    placement = world.arrived()
    made = late(ask_question(by=world.worker_account(placement.worker), facts=asked))
    escalate_enquiries(by=world.system)
    made.refresh_from_db()
    assert made.owner == world.county
    late(made)
    escalate_enquiries(by=world.system)
    made.refresh_from_db()
    assert (made.owner, made.late_since) == (world.city, LONG_AGO)


def test_the_top_is_told_once(world, enquiry):
    late(enquiry)
    Enquiry.objects.filter(pk=enquiry.pk).update(owner=world.city)
    assert escalate_enquiries(by=world.system) == 1
    assert escalate_enquiries(by=world.system) == 0
    enquiry.refresh_from_db()
    assert (enquiry.owner, enquiry.state) == (world.city, "open")


def test_what_is_in_time_or_answered_stays(world, enquiry, answered):
    late(answered)
    assert escalate_enquiries(by=world.system) == 0


def test_nothing_late_leaves_no_line(world, enquiry):
    before = Record.objects.count()
    escalate_enquiries(by=world.system)
    assert Record.objects.count() == before


def test_the_desk_shows_it(world, client, enquiry):
    late(enquiry)
    client.force_login(world.city_officer)
    page = client.get("/rights/enquiries/?late=on").content.decode()
    assert enquiry.text[:10] in page and "超期" in page
    assert "超期的咨询" in client.get("/dashboards/").content.decode()
