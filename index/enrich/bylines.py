"""Bylines as pages write them into the names of those who wrote.

Nothing is looked up and no name is known. The one idea: what is no name (the word "By", addresses, dates, handles, job
titles) is cut away, names stay as written; an organisation stands only where no person does, and a desk's "Staff" or
"admin" never.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache


def _any(*phrases: str) -> str:
    """Return an alternation of the comma-separated phrases."""
    return "(?:" + "|".join(phrase.strip() for line in phrases for phrase in line.split(",")) + ")"


_BY = re.compile(
    r"^\W*(?:"
    + _any("story,words,text,article,reported,written,posted,published,submitted,updated,reporting,edited,created")
    + r"\s+(?:by|on)\b|by\b|by:|"
    + _any(r"author(?:s|ed by)?\b,reporter\b,de:,autor(?:es|in)?:,szerző:,text:,автор:?")
    + r"|"
    + _any("von,par,por,di,door,af,av")
    + r"(?=\s+\S+\s+\S)"
    + r")[\s:]*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\(?\b[\w.+-]+(?:@|\s*\[at\]\s*)[\w-]+\.[\w.]+\)?|https?://\S+|\bwww\.\S+|(?<!\w)@\w+"
    r"|\b[\w-]+\.(?:com|org|net)/\S*"
)
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = re.compile(
    r"(?:\b(?:on|published|posted|updated|last updated|modified)\b\s*:?\s*)?"
    r"(?:\b(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?,?\s+)?"
    rf"(?:\b{_MONTH}\.?\s+\d{{1,2}}\b|\b\d{{1,2}}\.?\s+{_MONTH}\b|\b\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{2,4}}\b|\b\d{{1,2}}:\d\d\b).*$",
    re.IGNORECASE,
)
_RANK = _any(
    "senior,chief,deputy,managing,executive,associate,assistant,contributing,staff,special,national,political,foreign",
    "city,sports,business,features?,science,health,education,investigative,digital,news,night,weekend,web,guest,lead",
    "local,state,metro,crime,court,capitol,white house,congressional,washington,economics?,technology,tech,media,data",
    "video,photo,general,junior,freelance,multimedia,entertainment,opinion,environment,politics",
)
_JOB = _any(
    "writers?,reporters?,correspondents?,editors?,editor-in-chief,columnists?,contributors?,photographers?,producers?",
    "journalists?,bureau chief,critics?,anchors?,meteorologist,intern,fellow,blogger,author,co-?author,editor at large",
    "editorial (?:assistant|board member),publisher,co-?founder,founder,ceo,professor,lecturer,news director",
    "media group",
)
_TITLE = re.compile(
    rf"(?:^|[\s,|–—(-]+)(?:the\s+)?(?:{_RANK}\s+){{0,4}}{_JOB}\b(?:\s+(?:for|at|of|in)\s+.*)?\)?$", re.IGNORECASE
)
_NOBODY = re.compile(
    r"(?:the\s+|no\s+)?"
    + _any(
        "no,yes,true,false,and,facebook,twitter,(?:published|posted|written)(?: by)?,admin(?:istrator)?",
        r"staff(?:\s+(?:writers?|reports?|reporters?|editors?))?,editor(?:s|ial)?,editorial\s+(?:staff|team|desk)",
        r"web\s?master,web\s+(?:desk|staff|team),news\s?(?:room|desk|staff|team|editor)?,desk,author,by,guest",
        "contributors?,anonymous,unknown,none,null,undefined,user,root,redaktion,redacci[oó]n,rédaction,redação",
        "redazione,wordpress,post,home,follow,about,share,email,comments?,view all(?: posts)?,more,see more,read more",
        r"profile,n/?a,super\s?user,-+",
    ),
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"\b"
    + _any(
        "press,news,times,post,tribune,herald,journal,gazette,reuters,agency,network,media,inc,corp,ltd,llc,staff,team",
        "desk,newsroom,editors,editorial,magazine,radio,tv,television,online,wire,services?,university,institute",
        "foundation,department,office,association,society,council,group,company,today,daily,bureau,reports?,redaktion",
        "zeitung,agencias?,agence,contributors?,board,club,police,league,center,centre",
    )
    + r"\b|^(?:AP|AFP|UPI|CNN|BBC|NBC|CBS|ABC|NPR|PTI|ANI|IANS|dpa|EFE|ANSA|TASS|MTI|SDA|APA|JIJI|PR Newswire)\b"
    r"|\.(?:com|org|net|co|de)\b",
    re.IGNORECASE,
)
_NO_BYLINE = re.compile(r"\b(?:edited by|edition|copyright|rights reserved)\b|©|^\s*\d+ comments?\b", re.IGNORECASE)
_SPLIT = re.compile(r"\s*(?:[;|•·\n/]|\s&\s|,?\s+(?:and|und|et|y|e|with|och|en)\s+)\s*")
_COMMA = re.compile(r"\s*,\s*")
_SUFFIX = re.compile(r"\s*,\s*(?=(?:Jr|Sr|II|III|IV|PhD|Ph\.D|MD|M\.D|Esq)\b)")
_PARTICLES = frozenset("de la van von der den del di da du dos el al bin ibn y le of the".split())
_LONGEST = 60
#: What follows so many characters of a claim to a byline is not looked at.
_LONGEST_CLAIM = 2_000


def clean_byline(given: str | Iterable[str], papers: Iterable[str] = ()) -> str:
    """Return the names of a byline, joined by ", " and " and "; "" where it names nobody.

    Args:
        given: the byline as it stands, or several claims to it.
        papers: names of the paper itself, which is an organisation though no word of its name may say so.

    >>> clean_byline("By JANE DOE, Staff Writer, and Max Roe | jdoe@example.org")
    'Jane Doe and Max Roe'
    """
    claims = (given,) if isinstance(given, str) else given
    return _cleaned(tuple(claim[:_LONGEST_CLAIM] for claim in claims), tuple(papers))


@lru_cache(1 << 12)
def _cleaned(parts: tuple[str, ...], papers: tuple[str, ...]) -> str:
    """Return what `clean_byline` does; a paper's writers come again and again."""
    names = list(dict.fromkeys(name for part in parts for name in _names(part)))
    own = {paper.casefold().removeprefix("the ") for paper in papers if paper}
    persons = [n for n in names if not _ORGANISATION.search(n) and n.casefold().removeprefix("the ") not in own]
    return joined(persons or names)


def joined(names: Iterable[str]) -> str:
    """Return names as a byline: "Jane Doe, Max Roe and Ann Poe"."""
    several = list(dict.fromkeys(names))
    return " and ".join(filter(None, (", ".join(several[:-1]), several[-1]))) if several else ""


def _names(text: str) -> Iterable[str]:
    if _NO_BYLINE.search(text):
        return
    text = _SUFFIX.sub(" ", text)
    text = _ADDRESS.sub(" ", text.replace("\u00a0", " "))
    text = _BY.sub("", " ".join(text.split()) if "\n" not in text else text)
    for part in _SPLIT.split(text):
        for piece in _COMMA.split(part):
            name = _name(piece)
            if name:
                yield name


def _name(piece: str) -> str:
    name = _DATE.sub("", _BY.sub("", piece.strip()))
    name = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", name)
    name = " ".join(name.split()).strip(" \t,;:|–—-\"“”'’*•·.()") + (
        "." if re.search(r"\b(?:Jr|Sr|[A-Z])\.\s*$", name) else ""
    )
    if not _NOBODY.fullmatch(name.strip(".")):
        without = _TITLE.sub("", name).strip(" ,-–—|")
        name = without if without else ""
    if not name or _NOBODY.fullmatch(name.strip(".")) or len(name) > _LONGEST or len(name.split()) > 7:
        return ""
    if not any(c.isalpha() for c in name) or len(name) < 2:
        return ""
    return _cased(name)


def _cased(name: str) -> str:
    """Return a name in capitals as names are written: "VAN O'BRIEN-ROE" is "Van O'Brien-Roe"."""
    words = name.split()
    if len(words) < 2 or not name.isupper() or any(len(w.strip(".")) < 2 for w in words[-1:]) or len(words) > 4:
        return name
    if _ORGANISATION.search(name):
        return name
    return " ".join(_word(word, place) for place, word in enumerate(words))


def _word(word: str, place: int) -> str:
    if "." in word or (word in ("II", "III", "IV")):
        return word if len(word) <= 4 else word.capitalize()
    if place and word.lower() in _PARTICLES:
        return word.lower()
    word = re.sub(r"[^\W_]+", lambda match: match.group().capitalize(), word)
    word = re.sub(r"(['’])(\w)", lambda match: match[1] + match[2].upper(), word)
    return re.sub(r"^(Mc)(\w)", lambda match: match[1] + match[2].upper(), word)
