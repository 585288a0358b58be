"""Read a story in one compiled pass: from its characters to the cities it names, and how much of it is each one's.

No rule of its own. The one idea: the steps (`mentions`, `surroundings`, `senses`, `decision`, `salience`) follow one
another without the interpreter between them, since handing the gazetteer's tables and a story's arrays across it takes
longer than some of the steps.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from index.compiled import F64, INT, U32, WF64, compiled
from index.enrich.cities.decision import decide
from index.enrich.cities.letters import kinds_of
from index.enrich.cities.mention import AT_HOME
from index.enrich.cities.mentions import SPANS, scan
from index.enrich.cities.salience import OTHER_COLUMNS, WHOLE_COLUMNS, add_up
from index.enrich.cities.senses import names_of
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


@compiled(TABLES, U32, SPANS, INT, AT_HOME, F64, F64, F64)
def survey(
    tables: Any,
    codes: Any,
    spans: Any,
    body: int,
    home: Any,
    cue_weights: Any,
    sense_weights: Any,
    look_weights: Any,
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
    """
    kinds = kinds_of(tables.kinds, codes)
    rows, regions, countries, counties = scan(tables, codes, kinds, spans, home)
    mentions = rows.shape[0]
    cities, numbers = np.empty((mentions, WHOLE_COLUMNS), np.int32), np.empty((mentions, OTHER_COLUMNS))
    cues = cues_of(tables, codes, kinds, rows, regions, countries, counties, home)
    scores = np.empty(mentions)
    score(cues, cue_weights, scores)
    names, firsts = np.empty(mentions, np.int64), np.empty(mentions, np.int64)
    count = names_of(tables, rows, cues, scores, names, firsts)
    if count == 0:
        return cities[:0], numbers[:0]
    # fmt: off
    chosen, found = decide(
        tables, rows, cues, scores, names, count, regions, countries, home, sense_weights, look_weights
    )
    # fmt: on
    named = add_up(tables, codes, rows, cues, names, count, chosen, found, body, cities, numbers)
    return cities[:named], numbers[:named]
