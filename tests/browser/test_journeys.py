"""What readers come for, from the first word to the last click: with scripts and without, on a desk and on a phone."""

from __future__ import annotations

import re
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import product

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.chromium import DESK, PHONE, Watched
from tests.browser.conftest import Look

BRIDGE = 28
PORTLAND_MAINE = "4975802"


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody at a browser.

    Attributes:
        watched: the page being read.
        scripts: whether scripts run.
        phone: whether the screen is that of a phone.
    """

    watched: Watched
    scripts: bool
    phone: bool

    @property
    def page(self) -> Page:
        return self.watched.page

    def choose(self, *controls: Locator) -> None:
        """Tick boxes and apply them, as far as the page does not do it by itself."""
        self.show_filters()
        at_once = self.scripts and not self.phone
        for control in controls:
            with self.page.expect_navigation() if at_once else nullcontext():
                control.click()
        if not at_once:
            self.page.locator(".apply button").click()

    def show_filters(self) -> None:
        """Bring the filters into view where they stand behind a button."""
        button = self.page.locator("button.to-filters")
        if button.is_visible() and button.get_attribute("aria-expanded") == "false":
            button.click()
        for group in self.page.locator(".filters details:not([open])").all()[::-1]:
            group.locator("summary").click()

    def box(self, name: str, value: str) -> Locator:
        """Return the box of a facet's value."""
        return self.page.locator(f'.filters input[name="{name}"][value="{value}"]')

    def count(self, name: str, value: str) -> int:
        """Return the number beside a box."""
        return int(self.box(name, value).locator("xpath=ancestor::label").locator(".count").inner_text())

    def sees(self, stories: int) -> None:
        """Wait until the page says that so many stories were found."""
        expect(self.page.locator("h1")).to_have_text("1 story" if stories == 1 else f"{stories} stories")

    def tags(self) -> list[str]:
        """Return the filters in use as they are written."""
        return [" ".join(text.removesuffix("×").split()) for text in self.page.locator("a.tag").all_inner_texts()]


@pytest.fixture(
    params=product((True, False), (False, True)),
    ids=lambda way: f"{'scripts' if way[0] else 'plain'}-{'phone' if way[1] else 'desk'}",
)
def reader(request: pytest.FixtureRequest, look: Look) -> Reader:
    scripts, phone = request.param
    return Reader(look(scripts=scripts, touch=phone, size=PHONE if phone else DESK), scripts, phone)


def test_a_search_is_narrowed_and_widened_again(reader: Reader) -> None:
    page = reader.watched.go("/")
    page.locator("#q").fill("bridge")
    page.get_by_role("button", name="Search").click()
    reader.sees(BRIDGE)
    assert reader.watched.path == "/search?q=bridge"
    assert page.title() == "bridge – 28 stories – The Sample Morgue"

    reader.show_filters()
    in_portland = reader.count("city", PORTLAND_MAINE)
    reader.choose(reader.box("city", PORTLAND_MAINE))
    reader.sees(in_portland)
    assert reader.tags() == ["in Portland, Maine"]

    reader.show_filters()
    expect(reader.box("city", PORTLAND_MAINE)).to_be_checked()
    local = reader.count("section", "Local")
    reader.choose(reader.box("section", "Local"))
    reader.sees(local)
    assert reader.tags() == ["in Portland, Maine", "in Local"]

    page.get_by_role("link", name="Remove filter in Portland, Maine").click()
    reader.sees(8)
    assert reader.watched.path == "/search?q=bridge&section=Local"
    page.get_by_role("link", name="Clear all filters").click()
    reader.sees(BRIDGE)
    page.go_back()
    page.go_back()
    reader.sees(local)


def test_two_values_of_a_facet_are_either_and_unticking_takes_one_back(reader: Reader) -> None:
    reader.watched.go("/search?q=bridge")
    reader.show_filters()
    counts = [reader.count("section", name) for name in ("Courts", "Sport")]
    reader.choose(reader.box("section", "Courts"), reader.box("section", "Sport"))
    reader.sees(sum(counts))
    reader.choose(reader.box("section", "Courts"))
    reader.sees(counts[1])
    assert reader.tags() == ["in Sport"]


def test_a_value_is_left_out_by_the_link_beside_it(reader: Reader) -> None:
    page = reader.watched.go("/search?q=bridge")
    reader.show_filters()
    there = reader.count("source", "The Portland Harbor Light")
    page.get_by_role("link", name="not The Portland Harbor Light (leave out)").click()
    reader.sees(BRIDGE - there)
    assert reader.tags() == ["not from The Portland Harbor Light"]
    expect(page.locator(".explain")).to_contain_text("not from The Portland Harbor Light")


def test_a_place_of_the_tree_holds_what_stands_under_it(reader: Reader) -> None:
    reader.watched.go("/search?q=bridge")
    reader.show_filters()
    maine = reader.count("city", "us-me")
    within = reader.box("city", "us-me").locator("xpath=ancestor::li[1]").locator(".nested .name")
    assert within.all_inner_texts() == ["Portland", "Augusta"]
    reader.choose(reader.box("city", "us-me"))
    reader.sees(maine)
    assert reader.tags() == ["in Maine"]


def test_a_list_too_long_for_the_page_is_a_page_of_its_own_with_a_field_that_narrows_it(reader: Reader) -> None:
    page = reader.watched.go("/search?q=river")
    reader.show_filters()
    page.get_by_role("link", name=re.compile(r"Search all \d+ cities")).click()
    expect(page.locator("h1")).to_have_text("17 cities")
    names = page.locator(".choices .name:visible")
    page.get_by_label("Find in this list").fill("lodz")
    if reader.scripts:
        expect(page.get_by_role("status")).to_have_text("Shown: 1")
    else:
        page.locator(".find-value button").click()
    expect(names).to_have_text(["Łódź, Poland"])
    page.get_by_role("checkbox", name="Łódź, Poland").check()
    page.get_by_role("button", name="Apply").click()
    reader.sees(1)
    assert reader.tags() == ["in Łódź, Poland"]


def test_the_timeline_leads_from_years_to_a_day_and_up_again(reader: Reader) -> None:
    page = reader.watched.go("/search?q=bridge")
    page.locator('.chart a[href*="since=2010&"]').click()
    reader.sees(6)
    page.locator('.chart a[href*="since=2010-01&"]').click()
    reader.sees(1)
    page.locator('.chart a[href*="since=2010-01-27&"]').click()
    assert reader.watched.path == "/search?q=bridge&since=2010-01-27&until=2010-01-27"
    steps = page.locator(".steps li")
    expect(steps).to_have_text(["All years", "2010s", "2010", "January 2010", "January 27, 2010"])
    assert reader.tags() == ["on January 27, 2010"]
    steps.get_by_role("link", name="2010", exact=True).click()
    reader.sees(6)
    page.locator(".steps").get_by_role("link", name="All years").click()
    reader.sees(BRIDGE)


def test_dates_are_typed_and_the_table_says_what_the_bars_say(reader: Reader) -> None:
    page = reader.watched.go("/search?q=bridge")
    page.get_by_label("From", exact=True).fill("2012")
    page.get_by_label("To", exact=True).fill("June 2014")
    page.locator(".days button").click()
    expect(page.locator("a.tag")).to_contain_text("from January 2012 to June 2014")
    assert reader.watched.path == "/search?q=bridge&since=2012-01&until=2014-06"
    found = int(page.locator("h1").inner_text().split()[0])
    page.get_by_text("The same as a table").click()
    counts = page.locator(".periods tbody tr td:nth-of-type(1)").all_inner_texts()
    assert sum(int(count or 0) for count in counts) == found
    page.locator(".periods tbody a").first.click()
    expect(page.locator(".steps [aria-current]")).to_be_visible()


def test_the_order_and_the_length_of_a_page_are_chosen(reader: Reader) -> None:
    page = reader.watched.go("/search?q=bridge")
    page.get_by_label("Sort by").select_option("Oldest first")
    page.get_by_label("Stories a page").select_option("50 a page")
    page.locator(".order").get_by_role("button", name="Apply").click()
    expect(page.locator("ol.hits > li")).to_have_count(BRIDGE)
    assert reader.watched.path == "/search?q=bridge&sort=oldest&size=50"
    dates = [time.get_attribute("datetime") or "" for time in page.locator(".hits time").all()]
    assert dates == sorted(dates)


def test_pages_are_turned_forward_and_back(reader: Reader) -> None:
    page = reader.watched.go("/search?q=bridge")
    first = page.locator(".hits h3").first.inner_text()
    page.get_by_role("link", name="Next").click()
    expect(page.locator(".pages [aria-current=page]")).to_have_text("2")
    expect(page.locator("ol.hits > li")).to_have_count(BRIDGE - 20)
    assert page.locator("ol.hits").get_attribute("start") == "21"
    page.get_by_role("link", name="Previous").click()
    expect(page.locator(".hits h3").first).to_have_text(first)
    page.go_back()
    expect(page.locator(".pages .where")).to_have_text("Page 2 of 2")


def test_a_story_is_opened_cited_and_left_again(reader: Reader) -> None:
    page = reader.watched.go("/search?q=bridge&section=Politics")
    page.locator(".hits h3 a").first.click()
    expect(page.locator("h1 mark").first).to_have_text("bridge")
    headline = page.locator("h1").inner_text()
    page.get_by_role("link", name="BibTeX, RIS, CSL-JSON").click()
    expect(page.locator("h1")).to_have_text("Cite this story")
    expect(page.locator(".citation")).to_contain_text(headline)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").first.click()
    assert download.value.suggested_filename.endswith(".ris")
    page.get_by_role("link", name="Back to the story").click()
    expect(page.locator("h1")).to_have_text(headline)
    page.go_back()
    page.go_back()
    page.get_by_role("link", name="Back to the search").click()
    assert reader.watched.path == "/search?q=bridge"


def test_links_and_citations_are_copied_where_scripts_run(reader: Reader) -> None:
    page = reader.watched.go("/stories/wl-2011-0302")
    buttons = [page.get_by_role("button", name=name) for name in ("Copy link", "Copy citation")]
    if not reader.scripts:
        assert [button.count() for button in buttons] == [0, 0]
        return
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for button, copied in zip(
        buttons,
        (f"{reader.watched.root}/stories/wl-2011-0302", page.locator("#citation").inner_text()),
        strict=True,
    ):
        button.click()
        expect(page.get_by_role("button", name="Copied").first).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == copied


#: The first circle whose middle no smaller one covers: the text that a pointer is told there.
_FREE_CIRCLE = """() => [...document.querySelectorAll("figure.map svg a")].find(link => {
  link.scrollIntoView({ block: "center" });
  const box = link.querySelector("circle").getBoundingClientRect();
  return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2).closest("a") === link;
}).querySelector("title").textContent"""


def test_a_circle_of_the_map_chooses_its_city_and_the_list_lets_it_go(reader: Reader) -> None:
    page = reader.watched.go("/map?q=bridge")
    title = str(page.evaluate(_FREE_CIRCLE))
    city, stories = title.split(": ")
    page.locator("figure.map svg a", has_text=title).locator("circle").click()
    expect(page.locator("h1")).to_have_text(re.compile(rf"^{stories}, 1 of \d+ cities$"))
    assert reader.tags() == [f"in {city}"]
    page.get_by_role("row", name=f"Remove filter {city}").locator("th a").click()
    expect(page.locator("a.tag")).to_have_count(0)
    page.get_by_role("link", name="Back to the stories").click()
    reader.sees(BRIDGE)
