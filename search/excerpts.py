"""Passages of a story around what matched, in one compiled pass: from characters to the characters to show.

It makes no fragments and knows no tree; `search.highlight` prepares the question and cuts the strings, and chooses in
the same way, slowly, where a text or a question is beyond this. The one idea: words, matches, sentences and passages
are numbers in a few short arrays, so that the ten stories of a page cost a tenth of a millisecond together.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import types

from index.compiled import I32, I64, INT, U8, U16, U32, WI32, compiled
from search.scanning import scan
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

_U64 = types.Array(types.uint64, 1, "C", readonly=True)

#: Places of the answer: windows, headline spans, parts of the question in the windows, white space of the headline.
WINDOWS, SPANS, PARTS, RAGGED, FIRST = range(5)

#: What is true of a window, in its third number.
AFTER_ELLIPSIS, BEFORE_ELLIPSIS, RAGGED_WINDOW = 1, 2, 4

#: Numbers that an answer can hold.
ROOM = 1_024


@compiled(I32, INT, INT)
def _last_not_after(numbers: Any, count: int, wanted: int) -> int:
    """Return the place of the last of `numbers` (ascending) that is at most `wanted`."""
    low, high = 0, count
    while low < high:
        middle = (low + high) >> 1
        if numbers[middle] <= wanted:
            low = middle + 1
        else:
            high = middle
    return low - 1


@compiled(_U64, INT, I32, I32, I32, INT, INT, WI32)
def _marks(
    masks: Any, words: int, part_leaves: Any, part_ends: Any, part_fields: Any, lead: int, head: int, marks: Any
) -> int:
    """Write the matches as (first word, last word, part), in order of first and last, and return how many.

    `part_fields` holds bits: 1 headline, 2 lead, 4 body; `head` says that the text is the headline.
    """
    count = 0
    for word in range(words):
        if masks[word] == 0:
            continue
        begin = 0
        group = count
        for part in range(len(part_ends)):
            end = part_ends[part]
            length = end - begin
            fits = word + length <= words
            offset = 0
            while fits and offset < length:
                fits = (masks[word + offset] >> np.uint64(part_leaves[begin + offset])) & np.uint64(1) != 0
                offset += 1
            begin = end
            if not fits:
                continue
            field = 1 if head else 2 if word < lead else 4
            if not part_fields[part] & field:
                continue
            if 3 * count + 3 > len(marks):
                return -1
            last = word + length - 1
            place = count
            while place > group and marks[3 * place - 2] > last:
                marks[3 * place], marks[3 * place + 1] = marks[3 * place - 3], marks[3 * place - 2]
                marks[3 * place + 2] = marks[3 * place - 1]
                place -= 1
            marks[3 * place], marks[3 * place + 1], marks[3 * place + 2] = word, last, part
            count += 1
    return count


@compiled(WI32, INT)
def _merge(spans: Any, count: int) -> int:
    """Join overlapping matches (in order, three numbers each) into spans of two numbers in place; return how many."""
    joined = 0
    for place in range(count):
        first, last = spans[3 * place], spans[3 * place + 1]
        if joined and first <= spans[2 * joined - 1]:
            spans[2 * joined - 1] = max(spans[2 * joined - 1], last)
        else:
            spans[2 * joined], spans[2 * joined + 1] = first, last
            joined += 1
    return joined


@compiled(U32, INT, INT, U8)
def _ragged(text: Any, start: int, end: int, bits: Any) -> bool:
    """Say whether white space other than single blanks stands between two places."""
    for at in range(start, end):
        if has(text, at, bits, SPACE) and (text[at] != 32 or (at + 1 < end and has(text, at + 1, bits, SPACE))):
            return True
    return False


@compiled(U32, INT, INT, I32, I32, I32, INT, INT, INT, WI32, INT)
def _spans(
    text: Any,
    start: int,
    end: int,
    starts: Any,
    ends: Any,
    merged: Any,
    count: int,
    first: int,
    last: int,
    out: Any,
    at: int,
) -> int:
    """Write the characters of the spans within words `first` to `last` and characters `start` to `end`.

    Returns the place in `out` after them; -1 where there is no room.
    """
    reached = start
    for place in range(count):
        left, right = merged[2 * place], merged[2 * place + 1]
        if left < first or right > last:
            continue
        begin, stop = starts[left], ends[right]
        if begin < reached or stop > end:
            continue
        if at + 2 > len(out):
            return -1
        out[at], out[at + 1] = begin, stop
        at += 2
        reached = stop
    return at


@compiled(types.uint64)
def _ones(bits: Any) -> int:
    count = 0
    while bits:
        bits &= bits - np.uint64(1)
        count += 1
    return count


@compiled(I32, INT, I32, INT, INT, INT, INT, WI32)
def _windows(
    marks: Any, count: int, sentences: Any, sentence_count: int, words: int, limit: int, length: int, windows: Any
) -> int:
    """Choose up to `limit` passages of `length` words with most of the question, and return how many."""
    seen = np.uint64(0)
    chosen = 0
    while chosen < limit and count:
        found = False
        best_new = best_held = best_inside = best_first = best_last = 0
        for index in range(count):
            position, stop = marks[3 * index], marks[3 * index + 1]
            first = sentences[_last_not_after(sentences, sentence_count, position)]
            if position - first > length * 2 // 3:
                first = max(0, position - length // 3)
            last = min(first + length - 1, words - 1)
            if last == words - 1:
                first = max(0, min(first, last - length + 1))
            last = max(last, min(stop, first + 2 * length))
            taken = False
            for other in range(chosen):
                if first <= windows[2 * other + 1] and windows[2 * other] <= last:
                    taken = True
            if taken:
                continue
            low = index
            while low > 0 and marks[3 * low - 3] >= first:
                low -= 1
            inside = 0
            held = np.uint64(0)
            while low < count and marks[3 * low] <= last:
                # A match that begins before the passage is none of it.
                inside += 1
                if marks[3 * low + 1] <= last:
                    held |= np.uint64(1) << np.uint64(marks[3 * low + 2])
                low += 1
            inside = min(inside, 6)
            new_count, held_count = _ones(held & ~seen), _ones(held)
            better = not found
            if found:
                if new_count != best_new:
                    better = new_count > best_new
                elif held_count != best_held:
                    better = held_count > best_held
                elif inside != best_inside:
                    better = inside > best_inside
                else:
                    better = first < best_first
            if better:
                found = True
                best_new, best_held, best_inside = new_count, held_count, inside
                best_first, best_last = first, last
        if not found:
            break
        windows[2 * chosen], windows[2 * chosen + 1] = best_first, best_last
        chosen += 1
        for index in range(count):
            if best_first <= marks[3 * index] and marks[3 * index + 1] <= best_last:
                seen |= np.uint64(1) << np.uint64(marks[3 * index + 2])
    return chosen


@compiled(WI32, INT, INT)
def _considered(marks: Any, count: int, most: int) -> int:
    """Keep the first matches of each part in place, `most` of all together, and return how many."""
    taken = np.zeros(64, np.int64)
    for place in range(count):
        taken[marks[3 * place + 2]] = 1
    room = most // taken.sum()
    taken[:] = 0
    kept = 0
    for place in range(count):
        part = marks[3 * place + 2]
        taken[part] += 1
        if taken[part] <= room:
            marks[3 * kept], marks[3 * kept + 1], marks[3 * kept + 2] = marks[3 * place], marks[3 * place + 1], part
            kept += 1
    return kept


@compiled(U32, INT, INT, INT, INT, INT, U8, I64, I32, I32, I32, INT, WI32, INT)
def _passage(
    text: Any,
    start: int,
    end: int,
    first: int,
    last: int,
    words: int,
    bits: Any,
    short: Any,
    starts: Any,
    ends: Any,
    merged: Any,
    count: int,
    out: Any,
    at: int,
) -> int:
    """Write one passage: where it begins and ends, what is true of it, how many spans, and the spans.

    Returns the place in `out` after it; -1 where there is no room.
    """
    if at + 4 > len(out):
        return -1
    begin = starts[first] if first else start
    while begin > start and has(text, begin - 1, bits, CLINGS_BEFORE):
        begin -= 1
    at_end = last == words - 1
    stop = end if at_end else ends[last]
    while not at_end and stop < end and has(text, stop, bits, CLINGS_AFTER):
        stop += 1
    flags = RAGGED_WINDOW if _ragged(text, begin, stop, bits) else 0
    if first > 0:
        flags |= AFTER_ELLIPSIS
        for place in range(ends[first - 1], starts[first]):
            if (has(text, place, bits, ENDS_SENTENCE) and not abbreviated(text, start, place, end, short)) or (
                text[place] == 10 and place + 1 < starts[first] and text[place + 1] == 10
            ):
                flags &= ~AFTER_ELLIPSIS
    if not at_end and (not has(text, stop - 1, bits, COMPLETES) or abbreviated(text, start, stop - 1, end, short)):
        flags |= BEFORE_ELLIPSIS
    beyond = _spans(text, begin, stop, starts, ends, merged, count, first, last, out, at + 4)
    if beyond < 0:
        return -1
    out[at], out[at + 1], out[at + 2], out[at + 3] = begin, stop, flags, (beyond - at - 4) // 2
    return beyond


@compiled(U32, INT, INT, U8, U16, _U64, U8, I64, types.uint64, _U64, _U64, U16, I64, I32, I32, I32, I64, WI32)
def excerpt(
    text: Any,
    head: int,
    end: int,
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
    out: Any,
) -> int:
    """Find the words to mark in a headline, and the passages of a body with what to mark in them.

    Args:
        text: code points of the headline, of two line feeds, and of the body.
        head: characters of the headline.
        end: of the body's part to look through.
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
        out: filled with `WINDOWS`, `SPANS`, `PARTS`, `RAGGED`; the headline's spans; then each passage: its begin, end,
            flags and number of spans, and the spans. All places are of `text`.

    Returns:
        How many numbers of `out` say it; 0 where the text has characters that are not known here, or too much to mark.
    """
    room = end + 1
    starts, ends, masks = np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.uint64)
    parts = len(part_ends)
    most = limits[1] + 1 if parts == 0 else room
    words = scan(
        text, 0, head, most, kinds, folds, dotted, initials, wanted, leaves, patterns, pattern_ends, starts, ends, masks
    )
    if words < 0:
        return 0
    marks = np.empty(3 * (words * parts) if words * parts < 1_000 else 3_000, np.int32)
    count = _marks(masks, words, part_leaves, part_ends, part_fields, 0, 1, marks)
    if count < 0:
        return 0
    count = _merge(marks, count)
    at = _spans(text, 0, head, starts, ends, marks, count, 0, words, out, FIRST)
    if at < 0:
        return 0
    out[SPANS] = (at - FIRST) // 2
    out[RAGGED] = 1 if _ragged(text, 0, head, bits) else 0
    out[WINDOWS] = out[PARTS] = 0

    body = head + 2
    words = scan(
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
    )
    if words < 0:
        return 0
    limit = limits[0]
    if words == 0 or limit < 1:
        return at
    lead = 0
    paragraph = body
    while paragraph < len(text) and not (
        text[paragraph] == 10 and paragraph + 1 < len(text) and text[paragraph + 1] == 10
    ):
        paragraph += 1
    while lead < words and lead < limits[4] and starts[lead] < paragraph:
        lead += 1
    hits = 0
    for word in range(words):
        if masks[word] != 0:
            hits += 1
    marks = np.empty(3 * hits * parts, np.int32)
    count = _marks(masks, words, part_leaves, part_ends, part_fields, lead, 0, marks)
    windows = np.empty(2 * limit, np.int32)
    if count == 0:
        last = min(limits[1], words) - 1
        out[WINDOWS] = 1
        return max(_passage(text, body, end, 0, last, words, bits, short, starts, ends, marks, 0, out, at), 0)
    sentences = np.empty(words + 2, np.int32)
    sentence_count = sentences_of(text, body, end, starts, words, bits, short, sentences)
    considered = marks.copy()
    considered_count = count if count <= limits[3] else _considered(considered, count, limits[3])
    chosen = _windows(considered, considered_count, sentences, sentence_count, words, limit, limits[1], windows)
    merged = marks.copy()
    merged_count = _merge(merged, count)
    held = np.uint64(0)
    # In the order of the text.
    for place in range(1, chosen):
        other = place
        while other > 0 and windows[2 * other] < windows[2 * other - 2]:
            for number in range(2):
                kept = windows[2 * other + number]
                windows[2 * other + number] = windows[2 * other - 2 + number]
                windows[2 * other - 2 + number] = kept
            other -= 1
    for place in range(chosen):
        first, last = windows[2 * place], windows[2 * place + 1]
        if last + 1 < words:
            matched = first
            for span in range(merged_count):
                if first <= merged[2 * span] and merged[2 * span + 1] <= last:
                    matched = max(matched, merged[2 * span + 1])
            begins = sentences[_last_not_after(sentences, sentence_count, last + 1)]
            if begins > matched and begins - first >= limits[2]:
                last = begins - 1
        for index in range(count):
            if first <= marks[3 * index] and marks[3 * index + 1] <= last:
                held |= np.uint64(1) << np.uint64(marks[3 * index + 2])
        at = _passage(text, body, end, first, last, words, bits, short, starts, ends, merged, merged_count, out, at)
        if at < 0:
            return 0
    out[WINDOWS], out[PARTS] = chosen, _ones(held)
    return at
