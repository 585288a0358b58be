from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Article
from index.dates import period
from index.enrich import enrich
from index.enrich.context import Context
from index.enrich.dates import COPYRIGHT, Decision, believed, copyright_clues, decide
from index.record import DateClue, Draft

TODAY = date(2026, 11, 23)


def decided(
    *clues: tuple[str, str],
    time_zone: str = "UTC",
    path: str = "",
    url: str = "",
    dateline: str = "",
    body: str = "",
    modified: str | None = None,
) -> Decision:
    draft = Draft(dates=tuple(DateClue(*clue) for clue in clues), url=url, dateline=dateline, body=body)
    return decide(draft, Context(TODAY, path, time_zone=time_zone, modified=modified))


def test_the_first_clue_that_holds_is_the_date() -> None:
    assert decided(
        ("2018-01-24T17:30:00-05:00", "JSON-LD datePublished"), ("2017", "the meta element date")
    ) == Decision("2018-01-24T17:30:00-05:00", "JSON-LD datePublished")


def test_no_clue_is_no_date() -> None:
    assert decided(path="/stories/bridge.txt", body="The bridge is closed.") == Decision(None, "")


@pytest.mark.parametrize(
    ("url", "published"),
    [
        ("https://example.org/2018/01/24/bridge", "2018-01-24"),
        ("https://example.org/world/2018/jan/24/bridge", "2018-01-24"),
        ("https://example.org/news/bridge-20180124.html", "2018-01-24"),
        ("https://example.org/2018/01/bridge", "2018-01"),
        ("https://example.org/story?date=2018-01-24", "2018-01-24"),
        ("https://example.org/2018/99/99/bridge", None),
        ("https://example.org/bridge?utm_campaign=daily_2021-05-04", None),
        ("https://example.org/bridge?from=2021-05-04&to=2021-05-06", None),
        ("https://example.org/football/2011-12/bridge-rovers-win", None),  # a season
        ("https://example.org/id/99201801245", None),
    ],
)
def test_an_address_may_tell_the_date(url: str, published: str | None) -> None:
    assert decided(url=url) == Decision(published, "the address" if published else "")


@pytest.mark.parametrize(
    ("path", "published"),
    [
        ("/archive/2018-01-24-bridge.txt", "2018-01-24"),
        ("/archive/20180124_bridge.txt.gz", "2018-01-24"),
        ("/archive/24-01-2018 bridge.html", "2018-01-24"),
        ("/archive/01-24-2018_bridge.txt", "2018-01-24"),
        ("/archive/bridge Jan 24 2018.txt", "2018-01-24"),
        ("/archive/bridge_24jan2018.txt", "2018-01-24"),
        ("/archive/2018-01-24.jsonl", None),  # the day of the export, not of its stories
        ("/archive/2018/bridge.txt", None),
        ("-", None),
    ],
)
def test_a_file_name_may_tell_the_date(path: str, published: str | None) -> None:
    assert decided(path=path) == Decision(published, "the file's name" if published else "")


@pytest.mark.parametrize(
    ("path", "published"),
    [
        ("/archive/2018/01/24/bridge.txt", "2018-01-24"),
        ("/archive/2018-01-24/bridge.txt", "2018-01-24"),
        ("/archive/20180124/wire/bridge.txt", "2018-01-24"),
        ("/archive/2018/01/bridge.txt", "2018-01"),
        ("/archive/2018-01/bridge.txt", "2018-01"),
        ("/crawl-2021-03-05/bridge.txt", None),  # the day it was fetched
        ("/export_20210305/bridge.txt", None),
        ("/football/2011-12/bridge.txt", None),  # a season
    ],
)
def test_a_folder_that_is_named_after_a_date_alone_may_tell_it(path: str, published: str | None) -> None:
    assert decided(path=path) == Decision(published, "the file's folder" if published else "")


def test_a_dateline_gets_its_year_only_from_evidence() -> None:
    dateline = "NEW YORK, March 26 -"
    assert decided(dateline=dateline, path="/2018-bridge.txt") == Decision(
        "2018-03-26", "the dateline, with the year of the file's name"
    )
    assert decided(dateline=dateline, url="https://example.org/2018/bridge") == Decision(
        "2018-03-26", "the dateline, with the year of the address"
    )
    assert decided(dateline=dateline) == Decision(
        None, "not believed: the dateline says 'March 26' without a year, and nothing tells it"
    )


@pytest.mark.parametrize(
    ("published", "place", "reason"),
    [
        ("2018-12-31", {"path": "/2019-01-01.txt"}, "the line, with the year of the file's name"),
        ("2019-01-02", {"path": "/2019-01-01.txt"}, "the line, with the year of the file's name"),
        ("2018-03-26", {"url": "https://example.org/2018/04/bridge"}, "the line, with the year of the address"),
        ("2018-12-31", {"path": "/2019/01/bridge.txt"}, "the line, with the year of the file's folder"),
        (None, {"url": "https://example.org/world-cup-2022-tickets"}, None),
        (None, {"path": "/budget-2025.txt"}, None),
    ],
)
def test_a_day_without_a_year_is_of_the_year_in_which_it_had_last_been(
    published: str | None, place: dict[str, str], reason: str | None
) -> None:
    day = {"2018-12-31": "Dec. 31", "2019-01-02": "Jan. 2"}.get(published or "", "March 26")
    unknown = f"not believed: the line says '{day}' without a year, and nothing tells it"
    assert decided((day, "the line"), **place) == Decision(published, reason or unknown)


def test_a_dateline_makes_the_month_of_an_address_exact() -> None:
    url = "https://example.org/2018/03/bridge"
    assert decided(dateline="NEW YORK, March 26 -", url=url) == Decision(
        "2018-03-26", "the dateline, with the year of the address"
    )
    assert decided(dateline="NEW YORK, May 2 -", url=url) == Decision("2018-03", "the address")


def shown(value: str, url: str) -> Decision:
    return decide(Draft(dates=(DateClue(value, "the date shown", weak=True),), url=url), Context(TODAY))


def test_a_day_in_the_address_is_believed_before_a_date_that_is_only_shown() -> None:
    assert shown("2018-03-05", "https://example.org/2017/11/02/bridge") == Decision("2017-11-02", "the address")
    assert shown("2018-03-05", "https://example.org/2018/03/bridge") == Decision("2018-03-05", "the date shown")
    assert shown("2018-03-05", "https://example.org/2017/11/bridge") == Decision("2017-11", "the address")


@pytest.mark.parametrize(
    ("value", "decision"),
    [
        (
            "Updated 24 Jan 2018",
            Decision(None, "not believed: 'Updated 24 Jan 2018' of the field date tells of a change"),
        ),
        ("last updated: 2018-01-25; published: 2018-01-24", Decision("2018-01-24", "the field date")),
    ],
)
def test_an_update_is_no_publication_in_any_field(value: str, decision: Decision) -> None:
    assert decided((value, "the field date")) == decision


def test_what_another_mark_of_the_page_says_is_told() -> None:
    assert decided(
        ("2018-01-24", "JSON-LD datePublished"), ("2018-01-25", "the page's date"), ("2012-01-01", "the page's created")
    ) == Decision("2018-01-24", "JSON-LD datePublished (the page's created says 2012-01-01)")


def test_a_copyright_line_gives_a_dateline_its_year_and_is_no_date_by_itself() -> None:
    line = ("2018", COPYRIGHT)
    assert decided(line, dateline="NEW YORK, March 26 -") == Decision(
        "2018-03-26", "the dateline, with the year of the copyright line"
    )
    assert decided(line) == Decision(None, "")


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("It is closed.\n\nCopyright 2018 The Associated Press. All rights reserved.", "2018"),
        ("(c) 1996 Reuters Limited", "1996"),
        ("Copyright (c) by The Bugle, 1987", "1987"),
        ("© 1996-2018 The Bugle", None),  # of the site
        ("Copyright 2017 AP\nCopyright 2018 AP", None),
        ("He went to court over copyright in 1999.", None),
    ],
)
def test_the_year_of_a_copyright_is_read_where_it_is_one(text: str, year: str | None) -> None:
    assert copyright_clues(text) == ((DateClue(year, COPYRIGHT),) if year else ())


def test_a_dateline_with_a_year_is_a_date() -> None:
    body = "CHICAGO, March 26, 2018 (AP) — The bridge is closed."
    assert decided(body=body) == Decision("2018-03-26", "the dateline")


def test_a_date_in_the_future_is_refused_and_the_next_clue_tried() -> None:
    assert decided(("2099-01-01", "JSON-LD datePublished"), url="https://example.org/2018/01/24/") == Decision(
        "2018-01-24", "the address; not believed: 2099-01-01 of JSON-LD datePublished lies in the future"
    )
    assert decided(("2026-11-24", "the field date")).published == "2026-11-24"
    assert decided(("2026-11-25", "the field date")).published is None


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("0001-01-01", "not believed: 0001-01-01 of the field date is before there were newspapers"),
        ("soon", "not believed: 'soon' of the field date is no date that can be read in one way"),
        (
            "1970-01-01T00:00:00Z",
            "not believed: 1970-01-01T00:00:00+00:00 of the field date is what programs write for a missing date",
        ),
        (
            "1969-12-31T19:00:00-05:00",
            "not believed: 1969-12-31T19:00:00-05:00 of the field date is what programs write for a missing date",
        ),
        (
            "31 February 2018",
            "not believed: '31 February 2018' of the field date is no date that can be read in one way",
        ),
    ],
)
def test_an_absurd_date_is_refused_with_its_reason(value: str, reason: str) -> None:
    assert decided((value, "the field date")) == Decision(None, reason)


FUTURE = "not believed: 2099-01-24 of"


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"url": "https://example.org/2099/01/24/bridge"}, f"{FUTURE} the address lies in the future"),
        ({"path": "/2099-01-24-bridge.txt"}, f"{FUTURE} the file's name lies in the future"),
        ({"path": "/2099/01/24/bridge.txt"}, f"{FUTURE} the file's folder lies in the future"),
        ({"body": "CHICAGO, January 24, 2099 (AP) — It is."}, f"{FUTURE} the dateline lies in the future"),
        (
            {"body": "CHICAGO, January 24 (AP) — It is.", "path": "/2099-bridge.txt"},
            f"{FUTURE} the dateline, with the year of the file's name lies in the future",
        ),
        (
            {"modified": "2099-01-24T10:00:00+00:00"},
            "not believed: 2099-01-24T10:00:00+00:00 of the file's modification time, as asked for lies in the future",
        ),
    ],
)
def test_a_date_in_the_future_is_refused_wherever_it_stands(given: dict[str, str], reason: str) -> None:
    assert decided(**given) == Decision(None, reason)


def test_an_exported_article_keeps_no_date_that_cannot_be() -> None:
    article = Article(headline="Bridge closed", published="2099-01-24", published_reason="the field date")
    context = Context(TODAY)
    assert believed(article, context) == replace(
        article,
        published=None,
        published_reason="the field date; not believed: 2099-01-24 lies in the future",
    )
    assert believed(replace(article, published="0099"), context).published is None
    for published in (None, "2026-11-24", "1987-04", "1987-04-21T10:00:00-05:00"):
        known = replace(article, published=published)
        assert believed(known, context) == known


def test_a_time_without_a_zone_is_utc_where_readers_see_the_same_moment_on_another_day() -> None:
    naive, shown = ("2019-11-20T01:53:14", "the page's date"), "the date shown under the headline"
    note = "given without a zone and as it was in UTC; told in the time another mark of the page gives"
    assert decided(naive, ("Nov. 19, 2019 5:53 PM", shown)) == Decision(
        "2019-11-19T17:53:00-08:00", f"the page's date ({note})"
    )
    assert decided(naive, ("Nov 19, 2019 at 8:53 pm ET", shown)).published == "2019-11-19T20:53:00-05:00"
    for other in (
        ("Nov. 19, 2019 5:40 PM", shown),  # another moment
        ("Nov. 18, 2019 5:53 PM", shown),
        ("Nov. 20, 2019 5:53 AM", shown),  # the same day
        ("Nov. 19, 2019 5:53 PM", "the page's time element"),
    ):
        assert decided(naive, other).published == "2019-11-20T01:53:14"


def test_a_time_in_utc_is_told_in_the_papers_time() -> None:
    assert decided(("2018-01-25T02:30:00Z", "the field date"), time_zone="America/New_York") == Decision(
        "2018-01-24T21:30:00-05:00", "the field date (given in UTC, told in the paper's time)"
    )
    assert decided(("2018-01-25T02:30:00+01:00", "the field date"), time_zone="America/New_York").published == (
        "2018-01-25T02:30:00+01:00"
    )


def test_a_time_in_utc_is_told_in_the_time_another_mark_of_the_page_gives() -> None:
    utc = ("2018-01-25T02:30:00Z", "JSON-LD datePublished")
    note = "JSON-LD datePublished (given in UTC, told in the time another mark of the page gives)"
    for local in ("2018-01-24T21:30:00-05:00", "2018-01-24 21:30"):
        assert decided(utc, (local, "the page's time element")) == Decision("2018-01-24T21:30:00-05:00", note)


def test_the_address_tells_the_papers_own_day() -> None:
    utc = ("2018-01-25T02:30:00Z", "JSON-LD datePublished")
    assert decided(utc, url="https://example.org/2018/01/24/bridge") == Decision(
        "2018-01-24", "JSON-LD datePublished (given in UTC as 2018-01-25T02:30; the paper's own day)"
    )
    assert decided(utc, url="https://example.org/2018/01/20/bridge").published == "2018-01-25T02:30:00+00:00"


@pytest.mark.parametrize(
    ("language", "locale", "published"),
    [
        ("", "en-US", "2018-01-02"),
        ("", "en-GB", "2018-02-01"),
        ("en-GB", "en-US", "2018-02-01"),
        ("de", "en-US", "2018-02-01"),
        ("en-US", "en-AU", "2018-02-01"),  # what content systems write unless told otherwise
    ],
)
def test_the_order_of_day_and_month_is_the_records_own_or_the_archives(
    language: str, locale: str, published: str
) -> None:
    draft = Draft(language=language, dates=(DateClue("1/2/2018", "the field date"),))
    assert decide(draft, Context(TODAY, locale=locale)).published == published


LATE = "2018-01-25T06:30:00Z"


@pytest.mark.parametrize(
    ("home", "published"),
    [
        ("Los Angeles, California", "2018-01-24T22:30:00-08:00"),
        ("Knoxville, Tennessee", "2018-01-25T01:30:00-05:00"),
        ("", "2018-01-25T01:30:00-05:00"),  # none is known: the archive's
    ],
)
def test_a_time_in_utc_is_told_by_the_clocks_of_the_papers_home(home: str, published: str) -> None:
    draft = Draft(dates=(DateClue(LATE, "JSON-LD datePublished"),))
    assert decide(draft, Context(TODAY, time_zone="America/New_York"), home) == Decision(
        published, "JSON-LD datePublished (given in UTC, told in the paper's time)"
    )


def test_a_papers_home_and_not_the_archives_tells_what_its_clocks_show() -> None:
    draft = Draft(headline="Flood", dates=(DateClue(LATE, "JSON-LD datePublished"),), url="https://www.latimes.com/a")
    context = Context(TODAY, time_zone="America/New_York", home="Albany, New York")
    assert enrich(draft, context).published == "2018-01-24T22:30:00-08:00"
    assert enrich(replace(draft, url="https://example.org/a"), context).published == "2018-01-25T01:30:00-05:00"


def test_a_paper_that_shows_its_readers_the_day_in_utc_is_taken_at_its_word() -> None:
    clues = (DateClue(LATE, "JSON-LD datePublished"), DateClue("January 25, 2018", "the date shown", weak=True))
    assert decide(Draft(dates=clues), Context(TODAY), "Los Angeles, California") == Decision(
        "2018-01-25T06:30:00+00:00", "JSON-LD datePublished"
    )


def test_midnight_in_the_papers_time_zone_stands_for_the_day() -> None:
    assert decided(("2018-01-24T05:00:00Z", "JSON-LD datePublished"), time_zone="America/New_York") == Decision(
        "2018-01-24", "JSON-LD datePublished (given in UTC, the paper's midnight)"
    )


def test_midnight_stands_for_the_day() -> None:
    assert decided(("2018-01-24T00:00:00Z", "the field date"), time_zone="America/New_York").published == "2018-01-24"


def test_the_modification_time_is_the_last_resort_and_only_where_asked_for() -> None:
    modified = "2018-01-25T02:30:01+00:00"
    assert decided(modified=modified) == Decision(modified, "the file's modification time, as asked for")
    assert decided(("2017", "the field date"), modified=modified).published == "2017"


@settings(deadline=None)
@given(st.lists(st.text(max_size=40), max_size=3), st.text(max_size=40), st.text(max_size=60))
def test_whatever_the_clues_the_date_is_a_date_or_none(values: list[str], path: str, body: str) -> None:
    published = decided(*((value, "the field date") for value in values), path=path, body=body).published
    found = period(published)
    assert found is None or found.first <= date(2026, 11, 24)
