"""How much a page weighs, as a browser that has never been here fetches it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.kinds import KINDS, Kind
from tests.browser.weights import weight

#: Bytes of a page with its style and its script, as they come over the wire.
MOST_BYTES = 60_000
MOST_REQUESTS = 3

#: Whole stories, up to a hundred of them: their text is what the page is for.
UNBOUNDED = ("clippings",)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not kind.draft], ids=lambda kind: kind.name)
def test_a_page_is_three_requests_and_light(kind: Kind, browser: Browser, root: str) -> None:
    found = weight(browser, root, kind)
    assert found.requests <= MOST_REQUESTS
    if kind.name not in UNBOUNDED:
        assert found.whole < MOST_BYTES
