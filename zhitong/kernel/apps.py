"""The kernel as a Django app."""

from typing import Any

from django.apps import AppConfig
from django.apps import apps as registry
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

_SYSTEM_NAME = gettext_noop("系统")


class KernelConfig(AppConfig):
    """Regions, organisations, accounts, the record and background jobs."""

    name = "zhitong.kernel"
    label = "kernel"
    verbose_name = _("基础")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """See to it that the clock's own account and the tallies stand after every migration, and after a flush."""
        from .tallies import after_migrating, before_migrating  # models are there only now

        pre_migrate.connect(before_migrating, sender=self)
        post_migrate.connect(_open_system_account, sender=self)
        post_migrate.connect(after_migrating, sender=self)


def _open_system_account(sender: AppConfig, using: str, apps: Any = registry, **others: Any) -> None:
    """Open it in the shape that the migrations have reached; before the first there is none."""
    try:
        account = apps.get_model("kernel", "Account")
    except LookupError:
        return
    account.objects.using(using).get_or_create(
        kind="system", defaults={"username": "system", "name": _SYSTEM_NAME, "password": "!"}
    )
