"""Read the dateline: the place, and often the day and the agency, that a story opens with.

Not a decision about which city is meant; `index.enrich.cities.resolver` takes that. The one idea: a dateline is a short
run of words before a dash, a colon or an agency in parentheses, and it is believed by what it holds: capitals, a day,
an agency, a state, a name the gazetteer knows. A sentence that merely has a dash in it holds none of these.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import numpy as np

from index.enrich.cities.distance import distance
from index.enrich.cities.gazetteer import Entry, gazetteer
from index.enrich.cities.names import key
from index.enrich.cities.words import CALENDAR
from index.enrich.datetext import find


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a dateline as written.

    Attributes:
        name: "ALEXANDRIA".
        qualifier: "La.", "British Columbia", or "".
        start: where `name` starts in the text that was read.
        end: where the place with its qualifier ends.
    """

    name: str
    qualifier: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline.

    Attributes:
        text: as written, without the dash: "ALEXANDRIA, La. (AP)".
        places: its cities as written, in order; none in "(CNN) -" and "March 3 (Reuters) -".
        date: its day as written ("Feb 26"), or "".
        agency: "AP", "Reuters", …, or "".
        byline: who wrote it where that stands before the place ("By Jane Doe, NEW YORK —"), or "".
        start: where the story's own words start in the text that was read.
    """

    text: str
    places: tuple[Place, ...]
    date: str
    agency: str
    byline: str
    start: int


#: A dateline is looked for in this many characters of the text.
WINDOW = 260

# No dateline is longer than this, and none begins so late that it does not end within this.
_HEAD, _OPENING = 120, 1_000

# Countries whose states and provinces stand behind cities' names without the country.
_WITH_STATES = ("US", "CA", "AU", "GB")

# A city of this many people is meant even where a neighbouring country, within so many kilometres, is put behind it.
_WELL_KNOWN, _BORDERLAND = 100_000, 250.0

# A short dash ends a dateline only where it is double, before a space or last,
# or where a word that opens sentences follows a name in capitals ("WASHINGTON-The").
_OPENER = r"(?:The|An?|In|On|At|It|As|For|After|When|While|With)\b"
_SHORT_DASH = re.compile(rf"-(?:[-\s]|\Z|(?<=[A-Z]-){_OPENER})")

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_ANY_DAY = (
    rf"(?P<day>(?:{_WEEKDAY},? )?(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})"
    rf"(?:,?\s+(?:18|19|20)\d\d)?|{_WEEKDAY})"
)
_DAY = re.compile(rf"[,\s]+{_ANY_DAY}(?=[\s,./(-]|$)", re.IGNORECASE)
# A day that is all there is ("March 3 (Reuters) -"), and one in front of the place ("March 3, 2018 | ALBANY").
_DAY_ALONE = re.compile(_ANY_DAY, re.IGNORECASE)
_DAY_FIRST = re.compile(rf"{_ANY_DAY}\s*[|•·]\s*", re.IGNORECASE)
_CLOCK = re.compile(
    r",?\s+\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\.?)?(?:\s*(?:GMT|UTC|[A-Z]{2,3}T|local time))?$", re.IGNORECASE
)
# A month that was misspelt on the wire: "Narch 2", "Marchg 12", "March 187".
_ODD_DAY = re.compile(r",\s+(?P<day>[A-Z][a-z]{2,8}\.?\s+\d{1,3})\s*$")
_AGENCIES = r"AP|A\.P\.|Associated Press|Reuters?|UPI|AFP|CNN|Xinhua|Bloomberg|dpa|ANI|PTI|IANS|APP|TASS|Interfax|Kyodo"
_BARE_AGENCY = re.compile(rf"[,\s]+(?P<agency>{_AGENCIES})\s*$")
_PARENTHESES = re.compile(r"\s*\((?P<agency>[^()\n]{2,48})\)(?::(?=\s))?\s*")
_DASH = re.compile(
    r"[*_]{0,3}\s*(?:--+|[—–―])\s*|[*_]{0,3}\s+-\s+|(?<=\d)\s*-\s+|(?<=\d)-(?=\s|$)|(?<=[A-Z])-\s+|\s-\s*$"
    rf"|(?<=[A-Z]{{3}})-(?={_OPENER})"
)
_BRACKETS = re.compile(r"\[(?P<place>[^\[\]\n]{2,48})\]\s*")
_COLON = re.compile(r":\s+")
_BYLINE = re.compile(
    r"(?:By|BY)\s+(?P<byline>[^\W\d_][\w.'’-]*(?:\s+(?:and\s+)?[^\W\d_][\w.'’-]*){1,7}?)"
    rf"(?:,\s+(?:{_AGENCIES}|[Ss]taff [Ww]riter|[Cc]orrespondent))?\s*(?:,|\.|;|\n|\s{{2,}})\s*"
)
_NAME = re.compile(
    r"[^\W\d_][\w.'’]*(?:[ -](?:of|de|la|le|da|do|del|di|du|des|es|el|al|on|upon|the|and|sur|am|y|"
    r"[^\W\d_a-zß-öø-ÿ][\w.'’]*|d['’]\w+)){0,5}"
)
# A word in capitals that begins a line, or that follows one of small letters, a number or the end of a sentence.
_CAPITALS = re.compile(r"[ \n](?=[^\W\d_a-zß-öø-ÿ]{2}|Mc|De|St\.)")
_BEFORE_CAPITALS = re.compile(r"[.!?\da-z]")
_NUMBERED = re.compile(r"[^\W\d_].*\d")
_JUNK = re.compile(r"[\s*•\"“”']*")
_LIST = re.compile(r"\s*(?:/|;|\s+and\s+|\s+&\s+)\s*")


def parse_dateline(text: str, *, given: bool = False) -> Dateline | None:
    """Return the dateline that `text` opens with, or None.

    Args:
        text: a body, or a dateline that a format gives apart ("CLEVELAND, Feb 26 -").
        given: the text is a dateline and nothing else, so that "Albany" is believed without a dash.

    >>> found = parse_dateline("ALEXANDRIA, La. (AP) — A woman was charged on Friday.")
    >>> found.text, found.places[0].name, found.places[0].qualifier, found.agency, found.start
    ('ALEXANDRIA, La. (AP)', 'ALEXANDRIA', 'La.', 'AP', 23)
    """
    return _opening(text[:_OPENING], given)


@lru_cache(1024)
def _opening(text: str, given: bool) -> Dateline | None:
    """Return the dateline of a text's opening; cleaning, dating and placing a story ask for the same."""
    found = _read(text, 0)
    if found is None and given and len(text) < 90:
        found = _read(text.rstrip(" ,-–—:") + " — ", 0)
    if found is not None and not found.places and found.date and _is_span(text[found.start :]):
        return None
    return found


def _is_span(behind: str) -> bool:
    """Say whether what stands behind a day and a dash is another day: a life, or how long a fair lasts."""
    until = find(behind[:40], whole=True)
    return until is not None and not behind[: until.start].strip()


def inner_dateline(text: str) -> Dateline | None:
    """Return a dateline in capitals near the start of a text: behind a headline, a caption or a byline.

    Scraped stories often repeat those in front of it.
    """
    opening = text[: WINDOW + _HEAD]
    if not ("(" in opening or _holds_dash(opening) or _COLON.search(opening)):
        return None
    for match in _CAPITALS.finditer(text, 0, WINDOW):
        before = match.start()
        if text[before] == " " and not (before and _BEFORE_CAPITALS.match(text, before - 1)):
            continue
        found = _read_head(text, match.end(), "")
        if found is not None and found.places and all(_in_capitals(place.name) for place in found.places):
            return found
    return None


def _holds_dash(text: str) -> bool:
    """Say whether a dash is in a text that may end a dateline."""
    return "—" in text or "–" in text or "―" in text or _SHORT_DASH.search(text) is not None


def _read(text: str, begin: int) -> Dateline | None:
    junk = _JUNK.match(text, begin)
    start = junk.end() if junk else begin
    byline = _BYLINE.match(text, start)
    if byline:
        found = _read_head(text, byline.end(), byline["byline"])
        if found is not None:
            return found
    dated = _DAY_FIRST.match(text, start)
    if dated:
        found = _read_head(text, dated.end(), "")
        if found is not None and found.places:
            return replace(found, date=found.date or dated["day"])
    return _read_head(text, start, "")


def _read_head(text: str, start: int, byline: str) -> Dateline | None:
    window = text[start : start + _HEAD].split("\n", 1)[0]
    head, story, agency, whole_in_parentheses = _cut(window)
    if head is None:
        return None
    told = _told(head, agency, whole_in_parentheses, bool(byline))
    if told is None:
        return None
    day, agency, found = told
    vouched = bool(day or agency or byline)
    if not found and not agency and window[len(head) : story].strip() == ":":  # "March 3: a day to remember"
        return None
    # "Boston — or what is left of it — will dig out"
    if not vouched and text[start + story : start + story + 1].islower() and not _in_capitals(found[0].name):
        return None
    offset = start + 1 if whole_in_parentheses else start
    places = tuple([Place(place.name, place.qualifier, offset + place.start, offset + place.end) for place in found])
    return Dateline(head.rstrip(" ,-*_"), places, day, agency, byline, start + story)


@lru_cache(1 << 12)
def _told(
    head: str, agency: str, whole_in_parentheses: bool, vouched: bool
) -> tuple[str, str, tuple[Place, ...]] | None:
    """Return the day, the agency and the places of what might be a dateline, or None; papers write the same ones often.

    Args:
        head: what stands before the story.
        agency: what is known of it.
        whole_in_parentheses: all of the head stands in them.
        vouched: a byline stands before it.
    """
    rest = head
    day = ""
    parentheses = _PARENTHESES.search(rest)
    if parentheses and _narrows(parentheses["agency"]):  # "Cologne (Germany) (AFP)" is "Cologne, Germany (AFP)"
        name, place = rest[: parentheses.start()], parentheses["agency"]
        rest = f"{name}, {place}" + rest[parentheses.end() :].partition("(")[0]
    elif parentheses:
        rest = rest[: parentheses.start()]
    if found := _BARE_AGENCY.search(rest):
        agency, rest = found["agency"], rest[: found.start()]
    if found := _DAY_ALONE.fullmatch(rest.strip(" ,.*_")):
        return (found["day"], agency, ()) if agency or found["day"][-1].isdigit() else None
    if found := _DAY.search(rest) or _ODD_DAY.search(rest):
        day, rest = found["day"], rest[: found.start()]
    if found := _CLOCK.search(rest):
        rest = rest[: found.start()]
    rest = rest.rstrip(" ,.-*_") + ("." if rest.rstrip(" ,-").endswith(".") else "")
    places = _places(rest)
    if not places:
        return (day, agency, ()) if agency and not rest.strip() else None
    believed = bool(day or agency or vouched)
    if not all(_credible(place, believed) for place in places) or (whole_in_parentheses and not _known(places[0])):
        return None
    return day, agency, places


def _cut(window: str) -> tuple[str | None, int, str, bool]:
    """Return the head, where the story starts behind it, its agency, and whether all of it is in parentheses."""
    if window.startswith("("):
        opening = _PARENTHESES.match(window)
        if opening is None:
            return None, 0, "", False
        dash = _DASH.match(window, opening.end()) or _DASH.match(window, max(0, opening.end() - 1))
        inside = opening["agency"].strip()
        if re.fullmatch(_AGENCIES, inside):
            return opening[0].strip(), dash.end() if dash else opening.end(), inside, False
        return (inside, dash.end() if dash else opening.end(), "", True) if inside.isupper() else (None, 0, "", False)
    if window.startswith("["):
        bracketed = _BRACKETS.match(window)
        if bracketed is None or not bracketed["place"].isupper():
            return None, 0, "", False
        dash = _DASH.match(window, bracketed.end())
        return bracketed["place"], dash.end() if dash else bracketed.end(), "", True
    parentheses = _PARENTHESES.search(window) if "(" in window else None
    if parentheses and _narrows(parentheses["agency"]):
        parentheses = _PARENTHESES.search(window, max(0, parentheses.end() - 1))
    dash = _DASH.search(window) if _holds_dash(window) else None
    if parentheses and parentheses.start() < 70 and (dash is None or parentheses.start() < dash.start()):
        behind = _DASH.match(window, max(0, parentheses.end() - 1)) or _DASH.match(window, parentheses.end())
        agency = parentheses["agency"].strip()
        if behind or re.fullmatch(_AGENCIES, agency):
            return window[: parentheses.end()].rstrip(), behind.end() if behind else parentheses.end(), agency, False
        return None, 0, "", False
    if dash and 2 < dash.start() < 90:
        return window[: dash.start()], dash.end(), "", False
    colon = _COLON.search(window)
    if colon and 2 < colon.start() < 40:
        return window[: colon.start()], colon.end(), "", False
    if len(window) < 70 and re.fullmatch(r"[^a-z]{3,}(?:,.{2,30})?|.*\d", window):  # a dateline given apart, no dash
        return window, len(window), "", False
    return None, 0, "", False


def _places(text: str) -> tuple[Place, ...]:
    """Return the places of "NEW YORK/LONDON" or "ALEXANDRIA, La."; none where the text is not a list of places."""
    places: list[Place] = []
    at = 0
    pieces: list[tuple[int, str]] = []
    for match in _LIST.finditer(text):
        pieces.append((at, text[at : match.start()]))
        at = match.end()
    pieces.append((at, text[at:]))
    for position, piece in pieces:
        if listed := _all_cities(piece):
            for part in listed:
                begin = position + piece.index(part)
                places.append(Place(part, "", begin, begin + len(part)))
            continue
        name, _, qualifier = piece.partition(",")
        written = name.strip()
        if not written or qualifier.count(",") > 1:
            return ()
        if _NUMBERED.search(written):
            return ()
        if not _NAME.fullmatch(written) and gazetteer().entry(key(written)) is None:
            return ()
        tail = qualifier.strip()
        if tail and not (tail[0].isupper() and len(tail) < 32):
            return ()
        begin = position + len(name) - len(name.lstrip())
        places.append(Place(written, tail, begin, begin + len(piece.strip())))
    return tuple(places) if len(places) <= 4 else ()


def _all_cities(text: str) -> list[str]:
    """Return the names of "LONDON, PARIS, BERLIN", which are cities all; none where one narrows down the one before."""
    names = [part.strip() for part in text.split(",")]
    if len(names) < 2 or not all(_in_capitals(name) for name in names):
        return []
    known = gazetteer()
    for before, name in pairwise(names):
        entry, first = known.entry(key(name)), known.entry(key(before))
        if entry is None or first is None or _narrows(name):
            return []
        if not all(each.cities and known.stands_alone(each.cities[0]) for each in (first, entry)):
            return []
        if any(known.region_of[row] in entry.regions for row in first.cities):
            return []
    return names


@lru_cache(1 << 12)
def _narrows(name: str) -> bool:
    """Return whether it is the name of a country, or of a state that papers put behind its cities."""
    known = gazetteer()
    entry = known.entry(key(name))
    if entry is None or entry.people:
        return False
    well_known = any(known.regions[number].country in _WITH_STATES for number in entry.regions)
    return bool(entry.country) or entry.short_for >= 0 or well_known or bool(entry.regions and not entry.cities)


@lru_cache(1 << 12)
def lies_elsewhere(place: Place) -> bool:
    """Return whether no city of that name lies in the state or country that stands behind it: "PARIS, Ga."."""
    known = gazetteer()
    entry = known.entry(key(place.name))
    circle = known.circles.get(key(place.qualifier))
    if circle is not None and entry is not None and any(known.is_within(row, circle) for row in entry.cities):
        return False
    behind = known.entry(key(place.qualifier)) if place.qualifier else None  # none of "NEW YORK, Louisville, Ky."
    if entry is None or not entry.cities or behind is None:
        return False
    if _is_a_state_of(entry, behind.country):
        return True
    regions = {*behind.regions, behind.short_for}
    for row in entry.cities:
        country = known.country(row)
        called = key(known.country_names.get(country, "")) == key(place.qualifier)  # Georgia, which is a state first
        if known.region_of[row] in regions or country == behind.country or called:
            return False
    largest = entry.cities[0]
    # Luxembourg is a province of Belgium too: a town near by may lie in either.
    doubtful = behind.district or known.population[largest] >= _WELL_KNOWN
    return not (behind.country and doubtful and _is_near(largest, behind.country))


def _is_a_state_of(entry: Entry, country: str) -> bool:
    """Return whether a name before its country is the state's, as `qualifiers` has it: "CALIFORNIA, US"."""
    known = gazetteer()
    states = {number for number in entry.regions if known.regions[number].country == country}
    return bool(states) and not any(
        known.region_of[row] in states or (known.country(row) == country and known.population[row] >= _WELL_KNOWN)
        for row in entry.cities
    )


def _is_near(row: int, country: str) -> bool:
    """Return whether a city lies in the country or near it: papers do not agree on whose Hong Kong or Belfast is."""
    known = gazetteer()
    inside = np.array([region.country == country for region in known.regions])
    there = np.flatnonzero(inside[np.asarray(known.region_of)])
    latitude, longitude = known.latitude(row), known.longitude(row)
    return any(
        distance(latitude, longitude, known.latitude(other), known.longitude(other)) < _BORDERLAND
        for other in there.tolist()
    )


def _in_capitals(name: str) -> bool:
    letters = [c for c in name if c.isalpha()]
    small = sum(c.islower() for c in letters)
    return small <= (2 if re.match(r"(?:Mc|De|La|Mac|St|d['’])", name) else 0) and len(letters) > 2


def _known(place: Place) -> bool:
    entry = gazetteer().entry(key(place.name))
    return entry is not None and bool(entry.cities or entry.regions or entry.country)


def _qualified(place: Place) -> bool:
    known, behind = gazetteer(), key(place.qualifier.split(",")[-1])
    if circle := known.circles.get(behind):  # NORWICH, Norfolk
        first = known.entry(key(place.name))
        return first is not None and any(known.is_within(row, circle) for row in first.cities)
    entry = known.entry(behind) if behind else None
    return entry is not None and (entry.short_for >= 0 or bool(entry.regions or entry.country))


def _credible(place: Place, believed: bool) -> bool:
    """Return whether it is a place: written in capitals, or known; `believed` where a day or an agency vouches."""
    if place.qualifier and not _qualified(place):
        return False
    if not place.qualifier and key(place.name) in CALENDAR:
        return False
    capitals, known = _in_capitals(place.name), _known(place)
    if believed:
        return capitals or known
    if capitals:
        return known or bool(place.qualifier) or " COUNTY" in place.name
    entry = gazetteer().entry(key(place.name))
    return known and (bool(place.qualifier) or (entry is not None and entry.commonness < 0.1 and bool(entry.cities)))
