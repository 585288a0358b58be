from pathlib import Path

import pytest

from index.archive import ArchiveDirectory
from index.settings import SettingsError, Source
from index.sources import read_learned, read_sources, write_learned


def read(tmp_path: Path, text: str) -> tuple[Source, ...]:
    path = tmp_path / "sources.csv"
    path.write_text(text, encoding="utf-8")
    return read_sources(path)


def test_a_table_names_papers_and_their_homes(tmp_path: Path) -> None:
    text = 'place,Source\n"Portland, Maine",The Light\n\n,# a note\n"Alexandria, Louisiana",thetowntalk.com\n'
    assert read(tmp_path, text) == (
        Source("The Light", "Portland, Maine"),
        Source("thetowntalk.com", "Alexandria, Louisiana"),
    )
    assert read_sources(tmp_path / "absent.csv") == ()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("name,home\nA,B\n", "line 1: the first line must name the columns source and place"),
        ("source,place\nThe Light,\n", "line 2: a source and a place are needed"),
        ("source,place\nThe Light,Qwxyzzy\n", 'line 2: there is no city "Qwxyzzy"'),
        (
            'source,place\nThe Light,"Springfeld, Illinois"\n',
            'line 2: there is no city "Springfeld, Illinois". Did you mean "Springfield, Illinois"?',
        ),
        ("source,place\nThe Light,99999999\n", "line 2: there is no city with the GeoNames id 99999999."),
        ("source,place\nThe Light,Boston, England\n", "line 2: more columns than the first line has"),
        ("source,place\nThe Light,Springfield\n", 'line 2: there are several cities named "Springfield"'),
        (
            'source,place\n# a note,\nA,"Portland, Maine"\nA,"Portland, Oregon"\n',
            'line 4: "A" is the paper "A" of line 3; keep one of the two lines.',
        ),
        (
            'source,place\nEvening Echo,"Portland, Maine"\nevening  echo,"Portland, Oregon"\n',
            'line 3: "evening  echo" is the paper "Evening Echo" of line 2; keep one of the two lines.',
        ),
        (
            'source,place\nexample.com,"Portland, Maine"\nhttps://www.example.com/,"Portland, Oregon"\n',
            'line 3: "https://www.example.com/" is the paper "example.com" of line 2',
        ),
    ],
)
def test_a_mistake_in_the_table_is_told_by_file_and_line(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(SettingsError) as raised:
        read(tmp_path, text)
    assert complaint in str(raised.value)
    assert "sources.csv" in str(raised.value)


def test_the_table_wins_over_the_settings_and_has_stories_decided_again(tmp_path: Path) -> None:
    archive = ArchiveDirectory(tmp_path)
    archive.settings_file.write_text('[sources.A]\nhome = "Portland, Oregon"\n', encoding="utf-8")
    before = archive.settings()
    archive.sources_file.write_text('source,place\nA,"Portland, Maine"\n', encoding="utf-8")
    assert archive.settings().homes == {"A": "Portland, Maine"}
    assert archive.settings().fingerprint != before.fingerprint


def test_homes_that_were_learned_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "learned.csv"
    write_learned(path, {"The Light": "4975802", "THE LIGHT": "5746545", 'A "Paper", Inc.': "4975802"})
    assert read_learned(path) == (
        Source('A "Paper", Inc.', "4975802"),
        Source("THE LIGHT", "5746545"),
        Source("The Light", "4975802"),
    )
    write_learned(path, {})
    assert (path.exists(), read_learned(path)) == (False, ())


@pytest.mark.parametrize("content", [b"", b"source,place\nA,99999999\nB\nC,Nowhere\n", b"source,place\n\xff,1\n"])
def test_a_learned_home_that_cannot_be_used_keeps_no_command_from_working(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "learned.csv"
    path.write_bytes(content)
    assert read_learned(path) == ()
