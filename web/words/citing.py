"""The words of a search that is cited, and of one that is opened again from a citation.

Numbers and dates arrive already written in the newsroom's locale.
"""

from __future__ import annotations

from typing import Final

AMONG: Final = "among"
CITED_LINK: Final = "Link to this citation"
CITED_SAME: Final = "the same as then"
CITED_LATEST: Final = "Last added first"
CITED_ELSEWHERE: Final = "this archive holds fewer stories than the one that was cited, so it may be another"
CITED_UNREADABLE: Final = "The citation in this address is not whole."
CITED_UNSAID: Final = "So it cannot be said what has changed since."
NOT_AN_ARRIVAL: Final = "arrived-by must be a whole number, a place in the order of arrival."


def cited(day: str, stories_then: str, generation: str, stories_now: str, changes: str) -> str:
    """Return the sentence over a search that is opened again from a citation."""
    return (
        f"Cited on {day} with {stories_then}, from state {generation} of the archive. Today {stories_now}: {changes}."
    )


def cited_since(count: int, number: str) -> str:
    """Say how many stories have come in since."""
    return f"{number} more {'has' if count == 1 else 'have'} arrived"


def cited_gone(count: int, number: str) -> str:
    """Say how many stories of then are no longer found."""
    return f"{number} of those then found {'was' if count == 1 else 'were'} changed or removed"


def cited_more(count: int, number: str) -> str:
    """Say how many stories are found now that were there then, but were not found."""
    return f"{number} more of those then held {'is' if count == 1 else 'are'} found, having been changed"


def cited_then(stories_text: str) -> str:
    """Return the link to the stories that had arrived when the search was cited."""
    return f"Only the {stories_text} of then"


def arrived_by(number: str) -> str:
    """Return the label of the filter that passes over what arrived later."""
    return f"the first {number} to arrive"
