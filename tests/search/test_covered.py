"""A draft finds the past stories near to it, and is shown what they have in common."""

from __future__ import annotations

import doctest
import json
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

import search.covered
from search import open_archive
from search.__main__ import main
from search.covered import Coverage, covered, plain_text
from search.overlap import Passage
from search.page import Fragment
from tests.search.test_archive import OREGON, story, write

BRIDGE = (
    "The Merrow bridge will close for two years, the council said on Monday.\n\n"
    "Ann Cole, the county engineer, found cracks in nine of the twelve piers. Nobody was surprised."
)
DRAFT = (
    "Asked again about the Merrow bridge, engineer Ann Cole found cracks in nine of the twelve piers, she said, "
    "and the council is at a loss."
)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    write(
        tmp_path,
        story(1, "Bridge to close", BRIDGE, published="1997-03-04", cities=(OREGON,), source="Ledger"),
        story(2, "Cole runs for office", "The engineer Cole wants Merrow to vote. It may.", published="1998"),
        story(3, "Cocoa falls", "Cocoa fell in the port on Monday, and nobody knows why it did."),
        *(story(number, f"Weather {number}", "Rain fell on the town and the council.") for number in range(4, 20)),
    )
    return tmp_path


def ask(archive: Path, draft: str, limit: int = 10) -> Coverage:
    with open_archive(archive) as opened:
        return covered(opened, draft, limit)


def test_the_nearest_story_leads_and_shows_the_words_in_a_row(archive: Path) -> None:
    found = ask(archive, DRAFT)
    assert [near.article.id for near in found.stories] == ["s1", "s2"]
    assert found.stories[0].passages == (
        Passage(
            "run",
            8,
            (
                Fragment("Ann Cole, the county engineer, "),
                Fragment("found cracks in nine of the twelve piers", True),
                Fragment(". Nobody was surprised"),
            ),
        ),
    )


def test_without_words_in_a_row_the_sentence_with_most_telling_words_is_shown(archive: Path) -> None:
    passage = ask(archive, DRAFT).stories[1].passages[0]
    assert (passage.kind, passage.words) == ("sentence", 3)
    assert [fragment.text for fragment in passage.text if fragment.marked] == ["engineer", "Cole", "Merrow"]


def test_a_draft_of_nothing_known_finds_nothing(archive: Path) -> None:
    for draft in ("", "the of and", "Zyxgloop quuxed Frobnitz", "\x00", "<", "OR AND (((", "Merrow"):
        assert ask(archive, draft).stories == (), draft


def test_operators_in_a_draft_are_words(archive: Path) -> None:
    found = ask(archive, 'NOT "Merrow OR (Cole AND =piers~ near5 cracks*')
    assert {near.article.id for near in found.stories} == {"s1", "s2"}


def test_no_more_stories_than_wanted(archive: Path) -> None:
    assert len(ask(archive, DRAFT, limit=1).stories) == 1


def test_mark_up_is_no_part_of_a_draft() -> None:
    assert plain_text("a < b and <p>") == "a < b and <p>"
    page = "<!DOCTYPE html><head><title>T</title></head><body><p>One <b>t</b>wo</p><style>p{}</style><p>three"
    assert plain_text(page).split("\n\n")[-2:] == ["", "three"]
    assert plain_text(page).split() == ["One", "two", "three"]


def test_the_terminal_answers_in_text_and_json(archive: Path) -> None:
    run = CliRunner().invoke(main, ["--covered", "-", "--archive", str(archive)], input=DRAFT)
    assert run.exit_code == 0
    assert run.output.startswith("2 near stories\nLooked for: ")
    assert "1. Bridge to close\n   4 March 1997 · Portland, Oregon · Ledger · s1\n   8 words in a row: " in run.output
    form = CliRunner().invoke(main, ["--covered", "-", "--archive", str(archive), "--json"], input=DRAFT)
    nearest = json.loads(form.output)["stories"][0]
    assert (nearest["id"], nearest["passages"][0]["shared"]) == ("s1", ["found cracks in nine of the twelve piers"])


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ([], ["s1", "s2"]),
        (["--city", "Portland, Oregon"], ["s1"]),
        (["--source", "Ledger"], ["s1"]),
        (["--since", "1998"], ["s2"]),
        (["--until", "1997-12"], ["s1"]),
        (["--section", "Sports"], []),
        (["--limit", "1"], ["s1"]),
    ],
)
def test_only_stories_that_fit_the_options_are_near(archive: Path, options: list[str], ids: list[str]) -> None:
    run = CliRunner().invoke(main, ["--covered", "-", "--archive", str(archive), "--json", *options], input=DRAFT)
    assert [near["id"] for near in json.loads(run.output)["stories"]] == ids


@pytest.mark.parametrize(
    ("options", "name"),
    [
        (["cocoa"], "QUERY"),
        (["--sort", "newest"], "--sort"),
        (["--offset", "3"], "--offset"),
        (["--recency", "0.5"], "--recency"),
        (["--explain-score"], "--explain-score"),
    ],
)
def test_what_a_draft_has_no_use_for_is_refused(archive: Path, options: list[str], name: str) -> None:
    run = CliRunner().invoke(main, [*options, "--covered", "-", "--archive", str(archive)], input=DRAFT)
    assert run.exit_code == 2
    assert f"--covered takes a draft and puts the nearest story first; {name} cannot be given, too." in " ".join(
        run.output.split()
    )


#: Words that stand in every other story, too, so that no single one of them tells anything.
PLAIN = (
    "the mayor and the council met in the town hall and spoke of the water and the roads for most of a long night "
    "and then went home by the old harbour wall without a word to the men of the press who stood waiting there"
)


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    words = PLAIN.split()
    shuffled = [" ".join(Random(seed).sample(words, len(words))) for seed in range(40)]
    write(
        tmp_path,
        *(story(number, f"Minutes {number}", f"{text}.") for number, text in enumerate(shuffled, start=1)),
        story(41, "Old minutes", f"It rained. {PLAIN.capitalize()}, and nobody slept."),
        story(42, "Merrow bridge", "Ann Cole shut the Merrow bridge."),
    )
    return tmp_path


def test_a_long_passage_word_for_word_lifts_a_story_above_all_that_only_share_words(plain: Path) -> None:
    draft = f"Ann Cole shut the Merrow bridge, and asked why, she wrote: {PLAIN}."
    found = ask(plain, draft)
    assert [near.article.id for near in found.stories][:2] == ["s41", "s42"]
    assert (found.stories[0].passages[0].kind, found.stories[0].passages[0].words) == ("run", len(PLAIN.split()))
    assert found.stories[0].score > found.stories[1].score


def test_a_passage_in_the_middle_of_a_long_draft_is_found(plain: Path) -> None:
    noise = " ".join(f"noise{Random(seed).randrange(9_999)} is heard." for seed in range(6_000))
    found = ask(plain, f"{noise} {PLAIN}. {noise}"[: search.covered.LONGEST_DRAFT])
    assert [near.article.id for near in found.stories][:1] == ["s41"]


def test_a_draft_of_words_that_every_headline_has_is_found_by_its_passages_alone(plain: Path) -> None:
    said = "people of the city say that two men of this county made a new state out of last week"
    write(plain, story(43, "Old talk", f"It rained. Some {said}. Nobody slept."))
    found = ask(plain, f"They {said} and more")
    assert found.words == ()
    assert [(near.article.id, near.passages[0].words) for near in found.stories] == [("s43", len(said.split()))]


def test_the_example_is_true() -> None:
    assert doctest.testmod(search.covered).failed == 0
