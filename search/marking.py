"""What a results page marks in its stories, prepared once for all of them.

`search.highlight` says what is to be marked and where passages are cut; this comes to the very same by compiled loops,
and leaves to it what they cannot do: another spelling, capitals that matter, letters beyond those of English and its
neighbours. The one idea: an archive knows the written forms of every stem, so a word of the text need not be stemmed to
tell whether it is meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import compress
from typing import Any

import numpy as np
import numpy.typing as npt

from index import ranking
from index.article import Article
from search import excerpts, scanning, sentences
from search.highlight import (
    FEWEST_WORDS,
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
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
_BEFORE_BODY = "\n\n"

#: Stories that are marked in one go at most, and pieces that they may have together.
_TOGETHER, _PIECES = 32, 2_048

#: Makes a fragment of text and mark, which are in place already.
_fragment = partial(tuple.__new__, Fragment)

#: A story's headline and passages.
Marked = tuple[Snippet, tuple[Snippet, ...]]


class Marker:
    """Marks stories for one question; threads may share it.

    Args:
        node: the tree of the question.
        forms: the written forms of a stem in the archive that the stories are from.
        limit: passages wanted.

    Example:
        >>> marker = Marker(Word("flood", "flood"), lambda stem: ["flood", "floods"])
        >>> marker([Article(headline="Floods")])
        [((Fragment(text='Floods', marked=True),), ())]
    """

    def __init__(self, node: Node, forms: Forms, limit: int = 2) -> None:
        self._node, self._limit = node, limit
        parts = list(positive_parts(node))
        self._in_body = sum(part.fields != ("headline",) for part in parts)
        prepared = _prepared(parts, forms, limit)
        self._arguments: list[Any] | None = None if prepared is None else [*_TABLES, *prepared]

    def __call__(self, articles: Sequence[Article]) -> list[Marked]:
        """Return the headline and the passages of each story as `search.highlight.mark` does."""
        found: list[Marked | None] = [None] * len(articles)
        waiting = [] if self._arguments is None else [(n, reaches(one.body)[0]) for n, one in enumerate(articles)]
        while waiting:
            some = waiting[:_TOGETHER]
            told = self._told([(articles[number], end) for number, end in some])
            waiting = waiting[len(told) :]
            for (number, end), (parts, marked) in zip(some, told, strict=False):
                found[number] = marked
                if marked and parts < self._in_body and end < (last := reaches(articles[number].body)[-1]):
                    waiting.append((number, last))
        return [
            marked or mark(article, self._node, limit=self._limit)
            for article, marked in zip(articles, found, strict=True)
        ]

    def _told(self, some: list[tuple[Article, int]]) -> list[tuple[int, Marked | None]]:
        """Return what is marked in stories whose bodies are looked through so far, and how many parts passages hold.

        None stands for a story that the loops cannot do; of many stories it is the first ones that are told.
        """
        texts: list[str] = []
        edges: list[int] = []
        start = 0
        for article, reach in some:
            headline, body = article.headline, article.body
            texts += headline, _BEFORE_BODY, body[:reach]
            end = len(headline) + len(_BEFORE_BODY) + reach
            edges += start, len(headline), end, reach < len(body)
            start += end
        whole = "".join((*texts, excerpts.ELLIPSES))
        told = np.empty(2 * len(some) * (2 + self._limit), np.int32)
        places, marks = np.empty(2 * _PIECES, np.int32), np.empty(_PIECES, np.bool_)
        values: list[Any] = [_codes(whole), np.array(edges, np.int64), *(self._arguments or ()), told, places, marks]
        stories, snippets, pieces = excerpts.excerpts(*values)
        cuts = map(slice, places[: 2 * pieces : 2].tolist(), places[1 : 2 * pieces : 2].tolist())
        marked = zip(map(whole.__getitem__, cuts), marks[:pieces].tolist(), strict=True)
        first = 2 * len(some)
        return _stories(
            told[: 2 * stories].tolist(), told[first : first + 2 * snippets].tolist(), tuple(map(_fragment, marked))
        )


def _codes(text: str) -> npt.NDArray[np.uint16]:
    """Return the characters of a text in two bytes each, unknown ones for those that have no room in them."""
    codes = text.encode("utf-16-le", "surrogatepass")
    if len(codes) != 2 * len(text):
        codes = _BEYOND.sub("\uffff", text).encode("utf-16-le", "surrogatepass")
    return np.frombuffer(codes, np.uint16)


def _stories(stories: list[int], cuts: list[int], fragments: tuple[Fragment, ...]) -> list[tuple[int, Marked | None]]:
    """Return for each story what `Marker._told` does; the numbers as `excerpts` tells them."""
    ends, ragged = cuts[::2], cuts[1::2]
    snippets = list(map(fragments.__getitem__, map(slice, [0, *ends], ends)))
    for number in compress(range(len(snippets)), ragged):
        snippets[number] = tuple([Fragment(WHITE_SPACE.sub(" ", text), marked) for text, marked in snippets[number]])
    found: list[tuple[int, Marked | None]] = []
    at = 0
    for count, parts in zip(stories[::2], stories[1::2], strict=True):
        found.append((parts, (snippets[at], tuple(snippets[at + 1 : at + count])) if count else None))
        at += count
    return found


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
