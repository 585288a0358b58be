"""When machine code that was kept is of no use any more."""

from __future__ import annotations

import pytest

from index import compiled
from index.compiled import made_of
from search.embedded import cards, finishing
from search.embedded.scoring import SLACK


def test_machine_code_is_made_anew_when_another_module_that_is_in_it_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    best, tally = finishing.best.py_func, cards.tally.py_func  # type: ignore[attr-defined]  # loops are Numba's objects
    before = made_of(best), made_of(tally)
    real = compiled._file_of
    monkeypatch.setattr(compiled, "_file_of", lambda name: real(name) + b"new" * name.endswith("decoding.py"))
    assert made_of(best) != before[0]
    assert made_of(tally) == before[1]


def test_machine_code_is_made_anew_when_a_constant_that_is_in_it_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    loop = finishing.best.py_func  # type: ignore[attr-defined]  # as above
    before = made_of(loop)
    monkeypatch.setattr(finishing, "SLACK", 2 * SLACK)
    assert made_of(loop) != before
