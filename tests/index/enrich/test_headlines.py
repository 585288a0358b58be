import pytest

from index.enrich.headlines import MADE_LENGTH, chosen_headline, made_headline, without_site


@pytest.mark.parametrize(
    ("claim", "headline"),
    [
        ("Bridge closed | The Daily Bugle", "Bridge closed"),
        ("Bridge closed - The Daily Bugle", "Bridge closed"),
        ("The Daily Bugle: Bridge closed", "The Daily Bugle: Bridge closed"),
        ("The Daily Bugle | Bridge closed", "Bridge closed"),
        ("Bridge over river closed - News - The Daily Bugle", "Bridge over river closed"),
        ("Bridge closed - for good", "Bridge closed - for good"),
        ("Bridge closed", "Bridge closed"),
    ],
)
def test_the_name_of_the_site_is_cut_off(claim: str, headline: str) -> None:
    assert without_site(claim, ["The Daily Bugle", "dailybugle"]) == headline


def test_the_heading_that_a_claim_agrees_with_is_the_headline() -> None:
    assert (
        chosen_headline(["Bridge closed"], ["The Daily Bugle", "BRIDGE CLOSED"], ["The Daily Bugle"]) == "BRIDGE CLOSED"
    )


def test_a_single_heading_is_preferred_to_words_made_for_search_engines() -> None:
    claims = ["Why is the Harbor Bridge closed? All you need to know"]
    assert chosen_headline(claims, ["Harbor Bridge closes for the winter"], []) == "Harbor Bridge closes for the winter"


def test_a_heading_that_is_the_sites_name_is_no_headline() -> None:
    assert chosen_headline(["Bridge closed - Bugle Online"], ["Bugle Online"], []) == "Bridge closed"


def test_a_claim_that_is_cut_short_is_given_whole_by_another() -> None:
    whole = "Bridge closed for the whole of the winter, the mayor says"
    assert chosen_headline(["Bridge closed for the whole…", whole], [], []) == whole


def test_nothing_claimed_is_no_headline() -> None:
    assert chosen_headline([], [], ["The Daily Bugle"]) == ""


def test_a_made_headline_is_the_first_sentence() -> None:
    assert made_headline("The bridge is closed. It will stay so.") == "The bridge is closed"
    assert made_headline("The U.S. Conference of Mayors met. It was brief.") == "The U.S. Conference of Mayors met"
    assert made_headline('"Is it closed?" he asked.\n\nIt was.') == '"Is it closed?" he asked'


def test_a_long_made_headline_is_cut_at_a_word() -> None:
    made = made_headline("word " * 60)
    assert len(made) <= MADE_LENGTH
    assert made == "word " * 16 + "word…" or made.endswith("word…")
    assert len(made_headline("x" * 500)) == MADE_LENGTH
