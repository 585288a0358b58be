"""What a page's loops work on: the stories of a generation, the room of a thread, the leaves of a query, bundled.

No loop here. The one idea: what a page needs changes seldom (with the generation, the thread, the query), so it is
bundled when it changes (`index.compiled.Bundle`), and a page hands its loops three arrays instead of forty.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

#: Looking one number up costs about as much as passing over this many.
LOOKING_UP = 24

#: Stories that are scored first, to learn how much it takes to reach the page.
FIRST_LOOK = 64

#: Sums of which only the highest bound is looked at first.
BLOCK = 64

#: Stories whose places of one term are read before those of another.
TOGETHER = 128

#: The arrays of a generation's stories (`Columns.bundle`): cards; size classes, u1; order of arrival, i8; words by
#: field, u4; their averages, f8; of families of copies (`Families`) the place of each story, the stories in that order
#: and the number of the family of each, u4; first stories of the segments, i8; `limits`.
CARDS, SIZES, ARRIVAL, LENGTHS, AVERAGES, PLACE, COPIES, FAMILY, BASES, LIMITS = range(10)

#: The arrays of a thread (`Scratch.bundle`), as long as the archive where nothing else is said. Stories matched, with
#: sums and cards; stories shown, with sums; bytes, 0 and so left; codes of the stories matched; sums of a window, 0 and
#: so left.
DOCS, SUMS, OWN_CARDS, SHOWN_DOCS, SHOWN_SUMS, CELLS, CODES, WINDOW = range(8)

#: Two times stories chosen and their sums; stories by code of the month, i8; of the combinations of cities the counts,
#: 0 and so left, those that occur, how many stories have each; places of copies that count for cities, and of those
#: that are shown; by family the first place among these, 0 and so left.
CHOSEN, CHOSEN_SUMS, MORE, MORE_SUMS, MONTHS, COUNTS, TOUCHED, TALLIES, MEMBERS, SHOWN, LEADS = range(8, 19)

#: What `finishing.page` leaves: the stories that lead, and what they earn, f8; the numbers of the page, i8.
LEADING, EARNED, TOLD = range(19, 22)

#: More stories or values than these are put in order all at once; more facets are counted one by one.
MOST_LEADING, MOST_VALUES, MOST_FACETS = 200, 50, 8

#: The arrays that a thread counts a facet in (`Counts.bundle`): combinations of the stories, i4; offsets and values of
#: the combinations, i4; counts of combinations, 0 and so left, those that occur, how many stories have each; counts of
#: values, 0 and so left, those that occur, the family that was counted last for each, 0 and so left.
OF_STORIES, OFFSETS, VALUES, TIMES, COMBINATIONS, COMBINED, VALUE_COUNTS, FOUND, LAST = range(9)

#: Numbers of a facet among several (`Scratch.facets`): whether it shares the combinations of cities, then its bundle's.
FACET_NUMBERS = 19

#: The arrays of a query (`Earning.bundle`): numbers of the leaves, those in the fewest stories first, i8; weights, f8;
#: what nearness can earn by set of leaves, u4; the pairs that earn by nearness, two numbers each, i8, and what each can
#: earn, f8. Then follow `LEAF_ARRAYS` for each leaf, from `LEAF` on.
ORDER, WEIGHTS, BY_LEAVES, PAIRS, NEAREST, LEAF = range(6)

#: Of a leaf: stories, u4; codes, u1; bounds by size and code, u4; codes by story of the archive, u1, of size 0 where
#: that is not known; stories with escaped frequencies, u4, and these frequencies, u4 in rows.
LISTED, LISTED_CODES, BOUNDS, BY_STORY, ESCAPED_DOCS, ESCAPED_ROWS, LEAF_ARRAYS = range(7)

#: How places are read (`Earning.readers`): by segment, and in it by leaf, the arrays of a `Reader`.
READER_ARRAYS = 7


def limits() -> npt.NDArray[np.int64]:
    """Return the four numbers by which loops choose their way, in the order in which they stand above."""
    return np.array([LOOKING_UP, FIRST_LOOK, BLOCK, TOGETHER], np.int64)
