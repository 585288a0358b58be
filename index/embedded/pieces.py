"""Texts into numbers of terms: each is cut by a compiled loop, and each different piece is analysed once.

Not an analysis of its own: `index.analysis` says what a token is and what it stands for, and every piece is given to
it. The one idea: some characters are in no token and end every token beside them as the end of a text does (white
space, most punctuation), so a text may be cut at them without changing its tokens, and a comma or full stop at the
edge of a piece may fall away. What is left is nearly always one word, met before.
"""

from __future__ import annotations

from array import array
from functools import lru_cache
from typing import Any

import numpy as np

from index.analysis import TOKEN, term_of
from index.compiled import I64, INT, U8, U32, W8, W32, W64, WMASK, compiled
from index.embedded.interning import SHORT, Interned, hashed, short_hash
from index.embedded.lexicon import decoded, encoded, key
from index.embedded.values import Array, Bytes, Longs, Unsigned
from index.stemming import ENDINGS, stem

#: Bytes of text that are cut at a time.
CHUNK = 1 << 18

#: Of each byte: whether it is (a letter of) a word, separates tokens, is of no use at the edge of a piece, or begins a
#: character beyond ASCII that may separate or be an edge (`_separator`).
_WORD, _SEPARATES, _EDGE, _BEYOND = range(4)
_KINDS = np.zeros(256, np.uint8)
_KINDS[[9, 10, 11, 12, 13]] = _SEPARATES
_KINDS[list(b' !"$%()*-/:;<=>?@[\\]^`{|}~')] = _SEPARATES
_KINDS[list(b".,'")] = _EDGE
_KINDS[[0xC2, 0xE2]] = _BEYOND

_LONGEST_PLAIN = 100
_ENDINGS = np.frombuffer("".join(ENDINGS).encode(), np.uint8)
_ENDING_ENDS = np.cumsum([len(ending) for ending in ENDINGS])

#: Bits of a number that may hold bytes of a piece, and an apostrophe beyond ASCII as its bytes.
_ALL, _APOSTROPHE = 64, 0x9980E2


@compiled(U8, INT, INT)
def _separator(data: Array, at: int, end: int) -> int:
    """Return how many bytes of `data` at `at`, of a kind _BEYOND, are a character that separates tokens; 0 for none."""
    if data[at] == 0xE2 and at + 2 < end and data[at + 1] == 0x80:
        third = data[at + 2]
        # Dashes and hyphens, all quotation marks but the apostrophe, the ellipsis.
        return 3 if (0x90 <= third <= 0x9F and third != 0x99) or third == 0xA6 else 0
    if data[at] == 0xC2 and at + 1 < end:
        # No-break space and guillemets.
        return 2 if data[at + 1] == 0xA0 or data[at + 1] == 0xAB or data[at + 1] == 0xBB else 0
    return 0


@compiled(U8, INT, INT)
def _is_apostrophe(data: Array, at: int, end: int) -> bool:
    """Say whether an apostrophe beyond ASCII, which is an edge, stands at `at`."""
    found: bool = at + 2 < end and data[at] == 0xE2 and data[at + 1] == 0x80 and data[at + 2] == 0x99
    return found


@compiled(U8, I64, W64, W64, W64, W64)
def _cut(data: Array, text_ends: Array, starts: Array, ends: Array, values: Array, piece_ends: Array) -> int:
    """Cut texts into pieces; return how many there are.

    Args:
        data: texts in UTF-8, one after the other, u1.
        text_ends: where each ends, i8.
        starts: where each piece begins; written, as all that follow.
        ends: where each ends.
        values: the hash of each.
        piece_ends: for each text, where its pieces end.
    """
    at = count = 0
    for text in range(text_ends.size):
        text_end = text_ends[text]
        while at < text_end:
            # Pass over what separates and what is of no use at the beginning of a piece.
            kind = _KINDS[data[at]]
            if kind == _BEYOND:
                step = 3 if _is_apostrophe(data, at, text_end) else _separator(data, at, text_end)
                if step > 0:
                    at += step
                    continue
            elif kind != _WORD:
                at += 1
                continue
            # `value` has the first bytes of the piece, which tell a short one from all others.
            start = end = at
            value: Any = 0
            shift = 0
            while at < text_end:
                byte = data[at]
                kind = _KINDS[byte]
                if kind == _SEPARATES:
                    break
                if kind == _BEYOND:
                    if _separator(data, at, text_end) > 0:
                        break
                    if _is_apostrophe(data, at, text_end):
                        if shift < _ALL:
                            value |= _APOSTROPHE << shift
                        shift += 24
                        at += 3
                        continue
                if shift < _ALL:
                    value |= np.int64(byte) << shift
                shift += 8
                at += 1
                if kind != _EDGE:
                    end = at
            if end - start <= SHORT:
                value = short_hash(value & ((1 << (8 * (end - start))) - 1), end - start)
            else:
                value = hashed(data, start, end)
            starts[count], ends[count], values[count] = start, end, value
            count += 1
        piece_ends[text] = count
    return count


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


@compiled(U32, I64)
def _count_tokens(pieces: Array, token_ends: Array) -> int:
    """Return how many tokens pieces have; the arguments are those of `_spell_out`."""
    total = 0
    for i in range(pieces.size):
        total += token_ends[pieces[i] + 1] - token_ends[pieces[i]]
    return total


@compiled(U8, I64, U8, I64, W8, W64, WMASK)
def _write_plain(
    pool: Array, piece_ends: Array, endings: Array, ending_ends: Array, keys: Array, key_ends: Array, plain: Array
) -> int:
    """Write the keys of the pieces that are their own stem but for capitals; return how many there are.

    Whole numbers are, and words of A to Z without an ending that the stemmer knows.

    Args:
        pool: pieces end to end, u1.
        piece_ends: where the first begins, and where each ends.
        endings: endings with which a word may have another stem, end to end, u1.
        ending_ends: where each ends.
        keys: end to end, u1; written, as the rest.
        key_ends: where each ends.
        plain: by piece, whether it is one of these.
    """
    count = at = 0
    for piece in range(plain.size):
        start, end = piece_ends[piece], piece_ends[piece + 1]
        size = end - start
        fits = size <= _LONGEST_PLAIN and not (size == 2 and pool[start] == 85 and pool[start + 1] == 83)  # US
        letters = digits = 0
        for i in range(start, end):
            letters += 97 <= pool[i] | 32 <= 122 and pool[i] < 128
            digits += 48 <= pool[i] <= 57
        fits = fits and (letters == size or digits == size)
        if fits and size > 2:
            first = 0
            for ending in range(ending_ends.size):
                length = ending_ends[ending] - first
                same = length <= size
                j = 0
                while same and j < length:
                    same = pool[end - length + j] | 32 == endings[first + j]
                    j += 1
                fits = fits and not same
                first = ending_ends[ending]
        plain[piece] = fits
        if fits:
            for j in range(size):
                keys[at + j] = keys[at + size + 1 + j] = pool[start + j] | 32
                keys[at + 2 * size + 2 + j] = pool[start + j]
            keys[at + size] = keys[at + 2 * size + 1] = 0
            at += 3 * size + 2
            key_ends[count] = at
            count += 1
    return count


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
        most = (data.size + ends.size) // 2 + 1
        starts, stops, values = (np.empty(most, np.int64) for _ in range(3))
        text_pieces = np.empty(ends.size, np.int64)
        count = _cut(data, ends, starts, stops, values, text_pieces)
        pieces = self._pieces.numbers(data, starts[:count], stops[:count], values[:count])
        self._analyse()
        token_ends, tokens = np.asarray(self._ends), np.asarray(self._tokens)
        out = np.empty(_count_tokens(pieces, token_ends), np.uint32)
        lengths = np.empty(ends.size, np.int64)
        _spell_out(pieces, text_pieces, token_ends, tokens, out, lengths)
        return out, lengths

    def _analyse(self) -> None:
        """Find out the terms of the pieces that are new."""
        known, first = self._pieces, len(self._ends) - 1
        new = known.count - first
        if not new:
            return
        bounds = known.ends[first : known.count + 1]
        plain = np.empty(new, np.bool_)
        keys, key_ends = np.empty(3 * int(bounds[-1] - bounds[0]) + 2 * new, np.uint8), np.empty(new, np.int64)
        count = _write_plain(known.pool, bounds, _ENDINGS, _ENDING_ENDS, keys, key_ends, plain)
        plain_terms = self.terms.number_all(keys[: key_ends[count - 1] if count else 0], key_ends[:count])
        counts = np.ones(new, np.int64)
        others = np.flatnonzero(~plain)
        counts[others], other_terms = self._analyse_each(bounds, others)
        numbers = np.empty(int(counts.sum()), np.uint32)
        is_plain = np.repeat(plain, counts)
        numbers[is_plain], numbers[~is_plain] = plain_terms, other_terms
        self._ends.frombytes((len(self._tokens) + np.cumsum(counts)).tobytes())
        self._tokens.frombytes(numbers.tobytes())

    def _analyse_each(self, bounds: Longs, chosen: Longs) -> tuple[list[int], Unsigned]:
        """Return how many tokens the chosen ones of the pieces within `bounds` have, and the terms of all of them."""
        blob = self._pieces.pool[bounds[0] : bounds[-1]].tobytes()
        starts, ends = (bounds[:-1][chosen] - bounds[0]).tolist(), (bounds[1:][chosen] - bounds[0]).tolist()
        counts, keys = [], []
        for start, end in zip(starts, ends, strict=True):
            piece = decoded(blob[start:end])
            if piece.isascii() and piece.isalpha():
                keys.append(_key(piece))
                counts.append(1)
            else:
                tokens = TOKEN.findall(piece)
                keys += map(_key_of, tokens)
                counts.append(len(tokens))
        key_ends = np.cumsum(np.fromiter(map(len, keys), np.int64, len(keys)))
        return counts, self.terms.number_all(np.frombuffer(b"".join(keys), np.uint8), key_ends)


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
