"""The engine against the plain judge, on random archives as the index really writes them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from random import Random
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import Article, Story
from search.embedded.allowance import TooCostly
from search.embedded.columns import Columns
from search.embedded.evaluator import Found, count, evaluate
from search.query import parse, tree
from search.request import PAGE_FACETS, Request, filter_of
from tests.reference import Answer
from tests.search.archives import ARCHIVES, QUESTIONS, archived, leaf, questions, written
from tests.search.operators import Tally

careful = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


#: The engine chooses its way by how many stories there are; small archives would take only some of its ways.
WAYS: dict[str, dict[str, int]] = {
    "as it is": {},
    "looking up": {
        "desk.LOOKING_UP": 0,
        "desk.FIRST_LOOK": 1,
        "desk.BLOCK": 1,
        "terms._DENSE": 0,
        "sets._DENSE": 0,
        "scratch.WINDOW": 3,
        "desk.TOGETHER": 1,
    },
    "passing over": {
        "desk.LOOKING_UP": 10**6,
        "terms._DENSE": 10**6,
        "desk.FIRST_LOOK": 2,
        "desk.BLOCK": 2,
        "sets._DENSE": 10**6,
    },
}


@pytest.mark.parametrize("way", WAYS)
def test_every_part_of_a_page_equals_the_reference_for_every_operator(way: str) -> None:
    tally = Tally()

    def judge(commits: list[list[Story | str]], asked: list[tuple[Request, tree.Node]]) -> None:
        with archived(commits) as (columns, reference), ExitStack() as stack:
            for constant, number in WAYS[way].items():
                stack.enter_context(patch(f"search.embedded.{constant}", number))
            for request, node in asked:
                tally.note(node, reference)
                found, answer = evaluate(columns, request, node), reference.answer(request, node)
                assert found.scores.tolist() == pytest.approx(answer.scores, abs=1e-5)
                assert said(columns, found) == expected(answer)
                assert count(columns, request, node) == answer.total

    careful(given(ARCHIVES, QUESTIONS)(judge))()
    for seed in range(200):
        if tally.lacking():
            judge(written(Random(seed)), questions(Random(-seed)))
    assert tally.lacking() == []


@settings(careful, max_examples=25)
@given(ARCHIVES, st.integers(0, 1_000_000), st.sampled_from((tree.And, tree.Or)))
def test_the_leaves_of_a_long_question_earn_as_the_reference_says(
    commits: list[list[Story | str]], seed: int, kind: Callable[[tuple[tree.Node, ...]], tree.Node]
) -> None:
    """More leaves than have a bit of their own in a sum, than a machine word has bits, and in pairs that are near."""
    random = Random(seed)
    with archived(commits) as (columns, reference):
        for leaves in (9, 13, 70):
            words = tuple(leaf(random, ()) for _ in range(leaves))
            nested = (*words[:-3], tree.Or((words[-3], tree.And(words[-2:]))), words[0])
            asked = kind(random.choice((words, nested)))
            found, answer = evaluate(columns, Request(), asked), reference.answer(Request(), asked)
            assert found.scores.tolist() == pytest.approx(answer.scores, abs=1e-5)
            assert said(columns, found) == expected(answer)


@careful
@given(ARCHIVES, QUESTIONS)
def test_a_value_counts_what_a_click_on_it_shows(
    commits: list[list[Story | str]], questions: list[tuple[Request, tree.Node]]
) -> None:
    with archived(commits) as (columns, _):
        for request, node in questions:
            request = replace(request, facet_limit=0)
            for name, facet in evaluate(columns, request, node).facets.items():
                for bucket in facet.buckets:
                    clicked = evaluate(columns, click(request, name, bucket.key), node)
                    assert clicked.total == bucket.count


@settings(careful, max_examples=6)
@given(ARCHIVES, QUESTIONS)
def test_a_question_that_costs_too_much_finds_nothing_says_so_and_leaves_no_trace(
    commits: list[list[Story | str]], questions: list[tuple[Request, tree.Node]]
) -> None:
    with archived(commits) as (columns, reference):
        for steps, (request, node) in enumerate(questions):
            with patch("search.embedded.allowance.MOST_POSTINGS", steps):
                found = evaluate(columns, request, node)
            if TooCostly.said in found.said:
                assert (found.total, found.docs.tolist(), found.partial.tolist()) == (0, [], [])
            else:
                assert said(columns, found) == expected(reference.answer(request, node))
            assert said(columns, evaluate(columns, request, node)) == expected(reference.answer(request, node))


def click(request: Request, facet: str, key: str) -> Request:
    match filter_of(facet):
        case "city":
            return replace(request, cities=(key,))
        case "section":
            return replace(request, sections=(key,))
        case "source":
            return replace(request, sources=(key,))
        case _:
            return replace(request, bylines=(key,))


def said(columns: Columns, found: Found) -> dict[str, object]:
    """The page as plain values; scores apart."""
    timeline = found.timeline
    return {
        "ids": _ids(columns, found.docs),
        "total": (found.total, found.folded),
        "copies": tuple(columns.others(int(doc)).size for doc in found.docs),
        "facets": {
            name: _values((b.key, b.label, b.count, b.selected, b.parent) for b in facet.buckets)
            for name, facet in found.facets.items()
        },
        "values": {name: facet.total_values for name, facet in found.facets.items()},
        "timeline": (timeline.granularity, timeline.undated, timeline.imprecise, timeline.held_of is not None),
        "bars": tuple((bar.start, bar.end, bar.count, bar.held, bar.coarser) for bar in timeline.buckets),
        "adds up": sum(bar.count for bar in timeline.buckets) + timeline.undated + timeline.imprecise,
        "partial": (found.partial_total, _ids(columns, found.partial)),
    }


def expected(answer: Answer) -> dict[str, object]:
    return {
        "ids": answer.ids,
        "total": (answer.total, answer.folded),
        "copies": answer.copies,
        "facets": {name: _values(answer.facets[name]) for name in PAGE_FACETS},
        "values": answer.total_values,
        "timeline": (answer.granularity, answer.undated, answer.imprecise, answer.of_sources),
        "bars": tuple((bar.start, bar.end, bar.count, bar.held, bar.coarser) for bar in answer.bars),
        "adds up": answer.total,
        "partial": (answer.partial_total, answer.partial_ids),
    }


def _ids(columns: Columns, docs: Any) -> tuple[str, ...]:
    return tuple(columns.story(int(doc)).article.id for doc in docs)


def _values(buckets: Any) -> list[tuple[str, str, int, bool, str | None]]:
    """Values as listed; how one is called, and its place, is not judged where no story has it any more."""
    listed = list(buckets)
    gone = sorted((key, "", 0, True, None) for key, _, count, *_ in listed if not count)
    return gone + [bucket for bucket in listed if bucket[2]]


def test_a_word_inside_a_phrase_does_not_hide_the_one_behind_it() -> None:
    article = Article(id="s1", headline="Trial", body="the mayor of New York\n\nMayor.")
    story = Story(article, 1, 1, "2026-01-01T00:00:00Z", 1)
    node = parse('mayor near3 "the mayor of New York"').node
    with archived([[story]]) as (columns, reference):
        assert (
            reference.answer(Request(), node).ids == _ids(columns, evaluate(columns, Request(), node).docs) == ("s1",)
        )
