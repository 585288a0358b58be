import random

import pytest

from index.article import City
from index.enrich.cities import find, slug
from index.enrich.cities.gazetteer import gazetteer


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
        ("DC", "Washington, District of Columbia"),
        ("dc", "Washington, District of Columbia"),
        ("Perth, WA", "Perth, Western Australia, Australia"),
        ("Seattle, WA", "Seattle, Washington"),
        ("Darwin, NT", "Darwin, Northern Territory, Australia"),
        ("Adelaide, SA", "Adelaide, South Australia, Australia"),
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
        ("Norwich, Norfolk", "Norwich, England"),
        ("Naas, Co Kildare", "Naas, Leinster, Ireland"),
        ("Naas, Co. Kildare", "Naas, Leinster, Ireland"),
        ("Newark, Nottinghamshire", "Newark on Trent, England"),
        ("Durham, County Durham", "Durham, England"),
        ("Norfolk, Virginia", "Norfolk, Virginia"),
        ("Kansas City, Kansas", "Kansas City, Kansas"),
        ("Halle (Saale)", "Halle (Saale), Saxony-Anhalt, Germany"),
        ("Frankfurt (Oder), Germany", "Frankfurt (Oder), Brandenburg, Germany"),
        ("woodlawn, prince george's county, maryland", "Woodlawn, Prince George's County, Maryland"),
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


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("Atlanta, Georgia", ["Atlanta, Georgia"]),
        ("Tbilisi, Georgia", ["Tbilisi, Georgia"]),
        ("Batumi, Georgia", ["Batumi, Ajaria, Georgia"]),
        ("Gori, Shida Kartli, Georgia", ["Gori, Shida Kartli, Georgia"]),
        ("Lima, Georgia", []),
        ("Saint Helier, Jersey", ["Saint Helier, St Helier, Jersey"]),
    ],
)
def test_georgia_is_the_state_where_the_state_has_such_a_city_else_the_country(name: str, labels: list[str]) -> None:
    assert [city.label for city in find(name)] == labels


@pytest.mark.parametrize(
    ("name", "regions"),
    [
        ("Perth, England", set()),
        ("Perth, Scotland", {"Scotland"}),
        ("Bangor, Wales", {"Wales"}),
        ("Bangor, Northern Ireland", {"Northern Ireland"}),
        ("Newport, England", {"England"}),
        ("Newport, UK", {"England", "Wales"}),
    ],
)
def test_a_part_of_the_kingdom_behind_a_name_is_that_part_alone(name: str, regions: set[str]) -> None:
    assert {city.region.rpartition(", ")[2] for city in find(name)} == regions


def test_every_label_leads_to_its_own_city_and_no_label_is_two_cities() -> None:
    """All places, namesakes by the roadside and numbered districts among them."""
    known = gazetteer()
    cities = [known.city(row) for row in range(len(known.geonameid))]
    assert len({city.label for city in cities}) == len(cities) > 230_000
    assert [city.label for city in cities if find(city.label)[:1] != (city,)] == []
