import gzip
from pathlib import Path

import pytest

from index import progress
from index.progress import Display, display, in_words
from index.record import Refusal


def test_a_refusal_is_one_line_that_says_where_and_why() -> None:
    assert in_words(Refusal("/a.csv", 3, "no text")) == "/a.csv, record 3: no text"
    assert in_words(Refusal("-", None, "empty")) == "standard input: empty"


def test_only_the_first_refusals_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    shown = Display(None)
    for number in range(100):
        shown.refused(Refusal("/a", number, "bad"))
    told = capsys.readouterr().err.splitlines()
    assert (len(told), shown.refusals) == (21, 100)
    assert "stats" in told[-1]


def test_plain_lines_come_now_and_then(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    shown = Display(None)
    for _ in range(12):
        now[0] += 2.0
        shown.read(1000, 5000)
    assert capsys.readouterr().err.splitlines() == [
        "reading: 5,000 stories, 500 a second",
        "reading: 10,000 stories, 500 a second",
    ]
    for done in (500, 1000):
        now[0] += 10.0
        shown.indexing(done, 4000)
    assert capsys.readouterr().err.splitlines() == ["indexing: 1,000 of 4,000 stories, 100 a second"]


def test_on_a_terminal_a_bar_shows_stories_rate_and_time_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * 10_000)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr(progress, "_BAR_EVERY", 0.0)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("TERM", "xterm")
    with display([str(tmp_path)]) as shown:
        shown.read(10, 5_000)
        shown.say("A sentence [in brackets].")
        shown.indexing(5, 10)
        shown.remade(1, 2)
    told = capsys.readouterr().err
    for words in ("reading", "10 stories", "A sentence [in brackets].", "indexing", "making again"):
        assert words in told


def test_what_is_left_to_read_is_known_for_packed_files_too(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b"y" * 70_000))
    (tmp_path / "b.txt").write_bytes(b"x" * 30)
    assert progress._size([str(tmp_path)]) == 70_030
    assert progress._size([str(tmp_path / "a.jsonl.gz"), "-"]) is None
