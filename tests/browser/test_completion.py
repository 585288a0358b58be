"""The search box that completes what is typed: WAI-ARIA's combobox, by keyboard and by pointer, over a plain form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.chromium import DESK, PHONE, Scheme
from tests.browser.conftest import Look
from tests.browser.test_accessibility import JUDGE, TAGS

LIST = "ul.completions"


def offered(page: Page, text: str) -> list[str]:
    """Write into the search box and return what the list below it then offers.

    All at once: letter by letter, the list of the first letters might come before that of all.
    """
    page.locator("#q").fill(text)
    expect(page.locator(LIST)).to_be_visible()
    return texts(page)


def texts(page: Page) -> list[str]:
    """Return the query that each line of the list stands for."""
    found: list[str] = page.locator(f"{LIST} [role=option]").evaluate_all(
        "lines => lines.map(line => line.dataset.text)"
    )
    return found


def state(box: Locator) -> tuple[str | None, str | None]:
    """Return what the box tells of its list: whether it is open, and which line is current."""
    return box.get_attribute("aria-expanded"), box.get_attribute("aria-activedescendant")


@pytest.mark.parametrize("path", ["/", "/search", "/about"])
def test_the_box_says_that_it_completes_and_what_it_offers(path: str, look: Look) -> None:
    page = look().go(path)
    box = page.get_by_role("combobox", name="Search the archive")
    expect(box).to_have_attribute("aria-autocomplete", "list")
    listed = page.locator(f"#{box.get_attribute('aria-controls')}")
    expect(listed).to_be_hidden()
    assert state(box) == ("false", None)
    options = offered(page, "merr")
    expect(listed).to_have_role("listbox")
    expect(listed).to_have_accessible_name("Ways to go on")
    assert state(box) == ("true", None)
    assert len(options) == len(set(options)) > 0
    assert all("merr" in option.lower() for option in options)
    assert {option.get_attribute("aria-selected") for option in page.locator(f"{LIST} [role=option]").all()} == {
        "false"
    }


def test_arrows_walk_through_the_list_and_back_to_what_was_typed(look: Look) -> None:
    page = look().go("/search")
    box = page.locator("#q")
    options = offered(page, "port")
    assert len(options) > 1
    for number, option in enumerate(options):
        page.keyboard.press("ArrowDown")
        expect(box).to_have_value(option)
        assert state(box) == ("true", f"q-completions-{number}")
        assert page.locator(f"{LIST} [aria-selected=true]").get_attribute("id") == f"q-completions-{number}"
    page.keyboard.press("ArrowDown")
    expect(box).to_have_value("port")
    assert state(box) == ("true", None)
    page.keyboard.press("ArrowUp")
    expect(box).to_have_value(options[-1])
    page.keyboard.press("ArrowUp")
    expect(box).to_have_value(options[-2])
    expect(box).to_be_focused()


def test_escape_shuts_the_list_and_gives_back_what_was_typed(look: Look) -> None:
    page = look().go("/search")
    box = page.locator("#q")
    options = offered(page, "port")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.locator(LIST)).to_be_hidden()
    expect(box).to_have_value("port")
    assert state(box) == ("false", None)
    page.keyboard.press("ArrowDown")
    expect(page.locator(LIST)).to_be_visible()
    assert texts(page) == options
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=port")


def test_enter_searches_for_the_line_that_is_current(look: Look) -> None:
    page = look().go("/")
    options = offered(page, "merr")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("stor")
    expect(page.locator("#q")).to_have_value(options[0])
    expect(page.locator("ol.hits > li").first).to_be_visible()


def test_what_was_chosen_is_gone_on_with(look: Look) -> None:
    page = look().go("/search")
    options = offered(page, "merr")
    page.keyboard.press("ArrowDown")
    page.keyboard.type(" x")
    expect(page.locator("#q")).to_have_value(f"{options[0]} x")
    page.keyboard.press("Escape")
    expect(page.locator("#q")).to_have_value(f"{options[0]} x")


def test_tab_leaves_the_box_and_shuts_the_list(look: Look) -> None:
    page = look().go("/search")
    offered(page, "port")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Search", exact=True)).to_be_focused()
    expect(page.locator(LIST)).to_be_hidden()
    expect(page.locator("#q")).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize(("size", "touch"), [(DESK, False), (PHONE, True)], ids=["desk", "phone"])
def test_a_line_is_taken_by_a_pointer(size: tuple[int, int], touch: bool, look: Look) -> None:
    page = look(size=size, touch=touch).go("/search")
    options = offered(page, "merr")
    line = page.locator(f"{LIST} [role=option]").last
    if touch:
        line.tap()
    else:
        line.click()
    page.wait_for_url("**/search?q=*")
    expect(page.locator("#q")).to_have_value(options[-1])


def test_an_answer_to_what_is_no_longer_typed_is_passed_over(look: Look) -> None:
    page = look().go("/search")

    def late(route: Route) -> None:
        said = route.request.url.rpartition("=")[2]
        suggestion = {"text": f"{said} one", "label": f"{said} one", "kind": "words", "count": 1}
        if said == "po":
            page.wait_for_timeout(300)
        route.fulfill(body=json.dumps({"suggestions": [suggestion]}), content_type="application/json")

    page.route("**/api/v1/suggest?*", late)
    box = page.locator("#q")
    box.press_sequentially("po")
    page.wait_for_timeout(150)
    box.press_sequentially("rt")
    expect(page.locator(LIST)).to_be_visible()
    page.wait_for_timeout(400)
    assert texts(page) == ["port one"]


@pytest.mark.parametrize("answer", ["", "<html>", '{"suggestions": []}'], ids=["none", "garbled", "empty"])
def test_a_search_goes_on_where_nothing_is_offered(answer: str, look: Look) -> None:
    page = look().go("/search")
    page.route("**/api/v1/suggest?*", lambda route: route.fulfill(body=answer, content_type="application/json"))
    with page.expect_response("**/api/v1/suggest?q=port"):
        page.locator("#q").press_sequentially("port")
    expect(page.locator(LIST)).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=port")


def test_without_scripts_the_box_is_a_plain_field(look: Look) -> None:
    page = look(scripts=False).go("/search")
    expect(page.get_by_role("searchbox", name="Search the archive")).to_be_visible()
    assert page.locator(LIST).count() == 0


def test_axe_finds_nothing_in_an_open_list(look: Look, npm: Path) -> None:
    watched = look()
    watched.page.add_init_script(path=npm / "axe-core" / "axe.min.js")
    page = watched.go("/search")
    offered(page, "port")
    page.keyboard.press("ArrowDown")
    for width, height in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        for scheme in get_args(Scheme):
            page.emulate_media(color_scheme=scheme)
            assert page.evaluate(JUDGE, TAGS) == [], (width, scheme)
