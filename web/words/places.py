"""The words of cities, sources, the map, the holdings and the days of the year.

Numbers and dates arrive already written in the newsroom's locale.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

CITIES_NOTE: Final = "A story counts for the city it was filed from and for those it is about."
NAMESAKES: Final = "Not to be confused with"
ELSEWHERE: Final = "Elsewhere"
COVERAGE_HEADING: Final = "What the archive holds"
COVERAGE_NOTE: Final = "Stories by source and time, every copy counted. An empty cell means that nothing was kept."
COVERAGE_UNDATED: Final = "No date"
COVERAGE_YEAR_ONLY: Final = "Month not known"
COVERAGE_NOTHING: Final = "The archive has nothing from that year."
COVERAGE_TOTAL: Final = "All"
COVERAGE_REST: Final = "Other, or no source named"
MAP: Final = "Map"
MAP_TITLE: Final = "Map of the cities that the stories are from"
MAP_HINT: Final = "The larger a circle, the more stories; a click chooses the city, a second one lets it go."
MAP_LIST: Final = "The same as a list"
MAP_HEADS: Final = ("City", "Stories")
MAP_NOTHING: Final = "No city is known for these stories."
MAP_WORLD: Final = "Show the whole world"
MAP_CLOSER: Final = "Show where most of them are"
ON_A_MAP: Final = "These cities on a map"
NO_SUCH_DAY: Final = (
    "There is no such day",
    "Write a day of every year, as in /on/03-04, or a year, a month or a day, as in /on/1997-03-04.",
)
NOTHING_FROM_THEN: Final = (
    "The archive has nothing from then",
    "Perhaps nothing was kept: the table of what the archive holds shows its gaps.",
)
NO_SUCH_SOURCE: Final = ("No story is from there", "The archive has no stories from a source of that name.")
SOURCES_NOTE: Final = "A story counts for the paper, agency or site that it was taken from."

ON_NOTHING: Final = "There is nothing from this day, in any year."
ON_TODAY: Final = "This day in other years"
ON_EVERYWHERE: Final = "This day in every city"
OTHER_DAYS: Final = "Other days"


def in_city(stories_text: str) -> str:
    """Return the line under a city's name."""
    return f"{stories_text} filed from here or about it"


def stories_around(kilometres: int) -> str:
    """Return the link to the stories in a city and around it."""
    return f"Stories within {kilometres} km"


def coordinates(latitude: float, longitude: float) -> str:
    """Return where a city lies: "45.52° N, 122.68° W"."""
    north, east = "N" if latitude >= 0 else "S", "E" if longitude >= 0 else "W"
    return f"{abs(latitude):.2f}° {north}, {abs(longitude):.2f}° {east}"


def in_source(stories_text: str, years: str) -> str:
    """Return the line under a source's name: "29 stories, 2008–2021"."""
    return f"{stories_text}, {years}" if years else stories_text


def stories_from_then(stories_text: str) -> str:
    """Return the line under a date."""
    return f"{stories_text} from then"


def sources_heading(count: int, number: str) -> str:
    """Return the heading of the list of sources."""
    return "no sources" if not count else "1 source" if count == 1 else f"{number} sources"


def cities_heading(number: str) -> str:
    """Return the heading of the list of cities."""
    return "no cities" if number == "0" else "1 city" if number == "1" else f"{number} cities"


def search_within(name: str) -> str:
    """Return the label of the search box on the page of a city, a source or a date."""
    return f"Search {name}"


def which_city(name: str) -> str:
    """Return the question where a name means several cities."""
    return f"Which {name}?"


def coverage_of(year: str) -> str:
    """Return the heading of the table of one year."""
    return f"What the archive holds from {year}"


def stories_of(year: str) -> str:
    """Return the link from the table of a year to its stories."""
    return f"The stories from {year}"


def map_heading(stories_text: str, cities_text: str, chosen: str) -> str:
    """Return the heading of the map: "412 stories, 38 cities", or "40 stories, 2 of 38 cities" for chosen ones."""
    return f"{stories_text}, {chosen} of {cities_text}" if chosen else f"{stories_text}, {cities_text}"


def map_summary(most: Sequence[str]) -> str:
    """Return the map in one sentence."""
    return f"Most: {'; '.join(most)}."


def map_drawn(number: str) -> str:
    """Return the line about a map that cannot show every city."""
    return f"Drawn are the {number} cities with most stories."


def map_outside(count: int, number: str) -> str:
    """Return the line about cities beyond the edge of the map."""
    return f"{number} {'city lies' if count == 1 else 'cities lie'} outside this map."


def map_unplaced(count: int, number: str) -> str:
    """Return the line about cities that no gazetteer knows."""
    return f"{number} {'city is' if count == 1 else 'cities are'} in the list only: the gazetteer does not know where."


def on_day(day: str, city: str) -> str:
    """Return the heading of the page of a day, be it of one city or ("") of all."""
    return f"On {day}, in {city}" if city else f"On {day}"
