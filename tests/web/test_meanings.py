"""The results page says which written forms a word finds, and leads to the search for one of them only."""

from __future__ import annotations

from pathlib import Path

from search import open_archive
from tests.search.test_archive import story, write
from tests.web.links import parse
from web import create_app


def test_a_words_forms_are_counted_and_can_be_made_exact(tmp_path: Path) -> None:
    write(tmp_path, story(1, "Councils meet", "The council met the council."), story(2, "Rain", "Wet."))
    with open_archive(tmp_path) as archive:
        client = create_app(archive).test_client()
        document = parse(client.get("/search?q=council").text)
        links = [link for link in document.links if "%3Dcouncil" in link]
        assert (document.text("dt"), document.text("dd")) == (
            ["council · only as written"],
            ["council (2), Councils (1)"],
        )
        assert links
        assert client.get(links[0], follow_redirects=True).status_code == 200
        assert parse(client.get("/search?q=zebra").text).text("dt") == []
