"""JSON-LD in a page: what its publisher says of the story, in the words of schema.org.

Other marks of a page are `index.readers.pagemeta`'s. The one idea: a page may describe many things; the story is the
node of an article type that names this page, else the first that is no item of a list of others. JSON that is broken
in the usual ways (comments, trailing commas, raw line breaks) is mended; what stays broken is passed over.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from index.readers.markup import plain

#: Types of a story (https://schema.org/Article and below), best first; the rest only describe the page around it.
ARTICLES = (
    "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "BackgroundNewsArticle",
    "ReviewNewsArticle", "AskPublicNewsArticle", "Article", "BlogPosting", "LiveBlogPosting", "Report", "TechArticle",
    "ScholarlyArticle", "SatiricalArticle", "AdvertiserContentArticle", "SocialMediaPosting", "DiscussionForumPosting",
    "Review", "Recipe",
)  # fmt: skip
_PAGES = ("WebPage", "ItemPage", "VideoObject", "ProfilePage", "WebSite")
_ELSEWHERE = frozenset(
    "itemlistelement itemlist haspart comment relatedlink mentions about ispartof review citation breadcrumb "
    "publisher author image video associatedmedia liveblogupdate".split()
)
_COMMENT = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*$"
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_BETWEEN_VALUES = re.compile(r"(?<=[}\]\"])\s++(?=[\"{])")
#: A string or a comment; one that is not closed goes to the end, so that no character is looked at twice.
_STRING_OR_COMMENT = re.compile(r'"(?:[^"\\]++|\\.?)*+(?:"|\Z)|/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z)', re.DOTALL)
_ADDRESS = re.compile(r"^(?:https?:)?//(?:www\.|m\.|amp\.)?|/*(?:[?#].*)?$")
_DEPTH = 12


@dataclass(frozen=True, slots=True)
class Described:
    """What JSON-LD says of the story; "" and () where it says nothing.

    Attributes:
        persons, organisations: the authors by kind; those of no stated kind are with the persons.
        published: datePublished; `created` and `uploaded` are weaker words for it.
        text: articleBody, where the page gives it.
        places: towns of contentLocation and locationCreated, with region.
        types: schema.org's name of the story's type, and its genre.
        certain: the node is an article's, not only a page's.
    """

    headline: str = ""
    persons: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    published: str = ""
    created: str = ""
    uploaded: str = ""
    section: str = ""
    source: str = ""
    url: str = ""
    language: str = ""
    dateline: str = ""
    text: str = ""
    places: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    certain: bool = False


def described(scripts: list[str], url: str = "") -> Described:
    """Return what the JSON-LD scripts of a page say of its story.

    Args:
        scripts: the contents of the elements `<script type="application/ld+json">`, in order.
        url: the page's own address where it is known, to tell its node from others.
    """
    values = [value for script in scripts for value in _parse(script)]
    nodes = [node for value in values for node in _nodes(value, 0)]
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    ranked = sorted(
        ((rank, place, node) for place, node in enumerate(nodes) if (rank := _rank(node, url)) is not None),
        key=lambda entry: entry[:2],
    )
    if not ranked:
        return Described()
    best, certain = ranked[0][2], ranked[0][0][1] < len(ARTICLES)
    page: dict[str, Any] = next((n for n in nodes if "WebPage" in _types(n) and n is not best), {})

    def value(name: str) -> Any:
        return best.get(name) or (page.get(name) if name in ("datePublished", "inLanguage") else None)

    persons, organisations = _authors(value("author") or value("creator"), by_id)
    return Described(
        headline=_text(value("headline")) or (_text(value("name")) if certain else ""),
        persons=persons,
        organisations=organisations,
        published=_text(value("datePublished")),
        created=_text(value("dateCreated")),
        uploaded=_text(value("uploadDate")),
        section=_first(value("articleSection")),
        source=_name(value("publisher"), by_id) or _name(value("sourceOrganization"), by_id),
        url=_address(value("url")) or _address(value("mainEntityOfPage")),
        language=_first(value("inLanguage")),
        dateline=_text(value("dateline")),
        text=_text(value("articleBody"), lines=True) if certain else "",
        places=_places(value("locationCreated")) + _places(value("contentLocation")),
        types=(*_types(best), *_each(value("genre"))) if certain else (),
        certain=certain,
    )


def _parse(script: str) -> Iterator[Any]:
    """Yield the JSON values of a script, mended where that is simple."""
    text = _COMMENT.sub("", script).strip().rstrip(";").strip()
    for attempt in (text, _mended(text)):
        try:
            yield json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
        return
    decode = json.JSONDecoder(strict=False).raw_decode
    start = text.find("{")
    while start >= 0:
        try:
            value, end = decode(text, start)
        except (ValueError, RecursionError):
            return
        yield value
        start = text.find("{", end)


def _mended(text: str) -> str:
    if "&quot;" in text and '"' not in text:
        text = html.unescape(text)
    text = _STRING_OR_COMMENT.sub(lambda found: "" if found[0].startswith("/") else found[0], text)
    text = _BETWEEN_VALUES.sub(lambda gap: f",{gap[0]}" if "\n" in gap[0] else gap[0], text)
    text = _TRAILING_COMMA.sub(r"\1", text)
    return re.sub(r'\\(?!["\\/bfnrtu])', r"\\\\", text)


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name, inner in value.items():
            if isinstance(inner, list | dict) and name.lower() not in _ELSEWHERE:
                yield from _nodes(inner, depth + 1)


def _types(node: dict[str, Any]) -> tuple[str, ...]:
    given = node.get("@type") or node.get("type") or ()
    names = given if isinstance(given, list) else [given]
    return tuple(name.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for name in names if isinstance(name, str))


def _rank(node: dict[str, Any], url: str) -> tuple[int, int] | None:
    """Return how good a node is as the story's (smaller is better), or None where it is none."""
    order = ARTICLES + _PAGES
    kind = min((order.index(name) for name in _types(node) if name in order), default=None)
    if kind is None:
        return None
    if kind >= len(ARTICLES):
        return (2, kind) if node.get("datePublished") or node.get("uploadDate") or node.get("author") else None
    own = {_plain(_address(node.get(name))) for name in ("url", "mainEntityOfPage", "@id")} - {""}
    here = _plain(url)
    return (0 if here and here in own else 1, kind)


def _plain(address: str) -> str:
    return _ADDRESS.sub("", address.strip().lower())


def _address(value: Any) -> str:
    if isinstance(value, list):
        return next((found for item in value if (found := _address(item))), "")
    if isinstance(value, dict):
        return _address(value.get("@id") or value.get("url"))
    return value.strip() if isinstance(value, str) and value.strip().startswith(("http", "//")) else ""


def _text(value: Any, *, lines: bool = False) -> str:
    """Return a value as text without markup; on one line unless `lines`."""
    if isinstance(value, list):
        return ("\n" if lines else " ").join(_text(item, lines=lines) for item in value if isinstance(item, str))
    if isinstance(value, dict):
        return _text(value.get("@value") or value.get("name") or "", lines=lines)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        return ""
    text = plain(plain(value))  # escaped tags are common
    return text.strip() if lines else " ".join(text.split())


def _first(value: Any) -> str:
    if isinstance(value, list):
        return next((found for item in value if (found := _first(item))), "")
    return _text(value)


def _each(value: Any) -> tuple[str, ...]:
    return tuple(filter(None, (_text(item) for item in (value if isinstance(value, list) else [value]))))


def _name(value: Any, by_id: dict[str, Any]) -> str:
    if isinstance(value, list):
        return next((found for item in value if (found := _name(item, by_id))), "")
    if isinstance(value, dict):
        if not value.get("name") and value.get("@id") in by_id:
            value = by_id[value["@id"]]
        return _first(value.get("name") or value.get("legalName"))
    found = _text(value)
    return "" if found.startswith(("http", "#", "/")) else found


def _authors(value: Any, by_id: dict[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    persons: list[str] = []
    organisations: list[str] = []
    for author in value if isinstance(value, list) else [value]:
        if isinstance(author, dict) and author.get("@id") in by_id and not author.get("name"):
            author = by_id[author["@id"]]
        names = author.get("name") if isinstance(author, dict) else author
        kind = _types(author) if isinstance(author, dict) else ()
        for name in names if isinstance(names, list) else [names]:
            found = _name(name, by_id)
            if found:
                (organisations if "Person" not in kind and any("Organi" in k for k in kind) else persons).append(found)
    return tuple(dict.fromkeys(persons)), tuple(dict.fromkeys(organisations))


def _places(value: Any) -> tuple[str, ...]:
    """Return the towns of a place: only where its address names one, since a bare name may be a land or a hall."""
    if isinstance(value, list):
        return tuple(dict.fromkeys(place for item in value for place in _places(item)))
    address = value.get("address") if isinstance(value, dict) else None
    if not isinstance(address, dict) or not isinstance(address.get("addressLocality"), str):
        return ()
    parts = (address["addressLocality"], address.get("addressRegion"), address.get("addressCountry"))
    return (", ".join(part.strip() for part in parts if isinstance(part, str) and part.strip()),)
