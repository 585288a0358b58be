"""The phrases file against the plain rule: what begins so, in which stories, however the stories came in."""

from __future__ import annotations

import doctest
from collections import defaultdict
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import index.embedded.phrases
from index import Article, Story
from index.embedded import IndexDirectory
from index.embedded.lexicon import encoded
from index.embedded.phrases import LONGEST, least, sorted_starts
from index.phrases import bare, capitals, names, word_starts

WORDS = ("river", "rive", "red", "a", "of", "the", "governor", "governors", "abcdefgh", "abcdefghi", "ø", "1927")
LINES = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join), max_size=30, unique=True)


@given(LINES)
def test_starts_are_in_the_order_of_what_follows(lines: list[str]) -> None:
    blob = b"".join(encoded(line) + b"\n" for line in sorted(lines))
    starts = sorted_starts(np.frombuffer(blob, np.uint8)).tolist()
    found = [blob[start:].partition(b"\n")[0] for start in starts]
    expected = [encoded(line[at:]) for line in lines for at in word_starts(line)]
    assert found == sorted(expected)


ARTICLES = st.lists(
    st.tuples(
        st.sampled_from(("Red River rises", "RED RIVER: rises!", "", "The governor’s ride", "São Paulo " * 30)),
        st.sampled_from(("It was Ann Cole who met Ann Cole of Salem.", "The Red Cross of Lima, and Roe.", "Nobody.")),
        st.sampled_from((None, "1987-04", "2020-01-01")),
    ),
    max_size=12,
)


@given(articles=ARTICLES, cut=st.integers(0, 12), removed=st.sets(st.integers(0, 11), max_size=3))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_segment_has_the_phrases_of_its_stories(
    tmp_path_factory: object, articles: list[tuple[str, str, str | None]], cut: int, removed: set[int]
) -> None:
    folder: Path = tmp_path_factory.mktemp("index")  # type: ignore[attr-defined]
    directory = IndexDirectory(folder / "index")
    with directory.writer() as writer:
        for number, (headline, body, published) in enumerate(articles):
            article = Article(f"s{number}", headline, body, published=published)
            writer.put(Story(article, number + 1, number + 1, "2026-01-01T00:00:00Z", number + 1))
            if number == cut:
                writer.commit(number + 1)
        writer.commit(len(articles))
        for number in removed:
            writer.remove(f"s{number}")
        writer.commit(len(articles))
    with directory.open() as generation:
        found: dict[str, dict[bytes, set[str]]] = {"headlines": {}, "names": {}}
        for segment in generation.segments:
            for kind, held in (("headlines", segment.phrases.headlines), ("names", segment.phrases.names)):
                for number in range(len(held.lines)):
                    line = held.lines[number]
                    assert held.find(line) == number
                    docs = [doc for doc in held.docs(number).tolist() if segment.live is None or segment.live[doc]]
                    found[kind].setdefault(line, set()).update(map(segment.id, docs))
                    low, high = held.starting(line)
                    assert number in held.best(low, high, len(held.starts))
                    assert kind == "headlines" or encoded(bare(held.label(number))) == line
                assert held.find(b"\xff") == -1
        expected: dict[str, dict[bytes, set[str]]] = {"headlines": defaultdict(set), "names": defaultdict(set)}
        for number, (headline, body, _) in enumerate(articles):
            if number in removed:
                continue
            line = encoded(bare(headline))
            line = line if len(line) < LONGEST else line[:LONGEST].rpartition(b" ")[0]
            if line:
                expected["headlines"][line].add(f"s{number}")
            for run in capitals(body):
                for name in names(run):
                    expected["names"][encoded(bare(name))].add(f"s{number}")
        for kind, lines in expected.items():
            assert {line: ids for line, ids in found[kind].items() if ids} == lines


def test_the_likeliest_of_a_run_come_first(tmp_path: Path) -> None:
    directory = IndexDirectory(tmp_path / "index")
    dated = ["1990-01-01", "2010-01-01", None, "2000-01-01"]
    with directory.writer() as writer:
        for number in range(40):
            headline = f"Flood {number:02}" if number < 30 else "Flood again"
            article = Article(f"s{number}", headline, "", published=dated[number % 4])
            writer.put(Story(article, number + 1, number + 1, "2026-01-01T00:00:00Z", number + 1))
        writer.commit(40)
    with directory.open() as generation:
        held = generation.segments[0].phrases.headlines
        low, high = held.starting(b"flood")
        best = [held.lines[number].decode() for number in held.best(low, high, 5)]
        assert best[0] == "flood again"
        assert {int(line[-2:]) % 4 for line in best[1:]} == {1}
        assert len(best) == 5
        assert held.starting(b"floods") == (high, high)


def test_an_acronym_is_a_name_and_a_table_is_none() -> None:
    assert [list(names(run)) for run in ("OPEC", "UNITEDSTATES", "I", "II", "Jr.", "A B C D E F G")] == [
        ["OPEC"],
        [],
        [],
        ["II"],
        [],
        [],
    ]
    assert [least(stories) for stories in (0, 4_999, 5_000)] == [1, 1, 2]


def test_the_examples_are_true() -> None:
    assert doctest.testmod(index.embedded.phrases).failed == 0
