"""The cities around a city, among those that the archive's stories are in: what `near:` asks for.

Great circles over the gazetteer's coordinates. The one idea: only cities with stories matter, so a distance is measured
to a few thousand places at once, and only when somebody asks.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from search.embedded.columns import Columns

_EARTH = 6371.0088


class Nearby:
    """Measures from any city of the gazetteer to the cities of one generation."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    def __call__(self, key: str, kilometres: float) -> tuple[str, ...] | None:
        """Return the facet keys of the archive's cities within so many kilometres of the city `key`, nearest first.

        None where the gazetteer does not know where that city lies.
        """
        centre = _coordinates(key)
        if centre is None:
            return None
        keys, places = self._held
        distances = _distances(np.radians(centre), places)
        near = np.flatnonzero(distances <= kilometres)
        return tuple(keys[place] for place in near[np.argsort(distances[near], kind="stable")].tolist())

    @cached_property
    def _held(self) -> tuple[list[str], npt.NDArray[np.float64]]:
        """The keys of the cities with coordinates, and latitude and longitude of each in radians."""
        located = [(key, found) for key in self._columns.facet("city").keys if (found := _coordinates(key))]
        return [key for key, _ in located], np.radians(np.array([place for _, place in located]).reshape(-1, 2))


def _coordinates(key: str) -> tuple[float, float] | None:
    from index.enrich.cities import find

    city = next(iter(find(key)), None) if key.isdigit() else None
    if city is None or city.latitude is None or city.longitude is None:
        return None
    return city.latitude, city.longitude


def _distances(centre: npt.NDArray[np.float64], places: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return kilometres from `centre` to each of `places` (radians) by the haversine formula."""
    north, east = places[:, 0] - centre[0], places[:, 1] - centre[1]
    half = np.sin(north / 2) ** 2 + np.cos(centre[0]) * np.cos(places[:, 0]) * np.sin(east / 2) ** 2
    distances: npt.NDArray[np.float64] = 2 * _EARTH * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    return distances
