"""Who administers the imaginary county, and the question how a verb said no."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account
from zhitong.site.world import World


@pytest.fixture
def no() -> Callable[..., str]:
    """Call a verb that should refuse; give its code, having seen that the sentence is one."""

    def code_of(verb: Callable[..., Any], **given: Any) -> str:
        with pytest.raises(Refusal) as caught:
            verb(**given)
        assert str(caught.value.sentence).endswith("。")
        return caught.value.code

    return code_of


@pytest.fixture
def admin(world: World) -> Account:
    """The administrator of the whole city."""
    return world.administrator


@pytest.fixture
def county_admin(world: World) -> Account:
    """The administrator of one county."""
    return world.account("county_admin", "许县管", "administrator", world.county)


@pytest.fixture
def partner(world: World) -> Account:
    """A partner's program, kept by the county bureau."""
    return world.account("partner", "对接程序", "partner", world.county, "partner")
