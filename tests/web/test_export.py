"""What is taken away is what was seen, in forms that other programs read."""

from __future__ import annotations

import csv
import io
import json

from flask.testing import FlaskClient

from index.article import Article
from search.request import Request
from tests.web.fake import HOSTILE, FakeArchive
from web import cite, export
from web.formats import Formats


def test_csv_holds_every_story_of_the_search_in_its_order(client: FlaskClient, archive: FakeArchive) -> None:
    answer = client.get("/search.csv?q=flood&sort=newest&section=Weather")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="stories.csv"'
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert tuple(rows[0]) == export.COLUMNS
    assert [row[0] for row in rows[1:]] == [f"flood-{number}" for number in range(42, -1, -3)]
    assert rows[1] == [
        "flood-42",
        "Flood report number 42",
        "2002-07-09",
        "Writer 0",
        "Weather",
        "The Harbor Light",
        "Portland, Oregon",
        "",
        "http://localhost/stories/flood-42/flood-report-number-42",
        archive.held["flood-42"].article.body,
    ]


def test_no_cell_can_become_a_formula() -> None:
    article = Article(id="a", headline="=HYPERLINK(1)", body="+1", byline="@who", section="-", source="\tx")
    assert export.row(article, "http://x")[:6] == ("a", "'=HYPERLINK(1)", "", "'@who", "'-", "'\tx")


def test_json_lines_read_back_as_the_stories(client: FlaskClient, archive: FakeArchive) -> None:
    lines = client.get("/search.jsonl?copies=show").data.decode().splitlines()
    articles = [Article.from_json(json.loads(line)) for line in lines]
    assert {article.id: article for article in articles} == {id: story.article for id, story in archive.held.items()}


def test_a_long_search_is_read_in_slices_and_stops_at_the_cap(archive: FakeArchive) -> None:
    whole = [story.id for story in export.every_story(archive, Request(sort="newest", copies="show"))]
    assert len(whole) == len(set(whole)) == len(archive.held)
    assert [story.id for story in export.every_story(archive, Request(sort="newest", copies="show"), most=7)] == whole[
        :7
    ]


ARTICLE = Article(
    id="b.1",
    headline="Bridge & {tunnel}: 100% closed",
    published="1997-03-04T10:00:00-08:00",
    byline="Jane Doe and Max Roe",
    source="The Harbor Light",
    section="News",
    language="en",
)
LINK = "http://localhost/stories/b.1/bridge"


def test_a_reference_in_every_form() -> None:
    assert cite.plain(ARTICLE, LINK, "The Morgue", Formats("en-GB")) == (
        "Jane Doe and Max Roe. “Bridge & {tunnel}: 100% closed.” The Harbor Light, 4 March 1997. "
        "The Morgue, http://localhost/stories/b.1/bridge."
    )
    assert cite.ris(ARTICLE, LINK).split("\r\n") == [
        "TY  - NEWS",
        "ID  - b.1",
        "TI  - Bridge & {tunnel}: 100% closed",
        "AU  - Jane Doe",
        "AU  - Max Roe",
        "T2  - The Harbor Light",
        "PY  - 1997",
        "DA  - 1997/03/04/",
        "SE  - News",
        "LA  - en",
        "UR  - http://localhost/stories/b.1/bridge",
        "ER  - ",
        "",
    ]
    assert cite.bibtex(ARTICLE, LINK) == (
        "@article{doe1997b-1,\n"
        "  title = {{Bridge \\& \\{tunnel\\}: 100\\% closed}},\n"
        "  author = {Jane Doe and Max Roe},\n"
        "  journal = {The Harbor Light},\n"
        "  year = {1997},\n"
        "  month = {3},\n"
        "  date = {1997-03-04},\n"
        "  url = {http://localhost/stories/b.1/bridge}\n"
        "}\n"
    )
    assert cite.csl(ARTICLE, LINK) == {
        "id": "b.1",
        "type": "article-newspaper",
        "title": "Bridge & {tunnel}: 100% closed",
        "URL": LINK,
        "author": [{"literal": "Jane Doe"}, {"literal": "Max Roe"}],
        "container-title": "The Harbor Light",
        "section": "News",
        "language": "en",
        "issued": {"date-parts": [[1997, 3, 4]]},
    }


def test_a_reference_to_a_story_of_which_little_is_known_invents_nothing() -> None:
    little = Article(id="x", headline="Lost", published="1998")
    assert cite.plain(Article(id="x"), LINK, "A", Formats()) == "“(no headline).” no date. A, " + LINK + "."
    assert cite.csl(little, LINK)["issued"] == {"date-parts": [[1998]]}
    assert "DA  - 1998///" in cite.ris(little, LINK)
    assert (
        cite.bibtex(little, LINK)
        == "@article{1998x,\n  title = {{Lost}},\n  year = {1998},\n  url = {" + LINK + "}\n}\n"
    )


def test_the_page_of_a_reference_offers_each_form_alone(client: FlaskClient) -> None:
    for form, kind in (
        ("ris", "application/x-research-info-systems"),
        ("bibtex", "application/x-bibtex"),
        ("csl", "application/vnd.citationstyles.csl+json"),
    ):
        answer = client.get(f"/cite/hostile?as={form}")
        assert (answer.status_code, answer.mimetype) == (200, kind)
        assert HOSTILE.split("&")[0] in answer.text.replace('\\"', '"')
    assert client.get("/cite/never").status_code == 404
    assert client.get("/cite/removed").status_code == 410
