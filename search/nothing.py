"""Why a search found nothing: what the archive lacks altogether, and which word or filter alone empties the page.

No index: whatever is said here was counted through a function. The one idea: a reader who finds nothing wants to know
the one thing to let go of, and what would be found then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from search.page import Choice, Diagnostic
from search.query import Parsed, filters_in_words, in_words, to_text
from search.query.build import conjunction
from search.query.sentence import Labels
from search.query.tree import And, Dated, Everything, Near, Node, Not, Nothing, Phrase, Value, Word
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
    notes = [
        Diagnostic("nothing-held", text, severity="note") for text in _not_held(parsed, parts, request, count, labels)
    ]
    ways = [(count(*way), text, query) for way, text, query in _ways(node, parts, request, labels)]
    ways = sorted((way for way in ways if way[0]), key=lambda way: -way[0])[:_OFFERED]
    return (*notes, *(_way_out(number, text, query) for number, text, query in ways))


def _not_held(
    parsed: Parsed,
    parts: tuple[Node, ...],
    request: Request,
    count: Callable[[Node, Request], int],
    labels: Labels | None,
) -> Iterator[str]:
    """Yield what the archive has nothing of at all: words, places, days, and the filters taken together."""
    bare = Request(copies=request.copies)
    for word in [leaf for leaf in dict.fromkeys(parsed.leaves) if isinstance(leaf, Word)][:_TRIED]:
        if not word.fields and not count(word, bare):
            yield f"No story here has the word “{word.typed}”."
    for part in dict.fromkeys(parts):
        if isinstance(part, Value | Dated) and not count(part, bare):
            yield f"The archive holds no story {in_words(part, labels)}."
    looser = list(_looser(request))
    alone = [replace(_difference(request, changed), copies=request.copies) for changed in looser]
    empty = [one for one in alone if not count(Everything(), one)]
    if not empty and len(alone) > 1 and not count(Everything(), request):
        empty = [request]
    for one in empty:
        yield f"The archive holds no story {filters_in_words(one, labels)}."


def _way_out(number: int, text: str, query: str | None) -> Diagnostic:
    """Return what letting go of a part would find; `query` is the text without it, None for a filter."""
    choices = () if query is None else (Choice(f"{text[0].lower()}{text[1:]}: {_stories(number)}", query),)
    return Diagnostic("way-out", f"{text}, {_would(number)} be found.", severity="note", choices=choices)


def _ways(
    node: Node, parts: tuple[Node, ...], request: Request, labels: Labels | None
) -> Iterator[tuple[tuple[Node, Request], str, str | None]]:
    """Yield what is left of a search without one of its parts or filters, how to say that, and the text for it."""
    for part in parts:
        others = [other for other in parts if other is not part]
        if isinstance(part, Phrase | Near) and not part.fields:
            words = part.parts if isinstance(part, Phrase) else (part.left, part.right)
            rest = conjunction([*others, *words])[0] or Everything()
            yield (rest, request), f"With the words of {in_words(part, labels)} anywhere", to_text(rest)
        if isinstance(part, Everything) or not others:
            continue
        rest = conjunction(others)[0] or Everything()
        if isinstance(part, Not):
            yield (rest, request), f"If {in_words(part.part, labels)} were allowed", to_text(rest)
        else:
            yield (rest, request), f"Without “{in_words(part, labels)}”", to_text(rest)
    for changed in _looser(request):
        gone = filters_in_words(_difference(request, changed), labels)
        yield (node, changed), f"Without the filter “{gone}”", None


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
    return f"{_stories(number)} would"


def _stories(number: int) -> str:
    return "1 story" if number == 1 else f"{number:,} stories"
