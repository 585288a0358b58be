import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.embedded.interning import Interned

#: Strings about as long as a hash can say, of few different bytes, so that many are alike.
_STRINGS = st.lists(st.lists(st.sampled_from(b"\0a\xff"), max_size=17).map(bytes), max_size=40)


@given(st.lists(_STRINGS, max_size=3))
def test_strings_are_numbered_as_they_are_first_met(batches: list[list[bytes]]) -> None:
    interned = Interned()
    numbers: dict[bytes, int] = {}
    for strings in batches:
        ends = np.cumsum(np.fromiter(map(len, strings), np.int64, len(strings)))
        found = interned.number_all(np.frombuffer(b"".join(strings), np.uint8), ends)
        assert found.tolist() == [numbers.setdefault(string, len(numbers)) for string in strings]
    assert [interned.string(number) for number in range(interned.count)] == list(numbers)


def test_many_strings_find_room() -> None:
    strings = [f"string {number}".encode() for number in range(50_000)]
    ends = np.cumsum([len(string) for string in strings])
    interned = Interned()
    for _ in range(2):
        found = interned.number_all(np.frombuffer(b"".join(strings), np.uint8), ends)
        assert found.tolist() == list(range(50_000))
