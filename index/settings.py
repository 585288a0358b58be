"""An archive's settings: what its newsroom says about itself, kept in `settings.toml`.

Only values and how they are read: nothing here opens an archive. The one idea: the file is written for the people who
edit it (every setting commented), and a mistake in it is answered with the line to mend, never guessed over.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
import tomllib
import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index.enrich.cities import Overrides


class SettingsError(Exception):
    """The settings cannot be used; the message says which file, what is wrong with it and what to write instead."""


@dataclass(frozen=True, slots=True)
class Source:
    """A paper or site whose stories the archive holds.

    Attributes:
        name: as the stories have it in `source`.
        home: the city it writes from ("Portland, Maine", a slug or a GeoNames id), or "".
    """

    name: str
    home: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What `settings.toml` says; the defaults are what a new archive starts with.

    Attributes:
        title: the archive's name on its pages.
        time_zone: IANA name of the newsroom's zone: which day a date-time belongs to, and what "today" was.
        locale: BCP 47 tag: how pages write dates and numbers, and whether 3/4/2017 is in March or in April.
        home: the newsroom's own city ("Portland, Maine", a slug or a GeoNames id), or "".
        ignore: patterns of files that folders may hold and `add` passes over (`*.bak`, `drafts/*`); at first what tells
            of a folder and is no story in it.
        web: choices for the pages, by name; `web.house` knows what they mean.
        sources: the papers, in the order of the file.
        overrides: the editors' decisions about single stories (`overrides.csv`), None where there are none.
    """

    title: str = "Morgue"
    time_zone: str = "UTC"
    locale: str = "en-US"
    home: str = ""
    ignore: tuple[str, ...] = ("README*", "settings.toml")
    web: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    overrides: Overrides | None = None

    @property
    def homes(self) -> dict[str, str]:
        """The home city of every source that has one, by the source's name or web address."""
        return {source.name: source.home for source in self.sources if source.home}

    @property
    def fingerprint(self) -> str:
        """Changes whenever a setting changes that decides dates or cities, so that stories are decided again."""
        decisive: list[Any] = [self.time_zone, self.locale, self.home, sorted(self.homes.items())]
        if self.overrides is not None:
            decisive.append(repr(self.overrides))
        return hashlib.blake2b(json.dumps(decisive).encode(), digest_size=6).hexdigest()


#: What a new archive's `settings.toml` holds: every setting with its default, explained.
TEMPLATE = """\
# Settings of this archive. Lines that begin with # are comments; remove the # to use a line.
# After a change of time_zone, locale, home or sources run `python -m index rebuild`: dates and cities
# of the stories already in the archive are then decided again.

# The archive's name, shown at the top of every page.
title = "Morgue"

# The newsroom's time zone, by its IANA name. What a paper gives in UTC alone is told by the clocks of its home town,
# where that is known, else in this zone.
time_zone = "UTC"
# time_zone = "America/New_York"

# How pages write dates and numbers ("en-GB", "de-DE"). With "en-US" and "en-PH" 3/4/2017 and 3-4-2017 are in March,
# with any other in April, in stories as in searches.
locale = "en-US"

# The newsroom's own city. A story that says "Main Street" or only "Portland" most likely means this one.
# home = "Portland, Maine"

# Files in folders that `add` passes over: patterns for a name, or for the end of a path ("*.bak", "drafts/*").
ignore = ["README*", "settings.toml"]

# The papers whose stories are here, by name or web address, and the city that each writes from.
# [sources."The Harbor Light"]
# home = "Portland, Maine"

# [web]
# Closes the pages with one shared password (put TLS in front of it): paste what `python -m web --hash-password`
# prints. Another site's scripts may read the API where cors_origin names it.
# password_hash = ""
# cors_origin = ""
"""


def read_settings(path: Path) -> Settings:
    """Read `settings.toml`; an absent file gives the defaults.

    Args:
        path: the file.

    Raises:
        SettingsError: the file is not TOML, or a setting in it is unknown or has a value that cannot be used.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise SettingsError(f"{path} cannot be read ({error.strerror}).") from error
    try:
        table = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path} is not UTF-8 text. Save it as UTF-8 and run the command again.") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is not valid TOML: {error}. Mend that line and run the command again.") from error
    return _settings(table, path)


def _settings(table: dict[str, Any], path: Path) -> Settings:
    known = [f.name for f in fields(Settings) if f.name != "overrides"]  # a table of its own
    for name in table:
        if name not in known:
            raise SettingsError(f'{path} has a setting "{name}" that does not exist{meant(name, known)}.')
    values: dict[str, Any] = {}
    for name, value in table.items():
        if name == "sources":
            values[name] = _sources(value, path)
        elif name == "ignore":
            if not isinstance(value, list) or not all(isinstance(pattern, str) for pattern in value):
                raise SettingsError(f'{path}: "ignore" must be a list of patterns, as in ["*.bak", "drafts/*"].')
            values[name] = tuple(value)
        elif name == "web":
            if not isinstance(value, dict) or not all(isinstance(choice, str) for choice in value.values()):
                raise SettingsError(f"{path}: [web] must be a section whose values are text in quotes.")
            values[name] = dict(value)
        elif isinstance(value, str) or (name == "home" and isinstance(value, int)):
            values[name] = str(value)
        else:
            raise SettingsError(f'{path}: "{name}" must be text in quotes.')
    settings = Settings(**values)
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", settings.locale):
        raise SettingsError(f'{path}: "locale" is "{settings.locale}"; write a tag as in "en-US" or "en-GB".')
    try:
        zoneinfo.ZoneInfo(settings.time_zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingsError(
            f'{path}: there is no time zone "{settings.time_zone}". Write its IANA name, as in "America/New_York".'
        ) from error
    return settings


def _sources(value: object, path: Path) -> tuple[Source, ...]:
    example = 'Write a section [sources."Name of the paper"] with the line home = "Portland, Maine" below it.'
    if not isinstance(value, dict):
        raise SettingsError(f'{path}: "sources" must be sections. {example}')
    sources = []
    for name, entry in value.items():
        if not isinstance(entry, dict):
            raise SettingsError(f'{path}: the source "{name}" must be a section. {example}')
        for key in entry:
            if key != "home":
                raise SettingsError(
                    f'{path}: the source "{name}" has a setting "{key}" that does not exist{meant(key, ["home"])}.'
                )
        home = entry.get("home", "")
        if not isinstance(home, str | int):
            raise SettingsError(f'{path}: the home of the source "{name}" must be text in quotes.')
        sources.append(Source(name, str(home)))
    return tuple(sources)


def meant(name: str, known: list[str]) -> str:
    """Return what to say, in brackets, behind a name that does not exist: the one that was meant, or all there are."""
    near = difflib.get_close_matches(name, known, n=1)
    return f' (did you mean "{near[0]}"?)' if near else f" (those that do: {', '.join(known)})"
