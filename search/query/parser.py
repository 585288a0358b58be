"""The query language: pieces into a tree.

Recursive descent over the sound list that the lexer hands over. The one idea: it never raises and never lies. Whatever
it cannot take as written it takes in one defined way, and a diagnostic says which.

    alternatives   all OR all …
    all            side side …                  AND between them or nothing; very common words fall away here
    side           NOT side | same
    same           near /same/ near …
    near           operand near5 operand …      first50 and atleast3 before it
    operand        word | "phrase" | ( alternatives ) | field: operand
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from index import analysis
from search.page import Diagnostic
from search.query import fallen
from search.query.build import conjunction, disjunction, negation
from search.query.clauses import Clauses
from search.query.cursor import Cursor
from search.query.diagnostics import said
from search.query.lexer import Piece, is_silent, lex
from search.query.places import Around, PlaceClauses, Places
from search.query.tree import (
    And,
    AtLeast,
    Everything,
    Fields,
    First,
    Leaf,
    Near,
    Node,
    Nothing,
    Or,
    Phrase,
    Spanning,
    Together,
    Word,
)
from search.query.walk import as_spanning, is_spanning, limited, positive_leaves
from search.query.words import Words, is_question, puts_questions, together

#: Words apart that near and adj can reach; more would be the whole story.
NEAR_MOST = 500

#: Operators of nearness that may work on one another; each goes through all places of the one before.
MOST_NEAR = 16

#: Nodes that spreading an operator over brackets may make.
_SPREAD_MOST = 64

_TEXT_FIELDS = {"headline": ("headline",), "lead": ("lead",), "text": ("lead", "body")}
_RESEMBLES_FIELD = re.compile(r"([A-Za-z]{2,20}):(?=[^\s/:\d])")

#: Codes of other archives: `rst=tr`, `wc>500`.
_RESEMBLES_CODE = re.compile(r"[A-Za-z]{2,5}[=<>]=?[^\W_]")


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a query means.

    Attributes:
        text: the query as typed.
        node: its tree.
        diagnostics: what was mended, ignored or is worth knowing, in the order of the text.
        leaves: what stories are found for: the leaves outside of every NOT, in the order typed, phrase words too.
        words: those of them that are plain words, as typed.
        common: very common words that fell away, as typed.
        places: from which to which character of the text each leaf was read, by the leaf without its fields.
    """

    text: str
    node: Node
    diagnostics: tuple[Diagnostic, ...] = ()
    leaves: tuple[Leaf, ...] = ()
    words: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
    places: Mapping[Leaf, tuple[int, int]] = field(default_factory=dict, compare=False, repr=False)

    def where(self, node: Node) -> tuple[int, int]:
        """Return from which to which character the words of a part of the tree stand; (0, 0) where it has none."""
        found = [place for leaf in positive_leaves(node) if (place := self.places.get(limited(leaf, ())))]
        return (min(start for start, _ in found), max(end for _, end in found)) if found else (0, 0)


def parse(
    text: str,
    *,
    places: Places | None = None,
    around: Around | None = None,
    regions: Places | None = None,
    strangers: Places | None = None,
    today: date | None = None,
    locale: str = "en-US",
    analyzer: analysis.Analyzer | None = None,
) -> Parsed:
    """Return what a reader's query means; any text has a meaning, so nothing is raised.

    Args:
        text: the query, of any length and characters.
        places: finds the cities a name can mean, as (facet key, label), best first; without it names are taken as
            cities the gazetteer lacks and numbers as GeoNames ids.
        around: finds the keys of the cities within so many kilometres of a city (`near:`).
        regions: finds the regions and countries that a city's name can mean too, to offer them.
        strangers: finds all cities of a name where no story is in any of them.
        today: the day that "last week" counts from; the machine's where None.
        locale: decides whether 1/2/2018 is in January or February, as it does for stories.
        analyzer: shared for its memory of words; a new one where None.

    Example:
        >>> parse("councils").node
        Word(stem='council', typed='councils', fields=())
    """
    pieces, mended = lex(text)
    analyzer = analyzer or analysis.Analyzer()
    asking = is_question(pieces, text)

    def run(keep_common: bool) -> tuple[_Parser, Node | None]:
        cursor = Cursor(list(pieces), text)
        clauses = Clauses(
            cursor, PlaceClauses(cursor, places, around, regions, strangers), today or date.today(), locale
        )
        parser = _Parser(cursor, Words(cursor, analyzer), clauses, keep_common)
        parser.asking = asking
        return parser, parser.parse()

    parser, node = run(keep_common=False)
    if (parser.dropped or parser.putting) and (node is None or next(positive_leaves(node), None) is None):
        parser, node = run(keep_common=True)
    notes = [*mended, *parser.cursor.notes]
    if parser.dropped:
        notes += fallen.common(parser.dropped)
    if parser.putting:
        notes.append(fallen.putting(parser.putting))
    if not parser.dropped and parser.kept_common and not mended and len(parser.kept_common) == len(pieces):
        notes.append(said("only-common-words", pieces[0].start, pieces[-1].end))
    if node is None:
        if text.strip():
            notes.append(said("empty-query", 0, len(text)))
        node = Everything()
    notes.sort(key=lambda note: (note.start, note.end, note.kind))
    leaves = tuple(positive_leaves(node))
    return Parsed(
        text=text,
        node=node,
        diagnostics=tuple(dict.fromkeys(notes)),
        leaves=leaves,
        words=tuple(leaf.typed for leaf in leaves if isinstance(leaf, Word)),
        common=tuple(dict.fromkeys(piece.text for piece in parser.dropped)),
        places=parser.words.places,
    )


class _Parser:
    """One pass over the pieces, by recursive descent."""

    def __init__(self, cursor: Cursor, words: Words, clauses: Clauses, keep_common: bool) -> None:
        self.cursor = cursor
        self.say = cursor.say
        self.words = words
        self.clauses = clauses
        self.keep_common = keep_common
        self.dropped: list[Piece] = []
        self.kept_common: list[Piece] = []
        #: Whether the query is a question, and the words that only put it.
        self.asking = False
        self.putting: list[Piece] = []
        self.fields: Fields = ()
        self.field_name = ""

    def parse(self) -> Node | None:
        """Return the tree of the whole query, None where there is nothing in it."""
        parts = []
        while self.cursor.kind():
            parts.append(self._alternatives())
            if self.cursor.kind() == "close":
                self.cursor.next()
        return conjunction([part for part in parts if part is not None])[0]

    # The grammar, loosest first.

    def _alternatives(self) -> Node | None:
        parts = [self._all()]
        while self.cursor.kind() == "or":
            self.cursor.next()
            parts.append(self._all())
        return disjunction([part for part in parts if part is not None])

    def _all(self) -> Node | None:
        begin = self.cursor.pieces[self.cursor.at] if self.cursor.at < len(self.cursor.pieces) else None
        parts: list[Node] = []
        while (kind := self.cursor.kind()) and kind not in ("or", "close"):
            if kind == "and":
                self.cursor.next()
                continue
            part = self._side()
            if part is not None:
                parts.append(part)
        node, reason = conjunction(parts)
        if reason and begin is not None:
            self.cursor.notes.append(
                said("contradiction", begin.start, self.cursor.pieces[self.cursor.at - 1].end, what=reason)
            )
        return node

    def _side(self) -> Node | None:
        excluded = False
        begin = self.cursor.at
        while self.cursor.kind() == "not":
            self.cursor.next()
            excluded = not excluded
        node = self._same()
        if excluded and isinstance(node, Everything):
            start, end = self.cursor.pieces[begin].start, self.cursor.pieces[self.cursor.at - 1].end
            self.cursor.notes.append(said("contradiction", start, end, what="Every story is excluded"))
        return negation(node) if excluded and node is not None else node

    def _same(self) -> Node | None:
        node = self._near()
        last = node
        while self.cursor.kind() == "same":
            operator = self.cursor.next()
            right = self._near()
            if node is None or right is None:
                self.say("operator-alone", operator, operator=operator.text)
                node = node or right
                last = last or right
                continue
            unit = operator.measure
            left_span, right_span = as_spanning(last) if last is not None else None, as_spanning(right)
            if left_span is None or right_span is None:
                self.say("not-positions", operator, operator=operator.text)
                node = conjunction([node, right])[0] or Nothing()
            elif self._only_headline(operator, left_span) or self._only_headline(operator, right_span):
                node = Nothing()
            elif isinstance(node, Together) and node.unit == unit:
                node = Together((*node.parts, right_span), unit)
            elif node is last:
                node = Together((left_span, right_span), unit)
            else:
                node = conjunction([node, Together((left_span, right_span), unit)])[0] or Nothing()
            last = right
        return node

    def _near(self) -> Node | None:
        operators = self._prefixes()
        node = self._bare_operand()
        while self.cursor.kind() == "near":
            operator = self.cursor.next()
            right = self._operand()
            if node is None or right is None:
                self.say("operator-alone", operator, operator=operator.text)
                node = node or right
                continue
            node = self._join(operator, node, right)
        return self._applied(operators, node)

    def _join(self, operator: Piece, left: Node, right: Node) -> Node:
        distance = self._distance(operator, operator.number or 0)

        def near(a: Spanning) -> Node | None:
            return _spread(right, lambda b: Near(a, b, distance, operator.ordered))

        joined = _spread(left, near)
        if joined is not None and _nearness(joined) > MOST_NEAR:
            self.say("too-many-near", operator, limit=str(MOST_NEAR), operator=operator.text)
            return conjunction([left, right])[0] or Nothing()
        if joined is None or sum(1 for _ in positive_leaves(joined)) > _SPREAD_MOST:
            self.say("not-positions", operator, operator=operator.text)
            return conjunction([left, right])[0] or Nothing()
        if as_spanning(left) is None or as_spanning(right) is None:
            self.say("spread", operator, operator=operator.text)
        return joined

    def _distance(self, piece: Piece, number: int) -> int:
        distance = min(max(number, 1), NEAR_MOST)
        if distance != number:
            written = piece.tail or piece.text
            mended = written.replace(re.sub(r"\D", "", written), str(distance))
            self.say("distance", self.cursor.part(piece, written), text=written, mended=mended)
        return distance

    def _operand(self) -> Node | None:
        operators = self._prefixes()
        return self._applied(operators, self._bare_operand())

    def _prefixes(self) -> list[Piece]:
        operators: list[Piece] = []
        while self.cursor.kind() in ("first", "atleast"):
            operators.append(self.cursor.next())
        return operators

    def _applied(self, operators: list[Piece], node: Node | None) -> Node | None:
        for operator in reversed(operators):
            if node is not None:
                node = self._apply(operator, node)
        return node

    def _apply(self, operator: Piece, node: Node) -> Node:
        number = max(operator.number or 0, 1)
        if operator.number == 0:
            self.say("distance", operator, text=operator.text, mended=f"{operator.kind}1")

        def make(span: Spanning) -> Node:
            if operator.kind == "atleast":
                return AtLeast(span, number)
            return Nothing() if self._only_headline(operator, span) else First(span, number)

        spread = _spread(node, make)
        if spread is None:
            self.say("not-counted", operator, operator=operator.text)
            return node
        if as_spanning(node) is None:
            self.say("spread", operator, operator=operator.text)
        return spread

    def _only_headline(self, operator: Piece, node: Node) -> bool:
        """Say whether an operator that looks in the text is asked for a word of the headline, and note it."""
        if any(leaf.fields != ("headline",) for leaf in positive_leaves(node)):
            return False
        self.say("contradiction", operator, what=f"“{operator.text}” looks in the text, “headline:” does not")
        return True

    def _bare_operand(self) -> Node | None:
        match self.cursor.kind():
            case "word":
                droppable = self.cursor.kind(-1) not in ("near", "same", "first", "atleast")
                piece = self.cursor.next()
                return self._word(piece, droppable=droppable and self.cursor.kind() not in ("near", "same"))
            case "phrase":
                return self._phrase(self.cursor.next())
            case "open":
                return self.clauses.group(self._alternatives)
            case "field":
                return self._field()
            case "near" | "same" | "and" | "or" | "close" | "":
                return None
            case "not":
                return self._side()
            case _:
                self.cursor.next()
                return None

    # Words.

    def _word(self, piece: Piece, *, droppable: bool = False) -> Node | None:
        if piece.text == "*":
            return Everything()
        text = piece.text
        if match := _RESEMBLES_FIELD.match(text):
            self.say("unknown-field", piece, field=match.group(1), text=text.replace(":", " "))
            first = self.words.leaves(match.group(1), piece)
            rest = self.words.leaves(text[match.end() :], piece)
            sides = [self._span(part) for part in (first, rest) if part]
            return conjunction(sides)[0]
        if _RESEMBLES_CODE.match(text):
            self.say("unknown-code", piece, text=text)
        leaves = self.words.leaves(text, piece, exact=piece.exact)
        if not leaves:
            if not is_silent(text) and not self.words.full:
                self.say("no-words", piece, text=text)
            return None
        only = leaves[0]
        bare = droppable and len(leaves) == 1 and not piece.forced
        if bare and isinstance(only, Word) and self.words.is_common(only):
            if not self.keep_common:
                self.dropped.append(Piece("word", only.typed, piece.start, piece.end))
                return None
            self.kept_common.append(piece)
        elif bare and isinstance(only, Word) and self.asking and puts_questions(only.typed):
            if not self.keep_common:
                self.putting.append(Piece("word", only.typed, piece.start, piece.end))
                return None
            self.kept_common.append(piece)
        return self._span(leaves)

    def _phrase(self, piece: Piece) -> Node | None:
        runs: list[list[Leaf]] = [[]]
        gaps: list[int] = []
        stars: list[Piece] = []
        gap = 0
        for chunk in self.cursor.inside(piece):
            if set(chunk.text) == {"*"}:
                gap += 1
                stars.append(chunk)
                continue
            leaves = self.words.leaves(chunk.text, chunk, exact=piece.exact)
            if not leaves:
                continue
            if gap and runs[-1]:
                gaps.append(gap + 1)
                runs.append([])
            gap = 0
            runs[-1] += leaves
        if not runs[0]:
            if not self.words.full:
                self.say("empty-phrase", piece)
            return None
        leaves = [leaf for run in runs for leaf in run]
        if piece.number is not None and (piece.measure or len(leaves) == 1):
            self.say("slop-alone", self.cursor.part(piece, piece.tail), text=piece.tail)
        elif piece.number is not None:
            return self._slop(piece, leaves)
        node: Spanning = self._span(runs[0])
        if gaps:
            self.cursor.notes.append(said("star-in-phrase", stars[0].start, stars[-1].end))
        for distance, run in zip(gaps, runs[1:], strict=True):
            node = Near(node, self._span(run), distance, ordered=True)
        return node

    def _span(self, leaves: list[Leaf]) -> Leaf | Phrase:
        joined = together(leaves)
        if not self.fields:
            return joined
        return Phrase(joined.parts, self.fields) if isinstance(joined, Phrase) else limited(joined, self.fields)

    def _slop(self, piece: Piece, leaves: list[Leaf]) -> Node:
        distance = self._distance(piece, piece.number or 0)
        node: Spanning = self._span(leaves[:1])
        for leaf in leaves[1 : MOST_NEAR + 1]:
            node = Near(node, self._span([leaf]), distance)
        if len(leaves) <= MOST_NEAR + 1:
            return node
        self.say("too-many-near", self.cursor.part(piece, piece.tail), limit=str(MOST_NEAR), operator=piece.tail)
        return conjunction([node, *(self._span([leaf]) for leaf in leaves[MOST_NEAR + 1 :])])[0] or node

    # Fields.

    def _field(self) -> Node | None:
        field = self.cursor.next()
        while self.cursor.kind() == "field":
            inner = self.cursor.next()
            self.say("inner-field", inner, inner=inner.text, outer=field.text)
            field = inner
        if self.cursor.kind() in ("", "close", "and", "or", "near", "same"):
            self.say("empty-field", field, field=field.text)
            return None
        excluded = False
        while self.cursor.kind() == "not":
            self.cursor.next()
            excluded = not excluded
        node = self._value_of(field)
        return negation(node) if excluded and node is not None else node

    def _value_of(self, field: Piece) -> Node | None:
        if field.text in _TEXT_FIELDS:
            return self._text_field(field)
        return self.clauses.read(field)

    def _text_field(self, field: Piece) -> Node | None:
        outer, outer_name = self.fields, self.field_name
        if outer and outer != _TEXT_FIELDS[field.text]:
            self.say("inner-field", field, inner=field.text, outer=outer_name)
        self.fields, self.field_name = _TEXT_FIELDS[field.text], field.text
        node = self._operand()
        self.fields, self.field_name = outer, outer_name
        return node


def _nearness(node: Node) -> int:
    """Return how many operators of nearness work on one another at most."""
    match node:
        case Near(left, right):
            return 1 + _nearness(left) + _nearness(right)
        case Or(parts) if is_spanning(node):
            return sum(map(_nearness, parts))
        case And(parts) | Or(parts):
            return max(map(_nearness, parts))
        case _:
            return 0


def _spread(node: Node, make: Callable[[Spanning], Node | None]) -> Node | None:
    """Apply an operator of places to a node, through AND and OR; None where something has no places."""
    span = as_spanning(node)
    if span is not None:
        return make(span)
    if not isinstance(node, And | Or):
        return None
    parts = []
    for part in node.parts:
        made = _spread(part, make)
        if made is None:
            return None
        parts.append(made)
    return conjunction(parts)[0] if isinstance(node, And) else disjunction(parts)
