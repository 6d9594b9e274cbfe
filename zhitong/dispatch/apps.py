"""The app's name and place."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DispatchConfig(AppConfig):
    """Placements with their two ends, and whether people are still there."""

    name = "zhitong.dispatch"
    label = "dispatch"
    verbose_name = _("输出")
    default_auto_field = "django.db.models.BigAutoField"
