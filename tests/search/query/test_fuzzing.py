"""The grammar-based fuzzer: any question is read, printed, explained, answered as the plain judge answers, and in time.

The suite asks a few thousand questions. A million: `MORGUE_FUZZ=1000000 pytest -s tests/search/query/test_fuzzing.py`,
which prints what it met; `MORGUE_SEED` repeats a run.

The limit of time is a multiple of what the longest plain question costs in the same process (MAX_LENGTH characters of
words for reading and explaining, MAX_WORDS words for answering), so that it means the same on every machine.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from functools import partial

import numpy as np
import pytest

from index import analysis
from search.embedded.columns import Columns
from search.embedded.evaluator import evaluate
from search.embedded.matching import Matching
from search.query import Parsed, explain, meanings, parse, to_text
from search.query.lexer import MAX_LENGTH
from search.query.words import MAX_WORDS
from search.request import Request
from tests.reference import Reference
from tests.search.archives import archived, left, written
from tests.search.operators import EVERY, Tally
from tests.search.query.grammar import around, mutated, places, question

_TODAY = date(2020, 6, 15)
_ROUNDS = int(os.environ.get("MORGUE_FUZZ", "4000"))
_ANALYZER = analysis.Analyzer()

#: Times the longest plain question that any question may cost to be read and explained, and to be answered.
READING_LIMIT = 3.0
ANSWERING_LIMIT = 20.0

#: So many questions are a long run.
_LONG = 100_000

#: Every so many questions one is answered too, from one of some small archives.
_ANSWERED = 8
_ARCHIVES = 6


def _read(text: str) -> Parsed:
    return parse(text, places=places, around=around, regions=places, today=_TODAY, analyzer=_ANALYZER)


def _forms(stem: str) -> tuple[tuple[str, int], ...]:
    return ((stem, 3), (f"{stem}s", 2), (stem.title(), 1))


def _understood(text: str) -> Parsed:
    parsed = _read(text)
    assert explain(parsed, Request(), forms=_forms)
    meanings(parsed, _forms)
    return parsed


def _cost(work: Callable[[], object], least: float = 0.0) -> float:
    """Return the processor time of some work in seconds; of three where the first took more than `least`."""
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
        if best <= least:
            break
    return best


def _lacking(tally: Tally) -> list[str]:
    """Return what a long run has not drawn or not matched; a short one need not."""
    # Fields that no reader can name, and what the parser always settles before.
    needed = {name for name in EVERY if not name.endswith("in body") and name not in ("Nothing", "Dated at all")}
    return tally.lacking(needed) if _ROUNDS >= _LONG else []


@pytest.fixture(scope="module")
def judged() -> list[tuple[Columns, Reference]]:
    """Some small archives of enough stories, each with its judge; open as long as the module runs."""
    stack, found = ExitStack(), []
    for seed in range(1_000):
        commits = written(random.Random(seed))
        if len(left(commits)) >= 8:
            found.append(stack.enter_context(archived(commits)))
        if len(found) == _ARCHIVES:
            break
    return found


def test_any_question_is_read_explained_and_answered_right_and_in_time(
    judged: list[tuple[Columns, Reference]], capsys: pytest.CaptureFixture[str]
) -> None:
    fixed = "0" if "MORGUE_FUZZ" not in os.environ else str(random.SystemRandom().randrange(2**32))
    seed = int(os.environ.get("MORGUE_SEED", fixed))
    source, tally = random.Random(seed), Tally()
    longest = _cost(lambda: _understood(("flooding " * MAX_LENGTH)[:MAX_LENGTH]))
    # Every word another one: what has been looked up before costs nothing.
    many = _read(" OR ".join(f"word{number}*" for number in range(MAX_WORDS))).node
    slowest = min(_cost(partial(evaluate, columns, Request(), many)) for columns, _ in judged)
    read_in = answered_in = 0.0
    slow = ""
    answered = found = 0
    number = 0
    # A long run goes on until it has drawn every operator and matched it.
    while number < _ROUNDS or (_ROUNDS <= number < 2 * _ROUNDS and _lacking(tally)):
        text = mutated(source, question(source))
        said = (seed, number, text)
        began = time.process_time()
        parsed = _understood(text)
        took = time.process_time() - began
        if took > longest:
            took = _cost(partial(_understood, text))
        read_in = max(read_in, took / longest)
        assert took < READING_LIMIT * longest, (said, took, longest)
        for note in parsed.diagnostics:
            assert 0 <= note.start < note.end <= len(text), (said, note)
        printed = to_text(parsed.node)
        if len(printed) <= MAX_LENGTH:
            again = _read(printed)
            assert again.node == parsed.node, (said, printed)
            assert to_text(again.node) == printed, said
        if number % _ANSWERED == 0:
            columns, reference = judged[answered % len(judged)]
            answered += 1
            tally.note(parsed.node, reference)
            docs = Matching(columns).docs(parsed.node)
            matched = {columns.id(doc) for doc in np.asarray(docs).tolist()}
            assert matched == {read.id for read in reference.reads if reference.matches(parsed.node, read)}, said
            began = time.process_time()
            page = evaluate(columns, Request(copies="show"), parsed.node)
            took = time.process_time() - began
            if took > slowest:
                took = _cost(partial(evaluate, columns, Request(copies="show"), parsed.node))
            answered_in, slow = max((answered_in, slow), (took / slowest, text))
            assert took < ANSWERING_LIMIT * slowest, (said, took, slowest)
            assert page.total == len(matched), said
            found += bool(matched)
        number += 1
    with capsys.disabled():
        if "MORGUE_FUZZ" in os.environ:
            print(
                f"\nseed {seed}: {number:,} questions, {answered:,} answered, {found:,} of them with stories; of the "
                f"longest plain question's time, the slowest took {read_in:.2f} to read ({longest * 1000:.1f} ms), "
                f"{answered_in:.2f} to answer ({slowest * 1000:.1f} ms: {slow!r})"
            )
    assert _lacking(tally) == [], seed
