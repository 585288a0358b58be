"""See that a name speaks for a state, and that a city is named as one of a state's.

Not which city is meant. The one idea: a state has a governor, a legislature and an upstate, and a city has none of
them. So the word beside the name tells where a city is called like it (New York, Washington, Quebec): the city is not
named there at all. And a city in which a state has officials ("Illinois officials in Springfield") is in that state.
"""

from __future__ import annotations

from typing import Any

from index.compiled import INT, U8, U32, compiled
from index.enrich.cities.gazetteer import CAPITAL, STANDS_ALONE
from index.enrich.cities.letters import are_listed, gap_before, is_character, letters_before, letters_end
from index.enrich.cities.mention import (
    ABBREVIATION,
    FOR_STATE,
    IN_A_LIST_OF_STATES,
    KIND,
    NAME,
    OF_WHICH,
    QUALIFIER,
    QUALIFIER_END,
    START,
    kilometres,
)
from index.enrich.cities.tables import (
    ATTORNEY_OR_LIEUTENANT,
    BECOME,
    DIGIT,
    GENERAL_OR_GOVERNOR,
    HOUSE,
    LAWMAKER,
    LETTER,
    LOWER,
    NATIONAL,
    OF,
    PLACE_PREPOSITION,
    PRESIDENT,
    ROWS,
    STATE,
    STATE_BODY,
    STATE_OFFICE,
    STATE_PART,
    STATES,
    TABLES,
    UPPER,
    classes_of,
    whole,
)

_SPACE, _DOT, _APOSTROPHE, _CURLED, _SMALL_S = 32, 46, 39, 0x2019, 115
_WHITE, _THE, _OF = (87, 101), (116, 101), (111, 102)

# So many words are between a state and a city of it at most.
_BETWEEN = 4

# A state's city is meant beside one that agencies name alone where it has this many people: Portland, in Maine.
_KNOWN_TOO = 20_000

# Words before a name are looked for in so many characters, those of a country's capital on both sides.
_REACH, _NATION_REACH = 32, 120

# So many words behind a state is "states" at most: "Washington and 12 other states sued".
_TO_STATES = 5

# What stands between two names of a list has fewer characters; a comma and a space have so many.
_LIST_GAP, _LIST_COMMA = 8, 2

# A state is beside a city that lies so near (kilometres) to a town of so many people in it.
_BESIDE, _TOWN = 40.0, 20_000


@compiled(U32, U8, INT, allocates=False)
def _next_word(codes: Any, kinds: Any, at: int) -> int:
    """Return where the next word starts behind a name or a word that ends at `at`: " Gov", ". Gov", "'s gov"; or -1."""
    if at + 3 < codes.size and codes[at] in (_APOSTROPHE, _CURLED) and codes[at + 1] == _SMALL_S:
        at += 2
    if at < codes.size and codes[at] == _DOT:
        at += 1
    return at + 1 if at + 1 < codes.size and codes[at] == _SPACE and kinds[at + 1] & LETTER else -1


@compiled(TABLES, U32, U8, INT, INT, allocates=False)
def speaks_of_a_nation(tables: Any, codes: Any, kinds: Any, start: int, end: int) -> bool:
    """Return whether near a name, `codes[start:end]`, a country's bodies are named: Congress, the White House."""
    at, limit = max(0, start - _NATION_REACH), min(codes.size, end + _NATION_REACH)
    while at < limit:
        if not kinds[at] & LETTER:
            at += 1
            continue
        word_end = letters_end(kinds, at)
        classes = classes_of(tables.words, codes, at, word_end)
        capital = (kinds[at] & LOWER) == 0
        if classes & NATIONAL:
            return True
        if classes & HOUSE and capital and at >= 6 and codes[at - 6] == _WHITE[0] and codes[at - 2] == _WHITE[1]:
            return True  # the White House
        the = at >= 4 and codes[at - 4] | 32 == _THE[0] and codes[at - 2] == _THE[1]
        of = word_end + 2 < codes.size and codes[word_end + 1] == _OF[0] and codes[word_end + 2] == _OF[1]
        if classes & PRESIDENT and the and not of:  # not "the president of a union"
            return True
        at = word_end
    return False


@compiled(TABLES, U32, U8, INT, allocates=False)
def _joins_states(tables: Any, codes: Any, kinds: Any, at: int) -> bool:
    """Return whether words behind a name tell a state: "and 12 other states", "would become the fourth state"."""
    becomes = False
    for _ in range(_TO_STATES):
        if at + 1 >= codes.size or codes[at] != _SPACE:
            return False
        end = at + 1
        while end < codes.size and kinds[end] & (LETTER | DIGIT):
            end += 1
        classes = classes_of(tables.words, codes, at + 1, end)
        if kinds[at + 1] & LOWER and (classes & STATES or (becomes and classes & STATE)):
            return True
        becomes |= (classes & BECOME) != 0
        if end == at + 1:
            return False
        at = end
    return False


@compiled(U32, U8, INT, allocates=False)
def _goes_on_in_a_list(codes: Any, kinds: Any, at: int) -> bool:
    """Return whether a list goes on behind a name that ends at `at`: ", Ohio", " and Ohio", "or Ohio"."""
    for step in range(2, 7):
        if at + step < codes.size and kinds[at + step] & UPPER:
            return bool(are_listed(codes, at, at + step))
    return False


@compiled(TABLES, INT, INT, allocates=False)
def _lies_beside(tables: Any, row: int, state: int) -> bool:
    """Return whether a city has towns of a state next to it, as Washington has Maryland's and Virginia's."""
    places = tables.places
    latitude, longitude = places.latitude[row] / 100_000, places.longitude[row] / 100_000
    for other in range(places.region.size):
        if places.region[other] == state and places.population[other] >= _TOWN:
            other_latitude, other_longitude = places.latitude[other] / 100_000, places.longitude[other] / 100_000
            if kilometres(latitude, longitude, other_latitude, other_longitude) < _BESIDE:
                return True
    return False


@compiled(U32, U8, INT, INT, INT, allocates=False)
def is_in_list(codes: Any, kinds: Any, before: int, start: int, end: int) -> bool:
    """Return whether a name, `codes[start:end]`, is in a list with the one that ends at `before`.

    A comma makes a list only where another name or "and" follows: "In Ohio, New York fans cheered" has none.
    """
    if not 0 < start - before < _LIST_GAP or not are_listed(codes, before, start):
        return False
    return start - before > _LIST_COMMA or _goes_on_in_a_list(codes, kinds, end)


@compiled(TABLES, ROWS, INT, INT, allocates=False)
def put_in_list(tables: Any, rows: Any, mention: int, state: int) -> None:
    """Mark a mention as a state's that stands in a list with a state, unless it is a city next to that."""
    special = tables.special[rows[mention, NAME]]
    first = whole(tables.region_starts[special])
    if whole(tables.region_starts[special + 1]) == first:
        return
    row = whole(tables.cities[tables.cities_starts[rows[mention, NAME]]])
    american = (tables.places.us, tables.places.ca)
    own = whole(tables.region_list[first])
    if tables.places.country_of[own] not in american or tables.places.country_of[state] not in american:
        return
    if tables.places.region[row] != own and _lies_beside(tables, row, state):
        return
    rows[mention, FOR_STATE] = IN_A_LIST_OF_STATES


@compiled(TABLES, U32, U8, INT, INT, INT, allocates=False)
def speaks_for_a_state(tables: Any, codes: Any, kinds: Any, start: int, end: int, doubtful: int) -> bool:
    """Return whether the words beside a name, `codes[start:end]`, make it a state's.

    Args:
        tables: of the gazetteer.
        codes: the text.
        kinds: what each of its characters is.
        start: where the name starts.
        end: where it ends.
        doubtful: lawmakers and other states do not tell, since the city has those of a country.
    """
    low = max(0, start - _REACH)
    word_end = gap_before(kinds, start, low)
    word = letters_before(kinds, word_end, low)
    if word_end > word and is_character(codes, word_end, start, _SPACE):
        classes = classes_of(tables.words, codes, word, word_end)
        if classes & STATE_PART:  # "upstate New York"
            return True
        second_end = gap_before(kinds, word, low)
        second = letters_before(kinds, second_end, low)
        before = classes_of(tables.words, codes, second, second_end) if second_end > second else whole(0)
        spaced = is_character(codes, second_end, word, _SPACE)
        if classes & OF and spaced and before & (STATE | STATE_OFFICE):  # "the state of New York"
            return True
    if not doubtful and _joins_states(tables, codes, kinds, end):
        return True
    after = end if end < codes.size and codes[end] != _DOT else codes.size
    after = _next_word(codes, kinds, after)
    if after < 0:
        return False
    after_end = letters_end(kinds, after)
    classes = classes_of(tables.words, codes, after, after_end)
    if classes & (STATE | STATE_OFFICE):  # "New York Gov. Smith", "New York's governor", "Washington state"
        return True
    if classes & LAWMAKER and not doubtful:
        return True
    last = _next_word(codes, kinds, after_end)
    if last < 0 or not classes & ATTORNEY_OR_LIEUTENANT:
        return False
    return bool(classes_of(tables.words, codes, last, letters_end(kinds, last)) & GENERAL_OR_GOVERNOR)


@compiled(TABLES, U32, U8, INT, INT, allocates=False)
def _has_its_bodies_in(tables: Any, codes: Any, kinds: Any, at: int, start: int) -> bool:
    """Return whether what stands between a state, which ends at `at`, and a name says that this is a city of it.

    It does in "Illinois officials in Springfield", "the Illinois town of Auburn".
    """
    bodies, last = False, whole(0)
    for _ in range(_BETWEEN):
        if at + 1 >= start or codes[at] != _SPACE or not kinds[at + 1] & LOWER:
            return False
        end = letters_end(kinds, at + 1)
        last = whole(classes_of(tables.words, codes, at + 1, end))
        bodies |= (last & STATE_BODY) != 0
        at = end
        if at + 1 == start:
            break
    return bool(at + 1 == start and codes[at] == _SPACE and bodies and last & (PLACE_PREPOSITION | OF))


@compiled(TABLES, U32, U8, ROWS, INT, INT, INT, INT, allocates=False)
def narrow_to_state(
    tables: Any, codes: Any, kinds: Any, rows: Any, mention: int, state: int, start: int, end: int
) -> None:
    """Narrow a mention down to the state before it, in which it is: "Illinois officials in Springfield"."""
    name = rows[mention, NAME]
    first, last = whole(tables.cities_starts[name]), whole(tables.cities_starts[name + 1])
    flags = tables.places.flags[tables.cities[first]]
    if flags & CAPITAL:  # they may be in Washington
        return
    least = _KNOWN_TOO if flags & STANDS_ALONE else 0
    if tables.places.country_of[state] not in (tables.places.us, tables.places.ca):
        return
    if not _has_its_bodies_in(tables, codes, kinds, end, whole(rows[mention, START])):
        return
    for i in range(first, last):
        if tables.places.region[tables.cities[i]] == state and tables.places.population[tables.cities[i]] >= least:
            rows[mention, QUALIFIER], rows[mention, QUALIFIER_END] = start, end
            rows[mention, KIND], rows[mention, OF_WHICH] = ABBREVIATION, state
            return
