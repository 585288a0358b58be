"""Stock Whoosh as its documentation recommends: its own codec and stemmer, one searcher, sortable columns, facets.

`groupedby` with two facets is Whoosh's documented way to facets; a filter on cities needs a second search for the city
facet, as in every engine without own-facet exclusion.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bench.engine import Answer
from bench.questions import KINDS, Question
from index import Story


class StockWhoosh:
    """Whoosh 2.7.4 as installed."""

    name = "Whoosh"
    most: int | None = 100_000
    without: frozenset[str] = frozenset()
    differs: Mapping[str, str] = {
        **dict.fromkeys(KINDS, "its stemmer is Porter's first, which cuts a few words elsewhere"),
        "near": "there it is a phrase with room for words between: in order",
        "prefix": "there the pattern is matched with stems, here with words as they are written",
        "wildcard": "there the pattern is matched with stems, here with words as they are written",
    }

    def build(self, stories: Iterable[Story], directory: Path) -> None:
        """Index in one process with a generous buffer."""
        from whoosh import analysis, fields, index

        schema = fields.Schema(
            id=fields.ID(stored=True),
            text=fields.TEXT(analyzer=analysis.StemmingAnalyzer(stoplist=None), stored=True),
            city=fields.ID(stored=False, sortable=True),
            month=fields.ID(stored=False, sortable=True),
            day=fields.NUMERIC(sortable=True, bits=32),
        )
        writer = index.create_in(str(directory), schema).writer(limitmb=512)
        for story in stories:
            article = story.article
            published = article.published or ""
            writer.add_document(
                id=article.id,
                text=f"{article.headline}\n{article.body}",
                city=article.facet_cities[0].key,
                month=published[:7],
                day=date.fromisoformat(published).toordinal(),
            )
        writer.commit(optimize=True)

    def open(self, directory: Path) -> None:
        """Open one searcher."""
        from whoosh import index

        self._searcher = index.open_dir(str(directory)).searcher()
        self._stem = self._searcher.schema["text"].analyzer

    def answer(self, question: Question) -> Answer:
        """Search with two facets; once more without the cities where some are chosen."""
        found, cities = self._page(question)
        months = {key: len(numbers) for key, numbers in found.groups("month").items()}
        return Answer(len(found), tuple(hit["id"] for hit in found[:10]), lambda: (cities, months))

    def serve(self, question: Question) -> int:
        """Fetch and highlight the ten stories."""
        found, _ = self._page(question)
        return sum(len(hit.highlights("text")) for hit in found[:10])

    def _page(self, question: Question) -> tuple[Any, dict[str, int]]:
        from whoosh import query

        text = self._text(question)
        if question.since and question.until:
            days = query.NumericRange("day", question.since.toordinal(), question.until.toordinal())
            # Whoosh simplifies "everything, and this range" to everything.
            text = text & days if question.words else days
        chosen = query.Or([query.Term("city", key) for key in question.cities]) if question.cities else None
        order = {"sortedby": "day", "reverse": True} if question.newest else {}
        found = self._searcher.search(text, limit=10, filter=chosen, groupedby=["city", "month"], **order)
        every = self._searcher.search(text, limit=1, groupedby="city") if chosen else found
        return found, {key: len(numbers) for key, numbers in every.groups("city").items()}

    def _text(self, question: Question) -> Any:
        from whoosh import query

        if not question.words:
            return query.Every()
        if question.operator in ("prefix", "wildcard"):
            return query.Wildcard("text", question.words[0])
        stems = [token.text for word in question.words for token in self._stem(word)]
        match question.operator:
            case "phrase":
                return query.Phrase("text", stems)
            case "near":
                return query.Phrase("text", stems, slop=5)
            case "or":
                return query.Or([query.Term("text", stem) for stem in stems])
            case _:
                return query.And([query.Term("text", stem) for stem in stems])
