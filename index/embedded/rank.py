"""Which posting of a list a story is, looked up: a bitmap of its stories, and how many come before each word of that.

No frequencies, no places, and nothing kept in a file. The one idea: where a few stories are looked for in a long list,
stepping through it waits at every story for a step that the processor guessed wrong; counting bits takes no guess
(rank in a bit vector: G. Jacobson, Space-efficient static trees and graphs, 1989).
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from index.compiled import U32, WU64, compiled, inlined, ones_in
from index.embedded.values import Array, Unsigned

#: Where the bitmap begins, in words of 64 stories; then two by two a word of it and the postings before that word.
#: Of size 0 for none.
Ranks: TypeAlias = npt.NDArray[np.uint64]

NO_RANKS: Ranks = np.empty(0, np.uint64)


def ranks_of(docs: Unsigned) -> Ranks:
    """Return what tells which posting a story is.

    Args:
        docs: of the list, ascending, u4.

    >>> import numpy as np
    >>> ranks_of(np.array([130, 131, 200], np.uint32)).tolist()
    [2, 12, 0, 256, 2]
    """
    if not docs.size:
        return NO_RANKS
    first, last = int(docs[0]) >> 6, int(docs[-1]) >> 6
    ranks = np.zeros(1 + 2 * (last - first + 1), np.uint64)
    ranks[0] = first
    _fill(docs, ranks)
    return ranks


@inlined
def rank(ranks: Any, doc: Any) -> Any:
    """Return how many postings come before a story, and whether (1 or 0) it has one itself.

    For compiled loops; of a story outside of the bitmap only the second is to be relied on.
    """
    word = (np.int64(doc) >> 6) - np.int64(ranks[0])
    if word < 0 or 2 * word + 1 >= ranks.size:
        return np.int64(0), np.int64(0)
    bits, bit = ranks[2 * word + 1], np.uint64(doc & 63)
    before = ones_in(bits & ((np.uint64(1) << bit) - np.uint64(1)))
    return np.int64(ranks[2 * word + 2]) + np.int64(before), np.int64((bits >> bit) & np.uint64(1))


@compiled(U32, WU64)
def _fill(docs: Array, ranks: Array) -> None:
    base = np.int64(ranks[0]) << 6
    for i in range(docs.size):
        story = np.int64(docs[i]) - base
        ranks[1 + 2 * (story >> 6)] |= np.uint64(1) << np.uint64(story & 63)
    before = np.uint64(0)
    for place in range(1, ranks.size, 2):
        ranks[place + 1] = before
        before += ones_in(ranks[place])
