"""The guide to serving is right about the addresses and their parameters."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search.request import PAGE_FACETS
from web.openapi import parameters

GUIDE = (Path(__file__).parents[2] / "docs" / "serving.md").read_text(encoding="utf-8")

#: Each word between backquotes in the first cell of a row, and in all of the rows of addresses.
FIRST = [name for row in re.findall(r"^\| (`.*?) \|", GUIDE, re.MULTILINE) for name in re.findall(r"`([^`]+)`", row)]
ADDRESSES = sorted(set(re.findall(r"`(/[^`]*)`", GUIDE)))


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_the_guide_names_answers(client: FlaskClient, address: str) -> None:
    asked = address.replace("<id>", "bridge-1").replace("<slug>", "portland-oregon")
    asked = asked.replace("<source>", "the-harbor-light")
    answer = client.get(asked + "?id=bridge-1" * asked.endswith("/related"), follow_redirects=True)
    assert answer.status_code == 200


def test_every_page_is_in_the_guide(client: FlaskClient) -> None:
    routes = {rule.rule for rule in client.application.url_map.iter_rules()}
    apart = {"/static/<path:filename>", "/opensearch.xml", "/robots.txt", "/stories/<id>/<slug>"}
    apart |= {route for route in routes if route.startswith("/sitemap")}
    known = {address.partition("?")[0].replace("<slug>", "<name>") for address in ADDRESSES}
    known = {re.sub("/on/[0-9-]+", "/on/<when>", address.replace("<source>", "<name>")) for address in known}
    known |= {f"/search/<any({', '.join(PAGE_FACETS)}):facet>"}
    assert routes - apart - known == set()


def test_the_parameters_are_those_of_the_api() -> None:
    told = {name for name in FIRST if not name.startswith("/")}
    assert told | {"limit", "offset", "facets", "cursor"} == {parameter["name"] for parameter in parameters()}
