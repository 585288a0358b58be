"""The map of a search: every city found as a circle on a sheet, and the same as a list.

One route and the pure functions behind it; the outlines are `web.atlas`'s, the template does no arithmetic. The one
idea: the map is the city facet drawn, so circles and lines of the list choose and unchoose the same filter, and the
address is that of the search under another path.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from index.article import City
from search.page import Bucket, Page
from search.request import filter_of
from web import atlas, results, words
from web.address import Link, Question, address, pairs
from web.atlas import Sheet
from web.formats import Formats
from web.results import Hidden, Tag
from web.site import site

blueprint = Blueprint("citymap", __name__)

#: Circles that are drawn and lines of the list; the city facet's own page has the rest.
MOST_SPOTS = 250
MOST_ROWS = 100

#: Radii as drawn, the sheet being `atlas.WIDTH` wide.
_SMALLEST, _LARGEST = 3.5, 26.0

#: Names written on the map, and the room that they take.
_MOST_NAMES = 14
_LETTER, _LINE = 7.2, 15.0

#: Where this share of the found stories lies in the United States, their map is shown.
_NEARLY_ALL = 0.75

#: What gives the city of a facet key, with its coordinates.
Locating = Callable[[str], City | None]


@dataclass(frozen=True, slots=True)
class Spot:
    """One circle: where and how large as drawn, its tooltip, and the search with the city chosen, or not any more."""

    x: str
    y: str
    radius: str
    title: str
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Name:
    """One name written on the map."""

    x: str
    y: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class CityRow:
    """One line of the list: the city, whether it is chosen, what a click does, and where its stories are."""

    label: str
    url: str
    action: str
    chosen: bool
    count: str
    stories_url: str


@dataclass(frozen=True, slots=True)
class MapView:
    """The whole page."""

    heading: str
    title: str
    explain: str
    tags: tuple[Tag, ...]
    clear_url: str
    back: str
    text: str
    hidden: tuple[Hidden, ...]
    width: str
    height: str
    land: str
    spots: tuple[Spot, ...]
    names: tuple[Name, ...]
    summary: str
    drawn: str
    outside: str
    unplaced: str
    switch: Link | None
    rows: tuple[CityRow, ...]
    more: Link | None


@blueprint.get("/map")
def city_map() -> AnyResponse | str:
    """Show where the stories of a search are."""
    here = site()
    given = list(request.args.items(multi=True))
    whole = request.args.get("view") == "world"
    question = here.understood((name, value) for name, value in given if name != "view").on_page(1)
    wanted = [*pairs(question), *([("view", "world")] if whole else [])]
    if given != wanted:
        return redirect(_address(question, whole))
    page = here.archive.search(replace(question.request, limit=0, facet_limit=0))
    shown = view(question, page, here.formats, here.archive.city, here.catalogue.label, whole)
    return render_template("map.html", page=shown, query_text=question.request.text)


def view(
    question: Question,
    page: Page,
    formats: Formats,
    locate: Locating,
    naming: results.Naming,
    whole: bool = False,
) -> MapView:
    """Return the map of `question`.

    Args:
        question: the search.
        page: what the archive answered, with every value of the city facet.
        formats: how numbers are written.
        locate: where a city lies.
        naming: the label of a value that `page` does not list.
        whole: show the whole world wherever the cities lie.
    """
    facet = page.facets.get("city")
    buckets = sorted(facet.buckets if facet else (), key=lambda bucket: (-bucket.count, bucket.label))
    located = [(bucket, city) for bucket in buckets if (city := locate(bucket.key)) and city.latitude is not None]
    sheet = atlas.WORLD if whole else sheet_for(located)
    points = [_point(sheet, city) for _, city in located]
    placed = [(bucket, point) for (bucket, _), point in zip(located, points, strict=True) if point]
    spots = _spots(placed[:MOST_SPOTS], question, formats, whole)
    outside = len(located) - len(placed)
    chosen = sum(bucket.selected for bucket in buckets)
    unplaced = len(buckets) - len(located)
    count = words.found(page.total, formats.number(page.total))
    about = question.request.text.strip()
    return MapView(
        heading=words.map_heading(
            count, words.cities_heading(formats.number(len(buckets))), formats.number(chosen) if chosen else ""
        ),
        title=" – ".join(part for part in (words.MAP, about, count) if part),
        explain=words.searched_for(page.explain) if page.explain else "",
        tags=tuple(
            replace(tag, url=_on_map(tag.url, whole))
            for tag in results.applied(question, formats, _names(page, naming))
        ),
        clear_url=_address(question.cleared(), whole),
        back=address(question),
        text=question.request.text,
        hidden=tuple(Hidden(name, value) for name, value in pairs(question) if name != "q"),
        width=f"{atlas.WIDTH:g}",
        height=f"{sheet.drawn_height:.0f}",
        land=atlas.outlines(sheet),
        spots=spots,
        names=_labels(placed, sheet),
        summary=_summary(buckets, formats),
        drawn=words.map_drawn(formats.number(MOST_SPOTS)) if len(placed) > MOST_SPOTS else "",
        outside=words.map_outside(outside, formats.number(outside)) if outside else "",
        unplaced=words.map_unplaced(unplaced, formats.number(unplaced)) if unplaced else "",
        switch=_switch(question, sheet, whole, bool(located)),
        rows=tuple(_row(bucket, question, formats, whole) for bucket in buckets[:MOST_ROWS]),
        more=Link(
            words.more_values(len(buckets), formats.number(len(buckets)), "city"), address(question, "/search/city")
        )
        if len(buckets) > MOST_ROWS
        else None,
    )


def sheet_for(located: list[tuple[Bucket, City]]) -> Sheet:
    """Return the sheet on which the found cities are best seen: of the States, a part of the world, or all of it."""
    weighed = [(bucket.count, city) for bucket, city in located if bucket.count]
    total = sum(count for count, _ in weighed)
    states = [(count, city) for count, city in weighed if _point(atlas.STATES, city)]
    if total and sum(count for count, _ in states) >= _NEARLY_ALL * total:
        return atlas.part_of_states(_weighed_places(states))
    return atlas.part_of_world(_weighed_places(weighed)) or atlas.WORLD


def _weighed_places(weighed: list[tuple[int, City]]) -> list[tuple[float, float, int]]:
    return [(city.latitude or 0.0, city.longitude or 0.0, count) for count, city in weighed]


def _point(sheet: Sheet, city: City) -> tuple[float, float] | None:
    """Where a city lies on a sheet; the States' has no other country around them, so nobody else's cities either."""
    if sheet.kind == "states" and city.country != "United States":
        return None
    return sheet.point(city.latitude or 0.0, city.longitude or 0.0)


def _address(question: Question, whole: bool) -> str:
    return _on_map(address(question), whole)


def _on_map(search: str, whole: bool) -> str:
    """The address of a search under the map's path."""
    path = f"/map{search.removeprefix('/search')}"
    return f"{path}{'&' if '?' in path else '?'}view=world" if whole else path


def _spots(
    placed: list[tuple[Bucket, tuple[float, float]]], question: Question, formats: Formats, whole: bool
) -> tuple[Spot, ...]:
    """The circles, the largest first, so that small ones lie on top; a circle's area tells its stories."""
    most = max((bucket.count for bucket, _ in placed), default=0)
    return tuple(
        Spot(
            x=f"{x:.1f}",
            y=f"{y:.1f}",
            radius=f"{_radius(bucket.count, most):.1f}",
            title=words.bar(bucket.label, words.stories(bucket.count, formats.number(bucket.count))),
            url=_address(_toggled(question, bucket), whole),
            chosen=bucket.selected,
        )
        for bucket, (x, y) in placed
    )


def _radius(count: int, most: int) -> float:
    return max(_SMALLEST, _LARGEST * (count / most) ** 0.5) if most else _SMALLEST


def _toggled(question: Question, bucket: Bucket) -> Question:
    return question.unchoosing("city", bucket.key) if bucket.selected else question.choosing("city", bucket.key)


def _labels(placed: list[tuple[Bucket, tuple[float, float]]], sheet: Sheet) -> tuple[Name, ...]:
    """The names of the largest cities, as many as find room beside their circles; whole, for Portland is two cities.

    A name over the circle of another city would look like that city's.
    """
    most = max((bucket.count for bucket, _ in placed), default=0)
    circles = [(x, y, _radius(bucket.count, most)) for bucket, (x, y) in placed[:MOST_SPOTS]]
    taken: list[tuple[float, float, float, float]] = []
    names: list[Name] = []
    for bucket, (x, y) in sorted(placed, key=lambda spot: not spot[0].selected):
        text = bucket.label
        room, away = len(text) * _LETTER, _radius(bucket.count, most) + 4
        for anchor, left in (("start", x + away), ("end", x - away - room)):
            box = (left, y - _LINE / 2, left + room, y + _LINE / 2)
            inside = box[0] >= 0 and box[2] <= atlas.WIDTH and box[1] >= 0 and box[3] <= sheet.drawn_height
            free = not any(_overlap(box, other) for other in taken) and not any(_covers(box, one) for one in circles)
            if inside and free:
                at = x + away if anchor == "start" else x - away
                names.append(Name(f"{at:.1f}", f"{y + 4.5:.1f}", anchor, text))
                taken += [box, (x - away, y - _LINE / 2, x + away, y + _LINE / 2)]
                break
        if len(names) == _MOST_NAMES:
            break
    return tuple(names)


def _covers(box: tuple[float, float, float, float], circle: tuple[float, float, float]) -> bool:
    """Say whether a box lies over a circle, if only in part."""
    x, y, radius = circle
    across, down = min(max(x, box[0]), box[2]) - x, min(max(y, box[1]), box[3]) - y
    return across * across + down * down < radius * radius


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _summary(buckets: list[Bucket], formats: Formats) -> str:
    """The map in one sentence, for those who cannot see it and those in a hurry."""
    top = [bucket for bucket in buckets[:3] if bucket.count]
    named = [words.bar(bucket.label, words.stories(bucket.count, formats.number(bucket.count))) for bucket in top]
    return words.map_summary(named) if named else words.MAP_NOTHING


def _switch(question: Question, sheet: Sheet, whole: bool, drawn: bool) -> Link | None:
    if whole:
        return Link(words.MAP_CLOSER, _address(question, False))
    if sheet != atlas.WORLD and drawn:
        return Link(words.MAP_WORLD, _address(question, True))
    return None


def _row(bucket: Bucket, question: Question, formats: Formats, whole: bool) -> CityRow:
    return CityRow(
        label=bucket.label,
        url=_address(_toggled(question, bucket), whole),
        action=words.remove_filter(bucket.label) if bucket.selected else words.choose(bucket.label),
        chosen=bucket.selected,
        count=formats.number(bucket.count),
        stories_url=address(question.choosing_only("city", (bucket.key,))) if bucket.count else "",
    )


def _names(page: Page, naming: results.Naming) -> results.Naming:
    listed = {
        (filter_of(name), bucket.key): bucket.label for name, facet in page.facets.items() for bucket in facet.buckets
    }
    return lambda facet, key: listed.get((facet, key)) or naming(facet, key)
