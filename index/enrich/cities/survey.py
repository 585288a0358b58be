"""Read stories in one compiled pass: from their characters to the cities they name, and how much of each is a city's.

No rule of its own. The one idea: the steps (`mentions`, `surroundings`, `candidates` and so on) follow one
another without the interpreter between them, and story follows story, since handing the gazetteer's tables across it
takes longer than some of the steps.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import types

from index.compiled import F64, I64, INT, U32, WF64, compiled
from index.enrich.cities.candidates import names_of
from index.enrich.cities.decision import decide
from index.enrich.cities.letters import kinds_of
from index.enrich.cities.mention import AT_HOME, NAME, NO_HOME, AtHome
from index.enrich.cities.mentions import SPANS, scan
from index.enrich.cities.salience import OTHER_COLUMNS, WHOLE_COLUMNS, add_up
from index.enrich.cities.senses import readings
from index.enrich.cities.surroundings import cues_of
from index.enrich.cities.tables import NUMBERS, TABLES


@compiled(NUMBERS, F64, WF64, allocates=False)
def score(cues: Any, weights: Any, scores: Any) -> None:
    """Write the log-odds that each mention is a city; the bias stands behind the weights of the cues."""
    for mention in range(cues.shape[0]):
        total = weights[cues.shape[1]]
        for cue in range(cues.shape[1]):
            total += weights[cue] * cues[mention, cue]
        scores[mention] = total


@compiled(TABLES, U32, SPANS, INT, AT_HOME, F64, F64, F64, F64)
def survey(
    tables: Any,
    codes: Any,
    spans: Any,
    body: int,
    home: Any,
    cue_weights: Any,
    sense_weights: Any,
    look_weights: Any,
    looks_anywhere: Any,
) -> Any:
    """Return the cities of a story, a row each: the whole numbers of `salience.Named`, and the others.

    Args:
        tables: of the gazetteer.
        codes: the text, u4.
        spans: where the names of the dateline's places stand.
        body: where the body starts in the text.
        home: the paper's.
        cue_weights: of the cues, and the bias behind them.
        sense_weights: of what speaks for a namesake.
        look_weights: of the second look, and the bias behind them.
        looks_anywhere: the same where the paper's town is unknown.
    """
    kinds = kinds_of(tables.kinds, codes)
    rows, regions, countries, counties = scan(tables, codes, kinds, spans, home)
    mentions = rows.shape[0]
    cities, numbers = np.empty((mentions, WHOLE_COLUMNS), np.int32), np.empty((mentions, OTHER_COLUMNS))
    cues = cues_of(tables, codes, kinds, rows, regions, countries, counties, home)
    scores = np.empty(mentions)
    score(cues, cue_weights, scores)
    names, firsts = np.empty(mentions, np.int64), np.empty(mentions, np.int64)
    count = names_of(tables, rows, cues, scores, home, body, names, firsts)
    if count == 0:
        return cities[:0], numbers[:0]
    # fmt: off
    chosen, found = decide(
        tables, rows, cues, scores, names, count, regions, countries, home, sense_weights, look_weights,
        looks_anywhere,
    )
    # fmt: on
    named = add_up(tables, codes, rows, cues, names, count, chosen, found, body, cities, numbers)
    return cities[:named], numbers[:named]


_WHOLE = types.Array(types.int64, 2, "C", readonly=True)
_PLACES = types.Array(types.float64, 2, "C", readonly=True)


@compiled(TABLES, U32, I64, SPANS, I64, I64, _WHOLE, _PLACES, F64, F64, F64, F64)
def survey_all(
    tables: Any,
    codes: Any,
    ends: Any,
    spans: Any,
    span_ends: Any,
    bodies: Any,
    homes: Any,
    places: Any,
    cue_weights: Any,
    sense_weights: Any,
    looks_anywhere: Any,
    looks_at_home: Any,
) -> Any:
    """Return the cities of several stories, one story's behind the other's as `survey` has them, and where each's end.

    Args:
        tables: of the gazetteer.
        codes: the texts, one behind the other, u4.
        ends: where each ends.
        spans: where the names of their datelines' places stand, each in its own text.
        span_ends: where those of each text end in `spans`.
        bodies: where the body of each starts in its text.
        homes: of their papers, a row each: town, region, country, as in `AtHome`.
        places: latitude and longitude of those, a row each.
        cue_weights: of the cues, and the bias behind them.
        sense_weights: of what speaks for a namesake.
        looks_anywhere: weights of the second look where the paper's town is unknown, and the bias behind them.
        looks_at_home: the same where it is known.
    """
    many = max(16, 4 * ends.size)
    cities, numbers = np.empty((many, WHOLE_COLUMNS), np.int32), np.empty((many, OTHER_COLUMNS))
    found_ends = np.empty(ends.size, np.int64)
    count = begin = first = 0
    for story in range(ends.size):
        end, last = ends[story], span_ends[story]
        home = AtHome(homes[story, 0], homes[story, 1], homes[story, 2], places[story, 0], places[story, 1])
        looks = looks_anywhere if home.row < 0 else looks_at_home
        # fmt: off
        own, others = survey(
            tables, codes[begin:end], spans[first:last], bodies[story], home, cue_weights, sense_weights, looks,
            looks_anywhere,
        )
        # fmt: on
        begin, first = end, last
        if count + own.shape[0] > many:
            many = 2 * (count + own.shape[0])
            more, others_more = np.empty((many, WHOLE_COLUMNS), np.int32), np.empty((many, OTHER_COLUMNS))
            more[:count], others_more[:count] = cities[:count], numbers[:count]
            cities, numbers = more, others_more
        cities[count : count + own.shape[0]] = own
        numbers[count : count + own.shape[0]] = others
        count += own.shape[0]
        found_ends[story] = count
    return cities[:count], numbers[:count], found_ends


@compiled(TABLES, U32, I64, SPANS, I64, I64, F64, INT)
def suggest_all(
    tables: Any, codes: Any, ends: Any, spans: Any, span_ends: Any, bodies: Any, cue_weights: Any, most_readings: int
) -> Any:
    """Return what several stories say of where their papers, whose homes are unknown, are at home.

    One story's numbers behind the other's: how many of its names are likelier cities than not; of each the number of
    the name, how many cities it may be, and those; how many regions the story speaks for, and those.

    Args:
        tables: of the gazetteer.
        codes: the texts, one behind the other, u4.
        ends: where each ends.
        spans: where the names of their datelines' places stand, each in its own text.
        span_ends: where those of each text end in `spans`.
        bodies: where the body of each starts in its text.
        cue_weights: of the cues, and the bias behind them.
        most_readings: cities of one name that are told at most.
    """
    out = np.empty(1 << 12, np.int64)
    cities = np.empty(most_readings, np.int64)
    at = begin = first = 0
    for story in range(ends.size):
        own = codes[begin : ends[story]]
        kinds = kinds_of(tables.kinds, own)
        rows, regions, countries, counties = scan(tables, own, kinds, spans[first : span_ends[story]], NO_HOME)
        begin, first = ends[story], span_ends[story]
        cues = cues_of(tables, own, kinds, rows, regions, countries, counties, NO_HOME)
        mentions = rows.shape[0]
        scores = np.empty(mentions)
        score(cues, cue_weights, scores)
        names, firsts = np.empty(mentions, np.int64), np.empty(mentions, np.int64)
        count = names_of(tables, rows, cues, scores, NO_HOME, bodies[story], names, firsts)
        room = at + count * (2 + most_readings) + regions.size + 2
        if room > out.size:
            longer = np.empty(2 * room, np.int64)
            longer[:at] = out[:at]
            out = longer
        told, at = at, at + 1
        out[told] = 0
        for name in range(count):
            best, likeliest = 0.0, -1
            for mention in range(mentions):
                if names[mention] == name and scores[mention] > best:
                    best, likeliest = scores[mention], mention
            if likeliest >= 0:
                found, _ = readings(tables, rows, names, name, cities)
                out[told] += 1
                out[at], out[at + 1] = rows[likeliest, NAME], found
                out[at + 2 : at + 2 + found] = cities[:found]
                at += 2 + found
        told, at = at, at + 1
        out[told] = 0
        for region in range(regions.size):
            if regions[region] != 0:
                out[told] += 1
                out[at] = region
                at += 1
    return out[:at]
