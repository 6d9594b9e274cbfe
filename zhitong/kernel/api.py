"""The API: the same verbs and the same reach, for devices and partner systems.

Every verb becomes ``POST /api/<app>/<noun>/<id>/<verb>`` (``POST /api/<app>/<verb>`` where no row decides). Its
body is made from the verb's own signature: rows are given by number and must be visible to the caller, facts by
name. Nouns are read through ``Noun``: a list paged by key and one row. A ``nonce`` may be sent with any verb; sent
twice, the second answer is the first result.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import inspect
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Union

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from ninja import NinjaAPI, Query, Router, Schema
from ninja.security import APIKeyCookie, HttpBearer
from pydantic import ConfigDict, Field, create_model

from .action import Verb, label_of
from .errors import AlreadyDone, OutOfReach, Refusal
from .models import Account, CertificateKind, Industry, Job, Occupation, Org, Region, Token
from .privacy import Sealed, privacy_of

PAGE = 50
MOST = 500


class No(Schema):
    """Why the answer is no: a stable code for programs, a sentence for people."""

    code: str
    sentence: str
    field: str | None = None


class Done(Schema):
    """What a verb made or changed; ``value`` where it returns something other than a row."""

    noun: str | None = None
    id: int | None = None
    state: str | None = None
    value: Any = None


class Body(Schema):
    """Whatever is sent; an unknown name is an error, never ignored."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)


class TokenAuth(HttpBearer):
    """``Authorization: Bearer …`` with a token that was issued to a partner."""

    def authenticate(self, request: HttpRequest, token: str) -> Account | None:
        """Return the account of a token that stands today."""
        digest = hashlib.sha256(token.encode()).hexdigest()
        found = Token.objects.select_related("account").filter(
            digest=digest, revoked_at=None, expires_on__gte=timezone.localdate()
        )
        return _actor(request, next((one.account for one in found if one.account.is_active), None))


class SessionAuth(APIKeyCookie):
    """The signed-in browser's session, guarded against forgery as every form is."""

    param_name = "sessionid"

    def authenticate(self, request: HttpRequest, key: str | None) -> Account | None:
        """Return the signed-in account."""
        user = request.user
        return _actor(request, user if isinstance(user, Account) and user.is_authenticated else None)


def _actor(request: HttpRequest, account: Account | None) -> Account | None:
    if account is not None:
        request.actor = account  # type: ignore[attr-defined]
    return account


def refuse(api: NinjaAPI) -> None:
    """Let every refusal answer with its status, code and sentence."""

    @api.exception_handler(Refusal)
    def answer(request: HttpRequest, refusal: Refusal) -> Any:
        no = {"code": refusal.code, "sentence": str(refusal.sentence), "field": refusal.field}
        return api.create_response(request, no, status=refusal.status)


@dataclasses.dataclass(frozen=True)
class Noun:
    """A noun that may be read through the API: the fields shown, and the fields by which lists are filtered."""

    model: type[models.Model]
    fields: Sequence[str]
    filters: Sequence[str] = ()


def read_routes(router: Router, noun: Noun) -> None:
    """Add the list and the single row of a noun."""
    model, name = noun.model, noun.model._meta.model_name
    row_schema = _row_schema(noun)
    rows_hint: Any = list[row_schema]  # type: ignore[valid-type]
    page_schema = create_model(
        f"{model.__name__}Page", __base__=Schema, rows=(rows_hint, ...), next=(int | None, None)
    )
    wanted = _filter_schema(noun)

    def rows(request: HttpRequest, **given: Any) -> Any:
        return _page(noun, request.actor, given["wanted"])  # type: ignore[attr-defined]

    def row(request: HttpRequest, **given: Any) -> Any:
        return _shown(noun, visible(model, request.actor, given["id"]))  # type: ignore[attr-defined]

    asked = Query(...)  # type: ignore[type-arg]
    _sign(rows, f"list_{name}", {"wanted": (wanted, asked)})
    _sign(row, f"read_{name}", {"id": (int, inspect.Parameter.empty)})
    noes = {400: No, 404: No}
    label = str(model._meta.verbose_name)
    router.add_api_operation(f"/{name}", ["GET"], rows, response={200: page_schema, **noes}, summary=label)
    router.add_api_operation(
        f"/{name}/{{int:id}}", ["GET"], row, response={200: row_schema, **noes}, summary=label
    )


def verb_route(router: Router, verb: Verb, perform: Callable[..., Any]) -> None:
    """Add a verb as an operation; its body follows from its signature."""
    hints = typing.get_type_hints(verb.function)
    at_model = _model_in(hints[verb.at]) if verb.at is not None else None
    body = _body_schema(verb, hints)

    def operate(request: HttpRequest, **given: Any) -> Any:
        actor = request.actor  # type: ignore[attr-defined]
        arguments = _arguments(verb, hints, given["body"], actor)
        if at_model is not None:
            arguments[str(verb.at)] = visible(at_model, actor, given["id"])
        try:
            return _done(perform(by=actor, nonce=given["body"].nonce, **arguments))
        except AlreadyDone as again:
            return _first_result(again)

    signature: dict[str, tuple[Any, Any]] = {"body": (body, inspect.Parameter.empty)}
    path = f"/{verb.name}"
    if at_model is not None:
        signature = {"id": (int, inspect.Parameter.empty), **signature}
        path = f"/{at_model._meta.model_name}/{{int:id}}/{verb.name}"
    _sign(operate, verb.name, signature)
    router.add_api_operation(
        path,
        ["POST"],
        operate,
        response={200: Done, 403: No, 404: No, 409: No, 422: No},
        summary=str(verb.title),
        description=inspect.getdoc(verb.function),
    )


def speaks_json(verb: Verb) -> bool:
    """Tell whether every argument of the verb can come as JSON (files and callables cannot)."""
    hints = typing.get_type_hints(verb.function)
    try:
        _body_schema(verb, hints)
    except TypeError:
        return False
    return verb.at is None or _model_in(hints[verb.at]) is not None


def visible(model: type[models.Model], actor: Account, number: int) -> Any:
    """Return the row of this number within the actor's reach; raises ``OutOfReach``."""
    manager: Any = model._default_manager
    rows = manager.visible_to(actor) if hasattr(manager, "visible_to") else manager.none()
    row = rows.filter(pk=number).first()
    if row is None:
        raise OutOfReach
    return row


def _sign(function: Any, name: str, arguments: Mapping[str, tuple[Any, Any]]) -> None:
    """Give a function the signature from which the library makes the operation."""
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    parameters = [inspect.Parameter("request", kind)]
    parameters += [
        inspect.Parameter(key, inspect.Parameter.KEYWORD_ONLY, annotation=hint, default=default)
        for key, (hint, default) in arguments.items()
    ]
    function.__signature__ = inspect.Signature(parameters)
    function.__name__ = function.__qualname__ = name


def _model_in(hint: Any) -> type[models.Model] | None:
    """Return the model of a hint that is a row, or a row or nothing."""
    for one in (hint, *typing.get_args(hint)):
        if isinstance(one, type) and issubclass(one, models.Model) and one is not models.Model:
            return one
    return None


def _body_schema(verb: Verb, hints: Mapping[str, Any]) -> type[Body]:
    fields: dict[str, Any] = {"nonce": (str | None, Field(None, max_length=64))}
    for name, parameter in inspect.signature(verb.function).parameters.items():
        if name in ("by", verb.at):
            continue
        default = ... if parameter.default is parameter.empty else parameter.default
        fields[name] = (_as_json(hints[name]), default)
    camel = "".join(part.title() for part in verb.name.split("_"))
    made: type[Body] = create_model(f"{camel}Body", __base__=Body, **fields)
    return made


PLAIN = (str, int, bool, float, dt.date, dt.datetime, dict, type(None), Any)


def _as_json(hint: Any) -> Any:
    """Return the hint with rows replaced by their numbers; raises ``TypeError`` for what JSON cannot say."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if isinstance(hint, type) and issubclass(hint, models.Model):
        if hint is models.Model:
            raise TypeError("a row of any kind has no number of its own")
        return int
    if dataclasses.is_dataclass(hint):
        return _facts_schema(typing.cast(type, hint))
    if origin in (Union, types.UnionType):
        return Union[tuple(_as_json(one) for one in arguments)]  # noqa: UP007
    if origin in (list, tuple, Sequence):
        return list[_as_json(arguments[0])]  # type: ignore[misc]
    if origin in (dict, Mapping) or hint in PLAIN or origin is typing.Literal:
        return hint
    if isinstance(hint, type) and issubclass(hint, (str, int)):
        return hint
    raise TypeError(f"{hint} cannot come as JSON")


def _facts_schema(facts: type) -> type[Body]:
    hints = typing.get_type_hints(facts)
    fields: dict[str, Any] = {}
    for one in dataclasses.fields(facts):
        required = one.default is dataclasses.MISSING and one.default_factory is dataclasses.MISSING
        default = ... if required else (None if one.default is dataclasses.MISSING else one.default)
        hint = _as_json(hints[one.name])
        fields[one.name] = (hint if required or default is not None else hint | None, default)
    made: type[Body] = create_model(facts.__name__, __base__=Body, **fields)
    return made


def _arguments(verb: Verb, hints: Mapping[str, Any], body: Body, actor: Account) -> dict[str, Any]:
    names = [name for name in hints if name in type(body).model_fields and name in body.model_fields_set]
    return {name: _as_rows(hints[name], getattr(body, name), actor) for name in names}


def _as_rows(hint: Any, value: Any, actor: Account) -> Any:
    """Return the value with numbers replaced by the rows that they name, each within the actor's reach."""
    if value is None:
        return None
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (Union, types.UnionType):
        return _as_rows(next(one for one in arguments if one is not type(None)), value, actor)
    if isinstance(hint, type) and issubclass(hint, models.Model):
        return visible(hint, actor, value)
    if origin in (list, tuple, Sequence):
        made = [_as_rows(arguments[0], one, actor) for one in value]
        return tuple(made) if origin is tuple else made
    if dataclasses.is_dataclass(hint):
        return _facts(typing.cast(type, hint), value, actor)
    return value


def _facts(facts: type, value: Body, actor: Account) -> Any:
    hints = typing.get_type_hints(facts)
    given = {name: getattr(value, name) for name in value.model_fields_set}
    return facts(**{name: _as_rows(hints[name], one, actor) for name, one in given.items()})


def _done(result: Any) -> dict[str, Any]:
    if isinstance(result, models.Model):
        return {"noun": result._meta.label, "id": result.pk, "state": getattr(result, "state", None)}
    return {"value": str(result) if isinstance(result, Sealed) else result}


def _first_result(again: AlreadyDone) -> dict[str, Any]:
    noun, _colon, number = again.result.partition(":")
    return {"noun": noun or None, "id": int(number) if number else None}


def _row_schema(noun: Noun) -> type[Schema]:
    fields: dict[str, Any] = {"id": (int, ...)}
    fields |= {name: (Any, None) for name in noun.fields}
    made: type[Schema] = create_model(f"{noun.model.__name__}Row", __base__=Schema, **fields)
    return made


def _filter_schema(noun: Noun) -> type[Body]:
    fields: dict[str, Any] = {"after": (int, 0), "limit": (int, Field(PAGE, ge=1, le=MOST))}
    for name in noun.filters:
        one = noun.model._meta.get_field(name)
        kind = _filter_type(one)
        fields[name] = (kind | None, None)
    made: type[Body] = create_model(f"{noun.model.__name__}Wanted", __base__=Body, **fields)
    return made


def _filter_type(one: Any) -> Any:
    if isinstance(one, models.BooleanField):
        return bool
    if isinstance(one, (models.IntegerField, models.ForeignKey)):
        return int
    if isinstance(one, models.DateField) and not isinstance(one, models.DateTimeField):
        return dt.date
    if one.choices:
        return typing.Literal[tuple(value for value, _label in one.choices)]
    return str


def _page(noun: Noun, actor: Account, wanted: Any) -> dict[str, Any]:
    manager: Any = noun.model._default_manager
    rows = manager.visible_to(actor).filter(pk__gt=wanted.after).order_by("pk")
    for name in noun.filters:
        value = getattr(wanted, name)
        rows = rows if value is None else rows.filter(**{name: value})
    found = list(rows[: wanted.limit + 1])
    more = len(found) > wanted.limit
    shown = found[: wanted.limit]
    return {"rows": [_shown(noun, row) for row in shown], "next": shown[-1].pk if more else None}


def _shown(noun: Noun, row: models.Model) -> dict[str, Any]:
    return {"id": row.pk, **{name: _value(row, name) for name in noun.fields}}


def _value(row: models.Model, name: str) -> Any:
    one = row._meta.get_field(name)
    if isinstance(one, models.ManyToManyField):
        return [other.pk for other in getattr(row, name).all()]
    value = getattr(row, one.attname if isinstance(one, models.ForeignKey) else name)
    return str(value) if isinstance(value, Sealed) else value


def undeclared(noun: Noun) -> list[str]:
    """Return the fields of a noun that the API would show although nobody declared them."""
    levels = privacy_of(noun.model)
    return [name for name in noun.fields if name not in levels]


NOUNS = (
    Noun(
        Org, ("name", "short_name", "kind", "parent", "host_city", "regions", "closed_on"), ("kind", "parent")
    ),
    Noun(Region, ("code", "name", "level", "parent", "began_on", "ended_on"), ("level", "parent", "code")),
    Noun(Occupation, ("code", "name", "level", "parent"), ("level", "code")),
    Noun(Industry, ("code", "name", "level", "parent"), ("level", "code")),
    Noun(CertificateKind, ("family", "code", "name", "is_current"), ("family", "code")),
    Noun(Job, ("kind", "state", "done_permille", "message", "asked_at", "finished_at"), ("state",)),
)
"""What of the kernel itself may be read."""

__all__ = [
    "NOUNS",
    "Noun", "SessionAuth", "TokenAuth", "label_of", "read_routes", "refuse", "speaks_json", "undeclared",
    "verb_route", "visible",
]  # fmt: skip
