"""The headline: chosen among what a page offers, freed of the site's name, or made from the first sentence.

The one idea: the words a reader sees over the story are the headline. What stands in a page's largest heading is
believed where another of its claims agrees; a claim made for search engines is not preferred to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.abbreviations import is_abbreviation
from index.enrich.cities.dateline import parse_dateline

#: Longest headline that is made from a first sentence, in characters.
MADE_LENGTH = 90

_SENTENCE_END = re.compile(r"(?<=[a-z0-9\"'”’)][.!?])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])")
_CUT = re.compile(r"\s+(?:\||-|–|—|::|·|•|»|«|/|~|>|<)\s+|\s*(?:\||»|::)\s*")
_WORDS = re.compile(r"\w+")


def chosen_headline(claims: Sequence[str], headings: Sequence[str], site: Sequence[str]) -> str:
    """Return the headline of a page.

    Args:
        claims: what the page says its headline is, best first (JSON-LD, OpenGraph, `<title>`).
        headings: texts of the largest headings, in order.
        site: names the site goes by (its name, publisher, domain), to be cut from the end of a claim.
    """
    site = (*site, *(heading for heading in headings if _is_site(heading, _endings(claims))))
    headings = [heading for heading in headings if not _is_site(heading, site)]
    stripped = [found for claim in claims if (found := without_site(claim, site))]
    for heading in headings:
        if any(_same(heading, claim) for claim in stripped):
            return heading
    if len(headings) == 1 and len(_WORDS.findall(headings[0])) >= 3 and _related(headings[0], stripped):
        return headings[0]
    best = stripped[0] if stripped else next(iter(headings), "")
    if best.endswith(("...", "…")):
        start = best.rstrip(".… ")
        best = next((c for c in (*headings, *stripped) if c.startswith(start) and len(c) > len(best)), best)
    return best


def _endings(claims: Sequence[str]) -> list[str]:
    """Return what stands behind the first separator of each claim: such a heading is the site's."""
    return [claim[cut.end() :] for claim in claims for cut in [_CUT.search(claim)] if cut]


def _related(heading: str, claims: Sequence[str]) -> bool:
    """Say whether a heading shares a word of weight with a claim, or there is none to share with."""
    words = {word for word in _WORDS.findall(heading.casefold()) if len(word) > 3}
    return not claims or any(words & set(_WORDS.findall(claim.casefold())) for claim in claims)


def without_site(claim: str, site: Sequence[str]) -> str:
    """Return a claim without the site's name at its end or beginning.

    >>> without_site("Bridge closed - News - The Daily Bugle", ["The Daily Bugle"])
    'Bridge closed'
    """
    cuts = list(_CUT.finditer(claim))
    if not cuts:
        return claim
    names = [_plain(name) for name in site if name]
    first, last = _plain(claim[: cuts[0].start()]), _plain(claim[cuts[-1].end() :])
    if any(_names_site(last, name) for name in names):
        rest = claim[: cuts[-1].start()]
        inner = list(_CUT.finditer(rest))
        # "Bridge closed - News - The Daily Bugle": a section's name of a word or two goes with the site's.
        if (
            inner
            and len(_WORDS.findall(rest[inner[-1].end() :])) <= 2
            and len(_WORDS.findall(rest[: inner[-1].start()])) >= 3
        ):
            rest = rest[: inner[-1].start()]
        return rest.strip()
    if any(_names_site(first, name) for name in names):
        return claim[cuts[0].end() :].strip()
    return claim


def made_headline(body: str) -> str:
    """Return a headline for a body that has none: its first sentence less the dateline, cut at a word where it is long.

    >>> made_headline("The bridge is closed. It will stay so.")
    'The bridge is closed'
    >>> made_headline("Rep. Ann Lee opened the bridge. It will stay so.")
    'Rep. Ann Lee opened the bridge'
    >>> made_headline("PORTLAND, Maine (WNS) — The bridge is closed. It will stay so.")
    'The bridge is closed'
    """
    first = body.split("\n\n", 1)[0]
    dateline = parse_dateline(first)
    if dateline is not None:
        first = first[dateline.start :].lstrip()
    sentence = _first_sentence(first).strip()
    if len(sentence) <= MADE_LENGTH:
        return sentence[:-1] if sentence.endswith(".") and not sentence.endswith("..") else sentence
    cut = sentence[: MADE_LENGTH - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:-–—") + "…"


def _first_sentence(text: str) -> str:
    """Return `text` up to the first end of a sentence that is no abbreviation's full stop."""
    for end in _SENTENCE_END.finditer(text):
        if text[end.start() - 1] != "." or not is_abbreviation(text, end.start() - 1, end.end()):
            return text[: end.start()]
    return text


def _plain(text: str) -> str:
    return "".join(_WORDS.findall(text.casefold())).removeprefix("the")


def _names_site(part: str, name: str) -> bool:
    return bool(part and name) and (
        part == name or (len(name) >= 4 and len(part) >= 4 and (part in name or name in part))
    )


def _is_site(heading: str, site: Sequence[str]) -> bool:
    return _plain(heading) in {_plain(name) for name in site if name}


def _same(heading: str, claim: str) -> bool:
    """Say whether two are one headline: equal but for case and punctuation, or one nearly the whole of the other."""
    one, other = _plain(heading), _plain(claim)
    if not one or not other:
        return False
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= 15 and short in long and len(short) >= 0.5 * len(long))
