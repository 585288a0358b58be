"""Fit the weights of the resolver to stories whose places were marked by hand.

    python -m index.enrich.cities.fit FOLDER [--check]

Run by whoever changes a cue or a list; running Morgue does not need it. FOLDER holds the development sets
(`*.gold.jsonl.gz` with every marked place, `*.cities.jsonl.gz` with the cities of each story). Two logistic models are
fitted, ridge-regularised, by Newton's method: one for mentions (is this name a city here?), one for pairs of a name and
the city chosen for it (does the story name that city?). Every story takes part twice, with its paper's home known and
unknown. `--check` fits on four fifths and measures on the rest, five times, and writes nothing.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from index.enrich.cities import cues, decision, reading, senses
from index.enrich.cities.distance import distance
from index.enrich.cities.gazetteer import gazetteer
from index.enrich.cities.home import Home
from index.enrich.cities.homes import home_of
from index.enrich.cities.learning import learn_homes
from index.enrich.cities.mention import END, KIND, NAME, OF_WHICH, START, fits
from index.enrich.cities.names import key
from index.enrich.cities.resolver import home_for
from index.enrich.cities.weights import WEIGHTS, Weights, shipped_weights
from index.record import Draft

#: A predicted city this close to a marked one is right (kilometres).
NEAR = 25.0

Numbers = NDArray[np.float64]

# Strength of the ridge; the bias is free.
_RIDGE = 1.0

_FOLDS = 5

# Stories of local papers whose home is not made use of are a rare case: they count this much.
_HOME_UNUSED = 0.3

# F1 is best where a name slightly less likely than not still counts; where no home helps, recall suffers first.
_LENIENCE, _LENIENCE_ANYWHERE = 0.4, 0.3

# Where nothing tells a home, so much more counts the size of a city (log10 of its people): the marked sets are mostly
# of local papers, whose small towns a story without a known paper is less likely to mean.
_SIZE_ANYWHERE = 0.3


@dataclass(frozen=True)
class Marked:
    """A story with its marks.

    Attributes:
        draft: the story.
        home: its paper's home, or "".
        cities: (GeoNames id or None, latitude, longitude, names) of each city it names.
        neutral: (name, latitude, longitude) of places that are neither right nor wrong; None where not placed.
        spans: (start, end, latitude, longitude, name) of every mark in the body.
    """

    draft: Draft
    home: str
    cities: list[tuple[int | None, float, float, list[str]]]
    neutral: list[tuple[str, float | None, float | None]]
    spans: list[tuple[int, int, float | None, float | None, str]]


def load(folder: Path) -> list[Marked]:
    """Return the marked stories of all sets in a folder."""
    stories: list[Marked] = []
    for path in sorted(folder.glob("*.cities.jsonl.gz")):
        marks = {row["id"]: row for row in _rows(path.with_name(path.name.replace(".cities.", ".gold.")))}
        rows = list(_rows(path))
        drafts = {
            row["id"]: Draft(
                headline=row["title"] or "", body=row["text"], source=row["source"] or "", url=row["url"] or ""
            )
            for row in rows
        }
        learned = learn_homes(drafts.values())
        for row in rows:
            draft = drafts[row["id"]]
            home = home_of(draft.source, draft.url) or learned.get(draft.source, "")
            spans = [
                (mark["start"], mark["end"], mark["lat"], mark["lon"], mark["name"])
                for mark in marks[row["id"]]["toponyms"]
            ]
            stories.append(Marked(draft, home, row["cities"], row["neutral"], spans))
    return stories


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def label(scanned: reading.Scan, mention: int, story: Marked, body: int) -> float | None:
    """Return 1 for a mention that names a marked city, 0 for one that does not, None where the marks do not say."""
    known = gazetteer()
    row = scanned.rows[mention]
    start, end = int(row[START]) - body, int(row[END]) - body
    if start < 0:
        return None
    for left, right, latitude, longitude, name in story.spans:
        if not (left < end and start < right):
            continue
        if latitude is None or longitude is None:
            return None if (left, right) == (start, end) else 0.0
        named = any(distance(latitude, longitude, city[1], city[2]) < 2 for city in story.cities)
        if named and left == start:
            return 1.0
        tables = reading.world(known).tables
        cities = tables.cities[tables.cities_starts[row[NAME]] : tables.cities_starts[row[NAME] + 1]].tolist()
        if any(
            distance(known.latitude(city), known.longitude(city), latitude, longitude) < NEAR
            and fits(tables, row[KIND], row[OF_WHICH], city)
            for city in cities
        ):
            return None if key(name).startswith(known.key_of(row[NAME])) else 0.0
        return 0.0
    return 0.0


def right(row: int, surface: str, story: Marked) -> float | None:
    """Return 1 where the story names that city, 0 where not, None where the place is neutral."""
    known = gazetteer()
    latitude, longitude = known.latitude(row), known.longitude(row)
    if any(
        geonameid == known.geonameid[row] or distance(latitude, longitude, city_latitude, city_longitude) <= NEAR
        for geonameid, city_latitude, city_longitude, _ in story.cities
    ):
        return 1.0
    for name, at_latitude, at_longitude in story.neutral:
        if at_latitude is None or at_longitude is None:
            if key(name) == surface:
                return None
        elif distance(latitude, longitude, at_latitude, at_longitude) <= NEAR and surface in key(name):
            return None
    return 0.0


def regression(
    names: Sequence[str], rows: Numbers, labels: Sequence[float], counts: Sequence[float]
) -> dict[str, float]:
    """Return the weights of a ridge-regularised logistic regression, by name, with "bias"; rows count as told.

    Args:
        names: of the columns.
        rows: what speaks for each, one column a name.
        labels: 1 or 0 for each row.
        counts: how much each row counts.
    """
    matrix = np.column_stack([np.ones(len(rows)), rows])
    target, times = np.array(labels), np.array(counts)
    ridge = np.full(matrix.shape[1], _RIDGE)
    ridge[0] = 0
    weights: Numbers = np.zeros(matrix.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-matrix @ weights))
        gradient = matrix.T @ (times * (chance - target)) + ridge * weights
        hessian = (matrix * (times * chance * (1 - chance))[:, None]).T @ matrix + np.diag(ridge + 1e-9)
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if np.abs(step).max() < 1e-5:
            break
    return {name: round(float(weight), 3) for name, weight in zip(("bias", *names), weights, strict=True)}


def choices_regression(names: Sequence[str], choices: Sequence[tuple[Numbers, int]]) -> dict[str, float]:
    """Return the weights with which the right one of several namesakes is likeliest (a conditional logit).

    Args:
        names: of the columns.
        choices: what speaks for each namesake, a row each, and the number of the right one.
    """
    weights: Numbers = np.zeros(len(names))
    for _ in range(30):
        gradient, hessian = _RIDGE * weights, np.eye(len(names)) * _RIDGE
        for table, chosen in choices:
            scores = table @ weights
            chance = np.exp(scores - scores.max())
            chance /= chance.sum()
            mean = chance @ table
            gradient += mean - table[chosen]
            hessian += (table * chance[:, None]).T @ table - np.outer(mean, mean)
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if np.abs(step).max() < 1e-5:
            break
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


class Weighing:
    """The names of one story, with their namesakes weighed.

    Attributes:
        scanned: the story's mentions.
        names: of each mention the number of its name, -1 where it is no city.
        keys: of each name.
    """

    def __init__(self, story: Marked, home: Home | None, model: Weights) -> None:
        known = gazetteer()
        self.tables = reading.world(known).tables
        self.scanned = scanned = reading.find_mentions(reading.text_of(story.draft), known, home, model)
        self.names, self.count = reading.names_of(scanned, known)
        numbers = [int(scanned.rows[(self.names == name).argmax(), NAME]) for name in range(self.count)]
        self.keys = [known.key_of(number) for number in numbers]
        self.weighed, self.own = senses.room_for(self.count), np.zeros(self.count)
        told = self.tables, scanned.rows, scanned.scores, self.names, self.count, scanned.regions, scanned.countries
        if self.count:
            senses.add_own_evidence(*told, self.own, self.weighed.cities[0])
            senses.weigh_all(*told, scanned.home, model.of_senses, self.weighed)

    def considerations(self, name: int, city: int) -> Numbers:
        """Return what speaks for one city of a name."""
        row = int(self.weighed.cities[name, city])
        scanned = self.scanned
        senses.consider(
            self.tables.places, row, scanned.regions, scanned.countries, scanned.home, self.weighed.considered
        )
        considered = self.weighed.considered.copy()
        considered[senses.NEAR] = senses.pull(self.tables.places, self.weighed, self.count, name, row)
        return considered

    def looks(self, model: Weights) -> Iterator[tuple[int, str, Numbers]]:
        """Yield the city chosen for each name, the name's key, and what speaks for and against the two."""
        scanned = self.scanned
        chosen = np.zeros((self.count, decision.LIKELY + 1))
        decision.choose(self.tables, self.count, model.of_senses, self.weighed, chosen)
        chosen[:, decision.OWN_EVIDENCE] = self.own
        for name in range(self.count):
            look = np.empty(len(decision.LOOKS))
            # fmt: off
            decision.second_look(
                self.tables, scanned.rows, scanned.cues, scanned.scores, self.names, name, chosen,
                scanned.regions, scanned.countries, scanned.home, look,
            )
            # fmt: on
            yield int(chosen[name, decision.CITY]), self.keys[name], look


def _namesakes(stories: Sequence[Marked], model: Weights) -> Iterator[tuple[Numbers, int]]:
    """Yield what speaks for each namesake of every marked name, and which of them is meant."""
    known = gazetteer()
    for story in stories:
        for home in _homes(story):
            weighing = Weighing(story, home, model)
            for name, name_key in enumerate(weighing.keys):
                rows = weighing.weighed.cities[name, : weighing.weighed.counts[name]].tolist()
                meant = [
                    number
                    for number, row in enumerate(rows)
                    if any(
                        name_key in map(key, city[3])
                        and distance(known.latitude(row), known.longitude(row), city[1], city[2]) <= NEAR
                        for city in story.cities
                    )
                ]
                if len(rows) > 1 and meant:
                    yield np.array([weighing.considerations(name, city) for city in range(len(rows))]), meant[0]


def _weight(story: Marked, home: Home | None) -> float:
    """Return how much a story counts in fitting: little where more is known of its paper's home than is made use of."""
    return _HOME_UNUSED if story.home and (home is None or not home.is_town) else 1.0


def _homes(story: Marked) -> list[Home | None]:
    """Return the homes a story is read with: what its text tells of one, its address, and the one its paper has."""
    nameless = replace(story.draft, source="", url="")
    told = [home_for(story.draft, place) for place in dict.fromkeys(("", story.home))]
    return [*dict.fromkeys((home_for(nameless, ""), *told))]


def fit(stories: Sequence[Marked], sense: dict[str, float]) -> Weights:
    """Return weights fitted to the stories; `sense` is where those for namesakes start from."""
    rows: list[Numbers] = []
    labels: list[float] = []
    counts: list[float] = []
    for story in stories:
        read = reading.text_of(story.draft)
        for home in _homes(story):
            scanned = reading.find_mentions(read, gazetteer(), home)
            for mention in range(len(scanned.rows)):
                marked = label(scanned, mention, story, read.body)
                if marked is not None:
                    rows.append(scanned.cues[mention])
                    labels.append(marked)
                    counts.append(_weight(story, home))
    mention_weights = regression(cues.CUES, np.array(rows), labels, counts)
    model = Weights(mention=mention_weights, sense=sense, city={}, city_anywhere={})
    for _ in range(2):  # which places are sure depends on the weights themselves
        sense = choices_regression(senses.CONSIDERATIONS, list(_namesakes(stories, model)))
        model = Weights(mention=mention_weights, sense=sense, city={}, city_anywhere={})
    looks: dict[bool, list[Numbers]] = {True: [], False: []}
    rights: dict[bool, list[float]] = {True: [], False: []}
    weights: dict[bool, list[float]] = {True: [], False: []}
    for story in stories:
        for home in _homes(story):
            for city, name_key, look in Weighing(story, home, model).looks(model):
                marked = right(city, name_key, story)
                if marked is not None:
                    at_home = home is not None and home.is_town
                    looks[at_home].append(look)
                    rights[at_home].append(marked)
                    weights[at_home].append(_weight(story, home))
    fitted = {
        at_home: regression(decision.LOOKS, np.array(looks[at_home]), rights[at_home], weights[at_home])
        for at_home in (True, False)
    }
    return Weights(
        mention=mention_weights,
        sense=sense,
        city=_lenient(fitted[True], _LENIENCE),
        city_anywhere=_larger(_lenient(fitted[False], _LENIENCE_ANYWHERE)),
    )


def _lenient(weights: dict[str, float], lenience: float) -> dict[str, float]:
    """Return the weights with the bias moved to where precision and recall are about even."""
    return weights | {"bias": round(weights["bias"] + lenience, 3)}


def _larger(weights: dict[str, float]) -> dict[str, float]:
    """Return the weights with more weight on how many people live in a city."""
    return weights | {"population": round(weights["population"] + _SIZE_ANYWHERE, 3)}


def count(story: Marked, home: Home | None, model: Weights) -> tuple[int, int, int]:
    """Return how many cities of a story were found, wrongly found, and missed."""
    known = gazetteer()
    found = reading.cities_named(reading.text_of(story.draft), known, home, model)
    open_cities = list(range(len(story.cities)))
    wrong = 0
    pairs = sorted(
        (
            (
                0.0
                if story.cities[city][0] == known.geonameid[named.row]
                else 0.001
                + distance(
                    known.latitude(named.row), known.longitude(named.row), story.cities[city][1], story.cities[city][2]
                )
            ),
            number,
            city,
        )
        for number, named in enumerate(found)
        for city in open_cities
    )
    taken: set[int] = set()
    for away, number, city in pairs:
        if away <= NEAR and number not in taken and city in open_cities:
            taken.add(number)
            open_cities.remove(city)
    for number, named in enumerate(found):
        if (
            number not in taken
            and right(named.row, known.key_of(named.name), Marked(story.draft, "", [], story.neutral, [])) == 0
        ):
            wrong += 1
    return len(taken), wrong, len(open_cities)


def scores(counts: Sequence[tuple[int, int, int]]) -> tuple[float, float, float]:
    """Return precision, recall and F1 in per cent."""
    found, wrong, missed = (sum(numbers) for numbers in zip(*counts, strict=True))
    precision, recall = found / max(1, found + wrong), found / max(1, found + missed)
    return 100 * precision, 100 * recall, 200 * precision * recall / max(1e-9, precision + recall)


def check(stories: Sequence[Marked], sense: dict[str, float]) -> dict[str, float]:
    """Return F1 on stories that took no part in fitting: home unknown and home known."""
    unknown: list[tuple[int, int, int]] = []
    at_home: list[tuple[int, int, int]] = []
    for fold in range(_FOLDS):
        model = fit([story for number, story in enumerate(stories) if number % _FOLDS != fold], sense)
        for story in stories[fold::_FOLDS]:
            unknown.append(count(story, _homes(story)[0], model))
            at_home.append(count(story, _homes(story)[-1], model))
    return {"home unknown": scores(unknown)[2], "home known": scores(at_home)[2]}


@click.command(help=(__doc__ or "").partition("\n")[0])
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Measure by cross-validation; write nothing.")
def main(folder: Path, only_check: bool) -> None:
    """Fit to the sets in FOLDER."""
    stories = load(folder)
    sense = shipped_weights().sense
    if only_check:
        for name, value in check(stories, sense).items():
            click.echo(f"F1 with {name}: {value:.1f}")
        return
    model = fit(stories, sense)
    WEIGHTS.write_text(
        json.dumps(asdict(model), indent=1) + "\n",
        encoding="utf-8",
    )
    click.echo(f"{WEIGHTS}: fitted to {len(stories)} stories")


if __name__ == "__main__":
    main()
