"""Add up how much of a story is each city's, over all the names it goes by.

Decides no role; `roles` does. The one idea: everything is counted in plain mentions. One in the headline is worth three
of them, one in the opening two, one with a police or a council of the city half as much again. A name in a list, before
a man's title ("New Orleans Mayor Mitch Landrieu"), or with its state because the story has a namesake, counts only
half, but for two cities that open the story side by side. A capital counts a tenth more: news is made there.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from index.compiled import I64, INT, U32, compiled
from index.enrich.cities.cues import BESIDE_ANOTHER, CAPITAL_CITY, CIVIC_NAME, CIVIC_WORD
from index.enrich.cities.decision import LIKELY, NEARBY
from index.enrich.cities.letters import STOPS, is_plain_capital
from index.enrich.cities.mention import DATELINE, END, NAME, QUALIFIER, QUALIFIER_END, START
from index.enrich.cities.tables import NUMBERS, ROWS, TABLES, TITLE, classes_of, whole


class Named(NamedTuple):
    """A city that a story names: what loops write of it into a row of whole numbers and one of others.

    Attributes:
        row: in the gazetteer.
        name: number of the name first used for it.
        start, end: where that stands in what was read of the story.
        mentions: how often it is named.
        filed: how many of those are in the dateline.
        filed_at: where the first of those stands; 0 where there is none.
        in_headline: how many are in the headline.
        qualifier, qualifier_end: where what narrows it down ("La.") first stands; both 0 for nowhere.
        qualified_before: 1 where that stands before the name ("Illinois officials in Springfield").
        salience: how much of the story is its, in plain mentions.
        nearby: pull of other names' places around it.
        likely: log-odds that the story means this city.
    """

    row: int
    name: int
    start: int
    end: int
    mentions: int
    filed: int
    filed_at: int
    in_headline: int
    qualifier: int
    qualifier_end: int
    qualified_before: int
    salience: float
    nearby: float
    likely: float


# The columns of both rows.
_ROW, _NAME, _START, _END, _MENTIONS, _FILED, _FILED_AT, _IN_HEADLINE, _QUALIFIER, _QUALIFIER_END = range(10)
_QUALIFIED_BEFORE = 10
_SALIENCE, _NEARBY, _LIKELY = range(3)
WHOLE_COLUMNS, OTHER_COLUMNS = 11, 3

# What a mention is worth: in the headline, in the opening (this share of the body, this many characters at least), with
# an institution of the city, of the capital of a country; in a list, or as the title of a person, only a part.
_HEADLINE, _OPENING, _INSTITUTION, _CAPITAL, _IN_PASSING = 3.0, 2.0, 1.5, 1.1, 0.5
_OPENING_SHARE, _OPENING_LENGTH = 0.1, 160

# A title is shorter than this: "Gov.", "St.", "Sens."
_LONGEST_TITLE = 5

_SPACE, _NEWLINE = 32, 10


@compiled(TABLES, U32, INT, allocates=False)
def _before_a_title(tables: Any, codes: Any, at: int) -> bool:
    """Return whether a title and a name follow: " Mayor Mitch"."""
    if not (at < codes.size and codes[at] == _SPACE and is_plain_capital(codes, at + 1)):
        return False
    end = at + 2
    while end < codes.size and 97 <= codes[end] <= 122:
        end += 1
    if not (end > at + 2 and end < codes.size and codes[end] == _SPACE and is_plain_capital(codes, end + 1)):
        return False
    return bool(classes_of(tables.words, codes, at + 1, end) & TITLE)


@compiled(U32, INT, allocates=False)
def _is_abbreviated(codes: Any, at: int) -> bool:
    """Return whether a stop is an abbreviation's, or an initial's: "St. Paul", "U.S. troops"."""
    if codes[at] != STOPS[0]:
        return False
    start = at
    while start > 0 and at - start < _LONGEST_TITLE and (65 <= codes[start - 1] <= 90 or 97 <= codes[start - 1] <= 122):
        start -= 1
    return bool(at - start < _LONGEST_TITLE and 65 <= codes[start] <= 90)


@compiled(U32, ROWS, NUMBERS, I64, INT, INT, allocates=False)
def _opens_side_by_side(codes: Any, rows: Any, cues: Any, found: Any, mention: int, body: int) -> bool:
    """Return whether a mention is one of two cities, of no longer list, that a story's first sentence plays in.

    It plays elsewhere where a dateline, the headline or the sentence itself names another city before.
    """
    first = last = mention
    while first > 0 and cues[first - 1, BESIDE_ANOTHER]:
        first -= 1
    while last + 1 < cues.shape[0] and cues[last + 1, BESIDE_ANOTHER]:
        last += 1
    if last - first != 1 or rows[mention, START] - body >= _OPENING_LENGTH:
        return False
    for other in range(rows.shape[0]):
        if rows[other, DATELINE]:
            return False
        if other < first and found[other] >= 0 and found[other] != found[first] and found[other] != found[last]:
            return False
    for at in range(body, rows[first, START] - 2):
        ends = (codes[at] in STOPS and codes[at + 1] in (_SPACE, _NEWLINE)) or codes[at] == _NEWLINE
        if ends and at > body + 2 and not _is_abbreviated(codes, at):
            return False
    return True


@compiled(ROWS, I64, INT, allocates=False)
def _is_told_apart(rows: Any, names: Any, mention: int) -> bool:
    """Return whether a mention has its state so as not to be taken for the city that the bare name is here."""
    if not rows[mention, QUALIFIER_END]:
        return False
    for other in range(names.size):
        if names[other] >= 0 and names[other] != names[mention] and rows[other, NAME] == rows[mention, NAME]:
            return True
    return False


@compiled(TABLES, U32, ROWS, NUMBERS, I64, INT, INT, allocates=False)
def worth_of(tables: Any, codes: Any, rows: Any, cues: Any, found: Any, mention: int, body: int) -> float:
    """Return what one mention is worth, in plain mentions; the body starts at `body`."""
    start = rows[mention, START]
    worth = 1.0
    if start < body:
        worth = _HEADLINE
    elif start - body < max(_OPENING_LENGTH, _OPENING_SHARE * (codes.size - body)):
        worth = _OPENING
    listed = cues[mention, BESIDE_ANOTHER] and not _opens_side_by_side(codes, rows, cues, found, mention, body)
    if cues[mention, CAPITAL_CITY]:
        worth *= _CAPITAL
    if listed or _before_a_title(tables, codes, rows[mention, END]):
        return worth * _IN_PASSING
    if cues[mention, CIVIC_WORD] or cues[mention, CIVIC_NAME]:
        return worth * _INSTITUTION
    return worth


@compiled(TABLES, U32, ROWS, NUMBERS, I64, INT, NUMBERS, I64, INT, ROWS, NUMBERS, allocates=False)
def add_up(
    tables: Any,
    codes: Any,
    rows: Any,
    cues: Any,
    names: Any,
    count: int,
    chosen: Any,
    found: Any,
    body: int,
    cities: Any,
    numbers: Any,
) -> int:
    """Write each city of a story as `Named` has it, in the order of the names; return how many there are.

    Args:
        tables: of the gazetteer.
        codes: the text.
        rows: the mentions.
        cues: of each.
        names: of each the number of its name.
        count: names.
        chosen: what was decided of each name (`index.enrich.cities.decision`).
        found: the city of each mention, -1 for none.
        body: where the body starts in the text.
        cities: takes the whole numbers of each city, a row each; as many rows as mentions.
        numbers: takes the others.
    """
    several = 0
    for name in range(count):
        for mention in range(names.size):
            if names[mention] != name or found[mention] < 0:
                continue
            city = 0
            while city < several and cities[city, _ROW] != found[mention]:
                city += 1
            own, sums = cities[city], numbers[city]
            if city == several:
                several += 1
                own[:] = 0
                own[_ROW], own[_NAME] = found[mention], rows[mention, NAME]
                own[_START], own[_END] = rows[mention, START], rows[mention, END]
                sums[_SALIENCE], sums[_NEARBY], sums[_LIKELY] = 0.0, chosen[name, NEARBY], chosen[name, LIKELY]
            own[_MENTIONS] += 1
            if rows[mention, DATELINE]:
                own[_FILED_AT] = own[_FILED_AT] if own[_FILED] else rows[mention, START]
                own[_FILED] += 1
            elif rows[mention, START] < body:
                own[_IN_HEADLINE] += 1
            if rows[mention, QUALIFIER_END] and not own[_QUALIFIER_END]:
                own[_QUALIFIED_BEFORE] = rows[mention, QUALIFIER] < rows[mention, START]
                own[_QUALIFIER], own[_QUALIFIER_END] = rows[mention, QUALIFIER], rows[mention, QUALIFIER_END]
            worth = worth_of(tables, codes, rows, cues, found, mention, whole(body))
            if rows[mention, START] >= body and _is_told_apart(rows, names, mention):
                worth *= _IN_PASSING
            sums[_SALIENCE] += worth
    return several
