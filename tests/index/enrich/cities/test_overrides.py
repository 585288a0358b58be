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


@pytest.mark.parametrize(
    ("pattern", "address", "fits"),
    [
        ("https://www.example.com/maine/b[1]?id=6", "https://www.example.com/maine/b[1]?id=6", True),
        ("https://www.example.com/maine/b[1]?id=*", "https://www.example.com/maine/b[1]?id=6", True),
        ("https://www.example.com/maine/b[1]*", "https://www.example.com/maine/b1", False),
        ("https://www.example.com/?d=6", "https://www.example.com/Xd=6", False),
        ("*/maine/*", "https://example.com/2018/maine/a.html", True),
        ("*/maine/*", "https://example.com/2018/maine", False),
        ("a.c", "abc", False),
        ("*", "anything", True),
    ],
)
def test_a_star_stands_for_any_run_of_characters_and_every_other_sign_for_itself(
    tmp_path: Path, pattern: str, address: str, fits: bool
) -> None:
    overrides = read_overrides(written(tmp_path, f'{pattern},"Portland, Maine",about'))
    assert bool(overrides.apply([address], ())) is fits


def test_a_later_line_wins(tmp_path: Path) -> None:
    overrides = read_overrides(written(tmp_path, 'a1,"Portland, Maine",not', 'a*,"Portland, Maine",dateline'))
    assert [city.role for city in overrides.apply(["a1"], (MAINE,))] == ["dateline"]


def test_a_city_the_gazetteer_lacks_can_be_given_and_its_editor_is_told(tmp_path: Path) -> None:
    overrides = read_overrides(written(tmp_path, 'a1,"Tanglewood Point, Oregon",about'))
    (city,) = overrides.apply(["a1"], ())
    assert (city.geonameid, city.label) == (None, "Tanglewood Point, Oregon")
    assert overrides.notes == (
        f'{tmp_path}/overrides.csv, line 2: the gazetteer knows no "Tanglewood Point, Oregon"; the story gets the name '
        "without a place on the map.",
    )


@pytest.mark.parametrize(
    ("line", "note"),
    [
        (
            'p1,"Springfeld, Illinois",about',
            'the gazetteer knows no "Springfeld, Illinois"; the story gets the name without a place on the map. Did '
            'you mean "Springfield, Illinois"?',
        ),
        (
            'p1,"Springfeld, Missouri",not',
            'the gazetteer knows no "Springfeld, Missouri"; only a story that carries this very name loses it. Did you '
            'mean "Springfield, Missouri"?',
        ),
    ],
)
def test_a_misspelt_city_is_told_with_the_one_that_was_meant(tmp_path: Path, line: str, note: str) -> None:
    path = written(tmp_path, "", 'a1,"Portland, Maine",about', line)
    assert read_overrides(path).notes == (f"{path}, line 4: {note}",)


def test_where_a_line_stands_and_what_is_said_of_it_has_no_story_made_again(tmp_path: Path) -> None:
    line = 'a1,"Portland, Maine",about'
    first, moved = (read_overrides(written(tmp_path, *lines)) for lines in ((line,), ("", "", line)))
    assert (first, repr(first), moved.lines[0].number) == (moved, repr(moved), 4)


def test_no_file_is_no_overrides(tmp_path: Path) -> None:
    assert read_overrides(tmp_path / "none.csv").apply(["a1"], (City(1, "X"),)) == (City(1, "X"),)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('a1,"Portland, Maine",maybe', r'line 2: "maybe" is no decision; write about, dateline, mentioned or not'),
        ("a1,Portland,about", r'line 2: there are several cities named "Portland"; write "Portland, Oregon" or'),
        ("a1,,about", r"line 2: a story and a city are needed"),
        ("a1,99999999,about", r"line 2: there is no city with the GeoNames id 99999999\."),
        ('a1,"Portland, USA",about', r'line 2: there are several cities named "Portland, USA"; write "Portland, Ore'),
        ("a1,Boston, Mass.,about", r"line 2: more columns than the first line has; a city with a comma needs quotes"),
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
