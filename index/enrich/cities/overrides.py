"""Editors' last word on where stories are: `overrides.csv` of an archive.

A table with the columns `story`, `city` and `decision`. `story` is a story's id or web address, with `*` for any run
of characters; `city` is a place as `the_city` takes it; `decision` is `about`, `dateline` or `mentioned` to give the
story that city, or `not` to take it away. Later lines win over earlier ones. The one idea: a line that cannot be used
is refused, and one that does less than its editor may think is used and spoken of (`Overrides.notes`).

    story,city,decision
    https://www.example.com/2018/maine/*,"Portland, Maine",about
    a1b2c3,"Portland, Oregon",not
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from index.article import City, Role
from index.enrich.cities.meant import UnclearError, question, the_city

_COLUMNS = ("story", "city", "decision")

_ROLES: dict[str, Role] = {"about": "about", "dateline": "dateline", "mentioned": "mentioned"}

#: The reason that a city given by an editor carries.
REASON = "decided by an editor"


class OverridesError(ValueError):
    """A line of `overrides.csv` cannot be used; the message says which and what to write instead."""


@dataclass(frozen=True, slots=True)
class Override:
    """One line: stories, a city, and the role to give it, or None to take it away.

    Attributes:
        story: id or address, with `*` for any run of characters.
        city: as the story gets it.
        role: to give it.
        number: of the line in its file.
    """

    story: str
    city: City
    role: Role | None
    number: int = field(default=0, compare=False, repr=False)  # where a line stands decides nothing


@dataclass(frozen=True)
class Overrides:
    """All lines, in their order.

    Attributes:
        lines: those that hold a decision.
        notes: what their editors should know, a sentence each, with file and line.
    """

    lines: tuple[Override, ...] = ()
    notes: tuple[str, ...] = field(default=(), compare=False, repr=False)

    def apply(self, names: Iterable[str], cities: tuple[City, ...]) -> tuple[City, ...]:
        """Return a story's cities as the editors want them.

        Args:
            names: what the story goes by: its id, the id it was given, its web address.
            cities: as resolved, best first.
        """
        chosen = {city.key: city for city in cities}
        for line in self.fitting(names):
            before = chosen.pop(line.city.key, None)
            if line.role is not None:
                surface = before.surface if before else line.city.surface
                given = replace(line.city, role=line.role, surface=surface, reason=REASON)
                # A mention given by an editor stays behind what the story is about.
                chosen = {**chosen, given.key: given} if line.role == "mentioned" else {given.key: given, **chosen}
        return tuple(chosen.values())

    def fitting(self, names: Iterable[str]) -> list[Override]:
        """Return the lines that speak of the story that goes by these names, in their order."""
        own = {name for name in names if name}
        found = {at for name in own for at in self._exact.get(name, ())}
        found.update(at for at, whole in self._patterns if any(whole(name) for name in own))
        return [self.lines[at] for at in sorted(found)]

    def taking(self, names: Iterable[str], cities: tuple[City, ...]) -> set[int]:
        """Return the numbers of the lines that take a city away from the story of these names and resolved cities."""
        held, found = {city.key for city in cities}, set()
        for line in self.fitting(names):
            if line.role is not None:
                held.add(line.city.key)
            elif line.city.key in held:
                held.remove(line.city.key)
                found.add(line.number)
        return found

    @cached_property
    def _exact(self) -> dict[str, list[int]]:
        lines: dict[str, list[int]] = {}
        for at, line in enumerate(self.lines):
            if "*" not in line.story:
                lines.setdefault(line.story, []).append(at)
        return lines

    @cached_property
    def _patterns(self) -> list[tuple[int, Callable[[str], object]]]:
        return [
            (at, re.compile(".*".join(map(re.escape, line.story.split("*"))), re.DOTALL).fullmatch)
            for at, line in enumerate(self.lines)
            if "*" in line.story
        ]


def read_overrides(path: Path) -> Overrides:
    """Return the overrides of a file; none where there is no such file.

    Raises:
        OverridesError: a line is incomplete, or names a city or a decision that does not exist.
    """
    if not path.exists():
        return Overrides()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = tuple(_lines(csv.DictReader(file), path))
    except UnicodeDecodeError as error:
        raise OverridesError(f"{path} is not UTF-8 text. Save it as UTF-8 and run the command again.") from error
    except (OSError, csv.Error) as error:
        raise OverridesError(f"{path} cannot be read ({error}).") from error
    return Overrides(lines, tuple(_unknown(line, path) for line in lines if line.city.geonameid is None))


def _lines(rows: csv.DictReader[str], path: Path) -> Iterator[Override]:
    header = [(name or "").strip().lower() for name in rows.fieldnames or ()]
    if not set(_COLUMNS) <= set(header):
        raise OverridesError(
            f"{path}: the first line must name the columns story, city and decision, with commas between them."
        )
    rows.fieldnames = header
    for row in rows:
        where = f"{path}, line {rows.line_num}"
        story, city, decision = ((row.get(column) or "").strip() for column in _COLUMNS)
        if not (story or city or decision) or story.startswith("#"):
            continue
        if row.get(None):  # where DictReader keeps what is too much
            raise OverridesError(
                f'{where}: more columns than the first line has; a city with a comma needs quotes: "Portland, Maine".'
            )
        if not story or not city:
            raise OverridesError(f"{where}: a story and a city are needed.")
        try:
            meant = the_city(city)
        except UnclearError as unclear:
            raise OverridesError(f"{where}: {unclear}") from None
        given = City(None, city, surface=city) if meant is None else replace(meant, surface=city)
        yield Override(story, given, _role(decision, where), rows.line_num)


def _unknown(line: Override, path: Path) -> str:
    name = line.city.name
    what = (
        "the story gets the name without a place on the map"
        if line.role is not None
        else "only a story that carries this very name loses it"
    )
    return f'{path}, line {line.number}: the gazetteer knows no "{name}"; {what}.{question(name)}'


def _role(decision: str, where: str) -> Role | None:
    if decision.lower() == "not":
        return None
    role = _ROLES.get(decision.lower())
    if role is None:
        raise OverridesError(f'{where}: "{decision}" is no decision; write about, dateline, mentioned or not.')
    return role
