"""Did you mean: another spelling of the question that finds clearly more in this archive.

No index and no engine: the words come through `Spelling`, the counts through a function. The one idea: only the
archive itself knows what is spelt right in it, so every suggestion is made of its own words, preferably of words that
stand side by side in it, and is offered only after it has been counted. Nothing is ever replaced silently, and a name
that the archive holds is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import NamedTuple, Protocol

from index.analysis import COMMON_WORDS
from search.query import Parsed
from search.query.tree import Word

#: With more stories than this a question is left alone.
ENOUGH = 10

#: How many times as many stories a suggestion must find, and a word must stand in to replace another.
CLEARLY = 10

#: How many times as many stories a word must stand in to replace one that the archive itself has in small letters.
FAR_MORE = 50

#: A word in more stories than this is spelt right, whatever is like it.
WELL_KNOWN = 100

#: Words with fewer letters are not respelt; from so many letters on, two of them may differ, where one of the words has
#: one letter more.
_FEWEST_LETTERS = 4
_LETTERS_FOR_TWO = 7

#: A word that the archive lacks is taken for a slip of one that stands in so many stories, by edits and letters at
#: most; of longer ones one story is enough. Many names are like a short word, few like a long one.
_SEEN = {1: ((5, 5), (6, 2)), 2: ((9, 3),)}

_TRIED_WORDS = 3
_CANDIDATES = 6
_COUNTED = 3


class Known(NamedTuple):
    """A written form that the archive holds: folded, its stem, the stories of the stem, edits from what was typed."""

    folded: str
    stem: str
    stories: int
    edits: int = 0


class Spelling(Protocol):
    """The words of an archive."""

    def stories(self, stem: str) -> int:
        """Return the number of stories that hold the stem."""

    def similar(self, folded: str, distance: int) -> Iterable[Known]:
        """Return the written forms within `distance` edits of `folded`."""

    def form(self, folded: str) -> Known | None:
        """Return the written form `folded`, None where the archive does not hold it."""

    def is_name(self, stem: str) -> bool:
        """Say whether the archive writes the word with a capital as names are, and nowhere without."""

    def together(self, left: str, right: str) -> int:
        """Return the number of stories in which the stem `right` follows on `left`; of some, where many have both."""


def suggest(parsed: Parsed, total: int, spelling: Spelling, count: Callable[[str], int]) -> str | None:
    """Return another question that finds clearly more, None where there is none.

    Args:
        parsed: the question as understood.
        total: stories that it finds.
        spelling: the archive's words.
        count: the number of stories another text would find under the same filters.
    """
    if total > ENOUGH:
        return None
    words = [leaf for leaf in parsed.leaves if isinstance(leaf, Word)]
    best: tuple[int, str] | None = None
    for text in _texts(parsed.text, words, spelling):
        found = count(text)
        if found > max(CLEARLY * total, total) and (best is None or found > CLEARLY * best[0]):
            best = found, text
    return best[1] if best else None


def _texts(text: str, words: list[Word], spelling: Spelling) -> list[str]:
    """Return a few other texts, likeliest first: every doubtful word respelt, then doubtful words one by one."""
    changes: list[tuple[Word, str]] = []
    for index, word in enumerate(words):
        if len(changes) < _TRIED_WORDS and (new := _respelt(index, words, spelling)):
            changes.append((word, new))
    texts = []
    if changes:
        whole = text
        for word, new in changes:
            whole = _replaced(whole, word.typed, new)
        texts.append(whole)
        if len(changes) > 1:
            texts += [_replaced(text, word.typed, new) for word, new in changes]
    texts += _joined(text, words, spelling)
    return [other for other in dict.fromkeys(texts) if other != text][:_COUNTED]


def _respelt(index: int, words: list[Word], spelling: Spelling) -> str | None:
    """Return what the archive writes in place of a word, None where the word may stand."""
    word = words[index]
    folded = word.typed.casefold()
    if len(folded) < _FEWEST_LETTERS or not folded.isalpha():
        return None
    held = spelling.stories(word.stem)
    if held > WELL_KNOWN or (held and (not word.typed.islower() or spelling.is_name(word.stem))):
        return None
    likely = _likely(index, words, held, spelling, distance=1)
    if not likely and not held and len(folded) >= _LETTERS_FOR_TWO:
        likely = _likely(index, words, held, spelling, distance=2)
    if likely:
        neighbours = [words[place].stem if 0 <= place < len(words) else "" for place in (index - 1, index + 1)]
        fitting = next((known for known in likely if _fits(known.stem, neighbours, spelling)), None)
        chosen = fitting or next((known for known in likely if held or _is_likelier(known, folded)), None)
        return chosen.folded if chosen else None
    return None if held else _parted(folded, spelling)


def _likely(index: int, words: list[Word], held: int, spelling: Spelling, distance: int) -> list[Known]:
    """Return the best few forms that could be meant by a word that stands in `held` stories, likeliest first."""
    word = words[index]
    folded = word.typed.casefold()
    # A capital within a question is a name's, as one at its beginning need not be.
    named = index > 0 and word.typed.istitle()
    likely = [
        known
        for known in spelling.similar(folded, distance)
        if known.stem != word.stem
        and known.stories > FAR_MORE * held
        and known.folded.isalpha()
        and (known.edits == 1 or max(len(folded), len(known.folded)) > _LETTERS_FOR_TWO)
    ]
    likely.sort(key=lambda known: _unlikeliness(folded, known))
    return [known for known in likely[:_CANDIDATES] if not named or spelling.is_name(known.stem)]


def _is_likelier(known: Known, folded: str) -> bool:
    """Say whether a word that the archive lacks is likelier a slip of one that it has than a name that it lacks."""
    if sorted(known.folded) == sorted(folded):  # two letters that changed places are the hand's fault, not a name's
        return True
    needed = next((stories for letters, stories in _SEEN.get(known.edits, ()) if len(folded) <= letters), 1)
    return known.stories >= needed


def _unlikeliness(folded: str, known: Known) -> tuple[int, bool, int, str]:
    """Return a sort key: fewer edits, then the same first letter, then more stories."""
    return known.edits, folded[0] != known.folded[0], -known.stories, known.folded


def _fits(stem: str, neighbours: list[str], spelling: Spelling) -> bool:
    left, right = neighbours
    return bool((left and spelling.together(left, stem)) or (right and spelling.together(stem, right)))


def _parted(folded: str, spelling: Spelling) -> str | None:
    """Return the two words that a word was written together from ("waterrates"), None where there are none."""
    best: tuple[int, str] | None = None
    for cut in range(2, len(folded) - 1):
        left, right = spelling.form(folded[:cut]), spelling.form(folded[cut:])
        if left is None or right is None or left.folded in COMMON_WORDS or right.folded in COMMON_WORDS:
            continue
        side_by_side = spelling.together(left.stem, right.stem)
        if side_by_side and (best is None or side_by_side > best[0]):
            best = side_by_side, f"{left.folded} {right.folded}"
    return best[1] if best else None


def _joined(text: str, words: list[Word], spelling: Spelling) -> list[str]:
    """Return the text with two neighbouring words written as the one that the archive holds ("water front")."""
    texts = []
    for left, right in pairwise(words):
        folded = f"{left.typed}{right.typed}".casefold()
        if len(folded) >= _LETTERS_FOR_TWO and spelling.form(folded):
            pattern = rf"(?<!\w){re.escape(left.typed)}[\s-]+{re.escape(right.typed)}(?!\w)"
            texts.append(re.sub(pattern, lambda _, joined=folded: joined, text, count=1))  # type: ignore[misc]
    return texts


def _replaced(text: str, typed: str, new: str) -> str:
    """Return the text with a word replaced wherever it stands, in the capitals of the old one."""
    if typed.isupper() and len(typed) > 1:
        new = new.upper()
    elif typed[:1].isupper():
        new = new.title()
    return re.sub(rf"(?<!\w){re.escape(typed)}(?!\w)", lambda _: new, text)
