"""Dates as a reader types them for `--since`, `--until` and the date boxes: the first or the last day of them.

The reading is the query language's (`search.query.dates`); here it becomes one day. The one idea: what is left out
widens, so `--until 1987-04` means through 30 April.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from index.dates import period


class NotADate(ValueError):  # noqa: N818  # reads as what happened
    """A text is no date; the message says so, and `reason` why where that can be told, else ""."""

    def __init__(self, text: str, reason: str) -> None:
        if reason:
            super().__init__(f"{text!r} was not understood as a date: {reason}")
        else:
            super().__init__(f"{text!r} is no date: write 1987, 1987-04, 1987-04-21 or April 1987")
        self.reason = reason


def first_day(text: str, today: date | None = None, locale: str = "en-US") -> date:
    """Return the first day of a date as readers type them: `1987`, `April 1987`, `21 Apr 1987`, `last week`, `1990s`.

    Args:
        text: the date.
        today: the day that "last week" counts from; the machine's where None.
        locale: decides whether 1/2/2018 is in January or February, as it does for stories.

    Raises:
        NotADate: where the text is no date; the message says so in plain words.
    """
    return _days(text, "since", today, locale)[0]


def last_day(text: str, today: date | None = None, locale: str = "en-US") -> date:
    """Return the last day of a date; arguments and errors as of `first_day`.

    >>> last_day("1988-02")
    datetime.date(1988, 2, 29)
    """
    return _days(text, "until", today, locale)[1]


def _days(text: str, side: Literal["since", "until"], today: date | None, locale: str) -> tuple[date, date]:
    # Imported here, since commands must answer --help before the analysis is loaded.
    from search.query.dates import NOT_A_DATE, bound

    try:
        written = period(text.strip())
    except ValueError:
        written = None
    if written is not None and written.precision != "time":
        return written.first, written.last
    reading = bound(text, side, today or date.today(), locale)
    since, until = reading.since or reading.until, reading.until or reading.since
    if since is None or until is None:
        raise NotADate(text, "" if reading.problem == NOT_A_DATE else reading.problem)
    return since, until
