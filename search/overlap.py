"""What a past story has in common with a draft: words in a row, else the sentence that shares most telling words.

No searching. The one idea: of many stories only the runs are found, which is cheap; a story's passages are made when it
is sure to be shown.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from index.analysis import TOKEN, Term, remembered_term
from index.article import Article
from search.page import Fragment, Snippet
from search.passages import beginnings
from search.runs import Runs

_MOST_PASSAGES = 3

#: Words in a row that happen to be the same ("the company said in a statement"); so many more of them count as much as
#: being the nearest by words does, and longer passages up to this many times as much.
_USUAL_RUN, _LONG_RUN, _MOST_LIFTED = 7, 20, 1.5

#: Words shown around a shared run, and the words of a sentence that are shown.
_AROUND = 6
_LONGEST_SENTENCE = 60

#: A sentence is shown from so many different telling words on.
_LEAST_WORDS = 2

_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a past story that are in the draft, too.

    Attributes:
        kind: "run" for words in the same order, "sentence" for the sentence that shares most telling words.
        words: words of the run; telling words shared by the sentence.
        text: the passage as the story has it, what is shared marked.
    """

    kind: Literal["run", "sentence"]
    words: int
    text: Snippet


class Draft:
    """The words of a draft.

    Args:
        terms: all of them, in their order.
        telling: the stems that tell what it is about.
    """

    def __init__(self, terms: Sequence[Term], telling: Collection[str]) -> None:
        self.runs = Runs(terms)
        self.stems = _Stems(telling)


class Past:
    """A past story cut into words: its headline's, which may have been lifted like any other, and its text's."""

    def __init__(self, article: Article, draft: Draft) -> None:
        self._draft = draft
        self._text = f"{article.headline}\n\n{article.body}"
        self._words = TOKEN.findall(self._text)
        self._runs = draft.runs.shared(self._words)

    @property
    def lifted(self) -> float:
        """What words in the same order count for, where the nearest story by its words counts 1."""
        return min(sum(max(length - _USUAL_RUN, 0) for _, length in self._runs) / _LONG_RUN, _MOST_LIFTED)

    def passages(self) -> tuple[Passage, ...]:
        """Return what the story has in common with the draft, to be shown."""
        spans = [match.span() for match in TOKEN.finditer(self._text)]
        shown = self._runs[:_MOST_PASSAGES]
        passages = tuple(Passage("run", length, self._around(spans, first, length)) for first, length in shown)
        return passages or self._sentence(spans)

    def _around(self, spans: list[_Span], first: int, length: int) -> Snippet:
        """Return a run with a few words before and after it."""
        text = self._text
        begin, end = spans[first][0], spans[first + length - 1][1]
        start = spans[max(first - _AROUND, 0)][0]
        stop = spans[min(first + length - 1 + _AROUND, len(spans) - 1)][1]
        # What stands in another paragraph is no help in reading this one.
        start = max(start, text.rfind("\n\n", 0, begin) + 2 if "\n\n" in text[start:begin] else start)
        stop = end + text[end:stop].find("\n\n") if "\n\n" in text[end:stop] else stop
        pieces = (
            Fragment(_line(text[start:begin])),
            Fragment(_line(text[begin:end]), True),
            Fragment(_line(text[end:stop])),
        )
        return tuple(piece for piece in pieces if piece.text)

    def _sentence(self, spans: list[_Span]) -> tuple[Passage, ...]:
        """Return the sentence with most of the telling words, the first of several; none where it has too few."""
        stems = self._draft.stems
        told = [(place, stem) for place, word in enumerate(self._words) if (stem := stems[word])]
        if len({stem for _, stem in told}) < _LEAST_WORDS:
            return ()
        ends = [*beginnings(self._text, "sentence", [start for start, _ in spans])[1:], len(spans)]
        by_sentence: dict[int, set[str]] = {}
        for place, stem in told:
            by_sentence.setdefault(bisect_right(ends, place), set()).add(stem)
        number, shared = max(by_sentence.items(), key=lambda sentence: len(sentence[1]))
        if len(shared) < _LEAST_WORDS:
            return ()
        first = ends[number - 1] if number else 0
        last = min(ends[number], first + _LONGEST_SENTENCE)
        pieces = []
        at = spans[first][0]
        for place in (place for place, _ in told if first <= place < last):
            start, end = spans[place]
            pieces += [Fragment(_line(self._text[at:start])), Fragment(self._text[start:end], True)]
            at = end
        pieces.append(Fragment(_line(self._text[at : spans[last - 1][1]])))
        return (Passage("sentence", len(shared), tuple(piece for piece in pieces if piece.text)),)


class _Stems(dict[str, str]):
    """The stem of each word that is a telling one, "" for all others."""

    def __init__(self, telling: Collection[str]) -> None:
        super().__init__()
        self._telling = telling

    def __missing__(self, token: str) -> str:
        stem = remembered_term(token).stem
        self[token] = stem if stem in self._telling else ""
        return self[token]


def _line(text: str) -> str:
    """Return text on one line."""
    return re.sub(r"\s+", " ", text)
