"""What stands behind a name and narrows it down: ", La.", ", Texas", " (Texas)", ", France", ", Rapides Parish".

Decides on no city. The one idea: only a region, country or county in which a city of the name is can narrow it; any
other state behind it says that the gazetteer does not know the place. A name of both, as Georgia is, is the state where
it has such a city, else the country.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from index.compiled import INT, U8, U32, W8, compiled
from index.enrich.cities.gazetteer import ONLY_QUALIFIED
from index.enrich.cities.letters import capitalised_word, in_capitals, is_plain_capital, letters_end, next_word
from index.enrich.cities.mention import (
    ABBREVIATION,
    CIRCLE,
    COUNTIES,
    COUNTRY,
    END,
    FOR_STATE,
    KIND,
    MISQUALIFIED,
    NAME,
    NONE,
    OF_WHICH,
    QUALIFIER,
    QUALIFIER_END,
    REGIONS,
    START,
    fits,
)
from index.enrich.cities.tables import (
    AND_OR,
    COUNTY,
    LETTER,
    LONGEST_KEY,
    LOWER,
    PARTICLE,
    ROWS,
    TABLES,
    UPPER,
    WORD,
    classes_of,
    fold,
    hash_of_nothing,
    hashed,
    name_number,
    whole,
)

# A qualifier has at most so many words, a list of states is looked at this far around a name.
_QUALIFIER_WORDS, _AHEAD, _BACK = 5, 40, 24

# A county's name is a city's where one of so many people is called so, and one as large before it lies in its state.
_LARGER = 50_000

# From so many people on, a city is meant before its country and not the state called like it: Washington, US.
_WELL_KNOWN = 100_000

# What `FOR_STATE` says of a name that is none of the cities called so.
_NO_CITY = 2

_SPACE, _COMMA, _DOT, _PARENTHESIS = 32, 44, 46, 40


@compiled(TABLES, U32, INT, INT, W8, allocates=False)
def names_a_region(tables: Any, codes: Any, start: int, end: int, key: Any) -> bool:
    """Return whether the words of plain letters `codes[start:end]` are a region's name."""
    size = 0
    for i in range(start, end):
        key[size] = codes[i] + 32 if 65 <= codes[i] <= 90 else codes[i]
        size += 1
    number = name_number(tables.names, key, size, hashed(hash_of_nothing(), key, 0, size))
    if number < 0:
        return False
    special = tables.special[number]
    return bool(tables.region_starts[special + 1] > tables.region_starts[special])


@compiled(TABLES, U32, U8, INT, allocates=False)
def and_county(tables: Any, codes: Any, kinds: Any, at: int) -> bool:
    """Return whether ", Jackson and Madison counties" follows, which makes a name a county's as well."""
    while at + 2 < codes.size and codes[at] == _COMMA and codes[at + 1] == _SPACE:
        end = capitalised_word(codes, kinds, at + 2)
        if end < 0:
            break
        at = end
    if at < codes.size and codes[at] == _COMMA:
        at += 1
    if at + 1 >= codes.size or codes[at] != _SPACE or not kinds[at + 1] & LOWER:
        return False
    end = letters_end(kinds, at + 1)
    if not classes_of(tables.words, codes, at + 1, end) & AND_OR or end >= codes.size or codes[end] != _SPACE:
        return False
    end = capitalised_word(codes, kinds, end + 1)
    if end < 0 or end >= codes.size or codes[end] != _SPACE:
        return False
    last = letters_end(kinds, end + 1)
    return bool(classes_of(tables.words, codes, end + 1, last) & COUNTY) and (
        last == codes.size or not kinds[last] & WORD
    )


@compiled(TABLES, U32, ROWS, INT, W8, allocates=False)
def is_one_of_a_list_of_states(tables: Any, codes: Any, rows: Any, mention: int, key: Any) -> bool:
    """Return whether "Delaware, Ohio" stands beside a third state, so that it is no city in its state."""
    at = rows[mention, QUALIFIER_END]
    limit = min(codes.size, at + _AHEAD)
    if at < limit and codes[at] == _COMMA:
        at += 1
    if at < limit and codes[at] == _SPACE:
        at += 1
        if (
            at + 4 <= limit
            and codes[at] == 97
            and codes[at + 1] == 110
            and codes[at + 2] == 100
            and codes[at + 3] == 32
        ):
            at += 4
        elif at + 3 <= limit and codes[at] == 111 and codes[at + 1] == 114 and codes[at + 2] == 32:
            at += 3
        start = end = at
        for word in range(2):
            begin = end if word == 0 else end + 1
            if word == 1 and not (end < limit and codes[end] == _SPACE):
                break
            if not (begin < limit and is_plain_capital(codes, begin)):
                break
            stop = begin + 1
            while stop < limit and 97 <= codes[stop] <= 122:
                stop += 1
            if stop == begin + 1:
                break
            end = stop
        if end > start and names_a_region(tables, codes, start, end, key):
            return True
    start = rows[mention, START]
    low = max(0, start - _BACK)
    if start - 2 > low and codes[start - 1] == _SPACE and codes[start - 2] == _COMMA:
        begin = start - 2
        while begin > low and 97 <= codes[begin - 1] <= 122:
            begin -= 1
        if begin < start - 2 and begin > low and is_plain_capital(codes, begin - 1):
            return names_a_region(tables, codes, begin - 1, start - 2, key)
    return False


@compiled(TABLES, INT, INT, INT, allocates=False)
def _any_fits(tables: Any, kind: int, which: int, name: int) -> bool:
    """Return whether a qualifier allows any city of a name."""
    for i in range(tables.cities_starts[name], tables.cities_starts[name + 1]):
        if fits(tables, kind, which, tables.cities[i]):
            return True
    return False


@compiled(TABLES, INT, INT, allocates=False)
def _are_neighbours(tables: Any, name: int, county: int) -> bool:
    """Return whether larger cities of one state are called so: Richmond and Surrey, of British Columbia."""
    if county >= tables.names.key_starts.size - 1:
        return False
    for i in range(tables.cities_starts[name], tables.cities_starts[name + 1]):
        city = tables.cities[i]
        if tables.places.population[city] < _LARGER:
            return False
        for j in range(tables.cities_starts[county], tables.cities_starts[county + 1]):
            other = tables.cities[j]
            if tables.places.population[other] < _LARGER:
                break
            if tables.places.region[other] == tables.places.region[city]:
                return True
    return False


@compiled(TABLES, INT, INT, allocates=False)
def _is_a_state_of(tables: Any, name: int, country: int) -> bool:
    """Return whether a name before its country is the state's: "California, US", where no larger city is called so."""
    special = tables.special[name]
    for i in range(tables.region_starts[special], tables.region_starts[special + 1]):
        region = tables.region_list[i]
        if tables.places.country_of[region] != country:
            continue
        for j in range(tables.cities_starts[name], tables.cities_starts[name + 1]):
            city = tables.cities[j]
            within = tables.places.region[city]
            here = tables.places.country_of[within] == country
            if within == region or (here and tables.places.population[city] >= _WELL_KNOWN):
                return False
        return True
    return False


@compiled(TABLES, INT, INT, allocates=False)
def _is_only_a_state(tables: Any, number: int, special: int) -> bool:
    """Return whether a name is a state's of the US or a province's of Canada, and no city's without its state."""
    within = tables.places.country_of[tables.region_list[tables.region_starts[special]]]
    if within not in (tables.places.us, tables.places.ca):
        return False
    return bool(number >= tables.names.key_starts.size - 1 or tables.key_flags[number] & ONLY_QUALIFIED)


@compiled(TABLES, U32, U8, ROWS, INT, INT, allocates=False)
def _may_be_beside_it(tables: Any, codes: Any, kinds: Any, rows: Any, mention: int, stop: int) -> bool:
    """Return whether a name and the state in full behind it, which ends at `stop`, may be two places.

    They are in a list ("Boston, Ohio and Maine") and where one ends a clause ("in Washington, Ohio officials said").
    """
    before = rows[mention, START]
    if before >= 2 and codes[before - 1] == _SPACE and codes[before - 2] == _COMMA:
        return True
    if stop + 1 >= codes.size or codes[stop] != _COMMA:
        return bool(stop + 1 < codes.size and codes[stop] == _SPACE)
    if stop + 2 >= codes.size or codes[stop + 1] != _SPACE or not kinds[stop + 2] & LETTER:
        return False
    last = letters_end(kinds, stop + 2)
    return bool(kinds[stop + 2] & UPPER or classes_of(tables.words, codes, stop + 2, last) & AND_OR)


@compiled(TABLES, U32, U8, ROWS, INT, W8, allocates=False)
def qualify(tables: Any, codes: Any, kinds: Any, rows: Any, mention: int, key: Any) -> None:
    """Narrow the mention to what follows it: ", La.", ", Texas", " (Texas)", ", France", ", Rapides Parish"."""
    at = rows[mention, END]
    if at + 1 >= codes.size:
        return
    code, behind = codes[at], codes[at + 1]
    postal = False
    spaced = (code == _COMMA and behind == _SPACE) or (code == _SPACE and behind == _PARENTHESIS)
    if spaced and at + 2 < codes.size and kinds[at + 2] & LETTER:
        start = at + 2
    elif code in (_SPACE, _COMMA) and kinds[at + 1] & LETTER:
        start = at + 1
        postal = code == _SPACE
    else:
        return
    if not kinds[start] & UPPER:
        return
    begin = start
    end = first_end = letters_end(kinds, start)
    kind = which = 0
    otherwise = of_whom = 0
    stop = end
    size = fold(tables.folds, codes, start, end, key, 0)
    first_size = size
    state = shortened = in_full = False
    circle, circle_end, county = whole(-1), end, whole(-1)
    for word in range(_QUALIFIER_WORDS):
        if size < 0:
            break
        number = name_number(tables.names, key, size, hashed(hash_of_nothing(), key, 0, size))
        dotted = end < codes.size and codes[end] == _DOT
        if number >= 0:
            special = tables.special[number]
            capitals = in_capitals(kinds, begin, end)
            short = tables.short_for[special]
            if short >= 0 and (size > 2 or capitals or dotted) and (not postal or (capitals and size == 2)):
                kind, which, state, stop = ABBREVIATION, whole(short), True, end + dotted
                otherwise, shortened = NONE, dotted and (size > 2 or not capitals)  # not "London, LA."
            if not postal:
                named = tables.region_starts[special + 1] > tables.region_starts[special]
                country = whole(tables.country[special])
                if named or country >= 0:
                    otherwise = NONE
                if named:
                    kind, which, state, stop = REGIONS, whole(special), True, end
                    in_full, shortened = country < 0 and _is_only_a_state(tables, whole(number), whole(special)), False
                if country >= 0 and not named:
                    kind, which, state, stop = COUNTRY, country, False, end
                elif country >= 0 and not tables.is_part[special]:
                    within = tables.places.country_of[tables.region_list[tables.region_starts[special]]]
                    if within in (tables.places.us, tables.places.ca):  # Georgia is a state first
                        otherwise, of_whom = COUNTRY, country
                    else:
                        otherwise, of_whom = REGIONS, which
                        kind, which, state = COUNTRY, country, False
            if not postal and tables.circle[special] >= 0 and (kind == NONE or end > stop):  # Co. is Colorado too
                circle, circle_end, county = whole(tables.circle[special]), end, whole(number)
        if postal and word == 0 and size != 2:
            break
        begin = next_word(codes, kinds, end)
        if begin < 0 or not kinds[begin] & LETTER:
            break
        end = letters_end(kinds, begin)
        if not kinds[begin] & UPPER and not classes_of(tables.words, codes, begin, end) & PARTICLE:
            break
        key[size] = _SPACE
        size = fold(tables.folds, codes, begin, end, key, size + 1) if size + 1 < LONGEST_KEY else -1
    if kind == NONE and code == _COMMA and behind == _SPACE and first_end + 1 < codes.size and first_size > 0:
        last = letters_end(kinds, first_end + 1)
        if codes[first_end] == _SPACE and classes_of(tables.words, codes, first_end + 1, last) & COUNTY:
            size = fold(tables.folds, codes, start, first_end, key, 0)
            number = name_number(tables.names, key, size, hashed(hash_of_nothing(), key, 0, size))
            special = tables.special[number] if number >= 0 else np.uint16(0)
            if tables.county_starts[special + 1] > tables.county_starts[special]:
                kind, which, state, stop = COUNTIES, whole(special), True, last
    if circle >= 0 and (kind == NONE or circle_end > stop):  # "Boston, Lincolnshire", but not "Dover, Kent County"
        last = letters_end(kinds, circle_end + 1) if circle_end + 1 < codes.size else circle_end
        counted = last > circle_end + 1 and classes_of(tables.words, codes, circle_end + 1, last) & COUNTY
        if not counted and not _are_neighbours(tables, whole(rows[mention, NAME]), county):
            kind, which, stop = CIRCLE, circle, circle_end
    if kind == NONE:
        return
    if kind == COUNTRY and _is_a_state_of(tables, whole(rows[mention, NAME]), which):
        rows[mention, FOR_STATE] = _NO_CITY
        return
    for meant, of_which in ((kind, which), (otherwise, of_whom)):
        if meant != NONE and _any_fits(tables, meant, of_which, rows[mention, NAME]):
            rows[mention, QUALIFIER], rows[mention, QUALIFIER_END] = start, stop
            rows[mention, KIND], rows[mention, OF_WHICH] = meant, of_which
            return
    rows[mention, MISQUALIFIED] = state
    if shortened or (in_full and not _may_be_beside_it(tables, codes, kinds, rows, mention, stop)):
        rows[mention, FOR_STATE] = _NO_CITY
