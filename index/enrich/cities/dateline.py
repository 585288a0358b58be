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

from index.enrich.cities.gazetteer import Entry, gazetteer
from index.enrich.cities.names import key
from index.enrich.cities.shapes import (
    AGENCIES,
    BARE_AGENCY,
    BEFORE_CAPITALS,
    BETWEEN_SLASHES,
    BRACKETS,
    BYLINE,
    CAPITALS,
    CLOCK,
    COLON,
    COUNTRY_IN_BRACKETS,
    DASH,
    DAY,
    DAY_ALONE,
    DAY_FIRST,
    JUNK,
    LIST,
    NAME,
    NUMBERED,
    ODD_DAY,
    PARENTHESES,
    SHORT_DASH,
    SLASHES,
)
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
    if not ("(" in opening or _holds_dash(opening) or COLON.search(opening)):
        return None
    for match in CAPITALS.finditer(text, 0, WINDOW):
        before = match.start()
        if text[before] == " " and not (before and BEFORE_CAPITALS.match(text, before - 1)):
            continue
        found = _read_head(text, match.end(), "")
        if found is not None and found.places and all(_in_capitals(place.name) for place in found.places):
            return found
    return None


def _holds_dash(text: str) -> bool:
    """Say whether a dash is in a text that may end a dateline."""
    return "—" in text or "–" in text or "―" in text or SHORT_DASH.search(text) is not None


def _read(text: str, begin: int) -> Dateline | None:
    junk = JUNK.match(text, begin)
    start = junk.end() if junk else begin
    if byline := BYLINE.match(text, start):
        found = _read_head(text, byline.end(), byline["byline"])
        if found is not None:
            return found
    dated = DAY_FIRST.match(text, start)
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
    return Dateline(head.rstrip(" ,-*_:"), places, day, agency, byline, start + story)


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
    rest = BETWEEN_SLASHES.sub(", ", head)
    day = ""
    bracketed = COUNTRY_IN_BRACKETS.search(rest)
    if bracketed and _narrows(bracketed["place"]):
        rest = f"{rest[: bracketed.start()]}, {bracketed['place']}{rest[bracketed.end() :]}"
    parentheses = PARENTHESES.search(rest)
    if parentheses and _holds_country(rest, parentheses):  # "Cologne (Germany) (AFP)" is "Cologne, Germany (AFP)"
        name, place = rest[: parentheses.start()], parentheses["agency"]
        rest = f"{name}, {place}" + rest[parentheses.end() :].partition("(")[0]
    elif parentheses:
        rest = rest[: parentheses.start()]
    if found := BARE_AGENCY.search(rest):
        agency, rest = found["agency"], rest[: found.start()]
    if found := DAY_ALONE.fullmatch(rest.strip(" ,.*_")):
        return (found["day"], agency, ()) if agency or found["day"][-1].isdigit() else None
    if found := DAY.search(rest) or ODD_DAY.search(rest):
        day, rest = found["day"], rest[: found.start()]
    if found := CLOCK.search(rest):
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
        opening = PARENTHESES.match(window)
        if opening is None:
            return None, 0, "", False
        dash = DASH.match(window, opening.end()) or DASH.match(window, max(0, opening.end() - 1))
        inside = opening["agency"].strip()
        if re.fullmatch(AGENCIES, inside):
            return opening[0].strip(), dash.end() if dash else opening.end(), inside, False
        return (inside, dash.end() if dash else opening.end(), "", True) if inside.isupper() else (None, 0, "", False)
    if window.startswith("["):
        bracketed = BRACKETS.match(window)
        if bracketed is None or not bracketed["place"].isupper():
            return None, 0, "", False
        dash = DASH.match(window, bracketed.end())
        return bracketed["place"], dash.end() if dash else bracketed.end(), "", True
    if slashed := SLASHES.match(window):
        return slashed[0].rstrip(" /"), slashed.end(), slashed["agency"], False
    parentheses = PARENTHESES.search(window) if "(" in window else None
    if parentheses and _holds_country(window, parentheses):
        parentheses = PARENTHESES.search(window, max(0, parentheses.end() - 1))
    dash = DASH.search(window) if _holds_dash(window) else None
    if parentheses and parentheses.start() < 70 and (dash is None or parentheses.start() < dash.start()):
        behind = DASH.match(window, max(0, parentheses.end() - 1)) or DASH.match(window, parentheses.end())
        agency = parentheses["agency"].strip()
        if behind or re.fullmatch(AGENCIES, agency):
            return window[: parentheses.end()].rstrip(), behind.end() if behind else parentheses.end(), agency, False
        return None, 0, "", False
    if dash and 2 < dash.start() < 90:
        return window[: dash.start()], dash.end(), "", False
    colon = COLON.search(window)
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
    for match in LIST.finditer(text):
        if _is_within_a_name(text, at, match):
            continue
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
        if NUMBERED.search(written):
            return ()
        if not NAME.fullmatch(written) and gazetteer().entry(key(written)) is None:
            return ()
        tail = qualifier.strip()
        if tail and not (tail[0].isupper() and len(tail) < 32):
            return ()
        begin = position + len(name) - len(name.lstrip())
        places.append(Place(written, tail, begin, begin + len(piece.strip())))
    return tuple(places) if len(places) <= 4 else ()


def _is_within_a_name(text: str, start: int, separator: re.Match[str]) -> bool:
    """Return whether an "and" stands in the name of one country or county behind a comma: "Trinidad and Tobago"."""
    comma = text.find(",", start, separator.start())
    if comma < 0 or separator[0].strip() != "and":
        return False
    name = key(text[comma + 1 :])
    entry = gazetteer().entry(name)
    return name in gazetteer().circles or (entry is not None and bool(entry.country or entry.regions))


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


def _holds_country(head: str, inner: re.Match[str]) -> bool:
    """Return whether a name's state or country stands in parentheses; behind another one, (PA) is an agency."""
    return _narrows(inner["agency"]) and not (inner["agency"] == "PA" and "," in head[: inner.start()])


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
    return not (behind.country and doubtful and known.is_near(largest, behind.country, _BORDERLAND))


def _is_a_state_of(entry: Entry, country: str) -> bool:
    """Return whether a name before its country is the state's, as `qualifiers` has it: "CALIFORNIA, US"."""
    known = gazetteer()
    states = {number for number in entry.regions if known.regions[number].country == country}
    return bool(states) and not any(
        known.region_of[row] in states or (known.country(row) == country and known.population[row] >= _WELL_KNOWN)
        for row in entry.cities
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
    if circle := known.circles.get(behind):
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
