"""The pages over the project's own samples and the real engine: a robot reaches every story, and no link is dead."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from search import open_archive
from search.request import Request
from tests.web.links import parse
from web import create_app

ROOT = Path(__file__).parents[2]
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    place = tmp_path_factory.mktemp("samples") / "archive"
    command = [sys.executable, "-m", "index", "add", "samples", "--archive", str(place)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with open_archive(place) as archive:
        yield create_app(archive).test_client()


def path_of(link: str) -> str:
    parts = urlsplit(link)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def sitemap(client: FlaskClient, address: str) -> list[str]:
    root = ElementTree.fromstring(client.get(address).data)
    return [path_of(element.text or "") for element in root.iter(f"{SITEMAP}loc")]


#: One in so many stories is opened; the others are only looked up.
EVERY = 6


def test_a_robot_that_heeds_the_hints_finds_every_story_and_no_end_of_pages(client: FlaskClient) -> None:
    forbidden = tuple(
        line.removeprefix("Disallow: ")
        for line in client.get("/robots.txt").text.splitlines()
        if line.startswith("Disallow: ")
    )
    waiting = ["/", *(page for chunk in sitemap(client, "/sitemap.xml") for page in sitemap(client, chunk))]
    listed = sorted(page for page in waiting if page.startswith("/stories/"))
    waiting = [page for page in waiting if page not in listed] + listed[::EVERY]
    seen: set[str] = set()
    while waiting:
        address = waiting.pop()
        if address in seen or address.startswith(forbidden):
            continue
        seen.add(address)
        answer = client.get(address)
        assert answer.status_code == 200, address
        if answer.mimetype == "text/html":
            waiting += [
                path_of(tag.attributes["href"])
                for tag in parse(answer.text).all("a")
                if "nofollow" not in tag.attributes.get("rel", "") and tag.attributes["href"].startswith("/")
            ]
    held = client.application.extensions["morgue"].archive.search(Request(copies="show", limit=0)).total
    assert len(listed) == held
    assert len(set(listed)) == held
    assert set(listed[::EVERY]) <= seen
    assert len([address for address in seen if not address.startswith("/stories/")]) < held


def test_no_link_of_a_results_page_is_dead_or_leads_elsewhere_first(client: FlaskClient) -> None:
    answers: dict[str, int] = {}
    for page in ("/search?q=mayor&section=Politics", "/search?q=levee&sort=oldest"):
        for link in parse(client.get(page).text).links:
            if link.startswith("/") and link not in answers:
                answers[link] = client.get(link).status_code
    assert {link: status for link, status in answers.items() if status != 200} == {}


def test_the_results_page_is_light(client: FlaskClient) -> None:
    assert len(client.get("/search?q=the+OR+a+OR+city").data) < 60_000


def test_every_example_of_the_help_page_is_understood(client: FlaskClient) -> None:
    examples = [link for link in parse(client.get("/help").text).links if link.startswith("/search?q=")]
    assert len(examples) == 22
    for link in examples:
        answer = client.get(link.replace("/search", "/api/v1/search")).get_json()
        notes = {note["kind"] for note in answer["diagnostics"]}
        assert notes <= {"several-cities", "way-out", "nothing-held"}, (link, answer["explain"])
