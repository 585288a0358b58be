"""What a reader is told about a question: for every kind of diagnostic its cause, its place, its words, what was done.

`diagnostics.txt` holds the rows, to be read as one reads a page: a question with ⟦ ⟧ around each piece that something
is said about (the marks are no part of the question), how it was taken, and what is said of the pieces, in their
order, each with what else could be meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import cast

import pytest

from search.page import Choice, Diagnostic, Severity
from search.query import Parsed, parse, to_text
from search.query.diagnostics import KINDS
from search.query.lexer import MAX_DEPTH, MAX_LENGTH
from search.query.words import MAX_WORDS

_ROWS = Path(__file__).with_name("diagnostics.txt")
_SAID = re.compile(r"    (note|warning) ([a-z-]+): (.+)")
_CHOICE = re.compile(r"        (.+?): (.+)")

#: What is said of the whole question, or of its beginning.
_OF_THE_WHOLE = {"empty-query", "only-common-words", "contradiction"}


@dataclass(frozen=True)
class Row:
    text: str
    taken: str
    said: tuple[Diagnostic, ...]


def rows() -> list[Row]:
    found = []
    for block in _ROWS.read_text(encoding="utf-8").strip().split("\n\n"):
        marked, taken, *lines = block.split("\n")
        text, places = asked(marked)
        said: list[Diagnostic] = []
        for line in lines:
            if match := _SAID.fullmatch(line):
                severity, kind, message = match.groups()
                said.append(Diagnostic(kind, message, *places[len(said)], cast(Severity, severity)))
            elif match := _CHOICE.fullmatch(line):
                said[-1] = replace(said[-1], choices=(*said[-1].choices, Choice(*match.groups())))
        found.append(Row(text, taken.removeprefix("    taken as "), tuple(said)))
    return found


def asked(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """The question without its marks, and from where to where each marked piece goes, in order."""
    text, opened, found = "", [], []
    for c in marked:
        if c == "⟦":
            opened.append(len(text))
        elif c == "⟧":
            found.append((opened.pop(), len(text)))
        else:
            text += c
    return text, sorted(found)


_PLACES = {
    "portland": (("5746545", "Portland, Oregon"), ("4975802", "Portland, Maine")),
    "new york": (("5128581", "New York City"),),
    "5128581": (("5128581", "New York City"),),
    "georgia": (("us-ga", "Georgia"),),
    "luxembourg": (("lu", "Luxembourg"),),
    "us-or": (("us-or", "Oregon"),),
    "troy": (("5012639", "Troy, Michigan"),),
    "atlantis": (("name:atlantis", "Atlantis"),),
}


def places(name: str) -> tuple[tuple[str, str], ...]:
    return _PLACES.get(name.casefold(), ())


def regions(name: str) -> tuple[tuple[str, str], ...]:
    return (("us-ny", "New York (state)"),) if name.casefold() == "new york" else ()


def strangers(name: str) -> tuple[tuple[str, str], ...]:
    troys = (("5012639", "Troy, Michigan"), ("5141502", "Troy, New York"), ("4527124", "Troy, Ohio"))
    return troys if name.casefold() == "troy" else ()


def around(key: str, _: float) -> tuple[str, ...] | None:
    return None if key.startswith("name:") else (key,)


def read(text: str, *, maps: bool = True) -> Parsed:
    known = around if maps else None
    return parse(text, places=places, around=known, regions=regions, strangers=strangers, today=date(2020, 6, 15))


_READ = rows()


@pytest.mark.parametrize("row", _READ, ids=lambda row: row.text)
def test_what_is_said_of_a_question_and_how_it_was_taken(row: Row) -> None:
    parsed = read(row.text)
    assert parsed.diagnostics == row.said
    assert to_text(parsed.node) == row.taken


@pytest.mark.parametrize(
    "before", ["Łódź 東京 ", "“old mill” ", "«old mill»~3 ", "headline:‘old mill’ ", "\U0001d518ber é \u200b"]
)
def test_pieces_are_found_behind_quotation_marks_and_other_letters_too(before: str) -> None:
    for row in _READ:
        if _OF_THE_WHOLE & {note.kind for note in row.said}:
            continue
        moved = tuple(
            replace(
                note,
                start=note.start + len(before),
                end=note.end + len(before),
                choices=tuple(Choice(choice.label, f"{before}{choice.query}") for choice in note.choices),
            )
            for note in row.said
        )
        found = read(f"{before}{row.text}").diagnostics
        assert (row.text, found) == (row.text, moved)


_TOO_LARGE = [
    (
        "harbor " * 600,
        Diagnostic(
            "too-long", "The question is longer than 4,000 characters; only its beginning was searched.", 3996, 4200
        ),
    ),
    (
        " ".join(f"“w{number}”" for number in range(200)),
        Diagnostic(
            "too-many-words", "More than 128 words were asked for; those from “w128” on were left out.", 787, 791
        ),
    ),
    (
        "東京 " + "(" * 30 + "harbor" + ")" * 30,
        Diagnostic("too-deep", "Brackets stand more than 20 deep; the innermost were passed over.", 23, 24),
    ),
]

_NEAR_TOO_OFTEN = "More than 16 operators of nearness work on one another here; “{}” was taken as AND."
_TOO_LARGE += [
    (
        "東京 near5 " + " near5 ".join("abcdefghijklmnopq"),
        Diagnostic("too-many-near", _NEAR_TOO_OFTEN.format("near5"), 131, 136),
    ),
    (
        "東京 " + '"b c d e f g h i j k l m n o p q r s"~5',
        Diagnostic("too-many-near", _NEAR_TOO_OFTEN.format("~5"), 40, 42),
    ),
]


@pytest.mark.parametrize(("text", "said"), _TOO_LARGE)
def test_what_is_too_large_is_cut_and_said(text: str, said: Diagnostic) -> None:
    found = read(text).diagnostics
    assert replace(said, severity="warning") in found
    assert {note.kind for note in found} <= {said.kind, "too-many-words"}
    assert (MAX_LENGTH, MAX_WORDS, MAX_DEPTH) == (4_000, 128, 20)


def test_characters_that_cannot_be_read_are_passed_over_and_said() -> None:
    parsed = read("“é” \x00\ud800harbor")
    assert parsed.diagnostics == (Diagnostic("unreadable", "Characters that cannot be read were passed over.", 4, 6),)
    assert to_text(parsed.node) == "é harbor"


def test_a_distance_is_passed_over_and_said_where_nobody_knows_distances() -> None:
    said = "Distances between cities are not known here, so only “new york” itself was searched."
    assert read('“é” near:"new york"~50km', maps=False).diagnostics == (
        Diagnostic("no-distance", said, 9, 24, "warning"),
    )


def test_every_kind_of_diagnostic_is_tried_here() -> None:
    tried = {note.kind for row in _READ for note in row.said} | {said.kind for _, said in _TOO_LARGE}
    assert tried | {"unreadable", "no-distance"} == set(KINDS)
