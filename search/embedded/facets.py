"""Counting the values of a facet: how many stories a click on each would show.

No choosing of stories here (`evaluator` gives the stories that every other filter leaves). The one idea: stories share
combinations of values, so counting is one `bincount` of combinations, mended for the few stories that have copies.
"""

from __future__ import annotations

import numpy as np

from search.embedded.columns import Columns
from search.embedded.sets import Docs, ranges
from search.embedded.values import PLACES, FacetValues, parent_of
from search.page import Bucket, Facet

#: Fewer stories than one in this many combinations are counted value by value.
_FEW = 8


def count(columns: Columns, name: str, docs: Docs, *, fold: bool) -> tuple[Docs, Docs]:
    """Return the values that occur in `docs` and how many stories have each; `fold` counts a family once a value."""
    facet = columns.facet(name)
    values = _counts(facet, docs)
    if fold and columns.has_copies is not None:
        members = docs[columns.has_copies[docs]]
        if members.size:
            values = values - _repeated(facet, members, columns.family[members], values.size)
    there = np.flatnonzero(values)
    return there, values[there]


def listed(columns: Columns, name: str, docs: Docs, selected: tuple[str, ...], limit: int, *, fold: bool) -> Facet:
    """Return a facet as the page shows it: selected values first, then the most frequent, then by label.

    Args:
        columns: of the generation.
        name: of the facet.
        docs: stories under every filter but this facet's own.
        selected: keys chosen in this facet; they stay listed even at 0.
        limit: further values wanted; 0 for all.
        fold: whether a family of copies counts once.
    """
    facet = columns.facet(name)
    values, counts = count(columns, name, docs, fold=fold)
    chosen = set(selected)
    numbers = np.array(sorted(facet.numbers[key] for key in chosen if key in facet.numbers), dtype=np.intp)
    among = np.isin(values, numbers) if numbers.size else np.zeros(values.size, dtype=np.bool_)
    held = dict(zip(values[among].tolist(), counts[among].tolist(), strict=True))
    first = [_absent(columns, name, key) for key in chosen if key not in facet.numbers]
    first += [_bucket(facet, n, held.get(n, 0), selected=True) for n in numbers.tolist()]
    first.sort(key=lambda bucket: (-bucket.count, bucket.label, bucket.key))
    values, counts = values[~among], counts[~among]
    # Values are numbered in the order of their labels, so one number orders by count and then by label.
    rank = values - counts * len(facet.keys)
    cut = limit and rank.size > limit
    shown = np.argpartition(rank, limit - 1)[:limit] if cut else np.arange(rank.size)
    shown = shown[np.argsort(rank[shown])]
    rest = zip(values[shown].tolist(), counts[shown].tolist(), strict=True)
    buckets = (*first, *(_bucket(facet, n, many) for n, many in rest))
    return Facet(name, buckets, len(first) + values.size)


def _bucket(facet: FacetValues, number: int, count: int, *, selected: bool = False) -> Bucket:
    parent = facet.parents[number] if facet.parents else None
    return Bucket(facet.keys[number], facet.labels[number], count, selected, parent)


def _absent(columns: Columns, name: str, key: str) -> Bucket:
    """Return the bucket of a chosen value that no story has."""
    label = columns.label(name, key)
    return Bucket(key, label, 0, selected=True, parent=parent_of(key, label) if name in PLACES else None)


def _counts(facet: FacetValues, docs: Docs) -> Docs:
    """Return how many of `docs` have each value, copies and all."""
    combinations = facet.offsets.size - 1
    if docs.size * _FEW < combinations:
        return np.bincount(_values(facet, docs)[0], minlength=len(facet.keys))
    shared = np.bincount(facet.codes.take(docs), minlength=combinations)
    each = shared.take(facet.combinations)
    # Sums of whole numbers far below 2**53 are exact in floating point.
    return np.bincount(facet.values, weights=each, minlength=len(facet.keys)).astype(np.intp)


def _values(facet: FacetValues, docs: Docs) -> tuple[Docs, Docs]:
    """Return the values of `docs` one after the other, and how many each story has."""
    codes = facet.codes[docs]
    begins = facet.offsets[codes]
    lengths = facet.offsets[codes + 1] - begins
    return facet.values[ranges(begins, lengths)], lengths


def _repeated(facet: FacetValues, members: Docs, families: Docs, count: int) -> Docs:
    """Return how many of the stories with each value are further members of a family counted already."""
    values, lengths = _values(facet, members)
    pairs = np.stack((np.repeat(families, lengths), values), axis=1)
    once = np.unique(pairs, axis=0)[:, 1]
    return np.bincount(values, minlength=count) - np.bincount(once, minlength=count)
