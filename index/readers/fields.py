"""A JSON object or a CSV row into a draft: the everyday names of the fields.

The one idea: the house's own names come first, then the spellings other programs export; a name is compared without
regard to capitals, spaces, hyphens and underscores. An object in the form of `export` is taken as it is.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import Any
from urllib.parse import urlsplit

from index.article import Article, City
from index.dates import period
from index.enrich.dates import copyright_clues
from index.readers.encoding import clean, clean_line
from index.readers.markup import plain
from index.readers.registry import Unreadable
from index.record import DateClue, Draft
from index.storytype import type_named

#: For each field of a draft the names it goes by, best first.
NAMES: dict[str, tuple[str, ...]] = {
    "given_id": ("id", "guid", "uuid", "article_id", "story_id", "doc_id", "post_id"),
    "headline": ("headline", "title", "heading", "head", "article_title", "post_title"),
    "body": ("body", "text", "content", "article", "article_body", "article_text", "full_text", "maintext", "story",
             "post_content", "content_text"),
    "published": ("published", "date", "published_at", "published_date", "pub_date", "publication_date", "publish_date",
                  "date_published", "date_publish", "publish_time", "pubdate", "date_time", "datetime", "post_date",
                  "created_at", "timestamp"),
    "byline": ("byline", "author", "authors", "writer", "reporter", "by", "creator"),
    "section": ("section", "category", "categories", "desk", "section_name"),
    "source": ("source", "publisher", "publication", "site", "newspaper", "outlet", "site_name", "source_name",
               "source_domain"),
    "url": ("url", "link", "permalink", "web_url", "canonical_url", "uri"),
    "dateline": ("dateline",),
    "language": ("language", "lang"),
    "type": ("type", "genre", "story_type", "article_type", "type_of_material", "document_type", "post_type"),
    "cities": ("cities", "city", "place", "location"),
}  # fmt: skip

_NOT_LETTER = re.compile(r"[^a-z0-9]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")


def known(name: str) -> str | None:
    """Return the field of a draft that the column or key `name` stands for, or None."""
    return _FIELDS.get(_plain(name))


def draft_of_fields(given: Mapping[str, Any]) -> Draft:
    """Return what an object with everyday names says.

    Raises:
        Unreadable: where a field of it has a value that makes no sense there.
    """
    if "headline_made" in given and "published_reason" in given and isinstance(given.get("cities"), list):
        return Draft(given_id=_text(given, "id"), article=_exported(given))
    values = {_plain(name): value for name, value in reversed(list(given.items()))}
    if given and not any(known(name) in ("headline", "body") for name in given):
        raise Unreadable(
            "there is neither a headline nor a text in it; it has "
            f"{clean_line(', '.join(given))[:200]}: name one of these headline and one body"
        )
    told = [_RANKS[name] + (value,) for name, value in values.items() if name in _RANKS and value not in _NOTHING]
    # A worse name is written over by a better one.
    chosen = {field: (name, value) for _, field, name, value in sorted(told, key=_rank, reverse=True)}

    def line(field: str) -> str:
        return clean_line(plain(_words(*chosen[field]))) if field in chosen else ""

    dates: tuple[DateClue, ...] = ()
    if "published" in chosen:
        name, value = chosen["published"]
        dates = (DateClue(clean_line(_words(name, value)), f"the field {name}"),)
    language = line("language")
    body = clean(plain(_words(*chosen["body"]))) if "body" in chosen else ""
    return Draft(
        given_id=line("given_id"),
        headline=line("headline"),
        body=body,
        byline=line("byline"),
        section=line("section"),
        source=line("source"),
        url=web_address(line("url")),
        dateline=line("dateline"),
        language=language.replace("_", "-") if _LANGUAGE.fullmatch(language) else "",
        types=tuple(filter(None, (t for name in NAMES["type"] for t in _types(values.get(_PLAIN[name]))))),
        dates=dates + copyright_clues(body),
        cities=_cities(chosen["cities"][1]) if "cities" in chosen else (),
    )


def web_address(text: str) -> str:
    """Return `text` where it is an http(s) address, else ""."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme.lower() in ("http", "https") and parts.netloc and " " not in text else ""


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    return _NOT_LETTER.sub("", name.lower())


_PLAIN = {name: _plain(name) for names in NAMES.values() for name in names}
#: How good a name is for its field, by its plain form: the best is 0.
_RANKS = {
    _PLAIN[name]: (rank, field, name)
    for field, names in NAMES.items()
    for rank, name in reversed(list(enumerate(names)))
}
_rank = itemgetter(0)
_NOTHING: tuple[Any, ...] = (None, "", [], {})
_FIELDS = {_PLAIN[name]: field for field, names in NAMES.items() for name in names}


def _words(name: str, value: Any) -> str:
    """Return a value as text: names of a list joined by ", ", an object by its name."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        raise Unreadable(f"the field {name!r} is true or false where words are expected")
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return ("\n\n" if name in NAMES["body"] else ", ").join(_words(name, item) for item in value if item)
    if isinstance(value, dict):
        for key in ("name", "title", "value", "rendered", "#text", "_", "$date"):
            if value.get(key):
                return _words(name, value[key])
    raise Unreadable(f"the field {name!r} is an object where words are expected")


def _types(value: Any) -> Iterator[str]:
    """Yield the types of story that a value names; what cannot be one is nothing worth refusing a story for."""
    if isinstance(value, list):
        for item in value:
            yield from _types(item)
    elif isinstance(value, dict):
        yield from _types(value.get("name"))
    elif isinstance(value, str):
        yield type_named(clean_line(plain(value)))


def _cities(value: Any) -> tuple[str, ...]:
    """Return the places of a value: names, GeoNames ids, objects of either, one or a list; text splits at ";"."""
    if isinstance(value, list):
        return tuple(dict.fromkeys(place for item in value for place in _cities(item)))
    if isinstance(value, dict):
        if value.get("geonameid"):
            return (str(value["geonameid"]),)
        parts = [
            value.get("name") or value.get("city"),
            value.get("region") or value.get("state"),
            value.get("country"),
        ]
        return tuple(filter(None, [", ".join(clean_line(str(part)) for part in parts if part)]))
    if isinstance(value, bool) or value is None:
        return ()
    return tuple(filter(None, (clean_line(place) for place in re.split("[;|]", str(value)))))


def _text(form: Mapping[str, Any], name: str) -> str:
    value = form.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Unreadable(f"the field {name!r} of an exported article must be text")
    return clean(value)


def _exported(form: Mapping[str, Any]) -> Article:
    published = form.get("published")
    try:
        period(published)
        cities = tuple(_city(city) for city in form["cities"])
    except (TypeError, ValueError) as error:
        raise Unreadable(f"this exported article cannot be taken over: {error}") from error
    names = ("headline", "body", "byline", "section", "source", "dateline", "language", "type", "published_reason")
    return Article(
        **{name: _text(form, name) for name in names},
        url=web_address(_text(form, "url")),
        published=published or None,
        cities=cities,
        headline_made=form.get("headline_made") is True,
    )


def _degrees(value: Any) -> float | None:
    """Return a coordinate; None where there is none, or it is no number on any map."""
    degrees = None if value is None else float(value)
    return degrees if degrees is not None and math.isfinite(degrees) else None


def _city(form: Any) -> City:
    if not isinstance(form, dict) or not isinstance(form.get("name"), str) or not form["name"]:
        raise ValueError("a city needs a name")
    role = form.get("role", "mentioned")
    if role not in ("dateline", "about", "mentioned"):
        raise ValueError(f"{role!r} is no role of a city; it is dateline, about or mentioned")
    number = form.get("geonameid")
    latitude, longitude = form.get("latitude"), form.get("longitude")
    return City(
        geonameid=int(number) if number is not None else None,
        name=clean_line(form["name"]),
        region=_text(form, "region"),
        country=_text(form, "country"),
        latitude=_degrees(latitude),
        longitude=_degrees(longitude),
        surface=_text(form, "surface"),
        role=role,
        reason=_text(form, "reason"),
    )
