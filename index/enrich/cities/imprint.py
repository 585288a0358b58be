"""What a story itself tells of its paper, where neither source nor address does: an imprint between its lines.

Not the home of a known paper; `homes` tells that. The one idea: a story speaks the language of its paper. It prints
the paper's own mail and web addresses, and one of sheriffs and counties was hardly written in Greece, so that its
Athens is none there.
"""

from __future__ import annotations

import re
from collections import Counter

from index.enrich.cities.home import Home
from index.enrich.cities.homes import home_of, home_of_address
from index.enrich.cities.words import AMERICAN, BRITISH

_ADDRESS = re.compile(r"(?:@|\bwww\.)([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})\b")
_WORDS = re.compile(r"[a-z]+|£")


def home_in_text(text: str) -> Home | None:
    """Return the home of the paper whose address a text prints, else the country whose words it uses, or None.

    >>> from index.enrich.cities.gazetteer import gazetteer
    >>> gazetteer().name(home_in_text("Send it to news@palestineherald.com by Friday.").row)
    'Palestine'
    >>> home_in_text("The sheriff told the county commissioners.").country
    'US'
    """
    small = text.lower()
    if "@" in small or "www." in small:
        for host, _ in Counter(_ADDRESS.findall(small)).most_common():
            found = Home.of(home_of(host)) or home_of_address(host)
            if found is not None and found.is_town:
                return found
    words = _WORDS.findall(small)
    american, british = not AMERICAN.isdisjoint(words), not BRITISH.isdisjoint(words)
    return None if american == british else Home.somewhere_in("US" if american else "GB")
