from __future__ import annotations

import gzip

import pytest
from flask.testing import FlaskClient

ADDRESSES = ("/search?q=flood", "/", "/search.atom", "/api/v1/search", "/static/morgue.css")


@pytest.mark.parametrize("address", ADDRESSES)
def test_text_is_gzipped_for_those_who_take_it_and_says_the_same(client: FlaskClient, address: str) -> None:
    plain = client.get(address, buffered=True)
    small = client.get(address, buffered=True, headers={"Accept-Encoding": "br, gzip"})
    assert (small.headers["Content-Encoding"], small.headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(small.data) == plain.data
    assert "Content-Encoding" not in plain.headers
    assert plain.headers["Vary"] == "Accept-Encoding"
    assert int(small.headers["Content-Length"]) == len(small.data) < len(plain.data) / 2


@pytest.mark.parametrize("wish", ["", "identity", "gzip;q=0", "br"])
def test_who_does_not_take_gzip_gets_the_page_as_it_is(client: FlaskClient, wish: str) -> None:
    answer = client.get("/search?q=flood", headers={"Accept-Encoding": wish})
    assert "Content-Encoding" not in answer.headers
    assert answer.data.startswith(b"<!doctype html>")


def test_lists_that_are_streamed_and_small_answers_stay_as_they_are(client: FlaskClient) -> None:
    for address in ("/search.csv?q=flood", "/search.jsonl", "/healthz", "/no-such-page"):
        assert "Content-Encoding" not in client.get(address, buffered=True, headers={"Accept-Encoding": "gzip"}).headers


def test_a_packed_page_is_known_again_by_its_tag(client: FlaskClient) -> None:
    for address in ("/search?q=flood", "/static/morgue.css"):
        tag = client.get(address, buffered=True, headers={"Accept-Encoding": "gzip"}).headers["ETag"]
        again = client.get(address, buffered=True, headers={"Accept-Encoding": "gzip", "If-None-Match": tag})
        assert (tag.startswith("W/"), again.status_code, again.data) == (True, 304, b"")


def test_asking_for_the_head_only_tells_the_length_of_the_packed_page(client: FlaskClient) -> None:
    headers = {"Accept-Encoding": "gzip"}
    head = client.head("/search?q=flood", headers=headers)
    assert head.headers["Content-Length"] == client.get("/search?q=flood", headers=headers).headers["Content-Length"]
    assert head.data == b""
