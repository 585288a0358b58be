"""Each cue with its example: what it is to be seen in, and what it is not to be seen in."""

from pathlib import Path

import pytest

from index.enrich.cities.cues import CUES
from index.enrich.cities.gazetteer import gazetteer
from index.enrich.cities.home import Home
from index.enrich.cities.mention import START
from index.enrich.cities.reading import Text, find_mentions
from index.enrich.cities.weights import shipped_weights


def values(text: str, name: str, home: str = "") -> dict[str, float]:
    """Return the value of every cue of the first mention of a name in a text."""
    spans = ((0, len(name), 0),) if text.startswith(f"{name.upper()} ") else ()
    scanned = find_mentions(Text(text, 0, None, spans), gazetteer(), Home.of(home))
    at = text.lower().index(name.lower())
    mention = scanned.rows[:, START].tolist().index(at)
    return dict(zip(CUES, scanned.cues[mention].tolist(), strict=True))


def seen(text: str, name: str, home: str = "") -> set[str]:
    """Return the cues of the first mention of a name in a text that are there."""
    return {cue for cue, value in values(text, name, home).items() if value}


@pytest.mark.parametrize(
    ("cue", "text", "without"),
    [
        ("after_place_preposition", "He lives in Denver now.", "He likes Denver now."),
        ("after_preposition", "He went to Denver now.", "He likes Denver now."),
        ("after_visit", "He visited Denver once.", "He likes Denver now."),
        ("after_visit", "He left Boston for Denver then.", "He cheered for Denver then."),
        ("after_visit", "A truck bound for Denver fell.", "A truck made for Denver fell."),
        ("after_article", "It was a Denver thing.", "He likes Denver now."),
        ("after_kind_of_place", "He loves the city of Denver now.", "He loves the idea of Denver now."),
        ("after_kind_of_place", "Smith, R-Denver, voted.", "Smith, X-Denver, voted."),
        ("after_kind_of_place", "Mayor Ann B. Roe of Denver spoke.", "Baker Ann B. Roe of Denver spoke."),
        ("after_address", "He of 12 Orchard St., Denver, spoke.", "He of the orchard, Denver, spoke."),
        ("after_first_name", "Then John Denver sang.", "Then in Denver they sang."),
        ("after_title", "Then Sheriff Denver spoke.", "Then in Denver they spoke."),
        ("after_title", "Then Gov. Denver spoke.", "He is the governor. Denver spoke."),
        ("after_first_name", "Then Lt. Col. Xyzzy Denver spoke.", "Then St. Xyzzy Denver spoke."),
        ("after_first_name", "Then Paris Denver sang.", "The Paris-Denver route is open."),
        ("after_initial", "Then J. Denver spoke.", "Then in Denver they spoke."),
        ("after_capital", "It was Foo Denver then.", "It was foo Denver then."),
        ("after_two_capitals", "It was Foo Bar Denver then.", "It was Bar Denver then."),
        ("after_number", "It was at 42 Denver then.", "It was at Denver then."),
        ("after_quote", 'He said "Denver is cold".', "He said Denver is cold."),
        ("street", "It was on Denver Avenue.", "It was on Denver."),
        ("landscape", "It was on the Denver River.", "It was on the Denver."),
        ("landscape", "It was on Lake Denver.", "It was near Denver."),
        ("club", "It was Real Denver again.", "It was Denver again."),
        ("organisation", "So wrote the Denver Tribune.", "So it was in Denver."),
        ("civic_name", "Then Denver Police came.", "Then Denver came."),
        ("civic", "Then Denver residents came.", "Then Denver people came."),
        ("civic", "It was a Denver-based firm.", "It was a Denver-loving firm."),
        ("civic", "The Denver plant was closed.", "The Denver plan was closed."),
        ("civic", "A Denver woman was hurt.", "A Denver wolf was hurt."),
        ("civic", "Denver’s school board met.", "Denver’s lawyer spoke."),
        ("town_office", "Denver's mayor spoke.", "Denver's lawyer spoke."),
        ("civic", "So said the Denver Grain Exchange.", "So said the Denver Xyzzy."),
        ("civic", "He spoke at the Denver Auto Show.", "He spoke at the Denver Auto Xyzzy."),
        ("town_office", "Then Denver police came.", "Then Denver schools came."),
        ("team", "Then the Denver Cubs won.", "Then Denver won."),
        ("township", "It was in Denver Township.", "It was in Denver."),
        ("before_day", "It was Denver Monday.", "It was Denver."),
        ("before_agency", "It snowed. DENVER (AP) - It rained.", "It snowed. DENVER (it rained)."),
        ("before_agency", "It snowed. DENVER, Colo. — It rained.", "It snowed. Denver, Colo. — it rained."),
        ("before_capital", "It was the Denver Xyzzy.", "It was the Denver thing."),
        ("before_capital", "It snowed. Denver The pope spoke.", "It snowed. DENVER The pope spoke."),
        ("before_said", "Then Denver said so.", "Then Denver fell."),
        ("before_comma", "It was Denver, then.", "It was Denver then."),
        ("state_word", "It was the Denver border.", "It was the Denver thing."),
        ("state_word", "It was the Denver attorney general.", "It was the Denver thing."),
        ("longer_name", "It was Denver Cooper High School.", "It was Denver Cooper."),
        ("qualified", "It was Denver, Colorado, then.", "It was Denver, then."),
        ("misqualified", "It was Denver, Hawaii, then.", "It was Denver, then."),
        ("home_of_a_person", "Smith, 34, of Denver, fell.", "Smith, of Denver, fell."),
        ("starts_sentence", "It fell. Denver rose.", "It fell, Denver rose."),
        ("in_a_list", "It was Denver and others.", "It was Denver."),
        ("beside_another", "It was Denver, Boston and others.", "It was Denver and others."),
        ("in_capitals", "It was DENVER then.", "It was Denver then."),
        ("after_title", "He met chairman Denver.", "It was a major Denver plant."),
        ("possessive", "It was Denver's.", "It was Denver."),
        ("hyphened", "It was Denver-born.", "It was Denver."),
        ("in_parentheses", "It was (Denver).", "It was Denver."),
        ("surname_elsewhere", "It was Denver. Then John Denver sang.", "It was Denver. Then John sang."),
        (
            "county_here",
            "It was Denver. Then Adams and Denver counties paid.",
            "It was Denver. Then the counties paid.",
        ),
        ("again", "It was Denver, and Denver.", "It was Denver."),
        ("region_named", "It was Denver. Colorado paid.", "It was Denver. France paid."),
        ("country_named", "It was Denver. America paid.", "It was Denver."),
    ],
)
def test_a_cue_is_seen_in_its_example_and_not_without_what_it_is_about(cue: str, text: str, without: str) -> None:
    assert (cue in seen(text, "Denver"), cue in seen(without, "Denver")) == (True, False)


@pytest.mark.parametrize(
    ("cue", "name", "other"),
    [
        ("several_words", "Los Angeles", "Denver"),
        ("is_first_name", "Paris", "Chicago"),
        ("million", "Chicago", "Denver"),
        ("stands_alone", "Chicago", "Alexandria"),
        ("capital", "Athens", "Chicago"),
        ("short", "Lima", "Denver"),
        ("large_region_name", "New York", "Denver"),
        ("small_region_name", "Luxembourg", "Denver"),
        ("country_name", "Singapore", "Denver"),
        ("district_name", "Albany", "Denver"),
        ("never_seen", "Woodworth", "Denver"),
        ("common_word", "Reading", "Denver"),
    ],
)
def test_a_name_has_cues_of_its_own(cue: str, name: str, other: str) -> None:
    assert (cue in seen(f"It was {name} then.", name), cue in seen(f"It was {other} then.", other)) == (True, False)


def test_a_first_name_before_a_capital_is_somebodys() -> None:
    cue = "first_name_of_somebody"
    assert [cue in seen(text, "Paris") for text in ("Then Paris Xyzzy sang.", "Then Paris sang.")] == [True, False]
    assert cue not in seen("Then Chicago Xyzzy sang.", "Chicago")


@pytest.mark.parametrize(
    ("cue", "rising"),
    [
        ("population", ["Woodworth", "Albany", "Denver", "Chicago"]),
        ("namesakes", ["Chicago", "Denver", "Springfield"]),
        ("place_odds", ["Mobile", "Chicago", "Denver", "Luxembourg"]),
    ],
)
def test_a_cue_that_is_a_number_grows_with_what_it_counts(cue: str, rising: list[str]) -> None:
    told = [values(f"It was {name} then.", name)[cue] for name in rising]
    assert told == sorted(set(told))


def test_what_is_a_well_known_citys_that_nobody_is_called_like_does_not_tell_of_a_person() -> None:
    assert "possessive" in seen("It was Houston's.", "Houston")
    assert "possessive" not in seen("It was Chicago's.", "Chicago")


def test_every_cue_has_its_own_example() -> None:
    tried = Path(__file__).read_text(encoding="utf-8")
    assert [cue for cue in CUES if f'"{cue}"' not in tried] == []


def test_a_short_name_in_capitals_is_an_abbreviation_amid_small_letters_and_not_in_a_headline_or_before_a_dash() -> (
    None
):
    texts = ("The ICO met then.", "FIRE IN ICO KILLS TWO", "LIMA - The mayor spoke.", "He left LIMA then.")
    names = ("Ico", "Ico", "Lima", "Lima")
    assert ["abbreviation" in seen(text, name) for text, name in zip(texts, names, strict=True)] == [
        True,
        False,
        False,
        True,
    ]


def test_the_dateline_and_the_papers_home_are_cues() -> None:
    assert "dateline" in seen("DENVER (AP) - It snowed.", "Denver")
    assert {"home_region", "home_near"} <= seen("It was Denver then.", "Denver", "Boulder, Colorado")
    assert {"home_region", "home_near"}.isdisjoint(seen("It was Denver then.", "Denver", "Boston, Massachusetts"))


def test_every_cue_has_a_weight() -> None:
    assert shipped_weights().mention.keys() == {"bias", *CUES}
