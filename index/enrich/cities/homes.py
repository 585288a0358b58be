"""Which town a paper is at home in: as configured, from the list of outlets, or as its web address tells.

Learns nothing from stories; `learning` does. A home is a place in words or a GeoNames id as text, as `resolve` takes
it. The one idea: who is told wins, and a web domain is a name like any other.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from index.enrich.cities.gazetteer import gazetteer
from index.enrich.cities.home import Home
from index.enrich.cities.names import key

#: US outlets by web domain and by name, made from 3DLNews (MIT; notice in data/outlets.LICENSE) by `outlets`.
OUTLETS = Path(__file__).parent / "data" / "outlets.tsv.gz"

# Country domains that anybody anywhere uses.
_EVERYBODYS_DOMAINS = frozenset(["ai", "am", "cc", "co", "fm", "gg", "io", "la", "ly", "me", "to", "tv", "ws"])
_SECOND_LEVELS = frozenset(["co", "ac", "com", "gov", "edu", "net", "org", "gob", "govt"])

# What stands around a town in the name of its paper's domain, and how few letters and people such a town has.
_BEFORE_TOWN = ("the", "thisis", "my", "news", "inside")
_AFTER_TOWN = re.compile(
    "-|and|shire|news|post|times|mail|herald|express|gazette|echo|chronicle|citizen|guardian|standard|star|telegraph"
    "|observer|argus|journal|press|advertiser|live|today|evening|daily|online|weekly|mercury|courier|tribune|sentinel"
    "|record|review|examiner|reporter|leader|voice|world|city"
)
_SHORTEST_TOWN, _TOWN_WITH_PAPER = 4, 10_000


# A URL, or a host with or without something behind it: labels with dots between, no number at the end.
_ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]*:)?(?://)?(?:[^\s/@]*@)?(?:www\.)?(?P<host>[\w-]+(?:\.[\w-]+)*\.[^\W\d_][\w-]+)\.?(?::\d*)?(?:[/?#].*)?",
    re.DOTALL,
)


@cache
def _outlets() -> dict[str, str]:
    with gzip.open(OUTLETS, "rt", encoding="utf-8") as lines:
        return dict(line.rstrip("\n").split("\t") for line in lines if not line.startswith("#"))


def domain(address: str) -> str:
    """Return the web domain of a URL or of a bare host, without "www.", or "".

    >>> domain("http://www.thetowntalk.com/article/1"), domain("thetowntalk.com/news"), domain("The Town Talk")
    ('thetowntalk.com', 'thetowntalk.com', '')
    """
    found = _ADDRESS.fullmatch(address.strip().lower())
    return found["host"] if found else ""


def paper_key(source: str) -> str:
    """Return the form in which papers are compared: of a web address its domain, of a name its small letters.

    >>> paper_key("https://www.example.com/"), paper_key("The Evening  Echo")
    ('example.com', 'evening echo')
    """
    return domain(source) or " ".join(source.split()).casefold().removeprefix("the ")


class Papers(dict[str, str]):
    """Homes of papers by `paper_key`, so that whoever asks for many need not make the keys each time."""

    @classmethod
    def of(cls, homes: Mapping[str, str]) -> Papers:
        """Return homes by name or web address of the paper as `home_of` asks for them; of one paper the last wins."""
        return cls((paper_key(name), place) for name, place in homes.items())


def home_of(source: str, url: str = "", configured: Mapping[str, str] | None = None) -> str:
    """Return the home of a paper, or "" where it is unknown.

    Args:
        source: its name or web domain.
        url: address of one of its stories; its domain is asked for where `source` is not known.
        configured: homes the newsroom gave or the archive learned, by name or web address; they win.
    """
    names = tuple(_names(source, url))
    if configured:
        given = configured if isinstance(configured, Papers) else Papers.of(configured)
        for name in names:
            if place := given.get(name):
                return place
    outlets = _outlets()
    for name in names:
        if found := outlets.get(name if domain(name) else key(name)):
            return found
    return ""


def _names(source: str, url: str) -> Iterator[str]:
    """Yield what a paper may be known by, the best first: its own name, and every domain that its own lies in."""
    hosts = [domain(source), domain(url)]
    if not hosts[0] and (own := paper_key(source)):
        yield own
    for host in hosts:
        while "." in host:
            yield host
            host = host.partition(".")[2]


@cache
def home_of_address(host: str) -> Home | None:
    """Return what a paper's web domain says of its home: the country, and the town where the paper is called after it.

    Args:
        host: a web domain, as `domain` returns it.

    >>> found = home_of_address("hulldailymail.co.uk")
    >>> found.country, gazetteer().name(found.row)
    ('GB', 'Kingston upon Hull')
    """
    known = gazetteer()
    names = host.split(".")
    code = {"uk": "GB"}.get(names[-1], names[-1].upper())
    if len(names) < 2 or code not in known.country_names or names[-1] in _EVERYBODYS_DOMAINS:
        return None
    second_level = len(names) > 2 and (len(names[-2]) == 2 or names[-2] in _SECOND_LEVELS)
    name = names[-3] if second_level else names[-2]
    for town in _towns_of_paper(name):
        entry = known.entry(town)
        for row in entry.cities if entry is not None else ():
            if known.country(row) == code and known.population[row] >= _TOWN_WITH_PAPER:
                return Home(row, known.region_of[row], code, known.latitude(row), known.longitude(row))
    return Home.somewhere_in(code)


def _towns_of_paper(name: str) -> Iterator[str]:
    """Yield the words that may be a town in the name of a domain: "hull" of "hulldailymail", longest first."""
    for words in {name, *(name.removeprefix(word) for word in _BEFORE_TOWN)}:
        for end in range(len(words), _SHORTEST_TOWN - 1, -1):
            if end == len(words) or _AFTER_TOWN.match(words, end):
                yield words[:end]
