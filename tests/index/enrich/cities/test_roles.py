from pathlib import Path

import pytest

from index.enrich.cities import resolve
from index.record import Draft

STORY = Path(__file__).resolve().parents[5] / "shared" / "corpora" / "text" / "local-tv-story.txt"


def roles(body: str, headline: str = "") -> dict[str, str]:
    """Return the role of each city by name."""
    return {city.name: city.role for city in resolve(Draft(body=body, headline=headline))}


def test_a_speech_that_names_nine_cities_is_about_none_of_them() -> None:
    body = (
        "The president spoke for an hour on Tuesday about roads and bridges that need repair. "
        * 4
        + "He said there was work to do in Chicago, Boston, Denver, Seattle, Miami, Atlanta, Dallas, Detroit and "
        "Cleveland. " + "Then he spoke of trade and of taxes, and thanked his hosts for their patience. " * 4
    )
    assert roles(body) == dict.fromkeys(
        ["Chicago", "Boston", "Denver", "Seattle", "Miami", "Atlanta", "Dallas", "Detroit", "Cleveland"], "mentioned"
    )


def test_a_story_is_about_the_place_it_keeps_coming_back_to() -> None:
    body = (
        "The bridge has been closed for a week. Drivers in Pittsburgh are furious. Pittsburgh police sent them round "
        "by the tunnel, and the Pittsburgh council meets on Friday. An engineer came from Cleveland to look at it."
    )
    assert roles(body) == {"Pittsburgh": "about", "Cleveland": "mentioned"}


def test_a_city_in_the_headline_is_what_the_story_is_about() -> None:
    assert roles("The rain began at noon and went on.", "Flood in Duluth closes schools") == {"Duluth": "about"}


def test_a_mayor_does_not_bring_his_city() -> None:
    body = (
        "Mayors met on Wednesday in Chicago to talk about housing. The meeting in Chicago went on all day, and "
        "Chicago police kept the street clear.\n\nIn the afternoon there were speeches. Reporters were not let in. "
        'New Orleans Mayor Mitch Landrieu said in a statement that "the decision has made this meeting untenable."'
    )
    assert roles(body) == {"Chicago": "about", "New Orleans": "mentioned"}


def test_two_cities_that_open_a_story_side_by_side_are_what_it_is_about() -> None:
    body = "{} on Saturday, officials said. The protesters had asked for fair votes."
    both = roles(body.format("Russian police detained protesters in St. Petersburg and Moscow"))
    assert both == {"Moscow": "about", "St. Petersburg": "about"}
    listed = roles(body.format("Russian police detained protesters in St. Petersburg, Kazan, Perm and Moscow"))
    assert set(listed.values()) == {"mentioned"}


@pytest.mark.parametrize(
    ("body", "headline"),
    [
        ("OKLAHOMA CITY (AP) — A poet won a prize from judges of Boston and Chicago on Monday.", ""),
        ("A poet won a prize on Monday. The judges came from Boston and Chicago.", ""),
        ("A poet won a prize from judges of Boston and Chicago on Monday.", "Poet of Oklahoma City wins prize"),
        ("In Oklahoma City, a poet won a prize from judges of Boston and Chicago on Monday.", ""),
    ],
)
def test_a_pair_behind_a_dateline_another_city_or_the_first_sentence_is_named_in_passing(
    body: str, headline: str
) -> None:
    found = roles(body, headline)
    assert (found["Boston"], found["Chicago"]) == ("mentioned", "mentioned")


def test_an_abbreviation_ends_no_first_sentence() -> None:
    body = "U.S. troops under Gen. Roe came through Denver and Boston on Monday. They left soon."
    assert roles(body) == {"Boston": "about", "Denver": "about"}


def test_of_cities_named_as_much_the_one_nearest_home_stands_first_and_the_larger_where_no_home_is_known() -> None:
    draft = Draft(body="Firms in Cleveland will pay the tax, and so will firms in Chicago and shops in Toledo.")
    near, unknown = ([city.name for city in resolve(draft, home)] for home in ("Bowling Green, Ohio", ""))
    assert near == ["Toledo", "Cleveland", "Chicago"]
    assert unknown == ["Chicago", "Cleveland", "Toledo"]


@pytest.mark.skipif(not STORY.exists(), reason="shared/corpora is not next to the checkout")
def test_the_television_story_is_about_new_york_and_mentions_the_others() -> None:
    assert roles(STORY.read_text(encoding="utf-8")) == {
        "New York City": "about",
        "Chicago": "mentioned",
        "Denver": "mentioned",
        "Los Angeles": "mentioned",
        "New Orleans": "mentioned",
    }
