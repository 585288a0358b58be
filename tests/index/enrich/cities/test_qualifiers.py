"""What stands behind a name in a story, and which cities it leaves."""

import pytest

from index.enrich.cities import resolve
from index.record import Draft


@pytest.mark.parametrize(
    ("dateline", "label"),
    [
        ("KANSAS CITY, Kan. (AP)", "Kansas City, Kansas"),
        ("KANSAS CITY, Mo. (AP)", "Kansas City, Missouri"),
        ("BRISTOL, Va. (AP)", "Bristol, Virginia"),
        ("TEXARKANA, Ark. (AP)", "Texarkana, Arkansas"),
        ("MARIETTA, Georgia (AP)", "Marietta, Georgia"),
        ("TSKHINVALI, Georgia (AP)", "Tskhinvali, Shida Kartli, Georgia"),
        ("POTI, Georgia (AP)", "Poti, Samegrelo-Zemo Svaneti, Georgia"),
        ("ZUGDIDI, Georgia (AP)", "Zugdidi, Samegrelo-Zemo Svaneti, Georgia"),
        ("GORI, Georgia (AP)", "Gori, Shida Kartli, Georgia"),
        ("BANGOR, Wales (AP)", "Bangor, Wales"),
        ("NEWPORT, England (AP)", "Newport, England"),
        ("NEWPORT, Wales (AP)", "Newport, Wales"),
        ("PERTH, Scotland (AP)", "Perth, Scotland"),
        ("RAMALLAH, West Bank (AP)", "Ramallah, West Bank, Palestinian Territory"),
        ("ARLON, Luxembourg (AP)", "Arlon, Wallonia, Belgium"),
        ("GUADALAJARA, Mexico (AP)", "Guadalajara, Jalisco, Mexico"),
    ],
)
def test_the_state_or_country_behind_a_dateline_is_the_citys_own(dateline: str, label: str) -> None:
    story = Draft(body=f"{dateline} - A man was shot on Friday, police said.")
    assert [city.label for city in resolve(story) if city.role == "dateline"] == [label]


def test_a_namesake_across_the_line_raises_no_doubt_that_a_city_is_named() -> None:
    body = "The Kansas City Board of Trade said it has halted trading in Value Line stock index futures."
    assert [city.label for city in resolve(Draft(body=body))] == ["Kansas City, Missouri"]


@pytest.mark.parametrize(
    ("place", "label"),
    [
        ("Boston, Lincolnshire", "Boston, England"),
        ("Norwich, Norfolk", "Norwich, England"),
        ("Ipswich, Suffolk", "Ipswich, England"),
        ("Woking, Surrey", "Woking, England"),
        ("Newark, Nottinghamshire", "Newark on Trent, England"),
        ("Washington, Tyne and Wear", "Washington, England"),
        ("Richmond, North Yorkshire", "Richmond, North Yorkshire, England"),
        ("Beverley, East Riding of Yorkshire", "Beverley, England"),
        ("Darlington, County Durham", "Darlington, England"),
        ("Perth, Perthshire", "Perth, Scotland"),
        ("Lockerbie, Dumfries and Galloway", "Lockerbie, Scotland"),
        ("Bangor, Gwynedd", "Bangor, Wales"),
        ("Bangor, Co Down", "Bangor, Northern Ireland"),
        ("Swords, Co Dublin", "Swords, Leinster, Ireland"),
        ("Newbridge, Co Kildare", "Droichead Nua, Leinster, Ireland"),
        ("Athlone, Co. Westmeath", "Athlone, Leinster, Ireland"),
        ("Tralee, Kerry", "Tralee, Munster, Ireland"),
    ],
)
@pytest.mark.parametrize("url", ["", "https://www.bbc.co.uk/news/1", "https://www.example.com/news/1"])
def test_a_county_of_the_uk_or_ireland_behind_a_town_is_its_own_and_no_town(place: str, label: str, url: str) -> None:
    body = f"A man from {place}, was jailed on Friday, police said."
    assert [city.label for city in resolve(Draft(body=body, url=url))] == [label]
    dateline = f"{place.partition(',')[0].upper()},{place.partition(',')[2]} (AP) — A man was jailed on Friday."
    assert [city.label for city in resolve(Draft(body=dateline, url=url))] == [label]


@pytest.mark.parametrize(
    ("body", "labels"),
    [
        (
            "Police in Richmond, Surrey and Burnaby said on Friday that they had found it. Burnaby, B.C., is next.",
            {
                "Richmond, British Columbia, Canada",
                "Surrey, British Columbia, Canada",
                "Burnaby, British Columbia, Canada",
            },
        ),
        (
            "Police in Portsmouth, Norfolk and Hampton, Va., met.",
            {"Portsmouth, Virginia", "Norfolk, Virginia", "Hampton, Virginia"},
        ),
        ("Police in Dover, Kent County, said so. Delaware is small.", {"Dover, Delaware"}),
        (
            "Police in Auburn, Kent and Renton, Wash., met.",
            {"Auburn, Washington", "Kent, Washington", "Renton, Washington"},
        ),
    ],
)
def test_a_city_that_is_called_like_a_county_stays_one_beside_its_neighbours(body: str, labels: set[str]) -> None:
    assert {city.label for city in resolve(Draft(body=body))} == labels


@pytest.mark.parametrize("url", ["", "https://www.bbc.co.uk/news/1", "https://www.nytimes.com/1"])
@pytest.mark.parametrize(
    "place",
    [
        "California, US",
        "California, USA",
        "Florida, United States",
        "Nevada, U.S.",
        "Virginia, US",
        "Ontario, Canada",
        "Victoria, Australia",
        "Paris, Ga.",
        "London, Minn.",
        "Moscow, Ohio",
        "Washington, Michigan",
    ],
)
def test_a_state_before_its_country_and_a_name_before_another_state_are_no_city(place: str, url: str) -> None:
    body = f"A man from {place}, was jailed on Friday. In {place.partition(',')[0]} he had two homes."
    assert resolve(Draft(body=body, url=url)) == ()


@pytest.mark.parametrize(
    ("body", "labels"),
    [
        ("A man was held in Washington, US, on Friday.", {"Washington, District of Columbia"}),
        ("A man was held in New York, USA, on Friday.", {"New York City, New York"}),
        ("A man was held in Quebec, Canada, on Friday.", {"Quebec City, Quebec, Canada"}),
        ("A man was held in Lucerne, Switzerland, on Friday.", {"Lucerne, Switzerland"}),
        ("They met in Boston, Ohio and Maine on Friday.", {"Boston, Massachusetts"}),
        ("They met in Boston, Ohio, and Maine on Friday.", {"Boston, Massachusetts"}),
        ("In Washington, Michigan Gov. Jane Roe said so.", {"Washington, District of Columbia"}),
        ("In Washington, Ohio officials said so.", {"Washington, District of Columbia"}),
        (
            "They met in Paris, New York and London.",
            {"Paris, Île-de-France, France", "New York City, New York", "London, England"},
        ),
        ("A man from London, Ont., was held.", {"London, Ontario, Canada"}),
        ("A man from Paris, Texas, was held.", {"Paris, Texas"}),
    ],
)
def test_a_city_before_its_country_or_in_a_list_with_states_is_one(body: str, labels: set[str]) -> None:
    assert {city.label for city in resolve(Draft(body=body))} == labels
