import json
from pathlib import Path

import pytest

from index import readers
from index.record import DateClue, Draft, Record


def read(tmp_path: Path, content: bytes | str) -> list[tuple[int | None, Draft | str]]:
    file = tmp_path / "a.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return [
        (r.number, readers.draft(r)) if isinstance(r, Record) else (r.record, r.reason)
        for r in readers.records([str(file)])
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_rows_are_stories_whatever_the_separator_and_encoding(tmp_path: Path, separator: str, encoding: str) -> None:
    rows = (
        ["Title", "Body", "Pub Date"],
        ["Café’s bridge", '"It is closed, she said; for good.\n\nIt is."', "2018-01-24"],
    )
    content = "\r\n".join(separator.join(row) for row in rows)
    assert read(tmp_path, content.encode(encoding)) == [
        (
            1,
            Draft(
                headline="Café’s bridge",
                body="It is closed, she said; for good.\n\nIt is.",
                dates=(DateClue("2018-01-24", "the field pub_date"),),
            ),
        )
    ]


def test_the_raw_record_of_a_row_is_one_json_object(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('title,body,,note\n"A ""bridge""",Closed.,x,\n')
    (record,) = readers.records([str(tmp_path)])
    assert isinstance(record, Record)
    assert json.loads(record.raw) == {"title": 'A "bridge"', "body": "Closed.", "column 3": "x", "note": ""}


def test_a_row_with_missing_or_extra_cells_is_refused_with_its_number_and_the_rest_goes_on(tmp_path: Path) -> None:
    content = 'title,body\nBridge,"Closed,\nfor good"\nDam\nDam,Open,too,much\n\nFerry,Runs\n'
    found = read(tmp_path, content)
    advice = "a cell with a comma, a quotation mark or a line break in it must be quoted"
    assert [number for number, _ in found] == [1, 2, 3, 4]
    assert found[1][1] == f"row 2 (line 4) has 1 cells where the header has 2: {advice}"
    assert found[2][1] == f"row 3 (line 5) has 4 cells where the header has 2: {advice}"
    assert found[3][1] == Draft(headline="Ferry", body="Runs")


def test_a_table_without_a_column_for_headline_or_body_is_refused(tmp_path: Path) -> None:
    assert read(tmp_path, "date,price\n2018,5\n") == [
        (
            None,
            "the first row names no column for a headline or a body; it has date, price: "
            "name one of them headline and one body",
        )
    ]


def test_a_quotation_mark_that_is_never_closed_is_told(tmp_path: Path) -> None:
    content = 'title,body\nBridge,Closed\nDam,"Open\n' + "x" * 1000 + "\n" + "Ferry,Runs\n" * 5
    found = read(tmp_path, content)
    assert [number for number, _ in found] == [1, 2]
    assert found[1][1] == (
        "row 2 (line 3) has a quotation mark that is never closed; the rest of the file was not read"
    )


def test_nul_bytes_do_not_end_a_row(tmp_path: Path) -> None:
    assert read(tmp_path, b"title,body\nBri\x00dge,Closed\n") == [(1, Draft(headline="Bridge", body="Closed"))]


def test_line_ends_of_any_kind_end_a_row(tmp_path: Path) -> None:
    assert [draft for _, draft in read(tmp_path, "title,body\rBridge,Closed\rDam,Open\r")] == [
        Draft(headline="Bridge", body="Closed"),
        Draft(headline="Dam", body="Open"),
    ]
