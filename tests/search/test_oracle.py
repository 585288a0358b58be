"""Whoosh's own searcher on the same directory: the second judge, for what it can do (no nearness, no recency).

NOT is not asked: Whoosh's AndNotMatcher does not look at the first story of a segment when the word to be left out
stands in an earlier one too. Whoosh counts a deleted story among the stories until its segment is written again; we
count what is there, so that scores do not depend on when segments were merged. `Live` makes Whoosh count so too.
"""

from __future__ import annotations

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index as whoosh_index
from whoosh import query as whoosh

from index import Story, ranking
from index.embedded import IndexDirectory
from index.embedded.codec import Ranking
from search.embedded.columns import Columns
from search.embedded.evaluator import evaluate
from search.query import tree
from search.request import Request
from tests.search.archives import ARCHIVES, STEMS, write


class Live(Ranking):
    def idf(self, searcher: Any, fieldname: str, text: bytes) -> float:
        reader = searcher.get_parent().reader()
        containing = sum(1 for _ in reader.postings(fieldname, text).all_ids())
        return ranking.inverse_document_frequency(reader.doc_count(), containing)


@given(ARCHIVES, st.integers(0, 1_000_000))
@settings(max_examples=80, deadline=None)
def test_whoosh_finds_the_same_stories_with_the_same_scores(commits: list[list[Story | str]], seed: int) -> None:
    random = Random(seed)
    with TemporaryDirectory() as folder, patch("search.embedded.scoring.ranking.PROXIMITY", 0.0):
        directory = IndexDirectory(Path(folder))
        write(directory, commits, apart=True)
        with (
            directory.open() as generation,
            whoosh_index.open_dir(str(next(Path(folder).glob("[0-9]*")))).searcher(weighting=Live()) as searcher,
        ):
            columns = Columns(generation)
            for _ in range(10):
                node, asked = question(random)
                found = evaluate(columns, Request(copies="show", limit=1000), node)
                ids = [columns.story(doc).article.id for doc in found.docs.tolist()]
                ours = dict(zip(ids, found.scores.tolist(), strict=True))
                theirs = {hit["id"]: hit.score for hit in searcher.search(asked, limit=None)}
                assert ours == pytest.approx(theirs, abs=1e-5), asked


def question(random: Random, depth: int = 2) -> tuple[tree.Node, whoosh.Query]:
    """The same question as our tree and as Whoosh's."""
    if not depth or random.random() < 0.3:
        stem = random.choice(list(STEMS.values()))
        field = random.choice(("text", "text", *ranking.FIELDS))
        return tree.Word(stem, stem, () if field == "text" else (field,)), whoosh.Term(field, stem)
    # Whoosh counts an equal part once; we count what was typed.
    parts = {repr(theirs): (ours, theirs) for ours, theirs in (question(random, depth - 1) for _ in range(3))}
    if len(parts) == 1:
        return next(iter(parts.values()))
    our_parts, their_parts = zip(*parts.values(), strict=True)
    if random.random() < 0.5:
        return tree.And(our_parts), whoosh.And(list(their_parts))
    return tree.Or(our_parts), whoosh.Or(list(their_parts))
