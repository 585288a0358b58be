"""Paths into records: folders walked, globs opened out, `.gz` unpacked, each file given to its reader.

Nothing is understood here. The one idea: one pass, constant memory, and whatever cannot be read is a `Refusal` in its
place with a sentence that says what to do; nothing stops the run.
"""

from __future__ import annotations

import glob
import gzip
import io
import os
import re
import stat
import sys
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

from index.readers.encoding import encoding_of_wide
from index.readers.registry import Origin, Unreadable, choose, formats, readers
from index.record import Record, Refusal

_HEAD = 1 << 16

#: Beginnings of files that hold no story, and what to do with them.
_BINARY = (
    (b"%PDF", "a PDF: save its text (pdftotext) and add that"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture or a sound"),
    (b"PK\x03\x04", "a ZIP or Office file: unpack it, or save the document as text or HTML"),
    (b"\xd0\xcf\x11\xe0", "an old Office file: save the document as text or HTML"),
    (b"{\\rtf", "an RTF document: save it as text or HTML"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
    (b"BZh", "packed with bzip2: unpack it, or pack it with gzip"),
    (b"\xfd7zXZ", "packed with xz: unpack it, or pack it with gzip"),
    (b"(\xb5/\xfd", "packed with zstd: unpack it, or pack it with gzip"),
    (b"7z\xbc\xaf", "a 7-Zip file: unpack it"),
    (b"WARC/", "a web archive (WARC), which is not read yet: extract its pages as HTML"),
)
_XML_ROOT = re.compile(rb"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>[]*>\s*)*+<(?:[\w-]+:)?(\w+)", re.DOTALL)
#: XML that holds stories, by its root element, and what to do with it.
_NOT_READ_YET = {
    **dict.fromkeys((b"rss", b"feed", b"RDF"), "a feed, which is not read yet: save the pages it names and add those"),
    **dict.fromkeys(
        (b"NewsML", b"newsItem", b"newsMessage"),
        "NewsML, which is not read yet: ask the agency for NITF, or save the text",
    ),
}
_NO_STORY = {
    ".css": "a style sheet",
    ".js": "a script",
    ".svg": "a picture",
    ".py": "a program",
    ".toml": "a settings file",
    ".yaml": "a settings file",
    ".yml": "a settings file",
}


def records(
    paths: Iterable[str], *, format: str = "auto", source: str = "", date_from: str | None = None
) -> Iterator[Record | Refusal]:
    """Yield every record of `paths` in a stable order, and a refusal for what cannot be read.

    Args:
        paths: files, folders (read with all below them, hidden ones left out), glob patterns, "-" for standard input.
        format: the reader's name, or "auto" to choose by content and suffix.
        source: the paper the records are from, or "" where they say it themselves.
        date_from: "mtime" to let the files' modification time stand in for a missing date; None not to.

    Raises:
        ValueError: for a format or a `date_from` that does not exist.
    """
    if format != "auto" and format not in formats():
        raise ValueError(f"there is no format {format!r}; choose auto, {', '.join(formats())}")
    if date_from not in (None, "mtime"):
        raise ValueError(f"dates cannot be taken from {date_from!r}; the choice is mtime")
    for path in paths:
        if path == "-":
            yield from _stream(cast(BinaryIO, sys.stdin.buffer), "", Origin("-", source), format)
            continue
        for found in _files(path):
            if isinstance(found, Refusal):
                yield found
            else:
                yield from _file(found, format, source, date_from == "mtime")


def _files(path: str) -> Iterator[Path | Refusal]:
    """Yield the files a path given by the user stands for."""
    place = Path(os.path.abspath(path))  # noqa: PTH100  # resolve() would follow links and rename the story
    if os.path.lexists(place):
        yield from _below(place, ()) if _is_folder(place) else (place,)
        return
    matches = sorted(glob.glob(path, recursive=True)) if glob.has_magic(path) else []  # noqa: PTH207
    if not matches:
        reason = "nothing matches this pattern" if glob.has_magic(path) else "there is no such file or folder"
        yield Refusal(_shown(place), None, f"{reason}; check the spelling")
    for match in matches:
        place = Path(os.path.abspath(match))  # noqa: PTH100
        yield from _below(place, ()) if _is_folder(place) else (place,)


def _below(folder: Path, above: tuple[tuple[int, int], ...]) -> Iterator[Path | Refusal]:
    try:
        status = folder.stat()
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield Refusal(_shown(folder), None, _why(error))
        return
    here = (status.st_dev, status.st_ino)
    if here in above:
        yield Refusal(_shown(folder), None, "this link leads back to a folder above it; it was not followed")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if _is_folder(entry):
            yield from _below(entry, (*above, here))
        elif _is_special(entry):
            # Whoever names a pipe means to write to it; one that merely lies in a folder would be waited on for ever.
            yield Refusal(_shown(entry), None, "this is a pipe, a device or a socket, not a file")
        else:
            yield entry


def _file(path: Path, format: str, source: str, dated: bool) -> Iterator[Record | Refusal]:
    shown = _shown(path)
    try:
        status = path.stat()
        if stat.S_ISSOCK(status.st_mode) or stat.S_ISBLK(status.st_mode):
            yield Refusal(shown, None, "this is a device or a socket, not a file")
            return
        modified = datetime.fromtimestamp(status.st_mtime, UTC).isoformat(timespec="seconds") if dated else None
        with path.open("rb") as stream:
            yield from _stream(stream, path.name, Origin(shown, source, modified), format)
    except OSError as error:
        yield Refusal(shown, None, _why(error))


def _stream(stream: BinaryIO, name: str, origin: Origin, format: str) -> Iterator[Record | Refusal]:
    """Yield the records of one stream; `name` is the file's, or ""."""
    number: int | None = None
    try:
        head, whole = _peek(stream)
        if head.startswith(b"\x1f\x8b"):
            head, whole = _peek(cast(BinaryIO, gzip.GzipFile(fileobj=whole)))
            name = name[:-3] if name.lower().endswith(".gz") else name
        suffix = Path(name).suffix.lower()
        if not head.strip():
            raise Unreadable("the file is empty")
        if format == "auto":
            _refuse_foreign(head, suffix)
            reader = choose(_as_utf8(head), suffix)
        else:
            reader = readers()[format]
        for record in reader.split(whole, origin):
            number = record.number if isinstance(record, Record) else record.record
            yield record
    except Unreadable as error:
        yield Refusal(origin.path, None, error.reason)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        after = f" after record {number}" if number is not None else ""
        yield Refusal(origin.path, None, f"the gzip file is damaged{after} ({error}); pack it again")
    except OSError as error:
        yield Refusal(origin.path, None, _why(error))


def _refuse_foreign(head: bytes, suffix: str) -> None:
    for beginning, what in _BINARY:
        if head.startswith(beginning):
            raise Unreadable(f"this is {what}" if ":" in what else f"this is {what}, not a story")
    root = _XML_ROOT.match(_as_utf8(head))
    if root and root[1] in _NOT_READ_YET:
        raise Unreadable(f"this is {_NOT_READ_YET[root[1]]}")
    if suffix in _NO_STORY:
        raise Unreadable(f"this is {_NO_STORY[suffix]}, not a story; to read it all the same, name a --format")
    if encoding_of_wide(head):
        return
    sample = head[:4096]
    odd = sum(1 for byte in sample if byte < 9 or 13 < byte < 32)
    if odd > 0.1 * len(sample):
        raise Unreadable("this is binary data, not text; to read it all the same, name a --format")


def _as_utf8(head: bytes) -> bytes:
    wide = encoding_of_wide(head)
    text = head.decode(wide, "ignore").encode("utf-8") if wide else head
    return text.removeprefix(b"\xef\xbb\xbf").lstrip()


def _peek(stream: BinaryIO) -> tuple[bytes, io.BufferedReader]:
    """Return the beginning of `stream` and a stream that still holds all of it."""
    head = b""
    while len(head) < _HEAD:
        more = stream.read(_HEAD - len(head))
        if not more:
            break
        head += more
    return head, io.BufferedReader(_Whole(head, stream), _HEAD)


class _Whole(io.RawIOBase):
    """A stream whose beginning has been read already, from its start."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = memoryview(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed knows no length
        if self._head:
            taken = self._head[: len(buffer)]
            self._head = self._head[len(taken) :]
        else:
            taken = memoryview(self._rest.read(len(buffer)))
        buffer[: len(taken)] = taken
        return len(taken)


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112  # Path.is_dir raises where a folder above may not be entered


def _is_special(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except OSError:
        return False  # opening it says why
    return not stat.S_ISREG(mode)


def _shown(path: Path) -> str:
    return os.fsencode(path).decode("utf-8", "replace")


def _why(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "no permission to read it; change its permissions or run as a user who may"
    if isinstance(error, FileNotFoundError):
        return "the link leads nowhere, or the file was removed meanwhile"
    return f"it cannot be read: {error.strerror or error}"
