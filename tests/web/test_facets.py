"""Places are shown as a tree whose every level is chosen by the one parameter `city`."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from search.page import Bucket, Choice, Diagnostic, Facet, Page
from search.request import Request
from tests.web.fake import FakeArchive
from tests.web.links import parse
from web import create_app, pages
from web.address import Link, Question
from web.facets import Choice as Box
from web.facets import places_view
from web.formats import Formats
from web.neighbours import Neighbours

Tree = tuple[tuple[str, str, "Tree"], ...]

GERMANY = Bucket("de", "Germany", 2_000)
STATES = Bucket("us", "United States", 40)
BAVARIA = Bucket("de-bavaria", "Bavaria, Germany", 1_500, parent="de")
OREGON = Bucket("us-or", "Oregon", 30, parent="us")
MUNICH = Bucket("2867714", "Munich, Germany", 1_400, parent="de-bavaria")
LANDSHUT = Bucket("2882318", "Landshut, Bavaria, Germany", 90, parent="de-bavaria")
PORTLAND = Bucket("5746545", "Portland, Oregon", 29, parent="us-or")
BOSTON = Bucket("4930956", "Boston, Massachusetts", 5, parent="us-ma")
WALL = Bucket("name:wall", "Wall", 7)


def page(countries: list[Bucket], regions: list[Bucket], cities: list[Bucket], values: int = 0) -> Page:
    """Return a page with these places; `values` is how many cities there are where more than are listed."""
    facets = {
        "country": Facet("country", tuple(countries), len(countries)),
        "region": Facet("region", tuple(regions), len(regions)),
        "city": Facet("city", tuple(cities), values or len(cities)),
    }
    return replace(FakeArchive([]).search(Request()), facets=facets)


def tree(choices: tuple[Box, ...]) -> Tree:
    return tuple((choice.label, choice.count, tree(choice.within)) for choice in choices)


def test_each_place_stands_under_what_it_lies_in_and_does_not_repeat_it() -> None:
    cities = [MUNICH, LANDSHUT, PORTLAND, WALL, BOSTON]
    view = places_view(page([GERMANY, STATES], [BAVARIA, OREGON], cities), Neighbours(Question()), Formats())
    assert (view.legend, view.field, view.total, view.chosen, view.more) == ("Place", "city", "5 cities", "", ())
    assert tree(view.choices) == (
        ("Germany", "2,000", (("Bavaria", "1,500", (("Munich", "1,400", ()), ("Landshut", "90", ()))),)),
        ("United States", "40", (("Oregon", "30", (("Portland", "29", ()),)), ("Boston, Massachusetts", "5", ()))),
        ("Wall", "7", ()),
    )


def test_a_region_called_like_a_country_is_not_repeated_by_its_cities() -> None:
    georgia = Bucket("us-ga", "Georgia, United States", 16, parent="us")
    columbus = Bucket("4188985", "Columbus, Georgia", 16, parent="us-ga")
    view = places_view(page([STATES, GERMANY], [georgia, OREGON], [columbus]), Neighbours(Question()), Formats())
    assert tree(view.choices)[1] == (
        "United States",
        "40",
        (("Oregon", "30", ()), ("Georgia", "16", (("Columbus", "16", ()),))),
    )


def test_what_is_chosen_comes_first_with_all_that_it_lies_in() -> None:
    chosen = PORTLAND._replace(selected=True)
    found = page([GERMANY, STATES], [BAVARIA._replace(selected=True), OREGON], [chosen, MUNICH, BOSTON])
    view = places_view(
        found, Neighbours(Question().choosing("city", "5746545").choosing("city", "de-bavaria")), Formats()
    )
    assert view.chosen == "2 chosen"
    assert [choice.label for choice in view.choices] == ["Germany", "United States"]
    only = places_view(page([GERMANY, STATES], [BAVARIA, OREGON], [chosen, MUNICH]), Neighbours(Question()), Formats())
    assert [choice.label for choice in only.choices] == ["United States", "Germany"]


@pytest.mark.parametrize(
    ("countries", "regions", "shown", "legend"),
    [
        ([STATES], [OREGON], (("Portland, Oregon", "29", ()),), "City"),
        (
            [STATES._replace(selected=True)],
            [OREGON],
            (("United States", "40", (("Portland, Oregon", "29", ()),)),),
            "Place",
        ),
        ([STATES], [OREGON._replace(selected=True)], (("Oregon", "30", (("Portland", "29", ()),)),), "Place"),
        ([], [], (("Portland, Oregon", "29", ()),), "City"),
    ],
)
def test_a_level_without_a_choice_is_left_out(
    countries: list[Bucket], regions: list[Bucket], shown: Tree, legend: str
) -> None:
    view = places_view(page(countries, regions, [PORTLAND]), Neighbours(Question()), Formats())
    assert (tree(view.choices), view.legend) == (shown, legend)


def test_a_box_and_its_link_leave_out_by_the_one_filter() -> None:
    view = places_view(page([GERMANY, STATES], [], [PORTLAND], 412), Neighbours(Question().asking("flood")), Formats())
    assert view.choices[1] == Box(
        id="country-2",
        value="us",
        label="United States",
        count="40",
        chosen=False,
        none=False,
        exclude_url="/search?q=flood&not-city=us",
        exclude_name="not United States (leave out)",
        within=(
            Box(
                id="city-1",
                value="5746545",
                label="Portland, Oregon",
                count="29",
                chosen=False,
                none=False,
                exclude_url="/search?q=flood&not-city=5746545",
                exclude_name="not Portland, Oregon (leave out)",
            ),
        ),
    )
    assert view.more == (Link("Search all 412 cities", "/search/city?q=flood"),)


def test_a_chosen_region_is_a_box_and_a_tag_that_removes_it(client: FlaskClient) -> None:
    document = parse(client.get("/search?q=flood&city=us-or&not-city=us-me").text)
    places = [tag.attributes for tag in document.all("input", type="checkbox") if tag.attributes["name"] == "city"]
    assert [(place["value"], "checked" in place) for place in places] == [
        ("us-or", True),
        ("5746545", False),
    ]
    assert [(tag.attributes["aria-label"], tag.attributes["href"]) for tag in document.all("a", class_="tag")] == [
        ("Remove filter in Oregon", "/search?q=flood&not-city=us-me"),
        ("Remove filter not in Maine", "/search?q=flood&city=us-or"),
    ]


def test_the_page_of_all_regions_keeps_what_is_chosen_on_other_levels(client: FlaskClient) -> None:
    document = parse(client.get("/search/region?q=flood&city=us&city=us-or&city=5746545").text)
    assert document.text("h1") == ["2 states and regions"]
    boxes = [tag.attributes for tag in document.all("input", type="checkbox")]
    assert [(box["name"], box["value"], "checked" in box) for box in boxes] == [
        ("city", "us-or", True),
        ("city", "us-me", False),
    ]
    kept = document.all("form")[-1]
    assert kept.attributes["class"] == "all-values"
    hidden = [(tag.attributes["name"], tag.attributes["value"]) for tag in document.all("input", type="hidden")]
    asked = [("q", "flood"), ("city", "5746545"), ("city", "us")]
    assert hidden[-3:] == asked


class Meaning(FakeArchive):
    """An archive that finds two cities of a name."""

    def search(self, request: Request) -> Page:
        meant = (Choice("Portland, Oregon", "city:5746545"), Choice("Portland, Maine", "city:4975802"))
        said = Diagnostic("several-cities", "“portland” is 2 cities.", choices=meant)
        return replace(super().search(replace(request, text="")), diagnostics=(said,))


def test_what_a_name_can_mean_is_offered_as_links() -> None:
    document = parse(create_app(Meaning()).test_client().get("/search?q=city%3Aportland&section=News").text)
    (note,) = document.one("ul", class_="notes").text.strip().splitlines()
    assert note == "“portland” is 2 cities. Did you mean Portland, Oregon · Portland, Maine?"
    assert {"/search?q=city%3A5746545&section=News", "/search?q=city%3A4975802&section=News"} <= set(document.links)


def test_all_values_that_a_facets_page_lists_are_searched_at_once(client: FlaskClient) -> None:
    document = parse(client.get("/search/city?q=flood&section=News").text)
    (link,) = [tag for tag in document.all("a") if tag.text.startswith("Search these")]
    assert (link.text, link.attributes["rel"]) == ("Search these 2 cities", "nofollow")
    assert link.attributes["href"] == "/search?q=flood&city=4975802&city=5746545&section=News"
    with_place = client.get(f"/api/v1{link.attributes['href']}").get_json()
    listed = client.get("/api/v1/search?q=flood&section=News").get_json()
    assert with_place["total"] == sum(value["count"] for value in listed["facets"]["city"])
    found = parse(client.get("/search/byline?q=flood&find=Writer+1").text)
    (some,) = [tag for tag in found.all("a") if tag.text.startswith("Search these")]
    assert some.text == "Search these 5 bylines"
    assert not [tag for tag in parse(client.get("/search/byline?find=Writer+9").text).all("a") if "these" in tag.text]


def test_more_values_than_an_address_takes_are_not_offered_together(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MOST_CHOSEN", 1)
    document = parse(client.get("/search/city?q=flood").text)
    assert not [tag for tag in document.all("a") if tag.text.startswith("Search these")]
    assert "Up to 1 cities can be searched together: find fewer by name, or choose states, regions or countries." in (
        document.text("p", class_="hint")
    )


def test_groups_say_how_many_values_they_have_and_unfold_where_one_is_chosen_or_left_out() -> None:
    client = create_app(FakeArchive()).test_client()

    def groups(address: str) -> list[tuple[str, bool]]:
        document = parse(client.get(address).text)
        folds = [tag for tag in document.all("details") if tag.attributes.get("class") == "facet"]
        said = [" ".join(tag.text.split()) for tag in document.all("summary")][-len(folds) :]
        return [(one, "open" in fold.attributes) for one, fold in zip(said, folds, strict=True)]

    plain = groups("/search?q=flood")
    assert plain == [
        ("Place 2 cities", True),
        ("Section 3 sections", True),
        ("Source 3 sources", False),
        ("Byline 14 bylines", False),
    ]
    assert groups("/search?q=flood&byline=Writer+3")[3] == ("Byline 14 bylines 1 chosen", True)
    assert groups("/search?q=flood&not-source=Wire")[2][1]
