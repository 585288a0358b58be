"""Loops turned into machine code by Numba, and the types of the arrays that cross into them.

No loop of its own. The one idea: a compiled loop has one signature, written beside it, and is kept on disk beside its
source, so that a process that answers readers loads it in a millisecond and never compiles.

Arrays that a loop only reads are declared read-only (`U8`, `U32`, …): mapped files are, and what may be written fits
too. Arrays that it writes to are `W8`, `W32`, …. All are one-dimensional and contiguous but for `TABLE`. A loop runs
without the interpreter's lock and checks no bounds: its caller vouches for the numbers.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit, types

_Loop = TypeVar("_Loop", bound=Callable[..., Any])


def _array(kind: Any, *, written: bool, dimensions: int = 1) -> Any:
    return types.Array(kind, dimensions, "C", readonly=not written)


INT, FLOAT, BOOL = types.int64, types.float64, types.boolean

U8, W8 = _array(types.uint8, written=False), _array(types.uint8, written=True)
U16, W16 = _array(types.uint16, written=False), _array(types.uint16, written=True)
U32, W32 = _array(types.uint32, written=False), _array(types.uint32, written=True)
I32, WI32 = _array(types.int32, written=False), _array(types.int32, written=True)
I64, W64 = _array(types.int64, written=False), _array(types.int64, written=True)
U64, WU64 = _array(types.uint64, written=False), _array(types.uint64, written=True)
F64, WF64 = _array(types.float64, written=False), _array(types.float64, written=True)
MASK, WMASK = _array(types.boolean, written=False), _array(types.boolean, written=True)

#: Numbers of 32 bits in rows: lengths and frequencies by field.
TABLE = _array(types.uint32, written=False, dimensions=2)


def compiled(*arguments: Any, allocates: bool = True) -> Callable[[_Loop], _Loop]:
    """Return the decorator that compiles a loop for `arguments` and keeps it on disk where the disk may be written.

    Args:
        arguments: types of what the loop is handed.
        allocates: False for a loop that makes no array: it then counts no references to those it is handed, which
            for a small loop that looks things up in many tables would cost more than the loop itself.

    >>> from index.compiled import I64, compiled
    >>> @compiled(I64)
    ... def total(numbers):
    ...     sum = 0
    ...     for number in numbers:
    ...         sum += number
    ...     return sum
    >>> import numpy as np
    >>> total(np.arange(5))
    10
    """

    def made(loop: _Loop) -> _Loop:
        options: dict[str, Any] = {"nogil": True, "error_model": "numpy", "_nrt": allocates}
        try:
            found = njit(arguments, cache=True, **options)(loop)
        except RuntimeError:
            # No folder for the machine code may be written: it is made for this process alone.
            found = njit(arguments, **options)(loop)
        if found.stats.cache_misses:
            _say_so()
        return cast(_Loop, found)

    return made


def _say_so() -> None:
    """Tell whoever waits, once, why."""
    global _said
    if not _said:
        _said = True
        print("Compiling loops for this machine, once; this takes up to a minute …", file=sys.stderr, flush=True)


_said = False
