"""What is known of a mention, as the row of numbers that compiled loops hand on.

Finds nothing. The one idea: a mention is where a name stands, which name it is, and what behind it narrows it down; so
which cities it may be can be told from its row alone.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import types

from index.compiled import FLOAT, INT, compiled
from index.enrich.cities.tables import TABLES

#: What is known of a mention, by column of its row: where it stands in the text; the number of its name; where its
#: qualifier stands (both 0 for none), what the qualifier is and which; whether a state follows in which no city of the
#: name is; whether it is a place of the dateline; the size of its key and of the key's first word; whether it speaks
#: for the state of that name, 1 where the city lies in it ("New York Gov. Smith") and 2 where not ("Washington state"),
#: or is none of the cities called so at all ("California, US", "Moscow, Ohio").
START, END, NAME, QUALIFIER, QUALIFIER_END, KIND, OF_WHICH, MISQUALIFIED, DATELINE, SIZE, FIRST_SIZE = range(11)
FOR_STATE = 11
#: In the same column: a nation's bodies near by speak against the state; a list of states speaks for it, but of this
#: mention alone.
OF_A_NATION, IN_A_LIST_OF_STATES = -1, -2
COLUMNS = 12

#: What a qualifier is: nothing, a region's abbreviation, a name of regions, a country, a county of the US, and one of
#: the UK or Ireland.
NONE, ABBREVIATION, REGIONS, COUNTRY, COUNTIES, CIRCLE = range(6)


class AtHome(NamedTuple):
    """A paper's home as loops take it.

    Attributes:
        row: of the town in the gazetteer, -1 where none is known.
        region: number of its region, -1 likewise.
        country: number of its country, -1 where not even that is known.
        latitude: degrees north; 0 where there is no town.
        longitude: degrees east; likewise.
    """

    row: int
    region: int
    country: int
    latitude: float
    longitude: float


AT_HOME = types.NamedTuple((INT, INT, INT, FLOAT, FLOAT), AtHome)

NO_HOME = AtHome(-1, -1, -1, 0.0, 0.0)

# A town this near (kilometres) to a paper's home is called by its bare name there, whatever else is called so.
_NEXT_TO_HOME = 15.0

_RADIANS = np.pi / 180
_KM_PER_DEGREE = 111.2


@compiled(FLOAT, FLOAT, FLOAT, FLOAT, allocates=False)
def kilometres(latitude: Any, longitude: Any, other_latitude: Any, other_longitude: Any) -> Any:
    """Return kilometres between two points, as `index.enrich.cities.home.distance` does."""
    x = (longitude - other_longitude) * np.cos((latitude + other_latitude) * _RADIANS / 2)
    return _KM_PER_DEGREE * np.hypot(x, latitude - other_latitude)


@compiled(TABLES, INT, INT, INT, allocates=False)
def fits(tables: Any, kind: int, which: int, row: int) -> bool:
    """Return whether a qualifier allows a city."""
    region = tables.places.region[row]
    if kind == NONE:
        return True
    if kind == ABBREVIATION:
        return bool(region == which)
    if kind == COUNTRY:
        return bool(tables.places.country_of[region] == which)
    if kind == CIRCLE:
        circles = tables.circles
        within = circles.region[which] == -1 or circles.region[which] == region
        return bool(within and tables.places.country_of[region] == circles.country[which]) and (
            kilometres(
                circles.latitude[which],
                circles.longitude[which],
                tables.places.latitude[row] / 100_000,
                tables.places.longitude[row] / 100_000,
            )
            < circles.kilometres[which]
        )
    starts, listed = tables.region_starts, tables.region_list
    if kind == COUNTIES:
        starts, listed = tables.county_starts, tables.county_list
    found = False
    for i in range(starts[which], starts[which + 1]):
        found |= listed[i] == region
    return found


@compiled(TABLES, INT, AT_HOME, allocates=False)
def is_at_home(tables: Any, name: int, home: Any) -> bool:
    """Return whether a city of that name is the paper's home or next to it."""
    if home.region < 0:
        return False
    for i in range(tables.cities_starts[name], tables.cities_starts[name + 1]):
        row = tables.cities[i]
        if (
            tables.places.region[row] == home.region
            and kilometres(
                home.latitude,
                home.longitude,
                tables.places.latitude[row] / 100_000,
                tables.places.longitude[row] / 100_000,
            )
            < _NEXT_TO_HOME
        ):
            return True
    return False
