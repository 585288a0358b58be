"""HTML pages: one page, one story."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from index.readers.encoding import clean, decode
from index.readers.registry import Origin, Reader, Unreadable
from index.readers.text import whole_file
from index.record import DateClue, Draft, Record, Refusal

_CHARSET = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE)
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)


def _sniff(head: bytes) -> float:
    if _PAGE.match(head):
        return 1.0
    return 0.6 if re.search(rb"<(?:p|div|h1|title|meta|article)\b[^>]*>", head[:8192], re.IGNORECASE) else 0.0


def _split(stream: io.BufferedReader, origin: Origin) -> Iterator[Record | Refusal]:
    return whole_file("html", stream, origin)


def _draft(record: Record) -> Draft:
    from trafilatura import bare_extraction

    declared = _CHARSET.search(record.raw[:8192])
    page = clean(decode(record.raw, declared.group(1).decode("ascii", "ignore") if declared else ""))
    found = bare_extraction(page, fast=True, include_comments=False, with_metadata=True)
    if found is None:
        raise Unreadable("no text of a story was found in this page")
    return Draft(
        headline=found.title or "",
        body=found.text or "",
        byline=(found.author or "").replace("; ", ", "),
        source=found.sitename or "",
        url=found.url or "",
        dates=(DateClue(found.date, "the page"),) if found.date else (),
    )


READER = Reader("html", (".html", ".htm", ".xhtml"), _sniff, _split, _draft)
