import pytest

from index.enrich.cities import resolve
from index.record import Draft
from tests.index.enrich.cities.test_resolver import places


def test_an_abbreviation_amid_small_letters_is_no_town() -> None:
    assert places("The ICO said on Monday that coffee exports fell. Traders in London had seen it come.") == [
        ("London, England", "about")
    ]


@pytest.mark.parametrize(
    ("body", "label"),
    [
        ("NYC schools will close on Monday. The mayor of NYC said snow was coming to NYC.", "New York City, New York"),
        ("A man was shot in DC on Monday, DC police said.", "Washington, District of Columbia"),
        ("LA police arrested a man on Monday. He was taken to a jail in LA, they said.", "Los Angeles, California"),
        ("L.A. police arrested a man on Monday. L.A.'s mayor praised them.", "Los Angeles, California"),
    ],
)
def test_the_initials_of_well_known_cities_are_theirs_with_stops_and_without(body: str, label: str) -> None:
    assert places(body) == [(label, "about")]


def test_a_headline_may_name_a_city_by_its_initials_alone() -> None:
    found = resolve(Draft(headline="NYC to hire 500 police officers", body="They will be trained next year."))
    assert [(city.label, city.role) for city in found] == [("New York City, New York", "about")]


@pytest.mark.parametrize(
    "body",
    [
        "VILLA A LA MER VENDUE",
        "LA POLICE ARREST A MAN",
        "The letter to Xyzzy Mills, LA 70458, came back.",
        "He wrote to Sen. Smith (R-LA) on Monday.",
        "AC and DC motors are made by the firm; AC/DC sang.",
        "The airline bought two DC-10 and three DC 9 jets.",
        "Direct current, DC",
        "Wonder Woman is a DC hero in DC Comics films.",
    ],
)
def test_initials_that_are_a_states_or_a_things_are_no_city(body: str) -> None:
    assert places(body) == []


def test_a_postal_code_behind_a_town_is_its_states() -> None:
    body = "A fire broke out in Monroe, LA on Monday. Alexandria LA firefighters came."
    assert [label for label, _ in places(body)] == ["Monroe, Louisiana", "Alexandria, Louisiana"]
