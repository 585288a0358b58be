"""The map draws the city facet: what a circle or a line of the list leads to is a search."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from index.article import City, Story
from search.page import Bucket
from tests.web.fake import LIMA, MAINE, OREGON, FakeArchive, article
from tests.web.links import Document, parse
from web import atlas, create_app
from web.citymap import sheet_for

ADDRESSES = ["/map", "/map?q=flood", "/map?q=zzz", "/map?q=flood&city=5746545&section=News", "/map?view=world"]


def get(client: FlaskClient, address: str) -> Document:
    response = client.get(address)
    assert response.status_code == 200, (address, response.headers.get("Location"))
    return parse(response.text)


def archive_in(*cities: City) -> FakeArchive:
    stories = (article(f"s{number}", "Flood", cities=(city,)) for number, city in enumerate(cities, start=1))
    return FakeArchive([Story(one, n, n, "2026-01-02T03:04:05Z", n) for n, one in enumerate(stories, start=1)])


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_map_is_well_formed_and_has_no_style_or_script_of_its_own(client: FlaskClient, address: str) -> None:
    document = get(client, address)
    assert len(document.all("h1")) == 1
    assert document.all("style") == []
    assert not [tag for tag in document.tags if "style" in tag.attributes]
    assert [tag.text for tag in document.all("script")] == [""]
    ids = [tag.attributes["id"] for tag in document.tags if "id" in tag.attributes]
    assert len(ids) == len(set(ids))
    drawing = document.one("svg")
    assert (drawing.attributes["aria-labelledby"], drawing.attributes["aria-describedby"]) == (
        "map-title",
        "map-summary",
    )


def test_circles_and_list_choose_the_city_and_let_it_go_again(client: FlaskClient) -> None:
    document = get(client, "/map?q=flood")
    assert document.text("h1") == ["49 stories, 2 cities"]
    circles = [tag.attributes["href"] for tag in document.all("a", tabindex="-1")]
    assert circles == ["/map?q=flood&city=4975802", "/map?q=flood&city=5746545"]
    assert document.text("a", tabindex="-1") == [
        "Portland, Maine: 23 stories",
        "Portland, Oregon: 23 stories",
    ]
    chosen = get(client, circles[1])
    assert chosen.text("h1") == ["23 stories, 1 of 2 cities"]
    (let_go,) = [tag.attributes["href"] for tag in chosen.all("a", tabindex="-1") if "aria-current" in tag.attributes]
    assert let_go == "/map?q=flood"
    assert [tag.attributes["class"] for tag in chosen.all("circle")] == ["spot", "spot chosen"]
    assert "/map?q=flood&city=4975802&city=5746545" in chosen.links
    assert "/search?q=flood&city=5746545" in chosen.links


def test_the_map_says_what_lies_outside_of_it_and_shows_it_on_request() -> None:
    lima = City(3936456, "Lima", "Lima Province", "Peru", -12.04, -77.03, role="about")
    ontario = City(6058560, "London", "Ontario", "Canada", 42.98, -81.23, role="about")
    unknown = City(None, "Millbrook", role="about")
    client = create_app(archive_in(*[MAINE] * 6, *[OREGON] * 5, lima, lima, ontario, unknown)).test_client()
    near = get(client, "/map")
    assert len(near.all("circle")) == 2
    (caption,) = near.text("figcaption")
    assert "2 cities lie outside this map. 1 city is in the list only" in caption
    assert near.text("th")[2:] == [
        "Portland, Maine",
        "Portland, Oregon",
        "Lima, Lima Province, Peru",
        "London, Ontario, Canada",
        "Millbrook",
    ]
    far = get(client, "/map?view=world")
    assert len(far.all("circle")) == 4
    drawn = [f"/map?city={key}&view=world" for key in ("4975802", "5746545", "3936456", "6058560")]
    listed = [*drawn, "/map?city=name%3Amillbrook&view=world"]
    assert [url for url in far.links if url.startswith("/map?city=")] == [*drawn, *listed]


def test_no_name_lies_over_the_circle_of_another_city() -> None:
    here = City(1, "Here", "Ohio", "United States", 40.0, -83.0, role="about")
    beside = City(2, "Beside", "Ohio", "United States", 40.0, -79.5, role="about")
    far = City(3, "Far away", "Idaho", "United States", 43.6, -116.2, role="about")

    def names(*cities: City) -> list[str]:
        document = get(create_app(archive_in(*cities)).test_client(), "/map?view=world")
        return [tag.text for tag in document.all("text")]

    assert names(here, far) == ["Far away, Idaho", "Here, Ohio"]
    # Of Here, what lies west is under the circle of the one, and what lies east under that of the other.
    assert names(here, here, beside, beside, far) == ["Beside, Ohio", "Far away, Idaho"]


def test_the_sheet_follows_the_cities() -> None:
    oregon, maine = (Bucket(city.key, city.label, 5) for city in (OREGON, MAINE))
    lima = Bucket(LIMA.key, LIMA.label, 5)
    assert sheet_for([(maine, MAINE), (oregon, OREGON)]) == atlas.STATES
    assert sheet_for([(lima, LIMA)]).kind == "part"
    assert sheet_for([(lima, LIMA), (oregon, OREGON)]) == atlas.WORLD
    assert sheet_for([]) == atlas.WORLD


def test_a_map_of_very_many_cities_draws_those_with_most_stories_and_says_so() -> None:
    north = (
        City(number, f"Town {number}", "Ohio", "United States", 40.0, -83.0, role="about") for number in range(1, 302)
    )
    document = get(create_app(archive_in(*north)).test_client(), "/map")
    assert len(document.all("circle")) == 250
    assert len(document.all("th", scope="row")) == 100
    assert "Drawn are the 250 cities with most stories." in document.text("figcaption")[0]
    assert "/search/city" in document.links


def test_the_map_has_one_address_for_one_state(client: FlaskClient) -> None:
    leads = {
        "/map?view=world&q=flood": "/map?q=flood&view=world",
        "/map?q=flood&page=3&size=20": "/map?q=flood",
        "/map?city=&view=": "/map",
    }
    for given, wanted in leads.items():
        assert client.get(given).headers["Location"] == wanted


def test_nothing_found_is_said(client: FlaskClient) -> None:
    document = get(client, "/map?q=zzz")
    assert document.all("circle") == []
    assert "No city is known for these stories." in document.text("figcaption")[0]


def test_the_results_page_leads_to_the_map(client: FlaskClient) -> None:
    assert "/map?q=flood&section=News" in get(client, "/search?q=flood&section=News&page=2").links


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_link_of_the_map_resolves(client: FlaskClient, address: str) -> None:
    for link in set(get(client, address).links):
        if not urlsplit(link).netloc and not link.startswith("#"):
            assert client.get(link).status_code == 200, link
