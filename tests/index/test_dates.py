from datetime import date

import pytest

from index.dates import Period, period


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2018", Period(date(2018, 1, 1), date(2018, 12, 31), 0, "year")),
        ("2016-02", Period(date(2016, 2, 1), date(2016, 2, 29), 0, "month")),
        ("2018-01-24", Period(date(2018, 1, 24), date(2018, 1, 24), 0, "day")),
        ("2018-01-24T17:30:05-05:00", Period(date(2018, 1, 24), date(2018, 1, 24), 63005, "time")),
        ("2018-01-24T23:30Z", Period(date(2018, 1, 24), date(2018, 1, 24), 84600, "time")),
        ("2018-01-24T00:00:00", Period(date(2018, 1, 24), date(2018, 1, 24), 0, "time")),
    ],
)
def test_a_date_covers_the_days_that_are_known(published: str, expected: Period) -> None:
    assert period(published) == expected


def test_an_undated_story_covers_nothing() -> None:
    assert period(None) is None
    assert period("") is None


@pytest.mark.parametrize("published", ["24 Jan 2018", "2018-13", "2018-02-30", "2018-1-2", "18", "2018-01-24T25:00"])
def test_what_is_no_date_is_said_so(published: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        period(published)
