"""A reader's text into the pieces of the query language, with the place of each in the text.

Knows shapes (quotes, brackets, operators, fields), not meanings. The one idea: every character of the query lies in a
piece, in the white space between pieces, or in a diagnostic, and a piece that stands where it makes no sense (a second
AND, a closing bracket too many, `near5` with nothing before it) is mended here, so that the parser reads a sound list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from search.page import Diagnostic
from search.query import foreign
from search.query.diagnostics import said

#: Characters of a query that are read; the rest is cut off, and said.
MAX_LENGTH = 4_000

#: Brackets within brackets that are understood; deeper ones are passed over, and said.
MAX_DEPTH = 20

#: Field names as readers type them, to the name the parser knows.
FIELD_NAMES = {
    "headline": "headline",
    "title": "headline",
    "lead": "lead",
    "text": "text",
    "body": "text",
    "byline": "byline",
    "author": "byline",
    "by": "byline",
    "section": "section",
    "source": "source",
    "paper": "source",
    "city": "city",
    "mentions": "mentions",
    "near": "near",
    "date": "date",
    "since": "since",
    "after": "after",
    "until": "until",
    "before": "before",
    "id": "id",
    "type": "type",
    "genre": "type",
}

DATE_FIELDS = ("date", "since", "until", "before", "after")

_QUOTES = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02\u301d\u301e\u301f'
_SINGLE_OPEN = "'\u2018\u201a\u201b\u2039"
_SINGLE_CLOSE = "'\u2019\u2018\u203a"
_MINUS = "-\u2212"
_ENDS = set("()|\uff08\uff09") | set(_QUOTES)
_SOFT_ENDS = set(",;\uff0c\u3001\u3002\uff1b")
_SILENT = set(".,:;!?'\u2018\u2019\u2013\u2014\u2026\u2022\u00b7/\u2015\uff0c\u3001\u3002")

_FIELD = re.compile(r"([A-Za-z]+)[:\uff1a]")
_DOUBLED = re.compile(r"``|''|\u2018\u2018|\u2019\u2019")
_SLOP = re.compile(r"~(\d{1,6})?(\.\d+(?=\s?[km]))?(?:\s?(km|kilomet(?:er|re)s?|mi|miles?)\b)?(?!\w)", re.IGNORECASE)
_NEAR = re.compile(r"(near|onear|adj|w|pre)/?(\d{1,4})|/(n)?(\d{1,3})/?", re.IGNORECASE)
_SAME = {
    "/same/": "paragraph",
    "/paragraph/": "paragraph",
    "w/p": "paragraph",
    "w/para": "paragraph",
    "/p": "paragraph",
    "/sentence/": "sentence",
    "w/s": "sentence",
    "w/sent": "sentence",
    "/s": "sentence",
}
_PREFIX = re.compile(r"(first|atleast|atl)(\d{1,4})", re.IGNORECASE)

_BINARY = ("and", "or")
_OPERAND_END = ("word", "phrase", "close", "span")
_OPERAND_START = ("word", "phrase", "open", "field", "first", "atleast", "near", "same")


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a query.

    Attributes:
        kind: "word", "phrase", "open", "close", "and", "or", "not", "field", "near", "same", "first", "atleast", or
            "span" (the bracketed range after a date field).
        text: the characters that matter: the word, the inside of the quotes, the field's name.
        start, end: where it stands in the query.
        number: of near, first and atleast; the number after `~` of a phrase, or None.
        exact: an equals sign stands before it.
        forced: a plus sign stands before it.
        ordered: of near: the left side comes first.
        measure: "km" or "mi" after the number of a phrase; "paragraph" or "sentence" of "same"; else "".
        tail: of a phrase with a number: the characters from `~` on.
    """

    kind: str
    text: str
    start: int
    end: int
    number: int | None = None
    exact: bool = False
    forced: bool = False
    ordered: bool = False
    measure: str = ""
    tail: str = ""


def lex(query: str) -> tuple[list[Piece], list[Diagnostic]]:
    """Return the pieces of `query`, brackets balanced and operators between operands, and what was mended for that."""
    text, notes = _clean(query)
    pieces = _Lexer(text, notes).pieces()
    pieces = _balance(pieces, notes)
    pieces = _settle_operators(pieces, notes)
    return pieces, notes


def _clean(query: str) -> tuple[str, list[Diagnostic]]:
    """Return the query without what cannot be searched, every character still in its place."""
    notes = []
    if len(query) > MAX_LENGTH:
        cut = max(query.rfind(" ", MAX_LENGTH - 100, MAX_LENGTH), MAX_LENGTH - 100)
        notes.append(said("too-long", cut, len(query), limit=f"{MAX_LENGTH:,}"))
        query = query[:cut]
    if query.isascii() and query.isprintable():
        return query, notes
    unseen = [i for i, c in enumerate(query) if not c.isprintable() and not c.isspace() and c not in "\u00ad\u200b"]
    clean = "".join(c if c.isprintable() else " " for c in query.replace("\u200d", " ").replace("\u200c", " "))
    if unseen:
        notes.append(said("unreadable", unseen[0], unseen[-1] + 1))
    return clean, notes


class _Lexer:
    """Walks once through the text."""

    def __init__(self, text: str, notes: list[Diagnostic]) -> None:
        # Two straight or curly single quotes, or two grave accents, are how wires write a double quotation mark.
        self.text = _DOUBLED.sub('" ', text)
        self.notes = notes
        self.found: list[Piece] = []
        self.at = 0
        self.single_quotes_close = True

    def pieces(self) -> list[Piece]:
        while self.at < len(self.text):
            self._step()
        return self.found

    def _step(self) -> None:
        c = self.text[self.at]
        if c.isspace() or c in _SOFT_ENDS:
            self.at += 1
        elif c in "(\uff08":
            self._add("open", 1)
        elif c in ")\uff09":
            self._add("close", 1)
        elif c == "|":
            self._add("or", 2 if self.text.startswith("||", self.at) else 1)
        elif c in _QUOTES:
            self._quoted(self.at)
        elif c in _SINGLE_OPEN and self._single_quoted():
            pass
        elif c in _MINUS and self._run(_MINUS) == 1:
            self._add("not", 1)
        elif c in "+=":
            self._marked(c)
        else:
            self._chunk()

    def _add(self, kind: str, length: int) -> None:
        self.found.append(Piece(kind, self.text[self.at : self.at + length], self.at, self.at + length))
        self.at += length

    def _run(self, characters: str) -> int:
        end = self.at
        while end < len(self.text) and self.text[end] in characters:
            end += 1
        return end - self.at

    def _stands_alone(self, length: int) -> bool:
        after = self.at + length
        return after >= len(self.text) or self.text[after].isspace()

    def _quoted(self, start: int, *, exact: bool = False, forced: bool = False) -> None:
        opening = self.at
        close = next((i for i in range(opening + 1, len(self.text)) if self.text[i] in _QUOTES), -1)
        if close < 0:
            self.notes.append(said("unbalanced-quote", opening, opening + 1))
            self.at = opening + 1
            return
        self._phrase(start, opening + 1, close, exact=exact, forced=forced)

    def _single_quoted(self) -> bool:
        """Read 'several words' between single quotes, where they open before a word and close after one."""
        if not self.single_quotes_close:
            return False
        if self.at and not (self.text[self.at - 1].isspace() or self.text[self.at - 1] in "(:=+-|"):
            return False
        for close in range(self.at + 1, len(self.text)):
            c = self.text[close]
            if c in _QUOTES:
                return False
            if c in _SINGLE_CLOSE and not self.text[close - 1].isspace():
                after = self.text[close + 1 : close + 2]
                if not after or after.isspace() or after in ")~,;.!?|":
                    if not any(inner.isspace() for inner in self.text[self.at + 1 : close].strip()):
                        return False
                    self._phrase(self.at, self.at + 1, close)
                    return True
        # None closes from here to the end, so none of the following does either.
        self.single_quotes_close = False
        return False

    def _phrase(self, start: int, inner: int, close: int, *, exact: bool = False, forced: bool = False) -> None:
        end, number, measure, tail = close + 1, None, "", ""
        slop = _SLOP.match(self.text, end)
        if slop and slop.group(1):
            number, end, tail = int(slop.group(1)), slop.end(), slop.group()
            measure = "" if not slop.group(3) else "mi" if slop.group(3).lower().startswith("mi") else "km"
            if slop.group(2):
                number = max(int(float(slop.group(1) + slop.group(2)) + 0.5), 1)
                whole = f"~{number}{measure}"
                self.notes.append(said("distance", close + 1, end, text=slop.group().strip(), mended=whole))
        elif slop:
            self.notes.append(said("slop-alone", end, end + 1, text="~"))
            end += 1
        words = " ".join(self.text[inner:close].split())
        self.found.append(Piece("phrase", words, start, end, number, exact, forced, measure=measure, tail=tail))
        self.at = end

    def _marked(self, mark: str) -> None:
        """Read a plus or equals sign: an operator between spaces (plus), else a mark on what follows."""
        start = self.at
        if self._stands_alone(1):
            if mark == "+":
                self._add("and", 1)
            else:
                self._add("word", 1)
            return
        self.at += 1
        if self.text[self.at] in _QUOTES:
            self._quoted(start, exact=mark == "=", forced=mark == "+")
        elif mark == "=":
            self._chunk(start, exact=True)
        elif self.text[self.at] not in "(+-\uff08":
            self._chunk(start, forced=True)

    def _chunk(self, start: int | None = None, *, exact: bool = False, forced: bool = False) -> None:
        start = self.at if start is None else start
        if not exact and (self._field() or self._foreign()):
            return
        begin = end = self.at
        while end < len(self.text) and not self._ends(end):
            end += 1
        if end == begin:
            return
        chunk = self.text[begin:end]
        self.at = end
        piece = Piece("word", chunk, start, end, exact=exact, forced=forced)
        self.found.append(piece if exact or forced else _operator(piece))

    def _ends(self, at: int) -> bool:
        c = self.text[at]
        if c.isspace() or c in _ENDS:
            return True
        if c in _SOFT_ENDS:
            return not (self.text[at - 1 : at].isdigit() and self.text[at + 1 : at + 2].isdigit())
        return c == "/" and foreign.SLASHED.match(self.text, at) is not None

    def _field(self) -> bool:
        """Read `name:` where the name is a field's; the range after a date field (`[2015 TO 2018]`) with it."""
        match = _FIELD.match(self.text, self.at)
        if match is None:
            return False
        written = match.group(1).lower()
        name = FIELD_NAMES.get(written) or foreign.FIELDS.get(written)
        if name is None:
            return False
        if written not in FIELD_NAMES:
            self._say_read_as(match, f"{name}:")
        self.found.append(Piece("field", name, match.start(), match.end()))
        self.at = match.end()
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1
        if name in DATE_FIELDS and self.text[self.at : self.at + 1] in ("[", "{"):
            close = next((i for i in range(self.at, len(self.text)) if self.text[i] in "]}"), len(self.text) - 1)
            inside = self.text[self.at + 1 : close + (self.text[close] not in "]}")]
            self.found.append(Piece("span", inside, self.at, close + 1))
            self.at = close + 1
        return True

    def _foreign(self) -> bool:
        """Read what another archive writes where it can mean one thing only."""
        if match := foreign.SLASHED.match(self.text, self.at):
            self._slashed(match)
            return True
        match = foreign.EQUALS.match(self.text, self.at) or foreign.CALL.match(self.text, self.at)
        if match is None:
            return False
        written = match.group(1).lower()
        bracket = match.group().endswith("(")
        if name := foreign.OURS.get(written) or foreign.FIELDS.get(written):
            self._say_read_as(match, f"{name}:(" if bracket else f"{name}:")
            self.found.append(Piece("field", name, match.start(), match.end() - bracket))
        elif bracket and written in foreign.COMMANDS:
            self.notes.append(said("command", match.start(), match.end() - 1, text=match.group(1)))
        else:
            return False
        self.at = match.end() - bracket
        return True

    def _slashed(self, match: re.Match[str]) -> None:
        """Read Factiva's `/N30/` between words, and `/F50/`, which stands behind what it is about."""
        number = int(match.group(2))
        if match.group(1).lower() == "n":
            self._say_read_as(match, f"near{number}")
            self.found.append(Piece("near", match.group(), match.start(), match.end(), number))
        elif (place := self._last_operand()) is None:
            self.notes.append(said("operator-alone", match.start(), match.end(), operator=match.group()))
        else:
            self._say_read_as(match, f"first{number}")
            self.found.insert(place, Piece("first", match.group(), match.start(), match.end(), number))
        self.at = match.end()

    def _last_operand(self) -> int | None:
        """Return the place of the word, phrase or opening bracket that the last piece belongs to."""
        if not self.found or self.found[-1].kind not in ("word", "phrase", "close"):
            return None
        deep = 0
        for place in range(len(self.found) - 1, -1, -1):
            kind = self.found[place].kind
            deep += (kind == "close") - (kind == "open")
            if deep <= 0:
                return place
        return None

    def _say_read_as(self, match: re.Match[str], taken: str) -> None:
        self.notes.append(said("read-as", match.start(), match.end(), text=match.group().strip(), taken=taken))


def _operator(piece: Piece) -> Piece:
    """Return the piece as the operator it spells, else as it is."""
    text = piece.text
    if text in ("AND", "&", "&&"):
        return replace(piece, kind="and")
    if text == "OR":
        return replace(piece, kind="or")
    if text == "NOT":
        return replace(piece, kind="not")
    if unit := _SAME.get(text.lower()):
        return replace(piece, kind="same", number=None, ordered=False, measure=unit)
    if near := _NEAR.fullmatch(text):
        name = (near.group(1) or "near").lower()
        if name in ("near", "adj") or "/" in text:
            number, ordered = int(near.group(2) or near.group(4)), name in ("adj", "pre", "onear")
            return replace(piece, kind="near", number=number, ordered=ordered)
    if prefix := _PREFIX.fullmatch(text):
        kind = "first" if prefix.group(1).lower() == "first" else "atleast"
        return replace(piece, kind=kind, number=int(prefix.group(2)))
    return piece


def is_special(word: str) -> bool:
    """Say whether a bare word would be read as an operator."""
    return _operator(Piece("word", word, 0, 0)).kind != "word"


def is_silent(chunk: str) -> bool:
    """Say whether a chunk is mere punctuation that nobody expects to be searched."""
    return all(c in _SILENT or c in _MINUS for c in chunk)


def _balance(pieces: list[Piece], notes: list[Diagnostic]) -> list[Piece]:
    """Return the pieces with every bracket closed: a closing one too many is passed over, a missing one is added."""
    kept: list[Piece] = []
    opened: list[Piece] = []
    too_deep = 0
    for piece in pieces:
        if piece.kind == "open":
            if len(opened) >= MAX_DEPTH:
                too_deep += 1
                if too_deep == 1:
                    notes.append(said("too-deep", piece.start, piece.end, limit=str(MAX_DEPTH)))
                continue
            opened.append(piece)
        elif piece.kind == "close":
            if too_deep:
                too_deep -= 1
                continue
            if not opened:
                notes.append(said("unbalanced-bracket", piece.start, piece.end, mended="passed over"))
                continue
            opened.pop()
        kept.append(piece)
    end = pieces[-1].end if pieces else 0
    for piece in opened:
        notes.append(said("unbalanced-bracket", piece.start, piece.end, mended="closed at the end"))
        kept.append(Piece("close", ")", end, end))
    return kept


def _settle_operators(pieces: list[Piece], notes: list[Diagnostic]) -> list[Piece]:
    """Return the pieces with every operator between what it works on; those that are not become words or fall away."""
    if pieces and all(piece.kind in ("and", "or", "not") and piece.text.isalpha() for piece in pieces):
        return [replace(piece, kind="word", forced=True) for piece in pieces]
    kept: list[Piece] = []
    for index, piece in enumerate(pieces):
        before = kept[-1].kind if kept else ""
        after = pieces[index + 1].kind if index + 1 < len(pieces) else ""
        if piece.kind in _BINARY and (before in ("", "open", "not", "field", "first", "atleast", *_BINARY)):
            notes.append(_alone(piece))
            continue
        joins = piece.kind in ("near", "same")
        if (joins and before not in _OPERAND_END) or (
            (joins or piece.kind in ("first", "atleast")) and after not in _OPERAND_START
        ):
            piece = _as_word(piece, notes, alone=len(pieces) == 1)
        kept.append(piece)
    return _trim(kept, notes)


def _trim(pieces: list[Piece], notes: list[Diagnostic]) -> list[Piece]:
    """Return the pieces without operators that have nothing after them."""
    kept: list[Piece] = []
    for piece in reversed(pieces):
        after = kept[-1].kind if kept else ""
        if piece.kind in ("and", "or", "not") and after in ("", "close", *_BINARY):
            notes.append(_alone(piece))
            continue
        kept.append(piece)
    return kept[::-1]


def _alone(piece: Piece) -> Diagnostic:
    """Return what is said of AND, OR or NOT where it has nothing to work on."""
    if piece.kind == "not":
        return said("nothing-excluded", piece.start, piece.end, operator=piece.text)
    return said("operator-alone", piece.start, piece.end, operator=piece.text)


def _as_word(piece: Piece, notes: list[Diagnostic], *, alone: bool) -> Piece:
    if not alone:
        notes.append(said("operator-as-word", piece.start, piece.end, operator=piece.text))
    return replace(piece, kind="word", forced=True, number=None, ordered=False, measure="")
