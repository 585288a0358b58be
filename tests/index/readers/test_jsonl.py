import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from index import readers
from index.article import Article, City
from index.enrich import Context, enrich
from index.readers.jsonl import LONGEST
from index.record import DateClue, Draft, Record, Refusal


def drafted(given: Any) -> Draft:
    return readers.draft(Record(json.dumps(given).encode(), "jsonl", "-", 1))


@pytest.mark.parametrize(
    "given",
    [
        {"headline": "Bridge closed", "body": "It is.", "published": "2018-01-24",
         "byline": "Jane Doe",
         "source": "Bugle", "section": "News", "url": "https://example.org/1", "id": "7",
         "cities": ["Albany, New York"]},
        {"title": "Bridge closed", "text": "It is.", "date": "2018-01-24", "author": "By Jane Doe",
         "publisher": "Bugle", "category": "News", "link": "https://example.org/1", "guid": "7",
         "city": "Albany, New York"},
        {"Heading": "Bridge closed", "Content": "It is.", "Pub Date": "2018-01-24",
         "Authors": ["Jane Doe"],
         "Site": "Bugle", "Category": ["News"], "ID": 7,
         "URL": "https://example.org/1",
         "City": {"name": "Albany", "region": "New York"}},
        {"headline": {"rendered": "Bridge closed"}, "article": ["It is."], "publication_date": "2018-01-24",
         "author": {"name": "Jane Doe"}, "source": {"name": "Bugle"}, "section": "News",
         "permalink": "https://example.org/1", "id": "7", "cities": [{"name": "Albany", "region": "New York"}]},
    ],
)  # fmt: skip
def test_everyday_names_of_the_fields_are_understood(given: dict[str, Any]) -> None:
    draft = drafted(given)
    assert [clue.value for clue in draft.dates] == ["2018-01-24"]
    assert draft == Draft(
        given_id="7",
        headline="Bridge closed",
        body="It is.",
        byline="Jane Doe",
        section="News",
        source="Bugle",
        url="https://example.org/1",
        dates=draft.dates,
        cities=("Albany, New York",),
    )


def test_the_houses_own_names_come_first_and_empty_values_count_as_missing() -> None:
    draft = drafted(
        {"title": "A", "headline": "B", "body": "", "text": "The bridge.", "published": None, "date": "2018"}
    )
    assert (draft.headline, draft.body, draft.dates) == ("B", "The bridge.", (DateClue("2018", "the field date"),))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://example.org/1", "/news/1", "data:text/html,x", "https://", 5]
)
def test_only_web_addresses_are_kept(url: Any) -> None:
    assert drafted({"title": "Bridge closed", "url": url}).url == ""


def test_a_story_may_have_a_headline_alone() -> None:
    assert drafted({"title": "Bridge closed"}) == Draft(headline="Bridge closed")


def test_a_story_without_a_headline_gets_one_and_that_is_said() -> None:
    draft = drafted({"text": "The bridge is closed. It will stay so."})
    assert (draft.headline, draft.headline_made) == ("The bridge is closed", True)


def test_an_export_gives_the_same_article() -> None:
    article = Article(
        headline="Bridge closed",
        body="ALBANY, N.Y. (AP) — By noon, it was closed.\n\nAdvertisement",
        published="2018-01-24T17:30:00-05:00",
        byline="Jane Doe",
        section="News",
        source="The Daily Bugle",
        url="https://example.org/1",
        dateline="ALBANY, N.Y. (AP)",
        language="en",
        cities=(
            City(5106834, "Albany", "New York", "United States", 42.65, -73.75, "ALBANY, N.Y.", "dateline", "dateline"),
            City(None, "Pottersville", surface="Pottersville", role="mentioned", reason="named once"),
        ),
        headline_made=True,
        published_reason="the file's name",
    )
    draft = drafted(article.to_json() | {"id": "bridge-7", "path": "/stories/1.txt"})
    assert draft.given_id == "bridge-7"
    assert enrich(draft, Context(date(2026, 11, 23))) == article


def test_a_coordinate_that_is_on_no_map_is_left_out() -> None:
    form = Article(headline="Bridge closed", cities=(City(None, "Pottersville"),)).to_json()
    form["cities"][0] |= {"latitude": "nan", "longitude": "1e999"}
    assert drafted(form).article == Article(headline="Bridge closed", cities=(City(None, "Pottersville"),))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"published": "24 Jan"}, "this exported article cannot be taken over: '24 Jan' is no date"),
        ({"headline": 5}, "the field 'headline' of an exported article must be text"),
        ({"cities": [{"region": "Ohio"}]}, "this exported article cannot be taken over: a city needs a name"),
        ({"cities": [{"name": "Lima", "role": "x"}]}, "this exported article cannot be taken over: 'x' is no role"),
    ],
)
def test_a_spoilt_export_is_refused(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(readers.Unreadable, match=reason):
        drafted(Article(headline="Bridge closed").to_json() | change)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b'{"title": "Bridge}', "it is no JSON: Unterminated string"),
        (b'["Bridge"]', r'it is no JSON object but \["Bridge"\]; each story is one'),
        (b"null", "it is no JSON object but null; each story is one"),
        (b'{"title": ' + b"9" * 5000 + b"}", "a number in it has thousands of digits; write it in quotes"),
        (b'{"articles": [], "next": 2}', "it has articles, next: name one of these headline and one body"),
        (b'{"title": {"a": 1}}', "the field 'title' is an object where words are expected"),
        (b'{"title": true}', "the field 'title' is true or false where words are expected"),
        (b"[" * 100_000, "it is nested too deeply"),
    ],
)
def test_a_bad_line_says_what_is_wrong_with_it(raw: bytes, reason: str) -> None:
    with pytest.raises(readers.Unreadable, match=reason):
        readers.draft(Record(raw, "jsonl", "/a.jsonl", 3))


def split(tmp_path: Path, content: bytes) -> list[tuple[int | None, bytes | str]]:
    file = tmp_path / "a.jsonl"
    file.write_bytes(content)
    return [(r.number, r.raw) if isinstance(r, Record) else (r.record, r.reason) for r in readers.records([str(file)])]


def test_lines_are_numbered_as_they_stand_and_blank_ones_passed_over(tmp_path: Path) -> None:
    content = b'\xef\xbb\xbf{"title": "A"}\r\n\n{"title": B}\n{"title": "C"}'
    assert split(tmp_path, content) == [(1, b'{"title": "A"}'), (3, b'{"title": B}'), (4, b'{"title": "C"}')]


def test_a_huge_line_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    content = b'{"title": "A"}\n{"title": "' + b"x" * (LONGEST + 10) + b'"}\n{"title": "C"}\n'
    assert split(tmp_path, content) == [
        (1, b'{"title": "A"}'),
        (2, "line 2 is longer than 16 MB: no story is as long"),
        (3, b'{"title": "C"}'),
    ]


def test_a_first_line_nested_too_deeply_costs_that_line(tmp_path: Path) -> None:
    deep = b'{"title": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    assert split(tmp_path, deep + b'\n{"title": "B"}\n') == [(1, deep), (2, b'{"title": "B"}')]


def test_an_array_nested_too_deeply_ends_its_file_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "b.jsonl").write_bytes(b'{"title": "B"}')
    (tmp_path / "a.json").write_bytes(b"[" + b'{"t":' * 200_000)
    found = [
        record.reason if isinstance(record, Refusal) else record.raw for record in readers.records([str(tmp_path)])
    ]
    assert found == ["object 1 is nested too deeply; the rest of the file was not read", b'{"title": "B"}']


@pytest.mark.parametrize(
    "content", ['[{"t": "A"}, {"t": "é"}]', '[\n  {"t": "A"},\n  {"t": "é"}\n]\n', '{"t":\n"A"}\n{"t":\n"é"}']
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_arrays_and_objects_over_several_lines_are_cut_into_stories(
    tmp_path: Path, content: str, encoding: str
) -> None:
    found = split(tmp_path, content.encode(encoding))
    assert [(number, json.loads(raw)) for number, raw in found] == [(1, {"t": "A"}), (2, {"t": "é"})]


def test_an_array_larger_than_what_is_read_at_once_is_whole(tmp_path: Path) -> None:
    stories = [{"title": f"Story {n}", "text": "word " * 20_000} for n in range(5)]
    found = split(tmp_path, json.dumps(stories, indent=1).encode())
    assert [json.loads(raw) for _, raw in found] == stories


def test_an_array_that_breaks_off_says_where(tmp_path: Path) -> None:
    found = split(tmp_path, b'[{"title": "A"},\n {"title": "B"')
    assert found[0] == (1, b'{"title": "A"}')
    assert found[1][0] == 2
    assert str(found[1][1]).startswith("object 2 is no JSON (")
    assert str(found[1][1]).endswith("the rest of the file was not read")


def test_refusals_name_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'[{"title": "A"')
    (refusal,) = readers.records([str(tmp_path)])
    assert isinstance(refusal, Refusal)
    assert refusal.path == str(tmp_path / "a.jsonl")
