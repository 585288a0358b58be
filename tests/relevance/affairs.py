"""`python -m tests.relevance.affairs`: how well the thread of a story finds the affair that it belongs to.

Two checks that know nothing of each other: folders laid by hand over the samples, and the topics that Reuters' editors
gave to stories. The one idea: a thread is right where it has the stories of the folder and no others, and where a story
stands alone, the best thread is none.
"""

from __future__ import annotations

import gzip
import json
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from index.article import Article, Story
from search import Archive, Request, open_archive
from tests.relevance import known_items
from tests.relevance.judged import texts_by_name
from tests.relevance.measure import samples_archive
from tests.relevance.spelling import held

AFFAIRS = Path(__file__).with_name("affairs.toml")

#: Other stories that a thread has at most, unless more are asked for.
_MOST = 6

#: Topics under which Reuters filed half of all stories, of any company.
_ANY_COMPANY = frozenset({"earn", "acq"})
_FEWEST_WORDS = 80
_SEED = 1987


@dataclass(frozen=True)
class Threads:
    """What came of the threads of stories.

    Attributes:
        asked: stories of affairs.
        precision: share of the other stories in their threads that are of the same affair.
        recall: the mean share of the affair's other stories, or of six where it has more, that a thread has.
        empty: stories of affairs whose thread has no other story.
        alone: the mean number of other stories in the threads of stories that belong to no affair.
    """

    asked: int
    precision: float
    recall: float
    empty: int
    alone: float

    def __str__(self) -> str:
        return (
            f"{self.asked} stories, precision {self.precision:.3f}, recall {self.recall:.3f}, {self.empty} empty; "
            f"{self.alone:.2f} others with a story that stands alone"
        )


def affairs() -> list[frozenset[str]]:
    """Return the names of the stories of each affair."""
    return [frozenset(affair["stories"]) for affair in tomllib.loads(AFFAIRS.read_text("utf-8"))["affair"]]


def over_samples(archive: Archive) -> Threads:
    """Judge the thread of every story of the samples."""
    names = {text: name for name, text in texts_by_name().items()}
    hits = archive.search(Request(limit=1_000, in_words=False)).hits
    folder = {name: affair for affair in affairs() for name in affair}
    shown = right = asked = empty = 0
    recalls, alone = [], []
    for hit in hits:
        name = names.get(hit.article.body, "")
        others = [names.get(article.body, "") for article in _others(archive, hit.article.id)]
        if name not in folder:
            alone.append(len(others))
            continue
        mine = sum(other in folder[name] for other in others)
        asked, shown, right, empty = asked + 1, shown + len(others), right + mine, empty + (not others)
        recalls.append(mine / min(_MOST, len(folder[name]) - 1))
    return Threads(asked, right / max(shown, 1), sum(recalls) / asked, empty, sum(alone) / len(alone))


def over_topics(archive: Archive, asked: Sequence[str], topics: Mapping[str, frozenset[str]]) -> tuple[float, float]:
    """Return the share of other stories in threads that have a topic of the story, and how many others there are."""
    threads = {id: _others(archive, id) for id in asked}
    shown = [(id, other.id) for id, others in threads.items() for other in others]
    right = sum(not topics[id].isdisjoint(topics[other]) for id, other in shown)
    return right / max(len(shown), 1), len(shown) / len(asked)


def _others(archive: Archive, id: str) -> list[Article]:
    thread = archive.related(id)
    if thread is None:
        raise LookupError(id)
    return [story.article for place, story in enumerate(thread.stories) if place != thread.place]


def filed(corpus: Path) -> tuple[list[Story], dict[str, frozenset[str]]]:
    """Return the stories of Reuters under other topics than companies', with their days, and the topics of each."""
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        forms = [json.loads(line) for line in lines]
    forms = [
        form
        for form in forms
        if form["topics"] and _ANY_COMPANY.isdisjoint(form["topics"]) and len(form["body"].split()) >= _FEWEST_WORDS
    ]
    articles = [
        Article(form["id"], form["title"] or "", known_items.paragraphs(form["body"]), published=form["date"][:10])
        for form in forms
    ]
    stories = [Story(article, n, n, "2026-01-01T00:00:00Z", n) for n, article in enumerate(articles, start=1)]
    return stories, {form["id"]: frozenset(form["topics"]) for form in forms}


def main() -> None:
    """Measure over the samples, then over Reuters."""
    with TemporaryDirectory() as folder:
        with open_archive(samples_archive(Path(folder) / "samples")) as archive:
            print(f"samples: {over_samples(archive)}")
        if not known_items.REUTERS.exists():
            print("Reuters is passed over: shared/corpora is not next to the checkout", file=sys.stderr)
            return
        stories, topics = filed(known_items.REUTERS)
        asked = Random(_SEED).sample(sorted(topics), 400)
        with held(stories, Path(folder) / "reuters") as archive:
            share, others = over_topics(archive, asked, topics)
        pairs = [(one, other) for one in asked[:200] for other in asked[200:]]
        chance = sum(not topics[one].isdisjoint(topics[other]) for one, other in pairs) / len(pairs)
        print(f"Reuters, {len(stories):,} stories: {others:.1f} others in a thread")
        print(f"share of them with a topic of the story {share:.3f}, by chance {chance:.3f}")


if __name__ == "__main__":
    main()
