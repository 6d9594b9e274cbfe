"""Files that people hand in: what they really are, under what name they are kept, and how they are given back.

What a file is, its first bytes say; its name and the type that a browser claims are not believed.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.base import File
from django.http import FileResponse
from django.utils.translation import gettext as _

from .errors import Refusal
from .models import Attachment, Export
from .values import UNSEEN

SIGNATURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
)
ENDINGS = {
    "image/jpeg": ("jpg", "jpeg"),
    "image/png": ("png",),
    "application/pdf": ("pdf",),
    "application/zip": ("zip", "xlsx", "docx", "pptx"),
}
"""The endings that a name may bear for each kind; the first is added where none of them stands."""

NOT_IN_NAMES = re.compile(r'[<>:"|?*\\/]')
MOST_NAME = 120


@dataclass(frozen=True)
class Measured:
    """What was found on reading a file: its kind by content, its bytes, and their SHA-256."""

    kind: str
    size: int
    digest: str


def measured(file: File[bytes]) -> Measured:
    """Read a file through; refuses an empty one, one past the size limit, and kinds that are not taken."""
    digest, size, head = hashlib.sha256(), 0, b""
    for chunk in file.chunks():
        size += len(chunk)
        if size > settings.ATTACHMENT_MOST_BYTES:
            sentence = _("文件太大，最多 %(most)d MB。") % {"most": settings.ATTACHMENT_MOST_BYTES // 2**20}
            raise Refusal("file_too_big", sentence, field="file")
        head = head or chunk[:16]
        digest.update(chunk)
    if size == 0:
        raise Refusal("file_empty", _("这个文件是空的，请重新选择。"), field="file")
    return Measured(_kind_of(head), size, digest.hexdigest())


def _kind_of(head: bytes) -> str:
    kind = next((kind for signature, kind in SIGNATURES if head.startswith(signature)), None)
    if kind is None or kind not in settings.ATTACHMENT_KINDS:
        taken = sorted(ending for one in settings.ATTACHMENT_KINDS for ending in ENDINGS.get(one, ()))
        sentence = _("只收这些文件：%(kinds)s。文件内容和这些格式都不符。") % {"kinds": _("、").join(taken)}
        raise Refusal("file_kind", sentence, field="file")
    return kind


def clean_name(name: str, kind: str) -> str:
    """Return a name that says no path, shows as it reads, and ends as its kind does."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    name = "".join(one for one in UNSEEN.sub("", name) if one.isprintable())
    name = NOT_IN_NAMES.sub("_", name).strip(" .~")
    path = PurePosixPath(name or _("附件"))
    endings = ENDINGS[kind]
    if path.suffix[1:].lower() in endings:
        return f"{path.stem[:MOST_NAME]}{path.suffix.lower()}"
    return f"{path.name[:MOST_NAME]}.{endings[0]}"


def as_download(attachment: Attachment | Export) -> FileResponse:
    """Answer with a file so that a browser saves it under its name and never runs or shows it."""
    response = FileResponse(
        attachment.file.open("rb"),
        as_attachment=True,
        filename=attachment.name,
        content_type=getattr(attachment, "kind", "application/octet-stream"),
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
