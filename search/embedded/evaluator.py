"""A whole results page from arrays: which stories, how many, which first, what else they are.

Numbers of stories in, numbers of stories out: texts, snippets and words for people are `archive`'s business. The one
idea: the stories under everything but the facets' own choices are found once; every facet, the total, the timeline and
the order are then counted from them.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np

from index.article import fold
from search.embedded import desk, filters
from search.embedded.allowance import TooCostly
from search.embedded.cards import Picked, Room, picked
from search.embedded.columns import Columns
from search.embedded.earning import Earning, Earnings
from search.embedded.facets import Under, buckets, listed
from search.embedded.finishing import best, counted, page
from search.embedded.matching import Matching, bounds
from search.embedded.ordering import leading
from search.embedded.partial import some_words
from search.embedded.scoring import Scores, Scoring
from search.embedded.sets import EMPTY, Docs, contained
from search.embedded.timeline import MOST_BARS, Filled, months_between, timeline
from search.page import Diagnostic, Facet, Timeline
from search.query import tree
from search.request import Request, filter_of

#: With fewer full matches than this, stories with enough of the words are looked for too; and so many are shown.
FEW = 10


class Found(NamedTuple):
    """A results page in numbers of stories; a tuple, since every page makes one and frozen fields are set one by one.

    Attributes:
        total, folded, facets, timeline: as in `Page`.
        docs: the wanted slice, in order.
        scores: of them; 0 where nothing was scored.
        partial_total: stories with enough of the words (`partial`), but not all.
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


def evaluate(
    columns: Columns,
    request: Request,
    node: tree.Node,
    matching: Matching | None = None,
    earnings: Earnings | None = None,
) -> Found:
    """Return what `request` finds, `node` being the tree of its text.

    A question that costs too much finds nothing, which is said.

    Args:
        columns: of the generation.
        request: filters, order, and what is wanted.
        node: the tree.
        matching: of the question, over the same columns, for whoever asks more of it; a new one where None.
        earnings: what is kept of earlier questions over the terms that `matching` keeps.
    """
    matching = matching or Matching(columns)
    earnings = earnings or Earnings(matching.kept)
    try:
        return _evaluated(columns, request, node, matching, earnings)
    except TooCostly as stopped:
        return _evaluated(columns, request, tree.Nothing(), Matching(columns), earnings)._replace(said=(stopped.said,))


def _evaluated(columns: Columns, request: Request, node: tree.Node, matching: Matching, kept: Earnings) -> Found:
    wanted = request.offset + request.limit
    plain, ranked = filters.is_plain(request, wanted), request.sort != "relevance"
    earning = kept.of(matching, node) if wanted and (plain or not ranked) else None
    if plain and earning is not None and earning.is_whole:
        return _plain(matching, kept, request, node, earning)
    if ranked:
        earning = None
    fold = request.copies == "fold"
    scratch = columns.scratch
    combinations, members = -1, 0
    if earning is not None and earning.is_whole and earning.every and filters.asks_for_cities_alone(request):
        good, codes = columns.with_any("city", request.cities), columns.facet("city").codes
        found, combinations, members = earning.within(columns, codes, good, scratch.room, fold=fold)
        chosen = filters.NOTHING_CHOSEN
    else:
        found = _matched(matching, request, node, earning, scratch.room)
        chosen = filters.chosen(columns, request, found, scratch.misses)
    many, copies, standing, shown, *filled = counted(
        columns.bundle.numbers,
        scratch.bundle.numbers,
        found.docs,
        found.sums,
        found.cards,
        chosen.misses,
        chosen.own("city"),
        int(combinations < 0),
        int(fold),
    )
    if combinations >= 0:
        many, copies = combinations, members
    docs, sums = found.docs, found.sums
    if shown < docs.size:
        docs, sums = scratch.shown[:shown], scratch.shown_sums[: shown if sums.size else 0]
    first, scores = _ordered(matching, request, earning, docs, sums, wanted)
    under = Under(found.docs, chosen.misses, many, copies)
    facets = {
        name: listed(
            columns,
            name,
            under,
            chosen.own(filter_of(name)),
            request.listed(name),
            request.facet_limit,
            fold=fold,
        )
        for name in request.facets
    }
    months, sources = Filled(scratch.months, *filled), _sources(columns, request, node)
    since, until = _asked(request, node)
    bars = timeline(columns, docs, months, request.granularity, since, until, fold=fold, sources=sources)
    partial, partial_total, partial_scores = _partial(matching, kept, request, node, found.docs, chosen, shown)
    return Found(
        total=shown,
        folded=standing - shown,
        docs=first[request.offset :],
        scores=scores[request.offset :],
        facets=facets,
        timeline=bars,
        partial_total=partial_total,
        partial=partial,
        partial_scores=partial_scores,
        said=tuple(matching.said),
    )


def _plain(matching: Matching, kept: Earnings, request: Request, node: tree.Node, earning: Earning) -> Found:
    """Return what a plain request finds: what `_evaluated` does step by step, in one compiled call.

    A page of a rare word takes as long as the interpreter's steps around that call, so there are few.
    """
    columns = matching.columns
    scratch, fold, names = columns.scratch, request.copies == "fold", request.facets
    many, shown, undated, coarse, low, high, filled, said = page(
        columns.bundle.numbers,
        scratch.bundle.numbers,
        earning.bundle.numbers,
        _NO_READERS if earning.readers is None else earning.readers.numbers,
        scratch.facets(names, columns.facet),
        _NO_RANKS if request.sort == "relevance" else columns.rank(request.sort),
        len(earning.terms),
        earning.every,
        len(columns.segments),
        request.offset + request.limit,
        request.facet_limit,
        int(fold),
        earning.unit,
    )
    found = scratch.room.docs[:many] if len(earning.terms) > 1 else earning.terms[0].docs
    told = scratch.told[:said].tolist()
    facets, at = {}, 0
    for name in names:
        occurring, listed = told[at : at + 2]
        middle, end = at + 2 + listed, at + 2 + 2 * listed
        facets[name] = Facet(name, buckets(columns.facet(name), told[at + 2 : middle], told[middle:end]), occurring)
        at = end
    if request.granularity == "month" and not coarse and 0 < len(told) - at <= MOST_BARS:
        bars = months_between(columns, low, told[at:], undated, fold=fold)
    else:
        docs = found if shown == many else scratch.shown[:shown]
        months = Filled(scratch.months, undated, coarse, low, high)
        bars = timeline(columns, docs, months, request.granularity, fold=fold)
    first = slice(request.offset, filled)
    docs, scores = scratch.leading[first].copy(), scratch.earned[first].copy()
    partial, partial_total, partial_scores = EMPTY, 0, _NO_SCORES
    if shown < FEW and isinstance(node, tree.And):
        partial, partial_total, partial_scores = _partial(
            matching, kept, request, node, found, filters.NOTHING_CHOSEN, shown
        )
    return Found(
        total=shown,
        folded=many - shown,
        docs=docs,
        scores=scores,
        facets=facets,
        timeline=bars,
        partial_total=partial_total,
        partial=partial,
        partial_scores=partial_scores,
        said=tuple(matching.said),
    )


def _matched(matching: Matching, request: Request, node: tree.Node, earning: Earning | None, room: Room) -> Picked:
    """Return the stories that the words match and the dates and the excluded values allow."""
    columns = matching.columns
    if earning is not None and earning.terms:
        found = earning.matches(matching, room)
    elif not isinstance(node, tree.Everything):
        found = picked(matching.docs(node), _NO_SUMS, columns.cards, room)
    elif request.undated is not True and not (request.since is None and request.until is None):
        docs, cards, whole = columns.by_day.between(*bounds(request.since, request.until))
        return filters.allowed(columns, request, Picked(docs, _NO_SUMS, cards), room, dated=whole)
    elif columns.live is None:
        found = Picked(columns.docs, _NO_SUMS, columns.cards)
    else:
        found = picked(columns.docs, _NO_SUMS, columns.cards, room)
    return filters.allowed(columns, request, found, room)


def _sources(columns: Columns, request: Request, node: tree.Node) -> tuple[str, ...] | None:
    """Return the sources that the filter and the words of a query ask for; None where any will do."""
    named = [part for part in _parts(node) if isinstance(part, tree.Value) and part.facet == "source"]
    if not named:
        return request.sources or None
    wanted = [{fold(key) for key in part.keys} for part in named]
    keys = request.sources or columns.facet("source").keys
    return tuple(key for key in keys if all(fold(key) in names for names in wanted))


def _parts(node: tree.Node) -> tuple[tree.Node, ...]:
    return node.parts if isinstance(node, tree.And) else (node,)


def _asked(request: Request, node: tree.Node) -> tuple[date | None, date | None]:
    """Return the days that the filter and the words of a query ask for; None where an end is open."""
    dated = [part for part in _parts(node) if isinstance(part, tree.Dated)]
    if not dated:
        return (None, None) if request.undated is True else (request.since, request.until)
    since, until = [part.since for part in dated], [part.until for part in dated]
    if request.undated is not True:
        since.append(request.since)
        until.append(request.until)
    return max(filter(None, since), default=None), min(filter(None, until), default=None)


def count(columns: Columns, request: Request, node: tree.Node, matching: Matching | None = None) -> int:
    """Return the total of the page of `request` and nothing else of it; arguments as in `evaluate`.

    Raises:
        TooCostly: it costs too much.
    """
    found = _matched(matching or Matching(columns), request, node, None, columns.scratch.room)
    chosen = filters.chosen(columns, request, found, columns.scratch.misses)
    docs = found.docs[chosen.misses == 0] if chosen.names else found.docs
    return int(columns.families.folded(docs, _NO_SUMS)[0].size if request.copies == "fold" else docs.size)


def _ordered(
    matching: Matching, request: Request, earning: Earning | None, docs: Docs, sums: Docs, wanted: int
) -> tuple[Docs, Scores]:
    """Return the first `wanted` of some stories in the order asked for, and what each earns."""
    columns = matching.columns
    if request.sort == "relevance":
        if earning is None:
            return EMPTY, np.zeros(0)
        if earning.terms and not request.recency and wanted <= desk.MOST_LEADING and earning.is_plain:
            first, earned = np.empty(wanted, np.uint32), np.empty(wanted)
            filled = best(
                columns.bundle.numbers,
                columns.scratch.bundle.numbers,
                earning.bundle.numbers,
                _NO_READERS if earning.readers is None else earning.readers.numbers,
                len(columns.segments),
                docs,
                sums,
                earning.unit,
                first,
                earned,
            )
            return first[:filled], earned[:filled]
        if earning.terms:
            return Scoring(matching, earning, request.recency).best(docs, sums, wanted)
    first = leading(docs, columns.rank("first" if request.sort == "relevance" else request.sort), wanted)
    return first, np.zeros(first.size)


def _partial(
    matching: Matching,
    kept: Earnings,
    request: Request,
    node: tree.Node,
    full: Docs,
    chosen: filters.Chosen,
    total: int,
) -> tuple[Docs, int, Scores]:
    """Return the best stories with enough of the words of a plain query, how many there are, and scores.

    `full` have all words, and of them `total` are shown.
    """
    some = None if total >= FEW or request.offset else some_words(matching, node)
    if some is None:
        return EMPTY, 0, _NO_SCORES
    every = full[chosen.misses == 0] if chosen.names else full
    columns = matching.columns
    room = Room(some.docs.size)
    found = filters.allowed(columns, request, picked(some.docs, some.held, columns.cards, room), room)
    misses = filters.chosen(columns, request, found, np.empty(some.docs.size, np.uint8)).misses
    keep = ~contained(found.docs, every)
    if misses.size:
        keep &= misses == 0
    docs, held = found.docs[keep], found.sums[keep]
    if request.copies == "fold":
        docs, held = columns.families.folded(docs, held)
    earning = kept.of(matching, tree.Or(some.words))
    best, scores = [EMPTY], [np.zeros(0)]
    for these in some.in_order(docs, held):
        scoring = Scoring(matching, earning, request.recency)
        first = scoring.best(these, earning.sums(matching, these), FEW - sum(map(len, best)))
        best.append(first[0])
        scores.append(first[1])
        if sum(map(len, best)) == FEW:
            break
    return np.concatenate(best), docs.size, np.concatenate(scores)


_NO_SUMS: Docs = np.empty(0, np.uint32)
_NO_SCORES: Scores = np.empty(0)
_NO_READERS = np.empty(0, np.int64)

_NO_RANKS = np.empty(0, np.uint32)
