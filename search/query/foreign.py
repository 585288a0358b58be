"""How other archives write what the language has: Factiva, Lexis, Trove, Google News.

Only names and shapes; the lexer reads them. The one idea: what can mean only one thing is read as that, and said, so
that a habit costs nothing; what has no like here is named, never searched as if it had been understood.
"""

from __future__ import annotations

import re

#: Fields as others call them, before a colon, an equals sign (`hd=`) or a bracket (`HEADLINE(`), to ours.
FIELDS = {
    "intitle": "headline",
    "allintitle": "headline",
    "headings": "headline",
    "hd": "headline",
    "hl": "headline",
    "lp": "lead",
    "leadpara": "lead",
    "intext": "text",
    "allintext": "text",
    "fulltext": "text",
    "td": "text",
    "sn": "source",
    "publication": "source",
    "se": "section",
    "an": "id",
}

#: Ours, which others write before an equals sign or a bracket.
OURS = {"headline": "headline", "title": "headline", "lead": "lead", "body": "text", "by": "byline"}
OURS |= {"byline": "byline", "author": "byline", "section": "section", "source": "source"}

#: `hd=` and `HEADLINE(`: a field by another mark than the colon.
EQUALS = re.compile(r"([A-Za-z]{2,11})=(?=[^\s=])")
CALL = re.compile(r"([A-Za-z]{4,11})\(")

#: Commands around a bracket that have no like here.
COMMANDS = frozenset(("allcaps", "caps", "nocaps", "singular", "plural"))

#: Factiva's `/N30/` and `/F50/`, which may stand close to words.
SLASHED = re.compile(r"/([nf])(\d{1,3})/", re.IGNORECASE)

#: `recycl!` and `earn$2`: any ending, as Lexis and Factiva write it.
ENDING = re.compile(r"^([^\W\d_]{3,})(?:!|\$[1-9]?)$")
