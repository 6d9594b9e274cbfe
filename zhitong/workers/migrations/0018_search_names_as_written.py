"""The city's index of names holds them as they are written, so that those which only sound alike are passed over."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workers", "0017_fill_days_of_leaving")]

    operations = [
        migrations.RemoveIndex(model_name="worker", name="worker_city_name"),
        migrations.AddIndex(
            model_name="worker",
            index=models.Index(fields=["city", "name_key", "name"], name="worker_city_name"),
        ),
    ]
