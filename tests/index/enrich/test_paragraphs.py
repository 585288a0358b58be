import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.enrich.paragraphs import paragraphs


def test_hard_wrapped_lines_become_paragraphs_by_their_indents() -> None:
    text = (
        "Showers continued throughout the week in\nthe cocoa zone, easing the drought since early\nJanuary, it said.\n"
        "    The dry period means the crop will be late\nthis year, the buyers\nfear.\n"
    )
    assert paragraphs(text) == (
        "Showers continued throughout the week in the cocoa zone, easing the drought since early January, it said.\n\n"
        "The dry period means the crop will be late this year, the buyers fear."
    )


def test_hard_wrapped_lines_become_paragraphs_by_blank_lines() -> None:
    text = "The bridge over the river\nis closed until Friday, the\nmayor said.\n\nTraffic goes by way\nof the dam."
    assert paragraphs(text) == (
        "The bridge over the river is closed until Friday, the mayor said.\n\nTraffic goes by way of the dam."
    )


def test_a_line_that_ends_its_sentence_is_a_paragraph() -> None:
    assert paragraphs("The bridge is closed.\nThe dam is open.\n\n\nThe ferry runs.") == (
        "The bridge is closed.\n\nThe dam is open.\n\nThe ferry runs."
    )


def test_the_items_of_a_list_stay_apart() -> None:
    text = "The council voted on three\nmatters that evening, and on\nthese:\n* a bridge over the\n  river\n* a dam"
    assert paragraphs(text).split("\n\n") == [
        "The council voted on three matters that evening, and on these:",
        "* a bridge over the river",
        "* a dam",
    ]


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("The town has a long-\nterm plan which it\nmade", "The town has a long-term plan which it made"),
        ("The tempo-\nrary bridge is\na temporary thing", "The temporary bridge is a temporary thing"),
    ],
)  # fmt: skip
def test_a_word_cut_at_the_end_of_a_line_is_one_word(text: str, joined: str) -> None:
    assert paragraphs(text) == joined


@given(st.text(alphabet="ab .\n*-\t", max_size=200))
def test_no_letter_is_lost_and_doing_it_again_changes_nothing(text: str) -> None:
    once = paragraphs(text)
    assert [c for c in once if c in "ab"] == [c for c in text if c in "ab"]
    assert paragraphs(once) == once


def test_a_text_of_nothing_but_cut_words_is_joined_at_once() -> None:
    assert paragraphs("co-\nop " * 40_000 + "coop") == "coop " * 40_000 + "coop"
