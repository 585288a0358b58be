"""Random sentences of the query language, rarely sound ones: what the fuzzer asks.

The one idea: every construct of the language is one case, its parts are sentences again, and the words are partly those
of `tests.search.archives`, so that what is asked can also be found.
"""

from __future__ import annotations

import random

from index.storytype import SPELLINGS
from tests.search.archives import BYLINES, RUNS, SECTIONS, SOURCES
from tests.search.archives import WORDS as HELD

WORDS = (
    "cat dogs council's flooding São AT&T R&D C++ C# covid-19 U.S. U.S.-led Ph.D. WHO the of a and or not near5 adj3 "
    "first50 atleast3 1,234 3.5 1990s O'Brien 東京 ß ½ İstanbul naïve re-elect http://example.org/a?b=c x@example.org "
    "10:30 foo:bar AND OR NOT w/5 /same/ /5 w/sent hd=flood rst=tx flood! atl5 --x -- … — 2018 may through to until "
    "last week ''' l’été how did why"
).split() + HELD * 3
_MARKS = [*"\"“”„«»'‘’`()[]{}*?~=+-&|:;,.!^/\\<>@#%$_ \t\n\x00\u200b\u00ad\ud800", "''", "``", "~5", "^2", "[0-3]"]
_FIELDS = (
    "headline lead text byline section source city mentions near date since until before after type genre id Title foo"
).split()
_TEXT_FIELDS = ("headline", "lead", "text")
_PLACES = (
    "portland",
    '"new york"',
    "new york",
    "gotham",
    "1",
    "us-or",
    "4887398",
    "name:millbrook",
    '"Albany"~50km',
    "portland~9mi",
    "name:x",
    '"new york"~2.5km',
    "new york~30 miles",
    "1~0",
    "gotham~far",
    "portland~",
    "1~999999mi",
)
_DATES = (
    "2018",
    "2018-03",
    "1987-04",
    "March 2018",
    "last week",
    "1987..2018",
    "1980s",
    "1/2/2018",
    "sometime",
    "[2015 TO 2016]",
    "1990 - 1995",
    "thursday 24 january 2018",
    "since 1987 until 2018",
    "early 2018",
    "2017-18",
)
_VALUES = {
    "byline": BYLINES,
    "section": SECTIONS,
    "source": SOURCES,
    "type": (*SPELLINGS, "op-ed", "slideshow"),
    "id": ("s1", "s3"),
}


def places(name: str) -> tuple[tuple[str, str], ...]:
    """Return what a few names mean, two of them several things."""
    known = {
        "portland": (("5746545", "Portland, Oregon"), ("4975802", "Portland, Maine")),
        "new york": (("5128581", "New York"),),
        "1": (("5746545", "Portland, Oregon"),),
        "us-or": (("us-or", "Oregon"),),
        "4887398": (("4887398", "Chicago, Illinois"),),
        "5746545": (("5746545", "Portland, Oregon"),),
        "5128581": (("5128581", "New York"),),
    }
    return known.get(name.casefold(), ())


def around(key: str, kilometres: float) -> tuple[str, ...]:
    """Return some cities around another."""
    return (key, f"{int(kilometres)}9")


def question(source: random.Random, depth: int = 0) -> str:
    """Return a random sentence of the grammar."""

    def sub() -> str:
        return question(source, depth + 1)

    if depth > 3:
        return source.choice(WORDS)

    def side() -> str:
        either = f"({source.choice(HELD)} OR {source.choice(HELD)})"
        return source.choice((either, f'"{source.choice(RUNS)}"', source.choice(HELD), sub()))

    match source.randrange(22):
        case 0:
            return f"{sub()} OR {sub()}"
        case 1:
            return f"{sub()} {source.choice(('AND', '&', '+', 'NOT', '-', '|', 'AND NOT', 'or'))} {sub()}"
        case 2:
            return f"({sub()})"
        case 3:
            return f"-{sub()}"
        case 4:
            opening, closing = source.choice(('""', "“”", "«»", "‘’", "''", '"”'))
            return f"{opening}{' '.join(source.choices(WORDS, k=source.randrange(4)))}{closing}"
        case 5:
            return f'"{source.choice(WORDS)} * {sub()}"{source.choice(("", "~3", "~0", "~"))}'
        case 6:
            number = source.choice((source.randrange(8), source.randrange(900)))
            return f"{side()} {source.choice(('near', 'adj', 'NEAR/', 'w/', 'pre/'))}{number} {side()}"
        case 7:
            return f"{side()} {source.choice(('/same/', '/sentence/', 'w/p'))} {side()}"
        case 8:
            return f"{source.choice(('first', 'atleast'))}{source.choice((1, 2, 20, source.randrange(60)))} {side()}"
        case 9:
            field = source.choice((source.choice(_FIELDS), source.choice(_TEXT_FIELDS)))
            return f"{field}:{source.choice((sub(), _likely(source, source.choice(HELD))))}"
        case 10:
            return f"{source.choice(_FIELDS)}:({sub()})"
        case 11:
            return f"{source.choice(('date', 'since', 'until'))}:{source.choice(_DATES)}"
        case 12:
            return f"{source.choice(('city', 'near', 'mentions'))}:{source.choice(_PLACES)}"
        case 13:
            return source.choice(WORDS) + source.choice(("*", "~", "~2", "~0", "?", "^2", "!"))
        case 14:
            return source.choice(("=", "+", "-", "*", "?", "-=", "='")) + source.choice(WORDS)
        case 15:
            word = source.choice((source.choice(WORDS), source.choice(HELD)))
            at = source.randrange(len(word))
            return word[:at] + source.choice("*?") + word[at + source.randrange(2) :]
        case 16:
            field = source.choice(list(_VALUES))
            return f'{field}:"{source.choice(_VALUES[field])}"'
        case 17:
            words = source.choice(RUNS).split()
            begin = source.randrange(len(words) - 1)
            run = " ".join(_likely(source, word) for word in words[begin : begin + 2])
            return f'{source.choice(("", "", "headline:", "lead:", "text:"))}{source.choice(("", "="))}"{run}"'
        case 18 | 19:
            return f"{sub()} {sub()}"
        case _:
            return source.choice(WORDS)


def _likely(source: random.Random, word: str) -> str:
    """Return a held word, or a form, a beginning or a misspelling of it that finds it."""
    return source.choice((word, word, f"={word}", f"{word[:-1]}*", f"{word[:1]}?{word[2:]}", f"{word[:-1]}x~"))


def mutated(source: random.Random, text: str) -> str:
    """Return the question with a few characters put in, taken out or doubled; half of them as they were."""
    for _ in range(source.choice((0, 0, 0, 1, 2, 3))):
        at = source.randrange(len(text) + 1)
        match source.randrange(3):
            case 0:
                text = text[:at] + source.choice(_MARKS) + text[at:]
            case 1:
                text = text[:at] + text[at + 1 :]
            case _:
                text = text[:at] + text[at : at + 5] + text[at:]
    return text
