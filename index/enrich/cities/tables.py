"""The gazetteer, the lists of words and the alphabet as arrays: all that compiled loops look things up in.

No rule and no story. The one idea: a loop without the interpreter knows no dictionary, so names, first words of names
and words of the lists each stand in a hash table of numbers (open addressing; hash: FNV-1a, 64 bits,
http://www.isthe.com/chongo/tech/comp/fnv/) over bytes that mostly stay in the mapped file. Built once a process, when
the first story is read.

A name is a number here: of a city's name its place among the gazetteer's sorted keys, behind those the names that only
regions, countries, peoples and counties have.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numba import types
from numpy.typing import NDArray

from index.compiled import F64, I32, INT, U8, U16, U32, U64, W8, compiled
from index.enrich.cities import words
from index.enrich.cities.names import PARTICLES

#: What a character is, in bits of `Tables.kinds`.
LETTER, UPPER, LOWER, OPENS, DIGIT, WORD = 1, 2, 4, 8, 16, 32

# Characters that the table of kinds tells apart; the rarer ones behind them are no letters of any name.
CHARACTERS = 1 << 16

#: A character that no key can hold, and one that a key leaves out.
UNKNOWN, NOTHING = 0xFFFFFFFF, 0

#: Makes of what an array holds a number that loops reckon with.
whole: Any = np.int64

#: Longest key that is looked for, in bytes.
LONGEST_KEY = 128

_BASIS = np.int64(-3_750_763_034_362_895_579)
_PRIME = np.int64(1_099_511_628_211)
SPACE = 32

# The lists of `words` by bit of a word's classes, and small lists that only say how a word is spelt.
LISTS: dict[str, Iterable[str]] = {
    "PLACE_PREPOSITION": words.PLACE_PREPOSITIONS,
    "OTHER_PREPOSITION": words.OTHER_PREPOSITIONS,
    "VISIT_OR_PART": words.VISITS_AND_PARTS,
    "DIRECTION": words.DIRECTIONS,
    "TITLE": words.TITLES,
    "STREET": words.STREETS,
    "LANDSCAPE": words.LANDSCAPE,
    "VENUE": words.VENUES,
    "LANDSCAPE_BEFORE": words.LANDSCAPE_BEFORE,
    "STATE_WORD": words.STATE_WORDS,
    "ORGANISATION": words.ORGANISATIONS,
    "TEAM": words.TEAMS,
    "TEAM_BEFORE": words.TEAMS_BEFORE,
    "CIVIC": words.CIVIC,
    "TOWN_OFFICE": words.TOWN_OFFICES,
    "SAID": words.SAID,
    "KIND_OF_PLACE": words.KINDS_OF_PLACE,
    "TITLE_OF_PLACE": words.TITLES_OF_A_PLACE,
    "PLACE_NOUN": words.PLACE_NOUNS,
    "ARTICLE": words.ARTICLES,
    "SENTENCE_OPENER": words.SENTENCE_OPENERS,
    "PARTY": [party.lower() for party in words.PARTIES],
    "TOWNSHIP": words.TOWNSHIPS,
    "COUNTY": words.COUNTIES,
    "CALENDAR": words.CALENDAR,
    "PARTICLE": PARTICLES,
    "FIRST_NAME": (),
    "AND_OR": ("and", "or"),
    "OF": ("of",),
    "BASED": ("based",),
    "AREA": ("area",),
    "SHORT_TITLE": words.SHORT_TITLES,
    "EXCHANGE": words.EXCHANGES,
    "OF_A_CITY": words.OF_A_CITY,
    "STATE": ("state",),
    "STATE_OFFICE": words.STATE_OFFICES,
    "STATE_BODY": words.STATE_BODIES,
    "STATE_PART": words.STATE_PARTS,
    "LAWMAKER": words.LAWMAKERS,
    "ATTORNEY_OR_LIEUTENANT": ("attorney", "lieutenant", "lt"),
    "GENERAL_OR_GOVERNOR": ("general", "governor", "gov"),
    "NATIONAL": words.NATIONAL,
    "PRESIDENT": ("president",),
    "HOUSE": ("house",),
    "STATES": ("states",),
    "FOR": ("for",),
    "DEPARTURE": words.DEPARTURES,
    "COMICS": words.COMICS,
    "BECOME": ("become", "becomes", "became"),
}
BIT = {name: 1 << number for number, name in enumerate(LISTS)}

# fmt: off
(
    PLACE_PREPOSITION, OTHER_PREPOSITION, VISIT_OR_PART, DIRECTION, TITLE, STREET, LANDSCAPE, VENUE,
    LANDSCAPE_BEFORE, STATE_WORD, ORGANISATION, TEAM, TEAM_BEFORE, CIVIC, TOWN_OFFICE, SAID, KIND_OF_PLACE,
    TITLE_OF_PLACE, PLACE_NOUN, ARTICLE, SENTENCE_OPENER, PARTY, TOWNSHIP, COUNTY, CALENDAR, PARTICLE, FIRST_NAME,
    AND_OR, OF, BASED, AREA, SHORT_TITLE, EXCHANGE, OF_A_CITY, STATE, STATE_OFFICE, STATE_BODY, STATE_PART, LAWMAKER,
    ATTORNEY_OR_LIEUTENANT, GENERAL_OR_GOVERNOR, NATIONAL, PRESIDENT, HOUSE, STATES, FOR, DEPARTURE, COMICS,
    BECOME,
) = BIT.values()
# fmt: on


class Names(NamedTuple):
    """All names and where to find them.

    Attributes:
        key_pool, key_starts: the gazetteer's keys, as it has them.
        more_pool, more_starts: the names behind them.
        name_slots: hash table of all names.
        first_slots: hash table of first words, to the first name that begins with each.
    """

    key_pool: NDArray[np.uint8]
    key_starts: NDArray[np.uint32]
    more_pool: NDArray[np.uint8]
    more_starts: NDArray[np.uint32]
    name_slots: NDArray[np.uint32]
    first_slots: NDArray[np.uint32]


class Words(NamedTuple):
    """The words of the lists.

    Attributes:
        pool, starts: the words end to end, and where each starts.
        classes: the lists that each is in, as bits.
        slots: hash table of them.
    """

    pool: NDArray[np.uint8]
    starts: NDArray[np.uint32]
    classes: NDArray[np.uint64]
    slots: NDArray[np.uint32]


class Places(NamedTuple):
    """The cities, as the gazetteer has them, and the countries.

    Attributes:
        population, region, flags, latitude, longitude: of each city.
        country_of: number of the country of each region.
        countries: how many there are.
        us, ca: numbers of the two whose states are names of states first.
    """

    population: NDArray[np.uint32]
    region: NDArray[np.uint16]
    flags: NDArray[np.uint8]
    latitude: NDArray[np.int32]
    longitude: NDArray[np.int32]
    country_of: NDArray[np.int32]
    countries: int
    us: int
    ca: int


class Circles(NamedTuple):
    """The counties of the UK and of Ireland, by their numbers, as `index.enrich.cities.gazetteer.Circle` has them."""

    country: NDArray[np.int32]
    region: NDArray[np.int32]
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    kilometres: NDArray[np.float64]


class Tables(NamedTuple):
    """The arrays, apart by what looks things up in them: what a loop is handed costs time.

    Attributes:
        names, words, places, circles: see there.
        kinds: bits of each character, u1.
        folds: the bytes of a key that each character becomes, the first lowest, u4; `UNKNOWN`, `NOTHING`.
        longest: of how many words the longest name that begins with a name's first word has, with `WITH_PARTICLE`.
        special: of each name the row of the arrays that follow, 0 for a name of cities alone; u2.
        is_name: whether it is a name of anything but a county.
        circle: number of the county of the UK or Ireland it names, or -1; i4.
        short_for: number of the region it abbreviates, or -1; i4.
        country: number of the country it names, or -1.
        is_part: whether that country is only its whole, as Britain is England's: behind a city it is its regions.
        people: number of the country whose people it names, or -1.
        region_starts, region_list: regions it names.
        county_starts, county_list: regions that have a county of that name.
        cities_starts, cities: rows of the cities of each name.
        place_odds, commonness, key_flags: of each key, as the gazetteer has them.
    """

    names: Names
    words: Words
    places: Places
    circles: Circles
    kinds: NDArray[np.uint8]
    folds: NDArray[np.uint32]
    longest: NDArray[np.uint8]
    special: NDArray[np.uint16]
    is_name: NDArray[np.uint8]
    circle: NDArray[np.int32]
    short_for: NDArray[np.int32]
    country: NDArray[np.int32]
    is_part: NDArray[np.uint8]
    people: NDArray[np.int32]
    region_starts: NDArray[np.uint32]
    region_list: NDArray[np.uint16]
    county_starts: NDArray[np.uint32]
    county_list: NDArray[np.uint16]
    cities_starts: NDArray[np.uint32]
    cities: NDArray[np.uint32]
    place_odds: NDArray[np.int8]
    commonness: NDArray[np.uint8]
    key_flags: NDArray[np.uint8]


_I8 = types.Array(types.int8, 1, "C", readonly=True)

#: Types of those in the signature of a compiled loop.
NAMES = types.NamedTuple((U8, U32, U8, U32, U32, U32), Names)
WORDS = types.NamedTuple((U8, U32, U64, U32), Words)
PLACES = types.NamedTuple((U32, U16, U8, I32, I32, I32, INT, INT, INT), Places)
CIRCLES = types.NamedTuple((I32, I32, F64, F64, F64), Circles)
# fmt: off
TABLES = types.NamedTuple(
    (
        NAMES, WORDS, PLACES, CIRCLES, U8, U32, U8, U16, U8, I32, I32, I32, U8, I32,
        U32, U16, U32, U16, U32, U32, _I8, U8, U8,
    ),
    Tables,
)
# fmt: on

#: Integers, and numbers, in rows, to be written.
ROWS, NUMBERS = types.Array(types.int32, 2, "C"), types.Array(types.float64, 2, "C")


@compiled(U8, INT, INT, allocates=False)
def hash_of(data: Any, start: int, end: int) -> Any:
    """Return the hash of bytes `data[start:end]`."""
    value: Any = _BASIS
    for i in range(start, end):
        value = (value ^ whole(data[i])) * _PRIME
    return value


@compiled(U8, U32, U8, U32, INT, U8, INT, allocates=False)
def begins_with(pool: Any, starts: Any, more: Any, more_starts: Any, number: int, key: Any, size: int) -> bool:
    """Return whether the name of that number begins with the key and ends or has a space behind it."""
    names = starts.size - 1
    if number < names:
        at, end, data = whole(starts[number]), whole(starts[number + 1]), pool
    else:
        at, end, data = whole(more_starts[number - names]), whole(more_starts[number - names + 1]), more
    if end - at < size or (end - at > size and data[at + size] != SPACE):
        return False
    i = 0
    while i < size and data[at + i] == key[i]:
        i += 1
    return i == size


@compiled(NAMES, U8, INT, types.int64, allocates=False)
def name_number(names: Names, key: Any, size: int, value: Any) -> Any:
    """Return the number of a name, or -1; `value` is the hash of its key."""
    mask = names.name_slots.size - 1
    keys = names.key_starts.size - 1
    slot = (value ^ (value >> 29)) & mask
    while names.name_slots[slot] != 0:
        number = whole(names.name_slots[slot]) - 1
        if number < keys:
            at, end, data = whole(names.key_starts[number]), whole(names.key_starts[number + 1]), names.key_pool
        else:
            at, end = whole(names.more_starts[number - keys]), whole(names.more_starts[number - keys + 1])
            data = names.more_pool
        if end - at == size:
            i = 0
            while i < size and data[at + i] == key[i]:
                i += 1
            if i == size:
                return number
        slot = (slot + 1) & mask
    return -1


@compiled(NAMES, U8, INT, types.int64, allocates=False)
def first_number(names: Names, key: Any, size: int, value: Any) -> Any:
    """Return the number of the first name that begins with a word, or -1; `value` is the hash of the word's key."""
    mask = names.first_slots.size - 1
    slot = (value ^ (value >> 29)) & mask
    while names.first_slots[slot] != 0:
        number = whole(names.first_slots[slot]) - 1
        if begins_with(names.key_pool, names.key_starts, names.more_pool, names.more_starts, number, key, size):
            return number
        slot = (slot + 1) & mask
    return -1


@compiled(U32, U32, INT, INT, W8, INT, allocates=False)
def fold(folds: Any, codes: Any, start: int, end: int, key: Any, size: int) -> int:
    """Write the key of the letters `codes[start:end]` behind the `size` bytes of `key`; return its size, or -1."""
    for i in range(start, end):
        code = codes[i]
        if 97 <= code <= 122:
            folded = code
        elif 65 <= code <= 90:
            folded = np.uint32(code + 32)
        elif code < CHARACTERS:
            folded = folds[code]
        else:
            return -1
        if folded == UNKNOWN:
            return -1
        while folded != 0:
            if size == LONGEST_KEY:
                return -1
            key[size] = folded & 255
            size += 1
            folded >>= 8
    return size


@compiled(types.int64, U8, INT, INT, allocates=False)
def hashed(value: Any, key: Any, start: int, end: int) -> Any:
    """Return the hash `value` with the bytes `key[start:end]` added; it begins with `hash_of_nothing`."""
    for i in range(start, end):
        value = (value ^ whole(key[i])) * _PRIME
    return value


@compiled(allocates=False)
def hash_of_nothing() -> Any:
    """Return the hash of no bytes."""
    return _BASIS


@compiled(WORDS, U32, INT, INT, allocates=False)
def classes_of(words: Words, codes: Any, start: int, end: int) -> Any:
    """Return the lists that a word stands in, as bits; capitals make no difference, accents do."""
    value: Any = _BASIS
    for i in range(start, end):
        code = whole(codes[i])
        if 65 <= code <= 90:
            code += 32
        elif code > 127:
            return whole(0)
        value = (value ^ code) * _PRIME
    mask = words.slots.size - 1
    slot = (value ^ (value >> 29)) & mask
    while words.slots[slot] != 0:
        number = whole(words.slots[slot]) - 1
        at = whole(words.starts[number]) - start
        if whole(words.starts[number + 1]) - at == end:
            i = start
            while i < end and (words.pool[at + i] == codes[i] or words.pool[at + i] == codes[i] + 32):
                i += 1
            if i == end:
                return whole(words.classes[number])
        slot = (slot + 1) & mask
    return whole(0)
