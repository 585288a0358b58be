"""The API described for machines: an OpenAPI 3.1 document, made of the same names that the code reads and writes.

Only shapes. The one idea: where a choice is known to the code (orders, facets, limits), the document takes it from
there, so the two cannot drift apart; the tests hold real answers against the schemas.
"""

from __future__ import annotations

from functools import cache
from typing import Any, get_args

from search.request import FACETS, PAGE_FACETS, Granularity, Sort
from web.address import DEPTH, MOST_CHOSEN, SIZES, Scale
from web.cursor import LONGEST
from web.words import api as apiwords

#: Hits one answer may carry.
MOST_HITS = 100

#: Values of a facet one answer may carry.
MOST_VALUES = 1000

#: Suggestions one answer has where no other number is asked for, and may have.
SUGGESTIONS = 8
MOST_SUGGESTIONS = 30

#: Stories of an affair that one answer has beside the story asked for, and may have.
RELATED = 6
MOST_RELATED = 20

#: Cities that one answer may pass over.
MOST_OFFSET = 1_000_000

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_SHARE: Schema = {"type": ["number", "null"], "minimum": 0, "maximum": 1}
_CITATION = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}~[0-9]{1,12}~[0-9]{1,12}~[A-Za-z0-9.-]{1,40}$"
_DAY: Schema = {"type": "string", "format": "date"}


@cache
def parameter_names(path: str) -> tuple[str, ...]:
    """Return the names of the parameters that an address of the API has in its query string.

    >>> parameter_names("/cities")
    ('limit', 'offset')
    """
    described = document("")["paths"][path]["get"]["parameters"]
    return tuple(parameter["name"] for parameter in described if parameter["in"] == "query")


def document(title: str) -> dict[str, Any]:
    """Return the OpenAPI document of an archive named `title`."""
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": "1", "description": apiwords.DESCRIPTION},
        "servers": [{"url": "/api/v1"}],
        "paths": {
            "/search": {"get": _operation("search", apiwords.SEARCH, parameters(), "SearchPage", (400,))},
            "/articles/{id}": {
                "get": _operation(
                    "article",
                    apiwords.ARTICLE,
                    [{"name": "id", "in": "path", "required": True, "schema": _TEXT, "description": apiwords.ID}],
                    "StoredArticle",
                    (404, 410),
                )
            },
            "/suggest": {"get": _operation("suggest", apiwords.SUGGEST, _suggest_parameters(), "Suggestions", (400,))},
            "/related": {
                "get": _operation("related", apiwords.RELATED, _related_parameters(), "Thread", (400, 404, 410))
            },
            "/cities": {"get": _operation("cities", apiwords.CITIES, _cities_parameters(), "Cities", (400,))},
            "/holdings": {"get": _operation("holdings", apiwords.HOLDINGS, _holdings_parameters(), "Holdings", (400,))},
        },
        "components": {"schemas": schemas()},
    }


def _one(name: str, schema: Schema, description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, "description": description}


def _suggest_parameters() -> list[dict[str, Any]]:
    return [
        _one("q", {"type": "string", "maxLength": 2000}, apiwords.SUGGEST_Q),
        _one("limit", _COUNT | {"maximum": MOST_SUGGESTIONS, "default": SUGGESTIONS}, apiwords.SUGGEST_LIMIT),
    ]


def _related_parameters() -> list[dict[str, Any]]:
    return [
        _one("id", _TEXT | {"minLength": 1}, apiwords.ID) | {"required": True},
        _one("limit", _COUNT | {"maximum": MOST_RELATED, "default": RELATED}, apiwords.RELATED_LIMIT),
    ]


def _cities_parameters() -> list[dict[str, Any]]:
    return [
        _one("limit", _COUNT | {"maximum": MOST_VALUES, "default": 100}, apiwords.CITIES_LIMIT),
        _one("offset", _COUNT | {"maximum": MOST_OFFSET, "default": 0}, apiwords.CITIES_OFFSET),
    ]


def _holdings_parameters() -> list[dict[str, Any]]:
    return [_one("year", _COUNT | {"maximum": 9999}, apiwords.YEAR)]


def parameters() -> list[dict[str, Any]]:
    """Return the parameters of a search, in the order people think of them."""

    def many(name: str, description: str) -> dict[str, Any]:
        schema = {"type": "array", "items": {"type": "string", "maxLength": 300}, "maxItems": MOST_CHOSEN}
        return {"name": name, "in": "query", "explode": True, "schema": schema, "description": description}

    return [
        _one("q", {"type": "string", "maxLength": 2000}, apiwords.PARAMETERS["q"]),
        *(many(facet, apiwords.PARAMETERS[facet]) for facet in FACETS),
        *(many(f"not-{facet}", apiwords.excluded(facet)) for facet in FACETS),
        _one("since", _TEXT, apiwords.PARAMETERS["since"]),
        _one("until", _TEXT, apiwords.PARAMETERS["until"]),
        _one("undated", {"enum": ["only", "none"]}, apiwords.PARAMETERS["undated"]),
        _one("arrived-by", _COUNT | {"maximum": 999_999_999_999}, apiwords.PARAMETERS["arrived-by"]),
        _one("copies", {"enum": ["fold", "show"], "default": "fold"}, apiwords.PARAMETERS["copies"]),
        _one("sort", {"enum": list(get_args(Sort))}, apiwords.PARAMETERS["sort"]),
        _one("recency", {"type": "number", "minimum": 0, "maximum": 1}, apiwords.PARAMETERS["recency"]),
        _one("by", {"enum": list(get_args(Granularity))}, apiwords.PARAMETERS["by"]),
        _one("limit", _COUNT | {"maximum": MOST_HITS, "default": 10}, apiwords.PARAMETERS["limit"]),
        _one("offset", _COUNT | {"maximum": DEPTH, "default": 0}, apiwords.PARAMETERS["offset"]),
        _one("cursor", {"type": "string", "maxLength": LONGEST}, apiwords.PARAMETERS["cursor"]),
        _one("facets", _COUNT | {"maximum": MOST_VALUES, "default": 10}, apiwords.PARAMETERS["facets"]),
        _one("cited", _TEXT | {"pattern": _CITATION}, apiwords.PARAMETERS["cited"]),
        _one("size", {"enum": list(SIZES)}, apiwords.PARAMETERS["size"]),
        _one("page", _COUNT | {"minimum": 1, "maximum": DEPTH // SIZES[0]}, apiwords.PARAMETERS["page"]),
        _one("scale", {"enum": list(get_args(Scale))}, apiwords.PARAMETERS["scale"]),
    ]


def schemas() -> dict[str, Schema]:
    """Return the schemas of everything the API answers with."""
    city = _object(
        geonameid={"type": ["integer", "null"]},
        name=_TEXT,
        region=_TEXT,
        country=_TEXT,
        latitude={"type": ["number", "null"]},
        longitude={"type": ["number", "null"]},
        surface=_TEXT,
        role={"enum": ["dateline", "about", "mentioned"]},
        reason=_TEXT,
    )
    described: dict[str, Schema] = {
        "published": _TEXT_OR_NULL,
        "byline": _TEXT,
        "section": _TEXT,
        "source": _TEXT,
        "url": _TEXT,
        "dateline": _TEXT,
        "language": _TEXT,
        "type": _TEXT,
        "cities": _list(_named("City")),
    }
    article: dict[str, Schema] = {
        "id": _TEXT,
        "headline": _TEXT,
        "body": _TEXT,
        **described,
        "headline_made": {"type": "boolean"},
        "published_reason": _TEXT,
    }
    return {
        "City": city,
        "StoredArticle": _object(**article, arrived=_TEXT, copies=_list(_TEXT), versions={"type": "integer"}),
        "Hit": _object(id=_TEXT, score={"type": "number"}, headline=_TEXT, snippet=_TEXT, **described, copies=_COUNT),
        "Value": _object(key=_TEXT, label=_TEXT, count=_COUNT, selected={"type": "boolean"}, parent=_TEXT_OR_NULL),
        "Period": _object(start=_DAY, end=_DAY, count=_COUNT, held=_COUNT, share=_SHARE, coarser={"type": "boolean"}),
        "Diagnostic": _object(
            kind=_TEXT,
            message=_TEXT,
            start=_COUNT,
            end=_COUNT,
            severity={"enum": ["note", "warning"]},
            choices=_list(_object(label=_TEXT, query=_TEXT)),
        ),
        "SearchPage": _object(
            total=_COUNT,
            folded=_COUNT,
            hits=_list(_named("Hit")),
            facets=_object(**{facet: _list(_named("Value")) for facet in PAGE_FACETS}),
            facet_values=_object(**dict.fromkeys(PAGE_FACETS, _COUNT)),
            timeline=_object(
                granularity={"enum": list(get_args(Granularity))},
                undated=_COUNT,
                imprecise=_COUNT,
                held_of=_list(_TEXT) | {"type": ["array", "null"]},
                buckets=_list(_named("Period")),
            ),
            partial=_object(total=_COUNT, hits=_list(_named("Hit"))),
            suggestion=_TEXT_OR_NULL,
            explain=_TEXT,
            meanings=_list(_object(typed=_TEXT, forms=_list(_object(form=_TEXT, count=_COUNT)), exactly=_TEXT)),
            diagnostics=_list(_named("Diagnostic")),
            generation=_TEXT,
            took_ms={"type": "number"},
            next=_TEXT_OR_NULL,
            changed=_TEXT_OR_NULL,
            citation=_TEXT,
            cited={"anyOf": [_named("Cited"), {"type": "null"}]},
        ),
        "Cited": _object(
            day=_DAY,
            total=_COUNT,
            arrived_by=_COUNT,
            generation=_TEXT,
            kept=_COUNT,
            arrived=_COUNT,
            same={"type": "boolean"},
            other_archive={"type": "boolean"},
            then=_TEXT,
        ),
        "Suggestions": _object(suggestions=_list(_named("Suggestion"))),
        "Suggestion": _object(
            text=_TEXT, label=_TEXT, kind={"enum": ["headline", "name", "city", "section", "syntax"]}, count=_COUNT
        ),
        "Thread": _object(words=_list(_TEXT), stories=_list(_named("ThreadStory")), generation=_TEXT),
        "ThreadStory": _object(
            id=_TEXT,
            headline=_TEXT,
            published=_TEXT_OR_NULL,
            byline=_TEXT,
            section=_TEXT,
            source=_TEXT,
            url=_TEXT,
            cities=_list(_named("City")),
            copies=_COUNT,
            score={"type": "number"},
            this={"type": "boolean"},
            new=_TEXT,
        ),
        "Cities": _object(total=_COUNT, cities=_list(_named("Place")), generation=_TEXT),
        "Place": _object(
            key=_TEXT,
            label=_TEXT,
            count=_COUNT,
            path=_TEXT,
            country=_TEXT_OR_NULL,
            region=_TEXT_OR_NULL,
            latitude={"type": ["number", "null"]},
            longitude={"type": ["number", "null"]},
        ),
        "Holdings": _object(
            granularity={"enum": ["year", "month"]}, sources=_list(_named("Holding")), generation=_TEXT
        ),
        "Holding": _object(
            key=_TEXT_OR_NULL,
            label=_TEXT,
            total=_COUNT,
            undated=_COUNT,
            imprecise=_COUNT,
            periods=_list(_object(start=_DAY, end=_DAY, count=_COUNT)),
        ),
        "Problem": _object(type=_TEXT, title=_TEXT, status={"type": "integer"}, detail=_TEXT),
    }


def _operation(
    name: str, summary: str, parameters: list[dict[str, Any]], answer: str, problems: tuple[int, ...]
) -> dict[str, Any]:
    failure = {"application/problem+json": {"schema": _named("Problem")}}
    return {
        "operationId": name,
        "summary": summary,
        "parameters": parameters,
        "responses": {
            "200": {"description": apiwords.ANSWER, "content": {"application/json": {"schema": _named(answer)}}},
            "304": {"description": apiwords.UNCHANGED},
            **{f"{status}": {"description": apiwords.PROBLEMS[status], "content": failure} for status in problems},
            "default": {"description": apiwords.ELSE, "content": failure},
        },
    }


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _named(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
