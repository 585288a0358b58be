"""Questions with many right answers of two grades: Reuters' own topics and places, which its editors gave each story.

Not known-item search and nothing judged by us. The one idea: "brazil coffee" is answered best by a story that editors
filed under both, and less by one filed under coffee alone; the words of the question are ours, the filing is theirs.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from index.article import Article, Story
from tests.relevance.known_items import paragraphs

#: What readers may call the topics of Reuters; every name is a question.
NAMES: dict[str, tuple[str, ...]] = {
    "acq": ("takeover bid", "company acquisition", "merger agreement"),
    "alum": ("aluminium", "aluminum smelter"),
    "barley": ("barley",),
    "bop": ("balance of payments", "current account deficit"),
    "carcass": ("beef imports", "meat"),
    "cocoa": ("cocoa", "cocoa buffer stock"),
    "coffee": ("coffee", "coffee export quotas"),
    "copper": ("copper", "copper prices"),
    "corn": ("corn", "maize"),
    "cotton": ("cotton",),
    "cpi": ("consumer prices", "inflation rate"),
    "crude": ("crude oil", "opec oil prices", "oil production"),
    "dlr": ("dollar", "dollar exchange rate"),
    "earn": ("quarterly earnings", "annual profit dividend"),
    "fuel": ("fuel oil", "diesel"),
    "gas": ("gasoline", "gasoline stocks"),
    "gnp": ("gross national product", "gdp growth", "economic growth"),
    "gold": ("gold", "gold mine"),
    "grain": ("grain exports", "grain harvest"),
    "heat": ("heating oil",),
    "hog": ("hogs", "hog slaughter"),
    "housing": ("housing starts", "new homes"),
    "income": ("personal income",),
    "interest": ("interest rates", "prime rate", "discount rate cut"),
    "ipi": ("industrial production", "industrial output"),
    "iron-steel": ("steel", "steel production"),
    "jobs": ("unemployment", "jobless rate"),
    "lead": ("lead zinc",),
    "lei": ("leading indicators", "leading economic indicators"),
    "livestock": ("livestock", "cattle"),
    "lumber": ("lumber", "softwood lumber"),
    "money-fx": ("foreign exchange intervention", "currency market dollar", "money market shortage"),
    "money-supply": ("money supply", "money supply growth"),
    "nat-gas": ("natural gas", "gas pipeline"),
    "nickel": ("nickel",),
    "oilseed": ("oilseed", "oilseeds crushing"),
    "orange": ("orange juice", "frozen orange juice"),
    "palm-oil": ("palm oil",),
    "pet-chem": ("petrochemicals", "ethylene plant"),
    "platinum": ("platinum",),
    "rapeseed": ("rapeseed",),
    "reserves": ("currency reserves", "foreign reserves"),
    "retail": ("retail sales",),
    "rice": ("rice",),
    "rubber": ("rubber", "natural rubber pact"),
    "ship": ("shipping", "tanker attack gulf", "port strike"),
    "silver": ("silver",),
    "sorghum": ("sorghum",),
    "soy-meal": ("soybean meal",),
    "soybean": ("soybeans", "soybean crop"),
    "sugar": ("sugar", "sugar exports", "sugar tender"),
    "tea": ("tea",),
    "tin": ("tin", "tin council"),
    "trade": ("trade deficit", "trade surplus", "trade dispute tariffs"),
    "veg-oil": ("vegetable oil", "vegetable oils tax"),
    "wheat": ("wheat", "wheat shipments"),
    "wpi": ("wholesale prices", "producer price index"),
    "zinc": ("zinc", "zinc smelter"),
}
_PLACES = {"ussr": "soviet", "uk": "britain", "uae": "emirates"}
_FEWEST_WORDS = 30
_FEWEST, _MOST = 3, 60
_PLACE_QUESTIONS = 400
_SEED = 7


@dataclass(frozen=True)
class Graded:
    """A question, its kind, and the grade of each story (by id) that answers it."""

    text: str
    kind: str
    grades: Mapping[str, int]


def stories(corpus: Path) -> tuple[list[Story], list[Graded]]:
    """Return the stories of Reuters that have topics, and the questions over them."""
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        forms = [json.loads(line) for line in lines]
    forms = [form for form in forms if form["topics"] and len((form["body"] or "").split()) >= _FEWEST_WORDS]
    articles = (Article(id=form["id"], headline=form["title"] or "", body=paragraphs(form["body"])) for form in forms)
    held = [Story(article, n, n, "2026-01-01T00:00:00Z", n) for n, article in enumerate(articles, start=1)]
    by_topic = {topic: [form for form in forms if topic in form["topics"]] for topic in NAMES}
    random = Random(_SEED)
    placed = list(_placed(by_topic, random))
    return held, [*_plain(by_topic), *random.sample(placed, min(len(placed), _PLACE_QUESTIONS))]


def _plain(by_topic: Mapping[str, Sequence[dict[str, Any]]]) -> Iterator[Graded]:
    for topic, forms in by_topic.items():
        for name in NAMES[topic]:
            yield Graded(name, "topic", {form["id"]: 1 for form in forms})


def _placed(by_topic: Mapping[str, Sequence[dict[str, Any]]], random: Random) -> Iterator[Graded]:
    for topic, forms in by_topic.items():
        for place, count in Counter(place for form in forms for place in form["places"]).items():
            if place == "usa" or not _FEWEST <= count <= _MOST:
                continue
            name = random.choice(NAMES[topic])
            where = _PLACES.get(place, place.replace("-", " "))
            text = random.choice((f"{where} {name}", f"{name} {where}", f"{name} in {where}"))
            yield Graded(text, "topic and place", {f["id"]: 3 if place in f["places"] else 1 for f in forms})
