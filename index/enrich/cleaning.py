"""A reader's draft made fit for the archive: paragraphs, boilerplate, a headline where there is none.

No decision about dates or cities. The one idea: every format ends in the same clean draft, so a story reads the same
whichever way it came.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.enrich.boilerplate import without_invitations, without_markers
from index.enrich.bylines import clean_byline
from index.enrich.datelabels import date_line
from index.enrich.dates import COPYRIGHT
from index.enrich.headlines import made_headline
from index.enrich.paragraphs import paragraphs
from index.record import DateClue, Draft

#: How many paragraphs at the top may repeat the headline, name the writer or give the date; and how many at the end.
_TOP = 4
_END = 2
#: Up to so many characters a paragraph may be the line under a headline.
_LONGEST_DECK = 160

_BYLINE = re.compile(r"\W{0,6}by\s+[A-Z\u00c0-\u00de][^.!?]{2,80}(?<!\bsaid)", re.IGNORECASE)
_KICKER = re.compile(r"[^\W\d_]+(?: (?:& |and )?[^\W\d_]+)?")
_WORDS = re.compile(r"\w+")
#: What databases and papers set behind the date at the end.
_BEHIND = re.compile(
    r"(?:publisher|language|load[ -]date|publication[ -]type|document[ -]type|source[ -]type|issn|place of publication"
    r"|copyright|section|pages?|edition|subject|document)\b:?\s.{1,80}|\(?(?:copyright\b|\(c\)|©).{1,100}"
    r"|end of document",
    re.IGNORECASE,
)


def clean_draft(draft: Draft) -> Draft:
    """Return `draft` with a clean body and a headline; empty where the record has neither."""
    if draft.article is not None:
        return draft
    from index.enrich.cities import parse_dateline  # the gazetteer's room takes a moment to import

    headline = " ".join(draft.headline.split())
    body, byline, section, dates = _without_opening(
        without_invitations(paragraphs(without_markers(draft.body))), headline, draft
    )
    made = not headline and bool(body)
    dateline = " ".join(draft.dateline.split())
    if not dateline and body:
        found = parse_dateline(body)
        dateline = found.text if found else ""
    return replace(
        draft,
        headline=made_headline(body) if made else headline,
        headline_made=made,
        body=body,
        byline=clean_byline(byline, (draft.source,)),
        section=section,
        dates=dates,
        dateline=dateline,
    )


def _without_opening(body: str, headline: str, draft: Draft) -> tuple[str, str, str, tuple[DateClue, ...]]:
    """Return a body that does not open with its own headline, section, writer and date, nor ends with a date.

    Args:
        body: in paragraphs.
        headline: the story's.
        draft: with what is known of it.

    Returns:
        The body, and byline, section and dates, which what was left out has told where nothing better is known.
    """
    parts = body.split("\n\n")
    byline, section, dates = draft.byline, draft.section, draft.dates
    headline = _plain(headline)
    kept: list[str] = []
    for place, part in enumerate(parts):
        if place >= _TOP and place < len(parts) - _END:
            kept.append(part)
            continue
        dated = date_line(part) if _is_apart(parts, place, kept) else None
        if dated:
            if dated.value and all(clue.origin == COPYRIGHT for clue in dates):
                dates = (DateClue(dated.value, _where(dated.label, not _is_told(kept))), *dates)
            names = next((name for credit in dated.credits if _are_names(name := clean_byline(credit))), "")
            byline = byline or (names if any(map(_BYLINE.fullmatch, dated.credits)) else "")
        elif len(part) < 100 and _BYLINE.fullmatch(part) and _are_names(clean_byline(part)):
            byline = byline or clean_byline(part)
        elif not (place < _TOP and headline and len(part) < 300 and _says(part, headline)):
            kept.append(part)
            continue
        if place < _TOP and len(kept) == 1 and _KICKER.fullmatch(kept[0]):  # "Sport" over the date or the headline
            section = section or kept.pop()
            kept.clear()
    if len(kept) == len(parts) or not kept:
        return body, draft.byline, draft.section, draft.dates
    return "\n\n".join(kept), byline, section, dates


def _is_apart(parts: list[str], place: int, kept: list[str]) -> bool:
    """Say whether a paragraph stands where the date of a story does: before its text or at its end, in no sentence."""
    following = parts[place + 1 :]
    leads_to_it = bool(kept) and kept[-1].endswith((":", ","))
    goes_on = bool(following) and following[0][:1].islower()
    if leads_to_it or goes_on:
        return False
    return not _is_told(kept) or (len(following) < _END and all(map(_may_follow, following)))


def _may_follow(part: str) -> bool:
    return date_line(part) is not None or _BEHIND.fullmatch(part) is not None


def _is_told(kept: list[str]) -> bool:
    """Say whether paragraphs tell anything: a headline and the line under it do not."""
    return any(len(part) > _LONGEST_DECK or part.endswith((".", "!", "?", "”", '"')) for part in kept)


def _where(label: str, at_the_top: bool) -> str:
    return f"the line {label.capitalize()!r}" if label else f"the date at the {'top' if at_the_top else 'end'}"


def _are_names(names: str) -> bool:
    """Say whether a byline has only words written large, so that "By then it was over" is none."""
    words = re.split(r"[\s,-]+", names)
    small = {"and", "de", "la", "van", "von", "der", "del", "di", "da", "el", "al", "bin", "of", "the", "for"}
    return 2 <= len(words) <= 14 and all(word[:1].isupper() or word in small for word in words if word)


def _says(text: str, headline: str) -> bool:
    """Say whether a text is a headline, which is `_plain`; most are told from it by their first word."""
    first = _WORDS.search(text)
    if first is not None and first[0].isascii() and not headline.startswith(first[0].lower()):
        return False
    return _plain(text) == headline


def _plain(text: str) -> str:
    return "".join(_WORDS.findall(text.casefold()))
