"""What a round over a whole city takes, from the rows of the register to stored proposals with reasons."""

from __future__ import annotations

import os
import resource
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from django.core.management import call_command
from django.db import connection, models
from django.utils import timezone

from zhitong.kernel.bulk import count_values, first_load
from zhitong.kernel.jobs import run_job
from zhitong.kernel.models import Account, Job
from zhitong.matching.actions import open_round
from zhitong.matching.models import ClassOpening, Flow, Leftover, Proposal, Round, Vacancy
from zhitong.matching.stages import Stages
from zhitong.site.commands.demo import POSTS, WORKERS
from zhitong.site.demo.city import City
from zhitong.site.demo.population import Population, generate_population
from zhitong.site.demo.register import find_keys, make_batch
from zhitong.site.demo.work import WANTING
from zhitong.site.frames import load_matching
from zhitong.site.reference import load_everything
from zhitong.workers.actions import load_register

STORED: tuple[type[models.Model], ...] = (Proposal, Leftover, Vacancy, ClassOpening, Flow)
STAGES = ("read", "clear", "reasons", "check", "explain", "rows", "store")
FIGURES = ("workers", "posts", "seats", "placed", "left_over", "gap")


def measure(*, scale: float, seed: int, looking: str = "everybody") -> dict[str, Any]:
    """Fill a register, hold one round over its city, and return what each stage took.

    With ``looking="everybody"`` all people take part; with ``some`` those who look for work in the demo city, about a
    fifth. Filling the register is told apart: a round finds it there.
    """
    call_command("migrate", verbosity=0)
    load_everything(Account.objects.system())
    city = City(workers=max(int(WORKERS * scale), 1000), posts=max(int(POSTS * scale), 60), seed=seed)
    stages = Stages()
    stages.begin("filling")
    _fill(city, everybody=looking == "everybody")
    stages.end()
    load_matching()
    held = open_round(by=city.system, org=city.bureau, seed=seed)
    return {
        "database": connection.vendor,
        "scale": scale,
        "looking": looking,
        **measured(held),
        "filling": stages.told()["filling"],
    }


def measured(held: Round) -> dict[str, Any]:
    """Carry the job of a round that was opened, as a worker process does, and return what it took.

    ``cpu`` are processor seconds of this process and of those that it began, ``server_cpu`` those of PostgreSQL where
    it runs beside it, ``wall`` seconds that passed. Raises ``RuntimeError`` where the round came to nothing.
    """
    stages, server = Stages(), _server_seconds()
    stages.begin("whole")
    run_job(held.job_id or 0)
    stages.end()
    server, peak = _server_seconds() - server, _peak_mb()
    held.refresh_from_db()
    if held.state not in (Round.State.PROPOSED, Round.State.ADOPTED):
        raise RuntimeError(f"The round came to nothing: {held.summary}")
    stages.begin("fairness")
    _end_jobs(held)
    stages.end()
    return {
        **{name: held.summary[name] for name in FIGURES},
        **_parts(held, stages),
        "server_cpu": round(server, 1),
        "rss_mb": peak,
        "stored": {one.__name__: one._base_manager.filter(round=held).count() for one in STORED},
        "fairness": stages.told()["fairness"],
    }


def _fill(city: City, *, everybody: bool) -> None:
    """Load people, employers and posts, as the demo city has them or with everybody looking for work."""
    city.open_places()
    people = generate_population(city.workers, city.seed, on=timezone.localdate())
    batch = make_batch(_all_looking(people) if everybody else people, find_keys())
    with first_load(*batch.models):
        load_register(by=city.system, city=city.bureau, batch=batch)
    city.open_accounts()
    city.load_market()
    count_values()


def _all_looking(people: Population) -> Population:
    work = replace(people.work, status=np.full(len(people), WANTING, np.uint8))
    return replace(
        people, work=work, intentions=replace(people.intentions, looking=np.ones(len(people), bool))
    )


def _end_jobs(held: Round) -> None:
    for number in list(
        Job.objects.unfinished().filter(given={"round": held.pk}).values_list("pk", flat=True)
    ):
        run_job(number)


def _parts(held: Round, stages: Stages) -> dict[str, Any]:
    """Return the seconds of each stage and of the whole, and how many times those of the solver the whole is: of its
    clearing (placement and certificate), and of clearing and reasons."""
    assert held.job is not None
    told, whole = held.job.result["seconds"], stages.told()["whole"]
    parts = {name: told[name] for name in STAGES}  # PostgreSQL keeps no order of names
    clear = {name: max(seconds, 0.01) for name, seconds in parts["clear"].items()}
    solver = {name: seconds + parts["reasons"][name] for name, seconds in clear.items()}
    return {
        "stages": parts,
        "whole": whole,
        "times_clearing": {name: round(whole[name] / clear[name], 2) for name in whole},
        "times_the_solver": {name: round(whole[name] / solver[name], 2) for name in whole},
    }


def _peak_mb() -> int:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _server_seconds() -> float:
    """Return the processor seconds of the server's process that answers us; 0 where it is not on this machine."""
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (number,) = cursor.fetchone()
    with suppress(OSError):
        words = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0
