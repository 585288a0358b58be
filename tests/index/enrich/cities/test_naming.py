"""What cities are called: by the register, by rule and by the lexicon."""

import re
import tomllib

import pytest

from index.enrich.cities import find, resolve
from index.enrich.cities.compile import DATA
from index.enrich.cities.gazetteer import gazetteer
from index.enrich.cities.names import key
from index.record import Draft

LEXICON = tomllib.loads((DATA / "lexicon.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Newcastle, England", "Newcastle upon Tyne, England"),
        ("Southend", "Southend-on-Sea, England"),
        ("Clacton", "Clacton-on-Sea, England"),
        ("Rostov", "Rostov-on-Don, Rostov, Russia"),
        ("Stoke", "Stoke-on-Trent, England"),
        ("Hull", "Kingston upon Hull, England"),
        ("Vitoria, Spain", "Vitoria, Basque Country, Spain"),
        ("Gasteiz", "Vitoria, Basque Country, Spain"),
        ("Donostia", "San Sebastián, Basque Country, Spain"),
        ("Bienne", "Biel, Bern, Switzerland"),
        ("Halle, Germany", "Halle (Saale), Saxony-Anhalt, Germany"),
        ("Frankfurt an der Oder", "Frankfurt (Oder), Brandenburg, Germany"),
        ("Leon, Mexico", "León, Guanajuato, Mexico"),
        ("Matamoros, Mexico", "Matamoros, Tamaulipas, Mexico"),
        ("Nara", "Nara, Japan"),
    ],
)
def test_a_city_is_known_by_the_name_of_every_day(name: str, label: str) -> None:
    assert find(name)[0].label == label


@pytest.mark.parametrize(
    ("local", "label"),
    [
        ("Köln", "Cologne, North Rhine-Westphalia, Germany"),
        ("Hannover", "Hanover, Lower Saxony, Germany"),
        ("Sevilla", "Seville, Andalusia, Spain"),
        ("Gent", "Ghent, Flanders, Belgium"),
        ("Brugge", "Bruges, Flanders, Belgium"),
        ("Rodos", "Rhodes, South Aegean, Greece"),
        ("Monaco", "Monaco"),
        ("790034", "Idrizovo, Grad Skopje, North Macedonia"),
        ("11703548", "Sidi Senoussi, Tlemcen, Algeria"),
        ("Amman", "Amman, Jordan"),
        ("7160204", "Milford, South Central Connecticut Planning Region, Connecticut"),
    ],
)
def test_a_label_is_what_an_english_paper_writes(local: str, label: str) -> None:
    assert find(local)[0].label == label


def test_no_label_says_what_kind_of_row_a_register_has() -> None:
    known = gazetteer()
    labels = [known.city(row).label for row in range(len(known.geonameid))]
    junk = re.compile(r"\((?:balance|historical|village|poblacion)\)|^Ct \d|(?:^|, )of ")
    assert [label for label in labels if junk.search(label)] == []


@pytest.mark.parametrize(
    ("body", "labels"),
    [
        ("Police in Frisco said a man was shot on Friday.", ["Frisco, Texas"]),
        ("Police in Canton said a man was shot. Ohio Gov. John Kasich mourned.", ["Canton, Ohio"]),
        (
            "The council of Newcastle met. The Tyne Bridge will close, and traffic goes through Gateshead.",
            ["Newcastle upon Tyne, England"],
        ),
        (
            "A fire broke out in Newcastle. Firefighters from Gateshead and Sunderland came to help.",
            ["Newcastle upon Tyne, England"],
        ),
        (
            "The council of Newcastle upon Tyne met. In Newcastle, residents protested.",
            ["Newcastle upon Tyne, England"],
        ),
        ("The trains from London to Newcastle were stopped.", ["Newcastle upon Tyne, England"]),
        ("A fire broke out in Newcastle. Firefighters from Sydney came.", ["Newcastle, New South Wales, Australia"]),
    ],
)
def test_a_short_name_does_not_take_the_place_of_a_town_that_bears_it(body: str, labels: list[str]) -> None:
    assert [city.label for city in resolve(Draft(body=body)) if city.label in labels] == labels


def test_a_nickname_is_no_large_town_elsewhere_but_where_english_papers_mean_the_city_by_it() -> None:
    known = gazetteer()
    taken = set()
    for name, geonameid in LEXICON["aliases"].items():
        entry = known.entry(key(name))
        others = entry.cities if entry else ()
        if any(known.geonameid[row] != geonameid and known.population[row] >= 50_000 for row in others):
            taken.add(name)
    assert taken == {"Frankfurt", "Hull", "Mansoura", "Odessa", "Santa Cruz", "St Petersburg"}


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Saint Paul, Minnesota", "St. Paul, Minnesota"),
        ("Saint Joseph, Missouri", "St. Joseph, Missouri"),
        ("Saint John, New Brunswick", "Saint John, New Brunswick, Canada"),
        ("Saint Andrews, Scotland", "St Andrews, Scotland"),
        ("Beirut", "Beirut, Lebanon"),
        ("Tripoli, Lebanon", "Tripoli, North Lebanon, Lebanon"),
        ("Mostar", "Mostar, Federation of Bosnia and Herzegovina, Bosnia and Herzegovina"),
        ("Aleppo", "Aleppo, Syria"),
        ("Victoria", "Victoria, British Columbia, Canada"),
    ],
)
def test_cities_and_their_regions_are_shown_as_english_papers_write_them(name: str, label: str) -> None:
    assert find(name)[0].label == label


def test_a_region_is_no_short_name_of_a_city_in_it() -> None:
    assert [city.label for city in resolve(Draft(body="A man was held in Bihar on Friday, police in Patna said."))] == [
        "Patna, Bihar, India"
    ]


def test_a_bare_victoria_is_no_part_of_hong_kong() -> None:
    body = "Police in Victoria said on Friday that a man had been shot."
    assert [city.label for city in resolve(Draft(body=body))] == ["Victoria, British Columbia, Canada"]
