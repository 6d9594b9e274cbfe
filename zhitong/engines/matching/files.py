"""Problems and plans as `.npz` files: plain arrays by name, nothing that could run."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from zhitong.engines.matching.columns import columns_of
from zhitong.engines.matching.edges import EdgePlan, Edges
from zhitong.engines.matching.params import Params
from zhitong.engines.matching.plan import Plan
from zhitong.engines.matching.problem import Problem
from zhitong.engines.matching.tables import OPTIONAL, Fellows, Posts, Trees, Workers

Arrays = dict[str, npt.NDArray[Any]]

PROBLEM_FORMAT = "zhitong-matching-problem-1"
PLAN_FORMAT = "zhitong-matching-plan-1"
EDGES_FORMAT = "zhitong-matching-edges-1"
EDGE_PLAN_FORMAT = "zhitong-matching-edge-plan-1"


def save_problem(problem: Problem, path: Path | str) -> None:
    """Write a problem to `path`, as it is named."""
    _save(path, PROBLEM_FORMAT, problem.arrays())


def load_problem(path: Path | str) -> Problem:
    """Read what `save_problem` wrote; ValueError with a sentence if the file is not a whole and sensible problem."""
    arrays = _load(path, PROBLEM_FORMAT)
    tables = {"workers": Workers, "posts": Posts, "trees": Trees, "fellows": Fellows}
    made = {name: _table(kind, f"{name}.", arrays) for name, kind in tables.items()}
    return Problem(**made, on_day=_number(arrays, "on_day"), group_rule=_column(arrays, "group_rule"))


def save_plan(plan: Plan, path: Path | str) -> None:
    """Write a plan to `path`, as it is named."""
    numbers = {name: np.array(getattr(plan, name), np.int64) for name in ("total", "bound", "seed")}
    texts = {"params": np.array(plan.params.as_json()), "problem_digest": np.array(plan.problem_digest)}
    _save(path, PLAN_FORMAT, [*plan.arrays(), *numbers.items(), *texts.items()])


def load_plan(path: Path | str) -> Plan:
    """Read what `save_plan` wrote; ValueError with a sentence if the file is not a whole plan."""
    arrays = _load(path, PLAN_FORMAT)
    columns: dict[str, Any] = {name: _column(arrays, name) for name in columns_of(Plan)}
    numbers: dict[str, Any] = {name: _number(arrays, name) for name in ("total", "bound", "seed")}
    params = Params.from_json(_text(arrays, "params"))
    return Plan(**columns, **numbers, params=params, problem_digest=_text(arrays, "problem_digest"))


def holds_edges(path: Path | str) -> bool:
    """Whether a file says that it holds a plain assignment; ValueError where it cannot be read."""
    with _opened(path) as file:
        return str(file["format"]) == EDGES_FORMAT if "format" in file.files else False


def save_edges(edges: Edges, path: Path | str) -> None:
    """Write a plain assignment problem to `path`, as it is named."""
    columns = [(name, getattr(edges, name)) for name in columns_of(Edges)]
    _save(path, EDGES_FORMAT, [*columns, ("ceiling", np.array(edges.ceiling, np.int64))])


def load_edges(path: Path | str) -> Edges:
    """Read what `save_edges` wrote; ValueError with a sentence if the file is not a whole and sensible problem."""
    arrays = _load(path, EDGES_FORMAT)
    ceiling = _number(arrays, "ceiling") if "ceiling" in arrays else 0
    return Edges(**{name: _column(arrays, name) for name in columns_of(Edges)}, ceiling=ceiling)


def save_edge_plan(plan: EdgePlan, path: Path | str) -> None:
    """Write the answer to a plain assignment problem to `path`, as it is named."""
    _save(path, EDGE_PLAN_FORMAT, plan.arrays().items())


def load_edge_plan(path: Path | str) -> EdgePlan:
    """Read what `save_edge_plan` wrote; ValueError with a sentence if the file is not a whole plan."""
    arrays = _load(path, EDGE_PLAN_FORMAT)
    numbers: dict[str, Any] = {name: _number(arrays, name) for name in ("scale", "total", "bound", "seed")}
    return EdgePlan(post=_column(arrays, "post"), price=_column(arrays, "price"), **numbers)


def _save(path: Path | str, form: str, arrays: Iterable[tuple[str, npt.NDArray[Any]]]) -> None:
    with open(path, "wb") as file:
        np.savez_compressed(file, allow_pickle=False, **{"format": np.array(form), **dict(arrays)})


@contextmanager
def _opened(path: Path | str) -> Iterator[Any]:
    try:
        with open(path, "rb") as stream, zipfile.ZipFile(stream):
            stream.seek(0)
            with np.load(stream, allow_pickle=False) as file:
                yield file
    except (OSError, EOFError, zipfile.BadZipFile, ValueError, zlib.error) as fault:
        raise ValueError(f"{path} cannot be read as an .npz file: {fault}") from fault


def _load(path: Path | str, form: str) -> Arrays:
    with _opened(path) as file:
        arrays = {name: file[name] for name in file.files}
    if _text(arrays, "format") != form:
        raise ValueError(f"{path} is not of the form {form}.")
    return arrays


def _table(kind: type[Any], prefix: str, arrays: Arrays) -> Any:
    names = [name for name in columns_of(kind) if name not in OPTIONAL or prefix + name in arrays]
    return kind(**{name: _column(arrays, prefix + name) for name in names})


def _column(arrays: Arrays, name: str) -> npt.NDArray[Any]:
    if name not in arrays:
        raise ValueError(f"The file lacks the column {name}.")
    return arrays[name]


def _number(arrays: Arrays, name: str) -> int:
    value = _column(arrays, name)
    if value.shape != () or value.dtype.kind not in "iu":
        raise ValueError(f"{name} must be one whole number.")
    return int(value)


def _text(arrays: Arrays, name: str) -> str:
    value = _column(arrays, name)
    if value.shape != () or value.dtype.kind != "U":
        raise ValueError(f"{name} must be one text.")
    return str(value)
