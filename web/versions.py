"""What changed between the versions of a story, readably: whole paragraphs that stayed, words that went and came.

Pure text in, frozen values out; nothing is stored. The one idea: compare paragraphs first, then the words of those that
changed, so that an added sentence does not colour the whole story.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

from index.article import Article
from web import words
from web.formats import Formats

Kind = Literal["same", "gone", "new"]

_WORDS = re.compile(r"\s+|[^\s]+")

#: Texts beyond this many words are compared by paragraphs only: comparing words is quadratic.
_MOST_WORDS = 4_000


@dataclass(frozen=True, slots=True)
class Change:
    """A run of text: it stayed, it went, or it came."""

    text: str
    kind: Kind = "same"


@dataclass(frozen=True, slots=True)
class VersionView:
    """What one version changed against the one before it: lines of facts and paragraphs of the text."""

    name: str
    facts: tuple[tuple[str, str, str], ...]
    paragraphs: tuple[tuple[Change, ...], ...]


def changes(versions: Sequence[Article], formats: Formats) -> tuple[VersionView, ...]:
    """Return what each version after the first changed, newest first; nothing for a story of one version."""
    views = [
        VersionView(words.version(number), _facts(before, after, formats), difference(before.body, after.body))
        for number, (before, after) in enumerate(pairwise(versions), start=2)
    ]
    return tuple(reversed(views))


def difference(before: str, after: str) -> tuple[tuple[Change, ...], ...]:
    r"""Return the paragraphs that changed, each in runs of words; paragraphs that stayed are left out.

    >>> difference("A.\n\nTen died.", "A.\n\nNine died.")
    ((Change(text='Ten', kind='gone'), Change(text='Nine', kind='new'), Change(text=' died.', kind='same')),)
    """
    old, new = before.split("\n\n"), after.split("\n\n")
    found: list[tuple[Change, ...]] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if kind == "replace" and i2 - i1 == j2 - j1:
            found.extend(_words(a, b) for a, b in zip(old[i1:i2], new[j1:j2], strict=True))
        else:
            found.extend((Change(text, "gone"),) for text in old[i1:i2] if text)
            found.extend((Change(text, "new"),) for text in new[j1:j2] if text)
    return tuple(found)


def _words(before: str, after: str) -> tuple[Change, ...]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) + len(new) > _MOST_WORDS:
        return (Change(before, "gone"), Change(after, "new"))
    runs: list[Change] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            runs.append(Change("".join(old[i1:i2])))
            continue
        if i1 < i2:
            runs.append(Change("".join(old[i1:i2]), "gone"))
        if j1 < j2:
            runs.append(Change("".join(new[j1:j2]), "new"))
    return tuple(runs)


def _facts(before: Article, after: Article, formats: Formats) -> tuple[tuple[str, str, str], ...]:
    pairs = (
        (words.FACT_HEADLINE, before.headline, after.headline),
        (words.WHEN, formats.published(before.published), formats.published(after.published)),
        (words.FACETS["byline"], before.byline, after.byline),
        (words.FACETS["section"], before.section, after.section),
        (words.FACETS["source"], before.source, after.source),
    )
    return tuple((name, old, new) for name, old, new in pairs if old != new)
