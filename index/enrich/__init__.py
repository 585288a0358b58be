"""What a draft becomes: an article with a date, a place and the reasons for both.

Cleaning, dates and cities are each a room of their own; `enrich` lets a draft pass through them. Pure: the same draft
in the same context gives the same article.
"""

from __future__ import annotations

from index.article import Article
from index.enrich.context import Context
from index.enrich.dates import believed, decide
from index.record import Draft
from index.storytype import decided

__all__ = ["STAGES", "Context", "enrich"]

#: Versions of the stages: raised by one where a stage would make something else of the same record, so that
#: `rebuild` knows what to do again. "read" and "clean" need the raw record, "dates" and "cities" the draft.
STAGES: dict[str, int] = {"read": 3, "clean": 2, "dates": 2, "cities": 5}


def enrich(draft: Draft, context: Context) -> Article:
    """Return the article of a clean draft; its id is "" until the store has named it."""
    if draft.article is not None:
        return believed(draft.article, context)
    from index.enrich.cities import resolve  # the gazetteer takes a moment to load

    dated = decide(draft, context)
    source = draft.source or context.source
    return Article(
        headline=draft.headline,
        body=draft.body,
        published=dated.published,
        byline=draft.byline,
        section=draft.section,
        source=source,
        url=draft.url,
        dateline=draft.dateline,
        language=draft.language,
        type=decided(draft.types, draft.section),
        cities=resolve(draft, context.home_of(source, draft.url)),
        headline_made=draft.headline_made,
        published_reason=dated.reason,
    )
