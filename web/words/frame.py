"""What stands on every page, and on the way in.

Masthead, footer and home page; no list and no story.
"""

from __future__ import annotations

from typing import Final

#: The language these words are in: the `lang` of every page.
LANGUAGE: Final = "en"
SKIP: Final = "Skip to the stories"
SKIP_MAIN: Final = "Skip to the page"
SEARCH: Final = "Search"
SEARCH_LABEL: Final = "Search the archive"
COMPLETIONS: Final = "Ways to go on"
SEARCH_TIPS: Final = "Search tips"
HOME: Final = "Home"
CITIES: Final = "Cities"
COVERAGE: Final = "Coverage"
HELP: Final = "Help"
ABOUT: Final = "About"
SITE: Final = "This archive"
ABOUT_ARCHIVE: Final = "About this archive"
BY_SECTION: Final = "By section"
BY_SOURCE: Final = "By source"
COVER_HINT: Final = "Words, “a phrase in quotation marks”, a name."
NEWEST_STORIES: Final = "Newest stories"
BY_CITY: Final = "By city"
BY_YEAR: Final = "By year"
ALL_CITIES: Final = "All cities"
ALL_SOURCES: Final = "All sources"
ALL_STORIES: Final = "All stories"
EMPTY_ARCHIVE: Final = "This archive is still empty."
EMPTY_ARCHIVE_HOW: Final = "Add stories to it with"


def add_search(archive: str) -> str:
    """Return what the archive is called among a browser's search engines."""
    return f"Search {archive}"
