"""Plain text: one file, one story, with what header lines it has.

Advertising and navigation are `index.enrich.boilerplate`'s and paragraphs `index.enrich.paragraphs`'. The one idea:
a line at the top is taken out of the text only where it says itself what it is ("By …", "Published: …"), or where a
short first line stands apart as a headline does.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from index.enrich.datelabels import date_line
from index.enrich.dates import copyright_clues
from index.readers.encoding import clean, decode
from index.readers.fields import web_address
from index.readers.jsonl import LONGEST
from index.readers.registry import Origin, Reader, Unreadable
from index.record import DateClue, Draft, Record, Refusal
from index.storytype import type_named

#: How many lines at the top may be header lines.
_HEADER_LINES = 12

_LABELLED = re.compile(
    r"(headline|title|by|byline|author|reporter|published(?: on)?|publication date|date|posted(?: on)?|section|category"
    r"|source|publication|newspaper|url|link|dateline|id|language|type|genre"
    r"|updated|last updated|modified|city)\s*:\s*(\S.*)",
    re.IGNORECASE,
)
_FIELD = {
    "headline": "headline", "title": "headline",
    "by": "byline", "byline": "byline", "author": "byline", "reporter": "byline",
    "section": "section", "category": "section",
    "source": "source", "publication": "source", "newspaper": "source",
    "url": "url", "link": "url", "dateline": "dateline", "id": "given_id", "language": "language", "city": "city",
    "type": "type", "genre": "type",
}  # fmt: skip
_UPDATED = ("updated", "last updated", "modified")
#: Names behind "By", each word with its end in sight, so that none is tried in pieces; all small only in a short line.
_BYLINE = re.compile(
    r"(?i:by)[ \t]+(?:"
    r"(?:(?:[A-Z\u00c0-\u00de][\w.'\u2019-]*+|and|de|van|von|la|del|&)(?:[ \t]*+[,|][ \t]*+|[ \t]++|\Z)){1,12}"
    r"|[a-z]++(?:[ \t]++[a-z]++){1,2})"
)
_LONGEST_BYLINE = 100
_FRONT_MATTER = re.compile(r"-{3,}|\+{3,}")
_MARKDOWN = re.compile(r"#{1,3}\s+(.+)")
_HEADLINE_LENGTH = 130


def _sniff(head: bytes) -> float:
    return 0.3


def whole_file(name: str, stream: io.BufferedReader, origin: Origin) -> Iterator[Record | Refusal]:
    """Yield a file as one record of the format `name`."""
    raw = stream.read(LONGEST + 1)
    if len(raw) > LONGEST:
        raise Unreadable(f"the file is longer than {LONGEST >> 20} MB, more than one story; split it, a story a file")
    yield Record(raw, name, origin.path, None, origin.source, origin.modified)


def _split(stream: io.BufferedReader, origin: Origin) -> Iterator[Record | Refusal]:
    return whole_file("text", stream, origin)


def _draft(record: Record) -> Draft:
    return draft_of_text(clean(decode(record.raw)))


def draft_of_text(text: str) -> Draft:
    """Return what clean `text` says, its header lines taken out of the body."""
    lines = text.expandtabs(4).strip("\n").split("\n")
    given: dict[str, str] = {}
    dates: list[DateClue] = []
    body = 0
    for place, line in enumerate(lines[:_HEADER_LINES]):
        words = line.strip()
        if not words or (place == body and _FRONT_MATTER.fullmatch(words)):
            body += place == body
            continue
        if not _is_header(words, lines, place, given, dates):
            break
        body = place + 1
    return Draft(
        given_id=given.get("given_id", ""),
        headline=given.get("headline", ""),
        body="\n".join(lines[body:]),
        byline=given.get("byline", ""),
        section=given.get("section", ""),
        source=given.get("source", ""),
        url=web_address(given.get("url", "")),
        dateline=given.get("dateline", ""),
        language=given.get("language", ""),
        types=tuple(filter(None, [type_named(given.get("type", ""))])),
        dates=(*dates, *copyright_clues(text)),
        cities=(given["city"],) if "city" in given else (),
    )


def _is_header(words: str, lines: list[str], place: int, given: dict[str, str], dates: list[DateClue]) -> bool:
    """Say whether a line at the top is no part of the body, and note what it gives."""
    labelled = _LABELLED.fullmatch(words)
    if labelled and _is_value(labelled):
        label, value = labelled.group(1).lower(), labelled.group(2).strip()
        if label in _FIELD:
            given.setdefault(_FIELD[label], value)
            return True
        if label not in _UPDATED:
            dates.append(DateClue(value, f"the line {label.capitalize()!r}"))
            return True
    dated = date_line(words)
    if dated:
        where = f"the line {dated.label.capitalize()!r}" if dated.label else "the date at the top"
        dates.extend([DateClue(dated.value, where)] if dated.value else ())
        byline = next(filter(_is_byline, dated.credits), "")
        if byline:
            given.setdefault("byline", byline)
        return True
    if labelled and _is_value(labelled):
        return True
    if _is_byline(words) and "byline" not in given:
        given["byline"] = words
        return True
    marked = _MARKDOWN.fullmatch(words)
    if marked and "headline" not in given:
        given["headline"] = marked.group(1)
        return True
    if not given.get("headline") and not dates and _stands_apart(words, lines, place):
        given["headline"] = words
        return True
    return False


def _is_byline(words: str) -> bool:
    return len(words) < _LONGEST_BYLINE and _BYLINE.fullmatch(words) is not None


def _is_value(labelled: re.Match[str]) -> bool:
    """Say whether what follows a label is as short as its value should be, and no sentence of a story."""
    value = labelled.group(2)
    return labelled.group(1).lower() in ("headline", "title", "url", "link") or len(value) <= 80


def _stands_apart(words: str, lines: list[str], place: int) -> bool:
    """Say whether a line is a headline: short, no sentence, and set off from a text that follows."""
    if len(words) > _HEADLINE_LENGTH or words.endswith((".", ",", ";", ":", "—", "–", "-")) or len(words.split()) < 2:
        return False
    after = lines[place + 1 :]
    following = next((line.strip() for line in after if line.strip()), "")
    apart = bool(after) and not after[0].strip()
    credited = _is_byline(following) or bool(_LABELLED.fullmatch(following)) or date_line(following) is not None
    return bool(following) and (apart or credited)


READER = Reader("text", (".txt", ".text", ".asc", ".md"), _sniff, _split, _draft)
