"""What has changed since a search was cited, in a sentence and with the way to the list as it was.

No routes and no HTML. The one idea: the stories that the archive had then are known by their place in the order of
arrival, so what has come since is counted apart from what is no longer found.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from search.archive import Archive
from search.page import Page
from web import words
from web.address import Link, Question, address
from web.citation import Citation
from web.formats import Formats


@dataclass(frozen=True, slots=True)
class CitedView:
    """The sentence, and links to the stories of then and to those that came since."""

    text: str
    links: tuple[Link, ...]


def citing(question: Question, citation: Citation) -> str:
    """Return the address by which a search is cited, without its host."""
    return address(replace(question.on_page(1), cited=citation))


def view(archive: Archive, question: Question, citation: Citation, page: Page, formats: Formats) -> CitedView:
    """Return what has changed since `citation`, `page` being what the search finds today."""
    limit = question.request.arrived_by
    by = citation.arrived_by if limit is None else min(limit, citation.arrived_by)
    then = question.uncited().arrived_by(by)
    kept = archive.search(replace(then.request, offset=0, limit=0, facets=())).total
    since = page.total - kept
    changes = []
    if archive.newest_arrival < citation.arrived_by:
        changes.append(words.CITED_ELSEWHERE)
    if since > 0:
        changes.append(words.cited_since(since, formats.number(since)))
    if kept != citation.total:
        gone = citation.total - kept
        number = formats.number(abs(gone))
        changes.append(words.cited_gone(gone, number) if gone > 0 else words.cited_more(-gone, number))
    if not changes:
        changes.append(words.CITED_SAME)
    links = []
    if since > 0:
        links.append(Link(words.cited_then(words.stories(kept, formats.number(kept))), address(then)))
        newest = question.uncited().sorting("arrived")
        links.append(Link(words.CITED_LATEST, address(newest)))
    return CitedView(
        text=words.cited(
            formats.day(citation.day),
            words.stories(citation.total, formats.number(citation.total)),
            citation.generation,
            words.stories(page.total, formats.number(page.total)),
            "; ".join(changes),
        ),
        links=tuple(links),
    )
