import pytest

from index.enrich.archivelines import archived_date
from index.enrich.datelabels import DateLine, date_line
from index.enrich.datetext import find


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("01-24-18 1730EST", "2018-01-24 17:30 EST"),
        ("01-24-2018 17:30 EST", "2018-01-24 17:30 EST"),
        ("AP-NY-01-24-18 1730EST<", "2018-01-24 17:30 EST"),
        ("UPI 01-24-85 05:30 ped", "1985-01-24 17:30 EDT"),
        ("241730 Jan 18", "2018-01-24 17:30"),
        ("dpa jd yyzz n1 xx 241730 Jan 18", "2018-01-24 17:30"),
        ("AFP 241730 GMT JAN 18", "2018-01-24 17:30 GMT"),
        ("January 24, 2018, Wednesday, Final Edition", "January 24, 2018"),
        ("January 24, 2018 Wednesday Final Edition", "January 24, 2018"),
        ("PD 24 January 2018", "24 January 2018"),
        ("Daily Bugle, The (Springfield, IL) - January 24, 2018", "January 24, 2018"),
        ("Omaha World-Herald (NE) - Wednesday, January 24, 2018", "January 24, 2018"),
        ("The Daily Bugle [Springfield, Ill] 24 Jan 2018: A.1.", "24 Jan 2018"),
        ("The Daily Bugle, January 24, 2018", "January 24, 2018"),
        ("Daily Bugle - Wednesday, January 24, 2018 - Page 5A", "January 24, 2018"),
        ("First published in The Daily Bugle, Jan 24, 2018.", "Jan 24, 2018"),
        ("THE DAILY BUGLE, WEDNESDAY, JANUARY 24, 1906. 5", "JANUARY 24, 1906"),
        ("4 THE DAILY BUGLE, JANUARY 24, 1906", "JANUARY 24, 1906"),
        ("VOL. XII. NO. 24. SPRINGFIELD, ILL., WEDNESDAY, JANUARY 24, 1906. PRICE TWO CENTS.", "JANUARY 24, 1906"),
        ("Evening Star, January 24, 1906, page 5", "January 24, 1906"),
        ("The Daily Bugle (Sydney, NSW : 1841 - 1954), Wednesday 24 January 1906, page 5", "24 January 1906"),
        ("Daily Bugle, Volume XII, Issue 24, 24 January 1906, Page 5", "24 January 1906"),
        ("The daily bugle. [volume] (Springfield, Ill.) 1880-1920, January 24, 1906, Image 5", "January 24, 1906"),
        (
            "New York Times (1857-1922); Jan 24, 1906; ProQuest Historical Newspapers: The New York Times",
            "Jan 24, 1906",
        ),
    ],
)
def test_a_line_in_which_an_archive_states_the_date_is_read(line: str, date: str) -> None:
    assert archived_date(line, find(line, whole=True)) == date
    assert date_line(line) == DateLine(date, "", (line,))


@pytest.mark.parametrize(
    "line",
    [
        "Hiroshima, August 6, 1945",
        "World War II, September 1, 1939",
        "Soviet Union, December 26, 1991",
        "The study was published in Nature News, January 24, 2018",
        "City Council Minutes, January 24, 2018",
        "January 24, 2018, 7 p.m., City Hall",
        "LOAD-DATE: January 25, 2018",
        "Room 5, January 24, 2018",
        "13-24-18 1730EST",
        "Daily News " * 12 + "January 24, 2018 and so on",
        "January 24, 2018",
    ],
)
def test_another_line_with_a_date_is_none_of_an_archive(line: str) -> None:
    assert archived_date(line, find(line, whole=True)) == ""
