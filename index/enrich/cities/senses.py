"""Which of its namesakes a name means: Alexandria in Louisiana, in Virginia or in Egypt.

One meaning per name and story, unless a state behind a name says otherwise. The one idea: each namesake is weighed by
what the story and the paper say of it (how many people live there, whether news agencies name it without its state,
whether the story names its state or country, how far it is from the paper's home); then names pull each other to
where they lie together, each with its namesakes as far as they are likely. At last each name is looked at once more
together with the city chosen for it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import types
from numpy.typing import NDArray

from index.compiled import F64, I64, INT, W64, WF64, compiled
from index.enrich.cities.gazetteer import CAPITAL, STANDS_ALONE
from index.enrich.cities.mention import (
    AT_HOME,
    KIND,
    NAME,
    NONE,
    OF_WHICH,
    QUALIFIER_END,
    fits,
    kilometres,
)
from index.enrich.cities.tables import NUMBERS, PLACES, ROWS, TABLES, whole

#: What speaks for a namesake, in the order of its columns.
CONSIDERATIONS = (
    *("population", "stands_alone", "capital", "region", "region_at_all", "country"),
    *("home_country", "home_region", "home_town", "home_near", "near"),
)
POPULATION, ALONE, IS_CAPITAL, REGION, REGION_AT_ALL, COUNTRY = range(6)
HOME_COUNTRY, HOME_REGION, HOME_TOWN, HOME_NEAR, NEAR = range(6, 11)

# Namesakes nearer than this (kilometres), as those across a state line are, leave no doubt that the story names a city.
_NEXT_DOOR = 25.0

# How far a home town reaches, and how far sure places pull, in kilometres.
_HOME_REACH, _NEAR_REACH = 300.0, 200.0
_NEAR_DEGREES = 1.8

# A name pulls others where one of its mentions scores this, with those of its cities that are this likely to be meant;
# no pull is stronger.
_PULLING_SCORE, _PULLING_CHANCE, _MOST_PULL = -0.5, 0.02, 2.0

# A list of all the towns of a country is no story: so many names pull, no more.
_MOST_PULLING = 150

# How often what names pull each other to is weighed anew.
_ROUNDS = 1

# From so much evidence on, a region is told rather than guessed from names.
_TOLD = 0.3

# A name that could be in many regions says little about each.
_READINGS_FOR_EVIDENCE, _LIKELY_ENOUGH = 12, 0.2

# What a name adds to the evidence for its region: bare, and with its state behind it; no region gets more than that.
_NAME_EVIDENCE, _QUALIFIED_EVIDENCE, _MOST_EVIDENCE = 0.35, 0.7, 4.0

# A name without namesakes is weighed like one whose best is this far ahead.
_ALONE = 9.0

# Log-odds of what never is.
_NEVER = -30.0

#: No name has more cities.
NAMESAKES = 64


@compiled(PLACES, INT, F64, F64, AT_HOME, WF64, allocates=False)
def consider(places: Any, row: int, regions: Any, countries: Any, home: Any, out: Any) -> None:
    """Write what speaks for one city, other names' pull apart."""
    region = places.region[row]
    country = places.country_of[region]
    out[:] = 0
    out[POPULATION] = np.log10(places.population[row] + 10.0)
    out[ALONE] = (places.flags[row] & STANDS_ALONE) != 0
    out[IS_CAPITAL] = (places.flags[row] & CAPITAL) != 0
    if regions[region] > 0:
        out[REGION] = min(regions[region], _MOST_EVIDENCE)
        out[REGION_AT_ALL] = regions[region] >= _TOLD
    if countries[country] > 0:
        out[COUNTRY] = np.log10(1 + countries[country])
    if country == home.country:
        out[HOME_COUNTRY] = 1
        out[HOME_REGION] = region == home.region
        out[HOME_TOWN] = row == home.row
        if home.row >= 0:
            away = kilometres(
                home.latitude, home.longitude, places.latitude[row] / 100_000, places.longitude[row] / 100_000
            )
            if away < _HOME_REACH:
                out[HOME_NEAR] = 1 - away / _HOME_REACH


@compiled(TABLES, ROWS, I64, INT, W64, allocates=False)
def readings(tables: Any, rows: Any, names: Any, name: int, out: Any) -> Any:
    """Write the cities that a name may mean in this story; return how many, and whether a qualifier narrowed them.

    Where the name with its state is a name by itself (`candidates.names_of`), the bare one means none of that state's.
    """
    kind = which = not_kind = not_which = 0
    number = whole(-1)
    for mention in range(names.size):
        if names[mention] == name:
            number = whole(rows[mention, NAME])
            if rows[mention, QUALIFIER_END]:
                kind, which = whole(rows[mention, KIND]), whole(rows[mention, OF_WHICH])
                break
    if kind == NONE:
        for mention in range(names.size):
            if rows[mention, NAME] == number and names[mention] != name and rows[mention, QUALIFIER_END]:
                not_kind, not_which = whole(rows[mention, KIND]), whole(rows[mention, OF_WHICH])
                break
    count = 0
    for i in range(tables.cities_starts[number], tables.cities_starts[number + 1]):
        row = tables.cities[i]
        if not_kind != NONE and fits(tables, not_kind, not_which, row):
            continue
        if (kind == NONE or fits(tables, kind, which, row)) and count < out.size:
            out[count] = tables.cities[i]
            count += 1
    return count, kind != 0


@compiled(TABLES, ROWS, F64, I64, INT, WF64, WF64, WF64, W64, allocates=False)
def add_own_evidence(
    tables: Any,
    rows: Any,
    scores: Any,
    names: Any,
    count: int,
    regions: Any,
    countries: Any,
    own: Any,
    cities: Any,
) -> None:
    """Let each name speak for the regions and countries of its cities.

    `own` takes how much each name says for one of them, `cities` the cities of one name.
    """
    for name in range(count):
        own[name] = 0
        best = -np.inf
        for mention in range(names.size):
            if names[mention] == name:
                best = max(best, scores[mention])
        likely = 1 / (1 + np.exp(-best)) if best > _NEVER else 0.0
        if likely < _LIKELY_ENOUGH:
            continue
        found, qualified = readings(tables, rows, names, name, cities)
        different = 0
        for i in range(min(found, _READINGS_FOR_EVIDENCE)):
            region = whole(tables.places.region[cities[i]])
            known = False
            for j in range(different):
                known |= cities[j] == region
            if not known:
                cities[different] = region  # regions take the place of cities that are done with
                different += 1
        weight = (_QUALIFIED_EVIDENCE if qualified else _NAME_EVIDENCE) * likely / different
        own[name] = weight
        for i in range(different):
            regions[cities[i]] += weight
            country = tables.places.country_of[cities[i]]
            first = True
            for j in range(i):
                first &= tables.places.country_of[cities[j]] != country
            if first:
                countries[country] += weight


@compiled(TABLES, I64, INT, F64, F64, AT_HOME, F64, WF64, WF64, allocates=False)
def weigh(
    tables: Any,
    cities: Any,
    count: int,
    regions: Any,
    countries: Any,
    home: Any,
    weights: Any,
    out: Any,
    considered: Any,
) -> None:
    """Write how much speaks for each of a name's cities, other names' pull apart."""
    for i in range(count):
        consider(tables.places, cities[i], regions, countries, home, considered)
        total = 0.0
        for column in range(NEAR):
            total += weights[column] * considered[column]
        out[i] = total


@compiled(W64, WF64, INT, allocates=False)
def _order(cities: Any, weighed: Any, count: int) -> None:
    """Sort cities by weight, the best first; of equals the one further down the gazetteer."""
    for i in range(1, count):
        city, weight = cities[i], weighed[i]
        j = i - 1
        while j >= 0 and (weighed[j] < weight or (weighed[j] == weight and cities[j] < city)):
            cities[j + 1], weighed[j + 1] = cities[j], weighed[j]
            j -= 1
        cities[j + 1], weighed[j + 1] = city, weight


class Weighed(NamedTuple):
    """The namesakes of all names of a story, weighed; room for a loop to write into.

    Attributes:
        cities: of each name, best first, a row a name; i8.
        weights: of each of them.
        counts: how many each name has.
        pulling: how many of them pull other names.
        chances: how likely each of those is meant.
        pulled: the weights of the name that was looked at last, with the pull of the others.
        considered: what speaks for the city that was weighed last.
    """

    cities: NDArray[np.int64]
    weights: NDArray[np.float64]
    counts: NDArray[np.int64]
    pulling: NDArray[np.int64]
    chances: NDArray[np.float64]
    pulled: NDArray[np.float64]
    considered: NDArray[np.float64]


WEIGHED = types.NamedTuple((types.Array(types.int64, 2, "C"), NUMBERS, W64, W64, NUMBERS, WF64, WF64), Weighed)


@compiled(INT)
def room_for(count: int) -> Weighed:
    """Return room for the namesakes of so many names."""
    return Weighed(
        np.empty((count, NAMESAKES), np.int64),
        np.empty((count, NAMESAKES)),
        np.empty(count, np.int64),
        np.empty(count, np.int64),
        np.empty((count, NAMESAKES)),
        np.empty(NAMESAKES),
        np.empty(NEAR + 1),
    )


@compiled(PLACES, WEIGHED, INT, INT, INT, allocates=False)
def pull(places: Any, weighed: Any, count: int, name: int, row: int) -> Any:
    """Return how strongly other names pull a name towards one of its cities, 0 to 2.

    Args:
        places: of the gazetteer.
        weighed: the names' namesakes.
        count: names.
        name: the name's number; it does not pull itself.
        row: of the city.
    """
    latitude, longitude = places.latitude[row] / 100_000, places.longitude[row] / 100_000
    total = 0.0
    for other in range(count):
        if other == name:
            continue
        for i in range(weighed.pulling[other]):
            city = weighed.cities[other, i]
            other_latitude = places.latitude[city] / 100_000
            if abs(other_latitude - latitude) < _NEAR_DEGREES:
                away = kilometres(latitude, longitude, other_latitude, places.longitude[city] / 100_000)
                if city != row and away < _NEAR_REACH:
                    total += weighed.chances[other, i] * (1 - away / _NEAR_REACH)
    return min(total, _MOST_PULL)


@compiled(WEIGHED, INT, WF64, allocates=False)
def _share_out(weighed: Any, name: int, weights: Any) -> None:
    """Write how likely each of a name's cities is meant, of those that pull; `weights` is of all its cities."""
    most, total = -np.inf, 0.0
    for i in range(weighed.counts[name]):
        most = max(most, weights[i])
    for i in range(weighed.counts[name]):
        total += np.exp(weights[i] - most)
    for i in range(weighed.pulling[name]):
        weighed.chances[name, i] = np.exp(weights[i] - most) / total


@compiled(TABLES, ROWS, F64, I64, INT, F64, F64, AT_HOME, F64, WEIGHED, allocates=False)
def weigh_all(
    tables: Any,
    rows: Any,
    scores: Any,
    names: Any,
    count: int,
    regions: Any,
    countries: Any,
    home: Any,
    weights: Any,
    weighed: Any,
) -> None:
    """Weigh the namesakes of every name, and how likely each is meant where names pull each other."""
    many = 0
    for name in range(count):
        cities, own = weighed.cities[name], weighed.weights[name]
        several, _ = readings(tables, rows, names, name, cities)
        weighed.counts[name] = several
        if several > 1:
            weigh(tables, cities, several, regions, countries, home, weights, own, weighed.considered)
            _order(cities, own, several)
        else:
            own[0] = _ALONE
        weighed.pulling[name] = 0
        for mention in range(names.size):
            if names[mention] == name and scores[mention] > _PULLING_SCORE and many < _MOST_PULLING:
                many += 1
                weighed.pulling[name] = several
                break
        _share_out(weighed, name, own)
        for i in range(weighed.pulling[name]):
            if weighed.chances[name, i] < _PULLING_CHANCE:
                weighed.pulling[name] = i
                break
    for _ in range(_ROUNDS):
        for name in range(count):
            if weighed.pulling[name] > 1:
                for i in range(weighed.counts[name]):
                    weighed.pulled[i] = weighed.weights[name, i]
                for i in range(weighed.pulling[name]):
                    weighed.pulled[i] += weights[NEAR] * pull(
                        tables.places, weighed, count, name, weighed.cities[name, i]
                    )
                _share_out(weighed, name, weighed.pulled)


@compiled(PLACES, INT, INT, allocates=False)
def next_door(places: Any, row: int, other: int) -> bool:
    """Return whether two cities lie so near that they are one place to most readers."""
    latitude, longitude = places.latitude[row] / 100_000, places.longitude[row] / 100_000
    away = kilometres(latitude, longitude, places.latitude[other] / 100_000, places.longitude[other] / 100_000)
    return bool(away < _NEXT_DOOR)
