"""Stems of English words: NLTK's Snowball stemmer, asked only where it has something to decide.

Not another stemmer. NLTK's takes about 8 µs a word, and half the distinct words of an archive are names and plain
words with no ending it knows, or such a word with -s, -ed or -ing. The one idea: a word without any ending that a step
of the algorithm looks for stays as it is, so it need not be asked; and when -s, -ed or -ing falls away from such a
word and nothing is mended afterwards, that word is the stem. Every other word goes to NLTK.

Source of the steps: https://snowballstem.org/algorithms/english/stemmer.html, as NLTK 3 has them; the tests hold this
against NLTK over real vocabularies.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

#: What the endings of every step, and of the exceptional words, end in; "ll" is the last step's. A word that ends in
#: none of these is its own stem.
ENDINGS = ("s", "e", "y", "i", "ed", "ing", "ion", "er", "or", "ism", "ant", "ent", "al", "ful", "ic", "ll")
#: After -ed and -ing: what gets an e back. A doubled letter is undone; that is looked for apart.
_MENDED = ("at", "bl", "iz")
#: Words that begin so have a first region of their own, which may be empty.
_EXCEPTIONAL = ("gener", "commun", "arsen")
#: Words that keep their -s, of those that would lose it here.
_KEPT = frozenset(("atlas", "bias", "cosmos", "news"))
_VOWEL = re.compile("[aeiou]")
#: A vowel, a consonant and one letter more: the first region is not empty, so -ed and -ing leave no e behind.
_REGION = re.compile("[aeiou][b-df-hj-np-tv-xz].")


def stem(word: str) -> str:
    """Return the stem of `word`: three or more letters of a to z.

    >>> [stem(word) for word in ("bridges", "reported", "morgan", "morgans", "hoping")]
    ['bridg', 'report', 'morgan', 'morgan', 'hope']
    """
    if not word.endswith(ENDINGS):
        return word
    if word[-1] == "s":
        base = word[:-1]
        if (
            base[-1] != "u"
            and not base.endswith(ENDINGS)
            and _VOWEL.search(base, 0, len(base) - 1)
            and word not in _KEPT
        ):
            return base
    elif word.endswith(("ed", "ing")):
        base = word[:-2] if word[-1] == "d" else word[:-3]
        if (
            _REGION.search(base)
            and base[-1] != base[-2]
            and not base.endswith(ENDINGS)
            and not base.endswith(_MENDED)
            and not base.startswith(_EXCEPTIONAL)
        ):
            return base
    found: str = _stemmer().stem(word)
    return found


@cache
def _stemmer() -> Any:
    from nltk.stem.snowball import EnglishStemmer

    return EnglishStemmer()
