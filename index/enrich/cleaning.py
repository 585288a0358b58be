"""A reader's draft made fit for the archive: paragraphs, boilerplate, a headline where there is none.

No decision about dates or cities. The one idea: every format ends in the same clean draft, so a story reads the same
whichever way it came.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.enrich.boilerplate import without_boilerplate
from index.enrich.paragraphs import paragraphs
from index.record import Draft

#: Longest headline that is made from a first sentence, in characters.
MADE_LENGTH = 90

_SENTENCE_END = re.compile(r"(?<=[a-z0-9\"'”’)][.!?])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])")


def clean_draft(draft: Draft) -> Draft:
    """Return `draft` with a clean body and a headline; empty where the record has neither."""
    if draft.article is not None:
        return draft
    from index.enrich.cities import parse_dateline  # the gazetteer's room takes a moment to import

    body = paragraphs(without_boilerplate(draft.body))
    headline = " ".join(draft.headline.split())
    made = not headline and bool(body)
    dateline = " ".join(draft.dateline.split())
    if not dateline and body:
        found = parse_dateline(body)
        dateline = found.text if found else ""
    return replace(
        draft,
        headline=made_headline(body) if made else headline,
        headline_made=made,
        body=body,
        dateline=dateline,
    )


def made_headline(body: str) -> str:
    """Return a headline for a body that has none: its first sentence, cut at a word where it is long.

    >>> made_headline("The bridge is closed. It will stay so.")
    'The bridge is closed'
    """
    first = body.split("\n\n", 1)[0]
    sentence = _SENTENCE_END.split(first, maxsplit=1)[0].strip()
    if len(sentence) <= MADE_LENGTH:
        return sentence[:-1] if sentence.endswith(".") and not sentence.endswith("..") else sentence
    return sentence[: MADE_LENGTH - 1].rsplit(" ", 1)[0].rstrip(" ,;:-–—") + "…"
