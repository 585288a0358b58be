"""docs/formats.md names every field, format and suffix that the readers know."""

import re
from pathlib import Path

from index.readers.fields import NAMES
from index.readers.registry import readers

PAGE = (Path(__file__).resolve().parents[3] / "docs/formats.md").read_text(encoding="utf-8")


def row(name: str) -> list[str]:
    """Return the words in code marks of the last cell of the table row that begins with `name`."""
    found = re.search(rf"^\| `{name}` \|.*\| ?([^|]*)\|$|^\| `{name}` \| ([^|]*)\|$", PAGE, re.MULTILINE)
    assert found is not None, name
    return re.findall(r"`([^`]+)`", found[1] or found[2])


def test_every_spelling_of_every_field_is_on_the_page() -> None:
    for field, names in NAMES.items():
        assert tuple(row("id" if field == "given_id" else field)) == names


def test_every_format_and_suffix_is_on_the_page() -> None:
    for reader in readers().values():
        assert sorted(row(reader.name)) == sorted(reader.suffixes)
