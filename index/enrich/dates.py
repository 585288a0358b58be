"""Which date a story has: the best clue that holds, with the reason in words.

How dates are written is `index.enrich.datetext`'s, where a record says them its reader's. The one idea: clues are tried
best first (what the record says, its address, its file's name, its dateline); one that lies in the future or that
cannot be is passed over and named; a year is never supplied without evidence, and no date at all is an honest answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import PurePath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from index.article import Article
from index.dates import period
from index.enrich.context import Context
from index.enrich.datetext import MONTHS, Written, find, find_without_year, read
from index.record import DateClue, Draft

#: Newspapers begin in 1605; a year before this one is a slip.
EARLIEST_YEAR = 1600

_SEPARATED = re.compile(r"(?<!\d)(1[6-9]\d\d|20\d\d)([-/_.])(\d{1,2}|[a-z]{3,9})\2(\d{1,2})(?!\d)", re.IGNORECASE)
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])([-/_.])(0[1-9]|1[0-2])\2((?:19|20)\d\d)(?!\d)")
_MONTH = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])(?=/|$)")
_YEAR = re.compile(r"(?<![\d])((?:19|20)\d\d)(?![\d])")
#: Where a clue comes from that tells a year alone: a wire's copyright line, set when the story was.
COPYRIGHT = "the copyright line"
_COPYRIGHT = re.compile(
    r"^\W{0,3}(?:copyright|\(c\)|©)\s*(?:©|\(c\))?(?:[^\n]{0,60}?[ ,])?((?:19|20)\d\d)(?![-–\d])",
    re.IGNORECASE | re.MULTILINE,
)
_TABLES = (".jsonl", ".ndjson", ".json", ".jl", ".csv", ".tsv")


class Decision(NamedTuple):
    """A date of publication (the form of `Article.published`) and how it was decided."""

    published: str | None
    reason: str


class _Clue(NamedTuple):
    written: Written | None
    value: str
    origin: str


def decide(draft: Draft, context: Context) -> Decision:
    """Return the date of publication that the clues of `draft` and `context` support.

    The reason names the clue, what had to be decided to read it, and the better clues that were not believed.
    """
    refused: list[str] = []
    for written, value, origin in _clues(draft, context):
        if written is None:
            refused.append(f"{value[:40]!r} of {origin} is no date that can be read in one way")
            continue
        if written.year is None:
            written, origin = _with_year(written, origin, draft, context)
        if written.year is None:
            refused.append(f"{origin} says {value.strip()[:40]!r} without a year, and nothing tells it")
            continue
        fault = _fault(written, context.today)
        if fault:
            refused.append(f"{written.published} of {origin} {fault}")
            continue
        published, note = _local(written, draft, context)
        notes = "; ".join(filter(None, (written.note, note)))
        reason = f"{origin} ({notes})" if notes else origin
        return Decision(published, "; ".join([reason, *(f"not believed: {why}" for why in refused)]))
    return Decision(None, "; ".join(f"not believed: {why}" for why in refused))


def _clues(draft: Draft, context: Context) -> Iterator[_Clue]:
    locale = _locale(draft, context)
    for clue in draft.dates:
        if clue.origin == COPYRIGHT:
            continue
        written = read(clue.value, locale, context.time_zone) or find_without_year(clue.value)
        yield _Clue(written, clue.value, clue.origin)
    written = in_address(draft.url)
    if written:
        yield _Clue(written, draft.url, "the address")
    name = _story_path(context.path)
    written = in_name(name)
    if written:
        yield _Clue(written, name, "the file's name")
    dateline = _dateline(draft)
    written = find(dateline, locale, whole=True) or find_without_year(dateline)
    if written:
        yield _Clue(written, dateline, "the dateline")
    if context.modified:
        yield _Clue(read(context.modified), context.modified, "the file's modification time, as asked for")


def _locale(draft: Draft, context: Context) -> str:
    """Return whose order of day and month a record follows: its own language's, where that says it is not American."""
    language = draft.language.replace("_", "-")
    own = language and language not in ("en", "en-US")
    return language if own else context.locale


def copyright_clues(text: str) -> tuple[DateClue, ...]:
    """Return the year of the copyright lines in a story's own text, where it is one year."""
    years = set(_COPYRIGHT.findall(text))
    return (DateClue(years.pop(), COPYRIGHT),) if len(years) == 1 else ()


def believed(article: Article, context: Context) -> Article:
    """Return an article in the house's own form without a date that cannot be, which is then said."""
    found = period(article.published)
    if found is None:
        return article
    day = found.first
    fault = _fault(Written(day.year, day.month, day.day), context.today)
    if not fault:
        return article
    reason = "; ".join(filter(None, [article.published_reason, f"not believed: {article.published} {fault}"]))
    return replace(article, published=None, published_reason=reason)


def in_address(url: str) -> Written | None:
    """Return the date in a web address: `/2018/01/24/`, `/2018/jan/24/`, `-20180124`, `/2018/01/`; None without one."""
    if not url:
        return None
    parts = urlsplit(url)
    path = unquote(parts.path)
    return _in_path(path) or _in_path(unquote(parts.query))


def in_name(path: str) -> Written | None:
    """Return the date in a file's name (`2018-01-24-bridge.txt`) or in its folders (`2018/01/24/bridge.txt`)."""
    place = PurePath(path)
    return _in_path(place.name) or _in_path("/" + "/".join(place.parts[-4:-1]) + "/", months=False)


def _in_path(path: str, *, months: bool = True) -> Written | None:
    for match in _SEPARATED.finditer(path):
        month = int(match[3]) if match[3].isdigit() else MONTHS.get(match[3].lower(), 0)
        if _is_day(int(match[1]), month, int(match[4])):
            return Written(int(match[1]), month, int(match[4]))
    for match in _COMPACT.finditer(path):
        if _is_day(int(match[1]), int(match[2]), int(match[3])):
            return Written(int(match[1]), int(match[2]), int(match[3]))
    for match in _DAY_FIRST.finditer(path):
        if int(match[1]) > 12 and _is_day(int(match[4]), int(match[3]), int(match[1])):
            return Written(int(match[4]), int(match[3]), int(match[1]))
    by_month = _MONTH.search(path) if months else None
    return Written(int(by_month[1]), int(by_month[2])) if by_month else None


def _story_path(path: str) -> str:
    """Return the path of a file that is one story; "" for a table of many and for standard input."""
    name = path.lower().removesuffix(".gz")
    return "" if path == "-" or name.endswith(_TABLES) else path


def _dateline(draft: Draft) -> str:
    """Return the day as the dateline writes it ("March 26"), or ""."""
    from index.enrich.cities import parse_dateline  # the gazetteer's room takes a moment to import

    found = parse_dateline(draft.dateline, given=True) if draft.dateline else parse_dateline(draft.body)
    return found.date if found else ""


def _with_year(written: Written, origin: str, draft: Draft, context: Context) -> tuple[Written, str]:
    """Return a day and month with the year of the address, the file's path or a copyright, said in the origin."""
    path = _story_path(context.path)
    for text, what in (
        (unquote(urlsplit(draft.url).path) if draft.url else "", "the address"),
        (PurePath(path).name, "the file's name"),
        ("/".join(PurePath(path).parts[-4:-1]), "the file's folder"),
        (" ".join(clue.value for clue in draft.dates if clue.origin == COPYRIGHT), COPYRIGHT),
    ):
        years = {int(year) for year in _YEAR.findall(text)}
        if len(years) == 1:
            return replace(written, year=years.pop()), f"{origin}, with the year of {what}"
    return written, origin


def _fault(written: Written, today: date) -> str:
    """Return why a date cannot be the publication's, or ""."""
    year, month, day = written.year or 0, written.month or 1, written.day or 1
    if year < EARLIEST_YEAR:
        return "is before there were newspapers"
    if not _is_day(year, month, day):
        return "is no day of the calendar"
    if date(year, month, day) > today + timedelta(days=1):
        return "lies in the future"
    if (year, month, day) == (1970, 1, 1) and written.clock.startswith("T00:00:00"):
        return "is what programs write for a missing date"
    return ""


def _local(written: Written, draft: Draft, context: Context) -> tuple[str | None, str]:
    """Return the date told in the paper's own time, and a note where that is not as the clue has it.

    Servers write UTC, in which an evening's story is of the next day. The paper's own day is taken from another clue
    of the record to the same moment, else from its address, else from the archive's time zone. Midnight to the second
    is what programs write when they know the day alone: the day is kept and the time is not.
    """
    published = written.published
    if not written.clock or published is None:
        return published, ""
    if written.clock.startswith("T00:00:00"):
        return published.partition("T")[0], ""
    moment = datetime.fromisoformat(published)
    if moment.tzinfo is None:
        return _told_elsewhere(moment, draft, _locale(draft, context)) or (published, "")
    if not written.clock.endswith("+00:00"):
        return published, ""
    others = [other for clue in draft.dates if (other := read(clue.value, _locale(draft, context)))]
    for other in others:
        local = _same_moment(moment, other)
        if local:
            return local, "given in UTC, told in the time another mark of the page gives"
    address = in_address(draft.url)
    for other in ([address] if address else []) + others:
        if other.day and not other.clock and _is_neighbour(moment, other):
            return other.published, f"given in UTC as {published[:16]}; the paper's own day"
    if context.time_zone != "UTC":
        try:
            local = moment.astimezone(ZoneInfo(context.time_zone)).isoformat(timespec="seconds")
        except (ZoneInfoNotFoundError, ValueError):
            return published, ""
        return local, "" if local == published else "given in UTC, told in the paper's time"
    return published, ""


def _told_elsewhere(moment: datetime, draft: Draft, locale: str) -> tuple[str, str] | None:
    """Return the time that readers see for a moment without a zone that a server wrote in UTC, where they see one."""
    note = "given without a zone and as it was in UTC; told in the time another mark of the page gives"
    for clue in draft.dates:
        other = read(clue.value, locale)
        if other is None or not other.published or not other.clock or "shown" not in clue.origin:
            continue
        local = datetime.fromisoformat(other.published)
        if local.tzinfo is not None and local != moment.replace(tzinfo=local.tzinfo):
            if abs(local - moment.replace(tzinfo=UTC)) < timedelta(minutes=1):
                return other.published, note
        elif local.tzinfo is None and local.date() != moment.date():
            told = _same_moment(moment.replace(tzinfo=UTC), other)
            if told:
                return told, note
    return None


def _same_moment(moment: datetime, other: Written) -> str | None:
    """Return `moment` as `other` tells it in local time, where it does."""
    if not other.published or not other.clock or other.clock.endswith("+00:00"):
        return None
    local = datetime.fromisoformat(other.published)
    if local.tzinfo is not None:
        return other.published if abs(local - moment) < timedelta(minutes=1) else None
    ahead = local.replace(tzinfo=UTC) - moment
    quarters = round(ahead / timedelta(minutes=15))
    if quarters and abs(quarters) <= 56 and abs(ahead - quarters * timedelta(minutes=15)) < timedelta(minutes=1):
        return local.replace(tzinfo=timezone(quarters * timedelta(minutes=15))).isoformat()
    return None


def _is_neighbour(moment: datetime, other: Written) -> bool:
    """Say whether a day is the one before or after that of a moment in UTC, and was still or already that day there."""
    day = date(other.year or 1, other.month or 1, other.day or 1)
    if day == moment.date() - timedelta(days=1):
        return moment.hour < 12
    return day == moment.date() + timedelta(days=1) and moment.hour >= 10


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
