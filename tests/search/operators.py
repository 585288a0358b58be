"""Which operators, fields and units of the query language a tree uses: to prove that a random check drew them all.

The one idea: a check of everything is worth what it drew, so each way of using a node has a name here, and a check
ends by holding the names it met against `EVERY`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import get_args

from index.embedded import FACET_COLUMNS
from search.query import tree
from tests.reference import Read, Reference

_WHERE = ("anywhere", "in headline", "in lead", "in lead+body", "in body")
_PATTERNS = ("beginning", "ending", "inner star", "question mark")
EVERY = frozenset(
    [f"{kind} {where}" for kind in ("Word", "Exact", "Pattern", "Fuzzy", "Phrase") for where in _WHERE]
    + [f"Exact {how}" for how in ("cased", "uncased")]
    + [f"Pattern {how}" for how in _PATTERNS]
    + [f"Fuzzy {distance}" for distance in (1, 2)]
    + [f"Phrase of {leaf}" for leaf in ("Word", "Exact", "Pattern", "Fuzzy")]
    + [f"Near {how}" for how in ("either way", "ordered")]
    + [f"{kind} of {side}" for kind in ("Near", "First", "AtLeast", "Together") for side in ("leaf", "Phrase", "Or")]
    + [f"Together {unit}" for unit in ("paragraph", "sentence")]
    + ["And", "Or", "Not", "Id", "Everything", "Nothing"]
    + [f"Value {facet}" for facet in FACET_COLUMNS]
    + [f"Dated {how}" for how in ("since", "until", "between", "at all")]
)

#: What no story can match.
_EMPTY = frozenset({"Nothing"})

_NODES = {kind.__name__ for kind in get_args(tree.Node)}


def nodes(asked: tree.Node) -> Iterator[tree.Node]:
    """Yield a node and every node inside it."""
    yield asked
    for name in ("part", "node", "left", "right"):
        if isinstance(inner := getattr(asked, name, None), tree.Node):
            yield from nodes(inner)
    for part in getattr(asked, "parts", ()):
        yield from nodes(part)


def uses(node: tree.Node) -> Iterator[str]:
    """Yield the names of EVERY that a node is, its inner nodes apart."""
    kind = type(node).__name__
    match node:
        case tree.Word(fields=fields) | tree.Exact(fields=fields) | tree.Pattern(fields=fields):
            yield f"{kind} {_where(fields)}"
        case tree.Fuzzy(distance=distance, fields=fields):
            yield f"{kind} {_where(fields)}"
            yield f"{kind} {distance}"
        case tree.Phrase(parts, fields):
            yield f"{kind} {_where(fields)}"
            yield from (f"{kind} of {type(part).__name__}" for part in parts)
        case tree.Near(left, right, ordered=ordered):
            yield f"{kind} {'ordered' if ordered else 'either way'}"
            yield from (f"{kind} of {_side(side)}" for side in (left, right))
        case tree.First(inner) | tree.AtLeast(inner):
            yield f"{kind} of {_side(inner)}"
        case tree.Together(parts, unit):
            yield f"{kind} {unit}"
            yield from (f"{kind} of {_side(side)}" for side in parts)
        case tree.Value(facet):
            yield f"{kind} {facet}"
        case tree.Dated(since, until):
            yield f"{kind} {'between' if since and until else 'since' if since else 'until' if until else 'at all'}"
        case _:
            yield kind
    if isinstance(node, tree.Exact):
        yield f"{kind} {'cased' if node.cased else 'uncased'}"
    if isinstance(node, tree.Pattern):
        yield from (f"{kind} {how}" for how in _shapes(node.pattern))


class Tally:
    """What a check has drawn, and what of it some story matched: a check that never matches proves little."""

    def __init__(self) -> None:
        self.drawn: set[str] = set()
        self.matched: set[str] = set()

    def note(self, asked: tree.Node, reference: Reference) -> None:
        """Note a tree that was asked of an archive."""
        for node in nodes(asked):
            names = set(uses(node))
            self.drawn |= names
            if names - self.matched and _some(node, reference.reads, reference):
                self.matched |= names

    def lacking(self, needed: Iterable[str] = EVERY) -> list[str]:
        """Return what was never drawn, or drawn and never matched, in words."""
        kinds = {name.split()[0] for name in EVERY}
        unnamed = [f"{kind} has no name in EVERY" for kind in _NODES - kinds]
        undrawn = [f"{name} was never drawn" for name in needed if name not in self.drawn]
        unmatched = [
            f"{name} never matched" for name in (set(needed) & self.drawn) - self.matched if name not in _EMPTY
        ]
        return sorted(unnamed + undrawn + unmatched)


def _some(node: tree.Node, reads: Iterable[Read], reference: Reference) -> bool:
    return any(reference.matches(node, read) for read in reads)


def _where(fields: tree.Fields) -> str:
    return f"in {'+'.join(fields)}" if fields else "anywhere"


def _side(node: tree.Node) -> str:
    return type(node).__name__ if isinstance(node, tree.Phrase | tree.Or | tree.Near) else "leaf"


def _shapes(pattern: str) -> Iterator[str]:
    if pattern.endswith("*"):
        yield "beginning"
    if pattern.startswith("*"):
        yield "ending"
    if "*" in pattern[1:-1]:
        yield "inner star"
    if "?" in pattern:
        yield "question mark"
