"""Passages of the stories of a page around what matched, in one compiled pass: from characters to pieces to show.

It makes no fragments and knows no tree; `search.marking` prepares the question and cuts the strings, and
`search.highlight` chooses in the same way, slowly, where a text or a question is beyond this. The one idea: words,
matches, sentences and passages are numbers in a few short arrays, and one call does for all stories of a page.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import types

from index.compiled import BOOL, I32, I64, INT, U8, U16, U32, W16, WI32, WMASK, compiled
from search.scanning import FORM, scan
from search.sentences import (
    CLINGS_AFTER,
    CLINGS_BEFORE,
    COMPLETES,
    ENDS_SENTENCE,
    SPACE,
    abbreviated,
    has,
    sentences_of,
)
from search.windows import PARTS, choose, lead_words, matches_of, merge, ones

_U64 = types.Array(types.uint64, 1, "C", readonly=True)
_WU64 = types.Array(types.uint64, 1, "C")

#: Numbers of each story in `edges` of `excerpts`.
START, HEAD, END, CUT, EDGES = range(5)

#: What stands at the end of the text that `excerpts` looks through: its first two characters are shown before a passage
#: that begins within a sentence, its last two after one that ends within one.
ELLIPSES = "… …"

#: What `scan` looks for, and the tables of characters.
_SOUGHT = types.Tuple((types.uint64, _U64, _U64, U16, I64))
_TABLES = types.Tuple((U8, U16, _U64, U8, I64))

#: Where words begin and end, which leaves each answers, and room for a form.
_WORDS = types.Tuple((WI32, WI32, _WU64, W16))

#: Where the pieces of snippets begin and end, by turns, and which of them are marked.
_PIECES = types.Tuple((WI32, WMASK))

#: Bits of the fields of a body.
_TEXT = 6

#: A story that is not known here, or has more to mark than there is room for.
_UNKNOWN, _NO_ROOM = -1, -2


@compiled(U32, INT, INT, U8, allocates=False)
def _ragged(text: Any, start: int, end: int, bits: Any) -> bool:
    """Say whether white space other than single blanks stands between two places."""
    for at in range(start, end):
        if has(text, at, bits, SPACE) and (text[at] != 32 or (at + 1 < end and has(text, at + 1, bits, SPACE))):
            return True
    return False


@compiled(_PIECES, INT, INT, INT, BOOL, allocates=False)
def _put(pieces: Any, count: int, begin: int, end: int, marked: bool) -> int:
    """Write a piece unless it is empty; return how many pieces there are then, or `_NO_ROOM`."""
    places, marks = pieces
    if count == _NO_ROOM or begin >= end:
        return count
    if count == marks.size:
        return _NO_ROOM
    places[2 * count], places[2 * count + 1], marks[count] = begin, end, marked
    return count + 1


@compiled(INT, INT, INT, _WORDS, I32, INT, INT, INT, _PIECES, INT, allocates=False)
def _cut(
    base: int,
    start: int,
    end: int,
    words: Any,
    merged: Any,
    spans: int,
    first: int,
    last: int,
    pieces: Any,
    count: int,
) -> int:
    """Write the pieces of the characters `start` to `end`, the spans within words `first` to `last` marked.

    `base` is what places are counted from. Returns as `_put` does.
    """
    starts, ends, _, _ = words
    for span in range(spans):
        left, right = merged[2 * span], merged[2 * span + 1]
        if left < first or right > last:
            continue
        begin, stop = starts[left], ends[right]
        if begin < start or stop > end:
            continue
        count = _put(pieces, count, base + start, base + begin, False)
        count = _put(pieces, count, base + begin, base + stop, True)
        start = stop
    return _put(pieces, count, base + start, base + end, False)


@compiled(U32, INT, INT, INT, BOOL, INT, INT, INT, INT, U8, I64, _WORDS, I32, INT, _PIECES, INT, allocates=False)
def _passage(
    text: Any,
    base: int,
    start: int,
    end: int,
    cut: bool,
    ellipses: int,
    first: int,
    last: int,
    count: int,
    bits: Any,
    short: Any,
    words: Any,
    merged: Any,
    spans: int,
    pieces: Any,
    held: int,
) -> tuple[int, bool]:
    """Write the pieces of the passage of words `first` to `last` of `count`.

    Returns as `_put` does, and whether white space in it is ragged.
    """
    starts, ends, _, _ = words
    begin = starts[first] if first else start
    while begin > start and has(text, begin - 1, bits, CLINGS_BEFORE):
        begin -= 1
    at_end = last == count - 1
    stop = end if at_end else ends[last]
    while not at_end and stop < end and has(text, stop, bits, CLINGS_AFTER):
        stop += 1
    goes_on = (
        cut if at_end else not has(text, stop - 1, bits, COMPLETES) or abbreviated(text, start, stop - 1, end, short)
    )
    within = first > 0
    for place in range(ends[first - 1] if first else 0, starts[first] if first else 0):
        if (has(text, place, bits, ENDS_SENTENCE) and not abbreviated(text, start, place, end, short)) or (
            text[place] == 10 and place + 1 < starts[first] and text[place + 1] == 10
        ):
            within = False
    if within:
        held = _put(pieces, held, ellipses, ellipses + 2, False)
    while stop > begin and has(text, stop - 1, bits, SPACE):
        stop -= 1
    held = _cut(base, begin, stop, words, merged, spans, first, last, pieces, held)
    if goes_on:
        held = _put(pieces, held, ellipses + 1, ellipses + 3, False)
    return held, _ragged(text, begin, stop, bits)


@compiled(U32, INT, INT, INT, BOOL, INT, _TABLES, _SOUGHT, PARTS, I64, _WORDS, WI32, INT, _PIECES, INT)
def _excerpt(
    text: Any,
    base: int,
    head: int,
    end: int,
    cut: bool,
    ellipses: int,
    tables: Any,
    sought: Any,
    parts: Any,
    limits: Any,
    words: Any,
    told: Any,
    at: int,
    pieces: Any,
    held: int,
) -> tuple[int, int]:
    """Tell of one story, as `excerpts` says.

    Returns:
        Numbers told and pieces written by now; `_UNKNOWN` or `_NO_ROOM` in place of the first where it cannot be.
    """
    kinds, folds, dotted, bits, short = tables
    initials, wanted, leaves, patterns, pattern_ends = sought
    _, part_ends, part_fields = parts
    starts, ends, masks, form = words
    limit, length = limits[0], limits[1]
    most = length + 1 if part_ends.size == 0 else starts.size
    count = scan(
        text,
        0,
        head,
        most,
        kinds,
        folds,
        dotted,
        initials,
        wanted,
        leaves,
        patterns,
        pattern_ends,
        starts,
        ends,
        masks,
        form,
    )
    if count < 0:
        return _UNKNOWN, held
    merged, spans = matches_of(masks, count, parts, 0, True)
    spans = merge(merged, spans)
    before = held
    held = _cut(base, 0, head, words, merged, spans, 0, count, pieces, held)
    told[at], told[at + 1] = 1, 0
    told[at + 2], told[at + 3] = held - before, _ragged(text, 0, head, bits)
    snippet = at + 4
    body = head + 2
    count = scan(
        text,
        body,
        end,
        most,
        kinds,
        folds,
        dotted,
        initials,
        wanted,
        leaves,
        patterns,
        pattern_ends,
        starts,
        ends,
        masks,
        form,
    )
    if count < 0:
        return _UNKNOWN, held
    if count == 0 or limit < 1:
        return _NO_ROOM if held == _NO_ROOM else snippet, held
    lead = 0
    for part in range(part_fields.size):
        if part_fields[part] & _TEXT != 0 and part_fields[part] & _TEXT != _TEXT:
            lead = lead_words(text, body, end, starts, count, limits[4])
    marks, matches = matches_of(masks, count, parts, lead, False)
    windows = np.zeros(2 * limit, np.int32)
    windows[1] = min(length, count) - 1
    chosen = 1
    merged = marks.copy()
    spans = merge(merged, matches)
    if matches:
        sentences = np.empty(count + 2, np.int32)
        sentence_count = sentences_of(text, body, end, starts, count, bits, short, sentences)
        chosen = choose(marks.copy(), matches, merged, spans, sentences, sentence_count, count, limits, windows)
    answered = np.uint64(0)
    for place in range(chosen):
        first, last = windows[2 * place], windows[2 * place + 1]
        for match in range(matches):
            if first <= marks[3 * match] and marks[3 * match + 1] <= last:
                answered |= np.uint64(1) << np.uint64(marks[3 * match + 2])
        before = held
        held, ragged = _passage(
            text, base, body, end, cut, ellipses, first, last, count, bits, short, words, merged, spans, pieces, held
        )
        told[snippet], told[snippet + 1] = held - before, ragged
        snippet += 2
    told[at], told[at + 1] = 1 + chosen, ones(answered)
    return _NO_ROOM if held == _NO_ROOM else snippet, held


@compiled(U32, I64, U8, U16, _U64, U8, I64, types.uint64, _U64, _U64, U16, I64, I32, I32, I32, I64, WI32, WI32, WMASK)
def excerpts(
    text: Any,
    edges: Any,
    kinds: Any,
    folds: Any,
    dotted: Any,
    bits: Any,
    short: Any,
    initials: Any,
    wanted: Any,
    leaves: Any,
    patterns: Any,
    pattern_ends: Any,
    part_leaves: Any,
    part_ends: Any,
    part_fields: Any,
    limits: Any,
    told: Any,
    places: Any,
    marked: Any,
) -> tuple[int, int, int]:
    """Cut headlines and bodies of stories into pieces, those of words that matched marked.

    Args:
        text: code points of all stories, each its headline, two line feeds and its body; then `ELLIPSES`.
        edges: of each story, `EDGES` numbers: where it starts, the characters of its headline, those of headline and
            body, and whether the body goes on.
        kinds: as in `scan`.
        folds: as in `scan`.
        dotted: as in `scan`.
        bits: `search.sentences.BITS`.
        short: `search.sentences.ABBREVIATIONS`.
        initials: as `first` in `scan`.
        wanted: as in `scan`.
        leaves: as in `scan`.
        patterns: as in `scan`.
        pattern_ends: as in `scan`.
        part_leaves: the numbers of the leaves of each part of the question, side by side as in a phrase.
        part_ends: where each part ends among them.
        part_fields: bits of the fields that each part is looked for in: 1 headline, 2 lead, 4 rest of the body.
        limits: passages wanted, words of one, fewest words of one, matches considered, words of a lead.
        told: filled, for each story, with how many snippets it has, the headline the first of them, and how many parts
            of the question the others hold; then for each snippet with its pieces, and whether white space other than
            single blanks is in it. A single 0 stands for a story with characters that are not known here, or too much
            to mark.
        places: filled with where each piece begins and ends in `text`, by turns.
        marked: filled with whether it is marked.

    Returns:
        Stories told of, at least one: as many as there is room for; numbers told; pieces written.
    """
    tables = kinds, folds, dotted, bits, short
    sought = initials, wanted, leaves, patterns, pattern_ends
    parts = part_leaves, part_ends, part_fields
    pieces = places, marked
    stories = edges.size // EDGES
    longest = 0
    for story in range(stories):
        longest = max(longest, edges[EDGES * story + END])
    starts, ends, masks = (
        np.empty(longest + 1, np.int32),
        np.empty(longest + 1, np.int32),
        np.empty(longest + 1, np.uint64),
    )
    words = starts, ends, masks, np.empty(FORM, np.uint16)
    at = held = 0
    for story in range(stories):
        base, end = edges[EDGES * story + START], edges[EDGES * story + END]
        beyond, more = _excerpt(
            text[base : base + end],
            base,
            edges[EDGES * story + HEAD],
            end,
            edges[EDGES * story + CUT] != 0,
            text.size - 3,
            tables,
            sought,
            parts,
            limits,
            words,
            told,
            at,
            pieces,
            held,
        )
        if beyond == _NO_ROOM and story:
            return story, at, held
        if beyond < 0:
            told[at] = 0
            at += 1
        else:
            at, held = beyond, more
    return stories, at, held
