import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from index.__main__ import main
from index.article import Story
from index.embedded.writer import IndexWriter
from index.store import Store

ROOT = Path(__file__).parents[2]
CORPORA = ROOT.parent / "shared" / "corpora"
STORIES = [
    {
        "id": "a1",
        "title": "Bridge closed",
        "text": "The bridge is closed.",
        "date": "2018-01-24",
        "city": "Chicago, Illinois",
    },
    {"id": "a2", "title": "Bridge opened", "text": "The bridge is open again.", "date": "2019", "source": "Sun"},
    {"id": "a3", "title": "Bridge opened", "text": "The bridge is open – again!", "city": "Atlantis on Sea"},
]


def run(*arguments: str, **options: Any) -> Result:
    return CliRunner().invoke(main, list(arguments), **options)


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def wire(tmp_path: Path) -> str:
    path = tmp_path / "wire.jsonl"
    path.write_text("\n".join(map(json.dumps, STORIES)), encoding="utf-8")
    return str(path)


@pytest.fixture
def archive(tmp_path: Path, wire: str) -> str:
    place = str(tmp_path / "archive")
    done = run("add", wire, "--archive", place)
    assert done.exit_code == 0, done.output
    return place


def test_add_says_what_became_of_the_records(tmp_path: Path, wire: str) -> None:
    place = str(tmp_path / "archive")
    first, second = (run("add", wire, "--archive", place) for _ in range(2))
    assert first.stdout.startswith("3 new, 0 new versions, 0 unchanged, 0 refused; 3 indexed in ")
    assert second.stdout.startswith("0 new, 0 new versions, 3 unchanged, 0 refused; 0 indexed in ")
    assert "# The newsroom's time zone" in Path(place, "settings.toml").read_text(encoding="utf-8")


def test_add_names_what_it_cannot_read_and_exits_with_one(tmp_path: Path, wire: str) -> None:
    Path(wire).write_text(json.dumps(STORIES[0]) + "\n{broken\n", encoding="utf-8")
    done = run("add", wire, "--archive", str(tmp_path / "archive"), "--json")
    assert done.exit_code == 1
    assert f"{wire}, record 2: " in done.stderr
    told = json.loads(done.stdout)
    assert {name: told[name] for name in ("new", "versions", "unchanged", "refused", "indexed", "stopped")} == {
        "new": 1,
        "versions": 0,
        "unchanged": 0,
        "refused": 1,
        "indexed": 1,
        "stopped": False,
    }


def test_a_path_that_does_not_exist_makes_no_archive(tmp_path: Path, wire: str) -> None:
    place = tmp_path / "archive"
    done = run("add", str(tmp_path / "typo"), "--archive", str(place))
    assert (done.exit_code, done.stderr) == (
        2,
        f"{tmp_path}/typo: there is no such file or folder; check the spelling.\nError: Nothing to add.\n",
    )
    assert not place.exists()
    assert run("add", str(tmp_path / "*.txt"), "--archive", str(place)).exit_code == 2
    done = run("add", str(tmp_path / "typo"), wire, "--archive", str(place))
    assert done.exit_code == 1
    assert done.stdout.startswith("3 new")
    assert json.loads(run("stats", "--archive", str(place), "--json").stdout)["refused"] == []


def test_stories_come_in_from_standard_input_and_packed_files_too(tmp_path: Path, wire: str) -> None:
    import gzip

    packed = tmp_path / "more.jsonl.gz"
    packed.write_bytes(gzip.compress(json.dumps({"id": "z", "text": "Packed."}).encode()))
    place = str(tmp_path / "archive")
    done = run("add", "-", str(packed), "--archive", place, input=Path(wire).read_text(encoding="utf-8"))
    assert done.stdout.startswith("4 new"), done.output


def test_inspect_shows_what_would_be_added_and_writes_nothing(tmp_path: Path, wire: str) -> None:
    before = sorted(tmp_path.rglob("*"))
    done = run("inspect", wire, "--archive", str(tmp_path / "archive"))
    assert done.exit_code == 0
    assert sorted(tmp_path.rglob("*")) == before
    told = lines(done)
    assert [(line["id"], line["path"], line["record"]) for line in told] == [(f"a{n}", wire, n) for n in (1, 2, 3)]
    assert list(told[0])[:2] == ["id", "headline"]
    assert [line["published"] for line in told] == ["2018-01-24", "2019", None]
    Path(wire).write_text("{broken", encoding="utf-8")
    assert run("inspect", wire, "--format", "jsonl").exit_code == 1


def test_what_is_exported_can_be_added_elsewhere_and_is_the_same(tmp_path: Path, archive: str, wire: str) -> None:
    changed = [STORIES[0] | {"text": "The bridge stays closed."}, *STORIES[1:]]
    Path(wire).write_text("\n".join(map(json.dumps, changed)), encoding="utf-8")
    assert run("add", wire, "--archive", archive).stdout.startswith("0 new, 1 new versions, 2 unchanged")
    for options, versions in (((), 3), (("--versions",), 4)):
        exported = run("export", "--archive", archive, *options)
        assert len(lines(exported)) == versions
        copy, moved = str(tmp_path / f"copy{versions}"), tmp_path / "moved.jsonl"
        moved.write_text(exported.stdout, encoding="utf-8")
        assert run("add", str(moved), "--archive", copy).exit_code == 0
        assert run("export", "--archive", copy, *options).stdout == exported.stdout


def test_stats_tell_what_the_design_promises(archive: str) -> None:
    told = json.loads(run("stats", "--archive", archive, "--json").stdout)
    assert told == {
        "stories": 3,
        "versions": 3,
        "copies": 1,
        "undated": 1,
        "cityless": 1,
        "unresolved_cities": 1,
        "by_source": {"": 2, "Sun": 1},
        "by_year": {"2018": 1, "2019": 1},
        "refused": [],
        "generation": "1.1",
    }
    assert "3  versions" in run("stats", "--archive", archive).stdout


def test_rebuild_and_verify_say_what_they_did(archive: str) -> None:
    assert re.match(
        r"Rebuilt the index: 3 stories in .* It is generation 2\.1\.", run("rebuild", "--archive", archive).stdout
    )
    told = json.loads(run("rebuild", "--archive", archive, "--json").stdout)
    assert (told["stories"], told["remade"], told["different"], told["kept"]) == (3, 0, 0, [])
    assert run("verify", "--archive", archive).stdout.startswith("Sound: 3 stories in 3 versions")
    assert json.loads(run("verify", "--archive", archive, "--json").stdout) == {
        "sound": True,
        "stories": 3,
        "versions": 3,
        "waiting": 0,
        "problems": [],
    }


def test_verify_finds_damage_in_the_index_and_rebuild_mends_it(archive: str) -> None:
    files = [file for file in Path(archive, "index").rglob("*") if file.is_file() and file.stat().st_size > 500]
    largest = max(files, key=lambda file: file.stat().st_size)
    content = bytearray(largest.read_bytes())
    content[len(content) // 2] ^= 0xFF
    largest.write_bytes(bytes(content))
    done = run("verify", "--archive", archive)
    assert done.exit_code == 1
    assert largest.name in done.stdout
    assert run("rebuild", "--archive", archive).exit_code == 0
    assert run("verify", "--archive", archive).exit_code == 0


def test_add_makes_an_index_again_whose_damage_it_meets(
    archive: str, wire: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = next(Path(archive, "index").rglob("*.columns"))
    content = bytearray(columns.read_bytes())
    content[100] ^= 0xFF
    columns.write_bytes(content)
    Path(wire).write_text(json.dumps(STORIES[0] | {"text": "Edited."}), encoding="utf-8")
    put, faults = IndexWriter.put, iter([IndexError("index 503316486 is out of bounds")])

    def meeting_damage(self: IndexWriter, story: Story) -> None:
        for fault in faults:
            raise fault
        put(self, story)

    monkeypatch.setattr(IndexWriter, "put", meeting_damage)
    done = run("add", wire, "--archive", archive)
    assert (done.exit_code, "makes the index again now" in done.stderr) == (0, True)
    assert run("verify", "--archive", archive).exit_code == 0


def test_a_fault_of_the_program_is_told_in_words(tmp_path: Path, wire: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(IndexWriter, "put", None)
    done = run("add", wire, "--archive", str(tmp_path / "archive"))
    assert (done.exit_code, "What was accepted is safe" in done.stderr) == (2, True)
    monkeypatch.undo()
    assert run("add", wire, "--archive", str(tmp_path / "archive")).stdout.startswith(
        "0 new, 0 new versions, 3 unchanged, 0 refused; 3 indexed"
    )


def test_a_damaged_store_is_told_in_words_by_every_command(archive: str, wire: str) -> None:
    store = Path(archive, "store.sqlite")
    store.write_bytes(b"This is not what it was. " * 400)
    for command in (("add", wire), ("export",), ("rebuild",), ("verify",), ("stats",)):
        done = run(*command, "--archive", archive)
        assert (done.exit_code, "is damaged" in done.stderr) == (2, True), (command, done.output)
        assert "Traceback" not in done.output


@pytest.mark.parametrize("command", ["export", "rebuild", "verify", "stats"])
def test_a_place_without_an_archive_is_told_in_words(tmp_path: Path, command: str) -> None:
    done = run(command, "--archive", str(tmp_path / "none"))
    assert done.exit_code == 2
    assert "There is no archive at" in done.stderr
    done = run(command, "--archive", "https://cluster.example:9200")
    assert done.exit_code == 2


def test_an_archive_that_is_a_file_is_told_in_words(tmp_path: Path, wire: str) -> None:
    (tmp_path / "archive").write_text("a story")
    said = (
        f"Error: {tmp_path}/archive is a file, and an archive is a directory; --archive or MORGUE_ARCHIVE names it.\n"
    )
    for command in (["add", wire], ["rebuild"], ["verify"], ["stats"], ["export"]):
        result = run(*command, "--archive", str(tmp_path / "archive"))
        assert (result.exit_code, result.stderr) == (2, said)


def test_an_archive_of_a_newer_release_is_told_in_words(archive: str, wire: str) -> None:
    with Store(Path(archive, "store.sqlite"), writable=True) as store:
        store._connection.execute("PRAGMA user_version = 99")
    for command in (("add", wire), ("stats",)):
        done = run(*command, "--archive", archive)
        assert (done.exit_code, "newer Morgue" in done.stderr) == (2, True)


def test_a_mistake_in_the_settings_is_told_in_words(archive: str, wire: str) -> None:
    Path(archive, "settings.toml").write_text('titel = "x"', encoding="utf-8")
    for command in (("add", wire), ("inspect", wire), ("rebuild",), ("stats",)):
        done = run(*command, "--archive", archive)
        assert (done.exit_code, 'did you mean "title"' in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("table", "text"),
    [("overrides.csv", "story,city,decision\nw1,Portland,about\n"), ("sources.csv", "source,place\nA,Qwxyzzy\n")],
)
def test_a_mistake_in_an_editors_table_keeps_nobody_from_reading(archive: str, table: str, text: str) -> None:
    Path(archive, table).write_text(text, encoding="utf-8")
    assert [run(command, "--archive", archive).exit_code for command in ("stats", "export", "verify")] == [0, 0, 0]
    rebuilt = run("rebuild", "--archive", archive)
    assert (rebuilt.exit_code, f"{table}, line 2: there " in rebuilt.stderr) == (2, True)


def test_an_unknown_format_is_told_with_those_there_are(tmp_path: Path, wire: str) -> None:
    done = run("add", wire, "--archive", str(tmp_path / "archive"), "--format", "docx")
    assert done.exit_code == 2
    assert "There is no format docx; choose auto, " in done.stderr


def test_a_locked_archive_says_who_holds_it(archive: str, wire: str) -> None:
    held = """
import pathlib, sys
from index.archive import ArchiveDirectory
with ArchiveDirectory(pathlib.Path(sys.argv[1])).writing("python -m index add"):
    print("held", flush=True)
    sys.stdin.read()
"""
    with subprocess.Popen(
        [sys.executable, "-c", held, archive], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdin is not None
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        done = run("add", wire, "--archive", archive)
        assert done.exit_code == 2
        assert f"is being written to by `python -m index add` (process {holder.pid})" in done.stderr
        assert run("stats", "--archive", archive).exit_code == 0
        holder.stdin.close()
    assert run("add", wire, "--archive", archive).exit_code == 0


def test_a_full_disk_ends_the_run_with_a_sentence(tmp_path: Path, wire: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from index.embedded import IndexDirectory

    def full(self: IndexDirectory) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(IndexDirectory, "writer", full)
    done = run("add", wire, "--archive", str(tmp_path / "archive"))
    assert (done.exit_code, "The disk is full. What was accepted is safe" in done.stderr) == (2, True)
    monkeypatch.undo()
    again = run("add", wire, "--archive", str(tmp_path / "archive"))
    assert again.stdout.startswith("0 new, 0 new versions, 3 unchanged, 0 refused; 3 indexed")


def test_an_archive_that_is_read_only_can_be_read(archive: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = run("export", "--archive", archive).stdout
    paths = [Path(archive), *Path(archive).rglob("*")]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    monkeypatch.setattr(os, "access", lambda *_: False)  # the superuser may write anywhere
    try:
        done = run("export", "--archive", archive)
        assert (done.stdout, done.stderr) == (before, "")
        assert sorted(Path(archive).iterdir()) == sorted(path for path in paths if path.parent == Path(archive))
    finally:
        for path in paths:
            path.chmod(0o755 if path.is_dir() else 0o644)


def test_ctrl_c_leaves_everything_so_far_safe_and_exits_with_130(tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    story = {"text": "A story about the bridge. " * 40}
    many.write_text("\n".join(json.dumps(story | {"id": f"n{n}"}) for n in range(20_000)), encoding="utf-8")
    place = tmp_path / "archive"
    command = [sys.executable, "-m", "index", "add", str(many), "--archive", str(place)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        store = place / "store.sqlite-wal"
        while running.poll() is None and (not store.exists() or store.stat().st_size < 100_000):
            time.sleep(0.01)
        running.send_signal(signal.SIGINT)
        out, errors = running.communicate()
    assert running.returncode == 130, errors
    assert "the same command goes on from here" in errors
    accepted = int(out.split()[0].replace(",", ""))
    assert 0 < accepted < 20_000
    verdict = json.loads(run("verify", "--archive", str(place), "--json").stdout)
    assert (verdict["sound"], verdict["stories"]) == (True, accepted)


def test_export_into_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    many.write_text("\n".join(json.dumps({"text": f"Story {n} " * 50}) for n in range(400)), encoding="utf-8")
    place = str(tmp_path / "archive")
    run("add", str(many), "--archive", place)
    command = f"{sys.executable} -m index export --archive {place} | head -n 1"
    done = subprocess.run(["/bin/sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (len(done.stdout.splitlines()), done.stderr) == (1, "")


def test_the_archive_is_found_by_the_environment(archive: str) -> None:
    assert run("verify", env={"MORGUE_ARCHIVE": archive}).exit_code == 0


def test_help_needs_none_of_what_the_work_needs() -> None:
    heavy = "nltk numpy whoosh trafilatura htmldate lxml sqlite3 rich"
    program = (
        "import sys\nsys.argv = ['index', '--help']\nfrom index.__main__ import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        f"print([m for m in {heavy.split()} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "rebuild" in done.stdout
    assert done.stderr == "[]\n"


def documented() -> list[str]:
    text = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    commands = [line.split("#")[0].strip() for block in blocks for line in block.splitlines()]
    return [command for command in commands if "python -m index" in command]


def test_every_command_of_the_guide_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stories = tmp_path / "stories"
    stories.mkdir()
    (stories / "wire.jsonl").write_text("\n".join(map(json.dumps, STORIES)), encoding="utf-8")
    (stories / "scan.txt").write_text("The bridge of 1994\n\nIt was opened in the rain.", encoding="utf-8")
    (tmp_path / "one.html").write_text("<h1>Snow</h1><p>" + "It snowed all day in the city. " * 9, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MORGUE_ARCHIVE", raising=False)
    called = set()
    for command in documented():
        shape = re.fullmatch(r"(?:cat (\S+) \| )?python -m index ([^>|]*)(?: > \S+)?", command)
        assert shape is not None, command
        given = Path(shape[1]).read_text(encoding="utf-8") if shape[1] else None
        arguments = shlex.split(shape[2])
        done = run(*arguments, input=given)
        assert done.exit_code == 0, (command, done.output)
        called.add(arguments[0])
    assert called == {"add", "inspect", "export", "rebuild", "verify", "stats"}


def test_the_scraped_television_story_is_cleaned_and_undated(tmp_path: Path) -> None:
    story = CORPORA / "text" / "local-tv-story.txt"
    if not story.exists():
        pytest.skip(f"{story} is not here")
    place = str(tmp_path / "archive")
    assert run("add", str(story), "--archive", place).exit_code == 0
    (article,) = lines(run("export", "--archive", place))
    assert (article["published"], article["headline_made"]) == (None, True)
    for words in ("[Ads /]", "news tip", "app for breaking news", "-----"):
        assert words not in article["body"]
    assert "New York City" in [city["name"] for city in article["cities"]]


def test_every_wire_record_is_accounted_for(tmp_path: Path) -> None:
    wire = CORPORA / "reuters21578.jsonl.gz"
    if not wire.exists():
        pytest.skip(f"{wire} is not here")
    import gzip
    import itertools

    part = tmp_path / "part.jsonl"
    with gzip.open(wire) as stream:
        part.write_bytes(b"".join(itertools.islice(stream, 600)))
    place = str(tmp_path / "archive")
    told = json.loads(run("add", str(part), "--archive", place, "--json").stdout)
    assert told["new"] + told["refused"] == 600
    assert told["indexed"] == told["new"]
