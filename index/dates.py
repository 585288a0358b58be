"""What a story's `published` covers, first day, last day and second; and whose 1/2/2018 is in January.

Not a parser of dates as people write them (`index.enrich.datetext`, `search.query.dates`) and not the decision which of
several dates is the story's (`index.enrich.dates`). The one idea: a date is a period as long as what is known, a year,
a month or a day; the same figures mean the same day in a story and in a search.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime
from typing import Literal, NamedTuple

Precision = Literal["year", "month", "day", "time"]

#: Locales that write the month before the day; "" is for no locale at all.
_MONTH_FIRST = ("en-us", "en-ph", "")

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](.+))?)?)?", re.ASCII)


class Period(NamedTuple):
    """The days a date may mean.

    Attributes:
        first: first day.
        last: last day; the same day unless only the month or the year is known.
        second: of the day, as written (0 to 86,399); 0 where the time is not known.
        precision: what is known.
    """

    first: date
    last: date
    second: int
    precision: Precision


def period(published: str | None) -> Period | None:
    """Return the period that `published` (the form of `Article.published`) covers; None for an undated story.

    The day is the day as written: the paper's own, whatever its offset from UTC.

    Raises:
        ValueError: where the text is none of `YYYY`, `YYYY-MM`, `YYYY-MM-DD` and an ISO 8601 date-time.

    >>> period("1987-04")
    Period(first=datetime.date(1987, 4, 1), last=datetime.date(1987, 4, 30), second=0, precision='month')
    """
    if not published:
        return None
    shape = _SHAPE.fullmatch(published)
    if shape is None:
        raise ValueError(f"{published!r} is no date: write 2018, 2018-01, 2018-01-24 or 2018-01-24T17:30:00-05:00")
    year, month, day, clock = shape.groups()
    if month is None:
        return Period(date(int(year), 1, 1), date(int(year), 12, 31), 0, "year")
    if day is None:
        last = calendar.monthrange(int(year), int(month))[1] if 1 <= int(month) <= 12 else 0
        return Period(date(int(year), int(month), 1), date(int(year), int(month), last), 0, "month")
    if clock is None:
        whole = date(int(year), int(month), int(day))
        return Period(whole, whole, 0, "day")
    moment = datetime.fromisoformat(published)
    return Period(moment.date(), moment.date(), moment.hour * 3600 + moment.minute * 60 + moment.second, "time")


def month_first(locale: str, mark: str) -> bool:
    """Say whether the month stands before the day in a date of figures alone.

    Args:
        locale: BCP 47 tag, in capitals or small letters, with hyphens or underscores.
        mark: what stands between the figures; with full stops the day is first everywhere.

    >>> month_first("en-US", "/"), month_first("en-US", "."), month_first("en-CA", "/")
    (True, False, False)
    """
    return mark != "." and locale.replace("_", "-").casefold() in _MONTH_FIRST
