from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path

import pytest

from bench.corpus import Corpus
from bench.engine import Engine
from bench.measure import Timing
from bench.morgue import Morgue
from bench.questions import KINDS, Question, draw
from bench.report import disagreements, lines
from bench.sqlite_peer import Sqlite
from bench.tantivy_peer import Tantivy
from bench.whoosh_peer import StockWhoosh
from bench.xapian_peer import Xapian, present

#: One process makes the corpus, once.
pytestmark = pytest.mark.xdist_group("bench")
CORPUS = Corpus(400)


def ready(engine: Engine, folder: Path) -> Engine:
    directory = folder / engine.name
    directory.mkdir()
    engine.build(CORPUS, directory)
    engine.open(directory)
    return engine


@pytest.fixture(scope="module")
def morgue(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return ready(Morgue(), tmp_path_factory.mktemp("morgue"))


@pytest.fixture(scope="module")
def questions() -> list[Question]:
    return draw(CORPUS, 3)


@pytest.mark.parametrize("peer", [Sqlite(), StockWhoosh(), Tantivy(), Xapian()], ids=lambda peer: peer.name)
def test_every_engine_gives_the_page_that_morgue_gives_where_it_names_no_reason_not_to(
    peer: Engine, morgue: Engine, questions: list[Question], tmp_path: Path
) -> None:
    if peer.name == "tantivy" and importlib.util.find_spec("tantivy") is None:
        pytest.skip("tantivy is a requirement of the bench alone (requirements-bench.txt)")
    if peer.name == "Xapian" and not present():
        pytest.skip("Xapian comes from the system (python3-xapian)")
    ready(peer, tmp_path)
    alike = [q for q in questions if q.kind not in peer.without and q.kind not in peer.differs]
    if peer.name in ("SQLite FTS5", "Whoosh"):  # Another stemmer: what has no words, or common ones, must still agree.
        alike = [q for q in questions if q.kind == "filters only"]
    assert alike
    for question in alike:
        ours, theirs = morgue.answer(question), peer.answer(question)
        assert theirs.total == ours.total, question.typed
        assert {month: n for month, n in theirs.months.items() if n} == ours.months, question.typed
        some = dict(sorted(theirs.cities.items())[:3])
        assert some == {key: in_city(morgue, question, key) for key in some}, question.typed


def in_city(engine: Engine, question: Question, key: str) -> int:
    """Count by asking for the city alone, since a facet's ten values are a cut, and ties may be cut elsewhere."""
    return engine.answer(replace(question, cities=(key,))).total


def test_every_class_is_drawn_and_served(morgue: Engine, questions: list[Question]) -> None:
    assert {question.kind for question in questions} == set(KINDS)
    for question in questions:
        assert (morgue.serve(question) > 0) == (morgue.answer(question).total > 0)


def test_a_total_that_differs_is_told_with_its_reason_or_as_an_error() -> None:
    engines: list[Engine] = [Morgue(), Xapian()]
    prefix, rare = Question("prefix", ("bo*",), "prefix"), Question("rare word", ("boo",))
    timings = [
        Timing(name, question, total, (0.001,), (0.002,), (0.003,))
        for question in (rare, prefix)
        for name, total in (("Morgue", 2), ("Xapian", 3))
    ]
    assert [
        (row["class"], row["total"], row["ours"], row["reason"] is None) for row in disagreements(timings, engines)
    ] == [
        ("prefix", 3, 2, False),
        ("rare word", 3, 2, True),
    ]
    assert lines([], timings, 10, engines)[-1] == (
        "rare word: Xapian gives another total for 1 questions, e.g. `boo`: 3 against 2:"
        " NO REASON IS KNOWN, one of the two is wrong."
    )


def test_each_table_tells_its_own_times_and_their_ratio() -> None:
    rare = Question("rare word", ("boo",))
    timings = [
        Timing("Morgue", rare, 2, (0.001,), (0.002,), (0.004,)),
        Timing("tantivy", rare, 2, (0.003,), (0.003,), (0.002,)),
    ]
    told = [line for line in lines([], timings, 10, [Morgue()]) if line.endswith(":") or line.startswith("| rare")]
    assert told == [
        "Engine's answer, ms (median / p95 / p99):",
        "| rare word | 1.00 / 1.00 / 1.00 | 3.00 / 3.00 / 3.00 | 3.0× |",
        "As served, ms (median / p95 / p99):",
        "| rare word | 2.00 / 2.00 / 2.00 | 3.00 / 3.00 / 3.00 | 1.5× |",
        "Engine's answer, each question asked for the first time, ms (median / p95 / p99):",
        "| rare word | 4.00 / 4.00 / 4.00 | 2.00 / 2.00 / 2.00 | 0.5× |",
    ]
