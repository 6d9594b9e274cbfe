"""The kernel as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KernelConfig(AppConfig):
    """Regions, organisations, accounts, the record and background jobs."""

    name = "zhitong.kernel"
    label = "kernel"
    verbose_name = _("基础")
    default_auto_field = "django.db.models.BigAutoField"
