"""The timeline: stories over time in bars that stay readable, empty ones drawn.

No filters here. The one idea: each story's bar is worked out once a generation and granularity, so a timeline is one
`bincount` of the stories shown.
"""

from __future__ import annotations

from datetime import date, timedelta

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
    first_days, last_days = columns.day[docs], columns.last_day[docs]
    last = int(last_days.max(initial=UNDATED))
    if last == UNDATED:
        return Timeline(wanted or "year", (), undated=docs.size)
    first = int(first_days.min(where=first_days != UNDATED, initial=np.iinfo(np.int32).max))
    granularity = fitting_granularity(wanted, day_of(first), day_of(last))
    periods = columns.periods(granularity)
    begin, end = ordinals(granularity, np.array([first, last])).tolist()
    codes = FIRST_BAR + np.array((begin, end + 1)) - periods.base
    counts = np.bincount(periods.codes[docs], minlength=int(codes[1]))
    held = np.zeros(max(int(codes[1]), periods.held.size), dtype=np.intp)
    held[: periods.held.size] = periods.held
    bars = []
    for ordinal, code in zip(range(begin, end + 1), range(*codes.tolist()), strict=True):
        start, after = first_day(granularity, ordinal), first_day(granularity, ordinal + 1)
        if start is not None:
            close = after - timedelta(days=1) if after is not None else date.max
            bars.append(Period(start, close, int(counts[code]), int(held[code])))
    return Timeline(granularity, tuple(bars), undated=int(counts[NO_DATE]), imprecise=int(counts[TOO_COARSE]))


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
