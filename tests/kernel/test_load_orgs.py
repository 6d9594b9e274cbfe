"""load_orgs: the tree of a city's organisations is stored at once, with what each manages."""

from __future__ import annotations

import pytest

from zhitong.kernel.actions import load_orgs
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Account, Org, Record, Region

COLUMNS = ("id", "name", "short_name", "name_key", "kind", "parent_id", "city_id", "county_id", "is_sample")
ROWS = [
    (901, "某市人社局", "", "mou", "city_bureau", None, 901, None, False),
    (902, "某县人社局", "", "mou", "county_bureau", 901, 901, 902, False),
]


@pytest.fixture
def region(db) -> Region:
    return Region.objects.create(code="590322000000", name="某县", level=3)


def test_it_works(region):
    count = load_orgs(
        by=Account.objects.system(), columns=COLUMNS, rows=ROWS, manages={901: [], 902: [region.pk]}
    )
    assert count == 2 and Record.objects.get().row_count == 2
    assert Org.objects.managing(region).get().pk == 902


def test_a_stranger_cannot(world):
    for somebody in (world.stranger, world.administrator):
        with pytest.raises(NotAllowed):
            load_orgs(by=somebody, columns=COLUMNS, rows=ROWS, manages={})


def test_only_once(world, no):
    given = {"columns": COLUMNS, "rows": ROWS, "manages": {}}
    assert no(load_orgs, by=world.system, **given) == "orgs_loaded_already"
