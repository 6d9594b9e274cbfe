"""What a password must be, said in the installation's language."""

from __future__ import annotations

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """A password of at least ``min_length`` characters."""

    def get_error_message(self) -> str:
        """Return the sentence for one that is shorter; the framework's own is not translated everywhere."""
        return _("密码太短，至少 %(least)d 个字符。") % {"least": self.min_length}

    def get_help_text(self) -> str:
        """Return the sentence beside the field."""
        return _("密码至少 %(least)d 个字符。") % {"least": self.min_length}
