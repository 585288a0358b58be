import pytest

from index.enrich.cities import find, home_of
from index.enrich.cities.gazetteer import gazetteer
from index.enrich.cities.home import Home
from index.enrich.cities.homes import OUTLETS, Papers, domain, home_of_address
from index.enrich.cities.learning import HomeLearner, clues, clues_of_all, learn_homes
from index.record import Draft


def label(place: str) -> str:
    """Return the label of a home."""
    return find(place)[0].label if place else ""


@pytest.mark.parametrize(
    ("source", "url", "home"),
    [
        ("thetowntalk.com", "", "Alexandria, Louisiana"),
        ("", "http://www.thetowntalk.com/article/1", "Alexandria, Louisiana"),
        ("news.postbulletin.com", "", "Rochester, Minnesota"),
        ("Las Vegas Sun", "", "Las Vegas, Nevada"),
        ("kansascity.com", "", "Kansas City, Missouri"),
        ("An Unheard-of Paper", "", ""),
        ("", "", ""),
    ],
)
def test_us_papers_are_at_home_where_the_list_of_outlets_has_them(source: str, url: str, home: str) -> None:
    assert label(home_of(source, url)) == home


def test_the_newsrooms_own_list_wins() -> None:
    configured = {"Las Vegas Sun": "Henderson, Nevada", "example.com": "Bangor, Maine"}
    assert [home_of(name, "", configured) for name in ("las vegas sun", "The Las  Vegas Sun")] == [
        "Henderson, Nevada"
    ] * 2
    assert home_of("Some Paper", "https://www.example.com/1", configured) == "Bangor, Maine"


@pytest.mark.parametrize(
    "given", ["example.com", "www.example.com", "https://www.example.com/", "HTTP://EXAMPLE.COM/news", "example.com/"]
)
@pytest.mark.parametrize(
    ("source", "url"),
    [
        ("example.com", ""),
        ("www.example.com", ""),
        ("Some Paper", "https://www.example.com/1"),
        ("", "http://sports.example.com/1"),
    ],
)
def test_a_paper_may_be_given_by_any_form_of_its_web_address(given: str, source: str, url: str) -> None:
    assert home_of(source, url, {given: "Bangor, Maine"}) == "Bangor, Maine"
    assert home_of("", "https://example.com.au/1", {given: "Bangor, Maine"}) == ""


def test_homes_that_are_asked_for_often_may_be_keyed_once() -> None:
    told = Papers.of({"The Echo": "Bangor, Maine", "https://www.example.com/": "Salem, Oregon", "ECHO": "Bath, Maine"})
    assert told == {"echo": "Bath, Maine", "example.com": "Salem, Oregon"}
    assert [home_of(*paper, told) for paper in (("Echo", ""), ("", "http://example.com/1"), ("Sun", ""))] == [
        "Bath, Maine",
        "Salem, Oregon",
        "",
    ]


def test_the_list_of_outlets_carries_its_licence() -> None:
    assert "William and Mary" in OUTLETS.with_name("outlets.LICENSE").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("https://www.a.org/x", "a.org"),
        ("a.org", "a.org"),
        ("WWW.A.org:8080/x?y#z", "a.org"),
        ("news@a.org", "a.org"),
        ("http://[bad", ""),
        ("http://192.168.0.1/", ""),
        ("The Paper", ""),
        ("U.S. News", ""),
        ("", ""),
    ],
)
def test_a_domain_is_read_from_an_address(text: str, host: str) -> None:
    assert domain(text) == host


def test_a_home_is_learned_from_a_papers_own_stories() -> None:
    bodies = [
        "Police in Pineville arrested a man from Alexandria. The Rapides Parish sheriff said he would be charged.",
        "The school board in Alexandria, La., met. Residents of Ball and of Woodworth spoke.",
        "A crash near Boyce hurt a woman from Pineville. Firefighters from Alexandria came.",
        "The Louisiana Department of Education visited schools in Tioga and in Pineville.",
    ]
    home = learn_homes(Draft(body=body, source="The Paper") for body in bodies)["The Paper"]
    alexandria, found = Home.of("Alexandria, Louisiana"), Home.of(home)
    assert alexandria is not None and found is not None
    assert found.distance(alexandria.latitude, alexandria.longitude) < 30


def test_a_region_called_like_a_city_does_not_outweigh_the_state_that_is_named() -> None:
    assert clues(Draft(body="Residents of Alexandria voted.")).regions == ()
    bodies = [
        "The school board in Alexandria, La., met. Residents of Woodworth spoke.",
        *["Residents of Alexandria voted."] * 6,
        "Firefighters from Alexandria went to a fire near Pineville, in Louisiana.",
    ]
    home = learn_homes(Draft(body=body, source="The Paper") for body in bodies)["The Paper"]
    assert label(home) == "Alexandria, Louisiana"


NEAR_THE_RIVER = (
    "Police in Phenix City, Alabama, arrested a man. A judge in Opelika, Alabama, sent him to jail.",
    "The school board of Phenix City met. Residents of Smiths Station, Alabama, spoke.",
    "A crash near Seale, Alabama, hurt a woman from Phenix City.",
    "The city council voted on Monday.",
)


@pytest.mark.parametrize(
    ("given", "home"),
    [
        ((), "Phenix City, Alabama"),
        (("Columbus, Georgia",), "Columbus, Georgia"),
        (("Columbus",), "Columbus, Georgia"),
    ],
)
def test_the_cities_that_the_newsroom_gave_its_stories_tell_its_home(given: tuple[str, ...], home: str) -> None:
    drafts = [Draft(body=body, source="The Paper", cities=given) for body in NEAR_THE_RIVER]
    assert {paper: label(place) for paper, place in learn_homes(drafts).items()} == {"The Paper": home}


def test_a_newsroom_that_gives_cities_all_over_the_world_has_no_home() -> None:
    cities = ("Paris, France", "Tokyo, Japan", "Lima, Peru", "Denver, Colorado", "Cairo, Egypt")
    assert learn_homes(Draft(body="Talks were held.", source="A Wire", cities=(city,)) for city in cities) == {}


def test_a_dateline_with_its_state_tells_which_of_the_namesakes_is_meant() -> None:
    story = clues(Draft(body="BALL, La. (AP) — A fire broke out.", cities=("Pineville, Louisiana", "Qwxyzzy")))
    told = [[gazetteer().city(row).label for (row,) in rows] for rows in (story.given, story.filed)]
    assert told == [["Pineville, Louisiana"], ["Ball, Louisiana"]]


def test_stories_that_are_read_together_say_what_each_says_alone() -> None:
    several = [
        Draft(),
        Draft(body="Police in Pineville, La., arrested a man from Alexandria, La."),
        Draft(headline="Fire near Boyce", body="BALL, La. (AP) — Firefighters from Alexandria went to Pineville."),
        *[Draft(body=f"Talks were held in {city}, and in Springfield.") for city in ("Paris", "Lima", "Cairo")],
        *[
            Draft(body=f"{', '.join(['Salem', 'Franklin', 'Washington', 'Greenville'][:many])} voted.")
            for many in (1, 4)
        ],
    ] * 20
    assert clues_of_all(several) == [clues(story) for story in several]
    assert clues(several[1]).names.keys() == {"alexandria", "pineville"}
    assert clues_of_all([]) == []


def test_a_home_is_not_learned_from_too_few_stories_or_from_a_paper_of_the_world() -> None:
    learner = HomeLearner()
    learner.add("The Paper", clues(Draft(body="Police in Pineville, La., arrested a man from Alexandria, La.")))
    for city in ("Paris, France", "Tokyo, Japan", "Lima, Peru", "Denver, Colorado", "Cairo, Egypt"):
        learner.add("The World", clues(Draft(body=f"Talks were held in {city}, on Monday.")))
    assert learner.homes() == {}


def test_a_home_that_the_gazetteer_lacks_is_none() -> None:
    assert [Home.of(place) for place in ("", "Nowhere, Atlantis")] == [None, None]


@pytest.mark.parametrize(
    ("host", "country", "town"),
    [
        ("hulldailymail.co.uk", "GB", "Hull"),
        ("thisisoxfordshire.co.uk", "GB", "Oxford"),
        ("cambridge-news.co.uk", "GB", "Cambridge"),
        ("richmondandtwickenhamtimes.co.uk", "GB", "Richmond"),
        ("independent.ie", "IE", ""),
        ("news.trust.com.au", "AU", ""),
    ],
)
def test_a_web_address_tells_the_country_and_often_the_town(host: str, country: str, town: str) -> None:
    home = home_of_address(host)
    assert home is not None
    known = gazetteer()
    rows = known.entry(town.lower()).cities if town else (-1,)  # type: ignore[union-attr]
    assert (home.country, home.row in rows, home.is_town) == (country, True, bool(town))


@pytest.mark.parametrize("host", ["example.com", "example.org", "example.io", "example.tv", "localhost", ""])
def test_an_address_that_anybody_may_have_tells_nothing(host: str) -> None:
    assert home_of_address(host) is None
