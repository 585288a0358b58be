"""What the script needs of the pages: hooks that are there, and a page that is whole without it."""

from __future__ import annotations

import re
from pathlib import Path

from flask.testing import FlaskClient

STATIC = Path(__file__).resolve().parent.parent.parent / "web" / "static"


def test_the_script_is_one_short_file() -> None:
    assert [path.name for path in STATIC.glob("*.js")] == ["morgue.js"]
    assert (STATIC / "morgue.js").read_text(encoding="utf-8").count("\n") < 300


def test_every_bar_can_be_brushed_into_the_date_fields(client: FlaskClient) -> None:
    page = client.get("/search?q=flood&by=year").text
    ends = re.search(r'data-since="([^"]*)" data-until="([^"]*)"', page)
    assert ends is not None
    assert ends.groups() == ("1997 1998 1999 2000 2001 2002",) * 2
    decades = re.search(r'data-since="([^"]*)" data-until="([^"]*)"', client.get("/search?q=flood&by=decade").text)
    assert decades is not None
    assert decades.groups() == ("1990 2000", "1999 2009")


def test_the_page_of_values_says_which_list_its_field_narrows(client: FlaskClient) -> None:
    page = client.get("/search/byline?q=flood").text
    assert 'data-narrows="values-byline"' in page
    assert page.count('id="values-byline"') == 1


def test_buttons_that_need_the_script_are_hidden_without_it(client: FlaskClient) -> None:
    page = client.get("/stories/bridge-1/council-votes-to-close-the-merrow-bridge").text
    buttons = re.findall(r"<button[^>]*data-copies[^>]*>", page)
    assert len(buttons) == 2
    assert all(" hidden" in button for button in buttons)
