"""Words in a row that another text has in common with a draft.

No archive and no showing. The one idea: every few words in a row of the draft are one number, and so are those of the
other text; only where such numbers are the same are words compared, so a text that shares nothing costs hardly more
than cutting it into words.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from index.analysis import Term, is_common, remembered_term

#: Words in a row that make a shared passage, and how many of them at least are not very common ones.
LEAST_RUN, _LEAST_TELLING = 5, 2

#: Where the first words of a run come several times in the draft, the place that goes on longest counts, of so many.
_MOST_PLACES = 20

#: An odd number without pattern, so that words in another order give another number.
_FACTOR = np.uint64(0x9E3779B97F4A7C15)

Codes = npt.NDArray[np.uint64]


class Runs:
    """The words of a draft, to find those of other texts that stand in the same order."""

    def __init__(self, draft: Sequence[Term]) -> None:
        self._words = _Words(draft)
        self._draft = self._words.codes([term.form for term in draft])
        self._telling = np.concatenate(([0], np.cumsum([not is_common(term) for term in draft]))).astype(np.int64)
        keys = _keys(self._draft)
        self._order = np.argsort(keys, kind="stable")
        self._keys = keys[self._order]

    def shared(self, tokens: Sequence[str]) -> list[tuple[int, int]]:
        """Return the runs that the draft has, too.

        Args:
            tokens: a text as the analysis cuts it.

        Returns:
            The place of each run's first word and how many words it has, without overlaps, the longest first.
        """
        words = self._words.codes(tokens)
        keys = _keys(words)
        first = np.searchsorted(self._keys, keys)
        likely = np.flatnonzero(self._keys[np.minimum(first, self._keys.size - 1)] == keys) if self._keys.size else ()
        runs = []
        beyond = 0
        for at in map(int, likely):
            if at < beyond:
                continue
            place, length = self._longest(words[at:], int(first[at]), keys[at])
            if self._telling[place + length] - self._telling[place] >= _LEAST_TELLING:
                runs.append((at, length))
            beyond = at + max(length, 1)
        return sorted(runs, key=lambda run: (-run[1], run[0]))

    def _longest(self, words: Codes, first: int, key: np.uint64) -> tuple[int, int]:
        """Return where in the draft most of the first of `words` stand, and how many; none where only numbers agree."""
        best = 0, 0
        for number in range(first, min(first + _MOST_PLACES, self._keys.size)):
            if self._keys[number] != key:
                break
            place = int(self._order[number])
            size = min(words.size, self._draft.size - place)
            differ = words[:size] != self._draft[place : place + size]
            length = int(differ.argmax()) if differ.any() else size
            if length >= LEAST_RUN and length > best[1]:
                best = place, length
        return best


class _Words(dict[str, int]):
    """The numbers of tokens: a draft's words from 1, and 0 for every other."""

    def __init__(self, draft: Sequence[Term]) -> None:
        super().__init__()
        self._folded = {folded: number for number, folded in enumerate(dict.fromkeys(t.folded for t in draft), start=1)}

    def __missing__(self, token: str) -> int:
        self[token] = number = self._folded.get(remembered_term(token).folded, 0)
        return number

    def codes(self, tokens: Sequence[str]) -> Codes:
        """Return the number of each token."""
        return np.fromiter(map(self.__getitem__, tokens), np.uint64, len(tokens))


def _keys(codes: Codes) -> Codes:
    """Return a number for the words in a row from each place on."""
    many = max(codes.size - LEAST_RUN + 1, 0)
    keys = np.zeros(many, np.uint64)
    for place in range(LEAST_RUN):
        keys = (keys + codes[place : place + many]) * _FACTOR
    return keys
