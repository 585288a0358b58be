"""When something goes wrong a reader gets plain words, a machine a problem document, and nobody a traceback."""

from __future__ import annotations

import logging

import pytest

from search.archive import ArchiveDamaged
from search.page import Page
from search.request import Request
from tests.web.fake import FakeArchive
from tests.web.links import parse
from web import create_app
from web.app import CONTENT_SECURITY_POLICY


class BrokenArchive(FakeArchive):
    def __init__(self, fault: Exception) -> None:
        super().__init__()
        self.fault = fault

    def search(self, request: Request) -> Page:
        raise self.fault


@pytest.mark.parametrize(
    ("fault", "status", "heading"),
    [
        (ArchiveDamaged("The file words.bin is not what was written."), 503, "The archive cannot be read just now"),
        (ZeroDivisionError("secret detail"), 500, "Something went wrong"),
    ],
)
def test_a_fault_is_told_in_plain_words_and_kept_in_the_log(
    fault: Exception, status: int, heading: str, caplog: pytest.LogCaptureFixture
) -> None:
    client = create_app(BrokenArchive(fault)).test_client()
    with caplog.at_level(logging.ERROR):
        page = client.get("/search?q=flood")
    assert page.status_code == status
    assert parse(page.text).text("h1") == [heading]
    assert "secret" not in page.text
    assert "Traceback" not in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert caplog.records
    problem = client.get("/api/v1/search?q=flood")
    assert (problem.status_code, problem.mimetype) == (status, "application/problem+json")
    assert problem.get_json(force=True)["title"] == heading


@pytest.mark.parametrize("address", ["/search?q=" + "flood" * 3_000, "/search?" + "city=1&" * 500, "/search?page=1e9"])
def test_an_endless_address_is_cut_and_not_a_fault(address: str) -> None:
    answer = create_app(FakeArchive()).test_client().get(address, follow_redirects=True)
    assert answer.status_code == 200


def test_a_question_beyond_a_facets_cap_says_so() -> None:
    address = "/search?" + "&".join(f"city={number}" for number in range(150))
    page = parse(create_app(FakeArchive()).test_client().get(address).text)
    assert "city has more than 100 values. The rest were not used." in page.text("li", class_="warning")


@pytest.mark.parametrize(
    "list",
    [
        *("search.csv", "search.jsonl", "search.ris", "search.atom", "search.json"),
        *("search.clippings", "map", "search/city"),
    ],
)
def test_what_cannot_be_read_is_not_passed_over_where_nobody_would_see_it(list: str) -> None:
    answer = create_app(FakeArchive()).test_client().get(f"/{list}?q=flood&since=someday")
    assert answer.status_code == 400
    page = parse(answer.text)
    assert page.text("h1") == ["That could not be read"]
    assert "“someday” is not a date I can read: write 1987, 1987-04, 1987-04-09 or April 1987." in page.text("p")


#: One answer of each type that follows the archive.
ANSWERS = [
    *("/", "/search?q=flood", "/stories/bridge-1/council-votes-to-close-the-merrow-bridge", "/cities/portland-oregon"),
    *("/sources/wire", "/on/1999", "/map", "/coverage", "/cite/bridge-1?as=ris", "/search.clippings", "/about"),
    *("/search.csv", "/search.jsonl", "/search.ris", "/search.atom", "/search.rss", "/search.json", "/opensearch.xml"),
    *("/api/v1/search", "/api/v1/articles/bridge-1", "/api/v1/cities", "/api/v1/openapi.json", "/api/v1"),
    *("/sitemap.xml", "/sitemap-1999-1.xml", "/robots.txt"),
]


@pytest.mark.parametrize("address", ANSWERS)
def test_every_type_of_answer_is_asked_for_by_its_head_and_not_sent_twice(address: str) -> None:
    client = create_app(FakeArchive()).test_client()
    whole = client.get(address)
    head = client.head(address)
    assert (whole.status_code, head.status_code, head.data) == (200, 200, b"")
    ours = ("Content-Type", "ETag", "Last-Modified", "Cache-Control", "Content-Disposition", "Stories-Found")
    assert [head.headers.get(name) for name in ours] == [whole.headers.get(name) for name in ours]
    for held in ({"If-None-Match": whole.headers["ETag"]}, {"If-Modified-Since": whole.headers["Last-Modified"]}):
        again = client.get(address, headers=held)
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", whole.headers["ETag"])
