"""The API answers as it is described, in the forms of the house, and says what is wrong in its own words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from search import open_archive
from search.archive import ArchiveError
from search.form import page_to_json
from search.page import Page
from search.request import Request
from tests.search.test_archive import story, write
from tests.web.fake import FakeArchive
from tests.web.links import parse
from web import create_app
from web.house import House
from web.password import hashed


def fits(value: Any, schema: dict[str, Any], every: dict[str, Any], at: str = "") -> None:
    """Fail where `value` is not what the schema says (the part of JSON Schema that the document uses)."""
    if "$ref" in schema:
        schema = every[schema["$ref"].rpartition("/")[2]]
    if "enum" in schema:
        assert value in schema["enum"], at
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    python: dict[str, Any] = {
        "string": str,
        "integer": int,
        "number": (int, float),
        "boolean": bool,
        "array": list,
        "object": dict,
    }
    if kinds:
        assert any(value is None if kind == "null" else isinstance(value, python[kind]) for kind in kinds), (at, value)
    if isinstance(value, dict):
        assert set(value) == set(schema["properties"]), at
        for name, part in value.items():
            fits(part, schema["properties"][name], every, f"{at}/{name}")
    if isinstance(value, list):
        for number, part in enumerate(value):
            fits(part, schema["items"], every, f"{at}/{number}")


@pytest.fixture
def schemas(client: FlaskClient) -> dict[str, Any]:
    answer = client.get("/api/v1/openapi.json").get_json()
    assert answer["openapi"] == "3.1.0"
    schemas: dict[str, Any] = answer["components"]["schemas"]
    return schemas


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?q=flood",
        "?q=%22flood",
        "?q=brigde",
        "?city=5746545&limit=0&facets=0",
        "?by=day",
        "?source=The+Harbor+Light",
    ],
)
def test_a_search_answers_as_described(client: FlaskClient, schemas: dict[str, Any], query: str) -> None:
    fits(client.get(f"/api/v1/search{query}").get_json(), schemas["SearchPage"], schemas)


@pytest.mark.parametrize(("until", "granularity"), [("2010-12-13", "day"), ("2010-12-14", "month")])
def test_the_answer_says_how_long_the_bars_are_where_those_asked_for_would_be_too_many(
    client: FlaskClient, until: str, granularity: str
) -> None:
    timeline = client.get(f"/api/v1/search?by=day&since=2000-01-01&until={until}").get_json()["timeline"]
    assert (timeline["granularity"], len(timeline["buckets"])) == (
        granularity,
        {"day": 4_000, "month": 132}[granularity],
    )
    described = client.get("/api/v1/openapi.json").get_json()["paths"]["/search"]["get"]["parameters"]
    (by,) = [parameter["description"] for parameter in described if parameter["name"] == "by"]
    assert "more than 4,000: `timeline.granularity` says how long they are" in by


def test_an_article_answers_as_described(client: FlaskClient, schemas: dict[str, Any], archive: FakeArchive) -> None:
    for id in archive.held:
        fits(client.get(f"/api/v1/articles/{id}").get_json(), schemas["StoredArticle"], schemas)
    copy = client.get("/api/v1/articles/copy").get_json()
    assert (copy["copies"], copy["versions"]) == (["copy-2"], 1)
    assert client.get("/api/v1/articles/bridge-1").get_json()["versions"] == 2


def test_the_parameters_are_those_of_the_pages(client: FlaskClient, archive: FakeArchive) -> None:
    query = "?q=flood&city=5746545&not-section=Weather&since=1999&limit=3&offset=2&facets=1"
    answer = client.get(f"/api/v1/search{query}").get_json()
    (asked,) = archive.asked
    beside = {name: answer[name] for name in ("next", "changed", "citation", "cited")}
    assert page_to_json(archive.search(asked)) | beside == answer
    assert (answer["changed"], answer["cited"]) == (None, None)
    assert (asked.limit, asked.offset, asked.facet_limit, asked.cities) == (3, 2, 1, ("5746545",))
    described = client.get("/api/v1/openapi.json").get_json()["paths"]["/search"]["get"]["parameters"]
    names = {parameter["name"] for parameter in described}
    assert names >= {"q", "city", "not-byline", "since", "until", "undated", "copies", "sort", "limit", "offset"}


@pytest.mark.parametrize(
    ("address", "status", "detail"),
    [
        (
            "search?sort=best",
            400,
            "sort cannot be “best”: use one of relevance, newest, oldest, arrived.",
        ),
        ("search?sinse=1999", 400, "There is no parameter “sinse” here; did you mean since?"),
        (
            "articles/bridge-1?whole=yes",
            400,
            "There is no parameter “whole” here. What there is, is described under /api/v1.",
        ),
        ("holdings?years=1999", 400, "There is no parameter “years” here; did you mean year?"),
        ("search?since=soon", 400, "“soon” is not a date I can read: write 1987, 1987-04, 1987-04-09 or April 1987."),
        ("search?limit=1000", 400, "limit must be a whole number from 0 to 100."),
        ("search?offset=-1", 400, "offset must be a whole number from 0 to 10000."),
        ("related", 400, "Say which story: id is the last part of its address, or of a search's hits."),
        ("related?id=bridge-1&limit=21", 400, "limit must be a whole number from 0 to 20."),
        ("suggest?q=a&limit=31", 400, "limit must be a whole number from 0 to 30."),
        ("suggest?q=" + "a" * 2001, 400, "The query has more than 2000 characters."),
        ("related?id=never", 404, "The archive holds no story of that name. Perhaps a search finds it."),
        ("related?id=removed", 410, "It was once in the archive and has been taken out by the newsroom."),
        ("articles/never", 404, "The archive holds no story of that name. Perhaps a search finds it."),
        ("articles/removed", 410, "It was once in the archive and has been taken out by the newsroom."),
        ("nothing", 404, "The address may be mistyped, or the page may have moved."),
    ],
)
def test_a_problem_is_told_as_a_problem(
    client: FlaskClient, schemas: dict[str, Any], address: str, status: int, detail: str
) -> None:
    answer = client.get(f"/api/v1/{address}")
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    problem = answer.get_json(force=True)
    fits(problem, schemas["Problem"], schemas)
    assert (problem["status"], problem["detail"]) == (status, detail)


def test_what_cannot_be_done_to_the_api_is_a_problem_that_says_what_can(client: FlaskClient) -> None:
    answer = client.post("/api/v1/search")
    assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert answer.get_json(force=True)["title"] == "That cannot be done here"


def test_a_fault_of_the_archive_is_a_problem_too(archive: FakeArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(request: Request) -> Page:
        raise ArchiveError("the index is gone")

    monkeypatch.setattr(archive, "search", broken)
    answer = create_app(archive, House(cors_origin="*")).test_client().get("/api/v1/search")
    assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")
    assert (answer.headers["Access-Control-Allow-Origin"], answer.headers["Cache-Control"]) == ("*", "no-store")
    assert answer.headers["Retry-After"] == "60"
    assert create_app(archive).test_client().get("/search.csv").status_code == 503


def test_an_answer_holds_until_the_archive_changes(archive: FakeArchive) -> None:
    client = create_app(archive).test_client()
    first = client.get("/api/v1/search?q=flood")
    assert first.headers["Cache-Control"] == "no-cache"
    assert first.last_modified is not None
    held = {"If-None-Match": first.headers["ETag"]}
    assert client.get("/api/v1/search?q=flood", headers=held).status_code == 304
    archive.generation = "1.2"
    assert client.get("/api/v1/search?q=flood", headers=held).status_code == 200


def test_other_sites_scripts_may_read_only_where_the_newsroom_says_so(archive: FakeArchive) -> None:
    assert "Access-Control-Allow-Origin" not in create_app(archive).test_client().get("/api/v1/search").headers
    client = create_app(archive, House(cors_origin="https://desk.example")).test_client()
    assert client.get("/api/v1/search").headers["Access-Control-Allow-Origin"] == "https://desk.example"
    assert "Access-Control-Allow-Origin" not in client.get("/search").headers


def test_a_script_that_may_read_may_also_ask_whether_anything_has_changed(archive: FakeArchive) -> None:
    newsroom = House(cors_origin="https://desk.example", password_hash=hashed("ink"))
    client = create_app(archive, newsroom).test_client()
    leave = client.options("/api/v1/search?q=flood")
    assert leave.status_code == 200
    assert "If-None-Match" in leave.headers["Access-Control-Allow-Headers"]
    assert "Authorization" in leave.headers["Access-Control-Allow-Headers"]
    closed = client.get("/api/v1/search")
    assert (closed.status_code, closed.mimetype) == (401, "application/problem+json")
    assert closed.headers["WWW-Authenticate"].startswith("Basic ")
    first = client.get("/api/v1/search?q=flood", auth=("any", "ink"))
    assert "ETag" in first.headers["Access-Control-Expose-Headers"]
    again = client.get("/api/v1/search?q=flood", auth=("any", "ink"), headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    for answer in (leave, first, again, client.get("/api/v1/none", auth=("any", "ink")), closed):
        assert answer.headers["Access-Control-Allow-Origin"] == "https://desk.example"


def test_the_watchdog_hears_the_generation(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert answer.get_json() == {"status": "ok", "generation": "1.1"}
    assert answer.headers["Cache-Control"] == "no-store"


def test_people_may_read_the_description_too(client: FlaskClient) -> None:
    document = parse(client.get("/api/v1").text)
    assert document.text("h2") == [
        "GET /api/v1/search",
        "GET /api/v1/articles/{id}",
        "GET /api/v1/suggest",
        "GET /api/v1/related",
        "GET /api/v1/cities",
        "GET /api/v1/holdings",
        "Try it",
    ]
    assert len(document.all("th", scope="row")) == 25 + 1 + 2 + 2 + 2 + 1


def test_what_is_being_typed_is_gone_on_with(client: FlaskClient, schemas: dict[str, Any]) -> None:
    answer = client.get("/api/v1/suggest?q=flood+portl").get_json()
    fits(answer, schemas["Suggestions"], schemas)
    assert answer["suggestions"] == [
        {"text": 'flood city:"Portland, Oregon"', "label": "Portland, Oregon", "kind": "city", "count": 24},
        {"text": 'flood city:"Portland, Maine"', "label": "Portland, Maine", "kind": "city", "count": 23},
    ]
    assert client.get("/api/v1/suggest").get_json() == {"suggestions": []}


def test_an_affair_is_told_in_order_of_time(tmp_path: Path, schemas: dict[str, Any]) -> None:
    write(
        tmp_path,
        story(1, "Merrow bridge shut", "The Merrow bridge was shut by Ann Cole.", published="1997-03-04"),
        story(2, "Merrow bridge opens", "Pike opened the Merrow bridge for $71 million.", published="1999-05"),
        *(story(number, "Rain", "It rained.") for number in range(3, 9)),
    )
    with open_archive(tmp_path) as archive:
        client = create_app(archive).test_client()
        answer = client.get("/api/v1/related?id=s2").get_json()
        page = parse(client.get("/stories/s2/merrow-bridge-opens").text)
    fits(answer, schemas["Thread"], schemas)
    assert [(one["id"], one["this"], one["new"]) for one in answer["stories"]] == [
        ("s1", False, "The Merrow bridge was shut by Ann Cole."),
        ("s2", True, "Pike opened the Merrow bridge for $71 million."),
    ]
    assert " ".join(page.one("section", class_="thread").text.split()) == (
        "Before and after March 4, 1997 Merrow bridge shut The Merrow bridge was shut by Ann Cole. "
        "May 1999 This story Pike opened the Merrow bridge for $71 million."
    )
    assert page.one("li", **{"aria-current": "true"}).text.startswith("May 1999")
    assert "/stories/s1/merrow-bridge-shut" in page.links


def test_a_story_without_an_affair_shows_no_thread(client: FlaskClient) -> None:
    answer = client.get("/api/v1/related?id=undated").get_json()
    assert [one["id"] for one in answer["stories"]] == ["undated"]
    assert parse(client.get("/stories/undated/a-story-that-nobody-dated").text).all("section", class_="thread") == []


def test_the_cities_come_with_their_places_and_counts(client: FlaskClient, schemas: dict[str, Any]) -> None:
    answer = client.get("/api/v1/cities").get_json()
    fits(answer, schemas["Cities"], schemas)
    assert answer["total"] == 2
    assert answer["cities"][0] == {
        "key": "5746545",
        "label": "Portland, Oregon",
        "count": 24,
        "path": "/cities/portland-oregon",
        "country": "United States",
        "region": "Oregon",
        "latitude": 45.52,
        "longitude": -122.68,
    }
    assert client.get("/api/v1/cities?limit=1&offset=1").get_json()["cities"] == answer["cities"][1:]


@pytest.mark.parametrize("query", ["", "?year=1999", "?year=3000"])
def test_the_holdings_add_up(client: FlaskClient, schemas: dict[str, Any], query: str) -> None:
    answer = client.get(f"/api/v1/holdings{query}").get_json()
    fits(answer, schemas["Holdings"], schemas)
    for source in answer["sources"]:
        counted = sum(period["count"] for period in source["periods"])
        assert source["total"] == counted + source["undated"] + source["imprecise"]
    assert answer["granularity"] == ("month" if query else "year")
    if not query:
        assert sum(source["total"] for source in answer["sources"]) == 52


def test_a_request_of_the_api_is_a_request(archive: FakeArchive) -> None:
    create_app(archive).test_client().get("/api/v1/search")
    assert archive.asked == [Request(sort="newest")]
