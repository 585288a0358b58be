"""Whoosh's view of the index: a codec, so that Whoosh's own searcher opens the same directory and scores alike.

The program itself does not search through here; it is the second oracle of the tests, and the promise that an archive's
index is a Whoosh index. The one idea: a codec is where Whoosh asks how things lie on the disk, so all that is ours can
stand behind it.

Whoosh pickles class paths into its table of contents. **The names `index.embedded.codec.ArraySegment` and
`index.embedded.codec.NewsAnalyzer` are therefore part of the format: never move them.** Fields: "text" is the whole
story; "headline", "lead" and "body" are the same posting lists, narrowed to a range of positions.

Written for Whoosh 2.7.4: `whoosh.codec.base` says what each method must do.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.analysis import Analyzer as WhooshAnalyzer
from whoosh.analysis import Token
from whoosh.codec import base
from whoosh.fields import STORED, TEXT, Schema
from whoosh.scoring import BaseScorer, WeightingModel

from index import ranking
from index.analysis import Analyzer
from index.embedded.matcher import DocumentReader, TermsReader
from index.embedded.segment import Segment
from index.embedded.values import Array

#: Whoosh's name for our index, the beginning of all its files' names.
NAME = "MAIN"

_ANALYZER = Analyzer()


class NewsAnalyzer(WhooshAnalyzer):  # type: ignore[misc]  # Whoosh has no types
    """Our analysis as Whoosh's parser and highlighter want it; it has no state."""

    def __call__(self, value: str, positions: bool = False, chars: bool = False, **_: Any) -> Iterator[Any]:
        """Yield Whoosh's tokens, which are one object over and over, as Whoosh does it."""
        token = Token(positions, chars)
        for found in _ANALYZER.tokens(value):
            token.text = token.original = found.term.stem
            token.boost, token.stopped = 1.0, False
            token.pos, token.startchar, token.endchar = found.position, found.start, found.end
            yield token


def schema() -> Any:
    """Return Whoosh's schema of the index."""
    text = {field: TEXT(analyzer=NewsAnalyzer(), phrase=True) for field in ("text", *ranking.FIELDS)}
    return Schema(id=STORED, **text)


class ArraySegment(base.Segment):  # type: ignore[misc]
    """What Whoosh's table of contents says of one segment: its name, how many stories, which are deleted."""

    def __init__(self, count: int, averages: ranking.Averages) -> None:
        super().__init__(NAME)
        self.count = count
        self._deleted = b""
        self.averages = averages.in_order()

    def codec(self) -> ArrayCodec:
        """Return the codec that reads this segment."""
        return ArrayCodec()

    def should_assemble(self) -> bool:
        """Keep the files apart, so that they are mapped."""
        return False

    @property
    def deleted(self) -> Array:
        """The deleted documents, sorted, u4."""
        return np.frombuffer(self._deleted, "<u4")

    def delete(self, docs: Array) -> None:
        """Say that `docs` are deleted too."""
        self._deleted = np.union1d(self.deleted, docs).astype("<u4").tobytes()

    def doc_count_all(self) -> int:
        """Return the number of stories, deleted ones included."""
        return self.count

    def deleted_count(self) -> int:
        """Return the number of deleted stories."""
        return len(self.deleted)

    def deleted_docs(self) -> Iterator[int]:
        """Return the deleted stories."""
        return iter(self.deleted.tolist())

    def is_deleted(self, docnum: int) -> bool:
        """Say whether a story is deleted."""
        place = int(np.searchsorted(self.deleted, docnum))
        return place < len(self.deleted) and int(self.deleted[place]) == docnum


class ArrayCodec(base.Codec):  # type: ignore[misc]
    """Reads our segments for Whoosh. Whoosh's own writer cannot write them; `index.embedded` does."""

    length_stats = False

    def terms_reader(self, storage: Any, segment: ArraySegment) -> TermsReader:
        """Return the reader of a segment's words."""
        return TermsReader(opened(Path(storage.folder), segment), segment.averages)

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> DocumentReader:
        """Return the reader of a segment's stories."""
        return DocumentReader(opened(Path(storage.folder), segment), segment)

    def new_segment(self, storage: Any, indexname: str) -> Any:
        """Refuse."""
        raise NotImplementedError("this index is written by index.embedded.IndexDirectory, not by Whoosh's writer")

    per_document_writer = field_writer = new_segment


def opened(folder: Path, segment: ArraySegment) -> Segment:
    """Open the files of a segment."""
    return Segment(folder, segment.segment_id(), segment.doc_count_all(), segment.deleted)


class Ranking(WeightingModel):  # type: ignore[misc]
    """Our BM25F for Whoosh's searcher: `searcher(weighting=Ranking())`.

    Stories and document frequencies are those of the whole index, deleted stories included, as Whoosh counts.
    """

    def idf(self, searcher: Any, fieldname: str, text: bytes) -> float:
        """Return the term's weight."""
        parent = searcher.get_parent()
        return ranking.inverse_document_frequency(parent.doc_count_all(), parent.doc_frequency(fieldname, text))

    def scorer(self, searcher: Any, fieldname: str, text: bytes, qf: int = 1) -> Scorer:
        """Return the scorer of one term."""
        return Scorer(self.idf(searcher, fieldname, text), searcher.term_info(fieldname, text).max_weight())


class Scorer(BaseScorer):  # type: ignore[misc]
    """Score of one term in one story: its weight, saturated, times its idf."""

    def __init__(self, idf: float, top: float) -> None:
        self._idf = idf
        self._top = top

    def supports_block_quality(self) -> bool:
        """Say that it can bound scores."""
        return True

    def score(self, matcher: Any) -> float:
        """Return the score of the story the matcher stands on."""
        return self._score(matcher.weight())

    def max_quality(self) -> float:
        """Return the best score any story can have."""
        return self._score(self._top)

    def block_quality(self, matcher: Any) -> float:
        """Return the same."""
        return self._score(matcher.block_max_weight())

    def _score(self, weight: float) -> float:
        return float(ranking.saturate(np.float64(weight)) * self._idf)  # type: ignore[arg-type]
