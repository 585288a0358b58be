"""Dates as a reader types them for `--since` and `--until`: the first or the last day of what was written.

ISO forms only (`1987`, `1987-04`, `1987-04-21`); dates in words belong to the query language. The one idea: what is
left out widens, so `--until 1987-04` means through 30 April.
"""

from __future__ import annotations

from datetime import date

from index.dates import period


def first_day(text: str) -> date:
    """Return the first day of `1987`, `1987-04` or `1987-04-21`.

    Raises:
        ValueError: where the text is none of these; the message says so in plain words.
    """
    return _days(text)[0]


def last_day(text: str) -> date:
    """Return the last day of `1987`, `1987-04` or `1987-04-21`.

    >>> last_day("1988-02")
    datetime.date(1988, 2, 29)
    """
    return _days(text)[1]


def _days(text: str) -> tuple[date, date]:
    try:
        covered = period(text.strip())
    except ValueError:
        covered = None
    if covered is None or covered.precision == "time":
        raise ValueError(f"{text!r} is no date: write 1987, 1987-04 or 1987-04-21")
    return covered.first, covered.last
