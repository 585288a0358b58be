"""The words of a generation for people: what a stem stands for, and `search.suggest.Spelling` over its segments.

The one idea: forms and counts are those that searches use, so a suggestion is never of a word that finds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from string import ascii_lowercase

import numpy as np

from index.embedded import Form, Segment
from index.embedded.lexicon import Lexicon
from search.embedded.columns import Columns
from search.embedded.matching import Matching
from search.embedded.vocabulary import edits_within
from search.query.tree import Phrase, Word
from search.suggest import Known

#: Stories of a segment in which the written forms of a stem are counted.
MOST_COUNTED = 20_000

#: Letters at the beginning or end that a form two edits away must share.
_SHARED = 3


class GenerationSpelling:
    """The words of the generation behind `columns`."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    def stories(self, stem: str) -> int:
        """Return the number of stories that hold the stem, deleted ones included."""
        ordinals = ((segment, segment.term(stem)) for segment in self._columns.segments)
        return sum(segment.posting_count(ordinal) for segment, ordinal in ordinals if ordinal >= 0)

    def similar(self, folded: str, distance: int) -> Iterable[Known]:
        """Return the written forms one edit from `folded`, or two edits where begin or end are the same."""
        if distance == 1:
            found = (
                (segment, form)
                for variant in _variants(folded)
                for segment in self._columns.segments
                for form in segment.exactly(variant)
            )
        else:
            found = (
                (segment, form) for segment in self._columns.segments for form in _further(segment.lexicon, folded)
            )
        return self._known(found)

    def form(self, folded: str) -> Known | None:
        """Return the written form `folded`, None where no story holds it."""
        found = ((segment, form) for segment in self._columns.segments for form in segment.exactly(folded))
        return next(iter(self._known(found)), None)

    def forms(self, stem: str) -> tuple[tuple[str, int], ...]:
        """Return the written forms of a stem with their occurrences, counted in `MOST_COUNTED` stories at most."""
        counts: dict[str, int] = {}
        for segment in self._columns.segments:
            ordinal = segment.term(stem)
            if ordinal < 0:
                continue
            held = segment.posting_count(ordinal)
            occurrences = segment.occurrences(ordinal, None if held <= MOST_COUNTED else np.arange(MOST_COUNTED))
            forms = segment.forms_of(ordinal)
            if occurrences.forms is None:
                times = [len(occurrences.positions)]
            else:
                times = np.bincount(occurrences.forms, minlength=len(forms)).tolist()
            for form, number in zip(forms, times, strict=True):
                counts[form.form] = counts.get(form.form, 0) + number
        return tuple(counts.items())

    def folded(self, stem: str) -> frozenset[str]:
        """Return the folded written forms of a stem."""
        ordinals = ((segment, segment.term(stem)) for segment in self._columns.segments)
        return frozenset(
            form.folded for segment, ordinal in ordinals if ordinal >= 0 for form in segment.forms_of(ordinal)
        )

    def together(self, left: str, right: str) -> int:
        """Return the number of stories in which the stem `right` follows on `left`."""
        return int(Matching(self._columns).docs(Phrase((Word(left, left), Word(right, right)))).size)

    def _known(self, forms: Iterable[tuple[Segment, Form]]) -> Iterable[Known]:
        found: dict[str, Known] = {}
        for segment, form in forms:
            if form.folded not in found:
                stem = segment.lexicon.stem(form.stem)
                found[form.folded] = Known(form.folded, stem, self.stories(stem))
        return found.values()


def _variants(word: str) -> Iterator[str]:
    """Yield every word one edit away: a letter left out, two swapped, one replaced, one put in."""
    for cut in range(len(word) + 1):
        head, tail = word[:cut], word[cut:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in ascii_lowercase:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]


def _further(lexicon: Lexicon, word: str) -> Iterator[Form]:
    """Yield the forms within two edits that begin or end as `word` does; the others would need the whole lexicon."""
    lines = lexicon.folded
    begin, end = word[:_SHARED].encode(), word[-_SHARED:].encode() + b"\n"
    likely = set(range(lines.bisect(begin), lines.bisect(begin + b"\xff")))
    blob, ends, at = lines.blob(), [], 0
    while (at := blob.find(end, at)) >= 0:
        ends.append(at)
        at += 1
    likely.update((np.searchsorted(lines.offsets, ends, side="right") - 1).tolist())
    numbers = sorted(likely)
    near = edits_within(word, [lines[number].decode(errors="replace") for number in numbers], 2)
    for number, good in zip(numbers, near.tolist(), strict=True):
        if good:
            yield from lexicon.forms_at(number)
