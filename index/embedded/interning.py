"""Byte strings numbered in the order in which they are first met: what compiled loops have for a dictionary.

It does not know what the strings are: pieces of text for `index.embedded.pieces`, forms of words for merging. The one
idea: all strings lie end to end in one array, and a hash table with open addressing holds their numbers, so that a
look-up needs no object of Python's.

Source of the hash: Fowler, Noll, Vo (FNV-1a, 64 bits), http://www.isthe.com/chongo/tech/comp/fnv/.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from index.compiled import I64, INT, U8, W8, W32, W64, compiled
from index.embedded.values import Array, Bytes, Longs, Unsigned

_BASIS = np.int64(-3_750_763_034_362_895_579)
_PRIME = np.int64(1_099_511_628_211)


@compiled(U8, INT, INT, W8, W64, W64, W32, INT)
def numbered(
    data: Array, start: int, end: int, pool: Array, ends: Array, hashes: Array, slots: Array, count: int
) -> int:
    """Return the number of the string `data[start:end]`; it is `count`, and the string is kept, where it is new.

    Args:
        data: u1.
        start: of the string in it.
        end: likewise.
        pool: of an `Interned`, with room for one string more.
        ends: likewise.
        hashes: likewise.
        slots: likewise.
        count: strings in it.
    """
    value: Any = _BASIS
    for i in range(start, end):
        value = (value ^ np.int64(data[i])) * _PRIME
    value ^= value >> 29
    mask = slots.size - 1
    slot = value & mask
    while slots[slot] != 0:
        number: int = slots[slot] - 1
        if hashes[number] == value:
            at = ends[number]
            if ends[number + 1] - at == end - start:
                i = start
                while i < end and pool[at] == data[i]:
                    at += 1
                    i += 1
                if i == end:
                    return number
        slot = (slot + 1) & mask
    at = ends[count]
    for i in range(start, end):
        pool[at] = data[i]
        at += 1
    ends[count + 1] = at
    hashes[count] = value
    slots[slot] = count + 1
    return count


@compiled(U8, I64, W8, W64, W64, W32, INT, W32)
def _number_all(
    data: Array, data_ends: Array, pool: Array, ends: Array, hashes: Array, slots: Array, count: int, out: Array
) -> int:
    start = 0
    for i in range(data_ends.size):
        out[i] = numbered(data, start, data_ends[i], pool, ends, hashes, slots, count)
        count += out[i] == count
        start = data_ends[i]
    return count


@compiled(I64, INT, W32)
def _reslot(hashes: Array, count: int, slots: Array) -> None:
    mask = slots.size - 1
    for number in range(count):
        slot = hashes[number] & mask
        while slots[slot] != 0:
            slot = (slot + 1) & mask
        slots[slot] = number + 1


class Interned:
    """Byte strings with numbers from 0.

    Attributes:
        count: how many there are.
        pool: all of them end to end, u1, and room for more.
        ends: a zero, then where each ends in `pool`, i8, and room for more.
        hashes: of each, i8.
        slots: number + 1 of each at the place of its hash or the next free one, 0 where free; u4, a power of two.
    """

    def __init__(self) -> None:
        self.count = 0
        self.pool: Bytes = np.empty(1 << 14, np.uint8)
        self.ends: Longs = np.zeros((1 << 11) + 1, np.int64)
        self.hashes: Longs = np.empty(1 << 11, np.int64)
        self.slots: Unsigned = np.zeros(1 << 12, np.uint32)

    def reserve(self, strings: int, size: int) -> None:
        """Make room for so many strings more, of so many bytes in all."""
        wanted = self.count + strings
        if wanted > self.hashes.size:
            room = max(wanted, 2 * self.hashes.size)
            self.hashes = _longer(self.hashes, room)
            self.ends = _longer(self.ends, room + 1)
        if 2 * wanted > self.slots.size:
            self.slots = np.zeros(1 << (2 * wanted).bit_length(), np.uint32)
            _reslot(self.hashes, self.count, self.slots)
        if (used := int(self.ends[self.count])) + size > self.pool.size:
            self.pool = _longer(self.pool, max(used + size, 3 * self.pool.size // 2))

    def number_all(self, data: Bytes, ends: Longs) -> Unsigned:
        """Return the numbers of the strings that lie end to end in `data`, u4; new ones are kept."""
        self.reserve(ends.size, data.size)
        numbers = np.empty(ends.size, np.uint32)
        self.count = _number_all(data, ends, self.pool, self.ends, self.hashes, self.slots, self.count, numbers)
        return numbers

    def string(self, number: int) -> bytes:
        """Return the string with this number."""
        return self.pool[self.ends[number] : self.ends[number + 1]].tobytes()


def _longer(array: Array, size: int) -> Array:
    longer = np.zeros(size, array.dtype)
    longer[: array.size] = array
    return longer
