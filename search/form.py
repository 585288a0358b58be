"""The JSON form of a page: the same for the terminal, the API and whoever reads either.

Only shapes, no serialising and no searching. The one idea: the form is made of `Page` alone, so every engine and every
door of the program gives the same answer in the same words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from index.article import Article
from search.account import Account
from search.page import Bucket, Hit, Meaning, Page, Period, Snippet, Thread

if TYPE_CHECKING:
    from search.covered import Coverage


def article_to_json(article: Article) -> dict[str, Any]:
    """Return the JSON form of an article, whole: the form `inspect`, `export` and the API share."""
    return article.to_json()


def hit_to_json(hit: Hit) -> dict[str, Any]:
    """Return the JSON form of a hit: what a list of stories shows, without the body."""
    article = hit.article.to_json()
    shown = ("published", "byline", "section", "source", "url", "dateline", "language", "type", "cities")
    return {
        "id": hit.article.id,
        "score": round(hit.score, 6),
        "headline": hit.article.headline,
        "snippet": " ".join(plain(snippet) for snippet in hit.snippets).replace("… …", "…"),
        **{name: article[name] for name in shown},
        "copies": hit.copies,
    }


def page_to_json(page: Page) -> dict[str, Any]:
    """Return the JSON form of a whole page; facets are lists of values, most frequent first."""
    return {
        "total": page.total,
        "folded": page.folded,
        "hits": [hit_to_json(hit) for hit in page.hits],
        "facets": {name: [_bucket(bucket) for bucket in facet.buckets] for name, facet in page.facets.items()},
        "facet_values": {name: facet.total_values for name, facet in page.facets.items()},
        "timeline": {
            "granularity": page.timeline.granularity,
            "undated": page.timeline.undated,
            "imprecise": page.timeline.imprecise,
            "held_of": None if page.timeline.held_of is None else list(page.timeline.held_of),
            "buckets": [_period(period) for period in page.timeline.buckets],
        },
        "partial": {"total": page.partial.total, "hits": [hit_to_json(hit) for hit in page.partial.hits]},
        "suggestion": page.suggestion,
        "explain": page.explain,
        "meanings": [_meaning(meaning) for meaning in page.meanings],
        "diagnostics": [
            {
                "kind": d.kind,
                "message": d.message,
                "start": d.start,
                "end": d.end,
                "severity": d.severity,
                "choices": [{"label": choice.label, "query": choice.query} for choice in d.choices],
            }
            for d in page.diagnostics
        ],
        "generation": page.generation,
        "took_ms": round(page.took_ms, 3),
    }


def account_to_json(account: Account) -> dict[str, Any]:
    """Return the JSON form of a score in parts; `words` and `nearness` earn `sum`, which `recency` multiplies."""
    return {
        "score": account.score,
        "sum": account.sum,
        "recency": account.recency,
        "held": account.held,
        "partial": account.partial,
        "words": [
            {
                "word": share.word,
                "stories": share.stories,
                "rarity": share.rarity,
                "fields": {
                    field.field: {
                        "times": field.times,
                        "words": field.words,
                        "average": field.average,
                        "weight": field.weight,
                        "counts": field.counts,
                    }
                    for field in share.fields
                },
                "frequency": share.frequency,
                "saturated": share.saturated,
                "earns": share.earns,
            }
            for share in account.words
        ],
        "nearness": [
            {"words": list(share.words), "distance": share.distance, "earns": share.earns} for share in account.nearness
        ],
    }


def coverage_to_json(coverage: Coverage) -> dict[str, Any]:
    """Return the JSON form of what the archive has of a draft; `shared` has the words in common."""
    shown = ("published", "byline", "section", "source", "url", "cities")
    stories = []
    for story in coverage.stories:
        article = story.article.to_json()
        stories.append(
            {
                "id": story.article.id,
                "score": round(story.score, 6),
                "headline": story.article.headline,
                **{name: article[name] for name in shown},
                "copies": story.copies,
                "passages": [
                    {
                        "kind": passage.kind,
                        "words": passage.words,
                        "text": plain(passage.text),
                        "shared": [fragment.text for fragment in passage.text if fragment.marked],
                    }
                    for passage in story.passages
                ],
            }
        )
    return {"words": list(coverage.words), "stories": stories}


def thread_to_json(thread: Thread) -> dict[str, Any]:
    """Return the JSON form of an affair: its stories in order of time, and what is new in each."""
    stories = []
    for place, step in enumerate(thread.stories):
        article = step.article.to_json()
        shown = ("published", "byline", "section", "source", "url", "cities")
        stories.append(
            {
                "id": step.article.id,
                "headline": step.article.headline,
                **{name: article[name] for name in shown},
                "copies": step.copies,
                "score": round(step.score, 6),
                "this": place == thread.place,
                "new": step.new,
            }
        )
    return {"words": list(thread.words), "stories": stories}


def plain(snippet: Snippet) -> str:
    """Return a passage's text without its marks."""
    return "".join(fragment.text for fragment in snippet)


def _meaning(meaning: Meaning) -> dict[str, Any]:
    forms = [{"form": form, "count": count} for form, count in meaning.forms]
    return {"typed": meaning.typed, "forms": forms, "exactly": meaning.exactly}


def _bucket(bucket: Bucket) -> dict[str, Any]:
    return {
        "key": bucket.key,
        "label": bucket.label,
        "count": bucket.count,
        "selected": bucket.selected,
        "parent": bucket.parent,
    }


def _period(period: Period) -> dict[str, Any]:
    return {
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
        "count": period.count,
        "held": period.held,
        "share": None if period.share is None else round(period.share, 6),
        "coarser": period.coarser,
    }
