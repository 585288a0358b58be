"""How far two points are from each other: for the interpreter; loops have `index.enrich.cities.mention.kilometres`.

Knows no place. The one idea: over some hundred kilometres the earth is flat enough.
"""

from __future__ import annotations

import math

_RADIANS = math.pi / 180
_KM_PER_DEGREE = 111.2


def distance(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Return kilometres between two points, as a plane has them: right to a per cent where it matters here.

    >>> round(distance(31.31, -92.45, 30.45, -91.15))  # Alexandria to Baton Rouge
    157
    """
    x = (longitude - other_longitude) * math.cos((latitude + other_latitude) * _RADIANS / 2)
    return _KM_PER_DEGREE * math.hypot(x, latitude - other_latitude)
