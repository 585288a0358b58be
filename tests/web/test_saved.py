"""A search is saved as lines that the digest reads as the same search."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search.saved import read_saved
from tests.web.links import parse
from web.saved import saved


@pytest.mark.parametrize(
    ("address", "name", "asked"),
    [
        ("/search", "All stories", ()),
        ("/search?q=flood", "“flood”", (("q", "flood"),)),
        ("/search?q=flood&sort=oldest&page=2&scale=share", "“flood”", (("q", "flood"),)),
        ("/search?q=flood&cited=2026-01-02~49~52~1.1&arrived-by=40", "“flood”", (("q", "flood"),)),
        (
            "/search?q=%22the+levee%22+OR+%5C&city=5746545&not-section=Weather&since=1999&copies=show",
            '“"the levee" OR \\”, in Portland, Oregon, not in Weather, since 1999, every copy listed',
            (
                ("q", '"the levee" OR \\'),
                ("city", "5746545"),
                ("not-section", "Weather"),
                ("since", "1999"),
                ("copies", "show"),
            ),
        ),
    ],
)
def test_the_lines_of_a_page_are_read_as_the_search_that_it_shows(
    client: FlaskClient, tmp_path: Path, address: str, name: str, asked: tuple[tuple[str, str], ...]
) -> None:
    page = parse(client.get(address, follow_redirects=True).text)
    file = tmp_path / "searches.toml"
    file.write_text(page.one("pre", id="saved").text, "utf-8")
    (search,) = read_saved(file).searches
    assert search.name == name
    assert tuple(pair for pair in search.asked if pair[0] not in ("sort", "scale")) == asked


def test_a_name_of_any_letters_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "searches.toml"
    for name in ('"', "\\", "橋 and Łódź", "a\nb\u2028c", "\x00\x1f"):
        file.write_text(saved(name, "http://localhost/search?q=x"), "utf-8")
        (search,) = read_saved(file).searches
        assert search.name == name.strip()
