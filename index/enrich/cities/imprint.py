"""What a story itself tells of its paper, where neither source nor address does: an imprint between its lines.

Not the home of a known paper; `homes` tells that. The one idea: a story speaks the language of its paper. It prints
the paper's own mail and web addresses, and one of sheriffs and counties was hardly written in Greece, so that its
Athens is none there.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any

from index.compiled import U32, compiled
from index.enrich.cities.home import Home
from index.enrich.cities.homes import home_of, home_of_address
from index.enrich.cities.letters import codes_of
from index.enrich.cities.tables import WORDS, Words, classes_of, whole
from index.enrich.cities.tabulate import listed
from index.enrich.cities.words import AMERICAN, BRITISH

_ADDRESS = re.compile(r"(?:@|\bwww\.)([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})\b")
_US, _GB = 1, 2
_POUND = "£"
_SOMEWHERE = {_US: Home.somewhere_in("US"), _GB: Home.somewhere_in("GB")}


def home_in_text(text: str) -> Home | None:
    """Return the home of the paper whose address a text prints, else the country whose words it uses, or None.

    >>> from index.enrich.cities.gazetteer import gazetteer
    >>> gazetteer().name(home_in_text("Send it to news@palestineherald.com by Friday.").row)
    'Palestine'
    >>> home_in_text("The sheriff told the county commissioners.").country
    'US'
    """
    if "@" in text or "ww." in text or "WW." in text or "wW." in text or "Ww." in text:
        for host, _ in Counter(_ADDRESS.findall(text.lower())).most_common():
            found = Home.of(home_of(host)) or home_of_address(host)
            if found is not None and found.is_town:
                return found
    lists = _lists_of(_papers_words(), codes_of(text)) | (_GB if _POUND in text else 0)
    return _SOMEWHERE.get(lists)


@cache
def _papers_words() -> Words:
    return listed([(_US, AMERICAN), (_GB, BRITISH - {_POUND})])


@compiled(WORDS, U32, allocates=False)
def _lists_of(words: Any, codes: Any) -> int:
    """Return the lists that the words of a text stand in, as bits; a word is a run of the letters A to Z."""
    found = whole(0)
    start = at = 0
    while at <= codes.size:
        if at == codes.size or not (97 <= codes[at] <= 122 or 65 <= codes[at] <= 90):
            if at > start:
                found |= classes_of(words, codes, start, at)
            start = at + 1
        at += 1
    return int(found)
