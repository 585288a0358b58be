import gzip
import json
from pathlib import Path

import pytest

from index.enrich.cities import find, home_of
from index.enrich.cities.homes import OUTLETS
from index.enrich.cities.outlets import build

#: Near the middle of each town, as the source has it.
PLACES = {
    "Portland, Maine": ("ME", 43.66, -70.26),
    "Portland, Oregon": ("OR", 45.52, -122.68),
    "Bend, Oregon": ("OR", 44.06, -121.31),
    "Columbus, Georgia": ("GA", 32.46, -84.99),
    "Birmingham, Alabama": ("AL", 33.52, -86.80),
    "Columbus, Ohio": ("OH", 39.96, -83.00),
    "Nashville, Tennessee": ("TN", 36.17, -86.78),
    "Springfield, Illinois": ("IL", 39.80, -89.64),
    "Casper, Wyoming": ("WY", 42.87, -106.31),
    "Minneapolis, Minnesota": ("MN", 44.98, -93.27),
    "Walnut Ridge, Arkansas": ("AR", 36.07, -90.96),
    "Richmond, Virginia": ("VA", 37.55, -77.46),
}


def built(folder: Path, *outlets: tuple[str, str, str]) -> dict[str, str]:
    """Return the homes that are made of outlets, each a name, a domain and a place, as labels."""
    source = folder / "outlets.jsonl.gz"
    with gzip.open(source, "wt", encoding="utf-8") as lines:
        for name, domain, place in outlets:
            state, latitude, longitude = PLACES[place]
            outlet = {"name": name, "domain": domain, "state": state, "lat": latitude, "lon": longitude}
            lines.write(json.dumps(outlet | {"city_county": place.partition(",")[0]}) + "\n")
    return {name: find(str(geonameid))[0].label for name, geonameid in build(source).items()}


@pytest.mark.parametrize(
    ("outlets", "names"),
    [
        (
            [
                ("Portland Press Herald", "pressherald.com", "Portland, Maine"),
                ("Portland Press Herald", "portland.example", "Portland, Maine"),
                ("Portland Press Herald", "portland.example", "Portland, Oregon"),
            ],
            {"portland press herald": "Portland, Maine"},
        ),
        ([("Oregonian Newspaper", "oregonian.com", "Portland, Oregon")], {"oregonian": "Portland, Oregon"}),
        ([("Tennessean", "tennessean.com", "Nashville, Tennessee")], {"tennessean": "Nashville, Tennessee"}),
        ([("Bulletin", "bendbulletin.com", "Bend, Oregon")], {}),
        ([("Columbus", "columbus.example", "Columbus, Ohio")], {}),
        (
            [("The Ledger-Enquirer", "ledger-enquirer.com", "Birmingham, Alabama")],
            {"ledger enquirer": "Columbus, Georgia"},
        ),
        ([("Herald Sun", "herald-sun.example", "Columbus, Georgia")], {}),
        (
            [("City Light", "light.example", "Portland, Maine"), ("City Light", "light2.example", "Portland, Oregon")],
            {},
        ),
        (
            [
                ("Star Tribune", "startribune.com", "Minneapolis, Minnesota"),
                ("Casper Star Tribune", "trib.com", "Casper, Wyoming"),
            ],
            {"star tribune": "Minneapolis, Minnesota", "casper star tribune": "Casper, Wyoming"},
        ),
        (
            [
                ("Times Dispatch", "thetd.example", "Walnut Ridge, Arkansas"),
                ("Richmond Times-Dispatch", "timesdispatch.com", "Richmond, Virginia"),
            ],
            {"richmond times dispatch": "Richmond, Virginia"},
        ),
    ],
)
def test_a_name_is_known_where_it_is_clear_whose_it_is(
    tmp_path: Path, outlets: list[tuple[str, str, str]], names: dict[str, str]
) -> None:
    assert {name: home for name, home in built(tmp_path, *outlets).items() if "." not in name} == names


@pytest.mark.parametrize("host", ["google.com", "sites.google.com", "web.facebook.com", "linkedin.com", "blogspot.com"])
def test_a_host_where_anybody_publishes_is_nobodys_home(tmp_path: Path, host: str) -> None:
    homes = built(
        tmp_path,
        ("Portland Light", host, "Portland, Maine"),
        ("A Blog", "thelight.blogspot.com", "Portland, Maine"),
        ("One", "shared.example", "Portland, Maine"),
        ("Two", "shared.example", "Columbus, Ohio"),
    )
    hosts = {name: home for name, home in homes.items() if name.endswith((host, "blogspot.com", "shared.example"))}
    assert hosts == {"thelight.blogspot.com": "Portland, Maine"}


@pytest.mark.parametrize(
    ("source", "home"),
    [
        ("The Kansas City Star", "Kansas City, Missouri"),
        ("kansascity.com", "Kansas City, Missouri"),
        ("news-leader.com", "Springfield, Missouri"),
        ("Portland Press Herald", "Portland, Maine"),
        ("The Oregonian", "Portland, Oregon"),
        ("The Tennessean", "Nashville, Tennessee"),
        ("The Seattle Times", "Seattle, Washington"),
        ("The Boston Globe", "Boston, Massachusetts"),
        ("Ledger-Enquirer", "Columbus, Georgia"),
        ("St. Louis Post-Dispatch", "St. Louis, Missouri"),
        ("Arizona Republic", "Phoenix, Arizona"),
        ("Herald Sun", ""),
        ("Daily Express", ""),
        ("Financial Times", ""),
        ("news.google.com", ""),
        ("sites.google.com", ""),
        ("linkedin.com", ""),
        ("facebook.com", ""),
    ],
)
def test_the_list_that_ships_knows_the_large_papers_and_no_platforms(source: str, home: str) -> None:
    place = home_of(source)
    assert (find(place)[0].label if place else "") == home


def test_the_list_that_ships_has_the_outlets_that_the_documentation_speaks_of() -> None:
    with gzip.open(OUTLETS, "rt", encoding="utf-8") as lines:
        names = [line.partition("\t")[0] for line in lines if not line.startswith("#")]
    hosts = sum("." in name for name in names)
    assert (round(hosts, -2), round(len(names) - hosts, -2)) == (10_600, 9_600)
