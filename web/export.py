"""Any search to take away: CSV for a spreadsheet, JSON lines for another archive, RIS for a reference manager.

The same filters as the page, streamed in slices and capped, with a note in the file and in its headers where there was
more; no file is ever made. The one idea: a list is the search's
pages one after the other, so what is taken away is what was seen.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from flask import Blueprint, Response, request

from index.article import Article
from search.archive import Archive
from search.form import article_to_json
from search.page import Page
from search.request import Request
from web import cite, words
from web.address import DEPTH
from web.results import story_path
from web.site import site

blueprint = Blueprint("export", __name__)

#: Stories asked for at a time.
SLICE = 200

#: Columns of the CSV form.
COLUMNS = ("id", "headline", "published", "byline", "section", "source", "cities", "url", "link", "body")

#: A cell that begins so would be run as a formula by a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Taken:
    """A list to take away: how many stories were found, how many of them it has, and they one after the other."""

    total: int
    listed: int
    articles: Iterator[Article]

    @property
    def is_cut(self) -> bool:
        """Whether more was found than the list has."""
        return self.listed < self.total


@blueprint.get("/search.csv")
def as_csv() -> Response:
    """Answer the search as CSV (RFC 4180, UTF-8 with a byte order mark, which spreadsheets need).

    The format has no comments; where the list is cut off, a last row says so in its first cell.
    """

    def lines(taken: Taken, root: str, note: str) -> Iterator[str]:
        yield "\ufeff" + _csv_line(COLUMNS)
        for article in taken.articles:
            yield _csv_line(row(article, root))
        if note:
            yield _csv_line((note, *("" for _ in COLUMNS[1:])))

    return _stream(lines, "text/csv; charset=utf-8", "csv")


@blueprint.get("/search.jsonl")
def as_json_lines() -> Response:
    """Answer the search as JSON lines, each a whole story, in the form that `python -m index add` reads.

    Where the list is cut off, a last line is an object with a `note`; `add` names it as no story and passes it over.
    """

    def lines(taken: Taken, root: str, note: str) -> Iterator[str]:
        for article in taken.articles:
            yield json.dumps(article_to_json(article), ensure_ascii=False) + "\n"
        if note:
            form = {"note": note, "total": taken.total, "listed": taken.listed}
            yield json.dumps(form, ensure_ascii=False) + "\n"

    return _stream(lines, "application/jsonl; charset=utf-8", "jsonl")


@blueprint.get("/search.ris")
def as_ris() -> Response:
    """Answer the search as RIS records; where the list is cut off, the first record has a note (N1) that says so."""

    def lines(taken: Taken, root: str, note: str) -> Iterator[str]:
        for article in taken.articles:
            yield cite.ris(article, root + story_path(article), note) + "\r\n"
            note = ""

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


def take(archive: Archive, asked: Request, most: int | None = None) -> Taken:
    """Return the stories of a search in its order, at most `most` (DEPTH where None).

    The first slice is asked for at once, the others when they are wanted. What arrives meanwhile is passed over, so
    that no slice begins elsewhere than the one before ended.
    """
    most = DEPTH if most is None else most
    through = archive.newest_arrival
    pinned = replace(asked, arrived_by=through if asked.arrived_by is None else min(asked.arrived_by, through))
    first = archive.search(replace(pinned, offset=0, limit=min(SLICE, most), facets=()))
    return Taken(first.total, min(first.total, most), _articles(archive, pinned, first, most))


def _articles(archive: Archive, asked: Request, page: Page, most: int) -> Iterator[Article]:
    """Yield the stories of a first slice and of those after it, none twice even where an order changes meanwhile."""
    seen: set[str] = set()
    for offset in range(SLICE, most + SLICE, SLICE):
        for hit in page.hits:
            if hit.article.id not in seen:
                seen.add(hit.article.id)
                yield hit.article
        if offset >= min(page.total, most):
            return
        page = archive.search(replace(asked, offset=offset, limit=min(SLICE, most - offset), facets=()))


def _stream(lines: Callable[[Taken, str, str], Iterator[str]], kind: str, ending: str) -> Response:
    here = site()
    taken = take(here.archive, here.understood(request.args.items(multi=True)).request)
    number = here.formats.number
    note = words.list_cut(number(taken.listed), number(taken.total)) if taken.is_cut else ""
    response = Response(lines(taken, request.host_url.rstrip("/"), note), content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="stories.{ending}"'
    response.headers["Stories-Found"], response.headers["Stories-Listed"] = str(taken.total), str(taken.listed)
    return response


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _csv_line(cells: tuple[str, ...]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()
