"""The affair that a story belongs to: what came before and after it, as a thread in order of time.

Made of one ordinary search, so every engine has it. The one idea: the headline, the names of the first paragraphs and
the words that come back in them say what a story is about; those of them that are rare in the archive find the affair,
and time and place tell it from what only sounds like it. The numbers here were chosen by `tests.relevance.affairs`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from math import log1p

from index.analysis import TOKEN, Term, is_common, remembered_term
from index.article import Article
from index.dates import period
from search.archive import Archive
from search.novelty import new_sentences
from search.page import Hit, Thread, ThreadStory
from search.request import Request

#: Words asked for: the telling ones, not the whole story.
MOST_WORDS = 16

#: Words whose rarity is looked up.
_MOST_CANDIDATES = 24

#: What one occurrence of a word in the headline counts, or of a name, where another word of the opening counts one; and
#: what all occurrences of a telling word count at least.
_HEADLINE, _NAME, _LEAST = 2, 2, 2

#: Stories looked at, for each that is wanted.
_LOOKED_AT = 6

#: A story is of the affair where it earns this share of what the best story for the words earns, the story itself.
LEAST_SHARE = 0.15

#: What a story earns counts less the farther away in time it is: half of what can be lost is lost after so many days,
#: and this share is kept over any time. A story without a date keeps that share alone.
HALF_LIFE = 60
KEPT = 0.5

#: What a story in the same city earns counts so many times.
SAME_CITY = 1.25

#: Characters of the body that are looked at for names and for words that come back.
_OPENING = 1_500

#: Words that are in headlines of every kind and tell nothing of what a story is about.
_EVERYDAY = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december today day days week month year years time first last next new old one two "
    "three four five six ten hundred thousand million again after before under over out off down more most than since "
    "back now here about says say said get gets got make makes made put take takes come comes came goes going keep "
    "people man woman men women city town county state".split()
)

_PLAIN = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Telling:
    """A word that tells what a story is about: as written, and how much it tells."""

    stem: str
    written: str
    weight: float


def related(archive: Archive, id: str, limit: int = 6) -> Thread | None:
    """Return the affair of a story of the archive: up to `limit` others, in order of time with the story itself.

    Args:
        archive: where to look.
        id: the story's public id.
        limit: other stories wanted.

    Returns:
        None where the archive does not hold the story.
    """
    clipping = archive.story(id)
    if clipping is None:
        return None
    article = clipping.story.article
    own = ThreadStory(article, "", len(clipping.copies))
    telling = _rare(archive, article)
    stories = [own]
    if len(telling) > 1 and limit > 0:
        text = " OR ".join(word.written.casefold() for word in telling)
        asked = Request(text, limit=_LOOKED_AT * limit, facets=(), granularity="decade", in_words=False)
        hits = archive.search(asked).hits
        same = {id, *(copy.id for copy in clipping.copies)}
        stories += _affair(article, [hit for hit in hits if hit.article.id not in same], _most(hits))[:limit]
    stories.sort(key=lambda story: _in_time(story.article))
    sentences = new_sentences([story.article for story in stories], {word.stem for word in telling})
    told = tuple(replace(story, new=sentence) for story, sentence in zip(stories, sentences, strict=True))
    return Thread(tuple(word.written for word in telling), told, stories.index(own))


def words(article: Article) -> tuple[str, ...]:
    """Return the telling words of a story, the most telling first: of its headline, and names and repeated words.

    >>> words(Article(headline="Council closes the Merrow bridge", body="The Merrow bridge is shut, said Ann Cole."))
    ('Merrow', 'bridge', 'Council', 'closes', 'Ann', 'Cole')
    """
    return tuple(word.written for word in _told(article)[:MOST_WORDS])


def tellable(text: str) -> Iterator[tuple[Term, str, bool]]:
    """Yield the words of `text` that can tell what it is about: each as term and as written, and whether it is a name.

    Very common words, the words of every headline, and what is not all letters are left out.
    """
    for match in TOKEN.finditer(text):
        token = match.group()
        term = remembered_term(token)
        if _PLAIN.fullmatch(token) and not is_common(term) and term.folded not in _EVERYDAY:
            yield term, token, token[0].isupper() and _within_sentence(text, match.start())


def _rare(archive: Archive, article: Article) -> list[Telling]:
    """Return the telling words that other stories have too, the rarest and most telling first."""
    likely = _told(article)[:_MOST_CANDIDATES]
    counts = archive.counts([word.written for word in likely])
    held = max(archive.newest_arrival, 1)
    shared = [
        replace(word, weight=word.weight * log1p(held / stories))
        for word, stories in zip(likely, counts, strict=True)
        if stories > 1
    ]
    return sorted(shared, key=lambda word: -word.weight)[:MOST_WORDS]


def _told(article: Article) -> list[Telling]:
    """Return the telling words of a story, the most telling first."""
    weights: Counter[str] = Counter()
    written: dict[str, str] = {}

    def count(text: str, weight: int) -> None:
        for term, token, named in tellable(text):
            written.setdefault(term.stem, token)
            weights[term.stem] += max(weight, _NAME if named else 1)

    count(article.headline, _HEADLINE)
    count(article.body[:_OPENING], 1)
    return [Telling(stem, written[stem], weight) for stem, weight in weights.most_common() if weight >= _LEAST]


def _affair(article: Article, hits: list[Hit], best: float) -> list[ThreadStory]:
    """Return the stories of the affair, the nearest first; `best` is what the best story for the words earns."""
    keys = {city.key for city in article.facet_cities}
    day = _day(article)
    found = []
    for hit in hits:
        there = keys.isdisjoint(city.key for city in hit.article.facet_cities)
        score = hit.score * _kept(day, _day(hit.article)) * (1.0 if there else SAME_CITY)
        # What says the same under another name is a copy, even where the intake did not find it.
        copied = (hit.article.headline, hit.article.body) == (article.headline, article.body)
        if score >= LEAST_SHARE * best and not copied:
            found.append(ThreadStory(hit.article, "", hit.copies, score))
    return sorted(found, key=lambda story: -story.score)


def _kept(day: date | None, other: date | None) -> float:
    """Return what is kept of a score over the time between two days."""
    if day is None:
        return 1.0
    if other is None:
        return KEPT
    return float(KEPT + (1.0 - KEPT) * 0.5 ** (abs((day - other).days) / HALF_LIFE))


def _most(hits: tuple[Hit, ...]) -> float:
    return max((hit.score for hit in hits), default=0.0)


def _day(article: Article) -> date | None:
    known = period(article.published)
    return known.first if known else None


def _in_time(article: Article) -> tuple[bool, date, int, str]:
    """Return what orders stories by date: undated ones come last."""
    known = period(article.published)
    return known is None, known.first if known else date.min, known.second if known else 0, article.id


def _within_sentence(text: str, start: int) -> bool:
    """Say whether the word at `start` does not begin a sentence, so that a capital makes it a name."""
    before = text[max(0, start - 3) : start].rstrip()
    return bool(before) and before[-1] not in ".!?:\n\"'“”‘’—-"
