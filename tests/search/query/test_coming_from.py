"""docs/coming-from.md is true: what others write is understood as it says, and the samples answer as it says."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from search import open_archive
from search.archive import Archive
from search.query import parse
from search.request import Request

_ROOT = Path(__file__).parents[3]
_PAGE = (_ROOT / "docs" / "coming-from.md").read_text(encoding="utf-8")
_NOTES = {"read-as", "ending", "common-words", "star-in-phrase"}


def _rows() -> list[tuple[str, str, str, str, str]]:
    """Return theirs, ours, the question to the samples, its total and its first headline, row by row."""
    found = []
    for line in _PAGE.splitlines():
        cells = [cell.strip() for cell in line.split("|")[1:-1]]
        if line.startswith("| `"):
            theirs, _, ours, asked, total, first = cells
            found.append((theirs.strip("`"), ours, asked.strip("`"), total, first))
    return found


_ROWS = _rows()


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    place = tmp_path_factory.mktemp("coming") / "archive"
    command = [sys.executable, "-m", "index", "add", "samples", "--archive", str(place)]
    subprocess.run(command, cwd=_ROOT, check=True, capture_output=True)
    with open_archive(place) as archive:
        yield archive


@pytest.mark.parametrize(("theirs", "ours"), [row[:2] for row in _ROWS])
def test_what_they_write_is_understood_as_the_page_says(theirs: str, ours: str) -> None:
    if ours == "the same":
        assert {note.kind for note in parse(theirs).diagnostics} <= _NOTES
    elif ours.startswith("`"):
        assert parse(ours.strip("`")).diagnostics == ()
        assert parse(theirs).node != parse(ours.strip("`")).node, "it may say: the same"
    else:
        assert ours.startswith("none: ")


@pytest.mark.parametrize(("asked", "total", "first"), [row[2:] for row in _ROWS if row[2]])
def test_the_samples_answer_as_the_page_says(samples: Archive, asked: str, total: str, first: str) -> None:
    page = samples.search(Request(asked, limit=1))
    assert (str(page.total), page.hits[0].article.headline if page.hits else "") == (total, first)
    assert {note.kind for note in page.diagnostics} <= _NOTES


def test_every_example_names_the_page_it_stands_on_and_every_page_has_one() -> None:
    services = _PAGE.split("\n## ")[1:]
    assert [service.split("\n")[0] for service in services] == ["Factiva", "Lexis", "Trove", "Google News"]
    for service in services:
        named = {
            page for cell in re.findall(r"^\| `[^|]+\| ([^|]+) \|", service, re.MULTILINE) for page in cell.split(", ")
        }
        assert named == set(re.findall(r"^([a-z]): \[", service, re.MULTILINE))
    assert len(_ROWS) > 60
