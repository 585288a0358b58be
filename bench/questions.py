"""The questions put to every engine: fourteen classes, the words drawn by frequency from the archive itself.

Engine-neutral values; each engine's module says them in its own tongue. The one idea: a class is defined by how many
stories its words are in, since that is what an engine's time depends on, and by what readers really do to a page.
"""

from __future__ import annotations

import itertools
import random
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from index import Story
from index.analysis import COMMON_WORDS

Operator = Literal["and", "or", "phrase", "near", "prefix", "wildcard"]

#: Stories read to learn the frequencies of words; a sample is enough to tell rare from common.
SAMPLE = 5_000

_WORD = re.compile(r"[a-z]+")
_ENDING = re.compile(r"(s|ed|ing)$")


@dataclass(frozen=True, slots=True)
class Question:
    """One question; every engine answers it with a whole page: total, top ten, city facet, timeline by month.

    Attributes:
        kind: the class ("rare word", "five words, or", …).
        words: lower-case words; for prefix and wildcard, one pattern with `*`.
        operator: how the words belong together; a single word is "and".
        cities: city keys chosen in the facet, OR among them, not applied to the city facet itself.
        since, until: whole days, both inclusive.
        newest: order by date instead of relevance.
    """

    kind: str
    words: tuple[str, ...] = ()
    operator: Operator = "and"
    cities: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    newest: bool = False

    @property
    def typed(self) -> str:
        """What a reader types for it in Morgue."""
        match self.operator:
            case "phrase":
                return f'"{" ".join(self.words)}"'
            case "near":
                return " near5 ".join(self.words)
            case "or":
                return " OR ".join(self.words)
            case _:
                return " ".join(self.words)


def draw(stories: Iterable[Story], each: int, seed: int = 7) -> list[Question]:
    """Return `each` questions of every class, with words drawn from a sample of `stories`.

    Very common English words are taken out first; of the rest, "common" words are in 5 to 20 % of the stories,
    "middling" ones in 0.3 to 3 %, "rare" ones in fewer than 0.1 % (or, of a thousand stories and fewer, in one).
    """
    chance = random.Random(seed)
    containing: Counter[str] = Counter()
    neighbours: Counter[tuple[str, str]] = Counter()
    cities: Counter[str] = Counter()
    read = 0
    for read, story in enumerate(stories, 1):
        words = [word for word in _WORD.findall(story.article.body.lower()) if len(word) > 2]
        containing.update(set(words))
        neighbours.update(itertools.pairwise(words))
        cities.update(city.key for city in story.article.facet_cities)
        if read == SAMPLE:
            break

    def words_in(least: float, most: float) -> list[str]:
        return sorted(w for w, n in containing.items() if least <= n / read < most and w not in COMMON_WORDS)

    common, middling, rare = words_in(0.05, 0.2), words_in(0.003, 0.03), words_in(0.0, max(0.001, 1.5 / read))
    pairs = sorted(p for p, n in neighbours.items() if n >= 8 and not COMMON_WORDS.intersection(p))
    places = [key for key, _ in cities.most_common(200)]
    start, end = date(2003, 3, 1), date(2011, 8, 31)

    def one(kind: str) -> Question:
        pick = chance.choice
        match kind:
            case "rare word":
                return Question(kind, (pick(rare),))
            case "middling word":
                return Question(kind, (pick(middling),))
            case "common word":
                return Question(kind, (pick(common),))
            case "two words, and":
                return Question(kind, (pick(common), pick(middling)))
            case "three words, or":
                return Question(kind, tuple(chance.sample(middling, 3)), "or")
            case "five common words, or":
                return Question(kind, tuple(chance.sample(common, 5)), "or")
            case "phrase":
                return Question(kind, pick(pairs), "phrase")
            case "near":
                return Question(kind, pick(pairs), "near")
            case "prefix":
                return Question(kind, (_ENDING.sub("", pick(middling))[:5] + "*",), "prefix")
            case "wildcard":
                word = next(w for w in iter(lambda: pick(middling), "") if len(w) > 5)
                return Question(kind, (word[:3] + "*" + word[-2:],), "wildcard")
            case "word, dates":
                return Question(kind, (pick(common),), since=start, until=end)
            case "word, two cities":
                return Question(kind, (pick(common),), cities=tuple(chance.sample(places, 2)))
            case "newest first":
                return Question(kind, (pick(common),), newest=True)
            case _:
                return Question(kind, cities=(pick(places),), since=start, until=end, newest=True)

    return [one(kind) for kind in KINDS for _ in range(each)]


KINDS = (
    "rare word",
    "middling word",
    "common word",
    "two words, and",
    "three words, or",
    "five common words, or",
    "phrase",
    "near",
    "prefix",
    "wildcard",
    "word, dates",
    "word, two cities",
    "newest first",
    "filters only",
)
