"""Which stories a tree matches, and where: one method for stories, one for places.

No scores and no filters of the request here. The one idea: every node is asked for its matches *among* the stories that
are still possible, so that the costly kinds (phrases, nearness) read positions of few stories.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from time import thread_time

import numpy as np

from index import ranking
from index.analysis import HEADLINE_GAP
from index.article import fold
from index.compiled import I32, INT, U32, WMASK, compiled
from index.embedded import UNDATED
from search.embedded import pairs
from search.embedded.bars import days_of
from search.embedded.columns import Columns, has_words
from search.embedded.sets import (
    EMPTY,
    NOWHERE,
    Array,
    Docs,
    Mask,
    Spans,
    contained,
    continued,
    difference,
    intersection,
    near,
    together,
    union,
)
from search.embedded.terms import Term, Terms, field_of
from search.embedded.vocabulary import choices
from search.page import Diagnostic
from search.passages import beginnings
from search.query import tree

_NO_TYPES = Diagnostic(
    "no-types", "No story here says what type of story it is, so “type:” finds none of them.", severity="warning"
)

#: Seconds of processor time that looking for one question's words and places may take.
MOST_SECONDS = 3.0

#: Stories whose texts are read for one `/same/` or `/sentence/`.
MOST_READ = 2_000


class TooCostly(TimeoutError):  # noqa: N818  # the house names errors by what happened
    """A question has taken its time; what was found by then is no answer."""

    said = Diagnostic(
        "too-costly",
        f"This asks for so much that it was stopped after {MOST_SECONDS:.0f} seconds, and nothing is shown. "
        "Fewer words, more letters before a star, or nearness between fewer words would be answered.",
        severity="warning",
    )


class Matching:
    """The matches of one query's nodes in one generation.

    Used by one thread, for one question.

    Args:
        columns: of the generation.
        kept: terms of the same generation that were decoded before.
        until: when the question has had its time, in the thread's processor time; `MOST_SECONDS` from now where None.
    """

    def __init__(self, columns: Columns, kept: Terms | None = None, until: float | None = None) -> None:
        self.columns = columns
        self.kept = kept or Terms()
        #: What is to be said about the words that were looked up.
        self.said: list[Diagnostic] = []
        self._until = thread_time() + MOST_SECONDS if until is None else until
        self._terms: dict[tree.Leaf, Term] = {}
        self._placed: dict[tree.Node, Docs] = {}
        self._judged: tuple[Docs, dict[tree.Node, Mask]] = EMPTY, {}

    def term(self, leaf: tree.Leaf) -> Term:
        """Return the occurrences of a leaf."""
        leaf = untyped(leaf)
        term = self._terms.get(leaf) or self.kept.get(leaf)
        if term is None:
            self._in_time()
            chosen, said = choices(self.columns, leaf)
            term = Term(self.columns, chosen, leaf.fields)
            if said:
                self.said.append(said)
            else:
                self.kept.keep(leaf, term)
        self._terms[leaf] = term
        return term

    def docs(self, node: tree.Node, among: Docs | None = None) -> Docs:
        """Return the stories that `node` matches, among all that are there or among the given ones."""
        columns = self.columns
        match node:
            case tree.Word() | tree.Exact() | tree.Pattern() | tree.Fuzzy():
                docs = self.term(node).docs
                return docs if among is None else intersection(docs, among)
            case tree.Phrase() | tree.Near() | tree.First() | tree.AtLeast():
                if among is None:
                    self._placed[node] = self._by_places(node, None)
                    return self._placed[node]
                return self._by_places(node, among)
            case tree.And(parts):
                for part in sorted(parts, key=self._cost):
                    among = self.docs(part, among)
                    if not among.size:
                        return EMPTY
                return columns.docs if among is None else among
            case tree.Or(parts):
                return union([self.docs(part, among) for part in parts], columns.scratch.cells)
            case tree.Not(part):
                possible = columns.docs if among is None else among
                return difference(possible, self.docs(part, possible))
            case tree.Value(facet, keys):
                return self._with_value(facet, keys, among)
            case tree.Dated(since, until):
                possible = columns.docs if among is None else among
                return possible[within(columns, possible, since, until)]
            case tree.Id(id):
                doc = columns.find(id)
                docs = EMPTY if doc < 0 else np.array([doc], dtype=np.uint32)
                return docs if among is None else intersection(docs, among)
            case tree.Everything():
                return columns.docs if among is None else among
            case tree.Nothing():
                return EMPTY
            case tree.Together(parts, unit):
                return self._together(parts, unit, among)

    def among(self, node: tree.Node, docs: Docs) -> Mask:
        """Say which of `docs` the node matches; asked again of the same array, it is not found out again."""
        if self._judged[0] is not docs:
            self._judged = docs, {}
        masks = self._judged[1]
        if node not in masks:
            found = self._placed.get(node)
            masks[node] = contained(docs, self.docs(node, docs) if found is None else found)
        return masks[node]

    def _by_places(self, node: tree.Phrase | tree.Near | tree.First | tree.AtLeast, among: Docs | None) -> Docs:
        """Return the stories that match by where words stand in them."""
        self._in_time()
        match node:
            case tree.Near(left, right, distance, ordered, ()) if isinstance(left, tree.Leaf) and isinstance(
                right, tree.Leaf
            ):
                found = pairs.near(self.columns, self.term(left), self.term(right), distance, among, in_order=ordered)
                return self.spans(node, among).stories if found is None else found
            case tree.Phrase() | tree.Near():
                return self.spans(node, among).stories
            case tree.First(inner, words):
                return self._first(inner, words, among)
            case tree.AtLeast(inner, times):
                spans = self.spans(inner, among)
                stories, places = np.unique(spans.docs, return_counts=True)
                return stories[places >= times]

    def _in_time(self) -> None:
        """Raise `TooCostly` where the question has had its time."""
        if thread_time() > self._until:
            raise TooCostly

    def spans(self, node: tree.Node, among: Docs | None = None) -> Spans:
        """Return the places where a spanning node occurs, in all stories or among the given ones."""
        self._in_time()
        match node:
            case tree.Word() | tree.Exact() | tree.Pattern() | tree.Fuzzy():
                return self.term(node).spans(among)
            case tree.Or(parts):
                return together([self.spans(part, among) for part in parts])
            case tree.Phrase(parts, fields):
                return self._in_fields(self._phrase(parts, among), fields)
            case tree.Near(left, right, distance, ordered, fields):
                found = near(*self._sides(left, right, among), distance, in_order=ordered)
                return self._in_fields(found, fields)
            case _:
                raise TypeError(f"{type(node).__name__} has no places in a text")

    def _phrase(self, parts: tuple[tree.Leaf, ...], among: Docs | None) -> Spans:
        """Return where the words stand one after the other: the two rarest first, the others only where these do."""
        if len(parts) > 2:
            among = self._with_all(parts, among)
        order = sorted(range(len(parts)), key=lambda place: self.term(parts[place]).docs.size)
        if len(parts) == 1:
            return self.spans(parts[0], among)
        first, second, *rest = order
        one, other = self.term(parts[first]), self.term(parts[second])
        found = pairs.following(self.columns, one, other, second - first, among)
        if found is None:
            among = self._with_all((parts[first], parts[second]), among)
            found, first = continued(one.spans(among), first, other.spans(among), second), 0
        for place in rest:
            if not found.docs.size:
                return NOWHERE
            found, first = continued(found, first, self.term(parts[place]).spans(found.stories), place), 0
        starts = found.starts - np.uint32(first)
        return Spans(found.docs, starts, starts + np.uint32(len(parts) - 1))

    def _sides(self, left: tree.Spanning, right: tree.Spanning, among: Docs | None) -> tuple[Spans, Spans]:
        """Return where both sides occur in the stories that may have both; a side of several words is read once."""
        for side in (left, right):
            if isinstance(side, tree.Leaf):
                among = self.docs(side, among)
        if isinstance(left, tree.Leaf):
            other = self.spans(right, among)
            return self.spans(left, other.stories), other
        one = self.spans(left, among)
        return one, self.spans(right, one.stories)

    def _with_all(self, parts: tuple[tree.Spanning, ...], among: Docs | None) -> Docs:
        """Return the stories in which each of several spanning nodes may occur."""
        for part in sorted(parts, key=self._cost):
            among = self.docs(part, among)
        return EMPTY if among is None else among

    def _in_fields(self, spans: Spans, fields: tuple[str, ...]) -> Spans:
        if not fields or not spans.docs.size:
            return spans
        wanted = [ranking.FIELDS.index(name) for name in fields]
        return spans.where(np.isin(field_of(self.columns, spans), wanted))

    def _first(self, inner: tree.Spanning, words: int, among: Docs | None) -> Docs:
        spans = self.spans(inner, among)
        if not spans.docs.size:
            return EMPTY
        begin = self.columns.lengths[spans.docs, 0].astype(np.intp) + HEADLINE_GAP
        return spans.where((spans.starts >= begin) & (spans.ends < begin + words)).stories

    def _together(self, parts: tuple[tree.Spanning, ...], unit: str, among: Docs | None) -> Docs:
        """Return the stories with all `parts` in one passage; the only kind of match that reads texts."""
        likely = self._with_all(parts, among)
        if likely.size > MOST_READ:
            arrival = self.columns.first_arrival[likely]
            newest = np.sort(np.argpartition(arrival, likely.size - MOST_READ)[likely.size - MOST_READ :])
            self.said.append(
                Diagnostic(
                    "too-many-texts",
                    f"{likely.size:,} stories hold the words that are to stand in one {unit}; only the last "
                    f"{MOST_READ:,} of them to arrive were read. Add another word or a date to narrow it.",
                    severity="warning",
                )
            )
            likely = likely[newest]
        spans = [self.spans(part, likely) for part in parts]
        return likely[[self._in_one(doc, unit, spans) for doc in likely.tolist()]] if likely.size else EMPTY

    def _in_one(self, doc: int, unit: str, spans: list[Spans]) -> bool:
        self._in_time()
        body_begins = int(self.columns.lengths[doc, 0]) + HEADLINE_GAP
        begins = np.array(beginnings(self.columns.story(doc).article.body, unit)) + body_begins
        shared: set[int] | None = None
        for part in spans:
            low, high = np.searchsorted(part.docs, (doc, doc + 1))
            first = np.searchsorted(begins, part.starts[low:high], side="right")
            last = np.searchsorted(begins, part.ends[low:high], side="right")
            passages = set(first[(first == last) & (first > 0)].tolist())
            shared = passages if shared is None else shared & passages
        return bool(shared)

    def _with_value(self, facet: str, keys: tuple[str, ...], among: Docs | None) -> Docs:
        values = self.columns.facet(facet)
        good: Mask
        if facet in ("city", "mentions"):
            good = values.combinations_with(keys)
        elif facet == "byline":
            tests = [has_words(key) for key in keys]
            good = values.combinations_where(lambda name: any(test(name) for test in tests))
        else:
            folded = {fold(key) for key in keys}
            if facet == "type" and not values.keys:
                self.said.append(_NO_TYPES)
            good = values.combinations_where(lambda name: fold(name) in folded)
        possible = self.columns.docs if among is None else among
        return possible[good[values.codes[possible]]]

    def _cost(self, node: tree.Node) -> tuple[int, int]:
        """Order the parts of an And: first those that leave few and cost little."""
        match node:
            case tree.Id() | tree.Nothing():
                return 0, 0
            case tree.Word() | tree.Exact() | tree.Pattern() | tree.Fuzzy():
                return 1, self.term(node).docs.size
            case tree.And() | tree.Or():
                return 2, 0
            case tree.Value() | tree.Dated():
                return 3, 0
            case tree.Not() | tree.Everything():
                return 5, 0
            case _:
                return 4, 0


def untyped(leaf: tree.Leaf) -> tree.Leaf:
    """Return a leaf without the reader's spelling: leaves that differ in nothing else are the same word."""
    return replace(leaf, typed="") if isinstance(leaf, tree.Word | tree.Exact) and leaf.typed else leaf


def within(columns: Columns, docs: Docs, since: date | None, until: date | None) -> Mask:
    """Say for each of `docs` whether the whole period of its date lies within the days; an undated one's does not."""
    mask = np.empty(docs.size, np.bool_)
    low, high = bounds(since, until)
    _within(docs, columns.day, columns.last_day, low, high, mask)
    return mask


def bounds(since: date | None, until: date | None) -> tuple[int, int]:
    """Return first and last day, days since 1970-01-01, such that every dated story is within where one is open."""
    return UNDATED + 1 if since is None else days_of(since), _LAST_DAY if until is None else days_of(until)


@compiled(U32, I32, I32, INT, INT, WMASK)
def _within(docs: Array, first: Array, last: Array, low: int, high: int, out: Array) -> None:
    for i in range(docs.size):
        doc = docs[i]
        out[i] = (first[doc] >= low) & (last[doc] <= high)


_LAST_DAY = int(np.iinfo(np.int32).max)
