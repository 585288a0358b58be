"""Where the time of a results page goes, part by part.

    python -m bench --stories 200000 --engines morgue --keep archives      # makes the archive
    python -m tests.web.timing archives/200000/morgue --stories 200000

Asks the questions of `bench.questions` in this process, through the whole application and as browsers ask, and reads
the header Server-Timing that every results page carries (`web.clock` tells the parts). The one idea: what a reader
waits for is measured where it is spent, so the parts add up to the page. Each question is asked once uncounted, then
`--repeats` times; medians over a class.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from statistics import median

import click

from bench.corpus import Corpus
from bench.questions import Question, draw
from search import open_archive
from web import create_app
from web.clock import PARTS, REST

_PART = re.compile(r"(\w+);dur=([0-9.]+)")

#: What browsers take, in the order of what they say.
_TAKEN = {"Accept-Encoding": "gzip, deflate, br, zstd"}

#: What is held against the engine: marking with the template, and with all that is made for the template.
RATIOS = {"(marking + html) / engine": ("marking", "html"), "with view": ("marking", "view", "html")}


def query(question: Question) -> list[tuple[str, str]]:
    """Return what a question is in the address of a results page."""
    pairs = [("q", question.typed)] if question.words else []
    pairs += [("city", key) for key in question.cities]
    pairs += [("since", question.since.isoformat())] if question.since else []
    pairs += [("until", question.until.isoformat())] if question.until else []
    return pairs + ([("sort", "newest")] if question.newest and question.words else [])


def timing(header: str) -> dict[str, float]:
    """Return the milliseconds of a header Server-Timing by their names.

    >>> timing("engine;dur=1.20, html;dur=3.40")
    {'engine': 1.2, 'html': 3.4}
    """
    return {name: float(took) for name, took in _PART.findall(header)}


def line(kind: str, pages: Sequence[dict[str, float]]) -> str:
    """Return the row of a table: the median of each part, of the whole, and of what is held against the engine."""
    middle = [median(page[name] for page in pages) for name in (*PARTS, REST)]
    middle.append(median(sum(page.values()) for page in pages))
    shares = [median(sum(page[name] for name in names) / page["engine"] for page in pages) for names in RATIOS.values()]
    return "| " + " | ".join([kind, *(f"{took:.2f}" for took in middle), *(f"{share:.1f}" for share in shares)]) + " |"


@click.command()
@click.argument("archive", type=click.Path(exists=True))
@click.option(
    "--stories", default=20_000, show_default=True, help="Stories of the bench's archive, to draw words from."
)
@click.option("--each", default=6, show_default=True, help="Questions of each class.")
@click.option("--repeats", default=7, show_default=True, help="Counted repeats of each question.")
def main(archive: str, stories: int, each: int, repeats: int) -> None:
    """Print a table of where the time of results pages goes."""
    with open_archive(archive) as opened:
        client = create_app(opened).test_client()
        took: dict[str, list[dict[str, float]]] = defaultdict(list)
        sizes: list[int] = []
        for question in draw(Corpus(stories), each):
            for repeat in range(repeats + 1):
                answer = client.get("/search", query_string=query(question), headers=_TAKEN, follow_redirects=True)
                if answer.status_code != 200:
                    raise click.ClickException(f"{answer.request.path} answered {answer.status_code}")
                if repeat:
                    took[question.kind].append(timing(answer.headers["Server-Timing"]))
            sizes.append(len(answer.data))
    heads = ["class", *PARTS, REST, "all", *RATIOS]
    click.echo(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    for kind, pages in took.items():
        click.echo(line(kind, pages))
    click.echo(line("**all**", [page for kind in took.values() for page in kind]))
    click.echo(
        f"\nMilliseconds, medians. A page has {median(sizes) / 1000:.0f} kB on the way (median; "
        f"{max(sizes) / 1000:.0f} at most)."
    )


if __name__ == "__main__":
    main()
