from __future__ import annotations

from pathlib import Path

import pytest

from bench.arriving import Arrival, arrive, keep, lines
from index import Article, Story
from index.archive import ArchiveDirectory
from index.rebuild import verify
from tests.index.killing import Quiet

pytestmark = pytest.mark.xdist_group("bench")


def test_a_story_that_comes_later_is_found_and_the_archive_stays_sound(tmp_path: Path) -> None:
    archive = ArchiveDirectory(tmp_path / "archive")
    articles = [Article(f"s{n}", f"Ferry {n} is late", f"Ferry {n} was late again.") for n in range(1, 6)]
    keep([Story(a, n, n, "2026-01-01T00:00:00Z", n) for n, a in enumerate(articles, 1)], archive)
    found = arrive(archive, tmp_path / "late.jsonl", "late6")
    assert 0 < found.found < found.run + 1
    assert min(found.index_bytes, found.store_bytes) > 0
    verdict = verify(archive, Quiet())
    assert (verdict.stories, verdict.waiting, verdict.problems) == (6, 0, ())


def test_the_table_has_the_middle_and_the_worst() -> None:
    found = [Arrival(0.1 * n, 0.01 * n, 100 * n, 1_000 * n) for n in (1, 9, 2)]
    assert lines(found, 5)[3:] == [
        "|---|---|---|",
        "| `add`, s | 0.200 | 0.900 |",
        "| from its acceptance until it is found, s | 0.020 | 0.090 |",
        "| bytes written to the index | 200 | 900 |",
        "| bytes written to the store | 2,000 | 9,000 |",
    ]
