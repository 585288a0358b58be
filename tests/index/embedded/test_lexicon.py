import gzip
import json
import re
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from index import Article, Story
from index.analysis import normalise
from index.embedded import Form, IndexDirectory, Segment, batch
from tests.index.embedded.stories import expected, indexed

REUTERS = Path(__file__).parents[4] / "shared" / "corpora" / "reuters21578.jsonl.gz"


@pytest.fixture(scope="module")
def segment(tmp_path_factory: pytest.TempPathFactory) -> Segment:
    directory = IndexDirectory(tmp_path_factory.mktemp("index"))
    with directory.writer() as writer:
        body = "Apple and apples, APPLE or apple: the élan of Élan. Odd \ud800 half."
        writer.put(Story(Article("ünï \ud800", "Apples", body, section="\udfff"), 1, 1, "", 1))
        writer.commit(1)
    return directory.open().segments[0]


def test_written_forms_are_found_by_their_beginning(segment: Segment) -> None:
    apple, elan = segment.term("appl"), segment.term("elan")
    assert [segment.lexicon.stem(number) for number in (apple, elan)] == ["appl", "elan"]
    assert list(segment.forms("appl")) == [
        Form("apple", "APPLE", apple, 0),
        Form("apple", "Apple", apple, 1),
        Form("apple", "apple", apple, 2),
        Form("apples", "Apples", apple, 3),
        Form("apples", "apples", apple, 4),
    ]
    assert list(segment.forms("apples")) == segment.forms_of(apple)[3:]
    assert list(segment.forms("zebra")) == []
    assert len(list(segment.forms(""))) == len(list(segment.forms("a"))) + 7


def test_a_written_form_is_found_with_all_its_capitals(segment: Segment) -> None:
    elan = segment.term("elan")
    assert segment.exactly("elan") == [Form("elan", "Elan", elan, 0), Form("elan", "elan", elan, 1)]
    assert segment.exactly("ela") == []
    assert segment.term("apples") == segment.term("zebra") == segment.term("") == -1


def test_a_pattern_runs_over_all_folded_forms_at_once(segment: Segment) -> None:
    folded = segment.lexicon.folded
    found = folded.matching(re.compile(rb"^a[^\n]*$", re.MULTILINE))
    assert [folded[index] for index in found.tolist()] == [b"and", b"apple", b"apples"]
    assert [segment.lexicon.stem(int(segment.lexicon.folded_stems[index])) for index in found] == [
        "and",
        "appl",
        "appl",
    ]
    assert folded.matching(re.compile(rb"^q$", re.MULTILINE)).tolist() == []
    every = folded.matching(re.compile(rb"^", re.MULTILINE), slice(2, 5))
    assert every.tolist() == [2, 3, 4]
    assert folded.matching(re.compile(rb"e", re.MULTILINE), slice(3, 3)).tolist() == []
    assert folded.all() == sorted(folded.all())


def test_the_stems_and_codes_of_some_lines_are_those_of_their_forms(segment: Segment) -> None:
    lexicon = segment.lexicon
    every = np.arange(len(lexicon.folded), dtype=np.uint32)
    stems, codes = lexicon.stood_for(every)
    forms = [form for line in every.tolist() for form in lexicon.forms_at(line)]
    assert list(zip(stems.tolist(), codes.tolist(), strict=True)) == sorted((form.stem, form.code) for form in forms)
    stems, codes = lexicon.stood_for(every[:0])
    assert (stems.tolist(), codes.tolist()) == ([], [])
    ordinals = np.arange(len(lexicon.stems), dtype=np.uint32)
    assert lexicon.form_counts(ordinals).tolist() == [lexicon.form_count(ordinal) for ordinal in ordinals.tolist()]
    assert lexicon.form_counts(ordinals[:0]).tolist() == []


def test_broken_text_is_kept_as_it_is(segment: Segment) -> None:
    assert segment.id(0) == "ünï \ud800"
    assert segment.find("ünï \ud800") == 0
    assert segment.facet("section").keys == ("\udfff",)
    assert "\ud800" in segment.story(0).article.body


def test_the_places_of_a_word_are_counted_through_the_story(segment: Segment) -> None:
    found = segment.occurrences(segment.term("appl"))
    assert found.positions.tolist() == [0, 101, 103, 104, 106]
    assert found.forms is not None
    assert found.forms.tolist() == [3, 1, 4, 0, 2]
    assert np.diff(found.offsets).tolist() == [5]


@pytest.mark.skipif(not REUTERS.exists(), reason="the corpora are not beside this checkout")
def test_real_news_says_the_same_from_arrays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "FLUSH_WORDS", 10_000)
    directory = IndexDirectory(tmp_path)
    archive = {}
    with gzip.open(REUTERS, "rt", encoding="utf-8") as lines, directory.writer() as writer:
        for number, record in enumerate(map(json.loads, islice(lines, 0, 12_000, 60)), 1):
            article = Article(str(number), normalise(record["title"] or ""), normalise(record["body"] or ""))
            archive[article.id] = Story(article, number, number, "", number)
            writer.put(archive[article.id])
        writer.commit(number)
    assert indexed(directory.open().segments) == expected(archive)
