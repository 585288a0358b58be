"""Which story is this? Its natural key and its public id.

Pure functions over a record and its draft; which keys and ids are already taken is the store's business, and what exact
copies share is told by `index.copies`. The one idea: a name never depends on the machine, the order of arrival or the
run, except where another story holds it already.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import lru_cache
from itertools import product
from urllib.parse import parse_qsl, urlencode, urlsplit

from index.record import Draft, Record

#: A public id that may stand in an address as it is; `.` and `..` match too but mean other places there.
_PUBLIC = re.compile(r"[A-Za-z0-9._~-]{1,128}")

#: Parameters that say how a reader came to a page, never which page it is.
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|cmpid|ocid|smid|_ga", re.IGNORECASE)

#: The numbers below 32 * 32 in base 32 (RFC 4648).
_TWO_DIGITS = list(map("".join, product("abcdefghijklmnopqrstuvwxyz234567", repeat=2)))


def natural_key(record: Record, draft: Draft) -> bytes:
    """Return what makes two records versions of one story: 16 bytes, equal for equal stories.

    The given id within its source, else the canonical address, else the given id within its file, else the file and
    the record in it within the source, else (standard input, which has no lasting place) the record itself. An id whose
    paper nobody named says nothing outside its file (two papers that both number from 1 keep two stories), unless an
    archive gave it, whose exports may lie anywhere.
    """
    source = _source(record, draft)
    url = (draft.article or draft).url
    if draft.given_id and (source or draft.article is not None):
        return _digest("id", source, draft.given_id)
    if url:
        return _digest("url", canonical_url(url))
    if draft.given_id:
        return _digest("id in file", record.path, draft.given_id)
    if record.path != "-":
        return _digest("place", source, record.path, str(record.number or ""))
    return _digest("raw", source, hashlib.blake2b(record.raw).hexdigest())


def content_key(record: Record) -> bytes:
    """Return a hash of everything a draft is made of, but for the file's name: equal means nothing has changed."""
    key = _told_beside(record.format, record.source, record.modified)
    return hashlib.blake2b(record.raw, digest_size=16, key=key).digest()


@lru_cache(1 << 12)
def _told_beside(*told: str | None) -> bytes:
    """Return a hash of what is known of a record beside its bytes: the same for nearly all of a file."""
    return hashlib.blake2b(json.dumps(told).encode()).digest()


def public_ids(record: Record, draft: Draft, key: bytes) -> tuple[str, ...]:
    """Return the public ids a new story may have, the best first; the first that is free becomes its name for good.

    The given id where it can stand in an address; else a hash of the record and its source, the same on every machine;
    else a hash of the natural key, for the second of two identical records.
    """
    source = _source(record, draft)
    given = (draft.given_id,) if is_public(draft.given_id) else ()
    return (*given, _name(source.encode("utf-8", "replace") + b"\0" + record.raw), _name(key))


def is_public(given_id: str) -> bool:
    """Return whether a story's own id can stand in an address, and so be its public id."""
    return bool(_PUBLIC.fullmatch(given_id) and given_id.strip("."))


def canonical_url(url: str) -> str:
    """Return `url` in the one form that its variants share: no scheme, fragment, tracking or final slash.

    >>> canonical_url("HTTPS://Example.com/a/?utm_source=x&id=7#top")
    'example.com/a?id=7'
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url.strip()
    host = (parts.hostname or "").rstrip(".") + (f":{port}" if port not in (None, 80, 443) else "")
    kept = [(name, value) for name, value in parse_qsl(parts.query, True) if not _TRACKING.fullmatch(name)]
    return host + parts.path.rstrip("/") + (f"?{urlencode(kept)}" if kept else "")


def _source(record: Record, draft: Draft) -> str:
    return (draft.article or draft).source or record.source


def _digest(*parts: str) -> bytes:
    return hashlib.blake2b(json.dumps(parts).encode(), digest_size=16).digest()


def _name(content: bytes) -> str:
    """Return a name for some bytes: 80 bits of their hash in base 32 (RFC 4648), small letters."""
    number = int.from_bytes(hashlib.blake2b(content, digest_size=10).digest())
    return "".join([_TWO_DIGITS[number >> shift & 1023] for shift in range(70, -1, -10)])
