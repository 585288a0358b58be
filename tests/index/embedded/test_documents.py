import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embedded.coding import BLOCK, DENSE, least_blocked
from index.embedded.documents import read_documents, write_documents
from index.embedded.values import Array
from index.embedded.words import blocks


def written(docs: Array, stories: int) -> Array:
    """Return the pieces of a list, after two that stand for what comes before it."""
    out = np.full(2 * docs.size + 2 * (blocks(stories) + 1) + 2, 7, np.uint16)
    count = blocks(stories)
    size = write_documents(docs.astype(np.uint32), stories, count, least_blocked(count), out, 2)
    return out[: 2 + size]


def read(pieces: Array, count: int, stories: int, base: int) -> list[int]:
    out = np.full(count + 2, 9, np.uint32)
    many = blocks(stories)
    read_documents(pieces, 2, count, stories, many, least_blocked(many), base, out, 1)
    assert (out[0], out[-1]) == (9, 9)
    found: list[int] = out[1:-1].tolist()
    return found


@given(st.integers(1, 300).flatmap(lambda stories: st.tuples(st.just(stories), st.sets(st.integers(0, stories - 1)))))
def test_documents_of_one_block_come_back_from_numbers_and_from_bits(archive: tuple[int, set[int]]) -> None:
    stories, chosen = archive
    docs = np.array(sorted(chosen), np.int64)
    pieces = written(docs, stories)
    assert read(pieces, docs.size, stories, 40) == (docs + 40).tolist()
    assert pieces.size - 2 == (-(-stories // 16) if DENSE * docs.size >= stories else docs.size)


@given(st.sets(st.integers(0, 4 * BLOCK + 99), max_size=80))
def test_documents_come_back_from_their_blocks(chosen: set[int]) -> None:
    docs = np.array(sorted(chosen), np.int64)
    pieces = written(docs, 4 * BLOCK + 100)
    assert read(pieces, docs.size, 4 * BLOCK + 100, 0) == docs.tolist()


@pytest.mark.parametrize("share", [0.001, 0.2, 1 / DENSE, 0.3, 0.9, 1.0])
def test_a_block_is_numbers_or_bits_as_its_own_count_says(share: float) -> None:
    sizes = [BLOCK, BLOCK, BLOCK, 1000]
    random = np.random.default_rng(3)
    shares = [share, 0.01, 0.0, 0.3]
    found = [np.flatnonzero(random.random(size) < share) for size, share in zip(sizes, shares, strict=True)]
    docs = np.concatenate([block * BLOCK + lows for block, lows in enumerate(found)])
    pieces = written(docs, sum(sizes))
    assert read(pieces, docs.size, sum(sizes), 17) == (docs + 17).tolist()
    taken = [
        -(-size // 16) if DENSE * lows.size >= size else lows.size for size, lows in zip(sizes, found, strict=True)
    ]
    assert pieces.size - 2 == 2 * (len(sizes) + 1) + sum(taken)
