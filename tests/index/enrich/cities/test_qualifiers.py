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
