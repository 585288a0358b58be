"""A search that was cited says, when it is opened again, what has changed since; and shows what was there then."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient

from index.article import Story
from tests.web.fake import FakeArchive, article
from tests.web.links import Document, parse
from tests.web.test_cursor import grown, late
from web.citation import Citation, citation


def opened(client: FlaskClient, address: str) -> Document:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.headers.get("Location"))
    return parse(answer.text)


def cite(client: FlaskClient, address: str) -> tuple[str, str]:
    """The citation that a page offers, and the link in it."""
    document = opened(client, address)
    (text,) = document.text("p", class_="citation")
    (link,) = [link for link in document.links if "cited=" in link]
    assert text.endswith(f"http://localhost{link}")
    return text, link


def said(client: FlaskClient, address: str) -> str:
    (text,) = opened(client, address).text("p", class_="notes cited")
    return text


TODAY = f"{date.today():%B} {date.today().day}, {date.today().year}"


def test_a_citation_names_the_search_the_count_and_the_state(client: FlaskClient, archive: FakeArchive) -> None:
    archive.generation = "17.3"
    text, link = cite(client, "/search?q=flood&section=News&page=2")
    assert text == (
        f"Searched for flood. 30 stories. The Test Morgue, 17.3, {TODAY}, "
        f"http://localhost/search?q=flood&section=News&cited={date.today()}~30~52~17.3"
    )
    assert citation(link.partition("cited=")[2]) == Citation(date.today(), 30, 52, "17.3")
    assert "cited" not in opened(client, "/search?q=flood").text("p", class_="explain")[0]


def test_where_nothing_has_changed_that_is_said(client: FlaskClient) -> None:
    _, link = cite(client, "/search?q=flood")
    assert said(client, link) == (
        f"Cited on {TODAY} with 49 stories, from state 1.1 of the archive. Today 49 stories: the same as then."
    )


def test_what_has_arrived_is_counted_and_what_was_there_is_a_click_away(
    client: FlaskClient, archive: FakeArchive
) -> None:
    _, link = cite(client, "/search?q=flood&sort=newest")
    before = opened(client, link).text("h3")
    grown(archive, late(100), late(101), late(102))
    assert said(client, link) == (
        f"Cited on {TODAY} with 49 stories, from state 1.1 of the archive. Today 52 stories: 3 more have arrived. "
        "Only the 49 stories of then · Last added first"
    )
    then = "/search?q=flood&arrived-by=52&sort=newest"
    assert {then, "/search?q=flood&sort=arrived"} <= set(opened(client, link).links)
    document = opened(client, then)
    assert [heading for heading in document.text("h3") if "Flood" in heading] == [
        heading for heading in before if "Flood" in heading
    ]
    assert document.text("h1") == ["49 stories"]
    assert [" ".join(tag.text.split()) for tag in document.all("a", class_="tag")] == ["among the first 52 to arrive×"]
    assert document.one("input", name_="arrived-by").attributes["value"] == "52"


def test_what_was_removed_or_corrected_is_told_apart(client: FlaskClient, archive: FakeArchive) -> None:
    _, link = cite(client, "/search?q=flood")
    corrected = Story(article("copy", "Council votes", "No flood."), 100, 6, "2026-02-02T00:00:00Z", 6)
    grown(archive, late(101), corrected, without=("flood-1", "flood-2", "copy"))
    assert "Today 49 stories: 1 more has arrived; 1 of those then found was changed or removed." in said(client, link)
    grown(archive, without=("flood-3",))
    assert "Today 48 stories: 1 more has arrived; 2 of those then found were changed or removed." in said(client, link)


def test_what_is_found_since_it_was_corrected_is_told(client: FlaskClient, archive: FakeArchive) -> None:
    _, link = cite(client, "/search?q=flood")
    corrected = Story(article("bridge-1", "A flood at the bridge"), 100, 1, "2026-02-02T00:00:00Z", 1)
    grown(archive, corrected, without=("bridge-1",))
    assert said(client, link).endswith("Today 50 stories: 1 more of those then held is found, having been changed.")


def test_another_archive_is_noticed(client: FlaskClient, archive: FakeArchive) -> None:
    _, link = cite(client, "/search?q=flood")
    archive.newest_arrival = 12
    assert said(client, link).endswith(
        "this archive holds fewer stories than the one that was cited, so it may be another."
    )


def test_a_list_of_then_is_cited_as_such(client: FlaskClient, archive: FakeArchive) -> None:
    _, link = cite(client, "/search?q=flood&arrived-by=30")
    grown(archive, late(100))
    assert said(client, link).endswith("Today 27 stories: the same as then.")


@pytest.mark.parametrize("text", ["x", "2026-11-25~412~5210", "2026-13-25~412~5210~17.3", "2026-11-25~-1~5210~17.3"])
def test_a_citation_that_is_not_whole_is_said(client: FlaskClient, text: str) -> None:
    document = opened(client, f"/search?q=flood&cited={text}")
    assert "The citation in this address is not whole. So it cannot be said what has changed since." in (
        document.text("li", class_="warning")
    )
    assert document.text("h1") == ["49 stories"]


def test_lists_to_take_away_may_be_those_of_then(client: FlaskClient, archive: FakeArchive) -> None:
    before = client.get("/search.jsonl?q=flood").data
    grown(archive, late(100))
    assert client.get("/search.jsonl?q=flood&arrived-by=52").data == before
    assert client.get("/search.jsonl?q=flood").data != before
    assert client.get("/api/v1/search?q=flood&arrived-by=52").get_json()["total"] == 49
    assert client.get("/api/v1/search?q=flood&arrived-by=no").status_code == 400


def test_a_program_is_told_the_same_in_numbers(client: FlaskClient, archive: FakeArchive) -> None:
    first = client.get("/api/v1/search?q=flood&section=News&limit=5").get_json()
    assert first["citation"] == f"{date.today()}~30~52~1.1"
    assert first["cited"] is None
    again = f"/api/v1/search?q=flood&section=News&limit=5&cited={first['citation']}"
    told = client.get(again).get_json()["cited"]
    assert told == {
        "day": date.today().isoformat(),
        "total": 30,
        "arrived_by": 52,
        "generation": "1.1",
        "kept": 30,
        "arrived": 0,
        "same": True,
        "other_archive": False,
        "then": "/api/v1/search?q=flood&section=News&arrived-by=52",
    }
    grown(archive, late(101), late(102), without=("flood-1",))
    changed = client.get(again).get_json()
    assert changed["cited"] == told | {"kept": 29, "arrived": changed["total"] - 29, "same": False}
    assert client.get(told["then"]).get_json()["total"] == 29
    archive.newest_arrival = 12
    assert client.get(again).get_json()["cited"]["other_archive"]
    assert client.get("/api/v1/search?cited=x").status_code == 400


def test_a_list_read_by_its_cursor_may_be_one_that_was_cited(client: FlaskClient) -> None:
    cited = client.get("/api/v1/search?q=flood").get_json()["citation"]
    first = client.get(f"/api/v1/search?q=flood&limit=5&cited={cited}").get_json()
    for further in (f"&cited={cited}", ""):
        answer = client.get(f"/api/v1/search?q=flood&limit=5&cursor={first['next']}{further}").get_json()
        assert len(answer["hits"]) == 5
        assert (answer["cited"] is not None) == bool(further)
