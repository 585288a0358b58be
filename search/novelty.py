"""The sentence that is new in each story of a thread.

Plain texts, no index. The one idea: what a story adds to an affair is the sentence that speaks of the affair and has
most words that no story before it had; names and figures count for more, since they are what news is made of.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from math import sqrt

from index.analysis import TOKEN, is_common, remembered_term
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
    about = set(affair)
    found = []
    for story in stories:
        text = _Text(story.body[:_LOOKED_AT])
        best = max(text.sentences, key=lambda sentence: text.worth(sentence, about, told), default=None)
        found.append(text.shown(best) if best and text.worth(best, about, told) > 0.0 else "")
        told.update(text.stems)
        told.update(remembered_term(token).stem for token in TOKEN.findall(story.headline))
    return tuple(found)


class _Text:
    """The beginning of a story; a sentence is the number of its first word and that of the word behind its last."""

    def __init__(self, text: str) -> None:
        matches = list(TOKEN.finditer(text))
        self.text = text
        self.words = [match.group() for match in matches]
        self.begins = [match.start() for match in matches]
        self.terms = [remembered_term(word) for word in self.words]
        self.stems = [term.stem for term in self.terms]
        begins = beginnings(text, "sentence", self.begins) if matches else []
        self.sentences = list(pairwise([*begins, len(matches)]))

    def worth(self, sentence: tuple[int, int], affair: set[str], told: Collection[str]) -> float:
        """Return how much of what was not told a sentence tells; of the affair, where nothing was told."""
        first, last = sentence
        about = affair.intersection(self.stems[first:last])
        if last - first < _SHORTEST or not about:
            return 0.0
        if not told:
            return float(len(about))
        fresh = {
            self.stems[at]: _TELLING if self._is_telling(at, first) else 1.0
            for at in range(first, last)
            if self.stems[at] not in told and not is_common(self.terms[at])
        }
        news = sum(fresh.values())
        return news / sqrt(last - first + _LENGTH) if news >= _LEAST else 0.0

    def _is_telling(self, at: int, first: int) -> bool:
        """Say whether a word is a figure, or a name inside its sentence."""
        letter = self.words[at][0]
        return letter.isdigit() or (at > first and letter.isupper())

    def shown(self, sentence: tuple[int, int]) -> str:
        """Return a sentence on one line with the marks that stand close to its words, cut where it is long."""
        first, last = sentence
        start = self.begins[first]
        cut = min(last, first + LONGEST)
        end = self.begins[cut - 1] + len(self.words[cut - 1])
        while start and not self.text[start - 1].isspace():
            start -= 1
        while cut == last and end < len(self.text) and not self.text[end].isspace():
            end += 1
        return re.sub(r"\s+", " ", self.text[start:end]).strip() + (" …" if cut < last else "")
