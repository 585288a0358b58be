"""Questions that find the stories a text has passages in common with, word for word.

No comparing of texts. The one idea: whoever lifts a passage lifts its rare words side by side, so of every stretch of
the text the few words in a row that are rarest in the archive are asked for as a phrase; that costs little, since a
phrase is looked for where its rarest word is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import log1p

from index.analysis import Term, is_common
from search.archive import Archive
from search.query.lexer import MAX_LENGTH

#: Words of a phrase that is asked for, and how many of them at least are not very common ones.
_RUN, _LEAST_TELLING = 4, 2

#: One phrase is asked for of so many words of a text, or of more words where that would be too many phrases.
_STRETCH, _MOST_PHRASES = 20, 120

_PLAIN = re.compile(r"[^\W_]+")


def verbatim(archive: Archive, terms: Sequence[Term]) -> Iterator[str]:
    """Yield questions, each of as many phrases as a question may have, for the stories with passages of a text.

    Args:
        archive: whose words decide which runs are rare.
        terms: the words of the text in their order.
    """
    text = ""
    for phrase in _phrases(terms, _weights(archive, terms)):
        longer = f"{text} OR {phrase}" if text else phrase
        if len(longer) > MAX_LENGTH:
            yield text
            longer = phrase
        text = longer
    if text:
        yield text


def _weights(archive: Archive, terms: Sequence[Term]) -> dict[str, float]:
    """Return how rare each word is in the archive, by form; left out are those it lacks or that are no plain words."""
    forms = list(dict.fromkeys(term.form for term in terms if _PLAIN.fullmatch(term.form)))
    held = max(archive.newest_arrival, 1)
    counts = zip(forms, archive.counts(forms), strict=True)
    return {form: log1p(held / stories) for form, stories in counts if stories}


def _phrases(terms: Sequence[Term], weights: dict[str, float]) -> Iterator[str]:
    """Yield the rarest run of every stretch, as a phrase."""
    starts = range(len(terms) - _RUN + 1)
    stretch = max(_STRETCH, -(-len(starts) // _MOST_PHRASES))
    for begin in starts[::stretch]:
        runs = (terms[start : start + _RUN] for start in starts[begin : begin + stretch])
        whole = [run for run in runs if all(term.form in weights for term in run) and _tells(run)]
        if whole:
            rarest = max(whole, key=lambda run: sum(weights[term.form] for term in run))
            yield '"' + " ".join(term.form for term in rarest) + '"'


def _tells(run: Sequence[Term]) -> bool:
    return sum(not is_common(term) for term in run) >= _LEAST_TELLING
