"""Employers, the posts that they need filled, what departments owe, and what posts usually pay."""

from .demands import EDUCATION_ASKED, Demand, Employer, Target
from .wages import UsualWage

__all__ = ["EDUCATION_ASKED", "Demand", "Employer", "Target", "UsualWage"]
