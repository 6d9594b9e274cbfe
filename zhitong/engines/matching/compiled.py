"""The two ways in which a loop of this engine is compiled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numba

Loop = TypeVar("Loop", bound=Callable[..., object])


def compiled(loop: Loop) -> Loop:
    """`loop` compiled at its first call, without the interpreter's lock while it runs.

    The machine code is kept beside the source or in the user's cache, so that only the first process waits for it;
    where neither can be written it is compiled anew in each process. A cached loop does not notice when a loop that
    it calls from another file changes: loops that call each other stand in one file.
    """
    return _compiled(loop, nogil=True)


def inner(loop: Loop) -> Loop:
    """As `compiled`, for a loop that only other compiled loops call; it takes half as long to compile."""
    return _compiled(loop, no_cpython_wrapper=True, no_cfunc_wrapper=True)


def _compiled(loop: Loop, **options: Any) -> Loop:
    try:
        return numba.njit(cache=True, error_model="numpy", **options)(loop)  # type: ignore[no-any-return]
    except RuntimeError:
        return numba.njit(error_model="numpy", **options)(loop)  # type: ignore[no-any-return]


def pasted(loop: Loop) -> Loop:
    """As `inner`, for a loop with one caller: pasted into it, so that it is compiled once and not twice."""
    return _compiled(loop, no_cpython_wrapper=True, no_cfunc_wrapper=True, inline="always")
