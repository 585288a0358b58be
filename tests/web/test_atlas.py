"""Places lie where they should on every sheet, and the outlines lie around them."""

from __future__ import annotations

import math
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from web import atlas
from web.atlas import STATES, WORLD, Sheet, albers_usa, azimuthal, equal_earth, outlines, part_of_states, part_of_world
from web.compile_outlines import simplified, thinned

EUROPE = part_of_world([(51.5, -0.1, 3), (48.9, 2.4, 3), (52.5, 13.4, 2), (40.4, -3.7, 2)]) or WORLD
OREGON = part_of_states([(45.52, -122.68, 5), (44.05, -123.09, 2)])


def rings(path: str) -> list[list[tuple[float, float]]]:
    """The rings of path data as `outlines` writes it."""
    found = []
    for text in path.split("z")[:-1]:
        start, steps = text.removeprefix("M").split("l")
        x, y = map(float, start.split(" "))
        ring = [(x, y)]
        numbers = [float(number) for number in re.findall(r"-?(?:\d+\.\d|\d+|\.\d)", steps)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, y))
        found.append(ring)
    return found


def is_land(sheet: Sheet, latitude: float, longitude: float) -> bool:
    point = sheet.point(latitude, longitude)
    assert point is not None
    x, y = point
    crossings = 0
    for ring in rings(outlines(sheet)):
        for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
                crossings += 1
    return crossings % 2 == 1


@pytest.mark.parametrize(
    ("longitude", "latitude", "x", "y"),
    [
        (-122.4194, 37.7749, 107.4, 214.1),
        (-74.0064, 40.7142, 794.6, 176.5),
        (-95.9928, 36.1540, 488.8, 298.0),
        (-149.9003, 61.2181, 171.2, 446.9),
        (-157.8583, 21.3069, 298.5, 451.0),
    ],
    ids=["San Francisco", "New York", "Tulsa", "Anchorage", "Honolulu"],
)
def test_the_states_are_drawn_as_d3_draws_them(longitude: float, latitude: float, x: float, y: float) -> None:
    """The values are those of d3-geo's own tests, for a scale of 1070 around (480, 250)."""
    point = albers_usa(latitude, longitude)
    assert point is not None
    scale = 1300 / 1070
    assert point == pytest.approx(((x - 480) * scale + 487.5, (y - 250) * scale + 305), abs=0.1)


def test_places_outside_the_states_have_no_point_on_their_sheet() -> None:
    assert [albers_usa(*place) for place in ((51.5, -0.1), (19.4, -99.1), (18.4, -66.1))] == [None, None, None]


def test_equal_earth_has_the_extent_that_its_authors_give() -> None:
    assert equal_earth(0, 180 + atlas.MERIDIAN)[0] == pytest.approx(2.706629, abs=1e-6)
    assert equal_earth(90, atlas.MERIDIAN) == pytest.approx((0.0, -1.317363), abs=1e-6)


def test_lamberts_projection_keeps_direction_and_shortens_distance_as_it_must() -> None:
    assert azimuthal(60, 0, (0, 0)) == pytest.approx((0.0, -1.0))
    assert azimuthal(0, 60, (0, 0)) == pytest.approx((1.0, 0.0))
    assert azimuthal(10, 20, (10, 20)) == (0.0, 0.0)
    assert math.hypot(*azimuthal(0, 180, (0, 10))) == pytest.approx(2 * math.sin(math.radians(75) / 2))


@pytest.mark.parametrize(
    ("sheet", "latitude", "longitude", "land"),
    [
        (WORLD, 39.74, -104.99, True),
        (WORLD, 0.0, -25.0, False),
        (WORLD, 67.0, -175.0, True),
        (WORLD, 67.0, 170.0, True),
        (WORLD, -25.0, 134.0, True),
        (WORLD, 15.0, 65.0, False),
        (STATES, 39.74, -104.99, True),
        (STATES, 43.5, -87.0, False),
        (STATES, 64.8, -147.7, True),
        (STATES, 27.0, -90.0, False),
        (OREGON, 44.05, -123.09, True),
        (EUROPE, 48.9, 2.4, True),
        (EUROPE, 45.5, -5.0, False),
    ],
)
def test_the_outlines_lie_around_the_places_on_land(
    sheet: Sheet, latitude: float, longitude: float, land: bool
) -> None:
    assert is_land(sheet, latitude, longitude) is land


def test_a_sheet_shows_the_places_it_was_made_for_close_by_and_the_world_where_they_are_far_apart() -> None:
    assert OREGON.kind == "states"
    assert OREGON.width == 150
    assert EUROPE.kind == "part"
    assert all(EUROPE.point(*place) for place in ((51.5, -0.1), (48.9, 2.4), (52.5, 13.4), (40.4, -3.7)))
    assert part_of_states([(45.5, -122.7, 1), (43.7, -70.3, 1)]) == STATES
    assert part_of_world([(45.5, -122.7, 1), (-33.9, 151.2, 1)]) is None
    assert part_of_world([]) is None


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.floats(-85, 85), st.floats(-180, 180), st.integers(1, 9)), min_size=1, max_size=6))
def test_any_places_have_a_sheet_and_its_outlines_can_be_read(places: list[tuple[float, float, int]]) -> None:
    sheet = part_of_world(places) or WORLD
    assert all(WORLD.point(north, east) for north, east, _ in places if -55 < north < 80)
    assert sheet.drawn_height > 0
    assert all(len(ring) >= 3 for ring in rings(outlines(sheet)))


def test_the_outlines_are_small_and_say_whose_they_are() -> None:
    assert atlas.FILE.stat().st_size < 150_000
    assert "Natural Earth" in atlas.FILE.read_text(encoding="utf-8")[:100]
    assert max(len(outlines(sheet)) for sheet in (WORLD, STATES, EUROPE)) < 60_000


def test_thinning_keeps_ends_and_what_matters() -> None:
    line = [(0, 0), (4, 1), (8, 0), (8, 1), (9, 40), (20, 0)]
    assert thinned(line, 0) == line
    assert thinned(line, 10) == [(0, 0), (8, 0), (9, 40), (20, 0)]
    assert thinned(line, 10_000) == [(0, 0), (20, 0)]


def test_neighbours_share_their_line_and_specks_go() -> None:
    square = {
        "transform": {"scale": [0.5, 0.5], "translate": [10, 0]},
        "arcs": [
            [[0, 0], [0, 20], [0, -0]],
            [[0, 20], [-20, 0], [0, -20], [20, 0]],
            [[0, 20], [20, 0], [0, -20], [-20, 0]],
            [[90, 90], [1, 0], [0, 1], [-1, -1]],
        ],
        "objects": {
            "countries": {
                "geometries": [
                    {"type": "Polygon", "id": "1", "arcs": [[0, 1]]},
                    {"type": "MultiPolygon", "id": "2", "arcs": [[[-1, 2]], [[3]]]},
                    {"type": "Polygon", "id": "010", "arcs": [[2]]},
                ]
            }
        },
    }
    assert simplified(square, "countries", step=1.0, least=0.5, smallest=2.0) == {
        "step": 1.0,
        "shapes": [[[0, 1]], [[-1, 2]]],
        "lines": [[10, 0, 0, 10], [10, 10, -10, 0, 0, -10, 10, 0], [10, 10, 10, 0, 0, -10, -10, 0]],
    }
