"""The words of dates and of the bars over time.

Numbers, shares and dates arrive already written in the newsroom's locale.
"""

from __future__ import annotations

from typing import Final

SINCE: Final = "From"
UNTIL: Final = "To"
DATE_HINT: Final = "1987, April 1987, 1987-04-09 or last week; both ends are included"
TIMELINE: Final = "When"
TIMELINE_TABLE: Final = "The same as a table"
TIMELINE_COUNT: Final = "Show the number of stories"
TIMELINE_NOTHING_HELD: Final = "Hatched: the archive holds nothing from then."
TIMELINE_WITHOUT: Final = "without a date"
TIMELINE_HEADS: Final = ("Period", "Stories found", "Stories held", "Share")
ALL_YEARS: Final = "All years"
EACH: Final = {"decade": "decade", "year": "year", "month": "month", "day": "day"}


def sources_asked(count: int) -> str:
    """Return the sources that a search asks for, whose stories alone are counted as held."""
    return "this source" if count == 1 else "these sources"


def show_shares(whose: str) -> str:
    """Return the link to shares; `whose` as `sources_asked` says it, or "" for all."""
    return f"Show the share of {_all_held(whose)}"


def hatched(whose: str) -> str:
    """Return what hatched bars are; `whose` as `sources_asked` says it, or ""."""
    return f"Hatched: nothing from then is held of {whose}." if whose else TIMELINE_NOTHING_HELD


def held_are(whose: str) -> str:
    """Return whose stories are counted as held; `whose` as `sources_asked` says it."""
    return f"Stories held are those of {whose}."


def _all_held(whose: str) -> str:
    return f"all stories held of {whose}" if whose else "all stories held"


def bar(period: str, stories_text: str) -> str:
    """Return the tooltip of a bar without a story."""
    return f"{period}: {stories_text}"


def bar_share(period: str, stories_text: str, share: str, held: str) -> str:
    """Return the tooltip of a bar with stories: how many, and which part of all."""
    return f"{period}: {stories_text}, {share} of the {held} held"


def decade(first_year: int) -> str:
    """Return ten years by their first."""
    return f"{first_year}s"


def bar_nothing_held(period: str, whose: str) -> str:
    """Return the tooltip of a period the archive has nothing from; `whose` as `sources_asked` says it, or ""."""
    return f"{period}: nothing is held of {whose}" if whose else f"{period}: the archive holds nothing"


def bar_less_exact(period: str) -> str:
    """Return the tooltip of a period the archive has nothing from for certain, and stories that may be."""
    return f"{period}: none is known to be from then; some held are dated less exactly"


def timeline_summary(each: str, span: str, most: str, most_stories: str) -> str:
    """Return the chart in one sentence, for those who cannot see it and those in a hurry."""
    return f"Stories per {each}, {span}. Most: {most}, {most_stories}."


def timeline_shares(each: str, span: str, most: str, share: str, stories_text: str, whose: str) -> str:
    """Return the chart of shares in one sentence; `whose` as `sources_asked` says it, or ""."""
    return f"Share of {_all_held(whose)}, per {each}, {span}. Most: {most}, {share}: {stories_text}."


def undated_stories(stories_text: str) -> str:
    """Return the link to stories without a date."""
    return f"{stories_text} without a date"


def imprecise_stories(stories_text: str) -> str:
    """Return the line about stories whose date is coarser than a bar."""
    return f"{stories_text} with a date too coarse for these bars"


def from_to(first: str, last: str) -> str:
    """Return a span of time that is no calendar period."""
    return f"{first} to {last}"


def since(first: str) -> str:
    """Return a span of time that is open at its end."""
    return f"since {first}"


def until(last: str) -> str:
    """Return a span of time that is open at its beginning."""
    return f"until {last}"


def date_preposition(one_day: bool, one_period: bool, both_ends: bool) -> str:
    """Return the word before a span of time: "on" a day, "in" a month or year, "from" one day to another."""
    return "on" if one_day else "in" if one_period else "from" if both_ends else ""
