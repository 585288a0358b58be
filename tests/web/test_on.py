"""The page of a day shows every year's stories of that day, of the whole archive or of one city."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search import open_archive
from tests.search.test_archive import MAINE, OREGON, story, write
from tests.web.links import Document, parse
from web import create_app


def get(client: FlaskClient, address: str) -> Document:
    response = client.get(address)
    assert response.status_code == 200, address
    return parse(response.text)


def test_a_day_has_its_years_newest_first(client: FlaskClient) -> None:
    document = get(client, "/on/03-09")
    assert document.text("h1") == ["On March 9"]
    assert document.text("h2") == ["2002", "2001", "2000", "1999"]
    assert document.text("h3") == [f"Flood report number {number}" for number in (38, 26, 14, 2)]
    assert "noindex" not in str(document.all("meta", name_="robots"))


def test_a_day_can_be_one_citys(client: FlaskClient) -> None:
    document = get(client, "/on/03-09?city=5746545")
    assert document.text("h1") == ["On March 9, in Portland, Oregon"]
    assert document.text("h3") == [f"Flood report number {number}" for number in (38, 26, 14, 2)]
    assert get(client, "/on/03-09?city=portland-maine").text("h3") == []
    assert [link for link in document.links if link.startswith("/on/")] == [
        "/on/03-08?city=5746545",
        "/on/03-10?city=5746545",
        "/on/03-09",
    ]
    assert "/search?city=5746545&since=2002-03-09&until=2002-03-09" in document.links
    assert document.one("meta", name_="robots").attributes["content"] == "noindex,follow"


def test_a_year_without_stories_is_no_empty_archive(client: FlaskClient) -> None:
    page = client.get("/coverage?year=1700").text
    assert "The archive has nothing from that year." in page
    assert "This archive is still empty." not in page


def test_a_city_that_is_not_here_has_no_days(client: FlaskClient) -> None:
    assert client.get("/on/03-09?city=atlantis").status_code == 404
    assert client.get("/on/03-09?city=").status_code == 404


def test_a_city_may_be_named_in_any_way_that_the_search_knows(client: FlaskClient) -> None:
    by_number = client.get("/on/03-09?city=5746545").text
    for name in ("portland-or", "portland-oregon", "Portland, Oregon"):
        assert client.get("/on/03-09", query_string={"city": name}).text == by_number


def test_a_citys_page_leads_to_its_day(client: FlaskClient) -> None:
    links = get(client, "/cities/portland-oregon").links
    assert [link for link in links if link.startswith("/on/") and link.endswith("?city=5746545")]


@pytest.fixture
def leaps(tmp_path: Path) -> FlaskClient:
    write(
        tmp_path,
        story(1, "Leap day in Oregon", "It came.", published="1996-02-29", cities=(OREGON,)),
        story(2, "Leap day in Maine", "It came.", published="2004-02-29T23:59:00-05:00", cities=(MAINE,)),
        story(3, "The day before", "It was near.", published="2003-02-28"),
        story(4, "The day after", "It was missed.", published="2003-03-01"),
        story(5, "Some day of the month", "Who knows?", published="2004-02"),
        story(6, "No day at all", "Who knows?"),
    )
    return create_app(open_archive(tmp_path)).test_client()


@pytest.mark.parametrize(
    ("address", "headlines"),
    [
        ("/on/02-29", ["Leap day in Maine", "Leap day in Oregon"]),
        ("/on/02-29?city=5746545", ["Leap day in Oregon"]),
        ("/on/02-28", ["The day before"]),
        ("/on/03-01", ["The day after"]),
        ("/on/12-31", []),
    ],
)
def test_the_29th_of_february_has_its_own_years(leaps: FlaskClient, address: str, headlines: list[str]) -> None:
    assert get(leaps, address).text("h3") == headlines


def test_the_days_around_the_29th_of_february_are_all_days_there_are(leaps: FlaskClient) -> None:
    around = {
        day: [link for link in get(leaps, f"/on/{day}").links if link.startswith("/on/")]
        for day in ("02-28", "02-29", "03-01", "12-31")
    }
    assert around == {
        "02-28": ["/on/02-27", "/on/02-29"],
        "02-29": ["/on/02-28", "/on/03-01"],
        "03-01": ["/on/02-29", "/on/03-02"],
        "12-31": ["/on/12-30", "/on/01-01"],
    }


@pytest.mark.parametrize(
    "day",
    [
        "02-30",
        "13-01",
        "00-10",
        "04-31",
        "2-3",
        "02-29-2004",
        "abc",
        "٠٣-٠٤",
        "1997-13",
        "1997-02-30",
        "0000",
        "1997-3",
    ],
)
def test_a_day_that_no_year_has_is_told_so(leaps: FlaskClient, day: str) -> None:
    answer = leaps.get(f"/on/{day}")
    assert answer.status_code == 404
    document = parse(answer.text)
    assert document.text("h1") == ["There is no such day"]
    assert "as in /on/03-04, or a year, a month or a day, as in /on/1997-03-04." in answer.text
