"""What of the words behind `date:` is the date: all of what plainly is one, and no word more."""

from __future__ import annotations

from datetime import date

import pytest

from search.query.dates import NOT_A_DATE, Reading
from search.query.datewords import Taken, taken

_TODAY = date(2020, 6, 15)


def days(since: str, until: str) -> Reading:
    return Reading(date.fromisoformat(since), date.fromisoformat(until))


@pytest.mark.parametrize(
    ("text", "words", "reading"),
    [
        ("2018 flood", 1, days("2018-01-01", "2018-12-31")),
        ("24 Jan 2018 flood", 3, days("2018-01-24", "2018-01-24")),
        ("1990 - 1995 flood", 3, days("1990-01-01", "1995-12-31")),
        ("since 2015 until 2018 flood", 4, days("2015-01-01", "2018-12-31")),
        ("between 2015 AND 2018 flood", 4, days("2015-01-01", "2018-12-31")),
        ("2018 911 calls", 1, days("2018-01-01", "2018-12-31")),
        ("last week 12 dead", 2, days("2020-06-08", "2020-06-14")),
        ("2018 - flood", 1, days("2018-01-01", "2018-12-31")),
        ("2018 - 5k run", 1, days("2018-01-01", "2018-12-31")),
        ("2018 AND 2019", 1, days("2018-01-01", "2018-12-31")),
        ("friday may visit", 1, days("2020-06-12", "2020-06-12")),
        ("yesterday to vote", 1, days("2020-06-14", "2020-06-14")),
        ("today after 9/11", 1, days("2020-06-15", "2020-06-15")),
    ],
)
def test_the_longest_date_is_taken_and_the_words_after_it_are_not(text: str, words: int, reading: Reading) -> None:
    assert taken(text.split(), _TODAY, "en-US") == Taken(words, reading)


@pytest.mark.parametrize(
    ("text", "words", "problem"),
    [
        ("thursday 24 january 2018 flood", 4, "24 January 2018 is a Wednesday"),
        ("monday 2018 flood", 2, "a weekday needs the day of the month with it"),
        ("24 January flood", 2, "it needs a year"),
        ("24 January 40 dead", 2, "it needs a year"),
        ("2018 - may", 3, "it needs a year"),
        ("2018 - 12 angry men", 3, NOT_A_DATE),
        ("2018 - 01 - 24 flood", 5, NOT_A_DATE),
        ("2018 until early 2019 flood", 4, NOT_A_DATE),
        ("2018 and 2019 flood", 3, NOT_A_DATE),
        ("last week of 2018 flood", 4, NOT_A_DATE),
        ("March in 2018 flood", 3, NOT_A_DATE),
        ("early 2018 flood", 2, NOT_A_DATE),
        ("Christmas 2016 flood", 2, NOT_A_DATE),
        ("New Year's Eve 2016 flood", 4, NOT_A_DATE),
        ("the end of the 90s flood", 5, NOT_A_DATE),
        ("first half of 2018 flood", 4, NOT_A_DATE),
        ("the other day flood", 3, NOT_A_DATE),
        ("Good Friday flood", 2, NOT_A_DATE),
        ("early may 1/2/2018 flood", 3, NOT_A_DATE),
        ("sometime flood", 1, NOT_A_DATE),
        ("sometime may visit", 1, NOT_A_DATE),
    ],
)
def test_what_is_not_understood_is_taken_as_a_whole_and_its_fault_is_told(text: str, words: int, problem: str) -> None:
    assert taken(text.split(), _TODAY, "en-US") == Taken(words, Reading(problem=problem))
