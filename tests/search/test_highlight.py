"""The marks and passages: whole fragments for small stories, and what holds for any story."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from search.highlight import mark, within_edits
from search.page import Fragment, Snippet
from search.query import parse


def shown(snippet: Snippet) -> str:
    """Return the passage with what is marked in brackets."""
    return "".join(f"[{fragment.text}]" if fragment.marked else fragment.text for fragment in snippet)


def passages(body: str, query: str, headline: str = "", limit: int = 2) -> tuple[str, list[str]]:
    title, found = mark(Article(headline=headline, body=body), parse(query).node, limit=limit)
    return shown(title), [shown(snippet) for snippet in found]


_COUNCILS = "The council met. Two councils’ rates rose; the water rates of Apple did not. An apple fell."


@pytest.mark.parametrize(
    ("query", "body"),
    [
        ("council", "The [council] met. Two [councils]’ rates rose; the water rates of Apple did not. An apple fell."),
        (
            '"water rates"',
            "The council met. Two councils’ rates rose; the [water rates] of Apple did not. An apple fell.",
        ),
        ("=council", "The [council] met. Two councils’ rates rose; the water rates of Apple did not. An apple fell."),
        ("=Apple", "The council met. Two councils’ rates rose; the water rates of [Apple] did not. An apple fell."),
        ("=apple", "The council met. Two councils’ rates rose; the water rates of [Apple] did not. An [apple] fell."),
        ("wat*", "The council met. Two councils’ rates rose; the [water] rates of Apple did not. An apple fell."),
        ("r?te*", "The council met. Two councils’ [rates] rose; the water [rates] of Apple did not. An apple fell."),
        ("aple~", "The council met. Two councils’ rates rose; the water rates of [Apple] did not. An [apple] fell."),
        (
            "fell -council",
            "The council met. Two councils’ rates rose; the water rates of Apple did not. An apple [fell].",
        ),
        (
            "two near5 rose",
            "The council met. [Two] councils’ rates [rose]; the water rates of Apple did not. An apple fell.",
        ),
        ("headline:council", _COUNCILS),
        ("nothing", _COUNCILS),
        ("", _COUNCILS),
    ],
)
def test_what_really_matched_is_marked(query: str, body: str) -> None:
    assert passages(_COUNCILS, query) == ("", [body])


@pytest.mark.parametrize(
    ("query", "headline"),
    [
        ("flood", "A [flood] in São Paulo"),
        ("sao", "A flood in [São] Paulo"),
        ('"sao paulo"', "A flood in [São Paulo]"),
        ("headline:flood", "A [flood] in São Paulo"),
        ("lead:flood", "A flood in São Paulo"),
        ("flood -paulo", "A [flood] in São Paulo"),
    ],
)
def test_the_headline_is_marked_and_whole(query: str, headline: str) -> None:
    assert passages("", query, headline="A flood in São Paulo") == (headline, [])


def test_the_lead_is_the_first_paragraph() -> None:
    body = "Rain fell.\n\nRain fell again."
    assert passages(body, "lead:rain") == ("", ["[Rain] fell. Rain fell again."])
    assert passages(body, "text:rain") == ("", ["[Rain] fell. [Rain] fell again."])


def _filler(words: int) -> str:
    return " ".join(f"word{number}" for number in range(words)) + "."


def test_passages_stand_around_the_words_and_say_where_they_were_cut() -> None:
    body = f"{_filler(60)} The levee broke on Monday near the mill. {_filler(60)} Divers found the mayor. {_filler(60)}"
    title, found = passages(body, "levee mayor")
    assert title == ""
    assert [re.sub(r"( word\d+)+.*", " ~", text) for text in found] == [
        "The [levee] broke on Monday near the mill. ~",
        "Divers found the [mayor]. ~",
    ]
    assert all(text.endswith(" …") for text in found)


def test_the_passage_with_most_of_the_question_is_chosen() -> None:
    body = (
        f"The levee held. {_filler(40)} The levee was old. {_filler(40)} The mayor saw the levee break. {_filler(40)}"
    )
    _, found = passages(body, "levee mayor", limit=1)
    assert [text.split(" word")[0] for text in found] == ["The [mayor] saw the [levee] break."]


def test_a_title_or_an_initial_ends_no_sentence() -> None:
    body = f"Later said Rep. Ann Lee and J. Poe of St. Paul about the levee on Jan. 5. {_filler(60)}"
    _, found = passages(f"It rained. {body}", "levee", limit=1)
    assert "said Rep. Ann Lee and J. Poe of St. Paul about the [levee] on Jan. 5." in found[0]
    cut = f"The levee held. {' '.join(['dam'] * 24)} Sen. Ann Lee {_filler(40)}"
    assert passages(cut, "levee", limit=1)[1][0].endswith("…")


def test_a_word_deep_in_a_long_sentence_is_shown_with_words_before_it() -> None:
    body = " ".join(f"word{number}" for number in range(100)) + " levee " + _filler(50)
    (passage,) = mark(Article(body=body), parse("levee").node)[1]
    text = shown(passage)
    assert (text.startswith("… word"), "[levee]" in text, text.endswith(" …")) == (True, True, True)


def test_where_nothing_matches_the_body_its_beginning_is_shown() -> None:
    (passage,) = mark(Article(body=_filler(100)), parse("levee").node)[1]
    assert passage == (
        Fragment(" ".join(f"word{number}" for number in range(28))),
        Fragment(" …"),
    )


def test_texts_are_plain_and_markup_is_text() -> None:
    assert passages("<b>levee</b> & co", "levee") == ("", ["<b>[levee]</b> & co"])


@given(
    st.text(alphabet="abc ABC.,'’“”\n-é0&+", max_size=400),
    st.lists(st.sampled_from(["a", "ab", '"a b"', "a*", "=A", "b~", "c near5 a", "headline:a", "-b"]), max_size=4),
    st.integers(0, 3),
)
def test_any_passage_is_a_piece_of_the_story(text: str, words: list[str], limit: int) -> None:
    body = text.strip()
    title, found = mark(Article(headline=body, body=body), parse(" ".join(words)).node, limit=limit)
    plain = re.sub(r"\s+", " ", body)
    assert "".join(fragment.text for fragment in title) == plain
    assert len(found) <= limit
    for passage in found:
        joined = "".join(fragment.text for fragment in passage)
        assert joined.removeprefix("… ").removesuffix(" …") in plain
        assert all(fragment.text for fragment in passage)


def test_a_very_long_story_takes_no_longer_than_its_part_that_is_read() -> None:
    node = parse("levee mayor elect* fuzzy~").node
    sentence = "The mayor of the town saw the levee break before the election. "

    def seconds(times: int) -> float:
        article = Article(body=sentence * times)
        began = time.process_time()
        mark(article, node)
        return time.process_time() - began

    bounded = min(seconds(1_000) for _ in range(3))
    assert min(seconds(20_000) for _ in range(3)) < 5 * bounded


@pytest.mark.parametrize(
    ("left", "right", "distance"),
    [("cat", "cat", 0), ("cat", "cut", 1), ("cat", "cats", 1), ("cat", "act", 1), ("cat", "dog", 3), ("", "ab", 2)],
)
def test_edits(left: str, right: str, distance: int) -> None:
    assert within_edits(left, right, distance)
    assert distance == 0 or not within_edits(left, right, distance - 1)
