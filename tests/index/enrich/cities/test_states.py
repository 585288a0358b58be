import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.enrich.cities import resolve
from index.record import Draft
from tests.index.enrich.cities.test_resolver import places


@pytest.mark.parametrize(
    ("phrase", "label", "reason"),
    [
        ("Illinois officials in Springfield", "Springfield, Illinois", "named once, with Illinois before it"),
        ("The Illinois town of Auburn", "Auburn, Illinois", "named once, with Illinois before it"),
        ("The Maine state police in Portland", "Portland, Maine", "named once, with Maine before it"),
        (
            "He left Illinois, and officials in Springfield",
            "Springfield, Massachusetts",
            "named once, the paper's home town",
        ),
        ("Officials in Springfield", "Springfield, Massachusetts", "named once, the paper's home town"),
    ],
)
def test_a_state_whose_officials_or_town_a_city_is_overrules_the_home(phrase: str, label: str, reason: str) -> None:
    body = f"{phrase} said on Monday that roads would be mended."
    found = resolve(Draft(body=body), "Springfield, Massachusetts")
    assert [(city.label, city.reason) for city in found] == [(label, reason)]


def test_a_states_officials_in_a_city_that_is_known_without_its_state_are_only_there() -> None:
    assert places("Illinois officials in Washington said so.") == [("Washington, District of Columbia", "about")]


@pytest.mark.parametrize(
    ("body", "labels"),
    [
        ("He sued a drug maker on Monday in Olympia. Washington joins 12 states.", ["Olympia, Washington"]),
        ("Washington Gov. Jay Inslee signed it on Monday. Washington has the most apples.", []),
        (
            "New York Gov. Kathy Hochul signed the bill in Albany. New York farmers cheered. Upstate New York too.",
            ["Albany, New York"],
        ),
        ("He works for the state of Washington. It happened in western Washington.", []),
        ("New York's governor met the New York attorney general, the New York lieutenant governor and lawmakers.", []),
        ("New York lawmakers passed it on Monday.", []),
    ],
)
def test_a_state_that_is_called_like_a_city_is_none(body: str, labels: list[str]) -> None:
    assert [label for label, _ in places(body)] == labels


def test_a_headline_about_a_state_is_not_about_the_city_called_like_it() -> None:
    body = "The attorney general filed the suit on Monday in King County."
    assert resolve(Draft(headline="Washington state sues drug maker", body=body)) == ()


@pytest.mark.parametrize(
    ("body", "label"),
    [
        ("New York police arrested a man on Monday. He was seen in New York.", "New York City, New York"),
        ("New York Gov. Smith met the New York mayor on Monday.", "New York City, New York"),
        ("Senators met in Washington on Monday. Washington said no.", "Washington, District of Columbia"),
        ("WASHINGTON (AP) - Jay Inslee of Washington state came.", "Washington, District of Columbia"),
    ],
)
def test_a_city_that_is_called_like_a_state_is_one_where_the_words_beside_it_say_so(body: str, label: str) -> None:
    assert [found for found, _ in places(body)] == [label]


@pytest.mark.parametrize(
    ("body", "home", "labels"),
    [
        ("New York joins 12 states that sued on Monday.", "Buffalo, New York", []),
        ("New York and 12 other states sued on Monday.", "", []),
        ("New York would become the fourth state to do so. New York has waited.", "", []),
        ("New York has a fourth airport now. New York has waited.", "", ["New York City, New York"]),
        ("New York, New Jersey and Connecticut sued on Monday.", "", []),
        ("Voters in Washington and Colorado made it legal.", "", []),
        ("Ohio and Washington made it legal.", "", []),
        ("Firms in Washington, Maryland and Virginia hire people.", "", ["Washington, District of Columbia"]),
        ("In Ohio, New York fans cheered.", "", ["New York City, New York"]),
    ],
)
def test_a_name_among_states_is_the_states(body: str, home: str, labels: list[str]) -> None:
    assert [found for found, _ in places(body, home)] == labels


@pytest.mark.parametrize(
    ("body", "home"),
    [
        ("It opened a shop in New York on Monday.", "Buffalo, New York"),
        ("She left the farm for New York at 18. New York made her a star.", "Buffalo, New York"),
        ("New York has no more beds, Mayor Ed Cole said.", "Syracuse, New York"),
        ("New York state police stopped a truck bound for New York.", ""),
    ],
)
def test_a_home_far_from_the_city_in_the_state_of_its_name_takes_the_city_not_away(body: str, home: str) -> None:
    assert [found for found, _ in places(body, home)] == ["New York City, New York"]


@pytest.mark.parametrize(
    ("body", "home", "labels"),
    [
        (
            "Washington Gov. Jay Inslee met the president in Washington at the White House. He leaves Washington.",
            "",
            ["Washington, District of Columbia"],
        ),
        (
            "The senator flew to Washington to meet the president. Washington lawmakers in Congress were not there.",
            "Yakima, Washington",
            ["Washington, District of Columbia"],
        ),
        ("Washington Gov. Jay Inslee met farmers in Washington, the president of a union among them.", "", []),
        ("Washington Gov. Jay Inslee said it. Congress has done nothing for farmers. Washington has apples.", "", []),
    ],
)
def test_the_president_and_congress_are_in_the_capital_and_not_in_the_state_of_its_name(
    body: str, home: str, labels: list[str]
) -> None:
    assert [found for found, _ in places(body, home)] == labels


_PIECES = """LA DC NYC L.A. Washington New York Quebec 's ’s Gov. of Mayor Bishop state upstate officials in Springfield
Illinois , . - ( ) / Multnomah County Sydney Jones Lt. Col. said""".split()


@given(
    st.lists(st.sampled_from([*_PIECES, " ", " ", " ", "\n"]), max_size=24), st.sampled_from(["", "Albany, New York"])
)
def test_any_run_of_words_that_rules_look_for_can_be_resolved(pieces: list[str], home: str) -> None:
    body = "".join(pieces)
    for city in resolve(Draft(body=body), home):
        assert city.surface in " ".join(body.split())


def test_lawmakers_of_washington_are_the_states_to_a_paper_there() -> None:
    body = "Washington lawmakers on Monday approved a tax."
    assert places(body, "Olympia, Washington") == []
    assert places(body) == [("Washington, District of Columbia", "about")]
