import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import City
from index.enrich.cities import find, resolve, resolve_all
from index.record import Draft


def places(body: str, home: str = "", dateline: str = "") -> list[tuple[str, str]]:
    """Return label and role of the cities of a story."""
    return [(city.label, city.role) for city in resolve(Draft(body=body, dateline=dateline), home)]


@pytest.mark.parametrize(
    ("body", "label"),
    [
        ("ALEXANDRIA, La. (AP) — A woman was charged on Friday.", "Alexandria, Louisiana"),
        ("WALL, S.D., March 6 - A company said it would close.", "Wall, South Dakota"),
        ("WALL, N.J., March 6 - A company that the gazetteer's towns lack.", "Wall, New Jersey"),
        ("Springfield, Ill. — Lawmakers met.", "Springfield, Illinois"),
    ],
)
def test_the_dateline_says_where_a_story_is_from(body: str, label: str) -> None:
    city = resolve(Draft(body=body))[0]
    assert (city.label, city.role, city.reason[:8]) == (label, "dateline", "dateline")


@pytest.mark.parametrize("opening", ["March 3 (Reuters) -", "May 3 (Reuters) -", "March 3 -", "March 3 (UPI) --"])
def test_a_month_with_a_day_is_no_town(opening: str) -> None:
    assert places(f"{opening} Boeing Co said on Monday that it would cut jobs.") == []


@pytest.mark.parametrize(
    ("dateline", "label"),
    [
        ("PARIS, Ga. (AP)", "Paris, Georgia"),
        ("BERLIN, Wyo. (AP)", "Berlin, Wyoming"),
        ("SPRINGFIELD, France (AP)", "Springfield, France"),
        ("WALL, N.J., March 6", "Wall, New Jersey"),
    ],
)
def test_a_dateline_whose_state_contradicts_every_namesake_is_a_place_of_that_state(dateline: str, label: str) -> None:
    name = label.partition(",")[0]
    (city,) = resolve(Draft(body=f"{dateline} - A mill burnt on Monday. Police in {name} said so."))
    assert (city.label, city.geonameid, city.role) == (label, None, "dateline")


def test_a_dateline_that_the_gazetteer_has_in_part_is_not_named_twice() -> None:
    body = "GUANTANAMO BAY, Cuba (AP) - A guard was hurt on Monday."
    assert [label for label, _ in places(body)] == ["Guantánamo, Cuba"]


def test_elsewhere_in_such_a_story_the_city_is_named_with_its_own_country() -> None:
    body = "PARIS, Ga. (AP) - A mill burnt on Monday. Its owner had come from Paris, France, a year before."
    assert [label for label, _ in places(body)] == ["Paris, Georgia", "Paris, Île-de-France, France"]


@pytest.mark.parametrize(
    ("body", "labels"),
    [
        ("NEW YORK/LONDON (Reuters) - Oil fell.", ["New York City, New York", "London, England"]),
        (
            "PARIS; BERLIN; ROME (AP) - Talks began on Monday. Berlin said no.",
            ["Paris, Île-de-France, France", "Berlin, Germany", "Rome, Lazio, Italy"],
        ),
        ("ISLAMABAD/KABUL (Reuters) - Talks began. Kabul said no.", ["Islamabad, Pakistan", "Kabul, Afghanistan"]),
        (
            "LONDON, PARIS, BERLIN — Leaders met on Monday.",
            ["London, England", "Paris, Île-de-France, France", "Berlin, Germany"],
        ),
    ],
)
def test_the_places_of_a_dateline_stand_in_the_order_written(body: str, labels: list[str]) -> None:
    assert places(body) == [(label, "dateline") for label in labels]


@pytest.mark.parametrize(
    ("body", "dateline"),
    [
        ("By Jane Doe, Boston, March 26 - The council met.", "Boston, March 26"),
        ("**BOSTON** — The council met.", "BOSTON"),
        ("Boston (AP) — The council met.", "Boston"),
    ],
)
def test_a_dateline_that_stands_in_the_text_is_not_counted_twice(body: str, dateline: str) -> None:
    (city,) = resolve(Draft(headline="The council met", headline_made=True, body=body, dateline=dateline))
    assert (city.role, city.reason) == ("dateline", "dateline")


def test_a_day_given_as_the_dateline_leaves_the_place_to_the_text() -> None:
    assert places("LONDON (Reuters) - Oil fell.", dateline="March 3") == [("London, England", "dateline")]


def test_a_dateline_given_apart_counts_as_one_in_the_text() -> None:
    assert places("Showers continued.", dateline="SALVADOR, Feb 26 -") == [("Salvador, Bahia, Brazil", "dateline")]


@pytest.mark.parametrize(
    ("body", "label"),
    [
        ("A man from Portland, Maine, was hurt.", "Portland, Maine"),
        ("A man from Portland, Ore., was hurt.", "Portland, Oregon"),
        ("A man from Portland (Texas) was hurt.", "Portland, Texas"),
        ("A student in Cambridge, England, has won.", "Cambridge, England"),
        ("The fire in Alexandria, Rapides Parish, is out.", "Alexandria, Louisiana"),
        ("They moved to Delaware, Ohio, to open a shop.", "Delaware, Ohio"),
    ],
)
def test_what_follows_a_name_tells_namesakes_apart(body: str, label: str) -> None:
    assert [name for name, _ in places(body)] == [label]


def test_a_name_with_two_states_after_it_is_two_cities() -> None:
    found = places("Teams from Springfield, Illinois, and Springfield, Missouri, met.")
    assert {name for name, _ in found} == {"Springfield, Illinois", "Springfield, Missouri"}


@pytest.mark.parametrize(
    ("body", "home", "found"),
    [
        (
            "Kansas City police arrested a man. The man, of Kansas City, Kan., was held. Kansas City Mayor Roe spoke.",
            "Kansas City, Missouri",
            [("Kansas City, Missouri", "about"), ("Kansas City, Kansas", "mentioned")],
        ),
        (
            "Reached by telephone in Portland, Oregon, the mayor said Portland had few beds. The Portland council met.",
            "Portland, Maine",
            [("Portland, Maine", "about"), ("Portland, Oregon", "mentioned")],
        ),
        (
            "LONDON — Police in London arrested a man from London, Ont.",
            "",
            [("London, England", "dateline"), ("London, Ontario, Canada", "mentioned")],
        ),
        (
            "Boston police arrested a man from Boston, England. Boston has many guests.",
            "",
            [("Boston, Massachusetts", "about"), ("Boston, England", "mentioned")],
        ),
    ],
)
def test_a_namesake_with_its_state_leaves_the_bare_name_to_home_dateline_and_the_larger_city_before(
    body: str, home: str, found: list[tuple[str, str]]
) -> None:
    assert places(body, home) == found


@pytest.mark.parametrize(
    ("body", "home", "label"),
    [
        ("A store opened in Springfield, Ill. Springfield police watched.", "", "Springfield, Illinois"),
        ("A store opened in Paris, Texas. Paris police watched.", "", "Paris, Texas"),
        (
            "SPRINGFIELD, Ill. (AP) — A store opened. Springfield police watched.",
            "Springfield, Massachusetts",
            "Springfield, Illinois",
        ),
        ("Springfield police met. A store opened in Springfield, Ill.", "", "Springfield, Illinois"),
        ("A band flew to Dublin, Ireland. Dublin was cold.", "Columbus, Ohio", "Dublin, Leinster, Ireland"),
        ("A store opened in Kansas City, Kan. Kansas City police came.", "Kansas City, Kansas", "Kansas City, Kansas"),
    ],
)
def test_a_bare_name_behind_one_with_its_state_is_the_same_city(body: str, home: str, label: str) -> None:
    assert [found for found, _ in places(body, home)] == [label]


def test_a_headline_leaves_out_the_state_that_the_text_has() -> None:
    draft = Draft(headline="Portland fire kills two", body="A fire in Portland, Maine, killed two. Portland mourned.")
    assert [city.label for city in resolve(draft)] == ["Portland, Maine"]


def test_other_states_in_the_story_tell_namesakes_apart() -> None:
    body = "The mayor of Portland spoke. Maine has lobster; Maine voters decide in Portland and in Bangor on Tuesday."
    assert places(body)[0][0] == "Portland, Maine"


def test_names_that_could_all_be_elsewhere_are_meant_where_they_lie_together() -> None:
    body = "{} police, {} police and {} police closed the road."
    for region, names in (
        ("Massachusetts", ("Marlborough", "Auburn", "Norwood")),
        ("Florida", ("Wellington", "Boynton Beach", "Hallandale Beach")),
        ("Wisconsin", ("Germantown", "West Bend", "Mequon")),
    ):
        assert {label for label, _ in places(body.format(*names))} == {f"{name}, {region}" for name in names}


def test_the_papers_home_tells_namesakes_apart() -> None:
    body = "Police in Alexandria arrested a man. He was taken to the Alexandria jail."
    homes = ["Alexandria, Louisiana", "Alexandria, Virginia", "Alexandria, Minnesota"]
    assert [places(body, home)[0][0] for home in homes] == homes


@pytest.mark.parametrize(
    ("body", "labels"),
    [
        ("Sydney Jones, 12, of Dayton, Ohio, won on Monday. Sydney said she was thrilled.", ["Dayton, Ohio"]),
        ("Brooklyn Beckham married on Saturday. Brooklyn wore a suit.", []),
        ("Lt. Col. Phoenix Raleigh was killed on Monday. Raleigh had served for ten years.", []),
        ("Sydney Jones won on Monday. Jones lives in Sydney.", ["Sydney, New South Wales, Australia"]),
        (
            "The Sydney Opera House is closed. Sydney residents were sad. They love Sydney.",
            ["Sydney, New South Wales, Australia"],
        ),
    ],
)
def test_a_name_that_is_somebodys_once_and_never_stands_with_a_places_word_is_no_city(
    body: str, labels: list[str]
) -> None:
    assert [label for label, _ in places(body)] == labels


@pytest.mark.parametrize(
    ("body", "labels"),
    [
        ("Mayor Jane Roe of Albany said on Monday that Albany would build a pool.", ["Albany, New York"]),
        ("Portland Mayor Ted Wheeler said Multnomah County would pay.", ["Portland, Oregon"]),
        (
            "Columbus police arrested a man. Muscogee County deputies helped. He was found in Phenix City, Ala.",
            ["Columbus, Georgia", "Phenix City, Alabama"],
        ),
    ],
)
def test_a_mayor_speaks_for_a_city_and_a_county_for_its_state(body: str, labels: list[str]) -> None:
    assert [label for label, _ in places(body)] == labels


def test_a_home_takes_no_city_away_that_the_words_themselves_speak_for() -> None:
    body = "The Portland council met on Monday. Portland residents complained about the noise."
    assert places(body) == places(body, "Springfield, Massachusetts") == [("Portland, Oregon", "about")]


def test_a_home_town_named_like_a_country_is_a_town_there_and_nowhere_else() -> None:
    body = "A fire broke out in Jordan on Monday, police said. Firefighters in Jordan put it out."
    assert [name for name, _ in places(body, "Jordan, Minnesota")] == ["Jordan, Minnesota"]
    assert places(body) == []


@pytest.mark.parametrize(
    "body",
    [
        "Sheriff Houston said so. Houston, who is 52, was elected in 2010.",
        "Paris Hilton waved to the crowd and Dallas Smith sang.",
        "The crash was on Denver Street.",
        "Barrow, Jackson and Madison counties changed the rule.",
        "Residents of Lincoln County voted.",
        "It happened in April and May.",
        "Delaware, Ohio and Indiana sued.",
        "",
        "No names at all here, only words.",
    ],
)
def test_what_is_no_city_is_left_alone(body: str) -> None:
    assert places(body) == []


def test_cities_given_by_the_newsroom_come_first() -> None:
    draft = Draft(body="A fire in Denver, Colorado.", cities=("Chicago, Illinois", "5746545", "Ocean View, Oregon"))
    found = resolve(draft)
    assert [(city.label, city.role) for city in found] == [
        ("Chicago, Illinois", "about"),
        ("Portland, Oregon", "about"),
        ("Ocean View, Oregon", "about"),
        ("Denver, Colorado", "about"),
    ]
    assert [city.reason for city in found[:3]] == ["given by the newsroom"] * 3
    assert found[2] == City(
        None, "Ocean View, Oregon", surface="Ocean View, Oregon", role="about", reason="given by the newsroom"
    )


def test_a_bare_name_given_by_the_newsroom_is_the_one_its_story_names_or_the_one_near_home() -> None:
    assert resolve(Draft(body="In Portland, Maine, it snowed.", cities=("Portland",)))[0].region == "Maine"
    assert resolve(Draft(body="It snowed.", cities=("Portland",)), "Bangor, Maine")[0].region == "Maine"
    assert resolve(Draft(body="It snowed.", cities=("Portland",)))[0].region == "Oregon"


def test_the_headline_is_read_too() -> None:
    found = resolve(Draft(headline="Flood in Duluth, Minn., closes schools", body="The river rose on Monday."))
    assert [(city.label, city.reason) for city in found] == [
        ("Duluth, Minnesota", "named once, in the headline, with Minn. after it")
    ]


def test_reasons_are_words_an_editor_understands() -> None:
    body = "A store opened in Alexandria, La., on Monday. Alexandria police watched. Many in Alexandria came."
    assert resolve(Draft(body=body))[0].reason == "named 3 times, with La. after it"
    assert resolve(Draft(body="A store opened in Alexandria."), "Alexandria, Louisiana")[0].reason == (
        "named once, the paper's home town"
    )


def test_the_country_of_a_web_address_tells_namesakes_apart() -> None:
    body = "Police in Lancaster arrested a man. He lives in Lancaster."
    at_home = resolve(Draft(body=body, url="https://www.thevisitor.co.uk/1"))
    assert [city.label for city in at_home] == ["Lancaster, England"]
    assert resolve(Draft(body=body, url="https://example.com/1")) == ()  # a dozen towns: none is guessed


def test_a_numbered_part_of_a_city_does_not_stand_in_the_way_of_the_city() -> None:
    assert places("The bonds will be quoted on the Paris Bourse from Monday.") == [
        ("Paris, Île-de-France, France", "about")
    ]


@pytest.mark.parametrize("name", ["Chicago", "Boston", "Denver", "Seattle", "Detroit", "London", "Philadelphia"])
def test_a_large_city_may_be_named_as_the_owner_of_what_only_cities_have(name: str) -> None:
    body = f"{name}'s teachers went on strike Monday. {name}'s school board said talks would resume."
    assert [city.name for city in resolve(Draft(body=body))] == [name]


def test_a_large_city_may_be_named_as_the_owner_of_anything_where_nobody_is_called_like_it() -> None:
    assert places("Detroit's bankruptcy will be felt for years.") == [("Detroit, Michigan", "about")]
    assert places("Houston's bankruptcy will be felt for years.") == []


def test_a_capital_of_the_last_century_stands_for_its_government() -> None:
    assert places("Government sources said Bonn was prepared to take part in a common effort.") == [
        ("Bonn, North Rhine-Westphalia, Germany", "about")
    ]


def test_a_title_before_a_bank_does_not_make_a_person_of_the_city() -> None:
    body = (
        "The city of Amsterdam sold bonds, said lead manager Amsterdam-Rotterdam Bank. Amsterdam has sold some before."
    )
    assert places(body)[0][0] == "Amsterdam, North Holland, Netherlands"


@pytest.mark.parametrize(
    ("body", "labels"),
    [
        ("It was played at Robbinsdale Cooper High School.", []),
        ("Fans of Real Madrid sang.", []),
        ("A fire broke out in Calamba City on Monday.", ["Calamba, Calabarzon, Philippines"]),
        ("Police in Hull, England, arrested a man.", ["Kingston upon Hull, England"]),
    ],
)
def test_a_longer_name_is_another_thing_or_the_same_city_in_full(body: str, labels: list[str]) -> None:
    assert [label for label, _ in places(body)] == labels


@pytest.mark.parametrize(
    ("body", "home"),
    [
        ("Two hikers drowned in Victoria on Monday, police said.", "Melbourne, Victoria, Australia"),
        ("A boat sank off the coast of California, United States, on Monday.", "Toronto, Ontario"),
        ("The Springfield council met on Monday. Springfield residents complained.", "Toronto, Ontario"),
    ],
)
def test_no_far_place_is_believed_against_a_home_that_is_not_well_known(body: str, home: str) -> None:
    assert places(body, home) == []


@pytest.mark.parametrize(
    ("body", "home", "labels"),
    [
        (
            "The Dallas Stars beat the Denver Nuggets. Dallas scored twice. Dallas has won five straight.",
            "",
            ["Dallas, Texas", "Denver, Colorado"],
        ),
        ("Troopers from LA State Police arrested a man.", "", []),
        ("Most LA parishes are covered.", "", []),
        ("LA residents may apply for food stamps.", "Shreveport, Louisiana", []),
        ("LA residents may apply for food stamps.", "Pasadena, California", ["Los Angeles, California"]),
        ("The latest film from DC, due in July, is about a dog. DC has lost ground to Marvel.", "", []),
        ("The parcel from DC, due in July, is lost.", "", ["Washington, District of Columbia"]),
    ],
)
def test_a_teams_name_leaves_its_city_and_initials_are_also_a_states_and_a_publishers(
    body: str, home: str, labels: list[str]
) -> None:
    assert [found for found, _ in places(body, home)] == labels


@pytest.mark.parametrize(
    ("body", "home", "labels"),
    [
        (
            "Police in Boston arrested a man. He is in the Boston jail. Boston police thanked Ann Boston, a nurse.",
            "",
            ["Boston, Massachusetts"],
        ),
        (
            "Stores in downtown Jackson closed. Mayor Alan Jackson said Jackson residents must boil water.",
            "Jackson, Mississippi",
            ["Jackson, Mississippi"],
        ),
        (
            "The Jordan City Council met. Council Member Jordan Voss spoke in Jordan.",
            "Jordan, Minnesota",
            ["Jordan, Minnesota"],
        ),
        ("Denzel Washington was honored in Washington.", "", ["Washington, District of Columbia"]),
        ("A twist came in Fairfield hearing. Brittany Fairfield was in court.", "", []),
        ("Paris Jackson will star in a film. Paris has said she wanted no singing.", "", []),
        (
            "Paris Jackson will star in a film. Paris has said it would back London.",
            "",
            ["Paris, Île-de-France, France", "London, England"],
        ),
    ],
)
def test_somebody_of_a_citys_name_takes_no_mention_that_has_a_places_word(
    body: str, home: str, labels: list[str]
) -> None:
    assert [found for found, _ in places(body, home)] == labels


@given(st.text(alphabet="Paris, (TX.)in \nSt-'éA1", max_size=120))
def test_any_text_can_be_resolved(body: str) -> None:
    for city in resolve(Draft(body=body), "Paris, Texas"):
        assert city.surface in body and find(str(city.geonameid))[0].label == city.label


@given(
    st.lists(
        st.tuples(
            st.text(alphabet="Paris, (TX.)in \nSt-'éA1", max_size=60),
            st.sampled_from(["", "PARIS, Texas (AP)", "LONDON, March 5 -"]),
            st.sampled_from(["", "Paris, Texas", "Albany, New York"]),
        ),
        max_size=8,
    )
)
def test_stories_read_together_are_decided_as_each_by_itself(stories: list[tuple[str, str, str]]) -> None:
    drafts = [Draft(body=f"{body} London and Paris.", dateline=dateline) for body, dateline, _ in stories]
    homes = [home for *_, home in stories]
    alone = [resolve(draft, home) for draft, home in zip(drafts, homes, strict=True)]
    assert resolve_all(drafts, homes) == alone
