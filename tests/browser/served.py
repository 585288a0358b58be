"""The sample archive made and served by the project's own commands, for as long as a test or a command needs it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


def add_samples(archive: Path) -> None:
    """Make an archive of the samples as `make run` does."""
    archive.mkdir()
    (archive / "settings.toml").write_bytes((ROOT / "samples" / "settings.toml").read_bytes())
    _run("index", "add", "samples", "--archive", str(archive))


@contextmanager
def served(archive: Path) -> Iterator[str]:
    """Serve the archive; gives the server's scheme, host and port once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "web", "--archive", str(archive), "--port", str(port), "--workers", "1"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=_environment()) as server:
        try:
            assert server.stdout is not None
            said = server.stdout.readline()
            assert "The archive is open" in said, said
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _run(*command: str) -> None:
    subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=True, capture_output=True, env=_environment())


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "MORGUE_ARCHIVE"}
