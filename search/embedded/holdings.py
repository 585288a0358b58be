"""What an archive holds of each source over time, copies and all: the table of its gaps.

No filters and no words. The one idea: a story's source and its bar are both numbers, so the whole table is one
`bincount` of their pairs, however many sources there are.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from index.embedded import UNDATED
from search.embedded.bars import FIRST_BAR, NO_DATE, TOO_COARSE, bars_of, days_of, ordinals
from search.embedded.columns import Columns
from search.embedded.sets import Array, Docs
from search.page import Holding, Period, Timeline
from search.request import Granularity


def holdings(columns: Columns, year: int | None, most: int) -> tuple[Holding, ...]:
    """Return the holdings as `search.archive.Archive.holdings` describes them."""
    granularity: Granularity = "month" if year else "year"
    docs = columns.docs
    if year:
        first, last = days_of(date(year, 1, 1)), days_of(date(year, 12, 31))
        docs = docs[(columns.day[docs] >= first) & (columns.last_day[docs] <= last) & (columns.day[docs] != UNDATED)]
        begin, end = ordinals(granularity, np.array([first, last])).tolist()
    else:
        dated = docs[columns.day[docs] != UNDATED]
        ends = np.array([columns.day[dated].min(), columns.last_day[dated].max()]) if dated.size else np.zeros(2, int)
        begin, end = ordinals(granularity, ends).tolist()
        end = end if dated.size else begin - 1
    starts, closes = bars_of(granularity, begin, end)
    counts = _table(columns, docs, granularity, begin, end)
    held = counts.sum(axis=0)
    coarser = columns.bars(granularity, begin, end, False)[3]
    facet = columns.facet("source")
    totals = counts.sum(axis=1)
    # Sources are numbered in the order of their labels; the last row is of stories without one.
    order = np.lexsort((np.arange(totals.size - 1), -totals[:-1]))
    named = [number for number in order.tolist()[:most] if totals[number]]
    rows = [(facet.keys[number], facet.labels[number], counts[number]) for number in named]
    rows.append(("", "", held - sum((row for _, _, row in rows), start=np.zeros_like(held))))
    return tuple(
        Holding(
            key,
            label,
            int(row.sum()),
            Timeline(
                granularity,
                tuple(map(Period, starts, closes, row[FIRST_BAR:].tolist(), held[FIRST_BAR:].tolist(), coarser)),
                undated=int(row[NO_DATE]),
                imprecise=int(row[TOO_COARSE]),
            ),
        )
        for key, label, row in rows
    )


def _table(columns: Columns, docs: Docs, granularity: Granularity, begin: int, end: int) -> Array:
    """Stories by source (the last row: none) and by bar: NO_DATE, TOO_COARSE, then the bars `begin` to `end`."""
    periods, facet = columns.periods(granularity), columns.facet("source")
    bars = FIRST_BAR + max(end - begin + 1, 0)
    codes = periods.codes[docs].astype(np.intp)
    codes = np.where(codes >= FIRST_BAR, codes + periods.base - begin, codes)
    # A story has one source or none.
    source = np.full(facet.offsets.size - 1, len(facet.keys), dtype=np.intp)
    some = np.diff(facet.offsets) > 0
    source[some] = facet.values[facet.offsets[:-1][some]]
    pairs = source[facet.codes[docs]] * bars + codes
    return np.bincount(pairs, minlength=(len(facet.keys) + 1) * bars).reshape(-1, bars)
