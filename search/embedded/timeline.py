"""The timeline: stories over time in bars that stay readable, empty ones drawn.

No filters here. The one idea: each story's bar is worked out once a generation and granularity, so a timeline is one
`bincount` of the stories shown.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import numpy as np

from index.embedded import UNDATED
from search.embedded.columns import FIRST_BAR, NO_DATE, TOO_COARSE, Columns, day_of, first_day, ordinals
from search.embedded.sets import Docs
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
    last = int(columns.last_day.take(docs).max(initial=UNDATED))
    if last == UNDATED:
        return Timeline(wanted or "year", (), undated=docs.size)
    first = int(columns.day_or_late.take(docs).min())
    granularity = fitting_granularity(wanted, day_of(first), day_of(last))
    periods = columns.periods(granularity)
    begin, end = ordinals(granularity, np.array([first, last])).tolist()
    after = FIRST_BAR + end + 1 - periods.base
    held = periods.held[:after]
    counts = np.bincount(periods.codes.take(docs), minlength=after)
    starts, closes = bars_of(granularity, begin, end)
    low = FIRST_BAR + begin - periods.base
    many, most = counts[low : low + len(starts)].tolist(), held[low : low + len(starts)].tolist()
    # The last bars may be of dates so coarse that no story lies wholly in them.
    most += [0] * (len(starts) - len(most))
    buckets = tuple(map(Period, starts, closes, many, most))
    return Timeline(granularity, buckets, undated=int(counts[NO_DATE]), imprecise=int(counts[TOO_COARSE]))


@lru_cache(256)
def bars_of(granularity: Granularity, begin: int, end: int) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """Return the first and the last days of the bars `begin` to `end` (their ordinals), as far as the calendar goes."""
    starts = [first_day(granularity, ordinal) for ordinal in range(begin, end + 2)]
    closes = [day - timedelta(days=1) if day is not None else date.max for day in starts[1:]]
    known = tuple(start for start in starts[:-1] if start is not None)
    return known, tuple(closes[: len(known)])


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
