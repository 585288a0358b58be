"""`python -m tests.index.readers.measure FOLDER`: where a page has its marked day, when Morgue gives it another.

    python -m tests.index.readers.measure ../shared/corpora/html-dev

It gates nothing. The one idea: before a missed date is called a fault, one looks for the marked day on the page, in
every form that a day is written in and in sight of the words before it; a day that is not there cannot be read there.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import click

from index import readers
from index.enrich import Context, enrich
from index.enrich.calendars import months_of, plain_digits
from index.enrich.datetext import MONTHS
from index.record import Record

_CONTEXT, _SHOWN = 60, 6
#: The words of one date stand within so many characters.
_DATE = 30
#: A day is in progress somewhere on earth from so long before it begins in UTC until as long after it ends.
_FURTHEST_ZONE = timedelta(hours=14)
_MOMENT = re.compile(r"(?<![\d.])1\d{9}(?:\d{3})?(?!\d)")


def places_of(day: date, page: str, language: str = "") -> Iterator[tuple[int, int]]:
    """Yield the stretches of a page's source that may tell a day: in figures, in words, as seconds since 1970."""
    page = plain_digits(page)
    year, month, number = rf"(?:{day.year}|{day.year % 100:02d})", rf"0?{day.month}", rf"0?{day.day}"
    gap = r"[^\w\n]{1,3}"
    figures = (
        rf"{day.year}\W?{day.month:02d}\W?{day.day:02d}",
        rf"{day.year}{gap}{month}{gap}{number}",
        rf"{number}{gap}{month}{gap}{year}",
        rf"{month}{gap}{number}{gap}{year}",
    )
    for form in figures:
        yield from (found.span() for found in re.finditer(rf"(?<!\d){form}(?!\d)", page))
    names = [name for name, which in (MONTHS | months_of(language or "en")).items() if which == day.month]
    both = re.compile(rf"(?<!\d){number}(?!\d)"), re.compile(rf"(?<!\d){day.year}(?!\d)")
    for found in re.finditer("|".join(map(re.escape, names)), page, re.IGNORECASE):
        start, end = max(0, found.start() - _DATE), found.end() + _DATE
        if all(part.search(page, start, end) for part in both):
            yield start, end
    begin = datetime(day.year, day.month, day.day, tzinfo=UTC)
    for found in _MOMENT.finditer(page):
        moment = datetime.fromtimestamp(int(found[0][:10]), UTC)
        if begin - _FURTHEST_ZONE <= moment < begin + timedelta(days=1) + _FURTHEST_ZONE:
            yield found.span()


def dated(raw: bytes, name: str) -> tuple[str, str, str]:
    """Return the date Morgue gives a page, the reason, and the page's language; the first two "" for none."""
    try:
        draft = readers.draft(Record(raw, "html", f"/{name}"))
    except readers.Unreadable as error:
        return "", str(error), ""
    article = enrich(draft, Context(datetime.now(UTC).date(), f"/{name}"))
    return article.published or "", article.published_reason, draft.language


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(folder: Path) -> None:
    """Say of each page of FOLDER whose date is not the marked one where the marked day stands in its source."""
    marked = missed = nowhere = 0
    for row in map(json.loads, (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()):
        if not row.get("date"):
            continue
        marked += 1
        raw = gzip.decompress((folder / row["file"]).read_bytes())
        published, reason, language = dated(raw, row["file"].removesuffix(".gz"))
        if published[:10] == row["date"][:10]:
            continue
        missed += 1
        page = raw.decode("utf-8", "replace")
        found = list(places_of(date.fromisoformat(row["date"][:10]), page, language))
        nowhere += not found
        click.echo(f"\n{row['url']}\n  marked {row['date'][:10]}, read {published or 'none'} ({reason or 'no clue'})")
        for start, end in found[:_SHOWN]:
            click.echo(f"  … {' '.join(page[max(0, start - _CONTEXT) : end + _CONTEXT].split())} …")
        click.echo(f"  places in the source that may tell the marked day: {len(found)}")
    click.echo(
        f"\n{missed} of {marked} dates are not the marked one; {nowhere} of those days are nowhere on their page"
    )


if __name__ == "__main__":
    main()
