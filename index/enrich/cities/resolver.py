"""Decide which cities a story is filed from, is about, and mentions.

The order of things: what the newsroom gave; the dateline; then every name that could be a city is scored from the
words around it (`cues`), the namesakes of those that may be one are weighed (`senses`), and each pair of a name and
its city is looked at once more as a whole (`second_look`). Weights are fitted (`fit`) and lie in `data/weights.json`.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from index.article import City, Role
from index.enrich.cities.cues import PERSON, add_cues
from index.enrich.cities.dateline import Dateline, inner_dateline, parse_dateline
from index.enrich.cities.gazetteer import Gazetteer, find, gazetteer
from index.enrich.cities.home import Home
from index.enrich.cities.homes import domain, home_of_address
from index.enrich.cities.mentions import Mention, Scan, qualify, scan
from index.enrich.cities.names import key
from index.enrich.cities.roles import Named, decide_roles
from index.enrich.cities.senses import Choice, Senses
from index.record import Draft

WEIGHTS = Path(__file__).parent / "data" / "weights.json"

# A name none of whose mentions reaches this (log-odds) is dropped before its namesakes are weighed.
_WORTH_WEIGHING = -2.5

# Names in the first characters of a text count as opening it.
_OPENING = 80

# From this many people on, a city is meant whatever state seems to follow its name, and Boston Harbor is Boston's.
_WELL_KNOWN = 100_000

# The best of many mentions is high by chance; beyond this many it is no longer by chance.
_MANY_TIMES = 3

# Below this many people, a place needs more than its name.
_SMALL_TOWN = 15_000


@dataclass(frozen=True)
class Weights:
    """The fitted weights.

    Attributes:
        mention: of the cues of a mention, by name.
        sense: of what speaks for a namesake.
        city: of the second look where the paper's home is known.
        city_anywhere: of the second look where it is not.
    """

    mention: dict[str, float]
    sense: dict[str, float]
    city: dict[str, float]
    city_anywhere: dict[str, float]

    def likely(self, look: dict[str, float], home: Home | None) -> float:
        """Return the log-odds that a second look adds up to."""
        weights = self.city if home is not None and home.is_town else self.city_anywhere
        return weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in look.items())


@cache
def weights() -> Weights:
    """Return the weights that ship with the program."""
    return Weights(**json.loads(WEIGHTS.read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class Text:
    """What is read of a story: headline, dateline and body one under the other.

    Attributes:
        text: all of it.
        body: where the body starts.
        dateline: what was read as its dateline, or None.
        spans: where the names of the dateline's places are in `text`.
    """

    text: str
    body: int
    dateline: Dateline | None
    spans: tuple[tuple[int, int], ...]


def text_of(draft: Draft) -> Text:
    """Return the text of a story in which its cities are looked for."""
    headline = "" if draft.headline_made or draft.body.startswith(draft.headline) else draft.headline
    head = f"{headline}\n\n" if headline else ""
    if draft.dateline:
        given = parse_dateline(draft.dateline, given=True)
        if given is not None and not draft.body.startswith(draft.dateline):
            spans = _spans(given, len(head))
            opening = f"{head}{draft.dateline}\n\n"
            return Text(opening + draft.body, len(opening), given, spans)
    found = parse_dateline(draft.body) or inner_dateline(draft.body)
    return Text(head + draft.body, len(head), found, _spans(found, len(head)))


def _spans(dateline: Dateline | None, offset: int) -> tuple[tuple[int, int], ...]:
    places = dateline.places if dateline else ()
    return tuple((offset + place.start, offset + place.start + len(place.name)) for place in places)


def find_mentions(read: Text, known: Gazetteer, home: Home | None) -> Scan:
    """Return the mentions of a story with their cues."""
    scanned = scan(read.text, known, home)
    _mark_dateline(scanned, read, known)
    add_cues(scanned, read.text, known, home)
    return scanned


def _mark_dateline(scanned: Scan, read: Text, known: Gazetteer) -> None:
    """Mark the mentions that are the dateline's; what would be no city elsewhere ("WALL, N.J.") is one there."""
    found = {(mention.start, mention.end): mention for mention in scanned.mentions}
    for start, end in read.spans:
        mention = found.get((start, end))
        if mention is None:
            name = key(read.text[start:end])
            entry = known.entry(name)
            if entry is None or not entry.cities:
                continue
            mention = Mention(start, end, name, entry, entry.cities)
            qualify(mention, read.text, known)
            scanned.mentions.append(mention)
            scanned.mentions.sort(key=lambda each: each.start)
        mention.in_dateline = True


def names_of(scanned: Scan, model: Weights, known: Gazetteer) -> dict[str, list[Mention]]:
    """Return the scored mentions of every name that may be a city."""
    names: dict[str, list[Mention]] = {}
    weight = model.mention
    bias = weight["bias"]
    for mention in scanned.mentions:
        small = known.population[mention.entry.cities[0]] < _WELL_KNOWN
        if not mention.qualifier and (
            "street" in mention.cues or "club" in mention.cues or ("landscape" in mention.cues and small)
        ):
            continue
        score = bias
        for name, value in mention.cues.items():
            if name in weight:
                score += weight[name] * value
        mention.score = score
        names.setdefault(mention.key, []).append(mention)
    return {
        name: mentions
        for name, mentions in names.items()
        if any(mention.score > _WORTH_WEIGHING or mention.in_dateline for mention in mentions)
        and not all(
            mention.cues.keys() & PERSON and not mention.qualifier and not mention.in_dateline for mention in mentions
        )
        and not _elsewhere(mentions, known)
    }


def _elsewhere(mentions: list[Mention], known: Gazetteer) -> bool:
    """Return whether a name is that of a small place which the gazetteer lacks: "Grantville, Pennsylvania"."""
    return (
        any(mention.misqualified for mention in mentions)
        and not any(mention.qualifier for mention in mentions)
        and known.population[mentions[0].entry.cities[0]] < _WELL_KNOWN
    )


def second_look(
    known: Gazetteer, mentions: list[Mention], choice: Choice, senses: Senses, home: Home | None
) -> dict[str, float]:
    """Return what speaks for and against a name together with the city chosen for it."""
    best = max(mention.score for mention in mentions)
    row = choice.row
    region, population = known.region_of[row], known.population[row]
    country = known.regions[region].country
    qualified = any(mention.qualifier for mention in mentions)
    sure_share = 1.0 if choice.only or qualified else 0.3
    supported = senses.evidence.get(region, 0.0) - choice.own_evidence * sure_share
    as_person = any(
        "after_first_name" in mention.cues or "after_title" in mention.cues or "surname_elsewhere" in mention.cues
        for mention in mentions
    )
    as_place = sum(
        mention.cues.get("after_place_preposition", 0)
        + mention.cues.get("after_kind_of_place", 0)
        + mention.cues.get("dateline", 0)
        for mention in mentions
    )
    return {
        "score": max(-3.0, min(6.0, best)),
        "mentions": math.log(min(len(mentions), _MANY_TIMES)),
        "population": math.log10(population + 10) - 5,
        "stands_alone": float(known.stands_alone(row)),
        "region": min(2.0, max(0.0, supported)),
        "country": math.log10(1 + senses.evidence.get(country, 0.0)),
        "home_near": float(
            home is not None
            and country == home.country
            and home.distance(known.latitude(row), known.longitude(row)) < 80
        ),
        "home_region": float(home is not None and region == home.region),
        "margin": choice.margin,
        "qualified": float(qualified),
        "misqualified": float(not qualified and any(mention.misqualified for mention in mentions)),
        "nearby": choice.nearby,
        "opening": float(mentions[0].start < _OPENING),
        "only": float(choice.only),
        "small_us": float(country == "US" and population < _SMALL_TOWN),
        "small": float(population < _SMALL_TOWN),
        "as_person": float(as_person and not qualified),
        "as_place": min(2.0, as_place),
        "common_word": mentions[0].entry.commonness,
        "place_odds": (mentions[0].entry.place_odds or 0.0) / 3,
    }


def resolve(draft: Draft, home: str = "") -> tuple[City, ...]:
    """Return the cities of a story, best first.

    Args:
        draft: the clean story.
        home: the paper's home town ("Albany, New York", a slug or a GeoNames id), or "".
    """
    known, town, read = gazetteer(), home_for(draft, home), text_of(draft)
    decided = decide_roles(read.text, read.body, cities_named(read, known, town), known, town)
    decided = (*_unknown_of_dateline(read, decided, known), *decided)
    return _with_given(draft, decided, town) if draft.cities else decided


def home_for(draft: Draft, place: str) -> Home | None:
    """Return a paper's home: the place it is told to be, else what the story's web address says of it."""
    return _home_called(place) or home_of_address(domain(draft.url) or domain(draft.source))


@cache
def _home_called(place: str) -> Home | None:
    return Home.of(place)


def cities_named(read: Text, known: Gazetteer, home: Home | None, model: Weights | None = None) -> list[Named]:
    """Return the cities that a text names, each with its mentions; `model` replaces the weights that ship."""
    model = model or weights()
    scanned = find_mentions(read, known, home)
    names = names_of(scanned, model, known)
    if not names:
        return []
    senses = Senses(known, names, scanned.evidence, home, model.sense)
    found: dict[int, Named] = {}
    for name_key, choice in senses.choose().items():
        mentions = names[name_key]
        look = second_look(known, mentions, choice, senses, home)
        likely = model.likely(look, home)
        if likely <= 0 and not any(mention.in_dateline and not mention.misqualified for mention in mentions):
            continue
        # A name with two different states after it is two cities: "Springfield, Ill., and Springfield, Mo."
        for mention in mentions:
            row = choice.row
            if mention.qualifier and row not in mention.rows:
                row = max(mention.rows, key=senses.weigh)
            found.setdefault(row, Named(row, [], likely, choice.nearby)).mentions.append(mention)
    return list(found.values())


def _unknown_of_dateline(read: Text, decided: tuple[City, ...], known: Gazetteer) -> tuple[City, ...]:
    """Return the places of the dateline that the gazetteer lacks, where a state vouches for them ("WALL, N.J.")."""
    if read.dateline is None or any(city.role == "dateline" for city in decided):
        return ()
    found = []
    for place in read.dateline.places:
        entry = known.entry(key(place.qualifier)) if place.qualifier else None
        number = -1 if entry is None else entry.short_for if entry.short_for >= 0 else (*entry.regions, -1)[0]
        if number >= 0:
            region = known.regions[number]
            country = "" if region.country == "US" else known.country_names.get(region.country, "")
            name = ", ".join(part for part in (place.name.title(), region.name, country) if part)
            found.append(City(None, name, surface=place.name, role="dateline", reason="dateline"))
    return tuple(found)


def _with_given(draft: Draft, decided: tuple[City, ...], home: Home | None) -> tuple[City, ...]:
    """Return the cities with those that the newsroom gave in front."""
    chosen: dict[str, City] = {}
    for name in draft.cities:
        city = _given(name, decided, home)
        same = next((other for other in decided if other.key == city.key), None)
        role: Role = "dateline" if same is not None and same.role == "dateline" else "about"
        surface = same.surface if same is not None else name
        chosen.setdefault(city.key, replace(city, surface=surface, role=role, reason="given by the newsroom"))
    for city in decided:
        chosen.setdefault(city.key, city)
    return tuple(chosen.values())


def _given(name: str, decided: tuple[City, ...], home: Home | None) -> City:
    """Return the city that the newsroom means by a name: the one its story names, else the one nearest home."""
    found = find(name)
    if not found:
        return City(None, name.strip())
    named = {city.geonameid for city in decided}
    for city in found:
        if city.geonameid in named:
            return city
    if home is None or not home.is_town or len(found) == 1:
        return found[0]
    nearest = min(found, key=lambda city: home.distance(city.latitude or 0.0, city.longitude or 0.0))
    return nearest if nearest.region == gazetteer().regions[home.region].name else found[0]
