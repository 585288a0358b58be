"""A segment: some thousands to millions of stories that were written together, as arrays.

It answers what the files hold and decides nothing: no ranking, no counting. The one idea: four files (words, columns,
stories, phrases) that never change, mapped; only which stories are deleted is said from outside, by the table of
contents.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from pathlib import Path

import numpy as np

from index.article import Article, Story
from index.embedded.columns import Columns
from index.embedded.lexicon import Lexicon
from index.embedded.phrases import Phrases
from index.embedded.postings import PlaceReader, PostingList
from index.embedded.stories import Stories
from index.embedded.values import (
    Array,
    Bools,
    FacetColumn,
    Form,
    Ints,
    Longs,
    Occurrences,
    Postings,
    Unsigned,
)
from index.embedded.words import Words

#: Endings of a segment's files, and what each holds.
FILES = {
    ".words": "which words stand where",
    ".columns": "dates, cities and other facets",
    ".stories": "the stories' own texts",
    ".phrases": "headlines and names, to complete queries",
}


class Segment:
    """A segment opened for reading. Thread-safe; its arrays are read-only.

    Attributes:
        name: unique in its index.
        count: number of stories, deleted ones included; documents are 0 to count - 1.
        live: which stories are not deleted, bool[count]; None where none is.
        lengths: words in headline, lead and rest of the body, u4[count, 3].
        day: first day of the period of the story's date, days since 1970-01-01, `UNDATED` for none; i4[count].
        last_day: last day of it; i4[count].
        second: second of the day as written, 0 where unknown; i4[count].
        first_arrival, family: as in `Story`; u4[count], i8 where they are larger.
        lexicon: stems and written forms, for patterns over all of them.
        phrases: headlines and names, by the words in them.

    Raises:
        IndexDamaged: when one of the files is cut short or its frame changed.
        FileNotFoundError: when one of the files is gone.
    """

    def __init__(self, folder: Path, name: str, count: int, deleted: Array) -> None:
        self.name = name
        self.count = count
        self.words = Words(folder / f"{name}.words", count)
        self.columns = Columns(folder / f"{name}.columns")
        self.stories = Stories(folder / f"{name}.stories")
        self.phrases = Phrases(folder / f"{name}.phrases")
        self.live: Bools | None = None
        self._delete(deleted)
        self.lexicon: Lexicon = self.words.lexicon
        self.lengths: Unsigned = self.columns.lengths
        self.day: Ints = self.columns.number("day")
        self.last_day: Ints = self.columns.number("last_day")
        self.second: Ints = self.columns.number("second")
        self.first_arrival: Array = self.columns.number("first_arrival")
        self.family: Array = self.columns.number("family")

    def with_deleted(self, deleted: Array) -> Segment:
        """Return this segment with `deleted` as all of its deleted stories, sharing everything else."""
        other = copy(self)
        other._delete(deleted)
        return other

    def _delete(self, deleted: Array) -> None:
        self.live = None
        if deleted.size:
            live = np.ones(self.count, np.bool_)
            live[deleted] = False
            self.live = live

    @property
    def live_count(self) -> int:
        """The number of stories that are not deleted."""
        return self.count if self.live is None else int(np.count_nonzero(self.live))

    def term(self, stem: str) -> int:
        """Return the ordinal of a stem; -1 where no story of the segment holds it."""
        return self.lexicon.term(stem)

    def posting_count(self, ordinal: int) -> int:
        """Return how many stories hold the stem, deleted ones included, without decoding anything."""
        return self.words.posting_count(ordinal)

    def posting_counts(self, ordinals: Array) -> Array:
        """Return how many stories hold each of some stems, as `posting_count` does."""
        return self.words.posting_counts(ordinals)

    def docs(self, ordinal: int) -> Unsigned:
        """Return the stories that hold the stem: `Postings.docs` alone."""
        return self.words.docs(ordinal)

    def postings(self, ordinal: int) -> Postings:
        """Return the stories that hold the stem and how often."""
        return self.words.postings(ordinal)

    def occurrences(self, ordinal: int, places: Longs | None = None) -> Occurrences:
        """Return where in the stories the stem stands, for the postings in their order.

        Args:
            ordinal: of the stem.
            places: which of the postings are wanted, ascending indices into `Postings.docs`; None for all. A few
                stories of a common word cost a small part of all.
        """
        return self.words.occurrences(ordinal, self.lengths[:, 0], places)

    def listed(self, ordinal: int, base: int = 0) -> PostingList:
        """Return the posting list of a stem, `base` added to its documents; deleted stories are among them."""
        return self.words.listed(ordinal, base)

    def narrowed(self, ordinal: int, listed: PostingList, forms: Bools) -> PostingList:
        """Return a posting list for some of the stem's written forms alone; see `Words.narrowed`."""
        return self.words.narrowed(ordinal, listed, forms)

    def reader(self, ordinal: int, listed: PostingList, lengths: Unsigned) -> PlaceReader:
        """Return what reads the places of a stem; see `Words.reader`."""
        return self.words.reader(ordinal, listed, lengths)

    def forms(self, prefix: str) -> Iterator[Form]:
        """Yield the written forms whose folded form begins with `prefix` (folded), in order."""
        return self.lexicon.forms(prefix)

    def exactly(self, folded: str) -> list[Form]:
        """Return the written forms whose folded form is `folded`."""
        return self.lexicon.exactly(folded)

    def forms_of(self, ordinal: int) -> list[Form]:
        """Return the written forms of a stem; the place of each in the list is its code."""
        return self.lexicon.forms_of(ordinal)

    def form_counts(self, ordinal: int, most: int) -> list[int]:
        """Return how often a stem occurs in each of its written forms, in the first `most` stories that hold it."""
        return self.words.form_counts(ordinal, most)

    def facet(self, name: str) -> FacetColumn:
        """Return the values of a facet: one of `FACET_COLUMNS`."""
        return self.columns.facet(name)

    def story(self, doc: int) -> Story:
        """Return the story with this document number."""
        return self.stories.story(doc)

    def article(self, doc: int) -> Article:
        """Return the newest version of the story with this document number: all that a list of results shows."""
        return self.stories.article(doc)

    def id(self, doc: int) -> str:
        """Return the public id of the story with this document number, without reading the story."""
        return self.stories.id(doc)

    def ids(self, docs: list[int]) -> tuple[str, ...]:
        """Return the public ids of several stories."""
        return self.stories.ids(docs)

    def find(self, name: str) -> int:
        """Return the document of the story with this id; -1 where the segment has none, or it is deleted."""
        doc = self.stories.find(name)
        return doc if doc < 0 or self.live is None or self.live[doc] else -1

    def sizes(self) -> dict[str, int]:
        """Return the bytes of every part of the files, by ending and name (".words documents")."""
        files = zip(FILES, (self.words.file, self.columns.file, self.stories.file, self.phrases.file), strict=True)
        return {f"{ending} {part}": size for ending, file in files for part, size in file.sizes().items()}
