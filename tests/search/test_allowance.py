"""What a question may cost: where it asks for too much it is cut in one way, the same each time, and that is said."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from index import Article, Story
from search.embedded.account import account
from search.embedded.columns import Columns
from search.embedded.evaluator import evaluate
from search.embedded.matching import Matching
from search.embedded.terms import Terms
from search.page import Diagnostic
from search.query import parse
from search.request import Request
from tests.search.archives import archived

_TEXTS = (
    "The mayor and the council met.",
    "The mayor met the council. Mayors elect, councils elected.",
    "Elections: the mayor won.\n\nThe council lost.",
    "The council elects a mayor, mayor, mayor.",
    "Electors saw the mayor. The council slept.",
    "Nobody came.",
)
_STORIES: list[list[Story | str]] = [
    [
        Story(Article(id=f"s{number}", headline="News", body=text), number, number, "2026-01-01T00:00:00Z", number)
        for number, text in enumerate(_TEXTS, start=1)
    ]
]


def found(columns: Columns, text: str, kept: Terms | None = None) -> tuple[list[str], tuple[Diagnostic, ...]]:
    """The stories that a question finds, in the order of arrival, and what is said about it."""
    parsed = parse(text)
    page = evaluate(columns, Request(sort="oldest"), parsed.node, Matching(columns, kept, parsed.where))
    return sorted(columns.id(doc) for doc in page.docs.tolist()), page.said


def said(kind: str, message: str, start: int, end: int) -> tuple[Diagnostic, ...]:
    return (Diagnostic(kind, message, start, end, "warning"),)


def test_stars_beyond_the_limit_are_searched_for_the_words_in_most_stories() -> None:
    with archived(_STORIES) as (columns, _), patch("search.embedded.allowance.MOST_FORMS", 3):
        # Elect, elected, elections and elects are of the stem in most stories, in this order; electors is of another.
        ids, notes = found(columns, "council elect*")
        assert ids == ["s2", "s3"]
        assert notes == said(
            "too-many-forms",
            "Words beginning with “elect”: 5, and a question is searched for 3 such words at most, so only the 3 of "
            "them that stand in most stories were searched. More letters beside the star would narrow it.",
            8,
            14,
        )


def test_the_stars_of_a_question_share_one_limit_in_the_order_in_which_they_are_looked_up() -> None:
    with archived(_STORIES) as (columns, _), patch("search.embedded.allowance.MOST_FORMS", 2):
        ids, notes = found(columns, "mayor* OR elect*")
        assert ids == ["s1", "s2", "s3", "s4", "s5"]
        assert [(note.kind, note.start, note.end) for note in notes] == [("too-many-forms", 10, 16)]
        assert "none of them was searched" in notes[0].message


@pytest.mark.parametrize("text", ["elect*", "mayor* elect*", "elect~2 OR nob?dy", "*s"])
def test_a_question_that_is_cut_finds_and_says_the_same_whatever_was_asked_before(text: str) -> None:
    with archived(_STORIES) as (columns, _):
        for most in range(8):
            with patch("search.embedded.allowance.MOST_FORMS", most):
                kept = Terms()
                for other in ("*s", "elect*", "mayor*", text):
                    found(columns, other, kept)
                assert found(columns, text, kept) == found(columns, text)


@pytest.mark.parametrize(
    ("text", "whole", "costs", "start"),
    [
        ("mayor near4 council", ["s1", "s2", "s3", "s4", "s5"], 2, 0),
        ("(mayor OR elect) near4 council", ["s1", "s2", "s3", "s4", "s5"], 24, 1),
        ('"the council"', ["s1", "s2", "s3", "s4", "s5"], 2, 1),
        ("first3 mayor", ["s1", "s2", "s3"], 8, 7),
        ("atleast2 mayor", ["s2", "s4"], 8, 9),
    ],
)
def test_places_beyond_the_limit_are_read_in_the_last_stories_to_arrive(
    text: str, whole: list[str], costs: int, start: int
) -> None:
    with archived(_STORIES) as (columns, _):
        assert found(columns, text) == (whole, ())
        for many in range(4):
            with patch("search.embedded.allowance.MOST_PLACES", costs * many):
                ids, (note,) = found(columns, text)
            last = [f"s{number}" for number in range(6 - many, 6)]
            assert ids == [id for id in whole if id in last]
            assert (note.kind, note.start, note.end) == ("too-many-texts", start, len(text.rstrip('"')))
            assert f"only the last {many} of them to arrive were read" in note.message


def test_texts_are_read_for_a_whole_question_up_to_the_limit() -> None:
    with archived(_STORIES) as (columns, _):
        assert found(columns, "mayor /sentence/ council") == (["s1", "s2", "s4"], ())
        with patch("search.embedded.allowance.MOST_TEXTS", 3):
            ids, notes = found(columns, "mayor /sentence/ council")
            assert (ids, [(note.start, note.end) for note in notes]) == (["s4"], [(0, 24)])
            ids, notes = found(columns, "(mayor /sentence/ council) OR (elect* /same/ mayor)")
            assert (ids, len(notes)) == (["s4"], 2)


def test_a_star_for_many_words_earns_nothing_by_nearness_and_the_account_agrees() -> None:
    with archived(_STORIES) as (columns, _):
        for text in ("mayor elect*", "elect* OR mayor OR elect~2"):
            node = parse(text).node
            near = evaluate(columns, Request(), node)
            with (
                patch("search.embedded.earning.MOST_NEAR_FORMS", 1),
                patch("search.embedded.account.MOST_NEAR_FORMS", 1),
            ):
                page = evaluate(columns, Request(), node)
                for doc, score in zip(page.docs.tolist(), page.scores.tolist(), strict=True):
                    parts = account(Matching(columns), node, doc)
                    assert parts is not None
                    assert parts.nearness == ()
                    assert parts.score == pytest.approx(score, abs=1e-6)
            with patch("index.ranking.PROXIMITY", 0.0):
                assert evaluate(columns, Request(), node).scores.tolist() == page.scores.tolist()
            assert near.scores.tolist() != page.scores.tolist()


def test_no_word_of_a_question_of_many_earns_by_nearness_and_the_account_agrees() -> None:
    with archived(_STORIES) as (columns, reference):
        node = parse("the mayor AND council").node
        near = evaluate(columns, Request(), node)
        with (
            patch("search.embedded.earning.MOST_NEAR_WORDS", 1),
            patch("search.embedded.account.MOST_NEAR_WORDS", 1),
            patch("tests.reference.MOST_NEAR_WORDS", 1),
        ):
            page = evaluate(columns, Request(), node)
            assert page.scores.tolist() == pytest.approx(reference.answer(Request(), node).scores, abs=1e-6)
            parts = account(Matching(columns), node, page.docs.tolist()[0])
            assert parts is not None
            assert parts.nearness == ()
            assert parts.score == pytest.approx(page.scores[0], abs=1e-6)
        assert near.scores.tolist() != page.scores.tolist()
