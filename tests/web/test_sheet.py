"""Whatever goes into a gap of a sheet is text, however hostile."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from web.sheet import Sheet, escaped

TEXTS = st.lists(st.text(st.sampled_from("ab&<>\"'%s\x1f\x00 é\ud800")))


@given(TEXTS)
def test_many_texts_are_escaped_like_one(texts: list[str]) -> None:
    assert escaped(texts) == [str(escape(text)) for text in texts]


def test_a_sheet_is_its_forms_with_the_gaps_filled() -> None:
    sheet = Sheet()
    sheet.add('<svg width="100%%">')
    sheet.add('<a href="%s">%s</a>', '"><script>', "50 % & %s")
    sheet.add("</svg>")
    assert sheet.html() == ('<svg width="100%"><a href="&#34;&gt;&lt;script&gt;">50 % &amp; %s</a></svg>')


def test_a_sheet_without_anything_is_empty() -> None:
    assert Sheet().html() == ""


@pytest.mark.parametrize("texts", [(), ("one", "two")])
def test_a_gap_without_a_text_or_a_text_without_a_gap_is_refused(texts: tuple[str, ...]) -> None:
    sheet = Sheet()
    sheet.add("<p>%s</p>", *texts)
    with pytest.raises(TypeError):
        sheet.html()
