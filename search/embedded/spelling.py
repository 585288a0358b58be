"""The words of a generation for people: what a stem stands for, and `search.suggest.Spelling` over its segments.

The one idea: forms and counts are those that searches use, so a suggestion is never of a word that finds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from index.embedded import Segment
from search.embedded.columns import Columns
from search.embedded.edits import within
from search.embedded.sets import find
from search.page import FORMS_COUNTED
from search.suggest import Known

#: Stories of a segment that have two stems, in which it is looked how often the one follows on the other.
_MOST_PAIRS = 256

#: Room for the places of a story's words, to compare those of many stories at once.
_PLACES = 1 << 32


class GenerationSpelling:
    """The words of the generation behind `columns`."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    def stories(self, stem: str) -> int:
        """Return the number of stories that hold the stem, deleted ones included."""
        return sum(segment.posting_count(ordinal) for segment, ordinal in self._holding(stem))

    def similar(self, folded: str, distance: int) -> Iterable[Known]:
        """Return the written forms within `distance` edits; two edits away only those with the same first letter."""
        found: dict[str, Known] = {}
        segments = self._columns.segments
        for segment in segments:
            lexicon = segment.lexicon
            numbers, edits = within(lexicon.folded, folded, distance, kept=int(distance > 1))
            for line, away in zip(numbers.tolist(), edits.tolist(), strict=True):
                form = lexicon.folded[line].decode(errors="replace")
                if form not in found:
                    ordinal = int(lexicon.folded_stems[line])
                    stem = lexicon.stem(ordinal)
                    stories = segment.posting_count(ordinal) if len(segments) == 1 else self.stories(stem)
                    found[form] = Known(form, stem, stories, away)
        return found.values()

    def form(self, folded: str) -> Known | None:
        """Return the written form `folded`, None where no story holds it."""
        for segment in self._columns.segments:
            for form in segment.exactly(folded):
                stem = segment.lexicon.stem(form.stem)
                return Known(folded, stem, self.stories(stem))
        return None

    def is_name(self, stem: str) -> bool:
        """Say whether the word is written with a capital as names are, and nowhere without."""
        forms = {form.form for segment, ordinal in self._holding(stem) for form in segment.forms_of(ordinal)}
        return any(form[:1].isupper() and not form.isupper() for form in forms) and not any(map(str.islower, forms))

    def forms(self, stem: str) -> tuple[tuple[str, int], ...]:
        """Return the written forms of a stem with their occurrences in the first `FORMS_COUNTED` stories."""
        counts: dict[str, int] = {}
        left = FORMS_COUNTED
        for segment, ordinal in self._holding(stem):
            times = segment.form_counts(ordinal, left)
            left -= min(left, segment.posting_count(ordinal))
            for form, number in zip(segment.forms_of(ordinal), times, strict=True):
                counts[form.form] = counts.get(form.form, 0) + number
        return tuple(counts.items())

    def folded(self, stem: str) -> frozenset[str]:
        """Return the folded written forms of a stem."""
        return frozenset(form.folded for segment, ordinal in self._holding(stem) for form in segment.forms_of(ordinal))

    def together(self, left: str, right: str) -> int:
        """Return the number of stories in which `right` follows on `left`, of the first few that have both stems."""
        return sum(_side_by_side(segment, left, right) for segment in self._columns.segments)

    def _holding(self, stem: str) -> list[tuple[Segment, int]]:
        """Return the segments that hold the stem, each with its number there."""
        ordinals = ((segment, segment.term(stem)) for segment in self._columns.segments)
        return [(segment, ordinal) for segment, ordinal in ordinals if ordinal >= 0]


def _side_by_side(segment: Segment, left: str, right: str) -> int:
    one, other = segment.term(left), segment.term(right)
    if one < 0 or other < 0:
        return 0
    here, there = (places[:_MOST_PAIRS].astype(np.int64) for places in find(segment.docs(one), segment.docs(other)))
    if not here.size:
        return 0
    before, after = segment.occurrences(one, here), segment.occurrences(other, there)
    stories = [np.repeat(np.arange(here.size), np.diff(found.offsets)) for found in (before, after)]
    wanted = stories[0] * _PLACES + before.positions.astype(np.int64) + 1
    held = stories[1] * _PLACES + after.positions.astype(np.int64)
    return int(np.unique(wanted[np.isin(wanted, held)] // _PLACES).size)
