"""The sentence that says what was searched: whole sentences for questions and filters."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date

import pytest

from index.ranking import Averages
from search.page import Meaning
from search.query import explain, meanings, parse, tree
from search.query.sentence import _shown
from search.request import Request
from tests.reference import Reference
from tests.search.archives import left, written
from tests.search.operators import nodes
from tests.search.query.grammar import question

_FORMS = {
    "council": (("council", 50), ("Council", 80), ("councils", 20), ("COUNCILS", 1)),
    "flood": (
        ("flood", 9),
        ("floods", 4),
        ("flooded", 3),
        ("flooding", 2),
        ("Flood", 1),
        ("floodings", 1),
        ("flooder", 1),
    ),
}
_LABELS = {"1": "Portland, Oregon", "2": "Portland, Maine", "3": "Salem, Oregon"}


def forms(stem: str) -> tuple[tuple[str, int], ...]:
    return _FORMS.get(stem, ())


def label(_: str, key: str) -> str:
    return _LABELS.get(key, key)


@pytest.mark.parametrize(
    ("text", "request_", "sentence"),
    [
        (
            'council "water rates"',
            Request(since=date(2019, 1, 1), cities=("1",)),
            "council (also councils) and the phrase “water rates”, in headline or text, from 1 January 2019,"
            " in Portland, Oregon",
        ),
        (
            "flood flood",
            Request(),
            "flood (also floods, flooded, flooding, flooder and 1 more) and flood, in headline or text",
        ),
        ("", Request(), "every story"),
        ("", Request(cities=("1", "2")), "every story, in Portland, Oregon or Portland, Maine"),
        ("", Request(cities=("1", "2", "3")), "every story, in Portland, Oregon; Portland, Maine or Salem, Oregon"),
        ("", Request(sections=("Metro",), bylines=("Jane Doe",)), "every story, in section Metro, by Jane Doe"),
        ("", Request(sources=("Post", "Herald")), "every story, from Post or Herald"),
        ("", Request(exclude={"section": ("Opinion",)}), "every story, not in section Opinion"),
        ("", Request(since=date(2018, 1, 1), until=date(2018, 12, 31)), "every story, in 2018"),
        ("", Request(since=date(2018, 1, 1), until=date(2019, 12, 31)), "every story, from 2018 to 2019"),
        ("", Request(since=date(2018, 2, 1), until=date(2018, 2, 28)), "every story, in February 2018"),
        ("", Request(since=date(2018, 2, 3), until=date(2018, 2, 3)), "every story, on 3 February 2018"),
        ("", Request(until=date(2018, 2, 3)), "every story, until 3 February 2018"),
        ("", Request(undated=True), "every story, without a date"),
        ("cat", Request(undated=False), "cat, in headline or text, with a date"),
        ("cat -dog -cow", Request(), "cat, in headline or text, without dog or cow"),
        ("cat -(dog cow)", Request(), "cat, in headline or text, without (dog and cow)"),
        ("cat OR (dog -cow)", Request(), "cat or (dog without cow), in headline or text"),
        ("cat OR -dog", Request(), "cat or (anything without dog), in headline or text"),
        ("headline:cat lead:dog", Request(), "cat in the headline and dog in the lead"),
        ("headline:(cat dog)", Request(), "cat and dog, in the headline"),
        ("cat OR city:1", Request(), "cat or (stories in Portland, Oregon)"),
        ("cat OR id:x", Request(), "cat or the story x"),
        ("first50 cat dog", Request(), "(cat among the first 50 words of the text) and dog, in headline or text"),
        ("-date:2018", Request(), "every story, not in 2018"),
        (
            "(flood city:1) OR (fire city:2)",
            Request(),
            "(flood (also floods, flooded, flooding, flooder and 1 more), in Portland, Oregon) or (fire, in "
            "Portland, Maine)",
        ),
        ("headline:(cat OR dog) cow", Request(), "(cat or dog) in the headline and cow"),
        ("headline:(cat dog) lead:cow", Request(), "cat in the headline, dog in the headline and cow in the lead"),
        ("headline:(cat -dog) OR headline:cow", Request(), "(cat without dog) or cow, in the headline"),
        ("headline:cat -headline:dog", Request(), "cat, in the headline, without dog in the headline"),
        ("headline:cat -dog", Request(), "cat, in the headline, without dog"),
        (
            "cat -(city:1 section:Sports)",
            Request(),
            "cat, in headline or text, not (in Portland, Oregon and in section Sports)",
        ),
        ("city:1 OR section:Sports", Request(), "every story, in Portland, Oregon or in section Sports"),
        ("cat (city:1 OR date:2018)", Request(), "cat, in headline or text, in Portland, Oregon or in 2018"),
        ("cat id:x", Request(), "cat, in headline or text, in the story x"),
        ("id:x section:Sports", Request(), "the story x, in section Sports"),
        ("id:(x OR y)", Request(), "the story x or the story y"),
        ("cat -id:x", Request(), "cat, in headline or text, not in the story x"),
        ("(section:Sports -byline:doe) OR cat", Request(), "(stories in section Sports, not by doe) or cat"),
        ("-section:Sports OR cat", Request(), "(anything not in section Sports) or cat"),
        (
            "cat near5 dog near3 cow",
            Request(),
            "(cat within 5 words of dog) within 3 words of cow, in headline or text",
        ),
        (
            "cat near5 (dog near3 cow)",
            Request(),
            "cat within 5 words of (dog within 3 words of cow), in headline or text",
        ),
        ("cat near1 dog", Request(), "cat next to dog, in headline or text"),
        ("cat adj1 dog", Request(), "cat followed directly by dog, in headline or text"),
        (
            'cat adj3 (dog OR "cow fish")',
            Request(),
            "cat followed within 3 words by (dog or the phrase “cow fish”), in headline or text",
        ),
        ("atleast2 (cat OR dog) cow", Request(), "((cat or dog) at least 2 times) and cow, in headline or text"),
        ("atleast1 cat", Request(), "cat at least once, in headline or text"),
        ("first1 cat", Request(), "cat as the first word, in the text"),
        (
            "first20 (cat OR headline:dog)",
            Request(),
            "(cat or dog in the headline) among the first 20 words of the text",
        ),
        (
            "cat /same/ dog /sentence/ cow",
            Request(),
            "(cat and dog in one paragraph) and (dog and cow in one sentence), in the text",
        ),
        ("cat /same/ dog near5 cow", Request(), "cat and (dog within 5 words of cow) in one paragraph, in the text"),
        (
            "first50 cat OR dog /same/ cow",
            Request(),
            "(cat among the first 50 words of the text) or (dog and cow in one paragraph of the text), in "
            "headline or text",
        ),
        ("headline:(cat near5 dog) cow", Request(), "(cat within 5 words of dog) in the headline and cow"),
        (
            '="City council"',
            Request(),
            "the exact phrase “City council” (with the capitals of “City”), in headline or text",
        ),
        ('="City Council"', Request(), "the exact phrase “City Council” (with these capitals), in headline or text"),
        (
            '"=City council"',
            Request(),
            "the phrase “City council” (“City” exactly (with these capitals)), in headline or text",
        ),
        (
            '"recieve~2 =the elect*"',
            Request(),
            "the phrase “recieve the elect*” (words within 2 letters of “recieve”; “the” exactly; words "
            "beginning with “elect”), in headline or text",
        ),
        (
            "wom?n w*m?n",
            Request(),
            "words like “wom?n” (? for any letter) and words like “w*m?n” (* for any letters, ? for any "
            "letter), in headline or text",
        ),
        (
            "*berg *bor* el*n a*b*c",
            Request(),
            "words ending in “berg”, words with “bor” in them, words beginning with “el” and ending in “n” "
            "and words like “a*b*c” (* for any letters), in headline or text",
        ),
        ("cat -(dog OR cow) -fish", Request(), "cat, in headline or text, without (dog or cow) or fish"),
        ("cat -(dog -cow)", Request(), "cat, in headline or text, without (dog without cow)"),
        ("NOT (cat OR -dog)", Request(), "every story, without (cat or (anything without dog))"),
        (
            "near:1~30mi -near:1~5km cat",
            Request(),
            "cat, in headline or text, within 30 miles of Portland, Oregon, not within 5 km of Portland, Oregon",
        ),
        (
            "type:(opinion OR letter) -type:editorial cat mentions:1",
            Request(),
            "cat, in headline or text, of the type opinion or letter, not of the type editorial, mentioning "
            "Portland, Oregon",
        ),
        ("the of", Request(), "the and of, in headline or text"),
        ("cat -cat", Request(), "no story: none can match this search"),
    ],
)
def test_sentences(text: str, request_: Request, sentence: str) -> None:
    parsed = parse(text, around=lambda key, _: (key,))
    assert explain(parsed, request_, labels=label, forms=forms) == sentence


def test_cities_the_gazetteer_lacks_are_called_by_their_name() -> None:
    assert explain(parse("city:old-mill"), Request()) == "every story, in Old Mill"


def test_what_words_stand_for() -> None:
    assert meanings(parse('councils -flood "the council" councils'), forms) == (
        Meaning(
            "councils",
            (("Council", 80), ("council", 50), ("councils", 20), ("COUNCILS", 1)),
            '=councils -flood "the council" =councils',
        ),
        Meaning("the", (), 'councils -flood "=the council" councils'),
        Meaning(
            "council",
            (("Council", 80), ("council", 50), ("councils", 20), ("COUNCILS", 1)),
            'councils -flood "the =council" councils',
        ),
    )


def test_a_word_is_made_exact_wherever_it_stands() -> None:
    source = random.Random(5)
    tried = 0
    while tried < 300:
        parsed = parse(question(source))
        for meaning in meanings(parsed, forms):
            tried += 1
            words = Counter(node.typed for node in nodes(parse(meaning.exactly).node) if isinstance(node, tree.Word))
            before = Counter(node.typed for node in nodes(parsed.node) if isinstance(node, tree.Word))
            assert meaning.typed in before - words, (parsed.text, meaning.exactly)


def test_every_word_and_pattern_of_a_question_stands_in_its_sentence() -> None:
    source = random.Random(6)
    for _ in range(500):
        parsed = parse(question(source))
        sentence = explain(parsed, Request())
        for node in nodes(parsed.node):
            if isinstance(node, tree.Leaf):
                pieces = _shown(node).split("*") if isinstance(node, tree.Pattern) else [_shown(node)]
                assert "?" in _shown(node) or all(piece in sentence for piece in pieces), (parsed.text, sentence)


_ATOMS = (
    *"mayor bridge headline:mayor lead:bridge =mayor =Mayor mayor* *yor m*r m?yor mayor~ mayro~2".split(),
    *('"the mayor"', '="the Mayor"', '"the =mayor"', 'headline:"the mayor"'),
    *"section:Metro city:4887398 date:1987 since:1987 id:s1 type:news".split(),
)
_JOINED = (
    "{} {}",
    "{} OR {}",
    "{} NOT {}",
    "{} near2 {}",
    "{} adj2 {}",
    "{} near1 {}",
    "{} /same/ {}",
    "{} /sentence/ {}",
)
_AROUND = ("({})", "-({})", "first3 ({})", "atleast2 ({})", "headline:({})", "first1 {}", "text:({})")


def _small(source: random.Random, depth: int = 3) -> str:
    """Return a question of few words, so that two of them are often nearly the same."""
    match source.randrange(3) if depth else 0:
        case 0:
            return source.choice(_ATOMS)
        case 1:
            return source.choice(_AROUND).format(_small(source, depth - 1))
        case _:
            form = source.choice((*_JOINED, "({}) OR ({})", "({}) ({})", "({}) near2 ({})"))
            return form.format(_small(source, depth - 1), _small(source, depth - 1))


def test_questions_of_the_same_sentence_find_the_same_stories() -> None:
    source = random.Random(7)
    told: dict[str, dict[tree.Node, str]] = {}
    for _ in range(3_000):
        parsed = parse(_small(source))
        told.setdefault(explain(parsed, Request()), {}).setdefault(parsed.node, parsed.text)
    alike = [trees for trees in told.values() if len(trees) > 1]
    assert len(told) > 1_000
    assert alike
    judges = [Reference(left(written(random.Random(seed))), Averages()) for seed in (3, 8, 11)]
    for trees in alike:
        first, *others = trees
        for judge in judges:
            found = [read.id for read in judge.reads if judge.matches(first, read)]
            for other in others:
                assert [read.id for read in judge.reads if judge.matches(other, read)] == found, list(trees.values())
