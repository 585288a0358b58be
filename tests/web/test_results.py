"""What a results page says of its question, without an archive."""

from __future__ import annotations

from datetime import date

import pytest

from index.article import Article
from search.page import Fragment, Hit
from web.address import Question
from web.formats import Formats
from web.results import applied, hit_view, joined, slug


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        (date(1987, 4, 9), date(1987, 4, 9), "on April 9, 1987"),
        (date(1987, 4, 1), date(1987, 4, 30), "in April 1987"),
        (date(1987, 1, 1), date(1987, 12, 31), "in 1987"),
        (date(1987, 3, 1), date(1987, 4, 30), "from March 1987 to April 1987"),
        (date(1987, 1, 1), date(1988, 12, 31), "from 1987 to 1988"),
        (date(1987, 3, 2), date(1987, 4, 30), "from March 2, 1987 to April 30, 1987"),
        (date(1987, 1, 1), None, "since 1987"),
        (None, date(1987, 4, 30), "until April 1987"),
    ],
)
def test_days_are_said_as_people_say_them(since: date | None, until: date | None, said: str) -> None:
    (tag,) = applied(Question().between(since, until), Formats(), lambda facet, key: key)
    assert f"{tag.preposition} {tag.label}".strip() == said
    assert tag.name == f"Remove filter {said}"


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("It rained.", "It stopped.", "It rained. … It stopped."),
        ("It rained …", "It stopped.", "It rained … It stopped."),
        ("It rained …", "… then stopped.", "It rained … then stopped."),
    ],
)
def test_passages_are_parted_by_one_ellipsis(first: str, second: str, said: str) -> None:
    assert "".join(part.text for part in joined(((Fragment(first),), (Fragment(second),)))) == said


def test_an_address_takes_whole_words_of_a_headline() -> None:
    assert slug("Wiśniewski's 31 inches — and more") == "wisniewski-s-31-inches-and-more"
    assert slug("word " * 40) == "-".join(["word"] * 16)
    assert slug("x" * 200) == "x" * 80
    assert slug("橋が閉鎖") == "story"


@pytest.mark.parametrize(
    ("type", "copies", "badges"),
    [
        ("", 0, ()),
        ("obituary", 0, ()),
        ("", 1, ("Wire (1 copy)",)),
        ("", 1_200, ("Wire (1,200 copies)",)),
        ("correction", 7, ("Correction", "Wire (7 copies)")),
    ],
)
def test_a_story_says_in_a_badge_that_it_is_a_correction_and_how_often_it_ran(
    type: str, copies: int, badges: tuple[str, ...]
) -> None:
    article = Article(id="a", headline="A", type=type)
    assert hit_view(Hit(article, 1.0, copies=copies), None, Formats()).badges == badges
