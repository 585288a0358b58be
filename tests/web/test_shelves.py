"""A source and a date have pages as a city has: newest stories, bars over time, and what else the stories are."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from tests.web.fake import FakeArchive, article, stories
from tests.web.links import Document, parse
from web import create_app


def get(client: FlaskClient, address: str) -> Document:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code, answer.headers.get("Location"))
    return parse(answer.text)


def test_every_source_is_listed_with_its_stories(client: FlaskClient) -> None:
    document = get(client, "/sources")
    assert document.text("h1") == ["5 sources"]
    lines = document.text("li")
    assert {"The Harbor Light 24", "The Canalside Argus 23", "Wire 1"} <= set(lines)
    for link in (link for link in document.links if link.startswith("/sources/")):
        assert len(get(client, link).all("h1")) == 1


def test_a_source_shows_what_it_brought_and_is_searched_by_itself(client: FlaskClient) -> None:
    document = get(client, "/sources/the-canalside-argus")
    assert document.text("h1") == ["The Canalside Argus"]
    assert document.text("p", class_="explain") == ["23 stories, 1998–2002."]
    assert document.text("h2") == ["Newest stories", "When", "City", "Section", "Byline"]
    assert document.text("h3")[0] == "Flood report number 43"
    assert len(document.text("h3")) == 8
    assert document.one("input", type="hidden").attributes == {
        "type": "hidden",
        "name": "source",
        "value": "The Canalside Argus",
    }
    asked = [parse_qs(urlsplit(link).query) for link in document.links if link.startswith("/search?")]
    assert [link["source"] for link in asked] == [["The Canalside Argus"]] * len(asked)
    assert "/search?city=4975802&source=The+Canalside+Argus" in document.links


def test_a_source_without_an_address_of_its_own_letters_is_told_apart() -> None:
    named = [
        replace(story, article=replace(story.article, source=source))
        for story, source in zip(stories(), ("The Sun", "The sun!", "橋", "川", "1987"), strict=False)
    ]
    client = create_app(FakeArchive(named)).test_client()
    links = [link for link in get(client, "/sources").links if link.startswith("/sources/")]
    assert len(set(links)) == len(links) == 5
    assert sorted(get(client, link).text("h1")[0] for link in links) == ["1987", "The Sun", "The sun!", "川", "橋"]


def test_a_name_that_is_no_source_is_told_so_and_a_key_leads_to_the_page(client: FlaskClient) -> None:
    missing = client.get("/sources/the-daily-planet")
    assert (missing.status_code, parse(missing.text).text("h1")) == (404, ["No story is from there"])
    answer = client.get("/sources/The Harbor Light")
    assert (answer.status_code, answer.location) == (301, "/sources/the-harbor-light")


@pytest.mark.parametrize(
    ("when", "heading", "lead", "back", "neighbours"),
    [
        ("1997-03-04", "Tuesday, March 4, 1997", "1 story", "/on/1997-03", [None, "/on/1997-03-05"]),
        ("1997-03-05", "Wednesday, March 5, 1997", "1 story", "/on/1997-03", ["/on/1997-03-04", "/on/1997-03-06"]),
        ("1997-03", "March 1997", "2 stories", "/on/1997", [None, "/on/1997-04"]),
        ("1997-04", "April 1997", "1 story", "/on/1997", ["/on/1997-03", "/on/1998"]),
        ("1997", "1997", "3 stories", "/coverage", [None, "/on/1998"]),
        ("2002", "2002", "9 stories", "/coverage", ["/on/2001", None]),
    ],
)
def test_a_date_shows_its_stories_and_the_nearest_dates_that_have_any(
    client: FlaskClient, when: str, heading: str, lead: str, back: str, neighbours: list[str | None]
) -> None:
    document = get(client, f"/on/{when}")
    assert document.text("h1") == [heading]
    assert document.text("p", class_="explain") == [f"{lead} from then."]
    assert next(tag.attributes["href"] for tag in document.all("a") if tag.text.startswith("← ")) == back
    for rel, neighbour in zip(("prev nofollow", "next nofollow"), neighbours, strict=True):
        assert [tag.attributes["href"] for tag in document.all("a", rel=rel)] == ([neighbour] if neighbour else [])
    assert document.one("link", rel="canonical").attributes["href"] == f"http://localhost/on/{when}"


def test_a_year_has_bars_of_months_and_a_day_leads_to_its_other_years(client: FlaskClient) -> None:
    assert any("Stories per month" in text for text in get(client, "/on/2000").text("figcaption"))
    assert any("Stories per day" in text for text in get(client, "/on/2000-03").text("figcaption"))
    day = get(client, "/on/2000-03-09")
    assert day.all("figcaption") == []
    assert "/on/03-09" in day.links


def test_a_date_that_nothing_is_from_is_told_so(client: FlaskClient) -> None:
    for when in ("1950", "1997-05", "1997-03-07", "9999-12-31"):
        answer = client.get(f"/on/{when}")
        assert (answer.status_code, parse(answer.text).text("h1")) == (404, ["The archive has nothing from then"])


def test_a_story_leads_to_its_source_and_its_date(client: FlaskClient) -> None:
    links = get(client, "/stories/bridge-1/council-votes-to-close-the-merrow-bridge").links
    assert {"/sources/the-harbor-light", "/on/1997-03-04"} <= set(links)
    undated = get(client, "/stories/undated/a-story-that-nobody-dated").links
    assert [link for link in undated if link.startswith(("/on/", "/sources/"))] == []


def test_months_are_not_hatched_where_a_story_is_dated_by_the_year_alone() -> None:
    written = (article(f"s{day}", "A story", published=day) for day in ("1990", "1990-05-02", "1991-05-02"))
    told = [
        replace(story, article=replace(one, source="The Sun")) for story, one in zip(stories(), written, strict=False)
    ]
    client = create_app(FakeArchive(told)).test_client()
    cells = {
        year: [cell.attributes.get("class") for cell in get(client, f"/coverage?year={year}").all("td")]
        for year in (1990, 1991)
    }
    assert cells == {
        year: [*[empty] * 4, "shade-5", *[empty] * 7, None, None] for year, empty in ((1990, "shade-0"), (1991, "void"))
    }


def test_years_that_nothing_is_kept_from_are_one_hatched_column_of_the_holdings() -> None:
    told = [
        replace(story, article=replace(one, source="The Sun"))
        for story, one in zip(
            stories(),
            (article(f"s{year}", "A story", published=f"{year}") for year in (1990, 1991, 1996, 1998)),
            strict=False,
        )
    ]
    client = create_app(FakeArchive(told)).test_client()
    document = get(client, "/coverage")
    assert [head.text for head in document.all("th", scope="col")] == [
        *("Source", "1990", "1991", "1992–1995", "1996", "1997", "1998", "No date", "All")
    ]
    assert [cell.attributes.get("class") for cell in document.all("td")][:7] == [
        *("shade-5", "shade-5", "void", "shade-5", "void", "shade-5", None)
    ]
    assert "Hatched: the archive holds nothing from then." in document.text("p", class_="explain")[0]
    assert [link for link in document.links if link.startswith("/coverage?year=")] == [
        f"/coverage?year={year}" for year in (1990, 1991, 1996, 1998)
    ]
