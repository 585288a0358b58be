from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.places import Opening, Pace, drafts, gazetteer_lines, lines, main, openings, paces
from index.record import Draft

pytestmark = pytest.mark.xdist_group("bench")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    written = tmp_path / "stories.jsonl"
    stories = [
        {"headline": "Ferry is late", "body": "PORTLAND, Maine (AP) — The ferry was late again."},
        {"headline": "Bridge closed", "body": "The bridge in Albany is closed.", "source": "Times Union"},
        {"headline": True, "body": "what a headline is not"},
    ]
    written.write_text("".join(json.dumps(story) + "\n" for story in stories), encoding="utf-8")
    return written


def test_every_pass_over_the_stories_is_timed(file: Path) -> None:
    found = paces(drafts([file]), 3)
    assert [pace.name for pace in found][:2] == ["Morgue, papers' homes known", "Morgue, homes unknown"]
    assert all(len(pace.seconds) == 3 and min(pace.seconds) > 0 for pace in found)


def test_ratios_are_of_the_best_passes() -> None:
    ours, theirs = Pace("Morgue, homes unknown", (0.5, 0.25, 0.75)), Pace("geotext", (0.125, 0.25, 0.5))
    stories = [Draft(headline="Ferry is late", body="Nobody waited.")] * 1_000
    assert lines([ours, theirs], stories) == [
        "## Finding the cities of 1,000 stories of 5 words, one core, 3 passes",
        "",
        "| | stories/s, best | stories/s, median | of geotext's rate |",
        "|---|---|---|---|",
        "| Morgue, homes unknown | 4,000 | 2,000 | 0.50 |",
        "| geotext | 8,000 | 4,000 |  |",
    ]


def test_the_gazetteer_is_opened_in_a_process_of_its_own() -> None:
    (found,) = openings(1)
    assert min(found.seconds, found.more) > 0
    assert found.own is not None
    assert found.shared is not None
    assert 0 < found.own < 70_000_000
    assert found.shared > 0


def test_what_the_gazetteer_costs_is_told_by_the_median() -> None:
    found = [Opening(0.25, 0.5, 10_000_000, 5_000_000), Opening(1.0, 2.0, 30_000_000, 9_000_000)]
    file, *others = gazetteer_lines([*found, Opening(0.5, 1.0, 20_000_000, 7_000_000)])[4:]
    assert file.startswith("| its file, MB (compressed) | 14.")
    assert others == [
        "| to open it, s | 0.500 |",
        "| tables and first story, s more | 1.000 |",
        "| memory of the process's own, MB | 20.0 |",
        "| mapped files in memory, shared by processes, MB | 7.0 |",
        "",
    ]
    assert len(gazetteer_lines([Opening(0.5, 1.0, None, None)])) == 8


def test_a_peer_that_is_not_installed_is_named_and_left_out(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr("bench.places._PROCESSES", 1)
    done = CliRunner().invoke(main, [str(file), "--passes", "1"])
    assert done.exit_code == 0
    assert done.stderr == "geotext is not installed and left out: pip install geotext\n"
    assert "Finding the cities of 2 stories" in done.stdout
    assert "geotext's rate" in done.stdout
    assert "| geotext |" not in done.stdout
