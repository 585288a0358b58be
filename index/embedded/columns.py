"""The columns file of a segment: dates, arrival, lengths and facet values of its stories, an array each.

The one idea: a facet is dictionary-coded twice. Values have numbers, and each distinct *combination* of values has a
number too; a story holds only the latter, so that counting any facet over any set of stories is one `bincount`.

Parts: `lengths`, `day`, `last_day`, `second`, `first_arrival` and `family` (these in 32 bits where that is enough), and
for each facet its `codes`, `offsets`, `values`, and `keys` and `labels` (UTF-8 end to end) with their offsets.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np

from index.article import Article, Story
from index.dates import period
from index.embedded.arrayfile import ArrayFile, ArrayFileWriter
from index.embedded.lexicon import decoded, encoded
from index.embedded.values import FACET_COLUMNS, UNDATED, Array, Bools, FacetColumn, Ints, Unsigned

_EPOCH = date(1970, 1, 1).toordinal()

#: The columns of one number a story, with the type of the number while it is in memory.
NUMBERS: dict[str, np.dtype[np.int32] | np.dtype[np.int64]] = {
    "day": np.dtype("<i4"),
    "last_day": np.dtype("<i4"),
    "second": np.dtype("<i4"),
    "first_arrival": np.dtype("<i8"),
    "family": np.dtype("<i8"),
}


class Columns:
    """The columns file of a segment. Thread-safe."""

    def __init__(self, path: Path) -> None:
        self.file = ArrayFile(path)
        #: Words in headline, lead and rest of the body, u4[count, 3].
        self.lengths: Array = self.file.array("lengths").reshape(-1, 3)
        self._facets: dict[str, FacetColumn] = {}

    def number(self, name: str) -> Array:
        """Return a column of NUMBERS; u4 where it says i8 and the numbers are small."""
        return self.file.array(name)

    def facet(self, name: str) -> FacetColumn:
        """Return a column of FACET_COLUMNS."""
        found = self._facets.get(name)
        if found is None and f"{name}.codes" not in self.file:
            # Segments of before a column was added; no story of theirs has a value in it.
            nothing = np.zeros(0, np.int32)
            found = FacetColumn(np.zeros(len(self.lengths), np.int32), np.zeros(2, np.int32), nothing, (), ())
            self._facets[name] = found
        if found is None:
            codes, offsets, values = (self.file.array(f"{name}.{part}") for part in ("codes", "offsets", "values"))
            found = FacetColumn(codes, offsets, values, self._texts(f"{name}.keys"), self._texts(f"{name}.labels"))
            self._facets[name] = found
        return found

    def _texts(self, name: str) -> tuple[str, ...]:
        ends = self.file.array(f"{name}.ends").tolist()
        blob = self.file.bytes(name, 0, ends[-1] if ends else 0)
        return tuple(decoded(blob[start:end]) for start, end in zip([0, *ends], ends, strict=False))


class ColumnsBuilder:
    """Gather the columns of stories or of older segments, then write them."""

    def __init__(self) -> None:
        self._numbers: dict[str, array[int]] = {
            name: array("i" if dtype.itemsize == 4 else "q") for name, dtype in NUMBERS.items()
        }
        self._facets = {name: _FacetBuilder() for name in FACET_COLUMNS}

    def add(self, story: Story) -> None:
        """Add one story."""
        numbers = self._numbers
        day, last_day, second = days(story.article.published)
        numbers["day"].append(day)
        numbers["last_day"].append(last_day)
        numbers["second"].append(second)
        numbers["first_arrival"].append(story.first_arrival)
        numbers["family"].append(story.family)
        article = story.article
        places = tuple([(city.geonameid, city.name, city.region, city.country, city.role) for city in article.cities])
        said = (places, article.section, article.source, article.byline, places, article.type)
        for (name, facet), what in zip(self._facets.items(), said, strict=True):
            if not facet.add(what):
                facet.learn(what, _VALUES[name](article))

    def number(self, name: str) -> Array:
        """Return a column of NUMBERS as it is so far."""
        return np.array(self._numbers[name], NUMBERS[name])

    def extend(self, columns: Columns, keep: Bools) -> None:
        """Add the stories of another segment that `keep` says."""
        for name, numbers in self._numbers.items():
            numbers.frombytes(columns.number(name)[keep].astype(NUMBERS[name].newbyteorder("=")).tobytes())
        for name, facet in self._facets.items():
            facet.extend(columns.facet(name), columns.facet(name).codes[keep])

    def write(self, file: ArrayFileWriter, keep: Bools, lengths: Unsigned) -> None:
        """Write the columns of the stories that `keep` says; `lengths` are theirs, in words by field."""
        file.append("lengths", lengths, np.uint32)
        for name in NUMBERS:
            kept = self.number(name)[keep]
            small = NUMBERS[name].itemsize == 8 and (not kept.size or 0 <= kept.min() <= kept.max() < 1 << 32)
            file.append(name, kept, np.uint32 if small else NUMBERS[name])
        for name, facet in self._facets.items():
            facet.write(file, name, keep)


class _FacetBuilder:
    """One facet; what an article says for it is worked out once for all articles that say the same."""

    def __init__(self) -> None:
        self._keys: dict[str, int] = {}
        self._labels: list[str] = []
        self._combinations: dict[tuple[int, ...], int] = {(): 0}
        self._known: dict[Hashable, int] = {}
        self._codes = array("i")

    def add(self, said: Hashable) -> bool:
        """Add a story whose article says `said`; False, and nothing added, where that is new."""
        code = self._known.get(said)
        if code is None:
            return False
        self._codes.append(code)
        return True

    def learn(self, said: Hashable, values: Sequence[tuple[str, str]]) -> None:
        """Add a story whose article says `said`, which means these keys and labels."""
        combination = tuple(self._number(key, label) for key, label in values)
        code = self._known[said] = self._combinations.setdefault(combination, len(self._combinations))
        self._codes.append(code)

    def extend(self, facet: FacetColumn, codes: Ints) -> None:
        renamed = np.zeros(len(facet.offsets) - 1, np.int32)
        for code in np.unique(codes).tolist():
            values = facet.values[facet.offsets[code] : facet.offsets[code + 1]].tolist()
            combination = tuple(self._number(facet.keys[value], facet.labels[value]) for value in values)
            renamed[code] = self._combinations.setdefault(combination, len(self._combinations))
        self._codes.frombytes(renamed[codes].astype(np.int32).tobytes())

    def write(self, file: ArrayFileWriter, name: str, keep: Bools) -> None:
        combinations = list(self._combinations)
        file.append(f"{name}.codes", np.array(self._codes, np.int32)[keep], np.int32)
        sizes = np.array([len(combination) for combination in combinations], np.int32)
        file.append(f"{name}.offsets", np.concatenate(([0], np.cumsum(sizes))), np.int32)
        file.append(f"{name}.values", [value for combination in combinations for value in combination], np.int32)
        for part, texts in (("keys", list(self._keys)), ("labels", self._labels)):
            lines = [encoded(text) for text in texts]
            file.append(f"{name}.{part}", np.frombuffer(b"".join(lines), np.uint8), np.uint8)
            file.append(f"{name}.{part}.ends", np.cumsum([len(line) for line in lines]), np.uint32)

    def _number(self, key: str, label: str) -> int:
        number = self._keys.setdefault(key, len(self._keys))
        if number == len(self._labels):
            self._labels.append(label)
        return number


@lru_cache(1 << 14)
def days(published: str | None) -> tuple[int, int, int]:
    """Return first day, last day (days since 1970-01-01, UNDATED for none) and second of the day of a date."""
    covered = period(published)
    if covered is None:
        return UNDATED, UNDATED, 0
    return covered.first.toordinal() - _EPOCH, covered.last.toordinal() - _EPOCH, covered.second


def facet_values(article: Article) -> Iterator[tuple[str, Sequence[tuple[str, str]]]]:
    """Yield each facet of FACET_COLUMNS with the (key, label) pairs the article has in it, each key once."""
    for name, values in _VALUES.items():
        yield name, values(article)


def _mentions(article: Article) -> list[tuple[str, str]]:
    labels: dict[str, str] = {}
    for city in article.cities:
        labels.setdefault(city.key, city.label)
    return list(labels.items())


def _itself(value: str) -> list[tuple[str, str]]:
    return [(value, value)] if value else []


_VALUES: dict[str, Callable[[Article], list[tuple[str, str]]]] = {
    "city": lambda article: [(city.key, city.label) for city in article.facet_cities],
    "section": lambda article: _itself(article.section),
    "source": lambda article: _itself(article.source),
    "byline": lambda article: [(name, name) for name in article.bylines],
    "mentions": _mentions,
    "type": lambda article: _itself(article.type),
}
