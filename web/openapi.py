"""The API described for machines: an OpenAPI 3.1 document, made of the same names that the code reads and writes.

Only shapes. The one idea: where a choice is known to the code (orders, facets, limits), the document takes it from
there, so the two cannot drift apart; the tests hold real answers against the schemas.
"""

from __future__ import annotations

from typing import Any, get_args

from search.request import FACETS, Granularity, Sort
from web import words
from web.address import DEPTH

#: Hits one answer may carry.
MOST_HITS = 100

#: Values of a facet one answer may carry.
MOST_VALUES = 1000

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_DAY: Schema = {"type": "string", "format": "date"}


def document(title: str) -> dict[str, Any]:
    """Return the OpenAPI document of an archive named `title`."""
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": "1", "description": words.API_DESCRIPTION},
        "servers": [{"url": "/api/v1"}],
        "paths": {
            "/search": {"get": _operation("search", words.API_SEARCH, parameters(), "SearchPage", (400,))},
            "/articles/{id}": {
                "get": _operation(
                    "article",
                    words.API_ARTICLE,
                    [{"name": "id", "in": "path", "required": True, "schema": _TEXT, "description": words.API_ID}],
                    "StoredArticle",
                    (404, 410),
                )
            },
        },
        "components": {"schemas": schemas()},
    }


def parameters() -> list[dict[str, Any]]:
    """Return the parameters of a search, in the order people think of them."""

    def many(name: str, description: str) -> dict[str, Any]:
        schema = {"type": "array", "items": {"type": "string", "maxLength": 300}, "maxItems": 100}
        return {"name": name, "in": "query", "explode": True, "schema": schema, "description": description}

    def one(name: str, schema: Schema, description: str) -> dict[str, Any]:
        return {"name": name, "in": "query", "schema": schema, "description": description}

    return [
        one("q", {"type": "string", "maxLength": 2000}, words.API_PARAMETERS["q"]),
        *(many(facet, words.API_PARAMETERS[facet]) for facet in FACETS),
        *(many(f"not-{facet}", words.api_excluded(facet)) for facet in FACETS),
        one("since", _TEXT, words.API_PARAMETERS["since"]),
        one("until", _TEXT, words.API_PARAMETERS["until"]),
        one("undated", {"enum": ["only", "none"]}, words.API_PARAMETERS["undated"]),
        one("copies", {"enum": ["fold", "show"], "default": "fold"}, words.API_PARAMETERS["copies"]),
        one("sort", {"enum": list(get_args(Sort))}, words.API_PARAMETERS["sort"]),
        one("recency", {"type": "number", "minimum": 0, "maximum": 1}, words.API_PARAMETERS["recency"]),
        one("by", {"enum": list(get_args(Granularity))}, words.API_PARAMETERS["by"]),
        one("limit", _COUNT | {"maximum": MOST_HITS, "default": 10}, words.API_PARAMETERS["limit"]),
        one("offset", _COUNT | {"maximum": DEPTH, "default": 0}, words.API_PARAMETERS["offset"]),
        one("facets", _COUNT | {"maximum": MOST_VALUES, "default": 10}, words.API_PARAMETERS["facets"]),
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
        "published": {"type": ["string", "null"]},
        "byline": _TEXT,
        "section": _TEXT,
        "source": _TEXT,
        "url": _TEXT,
        "dateline": _TEXT,
        "language": _TEXT,
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
        "Value": _object(key=_TEXT, label=_TEXT, count=_COUNT, selected={"type": "boolean"}),
        "Period": _object(start=_DAY, end=_DAY, count=_COUNT, held=_COUNT),
        "Diagnostic": _object(
            kind=_TEXT, message=_TEXT, start=_COUNT, end=_COUNT, severity={"enum": ["note", "warning"]}
        ),
        "SearchPage": _object(
            total=_COUNT,
            folded=_COUNT,
            hits=_list(_named("Hit")),
            facets=_object(**{facet: _list(_named("Value")) for facet in FACETS}),
            facet_values=_object(**dict.fromkeys(FACETS, _COUNT)),
            timeline=_object(
                granularity={"enum": list(get_args(Granularity))},
                undated=_COUNT,
                imprecise=_COUNT,
                buckets=_list(_named("Period")),
            ),
            partial=_object(total=_COUNT, hits=_list(_named("Hit"))),
            suggestion={"type": ["string", "null"]},
            explain=_TEXT,
            diagnostics=_list(_named("Diagnostic")),
            generation=_TEXT,
            took_ms={"type": "number"},
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
            "200": {"description": words.API_ANSWER, "content": {"application/json": {"schema": _named(answer)}}},
            **{f"{status}": {"description": words.API_PROBLEMS[status], "content": failure} for status in problems},
        },
    }


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _named(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
