from pathlib import Path

import pytest

from index.archive import ArchiveDirectory
from index.article import City
from index.enrich.cities import OverridesError, find, read_overrides
from index.making import maker
from index.packing import Made, unpack_article
from index.record import Record
from index.settings import SettingsError

MAINE, OREGON = find("Portland, Maine")[0], find("Portland, Oregon")[0]


def written(folder: Path, *lines: str) -> Path:
    """Return a file of those lines."""
    path = folder / "overrides.csv"
    path.write_text("\n".join(("story,city,decision", *lines)), encoding="utf-8")
    return path


def test_editors_give_and_take_cities(tmp_path: Path) -> None:
    overrides = read_overrides(written(tmp_path, 'a1,"Portland, Maine",about', "", 'a1,"Portland, Oregon",not'))
    decided = overrides.apply(["a1", "https://example.com/1"], (OREGON,))
    assert [(city.label, city.role, city.reason) for city in decided] == [
        ("Portland, Maine", "about", "decided by an editor")
    ]
    assert overrides.apply(["b2"], (OREGON,)) == (OREGON,)


def test_a_pattern_reaches_many_stories(tmp_path: Path) -> None:
    overrides = read_overrides(written(tmp_path, 'https://example.com/maine/*,"Portland, Maine",mentioned'))
    decided = overrides.apply(["x", "https://example.com/maine/7"], (OREGON,))
    assert [(city.label, city.role) for city in decided] == [
        (OREGON.label, OREGON.role),
        ("Portland, Maine", "mentioned"),
    ]


def test_a_later_line_wins(tmp_path: Path) -> None:
    overrides = read_overrides(written(tmp_path, 'a1,"Portland, Maine",not', 'a*,"Portland, Maine",dateline'))
    assert [city.role for city in overrides.apply(["a1"], (MAINE,))] == ["dateline"]


def test_a_city_the_gazetteer_lacks_can_be_given(tmp_path: Path) -> None:
    (city,) = read_overrides(written(tmp_path, 'a1,"Ocean View, Oregon",about')).apply(["a1"], ())
    assert (city.geonameid, city.label) == (None, "Ocean View, Oregon")


def test_no_file_is_no_overrides(tmp_path: Path) -> None:
    assert read_overrides(tmp_path / "none.csv").apply(["a1"], (City(1, "X"),)) == (City(1, "X"),)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('a1,"Portland, Maine",maybe', r'line 2: "maybe" is no decision; write about, dateline, mentioned or not'),
        ("a1,Portland,about", r'line 2: there are several cities named "Portland"; write "Portland, Oregon" or'),
        ("a1,,about", r"line 2: a story and a city are needed"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(OverridesError, match=message):
        read_overrides(written(tmp_path, line))


def test_a_file_without_its_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "overrides.csv"
    path.write_text("id,place\n1,Paris\n", encoding="utf-8")
    with pytest.raises(OverridesError, match="must name the columns story, city and decision"):
        read_overrides(path)


def test_a_file_in_another_encoding_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "overrides.csv"
    path.write_bytes('story,city,decision\n1,"Orléans, France",about\n'.encode("latin-1"))
    with pytest.raises(OverridesError, match=r"overrides.csv is not UTF-8 text. Save it as UTF-8"):
        read_overrides(path)
    with pytest.raises(SettingsError, match="is not UTF-8 text"):
        ArchiveDirectory(tmp_path).settings()


def test_a_folder_in_the_tables_place_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "overrides.csv").mkdir()
    with pytest.raises(OverridesError, match=r"overrides.csv cannot be read"):
        read_overrides(tmp_path / "overrides.csv")


def test_an_archives_stories_are_made_as_its_editors_decided(tmp_path: Path) -> None:
    archive = ArchiveDirectory(tmp_path)
    before = archive.settings().fingerprint
    written(tmp_path, 's1,"Portland, Maine",about', 'https://example.com/*,"Portland, Oregon",not')
    settings = archive.settings()
    story = b'{"id": "s1", "text": "A fire burned in Portland on Monday.", "url": "https://example.com/1"}'
    made = maker(settings).make(Record(story, "jsonl", "/stories.jsonl", 1))
    assert isinstance(made, Made) and settings.fingerprint != before
    assert [city.label for city in unpack_article(made.article, story, "s1").cities] == ["Portland, Maine"]


def test_a_mistake_in_the_overrides_is_a_mistake_in_the_settings(tmp_path: Path) -> None:
    written(tmp_path, "s1,Portland,about")
    with pytest.raises(SettingsError, match="there are several cities named"):
        ArchiveDirectory(tmp_path).settings()
