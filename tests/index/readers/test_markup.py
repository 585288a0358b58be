import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import readers
from index.readers.markup import plain
from index.record import Draft, Record


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>The <b>bridge</b>\nis closed.</p>\n<p>It stays so.</p>", "The bridge is closed.\n\nIt stays so."),
        ("The bridge<br/>is <a href='/x'>closed</a>.", "The bridge\n\nis closed."),
        ("<script>var a;</script><p>Closed.<!-- x --></p>", "Closed."),
        ("The bridge &amp; the dam &#8217;s &amp;quot;end&amp;quot;", "The bridge & the dam ’s \"end\""),
        ("a < b and c > d", "a < b and c > d"),
        ("AT&T, R&D; Marks & Spencer", "AT&T, R&D; Marks & Spencer"),
        ("Standard Oil <SRD>, Ford <F> and Phillips <P>", "Standard Oil <SRD>, Ford <F> and Phillips <P>"),
        ("Two lines\nof text.\n\nAnother.", "Two lines\nof text.\n\nAnother."),
    ],
)  # fmt: skip
def test_tags_and_entities_fall_away_and_all_else_stays(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_fields_with_markup_are_read_as_text() -> None:
    given = {
        "title": {"rendered": "The mayor&#8217;s bridge"},
        "content": {"rendered": "<p>Closed.</p>\n<p>For good.</p>"},
    }
    assert readers.draft(Record(json.dumps(given).encode(), "jsonl", "-", 1)) == Draft(
        headline="The mayor’s bridge", body="Closed.\n\nFor good."
    )


@given(st.text(alphabet="abc \n.,<>/&;#x1p", max_size=100))
def test_no_word_outside_of_tags_is_lost(text: str) -> None:
    if "<" not in text and "&" not in text:
        assert plain(text) == text
