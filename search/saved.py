"""Saved searches, as a newsroom writes them down in a TOML file for `python -m search --digest`.

Reading and checking only; what has arrived for them is `search.digest`. The one idea: a search is written with the
names that a page's address has (`q`, `city`, `not-section`, `since`, …), or as that address itself, and a mistake is
answered with its line.

    address = "https://morgue.example"      # where the pages are, for links; may be left out

    [[search]]
    name = "Water rates"
    q = '"water rates" OR levee'
    city = ["Portland, Maine", "us-or"]

    [[search]]
    name = "The bridge, not the game"
    address = "https://morgue.example/search?q=bridge&not-section=Sport"
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast
from urllib.parse import parse_qsl, urlencode, urlsplit

from search.archive import Archive
from search.dates import first_day, last_day
from search.request import FACETS, Copies, Request

#: A search as the pairs of an address, in the order of writing.
Pairs = tuple[tuple[str, str], ...]

_MANY = (*FACETS, *(f"not-{facet}" for facet in FACETS))
_ONE = ("q", "since", "until", "undated", "copies")
_UNDATED = MappingProxyType({"only": True, "none": False})
_FIELDS = {"city": "cities", "section": "sections", "source": "sources", "byline": "bylines"}

#: Parts of an address that say how a page is shown, not which stories are found.
_SHOWN = ("sort", "recency", "by", "scale", "size", "page", "view", "cited", "limit", "offset", "facets", "cursor")

_HEAD = re.compile(r"\s*\[\[\s*(search|'search'|\"search\")\s*\]\]")
_WHERE = re.compile(r" \(at line (\d+), column (\d+)\)$")


class SavedError(Exception):
    """The saved searches cannot be used; the message says which file and line, what is wrong and what to write."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """One search that is followed.

    Attributes:
        name: what it is called, unlike all others of its file.
        asked: what is searched, as written.
        place: file and line of each name of `asked`, for whoever has to mend it; "" has that of the search.
    """

    name: str
    asked: Pairs
    place: Mapping[str, str]

    def request(self, archive: Archive) -> Request:
        """Return the search as `archive` is asked it, the last to arrive first.

        Raises:
            SavedError: a city or a date is not one.
        """
        given: dict[str, list[str]] = {}
        for name, value in self.asked:
            given.setdefault(name, []).append(value)
        values = {
            name: tuple(sorted({key for value in given.get(name, ()) for key in self._keys(archive, name, value)}))
            for name in _MANY
        }
        exclude = {facet: values[f"not-{facet}"] for facet in FACETS if values[f"not-{facet}"]}
        today, locale = archive.now.date(), archive.locale
        since = self._day("since", given, lambda typed: first_day(typed, today, locale))
        until = self._day("until", given, lambda typed: last_day(typed, today, locale))
        if since and until and since > until:
            raise self._wrong("since", f"“since” is after “until” in “{self.name}”.")
        return Request(
            text=given.get("q", [""])[-1],
            cities=values["city"],
            sections=values["section"],
            sources=values["source"],
            bylines=values["byline"],
            exclude=MappingProxyType(exclude),
            since=since,
            until=until,
            undated=_UNDATED[given["undated"][-1]] if "undated" in given else None,
            copies=cast(Copies, given.get("copies", ["fold"])[-1]),
            sort="arrived",
            facets=(),
        )

    def _keys(self, archive: Archive, name: str, value: str) -> tuple[str, ...]:
        """Return the keys of a facet's value: the value itself, but for places, which may be written as names."""
        if name.removeprefix("not-") != "city" or value.startswith("name:"):
            return (value,)
        found = tuple(key for key, _ in archive.places(value))
        if not found:
            raise self._wrong(
                name,
                f"no city is called “{value}”. Write a GeoNames id, a name (“Portland, Maine”), or the key of a region "
                "or country (us-or, us).",
            )
        return found

    def _day(self, name: str, given: Mapping[str, list[str]], read: Callable[[str], date]) -> date | None:
        if name not in given:
            return None
        try:
            return read(given[name][-1])
        except ValueError as error:
            raise self._wrong(name, f"{error}.") from error

    def _wrong(self, name: str, what: str) -> SavedError:
        return SavedError(f"{self.place.get(name, self.place[''])}: {what}")


@dataclass(frozen=True, slots=True)
class Saved:
    """A file of saved searches; `address` is where the pages are, without a last slash, or ""."""

    searches: tuple[SavedSearch, ...]
    address: str = ""

    def page(self, request: Request) -> str:
        """Return the address of a search's page, the last to arrive first; "" where nobody said where the pages are."""
        pairs = [("q", request.text)] if request.text else []
        pairs += [(facet, key) for facet in FACETS for key in request.selected(facet)]
        pairs += [(f"not-{facet}", key) for facet in FACETS for key in request.exclude.get(facet, ())]
        pairs += [(name, day.isoformat()) for name in ("since", "until") if (day := getattr(request, name))]
        if request.undated is not None:
            pairs.append(("undated", "only" if request.undated else "none"))
        if request.copies == "show":
            pairs.append(("copies", "show"))
        return f"{self.address}/search?{urlencode([*pairs, ('sort', 'arrived')])}" if self.address else ""


def read_saved(path: Path) -> Saved:
    """Return the searches of a file.

    Raises:
        SavedError: the file cannot be read, is not TOML, or says something that is no search; the message has the line.
    """
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise SavedError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise SavedError(f"{path}, line {line}: this is not UTF-8 text. Save the file as UTF-8.") from error
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = _WHERE.search(str(error))
        line = int(where[1]) if where else text.count("\n") + 1
        raise SavedError(f"{path}, line {line}: {_WHERE.sub('', str(error))}. Mend that line.") from error
    return _Reader(path, text).saved(table)


class _Reader:
    """Reads the searches of one file; knows on which line each setting stands, which the TOML reader does not tell."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.lines = text.splitlines()
        self.heads = [number for number, line in enumerate(self.lines) if _HEAD.match(line)]

    def saved(self, table: dict[str, Any]) -> Saved:
        for name in table:
            if name not in ("address", "search"):
                raise self.wrong(-1, name, f"there is no setting “{name}”{_meant(name, ['address', 'search'])}.")
        address = table.get("address", "")
        if not isinstance(address, str) or (address and urlsplit(address).scheme not in ("http", "https")):
            raise self.wrong(-1, "address", "“address” is where the pages are, as in “https://morgue.example”.")
        entries = table.get("search", [])
        if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
            raise SavedError(
                f"{self.path} holds no search. Write [[search]] on a line of its own, below it name = “…” and q = “…”, "
                "the texts in straight quotes."
            )
        searches = tuple(self.search(number, entry) for number, entry in enumerate(entries))
        seen: set[str] = set()
        for number, search in enumerate(searches):
            if search.name in seen:
                raise self.wrong(number, "name", f"two searches are called “{search.name}”. Give each its own name.")
            seen.add(search.name)
        return Saved(searches, address.rstrip("/"))

    def search(self, number: int, entry: dict[str, Any]) -> SavedSearch:
        name = entry.get("name")
        if not isinstance(name, str) or not name.strip():
            raise self.wrong(number, "name", "a search needs a name: write name = and a text in quotes.")
        asked: list[tuple[str, str]] = []
        place = {"": self.at(number, "")}
        known = ["name", "address", *_ONE, *_MANY]
        for key, value in entry.items():
            if key not in known:
                raise self.wrong(
                    number, key, f"“{name}” has a setting “{key}” that does not exist{_meant(key, known)}."
                )
            place[key] = self.at(number, key)
            if key == "address":
                asked += self.of_address(number, value, place)
            elif key != "name":
                asked += [(key, one) for one in self.values(number, key, value)]
        for key, allowed in (("undated", tuple(_UNDATED)), ("copies", ("fold", "show"))):
            for given, value in asked:
                if given == key and value not in allowed:
                    raise self.wrong(number, key, f"“{key}” is {' or '.join(allowed)}, not “{value}”.")
        return SavedSearch(name.strip(), tuple(asked), MappingProxyType(place))

    def values(self, number: int, key: str, value: object) -> list[str]:
        given = value if isinstance(value, list) and key in _MANY else [value]
        if not all(isinstance(one, str) or type(one) is int for one in given):
            form = "a text in quotes or a list of such texts" if key in _MANY else "a text in quotes"
            raise self.wrong(number, key, f"“{key}” must be {form}.")
        return [str(one) for one in given if str(one).strip()]

    def of_address(self, number: int, value: object, place: dict[str, str]) -> Pairs:
        parts = urlsplit(value) if isinstance(value, str) else None
        if parts is None or not parts.path.rpartition("/")[2].startswith("search"):
            raise self.wrong(number, "address", "“address” is that of a results page, as in “…/search?q=flood”.")
        pairs = tuple((key, text) for key, text in parse_qsl(parts.query) if key not in _SHOWN)
        for key, _ in pairs:
            if key not in (*_ONE, *_MANY):
                raise self.wrong(number, "address", f"the address has a part “{key}” that is no part of a search.")
            place[key] = place["address"]
        return pairs

    def at(self, number: int, key: str) -> str:
        """Return file and line of a setting of a search (-1: before all of them); of the search where it has none."""
        first = self.heads[number] if 0 <= number < len(self.heads) else 0
        ends = [head for head in self.heads if head > first] if number >= 0 else self.heads
        written = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=") if key else None
        for line in range(first, ends[0] if ends else len(self.lines)):
            if written and written.match(self.lines[line]):
                return f"{self.path}, line {line + 1}"
        return f"{self.path}, line {first + 1}"

    def wrong(self, number: int, key: str, what: str) -> SavedError:
        return SavedError(f"{self.at(number, key)}: {what}")


def _meant(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f" (did you mean “{near[0]}”?)" if near else f" (those that do: {', '.join(known)})"
