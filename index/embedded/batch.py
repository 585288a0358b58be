"""Stories on their way into a segment: their words as numbers, until there are enough to write.

The bulk writer's first half. The one idea: a text is split at white space, which no token spans, and each piece
("council's,") costs one lookup in a dictionary. What the piece is made of (its tokens by the analysis, their stems and
written forms) is found out once per distinct piece; sorting and counting are NumPy's, on whole arrays.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from itertools import compress, islice
from pathlib import Path

import numpy as np

from index.analysis import TOKEN, term_of
from index.article import Story
from index.embedded import coding
from index.embedded.arrayfile import ArrayFileWriter
from index.embedded.build import Sorted, WordsWriter, cuts
from index.embedded.columns import ColumnsBuilder
from index.embedded.lexicon import encoded, key, ranks, stems_of
from index.embedded.phrases import PhrasesBuilder
from index.embedded.stories import StoriesWriter, packed
from index.embedded.values import Array, Unsigned
from index.ranking import LEAD_WORDS

#: Pieces of text that wait in memory before a segment is written: 24 MB of numbers, and about five times that while
#: they are sorted and encoded. Stories' compressed texts come on top, about 3 bytes a piece.
FLUSH_PIECES = 6_000_000

#: Distinct pieces after which the vocabulary is forgotten with the next segment: about 400 MB.
_VOCABULARY = 1_000_000

#: About how many occurrences are counted and encoded at a time.
_RUN = 500_000


class _Vocabulary(dict[str, int]):
    """Numbers of pieces of text; a new piece gets the next number, and its tokens are looked up or named.

    Attributes:
        tokens: term numbers of the tokens of all pieces, one piece after the other.
        ends: where each piece ends in `tokens`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.tokens = array("I")
        self.ends = array("Q")
        self._terms: dict[str, int] = {}
        self._keys: list[str] = []

    def __missing__(self, piece: str) -> int:
        word = piece[:-1] if piece[-1] in ".," else piece
        tokens = [word] if word.isascii() and word.isalpha() else TOKEN.findall(piece)
        self.tokens.extend([self._number(token, piece) for token in tokens])
        number = self[piece] = len(self.ends)
        self.ends.append(len(self.tokens))
        return number

    def _number(self, token: str, piece: str) -> int:
        """Return the term number of a token; a plain word is a piece too, so that nothing is remembered twice."""
        if token != piece and token.isascii() and token.isalpha():
            return self.tokens[self.ends[self[token]] - 1]
        return self._terms.setdefault(key(term_of(token)), len(self._terms))

    def in_order(self) -> tuple[list[str], Unsigned]:
        """Return the keys of all terms, sorted, and the number of the term of each."""
        self._keys += islice(self._terms, len(self._keys), None)
        self._keys.sort()
        return self._keys, np.fromiter(map(self._terms.__getitem__, self._keys), np.uint32, len(self._keys))


class Batch:
    """Stories that will make one segment. The last put of an id wins."""

    def __init__(self) -> None:
        self._vocabulary = _Vocabulary()
        self._clear()

    def __len__(self) -> int:
        return len(self._docs)

    @property
    def is_full(self) -> bool:
        """Whether the pieces have reached FLUSH_PIECES."""
        return len(self._pieces) >= FLUSH_PIECES

    @property
    def ids(self) -> list[str]:
        """The ids of the stories in it."""
        return list(self._docs)

    def put(self, story: Story) -> None:
        """Add a story, in place of an earlier one with its id."""
        article = story.article
        self.remove(article.id)
        number = self._vocabulary.__getitem__
        lead, _, rest = article.body.partition("\n\n")
        for text in (article.headline, lead, rest):
            self._pieces.extend(map(number, text.split()))
            self._ends.append(len(self._pieces))
        self._docs[article.id] = len(self._records)
        self._columns.add(story)
        self._phrases.add(article)
        self._records.append(packed(story))

    def remove(self, name: str) -> None:
        """Forget the story with this id, if it is here."""
        doc = self._docs.pop(name, None)
        if doc is not None:
            self._records[doc] = b""

    def write(self, folder: Path, name: str) -> int:
        """Write the files of segment `name`, forget the stories, and return how many there were."""
        keep = np.zeros(len(self._records), np.bool_)
        docs = sorted(self._docs.values())
        keep[docs] = True
        with ArrayFileWriter(folder / f"{name}.stories") as file:
            stories = StoriesWriter(file)
            ids = {doc: encoded(name) for name, doc in self._docs.items()}
            stories.add([self._records[doc] for doc in docs], [ids[doc] for doc in docs])
            stories.finish()
        tokens, lengths = self._tokens(keep)
        with ArrayFileWriter(folder / f"{name}.columns") as file:
            self._columns.write(file, keep, lengths)
        with ArrayFileWriter(folder / f"{name}.phrases") as file:
            self._phrases.write(file, keep)
        self._clear()
        with ArrayFileWriter(folder / f"{name}.words") as file:
            words = WordsWriter(file, len(docs))
            if tokens.size:
                for found in _sorted(tokens, lengths, *self._vocabulary.in_order()):
                    words.add(found)
            words.finish()
        if len(self._vocabulary) > _VOCABULARY:
            self._vocabulary = _Vocabulary()
        return len(docs)

    def _tokens(self, keep: Array) -> tuple[Unsigned, Unsigned]:
        """Return the token numbers of the stories to keep, story by story, and their lengths by field."""
        ends = np.array(self._vocabulary.ends, np.int64)
        sizes = np.diff(ends, prepend=0)
        pieces = np.array(self._pieces, np.uint32)
        texts: Array = np.diff(np.array(self._ends, np.int64), prepend=0)
        if not keep.all():
            pieces = pieces[np.repeat(np.repeat(keep, 3), texts)]
            texts = texts[np.repeat(keep, 3)]
        counts = sizes.astype(np.uint32)[pieces]
        numbers = np.array(self._vocabulary.tokens, np.uint32)
        tokens = np.append(numbers, np.uint32(0))[(ends - sizes).astype(np.uint32)[pieces]]
        piece_ends = np.cumsum(counts, dtype=np.int64)
        several = np.flatnonzero(counts != 1)
        if several.size:
            tokens = np.repeat(tokens, counts)
            each = counts[several].astype(np.int64)
            begins = (ends - sizes)[pieces[several]]
            tokens[coding.spread(piece_ends[several] - each, each)] = numbers[coding.spread(begins, each)]
        text_ends = np.concatenate(([0], piece_ends))[np.concatenate(([0], np.cumsum(texts)))]
        lengths = np.diff(text_ends).reshape(-1, 3)
        beyond = np.maximum(lengths[:, 1] - LEAD_WORDS, 0)
        lengths[:, 1] -= beyond
        lengths[:, 2] += beyond
        return tokens, lengths.astype(np.uint32)

    def _clear(self) -> None:
        self._docs: dict[str, int] = {}
        self._pieces = array("I")
        self._ends = array("Q")
        self._records: list[bytes] = []
        self._columns = ColumnsBuilder()
        self._phrases = PhrasesBuilder()


def _sorted(tokens: Unsigned, lengths: Unsigned, keys: list[str], numbers: Unsigned) -> Iterator[Sorted]:
    """Yield the occurrences of `tokens`, which stand story by story, in the order of the index.

    Args:
        tokens: term numbers.
        lengths: in words, u4[stories, 3].
        keys: of terms, sorted.
        numbers: of the term of each key.
    """
    counts = np.bincount(tokens, minlength=len(keys))[numbers]
    used = counts > 0
    keys, numbers, counts = list(compress(keys, used.tolist())), numbers[used], counts[used]
    stems = ranks(stems_of(keys))
    entry_of = np.zeros(int(numbers.max()) + 1, np.uint32)
    entry_of[numbers] = np.arange(numbers.size)
    stem_of = np.zeros(entry_of.size, np.uint64)
    stem_of[numbers] = stems << 32
    pairs = stem_of[tokens]
    pairs |= np.arange(tokens.size, dtype=np.uint64)
    pairs.sort()
    totals = lengths.sum(axis=1, dtype=np.int64)
    docs = np.repeat(np.arange(len(lengths), dtype=np.uint32), totals)
    starts = (np.cumsum(totals) - totals).astype(np.uint32)
    weights = np.diff(np.concatenate(([0], np.cumsum(counts)))[np.searchsorted(stems, np.arange(int(stems[-1]) + 2))])
    end = 0
    for low, high in cuts(weights, _RUN):
        begin, end = end, end + int(weights[low:high].sum())
        order = pairs[begin:end].astype(np.uint32)
        ordinals = (pairs[begin:end] >> np.uint64(32)).astype(np.uint32) - np.uint32(low)
        first, last = np.searchsorted(stems, [low, high]).tolist()
        entries = entry_of[tokens[order]] - np.uint32(first)
        owners = docs[order]
        local = order - starts[owners]
        yield _run(keys[first:last], stems[first:last] - low, ordinals, owners, local, lengths, entries)


def _run(
    keys: list[str],
    stems: Array,
    ordinals: Unsigned,
    docs: Unsigned,
    local: Unsigned,
    lengths: Unsigned,
    entries: Unsigned,
) -> Sorted:
    """Count the occurrences of one range of stems, each with its story and its place among the story's words."""
    headline = lengths[:, 0][docs]
    field = (local >= headline).astype(np.uint8) + (local >= headline + lengths[:, 1][docs])
    places = np.where(field == 0, local, local - headline)
    begins = np.ones(docs.size, np.bool_)
    begins[1:] = (ordinals[1:] != ordinals[:-1]) | (docs[1:] != docs[:-1])
    postings = np.flatnonzero(begins)
    rows = (np.cumsum(begins) - 1) * 3 + field
    frequencies = np.bincount(rows, minlength=3 * postings.size).reshape(-1, 3).astype(np.uint32)
    return Sorted(keys, stems, ordinals[postings], docs[postings], frequencies, places, entries)
