"""The app's name and place."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DashboardsConfig(AppConfig):
    """Read only: funnels, maps and flows."""

    name = "zhitong.dashboards"
    label = "dashboards"
    verbose_name = _("看板")
    default_auto_field = "django.db.models.BigAutoField"
