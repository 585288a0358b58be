"""`python -m tests.browser.weights`: what every kind of page costs to fetch: requests, bytes, time to the first byte.

The bound is `test_weight.py`'s; here are the figures for docs/serving.md. Each page is fetched by a browser that has
never been here. Time is from the request to the first byte of the answer, the least of several, so that what else the
machine is doing counts little.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import click
from playwright.sync_api import Browser, Response

from tests.browser.chromium import executable, started, watched
from tests.browser.kinds import KINDS, Kind
from tests.browser.served import add_samples, served

_FIRST_BYTE = """() => {
  const [page] = performance.getEntriesByType("navigation");
  return page.responseStart - page.requestStart;
}"""


@dataclass(frozen=True, slots=True)
class Weight:
    """What one page costs: requests made, bytes over the wire with headers, and milliseconds to the first byte."""

    requests: int
    whole: int
    page: int
    first_byte: float


def weight(browser: Browser, root: str, kind: Kind) -> Weight:
    """Return what a page of that kind costs; the site's icon, which a browser keeps for all pages, is no request."""
    answers: list[Response] = []
    with watched(browser, root) as look:
        look.page.on("response", lambda answer: answers.append(answer))
        page = look.see(kind)
        page.wait_for_load_state("networkidle")
        fetched = [answer for answer in answers if not answer.url.endswith("/static/icon.svg")]
        sizes = [size(answer) for answer in fetched]
        return Weight(len(fetched), sum(sizes), sizes[0], float(page.evaluate(_FIRST_BYTE)))


def size(answer: Response) -> int:
    """Return the bytes of an answer as they came over the wire, headers and all."""
    sizes = answer.request.sizes()
    return sizes["responseHeadersSize"] + sizes["responseBodySize"]


@click.command()
@click.option("--each", default=5, show_default=True, help="How often each page is fetched.")
def main(each: int) -> None:
    """Print a table of what the pages of the samples cost."""
    program = executable()
    if program is None:
        raise click.ClickException("There is no Chromium here. Install it (Debian: apt install chromium).")
    click.echo("| page | requests | page, kB | with style and script, kB | first byte, ms |\n|---|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as scratch:
        archive = Path(scratch) / "archive"
        add_samples(archive)
        with served(archive) as root, started(program) as browser:
            for kind in (kind for kind in KINDS if not kind.draft):
                found = [weight(browser, root, kind) for _ in range(each)]
                first = min(one.first_byte for one in found)
                one = found[-1]
                click.echo(
                    f"| {kind.name} | {one.requests} | {one.page / 1000:.1f} | {one.whole / 1000:.1f} | {first:.0f} |"
                )


if __name__ == "__main__":
    main(prog_name="python -m tests.browser.weights")
