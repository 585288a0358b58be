"""The archive as a reader meets it: what every engine offers, and what can be wrong with one, in plain words.

No engine here, no files and no network. The one idea: an archive is asked for pages, stories and clippings and knows by
itself when a newer generation has come, so whoever serves it opens it once and never thinks of indexes again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, Self

from index.article import City
from search.account import Account
from search.page import COMPLETIONS, Clipping, Completion, Holding, Page, Thread
from search.request import Request


class ArchiveError(Exception):
    """An archive cannot answer; the message says what happened, where, and what to do."""


class ArchiveNotFound(ArchiveError):  # noqa: N818  # reads as what happened
    """There is no archive at the location."""


class ArchiveNotIndexed(ArchiveError):  # noqa: N818
    """The archive is there, but its index is not."""


class ArchiveLocked(ArchiveError):  # noqa: N818
    """The archive is there, but may not be read."""


class ArchiveOutdated(ArchiveError):  # noqa: N818
    """The index was made by another version of this program and must be rebuilt."""


class ArchiveDamaged(ArchiveError):  # noqa: N818
    """The index's files are not what was written."""


class Archive(Protocol):
    """One open archive; threads may share it.

    Every answer comes from the newest generation that the engine has seen, and each answer from one generation only.
    """

    @property
    def title(self) -> str:
        """The archive's name, for people."""

    @property
    def locale(self) -> str:
        """BCP 47 tag of the newsroom's language: whether 1/2/2018 is in January or February."""

    @property
    def now(self) -> datetime:
        """The time that it is where the newsroom is, with its zone; its day is what "last week" counts from."""

    @property
    def generation(self) -> str:
        """Name of the index's present state; another name means that answers may differ."""

    @property
    def changed(self) -> datetime:
        """When the index's present state was written, in UTC."""

    @property
    def newest_arrival(self) -> int:
        """Number of the last accepted story that searches can find; 0 for an empty archive."""

    def search(self, request: Request) -> Page:
        """Answer `request`; never raises on what a reader typed.

        Raises:
            ValueError: `request` itself is impossible (a negative offset, an unknown sort).
            ArchiveError: the index is gone or damaged.
        """

    def complete(self, text: str, limit: int = COMPLETIONS) -> tuple[Completion, ...]:
        """Return up to `limit` ways to go on with a query that is being typed, best first; () where there is none."""

    def account(self, request: Request, id: str) -> Account | None:
        """Return what makes up the score of a story under `request`, whose filters do not matter here.

        None where the archive does not hold the story or it answers the request's text not even in part.
        """

    def story(self, id: str) -> Clipping | None:
        """Return the story of a public id with its copies, or None where the archive does not hold it."""

    def related(self, id: str, limit: int = 6) -> Thread | None:
        """Return the affair of the story of a public id: up to `limit` others before and after it, in order of time.

        None where the archive does not hold the story; a thread of one where no other story is of the affair.
        """

    def counts(self, words: Sequence[str]) -> tuple[int, ...]:
        """Return for each word, written as in a text, the number of stories that hold it in any of its forms."""

    def was_removed(self, id: str) -> bool:
        """Say whether a story of this id was once here and has been removed."""

    def places(self, name: str) -> tuple[tuple[str, str], ...]:
        """Return the places that `name` can mean, as (facet key, label), best first.

        It may be a key of the city filter ("5746545", "us-or"), a slug ("portland-or"), a name ("Portland") or a name
        with its region ("Portland, Maine"). Cities of the archive come alone; only where none has the name, regions and
        countries with stories; and only where there are none either, the best known city.
        """

    def city(self, key: str) -> City | None:
        """Return the city of a facet key with its coordinates; None for one that no gazetteer knows."""

    def holdings(self, year: int | None, most: int) -> tuple[Holding, ...]:
        """Return what is held of each source by year, or by the twelve months of `year`; every copy counts.

        The sources with most stories come first, `most` of them; a last row has all other stories, those without a
        source among them. The rows have the same periods, and a period's `held` is the sum of its column.
        """

    def warm(self) -> None:
        """Make now what first answers need, so that no reader waits; a newer generation is made ready unasked."""

    def close(self) -> None:
        """Let go of the files; a second call does nothing."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *exception: object) -> None: ...
