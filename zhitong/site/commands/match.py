"""``zhitong match``: a matching round over a place, held at once and in this process."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

from zhitong.site.console import say, set_up

if TYPE_CHECKING:
    from zhitong.kernel.models import Account, Job, Org
    from zhitong.matching.models import Round

NEEDS_DATABASE = True
EXAMPLE = """example:
  zhitong match                                  the whole city
  zhitong match --org 正安县人力资源和社会保障局    one county
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be chosen."""
    parser.add_argument("--org", default="", help="place by its organisation's name (default: the city)")
    parser.add_argument("--seed", type=int, default=1, help="breaks ties (default 1)")


def perform(wanted: argparse.Namespace) -> int:
    """Hold the round and print its summary as JSON; a person adopts it on the round's page."""
    set_up()
    from zhitong.kernel.errors import Refusal
    from zhitong.kernel.models import Account, Org
    from zhitong.matching.models import Round

    places = Org.objects.standing().places()
    org = (places.filter(name=wanted.org) if wanted.org else places.filter(kind="city_bureau")).first()
    if org is None:
        say("没有找到这个范围，请写组织的全称。")
        return 1
    try:
        summary = hold_round(Account.objects.system(), org, wanted.seed)
    except Refusal as refusal:
        say(str(refusal.sentence))
        return 1
    print(json.dumps(summary, ensure_ascii=False, indent=1))
    return 1 if summary["state"] == Round.State.FAILED else 0


def hold_round(by: Account, org: Org, seed: int = 1) -> dict[str, Any]:
    """Open a round, carry its job in this process, and return what it proposes in figures."""
    from zhitong.matching.actions import open_round

    return end_round(open_round(by=by, org=org, seed=seed))


def end_round(held: Round) -> dict[str, Any]:
    """Carry the job of a round that was opened, also when interrupted, and what follows; return its figures."""
    from zhitong.kernel.jobs import run_job
    from zhitong.kernel.models import Job

    assert held.job is not None, "a round that was opened has its job"
    carry(held.job)
    for after in Job.objects.unfinished().filter(given={"round": held.pk}).values_list("pk", flat=True):
        run_job(after)
    held.refresh_from_db()
    return {"round": held.pk, "state": held.state, **held.summary}


def carry(job: Job) -> None:
    """Carry a job in this process, also one that another process was carrying when it was interrupted."""
    from zhitong.kernel.actions import requeue_job
    from zhitong.kernel.jobs import run_job
    from zhitong.kernel.models import Account, Job

    if job.state == Job.State.RUNNING:
        requeue_job(by=Account.objects.system(), job=job)
    run_job(job.pk)
