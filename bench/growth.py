"""python -m bench.growth: how a page's time grows with the archive, from result files of several sizes.

Measures nothing. The one idea: a class costs a fixed part and a part for every story, so that two large sizes give both
and, with them, an honest estimate for an archive ten times as large: honest, since it says what it is drawn from.

Example:
    for n in 10000 100000 1000000; do python -m bench --stories $n --engines morgue,tantivy --json $n.json; done
    python -m bench.growth 10000.json 100000.json 1000000.json --estimate 10000000 --plot growth.svg
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from bench.questions import KINDS
from bench.report import OURS


@dataclass(frozen=True, slots=True)
class Growth:
    """The median of one class and engine, in milliseconds, at each of `sizes` (stories, rising)."""

    kind: str
    engine: str
    sizes: tuple[int, ...]
    medians: tuple[float, ...]

    def at(self, stories: int) -> float:
        """Return milliseconds on the line through the two largest sizes, never less than at the largest.

        Example:
            >>> Growth("rare word", "Morgue", (100, 200), (1.0, 1.5)).at(400)
            2.5
        """
        (first, last), (low, high) = self.sizes[-2:], self.medians[-2:]
        return high + max(0.0, high - low) * (stories - last) / (last - first)


def growths(results: Sequence[dict[str, Any]], served: bool) -> list[Growth]:
    """Return one `Growth` for each class and engine that all of `results` (as `bench` writes them) have measured."""
    ordered = sorted(results, key=lambda result: int(result["stories"]))
    sizes = tuple(int(result["stories"]) for result in ordered)
    side = "served" if served else "answered"
    tables = [
        {(row["class"], row["engine"]): float(row[side]["median_ms"]) for row in result["classes"]}
        for result in ordered
    ]
    return [
        Growth(kind, engine, sizes, tuple(table[kind, engine] for table in tables))
        for kind, engine in tables[0]
        if all((kind, engine) in table for table in tables)
    ]


def table(found: Sequence[Growth], estimate: int | None) -> list[str]:
    """Return Markdown lines: a row for each class, a column for each engine and size, and Morgue's estimate."""
    by_key = {(each.kind, each.engine): each for each in found}
    engines = list(dict.fromkeys(each.engine for each in found))
    heads = [f"{engine}, {size:,}" for engine in engines for size in found[0].sizes]
    if estimate:
        heads.append(f"{OURS}, {estimate:,} (estimate)")
    out = ["| class | " + " | ".join(heads) + " |", "|---" * (1 + len(heads)) + "|"]
    for kind in KINDS:
        cells = [
            f"{median:.2f}" for engine in engines if (each := by_key.get((kind, engine))) for median in each.medians
        ]
        if estimate and (ours := by_key.get((kind, OURS))):
            cells.append(f"{ours.at(estimate):.1f}")
        if cells:
            out.append(f"| {kind} | " + " | ".join(cells) + " |")
    return out


def plot(found: Sequence[Growth], file: Path) -> None:
    """Draw a small picture for each class, both axes logarithmic, a line for each engine, and save it to `file`."""
    import matplotlib as mpl

    mpl.use("agg")
    mpl.rcParams |= {"svg.hashsalt": "growth", "font.size": 8, "svg.fonttype": "none"}
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(3, 5, figsize=(11, 6.2), sharex=True, sharey=True, layout="constrained")
    for axis, kind in zip(axes.flat, KINDS, strict=False):
        axis.set_title(kind)
        for each in found:
            if each.kind == kind:
                axis.plot(each.sizes, each.medians, marker="o", markersize=3, label=each.engine)
        axis.set_xscale("log")
        axis.set_yscale("log")
        axis.grid(alpha=0.3)
    spare = axes.flat[len(KINDS)]
    spare.axis("off")
    spare.legend(*axes.flat[0].get_legend_handles_labels(), loc="center", frameon=False)
    figure.supxlabel("stories")
    figure.supylabel("milliseconds, median")
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, metadata={"Date": None})
    pyplot.close(figure)


@click.command()
@click.argument("results", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--estimate", type=int, help="Also estimate Morgue's times for so many stories.")
@click.option("--plot", "picture", type=click.Path(path_type=Path), help="Draw the growth into this SVG file.")
def main(results: tuple[Path, ...], estimate: int | None, picture: Path | None) -> None:
    """Print how page times grow, from two or more RESULTS files that `python -m bench --json` wrote."""
    if len(results) < 2:
        raise click.UsageError("growth needs the results of two sizes or more; measure another with --json")
    read = [json.loads(file.read_text(encoding="utf-8")) for file in results]
    for served in (False, True):
        click.echo("As served, ms:\n" if served else "Engine's answer, ms:\n")
        click.echo("\n".join(table(growths(read, served), estimate)) + "\n")
    if picture:
        plot(growths(read, served=False), picture)


if __name__ == "__main__":
    main()
