"""The words that matched, marked in a story's own text, and the passages worth showing.

Plain text in fragments; templates escape and draw the marks. No index is read: the text is analysed once more and
each word held against what the query looks for. The one idea: only what really matched is marked, so a phrase is
marked where the phrase stands, an exact form in that form, and a word asked for in the headline in the headline.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from index import analysis, ranking
from index.abbreviations import is_abbreviation
from index.article import Article
from search.page import Fragment, Snippet
from search.query.tree import (
    Exact,
    Fuzzy,
    Leaf,
    Node,
    Pattern,
    Phrase,
    Word,
)
from search.query.walk import limited, positive_parts

#: Words of one passage.
PASSAGE_WORDS = 28

#: Characters of a long body that are looked through first; the rest only for words that are missing there.
_BEGINNING = 3_000

#: Words that a question remembers to have judged.
_REMEMBERED = 50_000

#: Characters of a body that are looked through; the rest of a very long story is not cut for passages.
MOST_CHARACTERS = 60_000

#: Matches of a story that passages are chosen from, shared out among the words of the query.
MOST_MATCHES = 400

#: A passage that reaches into a new sentence ends before it, if it then keeps so many words.
FEWEST_WORDS = 18

WHITE_SPACE = re.compile(r"\s+")

_ELLIPSIS = "…"
_ANY_END = re.compile(r"[.!?…]|\n\n")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[\"'“‘(]?[A-Z0-9])")

_shared = analysis.Analyzer()


@dataclass(frozen=True, slots=True)
class _Mark:
    """A stretch of words that matched: first and last position, and which part of the query it answers."""

    first: int
    last: int
    part: int


class _Text:
    """One text of a story in words."""

    def __init__(self, text: str, field_of: Callable[[int], str]) -> None:
        self.text = text
        self.field_of = field_of
        self.words = list(analysis.TOKEN.finditer(text))

    def __len__(self) -> int:
        return len(self.words)

    def at(self, character: int) -> int:
        """Return the position of the first word at or after a character."""
        return bisect_left(self.words, character, key=re.Match.start)


def mark(
    article: Article, node: Node, *, analyzer: analysis.Analyzer | None = None, limit: int = 2
) -> tuple[Snippet, tuple[Snippet, ...]]:
    """Return the headline and up to `limit` passages of the body, the words that matched marked.

    Args:
        article: the story; its texts in NFC.
        node: the tree of the query.
        analyzer: the caller's, for its memory of words; one of the module's own where None.
        limit: passages wanted; where nothing matched in the body, its beginning is the only one.

    Example:
        >>> headline, passages = mark(Article(headline="Floods"), Word("flood", "flood"))
        >>> headline
        (Fragment(text='Floods', marked=True),)
    """
    question = _question(node)
    term = (analyzer or _shared).term
    headline = _Text(article.headline, lambda _: "headline")
    shown = _fragments(headline, 0, len(article.headline), _merged(question.find(headline, term)))
    lead_words = _lead_words(article.body)
    for end in reaches(article.body):
        body = _Text(article.body[:end], lambda position: "lead" if position < lead_words else "body")
        marks = question.find(body, term)
        windows = _windows(body, marks, limit)
        held = {found.part for found in marks for first, last in windows if first <= found.first and found.last <= last}
        if len(held) == question.in_body:
            break
    return shown, tuple(_passages(body, marks, windows, end < len(article.body)))


def reaches(body: str) -> tuple[int, ...]:
    """Return how far to look for passages, first and at last: most stories say first what they are about."""
    whole = min(len(body), MOST_CHARACTERS)
    if len(body) > 2 * _BEGINNING:
        # Between paragraphs or words, so that no word is cut in two.
        cut = max(body.rfind("\n\n", 0, _BEGINNING), body.rfind(" ", 0, _BEGINNING))
        if cut > 0:
            return cut, whole
    return (whole,)


def mark_whole(
    article: Article, node: Node, *, analyzer: analysis.Analyzer | None = None
) -> tuple[Snippet, tuple[Snippet, ...]]:
    r"""Return the headline and every paragraph of the body, the words that matched marked: what a story's page shows.

    Args:
        article: the story; its texts in NFC.
        node: the tree of the query; `tree.Everything()` marks nothing.
        analyzer: the caller's, for its memory of words; one of the module's own where None.

    Example:
        >>> mark_whole(Article(headline="Floods", body="A flood.\n\nDry."), Word("flood", "flood"))[1][1]
        (Fragment(text='Dry.', marked=False),)
    """
    question = _question(node)
    term = (analyzer or _shared).term
    headline = _Text(article.headline, lambda _: "headline")
    lead_words = _lead_words(article.body)
    body = _Text(article.body, lambda position: "lead" if position < lead_words else "body")
    stretches = _merged(question.find(body, term))
    paragraphs = []
    for paragraph in re.finditer(r"[^\n]+(?:\n[^\n]+)*", article.body):
        paragraphs.append(_fragments(body, paragraph.start(), paragraph.end(), stretches))
    shown = _fragments(headline, 0, len(article.headline), _merged(question.find(headline, term)))
    return shown, tuple(paragraph for paragraph in paragraphs if paragraph)


def _lead_words(body: str) -> int:
    end = body.find("\n\n")
    words = analysis.TOKEN.finditer(body, 0, end if end >= 0 else len(body))
    return sum(1 for _ in islice(words, ranking.LEAD_WORDS))


class _Question:
    """What is to be marked, with a memory of the words that were already held against it."""

    def __init__(self, node: Node) -> None:
        self.parts = list(positive_parts(node))
        leaves = dict.fromkeys(leaf for part in self.parts for leaf in leaves_of(part))
        self._numbers = {leaf: number for number, leaf in enumerate(leaves)}
        self._fits = [_fits(leaf) for leaf in leaves]
        self._known: dict[str, tuple[int, ...]] = {}
        #: Parts of the question that a body can answer.
        self.in_body = sum(part.fields != ("headline",) for part in self.parts)

    def find(self, text: _Text, term: Callable[[str], analysis.Term]) -> list[_Mark]:
        """Return the stretches of `text` that parts of the query match, in order."""
        where = self._where([word.group() for word in text.words], term)
        marks = []
        for number, part in enumerate(self.parts):
            leaves = leaves_of(part)
            starts = where.get(self._numbers[leaves[0]], [])
            for offset, leaf in enumerate(leaves[1:], start=1):
                following = set(where.get(self._numbers[leaf], ()))
                starts = [start for start in starts if start + offset in following]
            for start in starts:
                if not part.fields or text.field_of(start) in part.fields:
                    marks.append(_Mark(start, start + len(leaves) - 1, number))
        marks.sort(key=lambda found: (found.first, found.last))
        return marks

    def _where(self, tokens: list[str], term: Callable[[str], analysis.Term]) -> dict[int, list[int]]:
        """Return the positions of each leaf, by its number."""
        if len(self._known) > _REMEMBERED:
            self._known = {}
        known, wanted = self._known, {}
        for token in set(tokens):
            numbers = known.get(token)
            if numbers is None:
                found = term(token)
                numbers = known[token] = tuple(number for number, fits in enumerate(self._fits) if fits(found))
            if numbers:
                wanted[token] = numbers
        where: dict[int, list[int]] = {}
        if wanted:
            for position, token in enumerate(tokens):
                for number in wanted.get(token, ()):
                    where.setdefault(number, []).append(position)
        return where


@lru_cache(maxsize=64)
def _question(node: Node) -> _Question:
    return _Question(node)


def leaves_of(part: Leaf | Phrase) -> tuple[Leaf, ...]:
    """Return the leaves of a part without its fields, which are judged where the part stands."""
    return part.parts if isinstance(part, Phrase) else (limited(part, ()),)


def _fits(leaf: Leaf) -> Callable[[analysis.Term], bool]:
    """Return what tells whether a leaf matches a word."""
    match leaf:
        case Word(stem):
            return lambda term: term.stem == stem
        case Exact(form, _, True):
            return lambda term: term.form == form
        case Exact(form):
            return lambda term: term.folded == form
        case Pattern(pattern):
            fits = _pattern(pattern).fullmatch
            return lambda term: fits(term.folded) is not None
        case Fuzzy(form, distance):
            return lambda term: within_edits(form, term.folded, distance)


@lru_cache(maxsize=256)
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile("".join({"*": ".*", "?": "."}.get(c, re.escape(c)) for c in pattern), re.DOTALL)


def within_edits(left: str, right: str, distance: int) -> bool:
    """Say whether at most `distance` edits (insert, delete, replace, swap neighbours) turn one word into the other.

    Optimal string alignment: no letter is edited twice.
    """
    # No edit changes more than two of the letters that a word has at all; nearly all words differ by more.
    if abs(len(left) - len(right)) > distance or (_letters(left) ^ _letters(right)).bit_count() > 2 * distance:
        return False
    before: list[int] = []
    last = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        row = [i]
        for j, b in enumerate(right, start=1):
            best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        if min(row) > distance:
            return False
        before, last = last, row
    return last[-1] <= distance


@lru_cache(maxsize=8192)
def _letters(word: str) -> int:
    """Return which letters a word has, one bit each; letters may share a bit."""
    bits = 0
    for letter in word:
        bits |= 1 << ord(letter) % 64
    return bits


def _merged(marks: Iterable[_Mark]) -> list[tuple[int, int]]:
    """Return the positions to mark, overlapping stretches joined."""
    joined: list[tuple[int, int]] = []
    for found in marks:
        if joined and found.first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], found.last))
        else:
            joined.append((found.first, found.last))
    return joined


def _fragments(text: _Text, start: int, end: int, stretches: Iterable[tuple[int, int]]) -> Snippet:
    """Return the characters from `start` to `end` in fragments; white space is made one blank."""
    fragments: list[Fragment] = []

    def add(begin: int, stop: int, marked: bool) -> None:
        piece = WHITE_SPACE.sub(" ", text.text[begin:stop])
        if piece:
            fragments.append(Fragment(piece, marked))

    at = start
    for first, last in stretches:
        begin, stop = text.words[first].start(), text.words[last].end()
        if begin < at or stop > end:
            continue
        add(at, begin, False)
        add(begin, stop, True)
        at = stop
    add(at, end, False)
    return tuple(fragments)


def _windows(text: _Text, marks: list[_Mark], limit: int) -> list[tuple[int, int]]:
    """Return first and last positions of the passages with most of the question, in the order of the text."""
    if not len(text) or limit < 1:
        return []
    sentences = _sentence_starts(text) if marks else []
    chosen: list[tuple[int, int]] = []
    seen: set[int] = set()
    considered = _considered(marks)
    firsts = [found.first for found in considered]
    while considered and len(chosen) < limit:
        window = _best_window(text, considered, firsts, sentences, chosen, seen)
        if window is None:
            break
        chosen.append(window)
        seen |= {found.part for found in considered if window[0] <= found.first and found.last <= window[1]}
    merged = _merged(marks)
    if not chosen:
        return [(0, min(PASSAGE_WORDS, len(text)) - 1)]
    return [(first, _window_end(first, last, len(text), sentences, merged)) for first, last in sorted(chosen)]


def _passages(text: _Text, marks: list[_Mark], windows: list[tuple[int, int]], cut: bool) -> Iterable[Snippet]:
    merged = _merged(marks)
    for first, last in windows:
        yield _passage(text, first, last, [span for span in merged if first <= span[0] and span[1] <= last], cut)


def _considered(marks: list[_Mark]) -> list[_Mark]:
    """Return the first matches of each part of the query, in order: a frequent word leaves room for a rare one."""
    if len(marks) <= MOST_MATCHES:
        return marks
    room = MOST_MATCHES // len({found.part for found in marks})
    taken: Counter[int] = Counter()
    kept = []
    for found in marks:
        taken[found.part] += 1
        if taken[found.part] <= room:
            kept.append(found)
    return kept


def _window_end(first: int, last: int, words: int, sentences: list[int], merged: list[tuple[int, int]]) -> int:
    """Return the last position of a passage: the end of a sentence where that loses no match and few words."""
    if last + 1 >= words:
        return last
    matched = max((span[1] for span in merged if first <= span[0] and span[1] <= last), default=first)
    begins = sentences[bisect_right(sentences, last + 1) - 1]
    return begins - 1 if begins > matched and begins - first >= FEWEST_WORDS else last


def _sentence_starts(text: _Text) -> list[int]:
    """Return the positions of the words that begin a sentence or a paragraph."""
    ends = _SENTENCE_END.finditer(text.text)
    cuts = [end.end() for end in ends if not _is_short(text.text, end.start())]
    cuts += [match.end() for match in re.finditer(r"\n\n", text.text)]
    return sorted({0, *(text.at(cut) for cut in cuts)})


def _best_window(
    text: _Text,
    marks: list[_Mark],
    firsts: list[int],
    sentences: list[int],
    chosen: list[tuple[int, int]],
    seen: set[int],
) -> tuple[int, int] | None:
    """Return the positions of the passage with most of the query: new words first, then any words, then density."""
    best: tuple[tuple[float, ...], tuple[int, int]] | None = None
    for index, found in enumerate(marks):
        first = _window_start(found.first, sentences)
        last = min(first + PASSAGE_WORDS - 1, len(text) - 1)
        first = max(0, min(first, last - PASSAGE_WORDS + 1)) if last == len(text) - 1 else first
        last = max(last, min(found.last, first + 2 * PASSAGE_WORDS))
        if any(first <= other_last and other_first <= last for other_first, other_last in chosen):
            continue
        inside = marks[bisect_left(firsts, first, 0, index + 1) : bisect_right(firsts, last)]
        held = {other.part for other in inside if other.last <= last}
        score = (len(held - seen), len(held), min(len(inside), 6), -first / (len(text) + 1))
        if best is None or score > best[0]:
            best = (score, (first, last))
    return best[1] if best else None


def _window_start(position: int, sentences: list[int]) -> int:
    """Return where a passage around a word begins: at its sentence, or a few words before it in a long sentence."""
    start = sentences[bisect_right(sentences, position) - 1]
    return start if position - start <= PASSAGE_WORDS * 2 // 3 else max(0, position - PASSAGE_WORDS // 3)


def _passage(text: _Text, first: int, last: int, stretches: list[tuple[int, int]], cut: bool) -> Snippet:
    start = text.words[first].start() if first else 0
    # Opening quotation marks and brackets belong to the word they stand before.
    while start > 0 and text.text[start - 1] in "\"'“‘([$£€#@":
        start -= 1
    at_end = last == len(text) - 1
    end = len(text.text) if at_end else text.words[last].end()
    while not at_end and end < len(text.text) and text.text[end] in ".,!?\"'”’)]%…":
        end += 1
    fragments = list(_fragments(text, start, end, stretches))
    if fragments and not fragments[-1].marked:
        fragments[-1] = Fragment(fragments[-1].text.rstrip())
    complete = at_end or (text.text[end - 1] in '.!?"”' and not _is_short(text.text, end - 1))
    if first > 0 and not _begins_sentence(text, first):
        fragments.insert(0, Fragment(_ELLIPSIS + " "))
    if not complete or (at_end and cut):
        fragments.append(Fragment(" " + _ELLIPSIS))
    return tuple(fragment for fragment in fragments if fragment.text)


def _begins_sentence(text: _Text, position: int) -> bool:
    ends = _ANY_END.finditer(text.text, text.words[position - 1].end(), text.words[position].start())
    return any(not _is_short(text.text, end.start()) for end in ends)


def _is_short(text: str, place: int) -> bool:
    """Say whether the character at `place` is a full stop that shortens a word."""
    follows = place + 1
    while text[follows : follows + 1] == " ":
        follows += 1
    return text[place] == "." and is_abbreviation(text, place, follows)
