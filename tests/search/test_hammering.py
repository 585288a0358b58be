"""Threads that share one archive while commits, removals, merges and rebuilds go on under them.

Whatever a thread is told, it is told by one generation; so each page is held against the plain judge over the stories
which that generation holds.
"""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random
from unittest.mock import patch

import pytest

from index import Story
from index.embedded import IndexDirectory
from search import Request, open_archive
from search.embedded.archive import EmbeddedArchive
from search.page import Page
from search.query import parse
from search.request import PAGE_FACETS
from tests.reference import Answer, Reference
from tests.search.archives import article, left, request

QUERIES = (
    "mayor",
    "mayor floods",
    "flood OR trial OR York",
    "bridge NOT river",
    '"new york"',
    "mayor near3 bridge",
    "flood*",
    "*s",
    "b?idge*",
    "=Mayor",
    "floid~",
    "headline:river",
    "(mayor OR trial) AND NOT york",
    "first3 mayor",
    "mayor /sentence/ flooding",
    "section:metro trial",
    "",
    "absent mayor river trial",
)
THREADS = 6
COMMITS = 14
#: Of the thousands of pages that a fast machine asks for, so many, drawn at random, are held against the judge.
JUDGED = 800


@pytest.mark.parametrize("seed", range(3))
def test_threads_get_each_page_whole_from_one_generation_while_the_archive_changes(seed: int, tmp_path: Path) -> None:
    directory = IndexDirectory(tmp_path / "index")
    states = dict([_commit(directory, [], first=True)])
    asked: list[tuple[Request, Page]] = []
    failures: list[BaseException] = []
    done = threading.Event()

    def hammer(archive: EmbeddedArchive, random: Random) -> None:
        try:
            while not done.is_set():
                one = replace(request(random), text=random.choice(QUERIES))
                asked.append((one, archive.search(one)))
        except BaseException as failure:
            failures.append(failure)

    with patch("search.embedded.archive.LOOK_EVERY", 0.0), open_archive(tmp_path) as archive:
        assert isinstance(archive, EmbeddedArchive)
        threads = [
            threading.Thread(target=hammer, args=(archive, Random(100 * seed + number))) for number in range(THREADS)
        ]
        for thread in threads:
            thread.start()
        random, commits = Random(seed), list[list[Story | str]]()
        for turn in range(COMMITS):
            seen = len(asked)
            commits.append(_entries(random, first_arrival=8 * turn))
            states |= [_commit(directory, commits, rebuild=turn % 6 == 5)]
            while len(asked) < seen + 10 and not failures:
                done.wait(0.002)
        done.set()
        for thread in threads:
            thread.join()
    assert failures == []
    assert len({page.generation for _, page in asked}) > COMMITS // 2
    wrong = Counter[str]()
    for one, page in random.sample(asked, min(JUDGED, len(asked))):
        answer = states[page.generation].answer(one, parse(one.text).node)
        if shown(page) != judged(answer) or [hit.score for hit in page.hits] != pytest.approx(answer.scores, abs=1e-5):
            wrong[f"{page.generation} {one}"] += 1
    assert wrong == Counter()


def _entries(random: Random, first_arrival: int) -> list[Story | str]:
    """Up to eight stories, some of them new versions, and removals."""
    entries: list[Story | str] = []
    for arrival in range(first_arrival + 1, first_arrival + 1 + random.choice((1, 3, 8))):
        name = random.randrange(30)
        if random.random() < 0.2:
            entries.append(f"s{name}")
        else:
            entries.append(Story(article(random, f"s{name}"), arrival, name, "2026-01-01T00:00:00Z", name % 25))
    return entries


def _commit(
    directory: IndexDirectory, commits: list[list[Story | str]], *, rebuild: bool = False, first: bool = False
) -> tuple[str, Reference]:
    """Write the last of `commits`, or all anew; return the name and the judge of the generation that came of it."""
    entries = left(commits) if rebuild else commits[-1] if commits else []
    with directory.rebuild() if rebuild or first else directory.writer() as writer:
        for entry in entries:
            if isinstance(entry, Story):
                writer.put(entry)
            else:
                writer.remove(entry)
        writer.commit(through=max((s.arrival for s in left(commits)), default=0))
    with directory.open() as generation:
        return generation.name, Reference(left(commits), generation.averages)


def shown(page: Page) -> dict[str, object]:
    timeline = page.timeline
    return {
        "ids": tuple(hit.article.id for hit in page.hits),
        "copies": tuple(hit.copies for hit in page.hits),
        "total": (page.total, page.folded),
        "facets": {
            name: sorted((bucket.key, bucket.count) for bucket in page.facets[name].buckets) for name in PAGE_FACETS
        },
        "timeline": (timeline.granularity, timeline.undated, timeline.imprecise, timeline.held_of is not None),
        "bars": tuple((bar.start, bar.end, bar.count, bar.held, bar.coarser) for bar in timeline.buckets),
        "partial": (page.partial.total, tuple(hit.article.id for hit in page.partial.hits)),
    }


def judged(answer: Answer) -> dict[str, object]:
    return {
        "ids": answer.ids,
        "copies": answer.copies,
        "total": (answer.total, answer.folded),
        "facets": {name: sorted((key, count) for key, _, count, *_ in answer.facets[name]) for name in PAGE_FACETS},
        "timeline": (answer.granularity, answer.undated, answer.imprecise, answer.of_sources),
        "bars": tuple((bar.start, bar.end, bar.count, bar.held, bar.coarser) for bar in answer.bars),
        "partial": (answer.partial_total, answer.partial_ids),
    }
