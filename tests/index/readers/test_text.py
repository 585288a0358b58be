import time
from pathlib import Path

import pytest

from index import readers
from index.analysis import Analyzer
from index.record import DateClue, Draft, Record

LOCAL_STORY = Path(__file__).resolve().parents[4] / "shared/corpora/text/local-tv-story.txt"


def drafted(text: str | bytes) -> Draft:
    return readers.draft(Record(text.encode() if isinstance(text, str) else text, "text", "/a.txt"))


def test_a_scraped_story_is_freed_of_advertising_and_navigation() -> None:
    text = (
        "The council was set to vote on the bridge on Monday night after months of debate over what it would cost.\n"
        "[Ads /]\nBut the mayor stayed away.\n----------\n* More local news\n* Send us a news tip\n"
    )
    assert drafted(text) == Draft(
        headline="The council was set to vote on the bridge on Monday night after months of debate over…",
        headline_made=True,
        body="The council was set to vote on the bridge on Monday night after months of debate over what it would "
        "cost.\n\nBut the mayor stayed away.",
    )


def test_header_lines_say_what_they_are() -> None:
    text = (
        "Bridge closed for the winter\n\nBy Jane Doe\nPublished: Jan. 24, 2018 at 5:30 p.m. EST\n"
        "Updated: Jan. 25, 2018\n"
        "Section: News\nSource: The Daily Bugle\n"
        "URL: https://example.org/1\n\nThe bridge is closed.\n\nIt will stay so."
    )
    assert drafted(text) == Draft(
        headline="Bridge closed for the winter",
        body="The bridge is closed.\n\nIt will stay so.",
        byline="Jane Doe",
        section="News",
        source="The Daily Bugle",
        url="https://example.org/1",
        dates=(DateClue("Jan. 24, 2018 at 5:30 p.m. EST", "the line 'Published'"),),
    )


@pytest.mark.parametrize("line", ["Wednesday, January 24, 2018", "January 24, 2018", "24 January 2018", "2018-01-24"])
def test_a_line_that_is_a_date_and_nothing_else_is_the_date(line: str) -> None:
    draft = drafted(f"Bridge closed\n{line}\n\nThe bridge is closed. It will stay so.")
    assert (draft.dates, draft.body) == (
        (DateClue(line, "the date at the top"),),
        "The bridge is closed. It will stay so.",
    )


@pytest.mark.parametrize(
    ("top", "byline", "date"),
    [
        ("By Jane Doe\nBugle Staff Writer\nJanuary 24, 2018", "Jane Doe", "January 24, 2018"),
        ("By JANE DOE\nAssociated Press Writer\nJanuary 24, 2018", "Jane Doe", "January 24, 2018"),
        ("By Jane Doe jdoe@example.org\nJanuary 24, 2018", "Jane Doe", "January 24, 2018"),
        ("By Jane Doe, January 24, 2018", "Jane Doe", "January 24, 2018"),
        ("_By Jane Doe, January 24, 2018_", "Jane Doe", "January 24, 2018"),
        ("Par Jeanne Doe\nPublié le 24/01/2018", "Jeanne Doe", "le 24/01/2018"),
        ("January 24, 2018\nby Jane Doe", "Jane Doe", "January 24, 2018"),
    ],
)
def test_a_writer_over_several_lines_leads_to_the_date(top: str, byline: str, date: str) -> None:
    draft = drafted(f"Bridge closed\n{top}\n\nThe bridge is closed. It will stay so.")
    assert (draft.headline, draft.byline, [clue.value for clue in draft.dates], draft.body) == (
        "Bridge closed",
        byline,
        [date],
        "The bridge is closed. It will stay so.",
    )


@pytest.mark.parametrize(
    ("top", "date"),
    [
        (
            "AP-US--Bridge Vote,1st Ld-Writethru/250\nEds: Updates with quotes.\n01-24-2018 17:30 EST",
            "2018-01-24 17:30 EST",
        ),
        ("UPI 01-24-85 05:30 ped", "1985-01-24 17:30 EDT"),
        ("1 of 3 DOCUMENTS\n\n\nThe Bugle\n\nJanuary 24, 2018 Wednesday\nFinal Edition", "January 24, 2018 Wednesday"),
        ("HD Bridge closed\n\nBY Jane Doe\n\nWC 250 words\n\nPD 24 January 2018\n\nSN The Bugle", "24 January 2018"),
        ("Metro\nBridge closed\n\nBy Jane Doe \n250 words\n24 January 2018\nThe Bugle", "24 January 2018"),
        ("Title: Bridge\nPublication title: Bugle\nPages: A.1\nPublication date: Jan 24, 2018", "Jan 24, 2018"),
        ("Bridge closed\nBugle, The (Springfield, IL) - January 24, 2018\nAuthor: Jane Doe", "January 24, 2018"),
        ("THE DAILY BUGLE, WEDNESDAY, JANUARY 24, 1906. 5", "JANUARY 24, 1906"),
        ("Slug: bridge\nRun date: 01/24/2018", "01/24/2018"),
        ("Issue Date: January 24, 2018", "January 24, 2018"),
        ("Pub date: 1/24/2018", "1/24/2018"),
        ("RELEASE DATE: Jan. 24, 2018", "Jan. 24, 2018"),
        ("Titel: Brücke\nDatum: 24.01.2018", "24.01.2018"),
        ("Título: Puente\nFecha: 24 de enero de 2018", "24 de enero de 2018"),
        ("Titre : Pont\nDate de publication : 24 janvier 2018", "24 janvier 2018"),
    ],
)
def test_the_header_of_a_wire_a_database_or_a_scan_gives_the_date(top: str, date: str) -> None:
    assert [clue.value for clue in drafted(f"{top}\n\nThe bridge is closed. It will stay so.").dates] == [date]


@pytest.mark.parametrize(
    "text",
    [
        "The bridge was closed on\nJanuary 24, 2018\nby order of the council, and it will\nstay so.",
        "Data: a survey of 1,000 adults\n\nThe bridge is closed.",
        "Sent: to the governor\n\nThe bridge is closed.",
        "Bridge closed\n\nLOAD-DATE: January 25, 2018\n\nThe bridge is closed.",
        "Jane Roe\n\nMarch 3, 1931 - January 24, 2018\n\nShe built the bridge.",
    ],
)
def test_a_date_that_is_part_of_a_story_or_of_something_else_is_not_the_storys(text: str) -> None:
    assert drafted(text).dates == ()


def test_front_matter_and_a_marked_headline_are_header_lines() -> None:
    expected = Draft(
        headline="Bridge closed", body="The bridge is closed.", dates=(DateClue("2018-01-24", "the line 'Date'"),)
    )
    assert drafted("---\ntitle: Bridge closed\ndate: 2018-01-24\n---\n\nThe bridge is closed.") == expected
    assert drafted("# Bridge closed\nDate: 2018-01-24\n\nThe bridge is closed.") == expected


def test_an_update_is_not_a_publication() -> None:
    draft = drafted("Updated: Jan. 25, 2018\n\nThe bridge is closed.")
    assert (draft.dates, draft.body) == ((), "The bridge is closed.")


@pytest.mark.parametrize(
    "first",
    [
        "The bridge is closed.",
        "By noon the bridge was closed to all traffic, and the mayor said it would stay so until spring came.",
        "ALBANY, N.Y. (AP) — The bridge is closed.",
        "“It is closed,” she said.",
        "Published poets met at the town hall on Monday.",
        "Source: the river, or so the old people say about where the town's name comes from, and more besides that.",
    ],
)
def test_a_first_line_that_is_story_stays_in_it(first: str) -> None:
    assert drafted(f"{first}\n\nIt will stay so.").body.startswith(first)


@pytest.mark.parametrize(
    ("first", "byline"),
    [
        ("By Christopher Longbottom-Featherstonehaugh, Environmental Correspondent (Springfield)", ""),
        ("By Thanksgiving, Philadelphia's neighborhood associations had collected 40,000 signatures.", ""),
        ("By " + "A, " * 100_000, ""),
        ("By Jean de la Croix and D. H. O'Brien", "Jean de la Croix and D. H. O'Brien"),
        ("by jane doe", "jane doe"),
        ("By then it was over.", ""),
    ],
)
def test_a_line_that_begins_like_a_byline_is_told_at_once(first: str, byline: str) -> None:
    begun = time.process_time()
    assert drafted(f"{first}\n\nThe bridge is closed.").byline == byline
    assert time.process_time() - begun < 2


@pytest.mark.parametrize("text", ["Bridge closed", "Sport\nBridge closed", "By Jane Doe\nBridge closed", "Sport"])
def test_a_text_that_ends_with_its_first_lines_is_read(text: str) -> None:
    assert drafted(text).dates == ()


def test_a_short_first_line_apart_is_the_headline() -> None:
    draft = drafted("Is the bridge closed?\n\nIt is closed, the mayor said.")
    assert (draft.headline, draft.headline_made, draft.body) == (
        "Is the bridge closed?",
        False,
        "It is closed, the mayor said.",
    )


def test_a_hard_wrapped_story_is_unwrapped_and_its_dateline_noted() -> None:
    text = (
        "    ALBANY, N.Y., March 26 - The bridge over\nthe river is closed until spring, the\nmayor said.\n"
        "    Traffic goes by way of the dam, as it\ndid in the year of the\nflood."
    )
    draft = drafted(text)
    assert draft.body == (
        "ALBANY, N.Y., March 26 - The bridge over the river is closed until spring, the mayor said.\n\n"
        "Traffic goes by way of the dam, as it did in the year of the flood."
    )
    assert draft.dateline.startswith("ALBANY, N.Y.")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1252"])
def test_quotes_and_accents_survive_every_encoding(encoding: str) -> None:
    text = "“Don’t,” said Zoë of the café — twice."
    assert drafted(text.encode(encoding)).body == text


@pytest.mark.skipif(not LOCAL_STORY.exists(), reason="needs shared/corpora next to the checkout")
def test_nothing_of_the_local_storys_advertising_or_navigation_is_left() -> None:
    draft = readers.draft(Record(LOCAL_STORY.read_bytes(), "text", str(LOCAL_STORY)))
    stems = [term.folded for term in Analyzer().terms(f"{draft.headline} {draft.body}")]
    assert not {"ads", "tip", "app", "alerts", "download"} & set(stems)
    assert draft.headline == "De Blasio was set to be among a group of mayors from around the country as part of the…"
    assert draft.headline_made
    assert draft.dates == ()
    assert draft.body.split("\n\n")[-1].startswith('"My administration is committed')
    assert len(draft.body.split("\n\n")) == 11
