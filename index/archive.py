"""The archive as a directory: what lies where, that it exists, and that only one command writes to it at a time.

No stories are read or written here; `index.store` keeps them and `index.embedded` makes them searchable. The one idea:
everything that belongs to an archive lies below one directory, so that copying or mounting it is all a move takes.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from index.settings import TEMPLATE, Settings, SettingsError, read_settings

#: The archive's place where neither `--archive` nor the environment's MORGUE_ARCHIVE names one.
DEFAULT = "archive"


class ArchiveError(Exception):
    """Something about the archive keeps a command from working; the message says what, where, and what to do."""


class NoArchive(ArchiveError):  # noqa: N818  # reads as the sentence it stands for
    """There is no archive at this place."""


class ArchiveLocked(ArchiveError):  # noqa: N818
    """Another command is writing to the archive."""


@dataclass(frozen=True, slots=True)
class ArchiveDirectory:
    """The places inside one archive.

    Attributes:
        path: the archive's directory, which need not exist yet.
    """

    path: Path

    @property
    def settings_file(self) -> Path:
        """What the newsroom says about itself."""
        return self.path / "settings.toml"

    @property
    def overrides_file(self) -> Path:
        """The newsroom's own decisions about single stories."""
        return self.path / "overrides.csv"

    @property
    def sources_file(self) -> Path:
        """The papers and the cities they write from."""
        return self.path / "sources.csv"

    @property
    def learned_file(self) -> Path:
        """Homes of papers that a rebuild has learned from their stories; made anew by each."""
        return self.path / "learned.csv"

    @property
    def store_file(self) -> Path:
        """The truth: every record that was accepted."""
        return self.path / "store.sqlite"

    @property
    def index_directory(self) -> Path:
        """What searching reads; made from the store, and made again whenever needed."""
        return self.path / "index"

    def settings(self) -> Settings:
        """Return the archive's settings, the defaults where it has none, with its papers and its editors' decisions.

        Raises:
            SettingsError: a file cannot be used.
        """
        settings = self.told()
        if self.learned_file.exists():
            from index.sources import read_learned

            # Later ones win: what people say is never overruled by what was learned.
            settings = replace(settings, sources=(*read_learned(self.learned_file), *settings.sources))
        if not self.overrides_file.exists():
            return settings
        from index.enrich.cities import OverridesError, read_overrides  # few archives need it

        try:
            return replace(settings, overrides=read_overrides(self.overrides_file))
        except OverridesError as error:
            raise SettingsError(str(error)) from None

    def checked_settings(self) -> Settings:
        """Return the archive's settings once it is certain that `settings.toml` gives papers one home, on the map.

        Whoever decides cities asks for these; readers need no homes, and looking takes a moment.

        Raises:
            SettingsError: a file cannot be used, or a home is no city, or might be several, or a paper has two.
        """
        written = read_settings(self.settings_file)
        if not written.home and not written.homes:
            return self.settings()
        from index.enrich.cities.homes import paper_key  # the gazetteer takes a moment to load
        from index.sources import on_the_map

        if written.home:
            on_the_map(written.home, f'{self.settings_file}, "home"')
        papers: dict[str, str] = {}
        for name, home in written.homes.items():
            if (before := papers.setdefault(paper_key(name), name)) != name:
                raise SettingsError(
                    f'{self.settings_file}: "{name}" and "{before}" are the same paper; keep one of the two sections.'
                )
            on_the_map(home, f'{self.settings_file}, "home" of the source "{name}"')
        return self.settings()

    def told(self) -> Settings:
        """Return what people say in `settings.toml` and `sources.csv`, without what was learned and decided.

        Raises:
            SettingsError: a file cannot be used.
        """
        settings = read_settings(self.settings_file)
        if not self.sources_file.exists():
            return settings
        from index.sources import read_sources

        return replace(settings, sources=(*settings.sources, *read_sources(self.sources_file)))

    def must_exist(self) -> None:
        """Raise `NoArchive` unless this directory is an archive."""
        self._must_be_no_file()
        if not self.path.is_dir():
            raise NoArchive(
                f"There is no archive at {self.path}. `python -m index add PATH... --archive {self.path}` makes one; "
                "--archive or MORGUE_ARCHIVE names another place."
            )
        if not self.store_file.exists():
            raise NoArchive(
                f"{self.path} is not an archive: it holds no {self.store_file.name}. "
                "--archive or MORGUE_ARCHIVE names another place."
            )

    def create(self) -> bool:
        """Make the directory with a commented `settings.toml` where they are missing.

        Returns:
            True where the directory was not an archive before.

        Raises:
            ArchiveError: the directory cannot be made, or holds something else.
        """
        self._must_be_no_file()
        new = not self.store_file.exists()
        try:
            if new and self.path.is_dir() and not self._could_become_one():
                raise ArchiveError(
                    f"{self.path} holds other files and is not an archive. Name a new or an empty directory."
                )
            self.path.mkdir(parents=True, exist_ok=True)
            if not self.settings_file.exists():
                written = self.settings_file.with_suffix(".new")
                written.write_text(TEMPLATE, encoding="utf-8")
                written.replace(self.settings_file)
        except OSError as error:
            raise ArchiveError(f"The archive {self.path} cannot be made: {error.strerror or error}.") from error
        return new

    def _must_be_no_file(self) -> None:
        if self.path.exists() and not self.path.is_dir():
            raise NoArchive(
                f"{self.path} is a file, and an archive is a directory; --archive or MORGUE_ARCHIVE names it."
            )

    def _could_become_one(self) -> bool:
        files = (self.settings_file, self.sources_file, self.overrides_file)
        own = (*(file.name for file in files), "lock", "settings.new")
        return all(entry.name in own or entry.name.startswith(".") for entry in self.path.iterdir())

    @contextlib.contextmanager
    def writing(self, command: str) -> Iterator[None]:
        """Hold the archive for one writing command; the operating system lets go of it however the command ends.

        Args:
            command: what is being done, told to whoever finds the archive held.

        Raises:
            ArchiveLocked: another command holds it.
            ArchiveError: the directory cannot be written to.
        """
        lock = self.path / "lock"
        try:
            handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        except OSError as error:
            raise ArchiveError(f"The archive {self.path} cannot be written to: {error.strerror}.") from error
        try:
            try:
                # A record lock, not flock(): forked workers that outlive a killed command must not keep it.
                fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                if error.errno not in (errno.EAGAIN, errno.EACCES):
                    raise ArchiveError(f"The archive {self.path} cannot be locked: {error.strerror}.") from error
                holder = os.read(handle, 200).decode("utf-8", "replace").strip() or "another command"
                raise ArchiveLocked(
                    f"The archive {self.path} is being written to by {holder}. Searching goes on; "
                    "wait until it is done, then run this again."
                ) from error
            os.ftruncate(handle, 0)
            os.pwrite(handle, f"`{command}` (process {os.getpid()})".encode(), 0)
            yield
            os.ftruncate(handle, 0)
        finally:
            os.close(handle)
