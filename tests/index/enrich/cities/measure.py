"""`python -m tests.index.enrich.cities.measure`: the figures of `docs/places.md` that the shared commands do not print.

    python -m tests.index.enrich.cities.measure cutoff reuters21578.jsonl.gz
    python -m tests.index.enrich.cities.measure homeless lgl-dev.cities.jsonl.gz
    python -m tests.index.enrich.cities.measure salience lgl-dev.cities.jsonl.gz
    python -m tests.index.enrich.cities.measure mistakes FOLDER --number 60 --seed 1

It gates nothing. The one idea: where no marked set exists, one is made by taking away what was known: the dateline of
a wire story, the name of a paper.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from index.enrich.cities import home_of, resolve
from index.enrich.cities.distance import distance
from index.enrich.cities.fit import NEAR, Marked, count, load, right, scores
from index.enrich.cities.gazetteer import gazetteer
from index.enrich.cities.names import key
from index.enrich.cities.reading import cities_named, text_of
from index.enrich.cities.resolver import home_for
from index.enrich.cities.weights import shipped_weights
from index.record import Draft

# What stands for being salient where nothing is marked: the headline, or so many characters of the body.
_OPENING = 250

_CONTEXT = 60

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def rows_of(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the stories of a file of JSON lines, gzipped."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def share(part: int, whole: int) -> str:
    """Return a part in per cent."""
    return f"{100 * part / max(1, whole):.1f}"


@click.group()
def main() -> None:
    """Measure how well cities are found."""


@main.command()
@click.argument("path", type=_FILE)
def cutoff(path: Path) -> None:
    """Find the city of wire stories with their dateline, and without it where the text names the city too."""
    filed = first_filed = named = among = first_named = 0
    for row in rows_of(path):
        entry = gazetteer().entry(key(row["city"] or ""))
        if not row["body"] or entry is None or not entry.cities:
            continue
        meant = {gazetteer().geonameid[city] for city in entry.cities}
        draft = Draft(headline=row["title"] or "", body=row["body"], dateline=row["dateline"])
        right_ones = [city.geonameid in meant for city in resolve(draft)]
        filed += 1
        first_filed += right_ones[:1] == [True]
        if re.search(rf"(?<!\w){re.escape(row['city'])}(?!\w)", row["body"]):
            right_ones = [city.geonameid in meant for city in resolve(replace(draft, dateline=""))]
            named += 1
            among += any(right_ones)
            first_named += right_ones[:1] == [True]
    click.echo(f"dateline kept: {filed} stories, first city right {share(first_filed, filed)} %")
    click.echo(
        f"dateline cut off: {named} stories that name the city, "
        f"it is among theirs in {share(among, named)} %, first in {share(first_named, named)} %"
    )


@main.command()
@click.argument("path", type=_FILE)
def homeless(path: Path) -> None:
    """Find the cities of marked stories whose paper nothing tells: source and address are taken away."""
    counts = []
    for row in rows_of(path):
        draft = Draft(headline=row["title"] or "", body=row["text"])
        counts.append(
            count(Marked(draft, "", row["cities"], row["neutral"], []), home_for(draft, ""), shipped_weights())
        )
    precision, recall, f1 = scores(counts)
    click.echo(f"{len(counts)} stories: precision {precision:.1f}, recall {recall:.1f}, F1 {f1:.1f}")


@main.command()
@click.argument("path", type=_FILE)
def salience(path: Path) -> None:
    """Compare the cities that a story is about with those in its headline or opening."""
    called = prominent = both = every = 0
    for row in rows_of(path):
        draft = Draft(headline=row["title"] or "", body=row["text"], source=row["source"] or "", url=row["url"] or "")
        opening = f"{draft.headline}\n{draft.body[:_OPENING]}"
        for city in resolve(draft, home_of(draft.source, draft.url)):
            about, opens = city.role != "mentioned", city.surface in opening
            every += 1
            called += about
            prominent += opens
            both += about and opens
    click.echo(f"{every} cities, {called} of them about or dateline: {share(both, called)} % of these open the story;")
    click.echo(f"{prominent} open the story: {share(both, prominent)} % of these are about or dateline")


@main.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--number", default=60, help="So many mistakes.")
@click.option("--seed", default=1, help="Another number draws others.")
def mistakes(folder: Path, number: int, seed: int) -> None:
    """Draw mistakes at random from all marked sets in FOLDER, to be read."""
    found = [mistake for story in load(folder) for mistake in mistakes_of(story)]
    click.echo(f"{len(found)} mistakes")
    for mistake in random.Random(seed).sample(found, min(number, len(found))):
        click.echo(mistake)


def mistakes_of(story: Marked) -> Iterator[str]:
    """Yield each city that is wrongly found in a story, or missed, with what stands around its first name."""
    known, read = gazetteer(), text_of(story.draft)
    home = home_for(story.draft, story.home)
    cities = cities_named(read, known, home)
    paper = f"{story.draft.source}, at home in {known.city(home.row).label if home and home.is_town else 'no town'}"
    for city in cities:
        if right(city.row, known.key_of(city.name), story) == 0:
            yield f"{paper}: wrong {known.city(city.row).label}: {around(read.text, city.start, city.end)}"
    for _, latitude, longitude, names in story.cities:
        if all(
            distance(latitude, longitude, known.latitude(city.row), known.longitude(city.row)) > NEAR for city in cities
        ):
            marks = (
                around(read.text, start + read.body, end + read.body)
                for start, end, mark_latitude, mark_longitude, _ in story.spans
                if (mark_latitude, mark_longitude) == (latitude, longitude)
            )
            yield f"{paper}: missed {names[0]} at {latitude:.2f}, {longitude:.2f}: {next(marks, '')}"


def around(text: str, start: int, end: int) -> str:
    """Return a name in brackets with what stands around it, on one line."""
    return " ".join(f"{text[max(0, start - _CONTEXT) : start]}[{text[start:end]}]{text[end : end + _CONTEXT]}".split())


if __name__ == "__main__":
    main()
