"""The stories file of a segment: every story's own text, earlier versions and arrival, so that a page needs no store.

Not searched and not counted; read only for the stories a page shows. The one idea: each story is one small compressed
record of its own, so showing ten stories touches ten places of the file and nothing else, and merging copies records
as they are.

Parts: `records` (each a zlib stream over JSON, with `_VOCABULARY` as preset dictionary: RFC 1950) with `record_ends`;
`ids` (UTF-8 end to end) with `id_ends`; `hashes` (of the ids, sorted, u8) with `hash_docs` (the story of each).
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import fields
from hashlib import blake2b
from itertools import pairwise
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.article import Article, City, Story
from index.embedded.arrayfile import ArrayFile, ArrayFileWriter
from index.embedded.lexicon import decoded, encoded
from index.embedded.values import Array, Bools

_FIELDS = [field.name for field in fields(Article)]
_DEFAULTS = [field.default for field in fields(Article)]
_CITY_FIELDS = [field.name for field in fields(City)]
_CITY_DEFAULTS = [field.default for field in fields(City)]
_values, _city_values = attrgetter(*_FIELDS), attrgetter(*_CITY_FIELDS)
_to_text = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
_VOCABULARY = (
    b" said that the and for was with from have were their which will would percent government year company last week "
    b'"reason":"named once","reason":"dateline","role":"mentioned","role":"about","surface":","latitude":","longitude":'
    b'"country":"United Kingdom","country":"United States","region":"California","region":"New York","name":"'
    b'"published_reason":","headline_made":true,"cities":[{"geonameid":null,"cities":[{"geonameid":,"language":"en",'
    b'"dateline":","url":"https://www.","source":","section":","byline":","published":"20","published":"19",'
    b'"body":"","headline":"","id":"'
)
_LEVEL = 3
_STEP = 8 << 20


class Stories:
    """The stories file of a segment. Thread-safe."""

    def __init__(self, path: Path) -> None:
        self.file = ArrayFile(path)
        self._record_ends: Array = self.file.array("record_ends")
        self._id_ends: Array = self.file.array("id_ends")
        #: Hashes of the ids, sorted, u8, and the document each belongs to, u4.
        self.hashes: npt.NDArray[np.uint64] = self.file.array("hashes")
        self.hash_docs: Array = self.file.array("hash_docs")

    def story(self, doc: int) -> Story:
        """Return the story with this document number."""
        return unpacked(self.file.bytes("records", *self._extent(self._record_ends, doc)))

    def id(self, doc: int) -> str:
        """Return the story's public id."""
        return decoded(self.file.bytes("ids", *self._extent(self._id_ends, doc)))

    def find(self, name: str) -> int:
        """Return the document of the story with this id; -1 where the segment has none."""
        wanted = id_hash(name)
        place = int(np.searchsorted(self.hashes, np.uint64(wanted)))
        while place < len(self.hashes) and int(self.hashes[place]) == wanted:
            doc = int(self.hash_docs[place])
            if self.id(doc) == name:
                return doc
            place += 1
        return -1

    def find_all(self, names: Sequence[str]) -> Array:
        """Return the documents of those of the ids that the segment has, sorted."""
        hashes = np.array([id_hash(name) for name in names], np.uint64)
        places = np.searchsorted(self.hashes, hashes)
        inside = places < len(self.hashes)
        likely = np.flatnonzero(inside)[self.hashes[places[inside]] == hashes[inside]]
        docs = [self.find(names[index]) for index in likely.tolist()]
        return np.array(sorted(doc for doc in docs if doc >= 0), np.uint32)

    def parts(self, keep: Bools) -> Iterator[tuple[list[bytes], list[bytes]]]:
        """Yield records and ids (UTF-8) of the stories that `keep` says, in pieces of a few megabytes."""
        kept = np.flatnonzero(keep)
        ends = np.cumsum(np.diff(self._record_ends, prepend=self._record_ends.dtype.type(0))[kept])
        cuts = np.searchsorted(ends, np.arange(_STEP, int(ends[-1]) if len(ends) else 0, _STEP))
        for start, end in pairwise(np.unique([0, *cuts.tolist(), len(kept)]).tolist()):
            docs = kept[start:end].tolist()
            records = [self.file.bytes("records", *self._extent(self._record_ends, doc)) for doc in docs]
            ids = [self.file.bytes("ids", *self._extent(self._id_ends, doc)) for doc in docs]
            yield records, ids

    @staticmethod
    def _extent(ends: Array, doc: int) -> tuple[int, int]:
        return (int(ends[doc - 1]) if doc else 0), int(ends[doc])


class StoriesWriter:
    """Write a stories file, records given as `packed` makes them."""

    def __init__(self, file: ArrayFileWriter) -> None:
        self._file = file
        self._record_sizes: list[int] = []
        self._id_sizes: list[int] = []
        self._hashes: list[int] = []

    def add(self, records: list[bytes], ids: list[bytes]) -> None:
        """Add stories: the record and the UTF-8 id of each."""
        self._file.append("records", np.frombuffer(b"".join(records), np.uint8), np.uint8)
        self._file.append("ids", np.frombuffer(b"".join(ids), np.uint8), np.uint8)
        self._record_sizes += map(len, records)
        self._id_sizes += map(len, ids)
        self._hashes += map(_hash, ids)

    def finish(self) -> None:
        """Write where each record lies and how ids are found."""
        self.add([], [])
        self._file.append("record_ends", np.cumsum(self._record_sizes), np.uint64)
        self._file.append("id_ends", np.cumsum(self._id_sizes), np.uint32)
        hashes = np.array(self._hashes, np.uint64)
        order = np.argsort(hashes, kind="stable")
        self._file.append("hashes", hashes[order], np.uint64)
        self._file.append("hash_docs", order, np.uint32)


def id_hash(name: str) -> int:
    """Return the 64-bit hash of a public id."""
    return _hash(encoded(name))


def packed(story: Story) -> bytes:
    """Return a story as one compressed record."""
    form = {
        "article": _article_form(story.article),
        "arrival": story.arrival,
        "first_arrival": story.first_arrival,
        "arrived": story.arrived,
        "family": story.family,
        "earlier": [_article_form(article) for article in story.earlier],
    }
    squeeze = zlib.compressobj(_LEVEL, zdict=_VOCABULARY)
    return squeeze.compress(encoded(_to_text(form))) + squeeze.flush()


def unpacked(record: bytes) -> Story:
    """Return the story that `packed` made a record of."""
    form = json.loads(decoded(zlib.decompressobj(zdict=_VOCABULARY).decompress(record)))
    earlier = tuple(Article.from_json(article) for article in form["earlier"])
    return Story(**form | {"article": Article.from_json(form["article"]), "earlier": earlier})


def _article_form(article: Article) -> dict[str, Any]:
    """The article's JSON form without what has its default value."""
    form = _said(_FIELDS, _values(article), _DEFAULTS)
    form["cities"] = [_said(_CITY_FIELDS, _city_values(city), _CITY_DEFAULTS) for city in article.cities]
    return form


def _said(names: list[str], values: tuple[Any, ...], defaults: list[Any]) -> dict[str, Any]:
    return {name: value for name, value, default in zip(names, values, defaults, strict=True) if value != default}


def _hash(name: bytes) -> int:
    return int.from_bytes(blake2b(name, digest_size=8).digest(), "little")
