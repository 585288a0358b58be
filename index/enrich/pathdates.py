"""Dates in web addresses, file names and folders: whole days, months, and the year that a day without one belongs to.

Not which of a story's dates is believed (`index.enrich.dates`). The one idea: a path tells a date by its shape alone
("/2018/01/24/"), so only shapes that mean the story are read: no tracking parameter, no season of two years, no year in
the words of a headline, and no folder that is named after something else as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import PurePath
from urllib.parse import parse_qsl, unquote, urlsplit

from index.enrich.datetext import MONTHS, Written, find, is_day

_SEPARATED = re.compile(r"(?<!\d)(1[6-9]\d\d|20\d\d)([-/_.])(\d{1,2}|[a-z]{3,9})\2(\d{1,2})(?!\d)", re.IGNORECASE)
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_MONTH_FIRST = re.compile(r"(?<!\d)(0[1-9]|1[0-2])([-_.])(0[1-9]|[12]\d|3[01])\2((?:19|20)\d\d)(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])([-/_.])(0[1-9]|1[0-2])\2((?:19|20)\d\d)(?!\d)")
_MONTH = re.compile(r"/((?:19|20)\d\d)([/-])(0?[1-9]|1[0-2])(?=/|$)")
_YEAR_ALONE = re.compile(r"(?:1[6-9]|20)\d\d")
_YEAR_FIRST = re.compile(r"((?:1[6-9]|20)\d\d)(?!\d)")
#: Parameters of an address that say of which day the page is.
_OF_A_DAY = re.compile(r"(?:pub(?:lish(?:ed)?)?_?)?(?:date|day|dt|d)", re.IGNORECASE)
#: Digits and letters of a file's name apart, for one that writes the month as a word.
_PART = re.compile(r"\d+|[^\W\d_]+")
_MONTH_NAME = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*", re.IGNORECASE)
_A_MONTH = len("2018-01")
#: So many folders above a file are looked at.
_FOLDERS = 3


def in_address(url: str) -> Written | None:
    """Return the date in a web address: `/2018/01/24/`, `/2018/jan/24/`, `-20180124`, `/2018/01/`; None without one."""
    if not url:
        return None
    parts = urlsplit(url)
    asked = next((value for name, value in parse_qsl(parts.query) if _OF_A_DAY.fullmatch(name)), "")
    return _day_in(unquote(parts.path)) or _month_in(unquote(parts.path)) or _day_in(asked)


def in_name(path: str) -> Written | None:
    """Return the date in a file's name: `2018-01-24-bridge.txt`, `Jan 24 2018.txt`."""
    name = PurePath(path).name
    found = _day_in(name)
    if found is None and _MONTH_NAME.search(name):
        words = find(" ".join(_PART.findall(name)), whole=True)
        found = words and Written(words.year, words.month, words.day)
    return found


def in_folders(path: str) -> Written | None:
    """Return the day or month that a file's folders are named after and nothing else: `2018/01/24/`, `2018-01/`."""
    folders = PurePath(path).parts[:-1][-_FOLDERS:]
    names = ["/".join(folders), "/".join(folders[1:]), *reversed(folders)]
    for name in names:
        found = _day_in(name)
        if found and (found.start, found.end) == (0, len(name)):
            return found
    return next((found for name in names[1:] if (found := _month_in(f"/{name}")) and len(name) <= _A_MONTH), None)


def year_for(month: int, day: int, url: str, path: str) -> tuple[int | None, str]:
    """Return the year that an address or a file's place tells for a day without one, and what told it.

    A whole date or month tells the year in which that day had last been; a year alone is that year.

    Args:
        month: 1 to 12.
        day: of the month.
        url: the story's, or "".
        path: of its file, or "".
    """
    name, folders = PurePath(path).name, PurePath(path).parts[:-1][-_FOLDERS:]
    address = unquote(urlsplit(url).path) if url else ""
    first = _YEAR_FIRST.match(name)
    for dated, years, what in (
        (in_address(url), _years_alone(address.split("/")), "the address"),
        (in_name(path), {int(first[1])} if first else set(), "the file's name"),
        (in_folders(path), _years_alone(folders), "the file's folder"),
    ):
        if dated and dated.year and dated.month:
            return _last_been(month, day, dated), what
        if len(years) == 1:
            return years.pop(), what
    return None, ""


def _years_alone(names: Iterator[str] | tuple[str, ...] | list[str]) -> set[int]:
    return {int(name) for name in names if _YEAR_ALONE.fullmatch(name)}


def _last_been(month: int, day: int, written: Written) -> int:
    """Return the year in which a day had last been at a date; it may be the day after, as evening papers are dated."""
    year, of_month, of_day = written.year or 0, written.month or 12, written.day or 31
    if written.day:
        after = date(year, of_month, of_day) + timedelta(days=1)
        year, of_month, of_day = after.year, after.month, after.day
    return year if (month, day) <= (of_month, of_day) else year - 1


def _day_in(text: str) -> Written | None:
    for match in _SEPARATED.finditer(text):
        month = int(match[3]) if match[3].isdigit() else MONTHS.get(match[3].lower(), 0)
        if is_day(int(match[1]), month, int(match[4])):
            return Written(int(match[1]), month, int(match[4]), start=match.start(), end=match.end())
    for match in _COMPACT.finditer(text):
        if is_day(int(match[1]), int(match[2]), int(match[3])):
            return Written(int(match[1]), int(match[2]), int(match[3]), start=match.start(), end=match.end())
    for match in _DAY_FIRST.finditer(text):
        if int(match[1]) > 12 and is_day(int(match[4]), int(match[3]), int(match[1])):
            return Written(int(match[4]), int(match[3]), int(match[1]), start=match.start(), end=match.end())
    for match in _MONTH_FIRST.finditer(text):
        if int(match[3]) > 12 and is_day(int(match[4]), int(match[1]), int(match[3])):
            return Written(int(match[4]), int(match[1]), int(match[3]), start=match.start(), end=match.end())
    return None


def _month_in(path: str) -> Written | None:
    for match in _MONTH.finditer(path):
        year, month = int(match[1]), int(match[3])
        if match[2] == "-" and month == (year + 1) % 100:  # the season 2011-12
            continue
        return Written(year, month)
    return None
