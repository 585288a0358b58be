"""Full stops that end no sentence, and those that do."""

import pytest

from index.abbreviations import is_abbreviation


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("said Rep. Ann Lee", True),
        ("Gen. Lee", True),
        ("at St. Paul", True),
        ("up Mt. Hood", True),
        ("on Jan. 24", True),
        ("in Jan. The bridge", False),
        ("No. 5", True),
        ("He said No. The bridge", False),
        ("John F. Kennedy", True),
        ("the U.S. Senate", True),
        ("the rep. Lee", False),
        ("the bridge. The dam", False),
        ("in Portland, Ore. The dam", False),
        ("XRep. Lee", False),
        (". Lee", False),
        ("Sen.", True),
        ("Jan.", False),
        ("Ö. Lee", False),
    ],
)
def test_a_full_stop_shortens_a_word_or_ends_a_sentence(text: str, short: bool) -> None:
    dot = text.rindex(".")
    assert is_abbreviation(text, dot, dot + 2) is short
