import hashlib
import re
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from index.copies import text_key, words_of

WORDS = st.lists(st.sampled_from("mayor bridge café O’Brien 1,200 flood über".split()), min_size=1, max_size=60)


@given(WORDS, st.sampled_from([" ", "\n\n", " – ", "; "]))
def test_typesetting_makes_no_other_text(words: list[str], gap: str) -> None:
    plain = " ".join(words)
    dressed = gap.join(words).upper().replace("’", "'").replace("É", "É")
    assert text_key("A headline", plain, b"1") == text_key("a HEADLINE!", dressed, b"2")
    assert text_key("A headline", plain, b"1") != text_key("A headline", plain + " more", b"1")


def test_stories_without_a_word_are_copies_of_nothing() -> None:
    assert text_key("—", "…", b"1") != text_key("—", "…", b"2")


def words_in_turn(text: str) -> str:
    """Return the words of a text as copies share them, character by character."""
    compared = ""
    for character in text:
        if character.isascii():
            compared += character if character.isalnum() or character in "_'" else " "
        else:
            plain = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
            compared += re.sub(r"[^\w']", " ", plain.replace("\u2019", "'"))
    return " ".join(re.findall(r"\w+", compared.casefold().replace("'", "")))


@given(st.text(st.one_of(st.sampled_from("ab'C9_ .\n’—“éÉßﬁ½İΣж中\u0301\ud83d😀"), st.characters()), max_size=60))
@example("")
@example("Ünï’s—“½”  ﬁn\n\nZ")
def test_words_that_copies_share_are_those_found_character_by_character(text: str) -> None:
    assert words_of(text) == words_in_turn(text).encode("utf-8", "replace")


def test_a_short_text_is_known_by_its_headline_too_and_its_key_is_the_same_for_ever() -> None:
    brief, long = "Road closed.", " ".join(["word"] * 40)
    assert text_key("Elm Street", brief, b"1") == hashlib.blake2b(b"elm street / road closed", digest_size=16).digest()
    assert text_key("", brief, b"1") == hashlib.blake2b(b"/ road closed", digest_size=16).digest()
    assert text_key("Any", long, b"1") == hashlib.blake2b(long.encode(), digest_size=16).digest()
