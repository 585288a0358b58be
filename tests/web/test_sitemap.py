"""The sitemap leads robots to every story, in chunks, each with the day on which it last changed."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from tests.web.fake import FakeArchive
from web import sitemap

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def entries(client: FlaskClient, address: str, name: str) -> list[tuple[str, str | None]]:
    """Addresses and days of the entries of a sitemap."""
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/xml")
    root = ElementTree.fromstring(answer.data)
    return [(entry.findtext(f"{SITEMAP}loc", ""), entry.findtext(f"{SITEMAP}lastmod")) for entry in root.iter(name)]


@pytest.mark.parametrize("chunk", [1, 5, 2_000])
def test_every_story_stands_in_one_chunk_with_the_day_it_changed(
    client: FlaskClient, archive: FakeArchive, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(sitemap, "CHUNK", chunk)
    index = entries(client, "/sitemap.xml", f"{SITEMAP}sitemap")
    assert {changed for _, changed in index} == {"2026-01-02T03:04:05+00:00"}
    pages, *chunks = [loc for loc, _ in index]
    assert pages == "http://localhost/sitemap-pages.xml"
    listed = [entries(client, loc.removeprefix("http://localhost"), f"{SITEMAP}url") for loc in chunks]
    assert all(0 < len(one) <= chunk for one in listed)
    ids = [loc.split("/")[4] for one in listed for loc, _ in one]
    assert sorted(ids) == sorted(archive.held)
    assert {day for one in listed for _, day in one} == {"2026-01-02"}


def test_a_chunk_that_is_not_there_is_no_page(client: FlaskClient) -> None:
    for address in ("/sitemap-1999-2.xml", "/sitemap-1700-1.xml", "/sitemap-undated-0.xml", "/sitemap-x-1.xml"):
        assert client.get(address).status_code == 404


def test_the_pages_beside_the_stories_are_listed_too(client: FlaskClient) -> None:
    paths = [loc.removeprefix("http://localhost") for loc, _ in entries(client, "/sitemap-pages.xml", f"{SITEMAP}url")]
    assert paths == [
        *("/", "/cities", "/sources", "/coverage", "/covered", "/help", "/about"),
        *("/cities/portland-oregon", "/cities/portland-maine"),
        *("/sources/the-harbor-light", "/sources/the-canalside-argus"),
        *("/sources/script-alert-1-script-quotes", "/sources/other-wire", "/sources/wire"),
    ]


def test_robots_are_told_where_it_is_and_what_is_no_use_to_them(client: FlaskClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert (lines[0], lines[-1]) == ("User-agent: *", "Sitemap: http://localhost/sitemap.xml")
    assert {"Disallow: /search?", "Disallow: /search.", "Disallow: /search/", "Disallow: /api/v1/"} <= set(lines)
