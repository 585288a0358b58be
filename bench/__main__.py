"""python -m bench: build the same pseudo-archive in every engine, ask all of them the same questions, print one table.

Examples:
    python -m bench --stories 20000
    python -m bench --stories 200000 --engines morgue,tantivy --json results.json
    python -m bench --stories 200000 --writing
    python -m bench --stories 20000 --pipeline
    python -m bench --pipeline --file our-stories.jsonl
    python -m bench --stories 1000000 --arriving --keep archives
"""

from __future__ import annotations

import importlib.util
import json
import tempfile
from dataclasses import asdict
from pathlib import Path

import click

from bench.arriving import arrivals
from bench.arriving import lines as arriving_lines
from bench.corpus import Corpus
from bench.engine import Engine
from bench.helping import helped
from bench.helping import lines as helping_lines
from bench.measure import ask, build
from bench.pipeline import lines as pipeline_lines
from bench.pipeline import pipeline
from bench.questions import draw
from bench.report import as_json, lines
from bench.writing import lines as writing_lines
from bench.writing import write

_NAMES = ("morgue", "tantivy", "sqlite", "whoosh", "xapian", "opensearch")
_MISSING = {
    "tantivy": "tantivy is not installed and left out: pip install -r requirements-bench.txt",
    "opensearch": "No OpenSearch server answers at MORGUE_BENCH_OPENSEARCH (or http://localhost:9200); it is left out.",
    "xapian": "Xapian is not installed and left out: on Debian or Ubuntu, apt install python3-xapian",
}


def _engines(names: list[str], stories: int) -> list[Engine]:
    from bench.morgue import Morgue
    from bench.opensearch_peer import OpenSearch
    from bench.sqlite_peer import Sqlite
    from bench.tantivy_peer import Tantivy
    from bench.whoosh_peer import StockWhoosh
    from bench.xapian_peer import Xapian

    engines: tuple[Engine, ...] = (Morgue(), Tantivy(), Sqlite(), StockWhoosh(), Xapian(), OpenSearch())
    known = dict(zip(_NAMES, engines, strict=True))
    chosen = []
    for name in names:
        if name not in known:
            raise click.BadParameter(f"no engine is called {name}; there are {', '.join(known)}")
        if not _present(name):
            click.echo(_MISSING[name], err=True)
        elif (most := known[name].most) is not None and stories > most:
            click.echo(f"{name} is measured up to {most:,} stories and left out.", err=True)
        else:
            chosen.append(known[name])
    return chosen


def _present(name: str) -> bool:
    if name == "xapian":
        from bench import xapian_peer

        return xapian_peer.present()
    if name == "opensearch":
        from bench import opensearch_peer

        return opensearch_peer.present()
    return name not in _MISSING or importlib.util.find_spec(name) is not None


@click.command()
@click.option("--stories", default=20_000, show_default=True, help="Size of the archive.")
@click.option("--engines", default=",".join(_NAMES), show_default=True, help="Which, by comma.")
@click.option("--each", default=20, show_default=True, help="Questions of each class.")
@click.option("--repeats", default=5, show_default=True, help="Counted repeats of each question, after one uncounted.")
@click.option("--keep", type=click.Path(path_type=Path), help="Keep the indexes in this folder, and use what is there.")
@click.option("--json", "results", type=click.Path(path_type=Path), help="Write all figures to this file.")
@click.option("--writing", is_flag=True, help="Only write: rate, size of every part, what one story more costs.")
@click.option("--pipeline", "piped", is_flag=True, help="Only add files, with everything on: rate, and where it goes.")
@click.option("--arriving", is_flag=True, help="Only add single stories to an archive with its store.")
@click.option(
    "--file",
    "files",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="With --pipeline: add these stories of yours in place of the made-up ones.",
)
@click.option(
    "--helping", is_flag=True, help="Only time completion, did you mean, related and covered beside the page."
)
def main(
    stories: int,
    engines: str,
    each: int,
    repeats: int,
    keep: Path | None,
    results: Path | None,
    writing: bool,
    piped: bool,
    arriving: bool,
    files: tuple[Path, ...],
    helping: bool,
) -> None:
    """Measure Morgue beside its peers, in one run."""
    if helping:
        with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
            directory = (keep or Path(scratch)) / str(stories) / "morgue"
            if not directory.exists():
                build(_engines(["morgue"], stories)[0], Corpus(stories), directory)
            timed = helped(directory, Corpus(stories), each, repeats)
        click.echo("\n".join(helping_lines(timed, stories)))
        if results:
            results.write_text(json.dumps([asdict(one) for one in timed], indent=1) + "\n", encoding="utf-8")
        return
    if arriving:
        with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
            found = arrivals(stories, (keep or Path(scratch)) / str(stories) / "kept")
        click.echo("\n".join(arriving_lines(found, stories)))
        if results:
            results.write_text(json.dumps([asdict(one) for one in found], indent=1) + "\n", encoding="utf-8")
        return
    if piped:
        done = pipeline(stories, files, "tantivy" in engines.split(",") and _present("tantivy"))
        click.echo("\n".join(pipeline_lines(done)))
        if results:
            results.write_text(json.dumps(asdict(done), indent=1) + "\n", encoding="utf-8")
        return
    if writing:
        with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
            written = write(stories, (keep or Path(scratch)) / str(stories), tuple(engines.split(",")))
        click.echo("\n".join(writing_lines(written)))
        if results:
            results.write_text(json.dumps(asdict(written), indent=1) + "\n", encoding="utf-8")
        return
    chosen = _engines(engines.split(","), stories)
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        home = (keep or Path(scratch)) / str(stories)
        builds = []
        for engine in chosen:
            directory = home / engine.name.replace(" ", "-").lower()
            if not directory.exists():
                click.echo(f"Building {engine.name} …", err=True)
                made = build(engine, Corpus(stories), directory)
                builds += [made] if engine.name != "OpenSearch" else []
            engine.open(directory)
        click.echo("Asking …", err=True)
        timings = ask(chosen, draw(Corpus(stories), each), repeats)
    click.echo("\n".join(lines(builds, timings, stories, chosen)))
    if results:
        results.parent.mkdir(parents=True, exist_ok=True)
        results.write_text(json.dumps(as_json(builds, timings, stories, chosen), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
