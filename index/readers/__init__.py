"""Files in, records and drafts out: one module a format, found by `registry`.

`records(paths)` walks files and cuts them into records; `draft(record)` says what one record holds, cleaned, or raises
`Unreadable`. Reading is pure from the record on, so it runs in worker processes and again at a rebuild.
"""

from __future__ import annotations

from index.enrich.cleaning import clean_draft
from index.readers.files import records
from index.readers.registry import Unreadable, draft_of, formats
from index.record import Draft, Record

__all__ = ["Unreadable", "draft", "formats", "records"]


def draft(record: Record) -> Draft:
    """Return what `record` says, cleaned.

    Raises:
        Unreadable: where it is no story; the reason says why and what to do.
    """
    found = clean_draft(draft_of(record))
    story = found.article or found
    if not story.headline and not story.body:
        raise Unreadable("there is neither a headline nor a text in it")
    return found
