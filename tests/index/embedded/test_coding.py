import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embedded import coding

numbers = st.lists(st.one_of(st.integers(0, 300), st.integers(2000, 2100), st.integers(0, 2**32 - 1)), max_size=60)


@given(numbers, st.binary(max_size=5), st.binary(max_size=5), st.data())
def test_a_ladder_gives_back_its_numbers(values: list[int], before: bytes, after: bytes, data: st.DataObject) -> None:
    ladder = coding.to_ladder(np.array(values, np.uint32))
    text = before + ladder.first.tobytes() + ladder.lows.tobytes() + ladder.words.tobytes() + after
    lying = np.frombuffer(text, np.uint8)
    assert coding.from_ladder(lying, len(before), len(values)).tolist() == values
    assert coding.resolve_ladder(*ladder).tolist() == values
    chosen = sorted(data.draw(st.sets(st.integers(0, len(values) - 1)))) if values else []
    picked = coding.pick_from_ladder(lying, len(before), len(values), np.array(chosen, np.int64))
    assert picked.tolist() == [values[index] for index in chosen]


def test_small_numbers_take_a_byte_and_larger_ones_two() -> None:
    sizes = []
    for number in (0, 247, 248, 2039, 2040, 2**32 - 1):
        ladder = coding.to_ladder(np.array([number], np.uint32))
        sizes.append(ladder.first.nbytes + ladder.lows.nbytes + ladder.words.nbytes)
    assert sizes == [1, 1, 2, 2, 5, 5]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 30)), max_size=30))
def test_a_frequency_code_says_all_three_or_that_they_stand_apart(rows: list[tuple[int, int, int]]) -> None:
    frequencies = np.array(rows, np.uint32).reshape(-1, 3)
    codes = coding.to_frequency_codes(frequencies)
    apart = [any(count > most for count, most in zip(row, (2, 3, 20), strict=True)) for row in rows]
    assert (codes == coding.ESCAPED).tolist() == apart
    expected = [[0, 0, 0] if away else list(row) for row, away in zip(rows, apart, strict=True)]
    assert coding.from_frequency_codes(codes).tolist() == expected


@pytest.mark.parametrize(
    ("forms", "bits"), [(1, 0), (2, 1), (3, 2), (4, 2), (5, 4), (16, 4), (17, 8), (256, 8), (257, 16)]
)
def test_form_codes_take_as_few_bits_as_they_can(forms: int, bits: int) -> None:
    assert coding.form_bits(forms) == bits
    assert coding.BITS[np.searchsorted(coding.LIMITS, forms)] == bits


@given(st.sampled_from([1, 2, 4, 8, 16]), st.lists(st.integers(0, 2**16 - 1), max_size=40), st.data())
def test_packed_codes_come_back(bits: int, values: list[int], data: st.DataObject) -> None:
    codes = np.array([value % (1 << bits) for value in values], np.uint16)
    packed = coding.pack_codes(codes, bits)
    assert packed.nbytes == -(-len(values) * bits // 8)
    assert coding.unpack_codes(packed, bits, len(values)).tolist() == codes.tolist()
    chosen = sorted(data.draw(st.sets(st.integers(0, len(values) - 1)))) if values else []
    picked = coding.pick_codes(packed, bits, np.array(chosen, np.int64))
    assert picked.tolist() == codes[chosen].tolist()


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=10))
def test_runs_are_spread(runs: list[tuple[int, int]]) -> None:
    starts, counts = np.array(runs, np.int64).reshape(-1, 2).T
    expected = [start + step for start, count in runs for step in range(count)]
    assert coding.spread(starts, counts).tolist() == expected
