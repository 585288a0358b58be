"""Which words of a generation a leaf stands for: a stem, a written form, a pattern's or a misspelling's relatives.

No postings here. The one idea: what a star or misspelling stands for is known as numbers of lines before a form is made
of any, so that too many of them cost nothing and the commonest are the ones that are kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.embedded import Segment
from index.embedded.lexicon import Lexicon, encoded
from index.embedded.values import Longs, Unsigned
from search.embedded.columns import Columns
from search.embedded.edits import within
from search.embedded.terms import Choice
from search.query import tree


@dataclass(frozen=True, slots=True)
class StoodFor:
    """The words that a leaf stands for.

    Attributes:
        choices: those that are searched, by segment and stem.
        forms: how many written forms a star or misspelling is searched by; 0 for any other leaf.
        held: how many it stands for.
    """

    choices: tuple[Choice, ...]
    forms: int = 0
    held: int = 0


def stood_for(columns: Columns, leaf: tree.Leaf, most: int) -> StoodFor:
    """Return the words that `leaf` stands for: of a star or misspelling at most `most`, those in most stories."""
    segments = columns.segments
    if isinstance(leaf, tree.Word):
        ordinals = enumerate(segment.term(leaf.stem) for segment in segments)
        return StoodFor(tuple(Choice(number, ordinal) for number, ordinal in ordinals if ordinal >= 0))
    if isinstance(leaf, tree.Exact):
        exact: list[Choice] = []
        for number, segment in enumerate(segments):
            forms = [form for form in segment.exactly(leaf.form.casefold()) if not leaf.cased or form.form == leaf.form]
            pairs = sorted((form.stem, form.code) for form in forms)
            stems, codes = np.array(pairs, np.int64).reshape(-1, 2).T
            exact += _choices(segment.lexicon, number, stems, codes)
        return StoodFor(tuple(exact))
    lines = [_lines(segment.lexicon, leaf) for segment in segments]
    held = len(lines[0]) if len(segments) == 1 else 0
    if len(segments) > 1 or held > most:
        lines, held = _commonest(segments, lines, most)
    found: list[Choice] = []
    for number, (segment, some) in enumerate(zip(segments, lines, strict=True)):
        found += _choices(segment.lexicon, number, *segment.lexicon.stood_for(some))
    return StoodFor(tuple(found), min(held, most), held)


def _lines(lexicon: Lexicon, leaf: tree.Pattern | tree.Fuzzy) -> Unsigned:
    """Return the numbers of the folded forms that a star or misspelling stands for, ascending."""
    if isinstance(leaf, tree.Fuzzy):
        return within(lexicon.folded, leaf.form.casefold(), leaf.distance)[0]
    prefix, star, rest = re.fullmatch(r"([^*?]*)(\*?)(.*)", leaf.pattern, re.DOTALL).groups()  # type: ignore[union-attr]
    begin, end = lexicon.folded.bisect(encoded(prefix)), lexicon.folded.bisect(encoded(prefix) + b"\xff")
    if star and not rest:
        return np.arange(begin, end, dtype=np.uint32)
    return lexicon.folded.matching(_within_lines(leaf.pattern), slice(begin, end))


def _commonest(segments: Sequence[Segment], lines: list[Unsigned], most: int) -> tuple[list[Unsigned], int]:
    """Return those of some folded forms of each segment that stand in most stories, and how many there are at all.

    What a form is found in is taken to be what its stem is; at equal numbers the first in the alphabet counts.
    """
    stories: Counter[bytes] = Counter()
    named = []
    for segment, some in zip(segments, lines, strict=True):
        names = segment.lexicon.folded.some(some)
        counts = segment.posting_counts(segment.lexicon.folded_stems[some])
        for name, count in zip(names, counts.tolist(), strict=True):
            stories[name] += count
        named.append(names)
    if len(stories) <= most:
        return lines, len(stories)
    kept = set(sorted(stories, key=lambda name: (-stories[name], name))[:most])
    keeps = [np.array([name in kept for name in names], np.bool_) for names in named]
    return [some[keep] for some, keep in zip(lines, keeps, strict=True)], len(stories)


def _within_lines(pattern: str) -> re.Pattern[bytes]:
    """Return what finds the lines that fit a pattern; at either end a star needs no looking at."""
    inner = b"".join(map(_part, pattern.strip("*")))
    begin, end = b"" if pattern[0] == "*" else b"^", b"" if pattern[-1] == "*" else b"$"
    return re.compile(begin + inner + end, re.MULTILINE)


def _part(letter: str) -> bytes:
    # A line is UTF-8: one letter is a byte that begins a character and the bytes that go on with it.
    if letter == "?":
        return rb"[^\n\x80-\xbf][\x80-\xbf]*"
    return rb"[^\n]*" if letter == "*" else re.escape(letter.encode())


def _choices(lexicon: Lexicon, segment: int, stems: Longs, codes: Longs) -> Iterator[Choice]:
    """Yield the stems of some forms of a segment, narrowed to those forms where a stem has others too.

    Args:
        lexicon: of the segment.
        segment: its number.
        stems: of each form, ascending.
        codes: of each form, ascending where the stem is the same.
    """
    each, begins, counts = np.unique(stems, return_index=True, return_counts=True)
    numbers = each, lexicon.form_counts(each), begins, counts
    for stem, every, begin, own in zip(*(some.tolist() for some in numbers), strict=True):
        forms = None if own == every else tuple(codes[begin : begin + own].tolist())
        yield Choice(segment, stem, forms, every)
