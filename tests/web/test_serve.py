"""Serving says in one sentence what keeps it from serving, and otherwise serves."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from werkzeug.security import check_password_hash

from web.__main__ import main
from web.app import CONTENT_SECURITY_POLICY
from web.serve import is_loopback

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("archive") / "morgue"
    story = (
        '{"id": "b1", "headline": "Bridge closed", "body": "PORTLAND, Maine — It shut.", "published": "2010-01-27"}\n'
    )
    command = [sys.executable, "-m", "index", "add", "-", "--format", "jsonl", "--archive", str(place)]
    subprocess.run(command, input=story.encode(), cwd=ROOT, check=True, capture_output=True)
    return place


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def refused(*arguments: str) -> str:
    answer = subprocess.run([sys.executable, "-m", "web", *arguments], cwd=ROOT, capture_output=True, text=True)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert len(answer.stderr.splitlines()) == 1
    return answer.stderr.strip()


@pytest.fixture
def server(archive: Path, port: int) -> Iterator[tuple[str, str]]:
    command = [sys.executable, "-m", "web", "--archive", str(archive), "--port", str(port), "--workers", "1"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield f"http://127.0.0.1:{port}", process.stdout.readline().strip()
        process.terminate()
        assert process.wait(20) == 0


def test_the_address_is_printed_once_the_pages_answer(server: tuple[str, str]) -> None:
    address, printed = server
    assert printed == f"The archive is open at {address} (Ctrl+C closes it)."
    with urllib.request.urlopen(f"{address}/search?q=bridge") as answer:
        assert "Bridge" in answer.read().decode()


def test_an_overlong_question_is_told_so_by_a_page(server: tuple[str, str]) -> None:
    address, _ = server
    with urllib.request.urlopen(f"{address}/search?q={'bridge+' * 900}") as answer:
        assert "The query has more than 2000 characters. The rest was cut off." in answer.read().decode()


def test_an_overlong_address_is_told_so_in_our_words(server: tuple[str, str]) -> None:
    address, _ = server
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{address}/search?q={'a' * 8200}")
    assert refused.value.code == 414
    assert refused.value.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert "<h1>That address is too long</h1>" in refused.value.read().decode()


def test_an_archive_that_is_not_there_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "nowhere"
    assert str(missing) in refused("--archive", str(missing))


def test_a_port_that_is_taken_is_named(archive: Path, port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        assert refused("--archive", str(archive), "--port", str(port)) == (
            f"Port {port} is taken: another program listens there. Stop it, or choose another: "
            f"--port {port + 1}, or make run PORT={port + 1}."
        )


def test_a_host_that_is_not_here_is_named(archive: Path, port: int) -> None:
    assert refused("--archive", str(archive), "--port", str(port), "--host", "192.0.2.1") == (
        "192.0.2.1 is no address of this machine. Give --host one that is, or leave it out."
    )


def test_a_locale_nobody_knows_is_named(archive: Path, tmp_path: Path, port: int) -> None:
    settings = archive / "settings.toml"
    written = settings.read_text("utf-8")
    try:
        settings.write_text(re.sub(r'(?m)^locale = ".*"$', 'locale = "xx-YY"', written), "utf-8")
        assert "xx-YY" in refused("--archive", str(archive), "--port", str(port))
    finally:
        settings.write_text(written, "utf-8")


def test_a_password_is_hashed_for_the_settings() -> None:
    printed = CliRunner().invoke(main, ["--hash-password"], input="hot metal\n").output
    (hashed,) = re.findall(r'password_hash = "(.+)"', printed)
    assert check_password_hash(hashed, "hot metal")


def test_help_loads_nothing_heavy() -> None:
    loaded = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "web", "--help"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stderr
    assert not [
        name for name in ("flask", "numpy", "babel", "nltk", "gunicorn") if re.search(rf"\| +{name}$", loaded, re.M)
    ]


@pytest.mark.parametrize(
    ("host", "alone"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False)]
)
def test_loopback_is_known(host: str, alone: bool) -> None:
    assert is_loopback(host) is alone
