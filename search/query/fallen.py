"""What is said of words that fell away: very common ones, and those that only put a question.

Only notes; which words fall away is the parser's business. The one idea: a reader sees by name what was not looked for,
and how to look for it all the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from search.page import Diagnostic
from search.query.diagnostics import said
from search.query.lexer import Piece

_SMALL_OPERATORS = {"or": "either side", "not": "without what follows"}


def common(pieces: Sequence[Piece]) -> list[Diagnostic]:
    """Return the notes on very common words, and on those of them that would be operators in capitals.

    >>> [note.message for note in common([Piece("word", "the", 0, 3)])]
    ['“the” is so common that it is only looked for inside quotation marks.']
    """
    names = _names(pieces)
    verb, pronoun = ("is", "it is") if len(names) == 1 else ("are", "they are")
    words = f"{_listed(names)} {verb}"
    notes = [said("common-words", pieces[0].start, pieces[-1].end, words=words, pronoun=pronoun)]
    for piece in pieces:
        if meaning := _SMALL_OPERATORS.get(piece.text):
            told = {"text": piece.text, "operator": piece.text.upper(), "meaning": meaning}
            notes.append(said("small-operator", piece.start, piece.end, **told))
    return notes


def putting(pieces: Sequence[Piece]) -> Diagnostic:
    """Return the note on the words that only put a question."""
    names = _names(pieces)
    verb, pronoun = ("puts", "it") if len(names) == 1 else ("put", "them")
    words = f"{_listed(names)} only {verb}"
    return said("question-words", pieces[0].start, pieces[-1].end, words=words, pronoun=pronoun)


def _names(pieces: Sequence[Piece]) -> list[str]:
    return list(dict.fromkeys(f"“{piece.text}”" for piece in pieces))


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
