"""Completion over a real index gives what the stories themselves say, whatever was added, changed and removed."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import Article, City, Story
from index.embedded import IndexDirectory
from search import open_archive
from search.complete import complete
from tests.search.stock import Stock

SALEM = City(5750162, "Salem", "Oregon", "United States", 44.9, -123.0, role="about")


def made() -> list[Story]:
    headlines = (
        "Council votes to close the Merrow bridge",
        "COUNCIL VOTES TO CLOSE THE MERROW BRIDGE",
        "Élan of Salem’s council",
        "Red River rises",
    )
    bodies = (
        "The council heard Ann Cole of the Merrow Trust. On Monday, Mayor Roe of Red River wept.",
        "Yesterday the Merrow Trust and Ann Cole met.",
        "Nobody came but São Tomé and OPEC.",
    )
    return [
        Story(
            Article(
                f"s{number}",
                headlines[number % 4] if number < 30 else f"Council meets for the {number}th time",
                bodies[number % 3],
                published=f"{1950 + number}-05-0{1 + number % 9}" if number % 7 else None,
                section="Council" if number % 5 else "",
                cities=(SALEM,) if number % 4 else (),
            ),
            number + 1,
            number + 1,
            "2026-01-01T00:00:00Z",
            number if number % 10 == 9 else number + 1,
        )
        for number in range(48)
    ]


@pytest.mark.parametrize("removed", [(), (1, 2, 9, 10, 33)])
@pytest.mark.parametrize("commits", [(48,), (7, 30, 31, 48)])
def test_what_is_offered_is_what_the_stories_say(tmp_path: Path, removed: tuple[int, ...], commits: list[int]) -> None:
    stories = made()
    done = 0
    with IndexDirectory(tmp_path / "index").writer() as writer:
        for end in commits:
            for story in stories[done:end]:
                writer.put(story)
            done = end
            writer.commit(done)
        for number in removed:
            writer.remove(f"s{number}")
        writer.commit(done)
    judge = Stock(story for number, story in enumerate(stories) if number not in removed)
    with open_archive(tmp_path) as archive:
        for typed in (
            "c",
            "council",
            "council v",
            "Merr",
            "ann c",
            "sao",
            "sal",
            "elan",
            "red ri",
            "opec",
            "s",
            "1",
            "the",
            "zz",
        ):
            for limit in (0, 3, 8, 100):
                assert archive.complete(typed, limit) == complete(typed, limit, judge), (typed, limit)


def test_an_empty_archive_has_its_syntax_only(tmp_path: Path) -> None:
    with IndexDirectory(tmp_path / "index").writer() as writer:
        writer.commit(0)
    with open_archive(tmp_path) as archive:
        assert archive.complete("council", 8) == ()
        assert [one.text for one in archive.complete("head", 8)] == ["headline:"]


def test_a_removed_story_leaves_nothing_behind(tmp_path: Path) -> None:
    stories = made()
    with IndexDirectory(tmp_path / "index").writer() as writer:
        for story in stories:
            writer.put(story)
        writer.commit(len(stories))
        for number in range(0, 48, 3):
            writer.remove(f"s{number}")
        writer.commit(len(stories))
    with open_archive(tmp_path) as archive:
        assert [one.label for one in archive.complete("mayor roe", 8)] == []
        assert [one.label for one in archive.complete("red", 8)] == ["Red River rises"]
