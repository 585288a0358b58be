"""The commands of the write side: `python -m index add | inspect | export | rebuild | verify | stats`.

Only the talking: options in, sentences out, exit codes; the work is done by the modules named in each command, which
are imported when it runs, so that `--help` answers at once. The one idea: every command ends with a sentence a
reporter understands, on whatever went wrong too.

Exit codes: 0 all is well; 1 it ran, but something was refused or found damaged; 2 it could not run; 130 stopped by
the user.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import click

#: Where stories are refused or damage is found.
SOME_REFUSED = 1
STOPPED = 130


class Failure(click.ClickException):
    """The command cannot do what was asked; the message says why and what to do."""

    exit_code = 2


def _place(_: click.Context, __: click.Parameter, value: str) -> Any:
    from index.archive import ArchiveDirectory

    if "://" in value:
        raise Failure(f"{value} is the address of a cluster; this release keeps archives in directories only.")
    return ArchiveDirectory(Path(value))


archive_option = click.option(
    "--archive",
    envvar="MORGUE_ARCHIVE",
    default="archive",
    show_default="MORGUE_ARCHIVE, else ./archive",
    metavar="DIR",
    callback=_place,
    help="The archive's directory.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of sentences.")
format_option = click.option(
    "--format", default="auto", metavar="NAME", help="How to read the files; by content and suffix unless named."
)
source_option = click.option(
    "--source",
    default="",
    metavar="NAME",
    callback=lambda _, __, name: name.encode("utf-8", "replace").decode(),
    help="The paper that the stories are from.",
)
date_from_option = click.option(
    "--date-from",
    type=click.Choice(["mtime"]),
    help="Date stories that have no date by their file's modification time.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Put stories into an archive and keep it in order."""


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@archive_option
@format_option
@source_option
@date_from_option
@json_option
def add(paths: tuple[str, ...], archive: Any, format: str, source: str, date_from: str | None, as_json: bool) -> None:
    """Add stories from files, folders, patterns or standard input (-).

    What is there already is passed over; an edited story becomes a new version. A file that cannot be read is named
    with the reason and stops nothing. After an interruption, run the same command again.
    """
    from dataclasses import asdict

    from index import intake
    from index.progress import display

    _check_format(format)
    absent = intake.missing(paths)
    for path in absent:
        click.echo(f"{path}: there is no such file or folder; check the spelling.", err=True)
    present = [path for path in paths if path not in absent]
    if not present:
        raise Failure("Nothing to add.")
    begun = time.monotonic()
    with _plain_errors(), _stopping() as stopping, display(present) as shown:
        added = intake.add(
            archive, present, shown, format=format, source=source, date_from=date_from, stopping=stopping
        )
    seconds = time.monotonic() - begun
    counts = added.accepted
    if as_json:
        _print_json(
            {
                "new": counts.new,
                "versions": counts.versions,
                "unchanged": counts.unchanged,
                "refused": counts.refused + len(absent),
                "indexed": added.indexed,
                "stopped": added.stopped,
                "learned": [asdict(home) for home in added.learned],
                "seconds": round(seconds, 3),
            }
        )
    else:
        click.echo(
            f"{counts.new:,} new, {counts.versions:,} new versions, {counts.unchanged:,} unchanged, "
            f"{counts.refused:,} refused; {added.indexed:,} indexed in {_time(seconds)}"
            f"{_rate(counts.new + counts.versions, seconds)}."
        )
    for home in added.learned:
        again = "its story" if home.stories == 1 else f"its {home.stories:,} earlier stories"
        click.echo(
            f"Learned the home of {home.paper}: {home.home}; `python -m index rebuild` decides {again} again.", err=True
        )
    if added.outdated:
        click.echo(
            f"{_count(added.outdated, 'version')} in the archive would turn out otherwise with this release or these "
            "settings; `python -m index rebuild` makes them again.",
            err=True,
        )
    if added.stopped:
        click.echo("Stopped. All of this is safe and can be searched; the same command goes on from here.", err=True)
        sys.exit(STOPPED)
    if counts.refused:
        click.echo(
            f"{_count(counts.refused, 'record')} could not be read; `python -m index stats` lists the reasons.",
            err=True,
        )
    if counts.refused or absent:
        sys.exit(SOME_REFUSED)


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@archive_option
@format_option
@source_option
@date_from_option
def inspect(paths: tuple[str, ...], archive: Any, format: str, source: str, date_from: str | None) -> None:
    """Print what would be added, one JSON object a line; write nothing.

    The settings of the archive apply where there is one.
    """
    from index import intake
    from index.making import maker
    from index.packing import unpack_article, unpack_raw
    from index.progress import in_words
    from index.record import Refusal

    _check_format(format)
    refused = 0
    with _plain_errors():
        making = maker(archive.checked_settings())
        for item in intake.inspect(paths, making, archive.path, format=format, source=source, date_from=date_from):
            if isinstance(item, Refusal):
                refused += 1
                click.echo(in_words(item), err=True)
                continue
            article = unpack_article(item.article, unpack_raw(item.raw), item.ids[0])
            _print_json({**article.to_json(), "path": item.path, "record": item.record})
    if refused:
        sys.exit(SOME_REFUSED)


@main.command()
@archive_option
@click.option("--versions", is_flag=True, help="Print earlier versions too, each before the one that replaced it.")
def export(archive: Any, versions: bool) -> None:
    """Print the whole archive as JSON lines, in the order of arrival.

    `python -m index add` reads them back; with --versions the archive's history too.
    """
    from index.store import Store

    with _plain_errors():
        archive.must_exist()
        with Store(archive.store_file) as store:
            for story in store.stories():
                for article in (*story.earlier, story.article) if versions else (story.article,):
                    _print_json(article.to_json())


@main.command()
@archive_option
@json_option
@click.option("--only-overrides", is_flag=True, help="Apply overrides.csv to the stories it names, at once.")
def rebuild(archive: Any, as_json: bool, only_overrides: bool) -> None:
    """Build the index anew from the store while searches go on.

    Papers' homes are learned from their stories first, where nobody has told them; then stories whose cleaning, dates
    or cities this release or the settings decide differently are made again from their raw records.
    """
    from index import rebuild as work
    from index.progress import display, in_words

    begun = time.monotonic()
    with _plain_errors(), _stopping() as stopping, display() as shown:
        task = work.rebuild_overrides if only_overrides else work.rebuild
        done = task(archive, shown, stopping=stopping)
    seconds = time.monotonic() - begun
    for refusal in done.kept:
        click.echo(f"Kept as it was: {in_words(refusal)}", err=True)
    if as_json:
        _print_json(
            {
                "stories": done.stories,
                "remade": done.remade,
                "different": done.different,
                "kept": [_refusal(refusal) for refusal in done.kept],
                "generation": done.generation,
                "seconds": round(seconds, 3),
            }
        )
    elif only_overrides:
        click.echo(
            f"Applied overrides.csv: {_count(done.remade, 'version')} made again, {done.different:,} of them "
            f"differently; generation {done.generation}."
        )
    else:
        again = f"; {done.remade:,} versions made again, {done.different:,} of them differently" if done.remade else ""
        click.echo(
            f"Rebuilt the index: {_count(done.stories, 'story', 'stories')} in {_time(seconds)}"
            f"{_rate(done.stories, seconds)}{again}. It is generation {done.generation}."
        )


@main.command()
@archive_option
@json_option
def verify(archive: Any, as_json: bool) -> None:
    """Check the store, the index, and each against the other; change nothing."""
    from index import rebuild as work
    from index.progress import display

    with _plain_errors(), display() as shown:
        verdict = work.verify(archive, shown)
    if as_json:
        _print_json(
            {
                "sound": not verdict.problems,
                "stories": verdict.stories,
                "versions": verdict.versions,
                "waiting": verdict.waiting,
                "problems": list(verdict.problems),
            }
        )
    elif verdict.problems:
        for problem in verdict.problems:
            click.echo(problem)
    else:
        click.echo(
            f"Sound: {_count(verdict.stories, 'story', 'stories')} in {_count(verdict.versions, 'version')}, "
            "every one in the index as it is in the store."
        )
    if verdict.problems:
        sys.exit(SOME_REFUSED)


@main.command()
@archive_option
@json_option
def stats(archive: Any, as_json: bool) -> None:
    """Tell what the archive holds and what could not be read."""
    from dataclasses import asdict

    from index.progress import in_words
    from index.rebuild import generation_name
    from index.settings import read_settings
    from index.store import Store

    with _plain_errors():
        archive.must_exist()
        with Store(archive.store_file) as store:
            numbers, refused = store.statistics(), list(store.refusals())
        generation, title = generation_name(archive), read_settings(archive.settings_file).title
    if as_json:
        told = asdict(numbers) | {"refused": [_refusal(refusal) for refusal in refused], "generation": generation}
        _print_json(told)
        return
    click.echo(f"{title}: {_count(numbers.stories, 'story', 'stories')}")
    for label, count in (
        ("versions", numbers.versions),
        ("copies of another story", numbers.copies),
        ("without a date", numbers.undated),
        ("without a city", numbers.cityless),
        ("with a city the gazetteer lacks", numbers.unresolved_cities),
        ("records refused", len(refused)),
    ):
        click.echo(f"{count:>12,}  {label}")
    click.echo(f"{generation or 'none yet':>12}  generation of the index")
    for title, by in (("By source", numbers.by_source), ("By year", numbers.by_year)):
        if by:
            click.echo(f"\n{title}")
            for name, count in by.items():
                click.echo(f"{count:>12,}  {name or '(not said)'}")
    if refused:
        click.echo("\nRefused")
        for refusal in refused:
            click.echo(f"  {in_words(refusal)}")


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Turn what keeps a command from working into a sentence and an exit code."""
    import errno

    from index.archive import ArchiveError
    from index.settings import SettingsError

    try:
        yield
    except (ArchiveError, SettingsError, ChildProcessError) as error:
        raise Failure(str(error)) from error
    except KeyboardInterrupt:
        click.echo("Stopped. What was accepted is safe; the same command goes on from here.", err=True)
        sys.exit(STOPPED)
    except BrokenPipeError:
        # Whoever read our output has had enough (`export | head`).
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise Failure(
                "The disk is full. What was accepted is safe; make room and run the same command again to go on."
            ) from error
        raise Failure(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}.") from error
    except Exception as error:
        if type(error).__module__.startswith("index.embedded"):
            raise Failure(str(error)) from error
        if os.environ.get("MORGUE_DEBUG"):
            raise
        raise Failure(
            f"Morgue failed ({type(error).__name__}: {error}). What was accepted is safe. This is a fault of the "
            "program: please report it with what the same command prints when MORGUE_DEBUG=1 is set."
        ) from error


@contextmanager
def _stopping() -> Iterator[Callable[[], bool]]:
    """Let the first Ctrl-C (or SIGTERM) end the work after the batch in hand; the second ends it at once."""
    asked = False

    def stop(number: int, _: FrameType | None) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True
        click.echo("Stopping after the batch in hand; press Ctrl-C again to stop at once.", err=True)

    before = [(number, signal.signal(number, stop)) for number in (signal.SIGINT, signal.SIGTERM)]
    try:
        yield lambda: asked
    finally:
        for number, handler in before:
            signal.signal(number, handler)


def _check_format(name: str) -> None:
    if name == "auto":
        return
    from index import readers

    if name not in readers.formats():
        raise Failure(f"There is no format {name}; choose auto, {', '.join(readers.formats())}.")


def _refusal(refusal: Any) -> dict[str, Any]:
    return {"path": refusal.path, "record": refusal.record, "reason": refusal.reason}


def _print_json(form: dict[str, Any]) -> None:
    click.echo(json.dumps(form, ensure_ascii=False).encode("utf-8", "replace"))  # UTF-8 whatever the locale


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _time(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.1f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"


def _rate(number: int, seconds: float) -> str:
    return f" ({number / seconds:,.0f} stories a second)" if number >= 100 and seconds > 0 else ""


if __name__ == "__main__":
    main(prog_name="python -m index")
