"""Ranking may not get worse: stories are found again by half-remembered words, as a gate."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from index.article import Article, Story
from search.embedded.columns import Columns
from tests.relevance import known_items

#: Every third story is held: enough that each question has rivals, few enough to index in seconds.
EVERY = 3

#: Lowest mean reciprocal rank and share in the first ten. `docs/relevance.md` has what was measured.
GATES = {"headline": (0.95, 0.99), "fragment": (0.735, 0.88), "misremembered": (0.63, 0.845)}


@pytest.fixture(scope="session")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[list[Story], Columns]]:
    if not known_items.REUTERS.exists():
        pytest.skip("shared/corpora/reuters21578.jsonl.gz is not next to the checkout")
    stories = known_items.stories(known_items.REUTERS, EVERY)
    with known_items.indexed(stories, tmp_path_factory.mktemp("known") / "index") as columns:
        yield stories, columns


@pytest.mark.parametrize("kind", GATES)
def test_a_half_remembered_story_is_found_again(held: tuple[list[Story], Columns], kind: str) -> None:
    stories, columns = held
    asked = known_items.questions(stories, known_items.KINDS[kind])
    outcome = known_items.found(columns, asked)
    mrr, share = GATES[kind]
    assert outcome.asked >= 300
    assert outcome.mrr >= mrr, str(outcome)
    assert outcome.share >= share, str(outcome)


def test_the_same_story_makes_the_same_questions() -> None:
    text = "The harbor commission voted late Tuesday to dredge the northern channel before winter storms arrive."
    article = Article(headline="Harbor commission votes for dredging", body=text)
    strangers = ["cocoa", "wheat"]
    for make in known_items.KINDS.values():
        assert make(article, Random(1), strangers) == make(article, Random(1), strangers) != ""
    wrong = known_items.misremembered(article, Random(1), strangers).split()
    assert len(wrong) == 4
    assert len([word for word in wrong if word in strangers]) == 1
