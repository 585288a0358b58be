"""Choose the city of each name, and look at both once more: is the name meant as a place at all?

Weighs no namesakes; `senses` does. The one idea: a name is judged together with the city that was chosen for it, as a
village of that name in the next county speaks for it and a village on another continent against.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from index.compiled import F64, FLOAT, I64, INT, W64, WF64, compiled
from index.enrich.cities.cues import (
    AFTER_FIRST_NAME,
    AFTER_KIND_OF_PLACE,
    AFTER_PLACE_PREPOSITION,
    AFTER_PREPOSITION,
    AFTER_TITLE,
    AFTER_VISIT,
    BEFORE_AGENCY,
    BESIDE_ANOTHER,
    CIVIC_NAME,
    CIVIC_WORD,
    HYPHENED,
    IN_DATELINE,
    SURNAME_ELSEWHERE,
)
from index.enrich.cities.gazetteer import ONLY_QUALIFIED, STANDS_ALONE
from index.enrich.cities.mention import (
    AT_HOME,
    DATELINE,
    KIND,
    MISQUALIFIED,
    NAME,
    OF_WHICH,
    QUALIFIER_END,
    START,
    fits,
    kilometres,
)
from index.enrich.cities.mentions import SAME_NAME
from index.enrich.cities.senses import (
    NAMESAKES,
    NEAR,
    WEIGHED,
    add_own_evidence,
    next_door,
    pull,
    room_for,
    weigh,
    weigh_all,
)
from index.enrich.cities.tables import NUMBERS, ROWS, TABLES, whole

#: What speaks for and against a name together with the city chosen for it, in the order of its columns.
LOOKS = (
    *("score", "mentions", "population", "stands_alone", "region", "country", "home_near", "home_region", "margin"),
    *("qualified", "misqualified", "nearby", "opening", "only", "small_us", "small", "as_person", "as_place"),
    *("common_word", "place_odds"),
)
# fmt: off
(
    LOOK_SCORE, LOOK_MENTIONS, LOOK_POPULATION, LOOK_ALONE, LOOK_REGION, LOOK_COUNTRY, LOOK_HOME_NEAR,
    LOOK_HOME_REGION, LOOK_MARGIN, LOOK_QUALIFIED, LOOK_MISQUALIFIED, LOOK_NEARBY, LOOK_OPENING, LOOK_ONLY,
    LOOK_SMALL_US, LOOK_SMALL, LOOK_AS_PERSON, LOOK_AS_PLACE, LOOK_COMMON_WORD, LOOK_PLACE_ODDS,
) = range(20)
# fmt: on

#: What is decided of a name, by column: the city, by how much it beat the next namesake (3 and more where there was
#: none), whether there was none, the pull of the sure places around it (0 to 2), what the name itself put into the
#: evidence for its regions, the log-odds that the story names the city.
CITY, MARGIN, ONLY, NEARBY, OWN_EVIDENCE, LIKELY = range(6)

# How far a home town reaches here, in kilometres.
_AT_HOME = 80.0

# Only so many readings of a name are pulled, and none this far behind the best.
_PULLED_READINGS, _OUT_OF_REACH = 8, 3.0

# No margin counts for more than this.
_MOST_MARGIN = 3.0

# Names in the first characters of a text count as opening it.
_OPENING = 80

# The best of many mentions is high by chance; beyond this many it is no longer by chance.
_MANY_TIMES = 3

# A state is named where so much speaks for it besides the name in question.
_STATE_IS_NAMED = 1.0

# Below this many people, a place needs more than its name; from so many on it is known far from home (Portland, Ore.).
_SMALL_TOWN, _WELL_KNOWN = 15_000, 500_000

_HARDLY_SUPPORTED, _LEAST_SCORE, _MOST_SCORE, _MOST_SUPPORT, _MOST_AS_PLACE = 0.3, -3.0, 6.0, 2.0, 2.0


@compiled(TABLES, INT, F64, WEIGHED, NUMBERS, allocates=False)
def choose(tables: Any, count: int, weights: Any, weighed: Any, chosen: Any) -> None:
    """Write into `chosen` the city of each name, and what speaks for the choice."""
    for name in range(count):
        own = weighed.weights[name]
        best, top, nearby = 0, -np.inf, 0.0
        for i in range(min(weighed.counts[name], _PULLED_READINGS)):
            if own[i] < own[0] - _OUT_OF_REACH:
                break
            pulled = pull(tables.places, weighed, count, name, weighed.cities[name, i])
            if own[i] + weights[NEAR] * pulled > top:
                best, top, nearby = i, own[i] + weights[NEAR] * pulled, pulled
        rival = 1
        while rival < weighed.counts[name] and next_door(
            tables.places, weighed.cities[name, 0], weighed.cities[name, rival]
        ):
            rival += 1
        only = weighed.counts[name] == rival
        chosen[name, CITY] = weighed.cities[name, best]
        chosen[name, MARGIN] = _MOST_MARGIN if only else min(_MOST_MARGIN, own[0] - own[rival])
        chosen[name, ONLY] = only
        chosen[name, NEARBY] = nearby


@compiled(TABLES, ROWS, NUMBERS, F64, I64, INT, NUMBERS, F64, F64, AT_HOME, WF64, allocates=False)
def second_look(
    tables: Any,
    rows: Any,
    cues: Any,
    scores: Any,
    names: Any,
    name: int,
    chosen: Any,
    regions: Any,
    countries: Any,
    home: Any,
    look: Any,
) -> None:
    """Write what speaks for and against a name together with the city chosen for it."""
    row = whole(chosen[name, CITY])
    region = tables.places.region[row]
    country = tables.places.country_of[region]
    population = whole(tables.places.population[row])
    best, times, as_place, first = -np.inf, 0, 0.0, whole(-1)
    qualified = misqualified = as_person = False
    for mention in range(names.size):
        if names[mention] != name:
            continue
        own = cues[mention]
        first = mention if first < 0 else first
        best = max(best, scores[mention])
        times += 1
        qualified |= rows[mention, QUALIFIER_END] != 0
        misqualified |= rows[mention, MISQUALIFIED] != 0
        as_person |= (own[AFTER_FIRST_NAME] != 0) | (own[AFTER_TITLE] != 0) | (own[SURNAME_ELSEWHERE] != 0)
        as_place += own[AFTER_PLACE_PREPOSITION] + own[AFTER_KIND_OF_PLACE] + own[IN_DATELINE]
    number = rows[first, NAME]
    only = chosen[name, ONLY] != 0
    supported = regions[region] - chosen[name, OWN_EVIDENCE] * (1.0 if only or qualified else _HARDLY_SUPPORTED)
    look[:] = 0
    look[LOOK_SCORE] = max(_LEAST_SCORE, min(_MOST_SCORE, best))
    look[LOOK_MENTIONS] = np.log(min(times, _MANY_TIMES))
    look[LOOK_POPULATION] = np.log10(population + 10) - 5
    look[LOOK_ALONE] = (tables.places.flags[row] & STANDS_ALONE) != 0
    look[LOOK_REGION] = min(_MOST_SUPPORT, max(0.0, supported))
    look[LOOK_COUNTRY] = np.log10(1 + countries[country])
    if home.row >= 0 and country == home.country:
        latitude, longitude = tables.places.latitude[row] / 100_000, tables.places.longitude[row] / 100_000
        look[LOOK_HOME_NEAR] = kilometres(home.latitude, home.longitude, latitude, longitude) < _AT_HOME
    look[LOOK_HOME_REGION] = region == home.region
    look[LOOK_MARGIN] = chosen[name, MARGIN]
    look[LOOK_QUALIFIED] = qualified
    look[LOOK_MISQUALIFIED] = misqualified and not qualified
    look[LOOK_NEARBY] = chosen[name, NEARBY]
    look[LOOK_OPENING] = rows[first, START] < _OPENING
    look[LOOK_ONLY] = only
    look[LOOK_SMALL_US] = country == tables.places.us and population < _SMALL_TOWN
    look[LOOK_SMALL] = population < _SMALL_TOWN
    look[LOOK_AS_PERSON] = as_person and not qualified
    look[LOOK_AS_PLACE] = min(_MOST_AS_PLACE, as_place)
    look[LOOK_COMMON_WORD] = tables.commonness[number] / 200
    odds = tables.place_odds[number]
    look[LOOK_PLACE_ODDS] = 0.0 if odds == -128 else odds / 40 / 3


@compiled(TABLES, ROWS, NUMBERS, I64, INT, INT, NUMBERS, WF64, AT_HOME, allocates=False)
def _means_a_state(
    tables: Any,
    rows: Any,
    cues: Any,
    names: Any,
    count: int,
    name: int,
    chosen: Any,
    regions: Any,
    home: Any,
) -> bool:
    """Return whether a name means the state that its city is not in: "In Olympia … Washington has apples".

    It does where nothing beside it speaks of a place, and the paper or the story is at home in the state. A city in its
    state is meant where no words speak for the state (`states`), however far the paper's home is.
    """
    number, times = -1, 0
    for mention in range(names.size):
        if names[mention] != name:
            continue
        number, times = whole(rows[mention, NAME]), times + 1
        own = cues[mention]
        if rows[mention, DATELINE] or rows[mention, QUALIFIER_END]:
            return False
        if own[AFTER_PLACE_PREPOSITION] or own[AFTER_PREPOSITION] or own[AFTER_KIND_OF_PLACE] or own[AFTER_VISIT]:
            return False
        if own[CIVIC_WORD] or own[CIVIC_NAME] or own[BESIDE_ANOTHER] or own[BEFORE_AGENCY] or own[HYPHENED]:
            return False
    first = whole(tables.region_starts[tables.special[number]])
    if whole(tables.region_starts[tables.special[number] + 1]) == first or tables.key_flags[number] & ONLY_QUALIFIED:
        return False
    state = tables.region_list[first]
    american = tables.places.country_of[state] in (tables.places.us, tables.places.ca)
    row = whole(chosen[name, CITY])
    if not american:
        return False
    if tables.places.region[row] == state:
        return False
    if home.region == state or regions[state] - times * SAME_NAME >= _STATE_IS_NAMED:
        return True
    for other in range(count):
        if chosen[other, LIKELY] > 0 and tables.places.region[whole(chosen[other, CITY])] == state:
            return True
    return False


@compiled(TABLES, ROWS, NUMBERS, F64, I64, INT, F64, F64, AT_HOME, F64, FLOAT, NUMBERS, WF64, allocates=False)
def _look_at_all(
    tables: Any,
    rows: Any,
    cues: Any,
    scores: Any,
    names: Any,
    count: int,
    regions: Any,
    countries: Any,
    home: Any,
    weights: Any,
    least: float,
    chosen: Any,
    look: Any,
) -> bool:
    """Write into `chosen` how likely each name is meant as its city; return whether any is.

    None is whose words score no more than `least`.
    """
    believed = False
    for name in range(count):
        second_look(tables, rows, cues, scores, names, name, chosen, regions, countries, home, look)
        likely = weights[look.size]
        for column in range(look.size):
            likely += weights[column] * look[column]
        if look[LOOK_SCORE] <= least:
            likely = min(likely, 0.0)
        chosen[name, LIKELY] = likely
        believed |= likely > 0
    for mention in range(names.size):
        believed |= names[mention] >= 0 and rows[mention, DATELINE] != 0
    return believed


@compiled(TABLES, ROWS, I64, INT, AT_HOME, NUMBERS, INT, allocates=False)
def _drop_what_is_far_fetched(
    tables: Any, rows: Any, names: Any, count: int, home: Any, chosen: Any, against: int
) -> None:
    """Let the name of a region of the home's country be no city abroad: to Melbourne, Victoria is none in Canada.

    Where the home speaks `against` the names, one is a city only if that is well known or has its state behind it.
    """
    for name in range(count):
        number, qualified = whole(-1), False
        for mention in range(names.size):
            if names[mention] == name:
                number = whole(rows[mention, NAME])
                qualified |= rows[mention, QUALIFIER_END] != 0
        special = tables.special[number]
        own = False
        for i in range(tables.region_starts[special], tables.region_starts[special + 1]):
            own |= tables.places.country_of[tables.region_list[i]] == home.country
        row = whole(chosen[name, CITY])
        known = tables.places.flags[row] & STANDS_ALONE or tables.places.population[row] >= _WELL_KNOWN
        abroad = tables.places.country_of[tables.places.region[row]] != home.country
        if not qualified and ((own and (abroad or against)) or (against and not known)):
            chosen[name, LIKELY] = min(0.0, chosen[name, LIKELY])


@compiled(
    *(TABLES, ROWS, NUMBERS, F64, I64, INT, WF64, WF64, AT_HOME, F64, F64, F64),
    *(WEIGHED, NUMBERS, WF64, WF64, W64),
    allocates=False,
)
def _decide(
    tables: Any,
    rows: Any,
    cues: Any,
    scores: Any,
    names: Any,
    count: int,
    regions: Any,
    countries: Any,
    home: Any,
    sense_weights: Any,
    city_weights: Any,
    looks_anywhere: Any,
    weighed: Any,
    chosen: Any,
    own: Any,
    look: Any,
    found: Any,
) -> None:
    """Do what `decide` promises, in `chosen` and `found`."""
    cities, weights = weighed.cities[0], weighed.weights[0]
    add_own_evidence(tables, rows, scores, names, count, regions, countries, own, cities)
    weigh_all(tables, rows, scores, names, count, regions, countries, home, sense_weights, weighed)
    choose(tables, count, sense_weights, weighed, chosen)
    for name in range(count):
        chosen[name, OWN_EVIDENCE] = own[name]
    # fmt: off
    believed = _look_at_all(
        tables, rows, cues, scores, names, count, regions, countries, home, city_weights,
        -np.inf, chosen, look,
    )
    against = not believed and home.row >= 0
    if against:  # a home takes no city away that the words themselves speak for
        _look_at_all(
            tables, rows, cues, scores, names, count, regions, countries, home, looks_anywhere,
            0.0, chosen, look,
        )
    if home.row >= 0:
        _drop_what_is_far_fetched(tables, rows, names, count, home, chosen, against)
    # fmt: on
    for name in range(count):
        believed = chosen[name, LIKELY] > 0
        for mention in range(names.size):
            if names[mention] == name:
                believed |= rows[mention, DATELINE] != 0 and rows[mention, MISQUALIFIED] == 0
        if not believed or _means_a_state(tables, rows, cues, names, count, name, chosen, regions, home):
            continue
        # A name with two different states after it is two cities: "Springfield, Ill., and Springfield, Mo."
        for mention in range(names.size):
            if names[mention] != name:
                continue
            found[mention] = whole(chosen[name, CITY])
            kind, which = whole(rows[mention, KIND]), whole(rows[mention, OF_WHICH])
            if not rows[mention, QUALIFIER_END] or fits(tables, kind, which, found[mention]):
                continue
            number = rows[mention, NAME]
            several = 0
            for i in range(tables.cities_starts[number], tables.cities_starts[number + 1]):
                if fits(tables, kind, which, tables.cities[i]) and several < NAMESAKES:
                    cities[several] = tables.cities[i]
                    several += 1
            weigh(tables, cities, several, regions, countries, home, sense_weights, weights, weighed.considered)
            best = 0
            for i in range(several):
                best = i if weights[i] > weights[best] else best
            found[mention] = cities[best]


@compiled(TABLES, ROWS, NUMBERS, F64, I64, INT, WF64, WF64, AT_HOME, F64, F64, F64)
def decide(
    tables: Any,
    rows: Any,
    cues: Any,
    scores: Any,
    names: Any,
    count: int,
    regions: Any,
    countries: Any,
    home: Any,
    sense_weights: Any,
    city_weights: Any,
    looks_anywhere: Any,
) -> Any:
    """Return what is decided of each name, a row each, and the city of each mention, -1 for none.

    Args:
        tables: of the gazetteer.
        rows: the mentions.
        cues: of each.
        scores: of each.
        names: of each the number of its name, -1 where it is no city.
        count: names.
        regions: evidence for each; what the names say is added.
        countries: likewise.
        home: the paper's home.
        sense_weights: of `CONSIDERATIONS`.
        city_weights: of `LOOKS`, and of the bias behind them.
        looks_anywhere: the same where no home is known, for a story in which no city is believed otherwise.
    """
    chosen = np.zeros((count, LIKELY + 1))
    found = np.full(names.size, -1, np.int64)
    # fmt: off
    _decide(
        tables, rows, cues, scores, names, count, regions, countries, home, sense_weights, city_weights,
        looks_anywhere, room_for(count), chosen, np.empty(count), np.empty(LOOK_PLACE_ODDS + 1), found,
    )
    # fmt: on
    return chosen, found
