"""Whoosh's own searcher on the same directory, held against the formula worked out from the texts."""

from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index as whoosh_index
from whoosh import query
from whoosh.qparser import QueryParser
from whoosh.reading import TermNotFound

from index import Article, Story, ranking
from index.embedded import Generation, IndexDirectory
from index.embedded.codec import Ranking
from tests.index.embedded.stories import Plain, expected, stories
from tests.index.embedded.test_round_trip import play, small_limits

STEMS = ["absent", "bridg", "flood", "mayor", "the", "tree", "u.s"]


def scores(generation: Generation, plain: Plain, stem: str, fields: tuple[str, ...]) -> dict[str, float]:
    """Work out the scores of one stem; stories and document frequency counted as Whoosh does."""
    stories = sum(segment.count for segment in generation.segments)
    containing = 0
    for segment in generation.segments:
        if (ordinal := segment.term(stem)) >= 0:
            counts = segment.postings(ordinal).frequencies[:, [ranking.FIELDS.index(field) for field in fields]]
            containing += int(np.count_nonzero(counts.sum(axis=1)))
    found = {}
    for name, frequencies in plain.frequencies.get(stem, {}).items():
        pseudo = 0.0
        for place, (field, average) in enumerate(zip(ranking.FIELDS, generation.averages.in_order(), strict=True)):
            if field in fields:
                length = np.float64(plain.lengths[name][place])
                norm = ranking.length_norm(place, length, average)  # type: ignore[arg-type]
                pseudo += ranking.FIELD_WEIGHTS[place] * frequencies[place] / float(norm)
        if pseudo:
            saturated = ranking.saturate(np.float64(pseudo))  # type: ignore[arg-type]
            found[name] = float(saturated) * ranking.inverse_document_frequency(stories, containing)
    return found


def phrase(plain: Plain, first: str, second: str) -> set[str]:
    found = set()
    for name, places in plain.words.get(first, {}).items():
        following = {position for position, _ in plain.words.get(second, {}).get(name, [])}
        if any(position + 1 in following for position, _ in places):
            found.add(name)
    return found


@given(
    st.lists(st.one_of(stories(), stories(), stories(), st.none()), max_size=12),
    st.sampled_from([1, 10**6]),
    st.sampled_from(STEMS),
    st.sampled_from(STEMS),
)
@settings(max_examples=40, deadline=None)
def test_whoosh_finds_the_same_stories_with_the_same_scores(
    script: list[Story | None], flush: int, one: str, other: str
) -> None:
    with TemporaryDirectory() as folder, small_limits(flush, 0, 10**6, 1):
        directory = IndexDirectory(folder)
        archive, _ = play(directory, list(script))
        plain = expected(archive)
        with (
            directory.open() as generation,
            whoosh_index.open_dir(f"{folder}/1").searcher(weighting=Ranking()) as searcher,
        ):

            def ask(asked: query.Query) -> dict[str, float]:
                return {hit["id"]: hit.score for hit in searcher.search(asked, limit=None)}

            for field in ("text", *ranking.FIELDS):
                fields = ranking.FIELDS if field == "text" else (field,)
                assert ask(query.Term(field, one)) == pytest.approx(scores(generation, plain, one, fields))
            first = scores(generation, plain, one, ranking.FIELDS)
            second = scores(generation, plain, other, ranking.FIELDS)
            either = {name: first.get(name, 0) + second.get(name, 0) for name in first.keys() | second.keys()}
            both = {name: score for name, score in either.items() if name in first and name in second}
            if one != other:  # Whoosh drops the second of two equal words
                terms = [query.Term("text", one), query.Term("text", other)]
                assert ask(query.And(terms)) == pytest.approx(both)
                assert ask(query.Or(terms)) == pytest.approx(either)
            assert set(ask(query.Phrase("text", [one, other]))) == phrase(plain, one, other)
            starting = {name for stem in plain.words for name in plain.words[stem] if stem.startswith("b")}
            assert set(ask(query.Prefix("text", "b"))) == starting


def test_whoosh_parses_with_the_same_analysis(tmp_path: object) -> None:
    directory = IndexDirectory(str(tmp_path))
    with directory.writer() as writer:
        writer.put(Story(Article("a", "The council's vote", "Councils voted in U.S. towns."), 1, 1, "", 1))
        writer.commit(1)
    index = whoosh_index.open_dir(f"{tmp_path}/1")
    with index.searcher(weighting=Ranking()) as searcher:
        for text in ("council", "headline:voting", "body:council", "lead:council", '"vote in"', "U.S."):
            found = searcher.search(QueryParser("text", index.schema).parse(text))
            assert [hit["id"] for hit in found] == ([] if text == "body:council" else ["a"])
        reader = searcher.reader()
        assert list(reader.lexicon("headline")) == [b"council", b"the", b"vote"]
        assert [term for term in reader.all_terms() if term[0] == "text"][:2] == [("text", b"council"), ("text", b"in")]
        assert (reader.doc_frequency("lead", "council"), reader.doc_frequency("body", "council")) == (1, 0)
        with pytest.raises(TermNotFound):
            reader.term_info("body", "council")
    with pytest.raises(NotImplementedError, match="not by Whoosh's writer"):
        from index.embedded.codec import ArrayCodec

        index.writer(codec=ArrayCodec())
