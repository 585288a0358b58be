"""Which stories a tree matches, and where: one method for stories, one for places.

No scores and no filters of the request here. The one idea: every node is asked for its matches *among* the stories that
are still possible, so that the costly kinds (phrases, nearness) read positions of few stories.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cached_property

import numpy as np

from index import ranking
from index.analysis import HEADLINE_GAP
from index.article import fold
from index.compiled import I32, INT, U32, WMASK, compiled
from index.embedded import UNDATED
from search.embedded import allowance, pairs
from search.embedded.allowance import Allowance
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
from search.embedded.vocabulary import stood_for
from search.page import Diagnostic
from search.passages import beginnings
from search.query import tree
from search.query.sentence import in_words

_NO_TYPES = Diagnostic(
    "no-types", "No story here says what type of story it is, so “type:” finds none of them.", severity="warning"
)

#: Of any tree, since nobody said where it stands.
Where = Callable[[tree.Node], tuple[int, int]]


class Matching:
    """The matches of one query's nodes in one generation.

    Used by one thread, for one question.

    Args:
        columns: of the generation.
        kept: terms of the same generation that were decoded before.
        where: tells from which to which character of the question a part of its tree stands.
    """

    def __init__(self, columns: Columns, kept: Terms | None = None, where: Where = lambda _: (0, 0)) -> None:
        self.columns = columns
        self.kept = kept or Terms()
        #: What is to be said about the words that were looked up.
        self.said: list[Diagnostic] = []
        self._where = where
        #: First arrival from which on the places of a node are read; 0 for all.
        self._read_from: dict[tree.Node, int] = {}
        self._terms: dict[tree.Leaf, Term] = {}
        self._placed: dict[tree.Node, Docs] = {}
        self._judged: tuple[Docs, dict[tree.Node, Mask]] = EMPTY, {}

    @cached_property
    def _left(self) -> Allowance:
        return Allowance()

    def term(self, leaf: tree.Leaf) -> Term:
        """Return the occurrences of a leaf."""
        bare = untyped(leaf)
        term = self._terms.get(bare)
        if term is None:
            term = self.kept.get(bare)
            if term is None or term.forms != min(term.held, self._left.forms):
                found = stood_for(self.columns, bare, self._left.forms)
                term = Term(self.columns, found.choices, bare.fields, found.forms, found.held)
                self.kept.keep(bare, term)
            if term.forms < term.held:
                self._say_too_many(leaf, term)
            self._left.forms -= term.forms
            self._terms[bare] = term
        return term

    def _say_too_many(self, leaf: tree.Leaf, term: Term) -> None:
        shown = in_words(leaf)
        searched = (
            f"only the {term.forms:,} of them that stand in most stories were" if term.forms else "none of them was"
        )
        self._say(
            "too-many-forms",
            leaf,
            f"{shown[0].upper()}{shown[1:]}: {term.held:,}, and a question is searched for {allowance.MOST_FORMS:,} "
            f"such words at most, so {searched} searched. More letters beside the star would narrow it.",
        )

    def _say(self, kind: str, node: tree.Node, message: str) -> None:
        start, end = self._where(node)
        self.said.append(Diagnostic(kind, message, start, end, "warning"))

    def docs(self, node: tree.Node, among: Docs | None = None) -> Docs:
        """Return the stories that `node` matches, among all that are there or among the given ones."""
        columns = self.columns
        match node:
            case tree.Word() | tree.Exact() | tree.Pattern() | tree.Fuzzy():
                docs = self.term(node).docs
                self._left.pass_over(docs.size)
                return docs if among is None else intersection(docs, among)
            case tree.Phrase() | tree.Near() | tree.First() | tree.AtLeast():
                if among is None:
                    self._placed[node] = self._by_places(node, self._affordable(node, None))
                    return self._placed[node]
                return self._by_places(node, self._affordable(node, among))
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

    def _affordable(self, node: tree.Spanning | tree.First | tree.AtLeast, among: Docs | None) -> Docs | None:
        """Return the stories in which places are read for a node: `among` these, or the last to arrive of them."""
        first = self._read_from.get(node)
        if first is None:
            first = 0
            cost = self._reads(node, self.columns.count if among is None else among.size)
            if cost > self._left.places:
                likely = self._likely(node, among)
                cost = self._reads(node, likely.size)
                if cost > self._left.places:
                    many = bisect_right(range(likely.size), self._left.places, key=lambda n: self._reads(node, n)) - 1
                    cost = self._reads(node, max(many, 0))
                    first = self._newest(node, likely, max(many, 0), "hold words whose places this asks for")
            self._left.places -= cost
            self._read_from[node] = first
        if not first:
            return among
        possible = self._likely(node, among)
        return possible[self.columns.first_arrival[possible] >= first]

    def _newest(self, node: tree.Node, likely: Docs, many: int, why: str) -> int:
        """Return the arrival of the first of the last `many` stories to arrive, and say that no others are read."""
        arrivals = self.columns.first_arrival[likely]
        self._say(
            "too-many-texts",
            node,
            f"{likely.size:,} stories {why}; only the last {many:,} of them to arrive were read. Add another word or a "
            "date to narrow it.",
        )
        return int(np.partition(arrivals, likely.size - many)[likely.size - many] if many else arrivals.max() + 1)

    def _reads(self, node: tree.Node, stories: int) -> int:
        return allowance.reads(node, stories, lambda leaf: self.term(leaf).docs.size)

    def _likely(self, node: tree.Node, among: Docs | None) -> Docs:
        """Return the stories that hold the words of a node, wherever they stand."""
        match node:
            case tree.First(inner) | tree.AtLeast(inner):
                return self._likely(inner, among)
            case tree.Phrase(parts):
                for part in parts:
                    among = self.docs(part, among)
                return EMPTY if among is None else among
            case tree.Near(left, right):
                return self._likely(right, self._likely(left, among))
            case tree.Or(parts):
                return union([self._likely(part, among) for part in parts], self.columns.scratch.cells)
            case _:
                return self.docs(node, among)

    def spans(self, node: tree.Node, among: Docs | None = None) -> Spans:
        """Return the places where a spanning node occurs, in all stories or among the given ones."""
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
        node = tree.Together(parts, unit)
        first = self._read_from.get(node)
        if first is None:
            first, left = 0, self._left.texts
            if likely.size > left:
                first = self._newest(node, likely, left, f"hold the words that are to stand in one {unit}")
            self._left.texts -= min(likely.size, left)
            self._read_from[node] = first
        if first:
            likely = likely[self.columns.first_arrival[likely] >= first]
        spans = [self.spans(part, likely) for part in parts]
        return likely[[self._in_one(doc, unit, spans) for doc in likely.tolist()]] if likely.size else EMPTY

    def _in_one(self, doc: int, unit: str, spans: list[Spans]) -> bool:
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
