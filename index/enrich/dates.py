"""Which date a story has: the first clue that holds, with the reason in words."""

from __future__ import annotations

from typing import NamedTuple

from index.dates import period
from index.enrich.context import Context
from index.record import Draft


class Decision(NamedTuple):
    """A date of publication (the form of `Article.published`) and how it was decided."""

    published: str | None
    reason: str


def decide(draft: Draft, context: Context) -> Decision:
    """Return the date of publication that the clues of `draft` and `context` support."""
    for clue in draft.dates:
        try:
            period(clue.value)
        except ValueError:
            continue
        return Decision(clue.value, clue.origin)
    if context.modified:
        return Decision(context.modified, "the file's modification time, as asked")
    return Decision(None, "")
