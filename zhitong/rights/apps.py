"""The app's name and place."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RightsConfig(AppConfig):
    """Questions, answers, enquiries and their clocks."""

    name = "zhitong.rights"
    label = "rights"
    verbose_name = _("维权与咨询")
    default_auto_field = "django.db.models.BigAutoField"
