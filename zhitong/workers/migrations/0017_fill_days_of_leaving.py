"""Who left before the day was kept leaves today, so that nobody's time runs out unannounced."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("workers", "0016_note_when_people_left")]

    operations = [
        migrations.RunSQL(
            "UPDATE workers_worker SET withdrawn_on = CURRENT_DATE"
            " WHERE state = 'withdrawn' AND withdrawn_on IS NULL",
            migrations.RunSQL.noop,
        ),
    ]
