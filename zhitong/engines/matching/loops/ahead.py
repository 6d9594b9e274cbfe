"""Fetching what a loop reads soon from memory into the cache."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

READ, KEEP, DATA = 0, 3, 1


def _fetch(typing: Any, array: Any, at: Any) -> Any:
    """`fetch(array, at)` asks for the line of the cache that holds entry `at`, and waits for nothing.

    It changes no result, and `at` may lie outside the array. LLVM's `llvm.prefetch`.
    """

    def generate(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        entry = builder.gep(context.make_array(array)(context, builder, given[0]).data, [given[1]])
        number, byte = ir.IntType(32), ir.IntType(8).as_pointer()
        kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        ask: Any = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0i8")  # type: ignore[no-untyped-call]
        builder.call(
            ask, [builder.bitcast(entry, byte), *(ir.Constant(number, one) for one in (READ, KEEP, DATA))]
        )
        return context.get_dummy_value()

    return types.void(array, types.intp), generate


fetch: Any = intrinsic(_fetch)
