"""The values of a facet over all stories of a generation, and the three levels of the facet of places.

No choosing and no counting of stories. The one idea: a story holds the number of its combination of values; what a
combination holds can be told for cities, for their regions or for their countries, and so a story in two cities of one
state counts once for the state without anybody looking at stories again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from index.embedded import FacetColumn
from search.embedded.sets import Array, Mask
from search.request import level

#: The facets whose values are places; "mentions" has every city named at all.
PLACES = ("country", "region", "city", "mentions")

#: The three levels of place: facets that share combinations.
LEVELS = ("country", "region", "city")


@dataclass(frozen=True, slots=True)
class FacetValues:
    """The values of one facet over all stories; values are numbered in the order of their labels.

    Attributes:
        codes: the combination of values of each story, i4.
        offsets, values: the values of combination c are `values[offsets[c]:offsets[c + 1]]`; i4.
        keys, labels: by value.
        numbers: the value of each key.
        combinations: the combination that each of `values` stands in.
        parents: of places, the key of what each value lies in, None where that is not known; else empty.
        within: of cities, the values that lie in each region and country, by its key.
    """

    codes: Array
    offsets: Array
    values: Array
    keys: tuple[str, ...]
    labels: tuple[str, ...]
    numbers: dict[str, int]
    combinations: Array
    parents: tuple[str | None, ...] = ()
    within: Mapping[str, Array] = field(default_factory=dict)

    def combinations_with(self, keys: tuple[str, ...]) -> Mask:
        """Say for each combination whether it holds one of `keys`, or a value that lies in one of them."""
        wanted = np.zeros(len(self.keys), dtype=np.bool_)
        wanted[[self.numbers[key] for key in keys if key in self.numbers]] = True
        for key in keys:
            if key in self.within:
                wanted[self.within[key]] = True
        return self._combinations(wanted)

    def combinations_where(self, good: Callable[[str], bool]) -> Mask:
        """Say for each combination whether it holds a key of which `good` is true."""
        return self._combinations(np.fromiter(map(good, self.keys), dtype=np.bool_, count=len(self.keys)))

    def _combinations(self, wanted: Mask) -> Mask:
        before = np.concatenate(([0], np.cumsum(wanted[self.values])))
        return np.asarray(before[self.offsets[1:]] > before[self.offsets[:-1]])


def joined(columns: list[FacetColumn]) -> FacetValues:
    """Return the values of a facet over segments laid end to end."""
    labels: dict[str, str] = {}
    for column in columns:
        labels.update(zip(column.keys, column.labels, strict=True))
    keys = sorted(labels, key=lambda key: (labels[key], key))
    numbers = {key: number for number, key in enumerate(keys)}
    codes, lengths, values, combinations = [], [], [], 0
    for column in columns:
        codes.append(column.codes if not combinations else column.codes.astype(np.int64) + combinations)
        lengths.append(np.diff(column.offsets))
        renumbered = np.fromiter((numbers[key] for key in column.keys), dtype=np.intp, count=len(column.keys))
        values.append(renumbered[column.values])
        combinations += len(column.offsets) - 1
    sizes = np.concatenate([np.empty(0, dtype=np.intp), *lengths])
    return FacetValues(
        codes=codes[0] if len(codes) == 1 else np.concatenate([np.empty(0, np.int32), *codes]).astype(np.int32),
        offsets=np.concatenate(([0], np.cumsum(sizes))).astype(np.int32),
        values=np.concatenate([np.empty(0, dtype=np.intp), *values]).astype(np.int32),
        keys=tuple(keys),
        labels=tuple(labels[key] for key in keys),
        numbers=numbers,
        combinations=np.repeat(np.arange(sizes.size), sizes),
    )


def located(cities: FacetValues) -> FacetValues:
    """Return a facet of cities with what each lies in."""
    from index.enrich.cities import lies_in  # opens the gazetteer, which commands that only help do without

    inside = [lies_in(key, label) for key, label in zip(cities.keys, cities.labels, strict=True)]
    within: dict[str, list[int]] = {}
    for number, keys in enumerate(inside):
        for key in keys:
            if key is not None:
                within.setdefault(key, []).append(number)
    return replace(
        cities,
        parents=tuple(region or country for region, country in inside),
        within={key: np.array(numbers, dtype=np.intp) for key, numbers in within.items()},
    )


def rolled_up(cities: FacetValues, wanted: str) -> FacetValues:
    """Return the places of a level ("region" or "country") that `cities` (located) lie in, as a facet.

    It has the same combinations, each with each of its places once.
    """
    labels = {key: label_of(key) for key in cities.within if level(key) == wanted}
    keys = sorted(labels, key=lambda key: (labels[key], key))
    above = np.full(len(cities.keys), -1, dtype=np.intp)
    for number, key in enumerate(keys):
        above[cities.within[key]] = number
    values = above[cities.values]
    known = values >= 0
    pairs = np.unique(cities.combinations[known] * len(keys) + values[known])
    combinations, values = np.divmod(pairs, max(len(keys), 1))
    sizes = np.bincount(combinations, minlength=cities.offsets.size - 1)
    return FacetValues(
        codes=cities.codes,
        offsets=np.concatenate(([0], np.cumsum(sizes))).astype(np.int32),
        values=values.astype(np.int32),
        keys=tuple(keys),
        labels=tuple(labels[key] for key in keys),
        numbers={key: number for number, key in enumerate(keys)},
        combinations=combinations,
        parents=tuple(parent_of(key, labels[key]) for key in keys),
    )


def label_of(key: str) -> str:
    """Return what readers call a region or country; its key where the gazetteer lacks it."""
    from index.enrich.cities import division

    found = division(key)
    return found.label if found is not None else key


def parent_of(key: str, label: str) -> str | None:
    """Return the key of what a place lies in: of a city its region, else its country; of a region its country."""
    from index.enrich.cities import division, lies_in

    if level(key) == "city":
        region, country = lies_in(key, label)
        return region or country
    found = division(key)
    return found.parent if found is not None else None
