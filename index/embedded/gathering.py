"""Posting lists of older segments into rows again: the compiled loops that merging reads with.

The counterpart of `index.embedded.encoding`, whose rows these are. The one idea: a list is read in one pass, its
stories and written forms are exchanged for those of the merged segment by look-up on the way, and deleted stories
fall away.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from index.compiled import I64, INT, MASK, U8, U16, U32, W8, W32, W64, compiled
from index.embedded.coding import ESCAPED
from index.embedded.documents import read_documents
from index.embedded.encoding import BODY
from index.embedded.values import Array


@compiled(I64, U8, I64, U32, W64)
def count_occurrences(
    starts: Array, frequencies: Array, escaped: Array, escaped_frequencies: Array, totals: Array
) -> None:
    """Write how many occurrences each stem of a segment has.

    Args:
        starts: where the postings of each stem begin, and after the last their number.
        frequencies: codes of all postings.
        escaped: numbers of the escaped postings, ascending.
        escaped_frequencies: of these, u4[3 * escaped].
        totals: by stem; written.
    """
    at = 0
    for stem in range(totals.size):
        total: Any = 0
        for posting in range(starts[stem], starts[stem + 1]):
            code = np.int64(frequencies[posting])
            if code == ESCAPED:
                for field in range(3):
                    total += np.int64(escaped_frequencies[3 * at + field])
                at += 1
            else:
                total += code // 84 + code // 21 % 4 + code % 21
        totals[stem] = total


@compiled(I64, I64, I64, I64, I64, U16, INT, INT, INT, U8, I64, U32, U8, MASK, U32, U32, I64, I64, W64, W32)
def gather(
    posting_starts: Array,
    document_starts: Array,
    occurrence_starts: Array,
    totals: Array,
    bits: Array,
    documents: Array,
    stories: int,
    blocks: int,
    least: int,
    frequencies: Array,
    escaped: Array,
    escaped_frequencies: Array,
    occurrences: Array,
    live: Array,
    renamed: Array,
    entries: Array,
    first_entries: Array,
    targets: Array,
    cursors: Array,
    rows: Array,
) -> None:
    """Write the occurrences of a range of a segment's stems as rows.

    Args:
        posting_starts: of the stems of the range, and of the one behind it.
        document_starts: of the stems of the range.
        occurrence_starts: likewise.
        totals: likewise.
        bits: likewise.
        documents: of the whole segment.
        stories: likewise, how many.
        blocks: likewise.
        least: from how many postings on a list has a table of blocks (`coding.least_blocked`).
        frequencies: of the whole segment.
        escaped: likewise.
        escaped_frequencies: likewise.
        occurrences: likewise.
        live: which of its stories are not deleted; of size 0 for all.
        renamed: number of each of its stories in the merged segment.
        entries: number of each of its forms in the merged segment, the forms of a stem together by their codes.
        first_entries: where the forms of each stem of the range begin in `entries`.
        targets: for each stem of the range, its place in `cursors`.
        cursors: number of the next row of each stem of the merged range; kept up to date.
        rows: u4[3 * rows]; written.
    """
    escape = np.searchsorted(escaped, posting_starts[0])
    longest: Any = 0
    for stem in range(totals.size):
        longest = max(longest, posting_starts[stem + 1] - posting_starts[stem])
    docs = np.empty(longest, np.uint32)
    for stem in range(totals.size):
        begin, end = posting_starts[stem], posting_starts[stem + 1]
        count, total, width = end - begin, totals[stem], bits[stem]
        code_at = occurrence_starts[stem]
        ladder_at = code_at + (total * width + 7) // 8
        low_at = ladder_at + total
        steps = 0
        for i in range(ladder_at, low_at):
            steps += (occurrences[i] >= 248) & (occurrences[i] < 255)
        word_at = low_at + steps
        read_documents(documents, document_starts[stem], count, stories, blocks, least, 0, docs, 0)
        row = cursors[targets[stem]]
        forms = first_entries[stem]
        i = 0
        for j in range(count):
            doc = np.int64(docs[j])
            code = np.int64(frequencies[begin + j])
            if code == ESCAPED:
                headline = np.int64(escaped_frequencies[3 * escape])
                body = np.int64(escaped_frequencies[3 * escape + 1]) + np.int64(escaped_frequencies[3 * escape + 2])
                escape += 1
            else:
                headline = code // 84
                body = code // 21 % 4 + code % 21
            kept = live.size == 0 or live[doc]
            doc = np.int64(renamed[doc])
            place: Any = 0
            for k in range(headline + body):
                if k == headline:
                    place = 0
                step = np.int64(occurrences[ladder_at + i])
                if step >= 248:
                    if step < 255:
                        step = ((step - 248) << 8) + 248 + np.int64(occurrences[low_at])
                        low_at += 1
                    else:
                        step = np.int64(0)
                        for byte in range(4):
                            step |= np.int64(occurrences[word_at + byte]) << (8 * byte)
                        word_at += 4
                place += step
                form: Any = 0
                if width == 16:
                    form = np.int64(occurrences[code_at + 2 * i]) | np.int64(occurrences[code_at + 2 * i + 1]) << 8
                elif width > 0:
                    bit = i * width
                    form = (np.int64(occurrences[code_at + (bit >> 3)]) >> (bit & 7)) & ((1 << width) - 1)
                i += 1
                if kept:
                    rows[3 * row] = doc
                    rows[3 * row + 1] = place if k < headline else place | BODY
                    rows[3 * row + 2] = entries[forms + form]
                    row += 1
        cursors[targets[stem]] = row


@compiled(I64, I64, W32)
def close_up(starts: Array, ends: Array, rows: Array) -> None:
    """Move the rows of each stem down to the end of those of the stem before it."""
    at = 0
    for stem in range(starts.size):
        for i in range(3 * starts[stem], 3 * ends[stem]):
            rows[at] = rows[i]
            at += 1


@compiled(U8, I64, U8, I64, I64, I64, U8, I64, W8, W64)
def join_keys(
    stems: Array,
    stem_offsets: Array,
    folded: Array,
    folded_offsets: Array,
    folded_stems: Array,
    form_starts: Array,
    forms: Array,
    form_offsets: Array,
    out: Array,
    ends: Array,
) -> int:
    """Write the key of every form of a lexicon, in the order of its folded forms; return how many bytes they take.

    Args:
        stems: lines end to end, u1.
        stem_offsets: where each line begins and the last one ends.
        folded: lines.
        folded_offsets: of them.
        forms: lines.
        form_offsets: of them.
        folded_stems: number of the stem of each folded form.
        form_starts: number of the first form of each folded form, and after the last one their number.
        out: keys end to end; written.
        ends: where each ends; written.
    """
    at = 0
    for line in range(folded_stems.size):
        stem = folded_stems[line]
        for form in range(form_starts[line], form_starts[line + 1]):
            for i in range(stem_offsets[stem], stem_offsets[stem + 1] - 1):
                out[at] = stems[i]
                at += 1
            out[at] = 0
            at += 1
            for i in range(folded_offsets[line], folded_offsets[line + 1] - 1):
                out[at] = folded[i]
                at += 1
            out[at] = 0
            at += 1
            for i in range(form_offsets[form], form_offsets[form + 1] - 1):
                out[at] = forms[i]
                at += 1
            ends[form] = at
    return at
