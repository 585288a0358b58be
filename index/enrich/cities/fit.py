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
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from index.enrich.cities import resolver
from index.enrich.cities.gazetteer import gazetteer
from index.enrich.cities.home import Home, distance
from index.enrich.cities.homes import home_of, learn_homes
from index.enrich.cities.mentions import Mention
from index.enrich.cities.names import key
from index.enrich.cities.senses import Choice, Senses
from index.record import Draft

#: A predicted city this close to a marked one is right (kilometres).
NEAR = 25.0

# Strength of the ridge; the bias is free.
_RIDGE = 1.0

_FOLDS = 5

# Stories of local papers whose home is not made use of are a rare case: they count this much.
_HOME_UNUSED = 0.3

# F1 is best where a name slightly less likely than not still counts; where no home helps, recall suffers first.
_LENIENCE, _LENIENCE_ANYWHERE = 0.3, 0.6


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


def label(mention: Mention, story: Marked, body: int) -> float | None:
    """Return 1 for a mention that names a marked city, 0 for one that does not, None where the marks do not say."""
    known = gazetteer()
    start, end = mention.start - body, mention.end - body
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
        if any(distance(known.latitude(row), known.longitude(row), latitude, longitude) < NEAR for row in mention.rows):
            return None if key(name).startswith(mention.key) else 0.0
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


def regression(rows: Sequence[dict[str, float]], labels: Sequence[float], counts: Sequence[float]) -> dict[str, float]:
    """Return the weights of a ridge-regularised logistic regression, by name, with "bias"; rows count as told."""
    names = ["bias", *sorted({name for row in rows for name in row})]
    column = {name: number for number, name in enumerate(names)}
    matrix: NDArray[np.float64] = np.zeros((len(rows), len(names)))
    matrix[:, 0] = 1
    for number, row in enumerate(rows):
        for name, value in row.items():
            matrix[number, column[name]] = value
    target, times = np.array(labels), np.array(counts)
    ridge = np.full(len(names), _RIDGE)
    ridge[0] = 0
    weights: NDArray[np.float64] = np.zeros(len(names))
    for _ in range(30):
        chance = 1 / (1 + np.exp(-matrix @ weights))
        gradient = matrix.T @ (times * (chance - target)) + ridge * weights
        hessian = (matrix * (times * chance * (1 - chance))[:, None]).T @ matrix + np.diag(ridge + 1e-9)
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if np.abs(step).max() < 1e-5:
            break
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def choices_regression(
    choices: Sequence[tuple[list[dict[str, float]], int]], start: dict[str, float]
) -> dict[str, float]:
    """Return the weights with which the right one of several namesakes is likeliest (a conditional logit).

    Args:
        choices: what speaks for each namesake, and the number of the right one.
        start: the names of the weights.
    """
    names = sorted(start)
    column = {name: number for number, name in enumerate(names)}
    weights: NDArray[np.float64] = np.zeros(len(names))
    tables = []
    for rows, chosen in choices:
        table = np.zeros((len(rows), len(names)))
        for number, row in enumerate(rows):
            for name, value in row.items():
                table[number, column[name]] = value
        tables.append((table, chosen))
    for _ in range(30):
        gradient, hessian = _RIDGE * weights, np.eye(len(names)) * _RIDGE
        for table, chosen in tables:
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


def _namesakes(stories: Sequence[Marked], model: resolver.Weights) -> Iterator[tuple[list[dict[str, float]], int]]:
    """Yield what speaks for each namesake of every marked name, and which of them is meant."""
    known = gazetteer()
    for story in stories:
        for home in _homes(story):
            scanned = resolver.find_mentions(resolver.text_of(story.draft), known, home)
            names = resolver.names_of(scanned, model, known)
            senses = Senses(known, names, scanned.evidence, home, model.sense)
            weighed = senses.readings()
            sure = senses.sure(weighed)
            for name_key, readings in weighed.items():
                rows = [row for _, row in readings]
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
                    table = [senses.considerations(row) | {"near": senses.pull(name_key, row, sure)} for row in rows]
                    yield table, meant[0]


def _weight(story: Marked, home: Home | None) -> float:
    """Return how much a story counts in fitting: little where more is known of its paper's home than is made use of."""
    return _HOME_UNUSED if story.home and (home is None or not home.is_town) else 1.0


def _homes(story: Marked) -> list[Home | None]:
    """Return the homes a story is read with: none, the one its address tells of, the one its paper has."""
    told = [resolver.home_for(story.draft, place) for place in dict.fromkeys(("", story.home))]
    return [None, *dict.fromkeys(home for home in told if home is not None)]


def fit(stories: Sequence[Marked], sense: dict[str, float]) -> resolver.Weights:
    """Return weights fitted to the stories; `sense` is where those for namesakes start from."""
    known = gazetteer()
    rows: list[dict[str, float]] = []
    labels: list[float] = []
    counts: list[float] = []
    for story in stories:
        read = resolver.text_of(story.draft)
        for home in _homes(story):
            for mention in resolver.find_mentions(read, known, home).mentions:
                marked = label(mention, story, read.body)
                if marked is not None:
                    rows.append(mention.cues)
                    labels.append(marked)
                    counts.append(_weight(story, home))
    model = resolver.Weights(mention=regression(rows, labels, counts), sense=sense, city={}, city_anywhere={})
    for _ in range(2):  # which places are sure depends on the weights themselves
        sense = choices_regression(list(_namesakes(stories, model)), sense)
        model = resolver.Weights(mention=model.mention, sense=sense, city={}, city_anywhere={})
    looks: dict[bool, list[dict[str, float]]] = {True: [], False: []}
    rights: dict[bool, list[float]] = {True: [], False: []}
    weights: dict[bool, list[float]] = {True: [], False: []}
    for story in stories:
        for home in _homes(story):
            for mentions, choice, senses in _choices(story, home, model):
                marked = right(choice.row, mentions[0].key, story)
                if marked is not None:
                    looks[home is not None and home.is_town].append(
                        resolver.second_look(known, mentions, choice, senses, home)
                    )
                    rights[home is not None and home.is_town].append(marked)
                    weights[home is not None and home.is_town].append(_weight(story, home))
    return resolver.Weights(
        mention=model.mention,
        sense=sense,
        city=_lenient(regression(looks[True], rights[True], weights[True]), _LENIENCE),
        city_anywhere=_lenient(regression(looks[False], rights[False], weights[False]), _LENIENCE_ANYWHERE),
    )


def _lenient(weights: dict[str, float], lenience: float) -> dict[str, float]:
    """Return the weights with the bias moved to where precision and recall are about even."""
    return weights | {"bias": round(weights["bias"] + lenience, 3)}


def _choices(
    story: Marked, home: Home | None, model: resolver.Weights
) -> Iterator[tuple[list[Mention], Choice, Senses]]:
    known = gazetteer()
    scanned = resolver.find_mentions(resolver.text_of(story.draft), known, home)
    names = resolver.names_of(scanned, model, known)
    senses = Senses(known, names, scanned.evidence, home, model.sense)
    for name_key, choice in senses.choose().items():
        yield names[name_key], choice, senses


def count(story: Marked, home: Home | None, model: resolver.Weights) -> tuple[int, int, int]:
    """Return how many cities of a story were found, wrongly found, and missed."""
    known = gazetteer()
    found = resolver.cities_named(resolver.text_of(story.draft), known, home, model)
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
            and right(named.row, named.mentions[0].key, Marked(story.draft, "", [], story.neutral, [])) == 0
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
            unknown.append(count(story, None, model))
            at_home.append(count(story, _homes(story)[-1], model))
    return {"home unknown": scores(unknown)[2], "home known": scores(at_home)[2]}


@click.command(help=(__doc__ or "").partition("\n")[0])
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Measure by cross-validation; write nothing.")
def main(folder: Path, only_check: bool) -> None:
    """Fit to the sets in FOLDER."""
    stories = load(folder)
    sense = resolver.weights().sense
    if only_check:
        for name, value in check(stories, sense).items():
            click.echo(f"F1 with {name}: {value:.1f}")
        return
    model = fit(stories, sense)
    resolver.WEIGHTS.write_text(
        json.dumps(asdict(model), indent=1) + "\n",
        encoding="utf-8",
    )
    click.echo(f"{resolver.WEIGHTS}: fitted to {len(stories)} stories")


if __name__ == "__main__":
    main()
