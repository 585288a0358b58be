"""What lies between a file and an article: the record as it came, what it says, and what could not be read.

Frozen values without I/O. The one idea: a record keeps the newsroom's own bytes, so that everything made of it (the
draft, then the article) can be made again, better, without the file.
"""

from __future__ import annotations

from dataclasses import dataclass

from index.article import Article


@dataclass(frozen=True, slots=True)
class Record:
    """One story as it came.

    Attributes:
        raw: the bytes the store keeps: the whole file, the line, or a CSV row as one JSON object with its column names.
        format: name of the reader that understands `raw` ("text", "html", "nitf", "jsonl", "csv").
        path: absolute path of the file, or "-" for standard input.
        number: which record of a file of many, from 1; None where the file is one story.
        source: the paper the user named for the whole run (`--source`), or "".
        modified: the file's modification time, ISO 8601 in UTC, only where the user asked to date by it; else None.
    """

    raw: bytes
    format: str
    path: str
    number: int | None = None
    source: str = ""
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file or record that could not be read: where, and why, in words that say what to do."""

    path: str
    record: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class DateClue:
    """Something a record says about its date.

    Attributes:
        value: the words as written.
        origin: where they stood ("JSON-LD datePublished").
        weak: they are not marked as the publication's; a day in the record's address is believed before them.
    """

    value: str
    origin: str
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What a record says, cleaned, before anything is decided about its date and its cities.

    Attributes:
        given_id: the id the newsroom gave it, or "".
        headline, body, byline, section, source, url, dateline, language: as in `index.article.Article`.
        headline_made: the file had no headline; ours stands in.
        dates: clues to the date of publication, best first; updates are not publications and are left out.
        types: what type of story the record says it is (`index.storytype.type_named`), best first.
        cities: places the newsroom itself gave ("Chicago, Illinois", or a GeoNames id as text), best first.
        article: the record is an article in the house's own form (an export): taken as it is; else None.
    """

    given_id: str = ""
    headline: str = ""
    body: str = ""
    byline: str = ""
    section: str = ""
    source: str = ""
    url: str = ""
    dateline: str = ""
    language: str = ""
    headline_made: bool = False
    dates: tuple[DateClue, ...] = ()
    types: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    article: Article | None = None
