"""Did you mean: whole suggestions from a small vocabulary of known counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from index.analysis import Analyzer
from search.highlight import within_edits
from search.query import parse
from search.suggest import Known, suggest

_STORIES = {
    "interest": 300,
    "internet": 900,
    "rates": 400,
    "water": 200,
    "waterfront": 30,
    "front": 80,
    "mayor": 150,
    "major": 2_000,
    "mayer": 3,
    "recieve": 3,
    "receive": 700,
    "election": 500,
    "selection": 60,
    "reagan": 90,
    "bridge": 120,
    "the": 9_000,
    "harley": 4,
    "sidney": 2,
    "mehringer": 1,
    "coalition": 2,
}
_NAMES = {"reagan", "mayer", "harley", "sidney", "mehringer"}
_PAIRS = {("interest", "rates"), ("water", "rates"), ("mayor", "election")}
_ANALYZER = Analyzer()


def _known(form: str) -> Known:
    return Known(form, _ANALYZER.term(form).stem, _STORIES[form])


class _Words:
    """A vocabulary as a dictionary."""

    def stories(self, stem: str) -> int:
        return sum(count for form, count in _STORIES.items() if _ANALYZER.term(form).stem == stem)

    def similar(self, folded: str, distance: int) -> Iterable[Known]:
        return [
            _known(form)._replace(edits=next(edits for edits in range(3) if within_edits(folded, form, edits)))
            for form in _STORIES
            if within_edits(folded, form, distance)
        ]

    def form(self, folded: str) -> Known | None:
        return _known(folded) if folded in _STORIES else None

    def is_name(self, stem: str) -> bool:
        return stem in {_ANALYZER.term(name).stem for name in _NAMES}

    def together(self, left: str, right: str) -> int:
        stems = {(_ANALYZER.term(one).stem, _ANALYZER.term(other).stem) for one, other in _PAIRS}
        return 7 if (left, right) in stems else 0


def _count(found: int) -> Callable[[str], int]:
    """Return a counter that finds so many stories for any text whose words are all known."""
    words = _Words()
    return lambda text: found * all(words.stories(leaf.stem) for leaf in parse(text).leaves if hasattr(leaf, "stem"))


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("haley", None),  # five letters, like a word of four stories: as likely another name
        ("sidley", "sidney"),
        ("mehrinder", "mehringer"),  # long words are like few
        ("coalicien", None),  # two letters differ, of a word in two stories
        ("election Intrest", None),  # a capital within a question is a name's
        ("election Reagin", "election Reagan"),
        ("Intrest election", "Interest election"),
    ],
)
def test_a_word_that_the_archive_lacks_may_be_a_name(text: str, suggestion: str | None) -> None:
    assert suggest(parse(text), 0, _Words(), _count(50)) == suggestion


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("intrest", "interest"),
        ("intrest rates", "interest rates"),
        ("Intrest RATES", "Interest RATES"),
        ("-bridge intrest", "-bridge interest"),
        ('headline:"intrest rates" section:Sports', 'headline:"interest rates" section:Sports'),
        ("mayxr election", "mayor election"),
        ("intrest mayxr election", "interest mayor election"),
        ("Reagen", "Reagan"),
        ("elecction", "election"),
        ("elexciom", None),
        ("waterrates", "water rates"),
        ("water front", "waterfront"),
        ("interest rates", None),
        ("zzzzz", None),
        ("intrest~", None),
        ("=intrest", None),
        ("-intrest", None),
        ("", None),
    ],
)
def test_suggestions(text: str, suggestion: str | None) -> None:
    assert suggest(parse(text), 0, _Words(), _count(40)) == suggestion


def test_a_name_that_the_archive_holds_is_kept() -> None:
    for text in ("Mayer", "mayer", "Mayer election", "mayer election"):
        assert suggest(parse(text), 3, _Words(), _count(400)) is None


def test_a_slip_that_stands_in_a_few_stories_is_no_name() -> None:
    assert suggest(parse("recieve"), 3, _Words(), _count(700)) == "receive"
    assert suggest(parse("Recieve"), 3, _Words(), _count(700)) is None


def test_a_word_in_many_stories_is_spelt_right_whatever_is_like_it() -> None:
    class Counting(_Words):
        def similar(self, folded: str, distance: int) -> Iterable[Known]:
            raise AssertionError("nothing is looked for")

    assert suggest(parse("mayor bridge"), 0, Counting(), _count(400)) is None


@pytest.mark.parametrize(("total", "found"), [(0, 0), (1, 10), (4, 20), (11, 4_000)])
def test_nothing_is_offered_that_does_not_find_clearly_more(total: int, found: int) -> None:
    assert suggest(parse("intrest"), total, _Words(), _count(found)) is None
