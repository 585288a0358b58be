"""What scrapers leave around a story: advertising, invitations, navigation. Found and left out.

Not about HTML (`index.readers.html`). The one idea: a line goes only where it says itself that it is no story (an
advertising marker, an invitation to subscribe), or where a ruler at the end parts such lines from the story; all that
is in doubt stays, since a word too many is found and passed over, but a lost one is lost. A ruler between sections, a
list of dates and a sentence about newsletters are story.
"""

from __future__ import annotations

import re

#: No invitation is longer, in characters.
_LONGEST = 200

#: No site's navigation has more lines.
_LONGEST_TAIL = 60

#: What a ruler is made of.
_STROKES = frozenset("-=_*~#•·—–")
_RULER = re.compile(r"\s*(?:[-=_*~#•·—–]\s*){4,}\s*|\s*\*\s+\*\s+\*\s*")
_BULLET = re.compile(r"\s*(?:[*•·▪►»>]|[-–](?=\s)|\d{1,2}[.)](?=\s))\s*")
_INLINE = re.compile(r"[ \t]*\[\s*/?\s*(?:ads?|advertisements?)\s*/?\s*\][ \t]*", re.IGNORECASE)
_SPEECH = re.compile(r"\b(?:said|says|told|asked|wrote)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?][\"'”’)]*\s*$")

#: A line that is nothing but this goes; case does not matter.
_ADS = (
    r"\[?\s*/?\s*(?:ads?|advertisements?|adverts?|advertising|sponsored(?: content)?|promoted(?: content)?)\s*/?\s*\]?",
    r"[-–— ]*advertisement[-–— ]*(?:\W*(?:scroll to continue|continue reading below|skip advertisement))?",
    r"(?:story|article|content|text) continues (?:below|after)(?: (?:the |this )?"
    r"(?:ad|advertisement|gallery|video|photo))?",
    r"(?:skip|close) (?:ad|advertisement)",
)
_MARKERS = (
    *_ADS,
    r"(?:print|e-?mail|tweet|pin ?it|share|comments?|facebook|twitter|whatsapp|linkedin|reddit|copy link|link copied)",
    r"share (?:this(?: (?:article|story|page|post|video|with.{0,30}))?|article|story|"
    r"(?:on|via|by) (?:facebook|twitter|x|linkedin|whatsapp|reddit|pinterest|tumblr|e-?mail))",
    r"(?:read|learn|see|view|show|load) more(?: (?:stories|articles|news|about|here|on).{0,60})?",
    r"(?:related|recommended|similar|top|latest|trending|more|popular|most (?:read|popular|viewed)) "
    r"(?:stories|articles|news|posts|content|coverage|headlines|videos|links|local news|from .{1,60})",
    r"(?:you (?:may|might) also like|recommended(?: for you)?|read next|up next|what to read next|"
    r"in case you missed it)",
    r"(?:leave|post|add) a (?:comment|reply)|\d+ comments?|view comments|join the (?:conversation|discussion)",
    r"back to top|skip to (?:main )?content|click to (?:copy|share|print|email).{0,60}|don[’']t miss(?: it| this)?",
    r"thank(?:s| you) for (?:signing up|subscribing)|(?:sorry\W+)?there was an error processing your .{1,30}",
    r"all rights reserved",
)

#: A short line that opens like this goes, up to its end.
_OPENINGS = (
    r"(?:related|read also|also read|read more|see more|read next|see also|more|must read|recommended|don[’']t miss|"
    r"watch also|related (?:story|stories|articles?|coverage|content|links?|videos?)|"
    r"more (?:on|from|in|like) [\w ]{2,30})\s?:\s*\S",
    r"(?:sign up|subscribe|register)\b"
    r"(?=.*\b(?:newsletters?|alerts?|e-?mails?|updates|inbox|briefing|channel|today|here|now)\b)",
    r"(?:get|receive) .{0,60}\b(?:delivered|sent|straight|in) .{0,20}\binbox\b",
    r"download (?:the|our) .{0,40}\bapps?\b",
    r"click (?:here|the link|below) (?:to|for)\b",
    r"(?:follow|like|find|join|connect with) (?:us|him|her|them|@\w+|[\w. ]{3,30}) on (?:facebook|twitter|x|instagram|"
    r"tiktok|youtube|threads|bluesky|whatsapp|linkedin|social media)\b(?!.{60})",
    r"(?:send|submit|e-?mail|give) us (?:a |your |an )?(?:news )?(?:tips?|story ideas?|photos?|videos?|feedback)\b",
    r"(?:have|got|do you have) (?:a |any )?(?:news )?(?:tips?|story|story ideas?|an opinion)\b.{0,40}\?",
    r"(?:copyright|\(c\))\s*(?:©|\(c\)|by\b|the\b)?[\s,]*\d{4}|©|&copy;|copyright\b.{0,100}\ball rights reserved",
    r"\d{4} .{2,40}\. all rights reserved",
    r"this (?:material|story|content|article) may not be (?:published|reproduced|copied|redistributed)",
    r"(?:these|those|the) (?:links|comments) (?:are|do) not\b.{0,40}(?:endorse|moderated)",
    r"(?:to (?:view|see|post|leave|read) (?:this|a|the) (?:content|comments?)|please) "
    r"(?:enable|turn on|log ?in|sign in|register)\b",
    r"(?:support|help) (?:our|local|independent) journalism\b(?!.{80})",
)
_AD = re.compile(r"\s*(?![a-z])(?i:" + "|".join(_ADS) + r")[\s:…>»→–—-]*")
_MARKER = re.compile("(?:" + "|".join(_MARKERS) + r")\s*(?:[:…>»→!]|\.{3})*\s*", re.IGNORECASE)
_OPENING = re.compile("(?:" + "|".join(_OPENINGS) + ")", re.IGNORECASE)

#: The words of A to Z that what goes begins with: one look at a line's first word tells nearly every line of a story.
_FIRST_WORDS = frozenset(
    """
    ad ads advert adverts advertising sponsored promoted story article content text skip
    close print e email tweet pin pinit share comment comments facebook twitter whatsapp linkedin reddit copy
    link read learn see view show load related recommended similar top latest trending more popular most you up what in
    leave post add join back click don thank thanks sorry there all also must watch sign subscribe register get receive
    download follow like find connect send submit give have got do this these those the to please support
    help
    """.split()
)
#: Words that the next one may stick to ("AdvertisementScroll to continue").
_RUNNING_ON = ("advertisement", "copyright")
_FIRST_WORD = re.compile(r"[A-Za-z]++(?![^\x00-\x7f])")

#: What the lines of a site's navigation begin with, or are.
_NAVIGATION = re.compile(
    r"(?:©|(?:more|send|submit|download|follow|sign|subscribe|share|like|watch|click|read|see|get|related|top|most|latest|"
    r"contact|report a|listen|visit|join|back|home|about|privacy|terms|advertis|newsletters?|comments?|print|e-?mail|"
    r"copyright|facebook|twitter|instagram|youtube|rss|e-?edition|careers|jobs|help|faq|log ?in|search|menu|archives?|"
    r"obituaries|classifieds|weather|sports|news|traffic|opinion|business|entertainment|lifestyle|photos|videos|"
    r"site map|customer service|place an ad)\b)",
    re.IGNORECASE,
)


def without_markers(text: str) -> str:
    """Return `text` without advertising markers, rulers, and what rulers at the end part from it; lines stay lines.

    Safe before hard line breaks are undone, when a line may be the last word of a sentence.
    """
    lines = text.split("\n")
    if "[" in text:
        lines = [_INLINE.sub(" ", line).rstrip() if "[" in line else line for line in lines]
    if any(map(_is_ruler, lines)):
        lines = [line for line in _without_tail(lines) if not _is_ruler(line)]
    return "\n".join([line for line in lines if not (line and _may_go(line.lstrip()) and _AD.fullmatch(line))])


def without_invitations(body: str) -> str:
    """Return a body of paragraphs without those that are boilerplate by themselves."""
    return "\n\n".join([part for part in body.split("\n\n") if not is_boilerplate(part)])


def is_boilerplate(line: str) -> bool:
    """Say whether a line by itself is advertising, an invitation or a ruler."""
    words = line if len(line) > _LONGEST and not line[0].isspace() and not line[-1].isspace() else line.strip()
    if not words or len(words) > _LONGEST:
        return False
    if _is_ruler(words):
        return True
    if not _may_go(words):
        return False
    words = _BULLET.sub("", words, count=1)
    return bool(_MARKER.fullmatch(words) or (_OPENING.match(words) and not _SPEECH.search(words)))


def _is_ruler(line: str) -> bool:
    return line.lstrip()[:1] in _STROKES and _RULER.fullmatch(line) is not None


def _may_go(words: str) -> bool:
    """Say whether a line, which begins with no space, may be one that goes, by its first word where that is plain."""
    first = _FIRST_WORD.match(words)
    if first is None:
        return True
    word = first[0].lower()
    return word in _FIRST_WORDS or word.startswith(_RUNNING_ON)


def _without_tail(lines: list[str]) -> list[str]:
    """Return the lines without what rulers at the end part from the story: short lines, some of them navigation."""
    end = len(lines)
    tail: list[str] = []
    for place in range(len(lines) - 1, -1, -1):
        if not _is_ruler(lines[place]):
            if lines[place].strip():
                tail.append(_BULLET.sub("", lines[place], count=1).strip())
            if len(tail) > _LONGEST_TAIL:
                break
            continue
        short = all(len(line) < 100 and (not _SENTENCE.search(line) or is_boilerplate(line)) for line in tail)
        if tail and not (short and any(_NAVIGATION.match(line) or is_boilerplate(line) for line in tail)):
            break
        end = place
        tail = []
    return lines[:end]
