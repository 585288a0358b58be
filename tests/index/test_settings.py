from pathlib import Path

import pytest

from index.archive import ArchiveDirectory
from index.settings import TEMPLATE, Settings, SettingsError, Source, read_settings


def read(tmp_path: Path, text: str) -> Settings:
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return read_settings(path)


def test_a_new_archives_settings_are_the_defaults(tmp_path: Path) -> None:
    assert read(tmp_path, TEMPLATE) == Settings() == read_settings(tmp_path / "absent.toml")


def test_every_line_that_the_template_offers_can_be_used(tmp_path: Path) -> None:
    offered = "\n".join(line.removeprefix("# ") for line in TEMPLATE.splitlines() if "= " in line or "[" in line[:3])
    lines = [line for line in offered.splitlines() if line.startswith("[") or " = " in line.split('"')[0]]
    used = dict.fromkeys(lines)
    del used['time_zone = "UTC"']
    settings = read(tmp_path, "\n".join(used))
    assert settings.time_zone == "America/New_York"
    assert settings.ignore == ("README*", "settings.toml")
    assert dict(settings.web) == {"password_hash": "", "cors_origin": ""}


def test_settings_say_what_the_file_says(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        """
        title = "The Ledger"
        time_zone = "America/New_York"
        locale = "en-GB"
        home = 5128581
        [sources."Sun"]
        home = "Albany, New York"
        [sources.Moon]
        """,
    )
    assert settings == Settings(
        title="The Ledger",
        time_zone="America/New_York",
        locale="en-GB",
        home="5128581",
        sources=(Source("Sun", "Albany, New York"), Source("Moon")),
    )
    assert settings.homes == {"Sun": "Albany, New York"}


def test_the_fingerprint_follows_what_decides_dates_and_cities(tmp_path: Path) -> None:
    plain = Settings().fingerprint
    assert read(tmp_path, 'title = "Other"').fingerprint == plain
    for line in ('time_zone = "Asia/Tokyo"', 'locale = "en-GB"', 'home = "Kiel"', '[sources.Sun]\nhome = "Kiel"'):
        assert read(tmp_path, line).fingerprint != plain


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('titel = "x"', 'did you mean "title"'),
        ('overrides = "x"', 'a setting "overrides" that does not exist'),
        ("title = 3", '"title" must be text in quotes'),
        ('title = "x', "is not valid TOML"),
        ('time_zone = "Boston"', 'no time zone "Boston"'),
        ('time_zone = "../etc"', "no time zone"),
        ('locale = "!"', "write a tag"),
        ('ignore = "*.bak"', "must be a list of patterns"),
        ('sources = ["Sun"]', "must be sections"),
        ('[sources.Sun]\nhom = "x"', 'did you mean "home"'),
        ("[web]\npassword_hash = 1", "[web] must be a section"),
    ],
)
def test_a_mistake_is_answered_with_what_to_write(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(SettingsError) as raised:
        read(tmp_path, text)
    assert complaint in str(raised.value)
    assert "settings.toml" in str(raised.value)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('home = "Qwxyzzy"', ', "home": there is no city "Qwxyzzy"; write it as in "Portland, Maine"'),
        ('home = "Springfield"', ', "home": there are several cities named "Springfield"; write "Springfield, '),
        (
            '[sources.Sun]\nhome = "Albany, New York"\n[sources.SUN]\nhome = "Bangor, Maine"',
            ': "SUN" and "Sun" are the same paper; keep one of the two sections.',
        ),
        ('[sources.Sun]\nhome = "Qwxyzzy"', ', "home" of the source "Sun": there is no city "Qwxyzzy"'),
    ],
)
def test_a_home_that_is_not_on_the_map_is_told_to_whoever_decides_cities(
    tmp_path: Path, text: str, complaint: str
) -> None:
    read(tmp_path, text)
    archive = ArchiveDirectory(tmp_path)
    assert archive.settings().home in ("Qwxyzzy", "Springfield", "")
    with pytest.raises(SettingsError) as raised:
        archive.checked_settings()
    assert str(raised.value).startswith(f"{archive.settings_file}{complaint}")


def test_settings_in_another_encoding_are_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes('title = "Café"'.encode("latin-1"))
    with pytest.raises(SettingsError, match="is not UTF-8"):
        read_settings(path)
