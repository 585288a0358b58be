"""The first stories in an order that is known beforehand, as that of their dates is.

No scores here: what is best is `finishing`'s business. The one idea: the place of every story in an order is a number
made once a generation (`Columns.rank`), so a page keeps the few smallest of those it shows and sorts nothing.
"""

from __future__ import annotations

import numpy as np

from index.compiled import U32, W32, compiled
from search.embedded.sets import Array, Docs

#: More stories than this are put in order all at once.
_MANY = 200


def leading(docs: Docs, rank: Docs, wanted: int) -> Docs:
    """Return the first `wanted` of some stories.

    Args:
        docs: the stories.
        rank: the place of every story of the archive in the order.
        wanted: how many; all where there are fewer.
    """
    out = np.empty(min(wanted, docs.size), np.uint32)
    if wanted > _MANY:
        return docs[np.argsort(rank[docs])[:wanted]]
    lead(docs, rank, out)
    return out


@compiled(U32, U32, W32)
def lead(docs: Array, rank: Array, out: Array) -> int:
    """Write the stories of the smallest ranks in order, as many as there is room for; return how many were written."""
    filled = 0
    if out.size == 0:
        return filled
    for i in range(docs.size):
        mine = rank[docs[i]]
        at = filled
        if filled == out.size:
            at -= 1
            if mine >= rank[out[at]]:
                continue
        else:
            filled += 1
        while at > 0 and rank[out[at - 1]] > mine:
            out[at] = out[at - 1]
            at -= 1
        out[at] = docs[i]
    return filled
