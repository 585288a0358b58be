"""A robot that heeds the hints comes to an end, and how far it goes grows with what is held, not with ways to cut it.

Archives of two sizes are crawled whole. In each a robot may read its stories, its cities and a few pages more, the same
few whatever the size; the ways to filter, which multiply, are none of its business.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urldefrag, urlsplit
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from index import Article, City, Story
from search import open_archive
from tests.search.test_archive import write
from tests.web.links import parse
from web import create_app

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def held(stories: int, cities: int) -> list[Story]:
    """Stories of so many cities, with sections, papers, writers and dates that combine in many ways."""
    return [
        Story(
            Article(
                id=f"s{number}",
                headline=f"Report {number} on the bridge and the levee",
                body=f"The council of ward {number % 17} spoke of bridge {number}.\n\nMore was said of the levee.",
                published=f"{1990 + number % 9}-{number % 12 + 1:02}-{number % 27 + 1:02}",
                byline=f"Writer {number % 11}",
                section=("News", "Sport", "Business", "Weather", "Opinion")[number % 5],
                source=("Ledger", "Argus", "Lantern")[number % 3],
                cities=(City(None, f"Town {number % cities}", f"State {number % 4}", role="dateline"),),
            ),
            number + 1,
            number + 1,
            "2026-01-01T00:00:00Z",
            number + 1,
        )
        for number in range(stories)
    ]


@contextmanager
def served(folder: Path, stories: int, cities: int) -> Iterator[FlaskClient]:
    write(folder, *held(stories, cities))
    with open_archive(folder) as archive:
        yield create_app(archive).test_client()


def within(link: str) -> str:
    parts = urlsplit(urldefrag(link)[0])
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def crawled(client: FlaskClient, *begin: str, heeds_robots: bool = True, most: int = 5_000) -> set[str]:
    """Every address that a robot reads which never follows a `nofollow`, beginning with those and the sitemap."""
    lines = client.get("/robots.txt").text.splitlines()
    forbidden = tuple(line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: "))

    def listed(address: str) -> list[str]:
        root = ElementTree.fromstring(client.get(address).data)
        return [within(element.text or "") for element in root.iter(f"{SITEMAP}loc")]

    waiting = [*begin, *(page for chunk in listed("/sitemap.xml") for page in listed(chunk))]
    seen: set[str] = set()
    while waiting:
        address = waiting.pop()
        if address in seen or (heeds_robots and address.startswith(forbidden)):
            continue
        seen.add(address)
        assert len(seen) <= most, f"no end of pages, {address} among them"
        answer = client.get(address, follow_redirects=True)
        assert answer.status_code == 200, address
        if answer.mimetype != "text/html":
            continue
        document = parse(answer.text)
        robots = [tag.attributes["content"] for tag in document.all("meta", name_="robots")]
        assert all(content == "noindex,follow" for content in robots), address
        waiting += [
            within(tag.attributes["href"])
            for tag in document.all("a")
            if tag.attributes.get("href", "").startswith("/") and "nofollow" not in tag.attributes.get("rel", "")
        ]
    return seen


SIZES = [(40, 5), (160, 20)]


@pytest.fixture(scope="module")
def robots(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[int, int], set[str]]:
    """What a robot that heeds everything reads of each size."""
    found = {}
    for stories, cities in SIZES:
        with served(tmp_path_factory.mktemp("crawled"), stories, cities) as client:
            found[stories, cities] = crawled(client, "/")
    return found


@pytest.mark.parametrize("size", SIZES)
def test_a_robot_reads_every_story_and_city_and_a_few_pages(
    robots: dict[tuple[int, int], set[str]], size: tuple[int, int]
) -> None:
    stories = {address for address in robots[size] if address.startswith("/stories/")}
    cities = {address for address in robots[size] if address.startswith("/cities/")}
    assert (len(stories), len(cities)) == size
    sources = {"/sources/argus", "/sources/lantern", "/sources/ledger"}
    assert {address for address in robots[size] if address.startswith("/sources/")} == sources
    rest = robots[size] - stories - cities - sources
    ways = {"/", "/search", "/cities", "/sources", "/coverage", "/covered", "/help", "/about", "/api/v1"}
    assert {address for address in rest if not address.startswith("/on/")} == ways
    assert len([address for address in rest if address.startswith("/on/")]) == 1


def test_four_times_the_archive_is_four_times_the_pages(robots: dict[tuple[int, int], set[str]]) -> None:
    few, many = (len(robots[size]) - sum(size) for size in SIZES)
    assert few == many


def test_even_a_robot_that_reads_no_robots_txt_and_comes_upon_searches_finds_an_end(tmp_path: Path) -> None:
    searches = (
        "/search?q=bridge&section=News&since=1990&until=1995",
        "/search?q=levee&copies=show&sort=oldest&size=50",
    )
    grown = []
    for stories, cities in SIZES:
        with served(tmp_path / str(stories), stories, cities) as client:
            found = crawled(client, "/", *searches, heeds_robots=False)
        # Each search that somebody linked to marks its words in the stories it lists; nothing multiplies with another.
        assert len(found) <= stories * (1 + len(searches)) + cities + 40
        grown.append(len([address for address in found if address.startswith("/search")]))
    assert grown[0] == grown[1]


@pytest.mark.parametrize(
    "address",
    [
        "/search?q=bridge&section=News",
        "/search/byline?q=bridge",
        "/map?q=bridge",
        "/on/03-04",
        "/on/1990",
        "/coverage",
        "/cities/town-0",
        "/sources/argus",
    ],
)
def test_whatever_cuts_a_search_is_not_to_be_followed(tmp_path: Path, address: str) -> None:
    with served(tmp_path, 40, 5) as client:
        answer = client.get(address, follow_redirects=True)
        assert answer.status_code == 200
        links = [tag for tag in parse(answer.text).all("a") if tag.attributes.get("href", "").startswith("/search?")]
        followed = [tag.attributes["href"] for tag in links if "nofollow" not in tag.attributes.get("rel", "")]
        assert [link for link in followed if "&" in link] == []
