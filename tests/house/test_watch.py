"""The watcher under the whole suite: what it lets pass and what it reports."""

from __future__ import annotations

import pytest

from zhitong.kernel.models import Account
from zhitong.site.world import World

from .watch import breaches


@pytest.mark.unwatched
@pytest.mark.django_db
def test_a_write_outside_a_verb_is_reported(world: World) -> None:
    with breaches() as found:
        exec(compile("list(Account.objects.all()); Account.objects.update(name='x')", _inside(), "exec"))  # noqa: S102
    assert "outside a verb" in found[0]


@pytest.mark.django_db
def test_a_verb_and_a_test_may_write(world: World) -> None:
    with breaches() as found:
        Account.objects.filter(pk=world.system.pk).update(name="系统")
        assert world.village_officer.pk
    assert found == []


def _inside() -> str:
    from .source import PACKAGE

    return str(PACKAGE / "workers" / "views.py")
