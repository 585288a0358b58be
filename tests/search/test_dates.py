"""Dates of the command line and the date boxes: whole days, or words that say why not."""

from __future__ import annotations

from datetime import date

import pytest

from search.dates import first_day, last_day

_TODAY = date(2020, 6, 15)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1987", date(1987, 1, 1), date(1987, 12, 31)),
        ("1987-04", date(1987, 4, 1), date(1987, 4, 30)),
        ("1987-04-21", date(1987, 4, 21), date(1987, 4, 21)),
        ("April 1987", date(1987, 4, 1), date(1987, 4, 30)),
        ("last week", date(2020, 6, 8), date(2020, 6, 14)),
        ("1990s", date(1990, 1, 1), date(1999, 12, 31)),
        ("4/3/2018", date(2018, 4, 3), date(2018, 4, 3)),
    ],
)
def test_first_and_last_day(text: str, first: date, last: date) -> None:
    assert (first_day(text, _TODAY), last_day(text, _TODAY)) == (first, last)


def test_the_locale_decides_the_order() -> None:
    assert first_day("4/3/2018", _TODAY, "en-GB") == date(2018, 3, 4)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("soon", "'soon' is no date: write 1987, 1987-04, 1987-04-21 or April 1987"),
        ("21 April", "'21 April' was not understood as a date: it needs a year"),
        ("1987-04-31", "'1987-04-31' was not understood as a date: there is no such day"),
        ("since 2015", "'since 2015' was not understood as a date: it says where a period begins"),
        ("2018-13", "'2018-13' was not understood as a date: there is no such day"),
        ("99999", "'99999' is no date: write 1987, 1987-04, 1987-04-21 or April 1987"),
        ("", "'' was not understood as a date: it is empty"),
    ],
)
def test_what_is_no_date_is_said(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        last_day(text, _TODAY)
