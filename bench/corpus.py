"""A pseudo-archive that behaves like news where an engine can tell: the same for everybody who asks for N stories.

Not meant to be read. The one idea: what decides an engine's speed is statistics (how often words occur, how long
stories are, which words stand together, how cities and days are spread), so those are made like news and the rest
is drawn by chance from a seed.

* Words: a Zipf-Mandelbrot law over 300,000 invented words, of which the most common are English function words
  and the shorter are the more common; content words come in several written forms, so that stemming has work to do.
* Neighbours: one word in six is the usual companion of the word before, so that phrases exist.
* Stories: log-normal lengths, mean about 280 words, in paragraphs; headlines of 5 to 11 words taken from the story.
* Places: about 1,500 cities, Zipf; days: 30 years from 1994, rising; 40 papers, 14 sections, 600 writers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt

from index import Article, City, Story
from index.analysis import COMMON_WORDS

#: Stories made in one go; also the grain at which the chance is seeded, so that any prefix of an archive is the same.
BATCH = 2_000

_WORDS = 300_000
_FIRST_DAY = date(1994, 1, 1)
_DAYS = 30 * 365
_ONSETS = "b bl br c ch cl cr d dr f fl fr g gl gr h j k l m n p pl pr qu r s sc sh sl sp st str t th tr v w".split()
_VOWELS = "a e i o u ai ea ee oo ou".split()
_CODAS = ["", "n", "r", "l", "t", "s", "m", "nd", "st", "ck", "rt", "ng"]
_ENDINGS = ("", "", "", "s", "ed", "ing")


@dataclass(frozen=True)
class Corpus:
    """`stories` pseudo-stories, the same for the same seed."""

    stories: int
    seed: int = 20_260_101

    @cached_property
    def vocabulary(self) -> list[str]:
        """The words by falling frequency; the common English ones first."""
        rng = np.random.default_rng(self.seed)
        common = dict.fromkeys(sorted(COMMON_WORDS))
        words: dict[str, None] = {}
        while len(common) + len(words) < _WORDS:
            syllables = 1 + int(rng.integers(1, 4))
            stem = "".join(
                _ONSETS[rng.integers(len(_ONSETS))] + _VOWELS[rng.integers(len(_VOWELS))] for _ in range(syllables)
            )
            word = stem + _CODAS[rng.integers(len(_CODAS))]
            if word not in common:
                words[word] = None
        length = np.array([len(word) for word in words]) + 5 * rng.random(len(words))
        invented = list(words)
        return [*common, *(invented[i] for i in np.argsort(length, kind="stable"))]

    @cached_property
    def cities(self) -> tuple[City, ...]:
        """About 1,500 invented cities by falling size, numbered as if they were in a gazetteer."""
        rng = np.random.default_rng(self.seed + 1)
        names = [self.vocabulary[i].capitalize() for i in rng.choice(np.arange(5_000, 100_000), 1_500, replace=False)]
        return tuple(
            City(1_000_000 + i, name, f"Region {i % 50}", "United States", 40.0, -90.0, name, "about", "made up")
            for i, name in enumerate(names)
        )

    def __iter__(self) -> Iterator[Story]:
        """Yield the stories, arrivals from 1."""
        for first in range(0, self.stories, BATCH):
            yield from self._batch(first, min(BATCH, self.stories - first))

    @cached_property
    def _cumulative(self) -> npt.NDArray[np.float64]:
        weights = 1.0 / np.power(np.arange(_WORDS) + 2.7, 1.05)
        cumulative: npt.NDArray[np.float64] = np.cumsum(weights) / weights.sum()
        return cumulative

    @cached_property
    def _companions(self) -> npt.NDArray[np.int64]:
        drawn = np.random.default_rng(self.seed + 2).random(_WORDS)
        return np.searchsorted(self._cumulative, drawn)

    def _batch(self, first: int, count: int) -> Iterator[Story]:
        rng = np.random.default_rng([self.seed, first])
        lengths = np.clip(rng.lognormal(5.35, 0.75, count), 25, 4_000).astype(np.int64)
        total = int(lengths.sum())
        ranks = np.searchsorted(self._cumulative, rng.random(total))
        follows = np.flatnonzero(rng.random(total) < 1 / 6)
        follows = follows[follows > 0]
        ranks[follows] = self._companions[ranks[follows - 1]]
        endings = rng.integers(0, len(_ENDINGS), total)
        capitals = rng.random(total) < 0.08
        vocabulary, common = self.vocabulary, len(COMMON_WORDS)
        words = []
        for rank, ending, capital in zip(ranks.tolist(), endings.tolist(), capitals.tolist(), strict=True):
            word = vocabulary[rank] if rank < common else vocabulary[rank] + _ENDINGS[ending]
            words.append(word.capitalize() if capital else word)
        places = _zipf(rng, len(self.cities), count)
        days = (_DAYS * np.sqrt(rng.random(count))).astype(np.int64)
        sources, sections, writers = _zipf(rng, 40, count), _zipf(rng, 14, count), _zipf(rng, 600, count)
        start = 0
        for i in range(count):
            end = start + int(lengths[i])
            story = words[start:end]
            start = end
            number = first + i + 1
            city = self.cities[places[i]]
            article = Article(
                id=f"s{number}",
                headline=" ".join(story[3 : 3 + 5 + number % 7]).capitalize(),
                body="\n\n".join(" ".join(story[at : at + 45]) + "." for at in range(0, len(story), 45)),
                published=(_FIRST_DAY + timedelta(days=int(days[i]))).isoformat(),
                byline=f"Writer {writers[i]}",
                section=f"Section {sections[i]}",
                source=f"Paper {sources[i]}",
                language="en",
                cities=(city,),
            )
            yield Story(article, arrival=number, first_arrival=number, arrived="2026-01-01T00:00:00Z", family=number)


def _zipf(rng: np.random.Generator, values: int, count: int) -> list[int]:
    weights = 1.0 / np.arange(1, values + 1)
    drawn: list[int] = np.searchsorted(np.cumsum(weights) / weights.sum(), rng.random(count)).tolist()
    return drawn
