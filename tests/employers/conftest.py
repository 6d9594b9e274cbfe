"""Employers and posts of the imaginary county, and the question how a verb said no."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from zhitong.employers.actions import register_employer
from zhitong.employers.models import Employer
from zhitong.kernel.errors import Refusal
from zhitong.site.world import World


@pytest.fixture
def waiting(world: World) -> Employer:
    """An employer that the county's station registered and nobody has checked."""
    facts = world.employer_facts("样例家具有限公司", "91580102MA0000003", contact_telephone="15400000088")
    return register_employer(by=world.station_staff, org=world.station, facts=facts)


@pytest.fixture
def no() -> Callable[..., Refusal]:
    """Call a verb that should refuse; give the refusal, having seen that its sentence is one."""

    def refusal_of(verb: Callable[..., Any], **given: Any) -> Refusal:
        with pytest.raises(Refusal) as caught:
            verb(**given)
        assert str(caught.value.sentence).endswith(("。", "？"))
        return caught.value

    return refusal_of
