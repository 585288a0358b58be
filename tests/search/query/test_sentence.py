"""The sentence that says what was searched: whole sentences for questions and filters."""

from __future__ import annotations

from datetime import date

import pytest

from search.page import Meaning
from search.query import explain, meanings, parse
from search.request import Request

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
        ("cat OR city:1", Request(), "cat or stories in Portland, Oregon, in headline or text"),
        ("cat OR id:x", Request(), "cat or the story x, in headline or text"),
        ("first50 cat dog", Request(), "cat among the first 50 words of the text and dog, in headline or text"),
        ("-date:2018", Request(), "every story, not in 2018"),
        ("cat -cat", Request(), "no story: the search contradicts itself"),
    ],
)
def test_sentences(text: str, request_: Request, sentence: str) -> None:
    assert explain(parse(text), request_, labels=label, forms=forms) == sentence


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
