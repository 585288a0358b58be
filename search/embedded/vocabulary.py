"""Which words of a generation a leaf stands for: a stem, a written form, a pattern's or a misspelling's relatives.

No postings here. The one idea: every expansion has a limit that is said in words, so that no query, however wide, holds
the machine for long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from index.embedded import Form, Segment
from index.embedded.lexicon import Lines
from search.embedded.columns import Columns
from search.embedded.edits import within
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
        found.extend((number, form) for form in _forms(segment, leaf))
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


def _forms(segment: Segment, leaf: tree.Leaf) -> Iterable[Form]:
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
            near, _ = within(lexicon.folded, form.casefold(), distance)
            return (form for line in near.tolist() for form in lexicon.forms_at(line))
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


def _choices(columns: Columns, found: list[tuple[int, Form]]) -> Iterator[Choice]:
    """Yield the stems of the forms found, narrowed to those forms where a stem has others too."""
    codes: dict[tuple[int, int], list[int]] = {}
    for number, form in found:
        codes.setdefault((number, form.stem), []).append(form.code)
    for (number, stem), some in sorted(codes.items()):
        every = columns.segments[number].lexicon.form_count(stem)
        yield Choice(number, stem, None if len(some) == every else tuple(sorted(some)))


def _shown(leaf: tree.Leaf) -> str:
    match leaf:
        case tree.Pattern(pattern):
            return f"“{pattern}”"
        case tree.Fuzzy(form, distance):
            return f"“{form}~{distance}”"
        case _:
            return "A word"
