"""The newsroom's choices for its pages: the locale of dates and numbers, and whether a password closes the door.

Plain values and where they come from; serving them is `web.app`. The one idea: pages take what they need from one
frozen value, so a test sets up any newsroom in a line.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from index.archive import ArchiveDirectory
from index.settings import SettingsError, meant, read_settings

#: What the section [web] may hold.
_CHOICES = ["password_hash", "cors_origin"]


@dataclass(frozen=True, slots=True)
class House:
    """What the newsroom chose.

    Attributes:
        locale: BCP 47 tag for dates and numbers ("en-US").
        password_hash: made by `python -m web --hash-password`; "" leaves the archive open.
        cors_origin: the site whose scripts may read the API from a browser ("*" for any); "" for none.
    """

    locale: str = "en-US"
    password_hash: str = ""
    cors_origin: str = ""


def house_of(location: str) -> House:
    """Return the choices in the settings of the archive at `location`; the defaults where there are none.

    Raises:
        SettingsError: the settings cannot be used; the message says where and why.
    """
    path = ArchiveDirectory(Path(location)).settings_file
    settings = read_settings(path)
    for name in settings.web:
        if name not in _CHOICES:  # a misspelt password would leave the archive open
            raise SettingsError(f'{path}: [web] has a setting "{name}" that does not exist{meant(name, _CHOICES)}.')
    chosen = House(locale=settings.locale, **settings.web)
    if chosen.password_hash and "$" not in chosen.password_hash:
        raise SettingsError(
            f'{path}: "password_hash" is no hash; paste what `python -m web --hash-password` prints for the password.'
        )
    return chosen
