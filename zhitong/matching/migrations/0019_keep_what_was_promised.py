"""What a post promised when a worker said yes; of offers of before what it promises now."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    demands = apps.get_model("employers", "Demand").objects.filter(pk=OuterRef("demand"))
    yes = apps.get_model("matching", "Offer").objects.filter(state__in=("agreed", "accepted"))
    yes.update(
        agreed_low_fen=Subquery(demands.values("wage_low_fen")),
        agreed_begins_on=Subquery(demands.values("begins_on")),
        agreed_insurance=Subquery(demands.values("has_insurance")),
    )


class Migration(migrations.Migration):
    dependencies = [("matching", "0018_count_ethnicity")]

    operations = [
        migrations.AddField(
            model_name="offer",
            name="agreed_low_fen",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="答应时的最低月工资（分）"),
        ),
        migrations.AddField(
            model_name="offer",
            name="agreed_begins_on",
            field=models.DateField(blank=True, null=True, verbose_name="答应时的到岗日期"),
        ),
        migrations.AddField(
            model_name="offer",
            name="agreed_insurance",
            field=models.BooleanField(blank=True, null=True, verbose_name="答应时写明缴社会保险"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
