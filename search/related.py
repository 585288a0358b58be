"""More about the same: stories that share a story's telling words.

Made of one ordinary search, so every engine has it. The one idea: the headline and the names of the first paragraphs
say what a story is about; the ranking knows which of those words are rare enough to matter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from index.analysis import TOKEN, Analyzer, Term, is_common
from index.article import Article
from search.archive import Archive
from search.page import Hit
from search.request import Request

#: Words asked for: the telling ones, not the whole story.
MOST_WORDS = 14

#: A hit is related where it earns this share of what the story itself would earn.
LEAST_SHARE = 0.25

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


def related(archive: Archive, article: Article, limit: int = 5) -> tuple[Hit, ...]:
    """Return up to `limit` stories of the archive that are about the same, best first, the story's copies left out.

    Args:
        archive: where to look.
        article: the story, one of the archive's.
        limit: stories wanted.
    """
    telling = words(article)
    if len(telling) < 2:
        return ()
    text = " OR ".join(word.casefold() for word in telling)
    page = archive.search(Request(text, limit=limit + 3, facet_limit=1))
    best = max((hit.score for hit in page.hits), default=0.0)
    return tuple(
        hit
        for hit in page.hits
        if hit.article.id != article.id
        and (hit.article.headline, hit.article.body) != (article.headline, article.body)
        and hit.score >= best * LEAST_SHARE
    )[:limit]


def words(article: Article) -> tuple[str, ...]:
    """Return the telling words of a story: its headline's, then names and repeated words of its opening.

    >>> words(Article(headline="Council closes the Merrow bridge", body="The Merrow bridge is shut, said Ann Cole."))
    ('Merrow', 'Council', 'closes', 'bridge', 'Ann', 'Cole')
    """
    analyzer = Analyzer()
    weights: Counter[str] = Counter()
    written: dict[str, str] = {}

    def count(text: str, weight: int, names_only: bool) -> None:
        for term, token, named in tellable(text, analyzer):
            if not names_only or named:
                written.setdefault(term.stem, token)
                weights[term.stem] += weight

    count(article.headline, 4, names_only=False)
    opening = article.body[:_OPENING]
    count(opening, 1, names_only=True)
    told = [stem for stem, weight in weights.most_common() if weight >= 2 or len(weights) <= MOST_WORDS]
    return tuple(written[stem] for stem in told[:MOST_WORDS])


def tellable(text: str, analyzer: Analyzer) -> Iterator[tuple[Term, str, bool]]:
    """Yield the words of `text` that can tell what it is about: each as term and as written, and whether it is a name.

    Very common words, the words of every headline, and what is not all letters are left out.
    """
    for match in TOKEN.finditer(text):
        token = match.group()
        term = analyzer.term(token)
        if _PLAIN.fullmatch(token) and not is_common(term) and term.folded not in _EVERYDAY:
            yield term, token, token[0].isupper() and _within_sentence(text, match.start())


def _within_sentence(text: str, start: int) -> bool:
    """Say whether the word at `start` does not begin a sentence, so that a capital makes it a name."""
    before = text[max(0, start - 3) : start].rstrip()
    return bool(before) and before[-1] not in ".!?:\n\"'“”‘’—-"
