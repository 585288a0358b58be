"""The plain judge: what every engine must answer, written for reading and not for speed.

Lists of `index.Story` and loops over them; no arrays, no index, no cleverness. The one idea: each rule of a results
page stands here once in its simplest form, so that a fast path can be held against it and a dispute settled by reading.

How a tree scores, in words:

* A *leaf* (Word, Exact, Pattern, Fuzzy) is one term: its frequency in a field is the number of words there that it
  stands for, and it is contained in the stories where it occurs at all; with that, BM25F of `index.ranking`.
* Phrase, Near, First, AtLeast and Together earn what their leaves earn, in stories where they match as a whole; a
  phrase's leaves are narrowed to the phrase's fields.
* And and Or earn the sum of what their parts earn; everything else earns nothing.
* Each pair of leaves that follow one another in the tree (and differ), and that both earn in a story, earns the
  proximity bonus by the smallest distance of their occurrences; 0 counts as 1.
* The sum is multiplied by the recency factor and rounded to a millionth, so that equal stories tie in every engine.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from index import ranking
from index.analysis import HEADLINE_GAP, Analyzer, Term
from index.article import Story, fold
from index.dates import period
from index.enrich.cities import division, lies_in
from search.embedded.allowance import MOST_NEAR_WORDS
from search.passages import beginnings
from search.query import tree
from search.request import FACETS, PAGE_FACETS, Granularity, Request, filter_of, level
from tests.bars import bars_of, fitting_granularity

Span = tuple[int, int]
#: Key, label, count, whether it is chosen, and the key of what it lies in.
Valued = tuple[str, str, int, bool, str | None]
ANALYZER = Analyzer()
FEW = 10
LEVELS = ("city", "region", "country")


@dataclass(frozen=True)
class Bar:
    start: date
    end: date
    count: int
    held: int
    coarser: bool


@dataclass(frozen=True)
class Answer:
    """What `search.page.Page` says, as plain values."""

    total: int
    folded: int
    ids: tuple[str, ...]
    scores: tuple[float, ...]
    copies: tuple[int, ...]
    facets: dict[str, tuple[Valued, ...]]
    total_values: dict[str, int]
    granularity: Granularity
    bars: tuple[Bar, ...]
    undated: int
    imprecise: int
    of_sources: bool
    partial_total: int
    partial_ids: tuple[str, ...]


class Read:
    """One story, read: its words with their positions, its dates and its values."""

    def __init__(self, story: Story) -> None:
        article = story.article
        self.story = story
        self.id = article.id
        headline = ANALYZER.terms(article.headline)
        body = ANALYZER.terms(article.body)
        first_paragraph = len(ANALYZER.terms(article.body.split("\n\n", 1)[0]))
        lead = min(first_paragraph, ranking.LEAD_WORDS)
        self.lengths = (len(headline), lead, len(body) - lead)
        self.body_start = len(headline) + HEADLINE_GAP
        self.words: dict[int, Term] = dict(enumerate(headline))
        self.words |= {self.body_start + place: term for place, term in enumerate(body)}
        self.period = period(article.published)
        self.values: dict[str, dict[str, str]] = {
            "city": {city.key: city.label for city in article.facet_cities},
            "section": {article.section: article.section} if article.section else {},
            "source": {article.source: article.source} if article.source else {},
            "byline": {name: name for name in article.bylines},
            "mentions": {city.key: city.label for city in article.cities},
            "type": {article.type: article.type} if article.type else {},
            "region": {},
            "country": {},
        }
        #: What each place of the story lies in, a city's region before its country.
        self.inside: dict[str, tuple[str, ...]] = {}
        for city in article.cities:
            keys = tuple(key for key in lies_in(city.key, city.label) if key is not None)
            self.inside[city.key] = keys
            for key in keys if city.key in self.values["city"] else ():
                found = division(key)
                assert found is not None
                self.values[level(key)][key] = found.label
                self.inside[key] = (found.parent,) if found.parent else ()

    def said(self, name: str) -> set[str]:
        """The values that a filter may ask for: of places all three levels."""
        levels = LEVELS if name == "city" else (name,)
        return {key for part in levels for key in self.values[part]}

    def field(self, position: int) -> str:
        if position < self.lengths[0]:
            return "headline"
        return "lead" if position < self.body_start + self.lengths[1] else "body"


class Reference:
    """A whole archive, held in memory."""

    def __init__(self, stories: Iterable[Story], averages: ranking.Averages) -> None:
        self.reads = sorted((Read(story) for story in stories), key=lambda read: read.story.first_arrival)
        self.averages = averages

    @cached_property
    def newest_day(self) -> date | None:
        return max((read.period.first for read in self.reads if read.period), default=None)

    # --- matches ------------------------------------------------------------------------------------------------

    def matches(self, node: tree.Node, read: Read) -> bool:
        match node:
            case tree.Word() | tree.Exact() | tree.Pattern() | tree.Fuzzy() | tree.Phrase() | tree.Near():
                return bool(self.occurrences(node, read))
            case tree.First(inner, words):
                start = read.body_start
                return any(start <= a and b < start + words for a, b in self.occurrences(inner, read))
            case tree.AtLeast(inner, times):
                return len(self.occurrences(inner, read)) >= times
            case tree.Together(parts, unit):
                begins = [read.body_start + begin for begin in beginnings(read.story.article.body, unit)]
                ends = [begin - 1 for begin in begins[1:]] + [10**9]
                return any(
                    all(any(begin <= a and b <= end for a, b in self.occurrences(part, read)) for part in parts)
                    for begin, end in zip(begins, ends, strict=True)
                )
            case tree.And(parts):
                return all(self.matches(part, read) for part in parts)
            case tree.Or(parts):
                return any(self.matches(part, read) for part in parts)
            case tree.Not(part):
                return not self.matches(part, read)
            case tree.Value(facet, keys):
                return any(_has(read, facet, key, value) for key in keys for value in read.values[facet])
            case tree.Dated(since, until):
                return read.period is not None and _within(read, since, until)
            case tree.Id(id):
                return read.id == id
            case tree.Everything():
                return True
            case tree.Nothing():
                return False

    def occurrences(self, node: tree.Node, read: Read) -> set[Span]:
        """First and last position of each place where a spanning node occurs."""
        match node:
            case tree.Word() | tree.Exact() | tree.Pattern() | tree.Fuzzy():
                return {
                    (position, position)
                    for position, term in read.words.items()
                    if _stands_for(node, term) and (not node.fields or read.field(position) in node.fields)
                }
            case tree.Or(parts):
                return set().union(*(self.occurrences(part, read) for part in parts))
            case tree.Phrase(parts, fields):
                leaves = [{start for start, _ in self.occurrences(part, read)} for part in parts]
                starts = {
                    start
                    for start in read.words
                    if all(start + place in leaf for place, leaf in enumerate(leaves))
                    and (not fields or read.field(start) in fields)
                }
                return {(start, start + len(parts) - 1) for start in starts}
            case tree.Near(left, right, distance, ordered, fields):
                found = set()
                for a, b in self.occurrences(left, read):
                    after = [(c - b, 0, c, d) for c, d in self.occurrences(right, read) if c > b]
                    before = [(a - d, 1, c, d) for c, d in self.occurrences(right, read) if d < a]
                    nearest = min(after if ordered else after + before, default=None)
                    if nearest is None or nearest[0] > distance:
                        continue
                    span = (min(a, nearest[2]), max(b, nearest[3]))
                    if not fields or read.field(span[0]) in fields:
                        found.add(span)
                return found
            case _:
                raise TypeError(node)

    # --- scores -------------------------------------------------------------------------------------------------

    def containing(self, leaf: tree.Leaf) -> int:
        return sum(bool(self.occurrences(leaf, read)) for read in self.reads)

    def weight(self, leaf: tree.Leaf) -> float:
        return ranking.inverse_document_frequency(len(self.reads), self.containing(leaf))

    def earning(self, node: tree.Node, read: Read) -> Iterator[tuple[int, tree.Leaf]]:
        """The leaves that earn in a story, each with its place among all scoring leaves of the tree."""
        for place, (leaf, whole) in enumerate(_scoring(node, ())):
            if self.occurrences(leaf, read) and all(self.matches(outer, read) for outer in whole):
                yield place, leaf

    def score(self, node: tree.Node, read: Read, recency: float = 0.0) -> float:
        total = 0.0
        before: tuple[int, tree.Leaf] | None = None
        for place, leaf in self.earning(node, read):
            frequency = 0.0
            for number, name in enumerate(ranking.FIELDS):
                count = sum(read.field(start) == name for start, _ in self.occurrences(leaf, read))
                norm = ranking.length_norm(number, read.lengths[number], self.averages.in_order()[number])  # type: ignore[arg-type]
                frequency += ranking.FIELD_WEIGHTS[number] * count / float(norm)
            total += self.weight(leaf) * frequency * (ranking.K1 + 1.0) / (frequency + ranking.K1)
            follows = before is not None and before[0] == place - 1 and untyped(before[1]) != untyped(leaf)
            if before is not None and follows and sum(1 for _ in _scoring(node, ())) <= MOST_NEAR_WORDS:
                near = min(
                    abs(a - b) for a, _ in self.occurrences(before[1], read) for b, _ in self.occurrences(leaf, read)
                )
                if near <= ranking.PROXIMITY_WINDOW:
                    commoner = min(self.weight(before[1]), self.weight(leaf))
                    total += ranking.PROXIMITY * commoner / max(near, 1)
            before = (place, leaf)
        if recency:
            age = math.inf
            if read.period is not None and self.newest_day is not None:
                age = (self.newest_day - read.period.first).days
            total *= (1.0 + recency * 2.0 ** (-age / ranking.RECENCY_HALF_LIFE)) / (1.0 + recency)
        return round(total, 6)

    # --- the page -----------------------------------------------------------------------------------------------

    def matching(self, request: Request, node: tree.Node, without: str = "") -> list[Read]:
        """Stories under every filter, those of the facet `without` left out; copies not folded."""
        return [
            read
            for read in self.reads
            if self.matches(node, read)
            and _dates_allow(read, request)
            and (request.arrived_by is None or read.story.first_arrival <= request.arrived_by)
            and not any(read.said(name) & set(keys) for name, keys in request.exclude.items())
            and all(
                read.said(name) & set(request.selected(name))
                for name in FACETS
                if name != filter_of(without) and request.selected(name)
            )
        ]

    def answer(self, request: Request, node: tree.Node) -> Answer:
        every = self.matching(request, node)
        shown = _fold_copies(every) if request.copies == "fold" else every
        scores = {read.id: self.score(node, read, request.recency) for read in shown}
        ordered = sorted(shown, key=lambda read: _order(request, read, scores[read.id]))
        hits = ordered[request.offset : request.offset + request.limit]
        scored = request.sort == "relevance"
        facets = {name: self.facet(request, node, name) for name in PAGE_FACETS}
        granularity, bars, undated, imprecise = self.timeline(request, node, shown)
        partial = self.partial(request, node, len(shown))
        return Answer(
            total=len(shown),
            folded=len(every) - len(shown),
            ids=tuple(read.id for read in hits),
            scores=tuple(scores[read.id] if scored else 0.0 for read in hits),
            copies=tuple(self.family_size(read) - 1 for read in hits),
            facets={name: _cut(values, request.facet_limit) for name, values in facets.items()},
            total_values={name: len(values) for name, values in facets.items()},
            granularity=granularity,
            bars=bars,
            undated=undated,
            imprecise=imprecise,
            of_sources=bool(request.sources or asked_sources(node)),
            partial_total=len(partial),
            partial_ids=tuple(read.id for read in partial[:FEW]),
        )

    def family_size(self, read: Read) -> int:
        return sum(other.story.family == read.story.family for other in self.reads)

    def facet(self, request: Request, node: tree.Node, name: str) -> tuple[Valued, ...]:
        """Every value with its count under all filters but its own, in the order of the page."""
        stories = self.matching(request, node, without=name)
        labels = {key: label for read in self.reads for key, label in read.values[name].items()}
        counts: dict[str, int] = {}
        for key in labels:
            having = [read for read in stories if key in read.values[name]]
            counts[key] = len(_fold_copies(having) if request.copies == "fold" else having)
        chosen = set(request.selected(filter_of(name)))
        if filter_of(name) == "city":
            chosen = {key for key in chosen if level(key) == name}
        listed = {key for key, count in counts.items() if count} | chosen
        inside = {key: keys for read in self.reads for key, keys in read.inside.items()} if name in LEVELS else {}
        values = [
            (key, labels.get(key, key), counts.get(key, 0), key in chosen, next(iter(inside.get(key, ())), None))
            for key in listed
        ]
        return tuple(sorted(values, key=lambda value: (not value[3], -value[2], value[1], value[0])))

    def timeline(
        self, request: Request, node: tree.Node, shown: list[Read]
    ) -> tuple[Granularity, tuple[Bar, ...], int, int]:
        dated = [read for read in shown if read.period]
        undated = len(shown) - len(dated)
        since, until = asked_days(request, node)
        first = since or min((read.period.first for read in dated if read.period), default=None)
        last = until or max((read.period.last for read in dated if read.period), default=None)
        if first is None or last is None or first > last:
            return request.granularity or "year", (), undated, 0
        granularity = fitting_granularity(request.granularity, first, last)
        bars = []
        asked = [read for read in self.reads if self.is_of_sources(read, request, node)]
        for start, end in bars_of(granularity, first, last):
            count = sum(_lies(read, start, end) for read in shown)
            held = [read for read in asked if _lies(read, start, end)]
            many = len(_fold_copies(held) if request.copies == "fold" else held)
            bars.append(Bar(start, end, count, many, any(_may_lie(read, start, end) for read in asked)))
        return granularity, tuple(bars), undated, len(dated) - sum(bar.count for bar in bars)

    def is_of_sources(self, read: Read, request: Request, node: tree.Node) -> bool:
        """Whether a story is of the sources that the filter and the words of a query ask for."""
        chosen = not request.sources or bool(read.said("source") & set(request.sources))
        return chosen and all(self.matches(part, read) for part in asked_sources(node))

    def partial(self, request: Request, node: tree.Node, total: int) -> list[Read]:
        """Stories with enough words of a plain query, under all else of it; only where few match fully."""
        if total >= FEW or request.offset or not isinstance(node, tree.And):
            return []
        words = tuple(part for part in node.parts if isinstance(part, tree.Leaf | tree.Phrase))
        rest = [part for part in node.parts if part not in words]
        asked = sum(any(self.matches(word, read) for read in self.reads) for word in words)
        plain = all(isinstance(part, tree.Value | tree.Dated | tree.Id | tree.Not) for part in rest)
        if len(words) < 2 or not asked or not plain:
            return []

        def held(read: Read) -> int:
            return sum(self.matches(word, read) for word in words)

        enough = max(asked // 3, 2) if ranking.is_sentence(asked) else -(-asked // 2)
        full = {read.id for read in self.matching(request, node)}
        most = [
            read
            for read in self.matching(request, tree.Or(words))
            if read.id not in full and held(read) >= enough and all(self.matches(part, read) for part in rest)
        ]
        shown = _fold_copies(most) if request.copies == "fold" else most
        by_score = replace(request, sort="relevance")
        score = {read.id: self.score(tree.Or(words), read, request.recency) for read in shown}
        most_first = not ranking.is_sentence(asked)
        return sorted(shown, key=lambda read: (-held(read) * most_first, *_order(by_score, read, score[read.id])))


def untyped(leaf: tree.Leaf) -> tree.Leaf:
    """Without the reader's spelling: leaves that differ in nothing else are the same word."""
    return replace(leaf, typed="") if isinstance(leaf, tree.Word | tree.Exact) else leaf


def asked_days(request: Request, node: tree.Node) -> tuple[date | None, date | None]:
    """The days that the filter and the words of a query ask for, where an end is not open."""
    asked = [(part.since, part.until) for part in getattr(node, "parts", [node]) if isinstance(part, tree.Dated)]
    asked = asked if isinstance(node, tree.And | tree.Dated) else []
    asked += [] if request.undated else [(request.since, request.until)]
    return max((a for a, _ in asked if a), default=None), min((b for _, b in asked if b), default=None)


def asked_sources(node: tree.Node) -> list[tree.Value]:
    parts = node.parts if isinstance(node, tree.And) else (node,)
    return [part for part in parts if isinstance(part, tree.Value) and part.facet == "source"]


def edits(a: str, b: str) -> int:
    """Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b` (optimal string alignment)."""
    table = [[max(i, j) for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a[i - 1] != b[j - 1]))
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[len(a)][len(b)]


def _stands_for(leaf: tree.Leaf, term: Term) -> bool:
    match leaf:
        case tree.Word(stem):
            return term.stem == stem
        case tree.Exact(form, _, cased):
            return term.form == form if cased else term.folded == form.casefold()
        case tree.Pattern(pattern):
            parts = (".*" if c == "*" else "." if c == "?" else re.escape(c) for c in pattern)
            return re.fullmatch("".join(parts), term.folded, re.DOTALL) is not None
        case tree.Fuzzy(form, distance):
            return edits(form.casefold(), term.folded) <= distance


def _scoring(node: tree.Node, whole: tuple[tree.Node, ...]) -> Iterator[tuple[tree.Leaf, tuple[tree.Node, ...]]]:
    """The leaves that may earn, in the order of the tree, each with the nodes around it that must match."""
    match node:
        case tree.Word() | tree.Exact() | tree.Pattern() | tree.Fuzzy():
            yield node, whole
        case tree.Phrase(parts, fields):
            for leaf in parts:
                yield from _scoring(replace(leaf, fields=fields) if fields else leaf, (*whole, node))
        case tree.And(parts):
            for part in parts:
                yield from _scoring(part, (*whole, node))
        case tree.Or(parts):
            for part in parts:
                yield from _scoring(part, whole)
        case tree.Near(left, right):
            yield from _scoring(left, (*whole, node))
            yield from _scoring(right, (*whole, node))
        case tree.First(inner, _) | tree.AtLeast(inner, _):
            yield from _scoring(inner, (*whole, node))
        case tree.Together(parts):
            for part in parts:
                yield from _scoring(part, (*whole, node))
        case _:
            return


def _has(read: Read, facet: str, key: str, value: str) -> bool:
    if facet in ("city", "mentions"):
        return key == value or key in read.inside[value]
    if facet == "byline":
        return f"-{fold(key)}-" in f"-{fold(value)}-"
    return fold(key) == fold(value)


def _within(read: Read, since: date | None, until: date | None) -> bool:
    assert read.period is not None
    return (since is None or since <= read.period.first) and (until is None or read.period.last <= until)


def _dates_allow(read: Read, request: Request) -> bool:
    if request.undated is True:
        return read.period is None
    if read.period is None:
        return request.undated is None and request.since is None and request.until is None
    return _within(read, request.since, request.until)


def _lies(read: Read, start: date, end: date) -> bool:
    return read.period is not None and start <= read.period.first and read.period.last <= end


def _may_lie(read: Read, start: date, end: date) -> bool:
    """Whether a story's date is longer than a bar and reaches over it."""
    if read.period is None or _lies(read, start, end):
        return False
    return read.period.first <= end and start <= read.period.last


def _fold_copies(reads: list[Read]) -> list[Read]:
    """One story a family: its lead where that is among them, else the earliest."""
    chosen: dict[int, Read] = {}
    for read in reads:
        family = read.story.family
        is_lead = read.story.first_arrival == family
        if family not in chosen or is_lead:
            chosen[family] = read
    return [read for read in reads if chosen[read.story.family] is read]


def _order(request: Request, read: Read, score: float) -> tuple[float, ...]:
    arrival = read.story.first_arrival
    if request.sort == "relevance":
        return (-score, arrival)
    if request.sort == "arrived":
        return (-arrival,)
    if read.period is None:
        return (1, -arrival if request.sort == "newest" else arrival)
    moment = read.period.first.toordinal() * 86_400 + read.period.second
    return (0, -moment, -arrival) if request.sort == "newest" else (0, moment, arrival)


def _cut(values: tuple[Valued, ...], limit: int) -> tuple[Valued, ...]:
    """The selected values and, where `limit` is not 0, no more than that many others."""
    chosen = tuple(value for value in values if value[3])
    others = tuple(value for value in values if not value[3])
    return chosen + (others[:limit] if limit else others)
