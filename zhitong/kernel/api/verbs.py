"""Verbs done through the API: the body of each follows from its signature."""

from __future__ import annotations

import dataclasses
import datetime as dt
import inspect
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Union

from django.db import models
from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field, create_model

from ..action import Verb
from ..errors import AlreadyDone
from ..models import Account
from ..privacy import Sealed
from .refused import No
from .shapes import Body, sign, visible


class Done(Schema):
    """What a verb made or changed; ``value`` where it returns something other than a row."""

    noun: str | None = None
    id: int | None = None
    state: str | None = None
    value: Any = None


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
    sign(operate, verb.name, signature)
    router.add_api_operation(
        path,
        ["POST"],
        operate,
        response={200: Done, 401: No, 403: No, 404: No, 409: No, 422: No},
        summary=str(verb.title),
        description=inspect.getdoc(verb.function),
    )


def speaks_json(verb: Verb) -> bool:
    """Tell whether every argument of the verb can come as JSON: files, callables and proofs of a page cannot."""
    if verb.page_proves:
        return False
    hints = typing.get_type_hints(verb.function)
    try:
        _body_schema(verb, hints)
    except TypeError:
        return False
    return verb.at is None or _model_in(hints[verb.at]) is not None


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
