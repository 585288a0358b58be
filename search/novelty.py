"""The sentence that is new in each story of a thread.

Plain texts, no index. The one idea: what a story adds to an affair is the sentence that speaks of the affair and has
most words that no story before it had; names and figures count for more, since they are what news is made of.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from math import sqrt

from index.analysis import TOKEN, Term, is_common, remembered_term
from index.article import Article
from search.passages import beginnings

#: Characters of a story's text in which its new sentence is looked for.
_LOOKED_AT = 4_000

#: A sentence of more words is cut; one of fewer tells nothing.
LONGEST, _SHORTEST = 45, 5

#: What a name or a figure counts, where another word counts one.
_TELLING = 2.0

#: Words by which a sentence is taken to be longer than it is, so that short ones do not win by being short.
_LENGTH = 12

#: A new sentence has words worth so much that no earlier story had.
_LEAST = 3.0


def new_sentences(stories: Sequence[Article], affair: Collection[str]) -> tuple[str, ...]:
    """Return for each story of a thread the sentence that is new in it, "" where nothing is.

    Args:
        stories: in order of time. Of the first one it is the sentence that says most of the affair.
        affair: stems of the words that the thread is about.
    """
    told: set[str] = set()
    found = []
    for story in stories:
        sentences = _sentences(story.body[:_LOOKED_AT])
        best = max(sentences, key=lambda sentence: sentence.worth(affair, told), default=None)
        found.append(best.shown() if best and best.worth(affair, told) > 0.0 else "")
        told.update(term.stem for sentence in sentences for term, _ in sentence.words)
        told.update(remembered_term(token).stem for token in TOKEN.findall(story.headline))
    return tuple(found)


class _Sentence:
    """One sentence: its text, its words, and whether each is a name or a figure."""

    def __init__(self, text: str, words: list[tuple[Term, bool]]) -> None:
        self.text, self.words = text, words

    def worth(self, affair: Collection[str], told: Collection[str]) -> float:
        """Return how much of what was not told it tells; of the affair, where nothing was told."""
        about = {term.stem for term, _ in self.words if term.stem in affair}
        if len(self.words) < _SHORTEST or not about:
            return 0.0
        if not told:
            return float(len(about))
        fresh = {term.stem: telling for term, telling in self.words if term.stem not in told and not is_common(term)}
        news = sum(_TELLING if telling else 1.0 for telling in fresh.values())
        return news / sqrt(len(self.words) + _LENGTH) if news >= _LEAST else 0.0

    def shown(self) -> str:
        """Return the sentence on one line, cut where it is long."""
        text = self.text
        if len(self.words) > LONGEST:
            text = text[: list(TOKEN.finditer(text))[LONGEST - 1].end()] + " …"
        return re.sub(r"\s+", " ", text).strip()


def _sentences(text: str) -> list[_Sentence]:
    tokens = list(TOKEN.finditer(text))
    begin = [token.start() for token in tokens]
    starts = [*beginnings(text, "sentence", begin), len(tokens)] if tokens else []
    return [
        _Sentence(
            _whole(text, tokens[first].start(), tokens[last - 1].end()),
            list(_words(match.group() for match in tokens[first:last])),
        )
        for first, last in pairwise(starts)
    ]


def _whole(text: str, start: int, end: int) -> str:
    """Return the words from `start` to `end` with the marks that stand close to them."""
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return text[start:end]


def _words(tokens: Iterable[str]) -> Iterable[tuple[Term, bool]]:
    for place, token in enumerate(tokens):
        yield remembered_term(token), token[0].isdigit() or (place > 0 and token[0].isupper())
