"""python -m bench.places: how fast the cities of stories are found, beside geotext, a list of names and an expression.

Judges nothing: geotext finds names and says neither which of their cities is meant nor why. The one idea: both read the
same texts in turn, pass by pass in one process on one core, so that whatever else the machine does falls on both; the
best pass is the one that was disturbed least. What the gazetteer costs is asked of processes that do nothing else.

geotext is measured where it is installed (`pip install geotext`) and is no requirement of the project.

Example:
    python -m bench.places ../shared/corpora/lgl-dev.cities.jsonl.gz
"""

from __future__ import annotations

import importlib.util
import multiprocessing
import re
import time
import zlib
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

import click

from index.compiled import load_all
from index.enrich.cities import home_of, resolve_all
from index.enrich.cities.gazetteer import FILE, gazetteer
from index.intake import BATCH_RECORDS
from index.readers import Unreadable, draft, records
from index.record import Draft, Record

#: Processes that the gazetteer is opened in.
_PROCESSES = 5


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast one reads the stories.

    Attributes:
        name: whose it is.
        seconds: of the processor, pass by pass over all stories.
    """

    name: str
    seconds: tuple[float, ...]

    def best(self, stories: int) -> float:
        """Return stories a second in the fastest pass."""
        return stories / min(self.seconds)

    def median(self, stories: int) -> float:
        """Return stories a second in the middle one."""
        return stories / median(self.seconds)


@dataclass(frozen=True, slots=True)
class Opening:
    """What a process that has loaded the program pays to open the gazetteer and place its first story.

    Attributes:
        seconds: of the clock, until the gazetteer can be asked for a name.
        more: seconds for the tables of compiled loops and the first story.
        own: bytes of memory that it takes to itself; None where the system does not tell (`/proc/self/status`).
        shared: bytes of the mapped file in memory, which all processes share; likewise.
    """

    seconds: float
    more: float
    own: int | None
    shared: int | None


def openings(processes: int) -> list[Opening]:
    """Open the gazetteer in so many new processes, one after the other."""
    found = []
    for _ in range(processes):
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            found.append(pool.submit(_opened).result())
    return found


def _opened() -> Opening:
    import index.enrich.cities.resolver  # noqa: F401  # the program itself, compiled loops and all, is not counted

    load_all()
    own, shared = _memory()
    begun = time.perf_counter()
    gazetteer().entry("springfield")
    opened = time.perf_counter()
    resolve_all([Draft(headline="Ferry is late", body="PORTLAND, Maine (AP) — The ferry was late again.")], [""])
    done = time.perf_counter()
    own_now, shared_now = _memory()
    told = own is not None and shared is not None and own_now is not None and shared_now is not None
    grown = (own_now - own, shared_now - shared) if told else (None, None)  # type: ignore[operator]  # told
    return Opening(opened - begun, done - opened, *grown)


def _memory() -> tuple[int | None, int | None]:
    """Return the bytes in memory that are this process's own, and those of mapped files."""
    status = Path("/proc/self/status")
    told = dict(re.findall(r"^(Rss\w+):\s+(\d+) kB", status.read_text(), re.MULTILINE)) if status.exists() else {}
    own, mapped = told.get("RssAnon"), told.get("RssFile")
    return own and int(own) * 1024, mapped and int(mapped) * 1024


def drafts(files: Sequence[Path]) -> list[Draft]:
    """Return the clean stories of files, without those that cannot be read.

    Cities that a file gives are taken away: they are to be found.
    """
    found = []
    for record in records(map(str, files)):
        if isinstance(record, Record):
            try:
                found.append(replace(draft(record), cities=()))
            except Unreadable:
                continue
    return found


def paces(stories: Sequence[Draft], passes: int) -> list[Pace]:
    """Let each read all stories `passes` times, ours in batches as `add` does; one pass before is not counted."""
    homes = [home_of(story.source, story.url) for story in stories]
    texts = [f"{story.headline}\n\n{story.body}" for story in stories]

    def with_homes() -> None:
        for first in range(0, len(stories), BATCH_RECORDS):
            resolve_all(stories[first : first + BATCH_RECORDS], homes[first : first + BATCH_RECORDS])

    def without_homes() -> None:
        for first in range(0, len(stories), BATCH_RECORDS):
            batch = stories[first : first + BATCH_RECORDS]
            resolve_all(batch, [""] * len(batch))

    readers: dict[str, Callable[[], None]] = {
        "Morgue, papers' homes known": with_homes,
        "Morgue, homes unknown": without_homes,
    }
    if importlib.util.find_spec("geotext"):
        from geotext import GeoText

        def geotext() -> None:
            for text in texts:
                GeoText(text)

        readers["geotext"] = geotext
    seconds: dict[str, list[float]] = {name: [] for name in readers}
    for turn in range(passes + 1):
        for name, read in readers.items():
            begun = time.process_time()
            read()
            if turn:
                seconds[name].append(time.process_time() - begun)
    return [Pace(name, tuple(spent)) for name, spent in seconds.items()]


def lines(found: Sequence[Pace], stories: Sequence[Draft]) -> list[str]:
    """Return the table as Markdown lines; ratios are of the best passes."""
    count = len(stories)
    words = sum(len(story.headline.split()) + len(story.body.split()) for story in stories) / count
    theirs = next((pace for pace in found if pace.name == "geotext"), None)
    passes = len(found[0].seconds)
    out = [f"## Finding the cities of {count:,} stories of {words:,.0f} words, one core, {passes} passes", ""]
    out += ["| | stories/s, best | stories/s, median | of geotext's rate |", "|---|---|---|---|"]
    for pace in found:
        share = f"{pace.best(count) / theirs.best(count):.2f}" if theirs and pace is not theirs else ""
        out.append(f"| {pace.name} | {pace.best(count):,.0f} | {pace.median(count):,.0f} | {share} |")
    return out


def gazetteer_lines(found: Sequence[Opening]) -> list[str]:
    """Return what the gazetteer costs, as Markdown lines: medians over the processes."""
    data = FILE.read_bytes()
    out = [f"## The gazetteer, in {len(found)} processes that only placed one story", "", "| | |", "|---|---|"]
    out.append(f"| its file, MB (compressed) | {len(data) / 1e6:.1f} ({len(zlib.compress(data, 9)) / 1e6:.1f}) |")
    out.append(f"| to open it, s | {median(each.seconds for each in found):.3f} |")
    out.append(f"| tables and first story, s more | {median(each.more for each in found):.3f} |")
    own, shared = [each.own for each in found if each.own], [each.shared for each in found if each.shared]
    if own and shared:
        out.append(f"| memory of the process's own, MB | {median(own) / 1e6:.1f} |")
        out.append(f"| mapped files in memory, shared by processes, MB | {median(shared) / 1e6:.1f} |")
    return [*out, ""]


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--passes", default=15, show_default=True, help="Counted passes of each over all stories.")
def main(files: tuple[Path, ...], passes: int) -> None:
    """Measure what the gazetteer costs, and how fast the cities of stories are found."""
    stories = drafts(files)
    if not stories:
        raise click.ClickException("there is no story in these files")
    if not importlib.util.find_spec("geotext"):
        click.echo("geotext is not installed and left out: pip install geotext", err=True)
    click.echo("\n".join(gazetteer_lines(openings(_PROCESSES))))
    click.echo("\n".join(lines(paces(stories, passes), stories)))


if __name__ == "__main__":
    main()
