"""Find the names in a story that could be cities, and what else it says about where it plays.

Not a judgement: a surname like Houston is a mention too. The one idea: only capitalised words are visited, each
tried as the start of the longest name the gazetteer knows; the states, countries, counties and peoples met on the way
are the story's evidence for what its city names mean. Compiled, since every word of every story passes here.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import types

from index.compiled import INT, U8, U32, W8, WF64, compiled
from index.enrich.cities.gazetteer import ONLY_QUALIFIED, WITH_PARTICLE
from index.enrich.cities.initials import of_initials
from index.enrich.cities.letters import in_capitals, letters_end, next_word
from index.enrich.cities.mention import (
    AT_HOME,
    COLUMNS,
    DATELINE,
    END,
    FIRST_SIZE,
    FOR_STATE,
    MISQUALIFIED,
    NAME,
    OF_A_NATION,
    QUALIFIER_END,
    SIZE,
    START,
    is_at_home,
)
from index.enrich.cities.qualifiers import and_county, is_one_of_a_list_of_states, qualify
from index.enrich.cities.states import (
    is_in_list,
    narrow_to_state,
    put_in_list,
    speaks_for_a_state,
    speaks_of_a_nation,
)
from index.enrich.cities.tables import (
    AND_OR,
    CALENDAR,
    COUNTY,
    LETTER,
    LONGEST_KEY,
    LOWER,
    OPENS,
    PARTICLE,
    ROWS,
    TABLES,
    UPPER,
    classes_of,
    first_number,
    fold,
    hash_of_nothing,
    hashed,
    name_number,
    whole,
)

# A region that several countries have says less than a US state; so many readings of one are considered.
_REGION_READINGS = 3
_MANY_COUNTIES = 6

#: What the name of a city says about the state of that name.
SAME_NAME = 0.25

# No name has more words.
_MOST_WORDS = 24

_SPACE, _COMMA, _DOT = 32, 44, 46


@compiled(ROWS, INT, INT, INT, INT, INT, INT, allocates=False)
def _write(rows: Any, mention: int, start: int, end: int, name: int, size: int, first_size: int) -> None:
    for column in range(COLUMNS):
        rows[mention, column] = 0
    rows[mention, START], rows[mention, END], rows[mention, NAME] = start, end, name
    rows[mention, SIZE], rows[mention, FIRST_SIZE] = size, first_size


# What a scan keeps beside its mentions: how many there are, where the last one's qualifier ends (what stands in it is
# no city of its own), how many names it met as names of counties, and which state it met last and where.
_COUNT, _QUALIFIED_TO, _COUNTIES, _LAST_STATE, _LAST_STATE_START, _LAST_STATE_END = range(6)
_LAST_IS_NO_CITY = 6  # whether no city is called like that state

_STATE = types.Array(types.int64, 1, "C")
_NUMBERS = types.Array(types.int32, 1, "C")
_TABLE = types.Array(types.int64, 2, "C")

#: Where names of datelines stand: a row each, start, end, and 1 where no city of that name is meant.
SPANS = types.Array(types.int64, 2, "C", readonly=True)


@compiled(TABLES, U32, U8, INT, INT, WF64, allocates=False)
def _take_county(tables: Any, codes: Any, kinds: Any, end: int, special: int, regions: Any) -> int:
    """Let a county speak for its state; return where the search goes on, 0 where no "County" follows its name."""
    if end + 1 >= codes.size or codes[end] != _SPACE:
        return 0
    county_end = letters_end(kinds, end + 1)
    if not classes_of(tables.words, codes, end + 1, county_end) & COUNTY:
        return 0
    first, last = whole(tables.county_starts[special]), whole(tables.county_starts[special + 1])
    if last - first <= _MANY_COUNTIES:
        for i in range(first, last):
            regions[tables.county_list[i]] += 1.0 / (last - first)
    return int(county_end)


@compiled(
    *(TABLES, U32, U8, INT, INT, INT, INT, INT, INT, AT_HOME),
    *(ROWS, _NUMBERS, _STATE, WF64, WF64, W8),
    allocates=False,
)
def _take(
    tables: Any,
    codes: Any,
    kinds: Any,
    start: int,
    end: int,
    name: int,
    size: int,
    first_size: int,
    classes: int,
    home: Any,
    rows: Any,
    counties: Any,
    state: Any,
    regions: Any,
    countries: Any,
    key: Any,
) -> int:
    """Add a name to what was found; return where the search goes on, or 0 where it is none of ours."""
    special = tables.special[name]
    several = first_size < size
    is_city = name < tables.names.key_starts.size - 1
    if special > 0 and not is_city and not tables.is_name[special]:  # Multnomah, which only counties are called
        return _take_county(tables, codes, kinds, end, special, regions)
    cities = tables.cities_starts[name + 1] - tables.cities_starts[name] if is_city else np.uint32(0)
    city = cities > 0 and not classes & CALENDAR and size > 2
    abbreviates = tables.short_for[special]
    named = whole(tables.region_starts[special])
    named_end = whole(tables.region_starts[special + 1])
    country, people = tables.country[special], tables.people[special]
    if abbreviates >= 0 and start < state[_QUALIFIED_TO]:
        city = False
    short = abbreviates >= 0 and (
        size > 2 or in_capitals(kinds, start, end) or (end < codes.size and codes[end] == _DOT)
    )
    if not (city or short or named_end > named or country >= 0 or people >= 0):
        return 0
    following = following_end = end + 1
    if end + 1 < codes.size and codes[end] == _SPACE:
        following_end = letters_end(kinds, end + 1)
    next_classes = classes_of(tables.words, codes, following, following_end) if following_end > following else whole(0)
    if (
        city
        and ((end < codes.size and codes[end] == _COMMA) or (next_classes & AND_OR and kinds[following] & LOWER))
        and and_county(tables, codes, kinds, end)
    ):
        counties[state[_COUNTIES]] = name
        state[_COUNTIES] += 1
        return end
    if city and next_classes & COUNTY:
        counties[state[_COUNTIES]] = name
        state[_COUNTIES] += 1
        return _take_county(tables, codes, kinds, end, special, regions)
    only_qualified = is_city and (tables.key_flags[name] & ONLY_QUALIFIED) != 0
    at_home = city and only_qualified and is_at_home(tables, name, home)
    if country >= 0 and not at_home:
        countries[country] += 1
    elif people >= 0 and not city:
        countries[people] += 0.5
        return end
    if short and (not city or (not several and size <= 2)):
        if size > 2 or (start >= 1 and codes[max(0, start - 2)] == _COMMA):
            regions[abbreviates] += 1
            countries[tables.places.country_of[abbreviates]] += 0.5
        return end
    if not at_home:
        for i in range(named, min(named_end, named + _REGION_READINGS)):
            region = tables.region_list[i]
            within = tables.places.country_of[region]
            weight = 1.0 if within in (tables.places.us, tables.places.ca) else 0.5 / (named_end - named)
            if city and not only_qualified:  # New York is a city first
                weight *= SAME_NAME
            regions[region] += weight
            countries[within] += weight * 0.5
    last_state, last_start, last_end = state[_LAST_STATE], state[_LAST_STATE_START], state[_LAST_STATE_END]
    last_only = state[_LAST_IS_NO_CITY]
    if named_end > named:
        state[_LAST_STATE], state[_LAST_STATE_START], state[_LAST_STATE_END] = tables.region_list[named], start, end
        state[_LAST_IS_NO_CITY] = (only_qualified or not city) and not at_home
        before = state[_COUNT] - 1
        alone = state[_LAST_IS_NO_CITY] and before >= 0 and not rows[before, QUALIFIER_END]
        if alone and is_in_list(codes, kinds, whole(rows[before, END]), start, end):
            put_in_list(tables, rows, before, state[_LAST_STATE])
    if not city or start < state[_QUALIFIED_TO]:
        return end
    mention = state[_COUNT]
    _write(rows, mention, start, end, name, size, first_size)
    qualify(tables, codes, kinds, rows, mention, key)
    if rows[mention, QUALIFIER_END]:
        state[_QUALIFIED_TO] = rows[mention, QUALIFIER_END]
    elif named_end > named and not only_qualified:
        region = whole(tables.region_list[named])
        within = tables.places.country_of[region]
        away = tables.places.region[tables.cities[tables.cities_starts[name]]] != region
        if within in (tables.places.us, tables.places.ca):
            national = away and speaks_of_a_nation(tables, codes, kinds, start, end)
            doubtful = away and (national or home.region != region)
            if speaks_for_a_state(tables, codes, kinds, start, end, doubtful):
                rows[mention, FOR_STATE] = 1 + away
                regions[region] += 1 - SAME_NAME
                countries[within] += 0.5 * (1 - SAME_NAME)
            elif national:
                rows[mention, FOR_STATE] = OF_A_NATION
            if last_only and is_in_list(codes, kinds, last_end, start, end):
                put_in_list(tables, rows, mention, last_state)
    if not rows[mention, QUALIFIER_END] and 0 < last_end < start:
        narrow_to_state(tables, codes, kinds, rows, mention, last_state, last_start, last_end)
    if (
        only_qualified
        and not at_home
        and not (rows[mention, QUALIFIER_END] and not is_one_of_a_list_of_states(tables, codes, rows, mention, key))
    ):
        return end
    state[_COUNT] += 1
    return end


@compiled(TABLES, U32, U8, ROWS, INT, INT, INT, INT, W8, allocates=False)
def _mark_dateline(
    tables: Any, codes: Any, kinds: Any, rows: Any, count: int, start: int, end: int, elsewhere: int, key: Any
) -> int:
    """Mark the mention that is a place of the dateline, or add one; return how many mentions there are."""
    for mention in range(count):
        if rows[mention, START] == start and rows[mention, END] == end:
            rows[mention, DATELINE] = 1
            rows[mention, MISQUALIFIED] = elsewhere
            return count
    size = first_size = 0
    at = start
    while at < end:
        if not kinds[at] & LETTER:
            at += 1
            continue
        last = min(end, letters_end(kinds, at))
        if size > 0 and size < LONGEST_KEY:
            key[size] = _SPACE
            size += 1
        size = fold(tables.folds, codes, at, last, key, size)
        if size < 0:
            return count
        first_size = first_size or size
        at = last
    name = name_number(tables.names, key, size, hashed(hash_of_nothing(), key, 0, size))
    if name < 0 or name >= tables.names.key_starts.size - 1:
        return count
    if tables.cities_starts[name + 1] == tables.cities_starts[name]:
        return count
    place = count
    while place > 0 and rows[place - 1, START] > start:
        for column in range(COLUMNS):
            rows[place, column] = rows[place - 1, column]
        place -= 1
    _write(rows, place, start, end, name, size, first_size)
    qualify(tables, codes, kinds, rows, place, key)
    rows[place, DATELINE] = 1
    rows[place, MISQUALIFIED] = elsewhere
    return count + 1


@compiled(
    *(TABLES, U32, U8, AT_HOME, ROWS, _NUMBERS, _STATE, WF64, WF64, W8, W8, _TABLE),
    allocates=False,
)
def _scan(
    tables: Any,
    codes: Any,
    kinds: Any,
    home: Any,
    rows: Any,
    counties: Any,
    state: Any,
    regions: Any,
    countries: Any,
    key: Any,
    scratch: Any,
    tries: Any,
) -> None:
    """Do what `scan` promises; `tries` takes size, hash and end of each name that a word may begin."""
    begin = at = 0
    while at < codes.size:
        if not kinds[at] & OPENS:
            at += 1
            continue
        if at > 0 and kinds[at - 1] & LETTER:
            at += 1
            continue
        start = at
        end = at = letters_end(kinds, start)
        if start < begin:
            continue
        size = first_size = fold(tables.folds, codes, start, end, key, 0)
        if size <= 0:
            continue
        value = hashed(hash_of_nothing(), key, 0, size)
        first = first_number(tables.names, key, size, value)
        if first < 0:
            continue
        longest = whole(tables.longest[first])
        tries[0, 0], tries[0, 1], tries[0, 2] = size, value, end
        tried = 1
        for _ in range(1, longest & ~WITH_PARTICLE):
            word = next_word(codes, kinds, end)
            if word < 0:
                break
            capital = (kinds[word] & UPPER) != 0
            last = letters_end(kinds, word)
            if not capital and not (longest & WITH_PARTICLE or tried > 1 or end > tries[0, 2]):
                break
            if not capital and not (kinds[word] & LOWER and classes_of(tables.words, codes, word, last) & PARTICLE):
                break
            key[size] = _SPACE
            grown = fold(tables.folds, codes, word, last, key, size + 1) if size + 1 < LONGEST_KEY else whole(-1)
            if grown < 0:
                break
            value = hashed(value, key, size, grown)
            size, end = grown, last
            if capital and tried < _MOST_WORDS:
                tries[tried, 0], tries[tried, 1], tries[tried, 2] = size, value, end
                tried += 1
        for attempt in range(tried - 1, -1, -1):
            name = name_number(tables.names, key, tries[attempt, 0], tries[attempt, 1])
            if name < 0:
                continue
            alone = attempt == 0
            initials = whole(-1)
            if alone and tries[0, 0] > 1 and start >= state[_QUALIFIED_TO]:
                initials = of_initials(tables, codes, kinds, start, tries[0, 2], name, home.region, scratch)
            if initials >= 0:  # as if with stops
                name, tries[0, 0], first_size = initials, 2 * (tries[0, 2] - start) - 1, whole(1)
            classes = classes_of(tables.words, codes, start, tries[0, 2]) if alone else whole(0)
            # fmt: off
            begin = _take(
                tables, codes, kinds, start, tries[attempt, 2], name, tries[attempt, 0], first_size,
                classes, home, rows, counties, state, regions, countries, scratch,
            )
            # fmt: on
            if begin:
                break


@compiled(TABLES, U32, U8, SPANS, AT_HOME)
def scan(
    tables: Any,
    codes: Any,
    kinds: Any,
    spans: Any,
    home: Any,
) -> Any:
    """Return the mentions of a text, as rows, the evidence by region and by country, and the names met as counties.

    To the paper of Jordan, Minnesota (its home), "Jordan" is a town; to all others it is a country.

    Args:
        tables: of the gazetteer.
        codes: the text, u4.
        kinds: what each of its characters is.
        spans: where the names of the dateline's places stand (`SPANS`); what would be no city elsewhere ("WALL, N.J.")
            is one there.
        home: the paper's.
    """
    room = spans.shape[0] + 1
    for i in range(codes.size):
        room += (kinds[i] & OPENS) != 0
    rows = np.empty((room, COLUMNS), np.int32)
    counties = np.empty(room, np.int32)
    regions, countries = np.zeros(tables.places.country_of.size), np.zeros(tables.places.countries)
    state = np.zeros(7, np.int64)
    key, scratch = np.empty(LONGEST_KEY, np.uint8), np.empty(LONGEST_KEY, np.uint8)
    tries = np.empty((_MOST_WORDS, 3), np.int64)
    _scan(tables, codes, kinds, home, rows, counties, state, regions, countries, key, scratch, tries)
    count = state[_COUNT]
    for span in range(spans.shape[0]):
        begin, end, elsewhere = spans[span, 0], spans[span, 1], spans[span, 2]
        count = _mark_dateline(tables, codes, kinds, rows, count, begin, end, elsewhere, key)
    return rows[:count], regions, countries, counties[: state[_COUNTIES]]
