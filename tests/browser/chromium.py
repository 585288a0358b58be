"""A Chromium to test with, and what it says while it looks at a page.

Where the browser is, how it is started, and a page whose console, whose requests and whose refusals by the content
security policy are written down; no claims. The one idea: a page is at fault when the browser complains, whatever else
the test was about, so every test of this room looks through a page that remembers its complaints.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

    from tests.browser.kinds import Kind

Scheme = Literal["light", "dark"]

NAMES = ("chromium", "chromium-browser", "google-chrome")

#: As root a browser has no sandbox; and it is to talk to the pages under test and to nobody else.
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
)

DESK = (1280, 900)
PHONE = (390, 844)

#: A desk of 1280 px at a zoom of 400 % is this wide (WCAG 2.2, 1.4.10).
ZOOMED = (320, 256)


def executable() -> Path | None:
    """Return the browser of this machine (`MORGUE_CHROMIUM` names another); None where there is none."""
    named = os.environ.get("MORGUE_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, NAMES)), None)
    return Path(found) if found and Path(found).exists() else None


@contextmanager
def started(program: Path) -> Iterator[Browser]:
    """Start the browser, and end it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(SWITCHES))
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Watched:
    """A page that looks at `root`, and what the browser complained of.

    Attributes:
        page: Playwright's page.
        root: scheme, host and port of the server under test.
        complaints: errors and warnings of the console, exceptions of scripts, requests to other places and requests
            that failed, in words; empty for a page without fault.
        requests: addresses fetched, in order.
    """

    page: Page
    root: str
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.complaints.append(f"exception: {error}"))
        self.page.on("request", self._asked)
        self.page.on("requestfailed", self._failed)

    def go(self, path: str, status: int = 200) -> Page:
        """Open an address of the server and return the page; fails unless it answers with `status`."""
        answer = self.page.goto(self.root + path)
        assert answer is not None
        assert answer.status == status, (path, answer.status)
        return self.page

    def see(self, kind: Kind) -> Page:
        """Open a page of that kind and return it, its draft sent where it takes one."""
        page = self.go(kind.path, kind.status)
        if kind.draft:
            page.locator("textarea").fill(kind.draft)
            page.locator("form.draft button").click()
            page.locator("#stories").wait_for()
        return page

    @property
    def path(self) -> str:
        """Where the page is: its address without the server."""
        return self.page.url.removeprefix(self.root)

    def _said(self, message: ConsoleMessage) -> None:
        # An error page is one that the test asked for: `go` has compared its status.
        of_the_page = message.location["url"] == self.page.url and "Failed to load resource" in message.text
        if message.type in ("error", "warning") and not of_the_page:
            self.complaints.append(f"{message.type}: {message.text}")

    def _asked(self, request: Request) -> None:
        self.requests.append(request.url)
        if f"{urlsplit(request.url).scheme}://{urlsplit(request.url).netloc}" != self.root:
            self.complaints.append(f"asked elsewhere: {request.url}")

    def _failed(self, request: Request) -> None:
        # Leaving a page ends what it was still asking for.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"failed: {request.url}: {request.failure}")


@contextmanager
def watched(
    browser: Browser,
    root: str,
    size: tuple[int, int] = DESK,
    scheme: Scheme = "light",
    scripts: bool = True,
    touch: bool = False,
) -> Iterator[Watched]:
    """Open an empty page with no memory of others.

    Args:
        browser: a browser that runs.
        root: scheme, host and port of the server.
        size: width and height of the window in CSS pixels.
        scheme: the colours that the reader prefers.
        scripts: whether scripts run.
        touch: whether the screen is touched; no pointer hovers over it then.
    """
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,
        java_script_enabled=scripts,
        has_touch=touch,
        is_mobile=touch,
        locale="en-US",
        timezone_id="America/New_York",
        reduced_motion="reduce",
    )
    context.set_default_timeout(10_000)
    try:
        yield Watched(context.new_page(), root)
    finally:
        context.close()
