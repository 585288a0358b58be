"""The thread of a story: what came before and after, in order of time, with what is new in each."""

from __future__ import annotations

import doctest
from dataclasses import replace
from pathlib import Path

import pytest

import search.related
from index.article import Article
from search import open_archive
from search.novelty import new_sentences
from search.page import Thread
from search.related import related, words
from tests.search.test_archive import OREGON, story, write
from tests.web.fake import FakeArchive

OPENING = (
    "The Merrow bridge was shut on Monday. Ann Cole, the county engineer, found cracks in nine of its twelve piers."
)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    write(
        tmp_path,
        story(1, "Merrow bridge shut", OPENING, published="1997-03-04", cities=(OREGON,)),
        story(
            2,
            "Cole blames salt for Merrow cracks",
            "The Merrow bridge stays shut, Ann Cole said. Cole blamed de-icing salt spread since 1971. It rained.",
            published="1997-03-09",
            cities=(OREGON,),
        ),
        story(
            3,
            "Merrow bridge opens again",
            "Nobody cheered. Governor Pike and Ann Cole opened the Merrow bridge after repairs of $71 million. "
            "Ann Cole, the county engineer, had found cracks in its piers.",
            published="1999-05-01",
            cities=(OREGON,),
        ),
        replace(story(4, "Merrow bridge shut", OPENING, published="1997-03-05"), family=1),
        story(5, "The Merrow bridge and Ann Cole", "The Merrow bridge, remembered by Ann Cole.", published=None),
        story(6, "Cocoa falls", "Cocoa fell in the port on Monday, and nobody knows why it did.", published="1997-03"),
        *(story(number, f"Weather {number}", "Rain fell on the town.", published="1997") for number in range(7, 30)),
    )
    return tmp_path


def thread(archive: Path, id: str, limit: int = 6) -> Thread:
    with open_archive(archive) as opened:
        found = opened.related(id, limit)
    assert found is not None
    return found


def test_a_thread_is_in_order_of_time_with_the_story_in_its_place_and_what_is_undated_last(archive: Path) -> None:
    for place, id in enumerate(("s1", "s2", "s3", "s5")):
        found = thread(archive, id)
        assert [one.article.id for one in found.stories] == ["s1", "s2", "s3", "s5"]
        assert found.place == place
        assert [one.score > 0.0 for one in found.stories] == [one.article.id != id for one in found.stories]


def test_each_story_shows_the_sentence_that_is_new_in_it(archive: Path) -> None:
    assert [one.new for one in thread(archive, "s2").stories] == [
        "Ann Cole, the county engineer, found cracks in nine of its twelve piers.",
        "Cole blamed de-icing salt spread since 1971.",
        "Governor Pike and Ann Cole opened the Merrow bridge after repairs of $71 million.",
        "",
    ]


def test_copies_are_counted_and_never_a_part_of_the_thread(archive: Path) -> None:
    assert [one.copies for one in thread(archive, "s1").stories] == [1, 0, 0, 0]
    assert [one.article.id for one in thread(archive, "s4").stories] == ["s4", "s2", "s3", "s5"]


def test_the_nearest_in_time_and_place_are_kept_where_few_are_wanted(archive: Path) -> None:
    assert [one.article.id for one in thread(archive, "s1", limit=1).stories] == ["s1", "s2"]
    assert [one.article.id for one in thread(archive, "s3", limit=0).stories] == ["s3"]


def test_a_story_of_no_affair_is_a_thread_of_one(archive: Path) -> None:
    assert [one.article.id for one in thread(archive, "s6").stories] == ["s6"]


def test_what_the_archive_does_not_hold_has_no_thread(archive: Path) -> None:
    with open_archive(archive) as opened:
        assert opened.related("nothing") is None


def test_words_are_counted_by_the_stories_that_hold_them_in_any_form(archive: Path) -> None:
    with open_archive(archive) as opened:
        assert opened.counts(("bridges", "Cocoa", "zebra")) == (5, 1, 0)


def test_a_sentence_that_tells_nothing_new_or_speaks_of_other_things_is_not_shown() -> None:
    stories = [
        Article(body="The Merrow bridge is shut for good now."),
        Article(body="The bridge is shut for good, Merrow said. Paris and London met Rome in 1815 on Tuesday."),
    ]
    assert new_sentences(stories, {"merrow", "bridg"}) == ("The Merrow bridge is shut for good now.", "")
    assert new_sentences([], {"merrow"}) == ()


def test_a_long_sentence_is_cut() -> None:
    body = "The Merrow bridge " + "sways and " * 40 + "falls."
    (sentence,) = new_sentences([Article(body=body)], {"merrow"})
    assert sentence == "The Merrow bridge " + "sways and " * 21 + "…"


def test_the_telling_words_are_the_headlines_and_the_names() -> None:
    told = Article(
        headline="Two years on, the Merrow bridge opens again",
        body="Governor Ann Cole cut the ribbon on Tuesday.\n\nThe Merrow crossing, said Cole, cost $71 million.",
    )
    assert words(told) == ("Merrow", "Cole", "bridge", "opens", "Ann")


def test_operators_in_a_headline_stay_words(tmp_path: Path) -> None:
    write(tmp_path, *(story(number, "NOT NEAR THE AND BRIDGE", f"Told by {number}.") for number in (1, 2)))
    assert [one.article.id for one in thread(tmp_path, "s1").stories] == ["s1", "s2"]


def test_neither_the_story_nor_its_copies_are_related_to_it() -> None:
    archive = FakeArchive()
    for held in archive.held.values():
        found = related(archive, held.article.id)
        assert found is not None
        others = [one.article for place, one in enumerate(found.stories) if place != found.place]
        assert held.article.id not in [other.id for other in others]
        assert (held.article.headline, held.article.body) not in [(other.headline, other.body) for other in others]


def test_the_example_is_true() -> None:
    assert doctest.testmod(search.related).failed == 0
