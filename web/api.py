"""The same search for machines: JSON under /api/v1, problems as RFC 9457, and a watchdog's address.

The forms are made in `search.form`; nothing is decided here. The one idea: the API takes the parameters of the pages,
so an address of one is an address of the other.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from difflib import get_close_matches
from typing import Any

from flask import Blueprint, Response, render_template, request

from index.article import City
from search.form import article_to_json, page_to_json, thread_to_json
from search.page import Holding
from web import cited, cursor, words
from web.address import DEPTH, LONGEST_QUERY, Problem, Question, address, pairs
from web.catalogue import Place
from web.citation import Citation
from web.openapi import (
    MOST_HITS,
    MOST_OFFSET,
    MOST_RELATED,
    MOST_SUGGESTIONS,
    MOST_VALUES,
    RELATED,
    SUGGESTIONS,
    document,
    parameter_names,
)
from web.site import Said, site
from web.words import api as apiwords

blueprint = Blueprint("api", __name__)

#: What an address says that does not change which stories a list has, or their order.
_NOT_OF_A_LIST = ("by", "scale", "size", "page", "cited")

#: Parameters that may be misspelt by so much and are still recognised.
_ALIKE = 0.6


@blueprint.get("/api/v1/search")
def search() -> Response:
    """Answer a search; beside the pages' parameters: `limit` (to 100), `offset`, `cursor`, `facets` (values each)."""
    question = site().asked(request.args.items(multi=True))
    problems = [*_unknown("/search"), *question.problems]
    limit = _whole("limit", 10 if "size" not in request.args else question.request.limit, MOST_HITS, problems)
    offset = _whole("offset", (question.page - 1) * limit, DEPTH, problems)
    if offset > DEPTH:
        problems.append(Problem("page", request.args["page"], words.TOO_DEEP, ""))
    facet_limit = _whole("facets", 10, MOST_VALUES, problems)
    text = request.args.get("cursor", "")
    if text and ("offset" in request.args or "page" in request.args):
        problems.append(Problem("cursor", text, words.CURSOR_ALONE, ""))
    _refuse(problems)
    asked = replace(question.request, limit=limit, offset=offset, facet_limit=facet_limit)
    search = cursor.fingerprint([(name, value) for name, value in pairs(question) if name not in _NOT_OF_A_LIST])
    newest = site().archive.newest_arrival
    if not text:
        return _json(_stretch(cursor.first(site().archive, asked, search), question, newest))
    try:
        place = cursor.read(text)
    except cursor.CursorError:
        raise Said(400, (words.BAD_REQUEST[0], words.CURSOR_DAMAGED)) from None
    if place.search != search:
        raise Said(400, (words.BAD_REQUEST[0], words.CURSOR_OF_ANOTHER))
    return _json(_stretch(cursor.further(site().archive, asked, place), question, newest))


@blueprint.get("/api/v1/articles/<id>")
def article(id: str) -> Response:
    """Answer with one story, whole, and the ids of its copies."""
    _refuse(_unknown("/articles/{id}"))
    archive = site().archive
    clipping = archive.story(id)
    if clipping is None:
        raise Said(410, words.STORY_GONE) if archive.was_removed(id) else Said(404, words.NO_SUCH_STORY)
    form = article_to_json(clipping.story.article)
    return _json(
        form
        | {
            "arrived": clipping.story.arrived,
            "copies": [copy.id for copy in clipping.copies],
            "versions": len(clipping.story.earlier) + 1,
        }
    )


@blueprint.get("/api/v1/suggest")
def suggest() -> Response:
    """Answer with ways to go on with the query `q` as it has been typed so far."""
    problems = _unknown("/suggest")
    limit = _whole("limit", SUGGESTIONS, MOST_SUGGESTIONS, problems)
    text = request.args.get("q", "")
    if len(text) > LONGEST_QUERY:
        problems.append(Problem("q", text[:40], words.query_too_long(LONGEST_QUERY), ""))
    _refuse(problems)
    return _json({"suggestions": [asdict(one) for one in site().archive.complete(text, limit)]})


@blueprint.get("/api/v1/related")
def related() -> Response:
    """Answer with the affair of the story `id`: `limit` stories before and after it, and what is new in each."""
    archive = site().archive
    problems = _unknown("/related")
    limit = _whole("limit", RELATED, MOST_RELATED, problems)
    id = request.args.get("id", "")
    if not id:
        problems.append(Problem("id", "", words.NO_ID, ""))
    _refuse(problems)
    thread = archive.related(id, limit)
    if thread is None:
        raise Said(410, words.STORY_GONE) if archive.was_removed(id) else Said(404, words.NO_SUCH_STORY)
    return _json(thread_to_json(thread) | {"generation": archive.generation})


@blueprint.get("/api/v1/cities")
def cities() -> Response:
    """Answer with the cities that stories are in, those with most stories first, and where they lie."""
    here = site()
    problems = _unknown("/cities")
    limit = _whole("limit", 100, MOST_VALUES, problems)
    offset = _whole("offset", 0, MOST_OFFSET, problems)
    _refuse(problems)
    places = here.catalogue.places()
    return _json(
        {
            "total": len(places),
            "cities": [_place(place, here.archive.city(place.key)) for place in places[offset : offset + limit]],
            "generation": here.archive.generation,
        }
    )


@blueprint.get("/api/v1/holdings")
def holdings() -> Response:
    """Answer with what the archive holds of each source by year, or by the months of `year`; every copy counts."""
    here = site()
    problems = _unknown("/holdings")
    year = _whole("year", 0, 9999, problems)
    _refuse(problems)
    found = here.catalogue.holdings(year or None)
    return _json(
        {
            "granularity": "month" if year else "year",
            "sources": [_holding(holding) for holding in found if holding.total],
            "generation": here.archive.generation,
        }
    )


@blueprint.get("/api/v1/openapi.json")
def openapi() -> Response:
    """Describe the API for machines."""
    return _json(document(site().archive.title))


@blueprint.get("/api/v1")
def description() -> str:
    """Describe the API for people, from the same document."""
    described = document(site().archive.title)
    operations = [(f"/api/v1{path}", methods["get"]) for path, methods in described["paths"].items()]
    return render_template("api.html", a=apiwords, operations=operations)


@blueprint.get("/healthz")
def health() -> Response:
    """Answer that the archive can be searched, and which generation it is."""
    return _json({"status": "ok", "generation": site().archive.generation})


def problem(status: int, title: str, detail: str) -> Response:
    """Return a problem document (RFC 9457)."""
    form = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return _json(form, "application/problem+json", status)


def _json(form: dict[str, Any], kind: str = "application/json", status: int = 200) -> Response:
    return Response(json.dumps(form, ensure_ascii=False) + "\n", status, content_type=f"{kind}; charset=utf-8")


def _stretch(stretch: cursor.Stretch, question: Question, newest: int) -> dict[str, Any]:
    """The form of a part of a list: with the way on, what has changed since the list was begun, and how it is cited."""
    here, page = site(), stretch.page
    then = question.cited and cited.changes(here.archive, question, question.cited, page.total)
    said = [words.LIST_CHANGED] if stretch.changed else []
    if stretch.lost:
        said.append(words.LIST_LOST)
    return page_to_json(page) | {
        "next": cursor.written(stretch.then) if stretch.then else None,
        "changed": " ".join(said) or None,
        "citation": str(Citation(here.today, page.total, newest, page.generation)),
        "cited": _cited(then) if then else None,
    }


def _cited(then: cited.Changes) -> dict[str, Any]:
    """The form of a search that was cited before, and of what has become of it."""
    return {
        "day": then.citation.day.isoformat(),
        "total": then.citation.total,
        "arrived_by": then.citation.arrived_by,
        "generation": then.citation.generation,
        "kept": then.kept,
        "arrived": then.arrived,
        "same": then.is_same,
        "other_archive": then.is_other,
        "then": address(then.then, "/api/v1/search"),
    }


def _place(place: Place, city: City | None) -> dict[str, Any]:
    """The form of a city of the archive; what no gazetteer knows is null."""
    return {
        "key": place.key,
        "label": place.label,
        "count": place.count,
        "path": f"/cities/{place.slug}",
        "country": city.country if city else None,
        "region": city.region if city else None,
        "latitude": city.latitude if city else None,
        "longitude": city.longitude if city else None,
    }


def _holding(holding: Holding) -> dict[str, Any]:
    """The form of one source's stories over time; the key of the rest is null."""
    periods = holding.timeline.buckets
    return {
        "key": holding.key or None,
        "label": holding.label,
        "total": holding.total,
        "undated": holding.timeline.undated,
        "imprecise": holding.timeline.imprecise,
        "periods": [
            {"start": period.start.isoformat(), "end": period.end.isoformat(), "count": period.count}
            for period in periods
            if period.count
        ],
    }


def _unknown(path: str) -> list[Problem]:
    """The parameters that the description of an address does not have: a misspelt filter would go unnoticed."""
    described = parameter_names(path)
    return [
        Problem(name, "", words.no_such_parameter(name, get_close_matches(name, described, 1, _ALIKE)), "")
        for name in request.args
        if name not in described
    ]


def _refuse(problems: list[Problem]) -> None:
    """Stop with the first of the problems, where there is one."""
    if problems:
        raise Said(400, (words.BAD_REQUEST[0], problems[0].wrong))


def _whole(name: str, default: int, most: int, problems: list[Problem]) -> int:
    """Return the whole number of a parameter, from 0 to `most`."""
    text = request.args.get(name)
    if text is None:
        return default
    if text.isascii() and text.isdigit() and len(text) < 10 and int(text) <= most:
        return int(text)
    problems.append(Problem(name, text, words.not_a_number(name, most), ""))
    return default
