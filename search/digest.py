"""The digest: what arrived for saved searches since they were last told of.

No file and no wording here. The one idea: a digest is a window in the order of arrival, closed at both ends before the
first search is asked; what comes in while it is made belongs to the next one, so every story is told of exactly once.

A story is told of when it first arrives, however old it is; a new version of it, or another copy of a text that was
there before, is no new story.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from search.archive import Archive
from search.page import Hit
from search.request import Request
from search.saved import Pairs, Saved, SavedSearch
from search.told import Memory, Told, last_story

#: Stories of a search that is asked for the first time.
FIRST = 5

#: Stories asked for at first, and how many times more where that was not enough.
_FEW, _MORE = 50, 10


@dataclass(frozen=True, slots=True)
class Arrival:
    """One story that has arrived: as it was found, and when the archive took its newest version in."""

    hit: Hit
    arrived: str


@dataclass(frozen=True, slots=True)
class Group:
    """What has arrived for one search.

    Attributes:
        name: of the search.
        explain: what was searched, in words.
        total: stories it finds in all.
        arrivals: those that are new, the last to arrive first; of a search asked for the first time the last few.
        first: whether it was never told of before.
        changed: whether it was told of before with other words or filters.
        notes: what was mended, ignored or is worth knowing about its words.
        page: address of its results, or "".
    """

    name: str
    explain: str
    total: int
    arrivals: tuple[Arrival, ...]
    first: bool
    changed: bool
    notes: tuple[str, ...]
    page: str


@dataclass(frozen=True, slots=True)
class Digest:
    """A whole digest: `title` is the archive's, `address` that of its pages or "", `generation` names its state."""

    title: str
    address: str
    generation: str
    through: int
    groups: tuple[Group, ...]


def make(archive: Archive, saved: Saved, memory: Memory) -> tuple[Digest, Memory]:
    """Return what has arrived since `memory`, and what is to be remembered once it has been told.

    Raises:
        SavedError: a search cannot be asked of this archive.
        ArchiveError: the archive cannot answer.
    """
    through = archive.newest_arrival
    requests = [(search, replace(search.request(archive), arrived_by=through)) for search in saved.searches]
    groups = tuple(
        _group(archive, search, request, memory.searches.get(search.name), saved.page(request))
        for search, request in requests
    )
    told = {search.name: Told(search.asked, through) for search in saved.searches}
    digest = Digest(archive.title, saved.address, archive.generation, through, groups)
    return digest, Memory({**memory.searches, **told}, last_story(archive, through))


def _group(archive: Archive, search: SavedSearch, request: Request, told: Told | None, page: str) -> Group:
    found = archive.search(replace(request, limit=0))
    explain = archive.search(replace(request, limit=0, arrived_by=None)).explain  # the window is nobody's filter
    since = told.through if told else -1
    return Group(
        name=search.name,
        explain=explain,
        total=found.total,
        arrivals=_arrivals(archive, request, since, FIRST if told is None else found.total),
        first=told is None,
        changed=told is not None and _changed(told.asked, search.asked),
        notes=tuple(said.message for said in found.diagnostics),
        page=page,
    )


def _changed(before: Pairs, now: Pairs) -> bool:
    return sorted(before) != sorted(now)


def _arrivals(archive: Archive, request: Request, since: int, most: int) -> tuple[Arrival, ...]:
    """Return the stories of a search that arrived after a number, the last first, at most so many.

    One page has them all, since from one page to the next a story may cease to match and let another slip through.
    """
    limit = min(most, _FEW)
    while True:
        page = archive.search(replace(request, limit=limit))
        arrivals: list[Arrival] = []
        for hit in page.hits:
            clipping = archive.story(hit.article.id)
            if clipping is None:
                continue  # removed since the page was made
            if clipping.story.first_arrival <= since:
                return tuple(arrivals)
            arrivals.append(Arrival(hit, clipping.story.arrived))
        if limit >= min(most, page.total):
            return tuple(arrivals)
        limit *= _MORE
