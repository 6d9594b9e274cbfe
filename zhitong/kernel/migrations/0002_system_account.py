"""Add the account in whose name the installation's own clock acts."""

from django.db import migrations


def add_system_account(apps, schema_editor):
    account = apps.get_model("kernel", "Account")
    account.objects.get_or_create(
        username="system", defaults={"name": "系统", "kind": "system", "password": "!"}
    )
    apps.get_model("kernel", "RecordHead").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_foundation")]
    operations = [migrations.RunPython(add_system_account, migrations.RunPython.noop)]
