"""The page of a day shows every year's stories of that day, of the whole archive or of one city."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.web.links import Document, parse


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


def test_a_citys_page_leads_to_its_day(client: FlaskClient) -> None:
    links = get(client, "/cities/portland-oregon").links
    assert [link for link in links if link.startswith("/on/") and link.endswith("?city=5746545")]
