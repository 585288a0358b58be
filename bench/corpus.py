"""A pseudo-archive that behaves like news where an engine can tell: the same for everybody who asks for N stories.

Not meant to be read. The one idea: what decides an engine's speed is statistics (how often words occur, how many
different ones there are, how long stories are, which words stand together, how cities and days are spread), so those
are made like news and the rest is drawn by chance from a seed.

* Words: a third are English function words. Of two million invented ones the shorter are the more common; how often
  each occurs falls with its rank at first, and with the rank's power of 1.9 beyond the first 2,000: one power for all
  would make far more different words than news has.
* Written forms belong to the word: a name is always capital and seldom has an -s; a noun has two forms, a verb four,
  each in proportions of its own; others have one. Any word is capital where a sentence begins.
* Neighbours: one word in six is the usual companion of the word before, so that phrases exist; one in five was in the
  story before, as subjects are.
* Texts: log-normal lengths, mean about 280 words, in sentences and paragraphs; commas, hyphens, numbers, quotations in
  typographic quotation marks. Headlines of 5 to 11 words taken from the story.
* Places: about 1,500 cities, Zipf; days: 30 years from 1994, rising; 40 papers, 14 sections, 600 writers.

Different words as written, and different stems, after so many words (Heaps' law), beside Reuters-21578 (one agency,
many figures), and Wikinews with local papers and press releases (LGL, GeoWebNews, HHS):

| words | here | Reuters | Wikinews and others |
|---|---|---|---|
| 100,000 | 11,700 / 8,700 | 13,200 / 8,100 | 13,700 / 8,400 |
| 480,000 | 28,700 / 20,800 | 32,700 / 20,100 | 30,900 / 18,400 |
| 1,000,000 | 43,500 / 31,500 | 48,300 / 30,100 | – |
| 2,700,000 | 76,200 / 55,600 | 87,100 / 56,900 | – |
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

_FIRST_DAY = date(1994, 1, 1)
_DAYS = 30 * 365
_COMMON = tuple(sorted(COMMON_WORDS))
_ONSETS = "b bl br c ch cl cr d dr f fl fr g gl gr h j k l m n p pl pr qu r s sc sh sl sp st str t th tr v w".split()
_VOWELS = "a e i o u ai ea ee oo ou".split()
_CODAS = ["", "n", "r", "l", "t", "s", "m", "nd", "st", "ck", "rt", "ng"]
_SYLLABLES = [onset + vowel for onset in _ONSETS for vowel in _VOWELS]
#: Words of one, two and three syllables.
_WORDS = (3_000, 300_000, 1_700_000)
#: Zipf and Mandelbrot's law with a bend: p(rank) ~ 1 / (rank + shift), and beyond the bend a power of it.
_SHIFT, _BEND, _POWER = 10, 2_000, 1.9
_COMMON_SHARE = 0.345
_ENDINGS = ("", "s", "ed", "ing")

#: Kinds of words, and how many of each.
_NAME, _NOUN, _VERB, _OTHER = range(4)
_KINDS = (0.3, 0.35, 0.15, 0.2)
#: How the endings of a verb share what the bare form leaves over.
_VERB_ENDINGS = np.array([0.3, 0.75])

_Longs = npt.NDArray[np.int64]
_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Corpus:
    """`stories` pseudo-stories, the same for the same seed."""

    stories: int
    seed: int = 20_260_101

    @cached_property
    def cities(self) -> tuple[City, ...]:
        """About 1,500 invented cities by falling size, numbered as if they were in a gazetteer."""
        rng = np.random.default_rng(self.seed + 1)
        names = [_spelled(self._words[i]).capitalize() for i in rng.choice(np.arange(5_000, 100_000), 1_500, False)]
        return tuple(
            City(1_000_000 + i, name, f"Region {i % 50}", "United States", 40.0, -90.0, name, "about", "made up")
            for i, name in enumerate(names)
        )

    def __iter__(self) -> Iterator[Story]:
        """Yield the stories, arrivals from 1."""
        forms = _Forms(self._words)
        for first in range(0, self.stories, BATCH):
            yield from self._batch(first, min(BATCH, self.stories - first), forms)

    @cached_property
    def _words(self) -> _Longs:
        """The invented words by falling frequency, as `_spelled` reads them."""
        rng = np.random.default_rng(self.seed)
        words, lengths = [], []
        for syllables, wanted in enumerate(_WORDS, 1):
            size = len(_CODAS) * len(_SYLLABLES) ** syllables
            some = np.unique(rng.integers(0, size, 2 * wanted) if size > 2 * wanted else np.arange(size))
            words.append(syllables * _LENGTH_UNIT + rng.permutation(some)[:wanted])
            lengths.append(2.9 * syllables + 5 * rng.random(wanted))
        return np.concatenate(words)[np.argsort(np.concatenate(lengths), kind="stable")]

    @cached_property
    def _cumulative(self) -> _Floats:
        common = 1 / (np.arange(len(_COMMON)) + 2.7)
        ranks = np.arange(sum(_WORDS)) + float(_SHIFT)
        weights = 1 / ranks
        weights[_BEND:] = weights[_BEND] * np.power(ranks[_BEND:] / ranks[_BEND], -_POWER)
        shares = (common / common.sum() * _COMMON_SHARE, weights / weights.sum() * (1 - _COMMON_SHARE))
        cumulative: _Floats = np.cumsum(np.concatenate(shares))
        cumulative /= cumulative[-1]
        return cumulative

    @cached_property
    def _companions(self) -> _Longs:
        drawn = np.random.default_rng(self.seed + 2).random(len(_COMMON) + sum(_WORDS))
        return np.searchsorted(self._cumulative, drawn)

    @cached_property
    def _kinds(self) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
        """The kind of each word, and how much of it has an ending."""
        rng = np.random.default_rng(self.seed + 3)
        kinds = np.searchsorted(np.cumsum(_KINDS), rng.random(len(_COMMON) + sum(_WORDS))).astype(np.int8)
        kinds[: len(_COMMON)] = _OTHER
        most = np.array([0.06, 0.6, 0.9, 0.0])[kinds]
        return kinds, (most * rng.random(kinds.size)).astype(np.float32)

    def _written(self, rng: np.random.Generator, story_starts: _Longs, total: int, forms: _Forms) -> _Texts:
        """Draw the words of a batch of stories."""
        ranks = np.searchsorted(self._cumulative, rng.random(total))
        follows = np.flatnonzero(rng.random(total) < 1 / 6)
        follows = follows[follows > 0]
        ranks[follows] = self._companions[ranks[follows - 1]]
        again = np.flatnonzero(rng.random(total) < 1 / 5)
        back = again - rng.integers(1, 120, again.size)
        inside = back >= story_starts[np.searchsorted(story_starts, again, side="right") - 1]
        inside &= ranks[again] >= len(_COMMON)
        ranks[again[inside]] = ranks[back[inside]]
        kinds, shares = self._kinds
        kind, chance = kinds[ranks], rng.random(total)
        ending = (chance < shares[ranks]).astype(np.int64)
        verbs = np.flatnonzero((kind == _VERB) & (ending > 0))
        ending[verbs] += np.searchsorted(_VERB_ENDINGS, rng.random(verbs.size))
        ends = np.cumsum(rng.integers(10, 31, total // 10 + 1)) - 1
        ends = np.union1d(ends[ends < total], np.append(story_starts[1:], total) - 1)
        starts = np.append(0, ends[:-1] + 1)
        capital = kind == _NAME
        capital[starts] = True
        codes = (ranks * len(_ENDINGS) + ending) * 2 + capital
        numbers = np.flatnonzero(rng.random(total) < 1 / 40)
        large = np.power(10.0, 5 * rng.random(numbers.size))
        years = rng.integers(1980, 2024, numbers.size)
        codes[numbers] = -np.where(rng.random(numbers.size) < 1 / 3, years, large).astype(np.int64)
        plain = list(map(forms.__getitem__, codes.tolist()))
        marked = plain.copy()
        free = np.ones(total, np.bool_)
        free[ends] = False
        mark = rng.random(total)
        for places, sign in (
            (np.flatnonzero((mark < 0.05) & free), ","),
            (np.flatnonzero((mark > 0.992) & free), "-"),
            (ends, "."),
        ):
            for i in places.tolist():
                marked[i] += sign
        quoted = np.flatnonzero(rng.random(ends.size) < 1 / 10)
        for start, end in zip(starts[quoted].tolist(), ends[quoted].tolist(), strict=True):
            marked[start] = "“" + marked[start]
            marked[end] += "”"
        return _Texts(plain, marked, ends)

    def _batch(self, first: int, count: int, forms: _Forms) -> Iterator[Story]:
        rng = np.random.default_rng([self.seed, first])
        lengths = np.clip(rng.lognormal(5.35, 0.75, count), 25, 4_000).astype(np.int64)
        starts = np.cumsum(lengths) - lengths
        texts = self._written(rng, starts, int(lengths.sum()), forms)
        places = _zipf(rng, len(self.cities), count)
        days = (_DAYS * np.sqrt(rng.random(count))).astype(np.int64)
        sources, sections, writers = _zipf(rng, 40, count), _zipf(rng, 14, count), _zipf(rng, 600, count)
        for i, (start, end) in enumerate(zip(starts.tolist(), (starts + lengths).tolist(), strict=True)):
            number = first + i + 1
            article = Article(
                id=f"s{number}",
                headline=" ".join(texts.plain[start + 3 : start + 8 + number % 7]).capitalize(),
                body=texts.body(start, end),
                published=(_FIRST_DAY + timedelta(days=int(days[i]))).isoformat(),
                byline=f"Writer {writers[i]}",
                section=f"Section {sections[i]}",
                source=f"Paper {sources[i]}",
                language="en",
                cities=(self.cities[places[i]],),
            )
            yield Story(article, arrival=number, first_arrival=number, arrived="2026-01-01T00:00:00Z", family=number)


@dataclass(frozen=True, slots=True)
class _Texts:
    """Words of a batch: bare, with their signs, and where sentences end."""

    plain: list[str]
    marked: list[str]
    ends: _Longs

    def body(self, start: int, end: int) -> str:
        """Return words `start` to `end` - 1 as paragraphs of two sentences."""
        cuts = (self.ends[slice(*np.searchsorted(self.ends, [start, end]))][1::2] + 1).tolist()
        if not cuts or cuts[-1] != end:
            cuts.append(end)
        paragraphs = zip([start, *cuts], cuts, strict=False)
        return "\n\n".join([" ".join(self.marked[a:b]) for a, b in paragraphs]).replace("- ", "-")


class _Forms(dict[int, str]):
    """Written forms by (rank · 4 + ending) · 2 + capital; numbers by their negative."""

    def __init__(self, words: _Longs) -> None:
        super().__init__()
        self._words = words

    def __missing__(self, code: int) -> str:
        if code < 0:
            return str(-code)
        rank, ending = divmod(code // 2, len(_ENDINGS))
        common = len(_COMMON)
        word = _COMMON[rank] if rank < common else _spelled(self._words[rank - common]) + _ENDINGS[ending]
        form = self[code] = word.capitalize() if code % 2 else word
        return form


#: A word is the number of its syllables in this unit, then its letters in mixed radix.
_LENGTH_UNIT = 1 << 40


def _spelled(word: np.int64) -> str:
    syllables, rest = divmod(int(word), _LENGTH_UNIT)
    rest, coda = divmod(rest, len(_CODAS))
    parts = []
    for _ in range(syllables):
        rest, syllable = divmod(rest, len(_SYLLABLES))
        parts.append(_SYLLABLES[syllable])
    return "".join(parts) + _CODAS[coda]


def _zipf(rng: np.random.Generator, values: int, count: int) -> list[int]:
    weights = 1.0 / np.arange(1, values + 1)
    drawn: list[int] = np.searchsorted(np.cumsum(weights) / weights.sum(), rng.random(count)).tolist()
    return drawn
