"""Have we covered this? The past stories nearest to a draft, each with the passages that both have.

Ordinary searches and no index of its own, so every engine has it; the draft is kept nowhere. The one idea: a draft is
asked for by those of its words that are rarest in this very archive, and by its rarest runs of words; and what a reader
must judge are the words that stand in both in the same order, so a long passage of them lifts a story.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from itertools import pairwise
from math import log1p
from typing import Literal

from index.analysis import TOKEN, Term, Token, is_common, normalise, remembered_term
from index.article import Article
from search.archive import Archive
from search.page import Fragment, Hit, Snippet
from search.passages import beginnings
from search.related import tellable
from search.request import Request
from search.verbatim import verbatim

_ANY = Request()

#: Characters of a draft that are read; a long feature has a fifth of that.
LONGEST_DRAFT = 200_000

#: Words in a row that make a shared passage.
LEAST_RUN = 5

#: Words whose rarity is looked up, the draft's most frequent and its names first; and those of them that are asked for.
_MOST_CANDIDATES = 48
_MOST_WORDS = 16

#: A name tells more than another word of the same rarity.
_NAME = 2.0

#: A story is near where it earns this share of what the nearest earns, and shares this many telling words.
_LEAST_SHARE = 0.2
_LEAST_WORDS = 2

_MOST_PASSAGES = 3

#: Words in a row that happen to be the same ("the company said in a statement"); so many more of them count as much as
#: being the nearest by words does, and longer passages up to this many times as much.
_USUAL_RUN, _LONG_RUN, _MOST_LIFTED = 7, 20, 1.5

#: Words shown around a shared run, and the words of a sentence that are shown.
_AROUND = 6
_LONGEST_SENTENCE = 60


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


@dataclass(frozen=True, slots=True)
class Covered:
    """A past story near to a draft, with its passages: the longest run first.

    Attributes:
        article: the story.
        score: 1.0 for the nearest by words, and up to 1.5 more for words in the same order.
        copies: further members of its family.
        passages: what it has in common with the draft.
    """

    article: Article
    score: float
    copies: int
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was found for a draft, and the words it was found by, as written there, the most telling first."""

    words: tuple[str, ...]
    stories: tuple[Covered, ...]


def covered(archive: Archive, draft: str, limit: int = 10, filters: Request = _ANY) -> Coverage:
    """Return the past stories nearest to `draft`, nearest first.

    Args:
        archive: where to look.
        draft: plain text; what is beyond `LONGEST_DRAFT` characters is not read.
        limit: stories wanted at most.
        filters: whose places, papers, days and so on the stories must fit; its text and order do not matter.
    """
    draft = normalise(draft[:LONGEST_DRAFT])
    terms = [remembered_term(token) for token in TOKEN.findall(draft)]
    telling = _telling(archive, draft)
    asked = replace(
        filters,
        sort="relevance",
        recency=0.0,
        offset=0,
        limit=2 * limit,
        facets=(),
        granularity="decade",
        in_words=False,
    )
    hits: dict[str, Hit] = {}
    nearness: dict[str, float] = {}
    if len(telling) >= _LEAST_WORDS:
        found = archive.search(replace(asked, text=_either(telling.values()))).hits
        best = max((hit.score for hit in found), default=0.0)
        for hit in found:
            if hit.score >= best * _LEAST_SHARE:
                hits[hit.article.id] = hit
                nearness[hit.article.id] = hit.score / best if best else 0.0
    for text in verbatim(archive, terms):
        for hit in archive.search(replace(asked, text=text)).hits:
            hits.setdefault(hit.article.id, hit)
    runs = _Runs(terms)
    stories = [_story(hit, nearness.get(id, 0.0), runs, telling) for id, hit in hits.items()]
    stories = sorted((story for story in stories if story.passages), key=lambda story: -story.score)
    return Coverage(tuple(telling.values()), tuple(stories[:limit]))


def plain_text(draft: str) -> str:
    """Return a draft without its mark-up where it is HTML, and as it is otherwise.

    >>> plain_text("<html><p>The bridge&nbsp;is <b>shut</b>.</p><script>x()</script></html>").split()
    ['The', 'bridge', 'is', 'shut.']
    """
    start = draft.lstrip("\ufeff \t\r\n")[:200].casefold()
    if not start.startswith(("<!doctype html", "<html", "<head", "<body", "<article", "<div", "<p", "<h1", "<!--")):
        return draft
    reader = _Reader()
    reader.feed(draft)
    reader.close()
    return "".join(reader.pieces)


class _Reader(HTMLParser):
    """Gathers the text between tags; tags part words as they part paragraphs."""

    _UNSEEN = frozenset({"script", "style", "head", "template"})
    _INLINE = frozenset({"a", "abbr", "b", "em", "i", "mark", "q", "small", "span", "strong", "sub", "sup", "u"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a paragraph, or something unseen."""
        self._unseen += tag in self._UNSEEN
        self.pieces += [] if tag in self._INLINE else ["\n\n"]

    def handle_endtag(self, tag: str) -> None:
        """End it."""
        self._unseen -= tag in self._UNSEEN and self._unseen > 0
        self.pieces += [] if tag in self._INLINE else ["\n\n"]

    def handle_data(self, data: str) -> None:
        """Keep what a reader sees."""
        if not self._unseen:
            self.pieces.append(data)


def _telling(archive: Archive, draft: str) -> dict[str, str]:
    """Return the most telling words of a draft, stem to the word as written, the most telling first."""
    times: Counter[str] = Counter()
    names: set[str] = set()
    written: dict[str, str] = {}
    for term, token, named in tellable(draft):
        times[term.stem] += 1
        written.setdefault(term.stem, token)
        if named:
            names.add(term.stem)
    weights = {stem: log1p(number) * (_NAME if stem in names else 1.0) for stem, number in times.items()}
    likely = sorted(weights, key=weights.__getitem__, reverse=True)[:_MOST_CANDIDATES]
    counts = archive.counts([written[stem] for stem in likely])
    # A word that the archive lacks tells nothing of it.
    held = [(stem, stories) for stem, stories in zip(likely, counts, strict=True) if stories]
    order = sorted(held, key=lambda pair: -weights[pair[0]] * log1p(archive.newest_arrival / pair[1]))
    return {stem: written[stem] for stem, _ in order[:_MOST_WORDS]}


def _either(words: Iterable[str]) -> str:
    return " OR ".join(word.casefold() for word in words)


class _Runs:
    """The words of a draft, to find those of another text that stand in the same order.

    A run is remembered by its first `LEAST_RUN` words; where those come several times in the draft, the place that goes
    on longest counts, of the first few places.
    """

    _MOST_PLACES = 20

    def __init__(self, draft: list[Term]) -> None:
        self._draft = [term.folded for term in draft]
        self._places: dict[tuple[str, ...], list[int]] = {}
        for start in range(len(draft) - LEAST_RUN + 1):
            places = self._places.setdefault(tuple(self._draft[start : start + LEAST_RUN]), [])
            if len(places) < self._MOST_PLACES:
                places.append(start)

    def shared(self, terms: list[Term]) -> list[tuple[int, int]]:
        """Return the runs of `terms` that the draft has, as (first, length), without overlaps, longest first."""
        words = [term.folded for term in terms]
        runs = []
        at = 0
        while at <= len(words) - LEAST_RUN:
            places = self._places.get(tuple(words[at : at + LEAST_RUN]), ())
            length = max((self._length(words, at, place) for place in places), default=0)
            if sum(not is_common(term) for term in terms[at : at + length]) >= _LEAST_WORDS:
                runs.append((at, length))
            at += max(length, 1)
        return sorted(runs, key=lambda run: (-run[1], run[0]))

    def _length(self, words: list[str], at: int, place: int) -> int:
        length = 0
        while at + length < len(words) and place + length < len(self._draft):
            if words[at + length] != self._draft[place + length]:
                break
            length += 1
        return length


def _story(hit: Hit, nearness: float, runs: _Runs, telling: dict[str, str]) -> Covered:
    # The headline is a paragraph of its own, whose words may have been lifted like any other.
    text = f"{hit.article.headline}\n\n{hit.article.body}"
    tokens = [
        Token(remembered_term(match.group()), position, match.start(), match.end())
        for position, match in enumerate(TOKEN.finditer(text))
    ]
    found = runs.shared([token.term for token in tokens])
    lifted = min(sum(max(length - _USUAL_RUN, 0) for _, length in found) / _LONG_RUN, _MOST_LIFTED)
    passages = tuple(
        Passage("run", length, _around(text, tokens, first, length)) for first, length in found[:_MOST_PASSAGES]
    )
    return Covered(hit.article, nearness + lifted, hit.copies, passages or _sentence(text, tokens, telling))


def _around(text: str, tokens: list[Token], first: int, length: int) -> Snippet:
    """Return a run with a few words before and after it."""
    begin, end = tokens[first].start, tokens[first + length - 1].end
    start = tokens[max(first - _AROUND, 0)].start
    stop = tokens[min(first + length - 1 + _AROUND, len(tokens) - 1)].end
    # What stands in another paragraph is no help in reading this one.
    start = max(start, text.rfind("\n\n", 0, begin) + 2 if "\n\n" in text[start:begin] else start)
    stop = end + text[end:stop].find("\n\n") if "\n\n" in text[end:stop] else stop
    pieces = (
        Fragment(_line(text[start:begin])),
        Fragment(_line(text[begin:end]), True),
        Fragment(_line(text[end:stop])),
    )
    return tuple(piece for piece in pieces if piece.text)


def _sentence(text: str, tokens: list[Token], telling: dict[str, str]) -> tuple[Passage, ...]:
    """Return the sentence with most of the telling words, the first of several; none where it has too few."""
    starts = [*beginnings(text, "sentence"), len(tokens)]
    best = max(pairwise(starts), key=lambda span: len(_held(tokens, span, telling)), default=(0, 0))
    shared = len(_held(tokens, best, telling))
    if shared < _LEAST_WORDS:
        return ()
    first, last = best[0], min(best[1], best[0] + _LONGEST_SENTENCE)
    pieces = []
    at = tokens[first].start
    for token in tokens[first:last]:
        if token.term.stem in telling:
            pieces += [Fragment(_line(text[at : token.start])), Fragment(text[token.start : token.end], True)]
            at = token.end
    pieces.append(Fragment(_line(text[at : tokens[last - 1].end])))
    return (Passage("sentence", shared, tuple(piece for piece in pieces if piece.text)),)


def _held(tokens: list[Token], span: tuple[int, int], telling: dict[str, str]) -> set[str]:
    return {token.term.stem for token in tokens[span[0] : span[1]]} & telling.keys()


def _line(text: str) -> str:
    """Return text on one line."""
    return re.sub(r"\s+", " ", text)
