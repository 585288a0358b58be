"""The printer, and the grammar-based fuzzer of the whole language.

The suite runs a few thousand questions. A million: `MORGUE_FUZZ=1000000 pytest tests/search/query/test_printer.py`.
"""

from __future__ import annotations

import os
import random
import time
from datetime import date

import pytest

from index import analysis
from search.query import exactly, explain, parse, to_text
from search.query.lexer import MAX_LENGTH
from search.query.tree import Word
from search.request import Request

_TODAY = date(2020, 6, 15)
_ROUNDS = int(os.environ.get("MORGUE_FUZZ", "4000"))
_ANALYZER = analysis.Analyzer()

_WORDS = (
    "cat dogs council's flooding São AT&T R&D C++ C# covid-19 U.S. WHO the of a and or not near5 adj3 first50 atleast3 "
    "1,234 3.5 1990s O'Brien 東京 ß ½ İstanbul naïve re-elect http://example.org/a?b=c x@example.org 10:30 foo:bar "
    "AND OR NOT w/5 /same/ --x -- … — 2018 may through to until last week ''' l’été"
).split()
_MARKS = [*"\"“”„«»'‘’`()[]{}*?~=+-&|:;,.!^/\\<>@#%$_ \t\n\x00\u200b\u00ad\ud800", "''", "``", "~5", "^2", "[0-3]"]
_FIELDS = ("headline lead text byline section source city mentions near date since until type id Title foo").split()
_PLACES = (
    "portland",
    '"new york"',
    "new york",
    "gotham",
    "1",
    '"Albany"~50km',
    "portland~9mi",
    "name:x",
    '"new york"~2.5km',
    "new york~30 miles",
    "1~0",
    "gotham~far",
    "portland~",
    "1~999999mi",
)
_DATES = ("2018", "2018-03", "March 2018", "last week", "2015..2018", "1990s", "1/2/2018", "sometime", "[2015 TO 2016]")


def _places(name: str) -> tuple[tuple[str, str], ...]:
    known = {
        "portland": (("1", "Portland, Oregon"), ("2", "Portland, Maine")),
        "new york": (("3", "New York"),),
        "1": (("1", "Portland, Oregon"),),
    }
    return known.get(name.casefold(), ())


def _around(key: str, kilometres: float) -> tuple[str, ...]:
    return (key, f"{int(kilometres)}9")


def _question(source: random.Random, depth: int = 0) -> str:
    """Return a random sentence of the grammar, rarely a sound one."""

    def sub() -> str:
        return _question(source, depth + 1)

    if depth > 3:
        return source.choice(_WORDS)
    match source.randrange(20):
        case 0:
            return f"{sub()} OR {sub()}"
        case 1:
            return f"{sub()} {source.choice(('AND', '&', '+', 'NOT', '-', '|', 'AND NOT', 'or'))} {sub()}"
        case 2:
            return f"({sub()})"
        case 3:
            return f"-{sub()}"
        case 4:
            opening, closing = source.choice(('""', "“”", "«»", "‘’", "''", '"”'))
            return f"{opening}{' '.join(source.choices(_WORDS, k=source.randrange(4)))}{closing}"
        case 5:
            return f'"{source.choice(_WORDS)} * {sub()}"{source.choice(("", "~3", "~0", "~"))}'
        case 6:
            return f"{sub()} {source.choice(('near', 'adj', 'NEAR/', 'w/', 'pre/'))}{source.randrange(900)} {sub()}"
        case 7:
            return f"{sub()} {source.choice(('/same/', '/sentence/', 'w/p'))} {sub()}"
        case 8:
            return f"{source.choice(('first', 'atleast'))}{source.randrange(60)} {sub()}"
        case 9:
            return f"{source.choice(_FIELDS)}:{sub()}"
        case 10:
            return f"{source.choice(_FIELDS)}:({sub()})"
        case 11:
            return f"{source.choice(('date', 'since', 'until'))}:{source.choice(_DATES)}"
        case 12:
            return f"{source.choice(('city', 'near', 'mentions'))}:{source.choice(_PLACES)}"
        case 13:
            return source.choice(_WORDS) + source.choice(("*", "~", "~2", "~0", "?", "^2"))
        case 14:
            return source.choice(("=", "+", "-", "*", "?", "-=", "='")) + source.choice(_WORDS)
        case 15:
            word = source.choice(_WORDS)
            at = source.randrange(len(word) + 1)
            return word[:at] + source.choice("*?") + word[at:]
        case 16 | 17:
            return f"{sub()} {sub()}"
        case _:
            return source.choice(_WORDS)


def _mutated(source: random.Random, text: str) -> str:
    """Return the question with a few characters put in, taken out or doubled."""
    for _ in range(source.randrange(4)):
        at = source.randrange(len(text) + 1)
        match source.randrange(3):
            case 0:
                text = text[:at] + source.choice(_MARKS) + text[at:]
            case 1:
                text = text[:at] + text[at + 1 :]
            case _:
                text = text[:at] + text[at : at + 5] + text[at:]
    return text


def test_any_question_is_read_and_what_is_printed_reads_the_same() -> None:
    seed = 0 if "MORGUE_FUZZ" not in os.environ else random.SystemRandom().randrange(2**32)
    source = random.Random(seed)
    for number in range(_ROUNDS):
        text = _mutated(source, _question(source))
        parsed = parse(text, places=_places, around=_around, today=_TODAY, analyzer=_ANALYZER)
        for note in parsed.diagnostics:
            assert 0 <= note.start <= note.end <= len(text), (seed, number, text, note)
        explain(parsed, Request())
        printed = to_text(parsed.node)
        if len(printed) > MAX_LENGTH:
            continue
        again = parse(printed, places=_places, around=_around, today=_TODAY, analyzer=_ANALYZER)
        assert again.node == parsed.node, (seed, number, text, printed)
        assert to_text(again.node) == printed, (seed, number, text)


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
        ("city:(portland OR gotham)", 'city:("1" OR "2" OR "name:gotham")'),
        ('near:"new york"~10mi', 'near:"3"~10mi'),
        ("near:new york~10 miles cat", 'near:"3"~10mi cat'),
        ("near:portland", 'near:"portland"~50km'),
        ("near:portland~0", 'near:"portland"~1km'),
        ('near:"new york"~999999km', 'near:"3"~20000km'),
        ("cat near5 (dog OR cow)", "cat near5 (dog OR cow)"),
        ("cat /same/ dog", "cat /same/ dog"),
        ("headline:(cat dog)", "headline:cat headline:dog"),
        ("cat -cat", "* -*"),
    ],
)
def test_canonical_text(text: str, printed: str) -> None:
    assert to_text(parse(text, places=_places, around=_around).node) == printed


def test_one_word_is_made_exact() -> None:
    node = parse("councils flood OR councils").node
    assert exactly(node, Word("council", "councils")) == "=councils flood OR =councils"
