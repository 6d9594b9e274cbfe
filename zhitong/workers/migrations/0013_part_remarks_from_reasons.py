from django.db import migrations, models


def move_words(apps, schema_editor):
    """Put what somebody wrote in words beside the codes, which are lower-case Latin letters."""
    decisions = apps.get_model("workers", "LinkDecision").objects.using(schema_editor.connection.alias)
    for one in decisions.filter(kind="reject").exclude(reasons=[]).iterator(500):
        words = [text for text in one.reasons if not text.replace("_", "").isascii() or not text.islower()]
        if words:
            one.reasons = [text for text in one.reasons if text not in words]
            one.remark = " ".join(words)[:200]
            one.save(update_fields=["reasons", "remark"])


class Migration(migrations.Migration):
    dependencies = [("workers", "0012_let_indexes_end_early")]

    operations = [
        migrations.AddField(
            model_name="linkdecision",
            name="remark",
            field=models.CharField(blank=True, max_length=200, verbose_name="说明"),
        ),
        migrations.RunPython(move_words, migrations.RunPython.noop),
    ]
