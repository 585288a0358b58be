"""A whole results page from arrays: which stories, how many, which first, what else they are.

Numbers of stories in, numbers of stories out: texts, snippets and words for people are `archive`'s business. The one
idea: the stories under everything but the facets' own choices are found once; every facet, the total, the timeline and
the order are then counted from them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from index import ranking
from index.embedded import UNDATED
from search.embedded.columns import UNDATED_MOMENT, Columns
from search.embedded.facets import listed
from search.embedded.matching import Matching, within
from search.embedded.scoring import Scores, Scoring
from search.embedded.sets import EMPTY, Docs, Mask, difference, kth_largest
from search.embedded.terms import Terms
from search.embedded.timeline import timeline
from search.page import Diagnostic, Facet, Timeline
from search.query import tree
from search.request import FACETS, PAGE_FACETS, Request, filter_of

#: With fewer full matches than this, stories with half of the words or more are looked for too; and so many are shown.
FEW = 10


@dataclass(frozen=True, slots=True)
class Found:
    """A results page in numbers of stories.

    Attributes:
        total, folded, facets, timeline: as in `Page`.
        docs: the wanted slice, in order.
        scores: of them; 0 where nothing was scored.
        partial_total: stories with only half of the words or more.
        partial: the best of them.
        partial_scores: of those.
        said: what the engine has to say about the words.
    """

    total: int
    folded: int
    docs: Docs
    scores: Scores
    facets: dict[str, Facet]
    timeline: Timeline
    partial_total: int
    partial: Docs
    partial_scores: Scores
    said: tuple[Diagnostic, ...]


def evaluate(columns: Columns, request: Request, node: tree.Node, kept: Terms | None = None) -> Found:
    """Return what `request` finds, `node` being the tree of its text; `kept` as in `Matching`."""
    matching = Matching(columns, kept)
    fold = request.copies == "fold"
    possible = _allowed(columns, request, matching.docs(node))
    chosen = _chosen(columns, request, possible)
    every = _under(chosen, possible)
    shown = folded(columns, every) if fold else every
    docs, scores = _ordered(matching, request, node, shown)
    facets = {
        name: listed(
            columns,
            name,
            _under(chosen, possible, without=filter_of(name)) if filter_of(name) in chosen else every,
            request.listed(name),
            request.facet_limit,
            fold=fold,
        )
        for name in PAGE_FACETS
    }
    partial, partial_total, partial_scores = _partial(matching, request, node, every, shown.size)
    return Found(
        total=shown.size,
        folded=every.size - shown.size,
        docs=docs,
        scores=scores,
        facets=facets,
        timeline=timeline(columns, shown, request.granularity),
        partial_total=partial_total,
        partial=partial,
        partial_scores=partial_scores,
        said=tuple(matching.said),
    )


def folded(columns: Columns, docs: Docs) -> Docs:
    """Return `docs` with one story a family: its lead where that is among them, else the earliest."""
    if columns.has_copies is None:
        return docs
    where = np.flatnonzero(columns.has_copies[docs])
    if where.size < 2:
        return docs
    members = docs[where]
    family, arrival = columns.family[members], columns.first_arrival[members]
    order = np.lexsort((arrival, family != arrival, family))
    further = np.concatenate(([False], family[order][1:] == family[order][:-1]))
    keep = np.ones(docs.size, dtype=np.bool_)
    keep[where[order[further]]] = False
    return docs[keep]


def _allowed(columns: Columns, request: Request, docs: Docs) -> Docs:
    """Return the stories that the dates and the excluded values allow."""
    if request.undated is True:
        docs = docs[columns.day[docs] == UNDATED]
    elif request.since is not None or request.until is not None:
        docs = docs[within(columns, docs, request.since, request.until)]
    elif request.undated is False:
        docs = docs[columns.day[docs] != UNDATED]
    for name, keys in request.exclude.items():
        if keys:
            facet = columns.facet(name)
            docs = docs[~facet.combinations_with(tuple(keys))[facet.codes[docs]]]
    return docs


def _chosen(columns: Columns, request: Request, docs: Docs) -> dict[str, Mask]:
    """Say for each facet with selected values which of `docs` have one of them."""
    chosen = {}
    for name in FACETS:
        if selected := request.selected(name):
            facet = columns.facet(name)
            chosen[name] = facet.combinations_with(selected)[facet.codes[docs]]
    return chosen


def _under(chosen: dict[str, Mask], docs: Docs, without: str = "") -> Docs:
    masks = [mask for name, mask in chosen.items() if name != without]
    return docs[np.logical_and.reduce(masks)] if masks else docs


def _ordered(matching: Matching, request: Request, node: tree.Node, docs: Docs) -> tuple[Docs, Scores]:
    """Return the wanted slice of `docs` in the order asked for, and what each earns."""
    wanted = request.offset + request.limit
    if request.sort == "relevance":
        docs, scores = Scoring(matching, node, docs, request.recency).best(wanted)
        return docs[request.offset :], scores[request.offset :]
    if request.sort == "arrived":
        ordered = docs[np.argsort(-matching.columns.first_arrival[docs], kind="stable")][request.offset : wanted]
        return ordered, np.zeros(ordered.size)
    ordered = by_date(matching.columns, docs, wanted, newest=request.sort == "newest")[request.offset :]
    return ordered, np.zeros(ordered.size)


def by_date(columns: Columns, docs: Docs, wanted: int, *, newest: bool) -> Docs:
    """Return the first `wanted` of `docs` by date; undated ones last, and at the same moment by arrival."""
    moment = columns.moment.take(docs)
    # The later, the larger; an undated story has the smallest number there is.
    key = moment if newest else np.where(moment == UNDATED_MOMENT, UNDATED_MOMENT, -moment)
    if docs.size > 4 * wanted > 0:
        near = np.flatnonzero(key >= kth_largest(key, wanted))
        docs, key = docs[near], key[near]
    arrival = columns.first_arrival[docs]
    return docs[np.lexsort((-arrival if newest else arrival, ~key))[:wanted]]


def _partial(matching: Matching, request: Request, node: tree.Node, full: Docs, total: int) -> tuple[Docs, int, Scores]:
    """Return the best stories with half of the words or more of a plain query, how many there are, and scores.

    Those with more of the words come first.
    """
    nobody = EMPTY, 0, np.zeros(0)
    if total >= FEW or request.offset or not isinstance(node, tree.And) or len(node.parts) < 2:
        return nobody
    if not all(isinstance(part, tree.Leaf | tree.Phrase) for part in node.parts):
        return nobody
    columns = matching.columns
    having, words = np.unique(np.concatenate([matching.docs(part) for part in node.parts]), return_counts=True)
    docs = _allowed(columns, request, having[words >= ranking.enough_words(len(node.parts))])
    docs = difference(_under(_chosen(columns, request, docs), docs), full, columns.count)
    if request.copies == "fold":
        docs = folded(columns, docs)
    held = words[np.searchsorted(having, docs)]
    best, scores = [EMPTY], [np.zeros(0)]
    for number in np.unique(held)[::-1]:
        some = Scoring(matching, tree.Or(node.parts), docs[held == number], request.recency)
        first = some.best(FEW - sum(map(len, best)))
        best.append(first[0])
        scores.append(first[1])
    return np.concatenate(best), docs.size, np.concatenate(scores)
