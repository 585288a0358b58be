"""How long work goes on: a bar on a terminal, plain lines anywhere else. All of it on standard error.

Only showing; nothing here decides. The one idea: numbers a person waits for (stories so far, how many a second, how
long it will take), and lines that read well in the log of a nightly job.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.record import Refusal

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

#: Seconds between two plain lines, and between two looks of the bar.
_LINE_EVERY = 10.0
_BAR_EVERY = 0.1

#: Refusals told one by one; the rest are counted and listed by `stats`.
_TOLD = 20


class Display:
    """Shows the work of one command; a `Watcher` of `index.intake`.

    Attributes:
        refusals: how many records were refused.
    """

    def __init__(self, bar: Progress | None, total_bytes: int | None = None) -> None:
        self.refusals = 0
        self._bar = bar
        self._total = total_bytes
        self._task: TaskID | None = None
        self._phase = ""
        self._last = time.monotonic()
        self._begun = {"reading": self._last}
        self._read = self._size = 0

    def read(self, records: int, size: int) -> None:
        """Show that so many more records are read."""
        self._read += records
        self._size += size
        self._show("reading", self._read, self._size, self._total)

    def refused(self, refusal: Refusal) -> None:
        """Show what cannot be read, and why."""
        self.refusals += 1
        if self.refusals <= _TOLD:
            self.say(in_words(refusal))
        elif self.refusals == _TOLD + 1:
            self.say("More is refused; `python -m index stats` lists it all at the end.")

    def indexing(self, done: int, total: int) -> None:
        """Show how many of the stories due are in the index."""
        self._show("indexing", done, done, total)

    def remade(self, done: int, total: int) -> None:
        """Show how many of the versions due are made again."""
        self._show("making again", done, done, total)

    def say(self, sentence: str) -> None:
        """Print a sentence above the bar."""
        if self._bar is not None:
            self._bar.console.print(sentence, markup=False, highlight=False, soft_wrap=True)
        else:
            print(sentence, file=sys.stderr, flush=True)  # the command's own voice

    def _show(self, phase: str, stories: int, done: int, total: int | None) -> None:
        now = time.monotonic()
        fresh = phase != self._phase
        if fresh and phase != "reading":  # reading goes on between the indexing of one part and the next
            self._begun[phase] = now
        self._phase = phase
        if not fresh and now - self._last < (_BAR_EVERY if self._bar is not None else _LINE_EVERY):
            return
        spent = now - self._begun[phase]
        rate = stories / spent if spent > 0 else 0.0
        shown_total = None if total is None else max(total, done)
        if self._bar is None:
            if not fresh and now - self._last >= _LINE_EVERY:
                of = f" of {total:,}" if total and phase != "reading" else ""
                self.say(f"{phase}: {stories:,}{of} stories, {rate:,.0f} a second")
                self._last = now
            return
        self._last = now
        text = f"{stories:,} stories, {rate:,.0f}/s" if rate else f"{stories:,} stories"
        if self._task is None or fresh:
            if self._task is not None:
                self._bar.remove_task(self._task)
            self._task = self._bar.add_task(phase, total=shown_total, told=text)
        self._bar.update(self._task, completed=done, total=shown_total, told=text)
        self._bar.refresh()


@contextlib.contextmanager
def display(paths: Sequence[str] = ()) -> Iterator[Display]:
    """Show the work of a command while the context lasts.

    Args:
        paths: what will be read; their size tells how much is left.
    """
    if not sys.stderr.isatty():
        yield Display(None)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[told]}"),
        TimeRemainingColumn(),
    )
    # Refreshed by hand: a thread of its own would not survive the forking of workers.
    with Progress(*columns, console=Console(stderr=True), auto_refresh=False, transient=True) as bar:
        yield Display(bar, _size(paths))


def in_words(refusal: Refusal) -> str:
    """Return a refusal as one line: where, and why."""
    where = "standard input" if refusal.path == "-" else refusal.path
    return f"{where}{'' if refusal.record is None else f', record {refusal.record}'}: {refusal.reason}"


def _size(paths: Sequence[str]) -> int | None:
    """Return how many bytes the paths hold, unpacked; None where that cannot be known beforehand."""
    total = 0
    for path in map(Path, paths):
        if not path.exists():
            return None
        files = (path,) if path.is_file() else (Path(top) / name for top, _, names in os.walk(path) for name in names)
        for file in files:
            with contextlib.suppress(OSError):
                total += _unpacked_size(file)
    return total


def _unpacked_size(file: Path) -> int:
    size = file.stat().st_size
    if file.suffix.lower() != ".gz" or size < 18:
        return size
    with file.open("rb") as stream:  # a gzip file ends with its unpacked size, modulo 4 GiB (RFC 1952)
        stream.seek(-4, os.SEEK_END)
        return max(int.from_bytes(stream.read(4), "little"), size)
