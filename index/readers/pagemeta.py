"""What a page's marks say of its story: meta elements, OpenGraph, microdata, headings, `<time>`.

JSON-LD is `index.readers.jsonld`'s; which claim wins is decided by `index.readers.html`. The one idea: every claim is
kept with the place it came from, best first, and nothing is read out of running text.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree

from index.enrich.datetext import find
from index.record import DateClue

#: Meta elements that give the date of publication, best first, lower-case.
_DATES = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time", "datepublished",
    "date_published", "published_time", "publication_date", "publication-date", "publicationdate", "publish_date",
    "publish-date", "publishdate", "published_date", "published-date", "published", "pubdate", "pub_date", "pub-date",
    "parsely-pub-date", "sailthru.date", "bt:pubdate", "cxenseparse:recs:publishtime", "cxenseparse:publishtime",
    "article_date_original", "originalpublicationdate", "citation_publication_date", "citation_date",
    "citation_online_date", "dcterms.issued", "dc.date.issued", "dcterms.created", "dc.date.created", "dc.created",
    "dcterms.date", "dc.date", "prism.publicationdate", "rnews:datepublished", "article:create_at", "og:pubdate",
    "article.published", "article.created", "shareaholic:article_published_time", "vr:published_time", "article:date",
    "displaydate", "dateposted", "posted_date", "date.created", "datecreated", "created", "creation_date", "date",
    "release_date", "og:release_date", "video:release_date", "og:regdate", "timestamp", "ptime", "dat", "buildtime",
    "published_at", "publish_time", "publish-time", "publishtime", "firstpublishedtime", "dcterms:issued", "dc:date",
    "dcterms:created", "dcterms:date", "dc:created", "dcterms.datesubmitted", "dc.date.submitted", "pubtime",
    "article:publish_date", "article:publish_time", "article:post_time", "weibo:article:create_at", "pdate",
)  # fmt: skip
_HEADLINES = ("og:title", "twitter:title", "headline", "dc.title", "dcterms.title", "parsely-title", "sailthru.title",
              "citation_title", "title")  # fmt: skip
_AUTHORS = ("author", "byl", "byline", "article:author_name", "parsely-author", "sailthru.author", "dc.creator",
            "dcterms.creator", "citation_author", "article:author", "og:article:author", "authors", "creator",
            "dc.author", "twitter:data1", "cxenseparse:author", "article.author", "rbauthors")  # fmt: skip
_SECTIONS = ("article:section", "og:article:section", "section", "parsely-section", "cxenseparse:category")
_TYPES = ("genre", "article:genre", "article:type", "article:content_type", "content_type", "content-type", "og:type",
          "parsely-type", "dc.type", "dcterms.type", "prism.genre")  # fmt: skip
_SITES = ("og:site_name", "application-name", "publisher", "dc.publisher", "citation_journal_title", "copyright")

_PUBLISHED = re.compile(
    r"publi[sc]|posted|post[-_]?(?:date|time|meta)|entry[-_]?(?:date|time|meta)|article[-_]?(?:date|time|meta|info)|"
    r"pub[-_]?date|story[-_]?date|date[-_]?(?:line|time|stamp|publ|header)|timestamp|byline|news[-_]?(?:date|time)|"
    r"(?:^|[\s_-])(?:date|time|datum|fecha)(?:$|[\s_-])|created|dtstart|submitted",
    re.IGNORECASE,
)
#: Names of other meta elements and properties that tell of the publication.
_DATED = re.compile(
    r"(?:^|[.:_-])(?:first|orig\w*)?[-_]?publi(?:sh|c)\w*[-_.]?(?:date|time|at|on)\b|date[-_.]?(?:first)?[-_.]?publi(?:sh|c)|"
    r"pub[-_.]?(?:date|time)|(?:article|story|post|issue|news|content)[-_.]?date",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"updat|modif|last-?mod|edited|revis|comment|expire|aktualis|maj\b", re.IGNORECASE)
#: How readers are told of a change; the characters before a date that may say it, and the elements they stand in.
_UPDATE_WORDS = re.compile(
    r"updat|modif|edited|revis|changed|aktualis|actuali[sz]|mise? à jour|\bmaj\b|bijgewerkt|uppdater|oppdater|opdater|"
    r"güncel|обновл|изменен|atualizad|aggiornat|päivitet|zaktualiz",
    re.IGNORECASE,
)
_LABEL = 40
_INLINE = ("span", "strong", "b", "em", "i", "small", "label", "dt", "a", "font")
_PUBLISHING = re.compile(r"publi[sc]h|posted|written", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"\sdata-(?:article-|story-|post-)?(?:(?:publi(?:sh|c)\w*|pub)[-_]?(?:date|time|at|on)?|datetime|timestamp)"
    r"=[\"']([^\"']{8,40})[\"']",
    re.IGNORECASE,
)
_EMBEDDED = re.compile(
    r"\\?\"(datePublished|publishedDate|published_?[aA]t|publishDate|publish_date|publicationDate|publication_date|"
    r"first_?[pP]ublish(?:ed)?(?:_?[dD]ate|_?[aA]t)?|pubDate|pub_date|display_?[dD]ate)"
    r"\\?\"\s*:\s*\\?\"([^\"\\]{8,40})\\?\""
)
_EMBEDDED_DAY = re.compile(
    r"\"(date_?published|published_?date|publication_?date|publish_?date|date_?created|date_?creation|creation_?date)\""
    r"\s*:\s*\"(\d{4}-\d\d-\d\d)\"",
    re.IGNORECASE,
)
_CHANGED = re.compile(r"updat|modif|last-?mod|last (?:edited|changed|revised)", re.IGNORECASE)
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

_MARKED = "//*[@itemprop='datePublished' or @itemprop='dateCreated'" + "".join(
    f" or @property='{name}'"
    for name in ("datePublished", "schema:datePublished", "dc:date", "dc:created", "dcterms:created", "dcterms:issued")
) + "]"  # fmt: skip
#: How many elements beside the heading are looked at for a date.
_NEAR = 25
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


def claims(tree: Any, page: str = "") -> Claims:
    """Return what the marks of a page claim.

    Args:
        tree: of the page, as lxml parses HTML.
        page: the page's source, for the address that browsers note at its top when they save it.
    """
    meta = _meta(tree)
    url = _url(tree, meta, page)
    title = _text(tree.find(".//title")) if tree.find(".//title") is not None else ""
    domain = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    return Claims(
        headlines=tuple(dict.fromkeys([*_values(meta, _HEADLINES[:3]), title, *_values(meta, _HEADLINES[3:])])),
        headings=tuple(dict.fromkeys(_headings(tree))),
        dates=tuple(_dates(tree, meta)),
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


def _meta(tree: Any) -> dict[str, list[str]]:
    """Return the contents of meta elements by lower-case name, property or itemprop."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = element.get("content")
        if not content or not content.strip():
            continue
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = element.get(attribute)
            if name:
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


def _dates(tree: Any, meta: dict[str, list[str]]) -> Iterator[DateClue]:
    for name in _DATES:
        for value in meta.get(name, ()):
            yield DateClue(value, f"the page's {name}")
    for name, values in meta.items():
        if name not in _DATES and _DATED.search(name) and not _UPDATED.search(name):
            yield from (DateClue(value, f"the page's {name}") for value in values if any(c.isdigit() for c in value))
    for element in tree.xpath(_MARKED):
        value = element.get("datetime") or element.get("content") or element.get("title") or _text(element)
        if value and element.tag != "meta" and len(value) < 60:
            yield DateClue(value, "the page's datePublished")
    found = tree.xpath("//time | //abbr[contains(@class, 'published')]")
    for element in sorted(found, key=_is_about_another):
        named = f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('id') or ''}"
        if (_UPDATED.search(named) and not _PUBLISHED.search(named)) or _within(element, _OTHERS):
            continue
        above = element.getparent()
        changed = _tells_of_update(element) or (above is not None and _UPDATED.search(above.get("class") or ""))
        if changed and not _PUBLISHED.search(named):
            continue
        value = element.get("datetime") or element.get("title") or _text(element)
        if value and len(value) < 60:
            yield DateClue(value, "the page's time element")


def _is_about_another(element: Any) -> int:
    """Return 0 for a time that is marked as the publication's, 1 for one in the page's article, 2 for any other."""
    marked = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
    if element.get("pubdate") is not None or "publish" in marked or "entry-date" in marked:
        return 0
    return 1 if any(above.tag in ("article", "main") for above in element.iterancestors()) else 2


def _tells_of_update(element: Any) -> bool:
    """Say whether the words right before a date, in its own line, say that it is the day of a change."""
    before, parent = element.getprevious(), element.getparent()
    if before is None:
        near = parent.text or "" if parent is not None else ""
    else:
        near = f"{_text(before) if before.tag in _INLINE else ''} {before.tail or ''}"
    near = near[-_LABEL:]
    last = list(_UPDATE_WORDS.finditer(near))
    return bool(last) and not _PUBLISHING.search(near, last[-1].end())


def visible_dates(tree: Any, language: str = "") -> Iterator[DateClue]:
    """Yield short texts with a date as a reader sees them: by the heading, then where an element's name says so."""
    for text in _beside_heading(tree):
        if find(text, language, whole=True):
            yield DateClue(text, "the date shown under the headline")
    for element in tree.iter("span", "div", "p", "li", "small", "em", "b", "i", "h4", "h5", "h6", "td", "strong", "a"):
        named = _named(element)
        if not _PUBLISHED.search(named) or _UPDATED.search(named) or _within(element, _OTHERS):
            continue
        text = _text(element)
        if 6 <= len(text) <= 120 and any(c.isdigit() for c in text) and not _tells_of_update(element):
            yield DateClue(_without_update(text), "the date shown on the page")


def embedded_dates(page: str) -> Iterator[DateClue]:
    """Yield the date of publication in the data a page hands its scripts, where it names a single day."""
    given = {value.strip() for value in _ATTRIBUTE.findall(page)}
    if len({value[:10] for value in given}) == 1:
        yield DateClue(min(given), "an attribute of the page")
    found = [(match[1], match[2]) for match in _EMBEDDED.finditer(page)]
    if len({value[:10] for _, value in found}) == 1:
        yield DateClue(found[0][1], f"{found[0][0]} in the page's data")


def embedded_days(page: str) -> Iterator[DateClue]:
    """Yield the day without an hour that a page hands its scripts, where it is the same everywhere: the paper's own."""
    found = [(match[1], match[2]) for match in _EMBEDDED_DAY.finditer(page)]
    if len({day for _, day in found}) == 1:
        yield DateClue(found[0][1], f"{found[0][0]} in the page's data")


def updates(tree: Any) -> Iterator[str]:
    """Yield what the page says of its last change, which is not its publication."""
    for name, values in _meta(tree).items():
        if _CHANGED.search(name):
            yield from values
    for element in tree.iter("time", "span", "div", "p", "li", "small"):
        text = _text(element)
        if len(text) <= 120 and (
            _CHANGED.search(_named(element)) or _UPDATE_WORDS.search(text) or _tells_of_update(element)
        ):
            yield from filter(None, (element.get("datetime"), text))


def _without_update(text: str) -> str:
    """Return what of a line tells of the publication: "published May 4" of "Updated May 5, published May 4"."""
    published = _PUBLISHING.search(text)
    return _UPDATED.split(text[published.start() :] if published else text)[0]


def _beside_heading(tree: Any) -> Iterator[str]:
    """Yield the short texts with a number that follow the first h1 closely, and those that go before it."""
    before: deque[str] = deque(maxlen=_NEAR)
    left = -1
    for element in tree.iter(etree.Element):
        if element.tag in ("script", "style", "title", "noscript"):
            continue
        if element.tag == "h1" and left < 0:
            left = _NEAR
            continue
        words = [element.text, *(child.tail for child in element)]
        text = " ".join(" ".join(filter(None, words)).split())
        if not 6 <= len(text) <= 120 or not any(c.isdigit() for c in text):
            left -= left > 0
            continue
        text = "" if _tells_of_update(element) else _without_update(text)
        if left < 0:
            before.append(text)
        else:
            yield text
            left -= 1
        if left == 0:
            break
    if left >= 0:
        yield from reversed(before)


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
