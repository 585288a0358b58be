"""The article: what Morgue knows of one story, and the JSON form others rely on.

Plain frozen values without I/O. How an article is read, enriched or kept is other modules' business. The one idea:
every door of the program (`inspect`, `export`, the API, the pages) shows the same names for the same things.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, Literal

#: What a city is to a story: where it was filed from, where it happens, or a name in passing.
Role = Literal["dateline", "about", "mentioned"]

#: The roles that make a city a value of the city facet. A passing mention is searchable but no facet value.
FACET_ROLES: tuple[Role, ...] = ("dateline", "about")

_NOT_WORD = re.compile(r"[^a-z0-9]+")


def fold(name: str) -> str:
    """Return `name` lower-cased, without accents, words joined by one hyphen: the form names are compared in.

    >>> fold("São Paulo")
    'sao-paulo'
    """
    plain = name
    if not name.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return _NOT_WORD.sub("-", plain.casefold()).strip("-")


@dataclass(frozen=True, slots=True)
class City:
    """A city as one story has it.

    Attributes:
        geonameid: GeoNames id, or None for a place the newsroom named and the gazetteer lacks.
        name: the gazetteer's name in English ("Portland"), else the name as given.
        region: first-level division in words ("Oregon"), or "".
        country: country in words ("United States"), or "".
        latitude: degrees north, or None.
        longitude: degrees east, or None.
        surface: as the story writes it ("PORTLAND, Ore.").
        role: what the city is to the story.
        reason: how it was decided, in words an editor understands ("dateline", "named 4 times, with La. after it").
    """

    geonameid: int | None
    name: str
    region: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    surface: str = ""
    role: Role = "mentioned"
    reason: str = ""

    def __reduce__(self) -> tuple[Any, ...]:
        """Let it pass between processes as its values alone, which takes half the time."""
        return City, _city_values(self)

    @property
    def key(self) -> str:
        """The facet key: the GeoNames id as text, or `name:<folded>` for a city the gazetteer lacks."""
        return str(self.geonameid) if self.geonameid is not None else f"name:{fold(self.name)}"

    @property
    def label(self) -> str:
        """The name with what tells it from its namesakes: "Portland, Oregon", "Cambridge, England", "Lima, Peru"."""
        country = "" if self.country in ("United States", "United Kingdom") and self.region else self.country
        parts = [self.name]
        for part in (self.region, country):
            if part and part not in parts:
                parts.append(part)
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Article:
    """One version of one story.

    Attributes:
        id: public name, `[A-Za-z0-9._~-]{1,128}`; "" until the store has named the story.
        headline: the headline; made from the first sentence where `headline_made`.
        body: clean text, NFC, paragraphs separated by one blank line.
        published: None, `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or an ISO 8601 date-time with the offset as written:
            what is known and no more.
        byline: who wrote it, without "By", several names joined by ", " and " and ".
        section: the paper's section, or "".
        source: the paper or site, or "".
        url: http(s) address of the original, or "".
        dateline: the dateline as written ("ALEXANDRIA, La. (AP)"), or "".
        language: BCP 47 tag ("en"), or "".
        type: what type of story it is, in the words of `index.storytype` ("obituary"), or "".
        cities: best first.
        headline_made: True where the file had no headline and ours stands in for it.
        published_reason: how the date was decided, in words ("dateline, with the year of the file's name"), or "".
    """

    id: str = ""
    headline: str = ""
    body: str = ""
    published: str | None = None
    byline: str = ""
    section: str = ""
    source: str = ""
    url: str = ""
    dateline: str = ""
    language: str = ""
    type: str = ""
    cities: tuple[City, ...] = ()
    headline_made: bool = False
    published_reason: str = ""

    def __reduce__(self) -> tuple[Any, ...]:
        """Let it pass between processes as its values alone, which takes half the time."""
        return Article, _values(self)

    def called(self, name: str) -> Article:
        """Return the article under its public id."""
        return Article(name, *_values(self)[1:])

    @property
    def facet_cities(self) -> tuple[City, ...]:
        """The cities where the story is: dateline and about, best first, each once."""
        chosen: dict[str, City] = {}
        for city in self.cities:
            if city.role in FACET_ROLES:
                chosen.setdefault(city.key, city)
        return tuple(chosen.values())

    @property
    def bylines(self) -> tuple[str, ...]:
        """The writers one by one: the values of the byline facet.

        >>> Article(byline="Jane Doe, Max Roe and Ann Poe").bylines
        ('Jane Doe', 'Max Roe', 'Ann Poe')
        """
        names = (name.strip() for name in re.split(r",\s+(?!Jr\b|Sr\b|I{2,3}\b)|\s+and\s+|;", self.byline))
        return tuple(dict.fromkeys(name for name in names if name))

    def to_json(self) -> dict[str, Any]:
        """Return the JSON form of the house; `from_json` gives the same article back."""
        form: dict[str, Any] = {name: getattr(self, name) for name in _NAMES}
        form["cities"] = [{name: getattr(city, name) for name in _CITY_NAMES} for city in self.cities]
        return form

    @classmethod
    def from_json(cls, form: dict[str, Any]) -> Article:
        """Return the article of a JSON form made by `to_json`; names it does not know are ignored."""
        cities = tuple(
            City(**{name: value for name, value in city.items() if name in _CITY_NAMES})
            for city in form.get("cities") or ()
        )
        return cls(**{name: value for name, value in form.items() if name in _NAMES}, cities=cities)


#: Names of the JSON form, in its order, `cities` left out, and those of its cities.
_NAMES = dict.fromkeys(field.name for field in fields(Article) if field.name != "cities")
_CITY_NAMES = dict.fromkeys(field.name for field in fields(City))
_values, _city_values = (attrgetter(*(field.name for field in fields(kind))) for kind in (Article, City))


@dataclass(frozen=True, slots=True)
class Story:
    """A story as the archive holds it: its current article and what the store knows about it.

    Attributes:
        article: the newest version.
        arrival: sequence number of the newest version's acceptance; later is larger, no two are alike.
        first_arrival: sequence number of the story's first version; names the story's place in arrival order.
        arrived: when the newest version was accepted, ISO 8601 in UTC.
        family: `first_arrival` of the lead of the family of exact copies; the story's own where it has no copies.
        earlier: the versions before, oldest first.
    """

    article: Article
    arrival: int
    first_arrival: int
    arrived: str
    family: int
    earlier: tuple[Article, ...] = ()
