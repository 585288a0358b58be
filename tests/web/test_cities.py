"""The pages of cities: where one lies, under which heading it is listed, and the addresses that lead to it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from index.enrich.cities import find
from search import open_archive
from tests.search.test_archive import story, write
from tests.web.links import Document, parse
from web import create_app

_CITIES = ("Atlanta", "Tbilisi", "Batumi", "Singapore", "Portland, Maine", "Cambridge, England", "Cologne")
_WITH_LETTERS = ("Łódź", "Reykjavik", "São Paulo")


@pytest.fixture
def real(tmp_path: Path) -> FlaskClient:
    cities = [replace(find(name)[0], role="about") for name in _CITIES]
    write(tmp_path, *(story(number, f"Story {number}", cities=(city,)) for number, city in enumerate(cities, 1)))
    return create_app(open_archive(tmp_path)).test_client()


def get(client: FlaskClient, address: str) -> Document:
    answer = client.get(address)
    assert answer.status_code == 200
    return parse(answer.text)


def test_a_citys_page_says_where_it_lies_and_leads_to_what_is_around(client: FlaskClient) -> None:
    document = get(client, "/cities/portland-oregon")
    assert "45.52° N, 122.68° W · Stories within 50 km" in document.text("p", class_="explain")
    assert "/search?q=near%3A%22Portland%2C+Oregon%22~50km" in document.links
    assert json.loads(document.one("script", type="application/ld+json").text) == {
        "@context": "https://schema.org",
        "@type": "City",
        "name": "Portland, Oregon",
        "url": "http://localhost/cities/portland-oregon",
        "sameAs": "https://sws.geonames.org/5746545/",
        "geo": {"@type": "GeoCoordinates", "latitude": 45.52, "longitude": -122.68},
    }


def test_the_search_around_a_city_finds_its_stories(real: FlaskClient) -> None:
    around = [link for link in get(real, "/cities/portland-maine").links if "near" in link]
    assert [get(real, link).text("h3") for link in around] == [["Story 5"]]


def test_cities_of_the_state_and_of_the_country_of_georgia_stand_apart(real: FlaskClient) -> None:
    document = get(real, "/cities")
    assert document.text("h2") == ["England", "Georgia", "Georgia, United States", "Germany", "Maine", "Singapore"]
    assert [link for link in document.links if link.startswith("/cities/")] == [
        "/cities/cambridge-england",
        "/cities/batumi-ajaria-georgia",
        "/cities/tbilisi-georgia",
        "/cities/atlanta-georgia",
        "/cities/cologne-north-rhine-westphalia-germany",
        "/cities/portland-maine",
        "/cities/singapore",
    ]


@pytest.mark.parametrize(
    "address", ["cologne-germany", "koln-germany", "koln-north-rhine-westphalia-germany", "Köln", "2886242", "cologne"]
)
def test_addresses_of_a_citys_other_names_lead_to_its_page(real: FlaskClient, address: str) -> None:
    answer = real.get(f"/cities/{address}")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/cities/cologne-north-rhine-westphalia-germany")


@pytest.mark.parametrize(
    ("address", "slug"),
    [
        ("odz-poland", "lodz-poland"),
        ("Łódź", "lodz-poland"),
        ("reykjavik-hofu-borgarsv-i-iceland", "reykjavik-hofudborgarsvaedi-iceland"),
        ("sao-paulo-brazil", "sao-paulo-brazil"),
    ],
)
def test_an_address_keeps_every_letter_and_the_old_one_leads_there(tmp_path: Path, address: str, slug: str) -> None:
    cities = [replace(find(name)[0], role="about") for name in _WITH_LETTERS]
    write(tmp_path, *(story(number, f"Story {number}", cities=(city,)) for number, city in enumerate(cities, 1)))
    client = create_app(open_archive(tmp_path)).test_client()
    assert client.get(f"/cities/{slug}").status_code == 200
    if address != slug:
        answer = client.get(f"/cities/{address}")
        assert (answer.status_code, answer.headers["Location"]) == (301, f"/cities/{slug}")
