"""Counting the values of a facet: how many stories a click on each would show.

No choosing of stories here (`evaluator` gives the stories that every other filter leaves). The one idea: stories share
combinations of values, so one pass counts combinations (for places `cards` does), and what a combination holds is
looked at once, however many stories share it; a family of copies is counted once a value, in a second pass over the few
stories that have copies.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from index.compiled import I32, INT, U8, U32, W32, compiled
from search.embedded.columns import Columns
from search.embedded.families import Families
from search.embedded.sets import Array, Docs
from search.embedded.values import LEVELS, PLACES, FacetValues, parent_of
from search.page import Bucket, Facet


@dataclass(frozen=True, slots=True)
class Counted:
    """Stories counted by their combination of values, one combination after the other.

    Attributes:
        combinations: those that occur among stories without copies, u4[n].
        tallies: how many such stories have each, u4[n].
        members: places in the order of families of the stories that have copies, u4.
    """

    combinations: Array
    tallies: Array
    members: Array


@dataclass(frozen=True, slots=True)
class Under:
    """Stories under every filter but those of the facets, and which of the facets' own filters each fails.

    Attributes:
        docs: u4[n].
        misses: bit i is set where the story has none of the values chosen in the i-th facet with a choice, u1[n]; of
            size 0 where nothing is chosen.
        cities: the stories as all facets of places but "mentions" count them.
    """

    docs: Docs
    misses: Array
    cities: Counted


def count(columns: Columns, name: str, under: Under, own: int, *, fold: bool) -> int:
    """Count the values of a facet in this thread's `Counts` of it; return how many occur, which its `found` names.

    Args:
        columns: of the generation.
        name: of the facet.
        under: the stories.
        own: bits of `under.misses` that do not matter: those of this facet.
        fold: whether a family of copies counts once a value.
    """
    facet = columns.facet(name)
    families = columns.families if fold else NO_FAMILIES
    counts = columns.scratch.counts(name, facet)
    counted = under.cities
    if name not in LEVELS:
        members = np.empty(min(under.docs.size, families.docs.size), np.uint32)
        many, copies = _combine(
            under.docs,
            under.misses,
            own,
            facet.codes,
            families.place,
            counts.combinations,
            counts.touched,
            counts.tallies,
            members,
        )
        counted = Counted(counts.touched[:many], counts.tallies[:many], members[:copies])
    seen = _spread(counted.combinations, counted.tallies, facet.offsets, facet.values, counts.values, counts.found)
    if counted.members.size:
        seen = _combine_families(
            np.sort(counted.members),
            families.docs,
            families.number,
            facet.codes,
            facet.offsets,
            facet.values,
            counts.last,
            counts.values,
            counts.found,
            seen,
        )
    return seen


def listed(
    columns: Columns, name: str, under: Under, own: int, selected: tuple[str, ...], limit: int, *, fold: bool
) -> Facet:
    """Return a facet as the page shows it: selected values first, then the most frequent, then by label.

    Args:
        columns: as in `count`.
        name: as in `count`.
        under: as in `count`.
        own: as in `count`.
        fold: as in `count`.
        selected: keys chosen in this facet; they stay listed even at 0.
        limit: further values wanted; 0 for all.
    """
    facet = columns.facet(name)
    seen = count(columns, name, under, own, fold=fold)
    room = columns.scratch.counts(name, facet)
    first = _selected(columns, name, selected, room.values) if selected else []
    unlisted = seen - sum(bucket.count > 0 for bucket in first)
    if 0 < limit <= _FEW:
        best_values, best_counts = np.empty(limit, np.uint32), np.empty(limit, np.uint32)
        shown = _lead(room.found, seen, room.values, best_values, best_counts)
        best_values, best_counts = best_values[:shown], best_counts[:shown]
    else:
        values, counts = np.empty(seen, np.uint32), np.empty(seen, np.uint32)
        _take(room.found, seen, room.values, values, counts)
        order = np.lexsort((values, -counts.astype(np.int64)))[: min(limit or seen, unlisted)]
        best_values, best_counts = values[order], counts[order]
    rest = [_bucket(facet, n, many) for n, many in zip(best_values.tolist(), best_counts.tolist(), strict=True)]
    return Facet(name, (*first, *rest), len(first) + unlisted)


def _selected(columns: Columns, name: str, selected: tuple[str, ...], counts: Array) -> list[Bucket]:
    """Return the buckets of the values that are selected, and clear their counts."""
    facet = columns.facet(name)
    first = []
    for key in dict.fromkeys(selected):
        number = facet.numbers.get(key)
        if number is None:
            first.append(_absent(columns, name, key))
        else:
            first.append(_bucket(facet, number, int(counts[number]), selected=True))
            counts[number] = 0
    first.sort(key=lambda bucket: (-bucket.count, bucket.label, bucket.key))
    return first


def _bucket(facet: FacetValues, number: int, count: int, *, selected: bool = False) -> Bucket:
    parent = facet.parents[number] if facet.parents else None
    return Bucket(facet.keys[number], facet.labels[number], count, selected, parent)


def _absent(columns: Columns, name: str, key: str) -> Bucket:
    """Return the bucket of a chosen value that no story has."""
    label = columns.label(name, key)
    return Bucket(key, label, 0, selected=True, parent=parent_of(key, label) if name in PLACES else None)


#: For pages that show every copy.
NO_FAMILIES = Families(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.uint32))

#: More values than this are put in order all at once.
_FEW = 50


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


@compiled(U32, INT, W32, W32, W32)
def _take(found: Array, seen: int, counts: Array, values: Array, many: Array) -> None:
    """Write the values found and their counts, and clear the counts."""
    for i in range(seen):
        value = found[i]
        values[i] = value
        many[i] = counts[value]
        counts[value] = 0


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
