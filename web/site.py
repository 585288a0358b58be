"""What every page needs at hand: the open archive, the newsroom's choices, and a way to stop with a word.

No routes here. The one idea: one value on the application, reached by one function, instead of globals.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from flask import current_app
from werkzeug.exceptions import HTTPException

from search.archive import Archive
from web import words
from web.address import Question, read
from web.catalogue import Catalogue
from web.formats import Formats
from web.house import House


@dataclass(frozen=True, slots=True)
class Site:
    """The served archive and how it is shown; `version` names the state of the pages' own files, last changed then."""

    archive: Archive
    house: House
    formats: Formats
    catalogue: Catalogue
    version: str
    released: datetime

    @property
    def today(self) -> date:
        """The day that it is where the newsroom is."""
        return self.archive.now.date()

    def asked(self, pairs: Iterable[tuple[str, str]]) -> Question:
        """Return the question of a query string, its dates read as the newsroom writes them."""
        return read(pairs, self.house.locale, self.today)

    def understood(self, pairs: Iterable[tuple[str, str]]) -> Question:
        """Return the question of a query string where all of it can be read.

        A results page says what it passed over; a list that is taken away, followed or drawn has no place to, and
        would be that of another search.

        Raises:
            Said: something cannot be read (400).
        """
        question = self.asked(pairs)
        for problem in question.problems:
            raise Said(400, (words.BAD_REQUEST[0], problem.wrong))
        return question


class Said(HTTPException):
    """An error page with words of its own."""

    def __init__(self, code: int, words: tuple[str, str]) -> None:
        super().__init__(words[1])
        self.code = code
        self.heading, self.advice = words


def site() -> Site:
    """Return the site of the application at work."""
    return cast(Site, current_app.extensions["morgue"])
