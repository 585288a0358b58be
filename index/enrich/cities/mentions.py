"""Find the names in a story that could be cities, and what else it says about where it plays.

Not a judgement: a surname like Houston is a mention too. The one idea: only capitalised words are visited, each
tried as the start of the longest name the gazetteer knows; the states, countries, counties and peoples met on the way
are the story's evidence for what its city names mean.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from index.enrich.cities.gazetteer import Entry, Gazetteer, Start
from index.enrich.cities.home import Home
from index.enrich.cities.names import PARTICLES
from index.enrich.cities.words import CALENDAR, COUNTIES

#: What speaks for a place: the number of a region, or the ISO code of a country, and how much.
Evidence = defaultdict[int | str, float]

# Begins with a plain set, which the engine finds fastest; letters of other scripts begin no key.
_CAPITALISED = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-ɏḀ-ỿ](?<![^\W\d_][^\W\d_])[^\W\d_]*")
_JOINERS = frozenset((" ", "-", ".", "'", "’", "\n"))
_NEXT_WORD = re.compile(r"(?: |-|\. |['’]|\n|\.)([^\W\d_]+)")
_QUALIFIER = re.compile(r"(, | \(| |,)([^\W\d_]+)")
_FOLLOWING = re.compile(r" ([^\W\d_]+)")
_AND_COUNTY = re.compile(r"(?:, [A-Z]\w+)*,? (?:and|or) [A-Z]\w+ (?:[Cc]ount(?:y|ies)|[Pp]arish(?:es)?)\b")

# A region that several countries have says less than a US state; so many readings of one are considered.
_REGION_READINGS = 3
_MANY_COUNTIES = 6


# What the name of a city says about the state of that name.
_SAME_NAME = 0.25

# A town this near (kilometres) to a paper's home is called by its bare name there, whatever else is called so.
_NEXT_TO_HOME = 15.0


@dataclass(slots=True)
class Mention:
    """A name in the story that is the name of cities.

    Attributes:
        start, end: where it stands in the text.
        key: the name's key.
        entry: what the gazetteer knows of it.
        rows: the cities it may be: those that its qualifier leaves, else all of the name.
        qualifier: what narrowed it ("La."), or "".
        misqualified: a state follows in which no city of this name is.
        in_dateline: it is a place of the story's dateline.
        cues: what speaks for and against a city here, by name (see `cues`).
        score: log-odds that it is a city; what `cues` add up to.
    """

    start: int
    end: int
    key: str
    entry: Entry
    rows: tuple[int, ...]
    qualifier: str = ""
    misqualified: bool = False
    in_dateline: bool = False
    cues: dict[str, float] = field(default_factory=dict)
    score: float = 0.0


@dataclass(slots=True)
class Scan:
    """What one reading of a story found.

    Attributes:
        mentions: in order of the text.
        evidence: for regions and countries.
        counties: keys that the story uses as a county's name.
        home: the paper's home town, or None.
        qualifier_end: where the last mention's qualifier ends; what stands in it is no city of its own.
    """

    mentions: list[Mention]
    evidence: Evidence
    counties: set[str]
    home: Home | None
    qualifier_end: int = 0


def scan(text: str, known: Gazetteer, home: Home | None = None) -> Scan:
    """Return the mentions of a text and its evidence.

    To the paper of Jordan, Minnesota (its `home`), "Jordan" is a town; to all others it is a country.
    """
    found = Scan([], defaultdict(float), set(), home)
    begin = 0
    start_of = known.start
    for match in _CAPITALISED.finditer(text):
        start, end = match.span()
        if start < begin:
            continue
        first = start_of(match[0])
        if not first.longest:
            continue
        if first.longest > 1 and text[end : end + 1] in _JOINERS:
            following = text[end + 1 : end + 2]
            if first.particle or not following.islower():
                begin = _longest_name(found, known, text, start, end, first)
                continue
        if first.entry is not None:
            begin = _take(found, known, text, start, end, first.key, first.entry)
    return found


def _longest_name(found: Scan, known: Gazetteer, text: str, start: int, end: int, first: Start) -> int:
    """Take the longest name that begins with a word; return where the search goes on."""
    name_key = first.key
    ends = [(name_key, end)]
    for _ in range(first.longest - 1):
        following = _NEXT_WORD.match(text, end)
        if following is None:
            break
        word = following[1]
        capitalised = word[0].isupper()
        if not capitalised and word not in PARTICLES:
            break
        end = following.end()
        name_key = f"{name_key} {known.start(word).key}"
        if capitalised:
            ends.append((name_key, end))
    for name_key, end in reversed(ends):
        entry = known.entry(name_key)
        if entry is not None and (begin := _take(found, known, text, start, end, name_key, entry)):
            return begin
    return 0


def _take(found: Scan, known: Gazetteer, text: str, start: int, end: int, name_key: str, entry: Entry) -> int:
    """Add a name to what was found; return where the search goes on, or 0 where it is none of ours."""
    evidence = found.evidence
    several = " " in name_key
    written = text[start:end]
    city = bool(entry.cities) and name_key not in CALENDAR and (several or len(name_key) > 2)
    city = city and not (entry.short_for >= 0 and start < found.qualifier_end)
    short = entry.short_for >= 0 and (len(name_key) > 2 or written.isupper() or text[end : end + 1] == ".")
    if not (city or short or entry.regions or entry.country or entry.people):
        return 0
    following = _FOLLOWING.match(text, end)
    next_word = following[1] if following else ""
    if city and (text[end : end + 1] == "," or next_word in ("and", "or")) and _AND_COUNTY.match(text, end):
        found.counties.add(name_key)
        return end
    if city and next_word.lower() in COUNTIES:
        found.counties.add(name_key)
        states = known.counties.get(name_key, ())
        for number in states if len(states) <= _MANY_COUNTIES else ():
            evidence[number] += 1.0 / len(states)
        return following.end() if following else end
    at_home = city and entry.only_qualified and _is_at_home(entry.cities, found.home, known)
    if entry.country and not at_home:
        evidence[entry.country] += 1
    elif entry.people and not city:
        evidence[entry.people] += 0.5
        return end
    if short and (not city or (not several and len(name_key) <= 2)):
        if len(name_key) > 2 or text[max(0, start - 2) : start].startswith(","):
            evidence[entry.short_for] += 1
            evidence[known.regions[entry.short_for].country] += 0.5
        return end
    for number in () if at_home else entry.regions[:_REGION_READINGS]:
        country = known.regions[number].country
        weight = 1.0 if country in ("US", "CA") else 0.5 / len(entry.regions)
        if city and not entry.only_qualified:  # New York is a city first
            weight *= _SAME_NAME
        evidence[number] += weight
        evidence[country] += weight * 0.5
    if not city or start < found.qualifier_end:
        return end
    mention = Mention(start, end, name_key, entry, entry.cities)
    qualify(mention, text, known)
    if mention.qualifier:
        found.qualifier_end = text.find(mention.qualifier, end) + len(mention.qualifier)
    if entry.only_qualified and not at_home and not (mention.qualifier and _stands_alone(text, mention, known)):
        return end
    found.mentions.append(mention)
    return end


def _is_at_home(rows: tuple[int, ...], home: Home | None, known: Gazetteer) -> bool:
    """Return whether a city of that name is the paper's home or next to it."""
    return home is not None and any(
        known.region_of[row] == home.region and home.distance(known.latitude(row), known.longitude(row)) < _NEXT_TO_HOME
        for row in rows
    )


def _stands_alone(text: str, mention: Mention, known: Gazetteer) -> bool:
    """Return whether "Delaware, Ohio" is a city in its state and not two of a list of states."""
    behind = text.find(mention.qualifier, mention.end) + len(mention.qualifier)
    after = re.match(r",? (?:and |or )?([A-Z][a-z]+(?: [A-Z][a-z]+)?)", text[behind : behind + 40])
    before = re.search(r"([A-Z][a-z]+), $", text[max(0, mention.start - 24) : mention.start])
    return not any(m and known.region_numbers(m[1].lower()) for m in (after, before))


def qualify(mention: Mention, text: str, known: Gazetteer) -> None:
    """Narrow the mention to what follows it: ", La.", ", Texas", " (Texas)", ", France", ", Rapides Parish"."""
    match = _QUALIFIER.match(text, mention.end)
    if match is None or not match[2][0].isupper():
        return
    gap, word, end = match[1], match[2], match.end()
    name_key = known.start(word).key
    first = name_key
    regions: tuple[int, ...] = ()
    country, state, stop = "", False, end
    for length in range(3):
        entry = known.entry(name_key)
        if entry is not None:
            shortened = len(name_key) > 2 or word.isupper() or text[end : end + 1] == "."
            if entry.short_for >= 0 and shortened and (gap != " " or (word.isupper() and len(name_key) == 2)):
                regions, country, state = (entry.short_for,), "", True
                stop = end + (text[end : end + 1] == ".")
            if gap != " ":
                if entry.regions:
                    regions, country, state, stop = entry.regions, "", True, end
                if entry.country:
                    regions, country, state, stop = (), entry.country, False, end
        if gap == " " and length == 0 and len(name_key) != 2:
            break
        following = _NEXT_WORD.match(text, end)
        if following is None or not following[1][0].isupper():
            break
        word, end = following[1], following.end()
        name_key = f"{name_key} {known.start(word).key}"
    if not regions and not country and gap == ", ":
        following = _FOLLOWING.match(text, match.end())
        if following and following[1].lower() in COUNTIES:
            regions, state, stop = tuple(known.counties.get(first, ())), True, following.end()
    if not regions and not country:
        return
    if regions:
        rows = tuple(row for row in mention.rows if known.region_of[row] in regions)
    else:
        rows = tuple(row for row in mention.rows if known.country(row) == country)
    if rows:
        mention.rows = rows
        mention.qualifier = text[match.start(2) : stop]
    elif state:
        mention.misqualified = True
