"""The bars of a timeline where the calendar begins and ends, which no archive of a test reaches."""

from __future__ import annotations

from datetime import date

from search.embedded.bars import bars_of, first_of_month, month_of

_FIRST, _LAST = date.min, date.max
_DAYS_TO_THE_LAST = (_LAST - date(1970, 1, 1)).days


def test_bars_end_with_the_calendar() -> None:
    december = month_of(_DAYS_TO_THE_LAST)
    assert bars_of("month", december, december + 2) == ((date(9999, 12, 1),), (_LAST,))
    assert bars_of("year", 9999 - 1970, 9999 - 1970 + 1) == ((date(9999, 1, 1),), (_LAST,))
    assert bars_of("decade", 999, 1000) == ((date(9990, 1, 1),), (_LAST,))
    assert bars_of("day", _DAYS_TO_THE_LAST, _DAYS_TO_THE_LAST + 3) == ((_LAST,), (_LAST,))
    assert first_of_month(december + 1) == _DAYS_TO_THE_LAST + 1


def test_the_first_decade_begins_with_the_calendar() -> None:
    assert bars_of("decade", 0, 1) == ((_FIRST, date(10, 1, 1)), (date(9, 12, 31), date(19, 12, 31)))


def test_a_month_ends_on_the_day_before_the_next_one_begins() -> None:
    assert bars_of("month", 361, 362) == ((date(2000, 2, 1), date(2000, 3, 1)), (date(2000, 2, 29), date(2000, 3, 31)))
