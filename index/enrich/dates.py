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
from itertools import islice
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from index.article import Article
from index.dates import period
from index.enrich.context import Context
from index.enrich.datelabels import published_part
from index.enrich.datetext import Written, find, find_without_year, is_day, read
from index.enrich.pathdates import in_address, in_folders, in_name, year_for
from index.record import DateClue, Draft

#: Newspapers begin in 1605; a year before this one is a slip.
EARLIEST_YEAR = 1600

#: Where a clue comes from that tells a year alone: a wire's copyright line, set when the story was.
COPYRIGHT = "the copyright line"
_COPYRIGHT = re.compile(
    r"^\W{0,3}(?:copyright|\(c\)|©)\s*(?:©|\(c\))?(?:[^\n]{0,60}?[ ,])?((?:19|20)\d\d)(?![-–\d])",
    re.IGNORECASE | re.MULTILINE,
)
#: So many other claims are told.
_TOLD = 3
#: How the origins of a page's marks begin; in one page they all mean the same publication.
_MARKS = ("JSON-LD", "the page's")
#: Days that programs begin to count from, at midnight.
_NOTHINGS = ((1899, 12, 30), (1900, 1, 1))
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TABLES = (".jsonl", ".ndjson", ".json", ".jl", ".csv", ".tsv")


class Decision(NamedTuple):
    """A date of publication (the form of `Article.published`) and how it was decided."""

    published: str | None
    reason: str


class _Clue(NamedTuple):
    written: Written | None
    value: str
    origin: str


def decide(draft: Draft, context: Context, home: str = "") -> Decision:
    """Return the date of publication that the clues of `draft` and `context` support.

    The reason names the clue, what had to be decided to read it, and the better clues that were not believed.
    """
    if home:
        from index.enrich.cities import time_zone_of  # the gazetteer's room takes a moment to import

        context = replace(context, time_zone=time_zone_of(home) or context.time_zone)
    refused: list[str] = []
    for clue in _clues(draft, context):
        written, origin = clue.written, clue.origin
        if written is None:
            why = "is no date that can be read in one way" if published_part(clue.value) else "tells of a change"
            refused.append(f"{clue.value[:40]!r} of {origin} {why}")
            continue
        if written.year is None:
            written, origin = _with_year(written, origin, draft, context)
        if written.year is None:
            refused.append(f"{origin} says {clue.value.strip()[:40]!r} without a year, and nothing tells it")
            continue
        fault = _fault(written, context.today)
        if fault:
            refused.append(f"{written.published} of {origin} {fault}")
            continue
        published, note = _local(written, draft, context)
        notes = "; ".join(filter(None, (written.note, note, *islice(_others(clue, written, draft, context), _TOLD))))
        reason = f"{origin} ({notes})" if notes else origin
        return Decision(published, "; ".join([reason, *(f"not believed: {why}" for why in refused)]))
    return Decision(None, "; ".join(f"not believed: {why}" for why in refused))


def _others(clue: _Clue, written: Written, draft: Draft, context: Context) -> Iterator[str]:
    """Yield what other marks of a page say of the publication, where they name a day more than one off."""
    marked = [other for other in draft.dates if not other.weak and other.origin.startswith(_MARKS)]
    if not clue.origin.startswith(_MARKS):
        return
    told = {written.published}
    for other in marked:
        said = _as_written(other.value, _locale(draft, context), context)
        if said and said.day and written.day and said.published not in told and _are_apart(said, written):
            told.add(said.published)
            yield f"{other.origin} says {said.published}"


def _are_apart(one: Written, other: Written) -> bool:
    """Say whether two days are more than one apart; the same evening is another day elsewhere."""
    days = [day.year and is_day(day.year, day.month or 1, day.day or 1) for day in (one, other)]
    if not all(days):
        return False
    first, second = (date(day.year or 1, day.month or 1, day.day or 1) for day in (one, other))
    return abs(first - second) > timedelta(days=1)


def _clues(draft: Draft, context: Context) -> Iterator[_Clue]:
    locale = _locale(draft, context)
    address = in_address(draft.url)
    given = [clue for clue in draft.dates if clue.origin != COPYRIGHT]
    for clue in given:
        if not clue.weak:
            yield _Clue(_as_written(clue.value, locale, context), clue.value, clue.origin)
    if address and address.day:
        yield _Clue(address, draft.url, "the address")
    for clue in given:
        written = _as_written(clue.value, locale, context) if clue.weak else None
        if clue.weak and (address is None or address.day or _is_within(written, address)):
            yield _Clue(written, clue.value, clue.origin)
    dateline = _dateline(draft)
    filed = find(dateline, locale, whole=True) or find_without_year(dateline)
    if address and not address.day:
        if _is_within(filed, address):
            yield _Clue(filed, dateline, "the dateline")
        yield _Clue(address, draft.url, "the address")
    path = _story_path(context.path)
    for written, where in ((in_name(path), "the file's name"), (in_folders(path), "the file's folder")):
        if written:
            yield _Clue(written, path, where)
    if filed:
        yield _Clue(filed, dateline, "the dateline")
    if context.modified:
        yield _Clue(read(context.modified), context.modified, "the file's modification time, as asked for")


def _as_written(value: str, locale: str, context: Context) -> Written | None:
    part = published_part(value)
    return read(part, locale, context.time_zone) or find_without_year(part)


def _is_within(written: Written | None, month: Written) -> bool:
    """Say whether a date lies in a month; one without a year does where its month is the same."""
    return written is not None and written.year in (None, month.year) and written.month == month.month


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
    year, what = year_for(written.month or 1, written.day or 1, draft.url, _story_path(context.path))
    if year is None:
        years = {int(clue.value) for clue in draft.dates if clue.origin == COPYRIGHT}
        year, what = (years.pop(), COPYRIGHT) if len(years) == 1 else (None, "")
    return (written, origin) if year is None else (replace(written, year=year), f"{origin}, with the year of {what}")


def _fault(written: Written, today: date) -> str:
    """Return why a date cannot be the publication's, or ""."""
    year, month, day = written.year or 0, written.month or 1, written.day or 1
    if year < EARLIEST_YEAR:
        return "is before there were newspapers"
    if not is_day(year, month, day):
        return "is no day of the calendar"
    if date(year, month, day) > today + timedelta(days=1):
        return "lies in the future"
    if written.clock and (year, month, day) in ((1969, 12, 31), (1970, 1, 1)):
        moment = datetime.fromisoformat(written.published or "")
        if moment == _EPOCH or moment.replace(tzinfo=UTC) == _EPOCH:
            return "is what programs write for a missing date"
    if written.clock.startswith("T00:00:00") and (year, month, day) in _NOTHINGS:
        return "is what programs write for a missing date"
    return ""


def _local(written: Written, draft: Draft, context: Context) -> tuple[str | None, str]:
    """Return the date told in the paper's own time, and a note where that is not as the clue has it.

    Servers write UTC, in which an evening's story is of the next day. The paper's own day is taken from another clue
    of the record to the same moment, else from its address or what it shows, else from the time zone of its home or
    of the archive. Midnight to the second is what programs write when they know the day alone: the day is kept.
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
    others = [(other, clue.weak) for clue in draft.dates if (other := read(clue.value, _locale(draft, context)))]
    for other, _ in others:
        local = _same_moment(moment, other)
        if local:
            return local, "given in UTC, told in the time another mark of the page gives"
    address = in_address(draft.url)
    seen = [(address, True), *others] if address else others
    for other, _ in seen:
        if other.day and not other.clock and _is_neighbour(moment, other):
            return other.published, f"given in UTC as {published[:16]}; the paper's own day"
    if any(shown and _is_of_day(other, moment) for other, shown in seen):  # the paper itself tells the day by UTC
        return published, ""
    return _in_zone(published, moment, context.time_zone)


def _in_zone(published: str, moment: datetime, zone: str) -> tuple[str, str]:
    """Return a time in UTC as it was in the paper's time zone, and a note where that differs."""
    if zone == "UTC":
        return published, ""
    try:
        local = moment.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")
    except (ZoneInfoNotFoundError, ValueError):
        return published, ""
    if local[11:19] == "00:00:00":
        return local[:10], "given in UTC, the paper's midnight"
    return local, "" if local == published else "given in UTC, told in the paper's time"


def _is_of_day(other: Written, moment: datetime) -> bool:
    """Say whether a date is of the day of a moment in UTC, and does not itself tell it in UTC."""
    same = (other.year, other.month, other.day) == (moment.year, moment.month, moment.day)
    return same and not other.clock.endswith("+00:00")


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
