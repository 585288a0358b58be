"""A list can be read past the last page, and stays the list that was begun while the archive grows under it."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from index.article import Story
from tests.web.fake import FakeArchive, article
from web import create_app, cursor
from web.cursor import Cursor, CursorError


def ask(client: FlaskClient, query: str) -> dict[str, Any]:
    answer = client.get(f"/api/v1/search?{query}")
    assert answer.status_code == 200, answer.text
    form: dict[str, Any] = answer.get_json()
    return form


def ids(answer: dict[str, Any]) -> list[str]:
    return [hit["id"] for hit in answer["hits"]]


def whole(client: FlaskClient, query: str) -> list[str]:
    """The ids of a list, read by its cursors to the end."""
    answer = ask(client, query)
    found = ids(answer)
    while answer["next"]:
        answer = ask(client, f"{query}&cursor={answer['next']}")
        found += ids(answer)
    return found


def grown(archive: FakeArchive, *stories: Story, without: tuple[str, ...] = ()) -> None:
    """Put other stories into an archive, and make it another generation."""
    held = [story for id, story in archive.held.items() if id not in without] + list(stories)
    other = FakeArchive(held)
    archive.held, archive.judge = other.held, other.judge
    archive.newest_arrival = max(story.arrival for story in held)
    archive.generation = f"1.{int(archive.generation.partition('.')[2]) + 1}"


def late(number: int) -> Story:
    return Story(
        article(f"late-{number}", "Flood, newer than all", "The flood.", published="2020-01-01"),
        number,
        number,
        "2026-02-02T00:00:00Z",
        number,
    )


@pytest.mark.parametrize("query", ["q=flood", "q=flood&sort=newest", "sort=oldest", "sort=arrived&copies=show"])
@pytest.mark.parametrize("limit", [1, 7, 100])
def test_all_pages_together_are_the_list(client: FlaskClient, archive: FakeArchive, query: str, limit: int) -> None:
    at_once = ids(ask(client, f"{query}&limit=100"))
    assert whole(client, f"{query}&limit={limit}") == at_once
    assert len(set(at_once)) == len(at_once) > 40


def test_there_is_a_way_on_only_where_there_are_more(client: FlaskClient) -> None:
    assert ask(client, "q=flood&limit=100")["next"] is None
    assert ask(client, "q=flood&limit=0")["next"] is None
    assert ask(client, "q=zzz")["next"] is None
    assert ask(client, "q=flood&limit=10&offset=40")["next"] is None is not ask(client, "q=flood&limit=9&offset=39")


def test_it_goes_past_the_last_page(client: FlaskClient, archive: FakeArchive) -> None:
    place = cursor.read(ask(client, "q=flood&limit=1")["next"])
    beyond = cursor.written(replace(place, offset=123_456))
    assert ask(client, f"q=flood&limit=5&cursor={beyond}")["hits"] == []
    assert archive.asked[-1].offset == 123_456
    assert client.get("/api/v1/search?q=flood&offset=123456").status_code == 400


def test_what_arrives_meanwhile_moves_nothing(client: FlaskClient, archive: FakeArchive) -> None:
    query = "q=flood&sort=newest&limit=10"
    before = whole(client, query)
    answer = ask(client, query)
    found = ids(answer)
    for number in range(100, 200):
        if answer["next"] is None:
            break
        grown(archive, late(number))
        answer = ask(client, f"{query}&cursor={answer['next']}")
        assert answer["changed"].startswith("The archive has changed since this list was begun.")
        assert answer["total"] == len(before)
        found += ids(answer)
    assert found == before
    assert ids(ask(client, query))[0].startswith("late-")


@pytest.mark.parametrize("gone", [("flood-44",), ("flood-40", "flood-41"), ("flood-35", "flood-36")])
def test_what_is_removed_meanwhile_lets_nothing_slip(
    client: FlaskClient, archive: FakeArchive, gone: tuple[str, ...]
) -> None:
    query = "q=flood&sort=newest&limit=10"
    answer = ask(client, query)
    found = ids(answer)
    expected = [id for id in whole(client, query) if id in found or id not in gone]
    grown(archive, without=gone)
    while answer["next"]:
        answer = ask(client, f"{query}&cursor={answer['next']}")
        found += ids(answer)
    assert found == expected


def test_a_place_that_cannot_be_found_again_is_said(client: FlaskClient, archive: FakeArchive) -> None:
    query = "q=flood&sort=newest&limit=10"
    answer = ask(client, query)
    grown(archive, without=tuple(ids(answer)))
    after = ask(client, f"{query}&cursor={answer['next']}")
    assert after["changed"].endswith("so the list was gone on with by number.")
    assert len(ids(after)) == 10


def test_a_page_made_while_the_archive_changes_is_of_one_list(
    archive: FakeArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = create_app(archive).test_client()
    search = archive.search
    before = whole(client, "q=flood&sort=newest&limit=10")

    def meanwhile(request: Any) -> Any:
        monkeypatch.setattr(archive, "search", search)
        grown(archive, late(100))
        return search(request)

    monkeypatch.setattr(archive, "search", meanwhile)
    assert whole(client, "q=flood&sort=newest&limit=10") == before


@pytest.mark.parametrize(
    ("address", "detail"),
    [
        ("q=flood&cursor=abc", "The cursor is not as it was given out."),
        ("q=flood&cursor=%C3%A9", "The cursor is not as it was given out."),
        ("q=fire&cursor=GOOD", "The cursor is of another search"),
        ("q=flood&section=News&cursor=GOOD", "The cursor is of another search"),
        ("q=flood&sort=newest&cursor=GOOD", "The cursor is of another search"),
        ("q=flood&cursor=GOOD&offset=3", "A cursor already says where to read on"),
        ("q=flood&cursor=GOOD&page=3", "A cursor already says where to read on"),
    ],
)
def test_a_cursor_that_does_not_fit_is_a_problem(client: FlaskClient, address: str, detail: str) -> None:
    good = ask(client, "q=flood&limit=5")["next"]
    answer = client.get(f"/api/v1/search?{address.replace('GOOD', good)}")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert answer.get_json(force=True)["detail"].startswith(detail)


def test_how_many_at_a_time_may_change_on_the_way(client: FlaskClient) -> None:
    answer = ask(client, "q=flood&limit=3")
    rest = ask(client, f"q=flood&limit=100&facets=1&by=year&cursor={answer['next']}")
    assert ids(answer) + ids(rest) == ids(ask(client, "q=flood&limit=100"))


PLACES = st.builds(
    Cursor,
    st.text("0123456789abcdef", min_size=16, max_size=16),
    st.integers(0, 10**7),
    st.integers(0, 10**9),
    st.from_regex(r"[0-9]{1,6}\.[0-9]{1,6}", fullmatch=True),
    st.lists(st.from_regex(r"[A-Za-z0-9._~-]{1,128}", fullmatch=True), max_size=3).map(tuple),
)


@given(PLACES, st.integers(0), st.integers(1, 255))
def test_a_cursor_reads_back_and_any_change_is_noticed(place: Cursor, at: int, change: int) -> None:
    text = cursor.written(place)
    assert cursor.read(text) == place
    assert len(text) <= cursor.LONGEST
    raw = bytearray(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    raw[at % len(raw)] ^= change
    with pytest.raises(CursorError):
        cursor.read(base64.urlsafe_b64encode(raw).decode().rstrip("="))
    with pytest.raises(CursorError):
        cursor.read(text[: at % len(text)])
