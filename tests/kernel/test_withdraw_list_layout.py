"""withdraw_list_layout: a layout is taken out of use."""

from __future__ import annotations

import pytest

from zhitong.kernel.actions import save_list_layout, withdraw_list_layout
from zhitong.kernel.errors import NotAllowed, Refusal
from zhitong.kernel.models import ListLayout

ORGS = "zhitong.kernel.views.orgs.OrgList"


@pytest.fixture
def layout(world):
    """The county bureau's old table of organisations."""
    given = {"listing": ORGS, "name": "旧表", "columns": (("单位", "name"),)}
    return save_list_layout(by=world.county_officer, org=world.county, **given)


def test_it_works(world, layout):
    assert withdraw_list_layout(by=world.county_officer, layout=layout).state == "withdrawn"
    assert not ListLayout.objects.standing().exists()


def test_a_stranger_cannot(world, layout):
    for somebody in (world.stranger, world.village_officer):
        with pytest.raises((NotAllowed, Refusal)):
            withdraw_list_layout(by=somebody, layout=layout)
    assert ListLayout.objects.standing().get() == layout


def test_only_once(world, layout):
    withdraw_list_layout(by=world.county_officer, layout=layout)
    with pytest.raises(Refusal):
        withdraw_list_layout(by=world.county_officer, layout=layout)


def test_an_export_in_it_is_refused_then(client, world, layout):
    client.force_login(world.county_officer)
    asked = {"export": "xlsx", "layout": layout.pk}
    assert client.get("/orgs/", asked).getvalue()
    client.post(f"/layouts/{layout.pk}/withdraw_list_layout/")
    answer = client.get("/orgs/", asked)
    assert answer.status_code == 400 and "可能已经撤回" in answer.content.decode()
