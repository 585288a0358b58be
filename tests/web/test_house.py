from pathlib import Path

import pytest

from index.settings import SettingsError
from web.house import House, house_of


def chosen(folder: Path, text: str) -> House:
    """Return what a settings file of that text chooses."""
    (folder / "settings.toml").write_text(text, encoding="utf-8")
    return house_of(str(folder))


def test_a_newsrooms_choices_are_taken_from_its_settings(tmp_path: Path) -> None:
    assert house_of(str(tmp_path)) == House()
    hashed = "scrypt:32768:8:1$salt$digest"
    text = f'locale = "en-GB"\n[web]\npassword_hash = "{hashed}"\ncors_origin = "https://desk.example"\n'
    assert chosen(tmp_path, text) == House("en-GB", hashed, "https://desk.example")
    assert chosen(tmp_path, '[web]\npassword_hash = ""\n') == House()


def test_a_misspelt_password_does_not_leave_the_archive_open(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r'"pasword_hash" that does not exist \(did you mean "password_hash"\?\)'):
        chosen(tmp_path, '[web]\npasword_hash = "scrypt:32768:8:1$salt$digest"\n')


def test_a_password_in_the_place_of_its_hash_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r'"password_hash" is no hash; paste what `python -m web --hash-password`'):
        chosen(tmp_path, '[web]\npassword_hash = "hot metal"\n')
