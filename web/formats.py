"""Dates and numbers as the newsroom's readers write them.

No words of the interface and no date arithmetic. The one idea: a date shows what is known and no more, and the locale
decides how; Babel knows the locales (Unicode's CLDR). Numbers are written as in the newsroom's locale; dates have words
in them, and a page is in one language, so they are written in that of the interface as the newsroom's country does.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from math import inf
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_timedelta
from babel.numbers import format_decimal, format_percent

from index.dates import Period, period
from web.words import LANGUAGE

Precision = Literal["year", "month", "day"]
_Unit = Literal["day", "month", "year"]


class UnknownLocale(ValueError):  # noqa: N818  # reads as what happened
    """There is no such locale; the message says what to write instead."""


@dataclass(frozen=True, slots=True)
class Formats:
    """How one locale writes dates and numbers; `locale` is a BCP 47 tag ("en-US")."""

    locale: str = "en-US"

    def __post_init__(self) -> None:
        """Refuse a locale that nobody knows."""
        try:
            Locale.parse(self.locale, sep="-")
        except (ValueError, UnknownLocaleError) as error:
            raise UnknownLocale(
                f"{self.locale!r} is no locale. Write a language and a country, as in en-US, en-GB or de-DE."
            ) from error

    def number(self, value: int) -> str:
        """Return a whole number with its groups of digits: 12,345."""
        if 0 <= value < 1000:
            return str(value)
        between = _between_groups(self.locale)
        return f"{value:,}".replace(",", between) if between else _number(self.locale, value)

    def percent(self, share: float) -> str:
        """Return a share (1.0 is all) in per cent, with one digit after the point below ten."""
        return _percent(self.locale, round(share, 3 if share < 0.1 else 2))

    def day(self, day: date) -> str:
        """Return a day: March 4, 2019."""
        return _day(self.locale, day)

    def month(self, day: date) -> str:
        """Return the month of a day: March 2019."""
        return _skeleton(self.locale, "yMMMM", day.replace(day=1))

    def short_month(self, day: date) -> str:
        """Return the month of a day, short: Mar 2019."""
        return _skeleton(self.locale, "yMMM", day.replace(day=1))

    def month_alone(self, day: date) -> str:
        """Return the month of a day without its year, short: Mar."""
        return _skeleton(self.locale, "MMM", day.replace(day=1))

    def short_day(self, day: date) -> str:
        """Return a day without its year, short: Mar 4."""
        return _skeleton(self.locale, "MMMd", day)

    def day_of_year(self, day: date) -> str:
        """Return a day without its year: March 4."""
        return _skeleton(self.locale, "MMMMd", day)

    def weekday(self, day: date) -> str:
        """Return a day with its weekday: Monday, March 4, 2019."""
        return _weekday(self.locale, day)

    def span(self, first: date, last: date) -> str:
        """Return days as their shortest name: a day, a month, a year, a decade, or both ends."""
        return _span(self, first, last)

    def _made_span(self, first: date, last: date) -> str:
        if first == last:
            return self.day(first)
        if is_month(first, last):
            return self.month(first)
        if is_year(first, last):
            return f"{first.year}"
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            return f"{first.year}–{last.year}"
        return f"{self.day(first)} – {self.day(last)}"

    def age(self, day: date, today: date) -> str:
        """Return how long ago a day was, in whole days, months or years: "14 years ago"; "" for today and later.

        >>> Formats().age(date(2012, 6, 13), date(2026, 6, 12))
        '13 years ago'
        """
        months = (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)
        unit: _Unit
        unit, count = ("year", months // 12) if months >= 12 else ("month", months)
        if months < 1:
            unit, count = "day", (today - day).days
        return _ago(self.locale, unit, count) if count > 0 else ""

    def years(self, first: int, last: int) -> str:
        """Return the years from one to another: 1996–2016, or 1996 alone."""
        return f"{first}" if first == last else f"{first}–{last}"

    def end(self, day: date, precision: Precision) -> str:
        """Return the first or last day of a span as its year, its month or itself."""
        return f"{day.year}" if precision == "year" else self.month(day) if precision == "month" else self.day(day)

    def published(self, published: str | None) -> str:
        """Return the date of a story as far as it is known; "" for an undated one."""
        known = known_period(published)
        return self.span(known.first, known.last) if known else ""


@lru_cache(maxsize=4096)
def known_period(published: str | None) -> Period | None:
    """Return the period a story's date covers; None where it has none that can be read."""
    try:
        return period(published)
    except ValueError:
        return None


def is_month(first: date, last: date) -> bool:
    """Say whether the days are exactly one calendar month."""
    return first.day == 1 and (first.year, first.month) == (last.year, last.month) and _ends_month(last)


def is_year(first: date, last: date) -> bool:
    """Say whether the days are exactly one calendar year."""
    return (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year


def precision_of(first: date | None, last: date | None) -> Precision:
    """Return the longest unit that both ends of a span begin and end; an open end fits any.

    >>> precision_of(date(1987, 4, 1), date(1988, 12, 31))
    'month'
    """
    if (first is None or first.day == 1) and (last is None or _ends_month(last)):
        whole = (first is None or first.month == 1) and (last is None or last.month == 12)
        return "year" if whole else "month"
    return "day"


def _ends_month(day: date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


@lru_cache(maxsize=4096)
def _span(formats: Formats, first: date, last: date) -> str:
    return formats._made_span(first, last)


@lru_cache(maxsize=16)
def _of_dates(locale: str) -> Locale:
    """Return the locale of dates: the interface's language in the newsroom's country or, unknown, anywhere."""
    country = Locale.parse(locale, sep="-").territory
    try:
        return Locale.parse(f"{LANGUAGE}_{country or '001'}")
    except (ValueError, UnknownLocaleError):
        return Locale.parse(f"{LANGUAGE}_001")


@lru_cache(maxsize=16)
def _between_groups(locale: str) -> str:
    """What stands between groups of three digits; "" where the locale groups digits in another way."""
    known = Locale.parse(locale, sep="-")
    between: str = format_decimal(1_000, locale=known)[1:-3]
    plain = all(
        format_decimal(number, locale=known) == f"{number:,}".replace(",", between)
        for number in (1_000, 98_765, 123_456, 7_654_321, 10_234_567_890)
    )
    return between if plain else ""


@lru_cache(maxsize=4096)
def _number(locale: str, value: int) -> str:
    return format_decimal(value, locale=Locale.parse(locale, sep="-"))


@lru_cache(maxsize=4096)
def _percent(locale: str, share: float) -> str:
    known = Locale.parse(locale, sep="-")
    pattern: str = known.percent_formats[None].pattern
    if 0 < share < 0.1:
        pattern = pattern.replace("##0", "##0.0")
    return format_percent(share, pattern, locale=known)


@lru_cache(maxsize=512)
def _ago(locale: str, unit: _Unit, count: int) -> str:
    # Babel takes a year for 365 days and a month for 30, and would round to another unit below its threshold.
    span = timedelta(days=count * {"day": 1, "month": 30, "year": 365}[unit])
    return format_timedelta(-span, granularity=unit, threshold=inf, add_direction=True, locale=_of_dates(locale))


@lru_cache(maxsize=4096)
def _day(locale: str, day: date) -> str:
    return format_date(day, "long", locale=_of_dates(locale))


@lru_cache(maxsize=512)
def _weekday(locale: str, day: date) -> str:
    return format_date(day, "full", locale=_of_dates(locale))


@lru_cache(maxsize=4096)
def _skeleton(locale: str, skeleton: str, day: date) -> str:
    return format_skeleton(skeleton, day, locale=_of_dates(locale))
