from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path

import pytest

from bench.corpus import Corpus
from bench.engine import Engine
from bench.morgue import Morgue
from bench.questions import KINDS, Question, draw
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
