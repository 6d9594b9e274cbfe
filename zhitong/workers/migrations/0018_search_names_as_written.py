"""The city's index of names holds the whole order and names as written: those that only sound alike are passed over."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workers", "0017_fill_days_of_leaving")]

    operations = [
        migrations.RemoveIndex(model_name="worker", name="worker_city_name"),
        migrations.AddIndex(
            model_name="worker",
            index=models.Index(
                fields=["city", "name_key", "id", "name"],
                opclasses=["int8_ops", "text_ops", "int8_ops", "varchar_pattern_ops"],
                name="worker_city_name",
            ),
        ),
    ]
