"""Any search to follow: Atom, RSS and JSON Feed of the stories that arrived last.

The same words and filters as the page; the order is that of arrival, so a story added late is not missed. The one idea:
an entry's name never changes, whatever becomes of its headline, so a reader's program shows it once.

Formats: RFC 4287 (Atom), RSS 2.0 with `dc:creator` and `atom:link`, JSON Feed 1.1.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.etree import ElementTree

from flask import Blueprint, Response, request

from index.article import Article
from search.request import Request
from web import words
from web.address import Question, address
from web.results import applied, story_path
from web.site import Site, site
from web.story import summary

blueprint = Blueprint("feeds", __name__)

#: Stories in a feed.
ENTRIES = 50

_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"

#: Characters that XML 1.0 cannot hold.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One story of a feed: its lasting name, its address, and when the archive took it in."""

    name: str
    url: str
    title: str
    summary: str
    arrived: datetime
    authors: tuple[str, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """A search as a feed: `page` is the address of its results, `url` its own."""

    title: str
    archive: str
    page: str
    url: str
    updated: datetime
    entries: tuple[Entry, ...]


@blueprint.get("/search.atom")
def as_atom() -> Response:
    """Answer with the search as Atom."""
    return Response(atom(_feed(".atom")), content_type="application/atom+xml; charset=utf-8")


@blueprint.get("/search.rss")
def as_rss() -> Response:
    """Answer with the search as RSS."""
    return Response(rss(_feed(".rss")), content_type="application/rss+xml; charset=utf-8")


@blueprint.get("/search.json")
def as_json_feed() -> Response:
    """Answer with the search as JSON Feed."""
    return Response(json_feed(_feed(".json")), content_type="application/feed+json; charset=utf-8")


def atom(feed: Feed) -> bytes:
    """Return a feed as an Atom document."""
    root = ElementTree.Element("feed", {"xmlns": _ATOM})
    _add(root, "title", feed.title)
    _add(root, "id", feed.page)
    _add(root, "updated", feed.updated.isoformat())
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.url)
    _add(root, "link", rel="alternate", type="text/html", href=feed.page)
    _add(_add(root, "author"), "name", feed.archive)
    for entry in feed.entries:
        element = _add(root, "entry")
        _add(element, "title", entry.title)
        _add(element, "id", entry.name)
        _add(element, "link", rel="alternate", type="text/html", href=entry.url)
        _add(element, "updated", entry.arrived.isoformat())
        for author in entry.authors:
            _add(_add(element, "author"), "name", author)
        for tag in entry.tags:
            _add(element, "category", term=tag)
        _add(element, "summary", entry.summary)
    return _document(root)


def rss(feed: Feed) -> bytes:
    """Return a feed as an RSS document."""
    root = ElementTree.Element("rss", {"version": "2.0", "xmlns:atom": _ATOM, "xmlns:dc": _DC})
    channel = _add(root, "channel")
    _add(channel, "title", feed.title)
    _add(channel, "link", feed.page)
    _add(channel, "description", words.feed_description(feed.archive))
    _add(channel, "lastBuildDate", format_datetime(feed.updated))
    _add(channel, "atom:link", rel="self", type="application/rss+xml", href=feed.url)
    for entry in feed.entries:
        item = _add(channel, "item")
        _add(item, "title", entry.title)
        _add(item, "link", entry.url)
        _add(item, "guid", entry.name, isPermaLink="false")
        _add(item, "pubDate", format_datetime(entry.arrived))
        for author in entry.authors:
            _add(item, "dc:creator", author)
        for tag in entry.tags:
            _add(item, "category", tag)
        _add(item, "description", entry.summary)
    return _document(root)


def json_feed(feed: Feed) -> str:
    """Return a feed as a JSON Feed document."""
    form = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.url,
        "items": [
            {
                "id": entry.name,
                "url": entry.url,
                "title": entry.title,
                "content_text": entry.summary,
                "date_published": entry.arrived.isoformat(),
                "authors": [{"name": author} for author in entry.authors],
                "tags": list(entry.tags),
            }
            for entry in feed.entries
        ],
    }
    return json.dumps(form, ensure_ascii=False) + "\n"


def _feed(ending: str) -> Feed:
    here = site()
    root = request.host_url.rstrip("/")
    question = site().understood(request.args.items(multi=True)).on_page(1).sorting("arrived")
    asked = replace(question.request, offset=0, limit=ENTRIES, facet_limit=1)
    entries = tuple(_entry(here, article, root) for article in _articles(here, asked))
    followed = question.sorting(question.default_sort)
    return Feed(
        title=f"{called(here, question)} – {here.archive.title}",
        archive=here.archive.title,
        page=root + address(followed),
        url=root + address(followed, f"/search{ending}"),
        updated=max((entry.arrived for entry in entries), default=datetime(1970, 1, 1, tzinfo=UTC)),
        entries=entries,
    )


def _articles(here: Site, asked: Request) -> tuple[Article, ...]:
    return tuple(hit.article for hit in here.archive.search(asked).hits)


def called(here: Site, question: Question) -> str:
    """Return what a search is called where it is followed: its words, then its filters."""
    tags = (f"{tag.preposition} {tag.label}".strip() for tag in applied(question, here.formats, here.catalogue.label))
    text = question.request.text
    about = ", ".join(part for part in (f"“{text}”" if text else "", *tags) if part)
    return about or words.ALL_STORIES


def _entry(here: Site, article: Article, root: str) -> Entry:
    clipping = here.archive.story(article.id)
    facts = (here.formats.published(article.published) or words.UNDATED, article.source)
    return Entry(
        name=f"{root}/stories/{article.id}",
        url=root + story_path(article),
        title=article.headline or words.UNTITLED,
        summary=f"{', '.join(fact for fact in facts if fact)}. {summary(article.body)}".strip(),
        arrived=_moment(clipping.story.arrived if clipping else ""),
        authors=article.bylines,
        tags=tuple(tag for tag in (article.section, *(city.label for city in article.facet_cities)) if tag),
    )


def _moment(arrived: str) -> datetime:
    try:
        moment = datetime.fromisoformat(arrived)
    except ValueError:
        return datetime(1970, 1, 1, tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    clean = {key: _NOT_XML.sub(" ", value) for key, value in attributes.items()}
    element = ElementTree.SubElement(parent, name, clean)
    element.text = _NOT_XML.sub(" ", text) or None
    return element


def _document(root: ElementTree.Element) -> bytes:
    whole: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return whole + b"\n"
