"""The three ways in which a loop is compiled, and how its machine code is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from numba.core.caching import FunctionCache

Loop = TypeVar("Loop", bound=Callable[..., object])
Whole = Any
"""A whole number inside a compiled loop: 32 or 64 bits wide, which Python's `int` does not say."""


def compiled(loop: Loop) -> Loop:
    """`loop` compiled at its first call, without the interpreter's lock while it runs.

    The machine code is kept beside the source or in the user's cache, so that only the first process waits for it;
    where neither can be written it is compiled anew in each process.
    """
    machine = _compiler(error_model="numpy", nogil=True)(loop)
    with suppress(RuntimeError):  # no place can be written
        machine._cache = _Kept(loop)
    return cast(Loop, machine)


def inner(loop: Loop) -> Loop:
    """As `compiled`, for a loop that only other compiled loops call."""
    return cast(Loop, _compiler(error_model="numpy", **_INNER)(loop))


def pasted(loop: Loop) -> Loop:
    """As `inner`, for a loop with one caller: pasted into it, so that it is compiled once and not twice."""
    return cast(Loop, _compiler(error_model="numpy", inline="always", **_INNER)(loop))


_compiler: Any = numba.njit
_INNER = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}


class _Kept(FunctionCache):
    """Kept machine code, valid for one content of all the files of loops.

    numba alone goes by the time stamp of the one file: it keeps using code whose called loops or constants have
    changed in another.
    """

    def __init__(self, loop: Callable[..., object]) -> None:
        super().__init__(loop)  # type: ignore[no-untyped-call]
        self._cache_file._source_stamp = _content_of_loops()

    def load_overload(self, *given: Any) -> Any:
        try:
            return super().load_overload(*given)  # type: ignore[no-untyped-call]
        except Exception:  # whatever a damaged file raises: it counts as none
            with suppress(OSError):
                self.flush()  # type: ignore[no-untyped-call]
            return None

    def save_overload(self, *given: Any) -> None:
        with suppress(OSError):  # a full or read-only disk: compiled again next time
            super().save_overload(*given)  # type: ignore[no-untyped-call]


@cache
def _content_of_loops() -> str:
    mixed = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        mixed.update(path.name.encode() + path.read_bytes())
    return mixed.hexdigest()
