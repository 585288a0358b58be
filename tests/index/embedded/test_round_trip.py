from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import Article, Story
from index.embedded import FACET_COLUMNS, Generation, IndexDirectory, build, coding, merge, words
from index.embedded import batch as batches
from index.embedded.columns import days, facet_values
from tests.index.embedded.stories import expected, facets, indexed, names, stories

#: Put a story, remove an id, or (None) commit.
Step: TypeAlias = Story | str | None
steps = st.lists(st.one_of(stories(), stories(), names, st.none()), max_size=25)


@contextmanager
def small_limits(flush: int, small: int, run: int, block: int) -> Iterator[None]:
    """Make segments, merges and blocks happen with a handful of stories."""
    with (
        patch.object(batches, "FLUSH_WORDS", flush),
        patch.object(merge, "SMALL", small),
        patch.object(merge, "_RUN", run),
        patch.object(words, "blocks", lambda count: block),
        patch.object(build, "blocks", lambda count: block),
        patch.object(coding, "least_blocked", lambda blocks: 3),
    ):
        yield


def play(directory: IndexDirectory, script: list[Step]) -> tuple[dict[str, Story], set[str]]:
    archive: dict[str, Story] = {}
    removed: set[str] = set()
    with directory.writer() as writer:
        for what in script:
            if isinstance(what, Story):
                writer.put(what)
                archive[what.article.id] = what
                removed.discard(what.article.id)
            elif what is not None:
                writer.remove(what)
                archive.pop(what, None)
                removed.add(what)
            else:
                writer.commit(7)
        writer.commit(9)
    return archive, removed


def assert_holds(generation: Generation, archive: dict[str, Story]) -> None:
    segments = generation.segments
    assert indexed(segments) == expected(archive)
    assert generation.count == len(archive)
    for name in FACET_COLUMNS:
        wanted = {key: list(dict(facet_values(story.article))[name]) for key, story in archive.items()}
        assert facets(segments, name) == wanted
    for key, story in archive.items():
        found = generation.find(key)
        assert found is not None
        segment, doc = found
        assert segment.story(doc) == story
        assert segment.article(doc) == story.article
        assert (int(segment.day[doc]), int(segment.last_day[doc]), int(segment.second[doc])) == days(
            story.article.published
        )
        numbers = (segment.first_arrival[doc], segment.family[doc])
        assert tuple(map(int, numbers)) == (story.first_arrival, story.family)


@given(
    steps, st.sampled_from([1, 40, 10**6]), st.sampled_from([0, 5]), st.sampled_from([1, 30, 10**6]), st.integers(1, 2)
)
@settings(max_examples=35, deadline=None)
def test_an_index_says_what_its_stories_say(script: list[Step], flush: int, small: int, run: int, block: int) -> None:
    with TemporaryDirectory() as folder, small_limits(flush, small, run, block):
        directory = IndexDirectory(folder)
        archive, removed = play(directory, script)
        with directory.open() as generation:
            assert_holds(generation, archive)
            assert generation.removed_ids == removed
            assert generation.through == 9
        assert directory.verify() == ()
        with directory.rebuild() as writer:
            for story in archive.values():
                writer.put(story)
            writer.commit(9)
        with directory.open() as generation:
            assert_holds(generation, archive)
            assert generation.name == "2.1"


def test_an_empty_index_answers_with_nothing(tmp_path: Path) -> None:
    directory = IndexDirectory(tmp_path / "index")
    with directory.rebuild() as writer:
        writer.commit(0)
    with directory.open() as generation:
        assert (generation.segments, generation.count, generation.find("a")) == ((), 0, None)


@pytest.mark.parametrize(
    ("counts", "place"),
    [
        ([], 0),
        ([5], 0),
        ([5, 5], 0),
        ([1_000_000, 1], 1),
        ([1_000_000, 900, 1], 1),
        ([1_000_000, 4000, 3000, 1000], 1),
        ([1_000_000, 5000, 3000, 1000], 3),
        ([1_000_000, 8000, 3000, 1000, 900], 3),
        ([100] * 35, 0),
    ],
)
def test_a_segment_is_merged_when_the_newer_ones_hold_as_much(counts: list[int], place: int) -> None:
    assert merge.first_to_merge(counts) == place


@pytest.mark.parametrize("arrival", [2, 2**32 - 1, 2**32, 2**40])
def test_the_order_of_arrival_is_kept_however_long_it_grows(tmp_path: Path, arrival: int) -> None:
    directory = IndexDirectory(tmp_path)
    pair = [
        Story(Article(id=str(number), headline="Bridge", body="Mayor"), arrival, number, "2026-01-01T00:00:00Z", number)
        for number in (1, arrival)
    ]
    with directory.rebuild() as writer:
        for story in pair:
            writer.put(story)
        writer.commit(1)
    with directory.open() as generation:
        (segment,) = generation.segments
        kept = list(zip(segment.first_arrival.tolist(), segment.family.tolist(), strict=True))
    assert kept == [(1, 1), (arrival, arrival)]
