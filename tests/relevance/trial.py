"""`python -m tests.relevance.trial`: try the constants of the ranking together, on half of the questions each.

It changes nothing and gates nothing. The one idea: a setting is chosen by the questions of the one half and told by
those of the other, so that what is reported was not what was fitted. The halves are drawn by a hash of the question.
"""

from __future__ import annotations

import hashlib
import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from index.analysis import Analyzer
from index.embedded import IndexDirectory
from search.embedded.archive import EmbeddedArchive
from search.embedded.columns import Columns
from search.embedded.evaluator import evaluate
from search.embedded.matching import Matching
from search.embedded.terms import Terms
from search.query import parse
from search.query.tree import Node
from search.request import Request
from tests.relevance import known_items, topics
from tests.relevance.judged import judgements
from tests.relevance.measure import samples_archive

DEPTH = 10

#: What counts how much when settings are compared.
WEIGHTS = {"topics": 0.45, "known items": 0.3, "judged": 0.25}

#: One known item is one right answer; corpora and every how many-th of their stories is held.
KNOWN = {known_items.REUTERS: 3, known_items.WIKINEWS: 1, known_items.HHS: 1}

#: The settings tried: every combination, after what was in force before and what is in force now.
GRID: dict[str, tuple[Any, ...]] = {
    "K1": (0.6, 0.9, 1.2),
    "FIELD_WEIGHTS": ((3.0, 1.5, 1.0), (4.0, 2.0, 1.0), (5.0, 2.0, 1.0)),
    "LENGTH_NORMALISATION": ((0.3, 0.3, 0.6), (0.5, 0.75, 0.7)),
    "PROXIMITY": (0.25, 0.5, 1.0),
}
BEFORE = {
    "K1": 1.2,
    "FIELD_WEIGHTS": (3.0, 1.5, 1.0),
    "LENGTH_NORMALISATION": (0.3, 0.3, 0.6),
    "PROXIMITY": 0.5,
}

Setting = Mapping[str, Any]


@dataclass(frozen=True)
class Question:
    """A question, read, with the grades of stories by number and the half it belongs to."""

    node: Node
    grades: Mapping[int, int]
    fitting: bool


@dataclass(frozen=True)
class Corpus:
    """Questions of one kind over one index."""

    name: str
    group: str
    index: Path
    questions: tuple[Question, ...]


def main() -> None:
    """Print every setting's figures, those of the fitting half apart from those held out."""
    with TemporaryDirectory() as folder:
        corpora = list(gathered(Path(folder)))
        for name, group in itertools.groupby(corpora, key=lambda corpus: corpus.name):
            print(f"{name}: {sum(len(corpus.questions) for corpus in group)} questions")
        print("fit    held   | " + "  ".join(f"{group} fit/held" for group in WEIGHTS))
        tried = sorted(
            ((figures(corpora, setting), setting) for setting in (BEFORE, {}, *settings())),
            key=lambda result: -total(result[0], 0),
        )
        for found, setting in tried:
            told = "  ".join(f"{fit:.4f}/{held:.4f}" for fit, held in found.values())
            shown = "now" if not setting else ("before " if setting is BEFORE else "") + str(dict(setting))
            print(f"{total(found, 0):.4f} {total(found, 1):.4f} | {told} | {shown}", flush=True)


def settings() -> Iterator[Setting]:
    """Yield every combination of the grid."""
    for values in itertools.product(*GRID.values()):
        yield dict(zip(GRID, values, strict=True))


def total(found: Mapping[str, tuple[float, float]], half: int) -> float:
    """Return the weighted mean of the groups."""
    return sum(weight * found[group][half] for group, weight in WEIGHTS.items())


def figures(corpora: Sequence[Corpus], setting: Setting) -> dict[str, tuple[float, float]]:
    """Return the mean nDCG@10 of each group, the fitting half's and the other's, under a setting."""
    means: dict[str, list[tuple[float, float]]] = {group: [] for group in WEIGHTS}
    with in_force(setting):
        for corpus in corpora:
            with IndexDirectory(corpus.index).open() as generation:
                columns, kept = Columns(generation), Terms()
                gains: tuple[list[float], list[float]] = ([], [])
                for question in corpus.questions:
                    gains[not question.fitting].append(gain(columns, question, kept))
            means[corpus.group].append((mean(gains[0]), mean(gains[1])))
    return {group: (mean([m[0] for m in both]), mean([m[1] for m in both])) for group, both in means.items()}


@contextmanager
def in_force(setting: Setting) -> Iterator[None]:
    """Put constants of the ranking in force for a while."""
    with ExitStack() as stack:
        for name, value in setting.items():
            stack.enter_context(patch(f"index.ranking.{name}", value))
        # An index says which constants it was made under, but holds no number that depends on them.
        stack.enter_context(patch("index.embedded.sentinel.Sentinel.outdated", lambda _: ""))
        yield


def gain(columns: Columns, question: Question, kept: Terms) -> float:
    """Return a question's nDCG@10, the page read from the top: full matches, then the partial ones."""
    page = evaluate(columns, Request(limit=DEPTH), question.node, Matching(columns, kept))
    shown = [*page.docs.tolist(), *page.partial.tolist()][:DEPTH]
    best = sorted(question.grades.values(), reverse=True)[:DEPTH]
    return discounted([question.grades.get(doc, 0) for doc in shown]) / discounted(best)


def discounted(grades: Sequence[int]) -> float:
    """Return the discounted cumulative gain of grades in order."""
    return sum((2.0**grade - 1.0) / math.log2(place + 2) for place, grade in enumerate(grades))


def mean(numbers: Sequence[float]) -> float:
    """Return the mean."""
    return sum(numbers) / len(numbers)


def gathered(folder: Path) -> Iterator[Corpus]:
    """Index every corpus below `folder` and yield its questions, kind by kind."""
    analyzer = Analyzer()

    def read(columns: Columns, text: str, grades: Mapping[str, int]) -> Question:
        numbers = {doc: grades[columns.id(doc)] for doc in columns.docs.tolist() if columns.id(doc) in grades}
        half = int(hashlib.sha256(text.encode()).hexdigest(), 16) % 2 == 0
        return Question(parse(text, analyzer=analyzer).node, numbers, half)

    with in_force({}):
        held, graded = topics.stories(known_items.REUTERS)
        with known_items.indexed(held, folder / "topics") as columns:
            for kind in dict.fromkeys(question.kind for question in graded):
                asked = tuple(read(columns, q.text, q.grades) for q in graded if q.kind == kind)
                yield Corpus(kind, "topics", folder / "topics", asked)
        for corpus, every in KNOWN.items():
            name = corpus.name.removesuffix(".jsonl.gz")
            held = known_items.stories(corpus, every)
            with known_items.indexed(held, folder / name) as columns:
                for kind, make in known_items.KINDS.items():
                    asked = tuple(read(columns, q.text, {q.id: 1}) for q in known_items.questions(held, make, most=300))
                    yield Corpus(f"{name}, {kind}", "known items", folder / name, asked)
        archive = samples_archive(folder / "samples")
        with EmbeddedArchive(archive) as opened:
            ids = {hit.article.body: hit.article.id for hit in opened.search(Request(limit=1_000)).hits}
        with IndexDirectory(archive / "index").open() as generation:
            columns = Columns(generation)
            judged = tuple(
                read(columns, judgement.query, {ids[text]: grade for text, grade in judgement.grades.items()})
                for judgement in judgements()
            )
        yield Corpus("samples", "judged", archive / "index", judged)


if __name__ == "__main__":
    main()
