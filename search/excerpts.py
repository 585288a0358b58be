"""Passages of the stories of a page around what matched, in one compiled pass: from characters to pieces to show.

It makes no fragments and knows no tree; `search.marking` prepares the question and cuts the strings, and
`search.highlight` chooses in the same way, slowly, where a text or a question is beyond this. The one idea: words,
matches, sentences and passages are numbers in a few short arrays, and one call does for all stories of a page.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import types

from index.compiled import BOOL, I32, I64, INT, U8, U16, U64, WI32, WMASK, compiled
from search.scanning import FORM, LETTERS, SOUGHT, WORDS, scan
from search.sentences import (
    CLINGS_AFTER,
    CLINGS_BEFORE,
    COMPLETES,
    ENDS_SENTENCE,
    SIGNS,
    SPACE,
    abbreviated,
    sentences_of,
)
from search.windows import PARTS, choose, lead_words, matches_of, merge, ones

#: Numbers of each story in `edges` of `excerpts`.
START, HEAD, END, CUT, EDGES = range(5)

#: What stands at the end of the text that `excerpts` looks through: its first two characters are shown before a passage
#: that begins within a sentence, its last two after one that ends within one.
ELLIPSES = "… …"

#: Where the pieces of snippets begin and end, by turns, and which of them are marked.
_PIECES = types.Tuple((WI32, WMASK))

#: Bits of the fields of a body.
_TEXT = 6

#: In place of a count: a story is not known here, or has more to mark than there is room for.
_UNKNOWN, _NO_ROOM = -1, -2


@compiled(U16, INT, INT, U8, allocates=False)
def _ragged(text: Any, start: int, end: int, bits: Any) -> bool:
    """Say whether white space other than single blanks stands between two places."""
    for at in range(start, end):
        if bits[text[at]] & SPACE and (text[at] != 32 or (at + 1 < end and bits[text[at + 1]] & SPACE)):
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


@compiled(INT, INT, INT, WORDS, I32, INT, INT, INT, _PIECES, INT, allocates=False)
def _cut(
    base: int, start: int, end: int, words: Any, merged: Any, spans: int, first: int, last: int, pieces: Any, count: int
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


@compiled(U16, INT, INT, INT, BOOL, INT, INT, INT, INT, SIGNS, WORDS, I32, INT, _PIECES, INT, allocates=False)
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
    signs: Any,
    words: Any,
    merged: Any,
    spans: int,
    pieces: Any,
    put: int,
) -> tuple[int, bool]:
    """Write the pieces of the passage of words `first` to `last` of `count`.

    Returns as `_put` does, and whether white space in it is ragged.
    """
    bits, short = signs
    starts, ends, _, _ = words
    begin = starts[first] if first else start
    while begin > start and bits[text[begin - 1]] & CLINGS_BEFORE:
        begin -= 1
    at_end = last == count - 1
    stop = end if at_end else ends[last]
    while not at_end and stop < end and bits[text[stop]] & CLINGS_AFTER:
        stop += 1
    goes_on = cut if at_end else not bits[text[stop - 1]] & COMPLETES or abbreviated(text, start, stop - 1, end, short)
    within = first > 0
    for place in range(ends[first - 1] if first else 0, starts[first] if first else 0):
        if (bits[text[place]] & ENDS_SENTENCE and not abbreviated(text, start, place, end, short)) or (
            text[place] == 10 and place + 1 < starts[first] and text[place + 1] == 10
        ):
            within = False
    if within:
        put = _put(pieces, put, ellipses, ellipses + 2, False)
    while stop > begin and bits[text[stop - 1]] & SPACE:
        stop -= 1
    put = _cut(base, begin, stop, words, merged, spans, first, last, pieces, put)
    if goes_on:
        put = _put(pieces, put, ellipses + 1, ellipses + 3, False)
    return put, _ragged(text, begin, stop, bits)


@compiled(U16, INT, INT, INT, BOOL, INT, LETTERS, SIGNS, SOUGHT, PARTS, I64, WORDS, WI32, _PIECES, INT)
def _excerpt(
    text: Any,
    base: int,
    head: int,
    end: int,
    cut: bool,
    ellipses: int,
    letters: Any,
    signs: Any,
    sought: Any,
    parts: Any,
    limits: Any,
    words: Any,
    snippets: Any,
    pieces: Any,
    put: int,
) -> tuple[int, int, int]:
    """Cut one story; the numbers of `snippets` are two for each, as `excerpts` says.

    Returns:
        Its snippets, `_UNKNOWN` or `_NO_ROOM`; the parts of the question that passages hold; pieces written by now.
    """
    _, part_ends, part_fields = parts
    starts, ends, masks, _ = words
    limit, length = limits[0], limits[1]
    most = length + 1 if part_ends.size == 0 else starts.size
    count = scan(text, 0, head, most, letters, sought, words)
    if count < 0:
        return _UNKNOWN, 0, put
    merged, matches = matches_of(masks, count, parts, 0, True)
    put = _cut(base, 0, head, words, merged, merge(merged, matches), 0, count, pieces, put)
    snippets[0], snippets[1] = put, _ragged(text, 0, head, signs[0])
    body = head + 2
    count = scan(text, body, end, most, letters, sought, words)
    if count < 0:
        return _UNKNOWN, 0, put
    if count == 0 or limit < 1:
        return _NO_ROOM if put == _NO_ROOM else 1, 0, put
    lead = 0
    for part in range(part_fields.size):
        if part_fields[part] & _TEXT != 0 and part_fields[part] & _TEXT != _TEXT:
            lead = lead_words(text, body, end, starts, count, limits[4])
    found, matches = matches_of(masks, count, parts, lead, False)
    merged = found.copy()
    spans = merge(merged, matches)
    windows = np.zeros(2 * limit, np.int32)
    windows[1] = min(length, count) - 1
    chosen = 1
    if matches:
        sentences = np.empty(count, np.int32)
        sentence_count = sentences_of(text, body, end, starts, ends, count, signs, sentences)
        chosen = choose(found.copy(), matches, merged, spans, sentences, sentence_count, count, limits, windows)
    answered = np.uint64(0)
    for place in range(chosen):
        first, last = windows[2 * place], windows[2 * place + 1]
        for match in range(matches):
            if first <= found[3 * match] and found[3 * match + 1] <= last:
                answered |= np.uint64(1) << np.uint64(found[3 * match + 2])
        put, ragged = _passage(
            text, base, body, end, cut, ellipses, first, last, count, signs, words, merged, spans, pieces, put
        )
        snippets[2 * place + 2], snippets[2 * place + 3] = put, ragged
    return _NO_ROOM if put == _NO_ROOM else 1 + chosen, ones(answered), put


@compiled(U16, I64, U8, U16, U64, U8, I64, types.uint64, U64, U64, U16, I64, I32, I32, I32, I64, WI32, WI32, WMASK)
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
        text: characters of all stories, each its headline, two line feeds and its body; then `ELLIPSES`.
        edges: of each story, `EDGES` numbers: where it starts, the characters of its headline, those of headline and
            body, and whether the body goes on.
        kinds: the first of `LETTERS`.
        folds: the second.
        dotted: the third.
        bits: the first of `SIGNS`.
        short: the second.
        initials: the first of `SOUGHT`.
        wanted: the second.
        leaves: the third.
        patterns: the fourth.
        pattern_ends: the last.
        part_leaves: the first of `PARTS`.
        part_ends: the second.
        part_fields: the third.
        limits: passages wanted, words of one, fewest words of one, matches considered, words of a lead.
        told: filled, two numbers each: of each story, how many snippets it has, the headline the first of them, and
            how many parts of the question the others hold; then of each snippet, how many pieces there are to its end,
            and whether white space other than single blanks is in it. A story with characters that are not known here,
            or too much to mark, has no snippets.
        places: filled with where each piece begins and ends in `text`, by turns.
        marked: filled with whether it is marked.

    Returns:
        Stories told of, at least one: as many as there is room for; their snippets, and pieces.
    """
    letters, signs = (kinds, folds, dotted), (bits, short)
    sought, parts = (initials, wanted, leaves, patterns, pattern_ends), (part_leaves, part_ends, part_fields)
    stories = edges.size // EDGES
    longest = 1
    for story in range(stories):
        longest = max(longest, edges[EDGES * story + END])
    starts, ends = np.empty(longest, np.int32), np.empty(longest, np.int32)
    words = starts, ends, np.empty(longest, np.uint64), np.empty(FORM, np.uint16)
    snippets = put = 0
    for story in range(stories):
        base, end = edges[EDGES * story + START], edges[EDGES * story + END]
        count, held, further = _excerpt(
            text[base : base + end],
            base,
            edges[EDGES * story + HEAD],
            end,
            edges[EDGES * story + CUT] != 0,
            text.size - 3,
            letters,
            signs,
            sought,
            parts,
            limits,
            words,
            told[2 * (stories + snippets) :],
            (places, marked),
            put,
        )
        if count == _NO_ROOM and story:
            return story, snippets, put
        told[2 * story], told[2 * story + 1] = max(count, 0), held
        if count > 0:
            snippets += count
            put = further
    return stories, snippets, put
