"""When machine code that was kept is of no use any more."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import FunctionType

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


def test_machine_code_serves_a_copy_of_the_project_and_not_a_changed_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(compiled, "_PROJECT", tmp_path)
    here = made_of(_loop_in(tmp_path / "here", "def loop():\n    return 1\n"))
    assert here == made_of(_loop_in(tmp_path / "copied", "def loop():\n    return 1\n"))
    assert here != made_of(_loop_in(tmp_path / "changed", "def loop():\n    return 2\n"))


def _loop_in(folder: Path, source: str) -> FunctionType:
    folder.mkdir()
    (folder / "loops.py").write_text(source)
    found = spec_from_file_location("loops", folder / "loops.py")
    assert found and found.loader
    module = module_from_spec(found)
    found.loader.exec_module(module)
    loop = module.loop
    assert isinstance(loop, FunctionType)
    return loop
