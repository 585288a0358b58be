# ruff: noqa: E501 - a table reads best with one case a line
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.enrich.cities import parse_dateline
from index.enrich.cities.dateline import Dateline, Place, inner_dateline, lies_elsewhere


@pytest.mark.parametrize(
    ("text", "shown", "places", "date", "agency", "story"),
    [
        ("ALEXANDRIA, La. (AP) — A woman", "ALEXANDRIA, La. (AP)", [("ALEXANDRIA", "La.")], "", "AP", "A woman"),
        ("SALVADOR, Feb 26 - Showers", "SALVADOR, Feb 26", [("SALVADOR", "")], "Feb 26", "", "Showers"),
        ("NEW YORK/LONDON (Reuters) - Oil", "NEW YORK/LONDON (Reuters)", [("NEW YORK", ""), ("LONDON", "")], "", "Reuters", "Oil"),
        ("PARIS and LONDON, June 3 - Talks", "PARIS and LONDON, June 3", [("PARIS", ""), ("LONDON", "")], "June 3", "", "Talks"),
        ("By Jane Doe, Boston, March 26 - The", "Boston, March 26", [("Boston", "")], "March 26", "", "The"),
        ("By Jane Doe\nBOSTON (Reuters) - A", "BOSTON (Reuters)", [("BOSTON", "")], "", "Reuters", "A"),
        ("Springfield, Ill. — The", "Springfield, Ill.", [("Springfield", "Ill.")], "", "", "The"),
        ("Albany —The bureau", "Albany", [("Albany", "")], "", "", "The bureau"),
        ("(CNN) - The president", "(CNN)", [], "", "CNN", "The president"),
        ("(NEW YORK) -- The", "NEW YORK", [("NEW YORK", "")], "", "", "The"),
        ("SEOUL, South Korea (CNN) -- A", "SEOUL, South Korea (CNN)", [("SEOUL", "South Korea")], "", "CNN", "A"),
        ("WASHINGTON, April 5 (Thomson Reuters Foundation) - An", "WASHINGTON, April 5 (Thomson Reuters Foundation)", [("WASHINGTON", "")], "April 5", "Thomson Reuters Foundation", "An"),
        ("PORTLAND, Ore., Feb 26 - A", "PORTLAND, Ore., Feb 26", [("PORTLAND", "Ore.")], "Feb 26", "", "A"),
        ("WASHINGTON, March 12, Reuter - A", "WASHINGTON, March 12, Reuter", [("WASHINGTON", "")], "March 12", "Reuter", "A"),
        ("COEUR D'ALENE, Idaho, March 2 - A", "COEUR D'ALENE, Idaho, March 2", [("COEUR D'ALENE", "Idaho")], "March 2", "", "A"),
        ("DeKALB – The", "DeKALB", [("DeKALB", "")], "", "", "The"),
        ("****LONDON, March 5 - A", "LONDON, March 5", [("LONDON", "")], "March 5", "", "A"),
        ("omaha, april 7 - Clear", "omaha, april 7", [("omaha", "")], "april 7", "", "Clear"),
        ("NEW YORK, Narch 2 - A", "NEW YORK, Narch 2", [("NEW YORK", "")], "Narch 2", "", "A"),
        ("New york, March 2 - A", "New york, March 2", [("New york", "")], "March 2", "", "A"),
        ("WILMINGTON, Dela., March 5 - A", "WILMINGTON, Dela., March 5", [("WILMINGTON", "Dela.")], "March 5", "", "A"),
        ("Muscat: The festival", "Muscat", [("Muscat", "")], "", "", "The festival"),
        ("PLEASANTON, Calif.--Two", "PLEASANTON, Calif.", [("PLEASANTON", "Calif.")], "", "", "Two"),
        ("March 3 (Reuters) - Boeing", "March 3 (Reuters)", [], "March 3", "Reuters", "Boeing"),
        ("May 3 (UPI) -- Apple", "May 3 (UPI)", [], "May 3", "UPI", "Apple"),
        ("March 3 - Boeing", "March 3", [], "March 3", "", "Boeing"),
        ("Monday (Reuters) - Boeing", "Monday (Reuters)", [], "Monday", "Reuters", "Boeing"),
        ("MARCH, England (AP) - A", "MARCH, England (AP)", [("MARCH", "England")], "", "AP", "A"),
        ("LONDON, 10:30 GMT, March 4 (Reuters) - Oil", "LONDON, 10:30 GMT, March 4 (Reuters)", [("LONDON", "")], "March 4", "Reuters", "Oil"),
        ("Cologne (Germany) (AFP) – Police", "Cologne (Germany) (AFP)", [("Cologne", "Germany")], "", "AFP", "Police"),
        ("[LAGOS] Scientists", "LAGOS", [("LAGOS", "")], "", "", "Scientists"),
        ("WASHINGTON-The president", "WASHINGTON", [("WASHINGTON", "")], "", "", "The president"),
        ("March 3, 2018 | ALBANY, N.Y. — The", "ALBANY, N.Y.", [("ALBANY", "N.Y.")], "March 3, 2018", "", "The"),
        ("LONDON, PARIS, BERLIN — Leaders", "LONDON, PARIS, BERLIN", [("LONDON", ""), ("PARIS", ""), ("BERLIN", "")], "", "", "Leaders"),
        ("ALBANY, NEW YORK — Lawmakers", "ALBANY, NEW YORK", [("ALBANY", "NEW YORK")], "", "", "Lawmakers"),
        ("0    LONDON, April 29 - The", "0    LONDON, April 29", [("0    LONDON", "")], "April 29", "", "The"),
        ("PORT OF SPAIN, Trinidad (AP) — A", "PORT OF SPAIN, Trinidad (AP)", [("PORT OF SPAIN", "Trinidad")], "", "AP", "A"),
        ("PORT OF SPAIN, Trinidad and Tobago (AP) — A", "PORT OF SPAIN, Trinidad and Tobago (AP)", [("PORT OF SPAIN", "Trinidad and Tobago")], "", "AP", "A"),
        ("CASTRIES, St. Lucia (AP) — A", "CASTRIES, St. Lucia (AP)", [("CASTRIES", "St. Lucia")], "", "AP", "A"),
        ("BASSETERRE, St. Kitts — A", "BASSETERRE, St. Kitts", [("BASSETERRE", "St. Kitts")], "", "", "A"),
        ("KINGSTOWN, St. Vincent — A", "KINGSTOWN, St. Vincent", [("KINGSTOWN", "St. Vincent")], "", "", "A"),
        ("ST. JOHN'S, Antigua (AP) — A", "ST. JOHN'S, Antigua (AP)", [("ST. JOHN'S", "Antigua")], "", "AP", "A"),
        ("SARAJEVO, Bosnia-Herzegovina — A", "SARAJEVO, Bosnia-Herzegovina", [("SARAJEVO", "Bosnia-Herzegovina")], "", "", "A"),
        ("New Delhi [India], August 4 (ANI): The", "New Delhi [India], August 4 (ANI)", [("New Delhi", "India")], "August 4", "ANI", "The"),
        ("KINGSTON, Jamaica, CMC – The", "KINGSTON, Jamaica, CMC", [("KINGSTON", "Jamaica")], "", "CMC", "The"),
        ("GEORGE TOWN, Cayman Islands (CNS): The", "GEORGE TOWN, Cayman Islands (CNS)", [("GEORGE TOWN", "Cayman Islands")], "", "CNS", "The"),
        ("NEW YORK -(Dow Jones)- The", "NEW YORK -(Dow Jones)", [("NEW YORK", "")], "", "Dow Jones", "The"),
        ("VANCOUVER, BC / ACCESSWIRE / August 4, 2014 / The", "VANCOUVER, BC / ACCESSWIRE / August 4, 2014", [("VANCOUVER", "BC")], "August 4, 2014", "ACCESSWIRE", "The"),
        ("Abuja, Aug. 4, 2014 (NAN) The", "Abuja, Aug. 4, 2014 (NAN)", [("Abuja", "")], "Aug. 4, 2014", "NAN", "The"),
        ("By JOHN DOE\nASSOCIATED PRESS\nALBANY, N.Y. — The", "ALBANY, N.Y.", [("ALBANY", "N.Y.")], "", "", "The"),
        ("WASHINGTON, Tyne and Wear, Aug 4 (PA) — The", "WASHINGTON, Tyne and Wear, Aug 4 (PA)", [("WASHINGTON", "Tyne and Wear")], "Aug 4", "PA", "The"),
        ("NORWICH, Norfolk (PA) — The", "NORWICH, Norfolk (PA)", [("NORWICH", "Norfolk")], "", "PA", "The"),
        ("**SEATTLE** — The", "SEATTLE", [("SEATTLE", "")], "", "", "The"),
    ],
)  # fmt: skip
def test_every_usual_shape_is_read(
    text: str, shown: str, places: list[tuple[str, str]], date: str, agency: str, story: str
) -> None:
    found = parse_dateline(text)
    assert found is not None
    assert (found.text, [(place.name, place.qualifier) for place in found.places]) == (shown, places)
    assert (found.date, found.agency, text[found.start :]) == (date, agency, story)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The city of Albany — long ago — was Dutch.",
        "Now Hughes — who is 71 — returns.",
        "COPPER GRADE A - prices",
        "MAR8  --     --",
        "De Blasio was set to be among a group of mayors.",
        "Fans were - to say the least - surprised.",
        "It was late: the river rose.",
        "March 3: a day to remember.",
        "Monday - the day of rest.",
        "May - The month of rain.",
        "Washington - not Lincoln - was the first president.",
        "Boston — or what is left of it — will dig out.",
        "[MUSIC] The band played.",
        "COVID-In the schools.",
        "A man (CNS): a song.",
        "The band [India], August 4, played.",
        "Songs of India [India]: a review.",
        "He owns A / ACCESSWIRE / August 4, 2014 / shares.",
        "In St. Lucia - where it rained - they waited.",
    ],
)
def test_a_sentence_with_a_dash_is_no_dateline(text: str) -> None:
    assert parse_dateline(text) is None


@pytest.mark.parametrize(
    ("place", "elsewhere"),
    [
        (("PARIS", "Ga."), True),
        (("BERLIN", "Wyo."), True),
        (("SPRINGFIELD", "France"), True),
        (("CALIFORNIA", "US"), True),
        (("VICTORIA", "Australia"), True),
        (("BOSTON", "Lincolnshire"), False),
        (("WASHINGTON", "US"), False),
        (("LUCERNE", "Switzerland"), False),
        (("PARIS", "Texas"), False),
        (("PARIS", ""), False),
        (("HONG KONG", "China"), False),
        (("TBILISI", "Georgia"), False),
        (("BELFAST", "Ireland"), False),
        (("NEW YORK", "Louisville, Ky."), False),
        (("KIMBERBOROUGH", "Ga."), False),
    ],
)
def test_a_state_in_which_no_city_of_the_name_lies_says_that_it_is_another_place(
    place: tuple[str, str], elsewhere: bool
) -> None:
    assert lies_elsewhere(Place(*place, 0, 0)) is elsewhere


def test_places_are_where_they_stand_in_the_text() -> None:
    assert parse_dateline("By Jane Doe, SALEM, Ore. (AP) - A") == Dateline(
        "SALEM, Ore. (AP)", (Place("SALEM", "Ore.", 13, 24),), "", "AP", "Jane Doe", 32
    )


def test_a_dateline_that_is_given_apart_needs_no_dash() -> None:
    found = parse_dateline("Albany", given=True)
    assert found is not None and [place.name for place in found.places] == ["Albany"]
    assert parse_dateline("Albany") is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Clinton couple faces drug counts. CLINTON — A couple", "CLINTON"),
        ("BY SAM ROE Reporter March 29, 2009 PATASKALA -- The", "PATASKALA"),
        ("JO POE, Associated Press WASHINGTON (AP) — The", "WASHINGTON"),
        ("Region board approves budget.\nFALLS CHURCH—The", "FALLS CHURCH"),
    ],
)
def test_a_dateline_behind_a_headline_or_byline_is_found(text: str, place: str) -> None:
    found = inner_dateline(text)
    assert found is not None and [each.name for each in found.places] == [place]


@pytest.mark.parametrize("text", ["March 3, 1931 - January 24, 2018", "Jan. 24, 2018 – March 3, 2018"])
def test_a_life_or_a_span_of_days_is_no_dateline(text: str) -> None:
    assert parse_dateline(f"{text}\n\nThe bridge is closed.") is None


@given(st.text(alphabet="ABab ,.-—()/:1\n'", max_size=80))
def test_any_text_can_be_asked(text: str) -> None:
    found = parse_dateline(text)
    assert found is None or 0 < found.start <= len(text)
