"""Stories on their way into a segment: their words as numbers, until there are enough to write.

The bulk writer's first half. The one idea: a text is split at white space, which no token spans, and each piece
("council's,") costs one lookup in a dictionary. What the piece is made of (its tokens by the analysis, their stems and
written forms) is found out once per distinct piece; sorting and counting are NumPy's, on whole arrays.
"""

from __future__ import annotations

from array import array
from pathlib import Path

import numpy as np

from index.analysis import TOKEN, Analyzer, Term
from index.article import Story
from index.embedded import coding
from index.embedded.arrayfile import ArrayFileWriter
from index.embedded.build import Sorted, WordsWriter
from index.embedded.columns import ColumnsBuilder
from index.embedded.lexicon import encoded
from index.embedded.stories import StoriesWriter, packed
from index.embedded.values import Array, Unsigned
from index.ranking import LEAD_WORDS

#: Pieces of text that wait in memory before a segment is written: 32 MB of numbers, and about twelve times that while
#: they are sorted and encoded. Stories' compressed texts come on top, about 3 bytes a piece.
FLUSH_PIECES = 8_000_000

#: Distinct pieces after which the vocabulary is forgotten with the next segment: about 300 MB.
_VOCABULARY = 1_500_000


class _Vocabulary(dict[str, int]):
    """Numbers of pieces of text; a new piece gets the next number, and its tokens are looked up or named.

    Attributes:
        terms: the term of each token number.
        tokens: token numbers of all pieces, one piece after the other.
        ends: where each piece ends in `tokens`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.terms: list[Term] = []
        self.tokens = array("I")
        self.ends = array("Q")
        self._numbers: dict[Term, int] = {}
        self._term = Analyzer().term

    def __missing__(self, piece: str) -> int:
        for token in TOKEN.findall(piece):
            term = self._term(token)
            number = self._numbers.setdefault(term, len(self.terms))
            if number == len(self.terms):
                self.terms.append(term)
            self.tokens.append(number)
        number = self[piece] = len(self.ends)
        self.ends.append(len(self.tokens))
        return number


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
        self._clear()
        with ArrayFileWriter(folder / f"{name}.words") as file:
            words = WordsWriter(file, len(docs))
            if tokens.size:
                words.add(_sorted(tokens, lengths, self._vocabulary.terms))
            words.finish()
        if len(self._vocabulary) > _VOCABULARY:
            self._vocabulary = _Vocabulary()
        return len(docs)

    def _tokens(self, keep: Array) -> tuple[Unsigned, Unsigned]:
        """Return the token numbers of the stories to keep, story by story, and their lengths by field."""
        ends = np.concatenate(([0], np.array(self._vocabulary.ends, np.int64)))
        pieces = np.array(self._pieces, np.uint32)
        texts: Array = np.diff(np.array(self._ends, np.int64), prepend=0)
        if not keep.all():
            pieces = pieces[np.repeat(np.repeat(keep, 3), texts)]
            texts = texts[np.repeat(keep, 3)]
        counts = ends[pieces + 1] - ends[pieces]
        tokens = np.array(self._vocabulary.tokens, np.uint32)[coding.spread(ends[pieces], counts)]
        text_ends = np.concatenate(([0], np.cumsum(counts)))[np.concatenate(([0], np.cumsum(texts)))]
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


def _sorted(tokens: Unsigned, lengths: Unsigned, terms: list[Term]) -> Sorted:
    """Return the occurrences of `tokens`, which stand story by story, in the order of the index."""
    used = np.flatnonzero(np.bincount(tokens, minlength=len(terms)))
    stems, forms, form_stems, entry_of = _lexicon([terms[number] for number in used.tolist()])
    entries = np.zeros(len(terms), np.uint32)
    entries[used] = entry_of
    stem_of = form_stems[entries].astype(np.uint32)

    totals = lengths.sum(axis=1, dtype=np.int64)
    keys = stem_of[tokens].astype(np.uint64) << np.uint64(32)
    keys |= np.arange(tokens.size, dtype=np.uint64)
    keys.sort()
    order = keys.astype(np.uint32)
    ordinals = (keys >> np.uint64(32)).astype(np.uint32)
    del keys
    docs = np.repeat(np.arange(len(lengths), dtype=np.uint32), totals)[order]
    entries = entries[tokens[order]]
    local = order - (np.cumsum(totals) - totals).astype(np.uint32)[docs]
    del order
    headline = lengths[:, 0][docs]
    field = (local >= headline).astype(np.uint8) + (local >= headline + lengths[:, 1][docs])
    places = np.where(field == 0, local, local - headline)
    del local, headline
    begins = np.ones(tokens.size, np.bool_)
    begins[1:] = (ordinals[1:] != ordinals[:-1]) | (docs[1:] != docs[:-1])
    postings = np.flatnonzero(begins)
    rows = (np.cumsum(begins) - 1) * 3 + field
    frequencies = np.bincount(rows, minlength=3 * postings.size).reshape(-1, 3).astype(np.uint32)
    return Sorted(stems, forms, form_stems, ordinals[postings], docs[postings], frequencies, places, entries)


def _lexicon(terms: list[Term]) -> tuple[list[bytes], list[tuple[bytes, bytes]], Array, Array]:
    """Return stems, forms (folded and as written), the stem of each form, and the form of each of `terms`."""
    keys = [(encoded(term.stem), encoded(term.folded), encoded(term.form)) for term in terms]
    distinct = sorted(set(keys))
    number = {key: index for index, key in enumerate(distinct)}
    stems = sorted({stem for stem, _, _ in distinct})
    ordinals = {stem: index for index, stem in enumerate(stems)}
    form_stems = np.array([ordinals[stem] for stem, _, _ in distinct], np.int64)
    return stems, [key[1:] for key in distinct], form_stems, np.array([number[key] for key in keys], np.uint32)
