"""What the store keeps of one record: raw bytes, draft and article, packed, with what tells stories apart.

Pure, so that worker processes do it; where things are kept is the store's business. The draft and the article repeat
most of the raw record. The one idea: the raw record serves as zlib's dictionary for both, so that the three together
take little more room than the raw record alone.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass, fields
from typing import Any

from index import identity
from index.article import Article
from index.record import DateClue, Draft, Record

_DRAFT_FIELDS = tuple(f.name for f in fields(Draft))


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


def pack(record: Record, draft: Draft, article: Article) -> Made:
    """Return a record with its draft and its (still nameless) article, ready to be accepted."""
    key = identity.natural_key(record, draft)
    said = _json(_form(draft))
    return Made(
        path=record.path,
        record=record.number,
        format=record.format,
        source=record.source,
        modified=record.modified,
        key=key,
        ids=identity.public_ids(record, draft, key),
        content=identity.content_key(record),
        said=_digest(said),
        text=identity.text_key(article.headline, article.body, key),
        size=len(record.raw),
        raw=zlib.compress(record.raw),
        draft=_deflate(said, record.raw),
        article=_deflate(_json(article.to_json()), record.raw),
        paper=whole_text(article.source),
        published=article.published,
        cities=len(article.facet_cities),
        unresolved=sum(city.geonameid is None for city in article.cities),
    )


def unpack_raw(packed: bytes) -> bytes:
    """Return a raw record as it came.

    Raises:
        zlib.error: it is damaged.
    """
    return zlib.decompress(packed)


def unpack_article(packed: bytes, raw: bytes, public_id: str) -> Article:
    """Return the article made of `raw`, under its public id.

    Raises:
        zlib.error, ValueError: it is damaged.
    """
    return Article.from_json(json.loads(_inflate(packed, raw)) | {"id": public_id})


def unpack_draft(packed: bytes, raw: bytes) -> Draft:
    """Return the draft made of `raw`.

    Raises:
        zlib.error, ValueError: it is damaged.
    """
    form = {name: value for name, value in json.loads(_inflate(packed, raw)).items() if name in _DRAFT_FIELDS}
    form["dates"] = tuple(DateClue(**clue) for clue in form["dates"])
    for name in ("cities", "types"):
        form[name] = tuple(form.get(name, ()))
    form["article"] = None if form.get("article") is None else Article.from_json(form["article"])
    return Draft(**form)


def is_whole(record: Record, content: bytes, said: bytes, draft: bytes, article: bytes) -> bool:
    """Say whether a kept record is what was kept: its hashes are right and everything unpacks."""
    try:
        unpack_article(article, record.raw, "")
        unpacked = _inflate(draft, record.raw)
    except (zlib.error, ValueError, TypeError):
        return False
    return identity.content_key(record) == content and _digest(unpacked) == said


def whole_text(text: str) -> str:
    """Return `text` with a question mark for each half of a character (lone surrogate), which UTF-8 cannot hold."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _form(draft: Draft) -> dict[str, Any]:
    form = {name: getattr(draft, name) for name in _DRAFT_FIELDS}
    form["dates"] = [{"value": clue.value, "origin": clue.origin} for clue in draft.dates]
    form["article"] = None if draft.article is None else draft.article.to_json()
    return form


def _json(form: dict[str, Any]) -> bytes:
    return json.dumps(form, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()


def _deflate(data: bytes, dictionary: bytes) -> bytes:
    stream = zlib.compressobj(6, zdict=dictionary)
    return stream.compress(data) + stream.flush()


def _inflate(data: bytes, dictionary: bytes) -> bytes:
    return zlib.decompressobj(zdict=dictionary).decompress(data)
