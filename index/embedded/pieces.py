"""Texts into numbers of terms: each is cut by a compiled loop, and each different piece is analysed once.

Not an analysis of its own: `index.analysis` says what a token is and what it stands for, and every piece is given to
it. The one idea: some characters are in no token and end every token beside them as the end of a text does (white
space, most punctuation), so a text may be cut at them without changing its tokens, and a comma or full stop at the
edge of a piece may fall away. What is left is nearly always one word, met before.
"""

from __future__ import annotations

from array import array
from functools import lru_cache
from itertools import pairwise

import numpy as np

from index.analysis import TOKEN, term_of
from index.compiled import I64, INT, U8, U32, W8, W32, W64, compiled
from index.embedded.interning import Interned, numbered
from index.embedded.lexicon import decoded, encoded, key
from index.embedded.values import Array, Bytes, Longs, Unsigned
from index.stemming import stem

#: Bytes of text that are cut at a time.
CHUNK = 1 << 18

#: Of each ASCII character: whether it separates tokens, or is of no use at the edge of a piece. Beyond ASCII, the
#: usual quotation marks and dashes separate and the apostrophe is an edge; what else there is stays in its piece.
_SEPARATES, _EDGE = 1, 2
_KINDS = np.zeros(256, np.uint8)
_KINDS[[9, 10, 11, 12, 13]] = _SEPARATES
_KINDS[list(b' !"$%()*-/:;<=>?@[\\]^`{|}~')] = _SEPARATES
_KINDS[list(b".,'")] = _EDGE

_POSITION, _TEXT, _PIECES, _COUNT = range(4)


@compiled(U8, INT, INT)
def _separator(data: Array, at: int, end: int) -> int:
    """Return how many bytes of `data` at `at` are a character that separates tokens; 0 where it is none."""
    first = data[at]
    if first < 0x80:
        return 1 if _KINDS[first] == _SEPARATES else 0
    if first == 0xE2 and at + 2 < end and data[at + 1] == 0x80:
        third = data[at + 2]
        # Dashes and hyphens, all quotation marks but the apostrophe, the ellipsis.
        return 3 if (0x90 <= third <= 0x9F and third != 0x99) or third == 0xA6 else 0
    if first == 0xC2 and at + 1 < end:
        # No-break space and guillemets.
        return 2 if data[at + 1] == 0xA0 or data[at + 1] == 0xAB or data[at + 1] == 0xBB else 0
    return 0


@compiled(U8, INT)
def _is_apostrophe(data: Array, at: int) -> bool:
    found: bool = data[at] == 0xE2 and data[at + 1] == 0x80 and data[at + 2] == 0x99
    return found


@compiled(U8, I64, W64, W8, W64, W64, W32, W32, W64)
def _cut(
    data: Array,
    text_ends: Array,
    state: Array,
    pool: Array,
    ends: Array,
    hashes: Array,
    slots: Array,
    pieces: Array,
    piece_ends: Array,
) -> None:
    """Cut texts into pieces and write the number of each; stop early where a new piece finds no room.

    Args:
        data: texts in UTF-8, one after the other, u1.
        text_ends: where each ends, i8.
        state: place in `data`, text, pieces written, pieces known; i8[4], kept up to date.
        pool: of an `Interned`.
        ends: likewise.
        hashes: likewise.
        slots: likewise.
        pieces: numbers of the pieces, u4; written.
        piece_ends: for each text, where its pieces end; written.
    """
    at, text, written, count = state[0], state[1], state[2], state[3]
    full = False
    while text < text_ends.size and not full:
        text_end = text_ends[text]
        while at < text_end:
            # Pass over what separates.
            step = _separator(data, at, text_end)
            if step > 0:
                at += step
                continue
            start = at
            while at < text_end and _separator(data, at, text_end) == 0:
                at += 1
            end = at
            while start < end:
                if _KINDS[data[start]] == _EDGE:
                    start += 1
                elif end - start >= 3 and _is_apostrophe(data, start):
                    start += 3
                else:
                    break
            while start < end:
                if _KINDS[data[end - 1]] == _EDGE:
                    end -= 1
                elif end - start >= 3 and _is_apostrophe(data, end - 3):
                    end -= 3
                else:
                    break
            if start == end:
                continue
            if count == hashes.size or 2 * (count + 1) > slots.size or ends[count] + end - start > pool.size:
                at = start
                full = True
                break
            number = numbered(data, start, end, pool, ends, hashes, slots, count)
            count += number == count
            pieces[written] = number
            written += 1
        if not full:
            piece_ends[text] = written
            text += 1
    state[0], state[1], state[2], state[3] = at, text, written, count


@compiled(U32, I64, I64, U32, W32, W64)
def _spell_out(pieces: Array, text_pieces: Array, token_ends: Array, tokens: Array, out: Array, lengths: Array) -> None:
    """Write the tokens of pieces, and how many each text has.

    Args:
        pieces: numbers, u4.
        text_pieces: for each text, where its pieces end.
        token_ends: a zero, then for each piece where its tokens end in `tokens`.
        tokens: term numbers, u4.
        out: term numbers of the texts' tokens; written.
        lengths: tokens of each text; written.
    """
    at = begin = 0
    for text in range(text_pieces.size):
        before = at
        for i in range(begin, text_pieces[text]):
            piece = pieces[i]
            for j in range(token_ends[piece], token_ends[piece + 1]):
                out[at] = tokens[j]
                at += 1
        begin = text_pieces[text]
        lengths[text] = at - before


class Vocabulary:
    """The different pieces of all texts so far, and the terms that they stand for.

    Attributes:
        terms: keys of the terms (`lexicon.key`) in UTF-8, by number.
    """

    def __init__(self) -> None:
        self.terms = Interned()
        self._pieces = Interned()
        self._tokens = array("I")
        self._ends = array("q", [0])

    def __len__(self) -> int:
        return self._pieces.count

    def numbers(self, data: Bytes, ends: Longs) -> tuple[Unsigned, Longs]:
        """Return the term numbers of the tokens of texts, and how many tokens each text has.

        Args:
            data: the texts (NFC) in UTF-8, one after the other, u1.
            ends: where each ends, i8.
        """
        pieces = np.empty((data.size + ends.size) // 2 + 1, np.uint32)
        text_pieces = np.empty(ends.size, np.int64)
        known = self._pieces
        state = np.array([0, 0, 0, known.count], np.int64)
        while True:
            _cut(data, ends, state, known.pool, known.ends, known.hashes, known.slots, pieces, text_pieces)
            known.count = int(state[_COUNT])
            if state[_TEXT] == ends.size:
                break
            known.reserve(max(known.count, 1 << 11), data.size - int(state[_POSITION]))
        self._analyse()
        token_ends, tokens = np.array(self._ends, np.int64), np.array(self._tokens, np.uint32)
        pieces = pieces[: state[_PIECES]]
        out = np.empty(int((token_ends[1:] - token_ends[:-1])[pieces].sum()), np.uint32)
        lengths = np.empty(ends.size, np.int64)
        _spell_out(pieces, text_pieces, token_ends, tokens, out, lengths)
        return out, lengths

    def _analyse(self) -> None:
        """Find out the terms of the pieces that are new."""
        known, first = self._pieces, len(self._ends) - 1
        if known.count == first:
            return
        bounds = known.ends[first : known.count + 1].tolist()
        blob = known.pool[bounds[0] : bounds[-1]].tobytes()
        base, keys, total = bounds[0], [], len(self._tokens)
        for start, end in pairwise(bounds):
            piece = decoded(blob[start - base : end - base])
            if piece.isascii() and piece.isalpha():
                keys.append(_key(piece))
                total += 1
            else:
                tokens = TOKEN.findall(piece)
                keys += map(_key_of, tokens)
                total += len(tokens)
            self._ends.append(total)
        ends = np.cumsum(np.fromiter(map(len, keys), np.int64, len(keys)))
        numbers = self.terms.number_all(np.frombuffer(b"".join(keys), np.uint8), ends)
        self._tokens.frombytes(numbers.tobytes())


_LONGEST_PLAIN = 100


def _key(word: str) -> bytes:
    """Return the key of a token of A to Z; the same as `_key_of`, in a third of the time."""
    if word == "US" or len(word) > _LONGEST_PLAIN:
        return _key_of(word)
    folded = word.lower()
    return f"{_stem(folded)}\0{folded}\0{word}".encode()


@lru_cache(1 << 16)
def _stem(folded: str) -> str:
    return stem(folded) if len(folded) > 2 else folded


@lru_cache(1 << 14)
def _key_of(token: str) -> bytes:
    return encoded(key(term_of(token)))
