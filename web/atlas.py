"""The outlines behind the map: where a place lies on a sheet of paper, and the lines of the countries around it.

No cities, no searches, no HTML. The one idea: a sheet is one frozen value (a projection and the part of it that is
shown), so the lines drawn on it are made once and remembered.

Three projections, units of a sheet in brackets: Equal Earth for the world (Šavrič, Patterson and Jenny, 2018) and
Lambert's azimuthal equal-area for a part of it (Snyder, 1987, p. 182), both [radii of the earth], and the usual
composite of Albers' conic for the United States, Alaska and Hawaii set in at the lower left (d3-geo's `geoAlbersUsa`,
as us-atlas uses it) [points of a drawing 975 wide]. All are equal-area: no country looks larger than it is.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

FILE = Path(__file__).parent / "data" / "outlines.json"

#: Width of every sheet as drawn; heights differ.
WIDTH = 720.0

#: What is further from the middle of a part of the world (radians) is not drawn.
_HORIZON = math.radians(75)

#: Points closer than this to the one before are left out, as drawn: on the whole world, on a part, and off the sheet.
_WORLD, _NEAR, _FAR = 1.4, 0.7, 24.0

#: The middle of the world's sheet (degrees east): its edges cut no country in two.
MERIDIAN = 11.0

Kind = Literal["world", "part", "states"]
Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The part of the earth that is shown.

    Attributes:
        kind: the projection.
        left, top, width, height: the part shown, in the projection's own units, y downwards.
        latitude, longitude: the middle of the projection, in degrees; only a part of the world has one.
    """

    kind: Kind
    left: float
    top: float
    width: float
    height: float
    latitude: float = 0.0
    longitude: float = 0.0

    @property
    def drawn_height(self) -> float:
        """The height of the sheet as drawn, WIDTH being the width."""
        return WIDTH * self.height / self.width

    def point(self, latitude: float, longitude: float) -> Place | None:
        """Return where a place lies as drawn; None where it is not on the sheet."""
        flat = projected(self.kind, latitude, longitude, (self.latitude, self.longitude))
        if flat is None:
            return None
        x, y = self.drawn(flat)
        return (x, y) if 0 <= x <= WIDTH and 0 <= y <= self.drawn_height else None

    def drawn(self, flat: Place) -> Place:
        """Return a point of the projection as drawn, be it on the sheet or not."""
        scale = WIDTH / self.width
        return (flat[0] - self.left) * scale, (flat[1] - self.top) * scale


#: Everything between Cape Horn and the north of Greenland.
WORLD = Sheet("world", -2.72, -1.33, 5.44, 2.5)
STATES = Sheet("states", 0.0, 0.0, 975.0, 610.0)


def projected(kind: Kind, latitude: float, longitude: float, middle: Place = (0.0, 0.0)) -> Place | None:
    """Return a place (degrees) in the plane of a projection, y downwards; None where it has no place there."""
    match kind:
        case "world":
            return equal_earth(latitude, (longitude - MERIDIAN + 180) % 360 - 180 + MERIDIAN)
        case "states":
            return albers_usa(latitude, longitude)
        case _:
            return azimuthal(latitude, longitude, middle)


def equal_earth(latitude: float, longitude: float) -> Place:
    """Return a place in the Equal Earth projection around MERIDIAN; longitudes may run on past 180."""
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    square = theta * theta
    sixth = square**3
    x = math.radians(longitude - MERIDIAN) * math.cos(theta) * 2 / math.sqrt(3)
    x /= 1.340264 - 3 * 0.081106 * square + sixth * (7 * 0.000893 + 9 * 0.003796 * square)
    return x, -theta * (1.340264 - 0.081106 * square + sixth * (0.000893 + 0.003796 * square))


def azimuthal(latitude: float, longitude: float, middle: Place) -> Place:
    """Return a place in Lambert's azimuthal equal-area projection; what is too far away lies on the horizon."""
    phi, phi0 = math.radians(latitude), math.radians(middle[0])
    east = math.radians(longitude - middle[1])
    across = math.cos(phi) * math.sin(east)
    along = math.cos(phi0) * math.sin(phi) - math.sin(phi0) * math.cos(phi) * math.cos(east)
    toward = math.sin(phi0) * math.sin(phi) + math.cos(phi0) * math.cos(phi) * math.cos(east)
    distance = math.acos(max(-1.0, min(1.0, toward)))
    length = math.hypot(across, along)
    if length == 0.0:
        return 0.0, 0.0
    radius = 2 * math.sin(min(distance, _HORIZON) / 2)
    return radius * across / length, -radius * along / length


def albers_usa(latitude: float, longitude: float) -> Place | None:
    """Return a place of the United States in the composite drawing of its states; None for a place elsewhere."""
    scale, x0, y0 = 1300.0, 487.5, 305.0
    if 50 < latitude < 72.5 and (longitude < -129 or longitude > 172):
        x, y = _albers(latitude, longitude, 154.0, (-2.0, 58.5), (55.0, 65.0))
        return x0 + scale * (0.35 * x - 0.307), y0 + scale * (0.35 * y + 0.201)
    if 18 < latitude < 23 and -161 < longitude < -154:
        x, y = _albers(latitude, longitude, 157.0, (-3.0, 19.9), (8.0, 18.0))
        return x0 + scale * (x - 0.205), y0 + scale * (y + 0.212)
    if 24 < latitude < 50 and -126 < longitude < -66:
        x, y = _albers(latitude, longitude, 96.0, (-0.6, 38.7), (29.5, 45.5))
        return x0 + scale * x, y0 + scale * y
    return None


def _albers(latitude: float, longitude: float, turn: float, centre: Place, parallels: Place) -> Place:
    """Albers' conic with the globe turned by `turn` degrees; `centre` (longitude after turning, latitude) is (0, 0)."""
    low, high = (math.sin(math.radians(parallel)) for parallel in parallels)
    n = (low + high) / 2
    c = 1 + low * (2 * n - low)

    def raw(east: float, north: float) -> Place:
        rho = math.sqrt(c - 2 * n * math.sin(math.radians(north))) / n
        angle = math.radians(east) * n
        return rho * math.sin(angle), -(math.sqrt(c) / n - rho * math.cos(angle))

    east = (longitude + turn + 180) % 360 - 180
    (x, y), (cx, cy) = raw(east, latitude), raw(*centre)
    return x - cx, y - cy


def part_of_world(places: Iterable[tuple[float, float, int]]) -> Sheet | None:
    """Return the sheet for `places` (latitude, longitude, weight) where they lie close together, else None."""
    known = list(places)
    total = sum(weight for *_, weight in known)
    if not total:
        return None
    middle = _middle(known)
    apart = sorted((_distance(middle, (north, east)), weight) for north, east, weight in known)
    if _quantile(apart, 0.95, total) > math.radians(35):
        return None
    flat = [(*azimuthal(north, east, middle), weight) for north, east, weight in known]
    left, top, width, height = _around(flat, least=0.1)
    return Sheet("part", left, top, width, height, *middle)


def part_of_states(places: Iterable[tuple[float, float, int]]) -> Sheet:
    """Return the sheet for `places` of the United States: their part of it, or the whole where they are far apart."""
    found = ((albers_usa(north, east), weight) for north, east, weight in places)
    flat = [(*point, weight) for point, weight in found if point]
    if not flat:
        return STATES
    left, top, width, height = _around(flat, least=150.0)
    return Sheet("states", left, top, width, height) if width < 0.8 * STATES.width else STATES


def _middle(places: list[tuple[float, float, int]]) -> Place:
    """The place in the middle, to whole degrees, so that neighbouring searches share their lines."""
    x = y = z = 0.0
    for north, east, weight in places:
        phi, lam = math.radians(north), math.radians(east)
        x += weight * math.cos(phi) * math.cos(lam)
        y += weight * math.cos(phi) * math.sin(lam)
        z += weight * math.sin(phi)
    return round(math.degrees(math.atan2(z, math.hypot(x, y)))) + 0.0, round(math.degrees(math.atan2(y, x))) + 0.0


def _distance(one: Place, other: Place) -> float:
    phi, psi = math.radians(one[0]), math.radians(other[0])
    half = math.sin((phi - psi) / 2) ** 2
    half += math.cos(phi) * math.cos(psi) * math.sin(math.radians(one[1] - other[1]) / 2) ** 2
    return 2 * math.asin(min(1.0, math.sqrt(half)))


def _around(flat: list[tuple[float, float, int]], least: float) -> tuple[float, float, float, float]:
    """The rectangle (left, top, width, height) with nearly all points, a margin, and the shape of the states' sheet."""
    total = sum(weight for *_, weight in flat)
    across, down = (sorted((point[axis], point[2]) for point in flat) for axis in (0, 1))
    left, right = _quantile(across, 0.02, total), _quantile(across, 0.98, total)
    top, bottom = _quantile(down, 0.02, total), _quantile(down, 0.98, total)
    shape = STATES.width / STATES.height
    step = least / 4
    width = math.ceil(max(least, (right - left) * 1.3, (bottom - top) * 1.3 * shape) / step) * step
    height = width / shape
    x, y = round((left + right) / 2 / step) * step, round((top + bottom) / 2 / step) * step
    return x - width / 2, y - height / 2, width, height


def _quantile(values: list[tuple[float, int]], share: float, total: int) -> float:
    """The value up to which `share` of the weight lies; `values` are sorted."""
    passed = 0
    for value, weight in values:
        passed += weight
        if passed >= share * total:
            return value
    return values[-1][0]


@lru_cache(maxsize=64)
def outlines(sheet: Sheet) -> str:
    """Return the countries or states of a sheet as the `d` of one SVG path."""
    return "".join(_path(ring, sheet) for ring in _rings(sheet))


@cache
def _atlas() -> dict[str, Any]:
    form: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return form


@cache
def _polygons(name: Literal["world", "states"]) -> tuple[tuple[Place, ...], ...]:
    """The rings of all countries or states, as (longitude, latitude) or points of the drawing.

    `web.compile_outlines` tells the format.
    """
    topology = _atlas()[name]
    lines = [list(_line(steps, topology["step"])) for steps in topology["lines"]]
    return tuple(
        tuple(point for number in ring for point in (lines[number] if number >= 0 else lines[~number][::-1]))
        for rings in topology["shapes"]
        for ring in rings
    )


def _line(steps: list[int], width: float) -> Iterator[Place]:
    x = y = 0
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        yield x * width, y * width


def _rings(sheet: Sheet) -> Iterator[list[Place]]:
    """The rings that touch the sheet, as drawn."""
    middle = (sheet.latitude, sheet.longitude)
    for ring in _polygons("states" if sheet.kind == "states" else "world"):
        if sheet.kind == "states":
            flat: list[Place] = list(ring)
        elif sheet.kind == "part":
            if all(_distance(middle, (north, east)) > _HORIZON for east, north in ring):
                continue
            flat = [azimuthal(north, east, middle) for east, north in ring]
        else:
            flat = [equal_earth(north, east) for east, north in _unbroken(ring)]
        drawn = [sheet.drawn(point) for point in flat]
        across, down = [x for x, _ in drawn], [y for _, y in drawn]
        if max(across) >= 0 and min(across) <= WIDTH and max(down) >= 0 and min(down) <= sheet.drawn_height:
            yield drawn


def _unbroken(ring: tuple[Place, ...]) -> Iterator[Place]:
    """The ring with longitudes that run on where it crosses the date line, as Siberia does."""
    before = MERIDIAN
    for east, north in ring:
        before += (east - before + 180) % 360 - 180
        yield before, north


def _path(ring: list[Place], sheet: Sheet) -> str:
    """One closed ring as path data: whole tenths, relative, without the points that nobody could see."""
    kept: list[tuple[int, int]] = []
    near, height = (_WORLD if sheet.kind == "world" else _NEAR), sheet.drawn_height
    for x, y in ring:
        point = (round(x * 10), round(y * 10))
        if kept:
            inside = -_FAR < x < WIDTH + _FAR and -_FAR < y < height + _FAR
            tolerance = (near if inside else _FAR) * 10
            if math.hypot(point[0] - kept[-1][0], point[1] - kept[-1][1]) < tolerance:
                continue
        kept.append(point)
    if len(kept) < 3:
        return ""
    first, *others = kept
    parts = [f"M{_tenths(first[0])} {_tenths(first[1])}l"]
    for (x, y), (before_x, before_y) in zip(others, kept, strict=False):
        for number in (x - before_x, y - before_y):
            text = _tenths(number)
            parts.append(text if text[0] == "-" or parts[-1][-1] == "l" else f" {text}")
    return "".join(parts) + "z"


def _tenths(number: int) -> str:
    sign, (whole, tenth) = "-" if number < 0 else "", divmod(abs(number), 10)
    return f"{sign}{whole or '' if tenth else whole}{f'.{tenth}' if tenth else ''}"
