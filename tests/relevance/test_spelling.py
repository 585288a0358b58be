"""Other spellings may not get worse: slips are mended and names are left alone, as a gate."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.relevance import known_items, spelling

#: Every so many-th story of Reuters is held: enough words to take one for another, few enough to index in seconds.
EVERY = 6


def test_a_slip_is_mended_and_a_name_is_left_alone(tmp_path: Path) -> None:
    if not (known_items.REUTERS.exists() and known_items.WIKINEWS.exists()):
        pytest.skip("shared/corpora is not next to the checkout")
    stories = known_items.stories(known_items.REUTERS, EVERY)
    with spelling.held(stories, tmp_path) as archive:
        found = spelling.measured(archive, stories, known_items.stories(known_items.WIKINEWS), 150)
    for kind, offered, right in (
        ("one slip", 0.95, 0.88),
        ("two words, a slip in one", 0.95, 0.9),
        ("one slip in a name of 20 stories or more", 0.95, 0.85),
    ):
        offers = found[kind]
        assert offers.asked > 30, kind
        assert offers.offered >= offered * offers.asked, f"{kind}: {offers}"
        assert offers.right >= right * offers.offered, f"{kind}: {offers}"
    for kind, most in (
        ("names of 10 stories or fewer, as they are", 0.03),
        ("the same with a capital", 0.03),
        ("other words of 10 stories or fewer, as they are", 0.1),
        ("names that the archive lacks, as they are", 0.25),
        ("the same with a capital, after a word that it holds", 0.25),
    ):
        offers = found[kind]
        assert offers.asked == 150, kind
        assert offers.offered <= most * offers.asked, f"{kind}: {offers}"


def test_a_slip_keeps_the_first_letter_and_changes_little() -> None:
    random = Random(1)
    for word in ("flood", "election", "governor"):
        for _ in range(200):
            wrong = spelling.slip(word, random)
            assert wrong[0] == word[0]
            assert abs(len(wrong) - len(word)) <= 1
