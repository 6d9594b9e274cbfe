"""The ways in which the house says no: a code for programs, a sentence for people."""

from __future__ import annotations

import errno
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """A verb said no; nothing was changed.

    ``code`` is stable and meant for programs, ``sentence`` is for the person who asked, ``field`` names
    the argument at fault where there is one, ``details`` are open values for the sentence's reader.
    """

    status = 422

    def __init__(
        self, code: str, sentence: str | Promise, *, field: str | None = None, **details: Any
    ) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence
        self.field = field
        self.details = details

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence}"


class OutOfReach(Refusal):
    """The row is absent or beyond the actor's reach; the two look alike."""

    status = 404

    def __init__(self) -> None:
        super().__init__("out_of_reach", _("没有找到这条记录，或者它不在您的范围内。"))


class NotAllowed(Refusal):
    """The actor sees the row but no role of theirs holds the verb here."""

    status = 403

    def __init__(self, verb: str) -> None:
        super().__init__("not_allowed", _("您的角色不能做这一步，请联系上级经办人。"), verb=verb)


class Faster(Refusal):
    """Someone else changed the row between reading and writing."""

    status = 409

    def __init__(self, sentence: str | Promise = "") -> None:
        super().__init__("someone_was_faster", sentence or _("这条记录刚刚被别人改动，请刷新后再看。"))


WAITED_IN_VAIN = ("40001", "40P01", "55P03")
"""SQLSTATE of PostgreSQL: serialization failure, deadlock, lock not available (appendix A of its manual)."""


def stood_in_each_others_way(error: Exception) -> bool:
    """Tell whether the database gave up because two wanted the same rows, so that the loser may try again."""
    state = getattr(error.__cause__, "sqlstate", None)
    return state in WAITED_IN_VAIN or "database is locked" in str(error) or "table is locked" in str(error)


class NoRoom(Refusal):
    """The disk of the server is full: nothing was stored."""

    status = 503

    def __init__(self) -> None:
        super().__init__("no_room", _("服务器的磁盘满了，这一步没有保存。请告诉平台管理员，腾出空间后再办。"))


def lacks_room(error: Exception) -> bool:
    """Tell whether a disk was full: that of the files, of SQLite or of PostgreSQL (SQLSTATE 53100)."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    return getattr(error.__cause__, "sqlstate", None) == "53100" or "disk is full" in str(error)


class AlreadyDone(Refusal):
    """The same submission (account and nonce) was carried out before; ``result`` names what it made."""

    status = 200

    def __init__(self, result: str) -> None:
        super().__init__("already_done", _("这一步已经办过了，没有重复办理。"), result=result)
        self.result = result
