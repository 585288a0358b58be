"""Lines in which wires, databases and scans of newspapers say when a story was published.

Not the lines of papers and pages, which are `index.enrich.datelabels`'. The one idea: each archive has a form of its
own, which no sentence has: a wire's stamp of the hour, a paper's name with its town or its volume, and then the day.
"""

from __future__ import annotations

import re

from index.enrich.calendars import WEEKDAY
from index.enrich.datetext import MONTHS, Written, find

_CENTURY = 100
#: Years of two digits below this one are of this century, as `index.enrich.datetext` has it.
_TURN = 70

_STAMP = re.compile(  # AP-NY-01-24-18 1730EST
    r"\^?(?:AP-[A-Z]{2}-)?(?P<month>\d\d)-(?P<day>\d\d)-(?P<year>\d{4}|\d\d)\s+(?P<hour>[01]\d|2[0-3]):?(?P<minute>[0-5]\d)\s?"
    r"(?P<zone>[ECMP][SD]T|GMT)<?"
)
_UPI_STAMP = re.compile(  # UPI 01-24-85 05:30 ped
    r"UPI\s+(?P<month>\d\d)-(?P<day>\d\d)-(?P<year>\d\d)\s+(?P<hour>0?\d|1[0-2]):(?P<minute>[0-5]\d)\s+"
    r"(?P<half>[ap])(?P<zone>[ecmp][sd])t?"
)
_MILITARY = re.compile(  # dpa ... 241730 Jan 18, AFP 241730 GMT JAN 18
    r"(?:(?:dpa|AFP|afp)\b[\w ]{0,30}?\s)?(?P<day>[0-3]\d)(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)"
    r"(?:\s+(?P<zone>GMT|UTC|[CEM]E?S?T))?\s+(?P<name>[A-Za-z]{3})\s+(?P<year>\d{4}|\d\d)"
)
_FACTIVA = re.compile(r"PD\s+(?P<date>\d{1,2} [A-Z][a-z]+ \d{4})")

#: What the names of papers end with; the second kind is also a word of other things.
_NOUN = (
    r"(?i:daily|weekly|news|times|post|herald|tribune|bugle|gazette|journal|chronicle|examiner|observer|register|courier|"
    r"dispatch|despatch|advertiser|argus|bulletin|democrat|republican|enquirer|inquirer|intelligencer|ledger|telegram|"
    r"telegraph|sentinel|tageblatt|zeitung|reuters|newspaper|newsletter|press|guardian|independent|mail|standard)"
)
_DOUBTFUL_NOUN = (
    r"(?i:star|sun|globe|record|eagle|echo|enterprise|express|leader|mercury|messenger|mirror|monitor|review|spectator|"
    r"transcript|union|voice|world|banner|beacon|bee|call|citizen|report|digest)"
)
_CAPITAL = r"[A-Z\u00c0-\u00de][\w.'’&-]*+"
_WORDS = rf"(?:(?:{_CAPITAL}|of|and|&|de|la|le|el|du|di)\s+){{0,6}}"
_OFTEN = r"(?i:daily|weekly|sunday|morning|evening|afternoon)"
_NAME = (
    rf"(?:{_WORDS}(?:{_CAPITAL}-)?(?:(?=[A-Z]){_NOUN}|{_OFTEN}\s+(?=[A-Z]){_DOUBTFUL_NOUN})"
    rf"|{_WORDS}{_CAPITAL}(?=,\s+The\b))"
    r"(?:,\s+The)?\.?"
)
_TOWN = r"[(\[][^()\[\]]{2,60}[)\]]"
_VOLUME = r"(?:[,.;:\s–—-]*\b(?i:vol(?:ume)?|issue|iss|number|no)\b\.?\s*[IVXLCDM\d]+){1,3}"
_TO_DATE = r"[\s,.;:–—-]*"
_HEADS = tuple(
    re.compile(rf"(?:\d{{1,3}}\s+)?{head}{_TO_DATE}")
    for head in (
        rf"[-–—]{{0,2}}\s*{_NAME}(?:\s*{_TOWN}){{0,2}}(?:{_VOLUME})?",
        rf"{_WORDS}{_CAPITAL}\s*{_TOWN}\s+[-–—]\s",  # NewsBank, with any name
        rf"(?:{_NAME}[,.\s]*)?{_VOLUME}(?:[,.\s]+{_CAPITAL},?){{0,4}}",
    )
)
#: Only with a page behind the date.
_DOUBTFUL_HEAD = re.compile(
    rf"(?:\d{{1,3}}\s+)?{_WORDS}{_DOUBTFUL_NOUN}\.?(?:\s*{_TOWN}){{0,2}}(?:{_VOLUME})?{_TO_DATE}"
)
_IMAGE = re.compile(  # The daily bugle. [volume] (Springfield, Ill.) 1880-1920, January 24, 1906, Image 5
    r".{3,60}(?:\[volume\]\s*)?\([^()]{3,40}\)\s+\d{4}-(?:\d{4}|current),\s+"
    r"(?P<date>[A-Z][a-z]+ \d{1,2}, \d{4}),(?:.{1,30},)?\s+Image\s+\d+\.?"
)
_PAGE = r"(?i:(?:at\s+)?(?:pages?|pp?\.?|pg\.?)\s*[A-Z]?-?\d+[A-Z]?(?:[-–]\d+)?|[A-Z]\.\d+|price\s.{3,20})"
_EDITION = r"(?i:(?:the\s+)?(?:[a-z]+\s+){1,3}edition)"
_TAIL = re.compile(rf"[\s,.;:)–—-]*(?:{_PAGE}|{_EDITION}|\d{{1,3}})?[\s.]*")
_PROQUEST_TAIL = re.compile(r"; ProQuest Historical Newspapers: .{3,60}")
_REPRINTED = re.compile(
    r"\W{0,3}(?:This (?:story|article) )?(?:was )?(?i:(?:first |originally )?(?:published|appeared))"
    r" (?:in|by) (?:the )?"
)
_CLOCK_WORD = re.compile(r"\s*(?i:morning|afternoon|evening|night)?[\s,]*")


def archived_date(line: str, found: Written | None) -> str:
    """Return the date of a story in a line in which an archive states it; "" for any other line.

    Args:
        line: of a text.
        found: the first whole date in it, as `find` has it.

    >>> archived_date("AP-NY-01-24-18 1730EST", None)
    '2018-01-24 17:30 EST'
    >>> archived_date(line := "THE DAILY BUGLE, WEDNESDAY, JANUARY 24, 1906. 5", find(line, whole=True))
    'JANUARY 24, 1906'
    """
    for pattern in (_STAMP, _UPI_STAMP, _MILITARY):
        stamp = pattern.fullmatch(line)
        if stamp:
            return _stamped(stamp.groupdict())
    for pattern in (_FACTIVA, _IMAGE):
        labelled = pattern.fullmatch(line)
        if labelled:
            return labelled["date"]
    return _cited(line, found) if found else ""


def _stamped(given: dict[str, str | None]) -> str:
    """Return a wire's stamp in the order that is read in one way wherever the archive is."""
    month = int(given.get("month") or MONTHS.get((given.get("name") or "").lower(), 0))
    year, hour = int(given["year"] or 0), int(given["hour"] or 0)
    if year < _CENTURY:
        year += 2000 if year < _TURN else 1900
    if given.get("half"):
        hour = hour % 12 + (12 if given["half"] == "p" else 0)
    zone = (given.get("zone") or "").upper()
    zone += "T" if len(zone) == 2 and given.get("half") else ""
    value = f"{year:04d}-{month:02d}-{given['day']} {hour:02d}:{given['minute']} {zone}".strip()
    return value if find(value, whole=True) else ""


def _cited(line: str, found: Written) -> str:
    """Return the date behind a paper's name, with a page or an edition at most behind it; "" for any other line."""
    head, tail = _REPRINTED.sub("", line[: found.start], count=1).removesuffix("on "), line[found.end :]
    weekday = WEEKDAY.match(tail.lstrip(" ,"))
    if weekday:  # Lexis has it behind
        tail = tail.lstrip(" ,")[weekday.end() :]
        if not head and re.fullmatch(rf"[\s,]*{_EDITION}", tail):
            return line[: found.end]
    days = list(WEEKDAY.finditer(head))
    if days and _CLOCK_WORD.fullmatch(head, days[-1].end()):
        head = head[: days[-1].start()]
    if not head.strip(" ,.-") or not (_TAIL.fullmatch(tail) or _PROQUEST_TAIL.fullmatch(tail)):
        return ""
    paged = bool(re.search(_PAGE, tail))
    if any(pattern.fullmatch(head) for pattern in _HEADS) or (paged and _DOUBTFUL_HEAD.fullmatch(head)):
        return line[found.start : found.end]
    return ""
