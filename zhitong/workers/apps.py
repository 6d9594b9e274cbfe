"""The app's name and place."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkersConfig(AppConfig):
    """The register of people and households."""

    name = "zhitong.workers"
    label = "workers"
    verbose_name = _("劳动者")
    default_auto_field = "django.db.models.BigAutoField"
