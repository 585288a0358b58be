"""HTML pages: one page, one story.

JSON-LD and the page's other marks are read by `index.readers.jsonld` and `pagemeta`, the text is found by trafilatura.
The one idea: the page is parsed once, and the publisher's own words about the story are believed before its looks.
"""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import chain, islice
from typing import Any

from index.enrich.bylines import clean_byline
from index.enrich.datelabels import date_line
from index.enrich.dates import copyright_clues
from index.enrich.datetext import read
from index.enrich.headlines import chosen_headline
from index.readers.encoding import clean, clean_line, decode
from index.readers.fields import web_address
from index.readers.jsonld import Described, described
from index.readers.pagedates import dates_beside, embedded_dates, embedded_days, named_dates
from index.readers.pagelayout import Layout
from index.readers.pagemeta import Claims, claims, shown_bylines
from index.readers.registry import Origin, Reader, Unreadable
from index.readers.text import whole_file
from index.record import DateClue, Draft, Record, Refusal
from index.storytype import known_type

_CHARSET = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"\s*<\?xml[^>]{1,100}?encoding\s*=\s*[\"']([\w:.-]+)", re.IGNORECASE)
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(rb"<(?:p|div|h1|title|meta|article)\b[^>]*>", re.IGNORECASE)
_ASIDES = (
    "//*[self::div or self::span or self::aside or self::section]["
    + " or ".join(
        f"contains(@class, '{name}')"
        for name in ("rollover", "tooltip", "popover", "newsletter", "visually-hidden", "sr-only", "screen-reader")
    )
    + "]"
)
#: A text of fewer characters is not taken for the story while the page has more to offer.
_SHORTEST = 150
#: In a story of fewer characters the page's own paragraphs are preferred to what was found.
_BRIEF = 600
_ARTICLE_PARAGRAPHS = (
    "(//article | //main | //*[@itemprop='articleBody'])//p[not(ancestor::footer or ancestor::aside or ancestor::nav "
    "or ancestor::header or ancestor::form or ancestor::figure or ancestor::noscript)]"
)
#: A time of which it is not known what the clocks at the paper showed.
_OWN_DAY_OPEN = re.compile(r"T(?:\d\d:){2}\d\d(?:\+00:00)?$")
#: How many of the dates that readers see are looked at for the time at the paper.
_LOOKED_AT, _SHOWN = 6, 3
#: What is meant as a date even where there is no such day: the story's date then says why it was not believed.
_LIKE_A_DATE = re.compile(r"(?<!\d)\d{4}-\d\d?-\d\d?(?!\d)")
#: How many lines at the top and at the end of a text may be a date alone.
_TOP, _ENDS = 4, 2
_LINKED_DATA = re.compile(r"<script[^>]{0,200}ld\+json[^>]{0,200}>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_SCRIPT_TYPE = "application/ld+json"


def _sniff(head: bytes) -> float:
    if _PAGE.match(head):
        return 1.0
    return 0.6 if _TAG.search(head[:8192]) else 0.0


def _split(stream: io.BufferedReader, origin: Origin) -> Iterator[Record | Refusal]:
    return whole_file("html", stream, origin)


def _draft(record: Record) -> Draft:
    declared = _XML_CHARSET.match(record.raw) or _CHARSET.search(record.raw[:8192])
    return draft_of_page(decode(record.raw, declared.group(1).decode("ascii", "ignore") if declared else ""))


def draft_of_page(page: str) -> Draft:
    """Return what the source of an HTML page says.

    Raises:
        Unreadable: where it cannot be parsed.
    """
    tree = _parsed(page)
    scripts = [
        "".join(element.itertext())
        for element in tree.iter("script")
        if _SCRIPT_TYPE in (element.get("type") or "").lower()
    ]
    layout = Layout(tree)
    claimed = claims(tree, layout, page)
    told = described(scripts, claimed.url)
    url = web_address(claimed.url or told.url)
    source = clean_line(told.source or (claimed.site[0] if claimed.site else ""))
    names = [told.headline] if told.headline else []
    headline = chosen_headline(
        [clean_line(name) for name in (*names, *claimed.headlines)],
        [clean_line(name) for name in claimed.headings],
        [source, *claimed.site],
    )
    dates = _dates(tree, page, told, claimed, layout)
    byline = _byline(tree, told, claimed, source)
    wrapped = any(len("".join(element.itertext())) > _SHORTEST for element in tree.iter("pre"))
    text = _text(tree, told)
    return Draft(
        headline=headline,
        body=clean(text.removeprefix(f"{headline}\n") if wrapped else "\n\n".join(_without_dates(text.split("\n")))),
        byline=byline,
        section=clean_line(told.section or claimed.section),
        source=source,
        url=url,
        dateline=clean_line(told.dateline),
        language=claimed.language or told.language,
        types=tuple(filter(None, map(known_type, (*told.types, *claimed.types)))),
        dates=(*dates, *copyright_clues(text)),
        cities=told.places,
    )


def _without_dates(lines: list[str]) -> list[str]:
    """Return the lines of a text without those at its top and its end that are a bare date.

    What that date is has been looked up on the page, where its marks tell it from the day of a change.
    """
    last = len(lines) - _ENDS
    return [line for place, line in enumerate(lines) if _TOP <= place < last or not _is_bare_date(line)]


def _is_bare_date(line: str) -> bool:
    dated = date_line(line)
    return dated is not None and not dated.label and not dated.credits


def _parsed(page: str) -> Any:
    from trafilatura.utils import load_html

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        tree = load_html(page.replace("\x00", ""))
    except (ValueError, TypeError, RecursionError) as error:
        raise Unreadable(f"this page cannot be parsed as HTML ({error})") from error
    if tree is None:
        raise Unreadable("this is no HTML page; if it is plain text, read it with --format text")
    return tree


def _text(tree: Any, told: Described) -> str:
    """Return the story's text; the tree is pruned on the way."""
    from trafilatura import bare_extraction

    for element in tree.xpath(_ASIDES):
        element.drop_tree()
    for element in tree.iter("p"):
        if _is_link_alone(element):
            element.text, element[:] = None, []
    own = _paragraphs(tree)
    found = bare_extraction(
        tree, fast=True, include_comments=False, with_metadata=False, config=_settings_of_extraction()
    )
    text = found.text or "" if found is not None else ""
    if own and len(text) < _BRIEF and len(own) >= 0.5 * len(text):
        text = own
    return told.text if len(told.text) > 250 and len(text) < 0.5 * len(told.text) else text


def _paragraphs(tree: Any) -> str:
    """Return the paragraphs that stand in the page's article: for a brief, of which little else can be told."""
    found = [" ".join("".join(element.itertext()).split()) for element in tree.xpath(_ARTICLE_PARAGRAPHS)]
    return "\n".join(filter(None, found))


@cache
def _settings_of_extraction() -> Any:
    """Return trafilatura's settings, with short stories believed: a brief of two sentences is a story too."""
    from copy import deepcopy

    from trafilatura.settings import DEFAULT_CONFIG

    settings = deepcopy(DEFAULT_CONFIG)
    settings["DEFAULT"]["MIN_EXTRACTED_SIZE"] = str(_SHORTEST)
    return settings


def _is_link_alone(paragraph: Any) -> bool:
    """Say whether a paragraph is nothing but one link of a headline's length: it leads to another story."""
    links = list(paragraph.iter("a"))
    if len(links) != 1:
        return False
    words = "".join(links[0].itertext()).split()
    return len(words) >= 4 and words == "".join(paragraph.itertext()).split()


def _byline(tree: Any, told: Described, claimed: Claims, source: str) -> str:
    """Return who wrote the story: the first claim that names anybody, whole where a later one has it in full."""
    papers = (source, *claimed.site)
    given = [told.persons, *((text,) for text in claimed.bylines)]
    names = [found for claim in given if (found := _names(claim, papers))]
    persons = [found for found in names if found.casefold() != source.casefold()]
    if not persons or " " not in persons[0]:  # what readers see says more than a first name
        persons += filter(None, (_names((text,), papers) for text in shown_bylines(tree)))
    if not persons:
        return names[0] if names else _names(told.organisations, papers)
    first = persons[0]
    return next((found for found in persons if found.startswith((f"{first} ", f"{first},"))), first)


def _names(claim: Iterable[str], papers: tuple[str, ...]) -> str:
    return clean_byline((clean_line(name) for name in claim), papers)


def _dates(tree: Any, page: str, told: Described, claimed: Claims, layout: Layout) -> tuple[DateClue, ...]:
    """Return the clues to the date of publication, best first: what is marked as such, then what is only shown."""
    language = claimed.language or told.language
    marked = [DateClue(told.published, "JSON-LD datePublished")] if told.published else []
    marked += (clue for clue in claimed.dates if not clue.weak)
    marked += [DateClue(told.created, "JSON-LD dateCreated")] if told.created else []
    marked += [DateClue(told.uploaded, "JSON-LD uploadDate")] if told.uploaded else []
    clues = [clue for clue in _on_one_line(marked) if read(clue.value, language) or _LIKE_A_DATE.search(clue.value)]
    strong = [clue for clue in clues[:2] if "JSON-LD datePublished" in clue.origin or "published_time" in clue.origin]
    if len(strong) == 2:  # a story that is published again has the later time in one of them
        clues[:2] = sorted(strong, key=lambda clue: _moment(clue.value))
    shown: Iterable[DateClue] = dates_beside(layout, language)
    own_day_open = not clues or _OWN_DAY_OPEN.search(_moment(clues[0].value)) is not None
    if own_day_open:  # where no mark tells it, or the one that does leaves the paper's own day open
        faint = (clue for clue in claimed.dates if clue.weak)
        shown = chain(shown, faint, named_dates(tree, layout, language))
        shown = chain(shown, embedded_days(page) if clues else embedded_dates(_without_linked_data(page)))
    seen: dict[str | None, DateClue] = {}
    for clue in islice(_on_one_line(shown), _LOOKED_AT):
        written = read(clue.value, language)
        if written:
            seen.setdefault(written.published, clue)
    kept = list(seen.values())[:_SHOWN]
    return (*clues, *(clue for place, clue in enumerate(kept) if not (clues and place) or "T" in _moment(clue.value)))


def _without_linked_data(page: str) -> str:
    """Return a page without the linked data that could be read, and so has been asked for its date already."""
    return _LINKED_DATA.sub(lambda script: "" if _is_json(script[1]) else script[0], page)


def _is_json(text: str) -> bool:
    try:
        json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return False
    return True


def _on_one_line(clues: Iterable[DateClue]) -> Iterator[DateClue]:
    return (replace(clue, value=clean_line(clue.value)) for clue in clues)


def _moment(value: str) -> str:
    written = read(value)
    return (written.published if written else None) or ""


READER = Reader("html", (".html", ".htm", ".xhtml"), _sniff, _split, _draft)
