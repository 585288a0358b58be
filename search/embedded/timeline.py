"""The timeline: stories over time in bars that stay readable, empty ones drawn.

No filters here. The one idea: each story's month is worked out once a generation, so counting the months of the stories
shown tells most timelines: one spans the days asked for, and where an end is open the months found say how far it goes.
Other bars than months, and stories whose date is no more than a year, want another look at the stories.
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
    bars_of,
    day_of,
    days_of,
    first_of_month,
    ordinals,
)
from search.embedded.sets import Array, Docs
from search.page import Bars, Timeline
from search.request import Granularity

#: A timeline draws no more bars than this: eleven years of days, three centuries of months.
MOST_BARS = 4_000

#: Days of four whole months; what is found in so many may lie within two.
_FEW_MONTHS = 124


def timeline(
    columns: Columns, docs: Docs, wanted: Granularity | None, since: date | None = None, until: date | None = None
) -> Timeline:
    """Return the bars of `docs` (copies folded already, if they are to be).

    Args:
        columns: of the generation.
        docs: the stories that the page's total counts.
        wanted: how long a bar is; None to choose.
        since: first day asked for, where the bars begin; None: with the first that is found.
        until: last day asked for, where they end; None: with the last that is found.
    """
    months = columns.periods("month")
    counts = _counted(months, docs)
    ends = _ends(columns, docs, counts, wanted, since, until)
    if ends is None:
        return Timeline(wanted or "year", (), undated=docs.size)
    first, last = ends
    granularity = fitting_granularity(wanted, day_of(first), day_of(last))
    periods = months
    if granularity != "month":
        periods = columns.periods(granularity)
        counts = _counted(periods, docs)
    begin, end = ordinals(granularity, np.array([first, last])).tolist()
    starts, closes = bars_of(granularity, begin, end)
    low = FIRST_BAR + begin - periods.base
    bars = Bars(starts, closes, _drawn(counts, low, len(starts)), _drawn(periods.held, low, len(starts)))
    return Timeline(granularity, bars, undated=int(counts[NO_DATE]), imprecise=int(counts[TOO_COARSE]))


def _ends(
    columns: Columns, docs: Docs, counts: Array, wanted: Granularity | None, since: date | None, until: date | None
) -> tuple[int, int] | None:
    """Return a first and a last day of the right bars; None where there is nothing to draw."""
    asked = None if since is None else days_of(since), None if until is None else days_of(until)
    filled = np.flatnonzero(counts[FIRST_BAR:])
    if None in asked and (filled.size or counts[TOO_COARSE]):
        if not counts[TOO_COARSE]:
            base = columns.periods("month").base
            low, high = base + int(filled[0]), base + int(filled[-1])
            first, last = _or(asked, (first_of_month(low), first_of_month(high + 1) - 1))
            granularity = fitting_granularity(wanted, day_of(first), day_of(last))
            # Whether days are to be drawn, and which, may hang on where in its month a story is.
            if granularity != "day" and not (wanted is None and granularity == "month" and last - first <= _FEW_MONTHS):
                return first, last
        return _or(asked, _extent(docs, columns.day, columns.last_day))
    if asked[0] is None or asked[1] is None or asked[0] > asked[1]:
        return None
    return asked[0], asked[1]


def _or(asked: tuple[int | None, int | None], found: tuple[int, int]) -> tuple[int, int]:
    return found[0] if asked[0] is None else asked[0], found[1] if asked[1] is None else asked[1]


def _drawn(counts: Array, low: int, bars: int) -> list[int]:
    """Return `bars` of the counts from `low` on; 0 where no story of the archive lies wholly."""
    inside: list[int] = counts[max(low, FIRST_BAR) : max(low + bars, FIRST_BAR)].tolist()
    before = min(max(FIRST_BAR - low, 0), bars)
    return [0] * before + inside + [0] * (bars - before - len(inside))


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
