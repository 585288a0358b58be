"""The ways into the archive that need no words: its cities, its sources, its years, months and days.

Routes only; what stands on one of these pages is `web.shelf`. The one idea: whatever a story is from has an address of
its own, so it can be linked, cited and come back to.
"""

from __future__ import annotations

import re
from calendar import isleap
from dataclasses import replace
from datetime import date, timedelta

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from index.dates import Period
from search.request import Granularity
from web import results, words
from web.address import Link, Question, address
from web.catalogue import Place
from web.formats import known_period, precision_of
from web.shelf import NEWEST, Line, Located, day_link, located, shelf
from web.site import Said, site

blueprint = Blueprint("shelves", __name__)

#: Stories of one year on the page of a day.
_ON_A_DAY = 5

#: Bars on the page of a stretch of time, by its own length.
_BARS: dict[str, Granularity | None] = {"year": "month", "month": "day", "day": None}


@blueprint.get("/cities")
def cities() -> str:
    """Show every city of the archive, grouped by the region or country it lies in."""
    here = site()
    groups: dict[str, list[Line]] = {}
    for place in sorted(here.catalogue.places(), key=lambda place: (place.within, place.name)):
        label = place.label.removesuffix(f", {place.region}")
        line = Line(label, f"/cities/{place.slug}", here.formats.number(place.count))
        groups.setdefault(place.within or words.ELSEWHERE, []).append(line)
    return render_template("cities.html", groups=groups, total=here.formats.number(len(here.catalogue.places())))


@blueprint.get("/cities/<name>")
def city(name: str) -> AnyResponse | str:
    """Show a city: its stories over time, its newest ones, and the search within it."""
    here = site()
    place = here.catalogue.place(name)
    if place is None:
        meant = here.catalogue.meant(name)
        if not meant:
            raise Said(404, words.NO_SUCH_CITY)
        if len(meant) > 1:
            links = [Link(other.label, f"/cities/{other.slug}") for other in meant]
            return render_template("which.html", heading=words.which_city(meant[0].name), links=links)
        place = meant[0]
    path = f"/cities/{place.slug}"
    if name != place.slug:
        return redirect(path, 301)
    question = Question().choosing("city", place.key)
    page = here.archive.search(replace(question.request, limit=NEWEST, granularity="year"))
    shown = shelf(page, question, here.formats, ("section", "source", "byline"))
    namesakes = [other for other in here.catalogue.places() if other.name == place.name and other != place]
    return render_template(
        "shelf.html",
        shelf=shown,
        path=path,
        back=Link(words.ALL_CITIES, "/cities"),
        heading=place.label,
        lead=words.in_city(shown.count),
        within=words.search_within(place.name),
        located=_located(place, f"{request.host_url.rstrip('/')}{path}"),
        namesakes=[Link(other.label, f"/cities/{other.slug}") for other in namesakes],
        beside=[replace(day_link(here.today, here.formats, place), label=words.ON_TODAY)],
        neighbours=(),
    )


def _located(place: Place, page: str) -> Located | None:
    """Return where a city lies, None for one that the gazetteer lacks."""
    here = site()
    known = here.archive.city(place.key)
    if known is None:
        return None
    alone = [key for key, _ in here.archive.places(place.label)] == [place.key]
    return located(known, place.label if alone else place.key, page)


@blueprint.get("/sources")
def sources() -> str:
    """Show every source of the archive."""
    here = site()
    held = here.catalogue.sources()
    lines = [Line(source.label, f"/sources/{source.slug}", here.formats.number(source.count)) for source in held]
    heading = words.sources_heading(len(held), here.formats.number(len(held)))
    return render_template("sources.html", heading=heading, lines=lines)


@blueprint.get("/sources/<name>")
def source(name: str) -> AnyResponse | str:
    """Show a source: its stories over time, its newest ones, and the search within it."""
    here = site()
    found = here.catalogue.source(name)
    if found is None:
        raise Said(404, words.NO_SUCH_SOURCE)
    path = f"/sources/{found.slug}"
    if name != found.slug:
        return redirect(path, 301)
    question = Question().choosing("source", found.key)
    page = here.archive.search(replace(question.request, limit=NEWEST, granularity="year"))
    shown = shelf(page, question, here.formats, ("city", "section", "byline"))
    held = [period.start.year for period in page.timeline.buckets if period.count]
    return render_template(
        "shelf.html",
        shelf=shown,
        path=path,
        back=Link(words.ALL_SOURCES, "/sources"),
        heading=found.label,
        lead=words.in_source(shown.count, here.formats.years(held[0], held[-1]) if held else ""),
        within=words.search_within(found.label),
        located=None,
        namesakes=(),
        beside=[Link(words.ON_A_MAP, address(question, "/map"))],
        neighbours=(),
    )


@blueprint.get("/on/<when>")
def on(when: str) -> str:
    """Show a year, a month or a day ("1987-04-09"), or a day of every year ("04-09"; `city` narrows that to a city)."""
    shape = re.fullmatch(r"([0-9]{2})-([0-9]{2})", when)
    if shape:
        try:
            return _on_every(date(2000, int(shape[1]), int(shape[2])))
        except ValueError:
            raise Said(404, words.NO_SUCH_DAY) from None
    known = known_period(when) if re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", when) else None
    if known is None:
        raise Said(404, words.NO_SUCH_DAY)
    return _on_one(when, known)


def _on_one(when: str, known: Period) -> str:
    here = site()
    precision = precision_of(known.first, known.last)
    question = Question().between(known.first, known.last)
    page = here.archive.search(replace(question.request, limit=NEWEST, granularity=_BARS[precision]))
    if not page.total:
        raise Said(404, words.NOTHING_FROM_THEN)
    beside = []
    if precision == "day":
        beside.append(replace(day_link(known.first, here.formats), label=words.ON_TODAY))
    around = when.rpartition("-")[0]
    neighbours = (_nearest(known, len(when), later=False), _nearest(known, len(when), later=True))
    return render_template(
        "shelf.html",
        shelf=shelf(page, question, here.formats, ("city", "section", "source")),
        path=f"/on/{when}",
        back=_date_link(around) if around else Link(words.COVERAGE_HEADING, "/coverage"),
        heading=here.formats.weekday(known.first) if precision == "day" else here.formats.published(when),
        lead=words.stories_from_then(words.stories(page.total, here.formats.number(page.total))),
        within=words.search_within(here.formats.published(when)),
        located=None,
        namesakes=(),
        beside=beside,
        neighbours=neighbours,
    )


def _nearest(known: Period, length: int, later: bool) -> Link | None:
    """The nearest stretch of time of that length, or shorter knowledge, that the archive has a story from."""
    everything = Question()
    if later:
        beyond = everything.between(known.last + timedelta(days=1), None).sorting("oldest")
    else:
        beyond = everything.between(None, known.first - timedelta(days=1)).sorting("newest")
    page = site().archive.search(replace(beyond.request, limit=1, facets=()))
    published = next((hit.article.published for hit in page.hits), None)
    return _date_link(published[: min(length, 10)]) if published else None


def _on_every(leap: date) -> str:
    here = site()
    name = request.args.get("city", "")
    place = here.catalogue.place(name) or next(iter(here.catalogue.meant(name)), None)
    if place is None and "city" in request.args:
        raise Said(404, words.NO_SUCH_CITY)
    path = f"/on/{leap:%m-%d}"
    everywhere = Question().choosing("city", place.key) if place else Question()
    held = (period.start.year for period in here.catalogue.overview().timeline.buckets if period.held)
    years = []
    for year in sorted(held, reverse=True):
        if (leap.month, leap.day) == (2, 29) and not isleap(year):
            continue
        question = everywhere.between(leap.replace(year=year), leap.replace(year=year))
        page = here.archive.search(replace(question.request, limit=_ON_A_DAY, facet_limit=1))
        if page.total:
            hits = [results.hit_view(hit, None, here.formats) for hit in page.hits]
            stories = words.stories(page.total, here.formats.number(page.total))
            more = words.all_of(stories) if page.total > _ON_A_DAY else ""
            years.append((year, address(question), hits, more))
    return render_template(
        "on.html",
        heading=words.on_day(here.formats.day_of_year(leap), place.label if place else ""),
        path=path,
        everywhere=Link(words.ON_EVERYWHERE, path) if place else None,
        years=years,
        before=day_link(leap - timedelta(days=1), here.formats, place),
        after=day_link(leap + timedelta(days=1), here.formats, place),
    )


def _date_link(when: str) -> Link:
    return Link(site().formats.published(when), f"/on/{when}")
