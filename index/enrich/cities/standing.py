"""See what a name itself and the rest of the story say for and against a mention being a city.

Looks at no words around it; `surroundings` does. The one idea: a large city that news often names, in a state that the
story names too, needs little else to be believed.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from index.compiled import F64, I32, INT, WF64, compiled
from index.enrich.cities.cues import (
    AGAIN,
    BEFORE_CAPITAL,
    CAPITAL_CITY,
    COMMON_WORD,
    COUNTRY_NAME,
    COUNTRY_NAMED,
    COUNTY_HERE,
    DISTRICT_NAME,
    FIRST_NAME_OF_SOMEBODY,
    HOME_NEAR,
    HOME_REGION,
    IS_FIRST_NAME,
    LARGE_REGION_NAME,
    MILLION,
    NAMESAKES,
    NEVER_SEEN,
    PLACE_ODDS,
    POPULATION,
    POSSESSIVE,
    REGION_NAMED,
    SEVERAL_WORDS,
    SHORT,
    SMALL_REGION_NAME,
    STANDS_ALONE_HERE,
)
from index.enrich.cities.gazetteer import CAPITAL, DISTRICT, STANDS_ALONE
from index.enrich.cities.mention import AT_HOME, FIRST_SIZE, KIND, NAME, NONE, OF_WHICH, SIZE, fits, kilometres
from index.enrich.cities.tables import FIRST_NAME, ROWS, TABLES, whole

#: How place-like a name is, where the gazetteer does not know.
_UNKNOWN_ODDS = -128

# A home town is near within so many kilometres; a region of this many people is well known.
_FAR = 80.0
_WELL_KNOWN_REGION, _MILLION = 500_000, 1_000_000
_SHORT_NAME = 4


@compiled(TABLES, ROWS, INT, INT, INT, I32, WF64, allocates=False)
def the_name_itself(tables: Any, rows: Any, mention: int, classes: int, times: int, counties: Any, cues: Any) -> None:
    """Set the cues of a name, wherever it stands; `classes` are those of a name of one word."""
    name, size = rows[mention, NAME], rows[mention, SIZE]
    largest = tables.cities[tables.cities_starts[name]]
    population = whole(tables.places.population[largest])
    if rows[mention, FIRST_SIZE] < size:
        cues[SEVERAL_WORDS] = 1
    elif classes & FIRST_NAME:
        cues[IS_FIRST_NAME] = 1
        if cues[BEFORE_CAPITAL]:
            cues[FIRST_NAME_OF_SOMEBODY] = 1
    cues[POPULATION] = np.log10(population + 10) / 7
    if population >= _MILLION:
        cues[MILLION] = 1
    if tables.places.flags[largest] & STANDS_ALONE:
        cues[STANDS_ALONE_HERE] = 1
        if not cues[IS_FIRST_NAME]:  # what is somebody's tells of a person; nobody is called Chicago
            cues[POSSESSIVE] = 0
    if tables.places.flags[largest] & CAPITAL:  # papers call governments by their capitals: "Bonn said"
        cues[CAPITAL_CITY] = 1
    cues[NAMESAKES] = np.log(tables.cities_starts[name + 1] - tables.cities_starts[name]) / 4
    if tables.place_odds[name] == _UNKNOWN_ODDS:
        cues[NEVER_SEEN] = 1
    else:
        cues[PLACE_ODDS] = tables.place_odds[name] / 40
        cues[COMMON_WORD] = tables.commonness[name] / 200
    special = tables.special[name]
    if tables.region_starts[special + 1] > tables.region_starts[special]:
        cues[SMALL_REGION_NAME if population < _WELL_KNOWN_REGION else LARGE_REGION_NAME] = 1
    if tables.country[special] >= 0:
        cues[COUNTRY_NAME] = 1
    if tables.key_flags[name] & DISTRICT:
        cues[DISTRICT_NAME] = 1
    for i in range(counties.size):
        if counties[i] == name:
            cues[COUNTY_HERE] = 1
    if size <= _SHORT_NAME:
        cues[SHORT] = 1
    cues[AGAIN] = min(3, times - 1) / 3


@compiled(TABLES, ROWS, INT, F64, F64, AT_HOME, WF64, allocates=False)
def the_rest_of_the_story(
    tables: Any,
    rows: Any,
    mention: int,
    regions: Any,
    countries: Any,
    home: Any,
    cues: Any,
) -> None:
    """Set the cues of the states and countries that the story names, and of the paper's home."""
    name, kind, which = rows[mention, NAME], rows[mention, KIND], rows[mention, OF_WHICH]
    for i in range(tables.cities_starts[name], tables.cities_starts[name + 1]):
        row = tables.cities[i]
        if kind != NONE and not fits(tables, kind, which, row):
            continue
        region = tables.places.region[row]
        if home.region >= 0 and region == home.region:
            cues[HOME_REGION] = 1
            latitude, longitude = tables.places.latitude[row] / 100_000, tables.places.longitude[row] / 100_000
            if kilometres(home.latitude, home.longitude, latitude, longitude) < _FAR:
                cues[HOME_NEAR] = 1
        if regions[region] > 0:
            cues[REGION_NAMED] = 1
        if countries[tables.places.country_of[region]] > 0:
            cues[COUNTRY_NAMED] = 1
