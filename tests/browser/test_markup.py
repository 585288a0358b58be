from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.browser.conftest import Look
from tests.browser.kinds import KINDS, Kind
from tests.browser.npm import faults


def test_the_html_of_every_page_is_valid(look: Look, npm: Path, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    watched = look(scripts=False)
    for kind in KINDS:
        if kind.draft:
            sent = watched.page.request.post(watched.root + kind.path, multipart={"draft": kind.draft})
        else:
            sent = watched.page.request.get(watched.root + kind.path, max_redirects=0)
        assert sent.status == kind.status, kind
        (pages / f"{kind.name}.html").write_bytes(sent.body())
    assert faults(pages, tmp_path / "verdict.json") == []


def test_a_fault_would_be_found(npm: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text('<!doctype html><html lang="en"><title>A</title><p style="color: red"><b>no</p>')
    found = {fault.rule for fault in faults(tmp_path, tmp_path / "verdict.json")}
    assert {"no-inline-style", "close-order"} <= found


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_no_style_or_script_stands_in_the_page(kind: Kind, look: Look) -> None:
    source = look(scripts=False).see(kind).content()
    assert re.findall(r"<style\b", source) == []
    assert re.findall(r"\sstyle=", source) == []
    assert re.findall(r"\son[a-z]+=", source) == []
    scripts = re.findall(r"<script\b([^>]*)>", source)
    assert [one for one in scripts if "src=" not in one and 'type="application/ld+json"' not in one] == []
