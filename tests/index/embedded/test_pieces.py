import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import TOKEN, normalise, term_of
from index.embedded.lexicon import encoded, key
from index.embedded.pieces import Vocabulary

#: What the analysis looks at, alone and in the company in which it matters.
_WORDS = "US U.S. AT&T C++ C# 1,234 3.5 1980s council's O’Brien São naïve 京都 ไทย covid-19 Running".split()
_SIGNS = "aZé9.,'’‘“”–—…-_&+#/%$«» \t\n\x1c\x85\xa0\u2028\ud800İﬁ"
_BITS = st.sampled_from([*_SIGNS, *_WORDS, "\0", "Bridges", "abcdefgh", "1" * 120, "x" * 120])
_TEXTS = st.lists(st.one_of(st.lists(_BITS, max_size=30).map("".join), st.text(max_size=40)), max_size=6)


def numbered(vocabulary: Vocabulary, texts: list[str]) -> list[list[bytes]]:
    lines = [encoded(text) for text in texts]
    ends = np.cumsum(np.fromiter(map(len, lines), np.int64, len(lines)))
    tokens, lengths = vocabulary.numbers(np.frombuffer(b"".join(lines), np.uint8), ends)
    keys = [vocabulary.terms.string(number) for number in tokens.tolist()]
    stops = np.cumsum(lengths).tolist()
    return [keys[stop - length : stop] for stop, length in zip(stops, lengths.tolist(), strict=True)]


@given(st.lists(_TEXTS, max_size=3))
def test_texts_have_the_terms_that_the_analysis_gives_them(batches: list[list[str]]) -> None:
    vocabulary = Vocabulary()
    for texts in batches:
        texts = [normalise(text) for text in texts]
        expected = [[encoded(key(term_of(token))) for token in TOKEN.findall(text)] for text in texts]
        assert numbered(vocabulary, texts) == expected


def test_more_different_words_than_there_is_room_for_at_first_are_all_kept() -> None:
    words = [f"word{number}" for number in range(30_000)]
    vocabulary = Vocabulary()
    for _ in range(2):
        assert numbered(vocabulary, [" ".join(words)]) == [[encoded(key(term_of(word))) for word in words]]
    assert len(vocabulary) == 30_000
