"""Fields by which a person of the register or a place is chosen."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from zhitong.kernel import values
from zhitong.kernel.fields import MOST_FOUND, OrgField, RowField
from zhitong.kernel.models import Account
from zhitong.kernel.privacy import blind_index
from zhitong.kernel.web import ActorForm

from ..models import Worker

ID_NUMBER_LENGTH = 18
LEAST_OF_A_NAME = 2


def own_places(actor: Account) -> Q:
    """Return the organisations that stand in the actor's own place or below; all of them for a person himself."""
    if actor.is_worker:
        return Q()
    held = [one.org for one in actor.held if one.org is not None and one.org.level is not None]
    whole = Q(pk__in=())
    for org in held:
        whole |= Q(**{str(org.level): getattr(org, f"{org.level}_id")})
    return whole


def asked_number(form: ActorForm, name: str) -> int | None:
    """Return the number of the row that the address suggests for a field."""
    return values.row_number(form.initial.get(name))


class PlaceField(OrgField):
    """A place within one's own reach, written by its number and name."""

    search = "place"

    def rows(self) -> QuerySet[Any]:
        return super().rows().filter(own_places(self.actor))

    def meanings(self, text: str) -> list[Q]:
        """Take a part of a name in characters only: a letter or two of pinyin would choose a place by chance."""
        first = values.half_width(text.split(" ", 1)[0])
        if self.looks_like_code(first):
            return [self.by_code(first)]
        part = [] if text.isascii() or len(text) < LEAST_OF_A_NAME else [Q(name__contains=text)]
        return [Q(name=text) | Q(short_name=text), *part]


class WorkerField(RowField):
    """Someone on the register: by identity number, by the number in front of the name, or by name."""

    search = "worker"
    model = Worker
    code = "pk"
    order = ("name_key", "pk")

    def rows(self) -> Any:
        return Worker.objects.visible_to(self.actor).active().select_related("village")

    def looks_like_code(self, text: str) -> bool:
        return self._is_id_number(text) or super().looks_like_code(text)

    def by_code(self, code: str) -> Q:
        code = values.half_width(code)
        return self._by_id_number(code) if self._is_id_number(code) else Q(pk=code)

    def meanings(self, text: str) -> list[Q]:
        first = values.half_width(text.split(" ", 1)[0])
        return [self.by_code(first)] if self.looks_like_code(first) else [Q(name=text)]

    def found(self, text: str) -> list[Any]:
        """Return the first people who are meant; a name is searched along its index, never in its middle."""
        if self.looks_like_code(text):
            return list(self.rows().filter(self.by_code(text))[:MOST_FOUND])
        return list(self.rows().named(text).order_by(*self.order)[:MOST_FOUND]) if text else []

    def hint_of(self, row: Any) -> str:
        last = str(row.id_number)[-4:] if row.id_number else ""
        return f"{row.village} {row.birth_on.year} {last}".strip()

    def _is_id_number(self, text: str) -> bool:
        return len(text) == ID_NUMBER_LENGTH and values.is_digits(text[:-1])

    def _by_id_number(self, text: str) -> Q:
        return Q(id_number_index=blind_index(text, "id_number"))
