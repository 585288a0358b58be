"""What the bench asks of an engine, and what it gets back.

No engine here. The one idea: an engine is measured by the whole page it gives, twice: as ids and counts, and as what a
reader gets to see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bench.questions import Question
from index import Story

#: Stories by city key, and by "YYYY-MM".
Counts = tuple[dict[str, int], dict[str, int]]


@dataclass(frozen=True, slots=True)
class Answer:
    """A page as an engine gives it: exact total, ids of the ten best, stories by city and by month.

    The counts are there as plain data of Python's in the engine's own form; `counts` brings them into one form for all,
    which is for comparing and not part of what is timed.
    """

    total: int
    ids: tuple[str, ...]
    counts: Callable[[], Counts]

    @property
    def cities(self) -> dict[str, int]:
        """Stories by city key."""
        return self.counts()[0]

    @property
    def months(self) -> dict[str, int]:
        """Stories by "YYYY-MM"."""
        return self.counts()[1]


class Engine(Protocol):
    """One engine, its files in a directory of its own.

    Attributes:
        name: what the table calls it.
        most: the largest archive it is measured with, or None.
        without: classes of questions that it has no way to answer.
        differs: by class, why its totals may differ from Morgue's although both are right.
    """

    name: str
    most: int | None
    without: frozenset[str]
    differs: Mapping[str, str]

    def build(self, stories: Iterable[Story], directory: Path) -> None:
        """Index `stories` into the empty `directory` and leave it ready to be opened."""

    def open(self, directory: Path) -> None:
        """Open what `build` made."""

    def answer(self, question: Question) -> Answer:
        """Answer with ids and counts."""

    def serve(self, question: Question) -> int:
        """Answer as a reader sees it: parse the words, fetch the ten stories, highlight. Return the characters made."""
