"""Walks over a query tree that more than one room needs.

No evaluation. The one idea: what a story is found *for* are the leaves outside of every NOT, in the reader's order.
"""

from __future__ import annotations

from collections.abc import Iterator

from search.query.tree import (
    And,
    AtLeast,
    Dated,
    Exact,
    First,
    Fuzzy,
    Id,
    Leaf,
    Near,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Spanning,
    Together,
    Value,
    Word,
)


def positive_parts(node: Node) -> Iterator[Leaf | Phrase]:
    """Yield the leaves and whole phrases outside of every NOT, left to right."""
    match node:
        case Word() | Exact() | Pattern() | Fuzzy() | Phrase():
            yield node
        case Near(left, right):
            yield from positive_parts(left)
            yield from positive_parts(right)
        case First(inner) | AtLeast(inner):
            yield from positive_parts(inner)
        case And(children) | Or(children):
            for child in children:
                yield from positive_parts(child)
        case Together(spans):
            for span in spans:
                yield from positive_parts(span)
        case _:
            return


def positive_leaves(node: Node) -> Iterator[Leaf]:
    """Yield the leaves outside of every NOT, left to right; the parts of a phrase carry the phrase's fields."""
    for part in positive_parts(node):
        match part:
            case Phrase(leaves, fields):
                for leaf in leaves:
                    yield limited(leaf, fields) if fields else leaf
            case _:
                yield part


def several_words(node: Node) -> tuple[tuple[Leaf | Phrase, ...], tuple[Node, ...]] | None:
    """Return the words of a plain query of several, and the filters and exclusions typed with them; None for any other.

    A story that lacks some of the words may still be worth showing; one that a filter keeps out is not.

    >>> flood, dam, dog = (Word(word, word) for word in ("flood", "dam", "dog"))
    >>> several_words(And((flood, dam, Not(dog)))) == ((flood, dam), (Not(dog),))
    True
    """
    parts = node.parts if isinstance(node, And) else ()
    words = tuple(part for part in parts if isinstance(part, Leaf | Phrase))
    conditions = tuple(part for part in parts if isinstance(part, Value | Dated | Id | Not))
    return (words, conditions) if len(words) > 1 and len(words) + len(conditions) == len(parts) else None


def limited(leaf: Leaf, fields: tuple[str, ...]) -> Leaf:
    """Return the leaf narrowed to `fields`."""
    match leaf:
        case Word(stem, typed):
            return Word(stem, typed, fields)
        case Exact(form, stem, cased, _, typed):
            return Exact(form, stem, cased, fields, typed)
        case Pattern(pattern):
            return Pattern(pattern, fields)
        case Fuzzy(form, distance):
            return Fuzzy(form, distance, fields)


def is_spanning(node: Node) -> bool:
    """Say whether a node has occurrences with places: what near, first, atleast and same can work on."""
    match node:
        case Word() | Exact() | Pattern() | Fuzzy() | Phrase() | Near():
            return True
        case Or(parts):
            return all(is_spanning(part) for part in parts)
        case _:
            return False


def as_spanning(node: Node) -> Spanning | None:
    """Return the node where it has occurrences with places, else None."""
    if isinstance(node, Word | Exact | Pattern | Fuzzy | Phrase | Near):
        return node
    if isinstance(node, Or) and is_spanning(node):
        return node
    return None
