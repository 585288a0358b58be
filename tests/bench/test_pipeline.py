from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from bench.measure import Build
from bench.pipeline import Kept, Pipeline, lines, stages, write_lines
from index import Article, City, Story
from index.archive import ArchiveDirectory
from index.enrich import Context, enrich
from index.readers import draft, records
from index.record import Record
from index.store import Store

_TODAY = date(2026, 1, 1)
pytestmark = pytest.mark.xdist_group("bench")


def made_up(number: int) -> Story:
    article = Article(
        id=f"s{number}",
        headline=f"Ferry {number} is late",
        body=f"The ferry was late again on day {number}.\n\nNobody waited.",
        published=f"2001-01-{1 + number % 28:02}",
        byline="Ann Poe",
        cities=(City(1_000_000 + number, "Somewhere"),),
    )
    return Story(article, number, number, "2026-01-01T00:00:00Z", number)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("lines") / "stories.jsonl"
    write_lines(map(made_up, range(1, 61)), written)
    return written


def test_stories_come_with_what_news_brings_along_and_are_read_as_news(file: Path) -> None:
    found = [record for record in records([str(file)]) if isinstance(record, Record)]
    assert len(found) == 60
    for record in found:
        given = json.loads(record.raw)
        article = enrich(draft(record), Context(today=_TODAY))
        assert article.headline == given["headline"]
        assert article.published == given["published"]
        assert "newsletter" not in article.body
        assert article.cities[0].role == "dateline"
        assert given["body"].startswith(f"{article.cities[0].name.upper()}, ")


def test_every_stage_of_adding_is_timed_and_leaves_the_stories_in_the_store(file: Path, tmp_path: Path) -> None:
    archive = ArchiveDirectory(tmp_path / "archive")
    spent = stages([file], archive)
    assert len(spent) == 10
    assert all(microseconds > 0 for microseconds in spent.values())
    assert [story.article.id for story in Kept(archive.path, 5)] == [f"s{n}" for n in range(1, 6)]
    with Store(archive.store_file) as store:
        assert store.last == 60


def test_what_the_stages_do_not_account_for_is_a_line_of_its_own() -> None:
    theirs = Build("tantivy", 1_000, 0.2, 0.1, 1, 1)
    done = Pipeline(1_000, 280_000, 2.0, 3.0, 2, 10**6, 10**6, 10**6, {"clean": 1_000.0, "cities": 1_400.0}, theirs)
    assert lines(done)[4:] == [
        "| `python -m index add`, 2 cores | 2.0 | 3.0 | 140,000 | 93,333 |",
        "| tantivy, one thread, index only | 0.2 | 0.1 | 1,400,000 | 2,800,000 |",
        "",
        "By the clock 0.05 of tantivy's rate; 0.07 if the cores were its own.",
        "",
        "Peak memory 1 MB (the largest process); store 1 MB, index 1 MB.",
        "",
        "| stage | µs of the processor a story | share |",
        "|---|---|---|",
        "| clean | 1,000 | 33% |",
        "| cities | 1,400 | 47% |",
        "| start, passing between processes, merging | 600 | 20% |",
        "| all | 3,000 | 100% |",
    ]
