"""The samples as an archive, for every check of relevance over them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.relevance.measure import samples_archive


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return samples_archive(tmp_path_factory.mktemp("samples") / "archive")
