"""The page for a draft answers a POST, keeps nothing, and takes no more than it says."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search import open_archive
from tests.search.test_archive import OREGON, story, write
from tests.web.fake import HOSTILE, FakeArchive
from tests.web.links import parse
from web import create_app

DRAFT = "Again the Council votes"


def test_the_form_is_sent_and_never_put_into_an_address(client: FlaskClient) -> None:
    document = parse(client.get("/covered").text)
    assert document.text("h1") == ["Have we covered this?"]
    form = document.one("form", class_="draft")
    assert (form.attributes["method"], form.attributes["action"]) == ("post", "/covered")
    assert "/covered" in parse(client.get("/").text).links
    assert "/covered" in parse(client.get("/help").text).links


def test_an_answer_is_kept_by_nobody(client: FlaskClient, archive: FakeArchive) -> None:
    answer = client.post(
        "/covered", data={"draft": DRAFT}, headers={"If-None-Match": client.get("/covered").headers["ETag"]}
    )
    assert answer.status_code == 200
    assert (answer.headers["Cache-Control"], "ETag" in answer.headers) == ("no-store", False)
    assert "Set-Cookie" not in answer.headers
    assert "form-action 'self'" in answer.headers["Content-Security-Policy"]
    assert DRAFT in answer.text


def test_no_word_of_a_draft_is_logged_or_measured(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    secret = "Quillfeather indicted"
    with caplog.at_level(logging.DEBUG):
        assert client.post("/covered", data={"draft": f"{DRAFT}: {secret}"}).status_code == 200
        assert client.post("/covered", data={"draft": f"{secret} " * 20_000}).status_code == 413
    written = "".join((caplog.text, *capfd.readouterr(), client.get("/metrics").text))
    assert secret.split()[0] not in written
    assert "covered" in client.get("/metrics").text


def test_a_draft_is_shown_as_text(client: FlaskClient) -> None:
    answer = client.post("/covered", data={"draft": f"</textarea>{HOSTILE}"})
    assert "<script>alert" not in answer.text
    assert "</textarea>&lt;" not in answer.text


def test_an_empty_draft_finds_nothing(client: FlaskClient) -> None:
    for data in ({}, {"draft": ""}, {"draft": "the"}):
        assert parse(client.post("/covered", data=data).text).text("h2") == ["Nothing in the archive is near to this"]


def test_too_much_is_refused_in_plain_words(client: FlaskClient) -> None:
    assert client.post("/covered", data={"draft": "x" * 190_000}).status_code == 200
    answer = client.post("/covered", data={"draft": "x" * 210_000}, content_type="multipart/form-data")
    assert (answer.status_code, parse(answer.text).text("h1")) == (413, ["That is too much text"])


def test_the_nearest_stories_show_what_they_share(tmp_path: Path) -> None:
    body = "The Merrow bridge will close.\n\nAnn Cole found cracks in nine of the twelve piers."
    write(
        tmp_path, story(1, "Bridge to close", body, published="1997-03-04", cities=(OREGON,)), story(2, "Rain", "Wet.")
    )
    with open_archive(tmp_path) as archive:
        draft = "Engineers of the Merrow bridge: Ann Cole found cracks in nine of the twelve piers again."
        document = parse(create_app(archive).test_client().post("/covered", data={"draft": draft}).text)
    assert document.text("h2") == ["1 story is near to this"]
    assert document.text("h3") == ["Bridge to close"]
    assert (document.text("dt"), document.text("mark")) == (
        ["10 words in a row"],
        ["Ann Cole found cracks in nine of the twelve piers"],
    )
