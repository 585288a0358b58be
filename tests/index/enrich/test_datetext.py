from datetime import datetime

import pytest

from index.enrich.datetext import MONTHS, Written, find, find_without_year, read


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("2018", "2018"),
        ("2018-03", "2018-03"),
        ("March 2018", "2018-03"),
        ("2018-01-24", "2018-01-24"),
        ("2018-1-2", "2018-01-02"),
        ("2018/01/24", "2018-01-24"),
        ("20180124", "2018-01-24"),
        ("2018-01-24 17:30", "2018-01-24T17:30:00"),
        ("2018-01-24 21:05", "2018-01-24T21:05:00"),
        ("2018-01-24T17:30Z", "2018-01-24T17:30:00+00:00"),
        ("2018-01-24T17:30:00.123-05:00", "2018-01-24T17:30:00-05:00"),
        ("2018-01-24T17:30:00+0100", "2018-01-24T17:30:00+01:00"),
        ("Wed, 24 Jan 2018 17:30:00 -0500", "2018-01-24T17:30:00-05:00"),
        ("Wed, 24 Jan 2018 17:30:00 GMT", "2018-01-24T17:30:00+00:00"),
        ("Tue Jan 24 17:30:00 2017", "2017-01-24T17:30:00"),
        ("26-MAR-1987 15:01:01.79", "1987-03-26T15:01:01"),
        ("March 26, 2018", "2018-03-26"),
        ("26 March 2018", "2018-03-26"),
        ("26th of March 2018", "2018-03-26"),
        ("Thursday, January 24, 2019", "2019-01-24"),
        ("Jan. 24, 2018 at 5:30 p.m. EST", "2018-01-24T17:30:00-05:00"),
        ("July 4, 2018 5:30pm ET", "2018-07-04T17:30:00-04:00"),
        ("November 20, 2019 / 1:07 AM", "2019-11-20T01:07:00"),
        ("10:44 AM, Feb 5, 2020", "2020-02-05T10:44:00"),
        ("8:05 AM EDT, Fri May 3, 2019", "2019-05-03T08:05:00-04:00"),
        ("24. Januar 2018, 17.30 Uhr", "2018-01-24T17:30:00"),
        ("24 de enero de 2018", "2018-01-24"),
        ("1er janvier 2019", "2019-01-01"),
        ("24 января 2018", "2018-01-24"),
        ("2020. június 4. 14:02", "2020-06-04T14:02:00"),
        ("2020年11月24日 10:30", "2020-11-24T10:30:00"),
        ("01.02.2018", "2018-02-01"),
        ("24/1/2018", "2018-01-24"),
        ("1/24/2018", "2018-01-24"),
        ("24. 1. 2018", "2018-01-24"),
        ("January 24,2018", "2018-01-24"),
        ("24/Jan/2018", "2018-01-24"),
        ("24/set/2018", "2018-09-24"),
        ("2018-Jan-24", "2018-01-24"),
        ("4 maj 2018", "2018-05-04"),
        ("11 d'agost de 2018", "2018-08-11"),
        ("24 NİSAN 2018", "2018-04-24"),
        ("24 KASIM 2018", "2018-11-24"),
        ("24 ΙΑΝΟΥΑΡΙΟΥ 2018", "2018-01-24"),
        ("24 جنوری، 2018", "2018-01-24"),
        ("24 كانون الثاني 2018", "2018-01-24"),
        ("24 شباط 2018", "2018-02-24"),
        ("24 يناير/ كانون الثاني 2018", "2018-01-24"),
        ("২৪ জানু\u09af\u09bcারি ২০১৮", "2018-01-24"),
        ("২৪ জানু\u09dfারি ২০১৮", "2018-01-24"),
    ],
)
def test_a_date_is_read_as_it_is_written(text: str, published: str) -> None:
    written = read(text)
    assert written is not None
    assert (written.published, written.note) == (published, "")


@pytest.mark.parametrize(
    ("text", "language", "published", "note"),
    [
        ("12 listopada 2019", "pl", "2019-11-12", ""),
        ("12. listopada 2019.", "hr", "2019-10-12", ""),
        ("5 जून २०२०", "hi", "2020-06-05", ""),
        ("٥ يونيو ٢٠٢٠", "ar", "2020-06-05", ""),
        ("5 ביוני 2020", "he-IL", "2020-06-05", ""),
        ("২৪ জানু\u09dfারি ২০১৮", "bn", "2018-01-24", ""),
        ("24 KASIM 2018", "tr", "2018-11-24", ""),
        ("5 มิ.ย. 2563", "th", "2020-06-05", ""),
        ("ngày 5 tháng 6 năm 2020", "vi", "2020-06-05", ""),
        ("2020 m. birželio 5 d.", "lt", "2020-06-05", ""),
        ("2020. gada 5. jūnijs", "lv", "2020-06-05", ""),
        ("5 ივნისი, 2020", "ka", "2020-06-05", ""),
        ("دوشنبه ۲ تیر ۱۳۹۹", "fa", "2020-06-22", "2 تیر 1399 of the Persian calendar"),
        ("30 اسفند 1399", "fa", "2021-03-20", "30 اسفند 1399 of the Persian calendar"),
    ],
)
def test_a_date_is_read_in_the_language_of_its_page(text: str, language: str, published: str, note: str) -> None:
    written = read(text, language)
    assert written is not None
    assert (written.published, written.note) == (published, note)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("12 listopada 2019", "en-US"),  # November in Polish, October in Croatian
        ("June 5, 2563", "en-US"),
        ("30 اسفند 1398", "fa"),  # that month has 29 days
        ("24 January 1399", "en-US"),
        ("5 Xyz 2020", "xx-YY"),
    ],
)
def test_a_year_or_month_of_another_language_is_not_taken_for_ours(text: str, language: str) -> None:
    assert read(text, language) is None


@pytest.mark.parametrize(
    ("text", "locale", "published", "note"),
    [
        ("1/2/2018", "en-US", "2018-01-02", "the month first, as is usual here"),
        ("1/2/2018", "en-GB", "2018-02-01", "the day first, as is usual here"),
        ("1-2-2018", "en-US", "2018-01-02", "the month first, as is usual here"),
        ("1-2-2018", "en-CA", "2018-02-01", "the day first, as is usual here"),
        ("1.2.2018", "en-US", "2018-02-01", ""),
        ("1/2/2018", "en_us", "2018-01-02", "the month first, as is usual here"),
        ("24/1/18", "en-US", "2018-01-24", "two-digit year taken for 2018"),
        ("24-Jan-18", "en-US", "2018-01-24", "two-digit year taken for 2018"),
        ("פורסם ב-24.01.18", "he", "2018-01-24", "two-digit year taken for 2018"),
    ],
)
def test_what_had_to_be_decided_is_said(text: str, locale: str, published: str, note: str) -> None:
    written = read(text, locale)
    assert written is not None
    assert (written.published, written.note) == (published, note)


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("24.01.2018 20:00-24:00", "2018-01-24T20:00:00"),
        ("2018-01-24T17:30:00+99:00", "2018-01-24T17:30:00"),
        ("2018-01-24T17:30:00+12:99", "2018-01-24T17:30:00"),
        ("2018-01-24 17:30 UTC+25", "2018-01-24T17:30:00"),
        ("2018-01-24 17:30 UTC+14", "2018-01-24T17:30:00+14:00"),
        ("2018-01-24 17:30 GMT-3", "2018-01-24T17:30:00-03:00"),
        ("20180124T993000", "2018-01-24"),
        ("20180124T173000+9900", "2018-01-24T17:30:00"),
        ("January 24, 1880 5:30 p.m. ET", "1880-01-24T17:30:00"),  # New York had the sun's own time
        ("24.01.2018 17:30-19:30", "2018-01-24T17:30:00"),
        ("24.01.2018 10:00-11:30", "2018-01-24T10:00:00"),
        ("2018-01-24T17:30-05:00", "2018-01-24T17:30:00-05:00"),
        ("2018-01-24 17:30:00-05:00", "2018-01-24T17:30:00-05:00"),
        ("2018-01-24 17:30 -0500", "2018-01-24T17:30:00-05:00"),
    ],
)
def test_an_offset_that_no_clock_has_is_none_and_the_end_of_a_span_of_time_is_no_offset(
    text: str, published: str
) -> None:
    written = read(text)
    assert written is not None
    assert (written.published, datetime.fromisoformat(written.published or "").year) == (published, written.year)


@pytest.mark.parametrize(
    "text",
    [
        "Monday",
        "March 26",
        "13/13/2018",
        "2018-02-30",
        "Feb 30, 2018",
        "may be 2018",
        "5.5",
        "v-24.01.18",
        "24. 1. 18",
        "",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert read(text) is None


def test_seconds_since_1970_are_told_in_the_zone() -> None:
    assert read("1516829400", zone="America/New_York") == Written(
        2018, 1, 24, "T16:30:00-05:00", "seconds since 1970", 0, 10
    )
    assert read("1516829400000", zone="UTC") == Written(2018, 1, 24, "T21:30:00+00:00", "seconds since 1970", 0, 13)


def test_the_first_date_of_a_line_is_found_with_its_place() -> None:
    line = "Published 5:30 p.m. ET Jan. 24, 2018 | Updated Jan. 25, 2018"
    assert find(line) == Written(2018, 1, 24, "T17:30:00-05:00", "", 23, 36)


def test_a_day_without_a_year_stays_without_one() -> None:
    assert find_without_year("NEW YORK, March 26 -") == Written(None, 3, 26, start=10, end=18)
    assert Written(None, 3, 26).published is None
    assert find_without_year("Bed 26 was empty") is None


def test_no_month_name_means_two_months() -> None:
    assert "listopada" not in MONTHS  # November in Polish, October in Croatian
    assert MONTHS["kwietnia"] == 4
