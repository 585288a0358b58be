"""One server and one browser for each worker of the suite, and a fresh page for each test.

Where the machine lacks the browser, or what npm brings, the tests that need it are skipped with the reason; under
`CI=true` they fail instead, so that nothing is left untested unnoticed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.chromium import Watched, executable, started, watched
from tests.browser.npm import NPM
from tests.browser.served import add_samples, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

#: Opens a page: `look(scheme="dark", size=PHONE)`; see `tests.browser.chromium.watched`.
Look = Callable[..., Watched]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep each file on one worker, which starts one browser for all that it is given of this room."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.xdist_group(f"browser-{item.path.stem}"))


def lacking(reason: str) -> None:
    """Pass over a test for what the machine lacks; under CI, fail."""
    if os.environ.get("CI", "").lower() in ("true", "1"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    program = executable()
    if program is None:
        lacking("browser tests need Chromium (Debian: apt install chromium; or MORGUE_CHROMIUM=/path/to/chrome)")
    assert program is not None
    with started(program) as browser:
        yield browser


@pytest.fixture(scope="package")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("browser") / "archive"
    add_samples(place)
    return place


@pytest.fixture(scope="package")
def root(archive: Path) -> Iterator[str]:
    with served(archive) as address:
        yield address


@pytest.fixture
def look(browser: Browser, root: str) -> Iterator[Look]:
    """Open pages, and fail when the browser complained about one of them."""
    pages: list[Watched] = []
    with ExitStack() as open_pages:

        def opened(**how: Any) -> Watched:
            pages.append(open_pages.enter_context(watched(browser, root, **how)))
            return pages[-1]

        yield opened
    assert [complaint for page in pages for complaint in page.complaints] == []


@pytest.fixture(scope="package")
def npm() -> Path:
    """The folder of what npm brings: axe-core and html-validate."""
    if not (NPM / "axe-core").is_dir():
        lacking("axe-core and html-validate are not there (they need npm: apt install nodejs npm; then make test)")
    return NPM
