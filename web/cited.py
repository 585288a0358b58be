"""What has changed since a search was cited: in numbers, in a sentence, and with the way to the list as it was.

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
class Changes:
    """A cited search then and now.

    Attributes:
        citation: what was seen then.
        kept: stories found now that had arrived then; more or fewer than then were found, where some were changed.
        arrived: stories found now that have arrived since.
        is_other: whether this archive holds less than the one that was cited, so that it may be another.
        then: the search among the stories of then alone.
    """

    citation: Citation
    kept: int
    arrived: int
    is_other: bool
    then: Question

    @property
    def is_same(self) -> bool:
        """Whether the search finds what it found then, as far as numbers tell."""
        return not self.arrived and self.kept == self.citation.total and not self.is_other


@dataclass(frozen=True, slots=True)
class CitedView:
    """The sentence, and links to the stories of then and to those that came since."""

    text: str
    links: tuple[Link, ...]


def changes(archive: Archive, question: Question, citation: Citation, total: int) -> Changes:
    """Return what has changed since `citation`, `total` being the stories that the search finds today."""
    limit = question.request.arrived_by
    by = citation.arrived_by if limit is None else min(limit, citation.arrived_by)
    then = question.uncited().arrived_by(by)
    kept = archive.search(replace(then.request, offset=0, limit=0, facets=())).total
    return Changes(citation, kept, max(total - kept, 0), archive.newest_arrival < citation.arrived_by, then)


def view(archive: Archive, question: Question, citation: Citation, page: Page, formats: Formats) -> CitedView:
    """Return what has changed since `citation` in words, `page` being what the search finds today."""
    found = changes(archive, question, citation, page.total)
    said = []
    if found.is_other:
        said.append(words.CITED_ELSEWHERE)
    if found.arrived:
        said.append(words.cited_since(found.arrived, formats.number(found.arrived)))
    if found.kept != citation.total:
        gone = citation.total - found.kept
        number = formats.number(abs(gone))
        said.append(words.cited_gone(gone, number) if gone > 0 else words.cited_more(-gone, number))
    if found.is_same:
        said.append(words.CITED_SAME)
    links = []
    if found.arrived:
        links.append(Link(words.cited_then(words.stories(found.kept, formats.number(found.kept))), address(found.then)))
        links.append(Link(words.CITED_LATEST, address(question.uncited().sorting("arrived"))))
    return CitedView(
        text=words.cited(
            formats.day(citation.day),
            words.stories(citation.total, formats.number(citation.total)),
            citation.generation,
            words.stories(page.total, formats.number(page.total)),
            "; ".join(said),
        ),
        links=tuple(links),
    )
