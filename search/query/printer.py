"""A tree as a query in its canonical text.

The one idea: parsing what is printed gives the same tree again, so a link, a saved search or a citation can be made
from a tree alone. Values and dates stand in quotation marks, so that nothing that follows is taken for a part of them.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from index import analysis
from search.query.lexer import is_special
from search.query.tree import (
    And,
    AtLeast,
    Dated,
    Everything,
    Exact,
    Fields,
    First,
    Fuzzy,
    Id,
    Leaf,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Pattern,
    Phrase,
    Spanning,
    Together,
    Value,
    Word,
)
from search.query.walk import as_spanning
from search.query.words import puts_questions

_FIELD = {("headline",): "headline:", ("lead",): "lead:", ("lead", "body"): "text:", (): ""}
_UNIT = {"paragraph": " /same/ ", "sentence": " /sentence/ "}

# How tightly each kind of node binds; a looser one inside a tighter one needs brackets.
_OR, _AND, _NOT, _SAME, _NEAR, _OPERAND = range(6)

_shared = analysis.Analyzer()


def to_text(node: Node) -> str:
    """Return the query whose tree is `node` (a tree that the parser made).

    >>> to_text(Or((Word("flood", "floods"), And((Word("dam", "dam"), Not(Word("dog", "dog")))))))
    'floods OR dam -dog'
    """
    return _text(node, _OR)


def exactly(node: Node, word: Word) -> str:
    """Return the query of `node` with `word` looked for in the very form the reader typed."""
    term = _shared.term(word.typed)
    return to_text(_replaced(node, word, Exact(term.folded, term.stem, False, word.fields, word.typed.casefold())))


def _replaced(node: Node, word: Word, by: Leaf) -> Node:
    """Return a node with a leaf in the place of a word, wherever that stands."""

    def inside(part: Node) -> Node:
        return _replaced(part, word, by)

    def span(part: Spanning) -> Spanning:
        # A leaf in the place of a leaf leaves a place in a text what it is.
        return as_spanning(inside(part)) or part

    match node:
        case Word() if node == word:
            return by
        case And(parts):
            return And(tuple(map(inside, parts)))
        case Or(parts):
            return Or(tuple(map(inside, parts)))
        case Not(part):
            return Not(inside(part))
        case Near(left, right):
            return replace(node, left=span(left), right=span(right))
        case First(inner) | AtLeast(inner):
            return replace(node, node=span(inner))
        case Together(spans):
            return replace(node, parts=tuple(map(span, spans)))
        case Phrase(words, fields):
            bare, plain = replace(word, fields=()), replace(by, fields=())
            if fields == word.fields:
                return Phrase(tuple(plain if part == bare else part for part in words), fields)
    return node


def _text(node: Node, around: int) -> str:
    level, text = _written(node)
    return f"({text})" if level < around else text


def _written(node: Node) -> tuple[int, str]:
    """Return how tightly the text of a node binds, and the text."""
    match node:
        case Or(parts):
            return _OR, " OR ".join(_text(part, _AND) for part in parts)
        case And(parts):
            return _AND, " ".join(_text(part, _NOT) for part in parts if not isinstance(part, Everything))
        case Not(part):
            return _NOT, f"-{_text(part, _OPERAND)}"
        case Together(spans, unit):
            return _SAME, _UNIT[unit].join(_text(span, _NEAR) for span in spans)
        case Near(left, right, distance, ordered):
            operator = "adj" if ordered else "near"
            return _NEAR, f"{_text(left, _NEAR)} {operator}{distance} {_text(right, _OPERAND)}"
        case First(span, words):
            return _OPERAND, f"first{words} {_text(span, _NEAR)}"
        case AtLeast(span, times):
            return _OPERAND, f"atleast{times} {_text(span, _NEAR)}"
        case Nothing():
            return _AND, "* -*"
        case Phrase(parts, fields):
            return _OPERAND, f'{_FIELD[fields]}"{" ".join(_leaf(part) for part in parts)}"'
        case Word() | Exact() | Pattern() | Fuzzy():
            return _OPERAND, _field(node.fields) + _leaf(node, alone=True)
        case Everything():
            return _OPERAND, "*"
        case Value() | Dated() | Id():
            return _OPERAND, _filter(node)


def _field(fields: Fields) -> str:
    return _FIELD[fields]


def _leaf(leaf: Leaf, *, alone: bool = False) -> str:
    match leaf:
        case Word(_, typed):
            return f'"{typed}"' if alone and _needs_quoting(typed) else typed
        case Exact(form, typed=typed):
            return f"={typed or form}"
        case Pattern(pattern):
            return pattern
        case Fuzzy(form, distance):
            return f"{form}~{distance}"


@lru_cache(4_096)
def _needs_quoting(typed: str) -> bool:
    """Say whether a word by itself would be read as an operator, or fall away."""
    return is_special(typed) or analysis.is_common(_shared.term(typed)) or puts_questions(typed)


def _filter(node: Value | Dated | Id) -> str:
    match node:
        case Value(facet, keys, typed):
            if typed:
                return typed
            quoted = [f'"{key}"' for key in keys]
            return f"{facet}:{quoted[0]}" if len(quoted) == 1 else f"{facet}:({' OR '.join(quoted)})"
        case Dated(since, None):
            return f'since:"{since}"'
        case Dated(None, until):
            return f'until:"{until}"'
        case Dated(since, until):
            return f'date:"{since}..{until}"'
        case Id(id):
            return f'id:"{id}"'
