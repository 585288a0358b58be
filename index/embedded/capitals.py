"""Runs of capitals and bare headlines straight from the bytes of texts: compiled loops, story after story.

No rule of its own: `index.phrases` says what a run is and what a bare phrase is, and whatever has characters that the
loops do not know is left to it. The one idea: the rule for a run never has to be tried in two ways that both go on, so
it is one walk through the opening of a story.
"""

from __future__ import annotations

import numpy as np

from index.compiled import I64, INT, U8, W8, W64, WMASK, compiled
from index.embedded.values import Array
from index.phrases import PARTICLES, bare

_SPACE, _POINT, _AND = ord(" "), ord("."), ord("&")
_PARTICLES = np.frombuffer("".join(f"{particle} " for particle in PARTICLES).encode(), np.uint8)
_PARTICLE_ENDS = np.cumsum([len(particle) + 1 for particle in PARTICLES])

#: Of each sign of ASCII, what a bare phrase has for it: itself, a small letter, a space or (0) nothing.
_BARE = np.array([ord(bare(f"a{chr(code)}a")[1:-1] or "\0") for code in range(128)], np.uint8)


@compiled(U8, INT, INT)
def _capital(data: Array, at: int, end: int) -> int:
    """Return how many bytes at `at` are a capital; 0 for none."""
    if at >= end:
        return 0
    if 65 <= data[at] <= 90:
        return 1
    if data[at] == 0xC3 and 0x80 <= data[at + 1] <= 0x9E and data[at + 1] != 0x97:
        return 2
    return 0


@compiled(U8, INT, INT)
def _of_word(data: Array, at: int, end: int) -> int:
    """Return how many bytes at `at` are a letter, a digit or an underscore; 0 for none."""
    if at >= end:
        return 0
    byte = data[at]
    if byte < 128:
        return int(97 <= byte | 32 <= 122 or 48 <= byte <= 57 or byte == 95)
    if byte == 0xC3 and data[at + 1] != 0x97 and data[at + 1] != 0xB7:
        return 2
    return 0


@compiled(U8, INT, INT)
def _joiner(data: Array, at: int, end: int) -> int:
    """Return how many bytes at `at` join two parts of a word in capitals: apostrophe, point or hyphen; 0 for none."""
    if at >= end:
        return 0
    if data[at] == 39 or data[at] == _POINT or data[at] == 45:
        return 1
    return 3 if data[at] == 0xE2 and data[at + 2] == 0x99 else 0


@compiled(U8, INT, INT)
def _letters(data: Array, at: int, end: int) -> int:
    """Return where the letters of a word end whose first letter ends at `at`, with capitals that are joined to them."""
    step = 1
    while at < end and step > 0:
        step = 1 if data[at] == _AND else _of_word(data, at, end)
        at += step
    while True:
        joined = _joiner(data, at, end)
        step = _capital(data, at + joined, end) if joined > 0 else 0
        if step == 0:
            return at
        at += joined
        while step > 0:
            at += step
            step = _of_word(data, at, end)


@compiled(U8, INT, INT)
def _initials(data: Array, at: int, end: int) -> int:
    """Return where the initials end whose first point is at `at`; -1 where there is none."""
    if at >= end or data[at] != _POINT:
        return -1
    at += 1
    while True:
        step = _capital(data, at, end)
        if step == 0 or at + step >= end or data[at + step] != _POINT:
            return at
        at += step + 1


@compiled(U8, INT, INT)
def _shortened(data: Array, at: int, end: int) -> int:
    """Return where St. or Jr. ends whose capital ends at `at`, if a capital follows; -1 where it is neither."""
    there = at + 2 < end and (data[at] == 114 or data[at] == 116) and data[at + 1] == _POINT and data[at + 2] == _SPACE
    return at + 2 if there and _capital(data, at + 3, end) > 0 else -1


@compiled(U8, INT, INT)
def _rest(data: Array, at: int, end: int) -> int:
    """Return where a word in capitals ends whose first letter ends at `at`."""
    found = _initials(data, at, end)
    if found < 0:
        found = _shortened(data, at, end)
    return found if found >= 0 else _letters(data, at, end)


@compiled(U8, INT, INT)
def _next(data: Array, at: int, end: int) -> int:
    """Return where the next word of a run ends, a particle before it included, if one follows at `at`; else -1."""
    if at >= end or data[at] != _SPACE:
        return -1
    at += 1
    step = _capital(data, at, end)
    if step > 0:
        return _rest(data, at + step, end)
    first = 0
    for particle in range(_PARTICLE_ENDS.size):
        length = _PARTICLE_ENDS[particle] - first
        same = at + length < end
        i = 0
        while same and i < length:
            same = data[at + i] == _PARTICLES[first + i]
            i += 1
        if same:
            step = _capital(data, at + length, end)
            if step > 0:
                return _rest(data, at + length + step, end)
        first = _PARTICLE_ENDS[particle]
    return -1


@compiled(U8, INT, INT, INT)
def _run(data: Array, begin: int, at: int, end: int) -> int:
    """Return where the run ends whose first letter is at `at`, in a text from `begin` on; -1 where there is none."""
    after = at + _capital(data, at, end)
    found = -1
    if at - 2 >= begin and data[at - 1] == _SPACE and (97 <= data[at - 2] <= 122 or data[at - 2] in (44, 59)):
        found = _rest(data, after, end)
    else:
        # Only with another word behind it, and so as that word follows.
        for way in range(3):
            if found < 0:
                first = _initials(data, after, end) if way == 0 else _shortened(data, after, end)
                if way == 2:
                    first = _letters(data, after, end)
                found = _next(data, first, end) if first >= 0 else -1
    behind = found
    while behind >= 0:
        found = behind
        behind = _next(data, found, end)
    return found


@compiled(U8, INT, INT, INT)
def opening(data: Array, begin: int, end: int, most: int) -> int:
    """Return where the first `most` characters of the text from `begin` to `end` end.

    Negative, and less one, where there are characters among them that the loops do not know.
    """
    known = True
    characters = 0
    at = begin
    while at < end:
        byte = data[at]
        if byte & 0xC0 != 0x80:
            if characters == most:
                break
            characters += 1
            known = known and (byte < 128 or byte == 0xC3 or (byte == 0xE2 and data[at + 1] == 0x80))
        at += 1
    return at if known else -1 - at


@compiled(U8, I64, INT, W64, W64, W64, W64)
def find_runs(
    data: Array, text_ends: Array, most: int, starts: Array, ends: Array, owners: Array, unknown: Array
) -> int:
    """Write the runs of capitals in the openings of stories; return how many there are.

    Args:
        data: texts in UTF-8, one after the other, u1.
        text_ends: where headline, first paragraph and body of each story end, i8[3 * stories].
        most: characters of a body in which runs are looked for.
        starts: where each run begins; written, as all that follow.
        ends: where each ends.
        owners: the story of each.
        unknown: by story, where its opening ends if the loops cannot read it; else 0.
    """
    found = 0
    for story in range(unknown.size):
        begin = text_ends[3 * story]
        end = opening(data, begin, text_ends[3 * story + 2], most)
        unknown[story] = -1 - end if end < 0 else 0
        at = begin
        while at < end:
            stop = _run(data, begin, at, end) if _capital(data, at, end) > 0 else -1
            if stop > 0:
                starts[found], ends[found], owners[found] = at, stop, story
                found += 1
            at = max(at + 1, stop)
    return found


@compiled(U8, I64, INT, W8, W64, WMASK)
def bare_headlines(data: Array, text_ends: Array, most: int, out: Array, ends: Array, unknown: Array) -> None:
    """Write the headlines of stories as bare phrases end to end, cut at a word before they have `most` bytes.

    Args:
        data: as in `find_runs`.
        text_ends: likewise.
        most: bytes of a phrase.
        out: u1, written.
        ends: where each ends in it; written.
        unknown: whether it has characters that the loop does not know, and nothing was written; written.
    """
    at = 0
    for story in range(unknown.size):
        begin = text_ends[3 * story - 1] if story > 0 else 0
        end = text_ends[3 * story]
        unknown[story] = False
        for i in range(begin, end):
            unknown[story] |= data[i] > 127
        first = at
        space = cut = 0
        for i in range(begin, end if not unknown[story] else begin):
            sign = _BARE[data[i]]
            if sign == _SPACE:
                space = int(at > first)
            elif sign != 0 and at - first < most:
                if space:
                    cut = at
                    out[at] = _SPACE
                    at += 1
                    space = 0
                if at - first < most:
                    out[at] = sign
                    at += 1
        if at - first == most and cut > 0:
            at = cut
        ends[story] = at
