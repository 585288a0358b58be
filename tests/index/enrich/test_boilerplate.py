import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.enrich import boilerplate
from index.enrich.boilerplate import is_boilerplate, without_invitations, without_markers


@pytest.mark.parametrize(
    "line",
    [
        "[Ads /]",
        "Advertisement",
        "- ADVERTISEMENT -",
        "Story continues below advertisement",
        "Related: Mayor closes bridge",
        "READ MORE: Mayor closes bridge",
        "Sign up for our newsletter",
        "* Send us a news tip",
        "* Download the Channel 7 app for breaking news alerts",
        "Follow us on Twitter",
        "More local news",
        "Share this story",
        "Copyright 2018 The Daily Bugle. All rights reserved.",
        "© 2018 The Daily Bugle",
        "This material may not be published, broadcast, rewritten or redistributed.",
        "Click here to subscribe",
        "----------",
        "* * *",
    ],
)
def test_what_says_itself_that_it_is_no_story_goes(line: str) -> None:
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement for the post of harbour master brought 40 replies.",
        "Copyright law is a problem, the mayor said in 2018.",
        "Read more books, the mayor said.",
        "More than 100 people came.",
        "Sign up sheets were everywhere at the fair.",
        "Share prices fell on Monday.",
        "share.",
        "share on a post-split basis",
        "https://example.org/bridge",
        "Comments were mixed.",
        "Related deaths rose by 3 percent.",
        "Follow the money, she said.",
        '"Like us on Facebook," said the sign over the till.',
        "The council meets:",
        "",
    ],
)
def test_what_only_looks_like_it_stays(line: str) -> None:
    assert not is_boilerplate(line)


def test_a_ruler_and_the_navigation_after_it_go() -> None:
    text = "The bridge is closed.\n----------\n* More local news\n* Weather\n* Submit a photo"
    assert without_markers(text) == "The bridge is closed."


def test_several_rulers_at_the_end_go_with_what_they_part() -> None:
    text = "The bridge is closed.\n=====\nMore local news\nHome\n=====\n© 2018 The Daily Bugle"
    assert without_markers(text) == "The bridge is closed."


@pytest.mark.parametrize(
    "tail",
    [
        "The second part of the story begins here.",
        "* When: 7 p.m. Friday\n* Where: City Hall",
        "* Flour\n* Sugar\n* Butter",
        "* More people came than ever before.\n* The fair closes on Sunday.",
    ],
)
def test_a_ruler_between_sections_goes_and_the_section_stays(tail: str) -> None:
    assert without_markers(f"The fair is open.\n----------\n{tail}") == f"The fair is open.\n{tail}"


def test_a_list_without_a_ruler_stays() -> None:
    text = "The fair has:\n* News from the farms\n* Sports for children"
    assert without_markers(text) == text


def test_a_marker_inside_a_line_is_taken_out_of_it() -> None:
    assert without_markers("The bridge [Ads /] is closed.") == "The bridge is closed."


def test_the_last_word_of_a_wrapped_sentence_is_no_marker() -> None:
    text = "The company said it earned two dlrs a\nshare\nand a year before lost one dlr a\nshare on\nadvertising."
    assert without_markers(text) == text


def test_invitations_go_by_the_paragraph() -> None:
    assert without_invitations("The bridge is closed.\n\nSign up for our newsletter\n\nIt stays so.") == (
        "The bridge is closed.\n\nIt stays so."
    )


@settings(max_examples=30)
@given(
    st.from_regex(boilerplate._MARKER, fullmatch=True)
    | st.from_regex(re.compile(rf"\A{boilerplate._OPENING.pattern}", re.IGNORECASE))
)
def test_a_line_that_goes_is_not_kept_for_its_first_word(line: str) -> None:
    assert boilerplate._may_go(line.lstrip())


@given(st.from_regex(boilerplate._AD, fullmatch=True))
def test_an_advertising_marker_is_not_kept_for_its_first_word(line: str) -> None:
    assert boilerplate._may_go(line.lstrip())
