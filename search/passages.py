"""Where paragraphs and sentences of a body begin, counted in words: what `/same/` and `/sentence/` mean by them.

No matching here. The one idea: a passage is named by the position of its first word, so two words stand in one passage
where no passage begins between them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise

from index.abbreviations import is_abbreviation
from index.analysis import TOKEN

_PARAGRAPH = re.compile(r"\n\s*\n")

#: The end of a sentence: its mark, closing quotes or brackets, and space before a capital or a figure.
_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])|\n\s*\n")


def beginnings(body: str, unit: str, words: Sequence[int] | None = None) -> list[int]:
    r"""Return the positions (words of the body, from 0) at which a passage begins; the first is 0.

    Args:
        body: text, paragraphs parted by a blank line.
        unit: "paragraph" or "sentence".
        words: where the words begin, for whoever has found them already.

    >>> beginnings("The river rose. Nobody slept.\n\nAt dawn it fell.", "sentence")
    [0, 3, 5]
    >>> beginnings("Rep. Ann Lee and J. Poe met. Nobody slept.", "sentence")
    [0, 7]
    """
    ends = (_PARAGRAPH if unit == "paragraph" else _SENTENCE).finditer(body)
    cuts = [end.end() for end in ends if body[end.start()] != "." or not is_abbreviation(body, end.start(), end.end())]
    if words is None:
        # No word goes over white space, so those between two cuts can be counted by themselves.
        counts = [len(TOKEN.findall(body, start, end)) for start, end in pairwise((0, *cuts, len(body)))]
        total = sum(counts)
        begins = set(accumulate(counts[:-1]))
    else:
        total = len(words)
        begins = {bisect_right(words, cut - 1) for cut in cuts}
    return sorted({0, *begins} - {total} | {0})
