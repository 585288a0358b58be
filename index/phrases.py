"""Phrases that readers know by their first letters: headlines, and the names that stories write with capitals.

No files and no counting. The one idea: what is typed and what is written are compared as bare words, so a phrase is
found whatever its capitals, accents and punctuation; a name is what keeps its capitals where a sentence does not ask
for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.analysis import COMMON_WORDS, without_accents

#: Words of a name; longer runs of capitals are titles and tables.
MOST_WORDS = 6

_APOSTROPHES = str.maketrans("\u2019\u02bc", "''")
_SIGN = re.compile(r"[^\w\s\x00-\x7f]")
#: What the signs of ASCII become; one table for all of them is what makes `translate` quick.
_BARE = {
    code: chr(code).lower() if chr(code).isalnum() or chr(code) in "&'+#" else "" if chr(code) in ".," else " "
    for code in range(128)
}

#: Small words that may stand within a name.
PARTICLES = ("of", "of the", "de", "de la", "da", "del", "der", "di", "du", "la", "van", "van der", "von", "bin", "al")
_CAPITAL = "[A-Z\u00c0-\u00d6\u00d8-\u00de]"
_TITLES = (
    "Adm Ald Amb Asst Atty Brig Capt Cardinal Chancellor Chief Cllr Cmdr Col Comr Congressman Congresswoman Councillor "
    "Councilman Councilwoman Cpl Detective Det Dr Emperor Engineer Foreign Fr Gen Gov Governor Hon Insp Judge Justice "
    "King Lady Lord Lt Maj Mayor Minister Miss Monsignor Mr Mrs Ms Msgr Officer Pastor Pope Premier Pres President "
    "Prime Prince Princess Prof Professor Queen Rabbi Rep Representative Rev Secretary Sen Senator Sgt Sheriff Sir "
    "Spokesman Spokeswoman Supt Treasurer Vice"
).split()
#: What follows the first letter of a word in capitals: initials, St. and Jr., or letters with what joins them.
_REST = rf"(?:\.(?:{_CAPITAL}\.)*|[rt]\.(?= {_CAPITAL})|[\w&]*(?:['\u2019.-]{_CAPITAL}\w*)*)"
_NEXT = rf"(?: (?:(?:{'|'.join(PARTICLES)}) )?{_CAPITAL}{_REST})"
#: A run of words in capitals: any within a sentence, only of several where one may begin. The first letter comes first,
#: so that the search leaps from capital to capital.
_RUN = re.compile(rf"{_CAPITAL}(?:(?<=[a-z,;] .){_REST}{_NEXT}*|{_REST}{_NEXT}+)")

_CALENDAR = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sept sep oct nov dec mon tue wed thu fri sat sun "
    "spring summer autumn fall winter christmas easter"
).split()
_OPENERS = (
    "about above according across after again against all almost along already also although always among another any "
    "around asked because before behind below between both but can could despite did do does during each earlier even "
    "every few first following former further given here how however instead just last late later like many mayor "
    "meanwhile more most much my nearly neither never new next no nobody none nor now off once one only other others "
    "out over perhaps previous say says see several shall she should since some still such than though three through "
    "thus today tomorrow tonight two under unless until upon very via we well what whatever when where whether "
    "while who why with within without yes yesterday yet you"
).split()
_NOT_AT_ENDS = frozenset({*COMMON_WORDS, *_CALENDAR, *_OPENERS} - {"new"})
_NO_NAMES = frozenset({*COMMON_WORDS, *_CALENDAR, *_OPENERS, *(title.casefold() for title in _TITLES)})
_TITLE_WORDS = frozenset(title.casefold() for title in _TITLES)
_LONGEST_ACRONYM = 6


def bare(text: str) -> str:
    """Return the words of `text`, folded, with one space between them; points and commas fall away, other signs part.

    >>> bare("São Paulo’s covid-19 plan: “1,900 in the U.S.”")
    "sao paulo's covid 19 plan 1900 in the us"
    """
    if not text.isascii():
        text = _SIGN.sub(" ", without_accents(text.translate(_APOSTROPHES))).casefold()
    return " ".join(text.translate(_BARE).split())


def word_starts(phrase: str) -> list[int]:
    """Return where words of a bare phrase begin: the first, and the others unless very common.

    >>> word_starts("the bank of japan")
    [0, 4, 12]
    """
    starts = [found.end() for found in re.finditer(" ", phrase)]
    return [0, *(at for at in starts if phrase[at:].partition(" ")[0] not in COMMON_WORDS)] if phrase else []


def capitals(text: str) -> list[str]:
    """Return the runs of words in capitals that may hold a name, as they stand in `text`.

    >>> capitals("Officials met Governor Ann Cole of Oregon. The bank was shut, and St. Louis slept.")
    ['Governor Ann Cole of Oregon', 'St. Louis']
    """
    return _RUN.findall(text)


def names(run: str) -> Iterator[str]:
    """Yield the names in a run of `capitals`, without titles and words that any sentence may begin with.

    >>> [list(names(run)) for run in ("The Federal Reserve", "Governor Ann Cole of Salem", "NEW YORK", "March")]
    [['Federal Reserve'], ['Ann Cole of Salem', 'Ann Cole'], [], []]
    """
    words = run.split(" ")
    while words and words[-1].casefold() in _NOT_AT_ENDS:
        words.pop()
    first = 0
    while first < len(words) and (
        (folded := words[first].rstrip(".").casefold()) in _NOT_AT_ENDS or (folded in _TITLE_WORDS)
    ):
        first += 1
    words = words[first:]
    while words and words[0].islower():
        del words[0]
    if not words or len(words) > MOST_WORDS:
        return
    if len(words) == 1:
        word = words[0].rstrip(".")
        acronym = word.isupper() and 2 <= len(word) <= _LONGEST_ACRONYM
        if word.casefold() not in _NO_NAMES and (acronym or (len(word) > 2 and not word.isupper())):
            yield word
        return
    if all(word.isupper() for word in words):
        return
    yield " ".join(words)
    if "of" in words[2:]:
        yield " ".join(words[: words.index("of", 2)])
