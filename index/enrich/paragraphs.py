"""Lines into paragraphs: hard line breaks undone, paragraphs parted by one blank line.

The one idea: whether a text is wrapped is seen from its lines. Wrapped lines are about equally long and mostly end in
the middle of a sentence; where a line is a paragraph, nearly all lines end with a full stop.
"""

from __future__ import annotations

import re
from functools import partial
from itertools import pairwise

_ENDED = re.compile(r"[.!?:;…][\"'”’)\]]*\s*$")
_BULLETS = frozenset("*•·▪►-")
_BULLET = re.compile(r"\s*(?:[*•·▪►]|-)\s+\S")
_CUT_WORD = re.compile(r"([^\W\d_]{2,})-$")
_WORD = re.compile(r"[^\W\d_]+")
_CUT = re.compile(r"-[^\S\n]*\n")
_BETWEEN_BOUNDARIES = re.compile(r"\w+")
_LONGEST_WORD = 40
_WIDEST = 120


def paragraphs(text: str) -> str:
    """Return `text` with its paragraphs on one line each, joined by a blank line."""
    lines = [line.rstrip() for line in (text.expandtabs(4) if "\t" in text else text).split("\n")]
    wrapped = _is_wrapped(lines)
    found: list[list[str]] = [[]]
    for line in lines:
        if not line:
            found.append([])
        elif not wrapped or _is_item(line) or (line.startswith("  ") and not _continues_item(found[-1])):
            found.append([line])
        else:
            found[-1].append(line)
    join = " ".join if _is_tidy(text, lines) else partial(_join, whole=_whole_words(text))
    return "\n\n".join([joined for lines in found if (joined := join(lines))])


def _is_tidy(text: str, lines: list[str]) -> bool:
    """Say whether a text's lines can be joined as they are: single spaces in them, and no word that a hyphen parts."""
    if "  " in text or any(line[:1] == " " or line[-1:] == "-" for line in lines):
        return False
    return text.replace("\n", "").isprintable()


def _is_wrapped(lines: list[str]) -> bool:
    inner = [
        line
        for line, after in pairwise(lines)
        if line and after and not after.startswith("  ") and not _is_item(after) and not _is_item(line)
    ]
    widest = max(map(len, inner), default=0)
    if not inner or widest > _WIDEST:
        return False
    even = sum(1 for line in inner if len(line) >= 0.6 * widest)
    unended = sum(1 for line in inner if not _ENDED.search(line))
    return even >= 0.7 * len(inner) and unended >= 0.4 * len(inner)


def _continues_item(lines: list[str]) -> bool:
    """Say whether what an indented line would be added to is an item of a list."""
    return bool(lines) and _is_item(lines[0])


def _is_item(line: str) -> bool:
    return line.lstrip()[:1] in _BULLETS and _BULLET.match(line) is not None


def _join(lines: list[str], whole: frozenset[str]) -> str:
    """Return lines as one; a word that a hyphen parts at a line's end is made whole where it is one of `whole`."""
    pieces: list[str] = []
    for line in lines:
        words = " ".join(line.split())
        start = _CUT_WORD.search(pieces[-1][-_LONGEST_WORD:]) if pieces and pieces[-1].endswith("-") else None
        end = _WORD.match(words) if start else None
        if start and end:
            if (start[1] + end[0]).lower() in whole:
                pieces[-1] = pieces[-1][:-1]
            pieces.append(words)
        else:
            pieces.append(f" {words}" if pieces else words)
    return "".join(pieces)


def _whole_words(text: str) -> frozenset[str]:
    """Return all words of a text, in small letters; none where no line of it ends with a hyphen."""
    return frozenset(_BETWEEN_BOUNDARIES.findall(text.lower()) if _CUT.search(text) else ())
