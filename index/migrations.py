"""The store's schema, as the steps that lead from an empty file to today's.

No stories are handled here. The one idea: a step that has been released is never edited; a change of the schema is one
more step at the end, so that every store there is, however old, comes forward by the same road.
"""

from __future__ import annotations

import sqlite3

#: Marks the file as a store of ours ("MORG"), so that no other database is ever taken for one.
APPLICATION_ID = 0x4D4F5247

#: A step is the statements that lead from one schema version to the next.
Step = tuple[str, ...]

#: Step n (from 1) makes schema version n; `user_version` says which the file has.
STEPS: tuple[Step, ...] = (
    (
        # One row for every file ever read; "-" is standard input.
        "CREATE TABLE files (file INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE) STRICT",
        # What made an article: the stages' versions and the settings that decide, as JSON.
        "CREATE TABLE makings (making INTEGER PRIMARY KEY, stages TEXT NOT NULL UNIQUE) STRICT",
        # `story` is the arrival of its first version, `arrival` that of its newest. `changed` is the arrival at which
        # anything last changed that the index must hold (a copy that arrives can change its family's other members).
        """CREATE TABLE stories (
            story INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            key BLOB NOT NULL UNIQUE,
            arrival INTEGER NOT NULL UNIQUE,
            changed INTEGER NOT NULL,
            text BLOB NOT NULL,
            family INTEGER NOT NULL,
            source TEXT NOT NULL,
            published TEXT,
            cities INTEGER NOT NULL,
            unresolved INTEGER NOT NULL
        ) STRICT""",
        "CREATE INDEX stories_changed ON stories (changed)",
        "CREATE INDEX stories_text ON stories (text)",
        # `raw`, `draft` and `article` are zlib streams; the last two have the raw record as their dictionary.
        """CREATE TABLE versions (
            arrival INTEGER PRIMARY KEY,
            story INTEGER NOT NULL REFERENCES stories,
            arrived TEXT NOT NULL,
            file INTEGER NOT NULL REFERENCES files,
            record INTEGER,
            format TEXT NOT NULL,
            source TEXT NOT NULL,
            modified TEXT,
            content BLOB NOT NULL,
            said BLOB NOT NULL,
            making INTEGER NOT NULL REFERENCES makings,
            raw BLOB NOT NULL,
            draft BLOB NOT NULL,
            article BLOB NOT NULL
        ) STRICT""",
        "CREATE INDEX versions_story ON versions (story, arrival)",
        "CREATE INDEX versions_making ON versions (making, arrival)",
        # Which version a place (file and record, 0 for a file of one story) last had.
        """CREATE TABLE places (
            file INTEGER NOT NULL REFERENCES files,
            record INTEGER NOT NULL,
            arrival INTEGER NOT NULL REFERENCES versions,
            PRIMARY KEY (file, record)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE refusals (
            refusal INTEGER PRIMARY KEY,
            file INTEGER NOT NULL REFERENCES files,
            record INTEGER,
            reason TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX refusals_file ON refusals (file)",
    ),
    # Records may be Zstandard frames from here on (`index.packing`), which earlier releases cannot unpack; those that
    # are there stay as they are.
    (),
)


def version_of(connection: sqlite3.Connection) -> int:
    """Return the schema version of an open database; 0 where it is empty."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, steps: tuple[Step, ...] = STEPS) -> None:
    """Bring an open database forward to the last of `steps`, each step in a transaction of its own.

    A step that fails or is interrupted leaves the schema, and its version, as they were before it.

    Args:
        connection: in autocommit mode (`isolation_level=None`).
        steps: from an empty file onwards.

    Raises:
        sqlite3.Error: a step failed.
    """
    for version, step in enumerate(steps, 1):
        if version <= version_of(connection):
            continue
        connection.execute("BEGIN IMMEDIATE")
        try:
            for statement in step:
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {version}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
