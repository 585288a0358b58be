"""What is packed comes back as it was, whichever release packed it; what is damaged is told."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import asdict, fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article, City
from index.identity import content_key
from index.packing import Damaged, Made, is_whole, pack, unpack_article, unpack_draft, unpack_raw
from index.record import DateClue, Draft, Record

DRAFT = Draft(
    given_id="k1",
    headline="Bridge opens",
    body="ALBANY — The bridge is open.\n\nThe mayor came.",
    source="Sun",
    dates=(DateClue("4/1987", "the field date"),),
    types=("obituary",),
    cities=("Albany, New York",),
)
ARTICLE = Article(
    headline="Bridge opens",
    body="ALBANY — The bridge is open.\n\nThe mayor came.",
    published="1987-04",
    source="Sun",
    cities=(City(5106834, "Albany", "New York", "United States", 42.65, -73.75, "ALBANY", "dateline", "dateline"),),
)
RECORD = Record(json.dumps({"title": "Bridge opens", "text": DRAFT.body}).encode(), "jsonl", "/wire.jsonl", 3)

texts = st.text(st.characters(exclude_categories=["Cs"]))
drafts = st.builds(
    Draft, texts, texts, texts, texts, texts, texts, texts, texts, texts, st.booleans(),
    st.lists(st.builds(DateClue, texts, texts, st.booleans())).map(tuple), *(st.lists(texts).map(tuple),) * 2,
    st.none() | st.builds(Article, body=texts, cities=st.lists(st.builds(City, st.none(), texts)).map(tuple)),
)  # fmt: skip


def back(made: Made) -> tuple[bytes, Article, Draft]:
    raw = unpack_raw(made.raw)
    article = unpack_article(made.article, raw, "")
    return raw, article, unpack_draft(made.draft, raw, article)


@given(st.binary(), drafts, st.booleans(), texts)
def test_what_is_packed_comes_back(raw: bytes, draft: Draft, alike: bool, other: str) -> None:
    article = Article(headline=draft.headline, body=draft.body, source=draft.source if alike else other, url=other)
    record = replace(RECORD, raw=raw)
    made = pack(record, draft, article)
    assert back(made) == (raw, article, draft)
    assert made.whole == article
    assert is_whole(record, made.content, made.said, made.draft, made.article)


places = st.builds(City, st.none(), st.text(), latitude=st.floats(-90, 90), longitude=st.floats(-180, 180))


@given(st.text(), st.none() | st.builds(Article, body=st.text(), cities=st.lists(places).map(tuple)))
def test_what_a_draft_says_is_hashed_as_every_release_has_written_it(body: str, article: Article | None) -> None:
    draft = Draft(body=body, byline="Jane \x1f\x7f\u2028 Doe", article=article)
    said: dict[str, Any] = {"body": body} if body else {}
    said |= {"byline": draft.byline} | ({} if article is None else {"article": article.to_json()})
    in_order = {name: said[name] for name in [field.name for field in fields(Draft)] if name in said}
    written = json.dumps(in_order, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    made = pack(RECORD, draft, ARTICLE)
    assert made.said == hashlib.blake2b(written, digest_size=16).digest()
    assert is_whole(RECORD, made.content, made.said, made.draft, made.article)


def test_of_a_draft_only_what_its_article_does_not_say_is_kept() -> None:
    kept = json.loads(pack(RECORD, DRAFT, ARTICLE).draft)
    assert sorted(kept) == ["cities", "dates", "given_id", "types"]


def test_what_was_packed_by_an_earlier_release_is_read_as_it_is() -> None:
    def old(form: dict[str, object]) -> tuple[bytes, bytes]:
        text = json.dumps(form, ensure_ascii=False, separators=(",", ":")).encode()
        stream = zlib.compressobj(6, zdict=RECORD.raw)
        return text, stream.compress(text) + stream.flush()

    said, draft = old(asdict(DRAFT))
    _, article = old(ARTICLE.to_json())
    made = replace(pack(RECORD, DRAFT, ARTICLE), raw=zlib.compress(RECORD.raw), draft=draft, article=article)
    assert back(made) == (RECORD.raw, ARTICLE, DRAFT)
    digest = hashlib.blake2b(said, digest_size=16).digest()
    assert is_whole(RECORD, content_key(RECORD), digest, draft, article)
    assert not is_whole(RECORD, content_key(RECORD), made.said, draft, article)


def test_every_flipped_byte_is_found() -> None:
    made = pack(RECORD, DRAFT, ARTICLE)
    kept = [made.raw, made.content, made.said, made.draft, made.article]

    def whole(raw: bytes, *rest: bytes) -> bool:
        try:
            return is_whole(replace(RECORD, raw=unpack_raw(raw)), *rest)
        except Damaged:
            return False

    assert whole(*kept)
    for part, data in enumerate(kept):
        for place in range(len(data)):
            flipped = data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]
            assert not whole(*kept[:part], flipped, *kept[part + 1 :]), (part, place)


def test_damage_is_told_as_such() -> None:
    made = pack(RECORD, DRAFT, ARTICLE)
    with pytest.raises(Damaged):
        unpack_raw(made.raw[:-1])
    with pytest.raises(Damaged):
        unpack_article(b"\x78" + made.article, RECORD.raw, "")
    with pytest.raises(Damaged):
        unpack_draft(b'{"given_id":', RECORD.raw, ARTICLE)
