"""A digest written out: as plain text for a terminal or a mail, and as HTML for a mail that shows it.

Only laying out; what has arrived is `search.digest`. The one idea: it reads like a short letter, the searches with news
first and in the order of the file, so whoever is in a hurry has read enough after the first line.

The HTML has no style and loads nothing: a mail program shows it as it shows other letters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from textwrap import wrap
from typing import Any
from urllib.parse import quote

from search.digest import Arrival, Digest, Group
from search.form import hit_to_json, plain
from search.page import Snippet
from search.terminal import day_in_words

_WIDTH = 78
_INDENT = "   "


def digest_lines(digest: Digest) -> Iterator[str]:
    """Yield a digest as lines of text."""
    yield heading(digest)
    for group in _ordered(digest.groups):
        yield ""
        yield f"{group.name}: {_count(group)}"
        for note in _notes(group):
            yield from wrap(note, _WIDTH)
        if group.page and group.arrivals:
            yield group.page
        for number, arrival in enumerate(group.arrivals, start=1):
            yield ""
            yield f"{number}. {_headline(arrival)}"
            yield f"{_INDENT}{' · '.join(_facts(arrival))}"
            passage = " ".join(_passage(arrival).split())
            yield from wrap(passage, _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT)
            if digest.address:
                yield f"{_INDENT}{_link(digest, arrival)}"


def digest_html(digest: Digest) -> str:
    """Return a digest as an HTML document."""
    lines = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        f"<title>{escape(heading(digest))}</title></head><body>",
        f"<h1>{escape(heading(digest))}</h1>",
    ]
    for group in _ordered(digest.groups):
        name = f'<a href="{escape(group.page)}">{escape(group.name)}</a>' if group.page else escape(group.name)
        lines.append(f"<h2>{name}: {escape(_count(group))}</h2>")
        lines += [f"<p>{escape(note)}</p>" for note in _notes(group)]
        if group.arrivals:
            lines += ["<ol>", *(_item(digest, arrival) for arrival in group.arrivals), "</ol>"]
    return "\n".join([*lines, "</body></html>", ""])


def digest_to_json(digest: Digest) -> dict[str, Any]:
    """Return the JSON form of a digest."""
    return {
        "title": digest.title,
        "generation": digest.generation,
        "through": digest.through,
        "searches": [
            {
                "name": group.name,
                "explain": group.explain,
                "total": group.total,
                "first": group.first,
                "changed": group.changed,
                "notes": list(group.notes),
                "stories": [hit_to_json(arrival.hit) | {"arrived": arrival.arrived} for arrival in group.arrivals],
            }
            for group in digest.groups
        ],
    }


def heading(digest: Digest) -> str:
    """Return the first line: what is new, and in how many of the searches.

    >>> heading(Digest("The Morgue", "", "1.1", 0, ()))
    'The Morgue: nothing new'
    """
    known = [group for group in digest.groups if not group.first]
    told = [group for group in known if group.arrivals]
    new = len({arrival.hit.article.id for group in told for arrival in group.arrivals})
    parts = []
    if told:
        of = f"in {len(told)} of {len(digest.groups)} searches" if len(digest.groups) > 1 else "found"
        parts.append(f"{_stories(new, 'new ')} {of}")
    first = len(digest.groups) - len(known)
    if first:
        parts.append(f"{first} {'search' if first == 1 else 'searches'} for the first time")
    return f"{digest.title}: {', '.join(parts) or 'nothing new'}"


def _ordered(groups: Sequence[Group]) -> list[Group]:
    return sorted(groups, key=lambda group: not group.arrivals)


def _stories(count: int, kind: str = "") -> str:
    return f"1 {kind}story" if count == 1 else f"{count:,} {kind}stories"


def _count(group: Group) -> str:
    shown = len(group.arrivals)
    if group.first:
        if not group.total:
            return "nothing yet"
        last = "the last" if shown == 1 else f"the last {shown}"
        return (
            f"{_stories(group.total)} so far, {last} to arrive" if shown < group.total else f"{_stories(shown)} so far"
        )
    return f"{shown:,} new, {group.total:,} in all" if shown else f"nothing new, {group.total:,} in all"


def _notes(group: Group) -> Iterator[str]:
    if group.arrivals or group.notes:
        yield f"Searched for: {group.explain}"
    if group.changed:
        yield "This search was changed; what it would have found before is not listed."
    for note in group.notes:
        yield f"Note: {note}"


def _headline(arrival: Arrival) -> str:
    return " ".join(arrival.hit.article.headline.split()) or "(no headline)"


def _facts(arrival: Arrival) -> list[str]:
    article = arrival.hit.article
    facts = (
        day_in_words(article.published),
        *(city.label for city in article.facet_cities[:2]),
        article.source,
        article.section,
        f"by {article.byline}" if article.byline else "",
        f"{arrival.hit.copies} further {'copy' if arrival.hit.copies == 1 else 'copies'}" if arrival.hit.copies else "",
        f"added {day_in_words(arrival.arrived[:10])}" if arrival.arrived else "",
    )
    return [fact for fact in facts if fact]


def _passage(arrival: Arrival) -> str:
    return plain(arrival.hit.snippets[0]) if arrival.hit.snippets else ""


def _link(digest: Digest, arrival: Arrival) -> str:
    return f"{digest.address}/stories/{quote(arrival.hit.article.id, safe='')}"


def _item(digest: Digest, arrival: Arrival) -> str:
    headline = escape(_headline(arrival))
    if digest.address:
        headline = f'<a href="{escape(_link(digest, arrival))}">{headline}</a>'
    passage = _marked(arrival.hit.snippets[0]) if arrival.hit.snippets else ""
    return f"<li><b>{headline}</b><br>{escape(' · '.join(_facts(arrival)))}<br>{passage}</li>"


def _marked(snippet: Snippet) -> str:
    return "".join(f"<mark>{escape(part.text)}</mark>" if part.marked else escape(part.text) for part in snippet)
