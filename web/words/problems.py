"""What is said when something cannot be read, found or shown.

Each says what happened and what to do instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

#: What a page does about a parameter that cannot be read; a program is refused.
LEFT_OUT: Final = "It was left out."
SWAPPED: Final = "The two were swapped."
FIRST_PAGE: Final = "This is page 1."
REST_CUT_OFF: Final = "The rest was cut off."
REST_NOT_USED: Final = "The rest were not used."
DATES_SWAPPED: Final = "The first date is later than the last one."
NOT_A_SHARE: Final = "recency must be a number from 0 to 1."
TOO_DEEP: Final = (
    "Pages stop at story 10,000: nobody reads that far, and a machine should take the list instead. "
    "Narrow the search by date, city or section to see the rest."
)
CURSOR_ALONE: Final = "A cursor already says where to read on: leave out offset and page beside it."
CURSOR_DAMAGED: Final = (
    "The cursor is not as it was given out. Use the one of the last answer, or leave it out to begin the list anew."
)
CURSOR_OF_ANOTHER: Final = (
    "The cursor is of another search: the parameters must stay as they were, but for limit, facets and by. "
    "Leave it out to begin the list anew."
)
LIST_CHANGED: Final = (
    "The archive has changed since this list was begun. What has arrived since is left out; a story that was removed, "
    "or corrected so that its place in the order is another, may be missing or come twice."
)
LIST_LOST: Final = "The last stories handed out are gone from their place, so the list was gone on with by number."
NOT_FOUND: Final = ("There is no such page", "The address may be mistyped, or the page may have moved.")
NO_SUCH_STORY: Final = ("There is no such story", "The archive holds no story of that name. Perhaps a search finds it.")
NO_SUCH_CITY: Final = ("No story is from there", "The archive has no stories from a city of that name.")
STORY_GONE: Final = ("This story was removed", "It was once in the archive and has been taken out by the newsroom.")
BAD_REQUEST: Final = ("That could not be read", "Something in the address is not what the archive expects.")
NOT_ALLOWED: Final = ("That cannot be done here", "These pages only show the archive; nothing can be changed in them.")
TOO_LARGE: Final = ("That is too much text", "Send less of it: the first pages of a draft are enough.")
ADDRESS_TOO_LONG: Final = (
    "That address is too long",
    "The archive reads addresses of up to 8,000 characters: search with fewer words, or choose fewer values.",
)
SERVER_ERROR: Final = (
    "Something went wrong",
    "The fault is the archive's, not yours. Try again; if it stays, tell whoever keeps the archive.",
)
UNAVAILABLE: Final = ("The archive cannot be read just now", "Try again in a minute.")
PASSWORD_WANTED: Final = ("A password is needed", "Ask whoever keeps the archive. Any user name will do.")
REALM: Final = "Archive"

NO_ID: Final = "Say which story: id is the last part of its address, or of a search's hits."


def not_a_date(text: str, reason: str) -> str:
    """Return what to say about an unreadable date; the reason is "" where there is none to tell."""
    reason = reason or "write 1987, 1987-04, 1987-04-09 or April 1987"
    return f"“{text}” is not a date I can read: {reason}."


def not_a_page(text: str) -> str:
    """Return what to say about an unreadable page number."""
    return f"“{text}” is not a page number."


def not_one_of(name: str, value: str, allowed: Sequence[str]) -> str:
    """Return what to say about a value that a parameter does not know."""
    choices = ", ".join(choice for choice in allowed if choice)
    return f"{name} cannot be “{value}”: use one of {choices}."


def query_too_long(longest: int) -> str:
    """Return what to say about an endless query."""
    return f"The query has more than {longest} characters."


def too_many_values(name: str, most: int) -> str:
    """Return what to say about too many chosen values."""
    return f"{name} has more than {most} values."


def no_such_parameter(name: str, alike: Sequence[str]) -> str:
    """Return what to say about a parameter that the API does not have, `alike` being one that may have been meant."""
    meant = f"; did you mean {alike[0]}?" if alike else ". What there is, is described under /api/v1."
    return f"There is no parameter “{name}” here{meant}"


def not_a_number(name: str, most: int) -> str:
    """Return what to say about a parameter that must be a whole number."""
    return f"{name} must be a whole number from 0 to {most}."
