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
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from index import analysis
from index.article import fold
from search.page import Diagnostic
from search.query import dates
from search.query.build import conjunction, disjunction, negation
from search.query.diagnostics import said
from search.query.lexer import DATE_FIELDS, Piece, is_silent, lex
from search.query.tree import (
    And,
    AtLeast,
    Dated,
    Everything,
    Exact,
    First,
    Fuzzy,
    Id,
    Leaf,
    Near,
    Node,
    Nothing,
    Or,
    Pattern,
    Phrase,
    Spanning,
    Together,
    Value,
    Word,
)
from search.query.walk import as_spanning, limited, positive_leaves

#: Words and phrase words of one query that are looked for; the rest is left out, and said.
MAX_WORDS = 128

#: Letters that a pattern must give, so that it does not stand for half of the dictionary.
PATTERN_LETTERS = 2
PATTERN_LETTERS_AFTER_STAR = 3

#: Letters that a word must have to be looked for in other spellings.
FUZZY_LETTERS = 3
FUZZY_MOST = 2

#: Words apart that near and adj can reach; more would be the whole story.
NEAR_MOST = 500

#: Nodes that spreading an operator over brackets may make.
_SPREAD_MOST = 64

_TEXT_FIELDS = {"headline": ("headline",), "lead": ("lead",), "text": ("lead", "body")}
_VALUE_FIELDS = ("byline", "section", "source", "city", "mentions")
_DATE_WORDS = 8
_PLACE_WORDS = 3
_PLACE_LABELS = 4
_KILOMETRES = 50
_KILOMETRES_MOST = 20_000
_MILE = 1.609344

_BOOST = re.compile(r"\^\d+(?:\.\d+)?$")
_FUZZY = re.compile(r"~(\d*)$")
_CLASS = re.compile(r"\[[^\]]*\]?")
_RESEMBLES_FIELD = re.compile(r"([A-Za-z]{2,20}):(?=[^\s/:\d])")
_TRAILING = ".,:;!?'\u2019\u2018\u2026"
_LEADING = ".,:;!?'\u2019\u2018\u2026\u00bf\u00a1[{<"
_PUBLIC_ID = re.compile(r"[A-Za-z0-9._~-]{1,128}")


class Place(NamedTuple):
    """A city that a name can mean: its facet key and its label ("Portland, Oregon")."""

    key: str
    label: str


class Places(Protocol):
    """Looks cities up by name ("Portland"), name with region ("Portland, Maine"), slug or GeoNames id."""

    def __call__(self, name: str, /) -> tuple[Place, ...]:
        """Return the cities a name can mean, best first; empty for none."""


#: City keys within so many kilometres of a city's key.
Around = Callable[[str, float], tuple[str, ...]]


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
    """

    text: str
    node: Node
    diagnostics: tuple[Diagnostic, ...] = ()
    leaves: tuple[Leaf, ...] = ()
    words: tuple[str, ...] = ()
    common: tuple[str, ...] = ()


def parse(
    text: str,
    *,
    places: Callable[[str], tuple[tuple[str, str], ...]] | None = None,
    around: Around | None = None,
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
        today: the day that "last week" counts from; the machine's where None.
        locale: decides whether 1/2/2018 is in January (en-US) or February.
        analyzer: shared for its memory of words; a new one where None.

    Example:
        >>> parse("councils").node
        Word(stem='council', typed='councils', fields=())
    """
    pieces, mended = lex(text)
    analyzer = analyzer or analysis.Analyzer()

    def run(keep_common: bool) -> tuple[_Parser, Node | None]:
        parser = _Parser(pieces, analyzer, places, around, today or date.today(), locale, keep_common)
        return parser, parser.parse()

    parser, node = run(keep_common=False)
    if parser.dropped and (node is None or next(positive_leaves(node), None) is None):
        parser, node = run(keep_common=True)
    notes = [*mended, *parser.notes]
    if parser.dropped:
        notes.append(parser.about_common())
    elif parser.kept_common and not mended and len(parser.kept_common) == len(pieces):
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
    )


class _Parser:
    """One pass over the pieces; `notes` gathers what has to be said."""

    def __init__(
        self,
        pieces: list[Piece],
        analyzer: analysis.Analyzer,
        places: Callable[[str], tuple[tuple[str, str], ...]] | None,
        around: Around | None,
        today: date,
        locale: str,
        keep_common: bool,
    ) -> None:
        self.pieces = pieces
        self.analyzer = analyzer
        self.places = places
        self.around = around
        self.today = today
        self.locale = locale
        self.keep_common = keep_common
        self.at = 0
        self.notes: list[Diagnostic] = []
        self.dropped: list[Piece] = []
        self.kept_common: list[Piece] = []
        self.fields: tuple[str, ...] = ()
        self.field_name = ""
        self.words_taken = 0

    def parse(self) -> Node | None:
        """Return the tree of the whole query, None where there is nothing in it."""
        return self._alternatives()

    def say(self, kind: str, piece: Piece, **words: str) -> None:
        """Note something about a piece."""
        self.notes.append(said(kind, piece.start, piece.end, **words))

    def about_common(self) -> Diagnostic:
        """Return the note on the very common words that fell away."""
        names = list(dict.fromkeys(f"“{piece.text}”" for piece in self.dropped))
        words = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
        verb, pronoun = ("is", "it is") if len(names) == 1 else ("are", "they are")
        return said(
            "common-words", self.dropped[0].start, self.dropped[-1].end, words=f"{words} {verb}", pronoun=pronoun
        )

    # The grammar, loosest first.

    def _kind(self, ahead: int = 0) -> str:
        index = self.at + ahead
        return self.pieces[index].kind if 0 <= index < len(self.pieces) else ""

    def _next(self) -> Piece:
        piece = self.pieces[self.at]
        self.at += 1
        return piece

    def _alternatives(self) -> Node | None:
        parts = [self._all()]
        while self._kind() == "or":
            self._next()
            parts.append(self._all())
        return disjunction([part for part in parts if part is not None])

    def _all(self) -> Node | None:
        begin = self.pieces[self.at] if self.at < len(self.pieces) else None
        parts: list[Node] = []
        while (kind := self._kind()) and kind not in ("or", "close"):
            if kind == "and":
                self._next()
                continue
            part = self._side()
            if part is not None:
                parts.append(part)
        node, reason = conjunction(parts)
        if reason and begin is not None:
            self.notes.append(said("contradiction", begin.start, self.pieces[self.at - 1].end, what=reason))
        return node

    def _side(self) -> Node | None:
        excluded = False
        while self._kind() == "not":
            self._next()
            excluded = not excluded
        node = self._same()
        return negation(node) if excluded and node is not None else node

    def _same(self) -> Node | None:
        node = self._near()
        last = node
        while self._kind() == "same":
            operator = self._next()
            right = self._near()
            if right is None:
                continue
            if node is None:
                node = last = right
                continue
            unit = operator.measure
            left_span, right_span = as_spanning(last) if last is not None else None, as_spanning(right)
            if left_span is None or right_span is None:
                self.say("not-positions", operator, operator=operator.text)
                node = conjunction([node, right])[0] or Nothing()
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
        while self._kind() == "near":
            operator = self._next()
            right = self._operand()
            if node is None or right is None:
                node = node if right is None else right
                continue
            node = self._join(operator, node, right)
        return self._applied(operators, node)

    def _join(self, operator: Piece, left: Node, right: Node) -> Node:
        distance = self._distance(operator, operator.number or 0)

        def near(a: Spanning) -> Node | None:
            return _spread(right, lambda b: Near(a, b, distance, operator.ordered))

        joined = _spread(left, near)
        if joined is None or sum(1 for _ in positive_leaves(joined)) > _SPREAD_MOST:
            self.say("not-positions", operator, operator=operator.text)
            return conjunction([left, right])[0] or Nothing()
        if as_spanning(left) is None or as_spanning(right) is None:
            self.say("spread", operator, operator=operator.text)
        return joined

    def _distance(self, piece: Piece, number: int) -> int:
        distance = min(max(number, 1), NEAR_MOST)
        if distance != number:
            self.say("distance", piece, text=piece.text, mended=f"within {distance} words")
        return distance

    def _operand(self) -> Node | None:
        operators = self._prefixes()
        return self._applied(operators, self._bare_operand())

    def _prefixes(self) -> list[Piece]:
        operators: list[Piece] = []
        while self._kind() in ("first", "atleast"):
            operators.append(self._next())
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
            return First(span, number) if operator.kind == "first" else AtLeast(span, number)

        spread = _spread(node, make)
        if spread is None:
            self.say("not-positions", operator, operator=operator.text)
            return node
        if as_spanning(node) is None:
            self.say("spread", operator, operator=operator.text)
        return spread

    def _bare_operand(self) -> Node | None:
        match self._kind():
            case "word":
                droppable = self._kind(-1) not in ("near", "same", "first", "atleast")
                piece = self._next()
                return self._word(piece, droppable=droppable and self._kind() not in ("near", "same"))
            case "phrase":
                return self._phrase(self._next())
            case "open":
                return self._group(self._alternatives)
            case "field":
                return self._field()
            case "near" | "same" | "and" | "or" | "close" | "":
                return None
            case "not":
                return self._side()
            case _:
                self._next()
                return None

    def _group(self, inside: Callable[[], Node | None]) -> Node | None:
        opening = self._next()
        if self._kind() == "close":
            self.notes.append(said("empty-group", opening.start, self._next().end))
            return None
        node = inside()
        if self._kind() == "close":
            self._next()
        return node

    # Words.

    def _word(self, piece: Piece, *, droppable: bool = False) -> Node | None:
        if piece.text == "*":
            return Everything()
        text = piece.text
        if match := _RESEMBLES_FIELD.match(text):
            self.say("unknown-field", piece, field=match.group(1), text=text.replace(":", " "))
            first = self._leaves(match.group(1), piece)
            rest = self._leaves(text[match.end() :], piece)
            sides = [self._limited(_together(part)) for part in (first, rest) if part]
            return conjunction(sides)[0]
        leaves = self._leaves(text, piece, exact=piece.exact)
        if not leaves:
            if not is_silent(text) and self.words_taken < MAX_WORDS:
                self.say("no-words", piece, text=text)
            return None
        only = leaves[0]
        bare = droppable and len(leaves) == 1 and not piece.forced
        if bare and isinstance(only, Word) and analysis.is_common(self.analyzer.term(only.typed)):
            if not self.keep_common:
                self.dropped.append(Piece("word", only.typed, piece.start, piece.end))
                return None
            self.kept_common.append(piece)
        return self._limited(_together(leaves))

    def _limited(self, node: Leaf | Phrase) -> Node:
        if not self.fields:
            return node
        return Phrase(node.parts, self.fields) if isinstance(node, Phrase) else limited(node, self.fields)

    def _leaves(self, chunk: str, piece: Piece, *, exact: bool = False) -> list[Leaf]:
        """Return the leaves of a chunk without white space: several where it has several tokens ("covid-19")."""
        text = analysis.normalise(chunk.replace("\u00ad", "").replace("\u200b", ""))
        if boost := _BOOST.search(text):
            self.say("boost", piece, text=boost.group())
            text = text[: boost.start()]
        if text.startswith("="):
            exact, text = True, text.lstrip("=")
        text = text.rstrip(_TRAILING).lstrip(_LEADING)
        if exact:
            return self._count([_exact(term, token) for term, token in self._terms(text)], piece)
        if "*" in text or "?" in text:
            return self._count(self._patterns(text, piece), piece)
        if fuzzy := _FUZZY.search(text):
            return self._count(self._fuzzy(text[: fuzzy.start()], fuzzy.group(1), piece), piece)
        return self._count([Word(term.stem, token) for term, token in self._terms(text)], piece)

    def _terms(self, text: str) -> list[tuple[analysis.Term, str]]:
        return [(self.analyzer.term(token), token) for token in analysis.TOKEN.findall(text)]

    def _count(self, leaves: list[Leaf], piece: Piece) -> list[Leaf]:
        room = MAX_WORDS - self.words_taken
        self.words_taken += len(leaves)
        if len(leaves) <= room:
            return leaves
        if room >= 0 and not any(note.kind == "too-many-words" for note in self.notes):
            self.say("too-many-words", piece, limit=str(MAX_WORDS), word=piece.text[:40])
        return leaves[: max(room, 0)]

    def _fuzzy(self, text: str, number: str, piece: Piece) -> list[Leaf]:
        terms = self._terms(text)
        distance = int(number[:4]) if number else 1
        if terms and distance > FUZZY_MOST:
            self.say("fuzzy-distance", piece, limit=str(FUZZY_MOST), text=piece.text)
            distance = FUZZY_MOST
        leaves: list[Leaf] = []
        for term, token in terms:
            if distance == 0 and term.folded.isalpha():
                leaves.append(_exact(self.analyzer.term(term.folded), term.folded))
            elif len(term.folded) < FUZZY_LETTERS or not term.folded.isalpha():
                mended = "it was searched as the word it is"
                self.say("too-broad", piece, text=f"{token}~", mended=mended)
                leaves.append(Word(term.stem, token))
            else:
                leaves.append(Fuzzy(term.folded, distance))
        return leaves

    def _patterns(self, text: str, piece: Piece) -> list[Leaf]:
        if choice := _CLASS.search(text):
            self.say("letter-class", piece, text=choice.group())
            text = _CLASS.sub("*", text)
        leaves: list[Leaf] = []
        for part in re.split(r"[^\w*?'\u2019\u02bc&.+#]+|_+", text):
            part = part.strip(".'\u2019\u02bc?")
            if "*" in part or "?" in part:
                part = part.lstrip("?&+#.'\u2019\u02bc").rstrip("?.'\u2019\u02bc")
            if "*" not in part and "?" not in part:
                leaves += [Word(term.stem, token) for term, token in self._terms(part)]
                continue
            pattern = re.sub(r"\*+", "*", _fold_pattern(part))
            letters = sum(c not in "*?" for c in pattern)
            needed = PATTERN_LETTERS_AFTER_STAR if pattern[:1] in ("*", "?") else PATTERN_LETTERS
            if letters >= needed:
                leaves.append(Pattern(pattern))
                continue
            terms = self._terms(part.replace("*", " ").replace("?", " "))
            mended = "it was searched without the star" if terms else "it was passed over"
            self.say("too-broad", piece, text=part, mended=mended)
            leaves += [Word(term.stem, token) for term, token in terms]
        return leaves

    def _phrase(self, piece: Piece) -> Node | None:
        runs: list[list[Leaf]] = [[]]
        gaps: list[int] = []
        gap = 0
        for chunk in piece.text.split():
            if set(chunk) == {"*"}:
                gap += 1
                continue
            leaves = self._leaves(chunk, piece, exact=piece.exact)
            if not leaves:
                continue
            if gap and runs[-1]:
                gaps.append(gap + 1)
                runs.append([])
            gap = 0
            runs[-1] += leaves
        if not runs[0]:
            self.say("empty-phrase", piece)
            return None
        if piece.number is not None:
            return self._slop(piece, [leaf for run in runs for leaf in run])
        node: Spanning = self._span(runs[0])
        if gaps:
            self.say("star-in-phrase", piece)
        for distance, run in zip(gaps, runs[1:], strict=True):
            node = Near(node, self._span(run), distance, ordered=True)
        return node

    def _span(self, leaves: list[Leaf]) -> Leaf | Phrase:
        joined = _together(leaves)
        if not self.fields:
            return joined
        return Phrase(joined.parts, self.fields) if isinstance(joined, Phrase) else limited(joined, self.fields)

    def _slop(self, piece: Piece, leaves: list[Leaf]) -> Node:
        distance = self._distance(piece, piece.number or 0)
        node: Spanning = self._span(leaves[:1])
        for leaf in leaves[1:]:
            node = Near(node, self._span([leaf]), distance)
        return node

    # Fields.

    def _field(self) -> Node | None:
        field = self._next()
        while self._kind() == "field":
            inner = self._next()
            self.say("inner-field", inner, inner=inner.text, outer=field.text)
            field = inner
        if self._kind() in ("", "close", "and", "or", "near", "same"):
            self.say("empty-field", field, field=field.text)
            return None
        if self._kind() == "not":
            self._next()
            self.at -= 1
            self.pieces = [*self.pieces[: self.at], field, *self.pieces[self.at + 1 :]]
            node = self._field()
            return None if node is None else negation(node)
        if field.text in _TEXT_FIELDS:
            return self._text_field(field)
        if field.text in DATE_FIELDS:
            return self._date(field)
        if field.text in _VALUE_FIELDS:
            return self._values(field)
        if field.text == "near":
            return self._near_city(field)
        if field.text == "id":
            return self._id(field)
        self.say("unsupported-field", field, text=self._value_text(self.at))
        return self._operand()

    def _value_text(self, index: int) -> str:
        return self.pieces[index].text

    def _text_field(self, field: Piece) -> Node | None:
        outer, outer_name = self.fields, self.field_name
        if outer and outer != _TEXT_FIELDS[field.text]:
            self.say("inner-field", field, inner=field.text, outer=outer_name)
        self.fields, self.field_name = _TEXT_FIELDS[field.text], field.text
        node = self._operand()
        self.fields, self.field_name = outer, outer_name
        return node

    def _date(self, field: Piece) -> Node | None:
        begin = self.at
        if self._kind() in ("phrase", "span"):
            piece = self._next()
            return self._dated(field, dates.read(piece.text, self.today, self.locale), piece.text, piece)
        if self._kind() == "open":
            return self._group(lambda: self._date_group(field))
        end = begin
        while end < len(self.pieces) and self.pieces[end].kind == "word" and end - begin < _DATE_WORDS:
            end += 1
        if end == begin:
            self.say("empty-field", field, field=field.text)
            return None
        # As many of the words that follow as read as one date.
        for stop in range(end, begin, -1):
            text = " ".join(piece.text for piece in self.pieces[begin:stop])
            reading = dates.read(text, self.today, self.locale)
            if not reading.problem or stop == begin + 1:
                break
        self.at = stop
        last = self.pieces[stop - 1]
        return self._dated(field, reading, text, Piece("word", text, field.start, last.end))

    def _date_group(self, field: Piece) -> Node | None:
        parts: list[Node] = []
        while self._kind() not in ("close", ""):
            if self._kind() in ("word", "phrase"):
                node = self._date(field)
                if node is not None:
                    parts.append(node)
            else:
                self._next()
        return disjunction(parts)

    def _dated(self, field: Piece, reading: dates.Reading, text: str, piece: Piece) -> Node | None:
        if reading.problem:
            self.notes.append(said("bad-date", field.start, piece.end, text=text, reason=reading.problem))
            return None
        if reading.swapped:
            self.notes.append(said("swapped-dates", field.start, piece.end))
        match field.text:
            case "since":
                return Dated(since=reading.since or reading.until)
            case "until":
                return Dated(until=reading.until or reading.since)
            case _:
                return Dated(reading.since, reading.until)

    def _id(self, field: Piece) -> Node | None:
        if self._kind() not in ("word", "phrase"):
            self.say("empty-field", field, field=field.text)
            return None
        piece = self._next()
        if not _PUBLIC_ID.fullmatch(piece.text):
            self.say("no-id", piece, text=piece.text)
            return Nothing()
        return Id(piece.text)

    def _values(self, field: Piece) -> Node | None:
        if self._kind() == "open":
            return self._group(lambda: self._value_alternatives(field))
        piece = self._next()
        if piece.kind not in ("word", "phrase"):
            self.say("text-in-value", piece, field=field.text, text=piece.text)
            return None
        return self._value(field, piece, greedy=piece.kind == "word")

    def _value_alternatives(self, field: Piece) -> Node | None:
        alternatives: list[Node] = []
        parts: list[Node] = []
        while self._kind() not in ("close", ""):
            if self._kind() == "or":
                self._next()
                if (node := conjunction(parts)[0]) is not None:
                    alternatives.append(node)
                parts = []
            elif (part := self._value_side(field)) is not None:
                parts.append(part)
        if (node := conjunction(parts)[0]) is not None:
            alternatives.append(node)
        return disjunction(alternatives)

    def _value_side(self, field: Piece) -> Node | None:
        """Read one value inside brackets: words side by side are one name."""
        excluded = False
        while self._kind() in ("not", "and"):
            excluded ^= self._next().kind == "not"
        node: Node | None
        match self._kind():
            case "open":
                node = self._group(lambda: self._value_alternatives(field))
            case "phrase":
                node = self._value(field, self._next())
            case "word":
                first = last = self._next()
                texts = [first.text]
                while self._kind() == "word":
                    last = self._next()
                    texts.append(last.text)
                node = self._value(field, Piece("word", " ".join(texts), first.start, last.end))
            case "":
                return None
            case _:
                piece = self._next()
                self.say("text-in-value", piece, field=field.text, text=piece.text)
                return None
        return negation(node) if excluded and node is not None else node

    def _value(self, field: Piece, piece: Piece, *, greedy: bool = False) -> Node | None:
        text = piece.text
        if field.text in ("city", "mentions"):
            return self._city(field, piece, greedy=greedy)
        plain = " ".join(text.replace("*", " ").replace("?", " ").split())
        if plain != text and "*" in text:
            self.say("pattern-in-value", piece, field=field.text, text=text)
        if not fold(plain) and not any(c.isalnum() for c in plain):
            self.say("no-words", piece, text=text)
            return None
        return Value(field.text, (plain,))

    def _city(self, field: Piece, piece: Piece, *, greedy: bool = False) -> Node | None:
        facet = "city" if field.text == "near" else field.text
        text = piece.text.rstrip(_TRAILING)
        if text.startswith("name:") and fold(text[5:]):
            return Value(facet, (f"name:{fold(text[5:])}",))
        if not fold(text):
            self.say("no-words", piece, text=text)
            return None
        found = tuple(self.places(text)) if self.places else ()
        if not found and greedy and self.places:
            text, found = self._longer_place(text)
        if found:
            if len(found) > 1:
                labels = "; ".join(label for _, label in found[:_PLACE_LABELS])
                more = len(found) - _PLACE_LABELS
                labels += f"; and {more} more" if more > 0 else ""
                example = f'{field.text}:"{found[0][1]}"'
                count = f"{len(found)} cities"
                self.say("several-cities", piece, name=text, count=count, labels=labels, example=example)
            return Value(facet, tuple(key for key, _ in found))
        if text.isascii() and text.isdigit():
            return Value(facet, (text,))
        if self.places:
            self.say("unknown-city", piece, name=text)
        return Value(facet, (f"name:{fold(text)}",))

    def _longer_place(self, text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Try the words after an unquoted name that is no city: `city:new york` means New York."""
        if self.places is None:
            return text, ()
        for count in range(1, _PLACE_WORDS + 1):
            if self._kind(count - 1) != "word":
                break
            words = [piece.text.rstrip(_TRAILING) for piece in self.pieces[self.at : self.at + count]]
            longer = " ".join([text, *words])
            if found := tuple(self.places(longer)):
                self.at += count
                return longer, found
        return text, ()

    def _near_city(self, field: Piece) -> Node | None:
        if self._kind() not in ("word", "phrase"):
            self.say("text-in-value", self._next(), field=field.text, text="(")
            return None
        piece = self._next()
        text, number, unit = piece.text, piece.number, piece.measure
        if piece.kind == "word" and (reach := re.search(r"~(\d{1,6})?(km|mi|miles)?$", text, re.IGNORECASE)):
            text = text[: reach.start()]
            number = int(reach.group(1)) if reach.group(1) else None
            unit = (reach.group(2) or "km").lower()
        kilometres = _KILOMETRES if number is None else number * (_MILE if unit.startswith("mi") else 1)
        kilometres = min(max(round(kilometres), 1), _KILOMETRES_MOST)
        node = self._city(field, Piece("word", text, piece.start, piece.end), greedy=piece.kind == "word")
        if not isinstance(node, Value):
            return node
        if self.around is None:
            self.say("no-distance", piece, name=text)
            return node
        keys = dict.fromkeys(key for city in node.keys for key in (city, *self.around(city, kilometres)))
        centre = node.keys[0] if len(node.keys) == 1 else text
        return Value("city", tuple(keys), typed=f'near:"{centre}"~{kilometres}km')


def _together(leaves: list[Leaf]) -> Leaf | Phrase:
    return leaves[0] if len(leaves) == 1 else Phrase(tuple(leaves))


def _exact(term: analysis.Term, token: str) -> Exact:
    cased = any(c.isupper() for c in token)
    return Exact(term.form if cased else term.folded, term.stem, cased, typed=token)


def _fold_pattern(text: str) -> str:
    """Return a pattern in the folded form that written forms have, its stars and question marks kept.

    >>> _fold_pattern("Élect*")
    'elect*'
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    return "".join(c for c in plain if c.isalnum() or c in "*?&+#")


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
