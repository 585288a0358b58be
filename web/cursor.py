"""A place in a list of stories, by which a program reads on past the last page: made, checked and found again.

No routes and no words. The one idea: a list that is being read is the list of what had arrived when it was begun
(`Request.arrived_by`), so what comes in meanwhile moves nothing; and where the order itself has moved since (a story
removed or corrected, a rarer word grown commoner), the place is found again by the stories last handed out.

A cursor is base64url (RFC 4648) of a JSON list and eight bytes of its SHA-256. Whoever takes it apart may, and gains
nothing by forging one: it says where to read on in what anybody may read.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from search.archive import Archive
from search.page import Hit, Page
from search.request import Request

#: Characters of the longest cursor: three ids of 128 characters and a few numbers.
LONGEST = 1_000

#: Stories last handed out that a cursor remembers, since any of them may be removed.
_REMEMBERED = 3

#: How far a story may have moved from its place and still be found.
_AROUND = 100

_CHECK = 8
_FORM = 1


class CursorError(ValueError):
    """A cursor was changed or cut on the way, or belongs to another search."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where to read on.

    Attributes:
        search: fingerprint of the search, as `fingerprint` makes it.
        offset: stories handed out so far.
        arrived_by: the last arrival of the list.
        generation: the state of the index that the last page was of.
        last: ids of the last stories handed out, the last one last.
    """

    search: str
    offset: int
    arrived_by: int
    generation: str
    last: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a list.

    Attributes:
        page: the answer, with the stories of this part.
        then: where to read on; None at the end.
        changed: whether the archive is another one than when the list was begun.
        lost: whether the place had to be guessed: the stories last handed out are not where they were, nor near.
    """

    page: Page
    then: Cursor | None
    changed: bool = False
    lost: bool = False


def fingerprint(pairs: Sequence[tuple[str, str]]) -> str:
    """Return a short name of the search that the pairs of an address ask."""
    return hashlib.sha256(json.dumps(list(pairs)).encode()).hexdigest()[:16]


def written(cursor: Cursor) -> str:
    """Return a cursor as text for an address.

    >>> read(written(Cursor("a", 10, 99, "1.2", ("s1",))))
    Cursor(search='a', offset=10, arrived_by=99, generation='1.2', last=('s1',))
    """
    form = [_FORM, cursor.search, cursor.offset, cursor.arrived_by, cursor.generation, list(cursor.last)]
    body = json.dumps(form, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_check(body) + body).decode().rstrip("=")


def read(text: str) -> Cursor:
    """Return the cursor that a text is.

    Raises:
        CursorError: it is none, or not whole.
    """
    try:
        whole = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        body = whole[_CHECK:]
        if not body or whole[:_CHECK] != _check(body):
            raise CursorError(text)
        form, search, offset, arrived_by, generation, last = json.loads(body)
    except (binascii.Error, ValueError) as error:
        raise CursorError(text) from error
    if form != _FORM:
        raise CursorError(text)
    return Cursor(search, offset, arrived_by, generation, tuple(last))


def first(archive: Archive, request: Request, search: str) -> Stretch:
    """Return the part of a list that `request` asks for by its own offset, and where to read on."""
    generation, through = archive.generation, archive.newest_arrival
    page = archive.search(request)
    if page.generation != generation:
        # Stories may have come in between the two; the list is what had arrived before.
        page = archive.search(replace(request, arrived_by=_least(request.arrived_by, through)))
    return _stretch(page, request.offset, search, _least(request.arrived_by, through), page.hits)


def further(archive: Archive, request: Request, cursor: Cursor) -> Stretch:
    """Return the next part of a list, of as many stories as `request` wants.

    Raises:
        CursorError: the cursor belongs to another search.
    """
    asked = replace(request, arrived_by=cursor.arrived_by)
    page = archive.search(replace(asked, offset=cursor.offset))
    if page.generation == cursor.generation:
        return _stretch(page, cursor.offset, cursor.search, cursor.arrived_by, page.hits)
    begin = max(cursor.offset - _AROUND, 0)
    around = archive.search(replace(asked, offset=begin, limit=cursor.offset - begin + _AROUND, facets=()))
    offset = _found([hit.article.id for hit in around.hits], cursor.last)
    if offset is None:
        stretch = _stretch(page, cursor.offset, cursor.search, cursor.arrived_by, page.hits)
        return replace(stretch, changed=True, lost=bool(cursor.last))
    if begin + offset != cursor.offset:
        page = archive.search(replace(asked, offset=begin + offset))
    stretch = _stretch(page, begin + offset, cursor.search, cursor.arrived_by, page.hits)
    return replace(stretch, changed=True)


def _found(ids: list[str], last: tuple[str, ...]) -> int | None:
    """Return the place after the last of `last` that is among `ids`."""
    for id in reversed(last):
        if id in ids:
            return ids.index(id) + 1
    return None


def _stretch(page: Page, offset: int, search: str, arrived_by: int, hits: tuple[Hit, ...]) -> Stretch:
    end = offset + len(hits)
    last = tuple(hit.article.id for hit in hits[-_REMEMBERED:])
    more = bool(hits) and end < page.total
    return Stretch(page, Cursor(search, end, arrived_by, page.generation, last) if more else None)


def _least(one: int | None, other: int) -> int:
    return other if one is None else min(one, other)


def _check(body: bytes) -> bytes:
    return hashlib.sha256(body).digest()[:_CHECK]
