"""Say which of the names in a story may be cities at all, before their namesakes are weighed.

No weighing; `senses` does. The one idea: mentions of one name speak for each other. A name that only ever stands for a
person is no city, however large the city of that name; a street never is.
"""

from __future__ import annotations

from typing import Any

from index.compiled import F64, INT, W64, WF64, compiled
from index.enrich.cities.cues import (
    AFTER_ADDRESS,
    AFTER_FIRST_NAME,
    AFTER_INITIAL,
    AFTER_KIND_OF_PLACE,
    AFTER_PLACE_PREPOSITION,
    AFTER_PREPOSITION,
    AFTER_TITLE,
    AFTER_VISIT,
    BEFORE_AGENCY,
    BEFORE_DAY,
    BEFORE_SAID,
    BESIDE_ANOTHER,
    CAPITAL_CITY,
    CIVIC_NAME,
    CIVIC_WORD,
    CLUB,
    COUNTRY_NAMED,
    FIRST_NAME_OF_SOMEBODY,
    HOME_NEAR,
    HOME_OF_A_PERSON,
    IS_ABBREVIATION,
    LANDSCAPE_NAME,
    LONGER_NAME,
    STANDS_ALONE_HERE,
    STREET_NAME,
    SURNAME_ELSEWHERE,
    TEAM_NAME,
    TOWN_OFFICE_WORD,
)
from index.enrich.cities.gazetteer import STANDS_ALONE
from index.enrich.cities.mention import (
    AT_HOME,
    DATELINE,
    FOR_STATE,
    IN_A_LIST_OF_STATES,
    KIND,
    MISQUALIFIED,
    NAME,
    OF_A_NATION,
    OF_WHICH,
    QUALIFIER_END,
    START,
    fits,
    kilometres,
)
from index.enrich.cities.tables import NUMBERS, ROWS, TABLES, whole

# A name none of whose mentions reaches this (log-odds) is dropped before its namesakes are weighed.
_WORTH_WEIGHING = -2.5

# From this many people on, a city is meant whatever state seems to follow its name, and Boston Harbor is Boston's.
_WELL_KNOWN = 100_000

# How much larger than the one named with its state a city is that is meant by the name alone; how far, in kilometres, a
# home reaches.
_MUCH_LARGER, _NEAR_HOME = 2, 80.0

# A town this near is called by its bare name at home, even behind a namesake.
_AT_HOME = 15.0


@compiled(ROWS, INT, allocates=False)
def _lies_elsewhere(rows: Any, mention: int) -> bool:
    """Return whether the dateline says of a name that its city is none that the gazetteer knows: "PARIS, Ga."."""
    for other in range(rows.shape[0]):
        if rows[other, DATELINE] and rows[other, MISQUALIFIED] and rows[other, NAME] == rows[mention, NAME]:
            return True
    return False


@compiled(ROWS, NUMBERS, INT, allocates=False)
def _is_the_state(rows: Any, cues: Any, mention: int) -> bool:
    """Return whether a name that the story uses of a state means it here too: nothing beside it speaks of a city."""
    if rows[mention, DATELINE] or rows[mention, QUALIFIER_END]:
        return False
    own = cues[mention]
    if rows[mention, FOR_STATE] == IN_A_LIST_OF_STATES:
        return not own[CIVIC_WORD]
    if rows[mention, FOR_STATE] > 0:
        return True
    if own[TOWN_OFFICE_WORD] or own[AFTER_KIND_OF_PLACE] or own[BEFORE_AGENCY] or own[BESIDE_ANOTHER]:
        return False
    used = 0
    for other in range(rows.shape[0]):
        if rows[other, NAME] == rows[mention, NAME]:
            if rows[other, DATELINE]:
                return False
            used = max(used, rows[other, FOR_STATE])
    as_city = own[AFTER_PLACE_PREPOSITION] or own[CIVIC_WORD] or own[CIVIC_NAME] or own[AFTER_VISIT]
    if used == 2:  # a state's name far from the city: "in Washington" is the state, but where the president is
        return not (rows[mention, FOR_STATE] == OF_A_NATION and (as_city or own[AFTER_PREPOSITION]))
    return used == 1 and not as_city


@compiled(WF64, allocates=False)
def _has_a_places_word(own: Any) -> bool:
    """Return whether what stands beside a mention, whose cues these are, is said of places.

    A town by the paper's home needs no such word.
    """
    before = own[AFTER_PLACE_PREPOSITION] or own[AFTER_KIND_OF_PLACE] or own[AFTER_ADDRESS] or own[HOME_OF_A_PERSON]
    behind = own[CIVIC_WORD] or own[CIVIC_NAME] or own[TEAM_NAME] or own[BEFORE_AGENCY] or own[BEFORE_DAY]
    return bool(before or behind or own[AFTER_VISIT] or own[BESIDE_ANOTHER] or own[LANDSCAPE_NAME]) or bool(
        own[HOME_NEAR]
    )


@compiled(ROWS, NUMBERS, INT, allocates=False)
def _may_be_a_government(rows: Any, cues: Any, mention: int) -> bool:
    """Return whether a name may stand for the government there: of a capital, by its country or another capital."""
    if not cues[mention, CAPITAL_CITY]:
        return False
    for other in range(rows.shape[0]):
        if rows[other, NAME] != rows[mention, NAME] and cues[other, CAPITAL_CITY]:
            return True
    return bool(cues[mention, COUNTRY_NAMED])


@compiled(TABLES, ROWS, INT, AT_HOME, INT, allocates=False)
def _bare_is_another(tables: Any, rows: Any, own: int, home: Any, body: int) -> bool:
    """Return whether a name alone is another city than the one that it is named with its state as.

    It is the same in the usual style, "Springfield, Ill., … Springfield", and wherever the dateline has the state. It
    is another where the home is another, or lies by one that is named before ("a man of Kansas City, Kan.,"), and
    where a much larger city's name stands alone in the dateline or before: "Boston police arrested a man from Boston,
    England". A headline tells nothing, as it often leaves out the state.

    Args:
        tables: of the gazetteer.
        rows: the mentions.
        own: a mention of the name.
        home: the paper's home.
        body: where the body starts.
    """
    name = rows[own, NAME]
    bare = before = filed = False
    told = -1
    for mention in range(rows.shape[0]):
        if rows[mention, NAME] != name:
            continue
        if rows[mention, QUALIFIER_END]:
            if rows[mention, DATELINE]:
                return False
            told = mention if told < 0 else told
        else:
            bare = True
            before |= told < 0 and rows[mention, START] >= body
            filed |= rows[mention, DATELINE] != 0 and rows[mention, MISQUALIFIED] == 0
    if told < 0 or not bare:
        return False
    fitting, other, known = 0, 0, False
    near, near_other = _NEAR_HOME, _NEAR_HOME
    for i in range(tables.cities_starts[name], tables.cities_starts[name + 1]):
        row = tables.cities[i]
        population = int(tables.places.population[row])
        away = _NEAR_HOME
        if home.row >= 0:
            latitude, longitude = tables.places.latitude[row] / 100_000, tables.places.longitude[row] / 100_000
            away = kilometres(home.latitude, home.longitude, latitude, longitude)
        if fits(tables, rows[told, KIND], rows[told, OF_WHICH], row):
            fitting, near = max(fitting, population), min(near, away)
        else:
            known |= (tables.places.flags[row] & STANDS_ALONE) != 0
            other, near_other = max(other, population), min(near_other, away)
    if near != near_other and (before or filed or min(near, near_other) < _AT_HOME):
        return bool(near_other < near)
    return bool((before or filed) and other >= _MUCH_LARGER * fitting and (known or other >= _WELL_KNOWN))


@compiled(TABLES, ROWS, NUMBERS, F64, AT_HOME, INT, W64, W64, allocates=False)
def names_of(tables: Any, rows: Any, cues: Any, scores: Any, home: Any, body: int, names: Any, firsts: Any) -> int:
    """Give each mention the number of its name among those that may be cities; return how many names those are.

    A name has two numbers where it is one city with its state and another without.

    Args:
        tables: of the gazetteer.
        rows: the mentions.
        cues: of each.
        scores: what the cues of each add up to.
        home: the paper's home.
        body: where the body starts in the text.
        names: of each mention, written; -1 where the name is no city here.
        firsts: the first mention of each name, written; as long as `names`.
    """
    mentions = rows.shape[0]
    count = 0
    misplaced = of_a_state = False
    for mention in range(mentions):
        misplaced |= rows[mention, DATELINE] != 0 and rows[mention, MISQUALIFIED] != 0
        of_a_state |= rows[mention, FOR_STATE] != 0
    for mention in range(mentions):
        names[mention] = -1
        if misplaced and not rows[mention, QUALIFIER_END] and _lies_elsewhere(rows, mention):
            continue
        if of_a_state and _is_the_state(rows, cues, mention):
            continue
        name = rows[mention, NAME]
        small = tables.places.population[tables.cities[tables.cities_starts[name]]] < _WELL_KNOWN
        if not rows[mention, QUALIFIER_END] and (
            cues[mention, STREET_NAME] or cues[mention, CLUB] or (cues[mention, LANDSCAPE_NAME] and small)
        ):
            continue
        for other in range(count):
            if rows[firsts[other], NAME] != name:
                continue
            same = (rows[firsts[other], QUALIFIER_END] != 0) == (rows[mention, QUALIFIER_END] != 0)
            if same or not _bare_is_another(tables, rows, mention, home, body):
                names[mention] = other
                break
        if names[mention] < 0:
            firsts[count] = mention
            names[mention] = count
            count += 1
    kept = 0
    for name in range(count):
        worth = person = misqualified = qualified = told = abbreviation = first_name = placed = False
        spoke = well_known = False
        person = True
        for mention in range(firsts[name], mentions):
            if names[mention] != name:
                continue
            dated, narrowed = rows[mention, DATELINE] != 0, rows[mention, QUALIFIER_END] != 0
            worth |= scores[mention] > _WORTH_WEIGHING or dated
            somebody = (
                cues[mention, AFTER_FIRST_NAME]
                or cues[mention, AFTER_TITLE]
                or cues[mention, AFTER_INITIAL]
                or cues[mention, SURNAME_ELSEWHERE]
                or cues[mention, FIRST_NAME_OF_SOMEBODY]
            )
            person &= (somebody != 0) and not narrowed and not dated
            own = cues[mention]
            first_name |= own[FIRST_NAME_OF_SOMEBODY] != 0 and not own[LONGER_NAME]
            spoke |= own[BEFORE_SAID] != 0
            well_known |= own[STANDS_ALONE_HERE] != 0
            placed |= narrowed or dated or _has_a_places_word(own)
            misqualified |= rows[mention, MISQUALIFIED] != 0
            qualified |= narrowed
            told |= narrowed or dated
            abbreviation |= cues[mention, IS_ABBREVIATION] != 0
        largest = tables.cities[tables.cities_starts[rows[firsts[name], NAME]]]
        # "Grantville, Pennsylvania" is a small place that the gazetteer lacks.
        elsewhere = misqualified and not qualified and tables.places.population[largest] < _WELL_KNOWN
        placed |= first_name and _may_be_a_government(rows, cues, whole(firsts[name]))
        # "Brooklyn Beckham … Brooklyn wore": somebody is called so, and nothing speaks of a place. Of a well-known city
        # more is named than people (the Geneva Conference), so the person has to speak too: "Sydney said".
        person |= first_name and not placed and (spoke or not well_known)
        keep = worth and not person and not elsewhere and (told or not abbreviation)
        for mention in range(firsts[name], mentions):
            if names[mention] == name:
                names[mention] = kept if keep else -1
        kept += keep
    return kept
