import gzip
import io
import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from index import readers
from index.readers.jsonl import LONGEST
from index.record import Record, Refusal

FEED = "this is a feed, which is not read yet: save the pages it names and add those"


def names(folder: Path, *paths: str, **options: str) -> list[tuple[str, str]]:
    """Return file name and format of the records, or name and reason of the refusals."""
    found = readers.records(list(paths) or [str(folder)], **options)
    return [(Path(r.path).name, r.format if isinstance(r, Record) else r.reason) for r in found]


@pytest.mark.parametrize(
    ("name", "content", "format"),
    [
        ("a.txt", b"The bridge is closed.", "text"),
        ("a", b"The bridge is closed.", "text"),
        ("a.html", b"<html><p>The bridge is closed.", "html"),
        ("a.txt", b"<!DOCTYPE html><html><p>The bridge is closed.", "html"),
        ("a.jsonl", b'{"title": "Bridge closed"}', "jsonl"),
        ("a.json", b'[{"title": "Bridge closed"}]', "jsonl"),
        ("a.txt", b'{"title": "Bridge closed"}\n{"title": "Bridge open"}', "jsonl"),
        ("a.csv", b"title,body\nBridge,Closed", "csv"),
        ("a.dat", b"title;body\nBridge;Closed", "csv"),
        ("a.txt", "\ufeffThe bridge is closed.".encode("utf-16-le"), "text"),
        ("a.txt", b"{The bridge} is closed.", "text"),
    ],
)
def test_the_reader_is_chosen_by_content_and_suffix(tmp_path: Path, name: str, content: bytes, format: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert {found for _, found in names(tmp_path)} == {format}
    (tmp_path / name).rename(tmp_path / f"{name}.gz")
    (tmp_path / f"{name}.gz").write_bytes(gzip.compress(content))
    assert {found for _, found in names(tmp_path)} == {format}


def test_a_file_of_many_comments_is_not_puzzled_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"<!-- a -->\n" * 2000 + b"The bridge is closed.")
    assert names(tmp_path) == [("a.txt", "text")]


def test_a_named_format_is_obeyed(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<html><p>The bridge is closed.")
    assert names(tmp_path, format="text") == [("a.html", "text")]
    with pytest.raises(ValueError, match="there is no format 'pdf'; choose auto, csv, html, jsonl, nitf, text"):
        list(readers.records([str(tmp_path)], format="pdf"))


def test_folders_are_read_in_order_with_all_below_them_and_hidden_files_left_out(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/c.txt", ".hidden.txt", ".git/x.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("The bridge is closed.")
    assert [name for name, _ in names(tmp_path)] == ["c.txt", "z.txt", "b.txt"]


def test_a_pattern_is_opened_out(tmp_path: Path) -> None:
    for name in ("a.txt", "b.html", "c/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("The bridge is closed.")
    assert names(tmp_path, f"{tmp_path}/**/*.txt") == [("a.txt", "text"), ("d.txt", "text")]
    assert names(tmp_path, f"{tmp_path}/*.csv") == [("*.csv", "nothing matches this pattern; check the spelling")]


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b'{"title": "Bridge"}\n{"title": "Dam"}\n')))
    assert list(readers.records(["-"], source="The Daily Bugle")) == [
        Record(b'{"title": "Bridge"}', "jsonl", "-", 1, "The Daily Bugle"),
        Record(b'{"title": "Dam"}', "jsonl", "-", 2, "The Daily Bugle"),
    ]


def test_the_modification_time_is_noted_only_where_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("The bridge is closed.")
    os.utime(file, (1516829400, 1516829400))
    (record,) = readers.records([str(file)], date_from="mtime")
    assert record == Record(b"The bridge is closed.", "text", str(file), modified="2018-01-24T21:30:00+00:00")
    (record,) = readers.records([str(file)])
    assert record == Record(b"The bridge is closed.", "text", str(file))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "the file is empty"),
        ("a.txt", b" \n\n", "the file is empty"),
        ("a.pdf", b"%PDF-1.4", "this is a PDF: save its text (pdftotext) and add that"),
        ("a.txt", b"\x89PNG\r\n", "this is a picture, not a story"),
        ("a.docx", b"PK\x03\x04", "this is a ZIP or Office file: unpack it, or save the document as text or HTML"),
        ("a.css", b"p {}", "this is a style sheet, not a story; to read it all the same, name a --format"),
        ("a.xml", b'<?xml version="1.0"?>\n<rss version="2.0"/>', FEED),
        ("a.txt", b"<!-- daily --><feed xmlns='http://www.w3.org/2005/Atom'/>", FEED),
        (
            "a.xml",
            b'\xef\xbb\xbf<?xml version="1.0"?><n:newsItem xmlns:n="http://iptc.org/std/nar/2006-10-01/"/>',
            "this is NewsML, which is not read yet: ask the agency for NITF, or save the text",
        ),
        ("a.bin", bytes(range(1, 32)) * 9, "this is binary data, not text; to read it all the same, name a --format"),
    ],
)
def test_what_is_no_story_is_refused_with_what_to_do(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert list(readers.records([str(tmp_path)])) == [Refusal(str(tmp_path / name), None, reason)]


def test_what_cannot_be_opened_is_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "b").symlink_to(tmp_path)
    (tmp_path / "c.txt.gz").write_bytes(gzip.compress(b"The bridge is closed." * 1000)[:50])
    (tmp_path / "d.txt").write_text("The bridge is closed.")
    found = names(tmp_path, str(tmp_path), str(tmp_path / "e.txt"))
    assert found[:2] == [
        ("a.txt", "the link leads nowhere, or the file was removed meanwhile"),
        ("b", "this link leads back to a folder above it; it was not followed"),
    ]
    assert found[2][1].startswith("the gzip file is damaged")
    assert found[3:] == [("d.txt", "text"), ("e.txt", "there is no such file or folder; check the spelling")]


def test_a_pipe_in_a_folder_is_not_waited_on(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text("The bridge is closed.")
    assert names(tmp_path) == [("a.txt", "this is a pipe, a device or a socket, not a file"), ("b.txt", "text")]


def test_a_pipe_that_is_named_is_read(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, b"The bridge is closed.")
    os.close(writing)
    with os.fdopen(reading, "rb"):
        assert names(tmp_path, f"/dev/fd/{reading}") == [(str(reading), "text")]


def test_a_folder_as_standard_input_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def is_a_folder(_: int) -> bytes:
        raise IsADirectoryError(21, "Is a directory")

    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=SimpleNamespace(read=is_a_folder)))
    assert list(readers.records(["-"])) == [Refusal("-", None, "it cannot be read: Is a directory")]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The bridge is closed.")
    (tmp_path / "a.txt").chmod(0)
    assert names(tmp_path) == [("a.txt", "no permission to read it; change its permissions or run as a user who may")]


def test_a_file_name_that_is_not_utf_8_is_shown_and_read(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/caf\xe9.txt", "w") as file:  # noqa: PTH123  # a name that is no text
        file.write("The bridge is closed.")
    (record,) = readers.records([str(tmp_path)])
    assert isinstance(record, Record)
    assert Path(record.path).name == "caf\ufffd.txt"


def test_a_file_too_long_for_one_story_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"The bridge is closed.\n" * (LONGEST // 22 + 1))
    assert names(tmp_path) == [
        ("a.txt", "the file is longer than 16 MB, more than one story; split it, a story a file")
    ]


def test_a_record_without_headline_and_text_is_unreadable() -> None:
    for raw, format in ((b'{"id": "1"}', "jsonl"), (b"[Ads /]", "text"), (b"<html><body></body></html>", "html")):
        with pytest.raises(readers.Unreadable, match="there is neither a headline nor a text in it"):
            readers.draft(Record(raw, format, "-", 1))


def test_a_format_without_a_reader_is_said() -> None:
    with pytest.raises(
        readers.Unreadable, match="the format 'pdf' has no reader; there are csv, html, jsonl, nitf, text"
    ):
        readers.draft(Record(b"", "pdf", "-"))
