"""Completion as one types: headlines, names, cities, sections and the reader's own syntax.

No index: what the archive holds comes through `Stock`. The one idea: only the last unfinished piece of a query is
completed, be it an open phrase, the value of a field or the last words; all that was typed before it stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from index.phrases import bare
from search.page import Completion
from search.query.lexer import FIELD_NAMES, MAX_LENGTH

#: Words at the end of a query that may be the beginning of one phrase.
MOST_WORDS = 6

#: Of the completions wanted, this share at least is headlines, where so many begin so.
HEADLINES = 1 / 3

#: Letters after which field names and operators are offered.
_LETTERS_FOR_SYNTAX = 2

_QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02\u301d\u301e\u301f", '"'))
_FIELD = r"(?:(?P<field>[A-Za-z]+):)?"
_IN_QUOTES = re.compile(rf'(?P<kept>(?:[^"]*"[^"]*")*(?:[^"]*[\s(+=-])?){_FIELD}"(?P<start>[^"]*)')
_IN_FIELD = re.compile(r"(?P<kept>(?:.*[\s(+=-])?)(?P<field>[A-Za-z]+):(?P<start>[^\s\":()][^\":()]*)?", re.DOTALL)
_CHUNK = re.compile(r"\S+")
_MARKS = re.compile(r"[(+=-]*")
_OPERATOR = re.compile(r"AND|OR|NOT|(?:near|adj|w|pre)/?\d+|(?:first|atleast)\d+|/\w+/", re.IGNORECASE)
_NOT_PLAIN = re.compile(r"[\":*?~|()/]")
_PLAIN_WORD = re.compile(r"[^\W_]+")

#: What readers can write, what it is called, and whether something must stand before it.
_SYNTAX: tuple[tuple[str, str, bool], ...] = (
    ("headline:", "words in the headline", False),
    ("lead:", "words in the first paragraph", False),
    ("text:", "words in the text, not the headline", False),
    ("byline:", "who wrote it", False),
    ("section:", "the paper’s section", False),
    ("source:", "the paper", False),
    ("type:", "what type of story", False),
    ("city:", "where the story is", False),
    ("mentions:", "a city named at all", False),
    ("near:", "cities around a city", False),
    ("date:", "a day, month, year or range", False),
    ("since:", "from a day on", False),
    ("until:", "through a day", False),
    ("before:", "earlier than a day", False),
    ("after:", "later than a day", False),
    ("AND", "both sides", True),
    ("OR", "either side", True),
    ("NOT", "without what follows", False),
    ("near5", "within 5 words of each other", True),
    ("adj3", "within 3 words, in this order", True),
    ("/same/", "in the same paragraph", True),
    ("/sentence/", "in the same sentence", True),
    ("first50", "among the first 50 words", False),
    ("atleast3", "at least 3 times", False),
)

Facet = Literal["city", "section", "source", "byline"]

#: The facet that a field's values come from, and the kind they are shown as.
_VALUES: dict[str, tuple[Facet, Literal["city", "section", "name"]]] = {
    "city": ("city", "city"),
    "mentions": ("city", "city"),
    "near": ("city", "city"),
    "section": ("section", "section"),
    "source": ("source", "name"),
    "byline": ("byline", "name"),
}


@dataclass(frozen=True, slots=True)
class Held:
    """Something that an archive holds: as written, and in how many stories."""

    label: str
    count: int


class Stock(Protocol):
    """What an archive has to complete with. A start is bare words (`index.phrases.bare`); the last may go on."""

    def values(self, facet: Facet, start: str, most: int) -> Sequence[Held]:
        """Return values of a facet in which `start` begins at a word, most stories first."""

    def names(self, start: str, most: int) -> Sequence[Held]:
        """Return names in which `start` begins at a word, most stories first, then the newest."""

    def headlines(self, start: str, most: int) -> Sequence[Held]:
        """Return headlines in which `start` begins at a word, most stories first, then the newest."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """The piece of a query that is being typed.

    Attributes:
        kept: what stands before it.
        start: what of it is there.
        field: the name of the field whose value it is, as the parser knows it; "" for none.
        quoted: a quotation mark has been opened.
    """

    kept: str
    start: str
    field: str = ""
    quoted: bool = False


def complete(text: str, limit: int, stock: Stock) -> tuple[Completion, ...]:
    """Return up to `limit` ways to go on with what has been typed, best first.

    The longest run of last words that begins something comes first; within it what most stories have, with room left
    for headlines; then syntax. Shorter runs are looked at until one begins a name, a city or a section.
    """
    found: dict[tuple[str, str], Completion] = {}
    for piece in unfinished(text):
        had = {one.kind for one in found.values()} - {"syntax"}
        if had - {"headline"}:
            break
        before = bare(piece.kept).rpartition(" ")[2] if had else ""
        for one in _completions(piece, limit, stock):
            again = had and (one.kind == "headline" or before in bare(one.label).split())
            if not again and one.text.strip() != text.strip():
                found.setdefault((one.kind, one.label), one)
    return tuple(found.values())[:limit]


def unfinished(text: str) -> Iterator[Unfinished]:
    """Yield what the last piece of a query may be, the longest first; nothing where it cannot be gone on with.

    >>> [(piece.kept, piece.start) for piece in unfinished("levee red ri")]
    [('', 'levee red ri'), ('levee ', 'red ri'), ('levee red ', 'ri')]
    >>> list(unfinished('flood -city:"new y'))
    [Unfinished(kept='flood -', start='new y', field='city', quoted=True)]
    """
    if not text.strip() or len(text) > MAX_LENGTH:
        return
    plain = text.translate(_QUOTES)
    if plain.count('"') % 2:
        if found := _IN_QUOTES.fullmatch(plain):
            yield Unfinished(found["kept"], found["start"], FIELD_NAMES.get((found["field"] or "").lower(), ""), True)
        return
    if found := _IN_FIELD.fullmatch(plain):
        field = FIELD_NAMES.get(found["field"].lower(), "")
        if field in _VALUES or field == "headline":
            yield Unfinished(text[: found.end("kept")], found["start"] or "", field)
    starts = _last_words(plain)
    for start in starts:
        yield Unfinished(text[:start], plain[start:])


def _last_words(text: str) -> list[int]:
    """Return where the last words begin that may be one phrase, the longest phrase first."""
    starts: list[int] = []
    for chunk in reversed(list(_CHUNK.finditer(text))[-MOST_WORDS:]):
        marks = _MARKS.match(chunk.group())
        bounds = marks.end() if marks else 0
        word = chunk.group()[bounds:]
        if not word or _NOT_PLAIN.search(word) or (_OPERATOR.fullmatch(word) and (starts or text[-1:].isspace())):
            if not starts and word.startswith("/"):
                starts.append(chunk.start())
            break
        starts.append(chunk.start() + bounds)
        if bounds:
            break
    return starts[::-1]


def _completions(piece: Unfinished, limit: int, stock: Stock) -> Iterator[Completion]:
    """Yield the ways to go on with one reading of the last piece."""
    start = "" if piece.start.startswith("/") else bare(piece.start)
    if start and piece.start[-1:].isspace():
        start += " "
    if piece.field in _VALUES:
        facet, kind = _VALUES[piece.field]
        for value in stock.values(facet, start, limit):
            yield Completion(f"{piece.kept}{piece.field}:{_quoted(value.label)}", value.label, kind, value.count)
        return
    field = "headline:" if piece.field == "headline" else ""
    headlines = [
        Completion(f"{piece.kept}{field}{_phrase(held.label)}", held.label, "headline", held.count)
        for held in (stock.headlines(start, limit) if start else ())
    ]
    if piece.field:
        yield from headlines
        return
    values = [] if not start else _values(piece, start, limit, stock)
    room = limit - min(len(headlines), round(limit * HEADLINES))
    yield from values[:room]
    yield from headlines
    yield from values[room:]
    if not piece.quoted:
        yield from _syntax(piece)


def _values(piece: Unfinished, start: str, limit: int, stock: Stock) -> list[Completion]:
    """Return names, cities and sections, most stories first; a name that is a city's comes as the city."""
    kept = piece.kept
    cities = stock.values("city", start, limit)
    named = {bare(city.label.partition(",")[0]) for city in cities}
    values = [
        Completion(f"{kept}{_quoted(name.label)}", name.label, "name", name.count)
        for name in stock.names(start, limit)
        if bare(name.label) not in named
    ]
    # In an open phrase only words can stand.
    if not piece.quoted:
        values += [Completion(f"{kept}city:{_quoted(one.label)}", one.label, "city", one.count) for one in cities]
        sections = stock.values("section", start, limit)
        values += [
            Completion(f"{kept}section:{_quoted(one.label)}", one.label, "section", one.count) for one in sections
        ]
    return sorted(values, key=lambda value: -value.count)


def _syntax(piece: Unfinished) -> Iterator[Completion]:
    typed = piece.start
    if len(typed) < _LETTERS_FOR_SYNTAX or typed[-1:].isspace() or " " in typed:
        return
    for text, label, after in _SYNTAX:
        fits = text.startswith(typed if text.isupper() else typed.lower())
        if fits and (not after or piece.kept.strip()):
            yield Completion(f"{piece.kept}{text}", f"{text} {label}", "syntax", 0)


def _quoted(label: str) -> str:
    """Return a value as it is written in a query: in quotes unless it is one plain word."""
    plain = _PLAIN_WORD.fullmatch(label) and not _OPERATOR.fullmatch(label)
    return label if plain else _phrase(label)


def _phrase(words: str) -> str:
    """Return words as a phrase; what has a meaning inside quotes falls away."""
    return '"' + " ".join(re.sub(r'["*?]', " ", words.translate(_QUOTES)).split()) + '"'
