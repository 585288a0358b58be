"""docs/query-language.md is true: every example in its tables is parsed and explained as the page says."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from index.enrich.cities import division, find
from search.query import explain, parse
from search.query.diagnostics import KINDS
from search.request import Request

_PAGE = Path(__file__).parents[3] / "docs" / "query-language.md"
_TODAY = date(2020, 6, 15)
_ROW = re.compile(r"\| `(?P<query>.+?)` \| (?P<answer>[^`|]+?) \|$")


def _rows(column: str) -> list[tuple[str, str]]:
    """Return the query and the answer of each row in the tables whose second column is `column`."""
    rows, inside = [], False
    for line in _PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("| You type"):
            inside = line == f"| You type | {column} |"
        elif not line.startswith("|"):
            inside = False
        elif inside and not line.startswith("|---"):
            match = _ROW.match(line)
            assert match, f"a row that the test cannot read: {line}"
            rows.append((match["query"].replace("\\|", "|"), match["answer"]))
    return rows


def _places(name: str) -> tuple[tuple[str, str], ...]:
    if (found := division(name)) is not None:
        return ((found.key, found.label),)
    return tuple((city.key, city.label) for city in find(name))[:1]


def _label(facet: str, key: str) -> str:
    if (found := division(key)) is not None:
        return found.label
    cities = find(key) if key.isdigit() else ()
    return cities[0].label if cities else key


@pytest.mark.parametrize(("query", "sentence"), _rows("It looks for"))
def test_what_the_page_says_is_looked_for(query: str, sentence: str) -> None:
    parsed = parse(query, places=_places, around=lambda key, kilometres: (key,), today=_TODAY)
    assert explain(parsed, Request(), labels=_label) == sentence
    assert {note.kind for note in parsed.diagnostics} <= {"common-words"}


@pytest.mark.parametrize(("query", "message"), _rows("It says"))
def test_what_the_page_says_is_said(query: str, message: str) -> None:
    parsed = parse(query, places=_places, around=lambda key, kilometres: (key,), today=_TODAY)
    assert [note.message for note in parsed.diagnostics] == message.split(" / ")


def test_the_page_has_examples() -> None:
    assert len(_rows("It looks for")) > 60
    assert len(_rows("It says")) > 20


def test_every_kind_of_diagnostic_is_a_sentence() -> None:
    assert [kind for kind, (_, sentence) in KINDS.items() if not sentence.endswith(".") or not kind.islower()] == []


def test_what_comes_from_elsewhere_is_understood_as_the_page_spells_it() -> None:
    table = _PAGE.read_text(encoding="utf-8").split("## Coming from elsewhere")[1]
    here = [row.split("|")[2] for row in table.splitlines() if row.startswith("|")][2:]
    spelt = [query for cell in here for query in re.findall(r"`([^`]+)`", cell)]
    assert len(spelt) > 15
    for query in spelt:
        question = f"{query}cat" if query.endswith(":") else f"cat {query} dog"
        kinds = {note.kind for note in parse(question, today=_TODAY).diagnostics} - {"common-words", "unknown-city"}
        assert (query, kinds) == (query, set())
