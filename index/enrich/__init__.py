"""What a draft becomes: an article with a date, a place and the reasons for both.

Cleaning, dates and cities are each a room of their own; `enrich` lets a draft pass through them, `enrich_all` many.
Pure: the same draft in the same context gives the same article.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.article import Article, City
from index.enrich.context import Context
from index.enrich.dates import believed, decide
from index.record import Draft
from index.storytype import decided

__all__ = ["STAGES", "Context", "enrich", "enrich_all"]

#: Versions of the stages: raised by one where a stage would make something else of the same record, so that
#: `rebuild` knows what to do again. "read" and "clean" need the raw record, "dates" and "cities" the draft.
STAGES: dict[str, int] = {"read": 5, "clean": 3, "dates": 4, "cities": 6}


def enrich(draft: Draft, context: Context) -> Article:
    """Return the article of a clean draft; its id is "" until the store has named it."""
    return enrich_all([draft], [context])[0]


def enrich_all(drafts: Sequence[Draft], contexts: Sequence[Context]) -> list[Article]:
    """Return the articles of several clean drafts, each with its context; many at once take less time."""
    from index.enrich.cities import resolve_all  # the gazetteer takes a moment to load

    new = [(draft, context) for draft, context in zip(drafts, contexts, strict=True) if draft.article is None]
    homes = [context.home_of(draft.source or context.source, draft.url) for draft, context in new]
    towns = [home or context.home for home, (_, context) in zip(homes, new, strict=True)]
    decided = iter(zip(homes, resolve_all([draft for draft, _ in new], towns), strict=True))
    return [
        believed(draft.article, context) if draft.article is not None else _article(draft, context, *next(decided))
        for draft, context in zip(drafts, contexts, strict=True)
    ]


def _article(draft: Draft, context: Context, home: str, cities: tuple[City, ...]) -> Article:
    dated = decide(draft, context, home)
    return Article(
        headline=draft.headline,
        body=draft.body,
        published=dated.published,
        byline=draft.byline,
        section=draft.section,
        source=draft.source or context.source,
        url=draft.url,
        dateline=draft.dateline,
        language=draft.language,
        type=decided(draft.types, draft.section),
        cities=cities,
        headline_made=draft.headline_made,
        published_reason=dated.reason,
    )
