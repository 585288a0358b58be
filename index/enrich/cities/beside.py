"""See the cues of the words right before and right after a mention.

Not where the mention stands, nor what the rest of the story says; `surroundings` looks there. The one idea: which lists
the two words before a name and the word behind it stand in ("Sheriff Houston", "Denver Street", "Albany police") is
looked up once, and every rule is one condition on that.
"""

from __future__ import annotations

from typing import Any

from index.compiled import INT, U8, U32, WF64, compiled
from index.enrich.cities.cues import (
    AFTER_ADDRESS,
    AFTER_ARTICLE,
    AFTER_CAPITAL,
    AFTER_FIRST_NAME,
    AFTER_INITIAL,
    AFTER_KIND_OF_PLACE,
    AFTER_PLACE_PREPOSITION,
    AFTER_PREPOSITION,
    AFTER_TITLE,
    AFTER_TWO_CAPITALS,
    AFTER_VISIT,
    BEFORE_CAPITAL,
    BEFORE_DAY,
    BEFORE_SAID,
    BEFORE_STATE_WORD,
    CIVIC_NAME,
    CIVIC_WORD,
    CLUB,
    LANDSCAPE_NAME,
    ORGANISATION_NAME,
    STREET_NAME,
    TEAM_NAME,
    TOWN_OFFICE_WORD,
    TOWNSHIP_NAME,
)
from index.enrich.cities.letters import (
    are_characters,
    gap_before,
    in_capitals,
    is_character,
    letters_before,
    letters_end,
)
from index.enrich.cities.tables import (
    AREA,
    ARTICLE,
    BASED,
    CALENDAR,
    CIVIC,
    DEPARTURE,
    DIRECTION,
    EXCHANGE,
    FIRST_NAME,
    FOR,
    KIND_OF_PLACE,
    LANDSCAPE,
    LANDSCAPE_BEFORE,
    LOWER,
    OF,
    OF_A_CITY,
    ORGANISATION,
    OTHER_PREPOSITION,
    PARTY,
    PLACE_NOUN,
    PLACE_PREPOSITION,
    SAID,
    SENTENCE_OPENER,
    SHORT_TITLE,
    STATE_WORD,
    STREET,
    TABLES,
    TEAM,
    TEAM_BEFORE,
    TITLE,
    TITLE_OF_PLACE,
    TOWN_OFFICE,
    TOWNSHIP,
    UPPER,
    VISIT_OR_PART,
    WORD,
    classes_of,
    whole,
)

_SPACE, _COMMA, _DASH, _DOT, _NEWLINE, _APOSTROPHE, _CURLED, _SMALL_S = 32, 44, 45, 46, 10, 39, 0x2019, 115

# A person has so many names at most, and so many characters with the title.
_NAMES, _PERSON = 3, 60
_COMPASS = (78, 83, 69, 87)


@compiled(TABLES, U32, U8, INT, allocates=False)
def _is_of(tables: Any, codes: Any, kinds: Any, at: int) -> bool:
    """Return whether a person stands before the word that starts there who has an office of a place: a mayor."""
    low = max(0, at - _PERSON)
    for word in range(_NAMES + 1):
        end = gap_before(kinds, at, low)
        start = letters_before(kinds, end, low)
        spaced = is_character(codes, end, at, _SPACE) or (word and are_characters(codes, end, at, _DOT, _SPACE))
        if start == end or not kinds[start] & UPPER or not spaced:
            return False
        if word and classes_of(tables.words, codes, start, end) & TITLE_OF_PLACE:
            return True
        at = start
    return False


@compiled(TABLES, U32, INT, INT, INT, allocates=False)
def _is_a_title(tables: Any, codes: Any, start: int, end: int, word: int) -> bool:
    """Return whether `codes[start:end]` is a title with a stop before a word: "Col. ". "St. " is a saint's."""
    if end - start < 2 or not are_characters(codes, end, word, _DOT, _SPACE):
        return False
    saint = end - start == 2 and codes[start] | 32 == _SMALL_S
    return bool(classes_of(tables.words, codes, start, end) & SHORT_TITLE) and not saint


@compiled(TABLES, U32, U8, INT, allocates=False)
def _departs(tables: Any, codes: Any, kinds: Any, at: int) -> bool:
    """Return whether somebody leaves in the words before "for", which starts at `at`: "left Buffalo for"."""
    low = max(0, at - _PERSON)
    for word in range(_NAMES + 1):
        end = gap_before(kinds, at, low)
        start = letters_before(kinds, end, low)
        if start == end or not is_character(codes, end, at, _SPACE):
            return False
        if classes_of(tables.words, codes, start, end) & DEPARTURE:
            return True
        if word == _NAMES:
            return False
        at = start
    return False


@compiled(TABLES, U32, U8, INT, INT, INT, INT, INT, INT, WF64, allocates=False)
def words_before(
    tables: Any,
    codes: Any,
    kinds: Any,
    second: int,
    second_end: int,
    start: int,
    end: int,
    mention: int,
    classes: int,
    cues: Any,
) -> None:
    """Set the cues of the word before a mention, `codes[start:end]`, and of the second word before it."""
    capital = end > start and (kinds[start] & UPPER) != 0
    small = end > start and (kinds[start] & LOWER) != 0
    spaced = is_character(codes, end, mention, _SPACE)
    touching = spaced or is_character(codes, end, mention, _DASH)
    stopped = are_characters(codes, end, mention, _DOT, _SPACE)
    if classes & STREET and capital:
        listed = are_characters(codes, end, mention, _COMMA, _SPACE)
        abbreviated = (
            mention - end == 3 and codes[end] == _DOT and codes[end + 1] == _COMMA and codes[end + 2] == _SPACE
        )
        if listed or abbreviated:
            cues[AFTER_ADDRESS] = 1
    if spaced or is_character(codes, end, mention, _NEWLINE):
        if classes & PLACE_PREPOSITION:
            cues[AFTER_PLACE_PREPOSITION] = 1
        elif classes & OTHER_PREPOSITION:
            cues[AFTER_PREPOSITION] = 1
        elif classes & VISIT_OR_PART:
            cues[AFTER_VISIT] = 1
        elif classes & ARTICLE:
            cues[AFTER_ARTICLE] = 1
        elif classes & FOR and _departs(tables, codes, kinds, start):
            cues[AFTER_VISIT] = 1
        kind_before = (
            classes & OF
            and is_character(codes, second_end, start, _SPACE)
            and classes_of(tables.words, codes, second, second_end) & KIND_OF_PLACE
        )
        if kind_before or (classes & PLACE_NOUN and small) or (classes & OF and _is_of(tables, codes, kinds, start)):
            cues[AFTER_KIND_OF_PLACE] = 1
    elif is_character(codes, end, mention, _DASH) and classes & PARTY and in_capitals(kinds, start, end):
        cues[AFTER_KIND_OF_PLACE] = 1
    if touching and capital:
        if classes & FIRST_NAME and spaced and not classes & PLACE_PREPOSITION:  # "London-Harare" is a route
            cues[AFTER_FIRST_NAME] = 1
        elif classes & TITLE:
            cues[AFTER_TITLE] = 1
        elif classes & DIRECTION:
            cues[AFTER_VISIT] = 1
        elif classes & LANDSCAPE_BEFORE:
            cues[LANDSCAPE_NAME] = 1
        elif classes & TEAM_BEFORE:
            cues[CLUB] = 1
        elif not classes & (PLACE_PREPOSITION | OTHER_PREPOSITION | ARTICLE | SENTENCE_OPENER):
            cues[AFTER_CAPITAL] = 1
            if _is_a_title(tables, codes, second, second_end, start):  # "Lt. Col. Phoenix Raleigh"
                cues[AFTER_FIRST_NAME] = 1
            if (
                second_end > second
                and kinds[second] & UPPER
                and is_character(codes, second_end, start, _SPACE)
                and not classes_of(tables.words, codes, second, second_end) & SENTENCE_OPENER
            ):
                cues[AFTER_TWO_CAPITALS] = 1
    elif stopped and classes & SHORT_TITLE:
        cues[AFTER_TITLE] = 1
    elif stopped and end - start == 1 and codes[start] in _COMPASS:
        cues[AFTER_VISIT] = 1
    elif stopped and end - start == 1 and capital:
        cues[AFTER_INITIAL] = 1
    elif touching and classes & TITLE and small and not classes & VISIT_OR_PART:
        cues[AFTER_TITLE] = 0.6
    elif (stopped or is_character(codes, end, mention, _DOT)) and end - start <= 2 and capital:
        cues[AFTER_INITIAL] = 0.5


@compiled(TABLES, U32, U8, INT, allocates=False)
def _owned(tables: Any, codes: Any, kinds: Any, at: int) -> Any:
    """Return the lists of what a name owns that ends at `at`: mayor in "Denver's mayor"."""
    if at + 4 > codes.size or codes[at] not in (_APOSTROPHE, _CURLED) or codes[at + 1] != _SMALL_S:
        return whole(0)
    if codes[at + 2] != _SPACE:
        return whole(0)
    return whole(classes_of(tables.words, codes, at + 3, letters_end(kinds, at + 3)))


@compiled(TABLES, U32, U8, INT, INT, INT, INT, INT, WF64, allocates=False)
def words_after(
    tables: Any, codes: Any, kinds: Any, mention: int, mention_end: int, start: int, end: int, classes: int, cues: Any
) -> None:
    """Set the cues of the word after a mention, `codes[start:end]`; the mention is `codes[mention:mention_end]`."""
    spaced = end > start and is_character(codes, mention_end, start, _SPACE)
    if end > start and are_characters(codes, mention_end, start, _DOT, _SPACE) and codes[mention_end - 2] == _DOT:
        spaced = (kinds[start] & LOWER) != 0  # "L.A. police"; a capital may open a sentence
    if spaced and kinds[start] & UPPER:
        if classes & STREET:
            cues[STREET_NAME] = 1
        elif classes & LANDSCAPE:
            cues[LANDSCAPE_NAME] = 1
        elif classes & ORGANISATION:
            cues[ORGANISATION_NAME] = 1
        elif classes & EXCHANGE:
            cues[CIVIC_WORD] = 1
        elif classes & CIVIC:
            cues[CIVIC_NAME] = 1
            if classes & TOWN_OFFICE:
                cues[TOWN_OFFICE_WORD] = 1
        elif classes & TEAM:
            cues[TEAM_NAME] = 1
        elif classes & CALENDAR:
            cues[BEFORE_DAY] = 1
        elif classes & TOWNSHIP:
            cues[TOWNSHIP_NAME] = 1
        elif in_capitals(kinds, start, end) or not in_capitals(kinds, mention, mention_end):  # not "LONDON The pope"
            cues[BEFORE_CAPITAL] = 1
    elif spaced:
        if classes & CIVIC:
            cues[CIVIC_WORD] = 1
            if classes & TOWN_OFFICE:
                cues[TOWN_OFFICE_WORD] = 1
        elif classes & SAID:
            cues[BEFORE_SAID] = 1
        elif classes & CALENDAR:
            cues[BEFORE_DAY] = 1
        if classes & STATE_WORD:
            cues[BEFORE_STATE_WORD] = 1
    elif start > mention_end and (
        (codes[mention_end] == _DASH and classes & BASED) or (codes[mention_end] in (_DASH, _SPACE) and classes & AREA)
    ):
        cues[CIVIC_WORD] = 1
    owned = _owned(tables, codes, kinds, mention_end)
    if owned & OF_A_CITY:
        cues[CIVIC_WORD] = 1
        if owned & TOWN_OFFICE:
            cues[TOWN_OFFICE_WORD] = 1


@compiled(TABLES, U32, U8, INT, allocates=False)
def last_of_longer_name(tables: Any, codes: Any, kinds: Any, at: int) -> Any:
    """Return the lists of the last word of a name that goes on behind a mention: School in "Cooper High School"."""
    found = whole(0)
    for word in range(4):
        if at + 1 >= codes.size or codes[at] != _SPACE or not 65 <= codes[at + 1] <= 90:
            break
        begin = at + 1
        last = begin + 1
        while last < codes.size and kinds[last] & WORD:
            last += 1
        if word > 0 and last > begin + 1:
            found = classes_of(tables.words, codes, begin, last)
        at = last
        while at < codes.size and (kinds[at] & WORD or codes[at] in (_DOT, _APOSTROPHE, _CURLED)):
            at += 1
    return found
