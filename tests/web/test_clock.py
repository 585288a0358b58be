"""The parts of an answer's time add up to the whole."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from web.clock import server_timing


def test_a_results_page_tells_where_its_time_went(client: FlaskClient) -> None:
    told = client.get("/search?q=flood", headers={"Accept-Encoding": "gzip"}).headers["Server-Timing"]
    took = r"dur=[0-9]+\.[0-9]{2}"
    assert re.fullmatch(
        rf"engine;dur=0\.75, marking;dur=0\.25, view;{took}, html;{took}, packing;{took}, rest;{took}", told
    )
    assert "Server-Timing" not in client.get("/help").headers


def test_what_nobody_timed_is_the_rest() -> None:
    parts = {"engine": 0.75, "marking": 0.25, "view": 0.5, "html": 0.25, "packing": 0.125}
    assert server_timing(parts, 2.0) == (
        "engine;dur=0.75, marking;dur=0.25, view;dur=0.50, html;dur=0.25, packing;dur=0.12, rest;dur=0.12"
    )


def test_time_that_clocks_disagree_about_is_never_negative() -> None:
    assert server_timing({"engine": 0.75}, 0.5) == "engine;dur=0.75, rest;dur=0.00"
