"""What a digest has already told of: one small file beside the saved searches.

Reading and writing that file only. The one idea: what was told is a number in the archive's order of arrival, which no
rebuild changes and which late stories come after whatever their dates; so nothing is told twice and nothing is missed.

The file is `searches.told.json` for `searches.toml`. It holds, for each search, what was asked and the last number
told; and the archive's last story at that time, by which another archive is known from this one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from search.archive import Archive
from search.request import Request
from search.saved import Pairs

_ABOUT = "What `python -m search --digest` has told of already. Without this file it begins anew."


class ToldError(Exception):
    """What was told cannot be read, kept or trusted; the message says what happened, where, and what to do."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of one search: the words and filters it had then, and the last arrival number looked at."""

    asked: Pairs
    through: int


@dataclass(frozen=True, slots=True)
class Last:
    """The last story of an archive at some time: its place in the order of arrival, and its id."""

    number: int
    id: str


@dataclass(frozen=True, slots=True)
class Memory:
    """What was told of every search, by its name; `last` is None where the archive was empty or nothing was told."""

    searches: Mapping[str, Told] = field(default_factory=lambda: MappingProxyType({}))
    last: Last | None = None


def memory_file(searches: Path) -> Path:
    """Return the file in which what was told is kept.

    >>> memory_file(Path("desk/searches.toml")).name
    'searches.told.json'
    """
    return searches.with_suffix(".told.json")


def recall(path: Path) -> Memory:
    """Return what was told before; nothing where there is no such file.

    Raises:
        ToldError: the file is there and cannot be read.
    """
    try:
        form = json.loads(path.read_text("utf-8"))
        last = form["last"]
        return Memory(
            MappingProxyType(
                {
                    str(name): Told(tuple((str(key), str(value)) for key, value in told["asked"]), int(told["through"]))
                    for name, told in form["searches"].items()
                }
            ),
            Last(int(last["number"]), str(last["id"])) if last else None,
        )
    except FileNotFoundError:
        return Memory()
    except OSError as error:
        raise ToldError(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ToldError(
            f"{path} is damaged, so it cannot be said what was told already. Bring it back from a backup, or remove it "
            "to begin anew."
        ) from error


def remember(path: Path, memory: Memory) -> None:
    """Keep what was told, whole or not at all.

    Raises:
        ToldError: it cannot be written.
    """
    form = {
        "about": _ABOUT,
        "last": {"number": memory.last.number, "id": memory.last.id} if memory.last else None,
        "searches": {
            name: {"asked": [list(pair) for pair in told.asked], "through": told.through}
            for name, told in memory.searches.items()
        },
    }
    made = path.with_name(f".{path.name}.new")
    try:
        with made.open("w", encoding="utf-8") as file:
            file.write(json.dumps(form, ensure_ascii=False, indent=1) + "\n")
            file.flush()
            os.fsync(file.fileno())
        made.replace(path)
    except OSError as error:
        raise ToldError(
            f"{path} cannot be written ({error.strerror}), so the next digest will tell of these stories again."
        ) from error


def last_story(archive: Archive, through: int) -> Last | None:
    """Return the last story to arrive up to a number, or None where there is none."""
    page = archive.search(Request(sort="arrived", arrived_by=through, copies="show", limit=1, facets=()))
    for hit in page.hits:
        clipping = archive.story(hit.article.id)
        if clipping is not None:
            return Last(clipping.story.first_arrival, hit.article.id)
    return None


def must_fit(archive: Archive, memory: Memory, path: Path) -> None:
    """Make sure that numbers told of are numbers of this archive.

    Raises:
        ToldError: they are those of another archive, or of one that has lost stories.
    """
    last = memory.last
    if last is None or archive.was_removed(last.id):
        return
    clipping = archive.story(last.id)
    if clipping is None or clipping.story.first_arrival != last.number:
        raise ToldError(
            f"{path} was written for another archive, or for one that has since been made anew: its last story was "
            f"{last.id}, number {last.number:,} to arrive, and that is not so here. Remove the file to begin anew."
        )
