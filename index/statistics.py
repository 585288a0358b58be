"""An archive in numbers, as `python -m index stats` tells them.

Counts nothing; the store does. The one idea: the names are those of the JSON form, so that a script may rely on them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Statistics:
    """The archive in numbers.

    Attributes:
        stories: stories, each version and copy aside.
        versions: all versions of all stories.
        copies: stories that are exact copies of an earlier one.
        undated, cityless: stories without a date, without a city of the city facet.
        unresolved_cities: stories with a city that the gazetteer lacks.
        by_source: stories by paper, most first.
        by_year: dated stories by year, oldest first.
    """

    stories: int
    versions: int
    copies: int
    undated: int
    cityless: int
    unresolved_cities: int
    by_source: dict[str, int]
    by_year: dict[str, int]
