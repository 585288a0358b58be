"""The examples in the docstrings of the pages' modules are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import web


@pytest.mark.parametrize("name", [module.name for module in pkgutil.iter_modules(web.__path__)])
def test_the_examples_of_a_module_are_true(name: str) -> None:
    if name != "__main__":
        assert doctest.testmod(importlib.import_module(f"web.{name}")).failed == 0
