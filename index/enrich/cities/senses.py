"""Choose which of its namesakes each name of a story means.

The one idea: a story plays in few places, so its names explain each other. First each namesake is weighed alone (how
many people live there, whether the story names its state or country, how far it is from the paper's home); then names
that are already sure pull the others towards them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from index.enrich.cities.gazetteer import Gazetteer
from index.enrich.cities.home import Home, distance
from index.enrich.cities.mentions import Evidence, Mention

# How far a home town reaches, and how far sure places pull, in kilometres.
_HOME_REACH, _NEAR_REACH, _SAME_PLACE = 300.0, 200.0, 8.0
_NEAR_DEGREES = 1.8

# A namesake this much likelier than the next is sure enough to pull others; only such good readings are pulled.
_SURE, _PULLED_READINGS, _OUT_OF_REACH, _MOST_PULL = 1.0, 8, 3.0, 2.0

# A list of all the towns of a country is no story: so many sure places pull, no more.
_MOST_SURE = 150

# A name that could be in many regions says little about each.
_READINGS_FOR_EVIDENCE, _LIKELY_ENOUGH = 12, 0.2

# What a name adds to the evidence for its region: bare, and with its state behind it; no region gets more than that.
_NAME_EVIDENCE, _QUALIFIED_EVIDENCE, _MOST_EVIDENCE = 0.35, 0.7, 4.0


@dataclass(slots=True)
class Choice:
    """The city a name was taken for.

    Attributes:
        row: of the city.
        margin: by how much it beat the next namesake; 3 and more where there was none.
        only: the name, with its qualifier, has no other city.
        nearby: pull of the sure places around it, 0 to 2.
        own_evidence: what the name itself put into the evidence for its regions, to be taken out again.
    """

    row: int
    margin: float
    only: bool
    nearby: float
    own_evidence: float


def probability(score: float) -> float:
    """Return the probability of log-odds."""
    return 1 / (1 + math.exp(-score)) if score > -30 else 0.0


class Senses:
    """The namesakes of one story's names, weighed.

    Args:
        names: the mentions of each key.
        evidence: what the story says of regions and countries.
        home: the paper's home town.
        weights: of each consideration, and of nearness ("near").
    """

    def __init__(
        self,
        known: Gazetteer,
        names: Mapping[str, list[Mention]],
        evidence: Evidence,
        home: Home | None,
        weights: Mapping[str, float],
    ) -> None:
        self._known, self._names, self._home, self._weights = known, names, home, weights
        self.evidence: Evidence = defaultdict(float, evidence)
        self._own: dict[str, float] = {}
        for name_key, mentions in names.items():
            self._add_own_evidence(name_key, mentions)

    def _add_own_evidence(self, name_key: str, mentions: list[Mention]) -> None:
        known = self._known
        likely = probability(max(mention.score for mention in mentions))
        if likely < _LIKELY_ENOUGH:
            return
        rows, qualified = _readings(mentions)
        regions = {known.region_of[row] for row in rows[:_READINGS_FOR_EVIDENCE]}
        weight = (_QUALIFIED_EVIDENCE if qualified else _NAME_EVIDENCE) * likely / len(regions)
        self._own[name_key] = weight
        for region in regions:
            self.evidence[region] += weight
        for country in {known.regions[region].country for region in regions}:
            self.evidence[country] += weight

    def considerations(self, row: int) -> dict[str, float]:
        """Return what speaks for one city, other names' pull apart."""
        known, evidence, home = self._known, self.evidence, self._home
        region = known.region_of[row]
        country = known.regions[region].country
        found = {"population": math.log10(known.population[row] + 10)}
        if known.stands_alone(row):
            found["stands_alone"] = 1.0
        if known.is_capital(row):
            found["capital"] = 1.0
        if region in evidence:
            found["region"] = min(evidence[region], _MOST_EVIDENCE)
            found["region_at_all"] = 1.0
        if country in evidence:
            found["country"] = math.log10(1 + evidence[country])
        if home is not None and country == home.country:
            found["home_country"] = 1.0
            if region == home.region:
                found["home_region"] = 1.0
            if row == home.row:
                found["home_town"] = 1.0
            away = home.distance(known.latitude(row), known.longitude(row))
            if away < _HOME_REACH:
                found["home_near"] = 1 - away / _HOME_REACH
        return found

    def weigh(self, row: int) -> float:
        """Return how much speaks for one city, other names' pull apart."""
        weights = self._weights
        return sum(weights.get(name, 0.0) * value for name, value in self.considerations(row).items())

    def readings(self) -> dict[str, list[tuple[float, int]]]:
        """Return the namesakes of each name with their weights, best first."""
        return {
            name_key: sorted(((self.weigh(row), row) for row in rows), reverse=True)
            if len(rows) > 1
            else [(9.0, rows[0])]
            for name_key, rows in ((name_key, _readings(mentions)[0]) for name_key, mentions in self._names.items())
        }

    def sure(self, weighed: Mapping[str, list[tuple[float, int]]]) -> list[tuple[str, int]]:
        """Return the names, with their cities, that are sure enough to pull others."""
        return [
            (name_key, readings[0][1])
            for name_key, readings in weighed.items()
            if (len(readings) == 1 or readings[0][0] - readings[1][0] > _SURE)
            and max(mention.score for mention in self._names[name_key]) > -0.5
        ][:_MOST_SURE]

    def choose(self) -> dict[str, Choice]:
        """Return the choice for each name."""
        weighed = self.readings()
        sure = self.sure(weighed)
        choices = {}
        for name_key, readings in weighed.items():
            best, nearby = readings[0], 0.0
            top = -math.inf
            for score, row in readings[:_PULLED_READINGS]:
                if score < readings[0][0] - _OUT_OF_REACH:
                    break
                pull = self.pull(name_key, row, sure)
                if score + self._weights["near"] * pull > top:
                    top, best, nearby = score + self._weights["near"] * pull, (score, row), pull
            only = len(readings) == 1
            margin = 3.0 if only else min(3.0, readings[0][0] - readings[1][0])
            choices[name_key] = Choice(best[1], margin, only, nearby, self._own.get(name_key, 0.0))
        return choices

    def pull(self, name_key: str, row: int, sure: list[tuple[str, int]]) -> float:
        """Return how strongly the sure places pull a name towards one of its cities, 0 to 2."""
        known = self._known
        latitude, longitude = known.latitude(row), known.longitude(row)
        pull = 0.0
        for other_key, other in sure:
            other_latitude = known.latitude(other)
            if other_key != name_key and abs(other_latitude - latitude) < _NEAR_DEGREES:
                away = distance(latitude, longitude, other_latitude, known.longitude(other))
                if _SAME_PLACE < away < _NEAR_REACH:
                    pull += 1 - away / _NEAR_REACH
        return min(pull, _MOST_PULL)


def _readings(mentions: list[Mention]) -> tuple[tuple[int, ...], bool]:
    """Return the cities a name may mean in this story, and whether a qualifier narrowed them."""
    for mention in mentions:
        if mention.qualifier:
            return mention.rows, True
    return mentions[0].rows, False
