"""The stories file of a segment: every story's own text, earlier versions and arrival, so that a page needs no store.

Not searched and not counted; read only for the stories a page shows. The one idea: each story is one small compressed
record of its own, so showing ten stories touches ten places of the file and nothing else, and merging copies records
as they are.

Parts: `records` with `record_ends`; `ids` (UTF-8 end to end) with `id_ends`; `hashes` (of the ids, sorted, u8) with
`hash_docs` (the story of each). A record is a Zstandard frame (RFC 8878) over UTF-8: a line of JSON with the values of
the article but its body, in the order of the class's fields; a line with what else the story says, earlier versions
included; then the body as it is, so that a page that shows a story reads the first line and cuts off the last part.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import fields
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path
from threading import local
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
from zstandard import ZstdCompressor, ZstdDecompressor

from index.article import Article, City, Story
from index.embedded.arrayfile import ArrayFile, ArrayFileWriter
from index.embedded.lexicon import decoded, encoded
from index.embedded.values import Array, Bools

_BODY = [field.name for field in fields(Article)].index("body")
_values = attrgetter(*(field.name for field in fields(Article) if field.name not in ("body", "cities")))
_city_values = attrgetter(*(field.name for field in fields(City)))
#: The place of the cities among the values without the body.
_CITIES = [field.name for field in fields(Article) if field.name != "body"].index("cities")
_to_text = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
_from_text = json.JSONDecoder().raw_decode
_LEVEL = 2
_STEP = 8 << 20


class Stories:
    """The stories file of a segment. Thread-safe."""

    def __init__(self, path: Path) -> None:
        self.file = ArrayFile(path)
        self._record_ends: Array = self.file.array("record_ends")
        # As views of memory, since numbers and texts are taken out one by one.
        self._id_ends, self._ids = self.file.array("id_ends").data, self.file.array("ids").data
        #: Hashes of the ids, sorted, u8, and the document each belongs to, u4.
        self.hashes: npt.NDArray[np.uint64] = self.file.array("hashes")
        self.hash_docs: Array = self.file.array("hash_docs")

    def story(self, doc: int) -> Story:
        """Return the story with this document number."""
        return unpacked(self.file.bytes("records", *self._extent(self._record_ends, doc)))

    def article(self, doc: int) -> Article:
        """Return the newest version of the story with this document number, and read nothing else of it."""
        text = _text(self.file.bytes("records", *self._extent(self._record_ends, doc)))
        values, end = _from_text(text)
        return _article(values, text[text.index("\n", end + 1) + 1 :])

    def id(self, doc: int) -> str:
        """Return the story's public id."""
        ends = self._id_ends
        return decoded(self._ids[ends[doc - 1] if doc else 0 : ends[doc]].tobytes())

    def ids(self, docs: list[int]) -> tuple[str, ...]:
        """Return the public ids of several stories."""
        ends, ids = self._id_ends, self._ids
        # `decoded` written out, since a page asks for ten.
        lines = [ids[ends[doc - 1] if doc else 0 : ends[doc]].tobytes() for doc in docs]
        return tuple([line.decode("utf-8", "surrogatepass") for line in lines])

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

    @staticmethod
    def _extent(ends: Array, doc: int) -> tuple[int, int]:
        return (int(ends[doc - 1]) if doc else 0), int(ends[doc])


class StoriesWriter:
    """Write a stories file, records given as `packed` makes them."""

    def __init__(self, file: ArrayFileWriter) -> None:
        self._file = file
        self._record_sizes, self._id_sizes, self._hashes = array("Q"), array("I"), array("Q")

    def add(self, records: list[bytes], ids: list[bytes]) -> None:
        """Add stories: the record and the UTF-8 id of each."""
        self._file.append("records", np.frombuffer(b"".join(records), np.uint8), np.uint8)
        self._file.append("ids", np.frombuffer(b"".join(ids), np.uint8), np.uint8)
        self._record_sizes.extend(map(len, records))
        self._id_sizes.extend(map(len, ids))
        self._hashes.extend(map(_hash, ids))

    def extend(self, stories: Stories, keep: Bools) -> None:
        """Add the stories of another file that `keep` says, as they are."""
        for part, ending, sizes in (
            ("records", "record_ends", self._record_sizes),
            ("ids", "id_ends", self._id_sizes),
        ):
            data, ends = stories.file.array(part), stories.file.array(ending)
            for start, end in _extents(ends, keep):
                self._file.append(part, data[start:end], np.uint8)
                if end - start == _STEP:
                    stories.file.release()
            kept = np.diff(ends, prepend=ends.dtype.type(0))[keep]
            sizes.frombytes(kept.astype(np.dtype(sizes.typecode)).tobytes())
        hashes = np.empty(len(keep), np.uint64)
        hashes[stories.hash_docs] = stories.hashes
        self._hashes.frombytes(hashes[keep].tobytes())

    def finish(self) -> None:
        """Write where each record lies and how ids are found."""
        self.add([], [])
        self._file.append("record_ends", np.cumsum(self._record_sizes), np.uint64)
        self._file.append("id_ends", np.cumsum(self._id_sizes), np.uint32)
        hashes = np.array(self._hashes, np.uint64)
        order = np.argsort(hashes, kind="stable")
        self._file.append("hashes", hashes[order], np.uint64)
        self._file.append("hash_docs", order, np.uint32)


def _extents(ends: Array, keep: Bools) -> Iterator[tuple[int, int]]:
    """Yield from where to where the bytes of the kept stories lie, in pieces of a few megabytes at most."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], keep, [False])).astype(np.int8)))
    bounds = np.concatenate((np.zeros(1, np.int64), ends.astype(np.int64)))[edges].reshape(-1, 2)
    for begin, stop in bounds.tolist():
        for start in range(begin, stop, _STEP):
            yield start, min(start + _STEP, stop)


def id_hash(name: str) -> int:
    """Return the 64-bit hash of a public id."""
    return _hash(encoded(name))


def packed(story: Story) -> bytes:
    """Return a story as one compressed record."""
    rest = [
        story.arrival,
        story.first_arrival,
        story.arrived,
        story.family,
        [[_listed(article), article.body] for article in story.earlier],
    ]
    text = b"\n".join((_json(_listed(story.article)), _json(rest), encoded(story.article.body)))
    record: bytes = _squeezer.compressor.compress(text)
    return record


def unpacked(record: bytes) -> Story:
    """Return the story that `packed` made a record of."""
    text = _text(record)
    values, end = _from_text(text)
    (arrival, first_arrival, arrived, family, earlier), end = _from_text(text, end + 1)
    versions = tuple(_article(*article) for article in earlier)
    return Story(_article(values, text[end + 1 :]), arrival, first_arrival, arrived, family, versions)


def _text(record: bytes) -> str:
    return decoded(_squeezer.decompressor.decompress(record))


class _Squeezers(local):
    """What compresses and decompresses, one of each a thread, since one may not work for two at once."""

    def __init__(self) -> None:
        self.compressor = ZstdCompressor(_LEVEL, write_checksum=False)
        self.decompressor = ZstdDecompressor()


_squeezer = _Squeezers()


def _json(values: list[Any]) -> bytes:
    try:
        return orjson.dumps(values)
    except TypeError:  # halves of characters
        return encoded(_to_text(values))


def _listed(article: Article) -> list[Any]:
    """Return the values of an article without its body."""
    values = list(_values(article))
    values.insert(_CITIES, [_city_values(city) for city in article.cities])
    return values


def _article(values: list[Any], body: str) -> Article:
    values[_CITIES] = tuple([City(*city) for city in values[_CITIES]])
    values.insert(_BODY, body)
    return Article(*values)


def _hash(name: bytes) -> int:
    return int.from_bytes(blake2b(name, digest_size=8).digest(), "little")
