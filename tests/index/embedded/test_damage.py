from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import Article, Story
from index.embedded import IndexDamaged, IndexDirectory, NoIndex, State, sentinel


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> IndexDirectory:
    directory = IndexDirectory(tmp_path_factory.mktemp("index"))
    with directory.rebuild() as writer:
        for number in range(1, 6):
            article = Article(str(number), f"Bridge {number}", "The bridge of the town.", "2018", byline="Jane Doe")
            writer.put(Story(article, number, number, "2026-01-01T00:00:00Z", number))
        writer.remove("gone")
        writer.commit(5)
    return directory


def files(directory: IndexDirectory) -> list[Path]:
    return sorted(file for file in directory.path.rglob("*") if file.is_file() and file.stat().st_size)


def test_an_index_is_whole_and_says_where_its_parts_lie(directory: IndexDirectory) -> None:
    assert directory.verify() == ()
    endings = [file.name if file.name == "CURRENT" else file.suffix for file in files(directory)]
    assert sorted(endings) == [".columns", ".json", ".phrases", ".stories", ".toc", ".words", "CURRENT"]


@given(st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_changed_byte_is_found(directory: IndexDirectory, data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(files(directory)))
    content = file.read_bytes()
    place = data.draw(st.integers(0, len(content) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != content[place]))
    file.write_bytes(content[:place] + bytes([other]) + content[place + 1 :])
    try:
        assert directory.verify() != ()
    finally:
        file.write_bytes(content)


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_cut_short_is_found_when_the_index_is_opened(directory: IndexDirectory, data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(files(directory)))
    content = file.read_bytes()
    file.write_bytes(content[: data.draw(st.integers(0, len(content) - 1))])
    try:
        with pytest.raises(IndexDamaged, match=r"python -m index rebuild") as raised:
            directory.open()
        assert str(file) in str(raised.value)
        assert directory.verify() != ()
        assert directory.state() == State("outdated", str(raised.value))
    finally:
        file.write_bytes(content)


@pytest.mark.parametrize("ending", [".words", ".columns", ".stories", ".phrases", ".json"])
def test_a_missing_file_is_named(directory: IndexDirectory, ending: str) -> None:
    (file,) = [file for file in files(directory) if file.suffix == ending]
    away = file.rename(file.with_name("away"))
    try:
        with pytest.raises(IndexDamaged, match=file.name):
            directory.open()
    finally:
        away.rename(file)


def test_damage_says_which_part_it_is(directory: IndexDirectory) -> None:
    (file,) = [file for file in files(directory) if file.suffix == ".words"]
    content = file.read_bytes()
    file.write_bytes(content.replace(b"bridg\n", b"bride\n", 1))
    try:
        (damage,) = directory.verify()
        assert (damage.path, damage.part) == (str(file), "which words stand where (stems)")
    finally:
        file.write_bytes(content)


def test_an_index_made_by_another_version_asks_to_be_built_again(
    directory: IndexDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, next_one = sentinel.CODEC, sentinel.CODEC + 1
    monkeypatch.setattr(sentinel, "CODEC", next_one)
    reason = (
        f"The index was made with another file format ({made}; this program has {next_one}). "
        "Please run `python -m index rebuild` to make the index again from the store."
    )
    assert directory.state() == State("outdated", reason)
    with pytest.raises(NoIndex, match="another file format"):
        directory.open()
    with pytest.raises(NoIndex, match="another file format"):
        directory.writer()


def test_arrays_of_an_open_index_cannot_be_written(directory: IndexDirectory) -> None:
    with directory.open() as generation, pytest.raises(ValueError, match="read-only"):
        generation.segments[0].day[0] = np.int32(1)
