"""Make the tables of a gazetteer: hash tables over its names and over the words of the lists, and the alphabet.

Looks nothing up. The one idea: names that only regions, countries, peoples and counties have are numbered behind the
gazetteer's own, so that one number serves all; made once a process, when the first story is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.compiled import INT, U8, U32, W8, W32, W64, compiled
from index.enrich.cities.gazetteer import WITH_PARTICLE, Gazetteer
from index.enrich.cities.names import plain
from index.enrich.cities.tables import (
    BIT,
    CHARACTERS,
    DIGIT,
    LETTER,
    LISTS,
    LONGEST_KEY,
    LOWER,
    NAMES,
    OPENS,
    PARTICLE,
    SPACE,
    UNKNOWN,
    UPPER,
    WORD,
    WORDS,
    Circles,
    Names,
    Places,
    Tables,
    Words,
    begins_with,
    classes_of,
    first_number,
    hash_of,
    name_number,
    whole,
)

# Characters that a name can begin with.
_OPENING = (("A", "Z"), ("À", "Ö"), ("Ø", "Þ"), ("Ā", "ɏ"), ("Ḁ", "ỿ"))

# No character behind this one that news is written in has capitals.
_WITH_CASES = 0x2000

_NONE = np.zeros(1, np.uint32)


@compiled(U8, U32, U8, U32, INT, W32, W32)
def _fill(pool: Any, starts: Any, more: Any, more_starts: Any, begin: int, name_slots: Any, first_slots: Any) -> None:
    """Fill the hash tables with names and their first words from number `begin` on.

    Names of one first word follow on one another.
    """
    names, others = starts.size - 1, more_starts.size - 1
    mask, first_mask = name_slots.size - 1, first_slots.size - 1
    word = np.empty(LONGEST_KEY, np.uint8)
    size = -1
    for number in range(begin, names + others):
        if number < names:
            at, end, data = whole(starts[number]), whole(starts[number + 1]), pool
        else:
            at, end, data = whole(more_starts[number - names]), whole(more_starts[number - names + 1]), more
        value = hash_of(data, at, end)
        slot = (value ^ (value >> 29)) & mask
        while name_slots[slot] != 0:
            slot = (slot + 1) & mask
        name_slots[slot] = number + 1
        if size >= 0 and begins_with(pool, starts, more, more_starts, number, word, size):
            continue
        size = 0
        while at + size < end and size < LONGEST_KEY and data[at + size] != SPACE:
            word[size] = data[at + size]
            size += 1
        value = hash_of(data, at, at + size)
        slot = (value ^ (value >> 29)) & first_mask
        while first_slots[slot] != 0:
            if begins_with(pool, starts, more, more_starts, whole(first_slots[slot]) - 1, word, size):
                break
            slot = (slot + 1) & first_mask
        if first_slots[slot] == 0:
            first_slots[slot] = number + 1


@compiled(NAMES, U8, U32, W64)
def _number_all(names: Names, pool: Any, starts: Any, out: Any) -> None:
    """Write the number of each of some names, -1 for one that is not there."""
    for i in range(out.size):
        key = pool[whole(starts[i]) : whole(starts[i + 1])]
        out[i] = name_number(names, key, key.size, hash_of(key, 0, key.size))


@compiled(NAMES, WORDS, U8, U32, W8)
def _lengthen(names: Names, words: Words, pool: Any, starts: Any, longest: Any) -> None:
    """Let `longest` know of names that are no cities'."""
    codes = np.empty(LONGEST_KEY, np.uint32)
    for i in range(starts.size - 1):
        key = pool[whole(starts[i]) : whole(starts[i + 1])]
        count, first, second = 1, key.size, key.size
        for at in range(key.size):
            if key[at] == SPACE:
                count += 1
                if count == 2:
                    first = at
                elif count == 3:
                    second = at
        number = first_number(names, key, first, hash_of(key, 0, first))
        small = longest[number] & WITH_PARTICLE
        if count > 1:
            for at in range(first + 1, second):
                codes[at] = key[at]
            if classes_of(words, codes, first + 1, second) & PARTICLE:
                small = np.uint8(WITH_PARTICLE)
        longest[number] = max(longest[number] & ~np.uint8(WITH_PARTICLE), np.uint8(count)) | small


def _blob(texts: list[str]) -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """Return the bytes of all texts end to end, and where each starts and ends."""
    sizes = [len(text.encode()) for text in texts]
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.uint32)
    return np.frombuffer("".join(texts).encode() or b"\0", np.uint8), starts


def _slots(count: int) -> NDArray[np.uint32]:
    return np.zeros(1 << max(4, (2 * count).bit_length()), np.uint32)


def _alphabet() -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """Return what each character is, and what it becomes in a key."""
    every = [chr(code) for code in range(CHARACTERS)]
    every[0xD800:0xE000] = " " * 0x800

    def which(test: Callable[[str], bool], limit: int = CHARACTERS) -> NDArray[np.uint8]:
        found: NDArray[np.uint8] = np.zeros(CHARACTERS, np.uint8)
        found[:limit] = np.fromiter(map(test, every[:limit]), np.uint8, limit)
        return found

    word, digit = which(str.isalnum), which(str.isdecimal)
    kinds = WORD * word + DIGIT * digit + LETTER * (word - digit)
    kinds += UPPER * which(str.isupper, _WITH_CASES) + LOWER * which(str.islower, _WITH_CASES)
    for first, last in _OPENING:
        kinds[ord(first) : ord(last) + 1] |= OPENS
    kinds[ord("_")] |= WORD
    folds = np.full(CHARACTERS, UNKNOWN, np.uint32)
    for code in (*range(0x80, 0x300), *range(0x1E00, 0x1F00), *map(ord, "ʰꞌﬀﬁﬂﬃﬄ")):
        folded = plain(chr(code)).lower()
        if folded.isascii() and len(folded) <= 4:
            folds[code] = int.from_bytes(folded.encode(), "little")
    return kinds, folds


def listed(lists: Iterable[tuple[int, Iterable[str]]]) -> Words:
    """Return the words of lists, each list by its bit."""
    bits: dict[str, int] = {}
    for bit, words in lists:
        for word in words:
            bits[word] = bits.get(word, 0) | bit
    pool, starts = _blob(list(bits))
    slots = _slots(len(bits))
    _fill(pool, starts, pool, _NONE, 0, slots, _slots(len(bits)))
    return Words(*map(_read_only, (pool, starts, np.array(list(bits.values()), np.uint64), slots)))


def _flat(lists: list[Iterable[int]]) -> tuple[NDArray[np.uint32], NDArray[np.uint16]]:
    """Return where each of the lists starts, the first at 0 and empty, and all of them end to end."""
    flat = [number for numbers in lists for number in numbers]
    starts = np.concatenate([[0, 0], np.cumsum([len(tuple(numbers)) for numbers in lists])]).astype(np.uint32)
    return starts, np.array(flat or [0], np.uint16)


def countries_of(known: Gazetteer) -> list[str]:
    """Return the ISO codes of all countries, in the order of their numbers."""
    return sorted({*known.country_names, *(region.country for region in known.regions), *known.country_keys.values()})


def _read_only(array: Any) -> Any:
    """Return the array as compiled loops that only read it are told it is."""
    view = array.view()
    view.flags.writeable = False
    return view


def _view(known: Gazetteer, name: str) -> Any:
    return np.asarray(known.arrays[name])


@cache
def tables(known: Gazetteer) -> Tables:
    """Return the arrays of a gazetteer."""
    own = (known.region_keys, known.country_keys, known.abbreviations, known.peoples)
    special = [name for name in sorted({*known.counties, *known.circles}.union(*own)) if name.isascii()]
    names, special_numbers = _names(known, special)
    words = listed([(BIT[name], own) for name, own in (*LISTS.items(), ("FIRST_NAME", known.first_names))])
    is_name = [any(name in table for table in own) for name in special]
    longest = np.concatenate([_view(known, "longest"), np.zeros(names.more_starts.size - 1, np.uint8)])
    _lengthen(names, words, *_blob([name for name, named in zip(special, is_name, strict=True) if named]), longest)
    rows = np.zeros(longest.size, np.uint16)
    rows[special_numbers] = np.arange(1, len(special) + 1)
    number = {code: number for number, code in enumerate(countries_of(known))}

    def column(numbers: Mapping[str, int]) -> NDArray[np.int32]:
        return np.array([-1, *(numbers.get(name, -1) for name in special)], np.int32)

    region_starts, region_list = _flat([known.region_keys.get(name, ()) for name in special])
    county_starts, county_list = _flat([known.counties.get(name, ()) for name in special])
    circles = list(known.circles.values())
    kinds, folds = _alphabet()
    made = Tables(
        names=names,
        words=words,
        places=Places(
            population=_view(known, "population"),
            region=_view(known, "region"),
            flags=_view(known, "flags"),
            latitude=_view(known, "latitude"),
            longitude=_view(known, "longitude"),
            country_of=np.array([number[region.country] for region in known.regions], np.int32),
            countries=len(number),
            us=number["US"],
            ca=number["CA"],
        ),
        circles=Circles(
            country=_read_only(np.array([number[circle.country] for circle in circles], np.int32)),
            region=_read_only(np.array([circle.region for circle in circles], np.int32)),
            latitude=_read_only(np.array([circle.latitude for circle in circles], np.float64)),
            longitude=_read_only(np.array([circle.longitude for circle in circles], np.float64)),
            kilometres=_read_only(np.array([circle.kilometres for circle in circles], np.float64)),
        ),
        kinds=kinds,
        folds=folds,
        longest=longest,
        special=rows,
        is_name=np.array([0, *is_name], np.uint8),
        circle=column({name: place for place, name in enumerate(known.circles)}),
        short_for=column(known.abbreviations),
        country=column({name: number[code] for name, code in known.country_keys.items()}),
        is_part=np.array([0, *(name in known.parts for name in special)], np.uint8),
        people=column({name: number[code] for name, code in known.peoples.items()}),
        region_starts=region_starts,
        region_list=region_list,
        county_starts=county_starts,
        county_list=county_list,
        cities_starts=_view(known, "cities_start"),
        cities=_view(known, "cities"),
        place_odds=_view(known, "place_odds"),
        commonness=_view(known, "commonness"),
        key_flags=_view(known, "key_flags"),
    )
    return made._replace(
        places=made.places._replace(**{name: _read_only(getattr(made.places, name)) for name in Places._fields[:6]}),
        **{name: _read_only(getattr(made, name)) for name in Tables._fields[4:]},
    )


def _names(known: Gazetteer, special: list[str]) -> tuple[Names, NDArray[np.int64]]:
    """Return all names, and the numbers of those that are not (only) names of cities."""
    pool, starts = _view(known, "keys"), _view(known, "key_start")
    keys = starts.size - 1
    name_slots, first_slots = _slots(keys + len(special)), _slots((keys + len(special)) // 2)
    _fill(pool, starts, pool, _NONE, 0, name_slots, first_slots)
    numbers: NDArray[np.int64] = np.empty(len(special), np.int64)
    special_pool, special_starts = _blob(special)
    of_cities = Names(*map(_read_only, (pool, starts, pool, _NONE, name_slots, first_slots)))
    _number_all(of_cities, special_pool, special_starts, numbers)
    new = numbers < 0
    more_pool, more_starts = _blob([name for name, is_new in zip(special, new.tolist(), strict=True) if is_new])
    _fill(pool, starts, more_pool, more_starts, keys, name_slots, first_slots)
    numbers[new] = keys + np.arange(new.sum())
    return Names(*map(_read_only, (pool, starts, more_pool, more_starts, name_slots, first_slots))), numbers
