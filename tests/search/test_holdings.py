"""The table of what is held is what searching source by source finds."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Story
from index.embedded import IndexDirectory
from search import Request, open_archive
from search.archive import Archive
from search.page import Holding
from tests.search.archives import ARCHIVES, write


def counted(holding: Holding) -> dict[object, int]:
    """The stories of a holding by first day, and those that no bar has."""
    timeline = holding.timeline
    bars: dict[object, int] = {period.start: period.count for period in timeline.buckets if period.count}
    return {
        name: count
        for name, count in (bars | {"undated": timeline.undated, "imprecise": timeline.imprecise}).items()
        if count
    }


def searched(archive: Archive, year: int | None, source: str | None) -> dict[object, int]:
    """The same by a search."""
    page = archive.search(
        Request(
            copies="show",
            limit=0,
            sources=(source,) if source else (),
            since=date(year, 1, 1) if year else None,
            until=date(year, 12, 31) if year else None,
            granularity="month" if year else "year",
        )
    )
    return counted(Holding("", "", page.total, page.timeline))


@settings(max_examples=40, deadline=None)
@given(ARCHIVES, st.sampled_from([None, 1987, 1988, 1991, 2018, 3000]), st.integers(0, 3), st.booleans())
def test_every_row_is_what_a_search_finds(
    commits: list[list[Story | str]], year: int | None, most: int, apart: bool
) -> None:
    with TemporaryDirectory() as directory:
        write(IndexDirectory(Path(directory) / "index"), commits, apart=apart)
        with open_archive(directory) as archive:
            *named, rest = archive.holdings(year, most)
            values = (
                archive.search(
                    Request(
                        copies="show",
                        facet_limit=0,
                        since=date(year, 1, 1) if year else None,
                        until=date(year, 12, 31) if year else None,
                    )
                )
                .facets["source"]
                .buckets
            )
            assert [(row.key, row.label, row.total) for row in named] == [
                (value.key, value.label, value.count) for value in values[:most]
            ]
            for row in named:
                assert counted(row) == searched(archive, year, row.key)
            whole = Counter(searched(archive, year, None))
            for row in named:
                whole.subtract(counted(row))
            assert counted(rest) == {name: count for name, count in whole.items() if count}
            assert all(row.total == sum(counted(row).values()) for row in (*named, rest))


def test_the_months_of_a_year_are_all_there(tmp_path: Path) -> None:
    with IndexDirectory(tmp_path / "index").writer() as writer:
        writer.commit(through=0)
    with open_archive(tmp_path) as archive:
        (rest,) = archive.holdings(1987, 5)
        assert [period.start for period in rest.timeline.buckets] == [date(1987, month, 1) for month in range(1, 13)]
        assert archive.holdings(None, 5)[0].timeline.buckets == ()


@pytest.mark.parametrize("year", [1, 9999])
def test_the_calendars_first_and_last_year_can_be_asked_for(tmp_path: Path, year: int) -> None:
    with IndexDirectory(tmp_path / "index").writer() as writer:
        writer.commit(through=0)
    with open_archive(tmp_path) as archive:
        assert len(archive.holdings(year, 5)[0].timeline.buckets) == 12
