"""Byte strings numbered in the order in which they are first met: what compiled loops have for a dictionary.

It does not know what the strings are: pieces of text for `index.embedded.pieces`, forms of words for merging. The one
idea: all strings lie end to end in one array, and a hash table with open addressing holds their numbers, so that a
look-up needs no object of Python's.

A string of up to `SHORT` bytes is a number of 59 bits (its bytes, then its length), and its hash is that number
multiplied and shifted, which can be undone: where hashes of such strings are equal, the strings are, and nothing else
need be read. Hashes of short strings are even, those of longer ones odd.

Source of multiplying and shifting as a hash: D. E. Knuth, The Art of Computer Programming, volume 3, 6.4.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from index.compiled import I64, INT, U8, W8, W32, W64, compiled
from index.embedded.values import Array, Bytes, Longs, Unsigned

#: Bytes of a string whose hash says all of it.
SHORT = 7

_LARGEST = (1 << 63) - 1
#: Odd, so that multiplying by it can be undone: 2^63 by the golden ratio, and its square.
_FIRST, _SECOND = 5_700_357_409_661_598_241, 3_523_014_627_271_069_281


@compiled(INT, INT)
def short_hash(value: int, size: int) -> int:
    """Return the hash of a string of `size` <= SHORT bytes; `value` has them, the first in its lowest bits."""
    value = ((value | (size << 56)) * _FIRST) & _LARGEST
    value ^= value >> 32
    value = (value * _SECOND) & _LARGEST
    value ^= value >> 29
    return value << 1


@compiled(U8, INT, INT)
def hashed(data: Array, start: int, end: int) -> int:
    """Return the hash of the string `data[start:end]`."""
    value: Any = np.int64(0)
    if end - start <= SHORT:
        for i in range(start, end):
            value |= np.int64(data[i]) << (8 * (i - start))
        found: int = short_hash(value, end - start)
        return found
    value += end - start
    for first in range(start, end, 8):
        word: Any = np.int64(0)
        for i in range(first, min(first + 8, end)):
            word |= np.int64(data[i]) << (8 * (i - first))
        value = (value ^ word) * _FIRST
        value ^= value >> 32
    long: int = (value * _SECOND) | 1
    return long


@compiled(U8, I64, I64, W64)
def _hash_all(data: Array, starts: Array, ends: Array, values: Array) -> None:
    for i in range(starts.size):
        values[i] = hashed(data, starts[i], ends[i])


@compiled(U8, I64, I64, I64, W8, W64, W64, W32, W32, W64)
def _number(
    data: Array,
    starts: Array,
    stops: Array,
    values: Array,
    pool: Array,
    ends: Array,
    hashes: Array,
    slots: Array,
    numbers: Array,
    state: Array,
) -> None:
    """Write the numbers of strings, and keep new ones; stop early where a new one finds no room.

    Args:
        data: u1.
        starts: of the strings in it.
        stops: likewise.
        values: their hashes.
        pool: of an `Interned`, as the next three.
        ends: likewise.
        hashes: likewise.
        slots: likewise.
        numbers: u4; written.
        state: strings that have their number, strings that are kept; i8[2], kept up to date.
    """
    done, count = state[0], state[1]
    mask = slots.size - 1
    while done < starts.size:
        start, size, value = starts[done], stops[done] - starts[done], values[done]
        slot = (value >> 1) & mask
        found = False
        while slots[slot] != 0 and not found:
            number = np.int64(slots[slot]) - 1
            if hashes[number] == value:
                found = True
                if value & 1:
                    at = ends[number]
                    found = ends[number + 1] - at == size
                    j = 0
                    while found and j < size:
                        found = pool[at + j] == data[start + j]
                        j += 1
            if found:
                numbers[done] = number
            else:
                slot = (slot + 1) & mask
        if not found:
            at = ends[count]
            if count == hashes.size or 2 * (count + 1) > slots.size or at + size > pool.size:
                break
            for j in range(size):
                pool[at + j] = data[start + j]
            ends[count + 1] = at + size
            hashes[count] = value
            numbers[done] = count
            count += 1
            slots[slot] = count
        done += 1
    state[0], state[1] = done, count


@compiled(I64, INT, W32)
def _reslot(hashes: Array, count: int, slots: Array) -> None:
    mask = slots.size - 1
    for number in range(count):
        slot = (hashes[number] >> 1) & mask
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

    def number_all(self, data: Bytes, ends: Longs) -> Unsigned:
        """Return the numbers of the strings that lie end to end in `data`, u4; new ones are kept."""
        starts = np.empty_like(ends)
        starts[:1], starts[1:] = 0, ends[:-1]
        return self.number_some(data, starts, ends)

    def number_some(self, data: Bytes, starts: Longs, ends: Longs) -> Unsigned:
        """Return the numbers of the strings `data[start:end]`, u4; new ones are kept."""
        values = np.empty_like(ends)
        _hash_all(data, starts, ends, values)
        return self.numbers(data, starts, ends, values)

    def numbers(self, data: Bytes, starts: Longs, ends: Longs, values: Longs) -> Unsigned:
        """Return the numbers of the strings `data[start:end]`, whose hashes are known, u4; new ones are kept."""
        numbers = np.empty(starts.size, np.uint32)
        state = np.array([0, self.count], np.int64)
        while True:
            _number(data, starts, ends, values, self.pool, self.ends, self.hashes, self.slots, numbers, state)
            done, self.count = state.tolist()
            if done == starts.size:
                return numbers
            self._reserve(int(ends[done] - starts[done]))

    def string(self, number: int) -> bytes:
        """Return the string with this number."""
        return self.pool[self.ends[number] : self.ends[number + 1]].tobytes()

    def _reserve(self, size: int) -> None:
        """Make room for one string more, of so many bytes, and for many like it."""
        if self.count == self.hashes.size:
            self.hashes = _longer(self.hashes, 2 * self.count)
            self.ends = _longer(self.ends, 2 * self.count + 1)
        if 2 * (self.count + 1) > self.slots.size:
            self.slots = np.zeros(2 * self.slots.size, np.uint32)
            _reslot(self.hashes, self.count, self.slots)
        if (used := int(self.ends[self.count])) + size > self.pool.size:
            self.pool = _longer(self.pool, max(used + size, 3 * self.pool.size // 2))


def _longer(array: Array, size: int) -> Array:
    longer = np.zeros(size, array.dtype)
    longer[: array.size] = array
    return longer
