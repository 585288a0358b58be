"""What is taken away is what was seen, in forms that other programs read."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from index.article import Article
from search.page import Hit, Page
from search.request import Request
from tests.web.fake import HOSTILE, FakeArchive, article
from tests.web.links import parse
from tests.web.test_cursor import grown, late
from web import cite, create_app, export
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
    article = Article(id="a", headline="=HYPERLINK(1)", body="+1", byline="@who", section="-", source="\tx", url="＝1")
    assert export.row(article, "http://x")[:6] == ("a", "'=HYPERLINK(1)", "", "'@who", "'-", "'\tx")


def test_json_lines_read_back_as_the_stories(client: FlaskClient, archive: FakeArchive) -> None:
    lines = client.get("/search.jsonl?copies=show").data.decode().splitlines()
    articles = [Article.from_json(json.loads(line)) for line in lines]
    assert {article.id: article for article in articles} == {id: story.article for id, story in archive.held.items()}


def test_a_long_search_is_read_in_slices_and_stops_at_the_cap(
    archive: FakeArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Request(sort="newest", copies="show")
    at_once = [story.id for story in export.take(archive, asked).articles]
    assert len(at_once) == len(set(at_once)) == len(archive.held)
    for slice in (1, 7, 51, 52, 53):
        monkeypatch.setattr(export, "SLICE", slice)
        assert [story.id for story in export.take(archive, asked).articles] == at_once
        for most in (1, 7, 51, 52, 53):
            taken = export.take(archive, asked, most)
            assert (taken.total, taken.listed, taken.is_cut) == (52, min(most, 52), most < 52)
            assert [story.id for story in taken.articles] == at_once[:most]


def test_a_list_is_not_moved_by_what_arrives_while_it_is_read(
    archive: FakeArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "SLICE", 5)
    asked = Request(sort="newest", copies="show")
    before = [story.id for story in export.take(archive, asked).articles]
    read = []
    for number, story in enumerate(export.take(archive, asked).articles):
        read.append(story.id)
        grown(archive, late(100 + number))
    assert read == before


FORMS = ("csv", "jsonl", "ris", "clippings")


def listed(client: FlaskClient, form: str, query: str) -> list[str]:
    """The headlines of a list taken away, in its order."""
    text = client.get(f"/search.{form}?{query}").data.decode("utf-8-sig")
    match form:
        case "csv":
            return [row["headline"] for row in csv.DictReader(io.StringIO(text))]
        case "jsonl":
            return [json.loads(line)["headline"] for line in text.splitlines()]
        case "ris":
            return [line.removeprefix("TI  - ") for line in text.splitlines() if line.startswith("TI  - ")]
        case _:
            return parse(text).text("h2")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "query",
    [
        "q=flood",
        "q=flood&sort=oldest",
        "city=5746545&not-section=Weather",
        "not-city=5746545&byline=Writer+3&byline=Writer+4",
        "source=The+Harbor+Light&since=2000&until=2001-06",
        "undated=only",
        "copies=show&sort=arrived",
        "q=flood&arrived-by=20&page=2&size=50",
        "q=zzz",
    ],
)
def test_every_form_has_the_stories_of_the_page_under_every_filter(client: FlaskClient, form: str, query: str) -> None:
    pairs = "&".join(pair for pair in query.split("&") if not pair.startswith(("page=", "size=")))
    answer = client.get(f"/api/v1/search?{pairs}&limit=100").get_json()
    assert listed(client, form, query) == [hit["headline"] or "(no headline)" for hit in answer["hits"]]


NOTE = "These are the first 3 of 49 stories; narrow the search by date, city or section for the rest."


def test_a_list_that_is_cut_off_says_so_in_the_file_and_in_its_headers(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "DEPTH", 3)
    got = {form: client.get(f"/search.{form}?q=flood") for form in FORMS}
    for form in ("csv", "jsonl", "ris"):
        assert (got[form].headers["Stories-Found"], got[form].headers["Stories-Listed"]) == ("49", "3")
    rows = list(csv.reader(io.StringIO(got["csv"].data.decode("utf-8-sig"))))
    assert (len(rows), {len(row) for row in rows}) == (5, {len(export.COLUMNS)})
    assert rows[-1] == [NOTE, *[""] * (len(export.COLUMNS) - 1)]
    lines = got["jsonl"].data.decode().splitlines()
    assert (len(lines), json.loads(lines[-1])) == (4, {"note": NOTE, "total": 49, "listed": 3})
    records = got["ris"].data.decode().split("ER  - ")
    assert [f"N1  - {NOTE}\r\n" in record for record in records] == [True, False, False, False]
    assert NOTE in parse(got["clippings"].text).text("p", class_="explain")[0]


@pytest.mark.parametrize("form", FORMS)
def test_a_list_that_is_whole_has_no_note(client: FlaskClient, form: str) -> None:
    answer = client.get(f"/search.{form}?q=flood")
    assert b"These are the first" not in answer.data
    if form != "clippings":
        assert (answer.headers["Stories-Found"], answer.headers["Stories-Listed"]) == ("49", "49")


def test_adding_a_cut_list_names_the_note_and_takes_the_stories(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(export, "DEPTH", 3)
    for form in ("csv", "jsonl"):
        (tmp_path / f"list.{form}").write_bytes(client.get(f"/search.{form}?q=flood").data)
        command = [sys.executable, "-m", "index", "add", f"list.{form}", "--archive", f"{form}-archive", "--json"]
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        outcome = json.loads(done.stdout)
        assert (done.returncode, outcome["new"], outcome["refused"]) == (1, 3, 1), done.stdout


class Endless(FakeArchive):
    """An archive of ten thousand stories of ten kilobytes, each made only when a page has it."""

    def __init__(self) -> None:
        super().__init__()
        self.empty = super().search(Request("zzz"))
        self.newest_arrival = 10_000
        self.asked.clear()

    def search(self, request: Request) -> Page:
        self.asked.append(request)
        numbers = range(request.offset, min(request.offset + request.limit, 10_000))
        stories = (article(f"s{number}", f"Story {number}", f"{number:010}" * 1_000) for number in numbers)
        return replace(self.empty, total=10_000, hits=tuple(Hit(story, 1.0) for story in stories))


@pytest.mark.parametrize("form", FORMS)
def test_a_long_list_begins_at_once_and_is_never_whole_in_memory(form: str) -> None:
    archive = Endless()
    answer = create_app(archive).test_client().get(f"/search.{form}?q=flood", buffered=False)
    chunks = iter(answer.response)
    next(chunks)
    assert sum(request.limit for request in archive.asked) <= export.SLICE
    tracemalloc.start()
    size = sum(len(chunk) for chunk in chunks)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sum(request.limit for request in archive.asked) == 10_000
    assert size > 90_000_000 if form in ("csv", "jsonl", "clippings") else size > 1_000_000
    assert peak < 10_000_000


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
