"""Why nothing was found: whole sentences, from a small table of counts."""

from __future__ import annotations

from datetime import date

import pytest

from search.nothing import why_nothing
from search.query import parse, to_text
from search.query.tree import Everything, Node
from search.request import Request

_COUNTS = {"flood": 40, "levee": 12, "mayor": 90, "flood levee": 5, "flood mayor": 0}
_SINCE = date(2020, 1, 1)


def count(node: Node, request: Request) -> int:
    """Hold no story of 2020 or later, none in Salem, none of the Post's Metro section, and a few of the words above."""
    if request.since or "3" in request.cities or request.exclude or (request.sources and request.sections):
        return 0
    if isinstance(node, Everything):
        return 300
    return _COUNTS.get(to_text(node), 0)


def label(_: str, key: str) -> str:
    return {"3": "Salem, Oregon", "name:salem": "Salem, Oregon"}.get(key, key)


@pytest.mark.parametrize(
    ("text", "request_", "messages"),
    [
        ("brigde", Request(), ["No story here has the word “brigde”."]),
        (
            "flood brigde",
            Request(),
            ["No story here has the word “brigde”.", "Without “brigde”, 40 stories would be found."],
        ),
        (
            "flood mayor",
            Request(),
            ["Without “flood”, 90 stories would be found.", "Without “mayor”, 40 stories would be found."],
        ),
        ("flood -levee", Request(), ["If levee were allowed, 40 stories would be found."]),
        (
            '"flood levee"',
            Request(),
            ["With the words of the phrase “flood levee” anywhere, 5 stories would be found."],
        ),
        (
            "flood near5 brigde",
            Request(),
            ["No story here has the word “brigde”."],
        ),
        (
            "flood",
            Request(since=_SINCE),
            [
                "The archive holds no story from 1 January 2020.",
                "Without the filter “from 1 January 2020”, 40 stories would be found.",
            ],
        ),
        (
            "flood",
            Request(cities=("3",)),
            [
                "The archive holds no story in Salem, Oregon.",
                "Without the filter “in Salem, Oregon”, 40 stories would be found.",
            ],
        ),
        (
            "flood city:salem",
            Request(),
            [
                "The archive holds no story in Salem, Oregon.",
                "Without “in Salem, Oregon”, 40 stories would be found.",
            ],
        ),
        (
            "flood",
            Request(exclude={"section": ("Metro",)}),
            [
                "The archive holds no story not in section Metro.",
                "Without the filter “not in section Metro”, 40 stories would be found.",
            ],
        ),
        (
            "flood",
            Request(since=_SINCE, cities=("3",)),
            ["The archive holds no story from 1 January 2020.", "The archive holds no story in Salem, Oregon."],
        ),
        (
            "flood",
            Request(sources=("Post",), sections=("Metro",)),
            [
                "The archive holds no story in section Metro, from Post.",
                "Without the filter “in section Metro”, 40 stories would be found.",
                "Without the filter “from Post”, 40 stories would be found.",
            ],
        ),
        ("flood -flood", Request(), []),
        ("", Request(), []),
    ],
)
def test_what_to_let_go_of(text: str, request_: Request, messages: list[str]) -> None:
    assert [note.message for note in why_nothing(parse(text), request_, count, label)] == messages
