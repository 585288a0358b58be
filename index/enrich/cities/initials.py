"""See that a city is called by its initials: NYC, LA, DC.

Knows no city by itself: the gazetteer has them with stops ("L.A."). The one idea: letters that a state, a unit or a
code goes by as well are a city's only where they stand by themselves amid small letters.
"""

from __future__ import annotations

from typing import Any

from index.compiled import INT, U8, U32, W8, compiled
from index.enrich.cities.gazetteer import STANDS_ALONE
from index.enrich.cities.letters import gap_before, in_capitals, letters_before, letters_end
from index.enrich.cities.tables import (
    CALENDAR,
    CIVIC,
    COMICS,
    COUNTY,
    DIGIT,
    LETTER,
    PLACE_PREPOSITION,
    STATE,
    TABLES,
    UPPER,
    VISIT_OR_PART,
    classes_of,
    fold,
    hash_of_nothing,
    hashed,
    name_number,
    whole,
)

# A city has so many at most; the word before them is looked for in so many characters, comics on both sides.
_MOST_INITIALS, _REACH, _COMICS_REACH = 3, 24, 80

_SPACE, _COMMA, _DASH, _SLASH, _OPEN, _AND_SIGN, _NEWLINE = 32, 44, 45, 47, 40, 38, 10


@compiled(TABLES, U32, U8, INT, INT, allocates=False)
def _are_a_publishers(tables: Any, codes: Any, kinds: Any, start: int, end: int) -> bool:
    """Return whether letters stand amid comics and films: "the latest film from DC"."""
    at, limit = max(0, start - _COMICS_REACH), min(codes.size, end + _COMICS_REACH)
    while at < limit:
        word_end = letters_end(kinds, at)
        if word_end > at and classes_of(tables.words, codes, at, word_end) & COMICS:
            return True
        at = max(at + 1, word_end)
    return False


@compiled(TABLES, U32, U8, INT, INT, INT, INT, allocates=False)
def _are_for_a_city(tables: Any, codes: Any, kinds: Any, start: int, end: int, low: int, doubtful: int) -> bool:
    """Return whether initials stand by themselves in a text that is not all capitals, and are no part of a code.

    "LA" is no city in "A VILLA IN LA ROCHE", "(R-LA)", "Houma, LA 70360"; nor is "DC" in "AC/DC" and "DC-10". Those
    that are `doubtful` need a place's word beside them: "in DC", "DC police", but not "DC motors".
    """
    before = whole(codes[start - 1]) if start else whole(_NEWLINE)
    behind = whole(codes[end]) if end < codes.size else whole(_NEWLINE)
    if before in (_DASH, _SLASH, _OPEN, _AND_SIGN) or behind in (_SLASH, _AND_SIGN):
        return False
    if end + 1 < codes.size and behind in (_SPACE, _DASH, _NEWLINE) and kinds[end + 1] & DIGIT:
        return False
    word_end = gap_before(kinds, start, low)
    word = letters_before(kinds, word_end, low)
    postal = end - start == 2 and start > 1 and codes[start - 2] == _COMMA and kinds[word] & UPPER
    if postal and not classes_of(tables.words, codes, word, word_end) & CALENDAR:  # "Slidell, LA"
        return False
    after = end
    while after < codes.size and codes[after] != _NEWLINE and not kinds[after] & LETTER:
        after += 1
    after_end = letters_end(kinds, after)
    next_classes = classes_of(tables.words, codes, after, after_end) if after_end > after else whole(0)
    if next_classes & COUNTY or (next_classes & STATE and kinds[after] & UPPER):  # "LA parishes", "LA State Police"
        return False
    if (word_end - word > 1 and in_capitals(kinds, word, word_end)) or (
        after_end - after > 1 and in_capitals(kinds, after, after_end)
    ):
        return False
    if doubtful:
        classes = classes_of(tables.words, codes, word, word_end) if word_end > word else whole(0)
        named_after = after_end > after == end + 1 and kinds[after] & UPPER and not next_classes & (CIVIC | CALENDAR)
        if next_classes & CIVIC:
            return True
        placed = classes & (PLACE_PREPOSITION | VISIT_OR_PART) and not named_after
        return bool(placed and not _are_a_publishers(tables, codes, kinds, start, end))
    return word_end > word or after_end > after


@compiled(TABLES, U32, U8, INT, INT, INT, INT, W8, allocates=False)
def of_initials(tables: Any, codes: Any, kinds: Any, start: int, end: int, own: int, home_region: int, key: Any) -> int:
    """Return the number of a well-known city's initials, written without stops (LA, DC, NYC), or -1.

    The gazetteer knows them with stops; `own` is the number without. It takes a city that agencies name without its
    state. Those of the state that a paper is at home in are the state's.
    """
    if end - start > _MOST_INITIALS or not in_capitals(kinds, start, end):
        return -1
    if home_region >= 0 and tables.short_for[tables.special[own]] == home_region:  # LA is Louisiana at home there
        return -1
    size = 0
    for at in range(start, end):
        if size:
            key[size] = _SPACE
            size += 1
        size = fold(tables.folds, codes, at, at + 1, key, size)
        if size < 0:
            return -1
    name = name_number(tables.names, key, size, hashed(hash_of_nothing(), key, 0, size))
    if name < 0 or name >= tables.names.key_starts.size - 1:
        return -1
    first = tables.cities_starts[name]
    if tables.cities_starts[name + 1] == first or not tables.places.flags[tables.cities[first]] & STANDS_ALONE:
        return -1
    doubtful = own >= tables.names.key_starts.size - 1
    if not _are_for_a_city(tables, codes, kinds, start, end, max(0, start - _REACH), doubtful):
        return -1
    return int(name)
