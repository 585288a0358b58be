from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from index.enrich.cleaning import clean_draft
from index.record import DateClue, Draft


def test_what_the_body_repeats_at_its_top_is_taken_out_and_kept_where_it_belongs() -> None:
    body = (
        "Sport\nBridge closed\nBy Jane Doe, Staff Writer\nWednesday, January 24, 2018\n"
        "The bridge is closed.\nIt stays so."
    )
    assert clean_draft(Draft(headline="Bridge Closed", body=body)) == Draft(
        headline="Bridge Closed",
        body="The bridge is closed.\n\nIt stays so.",
        byline="Jane Doe",
        section="Sport",
        dates=(DateClue("Wednesday, January 24, 2018", "the date at the top"),),
    )


def test_a_date_of_publication_may_stand_at_the_end_and_an_update_is_none() -> None:
    draft = clean_draft(
        Draft(headline="Bridge", body="It is closed.\n\nUpdated: May 5, 2011\n\nPublished: May 4, 2011")
    )
    assert (draft.body, draft.dates) == ("It is closed.", (DateClue("May 4, 2011", "the line 'Published'"),))


@pytest.mark.parametrize(
    ("end", "date"),
    [
        ("AP-NY-01-24-18 1730EST", "2018-01-24 17:30 EST"),
        ("(Copyright 2018 by The Associated Press.)\n\nAP-WS-01-24-18 1730EST<", "2018-01-24 17:30 EST"),
        ("dpa jd yyzz n1 xx\n241730 Jan 18", "2018-01-24 17:30"),
        ("Publication date: Jan 24, 2018\n\nPublisher: Bugle Co.", "Jan 24, 2018"),
        ("The Daily Bugle, January 24, 2018", "January 24, 2018"),
        ("LOAD-DATE: January 25, 2018", ""),
        ("March 3, 1931 - January 24, 2018", ""),
    ],
)
def test_wires_and_databases_give_the_date_at_the_end(end: str, date: str) -> None:
    draft = clean_draft(Draft(headline="Bridge", body=f"It is closed.\n\n{end}"))
    assert [clue.value for clue in draft.dates] == ([date] if date else [])


def test_what_the_record_says_is_better_than_what_its_text_repeats() -> None:
    draft = Draft(headline="Bridge", byline="Max Roe", dates=(DateClue("2018", "the field date"),))
    found = clean_draft(replace(draft, body="By Jane Doe\n\nIt is."))
    assert (found.byline, found.dates, found.body) == ("Max Roe", draft.dates, "It is.")


@pytest.mark.parametrize(
    "first",
    [
        "By then it was over.",
        "By noon on Monday, the bridge was closed",
        "Published poets met on Monday.",
        "May 4, 2011, was the day on which the bridge was closed for good.",
        "Sport",
    ],
)
def test_a_first_paragraph_that_is_story_stays(first: str) -> None:
    body = f"{first}\n\nThe bridge is closed."
    assert clean_draft(Draft(headline="Bridge", body=body)).body == body


def test_the_dateline_is_noted_and_stays_in_the_text() -> None:
    body = "ALEXANDRIA, La. (AP) — The bridge is closed."
    draft = clean_draft(Draft(headline="Bridge", body=body))
    assert (draft.dateline, draft.body) == ("ALEXANDRIA, La. (AP)", body)


def test_an_article_of_an_export_is_left_alone() -> None:
    draft = Draft(article=Article(headline="Bridge", body="[Ads /]"))
    assert clean_draft(draft) is draft


@given(st.text(max_size=300))
def test_a_clean_draft_is_clean(body: str) -> None:
    once = clean_draft(Draft(headline="Bridge", body=body))
    assert "\n\n\n" not in once.body
    assert once.body == once.body.strip("\n")
