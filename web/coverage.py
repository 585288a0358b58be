"""What the archive holds: sources down, time across, so that gaps show.

Pure functions from timelines to a table; the archive makes them. The one idea: a reader who finds nothing
must be able to see whether nothing happened or nothing was kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import log1p

from search.page import Holding
from web import words
from web.address import Question, address
from web.formats import Formats

#: Shades of a cell above empty.
SHADES = 5


#: Years in a row without a story that become one column.
_GAP = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """Stories of one source in one period: how many, how dark, and where they are; `held` says whether anything is."""

    text: str
    shade: int
    url: str
    name: str
    held: bool = True


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
    """The whole table; `gaps` says what its hatched columns are, "" where it has none."""

    heads: tuple[Head, ...]
    rows: tuple[SourceRow, ...]
    undated_head: str
    gaps: str


@dataclass(frozen=True, slots=True)
class _Column:
    """The days of one column, and whether any source has a story of them, or one that may be."""

    first: date
    last: date
    held: bool


def view(
    holdings: Sequence[Holding], formats: Formats, year: int | None, source_path: Callable[[str], str]
) -> CoverageView:
    """Return the table of `holdings`, by years, or by the months of `year`.

    Args:
        holdings: the sources, and what the others have together.
        formats: how dates and numbers are written.
        year: the year whose months are shown; None for all years.
        source_path: from a source's key to the address of its page.
    """
    most = max((period.count for holding in holdings for period in holding.timeline.buckets), default=0)
    columns = _columns(holdings, merged=year is None)
    return CoverageView(
        heads=tuple(_head(column, formats, year) for column in columns),
        rows=tuple(_row(holding, columns, most, formats, source_path) for holding in holdings if holding.total),
        undated_head=words.COVERAGE_YEAR_ONLY if year else words.COVERAGE_UNDATED,
        gaps=words.TIMELINE_NOTHING_HELD if not all(column.held for column in columns) else "",
    )


def _columns(holdings: Sequence[Holding], merged: bool) -> list[_Column]:
    """The columns in order of time; where they are `merged`, a long time without a story is one of them."""
    every = [period for holding in holdings for period in holding.timeline.buckets]
    ends = {period.start: period.end for period in every}
    held = {period.start for period in every if period.count or period.coarser}
    columns: list[_Column] = []
    for is_held, run in groupby(sorted(ends), key=held.__contains__):
        starts = list(run)
        if merged and not is_held and len(starts) >= _GAP:
            columns.append(_Column(starts[0], ends[starts[-1]], held=False))
        else:
            columns += [_Column(start, ends[start], is_held) for start in starts]
    return columns


def _head(column: _Column, formats: Formats, year: int | None) -> Head:
    if year:
        return Head(formats.month_alone(column.first), "")
    name = formats.years(column.first.year, column.last.year)
    return Head(name, f"/coverage?year={name}" if column.held else "")


def _row(
    holding: Holding, columns: Sequence[_Column], most: int, formats: Formats, source_path: Callable[[str], str]
) -> SourceRow:
    counts = {period.start: period.count for period in holding.timeline.buckets}
    question = Question().choosing("source", holding.key) if holding.key else None
    rest = holding.timeline.undated + holding.timeline.imprecise
    return SourceRow(
        label=holding.label,
        url=source_path(holding.key) if holding.key else "",
        cells=tuple(
            _cell(holding.label, counts.get(column.first, 0), most, column, question, formats) for column in columns
        ),
        undated=formats.number(rest) if rest else "",
        total=formats.number(holding.total),
    )


def _cell(label: str, count: int, most: int, column: _Column, question: Question | None, formats: Formats) -> Cell:
    number = formats.number(count)
    days = column.first, column.last
    url = address(question.between(*days).with_copies(True)) if question and count else ""
    name = words.bar(f"{label}, {formats.span(*days)}", words.stories(count, number))
    return Cell(number if count else "", shade(count, most), url, name, column.held)


def shade(count: int, most: int) -> int:
    """Return how dark a cell is: 0 for none, then 1 to SHADES by the logarithm, so that few still show beside many.

    >>> [shade(count, 20_000) for count in (0, 1, 20, 200, 2_000, 20_000)]
    [0, 1, 2, 3, 4, 5]
    """
    return 0 if count == 0 else max(1, round(log1p(count) / log1p(most) * SHADES))
