"""The bars of time: every level from decades to days, shares, gaps, and the way up again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask.testing import FlaskClient

from index.article import Story
from search.page import Period, Timeline
from search.request import Granularity
from tests.web.fake import FakeArchive, article
from tests.web.links import Document, parse
from web import create_app
from web.address import Question
from web.formats import Formats
from web.neighbours import Neighbours
from web.timeline import Row, Step, view

FORMATS = Formats("en-US")


def archive() -> FakeArchive:
    """Eighty years of bridges and other stories; nothing from 1954 to 1991."""
    days = ("1941-06-01", "1953-04-05", "1992-04-05", "1992-04-05", "1992-04-30", "1992-11-01", "2018-01-24")
    written = [
        article(f"s{place}", "Bridge closed" if place != 3 else "Dam opens", f"Story {place}.", published=day)
        for place, day in enumerate(days)
    ]
    return FakeArchive([Story(one, n, n, "2026-01-02T03:04:05Z", n) for n, one in enumerate(written, start=1)])


def page(client: FlaskClient, url: str) -> Document:
    return parse(client.get(url).get_data(as_text=True))


def bars(document: Document) -> list[tuple[str, str]]:
    """What each bar says and where it leads."""
    titles = [tag.text for tag in document.all("title")][1:]
    links = {tag.text: tag.attributes["href"] for tag in document.all("a") if tag.attributes.get("tabindex") == "-1"}
    return [(title, links.get(title, "")) for title in titles]


def test_a_reader_goes_from_decades_to_a_day_and_up_again() -> None:
    client = create_app(archive()).test_client()
    decades = bars(page(client, "/search?q=bridge"))
    assert decades == [
        ("1940–1949: 1 story, 100% of the 1 held", "/search?q=bridge&since=1940&until=1949"),
        ("1950–1959: 1 story, 100% of the 1 held", "/search?q=bridge&since=1950&until=1959"),
        *((f"{year}–{year + 9}: the archive holds nothing", "") for year in (1960, 1970, 1980)),
        ("1990–1999: 3 stories, 75% of the 4 held", "/search?q=bridge&since=1990&until=1999"),
        ("2000–2009: the archive holds nothing", ""),
        ("2010–2019: 1 story, 100% of the 1 held", "/search?q=bridge&since=2010&until=2019"),
    ]
    years = bars(page(client, decades[5][1]))
    assert [title[:4] for title, _ in years] == [str(year) for year in range(1990, 2000)]
    assert years[2] == ("1992: 3 stories, 75% of the 4 held", "/search?q=bridge&since=1992&until=1992")
    months = bars(page(client, years[2][1]))
    assert len(months) == 12
    assert months[3] == (
        "April 1992: 2 stories, 67% of the 3 held",
        "/search?q=bridge&since=1992-04&until=1992-04",
    )
    days = bars(page(client, months[3][1]))
    assert len(days) == 30
    assert days[4] == (
        "April 5, 1992: 1 story, 50% of the 2 held",
        "/search?q=bridge&since=1992-04-05&until=1992-04-05",
    )
    assert days[5] == ("April 6, 1992: the archive holds nothing", "")
    names = ("All years", "1990s", "1992", "April 1992")
    day = page(client, days[4][1])
    assert [(tag.text, tag.attributes["href"]) for tag in day.all("a") if tag.text in names] == [
        ("All years", "/search?q=bridge"),
        ("1990s", "/search?q=bridge&since=1990&until=1999"),
        ("1992", "/search?q=bridge&since=1992&until=1992"),
        ("April 1992", "/search?q=bridge&since=1992-04&until=1992-04"),
    ]


def timeline(granularity: Granularity, *counts: tuple[int, int]) -> Timeline:
    """Years from 1990 on, by the stories found and held."""
    return Timeline(
        granularity,
        tuple(Period(date(1990 + n, 1, 1), date(1990 + n, 12, 31), *count) for n, count in enumerate(counts)),
    )


def test_the_table_says_which_periods_the_archive_lacks() -> None:
    shown = view(timeline("year", (2, 8), (0, 0), (0, 0), (0, 0), (0, 5), (0, 0)), Neighbours(Question()), FORMATS)
    assert shown.rows == (
        Row("1990", "/search?since=1990&until=1990", "2", "8", "25%"),
        Row("1991 to 1993: the archive holds nothing", "", "", "", ""),
        Row("1994", "", "0", "5", ""),
        Row("1995: the archive holds nothing", "", "", "", ""),
    )
    assert shown.held_note == "Hatched: the archive holds nothing from then."
    assert [bar.held for bar in shown.bars] == [True, False, False, False, True, False]


def test_a_time_that_less_exact_dates_reach_over_is_not_marked_as_a_gap() -> None:
    ends = (date(1890, 1, 31), date(1890, 2, 28), date(1890, 3, 31))
    months = tuple(Period(end.replace(day=1), end, int(end.month == 3), int(end.month == 3), True) for end in ends)
    shown = view(Timeline("month", months), Neighbours(Question()), FORMATS)
    assert (shown.held_note, [bar.held for bar in shown.bars]) == ("", [True, True, True])
    unsure = "none is known to be from then; some held are dated less exactly"
    assert [bar.title for bar in shown.bars] == [
        f"January 1890: {unsure}",
        f"February 1890: {unsure}",
        "March 1890: 1 story, 100% of the 1 held",
    ]
    assert [row.text for row in shown.rows] == [f"January 1890 to February 1890: {unsure}", "March 1890"]


def test_where_sources_are_asked_for_bars_are_held_against_what_these_hold() -> None:
    one = replace(timeline("year", (2, 8), (0, 0)), held_of=("The Sun",))
    shown = view(one, Neighbours(Question()), FORMATS)
    assert [bar.title for bar in shown.bars] == [
        "1990: 2 stories, 25% of the 8 held",
        "1991: nothing is held of this source",
    ]
    assert [row.text for row in shown.rows] == ["1990", "1991: nothing is held of this source"]
    assert (
        shown.held_note == "Hatched: nothing from then is held of this source. Stories held are those of this source."
    )
    assert shown.switch_text == "Show the share of all stories held of this source"
    both = replace(timeline("year", (2, 8), (1, 4)), held_of=("The Sun", "The Star"))
    shown = view(both, Neighbours(Question().scaled("share")), FORMATS)
    assert shown.held_note == "Stories held are those of these sources."
    assert shown.summary == (
        "Share of all stories held of these sources, per year, 1990 to 1991. Most: 1990, 25%: 2 stories."
    )


def test_bars_may_show_the_share_of_what_is_held() -> None:
    found = timeline("year", (2, 8), (3, 6), (0, 0))
    counts = view(found, Neighbours(Question()), FORMATS)
    shares = view(found, Neighbours(Question().scaled("share")), FORMATS)
    assert [bar.height for bar in counts.bars] == ["64.0", "96.0", ""]
    assert [bar.height for bar in shares.bars] == ["48.0", "96.0", ""]
    assert (counts.most, shares.most) == ("3", "50%")
    assert counts.summary == "Stories per year, 1990 to 1992. Most: 1991, 3 stories."
    assert shares.summary == "Share of all stories held, per year, 1990 to 1992. Most: 1991, 50%: 3 stories."
    assert (
        [bar.title for bar in counts.bars]
        == [bar.title for bar in shares.bars]
        == [
            "1990: 2 stories, 25% of the 8 held",
            "1991: 3 stories, 50% of the 6 held",
            "1992: the archive holds nothing",
        ]
    )


def test_the_way_up_goes_by_the_calendar() -> None:
    def steps(since: date | None, until: date | None) -> list[str]:
        return [
            step.text for step in view(timeline("year"), Neighbours(Question().between(since, until)), FORMATS).steps
        ]

    assert steps(None, None) == []
    assert steps(date(1990, 1, 1), date(1999, 12, 31)) == ["All years", "1990s"]
    assert steps(date(1992, 1, 1), date(1992, 12, 31)) == ["All years", "1990s", "1992"]
    assert steps(date(1992, 4, 3), date(1992, 4, 9)) == [
        "All years", "1990s", "1992", "April 1992", "April 3, 1992 to April 9, 1992"
    ]  # fmt: skip
    assert steps(date(1989, 1, 1), date(1991, 12, 31)) == ["All years", "1989 to 1991"]
    assert steps(date(1992, 1, 1), None) == ["All years", "since 1992"]
    assert steps(date(1, 1, 1), date(9, 12, 31)) == ["All years", "0s"]
    assert view(timeline("year"), Neighbours(Question().between(date(9999, 5, 1), date(9999, 5, 31))), FORMATS).steps[
        1
    ] == Step("9990s", "/search?since=9990&until=9999")
