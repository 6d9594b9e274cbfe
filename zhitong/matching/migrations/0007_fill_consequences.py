"""What noes of before mean for rounds, as rows: the post for good, a city turned down for six months."""

import calendar

from django.db import migrations
from django.db.models.functions import Coalesce
from django.utils import timezone

MONTHS = 6
MANY = 2_000
PLACES = ("city_id", "county_id", "town_id", "village_id")


def months_after(day, months):
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))


def rows_of(Consequence, offers):
    told = offers.annotate(said_at=Coalesce("employer_answered_at", "answered_at", "sent_at"))
    names = ("pk", "worker_id", "is_sample", "decline_reason", "said_at", *PLACES)
    for one in told.values(*names).iterator(chunk_size=MANY):
        said_on = timezone.localtime(one["said_at"]).date()
        same = {"offer_id": one["pk"], "worker_id": one["worker_id"], "is_sample": one["is_sample"]}
        same |= {name: one[name] for name in PLACES} | {"state": "standing", "begins_on": said_on}
        yield Consequence(kind="post", **same)
        if one["decline_reason"] == "place":
            yield Consequence(kind="place", until_on=months_after(said_on, MONTHS), **same)


def fill(apps, schema_editor):
    Consequence = apps.get_model("matching", "Consequence")
    offers = apps.get_model("matching", "Offer").objects.filter(state__in=("declined", "refused"))
    waiting = []
    for row in rows_of(Consequence, offers.order_by("pk")):
        waiting.append(row)
        if len(waiting) >= MANY:
            Consequence.objects.bulk_create(waiting)
            waiting = []
    Consequence.objects.bulk_create(waiting)


def forget(apps, schema_editor):
    apps.get_model("matching", "Consequence").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("matching", "0006_consequences_of_noes")]

    operations = [migrations.RunPython(fill, forget)]
