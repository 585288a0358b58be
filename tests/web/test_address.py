"""A search and its address say the same."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.request import FACETS, Request
from web.address import SIZES, Question, address, pairs, read

_text = st.text(max_size=40).map(lambda text: read([("q", text)]).request.text)
_keys = st.lists(st.text(min_size=1, max_size=8).map(lambda text: read([("q", text)]).request.text), max_size=3).map(
    lambda keys: tuple(sorted({key for key in keys if key}))
)


@st.composite
def questions(draw: st.DrawFn) -> Question:
    since, until = draw(st.tuples(st.none() | st.dates(), st.none() | st.dates()))
    if since and until and since > until:
        since, until = until, since
    exclude = {facet: draw(_keys) for facet in FACETS}
    text = draw(_text)
    request = Request(
        text=text,
        cities=draw(_keys),
        sections=draw(_keys),
        sources=draw(_keys),
        bylines=draw(_keys),
        exclude=MappingProxyType({facet: keys for facet, keys in exclude.items() if keys}),
        since=since,
        until=until,
        undated=draw(st.sampled_from([None, True, False])),
        copies=draw(st.sampled_from(["fold", "show"])),
        sort=draw(st.sampled_from(["relevance", "newest", "oldest", "arrived"])),
        recency=draw(st.sampled_from([0.0, 0.25, 1.0])),
        limit=draw(st.sampled_from(SIZES)),
        granularity=draw(st.sampled_from([None, "year", "day"])),
    )
    scale = draw(st.sampled_from(["count", "share"]))
    return Question(request, scale=scale).on_page(draw(st.integers(1, 100)))  # type: ignore[arg-type]


@given(questions())
def test_an_address_reads_back_as_the_question_it_was_made_of(question: Question) -> None:
    assert read(pairs(question)) == question


@given(st.lists(st.tuples(st.sampled_from(["q", "city", "since", "until", "page", "sort", "size", "x"]), st.text())))
def test_whatever_an_address_says_it_reads_and_settles_at_once(given_pairs: list[tuple[str, str]]) -> None:
    question = read(given_pairs)
    settled = read(pairs(question))
    assert settled.problems == ()
    assert settled == read(pairs(settled))


def test_a_question_in_full_has_the_address_a_reader_would_write() -> None:
    question = (
        Question()
        .asking("flood levee")
        .choosing("city", "4887398")
        .excluding("source", "The Wire")
        .between(date(1987, 4, 1), date(1988, 12, 31))
        .sorting("oldest")
        .on_page(3)
    )
    assert (
        address(question)
        == "/search?q=flood+levee&city=4887398&not-source=The+Wire&since=1987-04&until=1988-12&sort=oldest&page=3"
    )


def test_the_default_order_follows_the_words() -> None:
    assert Question().request.sort == "newest"
    assert Question().asking("flood").request.sort == "relevance"
    assert Question().asking("flood").sorting("oldest").asking("fire").request.sort == "oldest"


def test_every_filter_starts_again_on_the_first_page() -> None:
    question = Question().asking("flood").on_page(4)
    for changed in (
        question.choosing("city", "1"),
        question.excluding("city", "1"),
        question.between(date(2000, 1, 1), None),
        question.sorting("newest"),
        question.with_undated(True),
        question.with_copies(True),
    ):
        assert (changed.page, changed.request.offset) == (1, 0)


def test_clearing_keeps_words_and_order_only() -> None:
    question = Question().asking("flood").sorting("oldest").choosing("city", "1").between(date(2000, 1, 1), None)
    assert address(question.cleared()) == "/search?q=flood&sort=oldest"


@pytest.mark.parametrize(
    ("typed", "locale", "since"),
    [
        ("April 1987", "en-US", date(1987, 4, 1)),
        ("4/3/1987", "en-US", date(1987, 4, 3)),
        ("4/3/1987", "en-GB", date(1987, 3, 4)),
        ("1990s", "en-US", date(1990, 1, 1)),
    ],
)
def test_dates_may_be_typed_as_people_write_them(typed: str, locale: str, since: date) -> None:
    assert read([("since", typed)], locale) == Question().between(since, None)


def test_the_day_that_words_count_from_is_the_newsrooms() -> None:
    question = read([("since", "yesterday"), ("until", "today")], "en-US", date(2020, 3, 1))
    assert question == Question().between(date(2020, 2, 29), date(2020, 3, 1))


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        (
            "since",
            "some week",
            "“some week” is not a date I can read: write 1987, 1987-04, 1987-04-09 or April 1987. It was left out.",
        ),
        (
            "until",
            "1987-13",
            "“1987-13” is not a date I can read: there is no such day. It was left out.",
        ),
        (
            "until",
            "since 1987",
            "“since 1987” is not a date I can read: it says where a period begins, and one date is wanted here. "
            "It was left out.",
        ),
        ("sort", "random", "sort cannot be “random”: use one of relevance, newest, oldest, arrived. It was left out."),
        ("page", "-1", "“-1” is not a page number. This is page 1."),
        ("recency", "nan", "recency must be a number from 0 to 1. It was left out."),
    ],
)
def test_what_cannot_be_read_is_left_out_and_named(name: str, value: str, message: str) -> None:
    question = read([("q", "flood"), (name, value)])
    assert question.request == Question().asking("flood").request
    assert [(problem.name, problem.given, problem.message) for problem in question.problems] == [(name, value, message)]


def test_a_date_in_words_has_the_same_address_as_its_numbers() -> None:
    question = read([("since", "4 March 1997"), ("until", "April 1997")])
    assert address(question) == "/search?since=1997-03-04&until=1997-04-30"
    assert read([("since", "3/4/1997")], "en-GB").request.since == date(1997, 4, 3)


def test_swapped_dates_are_swapped_back_and_named() -> None:
    question = read([("since", "1999"), ("until", "1998")])
    assert (question.request.since, question.request.until) == (date(1998, 1, 1), date(1999, 12, 31))
    assert len(question.problems) == 1


def test_pages_stop_at_a_sane_depth_and_say_why() -> None:
    question = read([("page", "501")])
    assert question.page == 500
    assert question.problems[0].message.startswith("Pages stop at story 10,000")
