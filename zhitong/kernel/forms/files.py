"""Files that people hand in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ..fields import checked
from ..files import ENDINGS, measured
from ..web import ActorForm


def what_is_taken() -> str:
    """Return in words which files are taken, and up to what size."""
    endings = sorted({ENDINGS[one][0] for one in settings.ATTACHMENT_KINDS if one in ENDINGS})
    most = settings.ATTACHMENT_MOST_BYTES // 2**20
    return _now("可以传 %(kinds)s 文件，最大 %(most)d MB。") % {"kinds": "、".join(endings), "most": most}


class UploadField(forms.FileField):
    """A file of a kind and size that attachments may have; says in a sentence why another is not taken."""

    widget = forms.FileInput

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"help_text": lazy(what_is_taken, str)(), **options})

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the file; raises ``ValidationError`` for what ``attach_file`` would refuse by itself."""
        found = super().clean(data, initial)
        if found:
            checked(measured, found)
        return found


class FileForm(ActorForm):
    """One file for a row."""

    file = UploadField(label=_("文件"))
