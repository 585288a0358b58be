"""A results page as its template shows it: every word, count and address already made.

Pure functions from a question and its `Page` to small frozen values; no Flask, no HTML. The one idea: templates hold no
logic and do no arithmetic, so what a reader sees can be compared whole in a test.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, quote_plus

from index.article import Article, fold
from search.page import FORMS_COUNTED, Fragment, Hit, Page, Snippet
from search.request import FACETS, filter_of
from web import words
from web.address import DEPTH, SIZES, Link, Question, address, deepest_page, pairs, typed_days
from web.facets import FacetView, facets
from web.formats import Formats, is_month, is_year, known_period
from web.neighbours import Neighbours
from web.timeline import TimelineView, range_words
from web.timeline import view as timeline_view

#: What shows the name of a facet's value that the page at hand does not list: (facet, key) to label.
Naming = Callable[[str, str], str]

_LONGEST_SLUG = 80

#: Written forms shown of one word.
_MOST_FORMS = 12


@dataclass(frozen=True, slots=True)
class Tag:
    """A filter in use, which a click removes."""

    preposition: str
    label: str
    url: str
    name: str


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a select, or one box to tick."""

    value: str
    label: str
    chosen: bool


class HitView(NamedTuple):
    """One story of the list.

    `date` is what `<time>` takes, or "" for an undated story; `date_text` says so in words. A tuple like `Choice`,
    since a list has dozens.
    """

    url: str
    headline: Snippet
    language: str
    date: str
    date_text: str
    places: str
    source: str
    section: str
    byline: str
    snippet: Snippet
    badges: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageLink:
    """One link of the pagination; a gap has no address and no name."""

    label: str
    name: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Pagination:
    """Where in the pages a reader is, and the ways on; `stop` says why the pages end early."""

    links: tuple[PageLink, ...]
    previous: str
    next: str
    where: str
    stop: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know about the search, and what else could be meant."""

    message: str
    warning: bool
    choices: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class MeaningView:
    """What a word of the search finds, most frequent form first, and the search for that one form only."""

    typed: str
    forms: tuple[str, ...]
    exact_url: str


@dataclass(frozen=True, slots=True)
class Hidden:
    """A part of the state that the form carries along unseen."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class ResultsView:
    """The whole page."""

    text: str
    heading: str
    title: str
    explain: str
    meanings: tuple[MeaningView, ...]
    meanings_note: str
    folded: str
    notes: tuple[Note, ...]
    suggestion: Link | None
    tags: tuple[Tag, ...]
    clear_url: str
    filters: str
    sorts: tuple[Option, ...]
    sizes: tuple[Option, ...]
    since: str
    until: str
    copies_shown: bool
    dated_only: bool
    hidden: tuple[Hidden, ...]
    timeline: TimelineView | None
    facets: tuple[FacetView, ...]
    hits: tuple[HitView, ...]
    first: int
    partial: tuple[HitView, ...]
    partial_note: str
    pagination: Pagination | None
    without: tuple[Link, ...]
    nothing: bool
    exports: tuple[Link, ...]
    feeds: tuple[Link, ...]
    map_url: str
    canonical: str


def story_path(article: Article) -> str:
    """Return the permalink of a story: its id, then its headline for people.

    >>> story_path(Article(id="a1", headline="Bridge closed, again"))
    '/stories/a1/bridge-closed-again'
    """
    return f"/stories/{_quoted_id(article.id)}/{slug(article.headline)}"


@lru_cache(4_096)
def _quoted_id(id: str) -> str:
    return quote(id, safe="")


def slug(headline: str) -> str:
    """Return a headline as the readable end of an address; "story" where nothing of it can be written so."""
    folded = fold(headline)
    if len(folded) > _LONGEST_SLUG:
        folded = folded[: _LONGEST_SLUG + 1].rpartition("-")[0] or folded[:_LONGEST_SLUG]
    return folded or "story"


def view(
    question: Question, page: Page, formats: Formats, naming: Naming, without: tuple[Link, ...] = ()
) -> ResultsView:
    """Return the results page of `question`.

    Args:
        question: the state of the page.
        page: what the archive answered.
        formats: how dates and numbers are written.
        naming: the label of a value that `page` does not list.
        without: for a search that found nothing, links to it with one filter less; those with one word less are
            the page's own.
    """
    asked = question.request
    around = Neighbours(question)
    names = _names(page, naming)
    count = words.found(page.total, formats.number(page.total))
    about = asked.text.strip()
    tags = applied(question, formats, names, around)
    since, until = typed_days(asked.since, asked.until)
    remembered = _remembered(question)
    return ResultsView(
        text=asked.text,
        heading=count,
        title=" – ".join(part for part in (about or _tag_words(tags), count) if part),
        explain=words.searched_for(page.explain) if page.explain else "",
        meanings=tuple(
            MeaningView(
                meaning.typed,
                tuple(f"{form} ({formats.number(count)})" for form, count in meaning.forms[:_MOST_FORMS]),
                around.asking(meaning.exactly),
            )
            for meaning in page.meanings
            if meaning.forms
        ),
        meanings_note=words.meanings_counted(formats.number(FORMS_COUNTED)),
        folded=words.folded(page.folded, formats.number(page.folded)) if page.folded else "",
        notes=(
            *(Note(problem.message, True) for problem in question.problems),
            *(
                Note(
                    note.message,
                    note.severity == "warning",
                    tuple(Link(choice.label, around.asking(choice.query)) for choice in note.choices),
                )
                for note in page.diagnostics
                if note.kind != "way-out"
            ),
        ),
        suggestion=Link(page.suggestion, around.asking(page.suggestion)) if page.suggestion else None,
        tags=tags,
        clear_url=around.cleared(),
        filters=words.filters(formats.number(len(tags)) if tags else ""),
        sorts=tuple(
            Option("" if sort == question.default_sort else sort, label, sort == asked.sort)
            for sort, label in words.SORTS.items()
        ),
        sizes=tuple(Option(str(size), words.a_page(formats.number(size)), size == asked.limit) for size in SIZES),
        since=_typed(question, "since") or since,
        until=_typed(question, "until") or until,
        copies_shown=asked.copies == "show",
        dated_only=asked.undated is False,
        hidden=hidden(question),
        timeline=timeline_view(page.timeline, around, formats) if _drawable(page) else None,
        facets=facets(page, around, formats),
        hits=tuple([_hit_view(hit, remembered, formats) for hit in page.hits]),
        first=asked.offset + 1,
        partial=tuple([_hit_view(hit, remembered, formats) for hit in page.partial.hits]),
        partial_note=words.found(page.partial.total, formats.number(page.partial.total)),
        pagination=_pagination(around, page.total, formats),
        without=(
            *(
                Link(choice.label, around.asking(choice.query))
                for note in page.diagnostics
                if note.kind == "way-out"
                for choice in note.choices
            ),
            *without,
        ),
        nothing=page.total == 0,
        exports=exports(around, page.total, formats),
        feeds=feeds(around),
        map_url=around.first_page("/map"),
        canonical=f"/search{remembered}",
    )


def hit_view(hit: Hit, question: Question | None, formats: Formats) -> HitView:
    """Return one story of a list; with a `question` of words, its link remembers them so that the story marks them."""
    return _hit_view(hit, _remembered(question), formats)


def _remembered(question: Question | None) -> str:
    """What is added to the addresses of stories so that they mark the words of `question`."""
    text = question.request.text if question else ""
    return f"?q={quote_plus(text)}" if text.strip() else ""


def _hit_view(hit: Hit, remembered: str, formats: Formats) -> HitView:
    article = hit.article
    known = known_period(article.published)
    return HitView(
        url=story_path(article) + remembered,
        headline=hit.headline or (Fragment(article.headline or words.UNTITLED),),
        language=article.language,
        date=article.published or "" if known else "",
        date_text=formats.published(article.published) or words.UNDATED,
        places=" · ".join(city.label for city in article.facet_cities[:2]),
        source=article.source,
        section=article.section,
        byline=article.byline,
        snippet=joined(hit.snippets[:2]),
        badges=_badges(hit, formats),
    )


def _badges(hit: Hit, formats: Formats) -> tuple[str, ...]:
    """What a reader should know of a story before opening it: that it corrects another, and how often its text ran."""
    notice = words.NOTICES.get(hit.article.type)
    copies = words.wire(hit.copies, formats.number(hit.copies)) if hit.copies else None
    return tuple(badge for badge in (notice, copies) if badge)


def joined(passages: tuple[Snippet, ...]) -> Snippet:
    """Return passages as one, an ellipsis where something lies between them and neither says so."""
    whole: list[Fragment] = []
    for passage in passages:
        if whole and passage:
            cut = whole[-1].text.rstrip().endswith("…") or passage[0].text.lstrip().startswith("…")
            both = whole[-1].text.rstrip().endswith("…") and passage[0].text.lstrip().startswith("…")
            if both:
                passage = (
                    Fragment(passage[0].text.lstrip().removeprefix("…").lstrip(), passage[0].marked),
                    *passage[1:],
                )
            whole.append(Fragment(" " if cut else " … "))
        whole.extend(passage)
    return tuple(whole)


def applied(question: Question, formats: Formats, names: Naming, around: Neighbours | None = None) -> tuple[Tag, ...]:
    """Return the filters in use, each with the address of the search without it."""
    if not question.filtered and question.request.copies == "fold":
        return ()
    asked, around = question.request, around or Neighbours(question)
    tags = []
    for facet in FACETS:
        for key in asked.selected(facet):
            tags.append(_tag(words.PREPOSITIONS[facet], names(facet, key), around.unchoosing(facet, key)))
        for key in asked.exclude.get(facet, ()):
            tags.append(_tag(words.NOT_PREPOSITIONS[facet], names(facet, key), around.including(facet, key)))
    if asked.since or asked.until:
        days = range_words(asked.since, asked.until, formats)
        tags.append(_tag(_date_preposition(asked.since, asked.until), days, around.any_day()))
    if asked.undated is not None:
        label = words.TIMELINE_WITHOUT if asked.undated else words.DATED
        tags.append(_tag("", label, address(question.with_undated(None))))
    if asked.arrived_by is not None:
        label = words.arrived_by(formats.number(asked.arrived_by))
        tags.append(_tag(words.AMONG, label, address(question.arrived_by(None))))
    if asked.copies == "show":
        tags.append(_tag("", words.WITH_COPIES, address(question.with_copies(False))))
    return tuple(tags)


def hidden(question: Question) -> tuple[Hidden, ...]:
    """Return the parts of the state that no control of the form shows, for the form to carry along."""
    kept = {"recency", "scale", "arrived-by", *(f"not-{facet}" for facet in FACETS)}
    undated = question.request.undated is True
    return tuple(
        Hidden(name, value) for name, value in pairs(question) if name in kept or (name == "undated" and undated)
    )


def exports(around: Neighbours, total: int, formats: Formats) -> tuple[Link, ...]:
    """Return the addresses of the same search in other forms; those that are cut off say so."""
    lists = (
        (words.CLIPPINGS, "/search.clippings"),
        ("CSV", "/search.csv"),
        ("JSON lines", "/search.jsonl"),
        ("RIS", "/search.ris"),
    )
    cut = total > DEPTH
    return (
        *(
            Link(words.first_of(name, formats.number(DEPTH)) if cut else name, around.first_page(form))
            for name, form in lists
        ),
        Link("JSON", around.first_page("/api/v1/search")),
    )


def feeds(around: Neighbours) -> tuple[Link, ...]:
    """Return the addresses of the search as feeds, which have an order of their own."""
    forms = (("Atom", "/search.atom"), ("RSS", "/search.rss"), ("JSON Feed", "/search.json"))
    return tuple(Link(name, around.in_default_order(form)) for name, form in forms)


def _date_preposition(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return words.date_preposition(one_day=False, one_period=False, both_ends=False)
    return words.date_preposition(first == last, is_month(first, last) or is_year(first, last), both_ends=True)


def _tag(preposition: str, label: str, url: str) -> Tag:
    spoken = f"{preposition} {label}".strip()
    return Tag(preposition, label, url, words.remove_filter(spoken))


def _tag_words(tags: tuple[Tag, ...]) -> str:
    return ", ".join(f"{tag.preposition} {tag.label}".strip() for tag in tags[:3])


def _names(page: Page, naming: Naming) -> Naming:
    """Return the naming that looks into the page first."""

    def name(facet: str, key: str) -> str:
        for listed in page.facets.values():
            if filter_of(listed.name) == facet:
                for bucket in listed.buckets:
                    if bucket.key == key and bucket.label:
                        return bucket.label
        return naming(facet, key)

    return name


def _typed(question: Question, name: str) -> str:
    """What stands in a field whose text could not be read: the text itself, to be mended."""
    return next((problem.given for problem in question.problems if problem.name == name), "")


def _drawable(page: Page) -> bool:
    return any(period.count for period in page.timeline.buckets) or bool(page.timeline.undated)


def _pagination(around: Neighbours, total: int, formats: Formats) -> Pagination | None:
    """Return the links to the first, the last, and the pages around the present one."""
    question, turned = around.question, around.page
    limit = question.request.limit
    pages = -(-total // limit)
    last = min(pages, deepest_page(limit))
    stops = pages > last
    if last < 2 and question.page <= max(last, 1):
        return None
    here = question.page
    near = sorted({1, last, *range(max(1, here - 2), min(last, here + 2) + 1)} - {0})
    links: list[PageLink] = []
    for before, page in zip([0, *near], near, strict=False):
        if page - before == 2:
            links.append(_page_link(question, page - 1, turned, formats))
        elif page - before > 2:
            links.append(PageLink(words.PAGE_GAP, "", "", False))
        links.append(_page_link(question, page, turned, formats))
    return Pagination(
        links=tuple(links),
        previous=turned(min(here - 1, last)) if here > 1 else "",
        next=turned(here + 1) if here < last else "",
        where=words.page_of(formats.number(here), formats.number(last)),
        stop=words.TOO_DEEP if stops and here == last else "",
    )


def _page_link(question: Question, page: int, turned: Callable[[int], str], formats: Formats) -> PageLink:
    number = formats.number(page)
    return PageLink(number, words.page_label(number), turned(page), page == question.page)
