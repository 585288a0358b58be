"""How much a page weighs, as a browser that has never been here fetches it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Response

from tests.browser.conftest import Look
from tests.browser.kinds import KINDS, Kind

#: Bytes of a page with its style and its script, as they come over the wire.
MOST_BYTES = 60_000
MOST_REQUESTS = 3

#: Whole stories, up to a hundred of them: their text is what the page is for.
UNBOUNDED = ("clippings",)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not kind.draft], ids=lambda kind: kind.name)
def test_a_page_is_three_requests_and_light(kind: Kind, look: Look) -> None:
    watched = look()
    answers: list[Response] = []
    watched.page.on("response", lambda answer: answers.append(answer))
    watched.see(kind).wait_for_load_state("networkidle")
    fetched = [answer.url for answer in answers if not answer.url.endswith("/static/icon.svg")]
    assert len(fetched) <= MOST_REQUESTS, fetched
    if kind.name not in UNBOUNDED:
        assert sum(sizes(answer) for answer in answers) < MOST_BYTES


def sizes(answer: Response) -> int:
    """Return the bytes of an answer as they came over the wire, headers and all."""
    sizes = answer.request.sizes()
    return sizes["responseHeadersSize"] + sizes["responseBodySize"]
