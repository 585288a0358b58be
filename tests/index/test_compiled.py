"""When machine code that was kept is of no use any more."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import FunctionType, ModuleType

import pytest

from index import compiled
from index.compiled import INT, made_of
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


LOOPS = """
from index.compiled import INT, compiled

@compiled(INT)
def inner(number):
    return 3 * number

@compiled(INT)
def outer(number):
    return inner(number) + 1
"""


def test_kept_machine_code_is_loaded_when_it_is_called_and_only_then(tmp_path: Path) -> None:
    file = tmp_path / "loops.py"
    file.write_text(LOOPS)
    made = _module_of(file)
    assert (len(made.inner.overloads), len(made.outer.overloads), made.outer(4)) == (1, 1, 13)
    kept = _module_of(file)
    assert (kept.inner.overloads, kept.outer.overloads) == ({}, {})
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(kept.outer, range(100))) == [3 * number + 1 for number in range(100)]
    assert (len(kept.inner.overloads), kept.outer.stats.cache_hits) == (0, {(INT,): 1})
    with pytest.raises(TypeError):
        kept.outer("four")
    compiled.load_all()
    assert (len(kept.inner.overloads), kept.inner(2)) == (1, 6)


def test_a_loop_that_is_made_anew_takes_in_one_that_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "loops.py"
    file.write_text(LOOPS)
    _module_of(file)
    for code in (file.parent / "__pycache__").glob("loops.outer-*"):
        code.unlink()
    again = _module_of(file)
    assert (again.outer(4), again.inner.stats.cache_hits, again.inner.signatures) == (13, {(INT,): 1}, [(INT,)])


def _loop_in(folder: Path, source: str) -> FunctionType:
    folder.mkdir()
    (folder / "loops.py").write_text(source)
    loop = _module_of(folder / "loops.py").loop
    assert isinstance(loop, FunctionType)
    return loop


def _module_of(file: Path) -> ModuleType:
    found = spec_from_file_location("loops", file)
    assert found and found.loader
    module = module_from_spec(found)
    found.loader.exec_module(module)
    return module
