"""The app's name and place."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MatchingConfig(AppConfig):
    """Rounds, proposals, offers and answers."""

    name = "zhitong.matching"
    label = "matching"
    verbose_name = _("匹配")
    default_auto_field = "django.db.models.BigAutoField"
