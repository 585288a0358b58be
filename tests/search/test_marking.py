"""The quick marker against the slow one, which is its judge, and the quick words against the analysis."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import analysis
from index.article import Article
from search import scanning
from search.highlight import mark
from search.marking import Marker
from search.query import parse
from search.query.tree import Everything

_ANALYZER = analysis.Analyzer()

#: Characters that words, sentences and passages are made of, likelier than the rest of what is known.
_CHARACTERS = st.one_of(
    st.sampled_from("aabcdeestUSxX0129 \n.,'’&+#-_\"“”()!?…é"),
    st.characters(max_codepoint=0x2FF, categories=("L", "N", "P", "S", "Z")),
)
_TEXTS = st.text(_CHARACTERS, max_size=60).map(analysis.normalise)

_VOCABULARY = (
    "flood floods flooded Flood’s river rivers council's Council O'Brien obrien U.S. US us it I.T. p.m. AT&T C++ 1,234 "
    "1234 3.5 1980s covid-19 São Paulo cafés the and of Straße bridge bridges closed on Monday night"
).split()
_PIECES = st.sampled_from(
    [*_VOCABULARY, *_VOCABULARY, "Rep.", "St.", "No.", "Jan.", "J.", "—", "“Quiet,”", "(so", "said.)", "…", "$40"]
)
_ENDS = st.sampled_from([" ", " ", " ", " ", " ", ". ", ".\n\n", "\n", "  ", "? ", ".” "])
_BODIES = st.lists(st.tuples(_PIECES, _ENDS), max_size=160).map(
    lambda pairs: "".join(piece + end for piece, end in pairs).strip()
)
_QUESTIONS = st.sampled_from(
    [
        "",
        "flood",
        "river council",
        "flood OR bridge OR closed",
        '"flood river"',
        '"the bridge" council',
        "flood near5 river",
        "headline:flood river",
        "lead:bridge",
        "text:river -council",
        "=floods",
        "=Flood",
        "floo*",
        "br*ge*",
        "c?uncil",
        "flod~",
        "obrien",
        "u.s.",
        "it",
        "1234",
        "sao",
        "at&t OR c++ OR cafe",
        "city:x -flood",
        '"river river"',
        "nothing",
    ]
)


def forms(texts: list[str]) -> dict[str, set[str]]:
    """Return the folded forms of each stem in some texts: what a lexicon holds."""
    found: dict[str, set[str]] = {}
    for text in texts:
        for term in _ANALYZER.terms(text):
            found.setdefault(term.stem, set()).add(term.folded)
    return found


def cut(text: str) -> list[tuple[int, int, str]] | None:
    """Return each word as the loops cut it, with those of its forms that they recognise."""
    held = {term.folded for term in _ANALYZER.terms(text)}
    values = sorted({scanning.hashed(form): form for form in held}.items())
    codes = np.frombuffer(text.encode("utf-16-le"), np.uint16)
    room = len(text) + 1
    starts, ends, masks = np.zeros(room, np.int32), np.zeros(room, np.int32), np.zeros(room, np.uint64)
    found = []
    for value, form in values or [(0, "")]:
        sought = (
            np.uint64(scanning.beginnings([form], [])),
            np.array([value], np.uint64),
            np.array([1], np.uint64),
            np.empty(0, np.uint16),
            np.empty(0, np.int64),
        )
        letters = scanning.KINDS, scanning.FOLDS, scanning.DOTTED
        words = starts, ends, masks, np.empty(scanning.FORM, np.uint16)
        count = scanning.scan(codes, 0, len(text), room, letters, sought, words)
        if count < 0:
            return None
        found += [(int(starts[word]), int(ends[word]), form) for word in range(count) if masks[word]]
        if not values:
            assert count == 0
    return sorted(found)


@given(_TEXTS)
@settings(max_examples=400, deadline=None)
def test_words_are_cut_and_folded_as_the_analysis_does(text: str) -> None:
    found = cut(text)
    if found is not None:
        assert found == [(token.start, token.end, token.term.folded) for token in _ANALYZER.tokens(text)]


@pytest.mark.parametrize("text", [" ".join(_VOCABULARY), "Müller’s “AT&T” plan: 1,234.5 of 1,23 at 3.5, 1980s; U.S.A"])
def test_the_letters_of_news_are_known(text: str) -> None:
    assert cut(text) == [(token.start, token.end, token.term.folded) for token in _ANALYZER.tokens(text)]


@given(st.lists(_PIECES, max_size=9).map(" ".join), _BODIES, _QUESTIONS, st.integers(0, 3))
@settings(max_examples=400, deadline=None)
def test_marks_and_passages_are_those_of_the_slow_way(headline: str, body: str, question: str, limit: int) -> None:
    article = Article(headline=analysis.normalise(headline), body=analysis.normalise(body))
    node = parse(question).node
    held = forms([article.headline, article.body])
    marker = Marker(node, lambda stem: held.get(stem, ()), limit)
    assert marker([article]) == [mark(article, node, limit=limit)]


@given(_BODIES, st.integers(1, 60), _QUESTIONS)
@settings(max_examples=60, deadline=None)
def test_long_stories_are_marked_as_the_slow_way_does(body: str, times: int, question: str) -> None:
    article = Article(headline="Flood", body=analysis.normalise(" ".join([body] * times)))
    node = parse(question).node
    held = forms([article.headline, article.body])
    assert Marker(node, lambda stem: held.get(stem, ()))([article]) == [mark(article, node)]


@given(
    st.lists(
        st.tuples(
            st.one_of(_BODIES, _TEXTS, st.sampled_from(["世界 flood", "A 🌊 flood. It rose", "\ud800 flood"])),
            st.integers(1, 40),
        ),
        max_size=9,
    ),
    _QUESTIONS,
)
@settings(max_examples=60, deadline=None)
def test_the_stories_of_a_page_are_marked_as_one_by_one(bodies: list[tuple[str, int]], question: str) -> None:
    articles = [Article(headline=body[:50], body=" ".join([body] * times)) for body, times in bodies] * 5
    node = parse(question).node
    held = forms([part for article in articles for part in (article.headline, article.body)])
    marker = Marker(node, lambda stem: held.get(stem, ()))
    assert marker(articles) == [mark(article, node) for article in articles]


def test_headlines_with_much_to_mark_are_marked_too() -> None:
    articles = [Article(headline="flood " * times, body="A flood.") for times in (900, 400, 1_100, 1, 3_000, 700)]
    node = parse("flood").node
    assert Marker(node, lambda stem: ["flood"])(articles) == [mark(article, node) for article in articles]


@given(_TEXTS, _TEXTS, _QUESTIONS)
@settings(max_examples=300, deadline=None)
def test_any_characters_are_marked_as_the_slow_way_does(headline: str, body: str, question: str) -> None:
    article, node = Article(headline=headline, body=body), parse(question).node
    held = forms([headline, body])
    assert Marker(node, lambda stem: held.get(stem, ()))([article]) == [mark(article, node)]


def test_a_story_without_matches_begins_at_its_beginning() -> None:
    article = Article(headline="Floods", body=" ".join(f"word{number}" for number in range(40)))
    assert Marker(Everything(), lambda stem: ())([article]) == [mark(article, Everything())]
