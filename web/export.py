"""Any search to take away: CSV for a spreadsheet, JSON lines for another archive, RIS for a reference manager.

The same filters as the page, streamed in slices and capped; no file is ever made. The one idea: a list is the search's
pages one after the other, so what is taken away is what was seen.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace

from flask import Blueprint, Response, request

from index.article import Article
from search.archive import Archive
from search.form import article_to_json
from search.request import Request
from web import cite
from web.address import DEPTH
from web.results import story_path
from web.site import site

blueprint = Blueprint("export", __name__)

#: Stories asked for at a time.
SLICE = 200

#: Columns of the CSV form.
COLUMNS = ("id", "headline", "published", "byline", "section", "source", "cities", "url", "link", "body")

#: A cell that begins so would be run as a formula by a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@blueprint.get("/search.csv")
def as_csv() -> Response:
    """Answer the search as CSV (RFC 4180, UTF-8 with a byte order mark, which spreadsheets need)."""

    def lines(articles: Iterator[Article], root: str) -> Iterator[str]:
        yield "\ufeff" + _csv_line(COLUMNS)
        for article in articles:
            yield _csv_line(row(article, root))

    return _stream(lines, "text/csv; charset=utf-8", "csv")


@blueprint.get("/search.jsonl")
def as_json_lines() -> Response:
    """Answer the search as JSON lines, each a whole story, in the form that `python -m index add` reads."""

    def lines(articles: Iterator[Article], root: str) -> Iterator[str]:
        for article in articles:
            yield json.dumps(article_to_json(article), ensure_ascii=False) + "\n"

    return _stream(lines, "application/jsonl; charset=utf-8", "jsonl")


@blueprint.get("/search.ris")
def as_ris() -> Response:
    """Answer the search as RIS records."""

    def lines(articles: Iterator[Article], root: str) -> Iterator[str]:
        for article in articles:
            yield cite.ris(article, root + story_path(article)) + "\r\n"

    return _stream(lines, "application/x-research-info-systems; charset=utf-8", "ris")


def row(article: Article, root: str) -> tuple[str, ...]:
    """Return the cells of a story, made safe for spreadsheets, in the order of COLUMNS."""
    cells = (
        article.id,
        article.headline,
        article.published or "",
        article.byline,
        article.section,
        article.source,
        "; ".join(city.label for city in article.facet_cities),
        article.url,
        root + story_path(article),
        article.body,
    )
    return tuple(_safe(cell) for cell in cells)


def every_story(archive: Archive, asked: Request, most: int = DEPTH) -> Iterator[Article]:
    """Yield the stories of a search in its order, at most `most`, none twice even where the archive grows meanwhile."""
    seen: set[str] = set()
    for offset in range(0, most, SLICE):
        page = archive.search(replace(asked, offset=offset, limit=min(SLICE, most - offset), facet_limit=1))
        for hit in page.hits:
            if hit.article.id not in seen:
                seen.add(hit.article.id)
                yield hit.article
        if offset + SLICE >= page.total:
            return


def _stream(lines: Callable[[Iterator[Article], str], Iterator[str]], kind: str, ending: str) -> Response:
    asked = site().asked(request.args.items(multi=True)).request
    root = request.host_url.rstrip("/")
    response = Response(lines(every_story(site().archive, asked), root), content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="stories.{ending}"'
    return response


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _csv_line(cells: tuple[str, ...]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()
