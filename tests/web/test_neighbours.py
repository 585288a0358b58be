"""Addresses that are put together from pieces are those of the questions that they stand for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from search.request import FACETS
from tests.web.test_address import questions
from web.address import Question, address
from web.citation import Citation
from web.neighbours import Neighbours
from web.saved import followed

CITATION = Citation(date(2026, 11, 25), 412, 5210, "17.3")

_keys = st.sampled_from(("News", "a&b=c", "5746545", "us-or", "é"))


@given(questions(), st.sampled_from(FACETS), _keys, st.dates(), st.dates())
def test_narrowing_and_leaving_out_are_those_of_the_question(
    question: Question, facet: str, key: str, one: date, other: date
) -> None:
    around = Neighbours(question)
    since, until = sorted((one, other))
    assert around.narrowing()(since, until) == address(question.between(since, until))
    assert around.leaving_out(facet)(key) == address(question.excluding(facet, key))
    assert around.any_day() == address(question.between(None, None))
    assert around.undated() == address(question.between(None, None).with_undated(True))


@given(questions(), st.sampled_from(FACETS))
def test_letting_a_value_go_is_that_of_the_question(question: Question, facet: str) -> None:
    around = Neighbours(question)
    for key in (*question.request.selected(facet), "none"):
        assert around.unchoosing(facet, key) == address(question.unchoosing(facet, key))
    for key in (*question.request.exclude.get(facet, ()), "none"):
        assert around.including(facet, key) == address(question.including(facet, key))


@given(questions(), st.text(max_size=8), st.integers(1, 20))
def test_other_words_pages_and_forms_are_those_of_the_question(question: Question, text: str, page: int) -> None:
    question = question.arrived_by(7) if page % 2 else question
    around = Neighbours(question)
    assert around.asking(text) == address(question.asking(text))
    assert around.page(page) == address(question.on_page(page))
    assert around.first_page("/search.csv") == address(question.on_page(1), "/search.csv")
    assert around.in_default_order("/search.atom") == address(
        question.on_page(1).sorting(question.default_sort), "/search.atom"
    )
    assert around.cleared() == address(question.cleared())
    assert around.scaled("share") == address(question.scaled("share"))
    assert around.scaled("count") == address(question.scaled("count"))
    assert around.followed() == address(followed(question))
    assert around.cited(str(CITATION)) == address(replace(question.on_page(1), cited=CITATION))
