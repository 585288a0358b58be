from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bench import writing
from bench.measure import Build
from bench.writing import Addition, Growth, IndexAlone, Rate, Written, grow, lines
from index import Article, Story
from index.embedded import IndexDirectory

pytestmark = pytest.mark.xdist_group("bench")


def made_up(count: int) -> list[Story]:
    articles = [Article(f"s{n}", f"Ferry {n} is late", f"Ferry {n} was late for Ann Poe.") for n in range(1, count + 1)]
    return [Story(article, n, n, "2026-01-01T00:00:00Z", n) for n, article in enumerate(articles, 1)]


def test_the_index_alone_has_every_word_and_neither_texts_nor_phrases(tmp_path: Path) -> None:
    IndexAlone().build(made_up(20), tmp_path)
    with IndexDirectory(tmp_path / "index").open() as generation:
        (segment,) = generation.segments
        assert segment.live_count == 20
        assert int(segment.lengths.sum()) == 20 * 11
        assert segment.sizes()[".stories records"] == 0
        assert len(segment.phrases.headlines.lines) == 0


def test_daily_additions_are_counted_with_what_merging_writes_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "Corpus", lambda count, seed: made_up(count))
    monkeypatch.setattr(writing, "DAYS", 3)
    monkeypatch.setattr(writing, "A_DAY", 4)
    IndexAlone().build(made_up(20), tmp_path)
    grown = grow(tmp_path / "index", 20)
    assert (grown.days, grown.a_day) == (3, 4)
    assert grown.amplification > 1
    with IndexDirectory(tmp_path / "index").open() as generation:
        assert sum(segment.live_count for segment in generation.segments) == 32


def test_the_tables_compare_with_morgues_rate_and_say_what_was_written_twice() -> None:
    made = Build("Morgue", 10, 1.0, 2.0, 10**6, 1, written_bytes=3_000_000)
    rates = (Rate(made, 4_000), Rate(replace(made, engine="Whoosh", processor_seconds=20.0), 4_000))
    parts = {"Morgue": dict.fromkeys(writing.PARTS, 250_000)}
    done = Written(10, 4_000, rates, parts, Addition(0.05, 700), Growth(60, 200, 6_000_000, 2_000_000))
    told = lines(done)
    assert told[4:6] == [
        "| Morgue | 10 | 2.0 | 2,000 | 1.00× | 1 |",
        "| Whoosh | 10 | 20.0 | 200 | 10.00× | 1 |",
    ]
    assert told[-5:] == [
        "The load wrote 3.0 MB for an index of 2.0: 1.50 times.",
        "",
        "One story more: searchable after 0.050 s, 700 bytes written.",
        "",
        "60 additions of 200 stories: 6.0 MB written, 2.0 MB of them stayed: 3.0 times. With the load 2.25 times.",
    ]
