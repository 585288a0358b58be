import pytest

from index.enrich.cities import resolve
from index.enrich.cities.gazetteer import gazetteer
from index.enrich.cities.imprint import home_in_text
from index.record import Draft


@pytest.mark.parametrize(
    "text",
    [
        "Tickets can be had from box@thetowntalk.com until Friday.",
        "See WWW.THETOWNTALK.COM/fair, or ask your neighbour.",
        "A councillor wrote to fair@example.org and to news@thetowntalk.com.",
    ],
)
def test_the_address_of_a_known_paper_in_a_text_tells_its_home(text: str) -> None:
    found = home_in_text(text)
    assert found is not None and gazetteer().city(found.row).label == "Alexandria, Louisiana"


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The sheriff said so.", "US"),
        ("A councillor said so.", "GB"),
        ("It cost £5.", "GB"),
        ("The sheriff of Nottingham paid £5 to a councillor.", None),
        ("It rained, says www.example.org.", None),
        ("", None),
    ],
)
def test_words_that_only_one_countrys_papers_use_tell_the_country(text: str, country: str | None) -> None:
    found = home_in_text(text)
    assert (found and (found.country, found.is_town)) == (country and (country, False))


def test_an_american_story_of_athens_plays_not_in_greece() -> None:
    body = "Police in Athens arrested a man on Monday. He lives in Athens."
    found = [resolve(Draft(body=f"{body} {more}"))[0].country for more in ("", "He was taken to the county jail.")]
    assert found == ["Greece", "United States"]


def test_where_the_paper_is_known_its_home_wins_over_the_text() -> None:
    body = "Police in Richmond arrested a man. Write to desk@thetowntalk.com."
    assert resolve(Draft(body=body), "Richmond, Kentucky")[0].label == "Richmond, Kentucky"
