"""A search as clippings to print: the whole text of its stories, one after the other, on one page.

The same stories as the other lists to take away, streamed and capped as those are. The one idea: the page is plain HTML
with the site's own style, so any browser makes paper or a PDF of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask import Blueprint, Response, request, stream_template

from index.article import Article
from web import words
from web.address import address
from web.export import take
from web.formats import Formats, known_period
from web.results import story_path
from web.site import site
from web.story import paragraphs

blueprint = Blueprint("clippings", __name__)


@dataclass(frozen=True, slots=True)
class ClippingView:
    """One story to print; `date` is what `<time>` takes, or "" for an undated story, and `link` its permalink."""

    headline: str
    language: str
    date: str
    date_text: str
    source: str
    section: str
    byline: str
    places: str
    dateline: str
    paragraphs: tuple[str, ...]
    link: str


@blueprint.get("/search.clippings")
def clippings() -> Response:
    """Show the stories of a search whole, to print; at most DEPTH of them, with a note where there are more."""
    here = site()
    question = here.understood(request.args.items(multi=True)).on_page(1)
    page = here.archive.search(replace(question.request, limit=0, facets=()))
    taken = take(here.archive, question.request)
    number = here.formats.number
    root = request.host_url.rstrip("/")

    def stories() -> Iterator[ClippingView]:
        for article in taken.articles:
            yield clipping(article, here.formats, root)

    return Response(
        stream_template(
            "clippings.html",
            heading=words.found(taken.total, number(taken.total)),
            explain=words.searched_for(page.explain) if page.explain else "",
            printed=words.taken_from(here.archive.title, here.formats.day(here.today)),
            capped=words.list_cut(number(taken.listed), number(taken.total)) if taken.is_cut else "",
            back=address(question),
            stories=stories(),
            query_text=question.request.text,
        ),
        content_type="text/html; charset=utf-8",
    )


def clipping(article: Article, formats: Formats, root: str) -> ClippingView:
    """Return a story as it is printed, its permalink under `root`."""
    return ClippingView(
        headline=article.headline or words.UNTITLED,
        language=article.language,
        date=article.published or "" if known_period(article.published) else "",
        date_text=formats.published(article.published) or words.UNDATED,
        source=article.source,
        section=article.section,
        byline=article.byline,
        places=" · ".join(city.label for city in article.facet_cities),
        dateline="" if article.body.startswith(article.dateline) else article.dateline,
        paragraphs=tuple(paragraphs(article.body)),
        link=root + story_path(article),
    )
