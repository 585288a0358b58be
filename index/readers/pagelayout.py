"""Which elements of a page are its story's, and which stand by its headline.

No dates are read here. The one idea: what holds the headline is the story's, whatever it is called; of the rest an
element is about something else where it or what it stands in says so by its kind or its name ("related-stories"), word
for word, as names are made of words.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from lxml import etree

_OTHERS = frozenset(
    "related recommended recommendation recommendations sidebar comment comments comentarios commentaires kommentare "
    "kommentar reacties komentarze yorumlar reply replies respond response responses talkback discussion trending "
    "popular teaser teasers promo promos carousel navbar navigation menu newsletter cookie cookies upcoming calendar "
    "event events weather masthead topbar newsticker ticker similar similares podcast poll archive archives also next "
    "prev more most expires photo photos caption captions gallery tweet twitter instagram facebook "
    "embed ipp jobs tags breadcrumb breadcrumbs bio relacionadas relacionados correlati verwandt empfehlungen "
    "leggi".split()
)
#: Names that say so only where nothing in them is of a story: "banner", but not "article-banner".
_LOOSELY = frozenset("footer banner widget latest recent today credit credits".split())
_OF_A_STORY = frozenset(
    "article story entry post headline content hero single main elementor byline meta author date published".split()
)
_NEVER_IN = frozenset("footer aside nav figure figcaption form select button svg blockquote".split())
_UNREAD = frozenset(("script", "style", "title", "noscript", "source", "path", "br", "img", "svg"))
_HEADINGS = ("h1", "h2", "h3", "b", "strong", "font", "span", "p", "div", "td")
_NAME_PART = re.compile(r"[a-z]+", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"\w+")

#: How many elements with words of their own are by the headline, and how far above a name is asked where there is none.
_NEAR, _LEVELS, _ABOVE = 25, 6, 2
#: Behind so many paragraphs of so many characters, the story is being told and its top is passed.
_TOLD, _PARAGRAPH = 2, 80
_LONGEST_HEADLINE, _FEWEST_WORDS = 300, 3


class Layout:
    """Where the story stands on a page.

    Attributes:
        heading: the element of its headline; None where there is none.
        article: the article, else the main part, that it stands in; None without either.
        beside: the elements with words that follow the headline closely, then those of its own article before it.
    """

    def __init__(self, tree: Any) -> None:
        self.heading = _heading(tree)
        self._around = set() if self.heading is None else {self.heading, *self.heading.iterancestors()}
        self.article = _article_of(tree, self.heading)
        self.beside = tuple(self._beside(tree))

    def is_another(self, element: Any, *, marked: bool = False) -> bool:
        """Say whether an element, or one above it that does not hold the headline, is about something else.

        Args:
            element: of the page.
            marked: its own marks say that it is the story's; only a plain word around it counts against it.
        """
        for _ in range(_LEVELS):
            if element is None or element in self._around or element.tag in ("body", "html"):
                return False
            if element.tag == "article":  # beside the headline's own, or within it: a teaser
                return element is not self.article and self.article is not None and self.article.tag == "article"
            words = name_words(element)
            if words & _OTHERS:
                return True
            if (words & _LOOSELY or element.tag in _NEVER_IN) and not (marked or self._is_of_story(element, words)):
                return True
            element = element.getparent()
        return False

    def _is_of_story(self, element: Any, words: frozenset[str]) -> bool:
        own_footer = element.tag == "footer" and next(element.iterancestors("article"), None) is not None
        return own_footer or bool(words & _OF_A_STORY)

    def is_inside(self, element: Any) -> bool:
        """Say whether an element is in the story's article."""
        return self.article is not None and any(above is self.article for above in element.iterancestors())

    def _beside(self, tree: Any) -> Iterator[Any]:
        heading = self.heading
        within = set() if heading is None else set(heading.iter())
        for unread in tree.iter("noscript"):
            within.update(unread.iter())
        before: deque[Any] = deque(maxlen=_NEAR)
        left, told = _NEAR, 0
        passed = heading is None
        for element in tree.iter(etree.Element):
            if element.tag in _UNREAD or element in within:
                passed = passed or element is heading
            elif not passed:
                before.append(element)
            else:
                told += element.tag == "p" and len(text_of(element, _PARAGRAPH)) > _PARAGRAPH
                left -= _has_words(element)
                if left < 0 or told == _TOLD:
                    break
                yield element
        yield from (element for element in reversed(before) if self._is_above(element))

    def _is_above(self, element: Any) -> bool:
        """Say whether an element before the headline is of the same article, or without one in the same small box."""
        if self.article is not None:
            return self.is_inside(element)
        box = self.heading
        for _ in range(_ABOVE):
            box = box.getparent() if box is not None else None
            if box is None or box.tag in ("body", "html"):
                return False
            if any(above is box for above in element.iterancestors()):
                return True
        return False


def name_words(element: Any) -> frozenset[str]:
    """Return the words of an element's class and id, in small letters: "storyDate published" has three."""
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return frozenset(part.lower() for part in _NAME_PART.findall(_CAMEL.sub(" ", named)))


def text_of(element: Any, most: int = 1 << 20) -> str:
    """Return the words of an element on one line; no more than `most` characters and a piece."""
    pieces, size = [], 0
    for piece in element.itertext():
        pieces.append(piece)
        size += len(piece.strip())
        if size > most:
            break
    return " ".join("".join(pieces).split())


def _has_words(element: Any) -> bool:
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)


def _heading(tree: Any) -> Any:
    """Return the h1 that says what the page's title says, else the first of several words.

    On a page without any it is another element that says what the title says, and little more.
    """
    title = _plain(next((text_of(element) for element in tree.iter("title")), ""))
    shared = next((m.get("content") or "" for m in tree.iter("meta") if m.get("property") == "og:title"), "")
    titles = [words for words in (_plain(shared), title) if words]
    firsts = list(tree.iter("h1"))
    for candidates in (firsts, () if firsts else tree.iter(*_HEADINGS)):
        for element in candidates:
            words = _plain(text_of(element, _LONGEST_HEADLINE))
            most = len(words) if firsts else 1.3 * max(map(len, titles), default=0)
            fits = words.count(" ") + 1 >= _FEWEST_WORDS and len(words) <= most
            if fits and any(words in told or told in words for told in titles):
                return element
    several = (each for each in firsts if text_of(each, _LONGEST_HEADLINE).count(" ") + 1 >= _FEWEST_WORDS)
    return next(several, firsts[0] if firsts else None)


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _article_of(tree: Any, heading: Any) -> Any:
    """Return the article, else the main part, that a heading stands in, or that the page has one of; None without."""
    for kind in ("article", "main"):
        found = list(tree.iter(kind) if heading is None else heading.iterancestors(kind))
        if found and (heading is not None or len(found) == 1):
            return found[0]
    return None
