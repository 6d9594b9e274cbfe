"""Lists: declared columns, filters and orders; paged by key, exported whole, acted on in bulk."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import Field, ForeignKey, Model, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.kernel import access
from zhitong.kernel.action import VERBS, Verb
from zhitong.kernel.actions import export_list, save_list_layout
from zhitong.kernel.errors import NotAllowed, Refusal
from zhitong.kernel.lists import LISTS, name_of_list
from zhitong.kernel.models import ListLayout

from .bulk import do_in_bulk
from .detail import Button, Panel
from .export import exported
from .form import ActorForm, FilterForm
from .guard import View, signed_in
from .layout import asked_layout, columns_in, show_layouts
from .paging import Order, Page, page_of_rows
from .paths import page_of, visible_row
from .show import NUMBER, Cell, Column
from .verbs import actor_of, verb_of

Text = str | Promise
OWN_PARAMETERS = ("sort", "page", "export", "layout")


@dataclass(frozen=True)
class Bulk:
    """A verb on many chosen rows: one call with all of them, or with ``each`` one call for each.

    ``rows`` is the argument that takes them; ``at(listing, rows)`` gives further arguments; ``form`` asks for
    what else the verb needs before it is done.
    """

    call: Callable[..., Any]
    rows: str
    form: type[ActorForm] | None = None
    each: bool = False
    at: Callable[[Any, list[Any]], Mapping[str, Any]] | None = None

    @property
    def verb(self) -> Verb:
        """What is known of the verb."""
        return verb_of(self.call)


@dataclass(frozen=True)
class Heading:
    """A column's head with the address that sorts by it."""

    column: Column
    url: str
    direction: str


@dataclass(frozen=True)
class Line:
    """A row of the list, ready for a template."""

    row: Any
    url: str | None
    cells: list[Cell]
    buttons: Sequence[Button] = ()
    nonce: str = ""

    @property
    def main(self) -> Cell:
        """The cell that heads the card on a phone."""
        return next((one for one in self.cells if one.column.main), self.cells[0])


class Listing:
    """A page with a long list, declared: subclass it, say the model, its columns and its filters.

    Rows begin with ``visible_to``; paging is by the sort's fields and the row's number, without counting.
    ``one_click`` are verbs without a form that a button in each row does at once. ``layout_verb`` keeps the layouts
    in which it is exported: a list whose layouts are a noun of its own names another and says how they are read.
    """

    model: ClassVar[type[Model]]
    title: ClassVar[Text] = ""
    columns: ClassVar[Sequence[Column]] = ()
    order: ClassVar[str] = "-id"
    filters: ClassVar[type[FilterForm]] = FilterForm
    related: ClassVar[tuple[str, ...]] = ()
    size: ClassVar[int] = 50
    new: ClassVar[Sequence[str]] = ()
    bulk: ClassVar[Sequence[Bulk]] = ()
    one_click: ClassVar[Sequence[Callable[..., Any]]] = ()
    empty: ClassVar[Text] = gettext_lazy("还没有内容。")
    parent_model: ClassVar[type[Model] | None] = None
    export_verb: ClassVar[Any] = staticmethod(export_list)
    export_columns: ClassVar[Sequence[Column]] = ()
    layout_verb: ClassVar[Any] = staticmethod(save_list_layout)
    template: ClassVar[str] = "kernel/listing.html"

    def __init__(self, request: HttpRequest, parent: Any = None) -> None:
        self.request, self.actor, self.parent = request, actor_of(request), parent

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        LISTS[name_of_list(cls)] = cls
        if "parent" in cls.__dict__:
            cls.parent_model = cls.__dict__["parent"]
        for one in cls.columns:
            _refuse_null(cls.model, one)

    @classmethod
    def page(cls) -> View:
        """Return the view; with a parent, for an address with ``<int:pk>``."""

        def view(request: HttpRequest, pk: int | None = None) -> HttpResponseBase:
            parent = None
            if cls.parent_model is not None and pk is not None:
                parent = visible_row(cls.parent_model, actor_of(request), pk)
            return cls(request, parent).answer()

        view.__name__ = cls.__name__
        guarded = signed_in(view)
        guarded.listing = cls  # type: ignore[attr-defined]
        return guarded

    @classmethod
    def panel(cls, request: HttpRequest, parent: Any = None, url: str = "", title: Text = "") -> Panel:
        """Return a panel with the first rows, for a page of another kind; ``url`` leads to the whole list."""
        one = cls(request, parent)
        page = page_of_rows(one.found_rows(one.unfiltered()), one.orders[one.default_order], "", 10)
        context = {"lines": one.lines(page), "columns": cls.columns, "url": url, "empty": one.empty}
        return Panel(title or cls.title, "kernel/panel_listing.html", context, True)

    @classmethod
    def keeps_layouts(cls) -> bool:
        """Tell whether it is exported in a ``ListLayout`` and not in layouts of its own."""
        return cls.layout_model() is ListLayout

    @classmethod
    def layout_model(cls) -> type[Model]:
        """Return the noun that its layouts are."""
        found: type[Model] = verb_of(cls.layout_verb).about or ListLayout
        return found

    @classmethod
    def kept_columns(cls) -> dict[str, Column]:
        """Return the columns that an export can show by the key under which layouts keep them."""
        found: dict[str, Column] = {}
        for one in (NUMBER, *cls.export_columns, *cls.columns):
            found.setdefault(one.kept_as, one)
        return found

    # --- what a subclass may say

    def rows(self) -> Any:
        """Return the rows of the list before filters; they begin with those that the actor may read."""
        return self.model._default_manager.visible_to(self.actor)  # type: ignore[attr-defined]

    def heading(self) -> Text:
        """Return the title of the page."""
        return self.title or self.model._meta.verbose_name_plural or ""

    def crumbs(self) -> list[tuple[str, str]]:
        """Return the way here."""
        url = page_of(self.parent)
        return [] if url is None else [(str(self.parent), url)]

    def context(self) -> dict[str, Any]:
        """Return more for the template."""
        return {}

    def url_of(self, row: Any) -> str | None:
        """Return where a row leads to."""
        return page_of(row)

    def told(self, row: Any) -> str:
        """Return how a ticked row is named where somebody is asked once more before it is done."""
        return str(row)

    def layouts(self) -> Any:
        """Return the layouts in which the actor may export it."""
        rows = ListLayout.objects.visible_to(self.actor).standing()
        return rows.of_list(name_of_list(type(self))).kept_for(self.actor)

    def columns_of(self, layout: Any) -> Sequence[Column]:
        """Return the columns of a layout; raises ``Refusal`` where one of ours is gone."""
        return columns_in(layout, self.kept_columns())

    # --- how it answers

    def answer(self) -> HttpResponseBase:
        """Return the page, the table alone for a script, the export, or what a bulk verb did."""
        if not self.may_read():
            raise NotAllowed(f"read {self.model._meta.label}")
        if self.request.method == "POST":
            return do_in_bulk(self)
        form, problems = self.unfiltered_form(), self.unknown_parameters()
        if not form.is_valid() or problems:
            return self.show(form, Page([], "", ""), problems, 400)
        try:
            rows, order = self.found_rows(form), self.asked_order()
            if self.request.GET.get("export") == "layout" and self.offers_layouts():
                return show_layouts(self, form)
            if self.request.GET.get("export"):
                return exported(self, rows, order, form)
            return self.show(form, page_of_rows(rows, order, self.request.GET.get("page", ""), self.size))
        except Refusal as no:
            if no.field not in OWN_PARAMETERS:
                raise
            return self.show(form, Page([], "", ""), [no.sentence], 400)

    def unfiltered_form(self) -> FilterForm:
        """Return the filter form with what the address asks for."""
        return self.filters(self.actor, self.request.GET)

    def unfiltered(self) -> FilterForm:
        """Return the filter form with nothing asked for."""
        form = self.filters(self.actor, {})
        form.is_valid()
        return form

    def unknown_parameters(self) -> list[Text]:
        """Return a sentence for each parameter that this list does not know."""
        known = {*self.filters.base_fields, *OWN_PARAMETERS}
        unknown = sorted(name for name in self.request.GET if name not in known)
        return [
            _("没有“%(name)s”这个筛选条件，请从下面的条件里选。") % {"name": name[:40]} for name in unknown
        ]

    def found_rows(self, form: FilterForm) -> QuerySet[Any]:
        """Return the rows that are asked for, with what their columns need."""
        return self.with_keys(form.narrow(self.rows()), self.columns)

    def with_keys(self, rows: QuerySet[Any], columns: Sequence[Column]) -> QuerySet[Any]:
        """Return the rows together with the rows behind the keys that these columns pass through."""
        related = {*self.related, *_keys_on_the_way(self.model, columns)}
        return rows.select_related(*sorted(related)) if related else rows

    @cached_property
    def written_columns(self) -> Sequence[Column]:
        """The columns of an export: those of the layout that is asked for, or else our own."""
        return self.export_columns or self.columns if self.layout is None else self.columns_of(self.layout)

    @cached_property
    def layout(self) -> Any:
        """The layout that the address asks for, or nothing; raises ``Refusal`` where there is no such layout."""
        return asked_layout(self)

    @cached_property
    def orders(self) -> dict[str, Order]:
        """The orders that may be asked for, by their name in the address."""
        found: dict[str, Order] = {}
        for one in self.columns:
            if one.sort_fields:
                found[one.key] = Order(one.key, one.sort_fields)
        plain = self.order.removeprefix("-")
        found.setdefault(plain, Order(plain, ("pk" if plain == "id" else plain,)))
        both = {f"-{name}": Order(name, one.fields, True) for name, one in found.items()}
        return {**found, **both}

    @property
    def default_order(self) -> str:
        """The order that is used when none is asked for."""
        return self.order

    def asked_order(self) -> Order:
        """Return the order that the address asks for; refuses any other than those of the columns."""
        wanted = self.request.GET.get("sort") or self.default_order
        if wanted not in self.orders:
            raise Refusal("wrong_sort", _("不能按这一列排序，请点表头排序。"), field="sort")
        return self.orders[wanted]

    # --- what the template shows

    def show(
        self, form: FilterForm, page: Page, problems: Sequence[Any] = (), status: int = 200
    ) -> HttpResponseBase:
        """Return the page or, for a script that swaps the table, the table alone."""
        whole = not getattr(self.request, "htmx", False)
        template = self.template if whole else "kernel/listing_body.html"
        context = {
            "listing": self, "title": self.heading(), "form": form, "problems": problems, "crumbs": self.crumbs(),
            "lines": self.lines(page), "headings": self.headings(form), "page": page, "columns": self.columns,
            "before_url": self.url(form, page=page.before) if page.before else "",
            "after_url": self.url(form, page=page.after) if page.after else "",
            "export_url": self.url(form, export="xlsx") if self.may_export() else "",
            "layouts_url": self.url(form, export="layout") if self.offers_layouts() else "",
            "bulk_verbs": self.bulk_verbs(), "nonce": uuid.uuid4().hex, "new_buttons": self.new_buttons(),
            "is_narrowed": bool(form.asked()), "sort": self.request.GET.get("sort", ""), **self.context(),
        }  # fmt: skip
        return render(self.request, template, context, status=status)

    def lines(self, page: Page) -> list[Line]:
        """Return the rows with their cells."""
        found = []
        for row in page.rows:
            url = self.url_of(row)
            cells = [Cell.of(one, row, url) for one in self.columns]
            found.append(Line(row, url, cells, self.buttons_of(row), uuid.uuid4().hex))
        return found

    def buttons_of(self, row: Any) -> list[Button]:
        """Return the verbs that a button in this row does at once."""
        held = [verb_of(one) for one in self.one_click if access.holds(self.actor, verb_of(one).name)]
        return [Button(one.title, reverse(one.name, args=[row.pk]), one.name) for one in held]

    def headings(self, form: FilterForm) -> list[Heading]:
        """Return the heads of the columns: a click sorts, a second one turns round."""
        current = self.request.GET.get("sort") or self.default_order
        return [self._heading(form, one, current) for one in self.columns]

    def _heading(self, form: FilterForm, one: Column, current: str) -> Heading:
        if not one.sort_fields:
            return Heading(one, "", "")
        direction = {one.key: "up", f"-{one.key}": "down"}.get(current, "")
        wanted = f"-{one.key}" if direction == "up" else one.key
        return Heading(one, self.url(form, sort=wanted), direction)

    def url(self, form: FilterForm, **changes: str) -> str:
        """Return this list's address with the filters in use and these changes; a new order begins anew."""
        asked: dict[str, str] = dict(form.asked())
        sort = self.request.GET.get("sort", "")
        asked.update({"sort": sort} if sort else {})
        asked.update({name: value for name, value in changes.items() if value})
        return f"{self.request.path}?{urlencode(asked)}" if asked else self.request.path

    def may_read(self) -> bool:
        """Tell whether a role of the actor reads the noun of the list."""
        return any(one.unbounded or one.role.sees(self.model._meta.label) for one in self.actor.held)

    def may_export(self) -> bool:
        """Tell whether the actor may take the list away."""
        held = access.holds(self.actor, verb_of(self.export_verb).name)
        return held and any(one.org is not None for one in self.actor.held)

    def offers_layouts(self) -> bool:
        """Tell whether the actor may take the list away in a layout of an organisation."""
        label = self.layout_model()._meta.label
        return self.may_export() and any(one.unbounded or one.role.sees(label) for one in self.actor.held)

    def bulk_verbs(self) -> list[Bulk]:
        """Return the bulk verbs that a role of the actor holds."""
        return [one for one in self.bulk if access.holds(self.actor, one.verb.name)]

    def new_buttons(self) -> list[Button]:
        """Return the verbs that make a new row and that the actor holds."""
        held = [VERBS[name] for name in self.new if access.holds(self.actor, name)]
        return [Button(one.title, url, one.name) for one in held if (url := self._new_url(one.name))]

    def _new_url(self, name: str) -> str | None:
        for args in ([], [getattr(self.parent, "pk", None)]):
            try:
                return reverse(name, args=args)
            except NoReverseMatch:
                continue
        return None


def _keys_on_the_way(model: type[Model], columns: Sequence[Column]) -> set[str]:
    """Return the foreign keys that dotted columns pass through, so that each page is one query."""
    found: set[str] = set()
    for one in columns:
        if isinstance(one.value, str):
            found |= _keys_of(model, one.value.split("."))
    return found


def _keys_of(model: type[Model], parts: list[str]) -> set[str]:
    walked: list[str] = []
    for name in parts:
        known = {one.name: one for one in model._meta.get_fields()}.get(name)
        one_to_one = getattr(known, "one_to_one", False)
        if known is None or known.related_model is None or not (isinstance(known, ForeignKey) or one_to_one):
            break
        walked.append(name)
        model = known.related_model
    return {"__".join(walked)} if walked else set()


def _refuse_null(model: type[Model], column: Column) -> None:
    """A sort field that may be null would lose rows between pages."""
    for name in column.sort_fields:
        known: Any = model
        for part in name.split("__"):
            one = known._meta.get_field(part)
            known = getattr(one, "related_model", None)
            if isinstance(one, Field) and one.null:
                raise TypeError(f"{model.__name__} cannot be paged by {name}: it may be null")
