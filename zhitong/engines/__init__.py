"""Arithmetic on arrays: no web framework, no clock, no storage. Each engine is `solve(problem, params, *,
seed) -> plan`."""
