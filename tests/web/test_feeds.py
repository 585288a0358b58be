"""A search can be followed: in the order of arrival, under lasting names, in three forms that say the same."""

from __future__ import annotations

import json
from xml.etree import ElementTree

from flask.testing import FlaskClient

from tests.web.fake import HOSTILE, FakeArchive
from web.feeds import ENTRIES

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def texts(root: ElementTree.Element, path: str) -> list[str]:
    return [element.text or "" for element in root.iterfind(path, ATOM)]


def test_a_feed_is_in_the_order_of_arrival_and_obeys_every_filter(client: FlaskClient, archive: FakeArchive) -> None:
    root = ElementTree.fromstring(client.get("/search.atom?section=Weather&sort=oldest").data)
    expected = [f"http://localhost/stories/flood-{number}" for number in range(42, -1, -3)]
    assert texts(root, "a:entry/a:id") == expected
    assert texts(root, "a:title") == ["in Weather – The Test Morgue"]
    assert texts(root, "a:updated") == ["2026-01-02T03:04:05+00:00"]
    links = {element.attrib["rel"]: element.attrib["href"] for element in root.iterfind("a:link", ATOM)}
    assert links == {
        "self": "http://localhost/search.atom?section=Weather",
        "alternate": "http://localhost/search?section=Weather",
    }
    assert "arrived" in [request.sort for request in archive.asked]


def test_one_entry_in_every_form(client: FlaskClient) -> None:
    query = "?q=river+mayor"
    name, link = (
        "http://localhost/stories/bridge-1",
        "http://localhost/stories/bridge-1/council-votes-to-close-the-merrow-bridge",
    )
    title = "Council votes to close the Merrow bridge"
    summary = "March 4, 1997, The Harbor Light. The bridge over the river will close in March."
    entry = ElementTree.fromstring(client.get(f"/search.atom{query}").data).find("a:entry", ATOM)
    assert entry is not None
    assert [(element.tag.rpartition("}")[2], element.text, element.attrib) for element in entry] == [
        ("title", title, {}),
        ("id", name, {}),
        ("link", None, {"rel": "alternate", "type": "text/html", "href": link}),
        ("updated", "2026-01-02T03:04:05+00:00", {}),
        ("author", None, {}),
        ("author", None, {}),
        ("category", None, {"term": "News"}),
        ("category", None, {"term": "Portland, Oregon"}),
        ("summary", summary, {}),
    ]
    item = ElementTree.fromstring(client.get(f"/search.rss{query}").data).find("channel/item")
    assert item is not None
    assert [(element.tag.rpartition("}")[2], element.text) for element in item] == [
        ("title", title),
        ("link", link),
        ("guid", name),
        ("pubDate", "Fri, 02 Jan 2026 03:04:05 +0000"),
        ("creator", "Jane Doe"),
        ("creator", "Max Roe"),
        ("category", "News"),
        ("category", "Portland, Oregon"),
        ("description", summary),
    ]
    assert json.loads(client.get(f"/search.json{query}").data) == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "“river mayor” – The Test Morgue",
        "home_page_url": "http://localhost/search?q=river+mayor",
        "feed_url": "http://localhost/search.json?q=river+mayor",
        "items": [
            {
                "id": name,
                "url": link,
                "title": title,
                "content_text": summary,
                "date_published": "2026-01-02T03:04:05+00:00",
                "authors": [{"name": "Jane Doe"}, {"name": "Max Roe"}],
                "tags": ["News", "Portland, Oregon"],
            }
        ],
    }


def test_feeds_are_capped(client: FlaskClient, archive: FakeArchive) -> None:
    assert len(archive.held) > ENTRIES
    assert len(json.loads(client.get("/search.json").data)["items"]) == ENTRIES


def test_whatever_is_asked_or_held_the_feed_is_xml(client: FlaskClient) -> None:
    for form in ("atom", "rss"):
        root = ElementTree.fromstring(client.get(f"/search.{form}?q=flood&section=%00%1f%EF%BF%BE%3C/feed%3E").data)
        assert len(root) > 0
        whole = client.get(f"/search.{form}?source={HOSTILE}".replace("&", "%26")).text
        assert ElementTree.fromstring(whole.encode()) is not None
        assert "<script>" not in whole


def test_an_unchanged_archive_sends_no_feed_again(client: FlaskClient) -> None:
    etag = client.get("/search.atom?q=flood").headers["ETag"]
    assert client.get("/search.atom?q=flood", headers={"If-None-Match": etag}).status_code == 304


def test_browsers_are_told_how_to_search(client: FlaskClient) -> None:
    root = ElementTree.fromstring(client.get("/opensearch.xml").data)
    urls = [element.attrib["template"] for element in root if element.tag.endswith("Url")]
    assert urls[0] == "http://localhost/search?q={searchTerms}"
    assert client.get(urls[0].replace("{searchTerms}", "flood")).status_code == 200
