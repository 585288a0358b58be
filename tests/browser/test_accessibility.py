from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
from playwright.sync_api import Page

from tests.browser.chromium import DESK, PHONE, ZOOMED, Scheme
from tests.browser.conftest import Look
from tests.browser.kinds import KINDS, Kind

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)

#: WCAG 2.2 AA with everything before it, and axe's own advice.
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

JUDGE = """tags => axe.run({
  runOnly: { type: "tag", values: tags }, resultTypes: ["violations"]
}).then(found => found.violations.map(
  violation => `${violation.id}: ${violation.help}: ` + violation.nodes.map(node => node.html.slice(0, 200)).join(" | ")
))"""

#: Controls and links that take a pointer, smaller than 24 px either way, and with another so near that a circle of
#: 24 px around each would touch (WCAG 2.2, 2.5.8). Links inside sentences are excepted there, and a control's label
#: counts as the control.
_SMALL_TARGETS = """() => {
  const inSentence = link => {
    const block = link.closest("p, dd, dt, figcaption, td, li, h1, h2, h3");
    return link.tagName === "A" && block && [...block.childNodes].some(
      node => node.nodeType === Node.TEXT_NODE && /[\\p{L}]{2}/u.test(node.textContent));
  };
  const targets = [...document.querySelectorAll("a[href], button, select, input, textarea, summary")]
    .filter(target => !target.closest("svg") && target.type !== "hidden")
    .filter(target => target.checkVisibility({ visibilityProperty: true }))
    .map(target => {
      const label = target.matches("input[type=checkbox]") ? target.closest("label") : null;
      const box = (label || target).getBoundingClientRect();
      return { target, box, x: box.x + box.width / 2, y: box.y + box.height / 2 };
    })
    .filter(({ box }) => box.width && box.right > 0);
  const small = one => one.box.width < 24 || one.box.height < 24;
  const near = (one, other) => small(other)
    ? Math.hypot(one.x - other.x, one.y - other.y) < 24
    : Math.hypot(Math.max(other.box.left - one.x, 0, one.x - other.box.right),
                 Math.max(other.box.top - one.y, 0, one.y - other.box.bottom)) < 12;
  return targets
    .filter(one => small(one) && !inSentence(one.target))
    .filter(one => targets.some(other => other.target !== one.target && near(one, other)))
    .map(one => `${one.target.outerHTML.slice(0, 120)} ${one.box.width.toFixed()}x${one.box.height.toFixed()}`);
}"""


@every_kind
def test_axe_finds_nothing_in_either_scheme_on_a_desk_or_on_a_phone(kind: Kind, look: Look, npm: Path) -> None:
    watched = look()
    watched.page.add_init_script(path=npm / "axe-core" / "axe.min.js")
    page = watched.see(kind)
    page.evaluate("document.querySelectorAll('details').forEach(detail => { detail.open = true })")
    for width, height in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        show_filters(page)
        for scheme in get_args(Scheme):
            page.emulate_media(color_scheme=scheme)
            assert page.evaluate(JUDGE, TAGS) == [], (width, scheme)


@every_kind
def test_what_is_printed_from_a_dark_screen_can_be_read_on_paper(kind: Kind, look: Look, npm: Path) -> None:
    watched = look(scheme="dark")
    watched.page.add_init_script(path=npm / "axe-core" / "axe.min.js")
    page = watched.see(kind)
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body.parentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate(JUDGE, ["cat.color"]) == []


@every_kind
def test_at_a_zoom_of_400_percent_nothing_is_cut_off_or_has_to_be_scrolled_sideways(kind: Kind, look: Look) -> None:
    page = look(size=ZOOMED).see(kind)
    show_filters(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= ZOOMED[0]
    assert wider_than_the_page(page) == []


@every_kind
def test_every_target_is_big_enough_or_stands_apart(kind: Kind, look: Look) -> None:
    page = look(touch=True).see(kind)
    assert page.evaluate(_SMALL_TARGETS) == []
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    show_filters(page)
    assert page.evaluate(_SMALL_TARGETS) == []


def test_nothing_moves_for_those_who_want_it_still(look: Look) -> None:
    page = look().go("/search?q=bridge")
    moving = """() => [...document.querySelectorAll("*")].filter(element => {
      const style = getComputedStyle(element);
      const timed = [style.transitionDuration, style.animationDuration].some(time => parseFloat(time) > 0);
      return timed || style.scrollBehavior === "smooth";
    }).map(element => element.tagName)"""
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(moving) == ["HTML"]
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(moving) == []


def test_bars_circles_and_their_names_take_the_readers_own_colours(look: Look) -> None:
    colours = """([drawn, text]) => {
      const probe = document.body.appendChild(document.createElement("i"));
      probe.style.color = "CanvasText";
      const wanted = getComputedStyle(probe).color;
      probe.remove();
      return [drawn, text].map(which => getComputedStyle(document.querySelector(which)).fill === wanted);
    }"""
    for address, drawn, text in (
        ("/search?q=bridge", ".chart .bar", ".chart text"),
        ("/map?q=bridge", ".map .spot", ".map text"),
    ):
        page = look(scheme="dark").go(address)
        page.emulate_media(forced_colors="active")
        assert page.evaluate(colours, [drawn, text]) == [True, True]


def show_filters(page: Page) -> None:
    """Open the filters where they stand behind a button, and unfold their groups."""
    button = page.locator("button.to-filters")
    if button.count() and button.is_visible() and button.get_attribute("aria-expanded") == "false":
        button.click()
    page.evaluate("document.querySelectorAll('.filters details').forEach(group => { group.open = true })")


def wider_than_the_page(page: Page) -> list[Any]:
    """Return what reaches beyond the window and lies in nothing that scrolls."""
    found: list[Any] = page.evaluate(
        """() => [...document.body.querySelectorAll("*")].filter(element => {
          if (element.closest(".scroll, .skip, svg")) return false;
          const box = element.getBoundingClientRect();
          return box.width && box.right > document.documentElement.clientWidth + 1;
        }).map(element => element.outerHTML.slice(0, 120))"""
    )
    return found
