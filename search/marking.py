"""What a results page marks in its stories, prepared once for all of them.

`search.highlight` says what is to be marked and where passages are cut; this comes to the very same by compiled loops,
and leaves to it what they cannot do: another spelling, capitals that matter, letters beyond those of English and its
neighbours. The one idea: an archive knows the written forms of every stem, so a word of the text need not be stemmed to
tell whether it is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from index import ranking
from index.article import Article
from search import excerpts, scanning, sentences
from search.highlight import (
    FEWEST_WORDS,
    MOST_CHARACTERS,
    MOST_MATCHES,
    PASSAGE_WORDS,
    WHITE_SPACE,
    leaves_of,
    mark,
    reaches,
)
from search.page import Fragment, Snippet
from search.query.tree import Exact, Leaf, Node, Pattern, Phrase, Word
from search.query.walk import positive_parts

#: The folded written forms of a stem in an archive.
Forms = Callable[[str], Iterable[str]]

#: Bits that the leaves, and the parts, of a question have.
_MOST = 64

_FIELDS = {"headline": 1, "lead": 2, "body": 4}
_BEGUN, _GOING_ON = Fragment("… "), Fragment(" …")
_BEFORE_BODY = "\n\n"


class Marker:
    """Marks stories for one question, in one thread.

    Args:
        node: the tree of the question.
        forms: the written forms of a stem in the archive that the stories are from.
        limit: passages wanted.

    Example:
        >>> marker = Marker(Word("flood", "flood"), lambda stem: ["flood", "floods"])
        >>> marker(Article(headline="Floods"))
        ((Fragment(text='Floods', marked=True),), ())
    """

    def __init__(self, node: Node, forms: Forms, limit: int = 2) -> None:
        self._node, self._limit = node, limit
        parts = list(positive_parts(node))
        self._in_body = sum(part.fields != ("headline",) for part in parts)
        prepared = _prepared(parts, forms, limit)
        self._arguments: list[Any] | None = None if prepared is None else [*_TABLES, *prepared]
        self._out = np.empty(excerpts.ROOM, np.int32)

    def __call__(self, article: Article) -> tuple[Snippet, tuple[Snippet, ...]]:
        """Return the headline and the passages as `search.highlight.mark` does."""
        if self._arguments is not None:
            headline, body = article.headline, article.body
            whole = headline + _BEFORE_BODY + body
            text = np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), np.uint32)
            out = self._out
            before = len(headline) + len(_BEFORE_BODY)
            for end in reaches(body):
                values: list[Any] = [text, len(headline), before + end, *self._arguments, out]
                said = excerpts.excerpt(*values)
                if not said:
                    break
                numbers = out[:said].tolist()
                if numbers[excerpts.PARTS] == self._in_body or end >= min(len(body), MOST_CHARACTERS):
                    return _cut(whole, len(headline), numbers, before + end)
        return mark(article, self._node, limit=self._limit)


_TABLES = scanning.KINDS, scanning.FOLDS, scanning.DOTTED, sentences.BITS, sentences.ABBREVIATIONS


def _prepared(parts: list[Leaf | Phrase], forms: Forms, limit: int) -> tuple[npt.NDArray[Any] | np.uint64, ...] | None:
    """Return what `excerpt` has to know of a question; None where it cannot answer it."""
    numbers: dict[Leaf, int] = {}
    wanted: dict[int, int] = {}
    forms_wanted: list[str] = []
    patterns: list[str] = []
    pattern_ends: list[int] = []
    part_leaves, part_ends, part_fields = [], [], []
    for part in parts:
        for leaf in leaves_of(part):
            if leaf not in numbers:
                number = numbers[leaf] = len(numbers)
                match leaf:
                    case Word(stem):
                        found: Iterable[str] = forms(stem)
                    case Exact(form, cased=False):
                        found = (form,)
                    case Pattern(pattern) if len(pattern_ends) < _MOST and max(pattern) < "\ud800":
                        patterns.append(pattern)
                        pattern_ends += [sum(map(len, patterns)), number]
                        found = ()
                    case _:
                        return None
                for form in found:
                    forms_wanted.append(form)
                    value = scanning.hashed(form)
                    wanted[value] = wanted.get(value, 0) | 1 << number
            part_leaves.append(numbers[leaf])
        part_ends.append(len(part_leaves))
        part_fields.append(sum(_FIELDS[field] for field in part.fields) or sum(_FIELDS.values()))
    if len(numbers) > _MOST or len(parts) > _MOST:
        return None
    values = sorted(wanted)
    return (
        np.uint64(scanning.beginnings(forms_wanted, patterns)),
        np.array(values, np.uint64),
        np.array([wanted[value] for value in values], np.uint64),
        np.array([ord(character) for character in "".join(patterns)], np.uint16),
        np.array(pattern_ends, np.int64),
        np.array(part_leaves, np.int32),
        np.array(part_ends, np.int32),
        np.array(part_fields, np.int32),
        np.array([limit, PASSAGE_WORDS, FEWEST_WORDS, MOST_MATCHES, ranking.LEAD_WORDS], np.int64),
    )


def _cut(text: str, head: int, numbers: list[int], end: int) -> tuple[Snippet, tuple[Snippet, ...]]:
    """Return the fragments of an answer of `excerpt`; `end` as it had it."""
    at = excerpts.FIRST + 2 * numbers[excerpts.SPANS]
    headline = _fragments(text, 0, head, numbers, excerpts.FIRST, at, bool(numbers[excerpts.RAGGED]))
    passages = []
    for _ in range(numbers[excerpts.WINDOWS]):
        start, stop, flags, spans = numbers[at : at + 4]
        begin, at = at + 4, at + 4 + 2 * spans
        fragments = _fragments(text, start, stop, numbers, begin, at, bool(flags & excerpts.RAGGED_WINDOW))
        if fragments and not fragments[-1].marked:
            last = fragments.pop().text.rstrip()
            if last:
                fragments.append(Fragment(last))
        if flags & excerpts.AFTER_ELLIPSIS:
            fragments.insert(0, _BEGUN)
        if flags & excerpts.BEFORE_ELLIPSIS or (stop == end < len(text)):
            fragments.append(_GOING_ON)
        passages.append(tuple(fragments))
    return tuple(headline), tuple(passages)


def _fragments(
    text: str, start: int, end: int, numbers: list[int], first: int, beyond: int, ragged: bool
) -> list[Fragment]:
    """Return the characters from `start` to `end`, the spans at `first` to `beyond` of `numbers` marked."""
    pieces = []
    for at in range(first, beyond, 2):
        begin, stop = numbers[at], numbers[at + 1]
        if start < begin:
            pieces.append((text[start:begin], False))
        pieces.append((text[begin:stop], True))
        start = stop
    if start < end:
        pieces.append((text[start:end], False))
    if ragged:
        pieces = [(WHITE_SPACE.sub(" ", piece), marked) for piece, marked in pieces]
    return [Fragment(piece, marked) for piece, marked in pieces]
