"""What every test may use."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.house.watch import breaches
from tests.migrated import migrated_file, migrated_name
from tests.site.installation import Installation, copy_of, prepared_once, with_tables
from tests.standing import Standing
from zhitong.site.world import World, build

DATABASES = {"db", "transactional_db", "live_server"}
INSTALLATIONS = {"shared", "prepared", "real", "sample", "copy", "empty"}
FIRST = ("test_it_works", "test_a_stranger")
"""How the first two tests of every verb are called."""
HOUSE = Path(__file__).parent / "house"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort the tests by what they take: which run tries them follows from it.

    What takes no database is left to the run on SQLite: it would say the same beside any other. Of the tests that
    take one, ``make check`` tries that each thing works and that a stranger cannot, and the rules of the house; it
    prepares no installation.

    Those that take an installation come first: one process then tries them all and prepares it once.
    """
    items.sort(key=lambda item: not INSTALLATIONS & set(getattr(item, "fixturenames", ())))
    for item in items:
        takes = (DATABASES | INSTALLATIONS) & set(getattr(item, "fixturenames", ()))
        if not takes and item.get_closest_marker("django_db") is None:
            item.add_marker("sqlite")
        elif INSTALLATIONS & takes or (not item.name.startswith(FIRST) and HOUSE not in item.path.parents):
            item.add_marker("slow")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Begin the tests' database as a copy of the migrated one: migrating it then finds nothing left to do."""
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated_name(os.environ["DATABASE_URL"])
        yield
        return
    name = str(connection.creation._get_test_db_name())
    with (
        closing(sqlite3.connect(name, uri=True)) as memory,
        closing(sqlite3.connect(migrated_file())) as stored,
    ):
        stored.backup(memory)
        yield


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that the processes of one run on SQLite share; on PostgreSQL each has its own."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" or connection.vendor == "postgresql" else base.parent


@pytest.fixture(scope="session")
def prepared(shared: Path) -> Iterator[Installation]:
    """An installation with all that is shipped and without people, prepared once; see ``real``."""
    with with_tables(shared / "prepared") as made, prepared_once(made, "--no-demo") as done:
        yield done


@pytest.fixture
def real(prepared: Installation, tmp_path: Path) -> Iterator[Installation]:
    """A new installation with all that is shipped, on which real people will be entered."""
    with copy_of(prepared, tmp_path / "real") as made:
        yield made


@pytest.fixture(scope="session")
def standing() -> Standing:
    """The imaginary county's rows, built once."""
    return Standing()


@pytest.fixture
def world(db: Any, request: pytest.FixtureRequest, standing: Standing) -> World:
    """The imaginary county, with its organisations; people and posts come when asked for."""
    return build() if _is_stored(request) else standing.world()


def _is_stored(request: pytest.FixtureRequest) -> bool:
    """Tell whether the test commits, so that all tables are emptied after it."""
    marker = request.node.get_closest_marker("django_db")
    chosen = marker is not None and marker.kwargs.get("transaction", False)
    return chosen or bool({"transactional_db", "live_server"} & set(request.fixturenames))


@pytest.fixture(autouse=True)
def watched(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test in which rows were written outside a verb of their own app."""
    unwatched = request.node.get_closest_marker("unwatched")
    stores = {"db", "transactional_db", "world", "live_server"} & set(request.fixturenames)
    if unwatched or not stores:
        yield
        return
    request.getfixturevalue("db" if "transactional_db" not in request.fixturenames else "transactional_db")
    with breaches() as found:
        yield
    assert found == [], found[0]
