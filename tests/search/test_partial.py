"""What stands beside the stories that hold every word: those that hold enough of them, and never nothing for a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from search import Archive, Request, open_archive
from tests.search.test_archive import OREGON, story, write


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    write(
        tmp_path,
        story(1, "Merrow bridge shut", "Inspectors found rust.", published="1997-03-04", cities=(OREGON,)),
        story(2, "Bridge opens", "The mayor of Salem cut a ribbon and nobody spoke of rust.", published="1999"),
        story(3, "Mayor resigns", "The mayor left over meters.", published="2001"),
        story(4, "Cocoa falls", "Cocoa fell.", published="2001"),
    )
    return open_archive(tmp_path)


def ask(archive: Archive, text: str) -> tuple[int, list[str]]:
    page = archive.search(Request(text))
    return page.total, [hit.article.id for hit in page.partial.hits]


@pytest.mark.parametrize(
    ("text", "total", "partial"),
    [
        ("bridge mayor", 1, ["s1", "s3"]),
        ("merrow bridge mayor", 0, ["s1", "s2"]),  # the mayor alone is one of three
        ("merrow zyxgloop", 0, ["s1"]),
        ("bridge rust zyxgloop quux", 0, ["s1", "s2"]),
        ("zyxgloop quux", 0, []),
        ("inspectors said the mayor ought to open any bridge whatever rust costs", 0, ["s1", "s2"]),
        ('"merrow bridge" mayor', 0, ["s1", "s2", "s3"]),
        ('"mayor bridge" rust', 0, ["s1", "s2"]),  # a phrase that no story has is demanded of none
        ("merrow mayor city:portland-or", 0, ["s1"]),
        ("bridge mayor -ribbon", 0, ["s1", "s3"]),
        ("bridge mayor since:1998", 1, ["s3"]),
        ("merrow mayor (rust OR cocoa)", 0, []),
        ("cocoa city:portland-or", 0, []),
        ("bridge OR mayor", 3, []),
    ],
)
def test_stories_with_enough_of_the_words_stand_apart(
    archive: Archive, text: str, total: int, partial: list[str]
) -> None:
    found, ids = ask(archive, text)
    assert (found, sorted(ids)) == (total, partial)


def test_of_a_sentence_the_best_match_comes_first_and_of_a_few_words_the_one_with_most(tmp_path: Path) -> None:
    write(
        tmp_path,
        story(1, "Weather", "Rain fell on town, bridge and field, and on all of us for a long while, again and again."),
        story(2, "Merrow bridge", "The Merrow bridge and Merrow alone: a bridge, a bridge."),
        *(story(number, f"Minutes {number}", "Rain fell on town and field.") for number in range(3, 9)),
    )
    with open_archive(tmp_path) as archive:
        assert ask(archive, "merrow bridge rain town field fell")[1][0] == "s2"
        assert ask(archive, "merrow bridge rain town")[1][0] == "s1"
