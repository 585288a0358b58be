"""SQLite's FTS5 as its documentation recommends: the porter tokenizer, external content, `optimize` after loading.

Its stemmer is Porter's first, so that now and then a total differs from the engines that use Snowball's English.
Facets are two grouped joins with the matching rows, which are materialised once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

from bench.engine import Answer
from bench.questions import KINDS, Question
from index import Story

_SCHEMA = """
CREATE TABLE story (number INTEGER PRIMARY KEY, id TEXT, headline TEXT, body TEXT, city TEXT, month TEXT, day TEXT);
CREATE INDEX story_city ON story (city, month, day);
CREATE VIRTUAL TABLE words USING fts5 (headline, body, content=story, content_rowid=number, tokenize='porter unicode61',
                                       prefix='3 4');
"""


class Sqlite:
    """FTS5 through Python's own sqlite3."""

    name = "SQLite FTS5"
    most: int | None = None
    without = frozenset({"wildcard"})
    differs: Mapping[str, str] = {
        **dict.fromkeys(KINDS, "its stemmer is Porter's first, which cuts a few words elsewhere"),
        "prefix": "there the pattern is matched with stems, here with words as they are written",
    }

    def build(self, stories: Iterable[Story], directory: Path) -> None:
        """Load the stories in one transaction, then index and optimize."""
        connection = sqlite3.connect(directory / "stories.sqlite")
        connection.executescript(_SCHEMA)
        connection.executemany(
            "INSERT INTO story VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (s.first_arrival, a.id, a.headline, a.body, a.facet_cities[0].key, (a.published or "")[:7], a.published)
                for s in stories
                for a in (s.article,)
            ),
        )
        connection.execute("INSERT INTO words(words) VALUES ('rebuild')")
        connection.execute("INSERT INTO words(words) VALUES ('optimize')")
        connection.commit()
        connection.execute("ANALYZE")
        connection.close()

    def open(self, directory: Path) -> None:
        """Open with a page cache and memory map of a size a server would give it."""
        self._db = sqlite3.connect(directory / "stories.sqlite")
        self._db.execute("PRAGMA cache_size = -262144")
        self._db.execute("PRAGMA mmap_size = 4294967296")

    def answer(self, question: Question) -> Answer:
        """Materialise the matches once, then count and cut."""
        return self._page(question)

    def serve(self, question: Question) -> int:
        """Answer, then fetch the ten stories with FTS5's own snippets."""
        page = self._page(question)
        expression = _expression(question)
        made = 0
        for story in page.ids:
            if expression:
                row = self._db.execute(
                    "SELECT snippet(words, 1, '<b>', '</b>', '…', 30) FROM words"
                    " WHERE words MATCH ? AND rowid = (SELECT number FROM story WHERE id = ?)",
                    (expression, story),
                ).fetchone()
            else:
                row = self._db.execute("SELECT substr(body, 1, 200) FROM story WHERE id = ?", (story,)).fetchone()
            made += len(row[0])
        return made

    def _page(self, question: Question) -> Answer:
        db, expression = self._db, _expression(question)
        db.execute("DROP TABLE IF EXISTS temp.found")
        dates, values = "", []
        if question.since and question.until:
            dates = " AND day BETWEEN ? AND ?"
            values = [question.since.isoformat(), question.until.isoformat()]
        if expression:
            db.execute(
                "CREATE TEMP TABLE found AS SELECT number, id, city, month, day, rank AS score"
                f" FROM words JOIN story ON number = words.rowid WHERE words MATCH ?{dates}",
                [expression, *values],
            )
        else:
            db.execute(
                "CREATE TEMP TABLE found AS SELECT number, id, city, month, day, 0.0 AS score"
                f" FROM story WHERE 1{dates}",
                values,
            )
        chosen = f"WHERE city IN ({','.join('?' * len(question.cities))})" if question.cities else ""
        order = "day DESC" if question.newest else "score"
        total = db.execute(f"SELECT count(*) FROM found {chosen}", question.cities).fetchone()[0]
        best = db.execute(f"SELECT id FROM found {chosen} ORDER BY {order} LIMIT 10", question.cities).fetchall()
        cities = db.execute("SELECT city, count(*) AS n FROM found GROUP BY city ORDER BY n DESC LIMIT 10").fetchall()
        months = db.execute(f"SELECT month, count(*) FROM found {chosen} GROUP BY month", question.cities).fetchall()
        return Answer(total, tuple(row[0] for row in best), lambda: (dict(cities), dict(months)))


def _expression(question: Question) -> str:
    match question.operator:
        case "phrase":
            return '"' + " ".join(question.words) + '"'
        case "near":
            return f"NEAR({' '.join(question.words)}, 4)"
        case "prefix":
            return question.words[0]
        case "or":
            return " OR ".join(question.words)
        case _:
            return " ".join(question.words)
