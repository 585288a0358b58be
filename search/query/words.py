"""Chunks of a query into words to look for: plain, exact, by pattern, in other spellings.

A chunk is what stands between spaces; it may hold several words ("covid-19") and marks ("=", "*", "~"). The one idea: a
chunk goes through the very analysis that stories go through, so that what is typed is found as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index import analysis
from search.query import foreign
from search.query.cursor import Cursor
from search.query.lexer import Piece
from search.query.tree import Exact, Fuzzy, Leaf, Pattern, Phrase, Word

#: Words and phrase words of one query that are looked for; the rest is left out, and said.
MAX_WORDS = 128

#: Letters that a pattern must give, so that it does not stand for half of the dictionary.
PATTERN_LETTERS = 2
PATTERN_LETTERS_AFTER_STAR = 3

#: Letters that a word must have to be looked for in other spellings, and how many of them may differ.
FUZZY_LETTERS = 3
FUZZY_MOST = 2

#: A question begins with one of these words, or ends with a question mark.
_OPENING = frozenset(
    "how why where when what which who whose whom did do does is are was were has have had can could should "
    "would".split()
)

#: Words that only put a question: a story that answers it need not have them.
_PUTTING = frozenset("how why where whose whom did do does can could should might must shall am being".split())

#: Fewer words are hardly a question: `can recall`, `why not`.
_FEWEST = 3

TRAILING = ".,:;!?'\u2019\u2018\u2026"
_LEADING = ".,:;!?'\u2019\u2018\u2026\u00bf\u00a1[{<"
_BOOST = re.compile(r"\^\d+(?:\.\d+)?$")
_FUZZY = re.compile(r"~(\d*)$")
#: `U.S` as the analysis cuts it; its last dot is the reader's, and kept for showing.
_ACRONYM = re.compile(r"[^\W\d_](?:\.[^\W\d_])+")
_ENDS_IN_ACRONYM = re.compile(r"(?<!\w)[^\W\d_](?:\.[^\W\d_])+$")
_CLASS = re.compile(r"\[[^\]]*\]?")


class Words:
    """Reads chunks; counts the words taken, so that there is an end to them."""

    def __init__(self, cursor: Cursor, analyzer: analysis.Analyzer) -> None:
        self.cursor = cursor
        self.say = cursor.say
        self.analyzer = analyzer
        self.taken = 0
        #: From which to which character of the query each leaf was read first.
        self.places: dict[Leaf, tuple[int, int]] = {}

    def leaves(self, chunk: str, piece: Piece, *, exact: bool = False) -> list[Leaf]:
        """Return the leaves of a chunk without white space: several where it has several tokens ("covid-19")."""
        text = analysis.normalise(chunk.replace("\u00ad", "").replace("\u200b", ""))
        if boost := _BOOST.search(text):
            self.say("boost", self.cursor.part(piece, boost.group()), text=boost.group())
            text = text[: boost.start()]
        if text.startswith("="):
            exact, text = True, text.lstrip("=")
        if ending := foreign.ENDING.match(text):
            text = self._ending(text, ending.group(1), piece)
        text = _without_punctuation(text)
        if exact:
            return self._count([_exact(term, token) for term, token in self._terms(text)], piece)
        if "*" in text or "?" in text:
            return self._count(self._patterns(text, piece), piece)
        if fuzzy := _FUZZY.search(text):
            return self._count(self._fuzzy(text[: fuzzy.start()], fuzzy.group(1), piece), piece)
        return self._count([Word(term.stem, token) for term, token in self._terms(text)], piece)

    def _ending(self, text: str, begin: str, piece: Piece) -> str:
        """Say of `recycl!` that it is a word here, since news shouts too; read `earn$2`, which is nothing else."""
        pattern = f"{begin}*"
        if not text.endswith("!"):
            self.say("ending", piece, text=text, taken=pattern)
            return pattern
        if piece.kind == "word" and text.islower():
            self.say("shouted", piece, text=text, pattern=pattern)
        return text

    def _terms(self, text: str) -> list[tuple[analysis.Term, str]]:
        found = []
        for match in analysis.TOKEN.finditer(text):
            token = match.group()
            ends = text.startswith(".", match.end()) and _ACRONYM.fullmatch(token)
            found.append((self.analyzer.term(token), f"{token}." if ends else token))
        return found

    def _count(self, leaves: list[Leaf], piece: Piece) -> list[Leaf]:
        for leaf in leaves:
            self.places.setdefault(leaf, (piece.start, piece.end))
        room = MAX_WORDS - self.taken
        self.taken += len(leaves)
        if len(leaves) <= room:
            return leaves
        if room >= 0 and not any(note.kind == "too-many-words" for note in self.cursor.notes):
            self.say("too-many-words", piece, limit=str(MAX_WORDS), word=piece.text[:40])
        return leaves[: max(room, 0)]

    def _fuzzy(self, text: str, number: str, piece: Piece) -> list[Leaf]:
        terms = self._terms(text)
        distance = int(number[:4]) if number else 1
        if terms and distance > FUZZY_MOST:
            self.say("fuzzy-distance", piece, limit=str(FUZZY_MOST), text=piece.text)
            distance = FUZZY_MOST
        leaves: list[Leaf] = []
        for term, token in terms:
            if distance == 0 and term.folded.isalpha():
                leaves.append(_exact(self.analyzer.term(term.folded), term.folded))
            elif len(term.folded) < FUZZY_LETTERS or not term.folded.isalpha():
                mended = "it was searched as the word it is"
                self.say("too-broad", piece, text=f"{token}~", mended=mended)
                leaves.append(Word(term.stem, token))
            else:
                leaves.append(Fuzzy(term.folded, distance))
        return leaves

    def _patterns(self, text: str, piece: Piece) -> list[Leaf]:
        if choice := _CLASS.search(text):
            self.say("letter-class", self.cursor.part(piece, choice.group()), text=choice.group())
            text = _CLASS.sub("*", text)
        text = re.sub(r"(?<=\d),(?=\d)", "", text)
        leaves: list[Leaf] = []
        for part in re.split(r"[^\w*?'\u2019\u02bc&.+#]+|_+", text):
            part = part.strip(".'\u2019\u02bc?")
            if "*" in part or "?" in part:
                part = part.lstrip("?&+#.'\u2019\u02bc").rstrip("?.'\u2019\u02bc")
            if "*" not in part and "?" not in part:
                leaves += [Word(term.stem, token) for term, token in self._terms(part)]
                continue
            pattern = re.sub(r"\*+", "*", _fold_pattern(part))
            letters = sum(c not in "*?" for c in pattern)
            needed = PATTERN_LETTERS_AFTER_STAR if pattern[:1] in ("*", "?") else PATTERN_LETTERS
            if letters >= needed:
                leaves.append(Pattern(pattern))
                continue
            terms = self._terms(part.replace("*", " ").replace("?", " "))
            mended = "it was searched without the star" if terms else "it was passed over"
            self.say("too-broad", self.cursor.part(piece, part), text=part, mended=mended)
            leaves += [Word(term.stem, token) for term, token in terms]
        return leaves

    def is_common(self, word: Word) -> bool:
        """Say whether a word is so common that it counts only inside phrases."""
        return analysis.is_common(self.analyzer.term(word.typed))

    @property
    def full(self) -> bool:
        """Whether no more words are taken."""
        return self.taken >= MAX_WORDS


def puts_questions(word: str) -> bool:
    """Say whether a word can be there only to put a question.

    >>> puts_questions("How"), puts_questions("mayor")
    (True, False)
    """
    return word.casefold() in _PUTTING


def is_question(pieces: Sequence[Piece], text: str) -> bool:
    """Say whether a query is a question in plain words: several, without operators and brackets.

    >>> from search.query.lexer import lex
    >>> [is_question(lex(text)[0], text) for text in ("how did the mayor vote", "the mayor votes", "how OR why OR is")]
    [True, False, False]
    """
    words = [piece for piece in pieces if piece.kind == "word"]
    if len(words) < _FEWEST or any(piece.kind not in ("word", "phrase", "field") for piece in pieces):
        return False
    begins = pieces[0].kind == "word" and not pieces[0].forced and pieces[0].text.casefold() in _OPENING
    return begins or text.rstrip().endswith("?")


def _without_punctuation(text: str) -> str:
    """Return a chunk without what stands around its words; the last dot of an acronym is a part of it.

    >>> _without_punctuation("U.S.,"), _without_punctuation("floods.")
    ('U.S.', 'floods')
    """
    bare = text.rstrip(TRAILING)
    if text.startswith(".", len(bare)) and _ENDS_IN_ACRONYM.search(bare):
        bare += "."
    return bare.lstrip(_LEADING)


def _exact(term: analysis.Term, token: str) -> Exact:
    cased = any(c.isupper() for c in token)
    return Exact(term.form if cased else term.folded, term.stem, cased, typed=token)


def together(leaves: list[Leaf]) -> Leaf | Phrase:
    """Return the one leaf, or the phrase of several."""
    return leaves[0] if len(leaves) == 1 else Phrase(tuple(leaves))


def _fold_pattern(text: str) -> str:
    """Return a pattern in the folded form that written forms have, its stars and question marks kept.

    >>> _fold_pattern("Élect*")
    'elect*'
    """
    plain = analysis.without_accents(text).casefold()
    plain = re.sub(r"(?<!\d)\.|\.(?!\d)", "", plain)
    return "".join(c for c in plain if c.isalnum() or c in "*?&+#.")
