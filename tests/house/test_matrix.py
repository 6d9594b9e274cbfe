"""The authorisation matrix: every route and every API operation × every role × inside, outside and no account.

Routes, operations, roles and nouns are read off the house: a new one joins by itself, and fails here until it can be
shown a row of its noun.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from django.db import connection, models
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from zhitong.kernel import access
from zhitong.kernel.action import VERBS
from zhitong.kernel.models import Account
from zhitong.kernel.web.paths import named_by
from zhitong.site.api import APPS, api, nouns_of
from zhitong.site.roles import ROLES
from zhitong.site.world import World

from .specimens import OUTSIDERS, Specimens, build_specimens

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LIBRARIES = ("accounts/", "api/", "metrics", "static/")


@dataclass(frozen=True)
class Route:
    """One of our addresses with a number in it, and the noun that the number names."""

    name: str
    address: str
    model: type[models.Model] | None
    verb: str
    narrower: bool = False
    """Whether the page opens to fewer readers than its noun does: figures of a place that everyone knows by name."""

    def to(self, row: models.Model) -> str:
        """Return the address of a row."""
        return re.sub(r"<int:\w+>", str(row.pk), self.address)


def routes() -> list[Route]:
    """Return every numbered route of ours."""
    return list(_routes(get_resolver().url_patterns))


def _routes(patterns: list[Any], prefix: str = "/") -> Iterator[Route]:
    for one in patterns:
        address = prefix + str(one.pattern)
        if address.startswith(tuple(f"/{name}" for name in LIBRARIES)):
            continue
        if isinstance(one, URLResolver):
            yield from _routes(one.url_patterns, address)
        elif isinstance(one, URLPattern) and "<int:" in address:
            verb = getattr(one.callback, "verb", None)
            narrower = bool(getattr(one.callback, "narrower", False))
            yield Route(str(one.name), address, _model_of(one), verb.name if verb else "", narrower)


def _model_of(pattern: URLPattern) -> type[models.Model] | None:
    """Return the noun of a route: said by its page, or the ``about`` of a view function."""
    view: Any = pattern.callback
    for name, attribute in (("page", "model"), ("detail", "model"), ("listing", "parent")):
        holder = getattr(view, name, None)
        if holder is not None:
            return getattr(holder, attribute, None)
    return getattr(view, "about", None)


@pytest.fixture
def specimens(world: World) -> Specimens:
    """A row of every noun inside the imaginary county, and an account of every role inside and outside it."""
    return build_specimens(world)


def browser_of(account: Account) -> Client:
    """Return the browser in which an account is signed in, the same for all that it asks in one test."""
    if not hasattr(account, "browser"):
        account.browser = Client(raise_request_exception=True)  # type: ignore[attr-defined]
        account.browser.force_login(account)  # type: ignore[attr-defined]
    return account.browser  # type: ignore[attr-defined, no-any-return]


def ask(account: Account | None, address: str, method: str = "get") -> int:
    """Return the status with which an address answers an account."""
    client = Client(raise_request_exception=True) if account is None else browser_of(account)
    body = {"data": json.dumps({}), "content_type": "application/json"} if method == "post" else {}
    answer = getattr(client, method)(address, **body)
    if answer.streaming:  # read to its end the answer closes its file, as a browser would have it
        list(answer.streaming_content)
    return int(answer.status_code)


def test_every_route_names_its_noun_and_has_a_specimen(specimens: Specimens) -> None:
    for route in routes():
        assert route.model is not None, (
            f"{route.address} does not say which noun its number names: use verb_page, Listing or Detail, or set "
            "`view.about = Model`, so that the matrix can try it."
        )
        assert route.model in specimens.rows, (
            f"{route.address}: add a {route.model.__name__} to tests/house/specimens.py."
        )


def test_the_name_of_a_row_asks_nothing_more(specimens: Specimens) -> None:
    for model, row in specimens.rows.items():
        found = model._base_manager.select_related(*named_by(model)).get(pk=row.pk)
        with CaptureQueriesContext(connection) as asked:
            str(found)
        assert not asked.captured_queries, (
            f"{model.__name__}.__str__ reads other rows, so a list of fifty asks fifty times: name the keys that it "
            "follows in NAMED_BY."
        )


def test_every_role_is_tried_inside_and_outside(specimens: Specimens) -> None:
    expected = {role.name for role in ROLES} - {"system"}
    assert set(specimens.inside) == expected
    assert set(specimens.outside) == {role for role in OUTSIDERS if role in expected}


def test_without_an_account_nothing_opens(specimens: Specimens) -> None:
    for route in routes():
        for method in ("get", "post"):
            status = ask(None, route.to(specimens.rows[route.model]), method)
            assert status in (302, 403, 404), f"{method} {route.address} answers {status} to nobody"


@pytest.fixture
def plain_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer refusals without drawing their pages, which look the same each of some thousand times."""
    monkeypatch.setattr(
        "zhitong.kernel.web.refused.render", lambda *_given, status: HttpResponse(status=status)
    )


@pytest.mark.sqlite
def test_outside_looks_like_absent(specimens: Specimens, plain_refusals: None) -> None:
    for role, account in specimens.outside.items():
        hidden = {model for model, row in specimens.rows.items() if not _sees(account, row)}
        for route in routes():
            if route.model not in hidden:
                continue
            address = route.to(specimens.rows[route.model])
            status, sent = (ask(account, address, method) for method in ("get", "post"))
            absent = ask(account, re.sub(r"<int:\w+>", "99999999", route.address))
            assert status == sent == absent == 404, (
                f"{role} outside: {route.address} answers {status}, posted to {sent}, absent {absent}"
            )


def test_outsiders_see_none_of_what_belongs_to_people(specimens: Specimens) -> None:
    for role, account in specimens.outside.items():
        for model in specimens.personal:
            assert not _sees(account, specimens.rows[model]), f"{role} outside reads {model.__name__}"


def test_inside_a_page_opens_to_whom_it_belongs(specimens: Specimens, plain_refusals: None) -> None:
    for role, account in specimens.inside.items():
        for route in routes():
            row = specimens.rows[route.model]
            status = ask(account, route.to(row))
            if not _sees(account, row):
                assert status == 404, f"{role}: {route.address} answers {status} beyond reach"
            elif route.verb and not _may(account, route.verb, row):
                assert status in (403, 404), f"{role}: {route.address} answers {status} without the verb"
            else:
                expected = (200, 302, 404) if route.narrower else (200, 302)
                assert status in expected, f"{role}: {route.address} answers {status} inside"


def _sees(account: Account, row: models.Model) -> bool:
    manager: Any = type(row)._default_manager
    return bool(manager.visible_to(account).filter(pk=row.pk).exists())


def _may(account: Account, verb: str, row: models.Model) -> bool:
    """Tell whether the verb is the account's: at the row, or by the role alone where no place decides."""
    return access.holds(account, verb) if VERBS[verb].at is None else access.may(account, verb, row)


@cache
def operations() -> list[tuple[str, str]]:
    """Return every operation of the API: method and path."""
    paths = api.get_openapi_schema(path_prefix="/api/")["paths"]
    return [(method, path) for path, found in paths.items() for method in found]


def _noun_in(path: str) -> type[models.Model] | None:
    from django.apps import apps

    parts = path.split("/")
    if "{id}" not in path:
        return None
    return next(
        (
            one
            for one in apps.get_models()
            if one._meta.model_name == parts[3] and one.__module__.startswith("zhitong.")
        ),
        None,
    )


def test_the_api_is_closed_without_an_account() -> None:
    for method, path in operations():
        assert ask(None, path.replace("{id}", "1"), method) == 401, f"{method} {path}"


@pytest.mark.sqlite
def test_the_api_hides_what_is_out_of_reach(specimens: Specimens) -> None:
    tried = 0
    for role, account in {
        **specimens.outside,
        **{f"inside {k}": v for k, v in specimens.inside.items()},
    }.items():
        for method, path in operations():
            noun = _noun_in(path)
            if noun is None or noun not in specimens.rows or _sees(account, specimens.rows[noun]):
                continue
            status = ask(account, path.replace("{id}", str(specimens.rows[noun].pk)), method)
            assert status in (404, 422), f"{role}: {method} {path} answers {status}"
            tried += 1
    assert tried > 100


def test_the_api_offers_every_verb_that_people_hold() -> None:
    offered = {path.rsplit("/", 1)[1] for _method, path in operations()}
    held = {name for role in ROLES for name in role.verbs if name in VERBS}
    spoken = {
        name
        for name in held
        if not VERBS[name].page_proves
        and name
        not in {
            "attach_file",
            "note_reading",
            "export_list",
            "export_workers",
            "end_session",
            "import_demands",
            "read_demands",
            "stage_import",
        }
    }
    assert spoken - offered == set(), f"these verbs cannot be said in JSON: {sorted(spoken - offered)}"


def test_the_api_shows_nouns_of_every_app() -> None:
    assert all(nouns_of(app) for app in APPS)
