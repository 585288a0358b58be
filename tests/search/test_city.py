"""An archive knows where its cities lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.embedded import IndexDirectory
from search import open_archive


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    with IndexDirectory(tmp_path / "index").writer() as writer:
        writer.commit(through=0)
    return tmp_path


def test_a_city_of_the_gazetteer_comes_with_its_coordinates(archive: Path) -> None:
    with open_archive(archive) as opened:
        city = opened.city("5746545")
    assert city is not None
    assert (city.key, city.label) == ("5746545", "Portland, Oregon")
    assert (round(city.latitude or 0), round(city.longitude or 0)) == (46, -123)


@pytest.mark.parametrize("key", ["name:millbrook", "", "0", "-1", "²", "9" * 12, "9" * 5_000])
def test_a_city_that_the_gazetteer_lacks_lies_nowhere(archive: Path, key: str) -> None:
    with open_archive(archive) as opened:
        assert opened.city(key) is None
