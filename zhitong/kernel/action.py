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
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar, cast

import structlog
from django.db import IntegrityError, OperationalError, models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import access
from .errors import AlreadyDone, Faster, NoRoom, Refusal, lacks_room, stood_in_each_others_way
from .people import People
from .privacy import privacy_of

log = structlog.get_logger(__name__)
P = ParamSpec("P")
R = TypeVar("R")

WITHHELD = "•"
MOST_ARGUMENTS = 6
MOST_NONCE = 64


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
    page_proves: bool = False


@dataclass
class Doing:
    """One verb while it runs: what its record line will say."""

    verb: Verb
    by: Any
    given: Mapping[str, Any]
    result: Any = None
    moves: list[dict[str, Any]] = field(default_factory=list)
    row_count: int = 1
    people: People | None = None
    acting_for: int | None = None


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


def note_people(people: People | None) -> None:
    """Say whom a bulk verb concerned: each of them finds its one record line."""
    now = doing()
    assert now is not None, "note_people is called inside a verb"
    now.people = people if people else None


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
    page_proves: bool = False,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function a verb.

    ``at`` names the argument whose place in the tree decides (``None``: the role alone decides). ``title`` is
    what people read. ``keeps`` names text arguments that hold nothing personal, such as a coded reason, and
    may stand in the record. ``about`` is the model whose field declarations say what of a mapping may stand
    there; by default that of the row at ``at``. ``page_proves``: its page asks beforehand who sits there, by the
    old password or by a signed link, so that being signed in is not enough and the API does not offer it.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        verb = _declared(Verb(
            function.__name__, title, function.__module__.split(".")[1], function.__module__, at, frozenset(keeps),
            about, function, page_proves,
        ))  # fmt: skip

        @wraps(function)
        def perform(*args: P.args, **given: P.kwargs) -> R:
            assert not args, f"{verb.name} takes keyword arguments only"
            try:
                return cast(R, _perform(verb, dict(given)))
            except (OperationalError, OSError) as error:
                if _stack.get():
                    raise
                if stood_in_each_others_way(error):
                    raise Faster from error
                if lacks_room(error):
                    log.error("no_room", verb=verb.name)
                    raise NoRoom from error
                raise

        perform.verb = verb  # type: ignore[attr-defined]
        return perform

    return decorate


def _declared(verb: Verb) -> Verb:
    name, at, function = verb.name, verb.at, verb.function
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
    VERBS[name] = verb
    return verb


def _perform(verb: Verb, given: dict[str, Any]) -> Any:
    nonce = given.pop("nonce", None)
    _signature_of(verb.function).bind(**given)
    by = given["by"]
    now = Doing(verb, by, given)
    outermost = _finished.get() is None
    now.acting_for = _authority(now) if outermost else _stack.get()[0].acting_for
    with transaction.atomic():
        # The contexts end before the commit: what hears the news afterwards acts for itself.
        finished = _finished.set([]) if outermost else None
        token = _stack.set((*_stack.get(), now))
        kept = len(_finished.get() or ())
        try:
            claim = None if nonce is None else _claim(by, nonce, verb)
            now.result = verb.function(**given)
            if claim is not None:
                _settle(claim, now.result)
            _keep(now)
            if outermost:
                _store()
        except BaseException:
            # Rows are rolled back to here: lines of verbs inside this one go with them.
            del (_finished.get() or [])[kept:]
            raise
        finally:
            _stack.reset(token)
            if finished is not None:
                _finished.reset(finished)
    return now.result


@cache
def _signature_of(function: Callable[..., Any]) -> inspect.Signature:
    return inspect.signature(function)


def _authority(now: Doing) -> int | None:
    """Check the permission and the reach of every row handed in; return the organisation that is acted for."""
    at = None if now.verb.at is None else now.given[now.verb.at]
    if now.verb.at is not None and (not isinstance(at, models.Model) or at.pk is None):
        raise TypeError(f"{now.verb.name}: {now.verb.at}= is the stored row at which the verb is done")
    through = access.require(now.by, now.verb.name, at)
    access.require_visible(now.by, _rows_in(one for one in now.given.values() if one is not at))
    return None if through.org is None else through.org.pk


def _rows_in(values: Iterable[Any]) -> Iterable[models.Model]:
    """Yield the rows handed in, also those inside collections and dataclasses; accounts are identities."""
    from .models import Account

    for value in values:
        if isinstance(value, models.Model) and not isinstance(value, Account) and value.pk is not None:
            yield value
        elif isinstance(value, (list, tuple, set, frozenset, models.QuerySet)):
            yield from _rows_in(value)
        elif is_dataclass(value) and not isinstance(value, type):
            yield from _rows_in(getattr(value, one.name) for one in fields(value))
        elif isinstance(value, dict):
            yield from _rows_in(value.values())


def _claim(by: Any, nonce: str, verb: Verb) -> Any:
    from .models import Nonce

    if not 0 < len(nonce) <= MOST_NONCE:
        raise Refusal("nonce_length", _("提交编号应有 1 到 64 个字符。"), field="nonce")
    try:
        with transaction.atomic():
            return Nonce.objects.create(account=by, nonce=nonce, verb=verb.name)
    except IntegrityError:
        first = Nonce.objects.get(account=by, nonce=nonce)
    if first.verb != verb.name:
        raise Refusal("nonce_of_another_verb", _("这个提交编号已用于另一项办理。"), field="nonce")
    raise AlreadyDone(first.result)


def _settle(claim: Any, result: Any) -> None:
    if isinstance(result, models.Model):
        type(claim).objects.filter(pk=claim.pk).update(result=label_of(result))


def _keep(now: Doing) -> None:
    """Keep the line of a verb that ended; the clock leaves none where it found nothing to do."""
    finished = _finished.get()
    assert finished is not None
    if now.row_count or now.by.kind != "system":
        finished.append(now)


def _store() -> None:
    from .chain import add_lines

    finished = _finished.get()
    assert finished is not None
    add_lines(finished)
    finished.clear()


def what_was_given(now: Doing) -> dict[str, Any]:
    """Return the arguments as the record may keep them: rows by number, open values, the rest withheld.

    Of the people whom a line concerns it keeps the digest of their set.
    """
    at = now.given.get(now.verb.at or "")
    about = now.verb.about or (type(at) if isinstance(at, models.Model) else None)
    levels = {} if about is None else privacy_of(about)
    kept = {
        name: _open_part(name, value, levels, now.verb.keeps)
        for name, value in now.given.items()
        if name not in ("by", now.verb.at) and value is not None and not isinstance(value, People)
    }
    return kept if now.people is None else {**kept, "people": now.people.digest()}


def _open_part(name: str, value: Any, levels: Mapping[str, str], keeps: frozenset[str]) -> Any:
    """Return what may be kept of one argument: of text only what ``keeps`` names, of facts only the open."""
    if isinstance(value, models.Model):
        return label_of(value)
    if is_dataclass(value) and not isinstance(value, type):
        value = {one.name: getattr(value, one.name) for one in fields(value)}
    if isinstance(value, Mapping):
        return _open_fields(value, levels)
    if isinstance(value, (list, tuple, set, frozenset, models.QuerySet)):
        return len(value)
    says_nothing = isinstance(value, (bool, int, dt.date, enum.Enum)) and levels.get(name, "open") == "open"
    return _plain(value) if says_nothing or name in keeps else WITHHELD


def _open_fields(value: Mapping[str, Any], levels: Mapping[str, str]) -> dict[str, Any]:
    return {
        str(key): _plain(one) if levels.get(str(key)) == "open" else WITHHELD
        for key, one in value.items()
        if one is not None and one not in ("", (), [])
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
    # What neither database nor UTF-8 can hold is shown as such: NUL and halves of characters.
    return str(value)[:200].replace("\0", "\ufffd").encode("utf-8", "replace").decode()
