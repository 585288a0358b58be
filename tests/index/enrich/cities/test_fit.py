from pathlib import Path

import numpy as np
import pytest

from index.enrich.cities.fit import Marked, choices_regression, count, load, regression, right, scores
from index.enrich.cities.gazetteer import gazetteer
from index.enrich.cities.home import Home
from index.enrich.cities.weights import shipped_weights
from index.record import Draft

CORPORA = Path(__file__).resolve().parents[5] / "shared" / "corpora"

needs_corpora = pytest.mark.skipif(
    not (CORPORA / "lgl-dev.cities.jsonl.gz").exists(), reason="shared/corpora is not next to the checkout"
)


def marked(body: str, *cities: tuple[int, float, float, list[str]]) -> Marked:
    """Return a story with those cities marked."""
    return Marked(Draft(body=body), "", list(cities), [("maine street", None, None)], [])


MAINE = (4975802, 43.66, -70.26, ["portland"])


def test_what_speaks_for_a_city_gets_weight_and_what_speaks_against_it_a_negative_one() -> None:
    rows = np.array([[1.0, 0.0]] * 20 + [[0.0, 1.0]] * 20 + [[0.0, 0.0]] * 10)
    weights = regression(("in", "street"), rows, [1.0] * 20 + [0.0] * 20 + [1.0, 0.0] * 5, [1.0] * 50)
    assert weights["in"] > 1 and weights["street"] < -1


def test_the_namesake_that_is_always_right_gets_the_weight() -> None:
    weights = choices_regression(("near", "large"), [(np.eye(2), 0)] * 20)
    assert weights["near"] > 1 and weights["large"] < -1


def test_a_city_is_right_within_25_kilometres_and_a_neutral_place_is_neither() -> None:
    known, story = gazetteer(), marked("", MAINE)
    rows = {name: known.row(geonameid) for name, geonameid in (("Portland", 4975802), ("Oregon's", 5746545))}
    assert right(rows["Portland"], "portland", story) == 1.0
    assert right(rows["Oregon's"], "portland", story) == 0.0
    assert right(rows["Oregon's"], "maine street", story) is None


def test_found_wrong_and_missed_cities_are_counted() -> None:
    story = marked("The ferry left Portland, Oregon, and stopped in Boston.", MAINE)
    assert count(story, None, shipped_weights()) == (0, 2, 1)
    assert scores([(3, 1, 2), (0, 0, 1)]) == pytest.approx((75.0, 50.0, 60.0))


def test_every_consideration_has_a_weight() -> None:
    model = shipped_weights()
    assert model.sense.keys() == {
        "capital", "country", "home_country", "home_near", "home_region", "home_town", "near", "population", "region",
        "region_at_all", "stands_alone",
    }  # fmt: skip
    assert model.city.keys() == model.city_anywhere.keys()
    assert {"bias", "score", "margin", "qualified"} <= model.city.keys()
    assert {"bias", "qualified", "after_title", "street", "dateline"} <= model.mention.keys()


@needs_corpora
def test_cities_of_marked_stories_are_found() -> None:
    stories = load(CORPORA)
    local = [story for story in stories if story.draft.source.endswith(".com") and story.home]
    found = scores([count(story, Home.of(story.home), shipped_weights()) for story in local])
    assert min(found) > 84
