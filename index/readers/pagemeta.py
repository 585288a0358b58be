"""What a page's marks say of its story: meta elements, OpenGraph, microdata, headings.

Dates are `index.readers.pagedates`', JSON-LD is `index.readers.jsonld`'s; which claim wins is decided by
`index.readers.html`. The one idea: every claim is kept, best first, and nothing is read out of running text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from index.readers.pagedates import marked_dates
from index.readers.pagelayout import Layout
from index.record import DateClue

_HEADLINES = ("og:title", "twitter:title", "headline", "dc.title", "dcterms.title", "parsely-title", "sailthru.title",
              "citation_title", "title")  # fmt: skip
_AUTHORS = ("author", "byl", "byline", "article:author_name", "parsely-author", "sailthru.author", "dc.creator",
            "dcterms.creator", "citation_author", "article:author", "og:article:author", "authors", "creator",
            "dc.author", "twitter:data1", "cxenseparse:author", "article.author", "rbauthors")  # fmt: skip
_SECTIONS = ("article:section", "og:article:section", "section", "parsely-section", "cxenseparse:category")
_TYPES = ("genre", "article:genre", "article:type", "article:content_type", "content_type", "content-type", "og:type",
          "parsely-type", "dc.type", "dcterms.type", "prism.genre")  # fmt: skip
_SITES = ("og:site_name", "application-name", "publisher", "dc.publisher", "citation_journal_title", "copyright")

_OTHERS = re.compile(
    r"related|recommend|more-|sidebar|footer|comment|most-|trending|popular|widget|teaser|promo|carousel|(?:^|[-_\s])nav|menu|"
    r"latest|recent|newsletter|author-?bio|bio(?:\b|_)|cookie|banner|newsticker|read-?next|also-",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"by-?line|author|writer|(?:^|[\s_-])by(?:$|[\s_-])|contributor|reporter|journalist|fn\b|vcard|submitted|posted-by|autor|signature|"
    r"credit-?name|full-?name",
    re.IGNORECASE,
)
_NAMING = ("class", "id", "data-testid", "data-component", "data-qa", "data-role")
_NAMED_ELEMENTS = (
    f"//*[({' or '.join('@' + name for name in _NAMING)}) and not(self::body or self::html or self::script "
    "or self::img or self::input or self::form or self::figure or self::svg or self::button or ancestor::figure)]"
)
_WRITERS_PAGE = re.compile(
    r"/(?:authors?|by|profiles?|people|person|staff|contributors?|journalists?|writers?|reporters?|autor(?:es|en)?|team|"
    r"newsteam|columnists?|users?|members?|in)/[^/]|/@|[?&]author=",
    re.IGNORECASE,
)

_SAVED = re.compile(r"<!--\s*saved from url=\(\d+\)\s*(https?://\S+)")


@dataclass(frozen=True, slots=True)
class Claims:
    """What a page claims, best first in every field.

    Attributes:
        headlines: of meta elements and `<title>`; `headings` are the texts of h1.
        dates: of publication, with where they stood.
        bylines: texts of meta elements, microdata and links that name the writers.
        site: names the site goes by.
        types: what meta elements say of the type of story, as written.
    """

    headlines: tuple[str, ...]
    headings: tuple[str, ...]
    dates: tuple[DateClue, ...]
    bylines: tuple[str, ...]
    section: str
    site: tuple[str, ...]
    types: tuple[str, ...]
    url: str
    language: str


def claims(tree: Any, layout: Layout, page: str = "") -> Claims:
    """Return what the marks of a page claim.

    Args:
        tree: of the page, as lxml parses HTML.
        layout: of the page.
        page: the page's source, for the address that browsers note at its top when they save it.
    """
    meta = meta_of(tree)
    url = _url(tree, meta, page)
    title = _text(tree.find(".//title")) if tree.find(".//title") is not None else ""
    domain = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    return Claims(
        headlines=tuple(dict.fromkeys([*_values(meta, _HEADLINES[:3]), title, *_values(meta, _HEADLINES[3:])])),
        headings=tuple(dict.fromkeys(_headings(tree))),
        dates=tuple(marked_dates(tree, meta, layout)),
        bylines=tuple(dict.fromkeys(_bylines(tree, meta))),
        section=next(_values(meta, _SECTIONS), ""),
        site=tuple(
            dict.fromkeys(
                [*_values(meta, _SITES[:1]), *_values(meta, _SITES[1:4]), *filter(None, [domain, domain.split(".")[0]])]
            )
        ),
        types=tuple(_values(meta, _TYPES)),
        url=url,
        language=_language(tree, meta),
    )


def meta_of(tree: Any) -> dict[str, list[str]]:
    """Return the contents of meta elements by lower-case name, property or itemprop."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = element.get("content")
        if not content or not content.strip():
            continue
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = element.get(attribute)
            of_an_item = attribute == "itemprop" and (name or "").startswith("date")  # which may be another's
            of_the_server = attribute == "http-equiv" and (name or "").lower() != "content-language"
            if name and not of_an_item and not of_the_server:
                found.setdefault(name.strip().lower(), []).append(" ".join(unescape(content).split()))
    return found


def _values(meta: dict[str, list[str]], names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        yield from meta.get(name, ())


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _url(tree: Any, meta: dict[str, list[str]], page: str) -> str:
    """Return the page's own address: canonical, OpenGraph's, or where a browser saved it from."""
    links = [link.get("href", "") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    base = next((element.get("href", "") for element in tree.iter("base")), "")
    saved = _SAVED.search(page[:4096])
    candidates = [*links, *meta.get("og:url", ()), *meta.get("twitter:url", ()), saved[1] if saved else ""]
    whole: list[str] = [urljoin(base if base.startswith("http") else "", given.strip()) for given in candidates]
    addresses = [given for given in whole if given.lower().startswith(("http://", "https://")) and " " not in given]
    deep = [given for given in addresses if len(urlsplit(given).path) > 1 or urlsplit(given).query]
    return (deep or addresses or [""])[0]


def _language(tree: Any, meta: dict[str, list[str]]) -> str:
    given = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or next(
        _values(meta, ("og:locale", "content-language", "dc.language", "language")), ""
    )  # fmt: skip
    language = given.strip().replace("_", "-")
    return language if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", language) else ""


def _headings(tree: Any) -> Iterator[str]:
    for element in tree.xpath("//*[@itemprop='headline' and not(self::meta)]"):
        if not _within(element, _OTHERS):
            yield from filter(None, [_text(element)])
    for element in tree.iter("h1"):
        if not _within(element, _OTHERS):
            yield from filter(None, [_text(element)])


def _named(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}".strip()


def _within(element: Any, pattern: re.Pattern[str], levels: int = 6) -> bool:
    """Say whether an element or one of the next above it is named like `pattern`."""
    for _ in range(levels):
        if element is None or element.tag in ("body", "html", "article"):
            return False
        if element.tag in ("footer", "aside", "nav") or pattern.search(_named(element)):
            return True
        element = element.getparent()
    return False


def _bylines(tree: Any, meta: dict[str, list[str]]) -> Iterator[str]:
    for name in _AUTHORS:
        given = [value for value in meta.get(name, ()) if not value.startswith(("http", "/"))]
        if given and (name != "twitter:data1" or "written by" in (meta.get("twitter:label1") or [""])[0].lower()):
            yield "; ".join(dict.fromkeys(given))
    for marked in (
        tree.xpath("//*[@itemprop='author']"),
        tree.xpath("//*[contains(concat(' ', @rel, ' '), ' author ')]"),
    ):
        names = [text for element in marked if not _within(element, _OTHERS) and (text := _writer(element))]
        if names:
            yield "; ".join(dict.fromkeys(names))


def shown_bylines(tree: Any) -> Iterator[str]:
    """Yield short texts that are marked as bylines by the names of their elements, as a reader sees them."""
    for element in tree.xpath(_NAMED_ELEMENTS):
        named = " ".join(filter(None, (element.get(name) for name in _NAMING)))
        if _BYLINE.search(named) and not _within(element, _OTHERS):
            text = _writer(element)
            if text:
                yield text


def _writer(element: Any) -> str:
    """Return the names an element gives: of the links to writers' own pages in it, else its whole short text."""
    inner = element.xpath(".//*[@itemprop='name']")
    if inner:
        names = [_text(name) or name.get("content", "") for name in inner]
    else:
        names = [_text(link) for link in element.iter("a") if _WRITERS_PAGE.search(link.get("href") or "")]
    names = [name for name in names if 2 <= len(name) <= 60 and name[:1].isalpha()]
    text = "; ".join(dict.fromkeys(names)) or " ".join(" ".join(element.itertext()).split())
    return text if 2 <= len(text) <= 150 and any(c.isalpha() for c in text) else ""
