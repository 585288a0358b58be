"""What speaks for and against a mention being a city, seen from the words around it.

No weights here and no decision: a cue only says that something is so ("after_title" in "Sheriff Houston"). The one
idea: every cue is one plain condition with a name, so that a wrong city can be explained by the cues that let it in.
"""

from __future__ import annotations

import math
import re

from index.enrich.cities.gazetteer import Gazetteer
from index.enrich.cities.home import Home
from index.enrich.cities.mentions import Mention, Scan
from index.enrich.cities.words import (
    ARTICLES,
    CALENDAR,
    CIVIC,
    DIRECTIONS,
    KINDS_OF_PLACE,
    LANDSCAPE,
    LANDSCAPE_BEFORE,
    ORGANISATIONS,
    OTHER_PREPOSITIONS,
    PARTIES,
    PLACE_NOUNS,
    PLACE_PREPOSITIONS,
    SAID,
    SENTENCE_OPENERS,
    STATE_WORDS,
    STREETS,
    TEAMS,
    TEAMS_BEFORE,
    TITLES,
    TOWN_OFFICES,
    TOWNSHIPS,
    VENUES,
    VISITS_AND_PARTS,
)

# Read from right to left: a gap, a word, a gap, a word.
_BACKWARDS = re.compile(r"([\W\d_]{0,12})([^\W\d_]*)([\W\d_]{0,12})([^\W\d_]*)")
_REACH = 48
_AFTER = re.compile(r"([\W\d_]*)([^\W\d_]*)")
_LONGER_NAME = re.compile(r"(?: [A-Z][\w.'’]*){1,3} ([A-Z]\w+)")
_HOUSE_NUMBER = re.compile(r" \d+ $")
_AGED = re.compile(r"\d, of $")
#: Cues of a person; a name that has no others in a story is no city there.
PERSON = {"after_first_name", "after_title", "after_initial", "surname_elsewhere", "first_name_of_somebody"}
_NAMED_IN_FULL = {"after_first_name", "after_two_capitals", "after_title", "after_initial"}
_LISTED = frozenset([", ", " and ", ", and ", " or ", "/", ",", "; "])
_FAR = 80.0


def neighbours(text: str, start: int, end: int) -> tuple[str, str, str, str, str, str]:
    """Return the words and gaps around a span: second word before, its gap, word before, its gap, gap and word after.

    >>> neighbours("the city of Albany said", 12, 18)
    ('city', ' ', 'of', ' ', ' ', 'said')
    """
    backwards = _BACKWARDS.match(text[max(0, start - _REACH) : start][::-1])
    after = _AFTER.match(text, end)
    if backwards is None or after is None:  # both match anything
        return "", "", "", "", "", ""
    gap, word, second_gap, second = (part[::-1] for part in backwards.groups())
    return second, second_gap, word, gap, after[1], after[2]


def add_cues(scanned: Scan, text: str, known: Gazetteer, home: Home | None) -> None:
    """Give every mention its cues."""
    times: dict[str, int] = {}
    for mention in scanned.mentions:
        times[mention.key] = times.get(mention.key, 0) + 1
    surnames: set[str] = set()
    for mention in scanned.mentions:
        cues = mention.cues
        second, second_gap, word, gap, gap_after, word_after = neighbours(text, mention.start, mention.end)
        _words_before(cues, known, second, second_gap, word, gap)
        _words_after(cues, gap_after, word_after)
        _place_in_text(cues, text, mention, word, gap, gap_after, word_after)
        _the_name_itself(cues, mention, known, scanned, times[mention.key])
        _the_rest_of_the_story(cues, mention, known, scanned, home)
        if " " not in mention.key and (
            "after_first_name" in cues
            or "after_two_capitals" in cues
            or cues.get("after_title", 0) >= 0.6
            or cues.get("after_initial") == 1
        ):
            surnames.add(mention.key)
    _lists(scanned, text)
    for mention in scanned.mentions:
        cues = mention.cues
        if mention.key in surnames and not cues.keys() & _NAMED_IN_FULL:
            cues["surname_elsewhere"] = 1


def _lists(scanned: Scan, text: str) -> None:
    """Mark names that stand in a list with other names that could be cities."""
    for before, after in zip(scanned.mentions, scanned.mentions[1:], strict=False):
        if after.start - before.end < 24 and not before.qualifier and text[before.end : after.start] in _LISTED:
            before.cues["beside_another"] = after.cues["beside_another"] = 1


def _words_before(cues: dict[str, float], known: Gazetteer, second: str, second_gap: str, word: str, gap: str) -> None:
    lower = word.lower()
    touching = gap in (" ", "-")
    if lower in STREETS and gap in (", ", "., ") and word[:1].isupper():
        cues["after_address"] = 1
    if gap in (" ", "\n"):
        if lower in PLACE_PREPOSITIONS:
            cues["after_place_preposition"] = 1
        elif lower in OTHER_PREPOSITIONS:
            cues["after_preposition"] = 1
        elif lower in VISITS_AND_PARTS:
            cues["after_visit"] = 1
        elif lower in ARTICLES:
            cues["after_article"] = 1
        if (lower == "of" and second_gap == " " and second.lower() in KINDS_OF_PLACE) or (
            lower in PLACE_NOUNS and word.islower()
        ):
            cues["after_kind_of_place"] = 1
    elif gap == "-" and word in PARTIES:
        cues["after_kind_of_place"] = 1
    if touching and word[:1].isupper():
        if lower in known.first_names and lower not in PLACE_PREPOSITIONS:
            cues["after_first_name"] = 1
        elif lower in TITLES:
            cues["after_title"] = 1
        elif lower in DIRECTIONS:
            cues["after_visit"] = 1
        elif lower in LANDSCAPE_BEFORE:
            cues["landscape"] = 1
        elif lower in TEAMS_BEFORE:
            cues["club"] = 1
        elif not (
            lower in PLACE_PREPOSITIONS or lower in OTHER_PREPOSITIONS or lower in ARTICLES or lower in SENTENCE_OPENERS
        ):
            cues["after_capital"] = 1
            if second[:1].isupper() and second_gap == " " and second.lower() not in SENTENCE_OPENERS:
                cues["after_two_capitals"] = 1
    elif gap == ". " and lower in TITLES:
        cues["after_title"] = 1
    elif gap == ". " and word in ("N", "S", "E", "W"):
        cues["after_visit"] = 1
    elif gap == ". " and len(word) == 1 and word.isupper():
        cues["after_initial"] = 1
    elif touching and lower in TITLES and word.islower():
        cues["after_title"] = 0.6
    elif gap in (". ", ".") and len(word) <= 2 and word[:1].isupper():
        cues["after_initial"] = 0.5


def _words_after(cues: dict[str, float], gap: str, word: str) -> None:
    lower = word.lower()
    if gap == " " and word[:1].isupper():
        if lower in STREETS:
            cues["street"] = 1
        elif lower in LANDSCAPE:
            cues["landscape"] = 1
        elif lower in ORGANISATIONS:
            cues["organisation"] = 1
        elif lower in CIVIC:
            cues["civic_name"] = 1
            if lower in TOWN_OFFICES:
                cues["town_office"] = 1
        elif lower in TEAMS:
            cues["team"] = 1
        elif lower in CALENDAR:
            cues["before_day"] = 1
        elif lower in TOWNSHIPS:
            cues["township"] = 1
        else:
            cues["before_capital"] = 1
    elif gap == " " and word:
        if lower in CIVIC:
            cues["civic"] = 1
            if lower in TOWN_OFFICES:
                cues["town_office"] = 1
        elif lower in SAID:
            cues["before_said"] = 1
        elif lower in CALENDAR:
            cues["before_day"] = 1
        if lower in STATE_WORDS:
            cues["state_word"] = 1
    elif (gap.startswith("-") and lower == "based") or (lower == "area" and gap[:1] in "- "):
        cues["civic"] = 1


def _place_in_text(
    cues: dict[str, float], text: str, mention: Mention, word: str, gap: str, gap_after: str, word_after: str
) -> None:
    if mention.qualifier:
        cues["qualified"] = 1
    elif mention.misqualified:
        cues["misqualified"] = 1
    if mention.in_dateline:
        cues["dateline"] = 1
    if word == "of" and _AGED.search(text, max(0, mention.start - 8), mention.start):
        cues["home_of_a_person"] = 1
    if "before_capital" in cues:
        longer = _LONGER_NAME.match(text, mention.end)
        if longer and longer[1].lower() in VENUES:
            cues["longer_name"] = 1
    if _HOUSE_NUMBER.search(gap):
        cues["after_number"] = 1
    if mention.start == 0 or (
        (gap[:1] in (".", "!", "?") or "\n" in gap or gap.rstrip()[-1:] in ('"', "“", ".")) and len(word) > 2
    ):
        cues["starts_sentence"] = 1
    if gap_after.startswith(", "):
        cues["before_comma"] = 1
    if (word_after in ("and", "or") and gap_after == " ") or (word in ("and", "or") and gap == " "):
        cues["in_a_list"] = 1
    if text[mention.start : mention.end].isupper() and len(mention.key.split(" ", 1)[0]) > 3:
        cues["in_capitals"] = 1
    if gap_after[:1] in ("'", "’") and word_after == "s":
        cues["possessive"] = 1
    if gap[-1:] == "-" or gap_after[:1] == "-":
        cues["hyphened"] = 1
    if gap[-1:] == "(" or gap_after[:1] == ")":
        cues["in_parentheses"] = 1
    if gap[-1:] in ('"', "“", "'", "‘"):
        cues["after_quote"] = 1


def _the_name_itself(cues: dict[str, float], mention: Mention, known: Gazetteer, scanned: Scan, times: int) -> None:
    entry = mention.entry
    population = known.population[entry.cities[0]]
    if " " in mention.key:
        cues["several_words"] = 1
    elif mention.key in known.first_names:
        cues["is_first_name"] = 1
        if "before_capital" in cues:
            cues["first_name_of_somebody"] = 1
    cues["population"] = math.log10(population + 10) / 7
    if population >= 1_000_000:
        cues["million"] = 1
    if known.stands_alone(entry.cities[0]):
        cues["stands_alone"] = 1
    cues["namesakes"] = math.log(len(entry.cities)) / 4
    if entry.place_odds is None:
        cues["never_seen"] = 1
    else:
        cues["place_odds"] = entry.place_odds
        cues["common_word"] = entry.commonness
    if entry.regions:
        cues["small_region_name" if population < 500_000 else "large_region_name"] = 1
    if entry.country:
        cues["country_name"] = 1
    if entry.district:
        cues["district_name"] = 1
    if mention.key in scanned.counties:
        cues["county_here"] = 1
    if len(mention.key) <= 4:
        cues["short"] = 1
    cues["again"] = min(3, times - 1) / 3


def _the_rest_of_the_story(
    cues: dict[str, float], mention: Mention, known: Gazetteer, scanned: Scan, home: Home | None
) -> None:
    evidence = scanned.evidence
    for row in mention.rows:
        region = known.region_of[row]
        if home is not None and region == home.region:
            cues["home_region"] = 1
            if "home_near" not in cues and home.distance(known.latitude(row), known.longitude(row)) < _FAR:
                cues["home_near"] = 1
        if region in evidence:
            cues["region_named"] = 1
        if known.regions[region].country in evidence:
            cues["country_named"] = 1
