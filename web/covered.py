"""Have we covered this? A page to paste a draft into, and the past stories nearest to it.

The only page that takes a POST: a draft belongs in no address, no log and no cache. Nothing of it is kept; the one
idea: the answer is a page without an address, made of what was sent and forgotten with it.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, request

from search.covered import LONGEST_DRAFT, Coverage, Covered, covered, plain_text
from search.page import Hit, Snippet
from web import results, words
from web.formats import Formats
from web.results import HitView
from web.site import site

blueprint = Blueprint("covered", __name__)

#: Bytes of a form that are read: the draft and what a browser puts around it.
_LARGEST_FORM = 200_000


@dataclass(frozen=True, slots=True)
class PassageView:
    """What a story and the draft have in common, and how much that is in words."""

    kind: str
    text: Snippet


@dataclass(frozen=True, slots=True)
class NearView:
    """One story near to the draft."""

    hit: HitView
    passages: tuple[PassageView, ...]


@blueprint.get("/covered")
def ask() -> str:
    """Show the form."""
    return render_template("covered.html", draft="", longest=LONGEST_DRAFT, answer=None)


@blueprint.post("/covered")
def answer() -> str:
    """Show the past stories nearest to the draft that was sent."""
    request.max_content_length = _LARGEST_FORM
    draft = request.form.get("draft", "")
    here = site()
    found = covered(here.archive, plain_text(draft))
    heading = words.near_stories(len(found.stories), here.formats.number(len(found.stories)))
    return render_template(
        "covered.html",
        draft=draft,
        longest=LONGEST_DRAFT,
        answer=_near(found, here.formats),
        heading=heading,
        telling=", ".join(found.words),
    )


def _near(found: Coverage, formats: Formats) -> tuple[NearView, ...]:
    return tuple(NearView(_hit(story, formats), _passages(story, formats)) for story in found.stories)


def _hit(story: Covered, formats: Formats) -> HitView:
    return results.hit_view(Hit(story.article, story.score, copies=story.copies), None, formats)


def _passages(story: Covered, formats: Formats) -> tuple[PassageView, ...]:
    return tuple(
        PassageView(words.shared(passage.kind == "run", formats.number(passage.words)), passage.text)
        for passage in story.passages
    )
