"""Which passages of a story are worth showing, in numbers of words, in compiled loops.

It sees no characters but those that end a paragraph; `search.excerpts` goes from words to characters, and
`search.highlight` says the same slowly. The one idea: a match is three numbers, a passage two, and a passage earns by
the parts of the question that it adds to those chosen before it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import types

from index.compiled import BOOL, I32, I64, INT, U16, U64, WI32, compiled

#: The parts of a question: the numbers of the leaves of each, side by side as in a phrase; where each part ends among
#: them; bits of the fields that it is looked for in: 1 headline, 2 lead, 4 rest of the body.
PARTS = types.Tuple((I32, I32, I32))


@compiled(I32, INT, INT, allocates=False)
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


@compiled(U16, INT, INT, I32, INT, INT, allocates=False)
def lead_words(text: Any, start: int, end: int, starts: Any, count: int, most: int) -> int:
    """Return how many words of a body are its lead: those of its first paragraph, up to `most`."""
    paragraph = start
    while paragraph < end and not (text[paragraph] == 10 and paragraph + 1 < end and text[paragraph + 1] == 10):
        paragraph += 1
    lead = 0
    while lead < count and lead < most and starts[lead] < paragraph:
        lead += 1
    return lead


@compiled(U64, INT, PARTS, INT, BOOL)
def matches_of(masks: Any, words: int, parts: Any, lead: int, head: bool) -> tuple[Any, int]:
    """Return the matches as (first word, last word, part), in order of first and last, and how many there are.

    The fields of `parts` are bits: 1 headline, 2 lead, 4 body; `head` says that the text is the headline, `lead` how
    many words of any other are the lead.
    """
    part_leaves, part_ends, part_fields = parts
    hits = 0
    for word in range(words):
        if masks[word] != 0:
            hits += 1
    marks = np.empty(3 * hits * part_ends.size, np.int32)
    count = 0
    for word in range(words):
        if masks[word] == 0:
            continue
        begin = 0
        group = count
        for part in range(part_ends.size):
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
            last = word + length - 1
            place = count
            while place > group and marks[3 * place - 2] > last:
                marks[3 * place], marks[3 * place + 1] = marks[3 * place - 3], marks[3 * place - 2]
                marks[3 * place + 2] = marks[3 * place - 1]
                place -= 1
            marks[3 * place], marks[3 * place + 1], marks[3 * place + 2] = word, last, part
            count += 1
    return marks, count


@compiled(WI32, INT, allocates=False)
def merge(spans: Any, count: int) -> int:
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


@compiled(types.uint64, allocates=False)
def ones(bits: Any) -> int:
    """Return how many bits are set."""
    count = 0
    while bits:
        bits &= bits - np.uint64(1)
        count += 1
    return count


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


@compiled(I32, INT, I32, INT, INT, INT, INT, WI32, allocates=False)
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
            new_count, held_count = ones(held & ~seen), ones(held)
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


@compiled(INT, INT, INT, I32, INT, I32, INT, INT, allocates=False)
def _window_end(
    first: int, last: int, words: int, sentences: Any, sentence_count: int, merged: Any, spans: int, fewest: int
) -> int:
    """Return the last word of a passage: the end of a sentence where that loses no match and few words."""
    if last + 1 >= words:
        return last
    matched = first
    for span in range(spans):
        if first <= merged[2 * span] and merged[2 * span + 1] <= last:
            matched = max(matched, merged[2 * span + 1])
    begins = sentences[_last_not_after(sentences, sentence_count, last + 1)]
    return begins - 1 if begins > matched and begins - first >= fewest else last


@compiled(WI32, INT, I32, INT, I32, INT, INT, I64, WI32)
def choose(
    matches: Any,
    count: int,
    merged: Any,
    spans: int,
    sentences: Any,
    sentence_count: int,
    words: int,
    limits: Any,
    windows: Any,
) -> int:
    """Write the first and last words of the passages with most of the question, in order, and return how many.

    Args:
        matches: as `matches_of` has them; where there are too many, some are left out in place.
        count: of them, at least one.
        merged: as `merge` has them.
        spans: of these.
        sentences: the words that begin a sentence, ascending.
        sentence_count: of them.
        words: of the body.
        limits: passages wanted, words of one, fewest words of one, matches considered.
        windows: written.
    """
    if count > limits[3]:
        count = _considered(matches, count, limits[3])
    chosen = _windows(matches, count, sentences, sentence_count, words, limits[0], limits[1], windows)
    for place in range(1, chosen):
        other = place
        while other > 0 and windows[2 * other] < windows[2 * other - 2]:
            for number in range(2 * other, 2 * other + 2):
                windows[number], windows[number - 2] = windows[number - 2], windows[number]
            other -= 1
    for place in range(chosen):
        first, last = windows[2 * place], windows[2 * place + 1]
        windows[2 * place + 1] = _window_end(first, last, words, sentences, sentence_count, merged, spans, limits[2])
    return chosen
