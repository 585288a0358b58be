"""A score taken apart: what each word, each pair of near words and recency contributed to one story's.

It orders nothing; `scoring` does, fast and for thousands of stories at once. The one idea: the sum is done again the
plain way, from a term's public numbers and the formula of `index.ranking`, so what is shown is a check and not an echo.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from index import ranking
from index.embedded import UNDATED
from search.account import Account, InField, NearShare, WordShare
from search.embedded.allowance import MOST_NEAR_FORMS, MOST_NEAR_WORDS
from search.embedded.matching import Matching, untyped
from search.embedded.sets import Docs
from search.query import tree
from search.query.sentence import in_words
from search.query.walk import several_words

_DECIMALS = 6


def account(matching: Matching, node: tree.Node, doc: int, recency: float = 0.0) -> Account | None:
    """Return what makes up the score of the story of a number; None where it answers `node` not even in part.

    Args:
        matching: of the query.
        node: the tree of the query's text.
        doc: number of the story.
        recency: as in `Request`.
    """
    one: Docs = np.array([doc], dtype=np.uint32)
    partial = not matching.docs(node, one).size
    if partial:
        plain = several_words(node)
        if plain is None:
            return None
        asked, conditions = plain
        node = tree.Or(asked)
        if not matching.docs(tree.And((node, *conditions)), one).size:
            return None
    words: list[WordShare] = []
    nearness: list[NearShare] = []
    before: tuple[int, tree.Leaf] | None = None
    earning = list(earners(node))
    for place, (leaf, whole) in enumerate(earning):
        if not matching.docs(leaf, one).size or not all(matching.docs(outer, one).size for outer in whole):
            continue
        words.append(_word(matching, leaf, doc))
        follows = before is not None and before[0] == place - 1 and untyped(before[1]) != untyped(leaf)
        if before is not None and follows and len(earning) <= MOST_NEAR_WORDS:
            nearness += _near(matching, before[1], leaf, one)
        before = place, leaf
    found = Account(
        id=matching.columns.id(doc),
        score=0.0,
        words=tuple(words),
        nearness=tuple(nearness),
        recency=_recency(matching, doc, recency),
        held=matching.columns.live_count,
        partial=partial,
    )
    return replace(found, score=round(found.sum * found.recency, _DECIMALS))


def earners(node: tree.Node, whole: tuple[tree.Node, ...] = ()) -> Iterator[tuple[tree.Leaf, tuple[tree.Node, ...]]]:
    """Yield the leaves of a tree that may earn, in its order, each with the nodes around it that must match too."""
    match node:
        case tree.Word() | tree.Exact() | tree.Pattern() | tree.Fuzzy():
            yield node, whole
        case tree.Phrase(parts, fields):
            for leaf in parts:
                yield from earners(replace(leaf, fields=fields) if fields else leaf, (*whole, node))
        case tree.And(inner):
            for part in inner:
                yield from earners(part, (*whole, node))
        case tree.Or(inner):
            for part in inner:
                yield from earners(part, whole)
        case tree.Near(left, right):
            yield from earners(left, (*whole, node))
            yield from earners(right, (*whole, node))
        case tree.First(span) | tree.AtLeast(span):
            yield from earners(span, (*whole, node))
        case tree.Together(spans):
            for span in spans:
                yield from earners(span, (*whole, node))
        case _:
            return


def _word(matching: Matching, leaf: tree.Leaf, doc: int) -> WordShare:
    term, columns = matching.term(leaf), matching.columns
    times = term.frequencies[int(np.searchsorted(term.docs, doc))].tolist()
    lengths = columns.lengths[doc].tolist()
    fields = []
    for number, (name, average) in enumerate(zip(ranking.FIELDS, columns.generation.averages.in_order(), strict=True)):
        if times[number]:
            norm = float(ranking.length_norm(number, np.array(float(lengths[number])), average))
            weight = ranking.FIELD_WEIGHTS[number]
            counts = times[number] * weight / norm
            fields.append(InField(name, int(times[number]), int(lengths[number]), average, weight, counts))
    frequency = sum(field.counts for field in fields)
    saturated = float(ranking.saturate(np.array(frequency)))
    return WordShare(
        word=in_words(leaf),
        stories=int(term.docs.size),
        rarity=term.weight,
        fields=tuple(fields),
        frequency=frequency,
        saturated=saturated,
        earns=term.weight * saturated,
    )


def _near(matching: Matching, left: tree.Leaf, right: tree.Leaf, one: Docs) -> Iterator[NearShare]:
    first, second = matching.term(left), matching.term(right)
    if max(first.forms, second.forms) > MOST_NEAR_FORMS:
        return
    starts = first.spans(one).starts.astype(np.int64)
    others = second.spans(one).starts.astype(np.int64)
    distance = max(int(np.abs(starts[:, None] - others[None, :]).min()), 1)
    earns = float(ranking.proximity_bonus(first.weight, second.weight, np.array(float(distance))))
    if earns:
        yield NearShare((in_words(left), in_words(right)), distance, earns)


def _recency(matching: Matching, doc: int, strength: float) -> float:
    if not strength:
        return 1.0
    day = int(matching.columns.day[doc])
    age = np.inf if day == UNDATED else float(matching.columns.newest_day - day)
    return float(ranking.recency_factor(strength, np.array(age)))
