"""A generation's columns over all its stories: what does not depend on a query, made once and shared by threads.

No matching here. The one idea: segments are laid end to end, so that everything after the postings (filters, facets,
timeline, sorting, folding of copies) is one operation on one array however many segments there are. With one segment
the arrays are the mapped files themselves.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from threading import RLock, local
from typing import Literal, TypeVar

import numpy as np
import numpy.typing as npt

from index import ranking
from index.article import Article, Story, fold
from index.compiled import Bundle
from index.embedded import UNDATED, Generation, Segment
from search.embedded.bars import FIRST_BAR, NO_DATE, TOO_COARSE, bars_of, drawn, month_of, ordinals
from search.embedded.cards import Cards, made
from search.embedded.desk import limits
from search.embedded.families import Families
from search.embedded.held import Held, held, reaching
from search.embedded.scratch import Scratch
from search.embedded.sets import Array, Docs, Mask
from search.embedded.values import PLACES, FacetValues, joined, label_of, located, rolled_up
from search.request import PAGE_FACETS, Granularity, level

#: `Columns.moment` of an undated story.
UNDATED_MOMENT = int(np.iinfo(np.int64).min)

#: Classes of `Sizes`.
_SIZES = 16

#: Timelines whose days and stories held are kept.
_BARS_KEPT = 256

#: Stories that are kept as they are read, of the last thirty pages or so.
_STORIES_KEPT = 512

#: Choices of facets whose combinations are kept, and choices of sources whose stories held are.
_CHOICES_KEPT = 64

_Made = TypeVar("_Made")
_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Periods:
    """Which bar of a timeline each story belongs to.

    Attributes:
        codes: NO_DATE, TOO_COARSE, or FIRST_BAR and up by story.
        base: ordinal of the bar FIRST_BAR (`ordinal` says what that is).
        size: codes that there are.
        held: stories by code.
    """

    codes: Array
    base: int
    size: int
    held: Held


@dataclass(frozen=True, slots=True, eq=False)
class ByDay:
    """Dated stories in the order of the first days of their dates.

    Attributes:
        docs: the stories, u4[n].
        days: these days, ascending, i4[n].
        cards: of the stories, u8[n].
        long: places of those whose dates are longer than a day, ascending.
    """

    docs: Docs
    days: Array
    cards: Cards
    long: Array

    def between(self, low: int, high: int) -> tuple[Docs, Cards, bool]:
        """Return stories that begin between two days, their cards, and whether every date is known to end there too."""
        begin = int(np.searchsorted(self.days, np.int32(low)))
        end = int(np.searchsorted(self.days, np.int32(high), side="right"))
        first, last = np.searchsorted(self.long, (begin, end)).tolist()
        return self.docs[begin:end], self.cards[begin:end], first == last


@dataclass(frozen=True, eq=False)
class Sizes:
    """The stories by the length of their bodies, in classes of about as many stories each.

    Attributes:
        of: the class of each story, u1[stories].
        shortest: words in the shortest field of any story of a class, f8[classes, fields].
        averages: mean lengths of the fields, as the ranking has them.
    """

    of: Array
    shortest: Array
    averages: tuple[float, ...]


class Columns:
    """Everything about a generation's stories but their words."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.segments: tuple[Segment, ...] = generation.segments
        #: Number of the first story of each segment, and after the last one the number of stories.
        self.bases: Docs = np.concatenate(([0], np.cumsum([s.count for s in self.segments]))).astype(np.intp)
        self._starts: list[int] = self.bases.tolist()
        self.count = self._starts[-1]
        self._lock = RLock()
        self._facets: dict[str, FacetValues] = {}
        self._periods: dict[str, Periods] = {}
        self._ranks: dict[str, Docs] = {}
        self._scratch = local()
        #: Drawing `bars` again; kept for the next page.
        self.bars = lru_cache(_BARS_KEPT)(self._made_bars)
        #: The newest version of the story of a number; those of the last pages are kept, as others are made of them.
        self.article: Callable[[int], Article] = lru_cache(_STORIES_KEPT)(self._article)
        self._held_of = lru_cache(_CHOICES_KEPT)(self._made_held)
        self._with_any = lru_cache(_CHOICES_KEPT)(lambda name, keys: self.facet(name).combinations_with(keys))

    @property
    def scratch(self) -> Scratch:
        """This thread's arrays as long as the archive."""
        found: Scratch | None = getattr(self._scratch, "arrays", None)
        if found is None:
            months = self.periods("month").size
            found = self._scratch.arrays = Scratch(self.count, self.families, self.facet("city"), months)
        return found

    @cached_property
    def live(self) -> Mask | None:
        """Which stories are still there; None where all are."""
        if all(segment.live is None for segment in self.segments):
            return None
        return np.concatenate([np.ones(s.count, dtype=np.bool_) if s.live is None else s.live for s in self.segments])

    @cached_property
    def docs(self) -> Docs:
        """The stories that are there."""
        if self.live is None:
            return np.arange(self.count, dtype=np.uint32)
        return np.flatnonzero(self.live).astype(np.uint32)

    @cached_property
    def live_count(self) -> int:
        """How many they are: the N of the ranking formula."""
        return self.count if self.live is None else int(np.count_nonzero(self.live))

    @cached_property
    def day(self) -> Array:
        """First day of each story's date, days since 1970-01-01, or UNDATED."""
        return self._joined([segment.day for segment in self.segments], np.int32)

    @cached_property
    def last_day(self) -> Array:
        """Last day of each story's date, or UNDATED."""
        return self._joined([segment.last_day for segment in self.segments], np.int32)

    @cached_property
    def moment(self) -> npt.NDArray[np.int64]:
        """Seconds since 1970 as the paper's own clock has it; the smallest number for an undated story."""
        second = self._joined([segment.second for segment in self.segments], np.int32)
        moment: npt.NDArray[np.int64] = self.day.astype(np.int64) * 86_400 + second
        moment[self.day == UNDATED] = UNDATED_MOMENT
        return moment

    @cached_property
    def first_arrival(self) -> Array:
        """Each story's place in the order of arrival."""
        return self._joined([segment.first_arrival for segment in self.segments], np.int64)

    @cached_property
    def family(self) -> Array:
        """`first_arrival` of the lead of each story's family."""
        return self._joined([segment.family for segment in self.segments], np.int64)

    @cached_property
    def lengths(self) -> Array:
        """Words in each field, [story, field]."""
        return self._joined([segment.lengths for segment in self.segments], np.uint32, columns=len(ranking.FIELDS))

    @cached_property
    def sizes(self) -> Sizes:
        """The stories by their lengths."""
        lengths = np.asarray(self.lengths)
        body = np.ascontiguousarray(lengths[:, -1])
        if not body.size:
            return Sizes(np.zeros(0, np.uint8), np.zeros((_SIZES, lengths.shape[1])), self._averages)
        bounds = np.quantile(body, np.arange(1, _SIZES) / _SIZES)
        classes = np.searchsorted(bounds, body, side="right").astype(np.uint8)
        shortest = np.zeros((_SIZES, lengths.shape[1]))
        for number in range(_SIZES):
            some = lengths[classes == number]
            shortest[number] = some.min(axis=0) if len(some) else 0
        return Sizes(classes, shortest, self._averages)

    @cached_property
    def averages(self) -> npt.NDArray[np.float64]:
        """Mean lengths of the fields, as the ranking has them."""
        return np.array(self._averages)

    @property
    def _averages(self) -> tuple[float, ...]:
        return self.generation.averages.in_order()

    @cached_property
    def newest_day(self) -> int:
        """First day of the newest story's date; UNDATED where none has one."""
        return int(self.day[self.docs].max(initial=UNDATED))

    @cached_property
    def families(self) -> Families:
        """The families of copies."""
        return Families(self.family, self.first_arrival, self.docs)

    @cached_property
    def cards(self) -> Cards:
        """The card of each story."""
        return made(self.facet("city").codes, self.periods("month").codes, self.sizes.of, self.families.place)

    @cached_property
    def bundle(self) -> Bundle:
        """What compiled loops need of all stories, as `desk` says."""
        return Bundle(
            self.cards,
            self.sizes.of,
            self.first_arrival,
            self.lengths,
            self.averages,
            self.families.place,
            self.families.docs,
            self.families.number,
            self.bases.astype(np.int64),
            limits(),
        )

    @cached_property
    def by_day(self) -> ByDay:
        """The dated stories that are there, by the first days of their dates."""
        docs = self.docs[self.day[self.docs] != UNDATED]
        docs = docs[np.argsort(self.day[docs], kind="stable")]
        days = self.day[docs]
        return ByDay(docs, days, self.cards[docs], np.flatnonzero(self.last_day[docs] != days))

    def months_within(self, low: int, high: int) -> tuple[int, int]:
        """Return the codes of the first and of the last month that lie between two days as a whole."""
        base = FIRST_BAR - self.periods("month").base
        # A day and the one before lie in different months where a month begins.
        first, last = month_of(low - 1) + 1, month_of(high + 1) - 1
        return max(base + first, FIRST_BAR), base + last

    def rank(self, sort: Literal["newest", "oldest", "arrived", "first"]) -> Docs:
        """Return the place of each story in an order of all; undated ones last in both orders of date.

        "arrived": the last to arrive first; "first": as they arrived.
        """
        return self._once(self._ranks, sort, lambda: self._ranked(sort))

    def warm(self) -> None:
        """Make what nearly every page needs, so that no reader waits: half a second a million stories."""
        for _ in (self.docs, self.live_count, self.families, self.first_arrival, self.sizes, self.rank("newest")):
            pass
        for name in (*PAGE_FACETS, "mentions"):
            self.facet(name)
        self.periods("year")
        _ = self.cards, self.by_day

    def others(self, doc: int) -> Docs:
        """Return the other members of a story's family, in order of arrival."""
        return self.families.others(doc)

    def story(self, doc: int) -> Story:
        """Return the story of a number."""
        segment, own = self._lies(doc)
        return segment.story(own)

    def _article(self, doc: int) -> Article:
        segment, own = self._lies(doc)
        return segment.article(own)

    def find(self, id: str) -> int:
        """Return the number of the story with a public id, -1 where there is none."""
        for segment, base in zip(self.segments, self.bases.tolist(), strict=False):
            doc = segment.find(id)
            if doc >= 0 and (segment.live is None or segment.live[doc]):
                return int(base + doc)
        return -1

    def with_any(self, name: str, keys: tuple[str, ...]) -> Mask:
        """Say for each combination of values of a facet whether it holds one of `keys`; kept for the next page."""
        return self._with_any(name, keys)

    def facet(self, name: str) -> FacetValues:
        """Return the values of one of `index.embedded.FACET_COLUMNS`, or of the regions or countries of the cities.

        The three levels of place share the codes of the cities, so that counting them passes over the stories once.
        """
        if name in self._facets:
            return self._facets[name]
        if name in ("region", "country"):
            cities = self.facet("city")
            return self._once(self._facets, name, lambda: rolled_up(cities, name))
        return self._once(self._facets, name, lambda: self._made_facet(name))

    def _made_facet(self, name: str) -> FacetValues:
        facet = joined([segment.facet(name) for segment in self.segments])
        return located(facet) if name in ("city", "mentions") else facet

    def label(self, name: str, key: str) -> str:
        """Return what readers call a value, be it held or not."""
        if name in PLACES and level(key) != "city":
            return label_of(key)
        facet = self.facet(name)
        if key in facet.numbers:
            return facet.labels[facet.numbers[key]]
        if name == "city":
            return self.label("mentions", key)
        if name == "mentions" and key.isdigit():
            # The gazetteer takes a moment to load, and only a city that no story names needs it.
            from index.enrich.cities import find

            return next((city.label for city in find(key)), key)
        return key.removeprefix("name:")

    def periods(self, granularity: Granularity) -> Periods:
        """Return the bars of the stories at a granularity."""
        found = self._periods.get(granularity)
        return found or self._once(self._periods, granularity, lambda: self._made_periods(granularity))

    def ids(self, docs: Docs) -> tuple[str, ...]:
        """Return the public ids of stories."""
        starts, segments = self._starts, self.segments
        if len(segments) == 1:
            return segments[0].ids(docs.tolist())
        found = []
        for doc in docs.tolist():
            number = bisect_right(starts, doc) - 1
            found.append(segments[number].id(doc - starts[number]))
        return tuple(found)

    def id(self, doc: int) -> str:
        """Return the public id of the story of a number."""
        segment, own = self._lies(doc)
        return segment.id(own)

    def _lies(self, doc: int) -> tuple[Segment, int]:
        """Return the segment of the story of a number, and its number there."""
        number = bisect_right(self._starts, doc) - 1
        return self.segments[number], doc - self._starts[number]

    def _made_periods(self, granularity: Granularity) -> Periods:
        dated = self.day != UNDATED
        first, last = ordinals(granularity, self.day), ordinals(granularity, self.last_day)
        base = int(first[dated].min(initial=np.iinfo(np.int64).max)) if dated.any() else 0
        codes = np.where(dated, np.where(first == last, first - base + FIRST_BAR, TOO_COARSE), NO_DATE)
        coarser = reaching(granularity, codes, self.day, self.last_day, base, self.docs)
        found = held(codes, self.families, self.docs, None, coarser)
        return Periods(codes.astype(np.int32), base, len(found.every), found)

    def _made_held(self, granularity: Granularity, sources: tuple[str, ...]) -> Held:
        """Return what is held of some sources."""
        periods = self.periods(granularity)
        among = self.with_any("source", sources)[self.facet("source").codes]
        docs = self.docs[among[self.docs]]
        coarser = reaching(granularity, periods.codes, self.day, self.last_day, periods.base, docs)
        return held(periods.codes, self.families, docs, among, coarser)

    def _made_bars(
        self, granularity: Granularity, begin: int, end: int, fold: bool, sources: tuple[str, ...] | None = None
    ) -> tuple[tuple[date, ...], tuple[date, ...], tuple[int, ...], tuple[bool, ...]]:
        """Return first days, last days and stories held of the bars `begin` to `end` (their ordinals).

        With `fold` a family of copies is held once in a bar, with `sources` what these have is held. Last: whether
        longer dates reach over each.
        """
        starts, closes = bars_of(granularity, begin, end)
        periods = self.periods(granularity)
        low, bars = FIRST_BAR + begin - periods.base, len(starts)
        found = periods.held if sources is None else self._held_of(granularity, sources)
        many = drawn(found.folded if fold else found.every, low, bars)
        return starts, closes, tuple(many), tuple(map(bool, drawn(found.coarser, low, bars)))

    def _ranked(self, sort: Literal["newest", "oldest", "arrived", "first"]) -> Docs:
        arrival = self.first_arrival
        if sort in ("arrived", "first"):
            order = np.argsort(-arrival if sort == "arrived" else arrival, kind="stable")
        elif sort == "newest":
            order = np.lexsort((-arrival, ~self.moment))
        else:
            late = np.where(self.moment == UNDATED_MOMENT, np.iinfo(np.int64).max, self.moment)
            order = np.lexsort((arrival, late))
        rank = np.empty(self.count, np.uint32)
        rank[order] = np.arange(self.count, dtype=np.uint32)
        return rank

    def _joined(self, pieces: list[Array], kind: type[np.generic], columns: int = 0) -> Array:
        if len(pieces) == 1:
            return pieces[0].astype(kind, copy=False)
        shape = (0, columns) if columns else (0,)
        return np.concatenate(pieces, dtype=kind) if pieces else np.empty(shape, dtype=kind)

    def _once(self, made: dict[_Key, _Made], name: _Key, make: Callable[[], _Made]) -> _Made:
        found = made.get(name)
        if found is None:
            with self._lock:
                found = made.get(name)
                if found is None:
                    found = made[name] = make()
        return found


def has_words(key: str) -> Callable[[str], bool]:
    """Return the test whether a name contains the words of `key` one after the other, folded."""
    wanted = f"-{fold(key)}-"
    return lambda name: wanted in f"-{fold(name)}-"
