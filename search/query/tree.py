"""The tree of a query: what a reader's words mean, before any engine.

Frozen nodes, no evaluation and no text of the query language. The one idea: every operator a librarian may type is one
small node, so that each engine, the explanation in words and the plain reference of the tests read the same tree.

`fields` narrows a node to some of `index.ranking.FIELDS`; empty means any. The query language's `headline:` gives
("headline",), `lead:` gives ("lead",), `text:` gives ("lead", "body"). The parser puts fields on leaves and on phrases
(never on the parts of a phrase, never on a Near: its sides carry their own).

Equal trees match the same stories; `search.query.printer` writes any tree as text that parses to an equal one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

Fields: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A word by its stem: `councils` finds council. Matches stories with the term; scores."""

    stem: str
    typed: str
    fields: Fields = ()


@dataclass(frozen=True, slots=True)
class Exact:
    """A word in this written form only. With `cased`, capitals must agree too (`=Apple`).

    `form` is an `index.analysis.Term.form` where `cased`, else its folded form; `typed` is the word as written.
    """

    form: str
    stem: str
    cased: bool = False
    fields: Fields = ()
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Every word whose folded written form matches: `elect*`, or with inner `*` (any letters) and `?` (one letter)."""

    pattern: str
    fields: Fields = ()


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Every word whose folded written form is within `distance` edits (insert, delete, replace, swap neighbours)."""

    form: str
    distance: int = 1
    fields: Fields = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words (leaves) one after the other, each exactly one position further than the one before."""

    parts: tuple[Leaf, ...]
    fields: Fields = ()


@dataclass(frozen=True, slots=True)
class Near:
    """Both sides within `distance` words of one another (`near5`; with `ordered`, left first: `adj5`).

    A distance of 1 means neighbours. The sides are leaves, phrases or alternatives (Or) of them; an occurrence of a
    phrase spans its words, and the distance is counted between the nearest ends.
    """

    left: Spanning
    right: Spanning
    distance: int
    ordered: bool = False
    fields: Fields = ()


@dataclass(frozen=True, slots=True)
class First:
    """`node` occurs within the first `words` words of the body (`first50`)."""

    node: Spanning
    words: int


@dataclass(frozen=True, slots=True)
class AtLeast:
    """`node` occurs at least `times` times in the story (`atleast3`)."""

    node: Spanning
    times: int


@dataclass(frozen=True, slots=True)
class Together:
    """All parts occur in one paragraph or sentence of the body (`/same/`: "paragraph"; `/sentence/`: "sentence")."""

    parts: tuple[Spanning, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class And:
    """Every part matches; scores add up."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part matches; scores of those that do add up."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Stories that `part` does not match; no score."""

    part: Node


@dataclass(frozen=True, slots=True)
class Value:
    """The story has one of `keys` in a facet (`city:`, `section:`, `source:`, `byline:`) or `mentions` or `type`.

    No score. For `section`, `source`, `byline` and `type` keys are compared folded (`index.article.fold`), and a byline
    key also matches a byline that contains it as whole words. For `city` and `mentions` keys are `City.key`s. `typed`
    is the clause as the reader wrote it where the keys do not tell (`near:"Albany, New York"~50km`); engines do
    without it.
    """

    facet: str
    keys: tuple[str, ...]
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """The story's date lies wholly within the days, both inclusive, either open; no score."""

    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Id:
    """The story with this public id; no score."""

    id: str


@dataclass(frozen=True, slots=True)
class Everything:
    """Every story: what an empty query means; no score."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No story at all, for a query that contradicts itself."""


Leaf: TypeAlias = Word | Exact | Pattern | Fuzzy
Spanning: TypeAlias = Leaf | Phrase | Near | Or
Node: TypeAlias = (
    Leaf | Phrase | Near | First | AtLeast | Together | And | Or | Not | Value | Dated | Id | Everything | Nothing
)
