"""The timeline: stories over time in bars that stay readable, empty ones drawn.

No filters here. The one idea: a page has counted the months of its stories already (`cards`), and that tells most
timelines: one spans the days asked for, and where an end is open the months found say how far it goes; years and
decades are sums. Only days, and stories whose date is no more than a year, want another look at the stories.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import numpy as np

from index.compiled import I32, I64, INT, U32, W64, compiled
from index.embedded import UNDATED
from search.embedded.bars import FIRST_BAR, TOO_COARSE, day_of, days_of, drawn, first_of_month, ordinal_of
from search.embedded.columns import Columns
from search.embedded.sets import Array, Docs
from search.page import Bars, Timeline
from search.request import Granularity

#: A timeline draws no more bars than this: eleven years of days, three centuries of months.
MOST_BARS = 4_000

#: Days of four whole months; what is found in so many may lie within two.
_FEW_MONTHS = 124


class Filled(NamedTuple):
    """How many stories have each month.

    Attributes:
        months: by code of `columns.periods("month")`, i8.
        undated: those without a date.
        coarse: those whose date is longer than a month.
        low, high: the first and the last code with any, -1 where none has.
    """

    months: Array
    undated: int
    coarse: int
    low: int
    high: int


def timeline(
    columns: Columns,
    docs: Docs,
    filled: Filled,
    wanted: Granularity | None,
    since: date | None = None,
    until: date | None = None,
    *,
    fold: bool,
    sources: tuple[str, ...] | None = None,
) -> Timeline:
    """Return the bars of `docs` (copies folded already, if they are to be).

    Args:
        columns: of the generation.
        docs: the stories that the page's total counts.
        filled: the months of them.
        wanted: how long a bar is; None to choose.
        since: first day asked for, where the bars begin; None: with the first that is found.
        until: last day asked for, where they end; None: with the last that is found.
        fold: whether a family of copies is held once in a bar, as it is counted once.
        sources: those asked for, of which alone a bar tells what is held; None for all.
    """
    months = filled.months
    span = _months(columns, filled, since, until) if wanted == "month" else None
    if span is not None:
        begin, end = span
        granularity: Granularity = "month"
    else:
        ends = _ends(columns, docs, filled, wanted, since, until)
        if ends is None:
            return Timeline(wanted or "year", (), undated=docs.size, held_of=sources)
        first, last = ends
        granularity = fitting_granularity(wanted, day_of(first), day_of(last))
        begin, end = ordinal_of(granularity, first), ordinal_of(granularity, last)
    starts, closes, held, coarser = columns.bars(granularity, begin, end, fold, sources)
    periods = columns.periods(granularity)
    low = FIRST_BAR + begin - periods.base
    if granularity == "month":
        counts, imprecise = months.tolist(), filled.coarse
    elif granularity == "day" or filled.coarse:
        counted = np.zeros(periods.size, np.int64)
        _count(docs, periods.codes, counted)
        counts, imprecise = counted.tolist(), int(counted[TOO_COARSE])
    else:
        counted = np.zeros(periods.size, np.int64)
        _sum_up(months, columns.periods("month").base, 1 if granularity == "year" else 10, periods.base, counted)
        counts, imprecise = counted.tolist(), 0
    bars = Bars(starts, closes, drawn(counts, low, len(starts)), held, coarser)
    return Timeline(granularity, bars, filled.undated, imprecise, sources)


def months_between(columns: Columns, low: int, counts: list[int], undated: int, *, fold: bool) -> Timeline:
    """Return the timeline of stories in months that are all told, from the code `low` on."""
    begin = columns.periods("month").base - FIRST_BAR + low
    starts, closes, held, coarser = columns.bars("month", begin, begin + len(counts) - 1, fold)
    return Timeline("month", Bars(starts, closes, counts, held, coarser), undated=undated)


def _months(columns: Columns, filled: Filled, since: date | None, until: date | None) -> tuple[int, int] | None:
    """Return the ordinals of the first and last month to draw, where months suffice to tell and are not too many."""
    if filled.coarse or filled.low < 0:
        return None
    base = columns.periods("month").base - FIRST_BAR
    begin = base + filled.low if since is None else ordinal_of("month", days_of(since))
    end = base + filled.high if until is None else ordinal_of("month", days_of(until))
    return (begin, end) if 0 <= end - begin < MOST_BARS else None


def _ends(
    columns: Columns, docs: Docs, filled: Filled, wanted: Granularity | None, since: date | None, until: date | None
) -> tuple[int, int] | None:
    """Return a first and a last day of the right bars; None where there is nothing to draw."""
    asked = None if since is None else days_of(since), None if until is None else days_of(until)
    if asked[0] is not None and asked[1] is not None:
        return (asked[0], asked[1]) if asked[0] <= asked[1] else None
    if not filled.coarse:
        if filled.low < 0:
            return None
        base = columns.periods("month").base - FIRST_BAR
        first, last = _or(asked, (first_of_month(base + filled.low), first_of_month(base + filled.high + 1) - 1))
        granularity = fitting_granularity(wanted, day_of(first), day_of(last))
        # Whether days are to be drawn, and which, may hang on where in its month a story is.
        if granularity != "day" and not (wanted is None and granularity == "month" and last - first <= _FEW_MONTHS):
            return first, last
    return _or(asked, _extent(docs, columns.day, columns.last_day))


def _or(asked: tuple[int | None, int | None], found: tuple[int, int]) -> tuple[int, int]:
    return found[0] if asked[0] is None else asked[0], found[1] if asked[1] is None else asked[1]


@compiled(I64, INT, INT, INT, W64)
def _sum_up(months: Array, base: int, years: int, begin: int, out: Array) -> None:
    """Add counts of months, from `base` on, to those of bars of so many years, from `begin` on; both by code."""
    for code in range(FIRST_BAR, months.size):
        if months[code]:
            year = (base + code - FIRST_BAR) // 12
            bar = year if years == 1 else (year + 1970) // years
            out[FIRST_BAR + bar - begin] += months[code]


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
