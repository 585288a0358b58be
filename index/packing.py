"""What the store keeps of one record: raw bytes, draft and article, packed, with what tells stories apart.

Pure, so that worker processes do it; where things are kept is the store's business. The draft and the article repeat
most of the raw record, and the article most of the draft. The one idea: each is packed with the help of the one before,
so that the three together take little more room than the raw record alone.

The raw record is a Zstandard frame (RFC 8878) with a checksum; the article, as JSON, is one with the raw record as its
dictionary; of the draft only what the article does not say is kept, as JSON, in a frame where it is long. Records of
earlier releases are zlib streams (RFC 1950), draft and article with the raw record as their dictionary; they are read
as they are.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass, fields
from operator import attrgetter
from threading import local
from typing import Any

import orjson
from zstandard import DICT_TYPE_RAWCONTENT, ZstdCompressionDict, ZstdCompressor, ZstdDecompressor, ZstdError

from index import identity
from index.article import Article
from index.record import DateClue, Draft, Record

_LEVEL = 3
#: A draft's JSON is put into a frame from so many bytes on.
_WORTH_A_FRAME = 400
#: How a zlib stream, and a draft that is no frame, begin.
_ZLIB, _PLAIN = b"\x78", b"{"

_DEFAULTS = {field.name: field.default for field in fields(Draft)}
#: What drafts and articles both have under the same name.
_SHARED = tuple(name for name in _DEFAULTS if name in {field.name for field in fields(Article)} - {"cities", "type"})
_to_text = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


class Damaged(ValueError):  # noqa: N818  # reads as the sentence it stands for
    """What was packed is not as it was."""


@dataclass(frozen=True, slots=True)
class Made:
    """A record with all that was made of it, packed for the store; picklable, so workers make it.

    Attributes:
        path, record, format, source, modified: of the record, as in `index.record.Record` (`record` is its number).
        key: natural key.
        ids: public ids for a new story, best first.
        content: hash of the raw record and what it was read with.
        said: hash of the draft.
        text: what exact copies share.
        size: of the raw record, in bytes.
        raw, draft, article: packed.
        paper: the article's source.
        published: the article's date.
        cities, unresolved: how many facet cities it has, and how many of all its cities the gazetteer lacks.
        whole: the article as unpacking gives it back; None where it has halves of characters, which it does not.
    """

    path: str
    record: int | None
    format: str
    source: str
    modified: str | None
    key: bytes
    ids: tuple[str, ...]
    content: bytes
    said: bytes
    text: bytes
    size: int
    raw: bytes
    draft: bytes
    article: bytes
    paper: str
    published: str | None
    cities: int
    unresolved: int
    whole: Article | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        """Let it pass between processes as its values alone, which takes half the time."""
        return Made, _values(self)


_values = attrgetter(*(field.name for field in fields(Made)))


def pack(record: Record, draft: Draft, article: Article) -> Made:
    """Return a record with its draft and its (still nameless) article, ready to be accepted."""
    from index.copies import text_key  # compiled loops take a moment to load, and who only reads needs none

    key = identity.natural_key(record, draft)
    said = _said(draft)
    form = article.to_json()
    try:
        written, whole = orjson.dumps(form), article
    except TypeError:
        written, whole = _json(form), None
    return Made(
        path=record.path,
        record=record.number,
        format=record.format,
        source=record.source,
        modified=record.modified,
        key=key,
        ids=identity.public_ids(record, draft, key),
        content=identity.content_key(record),
        said=_digest(_told(draft, said)),
        text=text_key(article.headline, article.body, key),
        size=len(record.raw),
        raw=_packers.compressor.compress(record.raw),
        draft=_packed_draft(said, article),
        article=_packer(record.raw).compress(written),
        paper=whole_text(article.source),
        published=article.published,
        cities=len(article.facet_cities),
        unresolved=sum(city.geonameid is None for city in article.cities),
        whole=whole,
    )


def unpack_raw(packed: bytes) -> bytes:
    """Return a raw record as it came.

    Raises:
        Damaged: it is not as it was packed.
    """
    return _unpacked(packed)


def unpack_article(packed: bytes, raw: bytes, public_id: str) -> Article:
    """Return the article made of `raw`, under its public id.

    Raises:
        Damaged: it is not as it was packed.
    """
    form = _read(_unpacked(packed, raw))
    form["id"] = public_id
    return Article.from_json(form)


def unpack_draft(packed: bytes, raw: bytes, article: Article) -> Draft:
    """Return the draft made of `raw`, of which `article` was made.

    Raises:
        Damaged: it is not as it was packed.
    """
    if packed.startswith(_ZLIB):
        form = _read(_unpacked(packed, raw))
    else:
        shared = {name: getattr(article, name) for name in _SHARED}
        form = shared | _read(packed if packed.startswith(_PLAIN) else _unpacked(packed))
    form = {name: value for name, value in form.items() if name in _DEFAULTS}
    form["dates"] = tuple(DateClue(**clue) for clue in form.get("dates", ()))
    for name in ("cities", "types"):
        form[name] = tuple(form.get(name, ()))
    form["article"] = None if form.get("article") is None else Article.from_json(form["article"])
    return Draft(**form)


def is_whole(record: Record, content: bytes, said: bytes, draft: bytes, article: bytes) -> bool:
    """Say whether a kept record is what was kept: its hashes are right and everything unpacks."""
    try:
        unpacked = unpack_draft(draft, record.raw, unpack_article(article, record.raw, ""))
        zipped = draft.startswith(_ZLIB)
        told = _unpacked(draft, record.raw) if zipped else _told(unpacked, _said(unpacked))
    except (Damaged, TypeError):
        return False
    return identity.content_key(record) == content and _digest(told) == said


def whole_text(text: str) -> str:
    """Return `text` with a question mark for each half of a character (lone surrogate), which UTF-8 cannot hold."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _told(draft: Draft, said: dict[str, Any]) -> bytes:
    """Return what a draft says as it is hashed, letter for letter as every release has written it.

    An article brought along may have coordinates, which orjson writes otherwise where they are tiny.
    """
    return _json(said) if draft.article is None else _to_text(said).encode("utf-8", "replace")


def _said(draft: Draft) -> dict[str, Any]:
    """Return what a draft says, without what says nothing, so that a field added later changes no earlier draft."""
    form = {name: value for name, nothing in _DEFAULTS.items() if (value := getattr(draft, name)) != nothing}
    if draft.dates:
        form["dates"] = [_said_of_date(clue) for clue in draft.dates]
    if draft.article is not None:
        form["article"] = draft.article.to_json()
    return form


def _said_of_date(clue: DateClue) -> dict[str, Any]:
    form: dict[str, Any] = {"value": clue.value, "origin": clue.origin}
    return form | {"weak": True} if clue.weak else form


def _packed_draft(said: dict[str, Any], article: Article) -> bytes:
    beyond = {name: value for name, value in said.items() if name not in _SHARED or value != getattr(article, name)}
    for name in _SHARED:
        if name not in said and getattr(article, name) != _DEFAULTS[name]:
            beyond[name] = _DEFAULTS[name]
    text = _json(beyond)
    return text if len(text) < _WORTH_A_FRAME else _packers.compressor.compress(text)


class _Packers(local):
    """What packs and unpacks without a dictionary, one of each a thread, since one may not work for two at once."""

    def __init__(self) -> None:
        self.compressor = ZstdCompressor(_LEVEL, write_checksum=True)
        self.decompressor = ZstdDecompressor()


_packers = _Packers()


def _packer(dictionary: bytes) -> ZstdCompressor:
    known = ZstdCompressionDict(dictionary, DICT_TYPE_RAWCONTENT)
    return ZstdCompressor(_LEVEL, dict_data=known, write_checksum=True)


def _unpacked(data: bytes, dictionary: bytes = b"") -> bytes:
    try:
        if data.startswith(_ZLIB):
            return zlib.decompressobj(zdict=dictionary).decompress(data)
        if not dictionary:
            return bytes(_packers.decompressor.decompress(data))
        known = ZstdCompressionDict(dictionary, DICT_TYPE_RAWCONTENT)
        return bytes(ZstdDecompressor(dict_data=known).decompress(data))
    except (zlib.error, ZstdError, MemoryError) as error:
        raise Damaged(str(error)) from error


def _read(text: bytes) -> dict[str, Any]:
    try:
        try:
            form: dict[str, Any] = orjson.loads(text)
        except orjson.JSONDecodeError:
            form = json.loads(text)  # which takes what `_json` could not leave to orjson
        return form
    except ValueError as error:
        raise Damaged(str(error)) from error


def _json(form: dict[str, Any]) -> bytes:
    try:
        return orjson.dumps(form)
    except TypeError:
        # Halves of characters, and numbers of more than 64 bits.
        return _to_text(form).encode("utf-8", "replace")


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()
