"""A score in parts: they add up to what ordered the page, for every operator, and are said in plain words."""

from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner

from index.embedded import IndexDirectory
from search import Request, open_archive
from search.__main__ import main
from search.account import Account
from search.embedded.account import account
from search.embedded.columns import Columns
from search.embedded.evaluator import evaluate
from search.embedded.matching import Matching
from tests.search.archives import asked, kinds, left, node, write, written
from tests.search.test_archive import OREGON, story
from tests.search.test_archive import write as write_stories


def test_the_parts_add_up_to_the_score_for_every_operator() -> None:
    seen: Counter[str] = Counter()
    for seed in range(60):
        random = Random(seed)
        commits = written(random)
        if not left(commits):
            continue
        with TemporaryDirectory() as folder:
            directory = IndexDirectory(Path(folder))
            write(directory, commits, apart=seed % 2 == 0)
            with directory.open() as generation:
                columns = Columns(generation)
                for _ in range(12):
                    question = random.choice((asked, node))(random)
                    request = Request(copies="show", recency=random.choice((0.0, 0.5, 1.0)), limit=1_000)
                    found = evaluate(columns, request, question)
                    hits = [*zip(found.docs.tolist(), found.scores.tolist(), strict=True)]
                    hits += zip(found.partial.tolist(), found.partial_scores.tolist(), strict=True)
                    if any(score for _, score in hits):
                        seen.update(kinds(question))
                    for doc, score in hits:
                        parts = account(Matching(columns), question, doc, request.recency)
                        assert parts is not None
                        assert parts.score == pytest.approx(score, abs=1.5e-6), (seed, question)
                        assert adds_up(parts), (seed, question)
    scoring = ("Word", "Exact", "Pattern", "Fuzzy", "Phrase", "Near", "First", "AtLeast", "Together", "And", "Or")
    assert [kind for kind in scoring if seen[kind] < 5] == []


def adds_up(parts: Account) -> bool:
    words = [share.rarity * share.saturated for share in parts.words]
    fields = [(share.frequency, sum(field.counts for field in share.fields)) for share in parts.words]
    whole = math.fsum((*words, *(share.earns for share in parts.nearness)))
    return (
        all(math.isclose(frequency, summed) for frequency, summed in fields)
        and words == [share.earns for share in parts.words]
        and math.isclose(parts.score, round(whole * parts.recency, 6), abs_tol=1.5e-6)
        and math.isclose(parts.score, parts.sum + parts.by_recency, abs_tol=1e-6)
    )


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    write_stories(
        tmp_path,
        story(1, "Harbor bridge opens", "The harbor was full.", published="2018-01-24", cities=(OREGON,)),
        story(2, "A river", "A bridge far from any harbor.", published="2008-01-24"),
        story(3, "Nothing", "Only a bridge.", published="2018-01-24"),
    )
    return tmp_path


def test_a_story_that_does_not_answer_has_no_account(archive: Path) -> None:
    with open_archive(archive) as opened:
        assert opened.account(Request("harbor NOT bridge"), "s3") is None
        assert opened.account(Request("harbor"), "nobody") is None
        assert opened.account(Request("harbor bridge"), "s3") == replace(
            opened.account(Request("bridge"), "s3") or pytest.fail("s3 has a bridge"), partial=True
        )


def test_a_filter_earns_nothing(archive: Path) -> None:
    with open_archive(archive) as opened:
        assert opened.account(Request("city:portland-or"), "s1") == Account("s1", 0.0, (), (), 1.0, 3)


def test_the_terminal_says_the_parts_in_words(archive: Path) -> None:
    result = CliRunner().invoke(main, ["harbor bridge", "--explain-score", "--archive", str(archive)])
    lines = result.output.splitlines()
    begin = next(number for number, line in enumerate(lines) if line.startswith("   Score"))
    said = lines[begin : begin + 6]
    assert said[1].split(" for ")[1].startswith("harbor: 1 in the 3 words of the headline (counts ")
    assert "found in 2 of 3 stories, so it weighs 0.470, times " in said[2]
    assert said[5].endswith("for harbor and bridge side by side")
    shown = [float(line.split(" for ")[0]) for line in (said[1], said[3], said[5])]
    assert sum(shown) == pytest.approx(float(said[0].split()[1]), abs=0.002)


def test_json_has_the_same_parts(archive: Path) -> None:
    arguments = ["harbor bridge", "--explain-score", "--recency", "1", "--json", "--archive", str(archive)]
    page = json.loads(CliRunner().invoke(main, arguments).stdout)
    hits = [*page["hits"], *page["partial"]["hits"]]
    assert [hit["id"] for hit in hits] == ["s1", "s2", "s3"]
    for hit in hits:
        parts = hit["score_parts"]
        earned = sum(part["earns"] for part in (*parts["words"], *parts["nearness"]))
        assert hit["score"] == pytest.approx(earned * parts["recency"], abs=1.5e-6)
    assert [hit["score_parts"]["partial"] for hit in hits] == [False, False, True]


def test_in_order_of_date_there_is_nothing_to_explain(archive: Path) -> None:
    result = CliRunner().invoke(main, ["harbor", "--explain-score", "--sort", "newest", "--archive", str(archive)])
    assert (result.exit_code, "needs --sort relevance" in result.output) == (2, True)
