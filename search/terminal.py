"""A results page as text: for a terminal with its colours and width, and plain lines for a pipe.

Only laying out; nothing is searched or decided. The one idea: the page reads in the order a reporter asks: how many,
what was understood, the stories, and then where and when the others are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from search.account import Account
from search.form import plain
from search.page import Facet, Hit, Page, Period, Snippet, Timeline
from search.request import Request

if TYPE_CHECKING:
    from search.covered import Coverage

_FACETS = {
    "country": "Countries",
    "region": "States and regions",
    "city": "Cities",
    "section": "Sections",
    "source": "Sources",
    "byline": "Bylines",
}
_BAR = 40
_BARS = 40
_PIPE_WIDTH = 100
_MONTHS = "January February March April May June July August September October November December".split()


def show_scored(page: Page, request: Request, accounts: Mapping[str, Account], console: Console | None = None) -> None:
    """Print `page` with the parts of each hit's score under it; `accounts` by the story's id."""
    _print(lines(page, request, accounts), console)


def show_covered(coverage: Coverage, console: Console | None = None) -> None:
    """Print what the archive has of a draft to standard output, or to `console`."""
    _print(covered_lines(coverage), console)


def show(page: Page, request: Request, console: Console | None = None) -> None:
    """Print `page` to standard output, or to `console`."""
    _print(lines(page, request), console)


def _print(written: Iterable[Text], console: Console | None) -> None:
    console = console or Console(highlight=False)
    if not console.is_terminal:
        console = Console(file=console.file, width=_PIPE_WIDTH, highlight=False, no_color=True)
    for line in written:
        console.print(line, soft_wrap=not console.is_terminal)


def lines(page: Page, request: Request, accounts: Mapping[str, Account] = MappingProxyType({})) -> Iterator[Text]:
    """Yield the page line by line, with the parts of the scores that are given by a story's id."""
    yield Text(in_words(page), style="bold")
    if page.explain:
        yield Text(f"Searched for: {page.explain}", style="dim")
    for said in page.diagnostics:
        yield Text(f"Note: {said.message}", style="yellow" if said.severity == "warning" else "")
    if page.suggestion:
        yield Text(f"Did you mean: {page.suggestion}", style="bold")
    for number, hit in enumerate(page.hits, start=request.offset + 1):
        yield Text()
        yield from _hit(f"{number}. ", hit)
        yield from _parts(accounts.get(hit.article.id))
    if page.partial.total:
        many = page.partial.total
        yield Text()
        yield Text(f"{many:,} more {'story has' if many == 1 else 'stories have'} only some of the words", style="bold")
        for hit in page.partial.hits:
            yield from _hit("- ", hit)
            yield from _parts(accounts.get(hit.article.id))
    for facet in page.facets.values():
        yield from _facet(facet)
    yield from _timeline(page.timeline)


def _parts(account: Account | None) -> Iterator[Text]:
    """Yield what a score is made of: the numbers before "for" in each line add up to it."""
    if account is None:
        return
    yield Text(f"   Score {account.score:.3f}", style="dim")
    if not account.words:
        yield Text("     nothing: only words that are looked for earn", style="dim")
    for word in account.words:
        where = ", ".join(
            f"{field.times} in the {field.words:,} words of the {field.field} (counts {field.counts:.2f})"
            for field in word.fields
        )
        yield Text(f"     {word.earns:7.3f} for {word.word}: {where}", style="dim")
        rarity = f"found in {word.stories:,} of {account.held:,} stories, so it weighs {word.rarity:.3f}"
        yield Text(f"             {rarity}, times {word.saturated:.3f} for how often", style="dim")
    for near in account.nearness:
        apart = "side by side" if near.distance == 1 else f"{near.distance} words apart"
        yield Text(f"     {near.earns:7.3f} for {near.words[0]} and {near.words[1]} {apart}", style="dim")
    if account.recency != 1.0:
        yield Text(f"     {account.by_recency:7.3f} for its age: the sum times {account.recency:.3f}", style="dim")


def covered_lines(coverage: Coverage) -> Iterator[Text]:
    """Yield what the archive has of a draft, line by line."""
    many = len(coverage.stories)
    found = f"{many} near {'story' if many == 1 else 'stories'}" if many else "Nothing near to this draft"
    yield Text(found, style="bold")
    if coverage.words:
        yield Text(f"Looked for: {', '.join(coverage.words)}", style="dim")
    for number, story in enumerate(coverage.stories, start=1):
        yield Text()
        yield from _hit(f"{number}. ", Hit(story.article, story.score, copies=story.copies))
        for passage in story.passages:
            what = f"{passage.words} words in a row" if passage.kind == "run" else f"{passage.words} words shared"
            yield Text("   ").append(f"{what}: ", style="dim").append_text(_marked(passage.text))


def in_words(page: Page) -> str:
    """Return how much was found, in words."""
    stories = "No stories" if not page.total else f"{page.total:,} {'story' if page.total == 1 else 'stories'}"
    copies = f" ({page.folded:,} more {'copy' if page.folded == 1 else 'copies'} folded)" if page.folded else ""
    return f"{stories}{copies}"


def _hit(mark: str, hit: Hit) -> Iterator[Text]:
    article = hit.article
    headline = _marked(hit.headline) if hit.headline else Text(article.headline)
    headline.stylize("bold")
    yield Text(mark).append_text(headline)
    about = [
        day_in_words(article.published),
        *(city.label for city in article.facet_cities[:2]),
        article.source,
        article.section,
        f"by {article.byline}" if article.byline else "",
        f"{hit.copies} further {'copy' if hit.copies == 1 else 'copies'}" if hit.copies else "",
        article.id,
    ]
    yield Text("   " + " · ".join(filter(None, about)), style="dim")
    for snippet in hit.snippets:
        if plain(snippet).strip():
            yield Text("   ").append_text(_marked(snippet))


def _marked(snippet: Snippet) -> Text:
    text = Text()
    for fragment in snippet:
        text.append(" ".join(fragment.text.split("\n")), style="bold cyan" if fragment.marked else "")
    return text


def day_in_words(published: str | None) -> str:
    """Return a date as it is known: "21 April 1987", "April 1987", "1987" or "undated".

    >>> day_in_words("1987-04-21T08:30:00-05:00"), day_in_words("1987-04"), day_in_words(None)
    ('21 April 1987', 'April 1987', 'undated')
    """
    if not published:
        return "undated"
    year, *rest = published[:10].split("-")
    month = [_MONTHS[int(rest[0]) - 1]] if rest else []
    day = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*day, *month, year])


def _facet(facet: Facet) -> Iterator[Text]:
    if not facet.buckets or (facet.name in ("country", "region") and not _tells_apart(facet)):
        return
    yield Text()
    further = facet.total_values - len(facet.buckets)
    yield Text(_FACETS.get(facet.name, facet.name), style="bold")
    for bucket in facet.buckets:
        yield Text(f"   {'*' if bucket.selected else ' '} {bucket.label} ({bucket.count:,})")
    if further > 0:
        yield Text(f"     and {further:,} more", style="dim")


def _tells_apart(facet: Facet) -> bool:
    """Say whether a level above the cities is worth its lines: where there is a choice, or one was made."""
    return facet.total_values > 1 or any(bucket.selected for bucket in facet.buckets)


def _timeline(timeline: Timeline) -> Iterator[Text]:
    if not timeline.buckets and not timeline.undated:
        return
    yield Text()
    yield Text("Timeline", style="bold")
    most = max((bar.count for bar in timeline.buckets), default=0)
    gap = "(nothing held)" if timeline.held_of is None else "(nothing held of the source)"
    for place, bar in enumerate(timeline.buckets):
        if place == _BARS:
            yield Text(f"     and {len(timeline.buckets) - _BARS:,} more bars: narrow the dates", style="dim")
            break
        length = -(-bar.count * _BAR // most) if most else 0
        empty = "" if bar.held else "(less exact dates only)" if bar.coarser else gap
        yield Text(f"   {_period(bar, timeline):<14} {bar.count:>7,} {'█' * length}{empty}".rstrip())
    for many, what in ((timeline.imprecise, "date less exact"), (timeline.undated, "undated")):
        if many:
            yield Text(f"   {what:<15} {many:>6,}")


def _period(bar: Period, timeline: Timeline) -> str:
    start = bar.start
    match timeline.granularity:
        case "day":
            return start.isoformat()
        case "month":
            return f"{start.year:04}-{start.month:02}"
        case "year":
            return f"{start.year:04}"
        case _:
            return f"{start.year:04}s"
