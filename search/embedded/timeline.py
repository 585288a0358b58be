"""The timeline: stories over time in bars that stay readable, empty ones drawn.

No filters here. The one idea: each story's month is worked out once a generation, so counting the months of the stories
shown tells most timelines whole: their first and last bar, and years and decades as sums. Only days, and stories whose
date is no more than a year, want another look at the stories.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from index.compiled import I32, U32, W64, compiled
from index.embedded import UNDATED
from search.embedded.columns import (
    FIRST_BAR,
    NO_DATE,
    TOO_COARSE,
    Columns,
    Periods,
    day_of,
    first_of_month,
    ordinals,
)
from search.embedded.sets import Array, Docs
from search.page import Period, Timeline
from search.request import Granularity

#: A timeline draws no more bars than this: eleven years of days, three centuries of months.
MOST_BARS = 4_000


def timeline(columns: Columns, docs: Docs, wanted: Granularity | None) -> Timeline:
    """Return the bars of `docs` (copies folded already, if they are to be), from the first to the last of them.

    Args:
        columns: of the generation.
        docs: the stories that the page's total counts.
        wanted: how long a bar is; None to choose.
    """
    months = columns.periods("month")
    counts = _counted(months, docs)
    filled = np.flatnonzero(counts[FIRST_BAR:])
    if counts[TOO_COARSE]:
        first, last = _extent(docs, columns.day, columns.last_day)
        granularity = fitting_granularity(wanted, day_of(first), day_of(last))
    elif not filled.size:
        return Timeline(wanted or "year", (), undated=docs.size)
    else:
        bounds = months.base + int(filled[0]), months.base + int(filled[-1])
        first, last = first_of_month(bounds[0]), first_of_month(bounds[1] + 1) - 1
        granularity = fitting_granularity(wanted, day_of(first), day_of(last))
        if granularity == "day" or (wanted is None and granularity == "month" and bounds[1] - bounds[0] <= 3):
            first, last = _extent(docs, columns.day, columns.last_day)
            granularity = fitting_granularity(wanted, day_of(first), day_of(last))
    if granularity == "month":
        periods = months
    else:
        periods = columns.periods(granularity)
        counts = _counted(periods, docs)
    begin, end = ordinals(granularity, np.array([first, last])).tolist()
    low = FIRST_BAR + begin - periods.base
    bars = columns.bars(granularity, begin, end)
    many = counts[low : low + len(bars.starts)].tolist()
    # The last bars may be of dates so coarse that no story lies wholly in them.
    many += [0] * (len(bars.starts) - len(many))
    buckets = tuple(map(Period._make, zip(bars.starts, bars.closes, many, bars.held, strict=True)))
    return Timeline(granularity, buckets, undated=int(counts[NO_DATE]), imprecise=int(counts[TOO_COARSE]))


def _counted(periods: Periods, docs: Docs) -> Array:
    counts = np.zeros(periods.held.size, np.int64)
    _count(docs, periods.codes, counts)
    return counts


@compiled(U32, I32, W64)
def _count(docs: Array, codes: Array, counts: Array) -> None:
    for i in range(docs.size):
        counts[codes[docs[i]]] += 1


@compiled(U32, I32, I32)
def _extent(docs: Array, first: Array, last: Array) -> tuple[int, int]:
    """Return the first and the last day of dated stories, at least one of which there must be."""
    low: Any = 2**31
    high: Any = UNDATED
    for i in range(docs.size):
        doc = docs[i]
        if first[doc] != UNDATED:
            low = min(low, np.int64(first[doc]))
            high = max(high, np.int64(last[doc]))
    return low, high


def fitting_granularity(wanted: Granularity | None, first: date, last: date) -> Granularity:
    """Return what is wanted, made coarser where it would draw more than MOST_BARS."""
    granularity = wanted or choose_granularity(first, last)
    if granularity == "day" and (last - first).days >= MOST_BARS:
        granularity = "month"
    if granularity == "month" and (last.year - first.year) * 12 + last.month - first.month >= MOST_BARS:
        granularity = "year"
    return granularity


def choose_granularity(first: date, last: date) -> Granularity:
    """Return how long a bar is: days up to two months, months up to five years, years up to sixty, else decades."""
    if (last - first).days < 62:
        return "day"
    if (last.year - first.year) * 12 + last.month - first.month < 60:
        return "month"
    return "year" if last.year - first.year < 60 else "decade"
