"""Known-item search: questions made from stories, and at which place of the page each one's own story stands.

It judges nothing by hand: a question's only right answer is the story it was made from. The one idea: half-remembered
words are drawn by a fixed seed, so the same questions are asked before and after a change of the ranking.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from index.analysis import Analyzer
from index.article import Article, Story
from index.embedded import IndexDirectory
from search.embedded.columns import Columns
from search.embedded.evaluator import evaluate
from search.embedded.matching import Matching
from search.embedded.terms import Terms
from search.query import parse
from search.request import Request
from tests.relevance.judged import ROOT

CORPORA = ROOT.parent / "shared" / "corpora"
REUTERS = CORPORA / "reuters21578.jsonl.gz"
WIKINEWS = CORPORA / "wikinews.jsonl.gz"
HHS = CORPORA / "hhs-press-releases.jsonl.gz"

#: Places of a page that count.
DEPTH = 10

#: Shorter stories are notices of a figure or two, alike but for the figures.
_FEWEST_WORDS = 60
_SEED = 1987

_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*[A-Za-z]")
_PARAGRAPH = re.compile(r"\n(?:[ \t]*\n|[ \t]{2,})\s*")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True)
class Question:
    """What is typed, and the id of the story it was made from."""

    text: str
    id: str


@dataclass(frozen=True)
class Outcome:
    """How well questions found their stories: mean reciprocal rank and share, both within the first `DEPTH`."""

    asked: int
    mrr: float
    share: float

    def __str__(self) -> str:
        return f"MRR@{DEPTH} {self.mrr:.3f}, in the first {DEPTH} {self.share:.3f} ({self.asked} questions)"


#: Makes a question of a story, or "" where the story does not lend itself to one; the words are strangers'.
Maker = Callable[[Article, Random, Sequence[str]], str]


def stories(corpus: Path, every: int = 1) -> list[Story]:
    """Return every `every`-th story of `corpus` (compressed JSON lines with id, title and body) that is long enough."""
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        forms = [json.loads(line) for number, line in enumerate(lines) if number % every == 0]
    articles = (
        Article(id=form["id"], headline=form["title"] or "", body=paragraphs(form["body"] or "")) for form in forms
    )
    kept = [article for article in articles if len(article.body.split()) >= _FEWEST_WORDS]
    return [Story(article, n, n, "2026-01-01T00:00:00Z", n) for n, article in enumerate(kept, start=1)]


def headline(article: Article, random: Random, _: Sequence[str]) -> str:
    """Return three words of the headline, in its order."""
    words = _content(article.headline)
    return " ".join(_some(words, 3, random)) if len(words) >= 4 else ""


def fragment(article: Article, random: Random, _: Sequence[str]) -> str:
    """Return five to nine words of one sentence of the text, in its order, a third of them forgotten."""
    sentences = [words for sentence in _SENTENCE.split(article.body) if len(words := _WORD.findall(sentence)) >= 10]
    if not sentences:
        return ""
    words = random.choice(sentences)
    length = random.randint(5, 9)
    begin = random.randrange(len(words) - length + 1)
    piece = [word.lower() for word in words[begin : begin + length]]
    kept = _some(piece, length - length // 3, random)
    return " ".join(kept) if len(_content(" ".join(kept))) >= 2 else ""


def misremembered(article: Article, random: Random, strangers: Sequence[str]) -> str:
    """Return four content words of the text's beginning, one of them exchanged for a word of other stories."""
    words = _content(" ".join(article.body.split()[:60]))
    if len(words) < 8:
        return ""
    kept = _some(words, 4, random)
    held = set(_content(f"{article.headline} {article.body}"))
    kept[random.randrange(4)] = next(word for word in iter(lambda: random.choice(strangers), None) if word not in held)
    return " ".join(kept)


#: The ways of remembering, by name.
KINDS: dict[str, Maker] = {"headline": headline, "fragment": fragment, "misremembered": misremembered}


def questions(held: Sequence[Story], make: Maker, most: int = 400) -> list[Question]:
    """Return up to `most` questions, each of another story; the same ones for the same stories."""
    random = Random(_SEED)
    strangers = [word for story in held[::7] for word in _content(story.article.headline)]
    asked: list[Question] = []
    for story in random.sample(held, len(held)):
        if len(asked) == most:
            break
        if text := make(story.article, random, strangers):
            asked.append(Question(text, story.article.id))
    return asked


@contextmanager
def indexed(held: Iterable[Story], folder: Path) -> Iterator[Columns]:
    """Index stories in an empty `folder` and open them."""
    directory = IndexDirectory(folder)
    with directory.writer() as writer:
        through = 0
        for story in held:
            writer.put(story)
            through = story.arrival
        writer.commit(through)
    with directory.open() as generation:
        yield Columns(generation)


def found(columns: Columns, asked: Sequence[Question]) -> Outcome:
    """Ask, and read each page from the top: full matches, then those with half of the words or more."""
    analyzer, terms = Analyzer(), Terms()
    gain = hits = 0.0
    for question in asked:
        node = parse(question.text, analyzer=analyzer).node
        page = evaluate(columns, Request(question.text, limit=DEPTH), node, Matching(columns, terms))
        shown = [columns.id(doc) for doc in (*page.docs.tolist(), *page.partial.tolist())][:DEPTH]
        if question.id in shown:
            gain += 1 / (shown.index(question.id) + 1)
            hits += 1
    return Outcome(len(asked), gain / len(asked), hits / len(asked))


def paragraphs(text: str) -> str:
    """Return a text of wrapped lines with its paragraphs apart."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in _PARAGRAPH.split(text.strip()))


def _content(text: str) -> list[str]:
    """Return the words of four letters and more, lower-cased, each once."""
    return list(dict.fromkeys(word.lower() for word in _WORD.findall(text) if len(word) > 3))


def _some(words: Sequence[str], count: int, random: Random) -> list[str]:
    return [words[place] for place in sorted(random.sample(range(len(words)), count))]
