from datetime import date

import pytest

from tests.index.readers.measure import places_of

DAY = date(2019, 5, 6)


@pytest.mark.parametrize(
    "written",
    [
        "2019-05-06T10:00:00Z",
        "20190506",
        "2019/5/6",
        "6.5.2019",
        "06-05-19",
        "5/6/19",
        "May 06, 2019",
        "Monday, the 6th of May 2019",
        "6 মে 2019",
        "1557129600",
        "1557129600000",
    ],
)
def test_a_day_is_seen_on_a_page_in_every_form(written: str) -> None:
    assert list(places_of(DAY, f"<p>Updated {written}.</p>", "bn"))


@pytest.mark.parametrize(
    "written",
    ["2019-05-16", "2018-05-06", "May 16, 2019", "6 June 2019", "May 6", "201905061", "1557929600", "5.6.7.2019"],
)
def test_another_day_is_not_taken_for_it(written: str) -> None:
    assert list(places_of(DAY, f"<p>Updated {written}.</p>")) == []
