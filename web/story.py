"""A story's own page as its template shows it: paragraphs, where and when with the reasons, versions and copies.

Pure functions from a `Clipping` to frozen values. The one idea: whatever the archive decided about a story is shown
with how it was decided, so a reader can judge it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from index.article import Article, City
from search.page import Clipping, Fragment, Snippet, Thread
from web import words
from web.catalogue import Catalogue
from web.formats import Formats, known_period
from web.results import story_path
from web.versions import VersionView, changes

#: From an article to its headline and its paragraphs, the words of a search marked.
Marking = Callable[[Article], tuple[Snippet, tuple[Snippet, ...]]]


@dataclass(frozen=True, slots=True)
class CityView:
    """A city of the story: its page ("" where it has none), what it is to the story, and how that was decided."""

    label: str
    url: str
    role: str
    surface: str
    reason: str


@dataclass(frozen=True, slots=True)
class OtherView:
    """A copy of the story."""

    headline: str
    url: str
    source: str
    date: str
    date_text: str


@dataclass(frozen=True, slots=True)
class StepView:
    """A story of the thread: what it told that no earlier one had, and whether it is the story of the page."""

    story: OtherView
    new: str
    here: bool


@dataclass(frozen=True, slots=True)
class StoryView:
    """The whole page; `original` is "" unless it is a plain web address."""

    id: str
    headline: Snippet
    plain_headline: str
    headline_note: str
    notice: str
    language: str
    byline: str
    source: str
    source_url: str
    section: str
    dateline: str
    dateline_shown: bool
    date: str
    date_text: str
    date_url: str
    age: str
    date_reason: str
    paragraphs: tuple[Snippet, ...]
    cities: tuple[CityView, ...]
    mentioned: tuple[CityView, ...]
    versions: tuple[VersionView, ...]
    copies: tuple[OtherView, ...]
    thread: tuple[StepView, ...]
    original: str
    original_host: str
    permalink: str
    summary: str


def view(
    clipping: Clipping,
    formats: Formats,
    catalogue: Catalogue,
    marking: Marking,
    today: date,
    thread: Thread | None = None,
) -> StoryView:
    """Return the page of a story.

    Args:
        clipping: the story with its earlier versions and copies.
        formats: how dates and numbers are written.
        catalogue: knows the pages of cities and sources.
        marking: what marks the words of the search a reader comes from.
        today: the day that it is where the newsroom is.
        thread: the affair that the story belongs to; shown where others belong to it.
    """
    article = clipping.story.article
    facet_keys = [city.key for city in article.facet_cities]
    mentioned = {city.key: city for city in article.cities if city.key not in facet_keys}
    known = known_period(article.published)
    original = web_address(article.url)
    headline, text = marking(article)
    return StoryView(
        id=article.id,
        headline=headline or (Fragment(words.UNTITLED),),
        plain_headline=article.headline or words.UNTITLED,
        headline_note=words.HEADLINE_MADE if article.headline_made else "",
        notice=words.NOTICES_SAID.get(article.type, ""),
        language=article.language,
        byline=article.byline,
        source=article.source,
        source_url=catalogue.source_path(article.source),
        section=article.section,
        dateline=article.dateline,
        dateline_shown=bool(article.dateline) and not article.body.startswith(article.dateline),
        date=article.published or "" if known else "",
        date_text=formats.published(article.published) or words.UNDATED,
        date_url=f"/on/{article.published[:10]}" if known and article.published else "",
        age=formats.age(known.first, today) if known and known.first == known.last else "",
        date_reason=article.published_reason or ("" if known else words.DATE_UNKNOWN_WHY),
        paragraphs=text,
        cities=tuple(_city(city, catalogue) for city in article.facet_cities),
        mentioned=tuple(_city(city, catalogue) for city in mentioned.values()),
        versions=changes((*clipping.story.earlier, article), formats),
        copies=tuple(_other(copy, formats) for copy in clipping.copies),
        thread=tuple(
            StepView(_other(step.article, formats), step.new, place == thread.place)
            for place, step in enumerate(thread.stories)
        )
        if thread and len(thread.stories) > 1
        else (),
        original=original,
        original_host=urlsplit(original).hostname or "" if original else "",
        permalink=story_path(article),
        summary=summary(article.body),
    )


def paragraphs(body: str) -> list[str]:
    r"""Return the paragraphs of a story's text.

    >>> paragraphs("One.\n\nTwo.")
    ['One.', 'Two.']
    """
    return [paragraph.strip() for paragraph in body.split("\n\n") if paragraph.strip()]


def linked_data(article: Article, address: str, archive: str) -> str:
    r"""Return the story as schema.org's `NewsArticle` in JSON-LD, safe to stand inside a `<script>` of an HTML page.

    >>> "<" in linked_data(Article(headline="</script>"), "http://x/1", "A")
    False
    """
    known = known_period(article.published)
    form: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.headline or words.UNTITLED,
        "url": address,
        "isPartOf": {"@type": "Collection", "name": archive},
    }
    optional = {
        "datePublished": article.published if known else None,
        "author": [{"@type": "Person", "name": name} for name in article.bylines],
        "publisher": {"@type": "Organization", "name": article.source} if article.source else None,
        "articleSection": article.section,
        "inLanguage": article.language,
        "dateline": article.dateline,
        "sameAs": web_address(article.url),
        "contentLocation": [{"@type": "City", "name": city.label} for city in article.facet_cities],
    }
    form |= {name: value for name, value in optional.items() if value}
    return in_script(form)


def in_script(form: dict[str, object]) -> str:
    """Return JSON that is safe to stand inside a `<script>` of an HTML page."""
    text = json.dumps(form, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def web_address(url: str) -> str:
    """Return `url` where it is a plain http(s) address with a host, else "": nothing else may become a link.

    >>> web_address("javascript:alert(1)")
    ''
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and host else ""


def _city(city: City, catalogue: Catalogue) -> CityView:
    return CityView(city.label, catalogue.place_path(city.key), words.ROLES[city.role], city.surface, city.reason)


def _other(article: Article, formats: Formats) -> OtherView:
    known = known_period(article.published)
    return OtherView(
        headline=article.headline or words.UNTITLED,
        url=story_path(article),
        source=article.source,
        date=article.published or "" if known else "",
        date_text=formats.published(article.published) or words.UNDATED,
    )


def summary(body: str, longest: int = 200) -> str:
    """Return the first paragraph of a text, cut at a word where it is longer than `longest` characters."""
    first = next(iter(paragraphs(body)), "")
    if len(first) <= longest:
        return first
    return first[:longest].rpartition(" ")[0].rstrip(",;:–—- ") + " …"
