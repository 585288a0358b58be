"""A page without stories says what the archive lacks, and links to what would be found with one thing less."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search import open_archive
from tests.search.test_archive import MAINE, OREGON, story, write
from tests.web.links import parse
from web import create_app


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    write(
        tmp_path,
        story(1, "Mayor opens bridge", "The mayor walked over it.", published="2018-01-24", cities=(OREGON,)),
        story(2, "Bridge shut", "The council shut the bridge.", published="2019-05-02", cities=(MAINE,)),
        story(3, "Council meets", "The council met on water rates.", published="2019-06", section="Metro"),
    )
    return create_app(open_archive(tmp_path)).test_client()


@pytest.mark.parametrize(
    ("address", "notes", "ways"),
    [
        (
            "/search?q=bridge+zebra",
            ["No story here has the word “zebra”."],
            [("without “zebra”: 2 stories", "/search?q=bridge")],
        ),
        (
            "/search?q=mayor+council",
            [],
            [
                ("without “mayor”: 2 stories", "/search?q=council"),
                ("without “council”: 1 story", "/search?q=mayor"),
            ],
        ),
        (
            "/search?q=bridge&until=1901",
            ["The archive holds no story until 31 December 1901."],
            [("without the dates: 2 stories", "/search?q=bridge")],
        ),
        (
            "/search?q=mayor&city=4975802&since=2019",
            [],
            [("without any filter: 1 story", "/search?q=mayor")],
        ),
        (
            "/search?q=%22mayor+bridge%22",
            [],
            [("with the words of the phrase “mayor bridge” anywhere: 1 story", "/search?q=mayor+bridge")],
        ),
        (
            "/search?q=bridge+-bridge",
            ["The same is wanted and excluded; no story can match."],
            [],
        ),
    ],
)
def test_what_is_lacking_is_said_and_what_would_help_is_a_link(
    client: FlaskClient, address: str, notes: list[str], ways: list[tuple[str, str]]
) -> None:
    document = parse(client.get(address).text)
    assert document.text("h1") == ["No stories"]
    said = document.one("ul", class_="notes").text.strip().splitlines() if notes else []
    assert said == notes
    nothing = document.one("div", class_="nothing")
    assert all(label in nothing.text for label, _ in ways)
    links = [(" ".join(tag.text.split()), tag.attributes["href"]) for tag in document.all("a")]
    assert [link for link in links if link[0].startswith(("without ", "with the words"))] == ways
    for label, there in ways:
        many = label.rpartition(": ")[2]
        assert parse(client.get(there).text).text("h1") == [many]


def test_another_spelling_is_offered_where_nothing_is_found(client: FlaskClient) -> None:
    document = parse(client.get("/search?q=brigde").text)
    assert document.text("p", class_="suggestion") == ["Did you mean bridge?"]
