"""The repeated pieces of a results page, compared whole; what is hostile in a story stays text."""

from __future__ import annotations

from search.page import Fragment
from tests.web.fake import HOSTILE
from web import pieces, words
from web.address import Link
from web.facets import Choice, FacetView
from web.results import HitView, Option, PageLink, Pagination
from web.timeline import Bar, Column, Row, TimelineView

#: `HOSTILE` as HTML has it.
TAMED = "&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt; &amp; &#34;quotes&#34;"

BARE = HitView("/stories/a/b", (Fragment("Bridge"),), "", "", "Undated", "", "", "", "", (), ())
FULL = HitView(
    "/stories/a/b?q=x&y",
    (Fragment("The "), Fragment("bridge", True)),
    "en",
    "1997-03-04",
    "March 4, 1997",
    "Portland, Oregon",
    "The Merrow Times",
    "Metro",
    "Jane Doe",
    (Fragment("A "), Fragment("bridge", True), Fragment(" …")),
    ("Correction", "Wire (1 copy)"),
)


def choice(value: str, label: str, within: tuple[Choice, ...] = (), chosen: bool = False, none: bool = False) -> Choice:
    return Choice(f"city-{value}", value, label, "7", chosen, none, f"/search?not-city={value}", f"not {label}", within)


def test_a_story_shows_what_is_known_of_it() -> None:
    assert pieces.story(FULL) == (
        '<article class="hit" lang="en">\n'
        '<h3><a href="/stories/a/b?q=x&amp;y">The <mark>bridge</mark></a></h3>\n'
        '<p class="facts"><time datetime="1997-03-04">March 4, 1997</time> '
        '<span class="place">Portland, Oregon</span> <span class="source">The Merrow Times</span> '
        "<span>Metro</span> <span>by Jane Doe</span> "
        '<span class="badge">Correction</span><span class="badge">Wire (1 copy)</span></p>\n'
        '<p class="snippet">A <mark>bridge</mark> …</p>\n'
        "</article>\n"
    )


def test_a_story_of_which_nothing_is_known_has_no_empty_places() -> None:
    assert pieces.stories([BARE]) == (
        '<li><article class="hit">\n<h3><a href="/stories/a/b">Bridge</a></h3>\n'
        '<p class="facts"><span class="undated">Undated</span> </p>\n</article>\n</li>\n'
    )


def test_boxes_stand_under_the_box_of_what_they_lie_in() -> None:
    inner = choice("3936456", "Lima", chosen=True)
    facet = FacetView(
        "city", "city", "Place", (choice("pe", "Peru", (inner,)), choice("us", "Maine", none=True)), "", "", True, ()
    )
    assert pieces.boxes(facet, "find") == (
        '<ul class="choices" id="values-city">\n'
        '<li><label for="city-pe"><input type="checkbox" id="city-pe" name="city" value="pe" form="find">'
        '<span class="name">Peru</span> <span class="count">7</span></label>'
        '<a class="not" href="/search?not-city=pe" rel="nofollow" aria-label="not Peru" title="not Peru">not</a>\n'
        '<ul class="nested">\n'
        '<li><label for="city-3936456"><input type="checkbox" id="city-3936456" name="city" value="3936456" form="find"'
        ' checked><span class="name">Lima</span> <span class="count">7</span></label>'
        '<a class="not" href="/search?not-city=3936456" rel="nofollow" aria-label="not Lima" title="not Lima">not</a>'
        "</li>\n</ul></li>\n"
        '<li class="none"><label for="city-us"><input type="checkbox" id="city-us" name="city" value="us" form="find">'
        '<span class="name">Maine</span> <span class="count">7</span></label>'
        '<a class="not" href="/search?not-city=us" rel="nofollow" aria-label="not Maine" title="not Maine">not</a>'
        "</li>\n</ul>\n"
    )
    assert " form=" not in pieces.boxes(facet)


def test_a_facet_unfolds_and_that_of_places_leads_to_a_map() -> None:
    box = choice("pe", "Peru")
    cities = FacetView("city", "city", "Place", (box,), "2 places", "1 chosen", True, (Link("all", "/cities?q=a&b"),))
    sources = FacetView("source", "source", "Source", (), "9 sources", "", False, ())
    assert pieces.facets((cities, sources), "find", "/map?q=a&b") == (
        '<details class="facet" open>\n<summary><span class="title">Place</span> <span class="count">2 places</span>'
        ' <span class="chosen">1 chosen</span></summary>\n<fieldset>\n<legend class="heard">Place</legend>\n'
        + str(pieces.boxes(cities, "find"))
        + '<p class="more"><a href="/cities?q=a&amp;b" rel="nofollow">all</a></p>\n'
        f'<p class="more"><a href="/map?q=a&amp;b" rel="nofollow">{words.ON_A_MAP}</a></p>\n</fieldset>\n</details>\n'
        '<details class="facet">\n<summary><span class="title">Source</span> <span class="count">9 sources</span>'
        '</summary>\n<fieldset>\n<legend class="heard">Source</legend>\n'
        '<ul class="choices" id="values-source">\n</ul>\n</fieldset>\n</details>\n'
    )


def test_a_dot_stands_between_links() -> None:
    assert pieces.links([]) == ""
    assert pieces.links((Link("CSV", "/search.csv?q=a&b"), Link("RIS", "/search.ris"))) == (
        '<a href="/search.csv?q=a&amp;b" rel="nofollow">CSV</a> · <a href="/search.ris" rel="nofollow">RIS</a>'
    )


def test_the_chosen_option_is_selected() -> None:
    assert pieces.options((Option("newest", "Newest", False), Option("", "Best", True))) == (
        '<option value="newest">Newest</option>\n<option value="" selected>Best</option>\n'
    )


def test_a_gap_between_pages_is_no_link() -> None:
    ways = (
        PageLink("1", "Page 1", "/search?q=a&b", True),
        PageLink("…", "", "", False),
        PageLink("9", "Page 9", "/9", False),
    )
    assert pieces.page_links(Pagination(ways, "", "", "", "")) == (
        '<li><a href="/search?q=a&amp;b" rel="nofollow" aria-label="Page 1" aria-current="page">1</a></li>\n'
        "<li><span>…</span></li>\n"
        '<li><a href="/9" rel="nofollow" aria-label="Page 9">9</a></li>\n'
    )


def test_a_bar_is_a_link_where_there_is_something_to_see() -> None:
    column = Column("1.000%", "4.000%", "0.000%", "6.000%")
    drawn = bars(
        Bar(column, "32.0", "64.0", "1990: 2 stories", "/search?since=1990&until=1990", True),
        Bar(column, "32.0", "64.0", "1991: 2 stories", "", True),
        Bar(column, "96.0", "", "1992: nothing", "", False),
    )
    slot, bar = (
        'x="0.000%" width="6.000%" y="0"',
        '<rect class="bar" x="1.000%" width="4.000%" y="32.0" height="64.0"/>',
    )
    assert drawn == (
        '<a href="/search?since=1990&amp;until=1990" rel="nofollow" tabindex="-1"><title>1990: 2 stories</title>'
        f'<rect class="slot" {slot} height="120"/>{bar}</a>\n'
        f'<g><title>1991: 2 stories</title><rect class="slot" {slot} height="96"/>{bar}</g>\n'
        f'<g><title>1992: nothing</title><rect class="void" {slot} height="96"/></g>\n'
    )


def bars(*drawn: Bar) -> str:
    return pieces.bars(
        TimelineView(
            bars=drawn,
            labels=(),
            rows=(),
            steps=(),
            summary="",
            most="",
            height=120,
            bar_height=96,
            label_y=114,
            held_note="",
            undated="",
            undated_url="",
            imprecise="",
            shares=False,
            switch_url="",
            switch_text="",
            firsts="",
            lasts="",
        )
    )


def test_a_row_leads_to_its_period_where_that_has_stories() -> None:
    assert pieces.rows(
        [Row("1990", "/search?since=1990&until=1990", "2", "8", "25%"), Row("1991", "", "", "", "")]
    ) == (
        '<tr><th scope="row"><a href="/search?since=1990&amp;until=1990" rel="nofollow">1990</a></th>'
        "<td>2</td><td>8</td><td>25%</td></tr>\n"
        '<tr><th scope="row">1991</th><td></td><td></td><td></td></tr>\n'
    )


def test_nothing_of_a_story_a_value_or_an_address_becomes_markup() -> None:
    bad = HOSTILE
    hit = HitView(bad, (Fragment(bad, True),), bad, bad, bad, bad, bad, bad, bad, (Fragment(bad),), (bad,))
    box = Choice(HOSTILE, HOSTILE, HOSTILE, HOSTILE, True, True, HOSTILE, HOSTILE, ())
    made = (
        pieces.story(hit)
        + pieces.fragments(hit.snippet)
        + pieces.boxes(FacetView(HOSTILE, HOSTILE, HOSTILE, (box,), HOSTILE, HOSTILE, True, ()), HOSTILE)
        + bars(Bar(Column(*[HOSTILE] * 4), HOSTILE, HOSTILE, HOSTILE, HOSTILE, True))
        + pieces.rows([Row(*[HOSTILE] * 5)])
        + pieces.links([Link(HOSTILE, HOSTILE)])
        + pieces.options([Option(HOSTILE, HOSTILE, True)])
        + pieces.page_links(Pagination((PageLink(HOSTILE, HOSTILE, HOSTILE, True),), "", "", "", ""))
        + pieces.facets(
            [FacetView(HOSTILE, "", HOSTILE, (), HOSTILE, HOSTILE, True, (Link(HOSTILE, HOSTILE),))], "", HOSTILE
        )
    )
    assert "<script" not in made
    assert made.count("alert") == made.count(TAMED) == 36 + 2 + 2 + 3 + 7
