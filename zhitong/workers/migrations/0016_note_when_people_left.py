from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workers", "0015_keep_link_scores")]

    operations = [
        migrations.AddField(
            model_name="worker",
            name="withdrawn_on",
            field=models.DateField(blank=True, null=True, verbose_name="退出日期"),
        ),
        migrations.AddIndex(
            model_name="worker",
            index=models.Index(
                condition=models.Q(withdrawn_on__isnull=False),
                fields=["withdrawn_on"],
                name="worker_withdrawn",
            ),
        ),
    ]
