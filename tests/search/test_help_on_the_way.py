"""Suggestions, meanings and distances over a real index: what an opened archive says beside its results."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index import Article, City, Story
from index.embedded import IndexDirectory
from search import Request, open_archive
from search.archive import Archive
from search.page import Meaning

PORTLAND = City(5746545, "Portland", "Oregon", "United States", 45.5, -122.7, role="dateline")
SALEM = City(5750162, "Salem", "Oregon", "United States", 44.9, -123.0, role="about")
CHICAGO = City(4887398, "Chicago", "Illinois", "United States", 41.9, -87.7, role="about")
NOWHERE = City(None, "Millbrook", role="about")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    path = tmp_path_factory.mktemp("archive")
    articles = [
        Article("1", "Interest rates rise", "Water rates rose in Portland.", cities=(PORTLAND,)),
        Article("2", "Rates fall", "Interested councils cut interest rates, Reagan said.", cities=(SALEM, NOWHERE)),
        Article("3", "Bundesbank council meets", "The Council spoke of rates.", cities=(CHICAGO,)),
        Article("4", "Reagan visits", "The agriculture bill waits for Reagan."),
    ]
    with IndexDirectory(path / "index").writer() as writer:
        for number, article in enumerate(articles, start=1):
            writer.put(Story(article, number, number, "2026-01-01T00:00:00Z", number))
            if number == 2:
                writer.commit(through=2)
        writer.commit(through=4)
    with open_archive(path) as opened:
        yield opened


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("intrest rates", "interest rates"),
        ("agricultre", "agriculture"),
        ("agrecultere", "agriculture"),
        ("Reagen", "Reagan"),
        ("waterrates", "water rates"),
        ("bundes bank", "bundesbank"),
        ("rates", None),
        ("zzzzzz", None),
    ],
)
def test_a_question_with_clearly_more_is_offered(archive: Archive, text: str, suggestion: str | None) -> None:
    assert archive.search(Request(text)).suggestion == suggestion


def test_a_suggestion_counts_under_the_same_filters(archive: Archive) -> None:
    assert archive.search(Request("intrest", cities=("4887398",))).suggestion is None


def test_what_words_stand_for_is_told_with_counts_and_a_question_for_one_form(archive: Archive) -> None:
    page = archive.search(Request("councils interest"))
    assert page.explain == "councils (also council) and interest (also interested), in headline or text"
    assert page.meanings == (
        Meaning("councils", (("Council", 1), ("council", 1), ("councils", 1)), "=councils interest"),
        Meaning("interest", (("Interest", 1), ("Interested", 1), ("interest", 1)), "councils =interest"),
    )
    assert archive.search(Request(page.meanings[0].exactly)).total == 1


def test_written_forms_are_counted_in_the_first_stories_only(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def counted(stories: int) -> set[tuple[str, int]]:
        monkeypatch.setattr("search.embedded.spelling.FORMS_COUNTED", stories)
        with open_archive(archive._directory.path) as fresh:  # type: ignore[attr-defined]
            return set(fresh.search(Request("council")).meanings[0].forms)

    assert counted(0) == {("Council", 0), ("council", 0), ("councils", 0)}
    assert counted(1) == {("Council", 0), ("council", 0), ("councils", 1)}
    assert counted(2) == {("Council", 1), ("council", 1), ("councils", 1)}


def test_names_that_the_archive_holds_are_kept_however_they_are_typed(archive: Archive) -> None:
    for text in ("Reagan", "reagan", "Bundesbank", "bundesbank"):
        assert archive.search(Request(text)).suggestion is None


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ('near:"Portland, Oregon"~100km', ["1", "2"]),
        ('near:"Portland, Oregon"~10km', ["1"]),
        ("near:salem~50mi rates", ["1", "2"]),
        ("near:millbrook", ["2"]),
        ('-near:"Portland, Oregon"~100km', ["3", "4"]),
    ],
)
def test_cities_around_a_city(archive: Archive, text: str, ids: list[str]) -> None:
    assert sorted(hit.article.id for hit in archive.search(Request(text)).hits) == ids


def test_a_search_without_results_says_what_to_let_go_of(archive: Archive) -> None:
    page = archive.search(Request("rates bundesbank reagan", cities=("4887398",)))
    assert (page.total, [note.message for note in page.diagnostics]) == (
        0,
        ["Without “reagan”, 1 story would be found."],
    )
    page = archive.search(Request("agriculture zebra"))
    assert [note.message for note in page.diagnostics] == [
        "No story here has the word “zebra”.",
        "Without “zebra”, 1 story would be found.",
    ]
