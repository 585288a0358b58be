import json
import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import ANY

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index import enrich, intake, making, readers, workers
from index import rebuild as rebuilding
from index.archive import ArchiveDirectory
from index.embedded import IndexDirectory
from index.enrich import dates
from index.intake import Added, add
from index.record import Draft, Record, Refusal
from index.settings import Settings
from index.store import Accepted, Store


class Notes:
    """A watcher that writes down what it is told."""

    def __init__(self) -> None:
        self.refusals: list[Refusal] = []
        self.said: list[str] = []
        self.records = 0

    def read(self, records: int, size: int) -> None:
        self.records += records

    def refused(self, refusal: Refusal) -> None:
        self.refusals.append(refusal)

    def indexing(self, done: int, total: int) -> None: ...

    def remade(self, done: int, total: int) -> None: ...

    def say(self, sentence: str) -> None:
        self.said.append(sentence)


@pytest.fixture
def archive(tmp_path: Path) -> ArchiveDirectory:
    return ArchiveDirectory(tmp_path / "archive")


def write(folder: Path, stories: list[dict[str, str]], name: str = "wire.jsonl") -> str:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text("\n".join(map(json.dumps, stories)), encoding="utf-8")
    return str(folder / name)


def wire(count: int) -> list[dict[str, str]]:
    return [{"id": f"w{n}", "title": f"Story {n}", "text": f"Number {n} came over the wire."} for n in range(count)]


def through(archive: ArchiveDirectory) -> int:
    with IndexDirectory(archive.index_directory).open() as generation:
        return generation.through


def indexed(archive: ArchiveDirectory) -> dict[str, str]:
    with IndexDirectory(archive.index_directory).open() as generation:
        found = {}
        for segment in generation.segments:
            for doc in range(segment.count):
                if segment.live is None or segment.live[doc]:
                    article = segment.story(doc).article
                    found[article.id] = article.body
        return found


def test_what_is_added_is_in_the_store_and_in_the_index(archive: ArchiveDirectory, tmp_path: Path) -> None:
    path = write(tmp_path / "in", wire(450))
    notes = Notes()
    assert add(archive, [path], notes, workers=0) == Added(Accepted(new=450), 450, 0, False)
    assert notes.records == 450
    assert indexed(archive) == {story["id"]: story["text"] for story in wire(450)}
    assert rebuilding.verify(archive, Notes()) == rebuilding.Verdict(450, 450, 0, ())
    assert archive.settings() == Settings()


def test_adding_again_changes_nothing_and_understands_nothing_again(
    archive: ArchiveDirectory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "in", wire(30))
    add(archive, [path], Notes(), workers=0)
    monkeypatch.setattr(readers, "draft", None)
    assert add(archive, [path], Notes(), workers=0) == Added(Accepted(unchanged=30), 0, 0, False)


def test_an_edited_story_replaces_the_old_one_in_the_index(archive: ArchiveDirectory, tmp_path: Path) -> None:
    stories = wire(10)
    add(archive, [write(tmp_path / "in", stories)], Notes(), workers=0)
    stories[3]["text"] = "Corrected."
    done = add(archive, [write(tmp_path / "in", stories)], Notes(), workers=0)
    assert done == Added(Accepted(versions=1, unchanged=9), 1, 0, False)
    assert indexed(archive)["w3"] == "Corrected."
    assert len(indexed(archive)) == 10


def test_a_copy_that_arrives_first_loses_nothing_when_its_family_changes(
    archive: ArchiveDirectory, tmp_path: Path
) -> None:
    text = "The same long wire story stands here word for word. " * 8
    stories = [{"id": name, "title": name, "text": text} for name in ("a", "b", "c")]
    add(archive, [write(tmp_path / "in", stories)], Notes(), workers=0)
    stories[0]["text"] = "Something else entirely."
    assert add(archive, [write(tmp_path / "in", stories)], Notes(), workers=0).indexed == 3
    assert rebuilding.verify(archive, Notes()).problems == ()


def test_a_record_that_cannot_be_read_stops_nothing(archive: ArchiveDirectory, tmp_path: Path) -> None:
    path = write(tmp_path / "in", wire(3))
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    Path(path).write_text("\n".join([lines[0], "{broken", lines[1], lines[2]]), encoding="utf-8")
    notes = Notes()
    assert add(archive, [path], notes, workers=0).accepted == Accepted(new=3, refused=1)
    (refusal,) = notes.refusals
    assert (refusal.path, refusal.record) == (path, 2)
    with Store(archive.store_file) as store:
        assert list(store.refusals()) == [refusal]
    write(tmp_path / "in", wire(4))
    add(archive, [path], Notes(), workers=0)
    with Store(archive.store_file) as store:
        assert list(store.refusals()) == []


def test_an_archive_whose_every_record_was_refused_is_empty_and_can_be_searched(
    archive: ArchiveDirectory, tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").touch()
    added = add(archive, [str(tmp_path / "empty.txt")], Notes(), workers=0)
    assert (added.accepted, added.indexed) == (Accepted(refused=1), 0)
    assert indexed(archive) == {}
    add(archive, [write(tmp_path, wire(1))], Notes(), workers=0)
    assert len(indexed(archive)) == 1


def test_a_fault_in_a_reader_costs_one_record(
    archive: ArchiveDirectory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    understand = readers.draft

    def faulty(record: Record) -> object:
        return understand(record) if b"Story 1" not in record.raw else 1 // 0

    monkeypatch.setattr(readers, "draft", faulty)
    notes = Notes()
    done = add(archive, [write(tmp_path / "in", wire(3))], notes, workers=0)
    assert done.accepted == Accepted(new=2, refused=1)
    assert "fault of the program" in notes.refusals[0].reason


def test_a_fault_in_enriching_costs_one_record_though_stories_are_enriched_together(
    archive: ArchiveDirectory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide = dates.decide

    def faulty(draft: Draft, context: enrich.Context, home: str) -> dates.Decision:
        return decide(draft, context, home) if "Story 1" not in draft.headline else dates.Decision(str(1 // 0), "")

    monkeypatch.setattr(enrich, "decide", faulty)
    notes = Notes()
    done = add(archive, [write(tmp_path / "in", wire(3))], notes, workers=0)
    assert done.accepted == Accepted(new=2, refused=1)
    assert "fault of the program" in notes.refusals[0].reason


def test_a_stopped_run_is_safe_and_searchable_and_the_next_goes_on(
    archive: ArchiveDirectory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "BATCH_RECORDS", 10)
    path = write(tmp_path / "in", wire(35))
    done = add(archive, [path], Notes(), stopping=lambda: True, workers=0)
    assert done == Added(Accepted(new=10), 10, 0, True)
    assert len(indexed(archive)) == 10
    assert add(archive, [path], Notes(), workers=0) == Added(Accepted(new=25, unchanged=10), 25, 0, False)


def test_what_an_earlier_run_left_over_is_indexed_by_the_next(archive: ArchiveDirectory, tmp_path: Path) -> None:
    path = write(tmp_path / "in", wire(5))
    add(archive, [path], Notes(), workers=0)
    late = making.maker(Settings()).make(Record(b'{"id": "late", "text": "Late."}', "jsonl", "/elsewhere", 1))
    assert not isinstance(late, Refusal)
    with Store(archive.store_file, writable=True) as store:
        store.accept([late], making.maker(Settings()).making)
    verdict = rebuilding.verify(archive, Notes())
    assert verdict.waiting == 1
    assert "not in the index yet: 1; a run was interrupted" in verdict.problems[0]
    assert add(archive, [path], Notes(), workers=0) == Added(Accepted(unchanged=5), 1, 0, False)
    assert indexed(archive)["late"] == "Late."


def test_workers_make_the_same_archive_as_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "in", wire(700))
    alone, together = ArchiveDirectory(tmp_path / "alone"), ArchiveDirectory(tmp_path / "together")
    add(alone, [path], Notes(), workers=0)
    monkeypatch.setattr(workers, "_WORTH_WORKERS", 0.0)
    assert add(together, [path], Notes(), workers=2).accepted == Accepted(new=700)
    with Store(alone.store_file) as one, Store(together.store_file) as two:
        assert [s.article for s in one.stories()] == [s.article for s in two.stories()]


def layout(archive: ArchiveDirectory) -> list[list[tuple[str, str, bool]]]:
    """Return id, text and whether it counts of every story of every segment, in order."""
    with IndexDirectory(archive.index_directory).open() as generation:
        return [
            [
                (segment.id(doc), segment.story(doc).article.body, segment.live is None or bool(segment.live[doc]))
                for doc in range(segment.count)
            ]
            for segment in generation.segments
        ]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 30), st.sampled_from("ab")), max_size=80),
    st.integers(1, 9),
    st.integers(1, 12),
    st.integers(1, 9),
)
@example([*((0, text) for text in "aaaaababab"), (1, "a"), (0, "b")], 1, 1, 1)
@example([*((0, text) for text in "aaaaaababababa"), (1, "a"), (0, "b")], 5, 1, 3)
def test_stories_put_while_others_come_make_the_index_that_a_milestone_alone_would_make(
    told: list[tuple[int, str]], batch: int, together: int, stop: int
) -> None:
    # Texts that are exact copies of each other move in and out of families.
    stories = [
        {"id": f"w{number % 20}", "text": " ".join(["word"] * 40 if text == "a" else [text, str(number)])}
        for number, text in told
    ]
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        patched.setattr(intake, "COMMIT_EVERY", 10)
        patched.setattr(intake, "BATCH_RECORDS", batch)
        path = write(Path(folder) / "in", stories)
        kept_up, at_once = (ArchiveDirectory(Path(folder) / name) for name in ("kept up", "at once"))
        patched.setattr(intake, "TOGETHER", together)
        batches = iter(range(1000))
        first = add(kept_up, [path], Notes(), workers=0, stopping=lambda: next(batches) == stop)
        rest = add(kept_up, [path], Notes(), workers=0)
        patched.setattr(intake, "TOGETHER", 1000)
        batches = iter(range(1000))
        # A story that changes after a milestone is put once more; how many do depends on when the others are put.
        assert add(at_once, [path], Notes(), workers=0, stopping=lambda: next(batches) == stop) == replace(
            first, indexed=ANY
        )
        assert add(at_once, [path], Notes(), workers=0) == replace(rest, indexed=ANY)
        assert layout(kept_up) == layout(at_once)
        assert rebuilding.verify(kept_up, Notes()).problems == ()


def test_an_index_of_another_release_is_built_anew_and_said_so(
    archive: ArchiveDirectory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "in", wire(5))
    add(archive, [path], Notes(), workers=0)
    monkeypatch.setattr("index.ranking.K1", 9.0)
    assert "python -m index rebuild" in rebuilding.verify(archive, Notes()).problems[0]
    notes = Notes()
    write(tmp_path / "in", wire(6))
    assert add(archive, [path], notes, workers=0) == Added(Accepted(new=1, unchanged=5), 6, 0, False)
    assert "makes the index again now" in notes.said[0]
    assert len(indexed(archive)) == 6


def test_a_lost_index_is_made_again_by_the_next_run(archive: ArchiveDirectory, tmp_path: Path) -> None:
    path = write(tmp_path / "in", wire(5))
    add(archive, [path], Notes(), workers=0)
    shutil.rmtree(archive.index_directory)
    assert "no index" in rebuilding.verify(archive, Notes()).problems[0]
    assert add(archive, [path], Notes(), workers=0) == Added(Accepted(unchanged=5), 5, 0, False)
    assert rebuilding.verify(archive, Notes()).problems == ()


def test_a_store_brought_back_from_an_older_copy_gets_an_index_that_fits(
    archive: ArchiveDirectory, tmp_path: Path
) -> None:
    add(archive, [write(tmp_path / "in", wire(3))], Notes(), workers=0)
    older = archive.store_file.read_bytes()
    path = write(tmp_path / "in", wire(6))
    add(archive, [path], Notes(), workers=0)
    archive.store_file.write_bytes(older)
    (problem,) = rebuilding.verify(archive, Notes()).problems
    assert "holds 3 stories that the store does not" in problem
    notes = Notes()
    add(archive, [write(tmp_path / "in", wire(3))], notes, workers=0)
    assert len(indexed(archive)) == 3
    assert "older copy" in notes.said[0]


def test_stories_may_lie_beside_an_archives_own_files(archive: ArchiveDirectory, tmp_path: Path) -> None:
    add(archive, [write(tmp_path, wire(1))], Notes(), workers=0)
    (archive.path / "lockout.txt").write_text("Lockout ends\n\nThe mill opened its gates.\n", encoding="utf-8")
    assert add(archive, [str(archive.path)], Notes(), workers=0).accepted == Accepted(new=1)


def test_the_archive_itself_and_what_the_settings_ignore_are_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    archive = ArchiveDirectory(folder / "archive")
    write(folder, wire(2))
    archive.create()
    archive.settings_file.write_text('ignore = ["*.bak", "drafts/*"]', encoding="utf-8")
    (folder / "old.bak").write_text("An old story.\n\nIt is a backup.", encoding="utf-8")
    (folder / "drafts").mkdir()
    (folder / "drafts" / "new.txt").write_text("A new story.\n\nIt is a draft.", encoding="utf-8")
    assert add(archive, [str(folder)], Notes(), workers=0).accepted == Accepted(new=2)
    assert add(archive, [str(folder)], Notes(), workers=0).accepted == Accepted(unchanged=2)
    assert add(archive, [str(folder / "old.bak")], Notes(), workers=0).accepted == Accepted(new=1)
