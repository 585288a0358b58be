"""A reader's draft made fit for the archive: paragraphs, boilerplate, a headline where there is none.

No decision about dates or cities. The one idea: every format ends in the same clean draft, so a story reads the same
whichever way it came.
"""

from __future__ import annotations

from dataclasses import replace

from index.enrich.boilerplate import without_boilerplate
from index.enrich.bylines import clean_byline
from index.enrich.headlines import made_headline
from index.enrich.paragraphs import paragraphs
from index.record import Draft


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
        byline=clean_byline(draft.byline),
        dateline=dateline,
    )
