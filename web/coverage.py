"""What the archive holds: sources down, time across, so that gaps show.

Pure functions from timelines to a table; the archive makes them. The one idea: a reader who finds nothing
must be able to see whether nothing happened or nothing was kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from search.page import Holding
from web import words
from web.address import Question, address
from web.formats import Formats

#: Shades of a cell above empty.
SHADES = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """Stories of one source in one period: how many, how dark, and where they are."""

    text: str
    shade: int
    url: str
    name: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One line of the table."""

    label: str
    url: str
    cells: tuple[Cell, ...]
    undated: str
    total: str


@dataclass(frozen=True, slots=True)
class Head:
    """One column: its name, and the table of its months where it is a year."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class CoverageView:
    """The whole table."""

    heads: tuple[Head, ...]
    rows: tuple[SourceRow, ...]
    undated_head: str


def view(holdings: Sequence[Holding], formats: Formats, year: int | None) -> CoverageView:
    """Return the table of `holdings`, by years, or by the months of `year`."""
    starts = sorted({period.start for holding in holdings for period in holding.timeline.buckets})
    ends = {period.start: period.end for holding in holdings for period in holding.timeline.buckets}
    most = max((period.count for holding in holdings for period in holding.timeline.buckets), default=0)
    return CoverageView(
        heads=tuple(
            Head(formats.month_alone(start), "") if year else Head(f"{start.year}", f"/coverage?year={start.year}")
            for start in starts
        ),
        rows=tuple(
            _row(holding, [(start, ends[start]) for start in starts], most, formats)
            for holding in holdings
            if holding.total
        ),
        undated_head=words.COVERAGE_YEAR_ONLY if year else words.COVERAGE_UNDATED,
    )


def _row(holding: Holding, periods: list[tuple[date, date]], most: int, formats: Formats) -> SourceRow:
    counts = {period.start: period.count for period in holding.timeline.buckets}
    question = Question().choosing("source", holding.key) if holding.key else None
    rest = holding.timeline.undated + holding.timeline.imprecise
    return SourceRow(
        label=holding.label,
        url=address(question) if question else "",
        cells=tuple(
            _cell(holding.label, counts.get(start, 0), most, (start, end), question, formats) for start, end in periods
        ),
        undated=formats.number(rest) if rest else "",
        total=formats.number(holding.total),
    )


def _cell(
    label: str, count: int, most: int, days: tuple[date, date], question: Question | None, formats: Formats
) -> Cell:
    number = formats.number(count)
    url = address(question.between(*days).with_copies(True)) if question and count else ""
    name = words.bar(f"{label}, {formats.span(*days)}", words.stories(count, number))
    return Cell(number if count else "", shade(count, most), url, name)


def shade(count: int, most: int) -> int:
    """Return how dark a cell is: 0 for none, then 1 to SHADES by the root of its share, so that few still show.

    >>> [shade(count, 100) for count in (0, 1, 25, 100)]
    [0, 1, 3, 5]
    """
    return 0 if count == 0 else max(1, min(SHADES, round((count / most) ** 0.5 * SHADES + 0.01)))
