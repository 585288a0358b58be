"""The store as a file: opened for writing or only reading, its schema checked and brought forward, its errors in words.

No stories are handled here (`index.store`), and the schema itself is `index.migrations`' business. The one idea: before
anything is read or written it is certain that the file is ours and of a schema this release understands.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from index import migrations
from index.archive import ArchiveError
from index.packing import Damaged

#: Seconds to wait for another command's short lock.
_PATIENCE = 30


class StoreError(ArchiveError):
    """The store cannot be used; the message says why and what to do."""


def open_file(path: Path, *, writable: bool) -> sqlite3.Connection:
    """Open the store's file, in autocommit mode; make it, or bring it forward, where it is writable.

    Raises:
        StoreError: it is not a store, or of a release that this one does not understand.
        sqlite3.Error: it cannot be opened at all; `in_words` says it in words.
    """
    connection = _connect(path, writable)
    try:
        _check(connection, path, writable)
        if writable:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            migrations.migrate(connection, migrations.STEPS)
        connection.execute("PRAGMA cache_size = -32768")
        connection.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        connection.close()
        raise
    return connection


@contextlib.contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn what SQLite and unpacking complain about into a `StoreError` that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(_complaint(error, path)) from error
    except (Damaged, json.JSONDecodeError) as error:
        raise StoreError(
            f"The store {path} is damaged ({error}). `python -m index verify` says where; "
            "bring the file back from a backup."
        ) from error


def _connect(path: Path, writable: bool) -> sqlite3.Connection:
    if writable:
        return sqlite3.connect(path, isolation_level=None, timeout=_PATIENCE)
    address = path.absolute().as_uri()
    log = path.with_name(path.name + "-wal")
    # On read-only media SQLite cannot make its side files; where there is no log it may do without them.
    alone = not log.exists() or log.stat().st_size == 0
    if alone and not os.access(path.parent, os.W_OK):
        return sqlite3.connect(f"{address}?immutable=1", uri=True, isolation_level=None)
    return sqlite3.connect(f"{address}?mode=ro", uri=True, isolation_level=None, timeout=_PATIENCE)


def _check(connection: sqlite3.Connection, path: Path, writable: bool) -> None:
    version, ours = migrations.version_of(connection), len(migrations.STEPS)
    if version > ours:
        raise StoreError(
            f"{path} was written by a newer Morgue (schema {version}; this one knows {ours}). "
            "Bring this installation up to date to work with it."
        )
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != migrations.APPLICATION_ID and (tables or not writable):
        raise StoreError(f"{path} is not a store of Morgue's.")
    if version < ours and not writable:
        raise StoreError(
            f"{path} was written by an older Morgue (schema {version}; this one writes {ours}). "
            "`python -m index rebuild` brings it forward; nothing is lost."
        )


def _complaint(error: sqlite3.Error, path: Path) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return (
            f"The disk that holds {path} is full. What was accepted before is safe; make room and run the same "
            "command again to go on."
        )
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return f"The store {path} is damaged ({error}). Bring the file back from a backup."
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return f"The store {path} is in use by another command. Wait until it is done, then run this again."
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN):
        return f"The store {path} cannot be opened ({error}). Check who may read and write it."
    return f"The store {path} failed ({error}). What was accepted before is safe."
