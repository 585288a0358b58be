"""Words near to a word are those that the plain table of distances finds, with their distances."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.embedded.arrayfile import ArrayFile, ArrayFileWriter
from index.embedded.lexicon import Lines, encoded
from search.embedded.edits import within
from search.highlight import within_edits

_WORDS = st.text(alphabet="abcé語😀\udc80", max_size=9)


def lines(folder: Path, words: list[str]) -> Lines:
    """Write sorted lines to a file and read it."""
    texts = [encoded(word) + b"\n" for word in words]
    with ArrayFileWriter(folder / "lines") as file:
        file.append("text", np.frombuffer(b"".join(texts), np.uint8), np.uint8)
        file.append("offsets", np.cumsum([0, *map(len, texts)]), np.uint32)
    return Lines(ArrayFile(folder / "lines"), "text", "offsets")


@settings(deadline=None)
@given(st.sets(_WORDS, max_size=40), _WORDS, st.integers(0, 3), st.integers(0, 2))
def test_they_are_those_of_the_plain_table(
    tmp_path_factory: pytest.TempPathFactory, held: set[str], word: str, distance: int, kept: int
) -> None:
    words = sorted(held, key=encoded)
    folder = tmp_path_factory.mktemp("lines")
    numbers, edits = within(lines(folder, words), word, distance, kept)
    expected = [
        (number, next(edits for edits in range(4) if within_edits(word, other, edits)))
        for number, other in enumerate(words)
        if within_edits(word, other, distance) and other.startswith(word[:kept])
    ]
    assert list(zip(numbers.tolist(), edits.tolist(), strict=True)) == expected


@settings(deadline=None)
@given(st.sets(_WORDS, max_size=40), _WORDS)
def test_a_line_is_found_by_bisection(tmp_path_factory: pytest.TempPathFactory, held: set[str], word: str) -> None:
    words = sorted(map(encoded, held))
    folder = tmp_path_factory.mktemp("lines")
    found = lines(folder, [line.decode("utf-8", "surrogatepass") for line in words]).bisect(encoded(word))
    assert found == sum(line < encoded(word) for line in words)
