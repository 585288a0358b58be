"""Which words of a generation a leaf stands for: a stem, a written form, a pattern's or a misspelling's relatives.

No postings here. The one idea: every expansion has a limit that is said in words, so that no query, however wide, holds
the machine for long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_

import numpy as np
import numpy.typing as npt

from index.embedded import Form, Segment
from index.embedded.lexicon import Lines
from search.embedded.columns import Columns
from search.embedded.sets import Array
from search.embedded.terms import Choice
from search.page import Diagnostic
from search.query import tree

#: Written forms that a pattern or a misspelling may stand for; the further ones, in alphabetical order, are left out.
MOST_FORMS = 20_000

#: More lines than this are searched faster as one text.
_MANY = 20_000


def choices(columns: Columns, leaf: tree.Leaf) -> tuple[tuple[Choice, ...], Diagnostic | None]:
    """Return the words that `leaf` stands for, and what is to be said where they are too many."""
    if isinstance(leaf, tree.Word):
        ordinals = enumerate(segment.term(leaf.stem) for segment in columns.segments)
        return tuple(Choice(number, ordinal) for number, ordinal in ordinals if ordinal >= 0), None
    found: list[tuple[int, Form]] = []
    for number, segment in enumerate(columns.segments):
        letters = columns.letters(number, letter_sets) if isinstance(leaf, tree.Fuzzy) else np.zeros(0, dtype=np.uint32)
        found.extend((number, form) for form in _forms(segment, leaf, letters))
    said = None
    names = {form.folded for _, form in found}
    if len(names) > MOST_FORMS:
        kept = set(sorted(names)[:MOST_FORMS])
        found = [(number, form) for number, form in found if form.folded in kept]
        said = Diagnostic(
            "too-many-words",
            f"{_shown(leaf)} stands for {len(names):,} words; only the first {MOST_FORMS:,} in the alphabet were "
            "searched. Write more letters to narrow it.",
            severity="warning",
        )
    return tuple(_choices(columns, found)), said


def _forms(segment: Segment, leaf: tree.Leaf, letters: Array) -> Iterable[Form]:
    lexicon = segment.lexicon
    match leaf:
        case tree.Exact(form, _, cased):
            return [one for one in segment.exactly(form.casefold()) if not cased or one.form == form]
        case tree.Pattern(pattern):
            prefix = re.split(r"[*?]", pattern, maxsplit=1)[0]
            if pattern == prefix + "*":
                return segment.forms(prefix)
            lines = _fitting(lexicon.folded, prefix, b"".join(map(_part, pattern)))
            return (form for line in lines for form in lexicon.forms_at(line))
        case tree.Fuzzy(form, distance):
            lines = _near(lexicon.folded, letters, form.casefold(), distance)
            return (form for line in lines for form in lexicon.forms_at(line))
        case _:
            return ()


def _fitting(lines: Lines, prefix: str, pattern: bytes) -> list[int]:
    """Return the numbers of the lines that fit; those with another beginning are not looked at."""
    begin, end = lines.bisect(prefix.encode()), lines.bisect(prefix.encode() + b"\xff")
    if end - begin > _MANY:
        return [int(line) for line in lines.matching(re.compile(b"^%s$" % pattern, re.MULTILINE))]
    fits = re.compile(pattern).fullmatch
    return [number for number in range(begin, end) if fits(lines[number])]


def _part(letter: str) -> bytes:
    # A line is UTF-8: one letter is a byte that begins a character and the bytes that go on with it.
    if letter == "?":
        return rb"[^\n\x80-\xbf][\x80-\xbf]*"
    return rb"[^\n]*" if letter == "*" else re.escape(letter.encode())


def _near(lines: Lines, letters: Array, wanted: str, distance: int) -> list[int]:
    """Return the numbers of the lines within `distance` edits of `wanted`."""
    least, most = len(wanted) - distance, len(wanted) + distance
    # A letter is one to four bytes of a line, and one edit changes the set of letters by no more than two.
    sizes = np.diff(lines.offsets.astype(np.int64)) - 1
    others = np.bitwise_count(letters ^ letter_set(wanted))
    likely = np.flatnonzero((sizes >= least) & (sizes <= 4 * most) & (others <= 2 * distance)).tolist()
    words = [
        (number, word) for number in likely if least <= len(word := lines[number].decode(errors="replace")) <= most
    ]
    good = edits_within(wanted, [word for _, word in words], distance)
    return [number for (number, _), near in zip(words, good.tolist(), strict=True) if near]


def letter_set(word: str) -> int:
    """Return the ASCII letters of a word as bits; letters that share their last five bits share one."""
    return reduce(or_, (1 << (byte & 31) for byte in word.encode() if byte < 128), 0)


def letter_sets(lines: Lines) -> npt.NDArray[np.uint32]:
    """Return `letter_set` of every line."""
    if not len(lines):
        return np.zeros(0, dtype=np.uint32)
    text = np.frombuffer(lines.blob(), dtype=np.uint8)
    bits = np.where(text < 128, np.uint32(1) << (text & 31), np.uint32(0)).astype(np.uint32)
    bits[text == ord("\n")] = 0
    return np.asarray(np.bitwise_or.reduceat(bits, lines.offsets[:-1].astype(np.intp)))


def _choices(columns: Columns, found: list[tuple[int, Form]]) -> Iterator[Choice]:
    """Yield the stems of the forms found, narrowed to those forms where a stem has others too."""
    codes: dict[tuple[int, int], list[int]] = {}
    for number, form in found:
        codes.setdefault((number, form.stem), []).append(form.code)
    for (number, stem), some in sorted(codes.items()):
        every = columns.segments[number].lexicon.form_count(stem)
        yield Choice(number, stem, None if len(some) == every else tuple(sorted(some)))


def edits_within(word: str, others: list[str], distance: int) -> npt.NDArray[np.bool_]:
    """Say which of `others` are within `distance` edits of `word` (insert, delete, replace, swap neighbours).

    The table of optimal string alignment, one row a letter of `word`, for all the others at once.
    """
    if not others:
        return np.zeros(0, dtype=np.bool_)
    lengths = np.fromiter(map(len, others), dtype=np.intp, count=len(others))
    width = int(lengths.max())
    letters = np.zeros((width, len(others)), dtype=np.uint32)
    padded = np.array(others, dtype=f"<U{max(width, 1)}")
    letters[:] = padded.view(np.uint32).reshape(len(others), max(width, 1)).T[:width]
    shape = (width + 1, len(others))
    before_last = np.zeros(shape, dtype=np.int16)
    last = np.repeat(np.arange(width + 1, dtype=np.int16)[:, None], len(others), axis=1)
    for i, letter in enumerate(word, start=1):
        row = np.empty(shape, dtype=np.int16)
        row[0] = i
        for j in range(1, width + 1):
            differs = letters[j - 1] != ord(letter)
            row[j] = np.minimum(np.minimum(last[j], row[j - 1]) + 1, last[j - 1] + differs)
            if i > 1 and j > 1:
                swapped = (letters[j - 2] == ord(letter)) & (letters[j - 1] == ord(word[i - 2]))
                row[j] = np.where(swapped, np.minimum(row[j], before_last[j - 2] + 1), row[j])
        before_last, last = last, row
    return np.asarray(last[lengths, np.arange(len(others))] <= distance)


def _shown(leaf: tree.Leaf) -> str:
    match leaf:
        case tree.Pattern(pattern):
            return f"“{pattern}”"
        case tree.Fuzzy(form, distance):
            return f"“{form}~{distance}”"
        case _:
            return "A word"
