"""Why a search found nothing: which word no story has, and which word or filter alone empties the page.

No index: whatever is said here was counted through a function. The one idea: a reader who finds nothing wants to know
the one thing to let go of, and what would be found then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from search.page import Diagnostic
from search.query import Parsed, filters_in_words, in_words
from search.query.build import conjunction
from search.query.sentence import Labels
from search.query.tree import And, Everything, Node, Not, Nothing, Word
from search.request import FACETS, Request

#: Ways out that are offered, and parts of a question that are tried.
_OFFERED = 3
_TRIED = 12

_FIELDS = {"city": "cities", "section": "sections", "source": "sources", "byline": "bylines"}


def why_nothing(
    parsed: Parsed, request: Request, count: Callable[[Node, Request], int], labels: Labels | None = None
) -> tuple[Diagnostic, ...]:
    """Return what to say about a search without results.

    Args:
        parsed: the question.
        request: its filters.
        count: the number of stories of a tree under a request's filters.
        labels: turns the keys of facets into what readers call them.
    """
    node = parsed.node
    if isinstance(node, Nothing):
        return ()
    parts = (node.parts if isinstance(node, And) else (node,))[:_TRIED]
    bare = Request(copies=request.copies)
    missing = [part for part in parts if isinstance(part, Word) and not part.fields and not count(part, bare)]
    notes = [
        Diagnostic("word-not-held", f"No story here has the word “{word.typed}”.", severity="note")
        for word in dict.fromkeys(missing)
    ]
    ways = [(count(*way), text) for way, text in _ways(node, parts, request, labels)]
    ways = sorted((way for way in ways if way[0]), key=lambda way: -way[0])[:_OFFERED]
    notes += [Diagnostic("way-out", f"{text}, {_would(number)} be found.", severity="note") for number, text in ways]
    return tuple(notes)


def _ways(
    node: Node, parts: tuple[Node, ...], request: Request, labels: Labels | None
) -> Iterator[tuple[tuple[Node, Request], str]]:
    """Yield what is left of a search without one of its parts or filters, and how to say that."""
    for part in parts:
        if isinstance(part, Everything) or len(parts) < 2:
            continue
        rest = conjunction([other for other in parts if other is not part])[0] or Everything()
        if isinstance(part, Not):
            yield (rest, request), f"If {in_words(part.part, labels)} were allowed"
        else:
            yield (rest, request), f"Without “{in_words(part, labels)}”"
    for changed in _looser(request):
        gone = filters_in_words(_difference(request, changed), labels)
        yield (node, changed), f"Without the filter “{gone}”"


def _looser(request: Request) -> Iterator[Request]:
    """Yield the request without each of its filters."""
    if request.since or request.until:
        yield replace(request, since=None, until=None)
    if request.undated is not None:
        yield replace(request, undated=None)
    for facet in FACETS:
        if request.selected(facet):
            yield replace(request, **{_FIELDS[facet]: ()})  # type: ignore[arg-type]
    for facet in request.exclude:
        yield replace(request, exclude={name: keys for name, keys in request.exclude.items() if name != facet})


def _difference(request: Request, looser: Request) -> Request:
    """Return a request of those filters alone that `looser` lacks."""
    names = ("since", "until", "undated", *_FIELDS.values())
    gone = {name: getattr(request, name) for name in names if getattr(request, name) != getattr(looser, name)}
    exclude = {facet: keys for facet, keys in request.exclude.items() if facet not in looser.exclude}
    return Request(**gone, exclude=exclude)


def _would(number: int) -> str:
    return "1 story would" if number == 1 else f"{number:,} stories would"
