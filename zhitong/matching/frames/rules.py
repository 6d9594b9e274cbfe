"""The rules that an office decided, as the engine takes them."""

from __future__ import annotations

import os
from dataclasses import asdict

from django.conf import settings

from zhitong.engines.matching import Params, Weights
from zhitong.matching.models import RuleSet

DEFAULT_RULES: dict[str, int | str] = {**asdict(Weights()), "priority_mode": Params().priority_mode}
"""What holds where no city has decided anything, by the fields of ``RuleSet``."""


def params_of(rules: RuleSet | None) -> Params:
    """Return what the engine goes by under these rules, on the cores set for it; without any its own defaults."""
    threads = settings.ROUND_THREADS or os.cpu_count() or 1
    if rules is None:
        return Params(threads=threads)
    points = {name: getattr(rules, name) for name in RuleSet.BOUNDS}
    return Params(weights=Weights(**points), priority_mode=rules.priority_mode, threads=threads)
