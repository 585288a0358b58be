from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import watched
from tests.browser.kinds import KINDS, Kind
from tests.browser.npm import faults


@dataclass(frozen=True, slots=True)
class Sent:
    """A page as the server sends it, and the content security policy that comes with it."""

    text: str
    policy: str


@pytest.fixture(scope="module")
def sources(browser: Browser, root: str) -> dict[str, Sent]:
    """The pages as the server sends them, by the name of their kind."""
    sources = {}
    with watched(browser, root, scripts=False) as look:
        for kind in KINDS:
            if kind.draft:
                sent = look.page.request.post(root + kind.path, multipart={"draft": kind.draft})
            else:
                sent = look.page.request.get(root + kind.path, max_redirects=0)
            assert sent.status == kind.status, kind
            sources[kind.name] = Sent(sent.text(), sent.headers["content-security-policy"])
    return sources


def test_the_html_of_every_page_is_valid(sources: dict[str, Sent], npm: Path, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for name, source in sources.items():
        (pages / f"{name}.html").write_text(source.text, "utf-8")
    assert faults(pages, tmp_path / "verdict.json") == []


def test_a_fault_would_be_found(npm: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text('<!doctype html><html lang="en"><title>A</title><p style="color: red"><b>no</p>')
    found = {fault.rule for fault in faults(tmp_path, tmp_path / "verdict.json")}
    assert {"no-inline-style", "close-order"} <= found


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_policy_of_every_page_lets_nothing_in_from_elsewhere_and_nothing_inline(
    kind: Kind, sources: dict[str, Sent]
) -> None:
    allowed = dict(rule.split(" ", 1) for rule in sources[kind.name].policy.split("; "))
    assert allowed["default-src"] == "'none'"
    assert set(allowed.values()) == {"'none'", "'self'"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_no_style_or_script_stands_in_the_page(kind: Kind, sources: dict[str, Sent]) -> None:
    source = sources[kind.name].text
    assert re.findall(r"<style\b", source) == []
    assert re.findall(r"\sstyle=", source) == []
    assert re.findall(r"\son[a-z]+=", source) == []
    scripts = re.findall(r"<script\b([^>]*)>", source)
    assert [one for one in scripts if "src=" not in one and 'type="application/ld+json"' not in one] == []
