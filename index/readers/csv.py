"""CSV: tables with a header row, as spreadsheets and databases save them.

The names of the columns are `index.readers.fields`'. The one idea: the separator is the one that makes most known
column names of the header; each row becomes one JSON object, so that a stored row is understood without its file.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

from index.readers.encoding import clean_line, decode, narrow
from index.readers.fields import draft_of_fields, known
from index.readers.jsonl import LONGEST
from index.readers.registry import Origin, Reader, Unreadable
from index.record import Draft, Record, Refusal

_SEPARATORS = (",", ";", "\t", "|")


def _sniff(head: bytes) -> float:
    header = next(iter(decode(head[:4096]).splitlines()), "")
    return 0.95 if len(header) < 2000 and max(_known(header, separator) for separator in _SEPARATORS) >= 2 else 0.0


def _known(header: str, separator: str) -> int:
    """Return how many different known fields the header names when cut at `separator`."""
    names = next(csv.reader([header], delimiter=separator), [])
    return len({known(name) for name in names} - {None})


def _lines(stream: io.BufferedReader) -> Iterator[str]:
    """Yield the lines of a stream as text, each decoded for itself: tables are often pasted from several places."""
    while line := stream.readline(LONGEST):
        text = decode(line).replace("\x00", "").replace("\r\n", "\n")
        yield from text.replace("\r", "\n").splitlines(keepends=True) if "\r" in text else (text,)


def _split(stream: io.BufferedReader, origin: Origin) -> Iterator[Record | Refusal]:
    csv.field_size_limit(LONGEST)
    lines = _lines(narrow(stream))
    header = next(lines, "")
    while header and not header.strip():
        header = next(lines, "")
    separator = max(_SEPARATORS, key=lambda separator: (_known(header, separator), header.count(separator)))
    names = [clean_line(name) for name in next(csv.reader([header], delimiter=separator), [])]
    fields = {known(name) for name in names}
    if not fields & {"headline", "body"}:
        raise Unreadable(
            "the first row names no column for a headline or a body; it has "
            f"{', '.join(names)[:200]}: name one of them headline and one body"
        )
    number = 0
    taken: list[str] = []
    table = csv.reader(_noting(lines, taken), delimiter=separator)
    while True:
        begins = table.line_num + 2
        taken.clear()
        unclosed = False
        try:
            row = next(table)
            unclosed = len(taken) > 1 and _is_unclosed(taken, separator)
        except StopIteration:
            return
        except csv.Error:  # a cell longer than the limit
            unclosed = True
        if unclosed:
            yield Refusal(
                origin.path,
                number + 1,
                f"row {number + 1} (line {begins}) has a quotation mark that is never closed; "
                "the rest of the file was not read",
            )
            return
        if not any(cell.strip() for cell in row):
            continue
        number += 1
        if len(row) != len(names):
            yield Refusal(
                origin.path,
                number,
                f"row {number} (line {begins}) has {len(row)} cells where the header has {len(names)}: "
                "a cell with a comma, a quotation mark or a line break in it must be quoted",
            )
            continue
        cells = {name or f"column {place}": cell for place, (name, cell) in enumerate(zip(names, row, strict=True), 1)}
        raw = json.dumps(cells, ensure_ascii=False).encode("utf-8", "replace")
        yield Record(raw, "csv", origin.path, number, origin.source, origin.modified)


def _noting(lines: Iterator[str], taken: list[str]) -> Iterator[str]:
    for line in lines:
        taken.append(line)
        yield line


def _is_unclosed(lines: list[str], separator: str) -> bool:
    """Say whether a row ends only because its file does."""
    try:
        for _ in csv.reader(lines, delimiter=separator, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _draft(record: Record) -> Draft:
    return draft_of_fields(json.loads(record.raw))


READER = Reader("csv", (".csv", ".tsv"), _sniff, _split, _draft)
