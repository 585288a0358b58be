"""A leaf of a query in a generation: the stories where it occurs, how often in each field, and where.

What words a leaf stands for is `vocabulary`'s business and how leaves are put together is `matching`'s. The one idea: a
leaf is one posting list, be it of a stem, of one written form of a stem or of every word that a pattern fits; a plain
stem, which most leaves are, costs no more than reading its document numbers.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from threading import Lock

import numpy as np
import numpy.typing as npt

from index import ranking
from index.analysis import HEADLINE_GAP
from index.compiled import U8, U32, W8, W32, compiled
from index.embedded import PlaceReader, PostingList, Ranks, Reader, coded, coding, decoding
from search.embedded.columns import Columns
from search.embedded.sets import EMPTY, NOWHERE, Array, Docs, Mask, Spans, distinct, find, together
from search.embedded.summing import write
from search.query import tree

#: Postings that are kept decoded: 50 MB, 90 where the places of all were read.
MOST_KEPT = 10_000_000

#: So many lists can be summed in one packed number a story: no sum of a field overflows its bits.
_PACKED = 85

#: A term in more than one story of so many has its codes by story too.
_DENSE = 16

#: Tables of bounds that a term keeps, 16 kB each.
_UNITS = 4

_NOTHING = PostingList(EMPTY, np.empty(0, np.uint8), np.empty(0, np.int64), np.empty((0, 3), np.uint32))
_ALL: Mask = np.empty(0, np.bool_)


@dataclass(frozen=True, slots=True)
class Choice:
    """What of a segment's vocabulary a leaf stands for: a stem, or only some of its written forms.

    Attributes:
        segment: number of the segment.
        stem: ordinal of the stem in it.
        forms: codes of the written forms; None for all.
        every: how many forms the stem has; 0 where nobody has looked, and all are wanted.
    """

    segment: int
    stem: int
    forms: tuple[int, ...] | None = None
    every: int = 0


class Term:
    """The occurrences of a leaf.

    Args:
        columns: of the generation.
        choices: the words it stands for, by segment.
        fields: narrows them to some of `ranking.FIELDS`; empty for any.
        forms: how many written forms a star or misspelling is searched by.
        held: how many it stands for.
    """

    def __init__(
        self,
        columns: Columns,
        choices: tuple[Choice, ...],
        fields: tuple[str, ...] = (),
        forms: int = 0,
        held: int = 0,
    ) -> None:
        self.forms = forms
        self.held = held
        self._columns = columns
        self._choices = choices
        self._fields = tuple(ranking.FIELDS.index(name) for name in fields)
        self._readers: dict[Choice, tuple[PostingList, PlaceReader]] = {}
        self._bounds: dict[float, Docs] = {}

    @property
    def docs(self) -> Docs:
        """The stories where it occurs, deleted ones left out."""
        return self.listed.docs

    @property
    def size(self) -> int:
        """The memory that it takes or will take, in postings of 5 bytes."""
        return int(self.docs.size) + (self._columns.count // 5 if self.is_dense else 0)

    @property
    def frequencies(self) -> Array:
        """How often in each field, u4[story of `docs`, field]."""
        return self.listed.frequencies()

    @cached_property
    def weight(self) -> float:
        """Its inverse document frequency."""
        return ranking.inverse_document_frequency(self._columns.live_count, self.docs.size)

    @cached_property
    def escaped_docs(self) -> Docs:
        """The stories whose frequencies have no code, ascending."""
        escaped: Docs = self.listed.docs[self.listed.escaped]
        return escaped

    @cached_property
    def is_dense(self) -> bool:
        """Whether it is in so many stories that its codes are worth having by story."""
        return bool(self.docs.size * _DENSE >= self._columns.count)

    @cached_property
    def by_story(self) -> Array:
        """Its frequency codes by story of the archive, 0 where it is not, u1[stories]."""
        codes = np.zeros(self._columns.count, np.uint8)
        write(self.docs, self.listed.codes, codes)
        return codes

    def bounds(self, unit: float, most_by_code: npt.NDArray[np.float64]) -> Docs:
        """Return the most that it can earn by size and code (`earning.most_by_code`), in units and rounded up, u4."""
        table = self._bounds.get(unit)
        if table is None:
            table = (most_by_code * (self.weight / unit)).astype(np.uint32) + np.uint32(1)
            if len(self._bounds) >= _UNITS:
                self._bounds = {}
            self._bounds[unit] = table
        return table

    @cached_property
    def listed(self) -> PostingList:
        """Its posting list, deleted stories left out."""
        found = _in_one([self._counted(choice) for choice in self._choices], self._columns.count)
        if self._fields:
            found = _in_fields(found, self._fields)
        if self._columns.live is not None and found.docs.size:
            found = _live(found, self._columns.live)
        return found

    @cached_property
    def readers(self) -> dict[int, Reader] | None:
        """How its places are read in each segment; None where it is several words in one, or narrowed to fields."""
        segments = [choice.segment for choice in self._choices]
        if self._fields or len(set(segments)) < len(segments):
            return None
        return {choice.segment: self._reader(choice)[1].of(self._wanted(choice)) for choice in self._choices}

    def ranks(self, segment: int) -> Ranks:
        """Return which of its postings in a segment that it has a reader for a story is (`index.embedded.rank`)."""
        return next(self._reader(choice)[1].ranks for choice in self._choices if choice.segment == segment)

    def spans(self, among: Docs | None = None) -> Spans:
        """Return where it occurs, in all its stories or only in those `among` these."""
        found = together([self._spans(choice, among) for choice in self._choices])
        if not self._fields or not found.docs.size:
            return found
        return found.where(np.isin(field_of(self._columns, found), self._fields))

    def _counted(self, choice: Choice) -> PostingList:
        if choice.forms is None:
            return self._whole(choice)
        segment = self._columns.segments[choice.segment]
        return segment.narrowed(choice.stem, self._whole(choice), self._wanted(choice))

    def _whole(self, choice: Choice) -> PostingList:
        columns = self._columns
        return columns.segments[choice.segment].listed(choice.stem, int(columns.bases[choice.segment]))

    def _wanted(self, choice: Choice) -> Mask:
        if choice.forms is None:
            return _ALL
        wanted = np.zeros(choice.every, np.bool_)
        wanted[list(choice.forms)] = True
        return wanted

    def _reader(self, choice: Choice) -> tuple[PostingList, PlaceReader]:
        found = self._readers.get(choice)
        if found is None:
            plain = len(self._choices) == 1 and choice.forms is None and not self._fields and self._columns.live is None
            listed = self.listed if plain else self._whole(choice)
            reader = self._columns.segments[choice.segment].reader(choice.stem, listed, self._columns.lengths)
            found = self._readers[choice] = listed, reader
        return found

    def _spans(self, choice: Choice, among: Docs | None) -> Spans:
        live = self._columns.live
        listed, reader = self._reader(choice)
        chosen: Docs | None = None
        if among is not None:
            chosen = find(among, listed.docs)[1]
        elif live is not None:
            chosen = np.flatnonzero(live[listed.docs]).astype(np.uint32)
        docs, positions = reader.places(chosen, self._wanted(choice))
        return Spans(docs, positions, positions) if docs.size else NOWHERE


class Terms:
    """The terms that were asked for last, decoded; shared by threads.

    Args:
        most: postings to keep, some 5 bytes each, and 4 more where places were read.
    """

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[tree.Leaf, Term] = OrderedDict()
        self._postings = 0
        self._lock = Lock()
        #: How many terms were let go of so far: whoever holds on to terms looks whether it should.
        self.let_go = 0

    def get(self, leaf: tree.Leaf) -> Term | None:
        """Return the term of a leaf where it is at hand."""
        with self._lock:
            term = self._kept.get(leaf)
            if term is not None:
                self._kept.move_to_end(leaf)
            return term

    def keep(self, leaf: tree.Leaf, term: Term) -> None:
        """Keep a term, and let go of those asked for longest ago."""
        size = term.size
        with self._lock:
            if size * 4 > self._most or leaf in self._kept:
                return
            self._kept[leaf] = term
            self._postings += size
            while self._postings > self._most:
                self._postings -= self._kept.popitem(last=False)[1].size
                self.let_go += 1


def field_of(columns: Columns, spans: Spans) -> npt.NDArray[np.intp]:
    """Return the field (index into `ranking.FIELDS`) in which each place begins."""
    headline, lead = columns.lengths[spans.docs, 0].astype(np.intp), columns.lengths[spans.docs, 1].astype(np.intp)
    in_headline = spans.starts < headline
    in_lead = spans.starts < headline + HEADLINE_GAP + lead
    return np.where(in_headline, 0, np.where(in_lead, 1, 2))


@compiled(U32, U8, W32)
def _add(docs: Array, codes: Array, sums: Array) -> None:
    """Add the frequencies of postings to the packed sums of their stories: headline, lead and body in 8, 8, 16 bits."""
    for i in range(docs.size):
        code = np.int64(codes[i])
        sums[docs[i]] += np.uint32((code // 84 << 24) + (code // 21 % 4 << 16) + code % 21)


@compiled(U32, W32, W8, W32)
def _drain(docs: Array, sums: Array, codes: Array, packed: Array) -> None:
    """Write code and packed sum of each of `docs`, and clear their sums."""
    for i in range(docs.size):
        sum = np.int64(sums[docs[i]])
        sums[docs[i]] = 0
        packed[i] = sum
        headline, lead, body = sum >> 24, sum >> 16 & 255, sum & 65_535
        fits = headline <= 2 and lead <= 3 and body <= 20
        codes[i] = headline * 84 + lead * 21 + body if fits else 255


@compiled(U32, W32)
def _sweep(sums: Array, out: Array) -> int:
    """Write the stories whose sums are not 0; return how many there are; `out` has room for one more."""
    found = 0
    for doc in range(sums.size):
        out[found] = doc
        found += sums[doc] != 0
    return found


def _in_one(lists: Sequence[PostingList], count: int) -> PostingList:
    """Return the stories of several lists, each once, with their frequencies summed; `count` stories there are."""
    lists = [one for one in lists if one.docs.size]
    if not lists:
        return _NOTHING
    if len(lists) == 1:
        return lists[0]
    if all(a.docs[-1] < b.docs[0] for a, b in pairwise(lists)):
        return _end_to_end(lists)
    total = sum(one.docs.size for one in lists)
    if len(lists) > _PACKED or any(one.escaped.size for one in lists):
        every = np.concatenate([one.docs for one in lists])
        frequencies = np.concatenate([one.frequencies() for one in lists])
        order = np.argsort(every, kind="stable")
        begins = np.flatnonzero(np.concatenate(([True], np.diff(every[order]) != 0)))
        return coded(every[order][begins], np.add.reduceat(frequencies[order], begins, axis=0))
    sums = np.zeros(count, np.uint32)
    for one in lists:
        _add(one.docs, one.codes, sums)
    if total * 16 < count:
        docs = distinct(np.sort(np.concatenate([one.docs for one in lists])))
    else:
        out = np.empty(min(total, count) + 1, np.uint32)
        docs = out[: _sweep(sums, out)]
    codes, packed = np.empty(docs.size, np.uint8), np.empty(docs.size, np.uint32)
    _drain(docs, sums, codes, packed)
    escaped = np.flatnonzero(codes == coding.ESCAPED)
    rows = packed[escaped]
    return PostingList(docs, codes, escaped, np.stack((rows >> 24, rows >> 16 & 255, rows & 65_535), axis=1))


def _end_to_end(lists: Sequence[PostingList]) -> PostingList:
    begins = np.cumsum([0, *(one.docs.size for one in lists[:-1])]).tolist()
    return PostingList(
        np.concatenate([one.docs for one in lists]),
        np.concatenate([one.codes for one in lists]),
        np.concatenate([one.escaped + begin for one, begin in zip(lists, begins, strict=True)]),
        np.concatenate([one.escaped_frequencies for one in lists]),
    )


def _in_fields(listed: PostingList, fields: tuple[int, ...]) -> PostingList:
    """Return what of a list stands in some fields."""
    if listed.escaped.size:
        frequencies = listed.frequencies()
        frequencies[:, [field for field in range(len(ranking.FIELDS)) if field not in fields]] = 0
        there = np.flatnonzero(frequencies.any(axis=1))
        return coded(listed.docs[there], frequencies[there])
    kept = coding.FREQUENCIES.copy()
    kept[:, [field for field in range(len(ranking.FIELDS)) if field not in fields]] = 0
    codes = coding.to_frequency_codes(kept).take(listed.codes)
    there = np.flatnonzero(codes)
    return PostingList(listed.docs[there], codes[there], listed.escaped, listed.escaped_frequencies)


def _live(listed: PostingList, live: Mask) -> PostingList:
    """Return a list without the stories that are gone."""
    docs, codes = np.empty(listed.docs.size + 1, np.uint32), np.empty(listed.docs.size + 1, np.uint8)
    kept = decoding.only_live(listed.docs, listed.codes, live, docs, codes)
    if kept == listed.docs.size:
        return listed
    still = live[listed.docs[listed.escaped]] if listed.escaped.size else np.empty(0, np.bool_)
    escaped = np.flatnonzero(codes[:kept] == coding.ESCAPED)
    return PostingList(docs[:kept], codes[:kept], escaped, np.ascontiguousarray(listed.escaped_frequencies[still]))
