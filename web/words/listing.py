"""The words of a list of stories: how many, what was searched, which page, where to take it.

No filter and no story; numbers arrive already written in the newsroom's locale.
"""

from __future__ import annotations

from typing import Final

FOLLOW: Final = "Follow it in a feed reader"
BY: Final = "by"
RESULTS: Final = "Stories found"
UNTITLED: Final = "(no headline)"
UNDATED: Final = "Date not known"
NO_CITY: Final = "City not known"
PARTIAL: Final = "Close, but not every word"
PARTIAL_NOTE: Final = "These match only some of the words and are not counted above."
DID_YOU_MEAN: Final = "Did you mean"
#: Badges of stories that say something of other stories, by their type (`index.storytype`).
NOTICES: Final = {"correction": "Correction"}
PREVIOUS: Final = "Previous"
NEXT: Final = "Next"
PAGES: Final = "Pages of stories"
PAGE_GAP: Final = "…"
KEEP: Final = "Take away, follow, cite or save"
TAKE_AWAY: Final = "Take the list away"
CLIPPINGS: Final = "Clippings to print"
NOTHING: Final = "What may help"
NOTHING_WITHOUT: Final = "One thing less finds more"
NO_FILTERS: Final = "any filter"
THE_DATES: Final = "the dates"
NOTHING_ADVICE: Final = (
    "Check the spelling of names.",
    "Use fewer words: every word must be in the story.",
    "A star finds all endings: elect* finds election, elected and electoral.",
    "OR in capitals widens a search: flood OR levee.",
)
MEANINGS: Final = "What the words stand for here"
MEANINGS_EXACTLY: Final = "only as written"
CITE_SEARCH: Final = "Cite it"
SAVE: Final = "Save it as a bookmark, or have a digest tell what arrives for it, by these lines in searches.toml"
SAVE_HOW: Final = "Then: python -m search --digest searches.toml"
COPY_LINES: Final = "Copy the lines"


def meanings_counted(number: str) -> str:
    """Say where written forms are counted."""
    return f"Counted in the first {number} stories with the word."


def stories(count: int, number: str) -> str:
    """Return a count of stories: "no stories", "1 story", "412 stories"."""
    return "no stories" if count == 0 else "1 story" if count == 1 else f"{number} stories"


def wire(count: int, number: str) -> str:
    """Return the badge of a story that others ran too: "Wire (1 copy)", "Wire (7 copies)"."""
    return "Wire (1 copy)" if count == 1 else f"Wire ({number} copies)"


def found(count: int, number: str) -> str:
    """Return the heading of a search: how many stories match."""
    text = stories(count, number)
    return text[0].upper() + text[1:]


def folded(count: int, number: str) -> str:
    """Return the line about copies that are counted once."""
    return f"{number} {'copy is' if count == 1 else 'copies are'} counted once, under the first to arrive."


def page_of(page: str, last: str) -> str:
    """Return where in the pages a reader is."""
    return f"Page {page} of {last}"


def page_label(page: str) -> str:
    """Return a page link's name for those who hear it."""
    return f"Page {page}"


def no_such_page(page: str, pages: str) -> str:
    """Return what to say beyond the last page."""
    return f"There is no page {page} here: the stories found fill {pages}."


def pages(count: int, number: str) -> str:
    """Return a count of pages."""
    return "1 page" if count == 1 else f"{number} pages"


def without(label: str, stories_text: str) -> str:
    """Return a link that drops one filter of a search that found nothing."""
    return f"without {label}: {stories_text}"


def all_of(stories_text: str) -> str:
    """Return the link from a city's newest stories to all of them."""
    return f"See {'the' if stories_text.startswith('1 ') else 'all'} {stories_text}"


def first_of(name: str, number: str) -> str:
    """Return the name of a list that is cut off."""
    return f"{name} (the first {number})"


def taken_from(archive: str, day: str) -> str:
    """Return the line that tells where printed stories come from, and from when."""
    return f"From {archive}, {day}."


def list_cut(listed: str, total: str) -> str:
    """Return the note in a list taken away, or over printed stories, that has not all that was found."""
    return f"These are the first {listed} of {total} stories; narrow the search by date, city or section for the rest."


def searched_for(explanation: str) -> str:
    """Return the line that says what was searched."""
    return f"Searched for {explanation}."


def feed_description(archive: str) -> str:
    """Return what a feed is, for programs that show it."""
    return f"Stories of this search as they are added to {archive}"


def cite_search(explanation: str, count: str, archive: str, day: str, address: str) -> str:
    """Return a search as a reference; `archive` names its state too, by which another answer can be explained."""
    return f"{explanation} {count}. {archive}, {day}, {address}"
