"""Completion: whole answers for what has been typed so far, from a small stock."""

from __future__ import annotations

import doctest
from collections.abc import Sequence

import pytest

import index.phrases
import search.complete
from search.complete import Facet, Held, complete
from search.page import Completion
from search.query import parse
from tests.search.stock import begins

_VALUES = {
    "city": [("Portland, Oregon", 90), ("Portland, Maine", 40), ("São Paulo, Brazil", 7), ("New York, New York", 60)],
    "section": [("Sports", 120), ("Real Estate", 30)],
    "source": [("Red River Lantern", 50)],
    "byline": [("Jane Doe", 12), ("Max Roe", 11)],
}
_NAMES = [("Red River", 80), ("Portland", 70), ("Ann Cole", 25), ("OR", 9), ("Reagan", 6)]
_HEADLINES = [
    ("Council votes to close the Merrow bridge", 1),
    ("Red River rises: “worst since 1927”", 1),
    ("Red ink", 1),
    ("Who won?", 2),
]


class _Stock:
    def values(self, facet: Facet, start: str, most: int) -> Sequence[Held]:
        return _begun(_VALUES[facet], start, most)

    def names(self, start: str, most: int) -> Sequence[Held]:
        return _begun(_NAMES, start, most)

    def headlines(self, start: str, most: int) -> Sequence[Held]:
        return _begun(_HEADLINES, start, most)


def _begun(held: list[tuple[str, int]], start: str, most: int) -> list[Held]:
    return [Held(label, count) for label, count in held if begins(label, start)][:most]


@pytest.mark.parametrize(
    ("typed", "texts"),
    [
        ("red r", ['"Red River"', '"Red River rises: worst since 1927"']),
        ("RED RIVER RI", ['"Red River rises: worst since 1927"']),
        ("levee red ri", ['levee "Red River"', 'levee "Red River rises: worst since 1927"']),
        ('levee "red ri', ['levee "Red River"', 'levee "Red River rises: worst since 1927"']),
        ("levee “red ri", ['levee "Red River"', 'levee "Red River rises: worst since 1927"']),
        ("council v", ['"Council votes to close the Merrow bridge"']),
        ("votes to portl", ['votes to city:"Portland, Oregon"', 'votes to city:"Portland, Maine"']),
        ("portl", ['city:"Portland, Oregon"', 'city:"Portland, Maine"']),
        ("sao", ['city:"São Paulo, Brazil"']),
        ("flood -spo", ["flood -section:Sports"]),
        ("(flood OR cole", ['(flood OR "Ann Cole"']),
        ("=col", ['="Ann Cole"']),
        ("city:new y", ['city:"New York, New York"']),
        ('flood -city:"new y', ['flood -city:"New York, New York"']),
        ("near:sao", ['near:"São Paulo, Brazil"']),
        ("section:Sports reag", ["section:Sports Reagan"]),
        ("paper:red", ['source:"Red River Lantern"']),
        ("byline:ro", ['byline:"Max Roe"']),
        ("byline:", ['byline:"Jane Doe"', 'byline:"Max Roe"']),
        ("headline:mer", ['headline:"Council votes to close the Merrow bridge"']),
        ("who w", ['"Who won"']),
        ("head", ["headline:"]),
        ("flood NO", ["flood NOT"]),
        ("flood ne", ['flood city:"New York, New York"', "flood near:", "flood near5"]),
        ("flood /s", ["flood /same/", "flood /sentence/"]),
        ("AN", ['"Ann Cole"']),
        ("flood AN", ['flood "Ann Cole"', "flood AND"]),
        ("o", ['city:"Portland, Oregon"', '"OR"']),
        ("merrow ", ['"Council votes to close the Merrow bridge"']),
        ("flood OR ", []),
        ("zebra", []),
        ("elect*", []),
        ('"red river"', []),
        ("colour:re", []),
        ("", []),
        ("   ", []),
        ('"', []),
        ("-", []),
        ("\x00\ud800", []),
        ("red " * 2_000, []),
    ],
)
def test_what_may_come_next(typed: str, texts: list[str]) -> None:
    assert [one.text for one in complete(typed, 8, _Stock())] == texts


def test_each_says_what_it_is_and_how_many_stories_have_it() -> None:
    assert complete("re", 30, _Stock()) == (
        Completion('"Red River"', "Red River", "name", 80),
        Completion('section:"Real Estate"', "Real Estate", "section", 30),
        Completion("Reagan", "Reagan", "name", 6),
        Completion('"Red River rises: worst since 1927"', "Red River rises: “worst since 1927”", "headline", 1),
        Completion('"Red ink"', "Red ink", "headline", 1),
    )


def test_headlines_have_room_beside_what_more_stories_have() -> None:
    kinds = [one.kind for one in complete("re", 4, _Stock())]
    assert kinds == ["name", "section", "name", "headline"]
    assert complete("re", 0, _Stock()) == ()


def test_every_completion_is_understood_without_mending() -> None:
    def places(name: str) -> tuple[tuple[str, str], ...]:
        return (("1", name),)

    for typed in ("red", "portl", "sp", "=col", "flood -spo", "new y", "who w", "levee “red ri", "byline:"):
        for one in complete(typed, 30, _Stock()):
            if one.kind != "syntax":
                assert parse(one.text, places=places).diagnostics == (), one.text


def test_the_examples_are_true() -> None:
    assert doctest.testmod(search.complete).failed == 0
    assert doctest.testmod(index.phrases).failed == 0
