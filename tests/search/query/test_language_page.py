"""docs/query-language.md is true: every example in its tables is parsed and explained as the page says."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from index.enrich.cities import division, find
from search.embedded import allowance
from search.query import explain, parse
from search.query.diagnostics import KINDS
from search.query.lexer import MAX_DEPTH, MAX_LENGTH
from search.query.parser import MOST_NEAR, NEAR_MOST
from search.query.words import FUZZY_MOST, MAX_WORDS
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
    assert {note.kind for note in parsed.diagnostics} <= {"common-words", "question-words"}


@pytest.mark.parametrize(("query", "message"), _rows("It says"))
def test_what_the_page_says_is_said(query: str, message: str) -> None:
    parsed = parse(query, places=_places, around=lambda key, kilometres: (key,), today=_TODAY)
    assert [note.message for note in parsed.diagnostics] == message.split(" / ")


def test_the_page_has_examples() -> None:
    assert len(_rows("It looks for")) > 60
    assert len(_rows("It says")) > 20


#: What the table of limits says that it limits, and the constant that does.
_LIMITS = {
    "characters of a question": MAX_LENGTH,
    "words, those of phrases too": MAX_WORDS,
    "brackets inside one another": MAX_DEPTH,
    "words apart (`near`, `adj`, `~`)": NEAR_MOST,
    "operators of nearness that work on one another": MOST_NEAR,
    "letters that differ (`word~2`)": FUZZY_MOST,
    "words that all stars and misspellings of a question stand for": allowance.MOST_FORMS,
    "stories whose texts are read for `/same/` and `/sentence/`": allowance.MOST_TEXTS,
    "words in stories whose places are read, for `near`, `adj`, `first` and `atleast`": (
        allowance.MOST_PLACES // allowance.APART
    ),
    "the same for phrases, and between two plain words": allowance.MOST_PLACES,
    "entries of the index that are gone through": allowance.MOST_POSTINGS,
}


def test_the_limits_are_those_that_the_page_says() -> None:
    table = _PAGE.read_text(encoding="utf-8").split("## How much can be asked")[1].split("\n## ")[0]
    rows = [[cell.strip() for cell in row.split("|")[1:3]] for row in table.splitlines() if row.startswith("| ")]
    assert {what: int(most.replace(",", "")) for what, most in rows[1:]} == _LIMITS
    ranking = (_PAGE.parent / "ranking.md").read_text(encoding="utf-8").split("## What has a limit")[1]
    told = [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", ranking)]
    near = [allowance.MOST_NEAR_WORDS, allowance.MOST_NEAR_FORMS]
    assert told == [allowance.MOST_FORMS, allowance.MOST_TEXTS, *near]


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
