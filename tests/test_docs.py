"""The documentation tells the truth: its commands run, print what it says they print, and its links lead somewhere.

In the README and in docs/, a block marked `console` holds commands after `$ ` and what they print. `…` alone on a line
stands for lines left out, and inside a line for text left out. Commands of `make` and the server are tried elsewhere
(test_setup, web/) and only looked at here.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
NOT_RUN_HERE = ("make ", "git ", "python -m web", "python -m bench", "pip ", ". ", "cd ", "python -m index add ~")

_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Example:
    command: str
    printed: str


def examples(page: Path) -> list[Example]:
    found = []
    for block in _BLOCK.findall(page.read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            found.append(Example(command, printed.rstrip()))
    return found


def pattern(printed: str) -> str:
    lines = [
        r"(?:.*\n)*?" if line.strip() == "…" else re.escape(line.rstrip()).replace("…", ".*") + r"[ ]*\n"
        for line in printed.splitlines()
    ]
    return "".join(lines)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_of_the_page_runs_and_prints_what_the_page_says(page: Path, tmp_path: Path) -> None:
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    environment = {name: value for name, value in os.environ.items() if name != "MORGUE_ARCHIVE"}
    environment |= {"PYTHONPATH": str(ROOT), "COLUMNS": "120", "LC_ALL": "C.UTF-8"}
    told = [example for example in examples(page) if not example.command.startswith(NOT_RUN_HERE)]
    if any("sample-archive" in example.command for example in told):
        told.insert(0, Example("python -m index add samples --archive sample-archive", "…"))
    for example in told:
        command = example.command.replace("python -m", f"{shlex.quote(sys.executable)} -m", 1)
        done = subprocess.run(
            ["bash", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{example.command}\n{done.stderr}"
        printed = (done.stdout or done.stderr).rstrip() + "\n"
        if example.printed:
            assert re.fullmatch(pattern(example.printed), printed), f"{example.command} prints:\n{printed}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_the_page_leads_to_a_file_of_the_project(page: Path) -> None:
    targets = {target.split("#")[0] for target in _LINK.findall(page.read_text(encoding="utf-8"))}
    local = {target for target in targets if target and not target.startswith(("http://", "https://"))}
    assert {target for target in local if not (page.parent / target).exists()} == set()
