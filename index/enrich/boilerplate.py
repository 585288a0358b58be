"""What scrapers leave around a story: advertising, navigation, invitations. Found and left out.

Not about HTML (`index.readers.html`). The one idea: a line goes only where it says itself that it is no story (an
advertising marker, an invitation to subscribe), or where it belongs to a list of such lines at the end; everything in
doubt stays, since a word too many is found and passed over, but a word lost is lost.
"""

from __future__ import annotations

import re

_RULER = re.compile(r"\s*(?:[-=_*~#•·—–]\s*){4,}\s*")
_BULLET = re.compile(r"\s*(?:[*•·▪►»>-]|\d{1,2}[.)])\s+")
_MARKER = re.compile(
    r"\s*\[?\s*/?\s*(?:ads?|advertisements?|adverts?|sponsored|story continues below.*)\s*/?\s*\]?\s*", re.IGNORECASE
)
_SENTENCE = re.compile(r"[.!?][\"'”’)]*\s*$")


def without_boilerplate(text: str) -> str:
    """Return `text` without what is no story; the lines that stay are unchanged."""
    lines = [line for line in text.split("\n") if not _MARKER.fullmatch(line)]
    return "\n".join(_without_tail(lines))


def _without_tail(lines: list[str]) -> list[str]:
    """Return the lines without a ruler and the list of short bulleted lines that follows it to the end."""
    for place in range(len(lines) - 1, -1, -1):
        if _RULER.fullmatch(lines[place]):
            tail = [line for line in lines[place + 1 :] if line.strip()]
            if all(_BULLET.match(line) and len(line) < 100 and not _SENTENCE.search(line) for line in tail):
                return lines[:place]
            break
    return lines
