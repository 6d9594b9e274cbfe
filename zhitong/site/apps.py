"""The site as a Django app: commands, base pages, the demo world."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    """Nothing of its own to store; gathers the verbs of every app at start."""

    name = "zhitong.site"
    label = "site"
    verbose_name = _("直通")

    def ready(self) -> None:
        """Import every app's verbs and listeners, so that roles and news are complete; set up the log."""
        from django.conf import settings
        from django.utils.module_loading import autodiscover_modules

        from zhitong.site.logs import configure

        configure(settings.ZHITONG_LOG_LEVEL)
        autodiscover_modules("actions", "listeners", "tasks")
