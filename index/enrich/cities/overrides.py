"""Editors' last word on where stories are: `overrides.csv` of an archive.

A table with the columns `story`, `city` and `decision`. `story` is a story's id or web address, with `*` for any run
of characters; `city` is a place as `find` takes it; `decision` is `about`, `dateline` or `mentioned` to give the story
that city, or `not` to take it away. Later lines win over earlier ones.

    story,city,decision
    https://www.example.com/2018/maine/*,"Portland, Maine",about
    a1b2c3,"Portland, Oregon",not
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

from index.article import City, Role
from index.enrich.cities.gazetteer import find

_COLUMNS = ("story", "city", "decision")

_ROLES: dict[str, Role] = {"about": "about", "dateline": "dateline", "mentioned": "mentioned"}

#: The reason that a city given by an editor carries.
REASON = "decided by an editor"


class OverridesError(ValueError):
    """A line of `overrides.csv` cannot be used; the message says which and what to write instead."""


@dataclass(frozen=True, slots=True)
class Override:
    """One line: stories, a city, and the role to give it, or None to take it away."""

    story: str
    city: City
    role: Role | None


@dataclass(frozen=True, slots=True)
class Overrides:
    """All lines, in their order."""

    lines: tuple[Override, ...] = ()

    def apply(self, names: Iterable[str], cities: tuple[City, ...]) -> tuple[City, ...]:
        """Return a story's cities as the editors want them.

        Args:
            names: what the story goes by: its id, the id it was given, its web address.
            cities: as resolved, best first.
        """
        own = [name for name in names if name]
        chosen = {city.key: city for city in cities}
        for line in self.lines:
            if not any(fnmatchcase(name, line.story) for name in own):
                continue
            before = chosen.pop(line.city.key, None)
            if line.role is not None:
                surface = before.surface if before else line.city.surface
                given = replace(line.city, role=line.role, surface=surface, reason=REASON)
                # A mention given by an editor stays behind what the story is about.
                chosen = {**chosen, given.key: given} if line.role == "mentioned" else {given.key: given, **chosen}
        return tuple(chosen.values())


def read_overrides(path: Path) -> Overrides:
    """Return the overrides of a file; none where there is no such file.

    Raises:
        OverridesError: a line is incomplete, or names a city or a decision that does not exist.
    """
    if not path.exists():
        return Overrides()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return Overrides(tuple(_lines(csv.DictReader(file), path)))
    except UnicodeDecodeError as error:
        raise OverridesError(f"{path} is not UTF-8 text. Save it as UTF-8 and run the command again.") from error
    except (OSError, csv.Error) as error:
        raise OverridesError(f"{path} cannot be read ({error}).") from error


def _lines(rows: csv.DictReader[str], path: Path) -> Iterator[Override]:
    header = [(name or "").strip().lower() for name in rows.fieldnames or ()]
    if not set(_COLUMNS) <= set(header):
        raise OverridesError(f"{path}: the first line must name the columns story, city and decision.")
    rows.fieldnames = header
    for row in rows:
        where = f"{path}, line {rows.line_num}"
        story, city, decision = ((row.get(column) or "").strip() for column in _COLUMNS)
        if not (story or city or decision) or story.startswith("#"):
            continue
        if not story or not city:
            raise OverridesError(f"{where}: a story and a city are needed.")
        yield Override(story, _city(city, where), _role(decision, where))


def _city(name: str, where: str) -> City:
    found = find(name)
    if len(found) > 1 and "," not in name:
        examples = " or ".join(f'"{city.label}"' for city in found[:2])
        raise OverridesError(f'{where}: there are several cities named "{name}"; write {examples}.')
    return replace(found[0], surface=name) if found else City(None, name, surface=name)


def _role(decision: str, where: str) -> Role | None:
    if decision.lower() == "not":
        return None
    role = _ROLES.get(decision.lower())
    if role is None:
        raise OverridesError(f'{where}: "{decision}" is no decision; write about, dateline, mentioned or not.')
    return role
