import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.readers.encoding import clean, clean_line, decode

STORY = "“Don’t,” said Zoë — the café’s owner."


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "windows-1252"]
)
def test_a_story_is_read_whatever_its_encoding(encoding: str) -> None:
    assert decode(STORY.encode(encoding)) == STORY


def test_utf_8_is_believed_before_what_the_file_declares() -> None:
    assert decode(STORY.encode("utf-8"), "iso-8859-1") == STORY


def test_a_declared_encoding_is_used_where_the_bytes_are_not_utf_8() -> None:
    assert decode("Мост закрыт".encode("windows-1251"), "windows-1251") == "Мост закрыт"
    assert decode("橋は閉鎖".encode("shift_jis"), "Shift_JIS") == "橋は閉鎖"
    assert decode("橋は閉鎖".encode("iso2022_jp"), "iso-2022-jp") == "橋は閉鎖"
    assert decode(STORY.encode("windows-1252"), "iso-8859-1") == STORY
    assert decode(STORY.encode("windows-1252"), "no-such-charset") == STORY


def test_stray_windows_bytes_in_utf_8_are_read_as_what_they_mean() -> None:
    raw = "Zoë’s café — “closed” until the dépôt opens. She said ".encode() + b"\x93no\x94."
    assert decode(raw) == "Zoë’s café — “closed” until the dépôt opens. She said “no”."


def test_text_that_was_encoded_twice_is_mended() -> None:
    assert clean("Donâ€™t â€œgoâ€\x9d to the cafÃ©") == "Don’t “go” to the café"


def test_controls_and_marks_without_width_fall_away_and_line_ends_are_one_kind() -> None:
    assert clean("a\x00b\x07c\u200bd\u00ade\ufefff\r\ng\rh\u2028i\u00a0j") == "abcdef\ng\nh\ni j"


def test_text_is_composed() -> None:
    assert clean("Zoe\u0308") == "Zoë"


def test_a_line_is_one_line_without_double_spaces() -> None:
    assert clean_line("  The bridge\n is \u00a0 closed ") == "The bridge is closed"


@given(st.text())
def test_cleaning_leaves_no_control_and_is_done_once(text: str) -> None:
    once = clean(text)
    assert not [c for c in once if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"]
    assert unicodedata.is_normalized("NFC", once)


@given(st.binary())
def test_any_bytes_are_read(raw: bytes) -> None:
    assert isinstance(decode(raw), str)
