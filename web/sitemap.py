"""The stories for robots: a sitemap in chunks of one year's stories, each with the day it last changed.

Routes and XML (sitemaps.org protocol 0.9). The one idea: robots are kept out of the endless ways to cut a search and
given every story's own address instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from urllib.parse import quote
from xml.sax.saxutils import escape

from flask import Blueprint, Response, request

from search.request import Request
from web import words
from web.results import story_path
from web.site import Said, site

blueprint = Blueprint("sitemap", __name__)

#: Stories in one chunk; the protocol allows 50,000, but a chunk should not take long to make.
CHUNK = 2_000

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@blueprint.get("/sitemap.xml")
def index() -> Response:
    """List the chunks: every year's, then those of undated stories.

    Which chunk a change was in would be known only by reading every story, so each has the time of the archive's last
    change: a robot may look into one that is as it was, and misses none.
    """
    whole = site().archive.search(replace(_asked(None), limit=0, facet_limit=1))
    changed = site().archive.changed.isoformat(timespec="seconds")
    counts = [(f"{period.start.year}", period.count) for period in whole.timeline.buckets if period.count]
    counts.append(("undated", whole.timeline.undated))
    chunks = [
        _entry("sitemap", f"sitemap-{name}-{number}.xml", changed)
        for name, count in counts
        for number in range(1, -(-count // CHUNK) + 1)
    ]
    return _xml("sitemapindex", [_entry("sitemap", "sitemap-pages.xml", changed), *chunks])


@blueprint.get("/sitemap-pages.xml")
def pages() -> Response:
    """List the pages that are not stories: the ways in, the cities and the sources."""
    ways = ("", "cities", "sources", "coverage", "covered", "help", "about")
    cities = (f"cities/{quote(place.slug)}" for place in site().catalogue.places())
    sources = (f"sources/{quote(source.slug)}" for source in site().catalogue.sources())
    return _xml("urlset", [_entry("url", path) for path in (*ways, *cities, *sources)])


@blueprint.get("/sitemap-<name>-<int:number>.xml")
def chunk(name: str, number: int) -> Response:
    """List the stories of one chunk in their order of date."""
    year = int(name) if name.isascii() and name.isdigit() and len(name) <= 4 and int(name) else None
    if number < 1 or (year is None and name != "undated"):
        raise Said(404, words.NOT_FOUND)
    page = site().archive.search(replace(_asked(year, undated=year is None), offset=(number - 1) * CHUNK, limit=CHUNK))
    if not page.hits:
        raise Said(404, words.NOT_FOUND)
    return _xml("urlset", _stories(tuple(hit.article.id for hit in page.hits)))


def _asked(year: int | None, undated: bool = False) -> Request:
    return Request(
        sort="oldest",
        copies="show",
        granularity="year",
        facet_limit=1,
        since=date(year, 1, 1) if year else None,
        until=date(year, 12, 31) if year else None,
        undated=True if undated else None,
    )


def _stories(ids: tuple[str, ...]) -> Iterator[str]:
    for id in ids:
        clipping = site().archive.story(id)
        if clipping is not None:
            yield _entry("url", story_path(clipping.story.article).lstrip("/"), clipping.story.arrived[:10])


def _entry(kind: str, path: str, changed: str = "") -> str:
    modified = f"<lastmod>{escape(changed)}</lastmod>" if changed else ""
    return f"<{kind}><loc>{escape(request.host_url + path)}</loc>{modified}</{kind}>"


def _xml(root: str, lines: Iterator[str] | list[str]) -> Response:
    body = "\n".join(lines)
    whole = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n{body}\n</{root}>\n'
    return Response(whole, content_type="application/xml; charset=utf-8")
