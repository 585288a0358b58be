"""`python -m search` as people and programs use it."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

from search import Request, open_archive
from search.__main__ import main
from search.form import page_to_json
from tests.search.test_archive import MAINE, OREGON, story, write


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    write(
        tmp_path,
        story(1, "Cocoa falls", "Cocoa fell in the port.", published="1987-03-04", cities=(OREGON,), source="Ledger"),
        story(2, "Cocoa rises", "Cocoa rose.", published="1987-04-30", cities=(MAINE,), byline="Jane Doe"),
        story(3, "Cocoa again", "", published="1987-05-01"),
    )
    return tmp_path


def run(archive: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--archive", str(archive)])


def test_a_page_reads_from_the_count_to_the_timeline(archive: Path) -> None:
    result = run(archive, "cocoa", "--since", "1987-03", "--until", "1987-04", "--sort", "oldest")
    assert (result.exit_code, result.output.splitlines()[:2]) == (
        0,
        ["2 stories", "Searched for: cocoa, in headline or text, from 1 March 1987 to 30 April 1987"],
    )
    assert "1. Cocoa falls\n   4 March 1987 · Portland, Oregon · Ledger · s1\n" in result.output
    assert "States and regions\n     Maine (1)\n     Oregon (1)\n" in result.output
    assert "Countries" not in result.output
    assert "Cities\n     Portland, Maine (1)\n     Portland, Oregon (1)\n" in result.output
    assert "   1987-03-04           1 █" in result.output


@pytest.mark.parametrize(
    ("table", "text"),
    [("overrides.csv", "story,city,decision\ns1,Portland,about\n"), ("sources.csv", "source,place\nA,Qwxyzzy\n")],
)
def test_a_mistake_in_an_editors_table_keeps_nobody_from_searching(archive: Path, table: str, text: str) -> None:
    (archive / table).write_text(text, encoding="utf-8")
    result = run(archive, "cocoa")
    assert (result.exit_code, result.output.splitlines()[0]) == (0, "3 stories")


def test_json_is_the_form_of_the_same_page(archive: Path) -> None:
    result = run(archive, "cocoa", "--city", "Portland, Maine", "--json")
    with open_archive(archive) as opened:
        page = page_to_json(opened.search(Request("cocoa", cities=("4975802",))))
    assert without_time(json.loads(result.stdout)) == without_time(page)
    assert {"total": 1, "folded": 0, "hits": [hit["id"] for hit in page["hits"]]} == {
        "total": 1,
        "folded": 0,
        "hits": ["s2"],
    }


def without_time(form: dict[str, Any]) -> dict[str, Any]:
    return json.loads(json.dumps({name: value for name, value in form.items() if name != "took_ms"}))  # type: ignore[no-any-return]


def test_a_name_of_several_cities_is_said(archive: Path) -> None:
    result = run(archive, "cocoa", "--city", "Portland")
    assert "Portland is several cities, and all of them are searched" in result.stderr
    assert result.stdout.startswith("2 stories")


def test_a_query_may_begin_with_a_minus(archive: Path) -> None:
    result = CliRunner().invoke(main, ["--archive", str(archive), "--", "-falls"])
    assert (result.exit_code, result.output.splitlines()[0]) == (0, "2 stories")


def test_exit_codes_tell_an_answer_from_a_broken_archive_and_a_wrong_command(
    archive: Path,
) -> None:
    assert run(archive, "zebra").exit_code == 0
    missing = run(archive / "none", "zebra")
    assert (missing.exit_code, missing.stderr.startswith("Error: The archive ")) == (2, True)
    for wrong in (
        ["--since", "soon"],
        ["--sort", "best"],
        ["--city", "Zzyzxville"],
        ["--since", "1990", "--until", "1980"],
    ):
        assert run(archive, "cocoa", *wrong).exit_code == 2


def test_dates_are_read_as_the_newsroom_writes_them(archive: Path) -> None:
    (archive / "settings.toml").write_text('locale = "en-GB"\ntime_zone = "Pacific/Auckland"\n')
    lines = run(archive, "cocoa", "--since", "1/5/1987", "--until", "since 1987").stderr.splitlines()
    assert lines[-1] == (
        "Error: Invalid value for '--until': 'since 1987' was not understood as a date: "
        "it says where a period begins, and one date is wanted here."
    )
    assert run(archive, "cocoa", "--since", "1/5/1987").output.splitlines()[:2] == [
        "1 story",
        "Searched for: cocoa, in headline or text, from 1 May 1987",
    ]
    yesterday = (datetime.now(ZoneInfo("Pacific/Auckland")) - timedelta(days=1)).date()
    assert f"from {yesterday.day} {yesterday:%B %Y}" in run(archive, "cocoa", "--since", "yesterday").output


def test_a_file_in_the_place_of_an_archive_is_said_without_advice_that_cannot_work(archive: Path) -> None:
    place = archive / "settings.toml"
    place.touch()
    said = run(place, "zebra")
    assert (said.exit_code, said.stderr) == (
        2,
        f"Error: {place} is a file, and an archive is a directory; --archive or MORGUE_ARCHIVE names it.\n",
    )


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys; sys.argv = ['search', '--help']\n"
        "import runpy\n"
        "try: runpy.run_module('search', run_name='__main__')\n"
        "except SystemExit as end: assert end.code == 0\n"
        "assert not {'numpy', 'nltk', 'whoosh', 'rich'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)


def test_another_spelling_is_offered(archive: Path) -> None:
    assert run(archive, "cocao").output.splitlines()[:4] == [
        "No stories",
        "Searched for: cocao, in headline or text",
        "Note: No story here has the word “cocao”.",
        "Did you mean: cocoa",
    ]
