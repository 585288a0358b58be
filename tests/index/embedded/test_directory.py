import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from index import Article, Story
from index.embedded import IndexDirectory, IndexLocked, NoIndex, State
from index.embedded.generation import CURRENT
from index.embedded.writer import IndexWriter, unfinished
from index.ranking import Averages


def story(name: str, body: str = "The bridge is closed.", arrival: int = 1) -> Story:
    return Story(Article(id=name, headline="Bridge", body=body), arrival, arrival, "2026-01-01T00:00:00Z", arrival)


def ids(directory: IndexDirectory) -> set[str]:
    with directory.open() as generation:
        found = {
            segment.id(doc)
            for segment in generation.segments
            for doc in range(segment.count)
            if segment.live is None or segment.live[doc]
        }
        assert len(found) == generation.count
        return found


def test_there_is_no_index_before_one_is_made(tmp_path: Path) -> None:
    directory = IndexDirectory(tmp_path / "index")
    assert directory.state() == State("none", f"There is no index in {tmp_path / 'index'} yet.")
    with pytest.raises(NoIndex, match="python -m index rebuild"):
        directory.open()
    assert not (tmp_path / "index").exists()


def test_a_writer_makes_the_index_it_does_not_find(tmp_path: Path) -> None:
    directory = IndexDirectory(tmp_path / "index")
    with directory.writer() as writer:
        assert ids(directory) == set()
        writer.put(story("a"))
        writer.commit(1)
        assert ids(directory) == {"a"}
        writer.put(story("b"))
        writer.commit(2)
    assert ids(directory) == {"a", "b"}
    assert directory.state() == State("current")


def test_what_is_not_committed_does_not_count(tmp_path: Path) -> None:
    directory = IndexDirectory(tmp_path)
    with directory.writer() as writer:
        writer.put(story("a"))
        writer.commit(1)
    with directory.writer() as writer:
        writer.put(story("b"))
        writer.remove("a")
    with pytest.raises(ZeroDivisionError), directory.writer() as writer:
        writer.remove("a")
        raise ZeroDivisionError
    assert ids(directory) == {"a"}


@pytest.mark.parametrize("writing", [IndexDirectory.writer, IndexDirectory.rebuild])
def test_a_state_that_has_rested_is_no_longer_current_after_the_next_commit(
    tmp_path: Path, writing: Callable[[IndexDirectory], IndexWriter]
) -> None:
    directory = IndexDirectory(tmp_path)
    with directory.writer() as writer:
        writer.put(story("a"))
        writer.commit(1)
    for file in (tmp_path / "CURRENT", *(folder for folder in tmp_path.iterdir() if folder.is_dir())):
        os.utime(file, (1, 1))
    old = directory.open()
    assert [old.is_current(), old.is_current()] == [True, True]
    with writing(directory) as writer:
        writer.put(story("b"))
        writer.commit(2)
    assert not old.is_current()


def test_a_reader_keeps_its_generation_while_others_are_written(tmp_path: Path) -> None:
    directory = IndexDirectory(tmp_path)
    with directory.writer() as writer:
        writer.put(story("a"))
        writer.commit(1)
    old = directory.open()
    with directory.rebuild() as writer:
        writer.put(story("b"))
        writer.commit(2)
        assert old.is_current()
        assert ids(directory) == {"a"}
    assert not old.is_current()
    assert old.segments[0].story(0) == story("a")
    assert old.segments[0].postings(old.segments[0].term("bridg")).frequencies.tolist() == [[1, 1, 0]]
    with directory.open(reuse=old) as new:
        assert (old.name, new.name) == ("1.1", "2.1")
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_dir()] == ["2"]


def test_opening_again_shares_what_has_not_changed(tmp_path: Path) -> None:
    directory = IndexDirectory(tmp_path)
    with directory.writer() as writer:
        for number in range(1100):
            writer.put(story(str(number)))
        writer.commit(1)
        old = directory.open()
        writer.put(story("0", "Open again."))
        writer.commit(2)
    new = directory.open(reuse=old)
    assert [segment.name for segment in new.segments][:1] == [segment.name for segment in old.segments]
    assert new.segments[0].words is old.segments[0].words
    assert (old.segments[0].find("0"), new.segments[0].find("0"), new.segments[1].find("0")) == (0, -1, 0)


def test_only_one_writes_at_a_time(tmp_path: Path) -> None:
    directory = IndexDirectory(tmp_path)
    with directory.writer():
        with pytest.raises(IndexLocked, match="Another process is writing"):
            directory.writer()
        with pytest.raises(IndexLocked):
            directory.rebuild()
    directory.writer().close()


def test_a_rebuild_without_a_commit_changes_nothing(tmp_path: Path) -> None:
    directory = IndexDirectory(tmp_path)
    with directory.writer() as writer:
        writer.put(story("a"))
        writer.commit(1)
    with directory.rebuild() as writer:
        writer.put(story("b"))
    with pytest.raises(ZeroDivisionError), directory.rebuild() as writer:
        writer.put(story("b"))
        writer.commit(1)
        raise ZeroDivisionError
    assert ids(directory) == {"a"}
    directory.writer().close()
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_dir()] == ["1"]


def test_a_damaged_index_is_healed_by_a_rebuild(tmp_path: Path) -> None:
    directory = IndexDirectory(tmp_path)
    with directory.writer() as writer:
        writer.put(story("a"))
        writer.commit(1)
    (tmp_path / "CURRENT").write_text("7\n")
    assert directory.state().readiness == "outdated"
    with directory.rebuild() as writer:
        writer.put(story("b"))
        writer.commit(2)
    assert ids(directory) == {"b"}
    assert directory.state() == State("current")


def test_a_story_that_was_put_and_taken_back_leaves_the_one_before(tmp_path: Path) -> None:
    directory = IndexDirectory(tmp_path)
    with directory.writer() as writer:
        writer.put(story("a", "The first."))
        writer.commit(1)
        writer.put(story("a", "The second.", 2))
        writer.put(story("b", arrival=3))
        for name in "abc":
            writer.forget(name)
        writer.commit(3)
    with directory.open() as generation:
        bodies = [segment.story(doc).article.body for segment in generation.segments for doc in range(segment.count)]
        assert (bodies, generation.count, generation.removed_ids) == (["The first."], 1, frozenset())


def test_a_removed_story_is_remembered_until_it_comes_back(tmp_path: Path) -> None:
    directory = IndexDirectory(tmp_path)
    with directory.writer() as writer:
        writer.put(story("a"))
        writer.put(story("b"))
        writer.commit(1)
        writer.remove("a")
        writer.remove("b")
        writer.put(story("b"))
        writer.commit(2)
    with directory.open() as generation:
        assert generation.removed_ids == {"a"}
    assert ids(directory) == {"b"}


def test_averages_stay_until_they_have_drifted(tmp_path: Path) -> None:
    directory = IndexDirectory(tmp_path)
    seen: list[Averages] = []
    with directory.writer() as writer:
        for number in range(40):
            writer.put(story(str(number), "one two three four five\n\nsix seven"))
        writer.commit(1)
        seen.append(directory.open().averages)
        writer.put(story("40", "one two three four five\n\nsix seven eight"))
        writer.commit(2)
        seen.append(directory.open().averages)
        for number in range(10):
            writer.put(story(str(number), "one two three four five\n\nsix seven eight nine ten"))
        writer.commit(3)
        seen.append(directory.open().averages)
    assert seen == [Averages(1, 5, 2), Averages(1, 5, 2), Averages(1, 5, (2 * 30 + 3 + 5 * 10) / 41)]


def test_an_index_on_a_read_only_disk_can_be_opened(tmp_path: Path) -> None:
    directory = IndexDirectory(tmp_path)
    with directory.writer() as writer:
        writer.put(story("a"))
        writer.commit(1)
    before = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*")}
    for path in [*tmp_path.rglob("*"), tmp_path]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        assert ids(directory) == {"a"}
        assert directory.verify() == ()
    finally:
        for path in [tmp_path, *tmp_path.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
    assert {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*")} == before


def test_readers_never_see_half_a_commit(tmp_path: Path) -> None:
    directory = IndexDirectory(tmp_path)
    directory.writer().close()
    wrong: list[str] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            with directory.open() as generation:
                counts = {segment.story(doc).arrived for segment in generation.segments for doc in range(segment.count)}
                if generation.count % 3 or len(counts) > 1:
                    wrong.append(generation.name)

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    for turn in range(8):
        with directory.rebuild() if turn % 3 == 2 else directory.writer() as writer:
            for name in "abc":
                writer.put(story(name))
            writer.commit(turn)
    done.set()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_pointer_that_a_killed_rebuild_left_half_written_is_removed(tmp_path: Path) -> None:
    directory = IndexDirectory(tmp_path)
    with directory.writer() as writer:
        writer.commit(1)
    half = unfinished(tmp_path / CURRENT)
    half.write_bytes(b"half")
    with directory.writer() as writer:
        writer.commit(2)
    assert not half.exists()


KILLED = """
import sys
from index.embedded import IndexDirectory
from tests.index.embedded.test_directory import story
directory = IndexDirectory(sys.argv[1])
print("ready", flush=True)
for turn in range(1, 1000):
    with directory.rebuild() if turn % 4 == 0 else directory.writer() as writer:
        for name in "abc":
            writer.put(story(name, f"turn {turn}"))
        writer.commit(turn)
"""


@pytest.mark.parametrize("milliseconds", [10, 40, 90, 170])
def test_a_killed_writer_leaves_a_whole_commit(tmp_path: Path, milliseconds: int) -> None:
    directory = IndexDirectory(tmp_path)
    with directory.writer() as writer:
        for name in "abc":
            writer.put(story(name, "turn 0"))
        writer.commit(0)
    command = [sys.executable, "-W", "ignore", "-c", KILLED, str(tmp_path)]
    root = Path(__file__).parents[3]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=root, env=os.environ | {"PYTHONPATH": "."}) as child:
        assert child.stdout is not None
        child.stdout.readline()
        threading.Event().wait(milliseconds / 1000)
        child.send_signal(signal.SIGKILL)
    assert directory.verify() == ()
    with directory.open() as generation:
        bodies = {generation.segments[0].story(doc).article.body for doc in range(generation.segments[0].count)}
        assert (generation.count, bodies) == (3, {f"turn {generation.through}"})
    with directory.writer() as writer:
        writer.commit(7)
    left = sorted(file.suffix for file in tmp_path.rglob("*") if file.is_file())
    assert left == ["", "", "", ".columns", ".json", ".phrases", ".stories", ".toc", ".words"]
