"""A draft finds the past stories near to it, and is shown what they have in common."""

from __future__ import annotations

import doctest
import json
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

import search.covered
from index.analysis import Analyzer
from search import open_archive
from search.__main__ import main
from search.covered import LEAST_RUN, Coverage, Passage, covered, plain_text
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


def test_shared_runs_are_those_of_the_plain_rule() -> None:
    analyzer = Analyzer()
    for seed in range(200):
        random = Random(seed)
        draft, text = (
            [analyzer.term(random.choice(("pier", "crack", "moth"))) for _ in range(random.randint(0, 30))]
            for _ in range(2)
        )
        runs = search.covered._Runs(draft).shared(text)
        spoken = [" ".join(term.folded for term in terms) for terms in (draft, text)]
        taken = sorted(place for first, length in runs for place in range(first, first + length))
        assert len(taken) == len(set(taken))
        assert [length for _, length in runs] == sorted((length for _, length in runs), reverse=True)
        for first, length in runs:
            assert length >= LEAST_RUN
            assert " ".join(term.folded for term in text[first : first + length]) in spoken[0]
        for first in range(len(text) - LEAST_RUN + 1):
            window = range(first, first + LEAST_RUN)
            if " ".join(term.folded for term in text[first : first + LEAST_RUN]) in spoken[0]:
                assert set(window) & set(taken)


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
    both = CliRunner().invoke(main, ["cocoa", "--covered", "-", "--archive", str(archive)], input=DRAFT)
    assert both.exit_code == 2


def test_the_example_is_true() -> None:
    assert doctest.testmod(search.covered).failed == 0
