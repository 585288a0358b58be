"""Loops turned into machine code by Numba, and the types of the arrays that cross into them.

No loop of its own. The one idea: a compiled loop has one signature, written beside it, and is kept on disk beside its
source, so that a process that answers readers never compiles; it loads each in some milliseconds, and a command only
those that it calls.

Arrays that a loop only reads are declared read-only (`U8`, `U32`, …): mapped files are, and what may be written fits
too. Arrays that it writes to are `W8`, `W32`, …. All are one-dimensional and contiguous but for `TABLE`. A loop runs
without the interpreter's lock and checks no bounds: its caller vouches for the numbers.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from pathlib import Path
from threading import RLock
from types import FunctionType, ModuleType
from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt
from llvmlite import ir
from numba import carray, njit, types
from numba.core import cgutils
from numba.extending import intrinsic, register_jitable

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


class Bundle:
    """Arrays that cross into a loop as one, and are kept for as long as it.

    What a loop is handed is looked at by the interpreter array by array, which for two dozen arrays takes longer than
    the loop over a few hundred stories. A bundle is looked at once; the loop takes the arrays out by their places with
    `u4_of` and its like, one for each type of number, and vouches for place and type as it does for bounds.

    Args:
        arrays: contiguous; those that the loop writes to must be writable.

    Attributes:
        numbers: where each array lies in memory and how many numbers it has, two by two; what loops are handed (`I64`).
    """

    __slots__ = ("_arrays", "numbers")

    def __init__(self, *arrays: npt.NDArray[Any]) -> None:
        if not all(array.flags.c_contiguous for array in arrays):
            raise ValueError("a bundle takes contiguous arrays only")
        self._arrays = arrays
        self.numbers = np.array([n for a in arrays for n in (a.__array_interface__["data"][0], a.size)], np.int64)


def inlined(function: _Loop) -> _Loop:
    """Return a small function that loops may call, whatever types they hand it; no machine code of its own is kept."""
    return cast(_Loop, register_jitable(function))


@intrinsic  # type: ignore[untyped-decorator]  # Numba's own
def _pointer(_: Any, address: Any) -> Any:
    """Take a number for an address."""

    def made(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.inttoptr(arguments[0], cgutils.voidptr_t)

    return types.voidptr(types.int64), made


@intrinsic  # type: ignore[untyped-decorator]  # as above
def ones_in(_: Any, word: Any) -> Any:
    """Count the bits of a word of 64 that are set; in compiled loops only."""

    def made(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return types.uint64(types.uint64), made


@intrinsic  # type: ignore[untyped-decorator]  # as above
def ask_for(_: Any, numbers: Any, at: Any) -> Any:
    """Have a number of an array brought nearer while the loop goes on, whose place must lie in it; in loops only.

    For places that jump about in an array that the core's cache does not hold: the memory brings several at a time, but
    a loop that needs each before it can go on asks for few at a time.
    """

    def made(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        pointer = builder.bitcast(builder.gep(array.data, [arguments[1]]), cgutils.voidptr_t)
        kind = ir.FunctionType(ir.VoidType(), [cgutils.voidptr_t, *[cgutils.int32_t] * 3])
        function = builder.module.declare_intrinsic("llvm.prefetch", [cgutils.voidptr_t], kind)
        # To be read, to be kept near, data.
        builder.call(function, [pointer, *(cgutils.int32_t(number) for number in (0, 3, 1))])
        return context.get_dummy_value()

    return types.none(numbers, types.int64), made


@inlined
def u1_of(bundle: Any, place: int) -> Any:
    """Return the array at a place of a bundle's numbers, of unsigned bytes; in compiled loops only, as all below."""
    return carray(_pointer(bundle[2 * place]), bundle[2 * place + 1], np.uint8)


@inlined
def u4_of(bundle: Any, place: int) -> Any:
    """Return an array of unsigned 32-bit numbers."""
    return carray(_pointer(bundle[2 * place]), bundle[2 * place + 1], np.uint32)


@inlined
def u8_of(bundle: Any, place: int) -> Any:
    """Return an array of unsigned 64-bit numbers."""
    return carray(_pointer(bundle[2 * place]), bundle[2 * place + 1], np.uint64)


@inlined
def i4_of(bundle: Any, place: int) -> Any:
    """Return an array of 32-bit numbers."""
    return carray(_pointer(bundle[2 * place]), bundle[2 * place + 1], np.int32)


@inlined
def i8_of(bundle: Any, place: int) -> Any:
    """Return an array of 64-bit numbers."""
    return carray(_pointer(bundle[2 * place]), bundle[2 * place + 1], np.int64)


@inlined
def f8_of(bundle: Any, place: int) -> Any:
    """Return an array of floating-point numbers."""
    return carray(_pointer(bundle[2 * place]), bundle[2 * place + 1], np.float64)


@inlined
def mask_of(bundle: Any, place: int) -> Any:
    """Return a mask."""
    return carray(_pointer(bundle[2 * place]), bundle[2 * place + 1], np.bool_)


@inlined
def table_of(bundle: Any, place: int) -> Any:
    """Return an array of unsigned 32-bit numbers in rows of three (`TABLE`)."""
    return carray(_pointer(bundle[2 * place]), (bundle[2 * place + 1] // 3, 3), np.uint32)


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
            found = njit(cache=True, **options)(loop)
            # Numba looks at the loop's own file alone, and what the loop takes from others is in its machine code too.
            found._cache._cache_file._source_stamp = made_of(loop)
        except RuntimeError:
            # No folder for the machine code may be written: it is made for this process alone.
            found = njit(**options)(loop)
        if _is_kept(found, arguments):
            _load_when_called(found, arguments)
        else:
            _load(found, arguments)
        return cast(_Loop, found)

    return made


def load_all() -> None:
    """Load the machine code of every loop there is by now: for whoever answers readers, who should not wait for it."""
    while _waiting:
        _waiting.pop()()


def _is_kept(loop: Any, arguments: tuple[Any, ...]) -> bool:
    """Say whether a loop's machine code is on the disk."""
    kept = getattr(loop._cache, "_cache_file", None)
    return kept is not None and loop._cache._index_key(arguments, loop.targetctx.codegen()) in kept._load_index()


def _load(loop: Any, arguments: tuple[Any, ...]) -> None:
    """Load a loop's machine code, or make it."""
    loop.compile(arguments)
    loop.disable_compile()
    if loop.stats.cache_misses:
        _say_so()


def _load_when_called(loop: Any, arguments: tuple[Any, ...]) -> None:
    """Let a loop's machine code be loaded when the loop is first called by the interpreter, or by one that is made.

    Most loops are called by other loops alone, whose machine code holds theirs.
    """
    template = loop.get_call_template

    def load() -> None:
        with _loading:
            if "_compile_for_args" in vars(loop):
                _load(loop, arguments)
                del loop._compile_for_args, loop.get_call_template

    def called(*_: Any, **__: Any) -> Any:
        load()
        return loop  # which Numba calls with the same arguments

    def asked(types: Any, names: Any) -> Any:
        load()
        return template(types, names)

    loop._compile_for_args, loop.get_call_template = called, asked
    _waiting.append(load)


_loading = RLock()
_waiting: list[Callable[[], None]] = []


def made_of(loop: Callable[..., Any]) -> str:
    """Return what changes when machine code of the loop is to be made anew: a digest of the files and constants in it.

    These are its own file, those of the modules it names and of the loops and functions of this project that it calls,
    by themselves or out of a module, on and on, and the numbers and arrays that it takes from elsewhere.
    """
    digest = blake2b(digest_size=16)
    waiting, seen = [loop], {loop}
    while waiting:
        function = waiting.pop()
        digest.update(_file_of(function.__code__.co_filename))
        names = function.__code__.co_names
        values = [function.__globals__.get(name) for name in names]
        modules = [value for value in values if isinstance(value, ModuleType) and _file_of(value.__file__ or "")]
        values += [getattr(module, name, None) for module in modules for name in names]
        for value in values:
            value = getattr(value, "py_func", value)
            if isinstance(value, ModuleType):
                digest.update(_file_of(value.__file__ or ""))
            elif isinstance(value, FunctionType) and value not in seen and _file_of(value.__code__.co_filename):
                seen.add(value)
                waiting.append(value)
            elif isinstance(value, int | float | np.ndarray):
                digest.update(value.tobytes() if isinstance(value, np.ndarray) else repr(value).encode())
    return digest.hexdigest()


@cache
def _file_of(name: str) -> bytes:
    """Return a digest of a file of this project, wherever the project lies; nothing for any other file."""
    path = Path(name)
    if not path.is_relative_to(_PROJECT) or "site-packages" in path.parts:
        return b""
    return blake2b(path.read_bytes(), digest_size=16).digest()


_PROJECT = Path(__file__).resolve().parents[1]


def _say_so() -> None:
    """Tell whoever waits, once, why."""
    global _said
    if not _said:
        _said = True
        print("Compiling loops for this machine, once; this takes some minutes …", file=sys.stderr, flush=True)


_said = False
