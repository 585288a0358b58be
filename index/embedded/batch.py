"""Stories on their way into a segment: their words as numbers, until there are enough to write.

The bulk writer's first half. The one idea: texts become numbers of terms as they come (`index.embedded.pieces`), and a
segment is those numbers, counted and arranged by stem (`index.embedded.encoding`); no word is an object of Python's
but the first time that it is seen.
"""

from __future__ import annotations

from array import array
from pathlib import Path

import numpy as np

from index.article import Story
from index.embedded.arrayfile import ArrayFileWriter
from index.embedded.build import Arranged, WordsWriter
from index.embedded.columns import ColumnsBuilder
from index.embedded.encoding import arrange, count_terms
from index.embedded.keys import Keys, in_order
from index.embedded.lexicon import encoded
from index.embedded.phrases import PhrasesBuilder
from index.embedded.pieces import CHUNK, Vocabulary
from index.embedded.stories import StoriesWriter, packed
from index.embedded.values import Bools, Longs, Unsigned
from index.ranking import LEAD_WORDS

#: Words that wait in memory before a segment is written: 24 MB of numbers, and about six times that while they are
#: arranged and encoded. Stories' compressed texts come on top, about 4 bytes a word.
FLUSH_WORDS = 6_000_000

#: Different pieces of text after which the vocabulary is forgotten with the next segment: about 300 MB.
_VOCABULARY = 2_000_000


class Batch:
    """Stories that will make one segment. The last put of an id wins."""

    def __init__(self) -> None:
        self._vocabulary = Vocabulary()
        self._text, self._text_ends = bytearray(), array("q")
        self._clear()

    def __len__(self) -> int:
        return len(self._docs)

    @property
    def is_full(self) -> bool:
        """Whether the words have reached FLUSH_WORDS."""
        return self._words >= FLUSH_WORDS

    @property
    def ids(self) -> list[str]:
        """The ids of the stories in it."""
        return list(self._docs)

    def put(self, story: Story) -> None:
        """Add a story, in place of an earlier one with its id."""
        article = story.article
        self.remove(article.id)
        body = encoded(article.body)
        lead = body.find(b"\n\n")
        self._text += encoded(article.headline)
        start = len(self._text)
        self._text += body
        self._text_ends.extend((start, start + (len(body) if lead < 0 else lead), len(self._text)))
        if len(self._text) > CHUNK:
            self._number()
        self._docs[article.id] = len(self._records)
        self._columns.add(story)
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
        self._number()
        tokens, lengths = self._lengths(keep)
        with ArrayFileWriter(folder / f"{name}.columns") as file:
            self._columns.write(file, keep, lengths)
        with ArrayFileWriter(folder / f"{name}.phrases") as file:
            self._phrases.write(file, keep, self._columns.number("last_day")[keep])
        texts = np.concatenate([np.empty(0, np.int64), *self._texts]).reshape(-1, 3)
        self._clear()
        with ArrayFileWriter(folder / f"{name}.words") as file:
            _write_words(file, self._vocabulary, tokens, texts, keep, lengths)
        if len(self._vocabulary) > _VOCABULARY:
            self._vocabulary = Vocabulary()
        return len(docs)

    def _number(self) -> None:
        """Exchange the texts that have come in for numbers of terms."""
        data, ends = np.frombuffer(bytes(self._text), np.uint8), np.array(self._text_ends, np.int64)
        self._phrases.add(data, ends)
        tokens, lengths = self._vocabulary.numbers(data, ends)
        self._tokens.append(tokens)
        self._texts.append(lengths)
        self._words += tokens.size
        self._text, self._text_ends = bytearray(), array("q")

    def _lengths(self, keep: Bools) -> tuple[Unsigned, Unsigned]:
        """Return all tokens, and the lengths by field of the stories to keep."""
        lengths = np.concatenate([np.empty(0, np.int64), *self._texts]).reshape(-1, 3)[keep]
        beyond = np.maximum(lengths[:, 1] - LEAD_WORDS, 0)
        lengths[:, 1] -= beyond
        lengths[:, 2] += beyond
        return np.concatenate([np.empty(0, np.uint32), *self._tokens]), lengths.astype(np.uint32)

    def _clear(self) -> None:
        self._docs: dict[str, int] = {}
        self._tokens: list[Unsigned] = []
        self._texts: list[Longs] = []
        self._words = 0
        self._records: list[bytes] = []
        self._columns = ColumnsBuilder()
        self._phrases = PhrasesBuilder()


def _write_words(
    file: ArrayFileWriter, vocabulary: Vocabulary, tokens: Unsigned, texts: Longs, keep: Bools, lengths: Unsigned
) -> None:
    """Write the words file of a segment.

    Args:
        file: the words file.
        vocabulary: what the tokens are numbers of.
        tokens: term numbers of all stories, story by story.
        texts: tokens of each story in its headline, first paragraph and the rest, i8[stories, 3].
        keep: which stories.
        lengths: of those, in words by field, u4[kept, 3].
    """
    totals = texts.sum(axis=1)
    terms = vocabulary.terms
    counts = np.zeros(terms.count, np.int64)
    count_terms(tokens, totals, keep, counts)
    used = np.flatnonzero(counts)
    starts, ends = terms.ends[used], terms.ends[used + 1]
    order = in_order(terms.pool, starts, ends)
    used = used[order]
    keys = Keys(terms.pool, starts[order], ends[order])
    ranks = keys.stems()
    stems, entries = np.zeros(terms.count, np.uint32), np.zeros(terms.count, np.uint32)
    stems[used], entries[used] = ranks, np.arange(used.size)
    sizes = np.bincount(ranks, counts[used]).astype(np.int64)
    rows = np.empty(3 * int(sizes.sum()), np.uint32)
    arrange(tokens, totals, np.ascontiguousarray(texts[:, 0]), keep, stems, entries, np.cumsum(sizes) - sizes, rows)
    words = WordsWriter(file, lengths, keys)
    words.add(Arranged(0, sizes.size, sizes, rows))
    words.finish()
