"""Phrases that readers know by their first letters: headlines, and the names that stories write with capitals.

No files and no counting. The one idea: what is typed and what is written are compared as bare words, so a phrase is
found whatever its capitals, accents and punctuation.
"""

from __future__ import annotations

import re

from index.analysis import TOKEN, without_accents

_APOSTROPHES = str.maketrans("\u2019\u02bc", "''")


def bare(text: str) -> str:
    """Return the words of `text`, folded, with one space between them.

    >>> bare("São Paulo’s covid-19 plan: “no”")
    "sao paulo's covid 19 plan no"
    """
    if not text.isascii():
        text = without_accents(text.translate(_APOSTROPHES))
    return " ".join(TOKEN.findall(text)).casefold()


def word_starts(phrase: str) -> list[int]:
    """Return where the words of a bare phrase begin.

    >>> word_starts("bank of japan")
    [0, 5, 8]
    """
    return [0, *(found.end() for found in re.finditer(" ", phrase))] if phrase else []
