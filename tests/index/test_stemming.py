"""The shortcut to stems, held against NLTK's Snowball stemmer itself."""

import gzip
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.stem.snowball import EnglishStemmer

from index.stemming import stem

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"
_SNOWBALL = EnglishStemmer()
_PIECES = (
    "s ed ing er or al ful ic ism ant ent ion at bl iz ll y e us ss ies ied ly eed eedly ingly um ow ax commun gener "
    "arsen atlas bias cosmos news andes out inn can herr earr proceed exceed succeed ski howe dy ly ty idl gent earl"
).split()
_WORDS = st.lists(st.one_of(st.sampled_from(_PIECES), st.text("aeiouybcdglmnrstwxz", max_size=4)), max_size=5).map(
    "".join
)


@given(_WORDS.filter(lambda word: len(word) > 2))
@settings(max_examples=3000, deadline=None)
def test_any_word_has_the_stem_that_nltk_gives_it(word: str) -> None:
    assert stem(word) == _SNOWBALL.stem(word)


def test_nltk_s_exceptional_words_are_exceptional_here() -> None:
    words = _SNOWBALL._EnglishStemmer__special_words
    assert {word: stem(word) for word in words} == words


@pytest.mark.parametrize("name", ["reuters21578", "wikinews"])
def test_every_other_word_of_real_news_has_the_stem_that_nltk_gives_it(name: str) -> None:
    file = CORPORA / f"{name}.jsonl.gz"
    if not file.exists():
        pytest.skip(f"needs {file.name} of shared/corpora next to the checkout")
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        words = sorted({word for line in lines for word in re.findall("[a-z]{3,}", line.lower())})[::2]
    assert {word: stem(word) for word in words} == {word: _SNOWBALL.stem(word) for word in words}
