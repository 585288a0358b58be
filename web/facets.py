"""The facets of a results page as boxes to tick: one list of values each, and places as a tree.

Pure functions from buckets to small frozen values; no counting and no HTML. The one idea: country, region and city are
three levels of one filter, so they are shown as one list in which each place stands under what it lies in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from search.page import Bucket, Facet, Page
from search.request import FACETS, PAGE_FACETS, filter_of, level
from web import words
from web.address import Link
from web.formats import Formats
from web.neighbours import Neighbours

#: Facets whose values are in sight from the start; the others unfold, and are unfolded where something is chosen.
_UNFOLDED = ("city", "section")

#: The levels of the tree of places, widest first.
_LEVELS = tuple(name for name in PAGE_FACETS if filter_of(name) == "city")


class Choice(NamedTuple):
    """One value of a facet: its box, its count, the link that leaves it out, and the places that lie in it.

    A tuple like `search.page.Bucket`, since a page has as many of them.
    """

    id: str
    value: str
    label: str
    count: str  # type: ignore[assignment]  # as in `search.page.Bucket`
    chosen: bool
    none: bool
    exclude_url: str
    exclude_name: str
    within: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetView:
    """One facet: its boxes, which all bear the name `field`, and the pages with all values where there are more.

    `total` says how many values there are in all, `chosen` how many of them are chosen; `unfolded` is whether the boxes
    are in sight before anybody asks for them.
    """

    name: str
    field: str
    legend: str
    choices: tuple[Choice, ...]
    total: str
    chosen: str
    unfolded: bool
    more: tuple[Link, ...]


def facets(page: Page, around: Neighbours, formats: Formats) -> tuple[FacetView, ...]:
    """Return the facets of a page that have values, the places first."""
    views = (
        places_view(page, around, formats)
        if name == "city"
        else facet_view(page.facets.get(name, Facet(name, (), 0)), around, formats)
        for name in FACETS
    )
    return tuple(view for view in views if view.choices)


def facet_view(facet: Facet, around: Neighbours, formats: Formats) -> FacetView:
    """Return one facet (of places, one level) as a plain list."""
    without, names = around.leaving_out(filter_of(facet.name)), _ids(facet)
    return FacetView(
        name=facet.name,
        field=filter_of(facet.name),
        legend=words.FACETS[facet.name],
        choices=tuple(
            _choice(bucket, name, bucket.label, without, formats)
            for bucket, name in zip(facet.buckets, names, strict=True)
        ),
        total=_total(facet, formats),
        chosen=_chosen((facet,)),
        unfolded=_unfolded(filter_of(facet.name), around),
        more=_more((facet,), around, formats),
    )


def places_view(page: Page, around: Neighbours, formats: Formats) -> FacetView:
    """Return the places of a page as a tree.

    A level above the cities with only one value, and that one not chosen, is left out. A place whose region is not
    among those shown stands under its country, else at the top. Among its neighbours, what is chosen or holds something
    chosen comes first, then what has most stories.
    """
    levels = tuple(page.facets[name] for name in _LEVELS if name in page.facets and _tells_apart(page.facets[name]))
    shown = {bucket.key: bucket for facet in levels for bucket in facet.buckets}
    names = {bucket.key: id for facet in levels for bucket, id in zip(facet.buckets, _ids(facet), strict=True)}
    without = around.leaving_out("city")
    inside: dict[str | None, list[Bucket]] = {}
    for bucket in shown.values():
        inside.setdefault(_above(bucket, shown), []).append(bucket)

    def holds_chosen(bucket: Bucket) -> bool:
        return bucket.selected or any(holds_chosen(inner) for inner in inside.get(bucket.key, ()))

    def grown(above: str | None, around: tuple[str, ...]) -> tuple[Choice, ...]:
        ordered = sorted(inside.get(above, ()), key=lambda bucket: (not holds_chosen(bucket), -bucket.count))
        return tuple(branch(bucket, _without_ends(bucket.label, around), around) for bucket in ordered)

    def branch(bucket: Bucket, label: str, around: tuple[str, ...]) -> Choice:
        # Georgia's own label names its country, which the labels of its cities leave out: both ways to say it go.
        within = grown(bucket.key, (bucket.label, label, *around))
        return _choice(bucket, names[bucket.key], label, without, formats, within)

    return FacetView(
        name="city",
        field="city",
        legend=words.PLACES if len(levels) > 1 else words.FACETS["city"],
        choices=grown(None, ()),
        total=_total(page.facets.get("city", levels[-1]), formats),
        chosen=_chosen(levels),
        unfolded=_unfolded("city", around),
        more=_more(levels, around, formats),
    )


def _tells_apart(facet: Facet) -> bool:
    """Say whether a level is worth its lines: that of cities always, others where there is or was a choice."""
    return facet.name == "city" or facet.total_values > 1 or any(bucket.selected for bucket in facet.buckets)


def _above(bucket: Bucket, shown: dict[str, Bucket]) -> str | None:
    """The key of the nearest place around a place that is shown; a region's key begins with its country's."""
    parent = bucket.parent
    if parent is not None and parent not in shown and level(parent) == "region":
        parent = parent.partition("-")[0]
    return parent if parent in shown else None


def _without_ends(label: str, around: tuple[str, ...]) -> str:
    """A label without the names of the places that it stands under: "Bavaria, Germany" under "Germany"."""
    for name in around:
        label = label.removesuffix(f", {name}")
    return label


def _ids(facet: Facet) -> list[str]:
    """The ids of a facet's boxes, in its order."""
    return [f"{facet.name}-{number}" for number in range(1, len(facet.buckets) + 1)]


def _choice(
    bucket: Bucket,
    id: str,
    label: str,
    without: Callable[[str], str],
    formats: Formats,
    within: tuple[Choice, ...] = (),
) -> Choice:
    return Choice(
        id=id,
        value=bucket.key,
        label=label,
        count=formats.number(bucket.count),
        chosen=bucket.selected,
        none=bucket.count == 0,
        exclude_url=without(bucket.key),
        exclude_name=words.leave_out(bucket.label),
        within=within,
    )


def _total(facet: Facet, formats: Formats) -> str:
    return words.values_in_all(facet.name, facet.total_values, formats.number(facet.total_values))


def _unfolded(field: str, around: Neighbours) -> bool:
    asked = around.question.request
    return field in _UNFOLDED or bool(asked.selected(field) or asked.exclude.get(field))


def _chosen(levels: tuple[Facet, ...]) -> str:
    many = sum(bucket.selected for facet in levels for bucket in facet.buckets)
    return words.selected(many) if many else ""


def _more(levels: tuple[Facet, ...], around: Neighbours, formats: Formats) -> tuple[Link, ...]:
    """The pages with all values of a facet, where not all are listed."""
    return tuple(
        Link(
            words.more_values(facet.total_values, formats.number(facet.total_values), facet.name),
            around.first_page(f"/search/{facet.name}"),
        )
        for facet in levels
        if facet.total_values > len(facet.buckets)
    )
