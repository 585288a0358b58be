"""Text into terms with positions: the one analysis that indexing and searching share.

Not a parser of queries and not a cleaner of files. The one idea: a pattern cuts the text into tokens, and everything
costly (folding, NLTK's Snowball stemmer) is done once per *distinct* token and remembered.

A token gives exactly one term: its **stem** (what a plain word searches) and its **form** (the word as written, without
accents and possessive, for exact search). Rules, each with its example:

* possessives fall away: `council's` → council; other apostrophes close up: `O'Brien` → obrien;
* hyphens and slashes part words, which then stand side by side: `covid-19` → covid, 19;
* acronyms close up: `U.N.` → un; one that would become a very common word keeps its dots: `U.S.`, `US` → u.s;
* `AT&T`, `R&D`, `C++`, `C#` are words; `1,234` is 1234, `3.5` stays 3.5;
* accents fold: `São` → sao; a letter of a script without spaces between words is a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from nltk.tokenize.api import TokenizerI

from index.stemming import stem

#: Raised by one whenever the same text would give other terms: part of the index's settings sentinel.
VERSION = 1

#: Very common words (folded forms): indexed for phrases, no weight and no demand outside of them.
COMMON_WORDS = frozenset(
    "a an and are as at be been but by for from had has have he her his i if in into is it its no not of on or our she "
    "so such than that the their them then there these they this to was we were what when which who will with would "
    "you your".split()
)

#: Positions that lie between the headline's last word and the body's first, so that no phrase spans both.
HEADLINE_GAP = 100

_UNSPACED = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_LETTER = rf"[^\W_{_UNSPACED}]"
TOKEN = re.compile(
    rf"[{_UNSPACED}]"
    rf"|[^\W\d_](?:\.[^\W\d_])+(?!{_LETTER})"  # U.S, p.m
    rf"|{_LETTER}+(?:&{_LETTER}+)+"  # AT&T
    r"|[A-Za-z](?:\+\+|#)(?!\w)"  # C++
    rf"|\d+(?:,\d{{3}})*(?:\.\d+)?(?!,?\d){_LETTER}*"  # 1,234.5  1980s
    rf"|{_LETTER}+(?:['\u2019\u02bc]{_LETTER}+)*"
)

_APOSTROPHES = re.compile("['\u2019\u02bc]")
_POSSESSIVE = re.compile("['\u2019\u02bc][sS]$")
_UNDECOMPOSED = str.maketrans(
    {
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "ı": "i",
    }
)
_REMEMBERED = 400_000
_LONGEST = 100


class Term(NamedTuple):
    """What one token stands for in the index."""

    stem: str
    form: str

    @property
    def folded(self) -> str:
        """The form without regard to capitals."""
        return self.form.casefold()


class Token(NamedTuple):
    """One occurrence: its term, its place among the words of its text, and where it stands in the characters."""

    term: Term
    position: int
    start: int
    end: int


class NewsTokenizer(TokenizerI):  # type: ignore[misc]  # NLTK ships no types
    """Cut text into raw tokens: NLTK's tokenizer interface over one compiled pattern, no data to download."""

    def tokenize(self, s: str) -> list[str]:
        """Return the raw tokens of `s` in order.

        >>> NewsTokenizer().tokenize("AT&T's U.S. plan: 1,234 covid-19 tests")
        ['AT&T', 's', 'U.S', 'plan', '1,234', 'covid', '19', 'tests']
        """
        return TOKEN.findall(s)

    def span_tokenize(self, s: str) -> Iterator[tuple[int, int]]:
        """Yield the (start, end) characters of each token of `s`."""
        return (match.span() for match in TOKEN.finditer(s))


class Analyzer:
    """Turn text into terms, remembering what each distinct token becomes.

    Not shared between threads that write; lookups are safe, since a lost race only repeats work.
    """

    def __init__(self) -> None:
        self.tokenizer = NewsTokenizer()
        self._terms: dict[str, Term] = {}

    def term(self, token: str) -> Term:
        """Return the term of one raw token."""
        found = self._terms.get(token)
        if found is None:
            if len(self._terms) >= _REMEMBERED:
                self._terms.clear()
            found = self._terms[token] = term_of(token)
        return found

    def terms(self, text: str) -> list[Term]:
        """Return the terms of `text` (NFC) in order; the position of each is its place in the list."""
        term = self.term
        return [term(token) for token in TOKEN.findall(text)]

    def tokens(self, text: str) -> Iterator[Token]:
        """Yield every token of `text` (NFC) with its term, position and characters."""
        for position, match in enumerate(TOKEN.finditer(text)):
            yield Token(self.term(match.group()), position, match.start(), match.end())


def normalise(text: str) -> str:
    """Return `text` in Unicode's composed form (NFC), which the analysis expects."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def without_accents(text: str) -> str:
    """Return `text` in plain letters: what written forms are kept in.

    >>> without_accents("Søren Brâncuși")
    'Soren Brancusi'
    """
    plain = text.translate(_UNDECOMPOSED)
    if plain.isascii():
        return plain
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


def is_common(term: Term) -> bool:
    """Say whether a term is a very common word: it counts only inside phrases."""
    return term.stem in COMMON_WORDS or term.folded in COMMON_WORDS


def term_of(token: str) -> Term:
    """Return the term of one raw token, found out anew; `Analyzer` remembers."""
    form = _form(token)
    folded = form.casefold()
    stemmed = stem(folded) if folded.isascii() and folded.isalpha() and len(folded) > 2 else folded
    return Term(stemmed[:_LONGEST], form[:_LONGEST])


#: `term_of` for whoever reads single texts, in any thread: what the last tokens became is remembered.
remembered_term = lru_cache(1 << 16)(term_of)


def _form(token: str) -> str:
    if token == "US":  # noqa: S105  # the country, not the pronoun
        return "U.S"
    if token.isascii() and token.isalpha():
        return token
    plain = without_accents(token)
    plain = _APOSTROPHES.sub("", _POSSESSIVE.sub("", plain))
    if plain[:1].isdigit():
        return plain.replace(",", "")
    if "." in plain:
        closed = plain.replace(".", "")
        return plain if closed.casefold() in COMMON_WORDS or closed.casefold() == "us" else closed
    return plain
