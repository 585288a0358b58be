"""The place in the list of pieces that the parts of the parser share, and the notes they take.

The one idea: words, clauses and grammar read one list with one finger, and everything that has to be said about it is
gathered in one place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from search.page import Choice, Diagnostic
from search.query.diagnostics import said
from search.query.lexer import Piece


class Cursor:
    """A finger on a list of pieces.

    Attributes:
        pieces: what the lexer found.
        text: the query, in which the pieces have their places.
        at: index of the piece to be read next.
        notes: diagnostics so far.
    """

    def __init__(self, pieces: list[Piece], text: str) -> None:
        self.pieces = pieces
        self.text = text
        self.at = 0
        self.notes: list[Diagnostic] = []

    def kind(self, ahead: int = 0) -> str:
        """Return the kind of the piece so many ahead (-1: the one just read); "" beyond either end."""
        index = self.at + ahead
        return self.pieces[index].kind if 0 <= index < len(self.pieces) else ""

    def next(self) -> Piece:
        """Return the next piece and go past it."""
        piece = self.pieces[self.at]
        self.at += 1
        return piece

    def inside(self, phrase: Piece) -> Iterator[Piece]:
        """Yield the words of a phrase, each as a piece with its own place in the query."""
        end = phrase.start + 1 + (phrase.exact or phrase.forced)
        for word in phrase.text.split():
            start = self.text.find(word, end)
            end = start + len(word)
            yield replace(phrase, text=word, start=start, end=end)

    def part(self, piece: Piece, text: str) -> Piece:
        """Return the part of a piece that reads `text`; the whole of it where the query writes it in another way."""
        start = self.text.find(text, piece.start, piece.end)
        return piece if start < 0 else replace(piece, start=start, end=start + len(text))

    def say(self, kind: str, piece: Piece, choices: tuple[Choice, ...] = (), **words: str) -> None:
        """Note something about a piece."""
        self.notes.append(replace(said(kind, piece.start, piece.end, **words), choices=choices))
