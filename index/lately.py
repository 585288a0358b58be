"""Articles that were accepted a moment ago, at hand for the index that is to hold them next.

Not the truth: what is not here is read from the store's file, which has all of it. The one idea: to unpack an article
again takes longer than to accept it, and the command that adds stories has just had it in its hands.
"""

from __future__ import annotations

from index.article import Article

#: Characters of text that are kept; of many long stories the later ones are read from the file.
MOST = 1 << 26


class Lately:
    """Articles by arrival, each until it is taken."""

    def __init__(self) -> None:
        self._articles: dict[int, Article] = {}
        self._size = 0

    @property
    def first(self) -> int | None:
        """The earliest arrival that may be here; None where there is nothing."""
        return next(iter(self._articles), None)

    def keep(self, arrival: int, article: Article) -> None:
        """Keep an article, later than all that are here, where there is room."""
        if self._size + len(article.body) <= MOST:
            self._articles[arrival] = article
            self._size += len(article.body)

    def take(self, arrival: int) -> Article | None:
        """Return the article of an arrival where it is here, which it is no more then."""
        article = self._articles.pop(arrival, None)
        if article is not None:
            self._size -= len(article.body)
        return article
