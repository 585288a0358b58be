"""The digest tells of every story once, when it arrives, and of none again; what goes wrong loses nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from index import Article, Story
from index.embedded import IndexDirectory
from search.__main__ import main
from tests.search.test_archive import OREGON, story, write
from tests.web.links import parse

ROOT = Path(__file__).parents[2]
SEARCHES = """\
address = "https://morgue.example"

[[search]]
name = "Floods"
q = "flood"

[[search]]
name = "Bridges"
q = "bridge"
city = "Portland, Oregon"
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A desk with an archive of eight stories and two saved searches."""
    (tmp_path / "searches.toml").write_text(SEARCHES, "utf-8")
    flood = [story(number, f"Flood {number}", "Water.", published=f"19{90 + number}") for number in range(1, 8)]
    write(tmp_path / "archive", *flood, story(8, "A bridge", "It stands.", cities=(OREGON,)))
    return tmp_path


def digest(desk: Path, *options: str) -> Result:
    searches, archive = str(desk / "searches.toml"), str(desk / "archive")
    return CliRunner().invoke(main, ["--digest", searches, "--archive", archive, *options])


def told(desk: Path, *options: str) -> dict[str, list[str]]:
    """What a digest tells of: ids by the name of the search."""
    result = digest(desk, "--json", *options)
    assert result.exit_code == 0, result.output
    groups: list[dict[str, Any]] = json.loads(result.stdout)["searches"]
    return {group["name"]: [hit["id"] for hit in group["stories"]] for group in groups}


def test_the_first_digest_shows_the_last_few_to_arrive_and_the_second_has_nothing_new(desk: Path) -> None:
    assert told(desk) == {"Floods": ["s7", "s6", "s5", "s4", "s3"], "Bridges": ["s8"]}
    result = digest(desk)
    assert (result.exit_code, result.output) == (
        0,
        "Morgue: nothing new\n\nFloods: nothing new, 7 in all\n\nBridges: nothing new, 1 in all\n",
    )


def test_a_story_is_told_of_when_it_arrives_however_old_it_is(desk: Path) -> None:
    told(desk)
    write(desk / "archive", story(9, "The flood of 1899", "Old water.", published="1899-05-01"))
    result = digest(desk)
    assert result.output.splitlines() == [
        "Morgue: 1 new story in 1 of 2 searches",
        "",
        "Floods: 1 new, 8 in all",
        "Searched for: flood, in headline or text",
        "https://morgue.example/search?q=flood&sort=arrived",
        "",
        "1. The flood of 1899",
        "   1 May 1899 · added 1 January 2026",
        "   Old water.",
        "   https://morgue.example/stories/s9",
        "",
        "Bridges: nothing new, 1 in all",
    ]
    assert told(desk) == {"Floods": [], "Bridges": []}


def test_many_arrivals_are_told_of_all(desk: Path) -> None:
    told(desk)
    write(desk / "archive", *(story(number, f"Flood {number}") for number in range(9, 140)))
    assert told(desk)["Floods"] == [f"s{number}" for number in range(139, 8, -1)]


def test_a_new_version_and_a_copy_of_what_was_there_are_no_news(desk: Path) -> None:
    told(desk)
    again = Story(Article(id="s1", headline="Flood 1, corrected"), 9, 1, "2026-02-01T00:00:00Z", 1)
    copy = Story(Article(id="s10", headline="Flood 2", body="Water."), 10, 10, "2026-02-01T00:00:00Z", 2)
    write(desk / "archive", again, copy)
    assert told(desk) == {"Floods": [], "Bridges": []}


def test_a_rebuilt_archive_goes_on_where_the_last_digest_was(desk: Path) -> None:
    told(desk)
    with IndexDirectory(desk / "archive" / "index").rebuild() as writer:
        for number in (*range(1, 9), 9):
            writer.put(story(number, f"Flood {number}"))
        writer.commit(through=9)
    assert told(desk) == {"Floods": ["s9"], "Bridges": []}


def test_an_archive_made_anew_is_not_taken_for_the_old_one(desk: Path) -> None:
    told(desk)
    kept = (desk / "searches.told.json").read_text("utf-8")
    with IndexDirectory(desk / "archive" / "index").rebuild() as writer:
        writer.put(story(1, "Flood"))
        writer.commit(through=1)
    result = digest(desk)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "was written for another archive, or for one that has since been made anew" in result.stderr
    assert "its last story was s8, number 8 to arrive" in result.stderr
    assert (desk / "searches.told.json").read_text("utf-8") == kept


def test_a_last_story_that_was_removed_is_no_other_archive(desk: Path) -> None:
    told(desk)
    write(desk / "archive", story(9, "A late flood"), remove=("s8",))
    assert told(desk) == {"Floods": ["s9"], "Bridges": []}


def test_a_changed_search_goes_on_and_says_so_and_a_new_one_begins(desk: Path) -> None:
    told(desk)
    write(desk / "archive", story(9, "Fire and flood"))
    changed = SEARCHES.replace('q = "flood"', 'q = "flood OR bridge"') + '[[search]]\nname = "Fires"\nq = "fire"\n'
    (desk / "searches.toml").write_text(changed, "utf-8")
    result = digest(desk)
    assert "Morgue: 1 new story in 1 of 3 searches, 1 search for the first time\n" in result.output
    assert "Floods: 1 new, 9 in all\n" in result.output
    assert "This search was changed; what it would have found before is not listed.\n" in result.output
    assert "Fires: 1 story so far\n" in result.output
    assert "changed" not in digest(desk).output


def test_a_search_left_out_for_a_while_misses_nothing(desk: Path) -> None:
    told(desk)
    (desk / "searches.toml").write_text('[[search]]\nname = "Bridges"\nq = "bridge"\n', "utf-8")
    write(desk / "archive", story(9, "Flood 9"))
    assert told(desk) == {"Bridges": []}
    (desk / "searches.toml").write_text(SEARCHES, "utf-8")
    assert told(desk) == {"Floods": ["s9"], "Bridges": []}


def test_what_a_search_could_not_mean_is_said_in_its_group(desk: Path) -> None:
    (desk / "searches.toml").write_text('[[search]]\nname = "Floods"\nq = \'flood "\'\n', "utf-8")
    lines = digest(desk).output.splitlines()
    assert lines[2:5] == [
        "Floods: 7 stories so far, the last 5 to arrive",
        "Searched for: flood, in headline or text",
        "Note: A quotation mark has no partner, so it was passed over.",
    ]


def test_a_mistake_in_the_file_stops_before_anything_is_told(desk: Path) -> None:
    told(desk)
    write(desk / "archive", story(9, "Flood 9"))
    (desk / "searches.toml").write_text(SEARCHES.replace("Portland, Oregon", "Zzyzxopolis"), "utf-8")
    result = digest(desk)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"Error: {desk / 'searches.toml'}, line 10: no city is called “Zzyzxopolis”." in result.stderr
    (desk / "searches.toml").write_text(SEARCHES, "utf-8")
    assert told(desk)["Floods"] == ["s9"]


def test_peeking_changes_nothing(desk: Path) -> None:
    assert told(desk, "--peek") == told(desk, "--peek") == told(desk)
    write(desk / "archive", story(9, "Flood 9"))
    assert told(desk, "--peek")["Floods"] == told(desk)["Floods"] == ["s9"]
    assert told(desk)["Floods"] == []


def test_what_could_not_be_printed_is_told_again(desk: Path) -> None:
    told(desk)
    write(desk / "archive", *(story(number, f"Flood {number}", "Water. " * 40) for number in range(9, 80)))
    command = [sys.executable, "-m", "search", "--digest", str(desk / "searches.toml")]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*command, "--archive", str(desk / "archive")],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert "nothing counts as told: No space left on device." in done.stderr
    lost = digest(desk, "--html", str(desk / "nowhere" / "digest.html"))
    assert (lost.exit_code, "nothing counts as told" in lost.stderr) == (1, True)
    assert len(told(desk)["Floods"]) == 71


def test_a_memory_that_cannot_be_written_is_said_and_the_stories_come_again(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, os.strerror(13), str(target))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refuse)
        result = digest(desk)
    assert (result.exit_code, "Floods: 7 stories so far" in result.stdout) == (1, True)
    assert "cannot be written (Permission denied), so the next digest will tell of these stories again" in result.stderr
    assert told(desk)["Floods"] == ["s7", "s6", "s5", "s4", "s3"]


@pytest.mark.parametrize("text", ["", "{}", '{"last": null, "searches": {"Floods": 3}}', "[1]"])
def test_a_damaged_memory_is_not_guessed_over(desk: Path, text: str) -> None:
    (desk / "searches.told.json").write_text(text, "utf-8")
    result = digest(desk)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "searches.told.json is damaged, so it cannot be said what was told already." in result.stderr


def test_a_digest_of_an_archive_that_is_not_there_could_not_run(desk: Path) -> None:
    (desk / "archive").rename(desk / "elsewhere")
    result = digest(desk)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: The archive ")


def test_an_empty_archive_has_nothing_yet_and_its_first_stories_are_news(tmp_path: Path) -> None:
    (tmp_path / "searches.toml").write_text(SEARCHES, "utf-8")
    write(tmp_path / "archive")
    assert "Floods: nothing yet\n" in digest(tmp_path).output
    write(tmp_path / "archive", story(1, "Flood 1"))
    assert told(tmp_path) == {"Floods": ["s1"], "Bridges": []}


def test_the_html_says_the_same_and_nothing_gets_through_unescaped(desk: Path) -> None:
    told(desk)
    hostile = "<script>alert(1)</script> flood & “more”"
    write(desk / "archive", story(9, hostile, "A flood came.", section="<b>"))
    page = desk / "digest.html"
    assert digest(desk, "--html", str(page)).exit_code == 0
    document = parse(page.read_text("utf-8").replace("<br>", "").replace("<!doctype html>", ""))
    assert document.text("h1") == ["Morgue: 1 new story in 1 of 2 searches"]
    assert document.text("h2") == ["Floods: 1 new, 8 in all", "Bridges: nothing new, 1 in all"]
    assert document.links == ["https://morgue.example/search?q=flood&sort=arrived", "https://morgue.example/stories/s9",
                              "https://morgue.example/search?q=bridge&city=5746545&sort=arrived"]  # fmt: skip
    assert document.text("b") == [hostile]
    assert document.text("mark") == ["flood"]
    assert document.all("script") == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["flood", "--digest", "x.toml"], "QUERY cannot be given, too"),
        (["--digest", "x.toml", "--city", "Portland"], "--city cannot be given, too"),
        (["--peek", "flood"], "--html and --peek go with --digest"),
    ],
)
def test_what_has_no_meaning_beside_it_is_refused(arguments: list[str], said: str) -> None:
    result = CliRunner().invoke(main, arguments)
    assert (result.exit_code, said in result.stderr) == (2, True)
