"""Count the flows of rounds that were kept before, from their proposals."""

from django.db import migrations
from django.db.models import Count

FEW = 2000


def fill(apps, schema_editor):
    proposals = apps.get_model("matching", "Proposal").objects.order_by()
    flows = apps.get_model("matching", "Flow")
    columns = ("round_id", "city_id", "county_id", "town_id", "demand__region_id")
    waiting = []
    for *where, region, many in proposals.values_list(*columns).annotate(n=Count("pk")).iterator():
        named = dict(zip(("round_id", "city_id", "county_id", "town_id"), where, strict=True))
        waiting.append(flows(region_id=region, many=many, **named))
        if len(waiting) == FEW:
            flows.objects.bulk_create(waiting)
            waiting = []
    flows.objects.bulk_create(waiting)


class Migration(migrations.Migration):
    dependencies = [("matching", "0008_keep_flows_of_rounds")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
