"""What one thread works on while it answers: arrays as long as the archive, made once and used for page after page.

No stories and no queries here. The one idea: a page that had to ask for its memory would wait for it longer than for
its answer; what it writes to is at hand, and what must be zeros is left as zeros.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from index.compiled import Bundle
from search.embedded.cards import Room
from search.embedded.desk import MOST_FACETS, MOST_LEADING, MOST_VALUES
from search.embedded.families import Families
from search.embedded.sets import Array
from search.embedded.values import LEVELS, FacetValues

#: Stories whose sums the core's own cache holds.
WINDOW = 1 << 15

#: Choices of facets of which a thread keeps what counts them.
_FACETS_KEPT = 64


class Scratch:
    """Arrays for one thread to work on.

    Args:
        stories: of the generation.
        families: its families of copies.
        cities: the values of its facet of cities.
        months: codes of months that its stories have.

    Attributes:
        cells: zeros, u1[stories]; whoever writes to them leaves them as zeros.
        room: for what a page has matched.
        shown, shown_sums: for what of it the page shows, u4[stories + 1].
        misses: u1[stories].
        chosen: two times u4[stories + 1].
        months: stories by code of the month, i8.
        members: places in the order of families of copies that a page counts, u4[copies].
        leading, earned, told: what `finishing.page` leaves, as `desk` says.
        bundle: all that compiled loops need of it, as `desk` says.
    """

    def __init__(self, stories: int, families: Families, cities: FacetValues, months: int) -> None:
        self.cells = np.zeros(stories, np.uint8)
        self.room = Room(stories)
        self.shown, self.shown_sums, more, more_sums = (np.empty(stories + 1, np.uint32) for _ in range(4))
        self.misses = np.empty(stories, np.uint8)
        self.chosen = np.empty(stories + 1, np.uint32), np.empty(stories + 1, np.uint32)
        self.months = np.zeros(months, np.int64)
        self.members, shown = (np.empty(families.docs.size, np.uint32) for _ in range(2))
        self.leading, self.earned = np.empty(MOST_LEADING, np.uint32), np.empty(MOST_LEADING)
        self.told = np.empty(MOST_FACETS * (2 * MOST_VALUES + 2) + self.months.size, np.int64)
        self._facets: dict[tuple[str, ...], Array] = {}
        self._counts: dict[str, Counts] = {}
        counts = self.counts("city", cities)
        self.bundle = Bundle(
            self.room.docs,
            self.room.sums,
            self.room.cards,
            self.shown,
            self.shown_sums,
            self.cells,
            np.empty(stories + 1, np.uint8),
            np.zeros(WINDOW, np.uint32),
            *self.chosen,
            more,
            more_sums,
            self.months,
            counts.combinations,
            counts.touched,
            counts.tallies,
            self.members,
            shown,
            np.zeros(int(families.number.max(initial=0)) + 1, np.uint32),
            self.leading,
            self.earned,
            self.told,
        )

    def counts(self, name: str, facet: FacetValues) -> Counts:
        """Return what to count a facet in."""
        found = self._counts.get(name)
        if found is None:
            found = self._counts[name] = Counts(facet)
        return found

    def facets(self, names: tuple[str, ...], values: Callable[[str], FacetValues]) -> Array:
        """Return what compiled loops need to count several facets, one after the other, as `desk` says."""
        found = self._facets.get(names)
        if found is None:
            if len(self._facets) >= _FACETS_KEPT:
                self._facets = {}
            numbers: list[int] = []
            for name in names:
                numbers += [name in LEVELS, *self.counts(name, values(name)).bundle.numbers.tolist()]
            found = self._facets[names] = np.array(numbers, np.int64)
        return found


class Counts:
    """Zeros to count one facet in, for one thread; whoever counts in them leaves them as zeros.

    Attributes:
        combinations, values: counts, u4.
        touched, found: room for the combinations and the values that occur, u4.
        tallies: room for the counts of the combinations that occur, u4.
        bundle: these and what of the facet compiled loops need, as `desk` says.
    """

    def __init__(self, facet: FacetValues) -> None:
        combinations, values = len(facet.offsets) - 1, len(facet.keys)
        self.combinations, self.touched = np.zeros(combinations, np.uint32), np.empty(combinations + 1, np.uint32)
        self.tallies = np.empty(combinations, np.uint32)
        self.values, self.found = np.zeros(values, np.uint32), np.empty(values, np.uint32)
        last = np.zeros(values, np.uint32)
        counted = self.combinations, self.touched, self.tallies, self.values, self.found, last
        self.bundle = Bundle(facet.codes, facet.offsets, facet.values, *counted)
