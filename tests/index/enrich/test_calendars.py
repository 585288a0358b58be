"""The Persian year against days that are known, and against itself."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.enrich.calendars import common_year, from_persian, months_of, plain_digits


@pytest.mark.parametrize(
    ("persian", "day"),
    [
        ((1357, 11, 22), date(1979, 2, 11)),  # the revolution
        ((1399, 1, 1), date(2020, 3, 20)),
        ((1399, 12, 30), date(2021, 3, 20)),
        ((1400, 1, 1), date(2021, 3, 21)),
        ((1403, 12, 30), date(2025, 3, 20)),
        ((1404, 1, 1), date(2025, 3, 21)),
        ((1398, 12, 30), None),
        ((1399, 13, 1), None),
        ((1399, 7, 31), None),
        ((1399, 0, 1), None),
        ((1399, 1, 0), None),
        ((1299, 1, 1), None),
    ],
)
def test_a_persian_date_is_a_day(persian: tuple[int, int, int], day: date | None) -> None:
    assert from_persian(*persian) == day


@given(st.integers(1343, 1471), st.integers(1, 12), st.integers(1, 31))
def test_one_day_follows_another(year: int, month: int, day: int) -> None:
    today = from_persian(year, month, day)
    if today is not None:
        following = ((year, month, day + 1), (year, month + 1, 1), (year + 1, 1, 1))
        assert next(found for each in following if (found := from_persian(*each))) == today + timedelta(days=1)


def test_the_thai_year_is_told_beside_a_thai_month_only() -> None:
    assert (common_year(2563, "มิถุนายน"), common_year(2563, "June"), common_year(2020, "June")) == (2020, None, 2020)


def test_a_language_that_nobody_knows_has_no_months() -> None:
    assert months_of("xx-YY") == months_of("") == {}
    assert months_of("pl-PL")["listopada"] == 11


def test_digits_keep_their_places() -> None:
    assert plain_digits("\u06f2 تیر \u06f1\u06f3\u06f9\u06f9") == "2 تیر 1399"
