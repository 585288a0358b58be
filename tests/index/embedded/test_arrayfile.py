from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embedded import arrayfile
from index.embedded.arrayfile import ArrayFile, ArrayFileWriter

chunks = st.lists(st.lists(st.integers(0, 255), max_size=40), min_size=1)
parts = st.dictionaries(st.sampled_from("abc"), chunks, min_size=1)


@given(parts, st.randoms(use_true_random=False))
def test_parts_that_grow_side_by_side_come_back_whole(
    tmp_path_factory: pytest.TempPathFactory, parts: dict[str, list[list[int]]], chance: Random
) -> None:
    path = tmp_path_factory.mktemp("arrays") / "file"
    turns = [name for name, chunks in parts.items() for _ in chunks]
    chance.shuffle(turns)
    left = {name: iter(chunks) for name, chunks in parts.items()}
    with ArrayFileWriter(path) as writer:
        for name in turns:
            writer.append(name, np.array(next(left[name]), np.int64), np.uint16)
    file = ArrayFile(path)
    assert {name: file.array(name).tolist() for name in set(turns)} == {
        name: [number for chunk in chunks for number in chunk] for name, chunks in parts.items()
    }
    assert list(file.damage()) == []


def test_a_file_that_fails_on_the_way_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrayfile, "_IN_MEMORY", 8)
    with pytest.raises(ZeroDivisionError), ArrayFileWriter(tmp_path / "file") as writer:
        writer.append("a", np.arange(100), np.uint32)
        writer.append("b", np.arange(100), np.uint32)
        writer.append("c", 1 // 0, np.uint32)
    assert list(tmp_path.iterdir()) == []
