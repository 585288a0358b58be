"""Document numbers of a posting list, written and read: compiled loops over the pieces that `coding` describes.

The one idea: a list is long where its stem is in very many stories, and there one bit a story is less than a number
for each; all other lists are numbers that are read without decoding.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from index.compiled import INT, U16, U32, W16, W32, compiled
from index.embedded.coding import BLOCK, DENSE
from index.embedded.values import Array


@compiled(U32, INT, INT, INT, W16, INT)
def write_documents(docs: Array, stories: int, blocks: int, least: int, out: Array, start: int) -> int:
    """Write a list of document numbers in pieces of 16 bits; return how many pieces it takes.

    Args:
        docs: ascending, u4.
        stories: of the segment.
        blocks: likewise.
        least: from how many postings on a list has a table of blocks (`coding.least_blocked`).
        out: written.
        start: first place in `out`.
    """
    if blocks > 1 and docs.size < least:
        for i in range(docs.size):
            out[start + i] = docs[i] & (BLOCK - 1)
            out[start + docs.size + i] = docs[i] // BLOCK
        return 2 * docs.size
    at = start if blocks == 1 else start + 2 * (blocks + 1)
    end = 0
    for block in range(blocks):
        if blocks > 1:
            out[start + 2 * block], out[start + 2 * block + 1] = end & 0xFFFF, end >> 16
        begin = end
        while end < docs.size and docs[end] < (block + 1) * BLOCK:
            end += 1
        size = max(0, min(BLOCK, stories - block * BLOCK))
        if DENSE * (end - begin) >= size:
            taken = (size + 15) // 16
            for i in range(at, at + taken):
                out[i] = 0
            for i in range(begin, end):
                low = np.int64(docs[i]) & (BLOCK - 1)
                out[at + (low >> 4)] |= 1 << (low & 15)
            at += taken
        else:
            for i in range(begin, end):
                out[at + i - begin] = docs[i] & (BLOCK - 1)
            at += end - begin
    if blocks > 1:
        out[start + 2 * blocks], out[start + 2 * blocks + 1] = end & 0xFFFF, end >> 16
    return at - start


#: Of each byte, the places of the bits that are set, and how many are.
_SET = np.array([sorted(range(8), key=lambda bit: not byte >> bit & 1) for byte in range(256)], np.uint8).ravel()
_SETS = np.array([byte.bit_count() for byte in range(256)], np.uint8)


@compiled(U16, INT, W32)
def _spread(bits: Array, first: int, out: Array) -> None:
    """Write `first` plus the place of each bit that is set; `out` has as many numbers as there are of those, u4."""
    found: Any = 0
    piece = 0
    # A byte is eight numbers, of which those beyond its set bits are written over: not as close to the end as that.
    while piece < bits.size and found + 16 <= out.size:
        word = np.int64(bits[piece])
        for half in range(2):
            byte = word >> (8 * half) & 255
            shift = np.uint32(first + 16 * piece + 8 * half)
            for bit in range(8):
                out[found + bit] = np.uint32(_SET[8 * byte + bit]) + shift
            found += _SETS[byte]
        piece += 1
    while piece < bits.size:
        word = np.int64(bits[piece])
        bit = 0
        while word and found < out.size:
            out[found] = first + 16 * piece + bit
            found += word & 1
            word >>= 1
            bit += 1
        piece += 1


@compiled(U16, INT, INT, INT, INT, INT, INT, W32, INT)
def read_documents(
    pieces: Array, start: int, count: int, stories: int, blocks: int, least: int, base: int, out: Array, at: int
) -> None:
    """Write the document numbers of a list, each plus `base`, into `out` from `at` on.

    Args:
        pieces: the documents part of a words file.
        start: where the list begins in it.
        count: postings of the list.
        stories: of the segment.
        blocks: likewise.
        least: from how many postings on a list has a table of blocks (`coding.least_blocked`).
        base: number of the segment's first story in its generation.
        out: u4, written.
        at: first place in `out`.
    """
    target = out[at : at + count]
    if blocks > 1 and count < least:
        lows, highs = pieces[start : start + count], pieces[start + count : start + 2 * count]
        for i in range(count):
            target[i] = np.uint32(highs[i]) * np.uint32(BLOCK) + lows[i] + base
        return
    place = start if blocks == 1 else start + 2 * (blocks + 1)
    end: Any = np.int64(0)
    for block in range(blocks):
        begin = end
        end = np.int64(count)
        if blocks > 1:
            end = np.int64(pieces[start + 2 * block + 2]) + np.int64(pieces[start + 2 * block + 3]) * BLOCK
        part = target[begin:end]
        size = max(0, min(BLOCK, stories - block * BLOCK))
        taken = part.size
        if DENSE * taken >= size:
            taken = (size + 15) // 16
            _spread(pieces[place : place + taken], block * BLOCK + base, part)
        else:
            lows = pieces[place : place + taken]
            shift = np.uint32(block * BLOCK + base)
            for i in range(taken):
                part[i] = np.uint32(lows[i]) + shift
        place += taken
