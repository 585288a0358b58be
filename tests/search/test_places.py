"""Places in searches: what a name means in an archive, what lies around it, and what is said and offered."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import Article, City, Story
from index.enrich.cities.gazetteer import gazetteer
from search import Archive, Request, open_archive
from search.page import Choice
from tests.search.test_archive import MAINE, OREGON, SALEM, story, write

ALBANY = City(5106834, "Albany", "New York", "United States", role="about")
TROY = City(5141502, "Troy", "New York", "United States", role="about")
GEORGIA_STATE = City(4180439, "Atlanta", "Georgia", "United States", role="about")
TBILISI = City(611717, "Tbilisi", "", "Georgia", role="about")
WALL = City(None, "Wall", "New Jersey", role="about")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    path = tmp_path_factory.mktemp("archive")
    write(
        path,
        story(1, "One", cities=(OREGON, SALEM)),
        story(2, "Two", cities=(MAINE,)),
        story(3, "Three", cities=(ALBANY,)),
        story(4, "Four", cities=(TROY,)),
        story(5, "Five", cities=(GEORGIA_STATE,)),
        story(6, "Six", cities=(TBILISI,)),
        story(7, "Seven", cities=(WALL,)),
    )
    with open_archive(path) as opened:
        yield opened


def found(archive: Archive, text: str) -> list[int]:
    return sorted(int(hit.article.id[1:]) for hit in archive.search(Request(text)).hits)


@pytest.mark.parametrize(
    ("text", "stories"),
    [
        ("city:portland-or", [1]),
        ("city:5746545", [1]),
        ('city:"Portland, Maine"', [2]),
        ("city:portland", [1, 2]),
        ("city:us-or", [1]),
        ("city:oregon", [1]),
        ('city:"Oregon"', [1]),
        ("city:us", [1, 2, 3, 4, 5, 7]),
        ("-city:us", [6]),
        ("city:(us-me OR us-ny)", [2, 3, 4]),
        ("city:us-or city:salem", [1]),
        ("city:georgia", [5, 6]),
        ("city:us-nj", [7]),
        ("mentions:us-nj", [7]),
        ("city:de-bavaria", []),
        ('near:"Albany, New York"~50km', [3, 4]),
        ("near:albany~10km", [3, 4]),
        ("near:albany~1km", [3]),
        ("near:albany~30mi", [3, 4]),
        ("near:albany", [3, 4]),
        ('-near:"Albany, New York"~50km', [1, 2, 5, 6, 7]),
        ("near:5106834~400km", [2, 3, 4]),
        ("near:wall~50km", [7]),
        ("near:oregon~50km", [1]),
        ("near:boston-ma~200km", [2]),
        ('near:"Albany, New York~50km"', [3, 4]),
        ("near:springfield~50km", []),
    ],
)
def test_a_place_finds_the_stories_in_it(archive: Archive, text: str, stories: list[int]) -> None:
    assert found(archive, text) == stories


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('near:"Albany, New York"~50km', "every story, within 50 km of Albany, New York"),
        ("near:albany~1mi", "every story, within 1 mile of Albany, New York"),
        ("city:us-or", "every story, in Oregon"),
        ("city:us -city:us-or", "every story, in United States, not in Oregon"),
    ],
)
def test_the_sentence_says_which_place_and_how_far(archive: Archive, text: str, sentence: str) -> None:
    assert archive.search(Request(text)).explain == sentence


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("city:oregon", "No city here is called “oregon”, so the region Oregon was searched."),
        ("city:us-or", None),
        ("city:5746545", None),
        ("city:portland-or", None),
        ("near:wall~50km", "Where “wall” lies is not known here, so only “wall” itself was searched."),
        ("near:oregon~50km", "“near:” needs a city, and “oregon” is larger, so the whole of it was searched."),
        ("near:albany", "“near:” without a distance means within 50 km; ~10km or ~30mi after the name sets it."),
        ("near:zzyzxville~5km", "No city called “zzyzxville” is known here, so no story can be found in it."),
        ("near:12345~50km", "No city has the number 12345, so no story can be found in it."),
        ("city:99999999", "No city has the number 99999999, so no story can be found in it."),
        (
            'near:"Albany, New York~50km"',
            'The distance stands behind the quotation marks, so near:"Albany, New York"~50km was searched.',
        ),
        ('near:"Springfield, Massachusetts"~50km', None),
        ("near:springfield-ma~50km", None),
        (
            "city:georgia",
            "“georgia” is the name of 2 places: Georgia, United States; Georgia. All were searched; "
            "write city:us-ga for one.",
        ),
    ],
)
def test_what_a_name_was_taken_for_is_said(archive: Archive, text: str, said: str | None) -> None:
    page = archive.search(Request(text))
    notes = [note.message for note in page.diagnostics if note.kind not in ("way-out", "nothing-held")]
    assert notes == ([said] if said else [])


def choices(archive: Archive, text: str) -> list[Choice]:
    return [choice for note in archive.search(Request(text)).diagnostics for choice in note.choices]


def test_where_no_story_is_in_any_city_of_a_name_its_namesakes_are_told(archive: Archive) -> None:
    city, near = (archive.search(Request(text)).diagnostics[0] for text in ("city:worcester", "near:worcester~30mi"))
    assert (city.kind, city.message, city.choices) == (
        "none-of-them",
        "“worcester” is the name of 4 cities, and no story here is in any of them; Worcester, Massachusetts was taken. "
        "Also so called: Worcester, Western Cape, South Africa; Worcester, England; Worcester, New York.",
        (),
    )
    assert (near.kind, near.message) == (city.kind, city.message)
    assert near.choices[1] == Choice("Worcester, England", 'near:"Worcester, England"~30mi')


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        (
            "flood city:portland bridge",
            [
                Choice("Portland, Oregon", 'flood city:"Portland, Oregon" bridge'),
                Choice("Portland, Maine", 'flood city:"Portland, Maine" bridge'),
            ],
        ),
        (
            'near:"portland"~20mi',
            [
                Choice("Portland, Oregon", 'near:"Portland, Oregon"~20mi'),
                Choice("Portland, Maine", 'near:"Portland, Maine"~20mi'),
            ],
        ),
        (
            "-city:(portland OR salem)",
            [
                Choice("Portland, Oregon", '-city:("Portland, Oregon" OR salem)'),
                Choice("Portland, Maine", '-city:("Portland, Maine" OR salem)'),
            ],
        ),
        (
            "city:georgia",
            [Choice("Georgia, United States", "city:us-ga"), Choice("Georgia", "city:ge")],
        ),
    ],
)
def test_every_place_of_the_name_is_offered_as_a_query(archive: Archive, text: str, offered: list[Choice]) -> None:
    assert choices(archive, text) == offered
    for choice in offered:
        assert not choices(archive, choice.query)


def test_a_city_called_like_its_state_offers_the_state(tmp_path: Path) -> None:
    write(
        tmp_path, story(1, "One", cities=(City(5128581, "New York City", "New York", "United States", role="about"),))
    )
    with open_archive(tmp_path) as archive:
        (note,) = archive.search(Request("city:new york flood")).diagnostics[:1]
        assert (note.kind, note.choices) == ("city-meant", (Choice("New York", "city:us-ny flood"),))


def haversine(a: int, b: int) -> float:
    """Kilometres between two rows of the gazetteer, on a sphere of the mean radius."""
    known = gazetteer()
    north, south = math.radians(known.latitude(a)), math.radians(known.latitude(b))
    east = math.radians(known.longitude(b) - known.longitude(a))
    half = math.sin((south - north) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(east / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(half)))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 3_000), max_size=3), max_size=12),
    st.integers(0, 3_000),
    st.integers(1, 20_000),
    st.sampled_from(["km", "mi"]),
)
def test_near_is_what_a_ruler_says(held: list[list[int]], centre: int, distance: int, unit: str) -> None:
    known = gazetteer()
    rows = [[row * 70 % len(known.geonameid) for row in cities] for cities in held]
    centre = centre * 70 % len(known.geonameid)
    distance = min(distance, 12_000)
    stories = []
    for number, cities in enumerate(rows, 1):
        places = tuple(known.city(row) for row in cities)
        article = Article(f"s{number}", "One", cities=tuple(_about(city) for city in places))
        stories.append(Story(article, number, number, "2026-01-01T00:00:00Z", number))
    kilometres = distance * (1.609344 if unit == "mi" else 1.0)
    expected = {
        f"s{number}" for number, cities in enumerate(rows, 1) if any(haversine(centre, c) <= kilometres for c in cities)
    }
    with TemporaryDirectory() as folder:
        write(Path(folder), *stories)
        with open_archive(folder) as archive:
            page = archive.search(Request(f"near:{known.geonameid[centre]}~{distance}{unit}", limit=100))
    assert {hit.article.id for hit in page.hits} == expected


def _about(city: City) -> City:
    return City(city.geonameid, city.name, city.region, city.country, city.latitude, city.longitude, role="about")
