"""`python -m web.compile_outlines`: make `web/data/outlines.json` from the outlines of world-atlas and us-atlas.

Run when the outlines change, which is hardly ever; the pages only read the result. The one idea: both sources are
TopoJSON, where neighbours share one line between them, so a line that is simplified once stays shared and no gap opens.

    npm pack world-atlas@2 us-atlas@3      # unpack both; any folder will do
    python -m web.compile_outlines world-atlas/countries-50m.json us-atlas/states-albers-10m.json

The countries are Natural Earth's at 1:50,000,000 and the states the U.S. Census Bureau's at 1:10,000,000, already drawn
in the projection `web.atlas.albers_usa`; both are in the public domain.

The result has a notice and two drawings: `step` is the width of the grid; `lines` are flat lists of steps (dx, dy, dx,
dy, …) from (0, 0); `shapes` are lists of rings, and a ring is a list of lines, where ~n stands for line n backwards, as
in TopoJSON (https://github.com/topojson/topojson-specification).
"""

from __future__ import annotations

import heapq
import json
from pathlib import Path
from typing import Any

import click

from web.atlas import FILE

Point = tuple[int, int]
Line = list[Point]

NOTICE = (
    "Countries: Natural Earth (naturalearthdata.com), by way of world-atlas 2. States: U.S. Census Bureau, by way of "
    "us-atlas 3. The outlines are in the public domain; both packages are copyright Mike Bostock, ISC licence."
)

_ANTARCTICA = "010"


@click.command()
@click.argument("countries", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("states", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(countries: Path, states: Path) -> None:
    """Simplify the outlines of COUNTRIES and STATES into one small file."""
    world = json.loads(countries.read_text(encoding="utf-8"))
    union = json.loads(states.read_text(encoding="utf-8"))
    form: dict[str, Any] = {
        "notice": NOTICE,
        "world": simplified(world, "countries", step=0.05, least=0.025, smallest=0.15),
        "states": simplified(union, "states", step=0.1, least=0.4, smallest=1.5),
    }
    text = json.dumps(form, separators=(",", ":"))
    FILE.write_text(text + "\n", encoding="utf-8")
    points = [sum(map(len, form[name]["lines"])) // 2 for name in ("world", "states")]
    click.echo(f"{FILE}: {len(text):,} bytes, {points[0]:,} points of the world and {points[1]:,} of the states")


def simplified(topology: dict[str, Any], name: str, step: float, least: float, smallest: float) -> dict[str, Any]:
    """Return the topology of one object of `topology`, on a coarser grid and with fewer points.

    Args:
        topology: quantised TopoJSON.
        name: the object of it to keep.
        step: width of the new grid, in the units of the source (degrees, or points of the drawing).
        least: points whose triangle with their neighbours is smaller than this go (square units).
        smallest: rings with a smaller area go, unless they are all that a geometry has (square units).
    """
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = [_absolute(arc, scale, shift, step) for arc in topology["arcs"]]
    lines = [thinned(line, least / step**2) for line in lines]
    geometries = []
    for geometry in topology["objects"][name]["geometries"]:
        if geometry.get("id") == _ANTARCTICA or not geometry.get("arcs"):
            continue
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        sized = [(abs(_area(_ring(polygon[0], lines))), polygon) for polygon in polygons]
        largest = max(area for area, _ in sized)
        kept = [polygon for area, polygon in sized if area >= smallest / step**2 or area == largest]
        geometries.append([ring for polygon in kept for ring in polygon])
    used = sorted({arc if arc >= 0 else ~arc for rings in geometries for ring in rings for arc in ring})
    new = {old: number for number, old in enumerate(used)}
    return {
        "step": step,
        "shapes": [[[new[arc] if arc >= 0 else ~new[~arc] for arc in ring] for ring in rings] for rings in geometries],
        "lines": [_relative(lines[old]) for old in used],
    }


def thinned(line: Line, least: float) -> Line:
    """Return `line` without the points that matter least, its ends kept (Visvalingam and Whyatt, 1993).

    >>> thinned([(0, 0), (5, 1), (10, 0), (10, 10)], 20)
    [(0, 0), (10, 0), (10, 10)]
    """
    before, after = list(range(-1, len(line) - 1)), list(range(1, len(line) + 1))
    alive = [True] * len(line)
    areas = [0.0] * len(line)
    queue: list[tuple[float, int]] = []

    def weigh(point: int) -> None:
        areas[point] = abs(_area([line[before[point]], line[point], line[after[point]]]))
        heapq.heappush(queue, (areas[point], point))

    for point in range(1, len(line) - 1):
        weigh(point)
    while queue:
        area, point = heapq.heappop(queue)
        if not alive[point] or area != areas[point]:
            continue
        if area >= least:
            break
        alive[point] = False
        left, right = before[point], after[point]
        after[left], before[right] = right, left
        for neighbour in (left, right):
            if 0 < neighbour < len(line) - 1:
                weigh(neighbour)
    return [point for point, kept in zip(line, alive, strict=True) if kept]


def _absolute(arc: list[list[int]], scale: list[float], shift: list[float], step: float) -> Line:
    x = y = 0
    line: Line = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        line.append((round((x * scale[0] + shift[0]) / step), round((y * scale[1] + shift[1]) / step)))
    return [point for number, point in enumerate(line) if number in (0, len(line) - 1) or point != line[number - 1]]


def _relative(line: Line) -> list[int]:
    return [step for (x, y), (px, py) in zip(line, [(0, 0), *line], strict=False) for step in (x - px, y - py)]


def _ring(arcs: list[int], lines: list[Line]) -> Line:
    return [point for arc in arcs for point in (lines[arc] if arc >= 0 else lines[~arc][::-1])]


def _area(ring: Line) -> float:
    return sum(x * ny - nx * y for (x, y), (nx, ny) in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2


if __name__ == "__main__":
    main(prog_name="python -m web.compile_outlines")
