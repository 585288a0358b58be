import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.compiled import U32, U64, W64, compiled
from index.embedded.rank import rank, ranks_of
from index.embedded.values import Array


@compiled(U64, U32, W64, W64)
def _look_up(ranks: Array, stories: Array, before: Array, there: Array) -> None:
    for i in range(stories.size):
        before[i], there[i] = rank(ranks, stories[i])


@given(st.sets(st.integers(0, 2_000), min_size=1, max_size=300), st.integers(0, 2**31))
def test_a_story_is_looked_up_as_if_counted(offsets: set[int], base: int) -> None:
    listed = [base + offset for offset in sorted(offsets)]
    asked = list(range(max(base - 200, 0), base + 2_300))
    before, there = np.empty(len(asked), np.int64), np.empty(len(asked), np.int64)
    _look_up(ranks_of(np.array(listed, np.uint32)), np.array(asked, np.uint32), before, there)
    assert [story for story, held in zip(asked, there.tolist(), strict=True) if held] == listed
    assert before[there == 1].tolist() == list(range(len(listed)))
