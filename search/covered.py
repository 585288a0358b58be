"""Have we covered this? The past stories nearest to a draft, each with the passages that both have.

Ordinary searches and no index of its own, so every engine has it; the draft is kept nowhere. The one idea: a draft is
asked for by those of its words that are rarest in this very archive, and by its rarest runs of words; and what a reader
must judge are the words that stand in both in the same order, so a long passage of them lifts a story.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from math import log1p

from index.analysis import TOKEN, normalise, remembered_term
from index.article import Article
from search.archive import Archive
from search.overlap import Draft, Passage, Past
from search.page import Hit
from search.related import tellable
from search.request import Request
from search.verbatim import verbatim

_ANY = Request()

#: Characters of a draft that are read; a long feature has a fifth of that.
LONGEST_DRAFT = 200_000

#: Words whose rarity is looked up, the draft's most frequent and its names first; and those of them that are asked for.
_MOST_CANDIDATES = 48
_MOST_WORDS = 16

#: A name tells more than another word of the same rarity.
_NAME = 2.0

#: A story is near where it earns this share of what the nearest earns, and shares this many telling words.
_LEAST_SHARE = 0.2
_LEAST_WORDS = 2


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
        # Which come first matters only where there are too many.
        lifted = archive.search(replace(asked, text=text, sort="newest"))
        if lifted.total > len(lifted.hits):
            lifted = archive.search(replace(asked, text=text))
        for hit in lifted.hits:
            hits.setdefault(hit.article.id, hit)
    mine = Draft(terms, telling)
    past = {id: Past(hit.article, mine) for id, hit in hits.items()}
    scores = {id: nearness.get(id, 0.0) + story.lifted for id, story in past.items()}
    stories: list[Covered] = []
    for id in sorted(hits, key=scores.__getitem__, reverse=True):
        passages = past[id].passages() if len(stories) < limit else ()
        if passages:
            stories.append(Covered(hits[id].article, scores[id], hits[id].copies, passages))
    return Coverage(tuple(telling.values()), tuple(stories))


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
