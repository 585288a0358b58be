"""This project, put to the same questions: through its own front door, and once without the words and snippets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from bench.engine import Answer
from bench.questions import Question
from index import Story
from search.request import Request


class Morgue:
    """The embedded engine."""

    name = "Morgue"
    most: int | None = None
    without: frozenset[str] = frozenset()
    differs: Mapping[str, str] = {}

    def build(self, stories: Iterable[Story], directory: Path) -> None:
        """Index the stories straight into a generation, as a rebuild does; no store."""
        from index.embedded import IndexDirectory

        last = 0
        with IndexDirectory(directory / "index").rebuild() as writer:
            for story in stories:
                writer.put(story)
                last = story.arrival
            writer.commit(last)

    def open(self, directory: Path) -> None:
        """Open the archive as the web does."""
        from search.embedded import open_embedded

        self._archive = open_embedded(directory)

    def answer(self, question: Question) -> Answer:
        """Answer without fetching a story."""
        found, ids = self._archive.found(self._request(question))
        cities, bars = found.facets["city"].buckets, found.timeline.buckets
        return Answer(
            found.total,
            ids,
            lambda: (
                {bucket.key: bucket.count for bucket in cities},
                {bar.start.isoformat()[:7]: bar.count for bar in bars if bar.count},
            ),
        )

    def serve(self, question: Question) -> int:
        """Answer with what a reader sees: parsed, fetched, highlighted."""
        page = self._archive.search(self._request(question))
        return sum(len(piece.text) for hit in page.hits for snippet in hit.snippets for piece in snippet)

    def _request(self, question: Question) -> Request:
        return Request(
            question.typed,
            cities=question.cities,
            since=question.since,
            until=question.until,
            sort="newest" if question.newest else "relevance",
            limit=10,
            granularity="month",
            facets=("city",),
        )
