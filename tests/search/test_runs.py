"""Words in a row that a draft and another text share are those that the plain rule finds."""

from __future__ import annotations

from itertools import takewhile
from random import Random

import pytest

from index.analysis import TOKEN, Analyzer, Term, is_common
from search.runs import LEAST_RUN, Runs

WORDS = ("pier", "crack", "moth", "The", "of")


def plain(draft: list[Term], text: list[Term]) -> list[tuple[int, int]]:
    """The rule in its simplest form: from left to right the longest run that the draft has, if it tells something."""
    here, there = [term.folded for term in text], [term.folded for term in draft]
    runs = []
    at = 0
    while at < len(here):
        longest = max((in_common(here[at:], there[place:]) for place in range(len(there))), default=0)
        if longest >= LEAST_RUN and sum(not is_common(term) for term in text[at : at + longest]) >= 2:
            runs.append((at, longest))
        at += longest if longest >= LEAST_RUN else 1
    return sorted(runs, key=lambda run: (-run[1], run[0]))


def in_common(one: list[str], other: list[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


@pytest.mark.parametrize("words", [2, 3, 5])
def test_shared_runs_are_those_of_the_plain_rule(words: int) -> None:
    analyzer = Analyzer()
    for seed in range(200):
        random = Random(seed)
        draft, text = (
            [random.choice(WORDS[:words]) for _ in range(random.choice((0, 4, 5, 12, 24)))] for _ in range(2)
        )
        found = Runs([analyzer.term(word) for word in draft]).shared(text)
        assert found == plain([analyzer.term(word) for word in draft], [analyzer.term(word) for word in text])


def test_capitals_accents_and_possessives_do_not_part_a_run() -> None:
    analyzer = Analyzer()
    draft = [analyzer.term(token) for token in TOKEN.findall("São Paulo's water ran out on Monday")]
    assert Runs(draft).shared(TOKEN.findall("They say SAO PAULO WATER RAN out, on Monday!")) == [(2, 7)]
