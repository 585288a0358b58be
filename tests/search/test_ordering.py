"""The first stories in an order that is known: judged by sorting all of them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.embedded.ordering import lead, leading


@given(st.permutations(range(300)), st.sets(st.integers(0, 299)), st.sampled_from([0, 1, 3, 10, 200, 201, 400]))
def test_the_first_are_those_of_the_smallest_ranks(rank: list[int], some: set[int], wanted: int) -> None:
    docs = np.array(sorted(some), np.uint32)
    found = leading(docs, np.array(rank, np.uint32), wanted)
    assert found.tolist() == sorted(some, key=rank.__getitem__)[:wanted]


@given(st.permutations(range(40)), st.sets(st.integers(0, 39)), st.integers(0, 50))
def test_the_loop_says_how_many_it_wrote(rank: list[int], some: set[int], room: int) -> None:
    out = np.zeros(room, np.uint32)
    filled = lead(np.array(sorted(some), np.uint32), np.array(rank, np.uint32), out)
    assert out[:filled].tolist() == sorted(some, key=rank.__getitem__)[:room]
