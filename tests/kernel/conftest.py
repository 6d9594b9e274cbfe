"""Who administers the imaginary county, and the question how a verb said no."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from zhitong.kernel.actions import queue_job
from zhitong.kernel.errors import Refusal
from zhitong.kernel.jobs import KINDS, Beat
from zhitong.kernel.models import Account, Job, Org
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


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[Job]:
    """Register a kind of work named ``count`` that notes the jobs it did."""
    did: list[Job] = []

    def count(job: Job, beat: Beat) -> dict[str, Any]:
        beat(500, "数到一半")
        did.append(job)
        return {"counted": job.given.get("most", 0)}

    monkeypatch.setitem(KINDS, "count", count)
    return did


def asked_for(by: Account, org: Org, **given: Any) -> Job:
    """Return work named ``count`` that somebody asked for through a verb of its own."""
    job = queue_job(by=Account.objects.system(), org=org, kind="count", given=given)
    Job.objects.filter(pk=job.pk).update(asked_by=by)
    return Job.objects.get(pk=job.pk)


@pytest.fixture
def job(world: World, work: list[Job]) -> Job:
    """Work that the county officer asked for and that nobody has taken up."""
    return asked_for(world.county_officer, world.county, most=3)
