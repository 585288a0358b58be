"""Dates as readers type them: whole values in, whole periods out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.enrich import datetext
from search.query import parse
from search.query.dates import Reading, bound, read
from search.query.tree import And, Dated, Word

#: A Monday, so that weeks and weekdays are easy to check.
_TODAY = date(2020, 6, 15)


def days(since: str, until: str) -> Reading:
    return Reading(date.fromisoformat(since), date.fromisoformat(until))


def asked(query: str) -> Reading:
    """Return the days of a query of a date and the word "flood"; what it is not made of fails."""
    node = parse(query, today=_TODAY).node
    assert isinstance(node, And)
    dated, flood = node.parts
    assert isinstance(dated, Dated) and flood == Word("flood", "flood")
    return Reading(dated.since, dated.until)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2018", "2018-01-01", "2018-12-31"),
        ("2018-02", "2018-02-01", "2018-02-28"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2018-01-24", "2018-01-24", "2018-01-24"),
        ("2018-1-4", "2018-01-04", "2018-01-04"),
        ("2018-01-24T17:30:00-05:00", "2018-01-24", "2018-01-24"),
        ("20180124", "2018-01-24", "2018-01-24"),
        ("2018/01/24", "2018-01-24", "2018-01-24"),
        ("2018.01.24", "2018-01-24", "2018-01-24"),
        ("March 2018", "2018-03-01", "2018-03-31"),
        ("march, 2018", "2018-03-01", "2018-03-31"),
        ("Mar. 2018", "2018-03-01", "2018-03-31"),
        ("in March 2018", "2018-03-01", "2018-03-31"),
        ("03/2018", "2018-03-01", "2018-03-31"),
        ("24 Jan 2018", "2018-01-24", "2018-01-24"),
        ("24th of January 2018", "2018-01-24", "2018-01-24"),
        ("Jan. 24, 2018", "2018-01-24", "2018-01-24"),
        ("January 24th 2018", "2018-01-24", "2018-01-24"),
        ("Wednesday, January 24, 2018", "2018-01-24", "2018-01-24"),
        ("1/24/2018", "2018-01-24", "2018-01-24"),
        ("1/2/2018", "2018-01-02", "2018-01-02"),
        ("24.1.2018", "2018-01-24", "2018-01-24"),
        ("1990s", "1990-01-01", "1999-12-31"),
        ("the 1990's", "1990-01-01", "1999-12-31"),
        ("early 1990s", "1990-01-01", "1993-12-31"),
        ("late 1990s", "1997-01-01", "1999-12-31"),
        ("19th century", "1801-01-01", "1900-12-31"),
        ("Q2 2018", "2018-04-01", "2018-06-30"),
        ("2018-Q4", "2018-10-01", "2018-12-31"),
        ("spring 2018", "2018-03-01", "2018-05-31"),
        ("winter 2018", "2018-12-01", "2019-02-28"),
        ("today", "2020-06-15", "2020-06-15"),
        ("yesterday", "2020-06-14", "2020-06-14"),
        ("this week", "2020-06-15", "2020-06-21"),
        ("last week", "2020-06-08", "2020-06-14"),
        ("last weekend", "2020-06-13", "2020-06-14"),
        ("last month", "2020-05-01", "2020-05-31"),
        ("last year", "2019-01-01", "2019-12-31"),
        ("this year", "2020-01-01", "2020-12-31"),
        ("last decade", "2010-01-01", "2019-12-31"),
        ("last tuesday", "2020-06-09", "2020-06-09"),
        ("last monday", "2020-06-08", "2020-06-08"),
        ("sunday", "2020-06-14", "2020-06-14"),
        ("last march", "2020-03-01", "2020-03-31"),
        ("last june", "2019-06-01", "2019-06-30"),
        ("last november", "2019-11-01", "2019-11-30"),
        ("past 7 days", "2020-06-09", "2020-06-15"),
        ("past week", "2020-06-09", "2020-06-15"),
        ("in the past month", "2020-05-16", "2020-06-15"),
        ("past year", "2019-06-16", "2020-06-15"),
        ("previous week", "2020-06-08", "2020-06-14"),
        ("past weekend", "2020-06-13", "2020-06-14"),
        ("the last two weeks", "2020-06-02", "2020-06-15"),
        ("last 3 months", "2020-03-16", "2020-06-15"),
        ("3 days ago", "2020-06-12", "2020-06-12"),
        ("two weeks ago", "2020-06-01", "2020-06-07"),
        ("a year ago", "2019-01-01", "2019-12-31"),
        ("2015..2018", "2015-01-01", "2018-12-31"),
        ("2015...2018", "2015-01-01", "2018-12-31"),
        ("2015-2018", "2015-01-01", "2018-12-31"),
        ("2015–2018", "2015-01-01", "2018-12-31"),
        ("2015 - 2018", "2015-01-01", "2018-12-31"),
        ("2015 to 2018", "2015-01-01", "2018-12-31"),
        ("1990 - 1995", "1990-01-01", "1995-12-31"),
        ("1990- 1995", "1990-01-01", "1995-12-31"),
        ("1990 -- 1995", "1990-01-01", "1995-12-31"),
        ("1990 − 1995", "1990-01-01", "1995-12-31"),
        ("5 May - 7 June 2018", "2018-05-05", "2018-06-07"),
        ("Jan 2018 - Mar 2018", "2018-01-01", "2018-03-31"),
        ("Jan 2018-Mar 2018", "2018-01-01", "2018-03-31"),
        ("1/1/2015 - 6/30/2015", "2015-01-01", "2015-06-30"),
        ("1/1/2015-6/30/2015", "2015-01-01", "2015-06-30"),
        ("between 2015 - 2018", "2015-01-01", "2018-12-31"),
        ("from 2015-2018", "2015-01-01", "2018-12-31"),
        ("the years 2015-2018", "2015-01-01", "2018-12-31"),
        ("since 2015 until 2018", "2015-01-01", "2018-12-31"),
        ("since 2015 and until March 2018", "2015-01-01", "2018-03-31"),
        (">=2015 <=2018", "2015-01-01", "2018-12-31"),
        ("after 2015 and before 2018", "2016-01-01", "2017-12-31"),
        (">2015 <2018", "2016-01-01", "2017-12-31"),
        ("since march until june 2017", "2017-03-01", "2017-06-30"),
        ("Jan-2018", "2018-01-01", "2018-01-31"),
        ("2017/18", "2017-01-01", "2018-12-31"),
        ("2017-18", "2017-01-01", "2018-12-31"),
        ("2017–18", "2017-01-01", "2018-12-31"),
        ("2005–06", "2005-01-01", "2006-12-31"),
        ("1914-18", "1914-01-01", "1918-12-31"),
        ("1999/00", "1999-01-01", "2000-12-31"),
        ("2005-06", "2005-06-01", "2005-06-30"),
        ("2005/08", "2005-08-01", "2005-08-31"),
        ("2020-06-15 TO 2020-06-20", "2020-06-15", "2020-06-20"),
        ("from 2015 to March 2018", "2015-01-01", "2018-03-31"),
        ("between march and june 2017", "2017-03-01", "2017-06-30"),
        ("march to june 2017", "2017-03-01", "2017-06-30"),
        ("from november to february 2017", "2016-11-01", "2017-02-28"),
        ("24 to 26 January 2018", "2018-01-24", "2018-01-26"),
        ("January 24-26, 2018", "2018-01-24", "2018-01-26"),
        ("24-26 January 2018", "2018-01-24", "2018-01-26"),
        ("march-june 2017", "2017-03-01", "2017-06-30"),
        ("nov-feb 2017", "2016-11-01", "2017-02-28"),
        ("2000s", "2000-01-01", "2009-12-31"),
        ("between 24 jan and 3 feb 2018", "2018-01-24", "2018-02-03"),
        ("24-Jan-2018", "2018-01-24", "2018-01-24"),
        ("2018 Jan 24", "2018-01-24", "2018-01-24"),
        ("2018‑01‑24", "2018-01-24", "2018-01-24"),
        ("the year 2018", "2018-01-01", "2018-12-31"),
        ("next week", "2020-06-22", "2020-06-28"),
        ("next year", "2021-01-01", "2021-12-31"),
        ("tomorrow", "2020-06-16", "2020-06-16"),
        ("summer 2017", "2017-06-01", "2017-08-31"),
        ("29 Feb 2020", "2020-02-29", "2020-02-29"),
        ("mid-1990s", "1994-01-01", "1996-12-31"),
        ("1989 to 1991", "1989-01-01", "1991-12-31"),
        ("from the 1980s to the 1990s", "1980-01-01", "1999-12-31"),
        ("1980s-1990s", "1980-01-01", "1999-12-31"),
        ("late 1980s to early 1990s", "1987-01-01", "1993-12-31"),
    ],
)
def test_periods(text: str, since: str, until: str) -> None:
    assert read(text, _TODAY) == days(since, until)
    assert read(f"  {text.upper()} ", _TODAY) == days(since, until)
    assert asked(f"date:{text} flood") == asked(f'date:"{text}" flood') == days(since, until)


@pytest.mark.parametrize("unit", ["day", "week", "month", "year", "decade"])
def test_the_past_week_is_the_past_one_week(unit: str) -> None:
    assert read(f"past {unit}", _TODAY) == read(f"past 1 {unit}", _TODAY)
    assert read(f"past {unit}s", _TODAY).problem


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("since 2015", Reading(since=date(2015, 1, 1))),
        ("from March 2018", Reading(since=date(2018, 3, 1))),
        (">=2015", Reading(since=date(2015, 1, 1))),
        (">2015", Reading(since=date(2016, 1, 1))),
        ("after 24 Jan 2018", Reading(since=date(2018, 1, 25))),
        ("2015..", Reading(since=date(2015, 1, 1))),
        ("until 2015", Reading(until=date(2015, 12, 31))),
        ("up to March 2018", Reading(until=date(2018, 3, 31))),
        ("before 2015", Reading(until=date(2014, 12, 31))),
        ("<2015", Reading(until=date(2014, 12, 31))),
        ("..2015", Reading(until=date(2015, 12, 31))),
        ("* TO 2015", Reading(until=date(2015, 12, 31))),
        ("2015 TO *", Reading(since=date(2015, 1, 1))),
        ("since the 1990s", Reading(since=date(1990, 1, 1))),
        ("before the 1990s", Reading(until=date(1989, 12, 31))),
        ("until now", Reading(until=date(2020, 6, 15))),
        ("between 2018 and 2015", Reading(date(2015, 1, 1), date(2018, 12, 31), swapped=True)),
        ("june 2018 to march 2017", Reading(date(2017, 3, 1), date(2018, 6, 30), swapped=True)),
        ("since yesterday", Reading(since=date(2020, 6, 14))),
        ("since last week", Reading(since=date(2020, 6, 8))),
        ("2018..2015", Reading(date(2015, 1, 1), date(2018, 12, 31), swapped=True)),
        ("since 2018 until 2015", Reading(date(2015, 1, 1), date(2018, 12, 31), swapped=True)),
        ("6/30/2015 - 1/1/2015", Reading(date(2015, 1, 1), date(2015, 6, 30), swapped=True)),
    ],
)
def test_open_and_turned_ranges(text: str, reading: Reading) -> None:
    assert read(text, _TODAY) == reading
    assert asked(f"date:{text} flood") == asked(f'date:"{text}" flood') == replace(reading, swapped=False)


@pytest.mark.parametrize(
    ("text", "locale", "since"),
    [
        ("1/2/2018", "en-US", "2018-01-02"),
        ("1/2/2018", "en-GB", "2018-02-01"),
        ("1-2-2018", "en-US", "2018-01-02"),
        ("1-2-2018", "en-GB", "2018-02-01"),
        ("1.2.2018", "en-US", "2018-02-01"),
        ("24/1/2018", "en-GB", "2018-01-24"),
    ],
)
def test_the_locale_decides_whether_the_month_or_the_day_comes_first(text: str, locale: str, since: str) -> None:
    assert read(text, _TODAY, locale) == days(since, since)


@pytest.mark.parametrize("locale", ["en-US", "en_us", "en-PH", "en-CA", "es-US", "en-GB", "en", "de-DE"])
@pytest.mark.parametrize("text", ["1/2/2018", "1-2-2018", "1.2.2018"])
def test_readers_and_stories_of_an_archive_mean_the_same_day(text: str, locale: str) -> None:
    story = datetext.read(text, locale)
    assert story is not None and story.published is not None
    assert read(text, _TODAY, locale) == days(story.published, story.published)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "it is empty"),
        ("sometime", "it is not a date that can be read here"),
        ("24 January", "it needs a year"),
        ("May", "it needs a year"),
        ("spring", "it needs a year"),
        ("between march and june", "it needs a year"),
        ("90s", "it needs a century, as in 1990s"),
        ("1/2/18", "it needs a year of four digits"),
        ("1800s", "it can be ten years or a hundred: write 1800..1809 or 1800..1899"),
        ("Friday, 24 Jan 2018", "24 January 2018 is a Wednesday"),
        ("thursday 24 january 2018", "24 January 2018 is a Wednesday"),
        ("monday 2018", "a weekday needs the day of the month with it"),
        ("sunday may 2018", "a weekday needs the day of the month with it"),
        ("sunday the 24th", "it needs a month and a year"),
        ("friday may", "it is not a date that can be read here"),
        ("2005/06", "it can be a month or two years: write 2005-06 or 2005..2006"),
        ("2018-17", "there is no such day"),
        ("after 2015 before 2016", "no day is in it"),
        ("since 2015 until 31 June 2018", "there is no such day"),
        ("5 may to resign", "it is not a date that can be read here"),
        ("march to 2018", "it needs a year"),
        ("24/1/2018", "dates are read as month/day/year here, and there is no month 24"),
        ("2018-13", "there is no such day"),
        ("2018-02-30", "there is no such day"),
        ("31 June 2018", "there is no such day"),
        ("2018-01-24-09", "it is not a date that can be read here"),
        ("0099", "years run from 1400 to 2999 here"),
        ("9999", "years run from 1400 to 2999 here"),
        ("9999 years ago", "there is no such day"),
        ("..", "it is not a date that can be read here"),
        ("since", "it is not a date that can be read here"),
        ("31 February 2018", "there is no such day"),
        ("29 Feb 2019", "there is no such day"),
        ("2018-00", "there is no such day"),
        ("00/00/2018", "there is no such day"),
        ("the 90s", "it needs a century, as in 1990s"),
        ("christmas 2016", "it is not a date that can be read here"),
        ("year 0", "it is not a date that can be read here"),
        ("0000", "years run from 1400 to 2999 here"),
        ("99999", "it is not a date that can be read here"),
        ("-2018", "it is not a date that can be read here"),
        ("since may", "it needs a year"),
        ("between january 2018 and", "it is not a date that can be read here"),
        ("the 1990s and 2000s", "it is not a date that can be read here"),
        ("last 0 days", "no time is in it"),
        ("x" * 500, "it is not a date that can be read here"),
    ],
)
def test_what_is_not_understood_is_said_and_not_guessed(text: str, problem: str) -> None:
    assert read(text, _TODAY) == Reading(problem=problem)


_ONE_DATE = "and one date is wanted here"


@pytest.mark.parametrize(
    ("text", "side", "reading"),
    [
        ("March 2018", "since", days("2018-03-01", "2018-03-31")),
        ("last week", "until", days("2020-06-08", "2020-06-14")),
        ("1990s", "before", days("1990-01-01", "1999-12-31")),
        ("since 2015", "since", Reading(since=date(2015, 1, 1))),
        ("until 2015", "until", Reading(until=date(2015, 12, 31))),
        ("since 2015", "until", Reading(problem=f"it says where a period begins, {_ONE_DATE}")),
        ("2015..", "before", Reading(problem=f"it says where a period begins, {_ONE_DATE}")),
        ("until 2015", "since", Reading(problem=f"it says where a period ends, {_ONE_DATE}")),
        ("<2015", "after", Reading(problem=f"it says where a period ends, {_ONE_DATE}")),
        ("2015..2018", "since", Reading(problem=f"it has a beginning and an end, {_ONE_DATE}")),
        ("between march and june 2017", "until", Reading(problem=f"it has a beginning and an end, {_ONE_DATE}")),
        ("31 June 2018", "until", Reading(problem="there is no such day")),
    ],
)
def test_where_one_date_is_wanted_a_range_is_refused(text: str, side: str, reading: Reading) -> None:
    assert bound(text, side, _TODAY) == reading


@given(st.text(alphabet="0123456789-/. marchjun24lstweekdyogi'–…<>=,", max_size=30), st.dates())
def test_any_text_is_read_without_raising(text: str, today: date) -> None:
    reading = read(text, today)
    assert reading.problem or reading.since or reading.until
    assert not (reading.since and reading.until and reading.since > reading.until)


@given(st.dates(min_value=date(1400, 1, 1), max_value=date(2999, 12, 31)))
def test_every_day_is_read_in_every_shape(day: date) -> None:
    whole = Reading(day, day)
    assert read(day.isoformat(), _TODAY) == whole
    assert read(f"{day.day} {day:%B} {day.year}", _TODAY) == whole
    assert read(f"{day:%b}. {day.day}, {day.year}", _TODAY) == whole
    assert read(f"{day.month}/{day.day}/{day.year:04}", _TODAY) == whole
    assert read(f"{day.day}/{day.month}/{day.year:04}", _TODAY, "en-GB") == whole
