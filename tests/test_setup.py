"""Setting up: what `make` says when the machine lacks something, and that nothing is done twice."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def make(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run make in the checkout without the flags of a make that may be running this test."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=ROOT,
        env=clean | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def script(path: Path, body: str) -> str:
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_a_machine_without_python_is_told_what_to_install(tmp_path: Path) -> None:
    done = make("setup", f"VENV={tmp_path}/venv", "PYTHON=")
    assert done.returncode != 0
    assert "Morgue needs Python 3.11 or newer, and none was found." in done.stdout


def test_an_old_python_is_named_and_another_asked_for(tmp_path: Path) -> None:
    old = script(tmp_path / "old-python", "exit 1")
    done = make("setup", f"VENV={tmp_path}/venv", f"PYTHON={old}")
    assert done.returncode != 0
    assert f"Morgue needs Python 3.11 or newer; {old} is not." in done.stdout


def test_a_python_without_venv_is_told_which_package_brings_it(tmp_path: Path) -> None:
    lacking = script(tmp_path / "python", 'case "$2" in *venv*) exit 1;; *) exit 0;; esac')
    done = make("setup", f"VENV={tmp_path}/venv", f"PYTHON={lacking}")
    assert done.returncode != 0
    assert "This Python lacks its venv module." in done.stdout


def test_without_a_network_the_first_run_says_so(tmp_path: Path) -> None:
    venv = tmp_path / "venv"
    (venv / "bin").mkdir(parents=True)
    script(venv / "bin" / "python", "exit 1")
    done = make("setup", f"VENV={venv}")
    assert done.returncode != 0
    assert "The requirements could not be installed. The first run needs the network" in done.stdout
    assert not (venv / ".run").exists()


def test_what_is_installed_is_not_installed_again(tmp_path: Path) -> None:
    venv = tmp_path / "venv"
    (venv / "bin").mkdir(parents=True)
    script(venv / "bin" / "python", f"echo installed >> {tmp_path}/log")
    assert make("setup-dev", f"VENV={venv}").returncode == 0
    assert make("setup-dev", f"VENV={venv}").returncode == 0
    assert (tmp_path / "log").read_text(encoding="utf-8") == "installed\ninstalled\n", "once for each of the two lists"
