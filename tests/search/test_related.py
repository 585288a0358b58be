"""Stories about the same are found by the words that tell, and nothing else is offered."""

from __future__ import annotations

import doctest

import search.related
from index.article import Article
from search.related import related, words
from tests.web.fake import FakeArchive


def test_the_telling_words_are_the_headlines_and_the_names() -> None:
    story = Article(
        headline="Two years on, the Merrow bridge opens again",
        body="Governor Ann Cole cut the ribbon on Tuesday.\n\nThe Merrow crossing, said Cole, cost $71 million.",
    )
    assert words(story) == ("Merrow", "bridge", "opens", "Cole", "Ann")


def test_a_story_without_telling_words_has_no_relations() -> None:
    assert related(FakeArchive(), Article(id="x", headline="Again", body="It was.")) == ()


def test_operators_in_a_headline_stay_words() -> None:
    archive = FakeArchive()
    related(archive, Article(id="x", headline="NOT NEAR THE AND BRIDGE", body=""))
    assert [request.text for request in archive.asked] == ["near OR bridge"]


def test_neither_the_story_nor_its_copies_are_related_to_it() -> None:
    archive = FakeArchive()
    for story in archive.held.values():
        for hit in related(archive, story.article):
            assert hit.article.id != story.article.id
            assert hit.article.body != story.article.body or hit.article.headline != story.article.headline


def test_the_example_is_true() -> None:
    assert doctest.testmod(search.related).failed == 0
