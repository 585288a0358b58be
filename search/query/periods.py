"""One date as readers type it, into first and last day: a day, a month, a year, a decade, a season, "last week".

No ranges (`search.query.dates`) and no clock (the caller says what day it is). The one idea: nothing is guessed;
"24 January" without a year or "the other day" comes back as a problem in words.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from index.dates import month_first


@dataclass(frozen=True, slots=True)
class Reading:
    """What a date means: first and last day, both inclusive, either open; or the problem, in words.

    `swapped` tells that a range was written with the later end first.
    """

    since: date | None = None
    until: date | None = None
    problem: str = ""
    swapped: bool = False


_NUMBERS = {
    name: number
    for number, name in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)
} | {"a": 1, "an": 1}
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb febr",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tues tue",
            "wednesday wed",
            "thursday thurs thur thu",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
#: Meteorological seasons; a winter is named by the year it begins in.
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}

MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
WEEKDAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_COUNT = r"(?P<count>\d{1,4}|" + "|".join(_NUMBERS) + ")"
_UNIT = r"(?P<unit>day|week|month|year|decade)s?"

_ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2})(?:t[\d:.]+(?:z|[+-]\d\d:?\d\d)?)?)?)?")
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[/.](?P<month>\d{1,2})(?:[/.](?P<day>\d{1,2}))?")
_SLASHED = re.compile(r"(?P<first>\d{1,2})([/.-])(?P<second>\d{1,2})\2(?P<year>\d{2}|\d{4})")
_MONTH_SLASHED = re.compile(r"(?P<month>\d{1,2})[/.](?P<year>\d{4})")
_MONTH_YEAR = re.compile(rf"(?P<month>{MONTH})(?: | of |[-/]){_YEAR}")
_DAY_MONTH = re.compile(rf"(?:the )?{_DAY} (?:of )?(?P<month>{MONTH})(?: {_YEAR})?")
_DAY_MONTH_DASHED = re.compile(rf"(?P<day>\d{{1,2}})([-/])(?P<month>{MONTH})\2{_YEAR}")
_YEAR_MONTH_DAY = re.compile(rf"{_YEAR} (?P<month>{MONTH})(?: {_DAY})?")
_MONTH_DAY = re.compile(rf"(?P<month>{MONTH}) (?:the )?{_DAY}(?: {_YEAR})?")
_DECADE = re.compile(r"(?:the )?(?:(?P<part>early|mid|late)[ -])?(?P<decade>\d{3}0)'?s")
_SHORT_DECADE = re.compile(r"(?:the )?'?\d0'?s")
_CENTURY = re.compile(r"(?:the )?(?P<number>\d{1,2})(?:st|nd|rd|th) century")
_QUARTER = re.compile(r"q(?P<quarter>[1-4]) (?P<year>\d{4})|(?P<year2>\d{4})[ -]?q(?P<quarter2>[1-4])")
_SEASON = re.compile(rf"(?:the )?(?P<season>{'|'.join(SEASONS)}) (?:of )?{_YEAR}")
_RELATIVE = re.compile(
    r"(?P<which>this|last|previous|next) (?P<unit>week|month|year|decade|weekend)|past (?P<weekend>weekend)"
)
_AGO = re.compile(rf"{_COUNT} {_UNIT} ago")
#: "last week" is the week before this one; "past week" ends today, as "the last 7 days" do.
_LAST_MANY = re.compile(rf"(?:(?:in|over|during) )?(?:the )?(?:last|past) {_COUNT} {_UNIT}")
_PAST_ONE = re.compile(r"(?:(?:in|over|during) )?(?:the )?past (?P<unit>day|week|month|year|decade)")
_LAST_WEEKDAY = re.compile(rf"(?:(?:last|past|on) )?(?P<weekday>{WEEKDAY})")
_DAY_OF_WEEK = re.compile(rf"(?P<weekday>{WEEKDAY}) (?=\d|the \d|(?:{MONTH})\b)")
_NAMED_MONTH = re.compile(rf"(?:in )?(?P<which>last|this) (?P<month>{MONTH})")
_ORDINAL = re.compile(r"(?:the )?\d{1,2}(?:st|nd|rd|th)")
_LONE_MONTH = re.compile(rf"(?:in )?(?P<month>{MONTH})")

_EARLIEST = 1400
_LATEST = 2999
#: The problem of a text that is no date at all.
NOT_A_DATE = "it is not a date that can be read here"
NO_SUCH_DAY = "there is no such day"
NO_YEAR = "it needs a year"


def point(text: str, today: date, locale: str) -> Reading:
    """Return the period of one date without "since" or "between"."""
    try:
        return _read(text, today, locale)
    except (ValueError, OverflowError):
        return Reading(problem=NO_SUCH_DAY)


def _read(text: str, today: date, locale: str) -> Reading:
    simple = {
        "today": 0,
        "yesterday": 1,
        "tomorrow": -1,
        "the day before yesterday": 2,
    }
    if text in simple:
        day = today - timedelta(days=simple[text])
        return Reading(day, day)
    if text == "now":
        return Reading(today, today)
    text = text.removeprefix("in ").removeprefix("on ").removeprefix("during ").removeprefix("the year ")
    for pattern in (_ISO, _COMPACT, _YEAR_FIRST, _MONTH_SLASHED):
        if match := pattern.fullmatch(text):
            found = match.groupdict()
            return _days(int(found["year"]), _number(found.get("month")), _number(found.get("day")))
    if match := _SLASHED.fullmatch(text):
        return _slashed(match, locale)
    if match := _DAY_OF_WEEK.match(text):
        rest = text[match.end() :]
        # "friday may": two words that mean other things too.
        lone = _LONE_MONTH.fullmatch(rest)
        return Reading(problem=NOT_A_DATE) if lone else _on_weekday(_read(rest, today, locale), match["weekday"])
    for pattern in (_MONTH_YEAR, _DAY_MONTH, _MONTH_DAY, _DAY_MONTH_DASHED, _YEAR_MONTH_DAY):
        if match := pattern.fullmatch(text):
            found = match.groupdict()
            if found["year"] is None:
                return Reading(problem=NO_YEAR)
            return _days(int(found["year"]), MONTHS[found["month"]], _number(found.get("day")))
    return _span(text) or _relative(text, today) or _hopeless(text)


def _on_weekday(reading: Reading, weekday: str) -> Reading:
    """Return a day that was written with its weekday; the problem where it is another one, or no day."""
    day = reading.since
    if reading.problem or day is None:
        return reading
    if day != reading.until:
        return Reading(problem="a weekday needs the day of the month with it")
    if day.weekday() == WEEKDAYS[weekday]:
        return reading
    return Reading(problem=f"{day.day} {day:%B} {day.year} is a {day:%A}")


def _hopeless(text: str) -> Reading:
    if _LONE_MONTH.fullmatch(text) or re.fullmatch(rf"(?:the )?(?:{'|'.join(SEASONS)})", text):
        return Reading(problem=NO_YEAR)
    if _ORDINAL.fullmatch(text):
        return Reading(problem="it needs a month and a year")
    if _SHORT_DECADE.fullmatch(text):
        return Reading(problem="it needs a century, as in 1990s")
    return Reading(problem=NOT_A_DATE)


def _slashed(match: re.Match[str], locale: str) -> Reading:
    if len(match["year"]) == 2:
        return Reading(problem="it needs a year of four digits")
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    month, day = (first, second) if month_first(locale, match[2]) else (second, first)
    if month > 12:
        order = match[2].join(("month", "day", "year") if month_first(locale, match[2]) else ("day", "month", "year"))
        return Reading(problem=f"dates are read as {order} here, and there is no month {month}")
    return _days(year, month, day)


def _span(text: str) -> Reading | None:
    """Return decades, centuries, quarters and seasons."""
    if match := _DECADE.fullmatch(text):
        year = int(match["decade"])
        if year % 100 == 0 and year < 2000:
            return Reading(problem=f"it can be ten years or a hundred: write {year}..{year + 9} or {year}..{year + 99}")
        begin, end = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(match["part"] or "", (0, 9))
        return _years(year + begin, year + end)
    if match := _CENTURY.fullmatch(text):
        number = int(match["number"])
        return _years(number * 100 - 99, number * 100)
    if match := _QUARTER.fullmatch(text):
        year = int(match["year"] or match["year2"])
        month = 3 * int(match["quarter"] or match["quarter2"]) - 2
        return Reading(date(year, month, 1), _month_end(year, month + 2))
    if match := _SEASON.fullmatch(text):
        year, month = int(match["year"]), SEASONS[match["season"]]
        if month == 12:
            return Reading(date(year, 12, 1), _month_end(year + 1, 2))
        return Reading(date(year, month, 1), _month_end(year, month + 2))
    return None


def _relative(text: str, today: date) -> Reading | None:
    if match := _LAST_MANY.fullmatch(text):
        count = _count(match["count"])
        return _until_today(today, count, match["unit"]) if count else Reading(problem="no time is in it")
    if match := _PAST_ONE.fullmatch(text):
        return _until_today(today, 1, match["unit"])
    if match := _AGO.fullmatch(text):
        day = _before(today, _count(match["count"]), match["unit"])
        if match["unit"] in ("year", "decade"):
            return _days(day.year, None, None)
        if match["unit"] == "month":
            return _days(day.year, day.month, None)
        if match["unit"] == "week":
            monday = day - timedelta(days=day.weekday())
            return Reading(monday, monday + timedelta(days=6))
        return Reading(day, day)
    if match := _RELATIVE.fullmatch(text):
        return _whole(match["unit"] or match["weekend"], {"this": 0, "next": 1}.get(match["which"], -1), today)
    if match := _NAMED_MONTH.fullmatch(text):
        month = MONTHS[match["month"]]
        past = month < today.month or (match["which"] == "this" and month == today.month)
        year = today.year if past or match["which"] == "this" else today.year - 1
        return _days(year, month, None)
    if match := _LAST_WEEKDAY.fullmatch(text):
        back = (today.weekday() - WEEKDAYS[match["weekday"]]) % 7 or 7
        day = today - timedelta(days=back)
        return Reading(day, day)
    return None


def _whole(unit: str, offset: int, today: date) -> Reading:
    """Return the calendar week (from Monday), weekend, month, year or decade so many after this one."""
    if unit in ("week", "weekend"):
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=offset)
        return Reading(monday + timedelta(days=5 * (unit == "weekend")), monday + timedelta(days=6))
    if unit == "month":
        months = today.year * 12 + today.month - 1 + offset
        return _days(months // 12, months % 12 + 1, None)
    if unit == "year":
        return _days(today.year + offset, None, None)
    decade = today.year // 10 * 10 + 10 * offset
    return _years(decade, decade + 9)


def _until_today(today: date, count: int, unit: str) -> Reading:
    return Reading(_before(today, count, unit) + timedelta(days=1), today)


def _before(today: date, count: int, unit: str) -> date:
    if unit == "day":
        return today - timedelta(days=count)
    if unit == "week":
        return today - timedelta(weeks=count)
    months = today.year * 12 + today.month - 1 - count * {"month": 1, "year": 12, "decade": 120}[unit]
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))


def _days(year: int, month: int | None, day: int | None) -> Reading:
    if not _EARLIEST <= year <= _LATEST:
        return Reading(problem=f"years run from {_EARLIEST} to {_LATEST} here")
    if month is None:
        return _years(year, year)
    if day is None:
        return Reading(date(year, month, 1), _month_end(year, month))
    return Reading(date(year, month, day), date(year, month, day))


def _years(first: int, last: int) -> Reading:
    if not _EARLIEST <= first <= last <= _LATEST:
        return Reading(problem=f"years run from {_EARLIEST} to {_LATEST} here")
    return Reading(date(first, 1, 1), date(last, 12, 31))


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _number(text: str | None) -> int | None:
    return int(text) if text is not None else None


def _count(text: str) -> int:
    return _NUMBERS.get(text) or int(text)
