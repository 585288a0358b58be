"""Everything is reached and done by keyboard, in the order in which it is read, and the focus is always in sight."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import DESK, PHONE
from tests.browser.conftest import Look
from tests.browser.kinds import KINDS, Kind

#: More stops than any page has: whoever has not left it by then is trapped.
MOST_STOPS = 400

#: What stands in the way of a reader who tabs, of the element in focus; null once the page has been left.
_STOP = """() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return null;
  const box = focused.getBoundingClientRect();
  const style = getComputedStyle(focused);
  const [x, y] = [box.x + Math.min(box.width, innerWidth) / 2, box.y + Math.min(box.height, innerHeight) / 2];
  const there = document.elementFromPoint(Math.min(x, innerWidth - 1), Math.min(y, innerHeight - 1));
  const faults = [];
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) faults.push("no outline");
  if (parseFloat(style.opacity) < 1) faults.push("transparent");
  const seen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  if (!seen) faults.push("out of sight");
  else if (there && !focused.contains(there) && !there.contains(focused))
    faults.push(`covered by ${there.outerHTML.slice(0, 60)}`);
  const all = [...document.querySelectorAll("*")];
  return {
    name: focused.outerHTML.slice(0, 100), faults, place: all.indexOf(focused),
    left: box.left + scrollX, right: box.right + scrollX, top: box.top + scrollY, bottom: box.bottom + scrollY,
  };
}"""

Stop = dict[str, Any]


def is_backwards(before: Stop, after: Stop) -> bool:
    """Say whether a stop lies above the one before it and not in a column further to the right."""
    return bool(after["bottom"] <= before["top"] and after["left"] < before["right"] - 1)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_tab_goes_through_a_page_as_it_is_read_with_the_focus_in_sight_and_leaves_it(
    kind: Kind, size: tuple[int, int], look: Look
) -> None:
    page = look(size=size).see(kind)
    button = page.locator("button.to-filters")
    if button.count() and button.is_visible():
        button.click()
    page.evaluate("document.activeElement.blur(); getSelection().removeAllRanges(); scrollTo(0, 0)")
    stops: list[Stop] = []
    while len(stops) < MOST_STOPS:
        page.keyboard.press("Tab")
        stop = page.evaluate(_STOP)
        if stop is None:
            break
        stops.append(stop)
    assert 5 < len(stops) < MOST_STOPS
    assert [(stop["name"], stop["faults"]) for stop in stops if stop["faults"]] == []
    pairs = list(pairwise(stops))
    assert [after["name"] for before, after in pairs if after["place"] <= before["place"]] == []
    assert [(before["name"], after["name"]) for before, after in pairs[1:] if is_backwards(before, after)] == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_first_stop_leads_past_the_masthead(kind: Kind, look: Look) -> None:
    page = look().go(kind.path, kind.status)
    page.keyboard.press("Tab")
    link = page.locator("a.skip")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main, footer') !== null")


def test_a_search_is_asked_and_narrowed_without_a_pointer(look: Look) -> None:
    page = look().go("/about")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("bridge/")
    expect(page.locator("#q")).to_have_value("bridge/")
    page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("28 stories")
    courts, sport = (page.locator(f'input[name="section"][value="{name}"]') for name in ("Courts", "Sport"))
    courts.focus()
    page.keyboard.press("Space")
    sport.focus()
    page.keyboard.press("Space")
    expect(courts).to_be_checked()
    assert page.url.endswith("/search?q=bridge"), "a keyboard chooses several things before it applies them"
    page.locator(".apply button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("4 stories")


def test_slash_stays_a_letter_where_one_writes(look: Look) -> None:
    page = look().go("/search?q=bridge")
    page.locator("#since").focus()
    page.keyboard.type("4/9/2012")
    expect(page.locator("#since")).to_have_value("4/9/2012")
    expect(page.locator("#since")).to_be_focused()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_what_is_folded_away_opens_and_shuts_by_keyboard(scripts: bool, look: Look) -> None:
    page = look(scripts=scripts).go("/search?q=bridge")
    for details in page.locator("main details").all():
        details.locator("summary").focus()
        unfolded = details.get_attribute("open") is not None
        page.keyboard.press("Enter")
        expect(details).to_have_js_property("open", not unfolded)
        page.keyboard.press("Space")
        expect(details).to_have_js_property("open", unfolded)
        expect(details.locator("summary")).to_be_focused()


def test_the_filters_of_a_phone_open_and_shut_by_their_button(look: Look) -> None:
    page = look(size=PHONE).go("/search?q=bridge&section=Local")
    button = page.get_by_role("button", name="Filters (1)")
    panel = page.locator("#filters")
    assert (button.get_attribute("aria-controls"), button.get_attribute("aria-expanded")) == ("filters", "false")
    expect(panel).to_be_hidden()
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(panel).to_be_visible()
    expect(button).to_be_focused()
    page.keyboard.press("Space")
    expect(panel).to_be_hidden()
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    expect(panel).to_be_visible()
    expect(button).to_be_hidden()


def test_without_scripts_a_link_leads_down_to_the_filters_of_a_phone(look: Look) -> None:
    page = look(size=PHONE, scripts=False).go("/search?q=bridge")
    expect(page.locator("#filters")).to_be_visible()
    page.get_by_role("link", name="Filters", exact=True).click()
    expect(page.locator("#filters-heading")).to_be_in_viewport()


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_nothing_moves_for_readers_who_do_not_want_it(motion: Any, look: Look) -> None:
    page = look().go("/search?q=bridge")
    page.emulate_media(reduced_motion=motion)
    behaviour = page.evaluate("getComputedStyle(document.documentElement).scrollBehavior")
    assert behaviour == ("auto" if motion == "reduce" else "smooth")
    moving = """() => [...document.querySelectorAll("*")].map(element => getComputedStyle(element))
      .filter(style => parseFloat(style.transitionDuration) || style.animationName !== "none").length"""
    assert page.evaluate(moving) == 0
