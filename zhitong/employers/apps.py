"""The app's name and place."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EmployersConfig(AppConfig):
    """Employers, their demand, and targets by department."""

    name = "zhitong.employers"
    label = "employers"
    verbose_name = _("用人单位")
    default_auto_field = "django.db.models.BigAutoField"
