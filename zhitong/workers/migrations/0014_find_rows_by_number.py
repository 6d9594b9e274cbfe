from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workers", "0013_part_remarks_from_reasons")]

    operations = [
        migrations.AddField(
            model_name="importrow",
            name="number_index",
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(
                condition=models.Q(number_index__isnull=False),
                fields=["number_index"],
                name="import_row_number",
            ),
        ),
    ]
