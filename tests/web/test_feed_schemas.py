"""The feeds are valid: by the schemas of their formats, by a reader that complains, by rules that no schema can tell.

The schemas stand in `schemas/`, written for these tests after the specifications.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import feedparser  # type: ignore[import-untyped]  # it has none
import jsonschema_rs
import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from index.article import Story
from tests.web.fake import HOSTILE, FakeArchive, article
from web import create_app

SCHEMAS = Path(__file__).parent / "schemas"
GRAMMARS = {form: etree.RelaxNG(file=str(SCHEMAS / f"{form}.rng")) for form in ("atom", "rss")}
JSON_FEED = jsonschema_rs.validator_for(json.loads((SCHEMAS / "feed.schema.json").read_text("utf-8")))

QUERIES = ["", "q=flood", "q=zzz", "city=5746545&not-section=Weather&since=1999", "copies=show&undated=only",
           f"source={quote(HOSTILE)}", "q=%00%1f%EF%BF%BE%3C/feed%3E%22"]  # fmt: skip


def wrong(form: str, document: bytes) -> list[str]:
    """What is not as the format wants it."""
    if form == "json":
        return [str(error) for error in JSON_FEED.iter_errors(json.loads(document))]
    grammar = GRAMMARS[form]
    grammar.validate(etree.fromstring(document))
    read = feedparser.parse(document)
    bozo = [f"feedparser: {read.bozo_exception}"] if read.bozo else []
    return [*(str(error) for error in grammar.error_log), *bozo]


def names(form: str, document: bytes) -> list[str]:
    """The lasting names of a feed's entries."""
    if form == "json":
        return [item["id"] for item in json.loads(document)["items"]]
    return [entry.id for entry in feedparser.parse(document).entries]


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
@pytest.mark.parametrize("query", QUERIES)
def test_a_feed_is_valid_and_its_names_are_its_own(client: FlaskClient, form: str, query: str) -> None:
    document = client.get(f"/search.{form}?{query}").data
    assert wrong(form, document) == []
    found = names(form, document)
    assert len(found) == len(set(found))
    assert names("atom", client.get(f"/search.atom?{query}").data) == found


def test_an_atom_feed_says_where_it_is_and_what_it_is_of(client: FlaskClient) -> None:
    """RFC 4287, 4.1.1: one link to itself, no two alternates of a type, and dates that some entry has."""
    document = client.get("/search.atom?q=flood").data
    feed = feedparser.parse(document)
    assert (feed.version, feedparser.parse(client.get("/search.rss?q=flood").data).version) == ("atom10", "rss20")
    links = [(link.rel, link.type, link.href) for link in feed.feed.links]
    assert links == [
        ("self", "application/atom+xml", "http://localhost/search.atom?q=flood"),
        ("alternate", "text/html", "http://localhost/search?q=flood"),
    ]
    assert feed.feed.updated == max(entry.updated for entry in feed.entries)
    assert all([link.rel for link in entry.links] == ["alternate"] for entry in feed.entries)


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
def test_a_name_outlives_headline_and_version(form: str, archive: FakeArchive) -> None:
    before = names(form, create_app(archive).test_client().get(f"/search.{form}?q=river").data)
    renamed = Story(article("bridge-1", "Quite another headline", "The river."), 99, 1, "2026-03-01T00:00:00Z", 1)
    after = names(form, create_app(FakeArchive([renamed])).test_client().get(f"/search.{form}?q=river").data)
    assert before == after == ["http://localhost/stories/bridge-1"]


@pytest.mark.parametrize(
    ("form", "old", "new"),
    [
        ("atom", b"<updated>", b"<updated>yesterday "),
        ("atom", b"<id>", b"<id>not an address "),
        ("atom", b"<title>", b"<title/><title>"),
        ("atom", b' term="', b' name="'),
        ("rss", b"<pubDate>Fri, 02", b"<pubDate>Fri, 2"),
        ("rss", b"<guid", b"<guide/><guid"),
        ("rss", b'version="2.0"', b'version="0.91"'),
        ("json", b'"id": "http', b'"name": "http'),
        ("json", b'"date_published": "2026', b'"date_published": "26'),
    ],
)
def test_the_schemas_notice_what_is_wrong(client: FlaskClient, form: str, old: bytes, new: bytes) -> None:
    document = client.get(f"/search.{form}?q=river").data
    assert old in document
    assert wrong(form, document.replace(old, new, 1)) != []


ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.fixed_dictionaries(
        {"headline": ANY, "body": ANY, "byline": ANY, "section": ANY, "source": ANY},
    ),
    ANY,
)
def test_whatever_a_story_holds_its_feeds_are_valid(told: dict[str, Any], query: str) -> None:
    story = Story(article("s1", **told), 1, 1, "2026-01-02T03:04:05Z", 1)
    client = create_app(FakeArchive([story])).test_client()
    for form in ("atom", "rss", "json"):
        for address in (f"/search.{form}", f"/search.{form}?section={quote(query)}&copies=show"):
            assert wrong(form, client.get(address).data) == []


def test_a_feed_has_no_more_than_its_number_of_stories() -> None:
    many = [
        Story(article(f"s{number}", "Flood"), number, number, "2026-01-02T03:04:05Z", number)
        for number in range(1, 130)
    ]
    client = create_app(FakeArchive(many)).test_client()
    for form in ("atom", "rss", "json"):
        assert names(form, client.get(f"/search.{form}").data) == [
            f"http://localhost/stories/s{number}" for number in range(129, 79, -1)
        ]
    assert ElementTree.fromstring(client.get("/search.atom").data) is not None
