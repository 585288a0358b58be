"""Dates, ages and numbers are written as the newsroom's readers write them."""

from __future__ import annotations

from datetime import date

import pytest

from web.formats import Formats

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 3, 2), ""),
        (date(2026, 3, 1), ""),
        (date(2026, 2, 28), "1 day ago"),
        (date(2026, 2, 2), "27 days ago"),
        (date(2026, 2, 1), "1 month ago"),
        (date(2025, 3, 2), "11 months ago"),
        (date(2025, 3, 1), "1 year ago"),
        (date(2024, 3, 2), "1 year ago"),
        (date(2024, 2, 29), "2 years ago"),
        (date(1876, 3, 2), "149 years ago"),
    ],
)
def test_an_age_is_told_in_whole_units_and_never_rounded_up(day: date, said: str) -> None:
    assert Formats().age(day, TODAY) == said


@pytest.mark.parametrize(
    ("locale", "written"),
    [
        ("en-US", "March 4, 1987 | Wednesday, March 4, 1987 | March 1987 | Mar 4 | 12,345 | 0.5% | 38 years ago"),
        ("en-GB", "4 March 1987 | Wednesday, 4 March 1987 | March 1987 | 4 Mar | 12,345 | 0.5% | 38 years ago"),
        ("de-DE", "4 March 1987 | Wednesday, 4 March 1987 | March 1987 | 4 Mar | 12.345 | 0,5 % | 38 years ago"),
        ("fr-FR", "4 March 1987 | Wednesday, 4 March 1987 | March 1987 | 4 Mar | 12 345 | 0,5 % | 38 years ago"),
        ("ja-JP", "4 March 1987 | Wednesday, 4 March 1987 | March 1987 | 4 Mar | 12,345 | 0.5% | 38 years ago"),
    ],
)
def test_numbers_follow_the_locale_and_dates_its_country_in_the_language_of_the_page(locale: str, written: str) -> None:
    formats, day = Formats(locale), date(1987, 3, 4)
    said = (
        formats.day(day),
        formats.weekday(day),
        formats.month(day),
        formats.short_day(day),
        formats.number(12_345),
        formats.percent(0.005),
        formats.age(day, TODAY),
    )
    assert " | ".join(said).replace("\xa0", " ").replace("\u202f", " ") == written
