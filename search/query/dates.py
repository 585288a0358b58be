"""Dates and ranges of dates as readers type them, into first and last day.

Whole values only: text in, a period out, or the reason why not; one date by itself is `search.query.periods`' business,
and publication dates are `index.dates`'. The one idea: a range is two dates and what stands between or before them, so
"since", "to", a dash and "between" go with every date that can be read alone.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from search.query.periods import MONTH, NO_SUCH_DAY, NO_YEAR, NOT_A_DATE, WEEKDAY, Reading, point

__all__ = ["NOT_A_DATE", "Reading", "bound", "read"]

#: A dash with room on one side at least, or a longer one; "1990-1995" and "2018-01" are told apart by their figures.
_DASH = r"(?:\s*(?:[\u2013\u2014]|--+)\s*|\s+-\s*|\s*-\s+)"
_TILL = r"(?:to|until|till|through|thru)"

_RANGE = re.compile(r"(?P<left>.*?)\s*(?:\.\.+|\u2026)\s*(?P<right>.*)")
_YEARS = re.compile(r"(?P<left>\d{4}|\d{3}0s)-(?P<right>\d{4}|\d{3}0s)")
_SHORT_YEARS = re.compile(r"(?P<left>\d{4})(?P<mark>[-/\u2013\u2014])(?P<right>\d{2})")
_DAYS = re.compile(
    rf"(?P<month>{MONTH}) (?P<left>\d{{1,2}})\s*(?:-|\u2013|\u2014| to )\s*(?P<right>\d{{1,2}}) (?P<year>\d{{4}})"
)
_MONTHS_DASHED = re.compile(rf"(?P<left>{MONTH})\s*-\s*(?P<right>(?:{MONTH}) \d{{4}})")
_DAYS_DASHED = re.compile(rf"(?P<left>\d{{1,2}})\s*-\s*(?P<right>\d{{1,2}} (?:{MONTH}) \d{{4}})")
_LONE_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")
_BETWEEN = re.compile(rf"(?:between|from) (?P<left>.+?)(?: (?:and|{_TILL}) |{_DASH})(?P<right>.+)")
_SINCE_UNTIL = re.compile(
    r"(?:(?P<open>since|from|starting|beginning|after) |(?P<more>>=?) ?)(?P<left>.+?) (?:(?:and|but) )?"
    rf"(?:(?P<close>up to|before|{_TILL}) |(?P<less><=?) ?)(?P<right>.+)"
)
_TO = re.compile(rf"(?!up to )(?P<left>.+?) {_TILL} (?P<right>.+)")
_DASHED = re.compile(rf"(?P<left>.+?){_DASH}(?P<right>.+)")
_CLOSE_DASH = re.compile(r"(?P<left>[^-]+)-(?P<right>[^-]+)")
_LED = re.compile(r"(?:between|from|in|during|over)(?: the years)? (?P<range>.+)|the years (?P<years>.+)")
_OPEN_LEFT = re.compile(r"(?:(?:since|from|starting|beginning) |>= ?)(?P<value>.+)")
_OPEN_RIGHT = re.compile(rf"(?:(?:up to|{_TILL}) |<= ?)(?P<value>.+)")
_AFTER = re.compile(r"(?:after |> ?)(?P<value>.+)")
_BEFORE = re.compile(r"(?:before |< ?)(?P<value>.+)")

_TYPOGRAPHIC = str.maketrans({",": " ", "\u2019": "'", "\u2018": "'", "\u2010": "-", "\u2011": "-", "\u2212": "-"})
_LONGEST = 80

#: Days that a year is lent over: "march to june 2017" lends it, "march to 2018" has none to lend.
_HALF_YEAR = 184


def read(text: str, today: date, locale: str = "en-US") -> Reading:
    """Return the period that `text` names as a whole.

    Args:
        text: "2018-01", "March 2018", "24 Jan 2018", "1/24/2018", "last week", "since 2015", "1990s", "2015..2018",
            "between march and june 2017", "5 May - 7 June 2018" and their like, in English, in any case.
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
    if reading.problem or not point(_plain(text), today, locale).problem:
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
    return re.sub(rf"\b({MONTH}|{WEEKDAY})\.", r"\1", plain)


def _period(text: str, today: date, locale: str) -> Reading:
    closed = _closed(text, today, locale)
    if closed is not None:
        return closed
    if match := _LED.fullmatch(text):
        # "from 2015-2018": a range that stands by itself, and a word before it.
        closed = _closed(match["range"] or match["years"], today, locale)
        if closed is not None and not closed.problem:
            return closed
    alone = _open(text, today, locale) or point(text, today, locale)
    if alone.problem == NOT_A_DATE and (match := _CLOSE_DASH.fullmatch(text)):
        # "Jan 2018-Mar 2018": two dates, where the whole is none.
        both = _range(match["left"], match["right"], today, locale)
        return alone if both.problem else both
    return alone


def _closed(text: str, today: date, locale: str) -> Reading | None:
    """Return what a text with two ends means, None where it is none."""
    if match := _DAYS.fullmatch(text):
        month = f"{match['month']} {match['year']}"
        return _range(f"{match['left']} {month}", f"{match['right']} {month}", today, locale)
    if match := _SHORT_YEARS.fullmatch(text):
        return _short_years(int(match["left"]), match["mark"], int(match["right"]), today, locale)
    for pattern in (_YEARS, _MONTHS_DASHED, _DAYS_DASHED, _BETWEEN):
        if match := pattern.fullmatch(text):
            return _range(match["left"], match["right"], today, locale)
    if match := _SINCE_UNTIL.fullmatch(text):
        after, before = match["open"] == "after" or match["more"] == ">", match["close"] == "before"
        before = before or match["less"] == "<"
        return _range(match["left"], match["right"], today, locale, after=after, before=before)
    for pattern in (_RANGE, _TO, _DASHED):
        if match := pattern.fullmatch(text):
            return _range(match["left"], match["right"], today, locale)
    return None


def _short_years(left: int, mark: str, right: int, today: date, locale: str) -> Reading | None:
    """Return the years of "2017/18" and "1914-18"; None where a month stands behind the mark, or nothing that is."""
    later = (right - left) % 100
    if 1 <= right <= 12 and mark in "-/":
        if later == 1 and mark == "/":
            return Reading(
                problem=f"it can be a month or two years: write {left}-{right:02d} or {left}..{left + later}"
            )
        return None
    return _range(f"{left}", f"{left + later}", today, locale) if later == 1 or right > left % 100 else None


def _open(text: str, today: date, locale: str) -> Reading | None:
    """Return what a text with one end means, None where it is none."""
    for pattern, side in ((_OPEN_LEFT, "since"), (_OPEN_RIGHT, "until"), (_AFTER, "after"), (_BEFORE, "before")):
        match = pattern.fullmatch(text)
        if match is None:
            continue
        value = point(match["value"].strip(), today, locale)
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
            return Reading(problem=NO_SUCH_DAY)
    return None


def _range(left: str, right: str, today: date, locale: str, *, after: bool = False, before: bool = False) -> Reading:
    """Return the days from one date to another, or what is wrong with either; `after` and `before` leave them out."""
    # "[* TO 1900]": a star for an open end, as other archives write it.
    left, right = left.strip("*"), right.strip("*")
    if not left and not right:
        return Reading(problem=NOT_A_DATE)
    last = point(right, today, locale) if right else Reading()
    first = _first(left, last, today, locale) if left else Reading()
    problems = [side.problem for side in (first, last) if side.problem]
    if problems:
        return Reading(problem=NOT_A_DATE if NOT_A_DATE in problems else problems[0])
    if first.since and last.until and first.since > last.until and not (after or before):
        return Reading(last.since, first.until, swapped=True)
    try:
        since = first.until + timedelta(days=1) if after and first.until else first.since
        until = last.since - timedelta(days=1) if before and last.since else last.until
    except OverflowError:
        return Reading(problem=NO_SUCH_DAY)
    return Reading(problem="no day is in it") if since and until and since > until else Reading(since, until)


def _first(left: str, last: Reading, today: date, locale: str) -> Reading:
    """Return the first date of a range, to which the last lends the month and the year that stand once, at the end."""
    first = point(left, today, locale)
    if last.problem or last.since is None or last.until is None:
        return first
    if _LONE_DAY.fullmatch(left) and last.since == last.until:
        # "24 to 26 January 2018"
        return point(f"{left} {last.since:%B} {last.since.year}".casefold(), today, locale)
    if first.problem == NO_YEAR and (last.until - last.since).days < _HALF_YEAR:
        # "march and june 2017"
        lent = last.until.year
        first = point(f"{left} {lent}", today, locale)
        if first.since and first.since > last.since:
            first = point(f"{left} {lent - 1}", today, locale)
    return first
