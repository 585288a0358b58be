from base64 import b32encode
from hashlib import blake2b

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from index.identity import canonical_url, content_key, natural_key, public_ids
from index.record import Draft, Record


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://sun.example/a", "https://SUN.example:443/a/"),
        ("https://sun.example/a?utm_source=x&utm_medium=y", "https://sun.example/a#comments"),
        ("https://sun.example/a?id=7&fbclid=abc", "https://sun.example/a?id=7"),
    ],
)
def test_variants_of_an_address_are_one_address(one: str, other: str) -> None:
    assert canonical_url(one) == canonical_url(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://sun.example/a", "https://sun.example/A"),
        ("https://sun.example/a?id=7", "https://sun.example/a?id=8"),
        ("https://sun.example/a?page=", "https://sun.example/a"),
        ("https://sun.example/a", "https://sun.example:8080/a"),
        ("https://sun.example/a", "https://moon.example/a"),
    ],
)
def test_other_addresses_stay_apart(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


@given(st.text())
def test_anything_can_stand_where_an_address_should(text: str) -> None:
    assert canonical_url(text) == canonical_url(text)


def test_an_id_counts_before_an_address_before_a_place() -> None:
    record = Record(b"x", "jsonl", "/wire.jsonl", 4, "Sun")
    keys = [
        natural_key(record, Draft(given_id="1", url="https://sun.example/a")),
        natural_key(record, Draft(url="https://sun.example/a")),
        natural_key(record, Draft()),
        natural_key(Record(b"x", "jsonl", "-", 4, "Sun"), Draft()),
    ]
    assert len(set(keys)) == 4
    elsewhere = Record(b"y", "html", "/other.html", None, "Sun")
    assert natural_key(elsewhere, Draft(given_id="1")) == keys[0]
    assert natural_key(elsewhere, Draft(url="http://sun.example/a/")) == keys[1]
    assert natural_key(Record(b"y", "jsonl", "/wire.jsonl", 4, "Sun"), Draft()) == keys[2]
    assert natural_key(Record(b"x", "text", "-", 9, "Sun"), Draft()) == keys[3]


def test_an_id_of_no_named_paper_counts_in_its_file_alone() -> None:
    first = natural_key(Record(b"x", "csv", "/harbor.csv", 1), Draft(given_id="1"))
    assert natural_key(Record(b"y", "csv", "/lantern.csv", 1), Draft(given_id="1")) != first
    assert natural_key(Record(b"y", "csv", "/harbor.csv", 9), Draft(given_id="1")) == first
    address = Draft(given_id="1", url="https://sun.example/a")
    assert natural_key(Record(b"x", "csv", "/a.csv", 1), address) == natural_key(
        Record(b"y", "csv", "/b.csv", 2), address
    )


def test_an_export_may_lie_anywhere() -> None:
    exported = Draft(given_id="7", article=Article(id="7"))
    assert natural_key(Record(b"x", "jsonl", "/a", 1), exported) == natural_key(Record(b"x", "jsonl", "-", 9), exported)


def test_a_record_of_an_export_is_known_by_the_source_of_its_article() -> None:
    plain = natural_key(Record(b"x", "jsonl", "/a", 1), Draft(given_id="7", source="Sun"))
    exported = Draft(given_id="7", article=Article(id="7", source="Sun"))
    assert natural_key(Record(b"y", "jsonl", "/b", 2), exported) == plain


def test_the_content_is_what_was_read_and_how_but_not_where() -> None:
    record = Record(b"x", "text", "/a", 1, "Sun", None)
    assert content_key(record) == content_key(Record(b"x", "text", "/b", 2, "Sun", None))
    others = [
        Record(b"y", "text", "/a", 1, "Sun", None),
        Record(b"x", "html", "/a", 1, "Sun", None),
        Record(b"x", "text", "/a", 1, "Moon", None),
        Record(b"x", "text", "/a", 1, "Sun", "2020-01-01T00:00:00+00:00"),
    ]
    assert content_key(record) not in {content_key(other) for other in others}


@given(st.binary(max_size=60))
def test_a_story_without_an_id_is_named_after_its_bytes_the_same_for_ever(raw: bytes) -> None:
    names = public_ids(Record(raw, "text", "/a", source="Sun"), Draft(), b"k" * 16)
    hashes = [blake2b(content, digest_size=10).digest() for content in (b"Sun\0" + raw, b"k" * 16)]
    assert names == tuple(b32encode(digest).decode().lower() for digest in hashes)


@given(st.text(max_size=200))
def test_a_public_id_can_always_stand_in_an_address(given_id: str) -> None:
    for name in public_ids(Record(b"x", "text", "/a"), Draft(given_id=given_id), b"k" * 16):
        assert 1 <= len(name) <= 128
        assert all(c.isascii() and (c.isalnum() or c in "._~-") for c in name)
        assert name.strip(".")
