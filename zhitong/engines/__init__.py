"""Arithmetic on arrays: no web framework, no clock, no storage.

Each engine is `solve(problem, params, *, seed) -> plan`, with `plan.broken_rules(problem)` as its independent check.
"""
