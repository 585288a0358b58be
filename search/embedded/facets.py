"""Counting the values of a facet: how many stories a click on each would show.

No choosing of stories here (`evaluator` gives the stories that every other filter leaves). The one idea: stories share
combinations of values, so one pass counts combinations (for places `cards` does), and what a combination holds is
looked at once, however many stories share it; a family of copies is counted once a value, in a second pass over the few
stories that have copies.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from index.compiled import I32, I64, INT, U8, U32, W8, W32, compiled, i4_of, u1_of, u4_of
from search.embedded import desk as on
from search.embedded.columns import Columns
from search.embedded.sets import Array, Docs
from search.embedded.values import LEVELS, PLACES, FacetValues, parent_of
from search.page import Bucket, Facet


@dataclass(frozen=True, slots=True)
class Under:
    """Stories under every filter but those of the facets, and which of the facets' own filters each fails.

    Attributes:
        docs: u4[n].
        misses: bit i is set where the story has none of the values chosen in the i-th facet with a choice, u1[n]; of
            size 0 where nothing is chosen.
        combinations: how many combinations of cities `finishing.counted` has left in this thread's room.
        members: how many copies it has left there.
    """

    docs: Docs
    misses: Array
    combinations: int
    members: int


def listed(
    columns: Columns, name: str, under: Under, own: int, selected: tuple[str, ...], limit: int, *, fold: bool
) -> Facet:
    """Return a facet as the page shows it: selected values first, then the most frequent, then by label.

    Args:
        columns: of the generation.
        name: of the facet.
        under: the stories.
        own: bits of `under.misses` that do not matter: those of this facet.
        selected: keys chosen in this facet; they stay listed even at 0.
        limit: further values wanted; 0 for all.
        fold: whether a family of copies counts once a value.
    """
    facet = columns.facet(name)
    scratch = columns.scratch
    room = scratch.counts(name, facet)
    keys = tuple(dict.fromkeys(selected))
    chosen, chosen_counts = _NONE, _NONE
    if keys:
        chosen = np.array([facet.numbers[key] for key in keys if key in facet.numbers], np.uint32)
        chosen_counts = np.empty(chosen.size, np.uint32)
    some = limit if limit <= on.MOST_VALUES else 0
    best_values, best_counts = np.empty(some, np.uint32), np.empty(some, np.uint32)
    unlisted, shown = tallied(
        columns.bundle.numbers,
        scratch.bundle.numbers,
        room.bundle.numbers,
        under.docs,
        under.misses,
        own,
        int(fold),
        under.combinations if name in LEVELS else -1,
        under.members,
        chosen,
        chosen_counts,
        best_values,
        best_counts,
    )
    if some:
        values, counts = best_values[:shown].tolist(), best_counts[:shown].tolist()
    else:
        every, tallies = np.empty(unlisted, np.uint32), np.empty(unlisted, np.uint32)
        _take(room.found, room.values, every, tallies)
        order = np.lexsort((every, -tallies.astype(np.int64)))[: limit or unlisted]
        values, counts = every[order].tolist(), tallies[order].tolist()
    rest = buckets(facet, values, counts)
    if not keys:
        return Facet(name, rest, unlisted)
    first = _selected(columns, name, keys, dict(zip(chosen.tolist(), chosen_counts.tolist(), strict=True)))
    return Facet(name, (*first, *rest), len(first) + unlisted)


def buckets(facet: FacetValues, values: list[int], counts: list[int]) -> tuple[Bucket, ...]:
    """Return the buckets of values that are not selected, given by number with their counts."""
    keys, labels, parents = facet.keys, facet.labels, facet.parents
    told = zip(values, counts, strict=True)
    # Every page makes dozens: handing the tuple itself over leaves out what `Bucket` does with names.
    if parents:
        return tuple([_made(Bucket, (keys[v], labels[v], many, False, parents[v])) for v, many in told])
    return tuple([_made(Bucket, (keys[v], labels[v], many, False, None)) for v, many in told])


#: Makes a bucket of a tuple.
_made = tuple.__new__


def _selected(columns: Columns, name: str, keys: tuple[str, ...], counts: dict[int, int]) -> list[Bucket]:
    """Return the buckets of the values that are selected; `counts` by value."""
    facet = columns.facet(name)
    first = []
    for key in keys:
        number = facet.numbers.get(key)
        if number is None:
            first.append(_absent(columns, name, key))
        else:
            parent = facet.parents[number] if facet.parents else None
            first.append(Bucket(key, facet.labels[number], counts[number], True, parent))
    first.sort(key=lambda bucket: (-bucket.count, bucket.label, bucket.key))
    return first


def _absent(columns: Columns, name: str, key: str) -> Bucket:
    """Return the bucket of a chosen value that no story has."""
    label = columns.label(name, key)
    return Bucket(key, label, 0, selected=True, parent=parent_of(key, label) if name in PLACES else None)


#: Fewer than one number in so many are sorted by comparing them.
_SPARSE = 32

_NONE: Docs = np.empty(0, np.uint32)


@compiled(U32, U8, INT, I32, U32, W32, W32, W32, W32)
def _combine(
    docs: Array,
    misses: Array,
    own: int,
    codes: Array,
    place: Array,
    counts: Array,
    combinations: Array,
    tallies: Array,
    members: Array,
) -> tuple[int, int]:
    """Count combinations of values, and set stories that have copies apart; return how many there are of both.

    Arguments and what is written as in `cards.tally`; `codes` are the combinations of all stories.
    """
    many = copies = 0
    for i in range(docs.size):
        if misses.size and misses[i] & ~own:
            continue
        doc = docs[i]
        if place.size and place[doc]:
            members[copies] = place[doc]
            copies += 1
            continue
        code = codes[doc]
        if counts[code] == 0:
            combinations[many] = code
            many += 1
        counts[code] += 1
    for i in range(many):
        tallies[i] = counts[combinations[i]]
        counts[combinations[i]] = 0
    return many, copies


@compiled(U32, U32, I32, I32, W32, W32)
def _spread(combinations: Array, tallies: Array, offsets: Array, values: Array, counts: Array, found: Array) -> int:
    """Count the values of combinations into `counts`; return how many occur, which `found` then holds."""
    seen = 0
    for i in range(combinations.size):
        code = combinations[i]
        for j in range(offsets[code], offsets[code + 1]):
            value = values[j]
            if counts[value] == 0:
                found[seen] = value
                seen += 1
            counts[value] += tallies[i]
    return seen


@compiled(U32, U32, U32, I32, I32, I32, W32, W32, W32, INT)
def _combine_families(
    places: Array,
    docs: Array,
    number: Array,
    codes: Array,
    offsets: Array,
    values: Array,
    last: Array,
    counts: Array,
    found: Array,
    seen: int,
) -> int:
    """Count the values of the stories at `places` of the order of families, each value of a family once."""
    for i in range(places.size):
        at = places[i] - 1
        family = number[at] + 1
        code = codes[docs[at]]
        for j in range(offsets[code], offsets[code + 1]):
            value = values[j]
            if last[value] != family:
                last[value] = family
                if counts[value] == 0:
                    found[seen] = value
                    seen += 1
                counts[value] += 1
    for i in range(places.size):
        code = codes[docs[places[i] - 1]]
        for j in range(offsets[code], offsets[code + 1]):
            last[values[j]] = 0
    return seen


@compiled(U32, W32, W32, W32)
def _take(found: Array, counts: Array, values: Array, many: Array) -> None:
    """Write the first values found that count anything, with their counts, and clear the counts."""
    at = taken = 0
    while taken < values.size:
        value = found[at]
        at += 1
        if counts[value]:
            values[taken] = value
            many[taken] = counts[value]
            counts[value] = 0
            taken += 1


@compiled(W32, W8)
def _sort(numbers: Array, cells: Array) -> None:
    """Sort different numbers from 1 on, of which each has a cell, the first that of 1; cells are 0 and so left."""
    if numbers.size * _SPARSE < cells.size:
        numbers.sort()
        return
    for i in range(numbers.size):
        cells[numbers[i] - 1] = 1
    found = 0
    for number in range(cells.size):
        if cells[number]:
            cells[number] = 0
            numbers[found] = number + 1
            found += 1


@compiled(U32, INT, W32, W32, W32)
def _lead(found: Array, seen: int, counts: Array, best_values: Array, best_counts: Array) -> int:
    """Write the most frequent values in order, clear all counts, and return how many were written.

    At equal counts the smaller value leads, which is the earlier label; what counts 0 is passed over.
    """
    filled = 0
    for i in range(seen):
        value = found[i]
        count = counts[value]
        counts[value] = 0
        if count == 0:
            continue
        at = filled
        if filled == best_values.size:
            at -= 1
            if count < best_counts[at] or (count == best_counts[at] and value > best_values[at]):
                continue
        else:
            filled += 1
        while at > 0 and (
            best_counts[at - 1] < count or (best_counts[at - 1] == count and best_values[at - 1] > value)
        ):
            best_values[at], best_counts[at] = best_values[at - 1], best_counts[at - 1]
            at -= 1
        best_values[at], best_counts[at] = value, count
    return filled


@compiled(I64, I64, I64, U32, U8, INT, INT, INT, INT, U32, W32, W32, W32)
def tallied(
    stories: Array,
    room: Array,
    facet: Array,
    docs: Array,
    misses: Array,
    own: int,
    fold: int,
    combinations: int,
    copies: int,
    chosen: Array,
    chosen_counts: Array,
    best_values: Array,
    best_counts: Array,
) -> tuple[int, int]:
    """Count the values of a facet.

    Args:
        stories: `desk` says what the three bundles hold.
        room: likewise.
        facet: likewise.
        docs: as in `Under`.
        misses: likewise.
        own: bits of `misses` that do not matter.
        fold: whether a family of copies counts once a value.
        combinations: how many lie counted in the facet of cities, copies apart; -1 where they are to be counted.
        copies: how many lie apart.
        chosen: values to be told apart.
        chosen_counts: of these; written.
        best_values: the most frequent of the others, in order; written.
        best_counts: of these; written. Where they are of size 0, the counts are left for `_take`.

    Returns:
        How many other values occur, and how many were written.
    """
    codes, offsets, values = i4_of(facet, on.OF_STORIES), i4_of(facet, on.OFFSETS), i4_of(facet, on.VALUES)
    touched, tallies = u4_of(room, on.TOUCHED), u4_of(room, on.TALLIES)
    members, place = u4_of(room, on.MEMBERS), u4_of(stories, on.PLACE)
    if combinations < 0:
        touched, tallies = u4_of(facet, on.COMBINATIONS), u4_of(facet, on.COMBINED)
        members = u4_of(room, on.SHOWN)
        combinations, copies = _combine(
            docs,
            misses,
            own,
            codes,
            place if fold else place[:0],
            u4_of(facet, on.TIMES),
            touched,
            tallies,
            members,
        )
    counts, found = u4_of(facet, on.VALUE_COUNTS), u4_of(facet, on.FOUND)
    seen = _spread(touched[:combinations], tallies[:combinations], offsets, values, counts, found)
    if copies:
        _sort(members[:copies], u1_of(room, on.CELLS)[: place.size])
        seen = _combine_families(
            members[:copies],
            u4_of(stories, on.COPIES),
            u4_of(stories, on.FAMILY),
            codes,
            offsets,
            values,
            u4_of(facet, on.LAST),
            counts,
            found,
            seen,
        )
    others = seen
    for i in range(chosen.size):
        chosen_counts[i] = counts[chosen[i]]
        others -= counts[chosen[i]] > 0
        counts[chosen[i]] = 0
    return others, _lead(found, seen, counts, best_values, best_counts) if best_values.size else 0
