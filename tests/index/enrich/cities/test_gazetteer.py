import random
from pathlib import Path

import pytest

from index.article import City
from index.enrich.cities import ATTRIBUTION, find, slug
from index.enrich.cities.gazetteer import FILE, Gazetteer, gazetteer


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Portland, Maine", "Portland, Maine"),
        ("Portland, Ore.", "Portland, Oregon"),
        ("PORTLAND, ORE.", "Portland, Oregon"),
        ("Portland", "Portland, Oregon"),
        ("portland or", "Portland, Oregon"),
        ("New York NY", "New York City, New York"),
        ("West Springfield Massachusetts", "West Springfield, Massachusetts"),
        ("St. Petersburg", "St. Petersburg, Russia"),
        ("portland-me", "Portland, Maine"),
        ("5746545", "Portland, Oregon"),
        ("Cambridge, England", "Cambridge, England"),
        ("Cambridge, UK", "Cambridge, England"),
        ("Cambridge, Mass.", "Cambridge, Massachusetts"),
        ("Lima", "Lima, Peru"),
        ("Munich", "Munich, Bavaria, Germany"),
        ("Washington, D.C.", "Washington, District of Columbia"),
        ("NYC", "New York City, New York"),
        ("L.A.", "Los Angeles, California"),
        ("Philly", "Philadelphia, Pennsylvania"),
        ("St. Louis, Mo.", "St. Louis, Missouri"),
        ("Saint Louis", "St. Louis, Missouri"),
        ("London, Ontario", "London, Ontario, Canada"),
        ("Nevada, Missouri", "Nevada, Missouri"),
        ("Beijing", "Beijing, China"),
        ("Peking", "Beijing, China"),
        ("Tskhinvali", "Tskhinvali, Shida Kartli, Georgia"),
        ("Hodeidah", "Hodeidah, Al Hudaydah, Yemen"),
        ("Bronx", "The Bronx, New York"),
        ("Foxboro, Mass.", "Foxborough, Massachusetts"),
    ],
)
def test_a_city_is_found_by_any_of_its_names(name: str, label: str) -> None:
    assert find(name)[0].label == label


def test_a_city_carries_what_the_gazetteer_knows_of_it() -> None:
    assert find("Alexandria, La.") == (City(4314550, "Alexandria", "Louisiana", "United States", 31.31129, -92.44514),)


@pytest.mark.parametrize("name", ["", "  ", ",", "Portland, Nowhere", "no-such-place-or", "99999999999", "-", "7"])
def test_what_is_no_city_is_not_found(name: str) -> None:
    assert find(name) == ()


def test_namesakes_come_most_populous_first() -> None:
    assert [city.region for city in find("Springfield")[:3]] == ["Missouri", "Massachusetts", "Illinois"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Portland, Oregon", "portland-or"),
        ("Toronto", "toronto-on"),
        ("Cambridge, England", "cambridge-england"),
        ("Lima, Peru", "lima-peru"),
        ("St. Louis", "st-louis-mo"),
    ],
)
def test_slugs_name_city_and_region(name: str, expected: str) -> None:
    assert slug(find(name)[0]) == expected


def test_a_city_the_gazetteer_lacks_has_a_slug_too() -> None:
    assert slug(City(None, "Ocean View, Oregon")) == "ocean-view-oregon"


def test_every_slug_leads_back_to_its_city_and_to_no_other() -> None:
    known = gazetteer()
    rows = random.Random(4).sample(range(len(known.geonameid)), 1500)
    rows += [known.row(city.geonameid or 0) for city in (*find("Springfield"), *find("San José"), *find("Santa Cruz"))]
    cities = {known.city(row) for row in rows}
    slugs = {slug(city): city for city in cities}
    assert len(slugs) == len(cities)
    assert {name: find(name) for name in slugs} == {name: (city,) for name, city in slugs.items()}


def test_namesakes_in_one_state_are_told_apart_by_their_county() -> None:
    labels = [city.label for city in find("Springfield, Pennsylvania")] + [
        city.label for city in find("Washington, New Jersey")
    ]
    assert len(set(labels)) == len(labels)


def test_a_name_tells_what_else_it_can_be() -> None:
    known = gazetteer()
    georgia, jordan, french, la = (known.entry(key) for key in ("georgia", "jordan", "french", "la"))
    assert georgia is not None and known.regions[georgia.regions[0]].code == "GA"
    assert jordan is not None and jordan.country == "JO" and jordan.only_qualified
    assert french is not None and french.people == "FR"
    assert la is not None and known.regions[la.short_for].name == "Louisiana"
    assert known.entry("zzyzzx") is None


def test_the_file_is_small_and_its_source_is_named() -> None:
    assert FILE.stat().st_size <= 15_000_000
    assert "GeoNames" in ATTRIBUTION and "CC BY 4.0" in ATTRIBUTION


def test_a_file_of_another_version_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "old.bin"
    other.write_bytes(b"something else entirely")
    with pytest.raises(ValueError, match=r"make it again: python -m index\.enrich\.cities\.compile"):
        Gazetteer(other)
