"""What a reader is, and which readers there are.

No files are opened here (`index.readers.files`) and no format is understood. The one idea: a format is one module of
this package with a `READER`; putting the module there is all it takes.
"""

from __future__ import annotations

import io
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module

from index.record import Draft, Record, Refusal


class Unreadable(Exception):  # noqa: N818  # the name says it in the house's words
    """A file or record cannot be read as a story; `reason` says why and what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a stream of bytes comes from: what each of its records will be told; fields as in `Record`."""

    path: str
    source: str = ""
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """One format.

    Attributes:
        name: what `--format` calls it and `Record.format` holds.
        suffixes: of file names, lower-case with the dot.
        sniff: how surely the beginning of a file (bytes; text as UTF-8) is of this format, 0.0 to 1.0.
        split: cut a stream into records without understanding them; what cannot be cut is refused in its place.
        draft: say what one record says. Pure. Raises `Unreadable`.
    """

    name: str
    suffixes: tuple[str, ...]
    sniff: Callable[[bytes], float]
    split: Callable[[io.BufferedReader, Origin], Iterator[Record | Refusal]]
    draft: Callable[[Record], Draft] = field(repr=False)


@cache
def readers() -> dict[str, Reader]:
    """Return every reader by its name."""
    package = import_module("index.readers")
    found = (
        getattr(import_module(f"index.readers.{module.name}"), "READER", None)
        for module in pkgutil.iter_modules(package.__path__)
    )
    return {reader.name: reader for reader in sorted((r for r in found if r is not None), key=lambda r: r.name)}


def formats() -> tuple[str, ...]:
    """Return the names of all formats, for `--format`."""
    return tuple(readers())


def choose(head: bytes, suffix: str) -> Reader:
    """Return the reader for a file by its beginning and its suffix (lower-case, `.gz` taken off).

    The content decides where it is sure; else the suffix does; else the likeliest content.
    """
    sure = {reader.name: reader.sniff(head) for reader in readers().values()}
    named = next((reader for reader in readers().values() if suffix in reader.suffixes), None)
    best = max(readers().values(), key=lambda reader: sure[reader.name])
    if named is not None and (sure[named.name] >= 0.5 or sure[best.name] < 0.9):
        return named
    return best


def draft_of(record: Record) -> Draft:
    """Return what `record` says, as its reader understands it.

    Raises:
        Unreadable: where it is no story, or its format has no reader.
    """
    reader = readers().get(record.format)
    if reader is None:
        raise Unreadable(f"the format {record.format!r} has no reader; there are {', '.join(formats())}")
    return reader.draft(record)
