"""Whoosh's walk over our arrays: readers, cursors and matchers that answer one story and one term at a time.

Slow on purpose and by nature; `search.embedded` does not come through here. The one idea: a term of a field is decoded
once into plain lists, and every one of Whoosh's questions is a look into them.

Written for Whoosh 2.7.4: `whoosh.codec.base`, `whoosh.reading` and `whoosh.matching` say what each method must do.
"""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.matching import LeafMatcher
from whoosh.matching.mcore import ReadTooFar
from whoosh.reading import TermInfo, TermNotFound

from index import ranking
from index.embedded.lexicon import decoded, encoded
from index.embedded.segment import Segment
from index.embedded.values import Array


class DocumentReader(base.PerDocumentReader):  # type: ignore[misc]
    """The stories of a segment by number."""

    def __init__(self, arrays: Segment, segment: base.Segment) -> None:
        self._arrays = arrays
        self._segment = segment

    def supports_columns(self) -> bool:
        """Say that there are no columns of Whoosh's kind."""
        return False

    def has_column(self, fieldname: str) -> bool:
        """Say the same of one."""
        return False

    def doc_count(self) -> int:
        """Return the number of stories that are not deleted."""
        return int(self._segment.doc_count())

    def doc_count_all(self) -> int:
        """Return the number of stories."""
        return int(self._segment.doc_count_all())

    def has_deletions(self) -> bool:
        """Say whether any story is deleted."""
        return bool(self._segment.deleted_count())

    def is_deleted(self, docnum: int) -> bool:
        """Say whether a story is deleted."""
        return bool(self._segment.is_deleted(docnum))

    def deleted_docs(self) -> Iterator[int]:
        """Return the deleted stories."""
        return iter(self._segment.deleted_docs())

    def _lengths(self, fieldname: str) -> Array:
        lengths = self._arrays.lengths
        return lengths.sum(axis=1) if fieldname == "text" else lengths[:, ranking.FIELDS.index(fieldname)]

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return the words a story has in a field."""
        return int(self._lengths(fieldname)[docnum])

    def field_length(self, fieldname: str) -> int:
        """Return the words all stories have in a field."""
        return int(self._lengths(fieldname).sum())

    def min_field_length(self, fieldname: str) -> int:
        """Return the fewest words a story has in a field."""
        return int(self._lengths(fieldname).min(initial=0))

    def max_field_length(self, fieldname: str) -> int:
        """Return the most words a story has in a field."""
        return int(self._lengths(fieldname).max(initial=0))

    def has_vector(self, docnum: int, fieldname: str) -> bool:
        """Say that there are no vectors."""
        return False

    def stored_fields(self, docnum: int) -> dict[str, str]:
        """Return the story's id."""
        return {"id": self._arrays.id(docnum)}


class _Entry:
    """One term of one field, decoded: what a matcher walks over."""

    def __init__(self, arrays: Segment, averages: tuple[float, float, float], field: str, ordinal: int) -> None:
        postings, found = arrays.postings(ordinal), arrays.occurrences(ordinal)
        frequencies = postings.frequencies.astype(np.float64)
        wanted = range(3) if field == "text" else [ranking.FIELDS.index(field)]
        weights = np.zeros(postings.docs.size)
        for index in wanted:
            lengths = arrays.lengths[postings.docs, index].astype(np.float64)
            norm = ranking.length_norm(index, lengths, averages[index])
            weights += ranking.FIELD_WEIGHTS[index] * frequencies[:, index] / norm
        kept = np.flatnonzero(frequencies[:, list(wanted)].sum(axis=1))
        self.docs: list[int] = postings.docs[kept].tolist()
        self.weights: list[float] = weights[kept].tolist()
        headline, lead = postings.frequencies[:, 0], postings.frequencies[:, 1]
        start = found.offsets[:-1] + (0 if field in ("text", "headline") else headline)
        start = start + (lead if field == "body" else 0)
        end = found.offsets[1:]
        if field in ("headline", "lead"):
            end = start + postings.frequencies[:, ranking.FIELDS.index(field)]
        self._spans = list(zip(start[kept].tolist(), end[kept].tolist(), strict=True))
        self._positions = found.positions

    def positions(self, index: int) -> list[int]:
        """Return the positions in the story of one posting."""
        start, end = self._spans[index]
        return [int(position) for position in self._positions[start:end]]

    def info(self) -> Any:
        """Return what Whoosh wants to know of a term."""
        if not self.docs:
            return TermInfo(minid=0)
        top = max(self.weights)
        return TermInfo(sum(self.weights), len(self.docs), 1, 1, top, self.docs[0], self.docs[-1])


class TermsReader(base.TermsReader):  # type: ignore[misc]
    """The words of a segment: every stem in "text" and, where it stands there, in each field."""

    def __init__(self, arrays: Segment, averages: tuple[float, float, float]) -> None:
        self._arrays = arrays
        self._averages = averages
        self._entries: dict[tuple[str, bytes], _Entry | None] = {}

    def _entry(self, fieldname: str, text: bytes) -> _Entry | None:
        key = (fieldname, text)
        if key not in self._entries:
            ordinal = self._arrays.term(decoded(text)) if fieldname in self.indexed_field_names() else -1
            entry = _Entry(self._arrays, self._averages, fieldname, ordinal) if ordinal >= 0 else None
            self._entries[key] = entry if entry is not None and entry.docs else None
        return self._entries[key]

    def _existing(self, fieldname: str, text: bytes) -> _Entry:
        entry = self._entry(fieldname, text)
        if entry is None:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        return entry

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._entry(*term) is not None

    def indexed_field_names(self) -> list[str]:
        """Return the names of the fields."""
        return sorted(("text", *ranking.FIELDS))

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Yield every (field, stem), sorted."""
        for field in self.indexed_field_names():
            yield from self._from(field, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Yield the terms from (field, prefix) on."""
        yield from self._from(fieldname, prefix)
        for field in self.indexed_field_names():
            if field > fieldname:
                yield from self._from(field, b"")

    def _from(self, field: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        stems = self._arrays.lexicon.stems
        for index in range(stems.bisect(prefix), len(stems)):
            if self._entry(field, stems[index]) is not None:
                yield field, stems[index]

    def items(self) -> Iterator[tuple[tuple[str, bytes], Any]]:
        """Yield every term with its `TermInfo`."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], Any]]:
        """Yield the terms from (field, prefix) on with their `TermInfo`."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def cursor(self, fieldname: str, fieldobj: Any) -> Cursor:
        """Return a cursor over the stems of a field."""
        return Cursor([text for _, text in self._from(fieldname, b"")], self, fieldname, fieldobj)

    def term_info(self, fieldname: str, text: bytes) -> Any:
        """Return what Whoosh wants to know of a term; raises Whoosh's TermNotFound."""
        return self._existing(fieldname, text).info()

    def frequency(self, fieldname: str, text: bytes) -> float:
        """Return the term's weight over all stories."""
        return float(self.term_info(fieldname, text).weight())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Return in how many stories the term stands."""
        entry = self._entry(fieldname, text)
        return len(entry.docs) if entry else 0

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> Matcher:
        """Return a matcher over the term's stories."""
        return Matcher(self._existing(fieldname, text), format_, (fieldname, text), scorer)

    def close(self) -> None:
        """Let go of what was decoded."""
        self._entries.clear()


class Cursor(base.FieldCursor):  # type: ignore[misc]
    """Walks over the stems of a field in order."""

    def __init__(self, texts: list[bytes], reader: TermsReader, fieldname: str, fieldobj: Any) -> None:
        self._texts = texts
        self._reader = reader
        self._fieldname = fieldname
        self._fieldobj = fieldobj
        self._index = 0

    def is_valid(self) -> bool:
        """Say whether the cursor stands on a stem."""
        return self._index < len(self._texts)

    def first(self) -> Any:
        """Go to the first stem and return it."""
        self._index = 0
        return self.text()

    def find(self, string: Any) -> Any:
        """Go to the first stem not before `string` and return it."""
        self._index = bisect_left(self._texts, string if isinstance(string, bytes) else encoded(string))
        return self.text()

    def next(self) -> Any:
        """Go to the next stem and return it."""
        self._index += 1
        return self.text()

    def text(self) -> Any:
        """Return the stem the cursor stands on, None behind the last."""
        return self._fieldobj.from_bytes(self._texts[self._index]) if self.is_valid() else None

    def term_info(self) -> Any:
        """Return the `TermInfo` of the stem the cursor stands on."""
        return self._reader.term_info(self._fieldname, self._texts[self._index]) if self.is_valid() else None


class Matcher(LeafMatcher):  # type: ignore[misc]
    """Walks over the stories of one term, one at a time."""

    def __init__(self, entry: _Entry, format_: Any, term: tuple[str, bytes], scorer: Any, index: int = 0) -> None:
        self._entry = entry
        self.format = format_
        self._term = term
        self.scorer = scorer
        self._index = index

    def is_active(self) -> bool:
        """Say whether it stands on a story."""
        return self._index < len(self._entry.docs)

    def reset(self) -> None:
        """Go back to the first story."""
        self._index = 0

    def copy(self) -> Matcher:
        """Return another matcher that stands in the same place."""
        return Matcher(self._entry, self.format, self._term, self.scorer, self._index)

    def id(self) -> int:
        """Return the story's document number."""
        return self._entry.docs[self._index]

    def weight(self) -> float:
        """Return the term's weighted, normalised frequency in the story: what BM25F saturates."""
        return self._entry.weights[self._index]

    def all_ids(self) -> Iterator[int]:
        """Return the document numbers from here on."""
        return iter(self._entry.docs[self._index :])

    def value(self) -> bytes:
        """Return the posting in Whoosh's own bytes."""
        positions = self._entry.positions(self._index)
        return bytes(self.format.encode(positions)) if self.supports("positions") else struct.pack("!I", len(positions))

    def value_as(self, astype: str) -> Any:
        """Return the posting's positions or frequency."""
        positions = self._entry.positions(self._index)
        return positions if astype == "positions" else len(positions)

    def next(self) -> bool:
        """Go to the next story."""
        if not self.is_active():
            raise ReadTooFar
        self._index += 1
        return False

    def skip_to(self, id: int) -> None:
        """Go to the first story not before `id`."""
        if not self.is_active():
            raise ReadTooFar
        self._index = bisect_left(self._entry.docs, id, self._index)

    def skip_to_quality(self, minquality: float) -> int:
        """Go to the end, if no story can be better than `minquality`: there is one block."""
        if self.is_active() and self.block_quality() <= minquality:
            self._index = len(self._entry.docs)
            return 1
        return 0

    def block_max_weight(self) -> float:
        """Return the largest weight."""
        return max(self._entry.weights)

    def block_min_length(self) -> int:
        """Return 1: our weights are normalised by length already."""
        return 1

    block_max_length = block_min_length

    def block_min_id(self) -> int:
        """Return the first story."""
        return self._entry.docs[0]

    def block_max_id(self) -> int:
        """Return the last story."""
        return self._entry.docs[-1]
