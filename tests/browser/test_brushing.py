"""Dragging over the bars chooses dates; without scripts, and by keyboard, the two date fields do the same."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Look


def drag(page: Page, first: float, last: float, drop: bool = True) -> None:
    """Press the pointer at a share of the timeline's width, draw it to another, and let go."""
    box = page.locator("svg[data-since]").bounding_box()
    assert box is not None
    height = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * first, height)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * (first + last) / 2, height, steps=4)
    page.mouse.move(box["x"] + box["width"] * last, height, steps=4)
    if drop:
        page.mouse.up()


def test_a_drag_chooses_the_bars_that_it_touches(look: Look) -> None:
    page = look().go("/search?q=bridge")
    years = str(page.locator("svg[data-since]").get_attribute("data-since")).split()
    assert years == [str(year) for year in range(2008, 2022)]
    drag(page, 2.5 / 14, 5.5 / 14)
    page.wait_for_url("**/search?q=bridge&since=2010&until=2013")
    expect(page.locator("a.tag")).to_contain_text("2010 to 2013")
    drag(page, 0.9, 0.1)
    page.wait_for_url("**/search?q=bridge&since=*")
    expect(page.locator("h1")).to_contain_text("stories")


def test_a_drag_is_given_up_with_escape(look: Look) -> None:
    page = look().go("/search?q=bridge")
    drag(page, 0.2, 0.6, drop=False)
    expect(page.locator("svg .band")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("svg .band")).to_have_count(0)
    page.mouse.up()
    page.wait_for_timeout(200)
    assert page.url.endswith("/search?q=bridge")


def test_a_click_that_does_not_move_opens_the_bar(look: Look) -> None:
    page = look().go("/search?q=bridge")
    drag(page, 2.5 / 14, 2.51 / 14)
    page.wait_for_url("**/search?q=bridge&since=2010&until=2010")


def test_what_was_chosen_by_a_pointer_is_in_focus_and_in_place_on_the_next_page(look: Look) -> None:
    page = look().go("/search?q=bridge")
    page.locator(".filters summary", has_text="Byline").click()
    box = page.locator('.filters input[name="byline"]').first
    box.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    with page.expect_navigation():
        box.click()
    expect(page.locator('.filters input[name="byline"]:checked')).to_be_focused()
    assert abs(page.evaluate("scrollY") - before) < 200
