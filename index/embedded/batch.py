"""Stories on their way into a segment: their tokens as numbers, until there are enough to write.

The bulk writer's first half. The one idea: a token costs one lookup in a dictionary, which gives its number; stems,
written forms, sorting and counting are then done once per distinct token, or by NumPy on whole arrays.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from pathlib import Path

import numpy as np

from index.analysis import TOKEN, Analyzer, Term
from index.article import Article, Story
from index.embedded.arrayfile import ArrayFileWriter
from index.embedded.build import Sorted, WordsWriter
from index.embedded.columns import ColumnsBuilder
from index.embedded.lexicon import encoded
from index.embedded.stories import StoriesWriter, packed
from index.embedded.values import Array, Unsigned
from index.ranking import LEAD_WORDS

#: Tokens that wait in memory before a segment is written: 32 MB of numbers, and about ten times that while they are
#: sorted and encoded. Stories' compressed texts come on top, about 3 bytes a token.
FLUSH_TOKENS = 8_000_000

#: Distinct raw tokens after which the vocabulary is forgotten with the next segment: about 300 MB.
_VOCABULARY = 1_500_000


class _Vocabulary(dict[str, int]):
    """Numbers of raw tokens; a new token gets the next number and its term."""

    def __init__(self, term: Callable[[str], Term]) -> None:
        super().__init__()
        self.terms: list[Term] = []
        self._term = term

    def __missing__(self, token: str) -> int:
        number = self[token] = len(self.terms)
        self.terms.append(self._term(token))
        return number


class Batch:
    """Stories that will make one segment. The last put of an id wins."""

    def __init__(self) -> None:
        self._vocabulary = _Vocabulary(Analyzer().term)
        self._clear()

    def __len__(self) -> int:
        return len(self._docs)

    @property
    def is_full(self) -> bool:
        """Whether the tokens have reached FLUSH_TOKENS."""
        return len(self._tokens) >= FLUSH_TOKENS

    @property
    def ids(self) -> list[str]:
        """The ids of the stories in it."""
        return list(self._docs)

    def put(self, story: Story) -> None:
        """Add a story, in place of an earlier one with its id."""
        article = story.article
        self.remove(article.id)
        numbers = self._vocabulary.__getitem__
        headline = TOKEN.findall(article.headline)
        body = TOKEN.findall(article.body)
        lead = lead_words(article)
        self._docs[article.id] = len(self._records)
        self._tokens.extend(map(numbers, headline))
        self._tokens.extend(map(numbers, body))
        lengths = (len(headline), lead, len(body) - lead)
        self._lengths.extend(lengths)
        self._columns.add(story, lengths)
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
        with ArrayFileWriter(folder / f"{name}.columns") as file:
            self._columns.write(file, keep)
        with ArrayFileWriter(folder / f"{name}.words") as file:
            words = WordsWriter(file, len(docs))
            lengths = np.array(self._lengths, np.uint32).reshape(-1, 3)
            tokens = np.array(self._tokens, np.uint32)
            terms = self._vocabulary.terms
            self._clear()
            if not keep.all():
                tokens = tokens[np.repeat(keep, lengths.sum(axis=1, dtype=np.int64))]
                lengths = lengths[keep]
            if tokens.size:
                words.add(_sorted(tokens, lengths, terms))
            words.finish()
        return len(docs)

    def _clear(self) -> None:
        self._docs: dict[str, int] = {}
        self._tokens = array("I")
        self._lengths = array("I")
        self._records: list[bytes] = []
        self._columns = ColumnsBuilder()
        if len(self._vocabulary) > _VOCABULARY:
            self._vocabulary = _Vocabulary(Analyzer().term)


def lead_words(article: Article) -> int:
    """Return how many words the lead has: those of the first paragraph, at most `ranking.LEAD_WORDS`."""
    return min(LEAD_WORDS, len(TOKEN.findall(article.body.partition("\n\n")[0])))


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
