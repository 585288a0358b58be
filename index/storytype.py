"""What type a story is (news, opinion, an obituary …): the words for it, and which of a story's claims wins.

Only names; what a record claims is read by `index.readers`. The one idea: nothing is guessed from headline or text. A
type is what the newsroom's own marks say, in the house's words where they have the same meaning; where no mark says
anything, the story has no type.

Spellings are those of schema.org's kinds of NewsArticle (https://schema.org/NewsArticle), the genres of the IPTC
(https://cv.iptc.org/newscodes/genre/), the New York Times' `type_of_material`, and what systems for editing call them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.article import fold

NEWS = "news"

#: The house's types, with the other words for each.
SPELLINGS: dict[str, str] = {
    NEWS: "news story, news report, news article, reportage, reportage news article, current, actuality, hard news, "
    "spot news, breaking news, breaking, newsarticle, reportagenewsarticle",
    "brief": "news brief, in brief, short, news in brief, nib",
    "roundup": "round-up, summary, digest, news summary, wrap, wrap-up",
    "live": "live blog, liveblog, live blog posting, liveblogposting, live coverage",
    "feature": "background, backgrounder, background news article, backgroundnewsarticle, long read, longform, "
    "feature story, features",
    "analysis": "news analysis, analysis news article, analysisnewsarticle, explainer, an analysis news analysis",
    "opinion": "opinion news article, opinionnewsarticle, op-ed, oped, commentary, comment, column, viewpoint, "
    "guest column, opinion piece, opinions, columns, op-eds",
    "editorial": "leader, leading article, editorials",
    "letter": "letters, letter to the editor, letters to the editor, readers' letters",
    "review": "reviews, review news article, reviewnewsarticle, critique, criticism",
    "interview": "interviews, q&a, q and a, question and answer",
    "profile": "profiles, biography",
    "obituary": "obituaries, obit, obits, obituary obit, death notice, death notices, paid death notice",
    "correction": "corrections, clarification, clarifications, corrections and clarifications, erratum, errata",
    "press release": "press releases, pressrelease, news release, handout",
    "sponsored": "sponsored content, advertorial, paid content, advertiser content article, advertisercontentarticle",
    "satire": "satirical article, satiricalarticle",
}

_TYPES = {fold(word): name for name, words in SPELLINGS.items() for word in (name, *words.split(", "))}

#: Types that the name of a section gives away: in "Obituaries" stand obituaries, but "News" holds everything.
_BY_SECTION = ("opinion", "editorial", "letter", "review", "obituary", "correction", "brief", "analysis")

#: What systems call any story at all.
_SAYS_NOTHING = frozenset(
    "article articles story stories text item items post posts page document website composite other unknown none "
    "blog blogposting content default standard webpage newsitem entry".split()
)
_NAME = re.compile(r"[^\W\d_][^\W_]*(?:[ '\u2019&-]+[^\W_]+){0,4}")


def known_type(word: str) -> str:
    """Return the house's word for a type, "" where it has none.

    >>> known_type("OpinionNewsArticle"), known_type("Letters to the Editor"), known_type("Slideshow")
    ('opinion', 'letter', '')
    """
    return _TYPES.get(fold(word), "")


def type_named(word: str) -> str:
    """Return the type that `word` names: the house's where it has one, else the newsroom's own.

    >>> type_named("Obit"), type_named("Slideshow"), type_named("article")
    ('obituary', 'slideshow', '')
    """
    folded = fold(word)
    own = " ".join(word.casefold().split())
    return _TYPES.get(folded) or ("" if folded in _SAYS_NOTHING or not _NAME.fullmatch(own) else own)


def decided(claims: Iterable[str], section: str) -> str:
    """Return a story's type, "" where nothing says it.

    "News" is said of everything by systems that know no other word, so it yields to a claim that says more, and to the
    section.

    Args:
        claims: what the record says, best first, as `type_named` gives it.
        section: the section it stands in.
    """
    said = [claim for claim in claims if claim]
    by_section = known_type(section)
    telling = [claim for claim in said if claim != NEWS]
    return next(iter(telling), by_section if by_section in _BY_SECTION else "") or next(iter(said), "")
