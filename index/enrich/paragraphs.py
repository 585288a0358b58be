"""Lines into paragraphs: hard line breaks undone, paragraphs parted by one blank line.

The one idea: whether a text is wrapped is seen from its lines. Wrapped lines are about equally long and mostly end in
the middle of a sentence; where a line is a paragraph, nearly all lines end with a full stop.
"""

from __future__ import annotations

import re
from itertools import pairwise

_ENDED = re.compile(r"[.!?:;…][\"'”’)\]]*\s*$")
_BULLET = re.compile(r"\s*(?:[*•·▪►]|-)\s+\S")
_WIDEST = 120


def paragraphs(text: str) -> str:
    """Return `text` with its paragraphs on one line each, joined by a blank line."""
    lines = [line.rstrip() for line in text.expandtabs(4).split("\n")]
    wrapped = _is_wrapped(lines)
    found: list[list[str]] = [[]]
    for line in lines:
        if not line:
            found.append([])
        elif not wrapped or line.startswith("  ") or _BULLET.match(line):
            found.append([line])
        else:
            found[-1].append(line)
    return "\n\n".join(joined for lines in found if (joined := _join(lines)))


def _is_wrapped(lines: list[str]) -> bool:
    inner = [line for line, after in pairwise(lines) if line and after and not after.startswith("  ")]
    if not inner or max(map(len, inner)) > _WIDEST:
        return False
    return sum(1 for line in inner if not _ENDED.search(line)) >= 0.4 * len(inner)


def _join(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())
