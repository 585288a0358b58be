"""Read what a story says of places: its text, the names in it, the cities those mean.

The Python side of the compiled steps: strings become code points here, and rows of numbers become names and cities. The
one idea: `all_named` is one compiled pass (`survey`) over many stories; whoever wants to look between its steps, to
learn a home or to fit a weight, has them one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.enrich.cities import candidates, letters, mentions, surroundings
from index.enrich.cities.dateline import Dateline, inner_dateline, lies_elsewhere, parse_dateline
from index.enrich.cities.gazetteer import Gazetteer
from index.enrich.cities.home import Home
from index.enrich.cities.mention import NO_HOME, AtHome
from index.enrich.cities.salience import Named
from index.enrich.cities.survey import score, suggest_all, survey_all
from index.enrich.cities.tables import Tables
from index.enrich.cities.tabulate import countries_of, tables
from index.enrich.cities.weights import Weights, shipped_weights
from index.record import Draft

Numbers = NDArray[np.float64]
Rows = NDArray[np.int32]

_ENDS_DATELINE = " ,-–—:"


@dataclass(frozen=True, slots=True)
class Text:
    """What is read of a story: headline, dateline and body one under the other.

    Attributes:
        text: all of it.
        body: where the body starts.
        dateline: what was read as its dateline, or None.
        spans: where the names of the dateline's places are in `text`, and 1 for a place that is none of the
            gazetteer's cities of that name: no such city lies in the state behind it.
    """

    text: str
    body: int
    dateline: Dateline | None
    spans: tuple[tuple[int, int, int], ...]


def text_of(draft: Draft) -> Text:
    """Return the text of a story in which its cities are looked for."""
    headline = "" if draft.headline_made or draft.body.startswith(draft.headline) else draft.headline
    head = f"{headline}\n\n" if headline else ""
    found = parse_dateline(draft.body) or inner_dateline(draft.body)
    if draft.dateline and not (found is not None and found.text.startswith(draft.dateline.rstrip(_ENDS_DATELINE))):
        given = parse_dateline(draft.dateline, given=True)
        if given is not None and given.places:
            spans = _spans(given, len(head))
            opening = f"{head}{draft.dateline}\n\n"
            return Text(opening + draft.body, len(opening), given, spans)
    return Text(head + draft.body, len(head), found, _spans(found, len(head)))


def _spans(dateline: Dateline | None, offset: int) -> tuple[tuple[int, int, int], ...]:
    places = dateline.places if dateline else ()
    return tuple(
        (offset + place.start, offset + place.start + len(place.name), int(lies_elsewhere(place))) for place in places
    )


_NO_SPANS = np.empty((0, 3), np.int64)


@dataclass(frozen=True, slots=True)
class Scan:
    """What one reading of a story found.

    Attributes:
        rows: the mentions (`START` and the columns behind it).
        cues: of each mention, columns as in `cues.CUES`.
        scores: log-odds that each is a city; what its cues add up to.
        regions: evidence for each region.
        countries: evidence for each country.
        home: the paper's home, as compiled loops take it.
        body: where the body starts in the text.
    """

    rows: Rows
    cues: Numbers
    scores: Numbers
    regions: Numbers
    countries: Numbers
    home: AtHome
    body: int


@dataclass(frozen=True, slots=True)
class World:
    """What a gazetteer is to compiled loops.

    Attributes:
        tables: its arrays.
        country_number: by ISO code.
    """

    tables: Tables
    country_number: dict[str, int]

    def home(self, home: Home | None) -> AtHome:
        """Return a home as compiled loops take it."""
        if home is None:
            return NO_HOME
        if not home.is_town:
            return NO_HOME._replace(country=self.country_number[home.country])
        return AtHome(home.row, home.region, self.country_number[home.country], home.latitude, home.longitude)


@cache
def world(known: Gazetteer) -> World:
    """Return what a gazetteer is to compiled loops; made once a process."""
    return World(tables(known), {code: number for number, code in enumerate(countries_of(known))})


def _rows(spans: Sequence[tuple[int, int, int]]) -> NDArray[np.int64]:
    return np.array(spans, np.int64) if spans else _NO_SPANS


def all_named(
    reads: Sequence[Text], known: Gazetteer, homes: Sequence[Home | None], model: Weights | None = None
) -> list[list[Named]]:
    """Return the cities that each of several texts names; `model` replaces the weights that ship.

    Args:
        reads: the texts.
        known: the gazetteer.
        homes: of the paper of each.
        model: weights.
    """
    model, own = model or shipped_weights(), world(known)
    at_home = [own.home(home) for home in homes]
    # fmt: off
    cities, numbers, ends = survey_all(
        own.tables,
        *_joined(reads),
        np.array([read.body for read in reads], np.int64),
        np.array([home[:3] for home in at_home], np.int64).reshape(-1, 3),
        np.array([home[3:] for home in at_home], np.float64).reshape(-1, 2),
        model.of_cues, model.of_senses, *model.of_looks,
    )
    # fmt: on
    named = [Named(*whole, *others) for whole, others in zip(cities.tolist(), numbers.tolist(), strict=True)]
    return [named[begin:end] for begin, end in pairwise((0, *ends.tolist()))]


def _ends(sizes: Sequence[int]) -> NDArray[np.int64]:
    """Return where each of several ends that stand one behind the other."""
    return np.cumsum(sizes, dtype=np.int64)


def cities_named(read: Text, known: Gazetteer, home: Home | None, model: Weights | None = None) -> list[Named]:
    """Return the cities that one text names; see `all_named`."""
    return all_named([read], known, [home], model)[0]


def find_mentions(read: Text, known: Gazetteer, home: Home | None, model: Weights | None = None) -> Scan:
    """Return the mentions of a story, scored; `model` replaces the weights that ship."""
    model, own = model or shipped_weights(), world(known)
    at_home = own.home(home)
    codes = letters.codes_of(read.text)
    kinds = letters.kinds_of(own.tables.kinds, codes)
    rows, regions, countries, counties = mentions.scan(own.tables, codes, kinds, _rows(read.spans), at_home)
    found = surroundings.cues_of(own.tables, codes, kinds, rows, regions, countries, counties, at_home)
    scores = np.empty(len(rows))
    score(found, model.of_cues, scores)
    return Scan(rows, found, scores, regions, countries, at_home, read.body)


def names_of(scanned: Scan, known: Gazetteer) -> tuple[NDArray[np.int64], int]:
    """Return the number of the name of each mention that may be a city, -1 for the others; and how many names."""
    names, firsts = np.empty((2, len(scanned.rows)), np.int64)
    tables_, seen = world(known).tables, (scanned.rows, scanned.cues, scanned.scores)
    return names, candidates.names_of(tables_, *seen, scanned.home, scanned.body, names, firsts)


def suggestions(
    reads: Sequence[Text], known: Gazetteer, most_readings: int
) -> list[tuple[dict[str, tuple[int, ...]], list[int]]]:
    """Return what each of several texts says of where its paper, whose home is unknown, is at home.

    Args:
        reads: the texts.
        known: the gazetteer.
        most_readings: cities of one name that are told at most.

    Returns:
        Of each text the cities that each name may mean which is likelier a city than not, by the name's key, and the
        regions that it speaks for.
    """
    bodies = np.array([read.body for read in reads], np.int64)
    # fmt: off
    numbers = suggest_all(
        world(known).tables, *_joined(reads), bodies, shipped_weights().of_cues, most_readings
    ).tolist()
    # fmt: on
    found, at = [], 0
    for _ in reads:
        names: dict[str, tuple[int, ...]] = {}
        count, at = numbers[at], at + 1
        for _ in range(count):
            end = at + 2 + numbers[at + 1]
            names[known.key_of(numbers[at])] = tuple(numbers[at + 2 : end])
            at = end
        end = at + 1 + numbers[at]
        found.append((names, numbers[at + 1 : end]))
        at = end
    return found


def _joined(reads: Sequence[Text]) -> tuple[Any, Any, Any, Any]:
    """Return several texts and the spans in them as compiled loops take them: end to end, with where each ends."""
    return (
        letters.codes_of("".join([read.text for read in reads])),
        _ends([len(read.text) for read in reads]),
        _rows([span for read in reads for span in read.spans]),
        _ends([len(read.spans) for read in reads]),
    )
