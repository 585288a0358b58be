"""The bars of a timeline as the plain judge (`reference`) draws them: how long one is, where each begins and ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from search.request import Granularity

MOST_BARS = 4_000


def fitting_granularity(wanted: Granularity | None, first: date, last: date) -> Granularity:
    """What is wanted, but no more than four thousand bars."""
    granularity = wanted or choose_granularity(first, last)
    if granularity == "day" and (last - first).days >= MOST_BARS:
        granularity = "month"
    if granularity == "month" and (last.year - first.year) * 12 + last.month - first.month >= MOST_BARS:
        granularity = "year"
    return granularity


def choose_granularity(first: date, last: date) -> Granularity:
    """Days up to two months, months up to five years, years up to sixty, else decades."""
    if (last - first).days < 62:
        return "day"
    if (last.year - first.year) * 12 + last.month - first.month < 60:
        return "month"
    return "year" if last.year - first.year < 60 else "decade"


def bars_of(granularity: Granularity, first: date, last: date) -> Iterator[tuple[date, date]]:
    start = bar_start(granularity, first)
    while start <= last:
        after = bar_after(granularity, start)
        yield start, (after - timedelta(days=1) if after else date.max)
        if after is None:
            return
        start = after


def bar_start(granularity: Granularity, day: date) -> date:
    if granularity == "day":
        return day
    if granularity == "month":
        return day.replace(day=1)
    year = day.year if granularity == "year" else max(1, day.year // 10 * 10)
    return date(year, 1, 1)


def bar_after(granularity: Granularity, start: date) -> date | None:
    try:
        if granularity == "day":
            return start + timedelta(days=1)
        if granularity == "month":
            return date(start.year + start.month // 12, start.month % 12 + 1, 1)
        return date(start.year + 1 if granularity == "year" else start.year // 10 * 10 + 10, 1, 1)
    except (ValueError, OverflowError):
        return None
