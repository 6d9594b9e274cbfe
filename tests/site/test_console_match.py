"""zhitong match: a round over a place, held at once."""

from __future__ import annotations

import json

import pytest

from tests.site.installation import Installation

pytestmark = [pytest.mark.slow, pytest.mark.sqlite]
COUNTY = "湄潭县人力资源和社会保障局"


def test_it_works(copy: Installation) -> None:
    told = json.loads(copy.answer("match", "--org", COUNTY, "--seed", "3"))
    assert told["state"] == "proposed" and told["placed"] > 0 and told["seed"] == 3
    assert "没有办完" in copy.zhitong("match", "--org", COUNTY, expect=1)


def test_a_place_that_does_not_exist(sample: Installation) -> None:
    assert "没有找到这个范围" in sample.zhitong("match", "--org", "天上县", expect=1)
