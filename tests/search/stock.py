"""What stories have to complete a query with, by brute force: the judge of `search.embedded.completion`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from index.article import Article, Story
from index.embedded.columns import days
from index.embedded.phrases import OPENING
from index.phrases import bare, capitals, names, word_starts
from search.complete import Facet, Held


class Stock:
    """`search.complete.Stock` over stories, every copy counted but once a family and value."""

    def __init__(self, stories: Iterable[Story]) -> None:
        self.stories = list(stories)

    def values(self, facet: Facet, start: str, most: int) -> Sequence[Held]:
        pairs = {(story.family, value) for story in self.stories for value in _values(story.article, facet)}
        counts = Counter(value for _, value in pairs)
        held = [Held(label, count) for (_, label), count in counts.items() if begins(label, start)]
        return sorted(held, key=lambda one: (-one.count, one.label))[:most]

    def names(self, start: str, most: int) -> Sequence[Held]:
        stories: dict[str, dict[int, Story]] = {}
        written: dict[str, str] = {}
        for story in self.stories:
            for run in capitals(story.article.body[:OPENING]):
                for name in names(run):
                    written.setdefault(bare(name), name)
                    stories.setdefault(bare(name), {}).setdefault(story.family, story)
        held = [
            (written[name], len(families), max(days(story.article.published)[0] for story in families.values()))
            for name, families in stories.items()
            if begins(name, start) and len(families) > 1
        ]
        return _listed(held, most)

    def headlines(self, start: str, most: int) -> Sequence[Held]:
        stories: dict[str, dict[int, Story]] = {}
        for story in self.stories:
            if story.article.headline and begins(story.article.headline, start):
                stories.setdefault(bare(story.article.headline), {}).setdefault(story.family, story)
        held = []
        for families in stories.values():
            newest = max(families.values(), key=lambda story: days(story.article.published)[0])
            held.append((newest.article.headline, len(families), days(newest.article.published)[0]))
        return _listed(held, most)


def _listed(held: list[tuple[str, int, int]], most: int) -> Sequence[Held]:
    order = sorted(held, key=lambda one: (-one[1], -one[2], bare(one[0])))
    return [Held(label, count) for label, count, _ in order][:most]


def begins(label: str, start: str) -> bool:
    """Say whether bare words begin at a word of a label."""
    words = bare(label)
    return any(words.startswith(start, at) for at in word_starts(words))


def _values(article: Article, facet: Facet) -> Iterable[tuple[str, str]]:
    match facet:
        case "city":
            return [(city.key, city.label) for city in article.facet_cities]
        case "section":
            return [(article.section, article.section)] if article.section else []
        case "source":
            return [(article.source, article.source)] if article.source else []
        case "byline":
            return [(name, name) for name in article.bylines]
