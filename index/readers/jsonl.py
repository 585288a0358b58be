"""JSON: one object a line, or one array of objects, or objects one after the other.

The names of the fields are `index.readers.fields`'. The one idea: lines are cut without being parsed, so that one bad
line costs one line.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

from index.readers.encoding import clean, decode, narrow
from index.readers.fields import draft_of_fields
from index.readers.registry import Origin, Reader, Unreadable
from index.record import Draft, Record, Refusal

#: A longer record is refused: no story is as long, and memory is not endless.
LONGEST = 16 * 1024 * 1024

_CHUNK = 1 << 16


def _sniff(head: bytes) -> float:
    if not head.startswith((b"{", b"[")):
        return 0.0
    first = head.split(b"\n", 1)[0].strip()
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return 0.9 if head[1:].lstrip().startswith((b'"', b"{")) else 0.1
    return 1.0


def _split(stream: io.BufferedReader, origin: Origin) -> Iterator[Record | Refusal]:
    stream = narrow(stream)
    head = stream.peek(4096)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    whole = start.startswith(b"[") or (start.startswith(b"{") and not _is_object(start.split(b"\n", 1)[0], len(head)))
    return _values(stream, origin) if whole else _lines(stream, origin)


def _is_object(line: bytes, seen: int) -> bool:
    """Say whether a first line is an object of its own; a line longer than what was seen is taken for one."""
    if len(line) >= seen - 4:
        return True
    try:
        json.loads(decode(line))
    except (ValueError, RecursionError):
        return line.rstrip().endswith(b"}")
    return True


def _lines(stream: io.BufferedReader, origin: Origin) -> Iterator[Record | Refusal]:
    number = 0
    while line := stream.readline(LONGEST + 1):
        number += 1
        if len(line) > LONGEST:
            while line and not line.endswith(b"\n"):
                line = stream.readline(LONGEST)
            yield Refusal(origin.path, number, f"line {number} is longer than {LONGEST >> 20} MB: no story is as long")
            continue
        raw = line.strip()
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        if raw:
            yield Record(raw, "jsonl", origin.path, number, origin.source, origin.modified)


def _values(stream: io.BufferedReader, origin: Origin) -> Iterator[Record | Refusal]:
    """Yield the objects of an array, or of a file of objects that span lines, reading a chunk at a time."""
    text = io.TextIOWrapper(stream, "utf-8-sig", "surrogateescape")
    find = json.JSONDecoder(strict=False).raw_decode
    held, number, ended = "", 0, False
    wanted = _CHUNK
    while True:
        held = held.lstrip(" \t\r\n,[") if number else held.lstrip(" \t\r\n[")
        if held.startswith("]"):
            held = held[1:].lstrip()
        if held:
            try:
                _, end = find(held)
            except RecursionError:
                yield _broken_off(origin, number + 1, "is nested too deeply")
                return
            except ValueError as error:
                if ended or len(held) > LONGEST:
                    yield _broken_off(origin, number + 1, f"is no JSON ({error})")
                    return
            else:
                if ended or end < len(held):
                    number += 1
                    raw = held[:end].encode("utf-8", "surrogateescape")
                    yield Record(raw, "jsonl", origin.path, number, origin.source, origin.modified)
                    held, wanted = held[end:], _CHUNK
                    continue
        if ended:
            return
        more = text.read(wanted)
        wanted *= 2
        ended = not more
        held += more


def _broken_off(origin: Origin, number: int, what: str) -> Refusal:
    return Refusal(origin.path, number, f"object {number} {what}; the rest of the file was not read")


#: Controls within texts are let in, and cleaned away.
_understood = json.JSONDecoder(strict=False).decode


def _draft(record: Record) -> Draft:
    try:
        given = _understood(decode(record.raw))
    except json.JSONDecodeError as error:
        raise Unreadable(f"it is no JSON: {error.msg}, at character {error.pos + 1}") from error
    except ValueError as error:  # Python's own limit on the digits of a number
        raise Unreadable("a number in it has thousands of digits; write it in quotes") from error
    except RecursionError as error:
        raise Unreadable("it is nested too deeply") from error
    if not isinstance(given, dict):
        raise Unreadable(f"it is no JSON object but {clean(json.dumps(given))[:40]}; each story is one {{…}}")
    return draft_of_fields(given)


READER = Reader("jsonl", (".jsonl", ".ndjson", ".json", ".jl"), _sniff, _split, _draft)
