"""Who may read which rows, and who may do what to them.

Scope is an equality on a level column (``county_id = 17``), so that the index ending in a list's order serves
it. A model says in an inner ``class Reach`` how its rows are tied to people and organisations:

``places``  prefixes of level columns (``("",)`` for its own; ``("org__",)`` through a key);
``ends``    kind of organisation → path of the key that names it (a station, an employer);
``tied``    ``tied(reaching) -> Q | None``: rows that belong to a grant's end though no key names it;
``own``     path to the account of the person whom the row is about, who acts for themselves;
``rests_in`` of a person, key of the row of the same person that stands for this one: who reads lines about one
            reads those about the other;
``mine``    path to the account whose row it is whatever they hold: who asked for it or handed it in;
``also``    ``also(reaching) -> Q | None``: further rows that a grant may *read*, never act on;
``public``  every signed-in reader sees every row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from .errors import NotAllowed, OutOfReach
from .roles import Role, roles

if TYPE_CHECKING:
    from .models import Account, Org

NOTHING = Q(pk__in=())


@dataclass(frozen=True)
class Reaching:
    """A role held at an organisation; ``org`` is ``None`` for a person's own rows and for the system."""

    account: Account
    role: Role
    org: Org | None

    @property
    def unbounded(self) -> bool:
        """Whether it reaches every row: only the installation's own clock does."""
        return self.account.kind == "system"


def held_by(account: Account) -> tuple[Reaching, ...]:
    """Return what the account holds today, in the order of granting; a closed account holds nothing."""
    if not account.is_active:
        return ()
    table = roles()
    implied = {"worker": "worker", "system": "system"}.get(account.kind, "")
    held = [Reaching(account, table[implied], None)] if implied in table else []
    for grant in account.grants.standing().select_related("org").order_by("pk"):
        if grant.role in table and grant.org.closed_on is None:
            held.append(Reaching(account, table[grant.role], grant.org))
    return tuple(held)


def readable(model: type[models.Model], actor: Account | None) -> Q:
    """Return the condition under which the actor may read a row of the model."""
    if actor is None or not getattr(actor, "is_authenticated", False):
        return NOTHING
    held = [one for one in actor.held if one.unbounded or one.role.sees(model._meta.label)]
    if not held:
        return NOTHING
    if _reach(model, "public", False) or any(one.unbounded for one in held):
        return Q()
    return _any_of([*(_tied(model, one) for one in held), *(_also(model, one) for one in held)])


def actionable(model: type[models.Model], actor: Account, verb: str) -> Q:
    """Return the condition under which the actor may do ``verb`` at a row of the model."""
    held = [one for one in actor.held if one.role.may(verb)]
    if any(one.unbounded for one in held):
        return Q()
    return _any_of([_tied(model, one) for one in held])


def holds(actor: Account, verb: str) -> bool:
    """Tell whether any role of the actor holds the verb, wherever that may be."""
    return any(one.role.may(verb) for one in actor.held)


def may(actor: Account, verb: str, row: models.Model) -> bool:
    """Tell whether the actor may do ``verb`` at ``row``; for buttons, which are never the check itself."""
    if not holds(actor, verb):
        return False
    model = type(row)
    return model._base_manager.filter(actionable(model, actor, verb), pk=row.pk).exists()


def require(actor: Account, verb: str, row: models.Model | None) -> Reaching:
    """Return the grant through which the actor does ``verb`` at ``row``, the first where there are several.

    Raises ``OutOfReach`` for a row beyond reach, ``NotAllowed`` for a verb that is not the actor's here.
    """
    if row is not None:
        require_visible(actor, [row])
    holding = [one for one in actor.held if one.role.may(verb)]
    through = next((one for one in holding if row is None or _reaches(one, row)), None)
    if through is None:
        raise NotAllowed(verb)
    return through


def require_visible(actor: Account, rows: Iterable[models.Model]) -> None:
    """Raise ``OutOfReach`` unless the actor may read all the rows; divisions and code lists are public."""
    wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
    for row in rows:
        wanted[type(row)].add(row.pk)
    for model, keys in wanted.items():
        visible_to = getattr(model._default_manager, "visible_to", None)
        if visible_to is None:
            continue
        for some in _portions(sorted(keys)):
            found = visible_to(actor).filter(pk__in=some).order_by().values_list("pk", flat=True)
            if len(set(found)) != len(some):
                raise OutOfReach


def _reaches(one: Reaching, row: models.Model) -> bool:
    model = type(row)
    return one.unbounded or model._base_manager.filter(_any_of([_tied(model, one)]), pk=row.pk).exists()


def _portions(keys: list[Any], most: int = 500) -> Iterator[list[Any]]:
    for start in range(0, len(keys), most):
        yield keys[start : start + most]


def _reach(model: type[models.Model], name: str, default: Any = None) -> Any:
    return getattr(getattr(model, "Reach", None), name, default)


def _tied(model: type[models.Model], one: Reaching) -> Q | None:
    """Return the rows that belong to the grant's place, end or person."""
    parts: list[Q | None] = []
    own = _reach(model, "own")
    if own is not None and one.org is None:
        parts.append(Q(**{own: one.account.pk}))
    mine = _reach(model, "mine")
    if mine is not None:
        parts.append(Q(**{mine: one.account.pk}))
    if one.org is not None and one.org.level is not None:
        key = getattr(one.org, f"{one.org.level}_id")
        parts += [Q(**{f"{prefix}{one.org.level}": key}) for prefix in _reach(model, "places", ())]
    elif one.org is not None:
        path = _reach(model, "ends", {}).get(one.org.kind)
        parts += [] if path is None else [Q(**{path: one.org.pk})]
        tied = _reach(model, "tied")
        parts += [] if tied is None else [tied(one)]
    return _any_of(parts) if parts else None


def _also(model: type[models.Model], one: Reaching) -> Q | None:
    also = _reach(model, "also")
    return None if also is None else also(one)


def _any_of(parts: list[Q | None]) -> Q:
    whole: Q | None = None
    for part in parts:
        if part is not None:
            whole = part if whole is None else whole | part
    return NOTHING if whole is None else whole
