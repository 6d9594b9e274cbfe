"""Make the table through which all processes count attempts to sign in.

It is the framework's own table of a database cache; what it holds may be lost at any time.
"""

from django.core.management import call_command
from django.db import migrations

TABLE = "shared_cache"


def make_table(apps, schema_editor):
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def drop_table(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE {TABLE}")


class Migration(migrations.Migration):
    dependencies = [("kernel", "0004_keep_grants_and_attachments_sound")]
    operations = [migrations.RunPython(make_table, drop_table)]
