"""What a column of a problem or plan may hold: the one place where arrays are checked before they are believed."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import numpy as np
import numpy.typing as npt

Flags = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.integer[Any]]
Shorts = npt.NDArray[np.integer[Any]]
Ints = npt.NDArray[np.integer[Any]]
Longs = npt.NDArray[np.integer[Any]]
Words = npt.NDArray[np.uint64]
"""Arrays of 1, 2, 4 and 8 bytes a number, and of bits. Whole numbers of any width may be given for a column; the
width that it has afterwards is that of its `Column`."""

WIDEST = 32
"""The most columns that a two-dimensional column may have."""


@dataclass(frozen=True, slots=True)
class Column:
    """Dtype, number of axes and the lowest and highest value of one column."""

    dtype: type[np.generic]
    low: int = 0
    high: int = 0
    axes: int = 1


def settle(table: Any, *, aligned: bool = True) -> None:
    """Check each declared column of a frozen dataclass, and replace it by a read-only array of its dtype.

    Raises ValueError with a sentence naming the column, the row and the fault. `aligned`: all columns share
    the first axis.
    """
    rows: int | None = None
    for column, rule in columns_of(type(table)).items():
        name = f"{type(table).__name__.lower()}.{column}"
        values = settled(name, getattr(table, column), rule)
        if aligned and rows is not None and len(values) != rows:
            raise ValueError(f"{name} has {len(values)} rows where the other columns have {rows}.")
        rows = len(values)
        object.__setattr__(table, column, values)


def columns_of(kind: type[Any]) -> dict[str, Column]:
    """The declared columns of a dataclass, in the order in which they were written."""
    hints = get_type_hints(kind, include_extras=True)
    declared = {field.name: hints[field.name] for field in fields(kind)}
    return {name: get_args(hint)[1] for name, hint in declared.items() if get_origin(hint) is Annotated}


def settled(name: str, given: Any, column: Column) -> Any:
    """`given` as a read-only contiguous array that the column allows, or ValueError."""
    values = np.asarray(given)
    _check_shape(name, values, column)
    _check_kind(name, values, column)
    if column.dtype is not np.bool_ and column.dtype is not np.uint64:
        _check_range(name, values, column)
    values = np.ascontiguousarray(values, dtype=column.dtype).view()
    values.setflags(write=False)
    return values


def _check_shape(name: str, values: npt.NDArray[Any], column: Column) -> None:
    if values.ndim != column.axes:
        raise ValueError(f"{name} must have {column.axes} axes, not {values.ndim}.")
    if values.ndim == 2 and values.shape[1] > WIDEST:
        raise ValueError(f"{name} has {values.shape[1]} columns; at most {WIDEST} are possible.")


def _check_kind(name: str, values: npt.NDArray[Any], column: Column) -> None:
    if values.dtype.kind == "f" and np.isnan(values).any():
        raise ValueError(f"{name} holds NaN in row {int(np.argwhere(np.isnan(values))[0][0])}.")
    wanted = "b" if column.dtype is np.bool_ else "u" if column.dtype is np.uint64 else "iu"
    if values.dtype.kind not in wanted and values.size:
        raise ValueError(f"{name} must hold {np.dtype(column.dtype).name}, not {values.dtype.name}.")


def _check_range(name: str, values: npt.NDArray[Any], column: Column) -> None:
    wrong = (values < column.low) | (values > column.high)
    if wrong.any():
        where = np.argwhere(wrong)[0]
        value = values[tuple(where)]
        raise ValueError(
            f"{name} holds {value} in row {where[0]}; it must lie in {column.low}..{column.high}."
        )
