"""An archive's directory, opened for reading: pages with texts and words for people, from the newest generation.

Reads `index/` and `settings.toml` and nothing else; the store is never opened. The one idea: all that one answer needs
hangs on one immutable snapshot, so a new generation is taken up between two answers and the old one goes when the last
thread that reads it is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, tzinfo
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock
from time import monotonic, perf_counter
from typing import Self, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from index.analysis import Analyzer
from index.archive import ArchiveDirectory
from index.article import City
from index.embedded import Generation, IndexDamaged, IndexDirectory, NoIndex
from index.embedded.generation import CURRENT
from index.settings import Settings, SettingsError, read_settings
from search.account import Account
from search.archive import (
    ArchiveDamaged,
    ArchiveError,
    ArchiveLocked,
    ArchiveNotFound,
    ArchiveNotIndexed,
    ArchiveOutdated,
)
from search.complete import complete
from search.embedded.account import account
from search.embedded.allowance import TooCostly
from search.embedded.columns import Columns
from search.embedded.completion import GenerationStock
from search.embedded.earning import Earnings
from search.embedded.evaluator import Found, count, evaluate
from search.embedded.holdings import holdings
from search.embedded.matching import Matching
from search.embedded.nearby import Nearby
from search.embedded.places import Named, Places
from search.embedded.spelling import GenerationSpelling
from search.embedded.terms import Terms
from search.embedded.understood import Understood
from search.marking import Marker
from search.nothing import why_nothing
from search.page import COMPLETIONS, Clipping, Completion, Diagnostic, Hit, Holding, Page, Partial, Thread
from search.query import Parsed, parse
from search.query.tree import Node
from search.related import related
from search.request import FACETS, Copies, Granularity, Request, Sort
from search.suggest import suggest

#: Seconds between two looks for a newer generation.
LOOK_EVERY = 0.1

_FORMS_KEPT = 4_096

_QUERIES_KEPT = 256

_CITIES_KEPT = 16_384

#: Digits of the largest GeoNames id that will ever be.
_LONGEST_ID = 12


_SORTS, _COPIES, _GRANULARITIES = get_args(Sort), get_args(Copies), get_args(Granularity)


def open_embedded(location: Path) -> EmbeddedArchive:
    """Open the archive in the directory `location`, which exists.

    Raises:
        ArchiveError: it cannot be read; the message says why and what to do.
    """
    return EmbeddedArchive(location)


class _Snapshot:
    """One generation with what was made of it; never changes."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.columns = Columns(generation)
        self.terms = Terms()
        self.earnings = Earnings(self.terms)
        self.places = Places(self.columns)
        self.around = Nearby(self.columns)
        self.spelling = GenerationSpelling(self.columns)
        self.stock = GenerationStock(self.columns)
        self.forms = lru_cache(_FORMS_KEPT)(self.spelling.forms)
        self.folded = lru_cache(_FORMS_KEPT)(self.spelling.folded)
        self.understood = lru_cache(_QUERIES_KEPT)(self._understand)

    def warm(self) -> None:
        """Make what first answers need."""
        self.columns.warm()
        self.stock.warm()

    def _understand(self, text: str, today: date, locale: str, analyzer: Analyzer) -> Understood:
        parsed = parse(
            text,
            places=self.places,
            around=self.around,
            regions=self.places.regions,
            strangers=self.places.strangers,
            today=today,
            locale=locale,
            analyzer=analyzer,
        )
        return Understood(parsed, self.columns.label, self.forms, self.folded)


class EmbeddedArchive:
    """An archive directory as `search.archive.Archive` describes it."""

    def __init__(self, location: Path) -> None:
        self._directory = ArchiveDirectory(location)
        self._index = IndexDirectory(self._directory.index_directory)
        try:
            self._settings: Settings = read_settings(self._directory.settings_file)
        except SettingsError as error:
            raise ArchiveError(str(error)) from error
        self._analyzer = Analyzer()
        self._turning = Lock()
        self._looked = monotonic()
        self._snapshot: _Snapshot | None = self._opened()

    @property
    def title(self) -> str:
        """The archive's name, for people."""
        return self._settings.title

    @property
    def locale(self) -> str:
        """The language of the archive's settings."""
        return self._settings.locale

    @property
    def now(self) -> datetime:
        """The time that it is in the time zone of the archive's settings."""
        return datetime.now(self._zone)

    @cached_property
    def _zone(self) -> tzinfo:
        try:
            return ZoneInfo(self._settings.time_zone)
        except (ZoneInfoNotFoundError, ValueError):
            return UTC

    @property
    def generation(self) -> str:
        """Name of the index's present state."""
        return self._fresh().generation.name

    @property
    def changed(self) -> datetime:
        """When the index's present state was written, in UTC."""
        return datetime.fromtimestamp(self._fresh().generation.committed, UTC)

    @property
    def newest_arrival(self) -> int:
        """Number of the last accepted story that searches can find."""
        return self._fresh().generation.through

    def search(self, request: Request) -> Page:
        """Answer `request`; see `search.archive.Archive`."""
        begun = perf_counter()
        _check(request)
        snapshot = self._fresh()
        columns = snapshot.columns
        understood = self._understood(snapshot, request.text)
        parsed = understood.parsed
        matching = Matching(columns, snapshot.terms, parsed.where)
        found = evaluate(columns, request, parsed.node, matching, snapshot.earnings)
        marking = perf_counter()
        marker = understood.marker if request.in_words else None
        hits = _hits(columns, marker, found.docs.tolist(), found.scores.tolist())
        partial = _hits(columns, marker, found.partial.tolist(), found.partial_scores.tolist())
        marked = perf_counter()
        said = (*parsed.diagnostics, *found.said)
        in_words = request.in_words
        return Page(
            total=found.total,
            hits=hits,
            facets=found.facets,
            timeline=found.timeline,
            partial=Partial(found.partial_total, partial),
            suggestion=self._suggestion(snapshot, request, parsed, found.total, matching) if in_words else None,
            explain=understood.explained(request) if in_words else "",
            diagnostics=self._told(snapshot, request, parsed, found.total, said, matching) if in_words else said,
            folded=found.folded,
            generation=snapshot.generation.name,
            marking_ms=(marked - marking) * 1000.0,
            meanings=understood.meanings if in_words else (),
            took_ms=(perf_counter() - begun) * 1000.0,
        )

    def _told(
        self,
        snapshot: _Snapshot,
        request: Request,
        parsed: Parsed,
        total: int,
        said: tuple[Diagnostic, ...],
        matching: Matching,
    ) -> tuple[Diagnostic, ...]:
        """Return what is to be said about a page beside what its text and the engine have to say."""
        if not snapshot.columns.live_count:
            empty = "The archive is empty: no story has been added to it yet."
            return (Diagnostic("empty-archive", empty, severity="warning"), *said)
        if not total and TooCostly.said not in said:
            return (*said, *self._why_nothing(snapshot, request, parsed, matching))
        return said

    def complete(self, text: str, limit: int = COMPLETIONS) -> tuple[Completion, ...]:
        """Return ways to go on with a query that is being typed; see `search.archive.Archive`."""
        return complete(text, limit, self._fresh().stock)

    def found(self, request: Request) -> tuple[Found, tuple[str, ...]]:
        """Answer `request` in numbers, with the ids of the hits: what `search` does but for texts and words."""
        snapshot = self._fresh()
        matching = Matching(snapshot.columns, snapshot.terms)
        node = self._parsed(snapshot, request.text).node
        answer = evaluate(snapshot.columns, request, node, matching, snapshot.earnings)
        return answer, snapshot.columns.ids(answer.docs)

    def _understood(self, snapshot: _Snapshot, text: str) -> Understood:
        return snapshot.understood(text, self.now.date(), self._settings.locale, self._analyzer)

    def _parsed(self, snapshot: _Snapshot, text: str) -> Parsed:
        return self._understood(snapshot, text).parsed

    def _suggestion(
        self, snapshot: _Snapshot, request: Request, parsed: Parsed, total: int, matching: Matching
    ) -> str | None:
        def found(text: str) -> int:
            return count(snapshot.columns, request, self._parsed(snapshot, text).node, matching)

        try:
            return suggest(parsed, total, snapshot.spelling, found)
        except TooCostly:
            return None

    def _why_nothing(
        self, snapshot: _Snapshot, request: Request, parsed: Parsed, matching: Matching
    ) -> tuple[Diagnostic, ...]:
        def found(node: Node, other: Request) -> int:
            return count(snapshot.columns, other, node, matching)

        try:
            return why_nothing(parsed, request, found, snapshot.columns.label)
        except TooCostly:
            return ()

    def account(self, request: Request, id: str) -> Account | None:
        """Return what makes up a story's score; see `search.archive.Archive`."""
        snapshot = self._fresh()
        doc = snapshot.columns.find(id)
        if doc < 0:
            return None
        node = self._parsed(snapshot, request.text).node
        try:
            return account(Matching(snapshot.columns, snapshot.terms), node, doc, request.recency)
        except TooCostly:
            return None

    def story(self, id: str) -> Clipping | None:
        """Return the story of a public id with its copies, or None where the archive does not hold it."""
        columns = self._fresh().columns
        doc = columns.find(id)
        if doc < 0:
            return None
        copies = tuple(columns.article(other) for other in columns.others(doc).tolist())
        return Clipping(columns.story(doc), copies)

    def related(self, id: str, limit: int = 6) -> Thread | None:
        """Return the affair of a story; see `search.archive.Archive`."""
        return related(self, id, limit)

    def counts(self, words: Sequence[str]) -> tuple[int, ...]:
        """Return the number of stories that hold each word; deleted ones that are not yet cleared away count, too."""
        spelling = self._fresh().spelling
        return tuple(spelling.stories(self._analyzer.term(word).stem) for word in words)

    def was_removed(self, id: str) -> bool:
        """Say whether a story of this id was once here and has been removed."""
        return id in self._fresh().generation.removed_ids

    def places(self, name: str) -> Named:
        """Return the places a name can mean, as (facet key, label), best first."""
        return self._fresh().places(name)

    def city(self, key: str) -> City | None:
        """Return the city of a facet key with its coordinates; None for one that the gazetteer lacks."""
        return _city(key)

    def holdings(self, year: int | None, most: int) -> tuple[Holding, ...]:
        """Return what is held of each source over time."""
        return holdings(self._fresh().columns, year, most)

    def warm(self) -> None:
        """Make now what first answers need; see `search.archive.Archive`."""
        self._fresh().warm()

    def close(self) -> None:
        """Let go of the files; a second call does nothing."""
        self._snapshot = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _fresh(self) -> _Snapshot:
        """Return the newest generation; looks for a newer one now and then, and one thread only opens it."""
        held = self._snapshot
        if held is None:
            raise ArchiveError(f"The archive {self._directory.path} has been closed by this program.")
        if monotonic() - self._looked < LOOK_EVERY or not self._turning.acquire(blocking=False):
            return held
        try:
            if not held.generation.is_current():
                # While an index is replaced there may be none for a moment; the one at hand answers on.
                with suppress(NoIndex, IndexDamaged, OSError):
                    held = _Snapshot(self._index.open(reuse=held.generation))
                    held.warm()
                    self._snapshot = held
            self._looked = monotonic()
        finally:
            self._turning.release()
        return held

    def _opened(self) -> _Snapshot:
        path = self._directory.path
        rebuild = f"`python -m index rebuild --archive {path}`"
        try:
            return _Snapshot(self._index.open())
        except IndexDamaged as error:
            raise ArchiveDamaged(
                f"The index of {path} is damaged ({error}). {rebuild} makes it again from the store; no story is lost."
            ) from error
        except NoIndex as error:
            if (self._index.path / CURRENT).exists():
                raise ArchiveOutdated(f"{error} {rebuild} does; the stories themselves are safe.") from error
            if not self._directory.settings_file.exists() and not self._directory.store_file.exists():
                raise ArchiveNotFound(
                    f"{path} holds no archive. `python -m index add PATH... --archive {path}` makes one; --archive or "
                    "MORGUE_ARCHIVE names another place."
                ) from error
            raise ArchiveNotIndexed(f"The archive {path} has no index yet: {rebuild} makes it.") from error
        except PermissionError as error:
            raise ArchiveLocked(f"{error.filename} may not be read by this user: ask whoever keeps it.") from error


@lru_cache(_CITIES_KEPT)
def _city(key: str) -> City | None:
    from index.enrich.cities import find  # only maps need it before a reader names a city

    return next(iter(find(key)), None) if key.isascii() and key.isdigit() and len(key) <= _LONGEST_ID else None


def _check(request: Request) -> None:
    if request.offset < 0 or request.limit < 0 or request.facet_limit < 0:
        raise ValueError("offset, limit and facet_limit cannot be negative")
    if request.sort not in _SORTS:
        raise ValueError(f"sort is one of {', '.join(_SORTS)}, not {request.sort!r}")
    if request.copies not in _COPIES:
        raise ValueError(f"copies is one of {', '.join(_COPIES)}, not {request.copies!r}")
    if request.granularity is not None and request.granularity not in _GRANULARITIES:
        raise ValueError(f"granularity is one of {', '.join(_GRANULARITIES)}, not {request.granularity!r}")
    if unknown := set(request.exclude) - set(FACETS):
        raise ValueError(f"exclude knows the facets {', '.join(FACETS)}, not {', '.join(sorted(unknown))}")


def _hits(columns: Columns, marker: Marker | None, docs: list[int], scores: list[float]) -> tuple[Hit, ...]:
    articles = [columns.article(doc) for doc in docs]
    marked = marker(articles) if marker else [((), ())] * len(docs)
    copies = columns.families.copies(docs)
    return tuple(
        [
            Hit(article, score, snippets, others, headline)
            for article, score, (headline, snippets), others in zip(articles, scores, marked, copies, strict=True)
        ]
    )
