"""The house keeps its own rules: which way imports run, how long a module may be, that each says what it is."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = {"index": set(), "search": {"index"}, "web": {"index", "search"}, "bench": {"index", "search"}}
MODULES = sorted(path.relative_to(ROOT) for room in ROOMS for path in (ROOT / room).rglob("*.py"))

#: Modules allowed past 500 lines, each with its argument.
LONG: dict[str, str] = {}


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return names


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_imports_run_from_web_to_search_to_index_and_never_back(path: Path) -> None:
    room = path.parts[0]
    foreign = {name.split(".")[0] for name in imported(path)} & (set(ROOMS) | {"tests"})
    assert foreign - {room} <= ROOMS[room]


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_every_module_says_what_it_is_and_is_short_enough_to_read(path: Path) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), "a module opens with what it is"
    assert text.count("\n") <= 500 or str(path) in LONG, "past 500 lines a module must be argued for"


def test_only_the_embedded_rooms_know_whoosh() -> None:
    knowing = {path for path in MODULES if any(name.split(".")[0] == "whoosh" for name in imported(path))}
    allowed = {Path("index/embedded"), Path("search/embedded"), Path("bench")}
    assert {path for path in knowing if not any(room in path.parents for room in allowed)} == set()


def test_searching_and_serving_never_open_the_store() -> None:
    readers = [path for path in MODULES if path.parts[0] in ("search", "web")]
    opening = {path for path in readers if {"sqlite3", "index.store"} & imported(path)}
    assert opening == set()
