"""Clauses that are filters: city, section, source, byline, type, mentions, near, date, since, until, id.

Not the text fields (headline, lead, text), which only say where words must stand; what a place means is `places`'
business. The one idea: a clause's value means one thing or is said to mean nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from index.article import fold
from index.storytype import SPELLINGS, known_type
from search.query import dates, datewords
from search.query.build import conjunction, disjunction, negation
from search.query.cursor import Cursor
from search.query.diagnostics import said
from search.query.lexer import DATE_FIELDS, Piece
from search.query.places import PlaceClauses
from search.query.tree import Dated, Id, Node, Nothing, Value

_TYPE_WORDS = 4
_TYPES_SHOWN = 9
_PUBLIC_ID = re.compile(r"[A-Za-z0-9._~-]{1,128}")


class Clauses:
    """Reads the value after a filter's name."""

    def __init__(self, cursor: Cursor, of_place: PlaceClauses, today: date, locale: str) -> None:
        self.cursor = cursor
        self.say = cursor.say
        self.of_place = of_place
        self.today = today
        self.locale = locale

    def read(self, field: Piece) -> Node | None:
        """Return the filter whose name has just been read; None where it comes to nothing, which is said."""
        return self._date(field) if field.text in DATE_FIELDS else self._values(field)

    def group(self, inside: Callable[[], Node | None]) -> Node | None:
        """Read what stands in the brackets that open here."""
        opening = self.cursor.next()
        if self.cursor.kind() == "close":
            self.cursor.notes.append(said("empty-group", opening.start, self.cursor.next().end))
            return None
        node = inside()
        if self.cursor.kind() == "close":
            self.cursor.next()
        return node

    def _date(self, field: Piece) -> Node | None:
        begin = self.cursor.at
        if self.cursor.kind() in ("phrase", "span"):
            piece = self.cursor.next()
            return self._dated(field, dates.read(piece.text, self.today, self.locale), piece.text, piece)
        if self.cursor.kind() == "open":
            return self.group(lambda: self._date_group(field))
        words = self._words_of_date()
        if not words:
            self.say("empty-field", field, field=field.text)
            return None
        count, reading = datewords.taken(words, self.today, self.locale)
        self.cursor.at = begin + count
        last = self.cursor.pieces[self.cursor.at - 1]
        text = " ".join(words[:count])
        return self._dated(field, reading, text, Piece("word", text, field.start, last.end))

    def _words_of_date(self) -> list[str]:
        """Return the words that may be a date, one a piece, and the operators that can stand inside one."""
        words: list[str] = []
        for piece in self.cursor.pieces[self.cursor.at : self.cursor.at + datewords.MOST_WORDS]:
            if piece.kind == "word" and not (words and (piece.exact or piece.forced)):
                words.append(piece.text)
            elif words and piece.kind == "and" and piece.text != "+":
                words.append("AND")
            elif words and piece.kind == "not" and self._has_room(piece):
                words.append(datewords.DASH)
            else:
                break
        while words and words[-1] in (datewords.DASH, "AND"):
            words.pop()
        return words

    def _has_room(self, piece: Piece) -> bool:
        """Say whether a minus has room on both sides."""
        around = self.cursor.text[piece.start - 1 : piece.start] + self.cursor.text[piece.end : piece.end + 1]
        return piece.text != "NOT" and around.isspace() and len(around) == 2

    def _date_group(self, field: Piece) -> Node | None:
        parts: list[Node] = []
        while self.cursor.kind() not in ("close", ""):
            if self.cursor.kind() in ("word", "phrase"):
                node = self._date(field)
                if node is not None:
                    parts.append(node)
            elif self.cursor.kind() == "or":
                self.cursor.next()
            else:
                self._meaningless(field, self.cursor.next())
        return disjunction(parts)

    def _dated(self, field: Piece, reading: dates.Reading, text: str, piece: Piece) -> Node | None:
        if not reading.problem and field.text in ("since", "until", "before", "after"):
            reading = dates.bound(text, field.text, self.today, self.locale)
        if reading.problem:
            self.cursor.notes.append(said("bad-date", field.start, piece.end, text=text, reason=reading.problem))
            return None
        if reading.swapped:
            self.cursor.notes.append(said("swapped-dates", field.start, piece.end))
        match field.text:
            case "since":
                return Dated(since=reading.since or reading.until)
            case "until":
                return Dated(until=reading.until or reading.since)
            case "before" if reading.since:
                return Dated(until=reading.since - timedelta(days=1))
            case "after" if reading.until:
                return Dated(since=reading.until + timedelta(days=1))
            case _:
                return Dated(reading.since, reading.until)

    def _id(self, piece: Piece) -> Node:
        if not _PUBLIC_ID.fullmatch(piece.text):
            self.say("no-id", piece, text=piece.text)
            return Nothing()
        return Id(piece.text)

    def _values(self, field: Piece) -> Node | None:
        if self.cursor.kind() == "open":
            return self.group(lambda: self._value_alternatives(field))
        piece = self.cursor.next()
        if piece.kind not in ("word", "phrase"):
            self._meaningless(field, piece)
            return None
        if field.text == "type" and piece.kind == "word":
            piece = self._longer_type(piece)
        return self._value(field, piece, greedy=piece.kind == "word")

    def _longer_type(self, piece: Piece) -> Piece:
        """Take the words that follow a word which is no type where they make it one: `type:press release`."""
        if known_type(piece.text):
            return piece
        for count in range(_TYPE_WORDS, 0, -1):
            following = self.cursor.pieces[self.cursor.at : self.cursor.at + count]
            name = " ".join(one.text for one in (piece, *following))
            if all(one.kind == "word" for one in following) and known_type(name):
                self.cursor.at += len(following)
                return Piece("word", name, piece.start, following[-1].end)
        return piece

    def _meaningless(self, field: Piece, piece: Piece) -> None:
        self.say("text-in-value", piece, field=field.text, text=piece.text)

    def _value_alternatives(self, field: Piece) -> Node | None:
        alternatives: list[Node] = []
        parts: list[Node] = []
        while self.cursor.kind() not in ("close", ""):
            if self.cursor.kind() == "or":
                self.cursor.next()
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
        while self.cursor.kind() in ("not", "and"):
            excluded ^= self.cursor.next().kind == "not"
        node: Node | None
        match self.cursor.kind():
            case "open":
                node = self.group(lambda: self._value_alternatives(field))
            case "phrase":
                node = self._value(field, self.cursor.next())
            case "word":
                first = last = self.cursor.next()
                texts = [first.text]
                while self.cursor.kind() == "word":
                    last = self.cursor.next()
                    texts.append(last.text)
                node = self._value(field, Piece("word", " ".join(texts), first.start, last.end))
            case "" | "close" | "or":
                return None
            case _:
                self._meaningless(field, self.cursor.next())
                return None
        return negation(node) if excluded and node is not None else node

    def _value(self, field: Piece, piece: Piece, *, greedy: bool = False) -> Node | None:
        text = piece.text
        if piece.number is not None and field.text != "near":
            self.say("slop-alone", self.cursor.part(piece, piece.tail), text=piece.tail)
        if not text and piece.kind == "phrase":
            self.say("empty-phrase", piece)
            return None
        match field.text:
            case "city" | "mentions" | "near":
                return self.of_place.read(field, piece, greedy=greedy)
            case "id":
                return self._id(piece)
        plain = " ".join(text.replace("*", " ").replace("?", " ").split())
        if plain != text and "*" in text:
            self.say("pattern-in-value", piece, field=field.text, text=text)
        if not fold(plain) and not any(c.isalnum() for c in plain):
            self.say("no-words", piece, text=text)
            return None
        if field.text == "type":
            known = known_type(plain)
            if not known:
                self.say("own-type", piece, text=plain, types=", ".join(list(SPELLINGS)[:_TYPES_SHOWN]))
            return Value("type", (known or plain.casefold(),))
        return Value(field.text, (plain,))
