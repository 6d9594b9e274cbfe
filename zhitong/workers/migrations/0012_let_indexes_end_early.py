from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0006_name_many_people_in_one_line"),
        ("workers", "0011_keep_headcounts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="worker",
            name="worker_city_name",
        ),
        migrations.RemoveIndex(
            model_name="worker",
            name="worker_county_name",
        ),
        migrations.RemoveIndex(
            model_name="worker",
            name="worker_town_name",
        ),
        migrations.RemoveIndex(
            model_name="worker",
            name="worker_village_name",
        ),
        migrations.RemoveIndex(
            model_name="worker",
            name="worker_city_checked",
        ),
        migrations.RemoveIndex(
            model_name="worker",
            name="worker_county_checked",
        ),
        migrations.AddIndex(
            model_name="worker",
            index=models.Index(fields=["city", "name_key"], name="worker_city_name"),
        ),
        migrations.AddIndex(
            model_name="worker",
            index=models.Index(fields=["county", "name_key"], name="worker_county_name"),
        ),
        migrations.AddIndex(
            model_name="worker",
            index=models.Index(fields=["town", "name_key"], name="worker_town_name"),
        ),
        migrations.AddIndex(
            model_name="worker",
            index=models.Index(fields=["village", "name_key"], name="worker_village_name"),
        ),
        migrations.AddIndex(
            model_name="worker",
            index=models.Index(fields=["city", "status_checked_on", "state"], name="worker_city_checked"),
        ),
        migrations.AddIndex(
            model_name="worker",
            index=models.Index(
                fields=["county", "status_checked_on", "state", "city"], name="worker_county_checked"
            ),
        ),
    ]
