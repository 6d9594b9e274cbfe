"""``@action``: the verb.

A verb is a keyword-only function that says who acts (``by=``). The decorator checks the permission (the verb's
own name) at the row named by ``at``, checks that every row handed in is visible to the actor, opens the
transaction, and writes one ``Record``. A verb called by another verb leaves its own line; all lines of one
transaction are stored together at its end. Such an inner verb acts under the outer one's authority: the
permission was asked where the person acted, what follows from it is recorded under the same name.

Given a ``nonce=``, a second call with the same account and nonce changes nothing and raises ``AlreadyDone``.
"""

from __future__ import annotations

import datetime as dt
import enum
import inspect
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field, fields, is_dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from django.db import IntegrityError, models, transaction
from django.utils.functional import Promise

from . import access
from .errors import AlreadyDone
from .privacy import privacy_of

P = ParamSpec("P")
R = TypeVar("R")

WITHHELD = "•"
MOST_ARGUMENTS = 6


@dataclass(frozen=True)
class Verb:
    """What is known of one verb: its name is its permission, its record entry, its test and its address."""

    name: str
    title: str | Promise
    app: str
    module: str
    at: str | None
    keeps: frozenset[str]
    about: type[models.Model] | None
    function: Callable[..., Any]


@dataclass
class Doing:
    """One verb while it runs: what its record line will say."""

    verb: Verb
    by: Any
    given: Mapping[str, Any]
    result: Any = None
    moves: list[dict[str, Any]] = field(default_factory=list)
    row_count: int = 1


VERBS: dict[str, Verb] = {}
_stack: ContextVar[tuple[Doing, ...]] = ContextVar("doing", default=())
_finished: ContextVar[list[Doing] | None] = ContextVar("finished", default=None)


def doing() -> Doing | None:
    """Return the innermost verb that runs now."""
    stack = _stack.get()
    return stack[-1] if stack else None


def doing_in(app: str) -> bool:
    """Tell whether a verb of this app runs now, at any depth."""
    return any(one.verb.app == app for one in _stack.get())


def note_rows(count: int) -> None:
    """Say how many rows a bulk verb touched, for its one record line."""
    now = doing()
    assert now is not None, "note_rows is called inside a verb"
    now.row_count = count


def note_move(row: models.Model, name: str, before: Any, after: Any) -> None:
    """Put a change of state or money into the record line: from what to what."""
    now = doing()
    assert now is not None, "rows change inside a verb"
    now.moves.append({"row": label_of(row), "field": name, "from": _plain(before), "to": _plain(after)})


def label_of(row: models.Model) -> str:
    """Return ``app.Model:pk``."""
    return f"{row._meta.label}:{row.pk}"


def action(
    *,
    at: str | None,
    title: str | Promise,
    keeps: Iterable[str] = (),
    about: type[models.Model] | None = None,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function a verb.

    ``at`` names the argument whose place in the tree decides (``None``: the role alone decides). ``title`` is
    what people read. ``keeps`` names text arguments that hold nothing personal, such as a coded reason, and
    may stand in the record. ``about`` is the model whose field declarations say what of a mapping may stand
    there; by default that of the row at ``at``.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        verb = _declare(function, at, title, frozenset(keeps), about)

        @wraps(function)
        def perform(*args: P.args, **given: P.kwargs) -> R:
            assert not args, f"{verb.name} takes keyword arguments only"
            return cast(R, _perform(verb, dict(given)))

        perform.verb = verb  # type: ignore[attr-defined]
        return perform

    return decorate


def _declare(
    function: Callable[..., Any],
    at: str | None,
    title: str | Promise,
    keeps: frozenset[str],
    about: type[models.Model] | None,
) -> Verb:
    name = function.__name__
    parameters = inspect.signature(function).parameters
    wrong = [one.name for one in parameters.values() if one.kind is not one.KEYWORD_ONLY]
    if wrong or "by" not in parameters:
        raise TypeError(f"{name}: every argument of a verb is keyword-only and one of them is by=")
    if at is not None and at not in parameters:
        raise TypeError(f"{name}: at={at!r} is none of its arguments")
    if len(parameters) - 1 > MOST_ARGUMENTS:
        raise TypeError(f"{name}: at most {MOST_ARGUMENTS} arguments beside by; gather them in a dataclass")
    if name in VERBS and VERBS[name].module != function.__module__:
        raise TypeError(f"{name}: {VERBS[name].module} has a verb of this name already")
    app = function.__module__.split(".")[1]
    verb = Verb(name, title, app, function.__module__, at, keeps, about, function)
    VERBS[name] = verb
    return verb


def _perform(verb: Verb, given: dict[str, Any]) -> Any:
    nonce = given.pop("nonce", None)
    by = given["by"]
    outermost = _finished.get() is None
    if outermost:
        access.require(by, verb.name, None if verb.at is None else given[verb.at])
        for row in _rows_in(given.values()):
            access.require_visible(by, row)
    with transaction.atomic():
        # The contexts end before the commit: what hears the news afterwards acts for itself.
        finished = _finished.set([]) if outermost else None
        now = Doing(verb, by, given)
        token = _stack.set((*_stack.get(), now))
        try:
            claim = None if nonce is None else _claim(by, nonce, verb)
            now.result = verb.function(**given)
            if claim is not None:
                _settle(claim, now.result)
            _keep(now)
            if outermost:
                _store()
        finally:
            _stack.reset(token)
            if finished is not None:
                _finished.reset(finished)
    return now.result


def _rows_in(values: Iterable[Any]) -> Iterable[models.Model]:
    """Yield the rows handed in, also those inside lists, tuples and dataclasses; accounts are identities."""
    from .models import Account

    for value in values:
        if isinstance(value, models.Model) and not isinstance(value, Account) and value.pk is not None:
            yield value
        elif isinstance(value, (list, tuple)):
            yield from _rows_in(value)
        elif is_dataclass(value) and not isinstance(value, type):
            yield from _rows_in(getattr(value, one.name) for one in fields(value))
        elif isinstance(value, dict):
            yield from _rows_in(value.values())


def _claim(by: Any, nonce: str, verb: Verb) -> Any:
    from .models import Nonce

    try:
        with transaction.atomic():
            return Nonce.objects.create(account=by, nonce=nonce[:64], verb=verb.name)
    except IntegrityError:
        first = Nonce.objects.filter(account=by, nonce=nonce[:64]).values_list("result", flat=True).first()
        raise AlreadyDone(first or "") from None


def _settle(claim: Any, result: Any) -> None:
    if isinstance(result, models.Model):
        type(claim).objects.filter(pk=claim.pk).update(result=label_of(result))


def _keep(now: Doing) -> None:
    finished = _finished.get()
    assert finished is not None
    finished.append(now)


def _store() -> None:
    from .chain import add_lines

    finished = _finished.get()
    assert finished is not None
    add_lines(finished)
    finished.clear()


def what_was_given(now: Doing) -> dict[str, Any]:
    """Return the arguments as the record may keep them: rows by number, open values, the rest withheld."""
    return {
        name: _open_part(now.verb, name, value)
        for name, value in now.given.items()
        if name not in ("by", now.verb.at) and value is not None
    }


def _open_part(verb: Verb, name: str, value: Any) -> Any:
    if isinstance(value, models.Model):
        return label_of(value)
    if is_dataclass(value) and not isinstance(value, type):
        value = {one.name: getattr(value, one.name) for one in fields(value)}
    if isinstance(value, Mapping):
        return _open_fields(verb, value)
    if isinstance(value, (list, tuple)):
        return len(value)
    if isinstance(value, str) and not isinstance(value, enum.Enum) and name not in verb.keeps:
        return WITHHELD
    return _plain(value)


def _open_fields(verb: Verb, value: Mapping[str, Any]) -> dict[str, Any]:
    levels = privacy_of(verb.about) if verb.about is not None else {}
    return {
        str(key): _plain(one) if levels.get(str(key)) == "open" else WITHHELD
        for key, one in value.items()
        if one not in (None, "", (), [])
    }


def _plain(value: Any) -> Any:
    """Return a value as JSON keeps it exactly: no floats, days and instants in ISO 8601."""
    if isinstance(value, models.Model):
        return label_of(value)
    if isinstance(value, enum.Enum):
        return _plain(value.value)
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(one) for one in value]
    return str(value)[:200]
