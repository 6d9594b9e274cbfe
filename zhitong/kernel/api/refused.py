"""The ways in which the API says no: a stable code for programs, a sentence for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, ValidationError

from ..errors import Refusal


class No(Schema):
    """Why the answer is no: a stable code for programs, a sentence for people."""

    code: str
    sentence: str
    field: str | None = None


def refuse(api: NinjaAPI) -> None:
    """Let every refusal answer with its status, code and sentence."""

    @api.exception_handler(Refusal)
    def answer(request: HttpRequest, refusal: Refusal) -> Any:
        no = {"code": refusal.code, "sentence": str(refusal.sentence), "field": refusal.field}
        return api.create_response(request, no, status=refusal.status)

    @api.exception_handler(ValidationError)
    def wrong_shape(request: HttpRequest, error: ValidationError) -> Any:
        return answer(request, misshapen(_where(error.errors[0]["loc"]) if error.errors else ""))

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, error: AuthenticationError) -> Any:
        no = {"code": "not_signed_in", "sentence": _("请先登录，或使用有效的令牌。"), "field": None}
        return api.create_response(request, no, status=401)


def misshapen(where: str) -> Refusal:
    """Return the refusal of what was sent in a shape that means nothing, naming it."""
    sentence = _("提交的内容不符合要求：%(where)s。") % {"where": where or _("整体")}
    return Refusal("misshapen", sentence, field=where or None)


def refuse_unknown(names: set[str]) -> None:
    """Refuse to answer as if a filter that nobody knows had not been asked for."""
    if names:
        raise misshapen(min(names))


def _where(path: Sequence[Any]) -> str:
    """Return the name of what is misshapen, as it was sent."""
    return ".".join(str(part) for part in path if part not in ("body", "query", "path", "wanted"))
