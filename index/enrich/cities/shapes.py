"""What datelines are made of: days, agencies, bylines, dashes, as patterns.

Decides nothing: what lies between them is `index.enrich.cities.dateline`'s to believe or not. The one idea: every
shape in which a wire or a paper writes a part of a dateline is told apart by its signs alone.
"""

from __future__ import annotations

import re

# A short dash ends a dateline only where it is double, before a space or last,
# or where a word that opens sentences follows a name in capitals ("WASHINGTON-The").
_OPENER = r"(?:The|An?|In|On|At|It|As|For|After|When|While|With)\b"
SHORT_DASH = re.compile(rf"-(?:[-\s]|\Z|(?<=[A-Z]-){_OPENER})")

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_ANY_DAY = (
    rf"(?P<day>(?:{_WEEKDAY},? )?(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})"
    rf"(?:,?\s+(?:18|19|20)\d\d)?|{_WEEKDAY})"
)
DAY = re.compile(rf"[,\s]+{_ANY_DAY}(?=[\s,./(-]|$)", re.IGNORECASE)
# A day that is all there is ("March 3 (Reuters) -"), and one in front of the place ("March 3, 2018 | ALBANY").
DAY_ALONE = re.compile(_ANY_DAY, re.IGNORECASE)
DAY_FIRST = re.compile(rf"{_ANY_DAY}\s*[|•·]\s*", re.IGNORECASE)
CLOCK = re.compile(r",?\s+\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\.?)?(?:\s*(?:GMT|UTC|[A-Z]{2,3}T|local time))?$", re.IGNORECASE)
# A month that was misspelt on the wire: "Narch 2", "Marchg 12", "March 187".
ODD_DAY = re.compile(r",\s+(?P<day>[A-Z][a-z]{2,8}\.?\s+\d{1,3})\s*$")
AGENCIES = (
    r"AP|A\.P\.|Associated Press|ASSOCIATED PRESS|Reuters?|UPI|AFP|CNN|Xinhua|Bloomberg|dpa|ANI|PTI|IANS|APP|TASS"
    r"|Interfax|Kyodo|CMC|CNS|NAN|Dow Jones|Canadian Press|The Canadian Press|ACCESSWIRE|Yonhap|Bernama"
)
BARE_AGENCY = re.compile(rf"[,\s]+(?P<agency>{AGENCIES})\s*$")
PARENTHESES = re.compile(r"\s*\((?P<agency>[^()\n]{2,48})\)(?::(?=\s))?\s*")
DASH = re.compile(
    r"[*_]{0,3}\s*(?:--+|[—–―])\s*|[*_]{0,3}\s+-\s+|(?<=\d)\s*-\s+|(?<=\d)-(?=\s|$)|(?<=[A-Z)])-\s+|\s-\s*$"
    rf"|(?<=[A-Z]{{3}})-(?={_OPENER})"
)
# The releases of a wire: "VANCOUVER, BC / ACCESSWIRE / August 4, 2014 / The".
SLASHES = re.compile(rf"[^/\n]{{3,60}}?\s+/\s*(?P<agency>{AGENCIES})\s*/\s+{_ANY_DAY}\s+/\s+")
BETWEEN_SLASHES = re.compile(rf"\s+/\s*(?:{AGENCIES})\s*/\s+")
# A country in brackets behind its city: "New Delhi [India], August 4".
COUNTRY_IN_BRACKETS = re.compile(r"\s\[(?P<place>[^\[\]\n]{2,32})\](?=,|\s*\(|\s*$)")
BRACKETS = re.compile(r"\[(?P<place>[^\[\]\n]{2,48})\]\s*")
COLON = re.compile(r":\s+")
BYLINE = re.compile(
    r"(?:By|BY)\s+(?P<byline>[^\W\d_][\w.'’-]*(?:\s+(?:and\s+)?[^\W\d_][\w.'’-]*){1,7}?)"
    rf"(?:(?:,\s+|\s*\n\s*)(?:{AGENCIES}|[Ss]taff [Ww]riter|[Cc]orrespondent))?\s*(?:,|\.|;|\n|\s{{2,}})\s*"
)
NAME = re.compile(
    r"[^\W\d_][\w.'’]*(?:[ -](?:of|de|la|le|da|do|del|di|du|des|es|el|al|on|upon|the|and|sur|am|y|"
    r"[^\W\d_a-zß-öø-ÿ][\w.'’]*|d['’]\w+)){0,5}"
)
# A word in capitals that begins a line, or that follows one of small letters, a number or the end of a sentence.
CAPITALS = re.compile(r"[ \n](?=[^\W\d_a-zß-öø-ÿ]{2}|Mc|De|St\.)")
BEFORE_CAPITALS = re.compile(r"[.!?\da-z]")
NUMBERED = re.compile(r"[^\W\d_].*\d")
JUNK = re.compile(r"[\s*•\"“”']*")
LIST = re.compile(r"\s*(?:/|;|\s+and\s+|\s+&\s+)\s*")
