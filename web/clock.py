"""Where the time of a results page goes, part by part, as its header Server-Timing tells it.

Noting only; what takes the time is elsewhere. The one idea: the parts add up to the whole, so whatever nobody timed
shows as the rest and cannot hide.

Format: https://www.w3.org/TR/server-timing/, in milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import perf_counter
from typing import Final, cast

from flask import g

from search.page import Page

#: Finding and counting; fetching the texts shown and marking words in them; making every word, count and address of the
#: page; writing them as HTML; making that small for the way. `REST` is all else: reading the address, headers.
PARTS: Final = ("engine", "marking", "view", "html", "packing")
REST: Final = "rest"


def found(page: Page) -> None:
    """Begin to note where the time of the answer at work goes, `page` being what the archive has found for it."""
    g.parts = {"engine": page.took_ms - page.marking_ms, "marking": page.marking_ms}


@contextmanager
def timed(part: str) -> Iterator[None]:
    """Note the time that something takes as a part of the answer at work, where that is one whose parts are noted."""
    begun = perf_counter()
    try:
        yield
    finally:
        if "parts" in g:
            g.parts[part] = (perf_counter() - begun) * 1000.0


def parts() -> Mapping[str, float] | None:
    """Return what was noted of the answer at work; None where nothing is noted of it."""
    return cast("Mapping[str, float] | None", g.get("parts"))


def server_timing(parts: Mapping[str, float], whole_ms: float) -> str:
    """Return where the time went as the header has it.

    >>> server_timing({"engine": 1.0, "html": 0.25}, 1.5)
    'engine;dur=1.00, html;dur=0.25, rest;dur=0.25'
    """
    rest = max(whole_ms - sum(parts.values()), 0.0)
    noted = [(part, parts[part]) for part in PARTS if part in parts]
    return ", ".join(f"{part};dur={took:.2f}" for part, took in (*noted, (REST, rest)))
