"""The bars of a timeline as numbers: which bar a day lies in, when a bar begins and ends.

No stories and no counts of them. The one idea: the bars of one granularity count on without gaps (a bar's *ordinal*),
so a span of time is two numbers and where a count belongs is a subtraction.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from search.embedded.sets import Array
from search.request import Granularity

#: Codes of a period column (`columns.Periods`) that are no bar, and that of the first bar.
NO_DATE, TOO_COARSE, FIRST_BAR = 0, 1, 2

_EPOCH = date(1970, 1, 1)
_FIRST_DAY, _LAST_DAY = (date.min - _EPOCH).days, (date.max - _EPOCH).days

#: Further than the calendar reaches, in months.
_NEVER = 1 << 20


def ordinals(granularity: Granularity, days: Array) -> npt.NDArray[np.int64]:
    """Return the number of the bar that each day lies in: bars of one granularity count on without gaps."""
    if granularity == "day":
        return days.astype(np.int64)
    unit = "M" if granularity == "month" else "Y"
    bars: npt.NDArray[np.int64] = days.astype("datetime64[D]").astype(f"datetime64[{unit}]").astype(np.int64)
    return np.floor_divide(bars + 1970, 10) if granularity == "decade" else bars


def ordinal_of(granularity: Granularity, days: int) -> int:
    """Return the number of the bar that a day lies in, as `ordinals` does."""
    day = day_of(days)
    match granularity:
        case "day":
            return days
        case "month":
            return (day.year - 1970) * 12 + day.month - 1
        case "year":
            return day.year - 1970
        case "decade":
            return day.year // 10


def month_of(days: int) -> int:
    """Return the ordinal of a day's month; far ones where the calendar does not reach."""
    if not _FIRST_DAY <= days <= _LAST_DAY:
        return _NEVER if days > 0 else -_NEVER
    return ordinal_of("month", days)


def _first_days(granularity: Granularity, bars: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the first day of each bar, days since 1970-01-01; the first decade begins with the calendar."""
    match granularity:
        case "day":
            return bars
        case "month":
            firsts = bars.astype("datetime64[M]")
        case "year":
            firsts = bars.astype("datetime64[Y]")
        case "decade":
            firsts = np.maximum(10 * bars - 1970, date.min.year - 1970).astype("datetime64[Y]")
    days: npt.NDArray[np.int64] = firsts.astype("datetime64[D]").astype(np.int64)
    return days


def drawn(counts: list[int], low: int, bars: int) -> list[int]:
    """Return `bars` of the counts from `low` on; 0 where no story of the archive lies wholly."""
    if low >= FIRST_BAR and low + bars <= len(counts):
        return counts[low : low + bars]
    inside = counts[max(low, FIRST_BAR) : max(low + bars, FIRST_BAR)]
    before = min(max(FIRST_BAR - low, 0), bars)
    return [0] * before + inside + [0] * (bars - before - len(inside))


def bars_of(granularity: Granularity, begin: int, end: int) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """Return the first and the last days of the bars `begin` to `end` (their ordinals), as far as the calendar goes."""
    days = _first_days(granularity, np.arange(begin, end + 2))
    known = np.searchsorted(days[:-1], _LAST_DAY, side="right")
    closes = np.minimum(days[1:] - 1, _LAST_DAY)
    return _dates(days[:known]), _dates(closes[:known])


def first_of_month(ordinal: int) -> int:
    """Return the first day of a month, days since 1970-01-01; the day after the last where the calendar has ended."""
    return min(int(_first_days("month", np.array([ordinal]))[0]), _LAST_DAY + 1)


def _dates(days: npt.NDArray[np.int64]) -> tuple[date, ...]:
    return tuple(days.astype("datetime64[D]").tolist())


def day_of(days: int) -> date:
    """Return the date of days since 1970-01-01."""
    return _EPOCH + timedelta(days=days)


def days_of(day: date) -> int:
    """Return the days from 1970-01-01 to a date."""
    return (day - _EPOCH).days
