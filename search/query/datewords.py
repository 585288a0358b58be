"""Which of the words behind `date:` are its date, where no quotation marks tell.

No pieces of a query and nothing said; what a date means is `search.query.dates`' business. The one idea: words that
plainly are one date are taken as one, understood or not: half a date that was not understood is never searched as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from search.query.dates import NOT_A_DATE, Reading, read
from search.query.periods import MONTHS, SEASONS, WEEKDAYS

#: Words that are looked at: "from thursday the 24th of january 2018 to wednesday the 3rd of may 2019".
MOST_WORDS = 14

#: A dash with room on both sides: between two dates a range, elsewhere the exclusion of what follows.
DASH = "-"

_YEAR = re.compile(r"(?<!\d)(?:1[4-9]|2\d)\d\d(?!\d)")
_FIGURES = re.compile(r"'?\d[\d/.:-]*(?:st|nd|rd|th|'?s)?")
_SLASHED = re.compile(r"\d+([/.-])\d+\1\d+")

#: Names that are other words as well, and words that are of a date only where more of it follows.
_DOUBTFUL = frozenset("may mar march spring fall sun sat wed mon".split())
_SMALL = frozenset(
    "a an the of in on at to until till through thru up from since between and or before after during early mid late "
    "first second third last this next past previous other few couple half start beginning end middle ago new".split()
) | frozenset("one two three four five six seven eight nine ten eleven twelve".split())
_TIMES = frozenset("day week weekend month quarter season year decade century eve today yesterday tomorrow".split())
_NAMES = (frozenset(MONTHS) | frozenset(WEEKDAYS) | frozenset(SEASONS)) - _DOUBTFUL

#: Words that a date goes on behind, where a year follows.
_ONWARD = frozenset("to until till through thru since from before after and or in of".split())


class Taken(NamedTuple):
    """The date behind a field: how many of the words it is, and what they mean."""

    words: int
    reading: Reading


def taken(words: Sequence[str], today: date, locale: str) -> Taken:
    """Return the date that `words`, at least one, begin with.

    It is as many of them as can be read as one date, or nearly can ("24 January", a weekday that does not fit). Where a
    date goes on in a way that cannot be read ("2018 until early 2019"), or none is understood ("Christmas 2016"), it is
    all that plainly belongs to it; where nothing looks like a date, the first word.

    Args:
        words: what follows the field, `DASH` for a dash with room on both sides.
        today: the day that "last week" counts from.
        locale: as of `read`.

    >>> taken(["early", "2018", "flood"], date(2020, 1, 1), "en-US").words
    2
    """
    found = _longest(words, today, locale)
    if found is None:
        end = _reach(words, 1, _tells)
    elif found.reading.problem:
        end = _reach(words, found.words, _has_year)
    elif words[found.words : found.words + 1] == [DASH]:
        end = _reach(words, found.words, _is_figure)
    elif found.words < len(words) and _small(words[found.words]) in _ONWARD:
        end = _reach(words, found.words, _has_year)
    else:
        end = found.words
    return found if found is not None and end == found.words else Taken(end, Reading(problem=NOT_A_DATE))


def _longest(words: Sequence[str], today: date, locale: str) -> Taken | None:
    """Return the longest beginning that is a date or has a fault of its own; None where none is anything of a date."""
    for stop in range(len(words), 0, -1):
        reading = read(" ".join(words[:stop]), today, locale)
        if reading.problem != NOT_A_DATE:
            return Taken(stop, reading)
    return None


def _reach(words: Sequence[str], begin: int, tells: Callable[[str], bool]) -> int:
    """Return where the words of dates from `begin` on end: behind the last that tells of one, else at `begin`."""
    end = begin
    for place in range(begin, len(words)):
        word = _small(words[place])
        if not _may_belong(word):
            break
        if tells(word):
            end = place + 1
    return end


def _may_belong(word: str) -> bool:
    return word == DASH or word in _SMALL or word in _DOUBTFUL or _tells(word) or _is_figure(word)


def _tells(word: str) -> bool:
    """Say whether a word is of a date wherever it stands."""
    plain = word.removesuffix("'s")
    named = word in _NAMES or plain in _TIMES or plain.removesuffix("s") in _TIMES
    return named or _has_year(word) or _SLASHED.fullmatch(word) is not None or bool(re.fullmatch(r"'?\d0'?s", word))


def _has_year(word: str) -> bool:
    return _YEAR.search(word) is not None


def _is_figure(word: str) -> bool:
    return _FIGURES.fullmatch(word) is not None


def _small(word: str) -> str:
    """Return a word in small letters, without full stops; AND stays the operator that it is."""
    return word if word == "AND" else word.casefold().replace("\u2019", "'").strip(".:!?")
