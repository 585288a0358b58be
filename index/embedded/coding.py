"""How numbers lie in a segment: pure functions between NumPy arrays and compact bytes.

No files and no words. All decoding of the index is here, vectorised over a whole posting list. The one idea: nearly all
numbers of a news archive are small, so each takes one byte, and the few that do not fit stand apart, behind.

* **Ladder**: a number below 248 is its byte; below 2,040 it is a step 248 to 254 and a low byte; beyond, it is 255 and
  a 32-bit word. All first bytes come first, then the low bytes, then the words.
* **Frequency code**: the three frequencies of a posting in one byte where headline <= 2, lead <= 3 and body <= 20;
  else 255, and the frequencies stand in a table of their own.
* **Form codes**: 1, 2, 4, 8 or 16 bits each, by how many forms the stem has; none where it has one.
* **Places**: words counted from the headline's or the body's beginning, as differences to the occurrence before it in
  the same text, as a ladder.
* **Documents**: block by block of 65,536 stories, which the high bits of a document number say. Within a block, the low
  16 bits of each; or, where a stem is in one of `DENSE` of its stories or in more, one bit a story, the first in the
  lowest bit of the first 16: how many postings a block has says which. (D. Lemire, G. Ssi-Yan-Kai, O. Kaser,
  Consistently faster and smaller compressed bitmaps with Roaring, 2016.) In a segment of several blocks a long list
  begins with the cumulated counts by block (32 bits each, blocks + 1 of them); a short one has no blocks, it is the low
  halves, then the high halves.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from index.embedded.values import Array, Bytes, Longs, Unsigned

BLOCK = 1 << 16

#: A stem in one of so many stories of a block, or in more, has a bit for each. Words that readers ask for are in fewer;
#: these are the ones whose lists are long, a quarter of all document numbers and more.
DENSE = 4

_LITERALS = 248
_BEYOND = 255
_WORDS_FROM = _LITERALS + (_BEYOND - _LITERALS) * 256

#: Frequency code of a posting whose frequencies stand apart.
ESCAPED = 255
_MOST = (2, 3, 20)
_codes = np.arange(256)
#: Frequencies of each code, u4[256, 3]; zeros for ESCAPED and the codes that are not used.
FREQUENCIES: Unsigned = np.stack([_codes // 84, _codes // 21 % 4, _codes % 21], axis=1).astype(np.uint32)
FREQUENCIES[252:] = 0
#: The same, padded to 16 bytes a code and seen as one number of that size: looking up single numbers is what NumPy is
#: quick at.
_WIDE = np.pad(FREQUENCIES, ((0, 0), (0, 1))).view(np.complex128).ravel()


class Ladder(NamedTuple):
    """Numbers as a ladder: first bytes u1[n], low bytes and words of those that need them, in order."""

    first: Bytes
    lows: Bytes
    words: Unsigned


def to_ladder(numbers: Unsigned) -> Ladder:
    """Return `numbers` (u4[n]) as a ladder."""
    first = numbers.astype(np.uint8)
    big = np.flatnonzero(numbers >= _LITERALS)
    if not big.size:
        return Ladder(first, np.empty(0, np.uint8), np.empty(0, np.uint32))
    beyond = numbers[big] >= _WORDS_FROM
    stepped = numbers[big[~beyond]] - _LITERALS
    first[big[~beyond]] = _LITERALS + (stepped >> 8)
    first[big[beyond]] = _BEYOND
    return Ladder(first, stepped.astype(np.uint8), numbers[big[beyond]].astype(np.uint32))


def from_ladder(data: Bytes, start: int, count: int) -> Unsigned:
    """Return the `count` numbers of the ladder that begins at byte `start` of `data`; u4[count]."""
    first = data[start : start + count]
    numbers = first.astype(np.uint32)
    big = np.flatnonzero(first >= _LITERALS)
    if not big.size:
        return numbers
    beyond = first[big] == _BEYOND
    stepped = big[~beyond]
    lows_end = start + count + stepped.size
    numbers[stepped] = ((numbers[stepped] - _LITERALS) << 8) + _LITERALS + data[start + count : lows_end]
    words = big[beyond]
    if words.size:
        numbers[words] = data[lows_end : lows_end + 4 * words.size].copy().view("<u4")
    return numbers


def pick_from_ladder(data: Bytes, start: int, count: int, chosen: Longs) -> Unsigned:
    """Return only the `chosen` (ascending) numbers of such a ladder; most of it need not be read."""
    first = data[start : start + count]
    numbers = first[chosen].astype(np.uint32)
    big = np.flatnonzero(numbers >= _LITERALS)
    if not big.size:
        return numbers
    every = np.flatnonzero(first >= _LITERALS)
    beyond = numbers[big] == _BEYOND
    is_word = first[every] == _BEYOND
    ranks = np.searchsorted(every, chosen[big])
    words_before = np.concatenate(([0], np.cumsum(is_word)))[ranks]
    lows = start + count + (ranks - words_before)[~beyond]
    numbers[big[~beyond]] = ((numbers[big[~beyond]] - _LITERALS) << 8) + _LITERALS + data[lows]
    words = start + count + every.size - np.count_nonzero(is_word) + 4 * words_before[beyond]
    numbers[big[beyond]] = data[words[:, None] + np.arange(4)].view("<u4").ravel()
    return numbers


def is_stepped(first: Bytes) -> npt.NDArray[np.bool_]:
    """Say which first bytes of a ladder need a low byte."""
    return (first >= _LITERALS) & (first < _BEYOND)


def is_beyond(first: Bytes) -> npt.NDArray[np.bool_]:
    """Say which first bytes of a ladder need a word."""
    return np.equal(first, _BEYOND)


def resolve_ladder(first: Bytes, lows: Bytes, words: Unsigned) -> Unsigned:
    """Return the numbers of a ladder whose three parts are given apart."""
    numbers = first.astype(np.uint32)
    stepped = np.flatnonzero(is_stepped(first))
    numbers[stepped] = ((numbers[stepped] - _LITERALS) << 8) + _LITERALS + lows
    numbers[np.flatnonzero(is_beyond(first))] = words
    return numbers


def to_frequency_codes(frequencies: Unsigned) -> Bytes:
    """Return the code of each row of `frequencies` (u4[n, 3]); ESCAPED where it does not fit."""
    headline, lead, body = frequencies.T
    fits = (headline <= _MOST[0]) & (lead <= _MOST[1]) & (body <= _MOST[2])
    return np.where(fits, headline * 84 + lead * 21 + body, ESCAPED).astype(np.uint8)


def from_frequency_codes(codes: Bytes) -> Unsigned:
    """Return the frequencies of each code, u4[n, 3]; zeros for ESCAPED."""
    return _WIDE.take(codes).view(np.uint32).reshape(-1, 4)[:, :3]


def form_bits(forms: int) -> int:
    """Return how many bits the code of an occurrence takes when its stem has so many forms: 0, 1, 2, 4, 8 or 16."""
    for bits in (0, 1, 2, 4, 8):
        if forms <= 1 << bits:
            return bits
    return 16


#: `form_bits` as arrays: up to LIMITS[i] forms take BITS[i] bits.
BITS = np.array([0, 1, 2, 4, 8, 16])
LIMITS = np.array([1, 2, 4, 16, 256])


def pack_codes(codes: npt.NDArray[np.uint16], bits: int) -> Bytes:
    """Return `codes` in `bits` bits each, the first in the lowest bits of the first byte; whole bytes."""
    if bits == 16:
        return codes.astype("<u2").view(np.uint8)
    if bits == 8:
        return codes.astype(np.uint8)
    each = 8 // bits
    padded = np.zeros(-(-codes.size // each) * each, np.uint8)
    padded[: codes.size] = codes
    shifted = padded.reshape(-1, each) << np.arange(0, 8, bits, dtype=np.uint8)
    packed: Bytes = np.bitwise_or.reduce(shifted, axis=1)
    return packed


def unpack_codes(data: Bytes, bits: int, count: int) -> npt.NDArray[np.uint16]:
    """Return the first `count` codes of `bits` bits each that `data` begins with; u2[count]."""
    if bits == 16:
        return data[: 2 * count].copy().view("<u2").astype(np.uint16)
    if bits == 8:
        return data[:count].astype(np.uint16)
    each = 8 // bits
    spread = data[: -(-count // each), None] >> np.arange(0, 8, bits, dtype=np.uint8)
    return (spread & ((1 << bits) - 1)).ravel()[:count].astype(np.uint16)


def pick_codes(data: Bytes, bits: int, chosen: Longs) -> npt.NDArray[np.uint16]:
    """Return only the `chosen` codes of those that `data` begins with; u2."""
    if bits == 16:
        whole: npt.NDArray[np.uint16] = data[2 * chosen[:, None] + np.arange(2)].view("<u2").ravel().astype(np.uint16)
        return whole
    shifted = data[chosen * bits >> 3].astype(np.uint16) >> (chosen * bits & 7).astype(np.uint16)
    picked: npt.NDArray[np.uint16] = shifted & np.uint16((1 << bits) - 1)
    return picked


def positions(differences: Unsigned, frequencies: Unsigned, body_starts: Unsigned) -> Unsigned:
    """Return the positions in the story of one stem's occurrences.

    Args:
        differences: of its places, u4[total].
        frequencies: of its postings, u4[n, 3].
        body_starts: position of the body's first word in each posting's story, u4[n].
    """
    sums = np.zeros(differences.size + 1, np.uint32)
    np.cumsum(differences, out=sums[1:])
    sizes = np.empty((len(frequencies), 2), np.int64)
    sizes[:, 0] = frequencies[:, 0]
    np.add(frequencies[:, 1], frequencies[:, 2], out=sizes[:, 1])
    ends = np.cumsum(sizes.ravel())
    shifts = -sums[np.concatenate(([0], ends[:-1]))]
    shifts[1::2] += body_starts
    return sums[1:] + np.repeat(shifts, sizes.ravel())


def least_blocked(blocks: int) -> int:
    """Return from how many stories on a posting list has a table of blocks, in a segment of several blocks."""
    return 8 * blocks


def smallest(numbers: Array) -> npt.DTypeLike:
    """Return u4 where `numbers` (ascending) fit in 32 bits, else u8."""
    return np.uint32 if not len(numbers) or int(numbers[-1]) < 1 << 32 else np.uint64


def spread(starts: Array, counts: Array) -> npt.NDArray[np.int64]:
    """Return start, start + 1, … of each of the runs, one run after the other."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    spread: npt.NDArray[np.int64] = np.repeat(starts - (ends - counts), counts) + np.arange(total)
    return spread
