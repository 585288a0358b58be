"""Stories to print are those of the search, whole and in its order."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from search.request import Request
from tests.web.fake import LIMA, OREGON, FakeArchive, article
from tests.web.links import parse
from web import export
from web.clippings import ClippingView, clipping
from web.formats import Formats


def test_every_story_of_the_search_is_there_in_its_order(client: FlaskClient, archive: FakeArchive) -> None:
    answer = client.get("/search.clippings?q=flood&section=Weather&sort=newest&page=2")
    assert (answer.status_code, answer.content_type) == (200, "text/html; charset=utf-8")
    document = parse(answer.text)
    found = archive.search(Request(text="flood", sections=("Weather",), sort="newest", limit=100))
    assert document.text("h1") == ["15 stories"]
    assert document.text("h2") == [hit.article.headline for hit in found.hits]
    assert " ".join(document.all("article")[0].text.split()) == (
        "Flood report number 42 July 9, 2002 The Harbor Light Weather by Writer 0 Portland, Oregon "
        "The flood of day 42. Water rose in the streets of the old town, and the levee held. "
        "http://localhost/stories/flood-42/flood-report-number-42"
    )


def test_a_clipping_says_what_is_known_and_no_more() -> None:
    known = article(
        "a1",
        "Bridge closed",
        "The bridge is closed.\n\nFor good.",
        published="1997-03",
        byline="Jane Doe",
        section="News",
        source="The Harbor Light",
        dateline="PORTLAND, Ore.",
        language="en",
        cities=(OREGON, LIMA),
    )
    assert clipping(known, Formats("en-GB"), "http://x") == ClippingView(
        headline="Bridge closed",
        language="en",
        date="1997-03",
        date_text="March 1997",
        source="The Harbor Light",
        section="News",
        byline="Jane Doe",
        places="Portland, Oregon",
        dateline="PORTLAND, Ore.",
        paragraphs=("The bridge is closed.", "For good."),
        link="http://x/stories/a1/bridge-closed",
    )
    assert clipping(article("a2", "", ""), Formats(), "http://x") == ClippingView(
        "(no headline)", "", "", "Date not known", "", "", "", "", "", (), "http://x/stories/a2/story"
    )


def test_a_list_that_is_cut_off_says_so(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = parse(client.get("/search.clippings?q=flood").text)
    assert "first" not in whole.text("p", class_="explain")[0]
    monkeypatch.setattr(export, "DEPTH", 3)
    cut = parse(client.get("/search.clippings?q=flood").text)
    assert cut.text("h1") == whole.text("h1")
    assert len(cut.all("article")) == 3
    assert cut.text("p", class_="explain")[0].endswith(
        "These are the first 3 of 49 stories; narrow the search by date, city or section for the rest."
    )


def test_nothing_found_is_said(client: FlaskClient) -> None:
    document = parse(client.get("/search.clippings?q=zzz").text)
    assert (document.text("h1"), document.all("article")) == (["No stories"], [])


def test_a_results_page_leads_to_its_clippings(client: FlaskClient) -> None:
    links = parse(client.get("/search?q=flood&section=Weather").text).links
    assert "/search.clippings?q=flood&section=Weather" in links
