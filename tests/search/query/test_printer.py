"""The printer: what a tree looks like as a query again; and that no question takes long to be read."""

from __future__ import annotations

import time

import pytest

from search.query import exactly, parse, to_text
from search.query.tree import Word
from tests.search.query.grammar import around, places


@pytest.mark.parametrize(
    "character", ["(", ")", '"', "-", "a ", "headline:", "NOT ", "* ", "a near5 ", "first5 ", "'", "' ", "“"]
)
def test_no_question_takes_long(character: str) -> None:
    began = time.process_time()
    parse(character * 50_000)
    longest = time.process_time() - began
    began = time.process_time()
    for _ in range(5):
        parse("cat " * 900)
    assert longest < 20 * max(time.process_time() - began, 0.05)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("flood NOT bridge", "flood -bridge"),
        ("(flood OR fire) AND dam", "(flood OR fire) dam"),
        ("the", '"the"'),
        ("near5", '"near5"'),
        ("date:2018", 'date:"2018-01-01..2018-12-31"'),
        ("city:(portland OR gotham)", 'city:("5746545" OR "4975802" OR "name:gotham")'),
        ('near:"new york"~10mi', 'near:"5128581"~10mi'),
        ("near:new york~10 miles cat", 'near:"5128581"~10mi cat'),
        ("near:portland", 'near:"portland"~50km'),
        ("near:portland~0", 'near:"portland"~1km'),
        ('near:"new york"~999999km', 'near:"5128581"~20000km'),
        ("cat near5 (dog OR cow)", "cat near5 (dog OR cow)"),
        ("cat /same/ dog", "cat /same/ dog"),
        ("headline:(cat dog)", "headline:cat headline:dog"),
        ("cat -cat", "* -*"),
    ],
)
def test_canonical_text(text: str, printed: str) -> None:
    assert to_text(parse(text, places=places, around=around).node) == printed


def test_one_word_is_made_exact() -> None:
    node = parse("councils flood OR councils").node
    assert exactly(node, Word("council", "councils")) == "=councils flood OR =councils"
