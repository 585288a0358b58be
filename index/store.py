"""The store: every record that was accepted, what was made of it, and in which order it came. One SQLite file.

It knows nothing of formats, enriching or the index: it is given what others made and gives it back. The one idea: a
story is accepted when its transaction is durable (write-ahead log, `synchronous=FULL`), and whatever changes what the
index must hold gets a number that only grows; an index that remembers the last number it has can always catch up.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from index import identity
from index.article import Article, Story
from index.lately import Lately
from index.packing import Damaged, Made, is_whole, unpack_article, unpack_draft, unpack_raw, whole_text
from index.record import Draft, Record, Refusal
from index.statistics import Statistics
from index.storefile import in_words, open_file

#: Stages and their versions, and the fingerprint of the settings, that made an article.
Making = dict[str, int | str]

_Row = tuple[Any, ...]

# What `_version` makes a version of.
_VERSION = (
    "SELECT v.arrival, v.story, v.arrived, v.format, f.path, v.record, v.source, v.modified, v.raw, v.draft, v.article,"
    " m.stages, s.id"
)


@dataclass(frozen=True, slots=True)
class Same:
    """A record of `size` bytes that is known to be as it was when it was last read."""

    path: str
    record: int | None
    size: int = 0


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of a batch, in numbers of records; the four add up to the batch."""

    new: int = 0
    versions: int = 0
    unchanged: int = 0
    refused: int = 0

    def __add__(self, other: Accepted) -> Accepted:
        return Accepted(
            self.new + other.new,
            self.versions + other.versions,
            self.unchanged + other.unchanged,
            self.refused + other.refused,
        )


@dataclass(frozen=True, slots=True)
class Version:
    """One kept version, with what it takes to make its article again."""

    arrival: int
    story: int
    arrived: str
    record: Record
    draft: Draft
    article: Article
    making: Making


class Store:
    """An open store. One thread uses it at a time; `writable` ones are for the command that holds the archive.

    Attributes:
        path: the SQLite file.
    """

    def __init__(self, path: Path, *, writable: bool = False) -> None:
        """Open the store, making it or bringing it forward to today's schema where it is writable.

        Args:
            path: the SQLite file.
            writable: whether stories will be accepted; the caller holds the archive's lock then.

        Raises:
            StoreError: it cannot be opened, is damaged, is not a store, or was written by another release.
        """
        self.path = path
        self._file: tuple[str, int] = ("", 0)
        self._lately = Lately()
        with in_words(path):
            self._connection = open_file(path, writable=writable)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; a writable store moves what its log still holds into it."""
        with in_words(self.path):
            self._connection.close()

    # Accepting

    @property
    def last(self) -> int:
        """The highest number given so far; 0 for an empty store."""
        with in_words(self.path):
            return self._one("SELECT coalesce(max(changed), 0) FROM stories")

    def is_unchanged(self, record: Record) -> bool:
        """Say whether the same place had exactly this record, read in the same way, when it was last read."""
        with in_words(self.path):
            row = self._row(
                "SELECT v.content FROM files f JOIN places p ON p.file = f.file AND p.record = ?"
                " JOIN versions v ON v.arrival = p.arrival WHERE f.path = ?",
                (record.number or 0, whole_text(record.path)),
            )
            return row is not None and row[0] == identity.content_key(record)

    def accept(self, batch: Iterable[Made | Same | Refusal], making: Making) -> Accepted:
        """Accept a batch in one durable transaction: when this returns, it is safe; if it raises, nothing happened.

        A new key is a new story; a known key with the content that its newest version has, or that this place had
        when it was last read, is unchanged; anything else is a new version.

        Args:
            batch: in the order of arrival; the records of a file stand together.
            making: what made the articles.

        Raises:
            StoreError: the disk is full or the store is damaged.
        """
        counts = Accepted()
        kept: list[tuple[int, Article]] = []
        with self._transaction():
            number = self.last
            arrived = datetime.now(UTC).isoformat(timespec="seconds")
            made_by = self._making(making)
            for item in batch:
                file = self._file_number(whole_text(item.path))
                if isinstance(item, Refusal):
                    reason = whole_text(item.reason)
                    self._do("INSERT INTO refusals VALUES (NULL, ?, ?, ?)", (file, item.record, reason))
                    counts += Accepted(refused=1)
                elif isinstance(item, Same):
                    counts += Accepted(unchanged=1)
                else:
                    outcome = self._accept(item, file, number + 1, arrived, made_by)
                    number += 1 - outcome.unchanged
                    counts += outcome
                    if item.whole is not None and not outcome.unchanged:
                        kept.append((number, item.whole))
        for arrival, article in kept:
            self._lately.keep(arrival, article)
        return counts

    def _accept(self, made: Made, file: int, arrival: int, arrived: str, making: int) -> Accepted:
        place = (file, made.record or 0)
        known = self._row("SELECT story, arrival, text FROM stories WHERE key = ?", (made.key,))
        if known is None:
            self._do(
                "INSERT INTO stories VALUES (?1, ?2, ?3, ?1, ?1, ?4,"
                " coalesce((SELECT min(story) FROM stories WHERE text = ?4), ?1), ?5, ?6, ?7, ?8)",
                (arrival, self._free_id(made.ids), made.key, made.text, *_columns(made)),
            )
            self._keep(made, arrival, arrival, arrived, file, making)
            outcome = Accepted(new=1)
        else:
            story, newest, text = known
            before = self._row(
                "SELECT v.arrival, v.content, v.said FROM places p JOIN versions v ON v.arrival = p.arrival"
                " WHERE p.file = ? AND p.record = ? AND v.story = ?",
                (*place, story),
            )
            current = self._row("SELECT arrival, content, said FROM versions WHERE arrival = ?", (newest,))
            for version in (before, current):
                if version is not None and (version[1] == made.content or version[2] == made.said):
                    self._do("REPLACE INTO places VALUES (?, ?, ?)", (*place, version[0]))
                    return Accepted(unchanged=1)
            self._keep(made, story, arrival, arrived, file, making)
            self._do("UPDATE stories SET arrival = ? WHERE story = ?", (arrival, story))
            self._describe(story, text, made, arrival)
            outcome = Accepted(versions=1)
        self._do("REPLACE INTO places VALUES (?, ?, ?)", (*place, arrival))
        return outcome

    def _keep(self, made: Made, story: int, arrival: int, arrived: str, file: int, making: int) -> None:
        self._do(
            "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (arrival, story, arrived, file, *_told(made), making, made.raw, made.draft, made.article),
        )

    def _describe(self, story: int, old_text: bytes, made: Made, changed: int) -> None:
        self._do(
            "UPDATE stories SET changed = ?, text = ?, source = ?, published = ?, cities = ?, unresolved = ?"
            " WHERE story = ?",
            (changed, made.text, *_columns(made), story),
        )
        if old_text != made.text:
            self._join_family(old_text, changed)
            self._join_family(made.text, changed)

    def _join_family(self, text: bytes, changed: int) -> None:
        """Make the earliest story with this text the lead of all that have it."""
        self._do(
            "UPDATE stories SET changed = ?1, family = (SELECT min(story) FROM stories WHERE text = ?2)"
            " WHERE text = ?2 AND family <> (SELECT min(story) FROM stories WHERE text = ?2)",
            (changed, text),
        )

    def _free_id(self, ids: Sequence[str]) -> str:
        numbered = (f"{ids[-1]}-{n}" for n in itertools.count(2))
        for name in itertools.chain(ids, numbered):
            if self._row("SELECT 1 FROM stories WHERE id = ?", (name,)) is None:
                return name
        raise AssertionError("the numbers have run out")

    def _file_number(self, path: str) -> int:
        """Return the file's number; reading a file again begins its list of refusals anew."""
        if self._file[0] != path:
            self._do("INSERT OR IGNORE INTO files (path) VALUES (?)", (path,))
            self._file = (path, self._one("SELECT file FROM files WHERE path = ?", (path,)))
            self._do("DELETE FROM refusals WHERE file = ?", (self._file[1],))
        return self._file[1]

    def _making(self, making: Making) -> int:
        stages = json.dumps(making, sort_keys=True)
        self._do("INSERT OR IGNORE INTO makings (stages) VALUES (?)", (stages,))
        return self._one("SELECT making FROM makings WHERE stages = ?", (stages,))

    # Making again

    def outdated(self, making: Making) -> int:
        """Return how many versions were made otherwise than by `making`."""
        with in_words(self.path):
            stages = json.dumps(making, sort_keys=True)
            return self._one(
                "SELECT count(*) FROM versions WHERE making IN (SELECT making FROM makings WHERE stages <> ?)",
                (stages,),
            )

    def outdated_versions(self, making: Making, after: int, limit: int) -> list[Version]:
        """Return the next versions that were made otherwise than by `making`, in order of arrival.

        Args:
            making: today's.
            after: only later arrivals.
            limit: at most so many.
        """
        with in_words(self.path):
            rows = self._connection.execute(
                _VERSION + " FROM versions v NOT INDEXED JOIN files f USING (file)"
                " JOIN makings m USING (making) JOIN stories s ON s.story = v.story"
                " WHERE m.stages <> ? AND v.arrival > ? ORDER BY v.arrival LIMIT ?",
                (json.dumps(making, sort_keys=True), after, limit),
            ).fetchall()
            return [_version(row) for row in rows]

    def papers(self, after: int) -> list[str]:
        """Return the papers of the stories that changed at a number above `after`, where they are named."""
        with in_words(self.path):
            rows = self._connection.execute(
                "SELECT DISTINCT source FROM stories WHERE changed > ? AND source <> '' ORDER BY source", (after,)
            )
            return [paper for (paper,) in rows]

    def count_of(self, paper: str) -> int:
        """Return how many stories of a paper there are."""
        with in_words(self.path):
            return self._one("SELECT count(*) FROM stories WHERE source = ?", (paper,))

    def first_versions(self, paper: str, limit: int) -> list[Version]:
        """Return the newest versions of a paper's first stories, `limit` of them at most, in order of arrival."""
        with in_words(self.path):
            rows = self._connection.execute(
                _VERSION + " FROM stories s JOIN versions v ON v.arrival = s.arrival JOIN files f USING (file)"
                " JOIN makings m USING (making) WHERE s.source = ? ORDER BY s.story LIMIT ?",
                (paper, limit),
            ).fetchall()
            return [_version(row) for row in rows]

    def remake(self, remade: Iterable[tuple[Version, Made]], making: Making) -> int:
        """Put what was made again in the place of what was there, in one durable transaction.

        A story keeps its public id and its place in the order of arrival. It keeps its natural key too where the new
        one belongs to another story by now.

        Args:
            remade: versions as `outdated_versions` gave them, each with what was made of it now.
            making: what made it.

        Returns:
            The number of versions whose article is another now.
        """
        different = 0
        with self._transaction():
            number = self.last + 1
            made_by = self._making(making)
            for version, made in remade:
                self._lately.take(version.arrival)
                self._do(
                    "UPDATE versions SET said = ?, draft = ?, article = ?, making = ? WHERE arrival = ?",
                    (made.said, made.draft, made.article, made_by, version.arrival),
                )
                article = unpack_article(made.article, version.record.raw, version.article.id)
                if article == version.article:
                    continue
                different += 1
                arrival, text = self._known("SELECT arrival, text FROM stories WHERE story = ?", (version.story,))
                if arrival == version.arrival:
                    self._do("UPDATE OR IGNORE stories SET key = ? WHERE story = ?", (made.key, version.story))
                    self._describe(version.story, text, made, number)
                else:
                    self._do("UPDATE stories SET changed = ? WHERE story = ?", (number, version.story))
        return different

    def keep_as_made(self, versions: Iterable[Version], making: Making) -> None:
        """Take note that `making` cannot make these versions again: they stay as they are and count as up to date."""
        with self._transaction():
            made_by = self._making(making)
            for version in versions:
                self._do("UPDATE versions SET making = ? WHERE arrival = ?", (made_by, version.arrival))

    # Giving back

    def stories(self) -> Iterator[Story]:
        """Yield every story in the order of first arrival; memory does not grow with the archive."""
        return self._stories("", "s.story", ())

    def changed(self, after: int, until: int) -> Iterator[Story]:
        """Yield the stories that changed at a number above `after` and not above `until`, in that order."""
        return self._stories("WHERE s.changed > ? AND s.changed <= ?", "s.changed, s.story", (after, until))

    def changed_again(self, after: int) -> list[str]:
        """Return the public ids of the stories that were there at the number `after` and have changed since."""
        with in_words(self.path):
            rows = self._connection.execute("SELECT id FROM stories WHERE changed > ? AND story <= ?", (after, after))
            return [name for (name,) in rows]

    def waiting(self, after: int) -> int:
        """Return how many stories changed at a number above `after`."""
        with in_words(self.path):
            return self._one("SELECT count(*) FROM stories WHERE changed > ?", (after,))

    def has_changed(self, story: int, after: int) -> bool:
        """Say whether the story with that first arrival changed at a number above `after`."""
        with in_words(self.path):
            return self._row("SELECT 1 FROM stories WHERE story = ? AND changed > ?", (story, after)) is not None

    def story(self, public_id: str) -> Story | None:
        """Return the story of that public id, or None."""
        return next(self._stories("WHERE s.id = ?", "s.story", (public_id,)), None)

    def _stories(self, which: str, order: str, arguments: _Row) -> Iterator[Story]:
        packed = "v.raw, v.article"
        if (first := self._lately.first) is not None:
            # Reading what is at hand would cost more than passing it over.
            packed = f"CASE WHEN v.arrival < {first} THEN v.raw END, CASE WHEN v.arrival < {first} THEN v.article END"
        with in_words(self.path):
            rows = self._connection.execute(
                f"SELECT s.id, s.story, s.family, v.arrival, v.arrived, {packed}"  # noqa: S608  # numbers only
                f" FROM stories s JOIN versions v ON v.story = s.story {which} ORDER BY {order}, v.arrival",
                arguments,
            )
            for _, versions in itertools.groupby(rows, key=lambda row: row[1]):
                articles = []
                for row in versions:
                    name, first_arrival, family, arrival, arrived, raw, article = row
                    articles.append(self._article(arrival, name, raw, article))
                yield Story(articles[-1], arrival, first_arrival, arrived, family, tuple(articles[:-1]))

    def _article(self, arrival: int, name: str, raw: bytes | None, packed: bytes | None) -> Article:
        """Return the article of an arrival, which is at hand where it was not read."""
        if raw is None or packed is None:
            if (article := self._lately.take(arrival)) is not None:
                return article.called(name)
            raw, packed = self._known("SELECT raw, article FROM versions WHERE arrival = ?", (arrival,))
        return unpack_article(packed, unpack_raw(raw), name)

    def refusals(self) -> Iterator[Refusal]:
        """Yield what could not be read when its file was last read, in the order it was met."""
        with in_words(self.path):
            for row in self._connection.execute(
                "SELECT f.path, r.record, r.reason FROM refusals r JOIN files f USING (file) ORDER BY r.refusal"
            ):
                yield Refusal(*row)

    def statistics(self) -> Statistics:
        """Return the archive in numbers."""
        with in_words(self.path):
            totals = self._known(
                "SELECT count(*), (SELECT count(*) FROM versions), coalesce(sum(family <> story), 0),"
                " coalesce(sum(published IS NULL), 0), coalesce(sum(cities = 0), 0), coalesce(sum(unresolved > 0), 0)"
                " FROM stories"
            )
            by_source = self._connection.execute(
                "SELECT source, count(*) FROM stories GROUP BY source ORDER BY count(*) DESC, source"
            ).fetchall()
            by_year = self._connection.execute(
                "SELECT substr(published, 1, 4) AS year, count(*) FROM stories"
                " WHERE published IS NOT NULL GROUP BY year ORDER BY year"
            ).fetchall()
            stories, versions, copies, undated, cityless, unresolved = totals
            return Statistics(stories, versions, copies, undated, cityless, unresolved, dict(by_source), dict(by_year))

    def damage(self) -> Iterator[str]:
        """Check the whole store and yield, in words, everything that is not as it was written."""
        try:
            for (said,) in self._connection.execute("PRAGMA integrity_check"):
                if said != "ok":
                    yield f"{self.path.name}: {said}"
            for table, row, *_ in self._connection.execute("PRAGMA foreign_key_check"):
                yield f"{self.path.name}: row {row} of {table} points to something that is gone"
            for arrival, *told, packed, content, said, draft, article in self._connection.execute(
                "SELECT v.arrival, v.format, f.path, v.record, v.source, v.modified, v.raw, v.content, v.said, v.draft,"
                " v.article FROM versions v JOIN files f USING (file) ORDER BY v.arrival"
            ):
                try:
                    whole = is_whole(Record(unpack_raw(packed), *told), content, said, draft, article)
                except Damaged:
                    whole = False
                if not whole:
                    yield f"{self.path.name}: the version with arrival number {arrival} is not as it was written"
        except sqlite3.DatabaseError as error:
            yield f"{self.path.name}: {error}"

    # The connection

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        with in_words(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                self._file = ("", 0)
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _do(self, statement: str, arguments: _Row = ()) -> None:
        self._connection.execute(statement, arguments)

    def _row(self, statement: str, arguments: _Row = ()) -> _Row | None:
        row: _Row | None = self._connection.execute(statement, arguments).fetchone()
        return row

    def _known(self, statement: str, arguments: _Row = ()) -> _Row:
        row: _Row = self._connection.execute(statement, arguments).fetchone()
        return row

    def _one(self, statement: str, arguments: _Row = ()) -> int:
        return int(self._known(statement, arguments)[0])


def _told(made: Made) -> _Row:
    return (made.record, made.format, made.source, made.modified, made.content, made.said)


def _columns(made: Made) -> _Row:
    return (made.paper, made.published, made.cities, made.unresolved)


def _version(row: _Row) -> Version:
    arrival, story, arrived, form, path, number, source, modified, packed, draft, article, stages, name = row
    raw = unpack_raw(packed)
    record = Record(raw, form, path, number, source, modified)
    made = unpack_article(article, raw, name)
    return Version(arrival, story, arrived, record, unpack_draft(draft, raw, made), made, json.loads(stages))
