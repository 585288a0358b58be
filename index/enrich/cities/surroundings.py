"""See the cues of each mention in the words around it.

No weights here and no decision; `cues` names what is seen, and the rules of the words right before and after a mention
are in `beside`. The one idea: those words and the lists that they stand in are looked up once, for all the rules of a
mention. Compiled, since half of all time would go here.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from index.compiled import F64, I32, INT, U8, U32, WF64, compiled
from index.enrich.cities.beside import last_of_longer_name, words_after, words_before
from index.enrich.cities.cues import (
    AFTER_FIRST_NAME,
    AFTER_INITIAL,
    AFTER_KIND_OF_PLACE,
    AFTER_NUMBER,
    AFTER_PLACE_PREPOSITION,
    AFTER_QUOTE,
    AFTER_TITLE,
    AFTER_TWO_CAPITALS,
    BEFORE_AGENCY,
    BEFORE_CAPITAL,
    BEFORE_COMMA,
    BESIDE_ANOTHER,
    CIVIC_NAME,
    CIVIC_WORD,
    CUES,
    HOME_NEAR,
    HOME_OF_A_PERSON,
    HYPHENED,
    IN_A_LIST,
    IN_CAPITALS,
    IN_DATELINE,
    IN_PARENTHESES,
    IS_ABBREVIATION,
    IS_MISQUALIFIED,
    LONGER_NAME,
    POSSESSIVE,
    QUALIFIED,
    STANDS_ALONE_HERE,
    STARTS_SENTENCE,
    SURNAME_ELSEWHERE,
)
from index.enrich.cities.letters import (
    are_listed,
    ends_a_sentence,
    ends_with_number,
    gap_before,
    in_capitals,
    is_character,
    letters_before,
)
from index.enrich.cities.mention import (
    AT_HOME,
    DATELINE,
    END,
    FIRST_SIZE,
    MISQUALIFIED,
    NAME,
    QUALIFIER_END,
    SIZE,
    START,
)
from index.enrich.cities.standing import the_name_itself, the_rest_of_the_story
from index.enrich.cities.tables import (
    AND_OR,
    DIGIT,
    EXCHANGE,
    LETTER,
    LOWER,
    NUMBERS,
    OF,
    ROWS,
    TABLES,
    UPPER,
    VENUE,
    classes_of,
    whole,
)

_SPACE, _COMMA, _DASH, _OPEN, _CLOSE = 32, 44, 45, 40, 41
_APOSTROPHE, _CURLED, _SMALL_S = 39, 0x2019, 115
_QUOTES = (34, 0x201C, 39, 0x2018)
_DASHES = (45, 0x2013, 0x2014, 0x2015)

# Words before a mention are looked for in so many characters.
_REACH = 48
_NEAR_IN_LIST = 24
_NO_ABBREVIATION, _LONGEST_ABBREVIATION = 3, 4
_LONGEST_AGENCY = 9


@compiled(U32, U8, INT, allocates=False)
def _ends_a_dateline(codes: Any, kinds: Any, at: int) -> bool:
    """Return whether what follows ends a dateline: " (AP)", " — ", " -- ", " - "."""
    if at + 2 >= codes.size or codes[at] != _SPACE:
        return False
    if codes[at + 1] == _OPEN:
        end = at + 2
        while end < codes.size and kinds[end] & LETTER:
            end += 1
        agency = end < codes.size and codes[end] == _CLOSE and 2 <= end - at - 2 <= _LONGEST_AGENCY
        return bool(agency and kinds[at + 2] & UPPER)
    if codes[at + 1] not in _DASHES:
        return False
    return bool(codes[at + 2] == _SPACE or codes[at + 2] == _DASH)


@compiled(TABLES, U32, U8, ROWS, INT, INT, INT, INT, INT, INT, INT, WF64, allocates=False)
def _place_in_text(
    tables: Any,
    codes: Any,
    kinds: Any,
    rows: Any,
    mention: int,
    word: int,
    word_end: int,
    classes: int,
    after: int,
    after_end: int,
    after_classes: int,
    cues: Any,
) -> None:
    """Set the cues of where a mention stands and how it is written."""
    start, end = rows[mention, START], rows[mention, END]
    if rows[mention, QUALIFIER_END]:
        cues[QUALIFIED] = 1
    elif rows[mention, MISQUALIFIED]:
        cues[IS_MISQUALIFIED] = 1
    if rows[mention, DATELINE]:
        cues[IN_DATELINE] = 1
    capitals = in_capitals(kinds, start, end)
    if rows[mention, FIRST_SIZE] > _NO_ABBREVIATION and capitals:
        cues[IN_CAPITALS] = 1
        cues[BEFORE_AGENCY] = _ends_a_dateline(codes, kinds, max(end, rows[mention, QUALIFIER_END]))
    if (
        capitals
        and rows[mention, FIRST_SIZE] == rows[mention, SIZE]
        and rows[mention, SIZE] <= _LONGEST_ABBREVIATION
        and (word_end == word or not in_capitals(kinds, word, word_end))
        and (after_end > after and not in_capitals(kinds, after, after_end))
        and not cues[BEFORE_AGENCY]
    ):
        cues[IS_ABBREVIATION] = 1
    if (
        classes & OF
        and start >= 6
        and kinds[start - 6] & DIGIT
        and codes[start - 5] == _COMMA
        and codes[start - 4] == _SPACE
        and is_character(codes, word_end, start, _SPACE)
    ):
        cues[HOME_OF_A_PERSON] = 1
    if cues[BEFORE_CAPITAL]:
        last = last_of_longer_name(tables, codes, kinds, end)
        if last & EXCHANGE:  # the New York Auto Show is in New York
            cues[CIVIC_WORD], cues[BEFORE_CAPITAL] = 1, 0
        elif last & VENUE:
            cues[LONGER_NAME] = 1
    if ends_with_number(codes, kinds, word_end, start):
        cues[AFTER_NUMBER] = 1
    if start == 0 or (word_end - word > 2 and ends_a_sentence(codes, word_end, start)):
        cues[STARTS_SENTENCE] = 1
    if end + 1 < codes.size and codes[end] == _COMMA and codes[end + 1] == _SPACE:
        cues[BEFORE_COMMA] = 1
    and_after = after_classes & AND_OR and kinds[after] & LOWER and is_character(codes, end, after, _SPACE)
    and_before = classes & AND_OR and kinds[word] & LOWER and is_character(codes, word_end, start, _SPACE)
    if and_after or and_before:
        cues[IN_A_LIST] = 1
    if end < codes.size:
        behind = codes[end]
        if behind in (_APOSTROPHE, _CURLED) and after_end - after == 1 and codes[after] == _SMALL_S:
            cues[POSSESSIVE] = 1
        if behind == _DASH:
            cues[HYPHENED] = 1
        if behind == _CLOSE:
            cues[IN_PARENTHESES] = 1
    if start > word_end:
        before = codes[start - 1]
        if before == _DASH:
            cues[HYPHENED] = 1
        if before == _OPEN:
            cues[IN_PARENTHESES] = 1
        if before in _QUOTES:
            cues[AFTER_QUOTE] = 1


@compiled(WF64, allocates=False)
def _has_its_own_place(cues: Any) -> bool:
    """Return whether what stands beside a mention is said of places, though somebody else in the story is called so.

    "in" says little of a name that is no well-known city's and no town's near home: a twist in Fairfield hearing.
    """
    civic = cues[CIVIC_WORD] or cues[CIVIC_NAME] or cues[BEFORE_AGENCY]
    known = cues[STANDS_ALONE_HERE] or cues[HOME_NEAR]
    placed = cues[AFTER_PLACE_PREPOSITION] and known
    return bool(civic or placed or cues[AFTER_KIND_OF_PLACE] or cues[HOME_OF_A_PERSON])


@compiled(TABLES, U32, U8, ROWS, F64, F64, I32, AT_HOME, NUMBERS, allocates=False)
def _cues_of(
    tables: Any,
    codes: Any,
    kinds: Any,
    rows: Any,
    regions: Any,
    countries: Any,
    counties: Any,
    home: Any,
    found: Any,
) -> None:
    """Do what `cues_of` promises, in `found`."""
    mentions = rows.shape[0]
    for mention in range(mentions):
        cues = found[mention]
        start, end = whole(rows[mention, START]), whole(rows[mention, END])
        low = max(0, start - _REACH)
        word_end = gap_before(kinds, start, low)
        word = letters_before(kinds, word_end, low)
        second_end = gap_before(kinds, word, low)
        second = letters_before(kinds, second_end, low)
        after = end
        while after < codes.size and not kinds[after] & LETTER:
            after += 1
        after_end = after
        while after_end < codes.size and kinds[after_end] & LETTER:
            after_end += 1
        classes = classes_of(tables.words, codes, word, word_end) if word_end > word else whole(0)
        after_classes = classes_of(tables.words, codes, after, after_end) if after_end > after else whole(0)
        times = 0
        for other in range(mentions):
            times += rows[other, NAME] == rows[mention, NAME]
        alone = rows[mention, FIRST_SIZE] == rows[mention, SIZE]
        own = classes_of(tables.words, codes, start, end) if alone else whole(0)
        words_before(tables, codes, kinds, second, second_end, word, word_end, start, classes, cues)
        words_after(tables, codes, kinds, start, end, after, after_end, after_classes, cues)
        # fmt: off
        _place_in_text(
            tables, codes, kinds, rows, mention, word, word_end, classes, after, after_end, after_classes,
            cues,
        )
        # fmt: on
        the_name_itself(tables, rows, mention, own, times, counties, cues)
        the_rest_of_the_story(tables, rows, mention, regions, countries, home, cues)
    for mention in range(1, mentions):
        between, start = rows[mention - 1, END], rows[mention, START]
        if (
            start - between < _NEAR_IN_LIST
            and not rows[mention - 1, QUALIFIER_END]
            and are_listed(codes, between, start)
        ):
            found[mention - 1, BESIDE_ANOTHER] = found[mention, BESIDE_ANOTHER] = 1
    for mention in range(mentions):
        cues = found[mention]
        if rows[mention, FIRST_SIZE] == rows[mention, SIZE] and (
            cues[AFTER_FIRST_NAME] or cues[AFTER_TWO_CAPITALS] or cues[AFTER_TITLE] or cues[AFTER_INITIAL] == 1
        ):
            for other in range(mentions):
                others = found[other]
                if rows[other, NAME] == rows[mention, NAME] and not (
                    others[AFTER_FIRST_NAME]
                    or others[AFTER_TWO_CAPITALS]
                    or others[AFTER_TITLE]
                    or others[AFTER_INITIAL]
                    or _has_its_own_place(others)
                ):
                    others[SURNAME_ELSEWHERE] = 1


@compiled(TABLES, U32, U8, ROWS, F64, F64, I32, AT_HOME)
def cues_of(
    tables: Any,
    codes: Any,
    kinds: Any,
    rows: Any,
    regions: Any,
    countries: Any,
    counties: Any,
    home: Any,
) -> Any:
    """Return the cues of every mention, a row each, columns as in `CUES`; 0 where a cue is not there.

    Args:
        tables: of the gazetteer.
        codes: the text, u4.
        kinds: what each of its characters is.
        rows: the mentions (`index.enrich.cities.mentions`).
        regions: evidence for each.
        countries: likewise.
        counties: the names that the story uses as a county's.
        home: the paper's.
    """
    found = np.zeros((rows.shape[0], len(CUES)))
    _cues_of(tables, codes, kinds, rows, regions, countries, counties, home, found)
    return found
