"""What type a story is: the words for it, and which claim wins, from the record to the article."""

from __future__ import annotations

from datetime import date

import pytest

from index.article import Article
from index.enrich import Context, enrich
from index.enrich.cleaning import clean_draft
from index.readers.fields import draft_of_fields
from index.readers.html import draft_of_page
from index.readers.text import draft_of_text
from index.record import Draft
from index.storytype import SPELLINGS, decided, known_type, type_named

_BODY = "The levee held through the night, and the mayor went home at six in the morning to feed her cat. " * 3


def article(draft: Draft) -> Article:
    return enrich(clean_draft(draft), Context(today=date(2020, 6, 15)))


def page(head: str) -> str:
    body = f"<article><h1>The levee held</h1><p>{_BODY}</p></article>"
    return f"<html><head><title>The levee held</title>{head}</head><body>{body}</body></html>"


def linked(kind: str, more: str = "") -> str:
    named = f'{{"@context": "https://schema.org", "@type": {kind}, "headline": "The levee held"{more}}}'
    return page(f'<script type="application/ld+json">{named}</script>')


@pytest.mark.parametrize(
    ("given", "type"),
    [
        ({"type": "Obit"}, "obituary"),
        ({"type": "article"}, ""),
        ({"type": "Slideshow"}, "slideshow"),
        ({"type": "text", "genre": [{"name": "Letters to the Editor", "code": "x"}]}, "letter"),
        ({"type": ["article", "Op-Ed"]}, "opinion"),
        ({"type_of_material": "An Analysis; News Analysis"}, "analysis"),
        ({"type": True}, ""),
        ({"type": 7, "section": "Obituaries"}, "obituary"),
        ({"type": "text/html", "section": "Opinion"}, "opinion"),
        ({"type": "News", "section": "Corrections"}, "correction"),
        ({"type": "News", "section": "Metro"}, "news"),
        ({"type": "Review", "section": "Opinion"}, "review"),
        ({"section": "News"}, ""),
        ({}, ""),
    ],
)
def test_a_record_says_its_type_in_a_field_or_by_its_section(given: dict[str, object], type: str) -> None:
    assert article(draft_of_fields({"headline": "The levee held", "body": _BODY} | given)).type == type


@pytest.mark.parametrize(
    ("source", "type"),
    [
        (linked('"OpinionNewsArticle"'), "opinion"),
        (linked('["NewsArticle", "ReviewNewsArticle"]'), "review"),
        (linked('"ReportageNewsArticle"'), "news"),
        (linked('"NewsArticle"'), "news"),
        (linked('"NewsArticle"', ', "articleSection": "Letters"'), "letter"),
        (linked('"NewsArticle"', ', "genre": ["Obituary"]'), "obituary"),
        (linked('"Article"'), ""),
        (page('<meta property="og:type" content="article">'), ""),
        (page('<meta name="genre" content="Editorial">'), "editorial"),
        (page('<meta name="genre" content="whodunnit">'), ""),
        (page('<meta property="article:section" content="Obituaries">'), "obituary"),
        (page(""), ""),
    ],
)
def test_a_page_says_its_type_in_its_marks(source: str, type: str) -> None:
    assert article(draft_of_page(source)).type == type


def test_a_text_says_its_type_in_a_line_at_the_top() -> None:
    draft = draft_of_text(f"Headline: The levee held\nType: Letter to the editor\n\n{_BODY}")
    assert (article(draft).type, article(draft).headline) == ("letter", "The levee held")


def test_what_was_exported_keeps_its_type() -> None:
    exported = Article(headline="The levee held", body=_BODY, type="obituary").to_json()
    assert article(draft_of_fields(exported)).type == "obituary"


def test_every_spelling_means_one_type() -> None:
    words = [(word, name) for name, spellings in SPELLINGS.items() for word in (name, *spellings.split(", "))]
    assert [known_type(word) for word, _ in words] == [name for _, name in words]


def test_a_claim_that_says_more_than_news_wins() -> None:
    assert decided(("news", "review"), "Opinion") == "review"
    assert decided(("news",), "Opinion") == "opinion"
    assert decided(("news",), "City") == "news"
    assert decided((), "Reviews") == "review"
    assert decided(("slideshow",), "Opinion") == "slideshow"
    assert type_named("one two three four five six seven") == ""
