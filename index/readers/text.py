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
    r"|updated|last updated|modified|city|titel|titre|título|titolo|autor|auteur|publication title|paper)\s*:\s*(\S.*)",
    re.IGNORECASE,
)
#: Labels of a date, which in other stories are labels of something else: only before a date and nothing else.
_DATED = re.compile(
    r"((?:run|issue|pub(?:lish(?:ed)?)?|release|print)[ -]?date|date published|date of publication|sent|datum|dato"
    r"|for (?:immediate )?release|fecha(?: de publicación)?|data(?: di pubblicazione| de publicação)?"
    r"|date de (?:publication|parution)|erscheinungsdatum|publicatiedatum)\s*:\s*(\S.*)",
    re.IGNORECASE,
)
#: What databases and desks say of a story beside what is read here; no header line by itself.
_BESIDE = re.compile(
    r"(?:publication (?:year|info|type|subject)|pages?|pg|edition|slug|length|word count|words|year|publisher|database"
    r"|(?:place|country|language) of publication|issn|(?:source|document|publication)[ -]type|load[ -]date|copyright"
    r"|(?:proquest )?document id|subject|from|to|cc|eds)\s*:\s*\S.{0,78}"
    r"|\^?(?:AP|BC|AM|PM)-[A-Z]{2,}-{1,2}\S.{2,60}|\d+ of \d+ DOCUMENTS|LEVEL \d+ - \d+ OF \d+ STORIES"
    r"|-+ ?Original Message ?-+",
    re.IGNORECASE,
)
_FOREIGN_BYLINE = re.compile(
    r"(?:Par|Von|Por|Di|Da|Door|Av|Af)(?: (?:(?:de|la|van|von|et|und|e|y) )?[A-Z\u00c0-\u00de][\w.'\u2019-]*+,?){2,6}"
)
#: How a line below the writer's name ends; then lines of words written large, as names of papers and writers are.
_JOB = re.compile(
    r".*\b(?:writer|reporter|correspondent|editor|columnist|critic|staff|bureau|associated press|news service)s?",
    re.IGNORECASE,
)
_CREDIT = re.compile(r"(?:(?:[A-Z\u00c0-\u00de(][\w.,'’()/&-]*+|\d+ words|of|the|and|&|for|de|in)(?:\s+|\Z)){1,8}")
_PAGE = re.compile(r"(?:page|pg|pp?)\b\.? *\w{1,5}\Z")
_KICKER = re.compile(r"[A-Z\u00c0-\u00de][\w&]{2,19}")
_EMAIL = re.compile(r"\s+\S{1,60}@[\w.-]{3,60}$")
_LONGEST_CREDIT, _LONGEST_DECK = 60, 160
#: How many lines that are no header lines may stand before one.
_LINES_BETWEEN = 4
_FIELD = {
    "headline": "headline", "title": "headline",
    "by": "byline", "byline": "byline", "author": "byline", "reporter": "byline",
    "section": "section", "category": "section",
    "source": "source", "publication": "source", "newspaper": "source",
    "url": "url", "link": "url", "dateline": "dateline", "id": "given_id", "language": "language", "city": "city",
    "type": "type", "genre": "type",
    "titel": "headline", "titre": "headline", "título": "headline", "titolo": "headline",
    "autor": "byline", "auteur": "byline", "publication title": "source", "paper": "source",
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
_EMPHASIS = "*_> "
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
    kept: list[str] = []
    for place, line in enumerate(lines[:_HEADER_LINES]):
        words = line.strip()
        if not words or (place == body and _FRONT_MATTER.fullmatch(words)):
            body += place == body
            continue
        if not _is_header(words, lines, place, given, dates):
            below_the_writer = _is_of_the_writer(lines, place)
            if not below_the_writer and not _leads_to_header(lines, place):
                break
            if _is_kicker(lines, place):
                given.setdefault("section", words)
            elif _FOREIGN_BYLINE.fullmatch(words):
                given.setdefault("byline", words)
            elif not below_the_writer and not _BESIDE.fullmatch(words):
                kept.extend((words, ""))
        body = place + 1
    return Draft(
        given_id=given.get("given_id", ""),
        headline=given.get("headline", ""),
        body="\n".join((*kept, *lines[body:])),
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
    labelled_date = _DATED.fullmatch(words)
    if labelled_date and date_line(labelled_date.group(2)):
        dates.append(DateClue(labelled_date.group(2).strip(), f"the line {labelled_date.group(1).capitalize()!r}"))
        return True
    dated = date_line(words.strip(_EMPHASIS))
    if dated and (dated.label or not _goes_on(lines, place)):
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
    over_the_writer = _is_byline("".join(lines[place + 1 : place + 2]).strip())
    free = "headline" not in given and (not dates or over_the_writer) and not _BESIDE.fullmatch(words)
    if free and _stands_apart(words, lines, place):
        given["headline"] = words
        return True
    return False


def _leads_to_header(lines: list[str], place: int) -> bool:
    """Say whether a line that is none of them stands among header lines: a date or a writer comes shortly after it."""
    following = [later for later in range(place + 1, min(place + 8, len(lines))) if lines[later].strip()]
    if _is_kicker(lines, place):
        return _leads_to_header(lines, place + 1) or any(_is_byline(lines[later].strip()) for later in following[1:2])
    if following and _is_byline(lines[following[0]].strip()) and len(lines[place].strip()) <= _LONGEST_DECK:
        return any(_is_date(lines, later) for later in following[1:2])  # the line under a headline
    for later in (place, *following[:_LINES_BETWEEN]):
        line = lines[later].strip()
        if later != place and _is_date(lines, later):
            return True
        if not (_BESIDE.fullmatch(line) or _is_byline(line) or _is_credit(line)):
            return False
    return False


def _is_date(lines: list[str], place: int) -> bool:
    """Say whether a line is a date, and no part of a sentence that goes on below it."""
    line = lines[place].strip()
    return _dated_value(line) or (date_line(line) is not None and not _goes_on(lines, place))


def _is_kicker(lines: list[str], place: int) -> bool:
    """Say whether a line is a section's name right over a headline ("Metro"), and not over a date or a writer."""
    following = "".join(lines[place + 1 : place + 2]).strip()
    over = len(following.split()) > 1 and not _is_header_word(following)
    return over and _KICKER.fullmatch(lines[place].strip()) is not None


def _goes_on(lines: list[str], place: int) -> bool:
    """Say whether a sentence goes on below a line."""
    following = "".join(lines[place + 1 : place + 2]).strip()
    return following[:1].islower() and not _PAGE.match(following) and not _is_byline(following)


def _dated_value(line: str) -> bool:
    labelled = _DATED.fullmatch(line) or _LABELLED.fullmatch(line)
    return labelled is not None and date_line(labelled.group(2)) is not None


def _is_credit(line: str) -> bool:
    return len(line) <= _LONGEST_CREDIT and _CREDIT.fullmatch(line) is not None


def _is_of_the_writer(lines: list[str], place: int) -> bool:
    """Say whether a line goes on with the byline above it: "Bugle Staff Writer"."""
    words = lines[place].strip()
    return place > 0 and _is_byline(lines[place - 1].strip()) and _is_credit(words) and bool(_JOB.fullmatch(words))


def _is_byline(words: str) -> bool:
    words = _EMAIL.sub("", words)
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
    if not apart and after and date_line(following) and _goes_on(lines, place + 1):
        return False
    credited = _is_header_word(following) or (bool(following) and not apart and _leads_to_header(lines, place + 1))
    return bool(following) and (apart or credited)


def _is_header_word(line: str) -> bool:
    """Say whether a line is of a date, a writer or another label."""
    labelled = bool(_LABELLED.fullmatch(line)) or _dated_value(line)
    return labelled or _is_byline(line) or date_line(line.strip(_EMPHASIS)) is not None


READER = Reader("text", (".txt", ".text", ".asc", ".md"), _sniff, _split, _draft)
