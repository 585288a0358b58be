"""Regions and countries: keys, labels, and what a city lies in."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from index.enrich.cities import Division, division, divisions, lies_in
from index.enrich.cities.gazetteer import gazetteer


@pytest.mark.parametrize(
    ("key", "label", "parent"),
    [
        ("us", "United States", None),
        ("us-or", "Oregon", "us"),
        ("us-ga", "Georgia, United States", "us"),
        ("ge", "Georgia", None),
        ("gb-england", "England", "gb"),
        ("ca-on", "Ontario, Canada", "ca"),
        ("de-bavaria", "Bavaria, Germany", "de"),
        ("bq", "Bonaire, Saint Eustatius and Saba", None),
    ],
)
def test_a_region_is_called_so_that_nobody_takes_it_for_another(key: str, label: str, parent: str | None) -> None:
    assert division(key) == Division(key, label, parent)


@pytest.mark.parametrize("key", ["", "5746545", "name:oregon", "US-OR", "zz", "us-zz", "oregon"])
def test_what_is_no_key_of_a_region_names_none(key: str) -> None:
    assert division(key) is None


def test_every_city_with_a_named_region_lies_in_it() -> None:
    known = gazetteer()
    keys = set()
    for row in range(0, len(known.geonameid), 97):
        region = known.regions[known.region_of[row]]
        key, country = lies_in(str(known.geonameid[row]), "")
        assert country == region.country.lower()
        assert (key is None) == (not region.name)
        if key is not None:
            found = division(key)
            assert found is not None
            assert (found.label.split(", ")[0], found.parent) == (region.name, country)
            keys.add(key)
    assert len(keys) > 800
    assert all(re.fullmatch("[a-z]{2}-[a-z0-9-]+", key) for key in keys)


def test_no_two_regions_share_a_label() -> None:
    keys = {lies_in(str(known), "")[0] for known in gazetteer().geonameid[::11]} - {None}
    labels = Counter(found.label for key in keys if key and (found := division(key)))
    assert [label for label, many in labels.items() if many > 1] == []


@pytest.mark.parametrize(
    ("label", "inside"),
    [
        ("Wall", (None, None)),
        ("Wall, New Jersey", ("us-nj", "us")),
        ("Wall, Monmouth County, New Jersey", ("us-nj", "us")),
        ("Wall, England", ("gb-england", "gb")),
        ("Wall, Ontario, Canada", ("ca-on", "ca")),
        ("Wall, Ontario", ("ca-on", "ca")),
        ("Wall, Germany", (None, "de")),
        ("Wall, Bavaria, Germany", ("de-bavaria", "de")),
        ("Wall, Georgia", ("us-ga", "us")),
        ("Wall, Somewhere", (None, None)),
    ],
)
def test_a_city_that_the_gazetteer_lacks_lies_where_the_newsroom_said(
    label: str, inside: tuple[str | None, str | None]
) -> None:
    assert lies_in("name:wall", label) == inside
    assert lies_in("999999999999", label) == inside


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("us-or", ["us-or"]),
        ("Oregon", ["us-or"]),
        ("Ore.", ["us-or"]),
        ("OR", ["us-or"]),
        ("England", ["gb-england"]),
        ("UK", ["gb"]),
        ("US", ["us"]),
        ("U.S.", ["us"]),
        ("Georgia", ["us-ga", "ge"]),
        ("Punjab, India", ["in-punjab"]),
        ("bayern", ["de-bavaria"]),
        ("Nowhere", []),
        ("", []),
        ("Portland, Oregon", []),
    ],
)
def test_readers_name_regions_and_countries_in_many_ways(name: str, keys: list[str]) -> None:
    assert [found.key for found in divisions(name)] == keys
