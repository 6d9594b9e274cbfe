"""Form fields that read what people type through ``kernel.values`` and say in a sentence what is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import values
from .errors import Refusal
from .models import Account, CertificateKind, Industry, Occupation, Org, Region
from .models.region import IS_CITY, full_code

EARLIEST = dt.date(1900, 1, 1)
LATEST = dt.date(2200, 1, 1)
MOST_CANDIDATES = 6
MOST_FOUND = 20


def checked(read: Callable[..., Any], text: str, **how: Any) -> Any:
    """Return ``read(text)``, turning a refusal into the error of a field."""
    try:
        return read(text, **how)
    except Refusal as no:
        raise forms.ValidationError(str(no.sentence), code=no.code) from None


class LineField(forms.CharField):
    """One line of text without controls, hidden characters or a formula."""

    def __init__(self, *, max_length: int = 200, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)

    def to_python(self, value: Any) -> str:
        return self.read(super().to_python(value) or "")

    def read(self, text: str) -> str:
        """Return what was meant; raises ``ValidationError`` with a sentence."""
        return str(checked(values.no_formula, checked(values.line, text))) if text else ""


class TextField(LineField):
    """Text of several lines."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, *, max_length: int = 2000, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)

    def read(self, text: str) -> str:
        return str(checked(values.paragraph, text)) if text else ""


class PersonNameField(LineField):
    """A person's name as on the identity card."""

    def __init__(self, *, max_length: int = 50, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)
        self.widget.attrs.setdefault("autocomplete", "off")

    def read(self, text: str) -> str:
        return str(checked(values.person_name, text)) if text else ""


class IdNumberField(LineField):
    """An identity number; gives the 18-character form."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=40, **options)
        self.widget.attrs.update({"autocomplete": "off", "inputmode": "text", "spellcheck": "false"})

    def read(self, text: str) -> str:
        return str(checked(values.id_number, text)) if text else ""


class TelephoneField(LineField):
    """A Chinese telephone; ``mobile=True`` refuses landlines."""

    def __init__(self, *, mobile: bool = False, **options: Any) -> None:
        self.mobile = mobile
        super().__init__(max_length=40, widget=forms.TextInput(attrs={"type": "tel"}), **options)

    def read(self, text: str) -> str:
        return str(checked(values.telephone, text, mobile=self.mobile)) if text else ""


class MoneyField(forms.Field):
    """Yuan typed, whole fen given (``None`` when left empty). ``least`` and ``most`` are fen."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    unit = _("元")

    def __init__(self, *, least: int = 0, most: int | None = None, **options: Any) -> None:
        self.least, self.most = least, most
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        return yuan(value, grouped=False) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        fen: int = checked(values.money_fen, str(value)[:40])
        if fen < self.least:
            raise forms.ValidationError(_("金额不能少于 %(least)s 元。") % {"least": yuan(self.least)})
        if self.most is not None and fen > self.most:
            raise forms.ValidationError(_("金额不能超过 %(most)s 元。") % {"most": yuan(self.most)})
        return fen


def yuan(fen: int, grouped: bool = True) -> str:
    """Return fen as yuan, with decimals only where there are any."""
    whole, rest = divmod(abs(fen), 100)
    text = (f"{whole:,}" if grouped else str(whole)) + (f".{rest:02d}" if rest else "")
    return f"-{text}" if fen < 0 else text


class DayField(forms.Field):
    """A day; ``past`` refuses days after today, ``future`` days before today."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(
        self,
        *,
        past: bool = False,
        future: bool = False,
        earliest: dt.date = EARLIEST,
        latest: dt.date = LATEST,
        **options: Any,
    ) -> None:
        self.past, self.future, self.earliest, self.latest = past, future, earliest, latest
        super().__init__(**options)

    def to_python(self, value: Any) -> dt.date | None:
        if value in self.empty_values:
            return None
        day: dt.date = value if isinstance(value, dt.date) else checked(values.day, str(value)[:40])
        today = timezone.localdate()
        if self.past and day > today:
            raise forms.ValidationError(_("日期不能晚于今天。"), code="future")
        if self.future and day < today:
            raise forms.ValidationError(_("日期不能早于今天。"), code="past")
        if not self.earliest <= day <= self.latest:
            raise forms.ValidationError(_("日期不合理，请核对年份。"), code="implausible")
        return day


class RowChoiceField(forms.ModelChoiceField[Any]):
    """A select of the few rows of a model that the actor may read; ``narrow(rows)`` says which of them."""

    def __init__(
        self, model: type[Model], narrow: Callable[[Any], QuerySet[Any]] | None = None, **options: Any
    ) -> None:
        self.model, self.narrow = model, narrow
        super().__init__(model._default_manager.none(), **options)

    def rows(self, actor: Any) -> QuerySet[Any]:
        """Return the rows to choose from."""
        rows: QuerySet[Any] = self.model._default_manager.visible_to(actor)  # type: ignore[attr-defined]
        return rows if self.narrow is None else self.narrow(rows)


class SearchInput(forms.TextInput):
    """A text input that a script turns into a searchable select."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false", **(attrs or {})})


class RowField(forms.Field):
    """One row of a long list, chosen by code or name; gives the row.

    With scripts the input searches while one types; without, it is a plain input of a code or a name, and what
    is typed is resolved here. A subclass names ``model`` and ``search`` (its part of the search address);
    ``only`` narrows by a lookup named in ``narrowed_by``, for example ``{"kind": ("village",)}``.
    """

    widget = SearchInput
    search: ClassVar[str] = ""
    model: ClassVar[type[Model]]
    code: ClassVar[str] = "code"
    names: ClassVar[tuple[str, ...]] = ("name",)
    narrowed_by: ClassVar[tuple[str, ...]] = ()
    order: ClassVar[tuple[str, ...]] = ("pk",)
    searches: ClassVar[dict[str, type[RowField]]] = {}

    def __init__(self, *, only: Mapping[str, Iterable[Any]] | None = None, **options: Any) -> None:
        self.only = {name: tuple(str(one) for one in found) for name, found in (only or {}).items()}
        self.actor: Any = None
        super().__init__(**options)

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if cls.search:
            RowField.searches[cls.search] = cls

    def rows(self) -> QuerySet[Any]:
        """Return the rows to choose from: those that the actor may read, narrowed."""
        rows: QuerySet[Any] = self.model._default_manager.visible_to(self.actor)  # type: ignore[attr-defined]
        return rows.filter(**{f"{name}__in": found for name, found in self.only.items()})

    def text_of(self, row: Any) -> str:
        """Return how a chosen row is written: its code, a blank, its name."""
        return f"{self.code_of(row)} {row}"

    def code_of(self, row: Any) -> str:
        """Return the code by which a row is written."""
        return str(getattr(row, self.code))

    def hint_of(self, row: Any) -> str:
        """Return what tells rows of one name apart in the list of candidates."""
        return ""

    def address(self) -> str:
        """Return the address that answers a search."""
        narrowed = {name: ",".join(found) for name, found in self.only.items()}
        return reverse("search", args=[self.search]) + (f"?{urlencode(narrowed)}" if narrowed else "")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"data-search": self.search, **({"data-numbered": True} if self.code == "pk" else {})}

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Model):
            return self.text_of(value)
        if isinstance(value, int):
            row = self.rows().filter(pk=value).first()
            return "" if row is None else self.text_of(row)
        return value

    def to_python(self, value: Any) -> Any:
        text = checked(values.line, str(value)[:200]) if value not in self.empty_values else ""
        return self.resolve(text) if text else None

    def resolve(self, text: str) -> Any:
        """Return the one row that is meant; raises ``ValidationError`` naming the candidates."""
        rows = self.rows()
        for condition in self.meanings(text):
            found = list(rows.filter(condition)[: MOST_CANDIDATES + 1])
            if len(found) == 1:
                return found[0]
            if found:
                raise forms.ValidationError(str(self.ambiguous(found)), code="ambiguous")
        raise forms.ValidationError(
            _("没有找到“%(text)s”，请写代码或名称，例如从列表里选一项。") % {"text": text}, code="unknown"
        )

    def meanings(self, text: str) -> list[Q]:
        """Return what a text may mean, surest first: a code, the whole name, a part of the name."""
        first = values.half_width(text.split(" ", 1)[0])
        whole = [Q(**{name: text}) for name in self.names]
        part = [Q(**{f"{name}__icontains": text}) for name in self.names]
        codes = [self.by_code(first)] if self.looks_like_code(first) else []
        return [*codes, _either(whole), _either(part)]

    def looks_like_code(self, text: str) -> bool:
        """Tell whether a text may be a code at all."""
        return values.is_digits(text[:1]) if self.code != "pk" else values.row_number(text) is not None

    def by_code(self, code: str) -> Q:
        """Return the condition of having this code."""
        return Q(**{self.code: code})

    def found(self, text: str) -> list[Any]:
        """Return the first rows whose code or name begins with or contains what was typed."""
        condition = _either([Q(**{f"{name}__icontains": text}) for name in self.names])
        if self.looks_like_code(text):
            condition |= self.by_code(text) if self.code == "pk" else Q(**{f"{self.code}__startswith": text})
        return list(self.rows().filter(condition).order_by(*self.order)[:MOST_FOUND])

    def ambiguous(self, found: list[Any]) -> str | Promise:
        """Return the sentence that names what a text may mean."""
        named = _("；").join(
            self.text_of(one) + self.hint_in_brackets(one) for one in found[:MOST_CANDIDATES]
        )
        more = _("等") if len(found) > MOST_CANDIDATES else ""
        return _("有好几项都叫这个，请写前面的代码：%(named)s%(more)s") % {"named": named, "more": more}

    def hint_in_brackets(self, row: Any) -> str:
        """Return the hint in full-width brackets, or nothing."""
        hint = self.hint_of(row)
        return f"（{hint}）" if hint else ""


def _either(conditions: list[Q]) -> Q:
    whole = conditions[0]
    for one in conditions[1:]:
        whole |= one
    return whole


class OccupationField(RowField):
    """An occupation of the classification of 2022; by default of its lowest level."""

    search = "occupation"
    model = Occupation
    narrowed_by = ("level",)
    order = ("code",)

    def __init__(self, *, levels: Iterable[int] = (4,), **options: Any) -> None:
        super().__init__(only={"level": levels, **options.pop("only", {})}, **options)


class IndustryField(RowField):
    """An industry of GB/T 4754-2017."""

    search = "industry"
    model = Industry
    order = ("code",)

    def looks_like_code(self, text: str) -> bool:
        return text[:1].isalnum() and text.isascii()


class CertificateKindField(RowField):
    """A kind of certificate; written by number, because codes of different families clash."""

    search = "certificate_kind"
    model = CertificateKind
    code = "pk"
    order = ("family", "code")

    def hint_of(self, row: Any) -> str:
        return f"{row.family} {row.code}"


class RegionField(RowField):
    """A standing division; by default a city where people work. Level 2 includes what stands in its place."""

    search = "region"
    model = Region
    names = ("name", "short_name")
    narrowed_by = ("level",)
    order = ("level", "code")

    def __init__(self, *, levels: Iterable[int] = (2,), **options: Any) -> None:
        super().__init__(only={"level": levels, **options.pop("only", {})}, **options)

    def rows(self) -> QuerySet[Any]:
        levels = self.only["level"]
        wanted = Q(level__in=levels) | IS_CITY if "2" in levels else Q(level__in=levels)
        return Region.objects.visible_to(self.actor).standing().filter(wanted).select_related("parent")

    def code_of(self, row: Any) -> str:
        return str(row.code[: {1: 6, 2: 6, 3: 6, 4: 9}.get(row.level, 12)])

    def by_code(self, code: str) -> Q:
        return Q(code=full_code(code))

    def hint_of(self, row: Any) -> str:
        return str(row.parent or "")


class OrgField(RowField):
    """A standing organisation of some kinds, written by its number and name."""

    search = "org"
    model = Org
    code = "pk"
    names = ("name", "short_name", "name_key")
    narrowed_by = ("kind",)
    order = ("kind", "name_key", "pk")

    def __init__(self, *, kinds: Iterable[str] = (), **options: Any) -> None:
        only = {"kind": tuple(kinds)} if kinds else {}
        super().__init__(only={**only, **options.pop("only", {})}, **options)

    def rows(self) -> QuerySet[Any]:
        return super().rows().filter(closed_on=None).select_related("parent")

    def hint_of(self, row: Any) -> str:
        return str(row.parent or "")


class AccountField(RowField):
    """An account that the actor may read, written by its number and name."""

    search = "account"
    model = Account
    code = "pk"
    names = ("name", "username")
    narrowed_by = ("kind",)
    order = ("name", "pk")

    def hint_of(self, row: Any) -> str:
        return f"{row.username} · {row.org or ''}"
