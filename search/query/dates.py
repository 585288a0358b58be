"""Dates as readers type them, into first and last day.

Whole values only: text in, a period out, or the reason why not. No clock (the caller says what day it is) and no
publication dates (`index.dates` reads those). The one idea: nothing is guessed; "24 January" without a year or
"the other day" comes back as a problem in words.
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
_MONTHS = {
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
_WEEKDAYS = {
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
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}

_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join(sorted(_WEEKDAYS, key=len, reverse=True))
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_COUNT = r"(?P<count>\d{1,4}|" + "|".join(_NUMBERS) + ")"
_UNIT = r"(?P<unit>day|week|month|year|decade)s?"

_ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2})(?:t[\d:.]+(?:z|[+-]\d\d:?\d\d)?)?)?)?")
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[/.](?P<month>\d{1,2})(?:[/.](?P<day>\d{1,2}))?")
_SLASHED = re.compile(r"(?P<first>\d{1,2})([/.-])(?P<second>\d{1,2})\2(?P<year>\d{2}|\d{4})")
_MONTH_SLASHED = re.compile(r"(?P<month>\d{1,2})[/.](?P<year>\d{4})")
_MONTH_YEAR = re.compile(rf"(?P<month>{_MONTH}) (?:of )?{_YEAR}")
_DAY_MONTH = re.compile(rf"(?:the )?{_DAY} (?:of )?(?P<month>{_MONTH})(?: {_YEAR})?")
_DAY_MONTH_DASHED = re.compile(rf"(?P<day>\d{{1,2}})([-/])(?P<month>{_MONTH})\2{_YEAR}")
_YEAR_MONTH_DAY = re.compile(rf"{_YEAR} (?P<month>{_MONTH})(?: {_DAY})?")
_MONTH_DAY = re.compile(rf"(?P<month>{_MONTH}) (?:the )?{_DAY}(?: {_YEAR})?")
_DECADE = re.compile(r"(?:the )?(?:(?P<part>early|mid|late)[ -])?(?P<decade>\d{3}0)'?s")
_SHORT_DECADE = re.compile(r"(?:the )?'?\d0'?s")
_CENTURY = re.compile(r"(?:the )?(?P<number>\d{1,2})(?:st|nd|rd|th) century")
_QUARTER = re.compile(r"q(?P<quarter>[1-4]) (?P<year>\d{4})|(?P<year2>\d{4})[ -]?q(?P<quarter2>[1-4])")
_SEASON = re.compile(rf"(?:the )?(?P<season>{'|'.join(_SEASONS)}) (?:of )?{_YEAR}")
_RELATIVE = re.compile(r"(?P<which>this|last|past|previous|next) (?P<unit>week|month|year|decade|weekend)")
_AGO = re.compile(rf"{_COUNT} {_UNIT} ago")
_LAST_MANY = re.compile(rf"(?:(?:in|over|during) )?(?:the )?(?:last|past) {_COUNT} {_UNIT}")
_LAST_WEEKDAY = re.compile(rf"(?:(?:last|past|on) )?(?P<weekday>{_WEEKDAY})")
_DAY_OF_WEEK = re.compile(rf"(?P<weekday>{_WEEKDAY}) (?=\d|the \d|(?:{_MONTH})\b)")
_NAMED_MONTH = re.compile(rf"(?:in )?(?P<which>last|this) (?P<month>{_MONTH})")
_LONE_MONTH = re.compile(rf"(?:in )?(?P<month>{_MONTH})")

_RANGE = re.compile(r"(?P<left>.*?)\s*(?:\.\.+|\u2026)\s*(?P<right>.*)")
_DASHED = re.compile(r"(?P<left>.+?)(?:\s*[\u2013\u2014]\s*|\s+-\s+)(?P<right>.+)")
_YEARS = re.compile(r"(?P<left>\d{4}|\d{3}0s)-(?P<right>\d{4}|\d{3}0s)")
_SHORT_YEARS = re.compile(r"(?P<left>(?P<century>\d{2})\d{2})/(?P<right>\d{2})")
_DAYS = re.compile(
    rf"(?P<month>{_MONTH}) (?P<left>\d{{1,2}})\s*(?:-|\u2013|\u2014| to )\s*(?P<right>\d{{1,2}}) (?P<year>\d{{4}})"
)
_MONTHS_DASHED = re.compile(rf"(?P<left>{_MONTH})\s*-\s*(?P<right>(?:{_MONTH}) \d{{4}})")
_DAYS_DASHED = re.compile(rf"(?P<left>\d{{1,2}})\s*-\s*(?P<right>\d{{1,2}} (?:{_MONTH}) \d{{4}})")
_LONE_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")
_BETWEEN = re.compile(r"(?:between|from) (?P<left>.+?) (?:and|to|until|till|through|thru) (?P<right>.+)")
_TO = re.compile(r"(?!up to )(?P<left>.+?) (?:to|until|till|through|thru) (?P<right>.+)")
_OPEN_LEFT = re.compile(r"(?:(?:since|from|starting|beginning) |>= ?)(?P<value>.+)")
_OPEN_RIGHT = re.compile(r"(?:(?:until|till|through|up to|to) |<= ?)(?P<value>.+)")
_AFTER = re.compile(r"(?:after |> ?)(?P<value>.+)")
_BEFORE = re.compile(r"(?:before |< ?)(?P<value>.+)")

_TYPOGRAPHIC = str.maketrans({",": " ", "\u2019": "'", "\u2018": "'", "\u2010": "-", "\u2011": "-"})
_EARLIEST = 1400
_LATEST = 2999
#: The problem of a text that is no date at all.
NOT_A_DATE = "it is not a date that can be read here"
_NO_SUCH_DAY = "there is no such day"
_NO_YEAR = "it needs a year"
_LONGEST = 80


def read(text: str, today: date, locale: str = "en-US") -> Reading:
    """Return the period that `text` names as a whole.

    Args:
        text: "2018-01", "March 2018", "24 Jan 2018", "1/24/2018", "last week", "since 2015", "1990s", "2015..2018",
            "between march and june 2017" and their like, in English, in any case.
        today: the day that "last week" counts from.
        locale: BCP 47 tag; decides whether 1/2/2018 is in January or in February, as it does for stories.

    Example:
        >>> read("between march and june 2017", date(2020, 1, 1)).until
        datetime.date(2017, 6, 30)
    """
    plain = _plain(text)
    if not plain:
        return Reading(problem="it is empty")
    if len(plain) > _LONGEST:
        return Reading(problem=NOT_A_DATE)
    return _period(plain, today, locale)


def bound(text: str, side: str, today: date, locale: str = "en-US") -> Reading:
    """Return what `text` means where it is to begin or to end a search: one date, or an open range to that side.

    Any other range is a problem: a search until "since 2015" has no meaning, and one since "2015 to 2018" two.

    Args:
        text: as of `read`.
        side: "since" or "until"; "before" and "after", which want one date, are of no side.
        today: as of `read`.
        locale: as of `read`.

    >>> bound("since 2015", "until", date(2020, 1, 1)).problem
    'it says where a period begins, and one date is wanted here'
    """
    reading = read(text, today, locale)
    if reading.problem or not _point(_plain(text), today, locale).problem:
        return reading
    match bool(reading.since), bool(reading.until):
        case True, False if side != "since":
            return Reading(problem="it says where a period begins, and one date is wanted here")
        case False, True if side != "until":
            return Reading(problem="it says where a period ends, and one date is wanted here")
        case True, True:
            return Reading(problem="it has a beginning and an end, and one date is wanted here")
    return reading


def _plain(text: str) -> str:
    """Return a date in the one spelling that the patterns know: small letters, straight quotes, no full stops."""
    plain = " ".join(text.casefold().translate(_TYPOGRAPHIC).split())
    plain = plain.strip(" .;:!?") if not plain.startswith("..") and not plain.endswith("..") else plain
    return re.sub(rf"\b({_MONTH}|{_WEEKDAY})\.", r"\1", plain)


def _period(text: str, today: date, locale: str) -> Reading:
    if match := _DAYS.fullmatch(text):
        month = f"{match['month']} {match['year']}"
        return _range(f"{match['left']} {month}", f"{match['right']} {month}", today, locale)
    for pattern in (_YEARS, _SHORT_YEARS, _MONTHS_DASHED, _DAYS_DASHED, _BETWEEN, _RANGE, _TO, _DASHED):
        match = pattern.fullmatch(text)
        if match is None:
            continue
        left, right = match["left"], match["right"]
        if pattern is _SHORT_YEARS:
            if int(left) % 100 >= int(right):
                continue
            right = match["century"] + right
        return _range(left, right, today, locale)
    for pattern, side in ((_OPEN_LEFT, "since"), (_OPEN_RIGHT, "until"), (_AFTER, "after"), (_BEFORE, "before")):
        match = pattern.fullmatch(text)
        if match is None:
            continue
        value = _point(match["value"].strip(), today, locale)
        if value.problem:
            return value
        try:
            match side:
                case "since":
                    return Reading(since=value.since)
                case "until":
                    return Reading(until=value.until)
                case "after":
                    return Reading(since=value.until and value.until + timedelta(days=1))
                case _:
                    return Reading(until=value.since and value.since - timedelta(days=1))
        except OverflowError:
            return Reading(problem=_NO_SUCH_DAY)
    return _point(text, today, locale)


def _range(left: str, right: str, today: date, locale: str) -> Reading:
    # "[* TO 1900]": a star for an open end, as other archives write it.
    left, right = left.strip("*"), right.strip("*")
    if not left and not right:
        return Reading(problem=NOT_A_DATE)
    last = _point(right, today, locale) if right else Reading()
    first = _point(left, today, locale) if left else Reading()
    if _LONE_DAY.fullmatch(left) and last.since is not None and last.since == last.until:
        # "24 to 26 January 2018": the month and year stand once, at the end.
        first = _point(f"{left} {last.since:%B} {last.since.year}".casefold(), today, locale)
    if first.problem == _NO_YEAR and last.until is not None and not last.problem:
        # "march and june 2017": the year stands once, at the end.
        lent = last.until.year
        first = _point(f"{left} {lent}", today, locale)
        if first.since and last.since and first.since > last.since:
            first = _point(f"{left} {lent - 1}", today, locale)
    for side in (first, last):
        if side.problem:
            return Reading(problem=side.problem)
    if first.since and last.until and first.since > last.until:
        return Reading(last.since, first.until, swapped=True)
    return Reading(first.since, last.until)


def _point(text: str, today: date, locale: str) -> Reading:
    """Return the period of one date without "since" or "between"."""
    try:
        return _read_point(text, today, locale)
    except (ValueError, OverflowError):
        return Reading(problem=_NO_SUCH_DAY)


def _read_point(text: str, today: date, locale: str) -> Reading:
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
        return _on_weekday(_read_point(text[match.end() :], today, locale), _WEEKDAYS[match["weekday"]])
    for pattern in (_MONTH_YEAR, _DAY_MONTH, _MONTH_DAY, _DAY_MONTH_DASHED, _YEAR_MONTH_DAY):
        if match := pattern.fullmatch(text):
            found = match.groupdict()
            if found["year"] is None:
                return Reading(problem=_NO_YEAR)
            return _days(int(found["year"]), _MONTHS[found["month"]], _number(found.get("day")))
    return _span(text) or _relative(text, today) or _hopeless(text)


def _on_weekday(reading: Reading, weekday: int) -> Reading:
    """Return a day that was written with its weekday; the problem where it is another one."""
    day = reading.since
    if reading.problem or day is None or day != reading.until or day.weekday() == weekday:
        return reading
    return Reading(problem=f"{day.day} {day:%B} {day.year} is a {day:%A}")


def _hopeless(text: str) -> Reading:
    if _LONE_MONTH.fullmatch(text) or re.fullmatch(rf"(?:the )?(?:{'|'.join(_SEASONS)})", text):
        return Reading(problem=_NO_YEAR)
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
        year, month = int(match["year"]), _SEASONS[match["season"]]
        if month == 12:
            return Reading(date(year, 12, 1), _month_end(year + 1, 2))
        return Reading(date(year, month, 1), _month_end(year, month + 2))
    return None


def _relative(text: str, today: date) -> Reading | None:
    if match := _LAST_MANY.fullmatch(text):
        count = _count(match["count"])
        if not count:
            return Reading(problem="no time is in it")
        return Reading(_before(today, count, match["unit"]) + timedelta(days=1), today)
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
        return _whole(match["unit"], {"this": 0, "next": 1}.get(match["which"], -1), today)
    if match := _NAMED_MONTH.fullmatch(text):
        month = _MONTHS[match["month"]]
        past = month < today.month or (match["which"] == "this" and month == today.month)
        year = today.year if past or match["which"] == "this" else today.year - 1
        return _days(year, month, None)
    if match := _LAST_WEEKDAY.fullmatch(text):
        back = (today.weekday() - _WEEKDAYS[match["weekday"]]) % 7 or 7
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
