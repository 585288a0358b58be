"""Posting lists into bytes: compiled loops that write what `coding` describes, one pass over the occurrences.

No files and no sorting of words. The one idea: an occurrence is a row of three numbers of 32 bits (document, place,
written form), and rows are brought into the order of the index by counting, not by comparing: how many each stem has is
known, so each row's place is.

A *place* counts words from the beginning of the headline, or of the body; those in the body have the bit `BODY` set.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from index.compiled import I64, INT, MASK, TABLE, U16, U32, W8, W16, W32, W64, compiled
from index.embedded.coding import ESCAPED
from index.embedded.documents import write_documents
from index.embedded.values import Array

#: Set in the place of an occurrence in the body.
BODY = 1 << 31

_LITERALS = 248
_WORDS_FROM = _LITERALS + (255 - _LITERALS) * 256


@compiled(U32, I64, MASK, W64)
def count_terms(tokens: Array, totals: Array, keep: Array, counts: Array) -> None:
    """Add up in `counts` how often each term stands in the stories to keep.

    Args:
        tokens: term numbers, story by story, u4.
        totals: tokens of each story.
        keep: which stories.
        counts: by term; written.
    """
    at = 0
    for story in range(totals.size):
        end = at + totals[story]
        if keep[story]:
            for i in range(at, end):
                counts[tokens[i]] += 1
        at = end


@compiled(U32, I64, I64, MASK, U32, U32, W64, W32)
def arrange(
    tokens: Array,
    totals: Array,
    headlines: Array,
    keep: Array,
    stems: Array,
    entries: Array,
    cursors: Array,
    rows: Array,
) -> None:
    """Write a row for every token of the stories to keep, the rows of each stem together, stories in order.

    Args:
        tokens: as in `count_terms`.
        totals: likewise.
        keep: likewise.
        headlines: tokens of each story's headline.
        stems: by term, the number of its stem and of its form.
        entries: likewise.
        cursors: by stem, the number of its first row; afterwards, the one behind its last.
        rows: u4[3 * rows]; written.
    """
    at = doc = 0
    for story in range(totals.size):
        end = at + totals[story]
        if keep[story]:
            body = at + headlines[story]
            for i in range(at, end):
                term = tokens[i]
                row = cursors[stems[term]]
                cursors[stems[term]] = row + 1
                rows[3 * row] = doc
                rows[3 * row + 1] = i - at if i < body else (i - body) | BODY
                rows[3 * row + 2] = entries[term]
            doc += 1
        at = end


@compiled(U32, INT, W8)
def mark_used(rows: Array, first: int, used: Array) -> None:
    """Set `used` to 1 for each form, counted from `first`, that `rows` have."""
    for i in range(2, rows.size, 3):
        used[rows[i] - first] = 1


@compiled(U32, I64, INT, U16, I64, TABLE, INT, INT, W32, W16, W8, W64, W32, W8, W64, W64, W64)
def encode(
    rows: Array,
    counts: Array,
    first: int,
    codes: Array,
    bits: Array,
    lengths: Array,
    blocks: int,
    least: int,
    scratch: Array,
    documents: Array,
    frequencies: Array,
    escaped: Array,
    escaped_frequencies: Array,
    occurrences: Array,
    postings: Array,
    document_sizes: Array,
    occurrence_sizes: Array,
) -> int:
    """Write the posting lists of a range of stems; return how many postings are escaped.

    Args:
        rows: occurrences, stem by stem, u4[3 * rows].
        counts: occurrences of each stem, none 0.
        first: number of the first of the range's forms.
        codes: of the range's forms, each within its stem, u2.
        bits: of a form code, by stem.
        lengths: of the stories, in words by field, u4[stories, 3].
        blocks: of the segment.
        least: from how many postings on a list has a table of blocks (`coding.least_blocked`).
        scratch: u4, of three times as many as the most frequent stem's occurrences; written.
        documents: in pieces of 16 bits; written, as all that follow.
        frequencies: codes.
        escaped: numbers of the escaped postings, counted from the range's first.
        escaped_frequencies: of these, u4[3 * escaped].
        occurrences: form codes and ladders.
        postings: by stem, postings, pieces and bytes.
        document_sizes: likewise.
        occurrence_sizes: likewise.
    """
    row = posting = escapes = document_at = occurrence_at = 0
    for stem in range(counts.size):
        total = counts[stem]
        width = bits[stem]
        code_at = occurrence_at
        ladder_at = code_at + (total * width + 7) // 8
        if width != 16:
            for i in range(code_at, ladder_at):
                occurrences[i] = 0
        docs = steps = words = 0
        i = 0
        while i < total:
            doc = rows[3 * row]
            headline = lead = body = 0
            before: Any = 0
            in_body = False
            lead_length = np.int64(lengths[doc, 1])
            while i < total and rows[3 * row] == doc:
                place = np.int64(rows[3 * row + 1])
                if place >= BODY:
                    place -= BODY
                    if not in_body:
                        in_body = True
                        before = 0
                    if place < lead_length:
                        lead += 1
                    else:
                        body += 1
                else:
                    headline += 1
                difference = place - before
                before = place
                if difference < _LITERALS:
                    occurrences[ladder_at + i] = difference
                elif difference < _WORDS_FROM:
                    difference -= _LITERALS
                    occurrences[ladder_at + i] = _LITERALS + (difference >> 8)
                    scratch[total + steps] = difference & 255
                    steps += 1
                else:
                    occurrences[ladder_at + i] = 255
                    scratch[2 * total + words] = difference
                    words += 1
                if width > 0:
                    code = np.int64(codes[rows[3 * row + 2] - first])
                    if width == 16:
                        occurrences[code_at + 2 * i] = code & 255
                        occurrences[code_at + 2 * i + 1] = code >> 8
                    else:
                        bit = i * width
                        occurrences[code_at + (bit >> 3)] |= code << (bit & 7)
                i += 1
                row += 1
            scratch[docs] = doc
            docs += 1
            if headline <= 2 and lead <= 3 and body <= 20:
                frequencies[posting] = headline * 84 + lead * 21 + body
            else:
                frequencies[posting] = ESCAPED
                escaped[escapes] = posting
                escaped_frequencies[3 * escapes] = headline
                escaped_frequencies[3 * escapes + 1] = lead
                escaped_frequencies[3 * escapes + 2] = body
                escapes += 1
            posting += 1
        low_at = ladder_at + total
        for j in range(steps):
            occurrences[low_at + j] = scratch[total + j]
        word_at = low_at + steps
        for j in range(words):
            word = np.int64(scratch[2 * total + j])
            for byte in range(4):
                occurrences[word_at + 4 * j + byte] = (word >> (8 * byte)) & 255
        postings[stem] = docs
        occurrence_sizes[stem] = word_at + 4 * words - occurrence_at
        occurrence_at += occurrence_sizes[stem]
        document_sizes[stem] = write_documents(scratch[:docs], len(lengths), blocks, least, documents, document_at)
        document_at += document_sizes[stem]
    return escapes
