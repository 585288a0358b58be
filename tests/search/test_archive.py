"""An archive's directory opened for reading: what it answers, takes up, and says when something is wrong."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from index import Article, City, Story
from index.embedded import IndexDirectory
from search import (
    ArchiveDamaged,
    ArchiveError,
    ArchiveNotFound,
    ArchiveNotIndexed,
    ArchiveOutdated,
    Request,
    open_archive,
)
from search.embedded.archive import LOOK_EVERY
from search.page import Bucket, Fragment

OREGON = City(5746545, "Portland", "Oregon", "United States", role="dateline")
SALEM = City(5750162, "Salem", "Oregon", "United States", role="about")
MAINE = City(4975802, "Portland", "Maine", "United States", role="about")


def story(number: int, headline: str, body: str = "", **more: object) -> Story:
    article = Article(id=f"s{number}", headline=headline, body=body, **more)  # type: ignore[arg-type]
    return Story(article, number, number, "2026-01-01T00:00:00Z", number)


def write(path: Path, *stories: Story, remove: tuple[str, ...] = ()) -> None:
    with IndexDirectory(path / "index").writer() as writer:
        for one in stories:
            writer.put(one)
        for id in remove:
            writer.remove(id)
        writer.commit(through=max((one.arrival for one in stories), default=0))


def test_a_page_has_everything_a_reader_sees(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('title = "The Ledger"\n', encoding="utf-8")
    write(
        tmp_path,
        story(1, "Mayor opens bridge", "The mayor walked.", published="2018-01", cities=(OREGON,), section="Metro"),
        story(2, "A river", "Nobody but the mayor came.", published="2018-01-24", cities=(MAINE,)),
        story(3, "Floods", "Water."),
    )
    with open_archive(tmp_path) as archive:
        page = archive.search(Request("mayors"))
        assert (archive.title, archive.newest_arrival, page.generation) == ("The Ledger", 3, archive.generation)
        assert (page.total, [hit.article.id for hit in page.hits]) == (2, ["s1", "s2"])
        assert page.hits[0].headline == (Fragment("Mayor", marked=True), Fragment(" opens bridge"))
        assert [(b.key, b.label, b.count) for b in page.facets["city"].buckets] == [
            ("4975802", "Portland, Maine", 1),
            ("5746545", "Portland, Oregon", 1),
        ]
        assert page.timeline.granularity == "day"
        assert (page.timeline.imprecise, sum(bar.count for bar in page.timeline.buckets)) == (1, 1)
        assert page.explain == "mayors (also mayor), in headline or text"


def test_a_name_of_several_cities_means_all_of_them_and_the_page_says_so(tmp_path: Path) -> None:
    write(tmp_path, story(1, "One", cities=(OREGON,)), story(2, "Two", cities=(MAINE,)))
    with open_archive(tmp_path) as archive:
        both = archive.search(Request("city:Portland"))
        assert both.total == 2
        assert any("Portland, Maine" in said.message for said in both.diagnostics)
        assert archive.search(Request('city:"Portland, Maine"')).hits[0].article.id == "s2"
        assert archive.places("portland-or") == (("5746545", "Portland, Oregon"),)


def test_a_story_in_two_cities_of_a_state_counts_once_for_the_state(tmp_path: Path) -> None:
    write(tmp_path, story(1, "One", cities=(OREGON, SALEM)), story(2, "Two", cities=(MAINE,)))
    with open_archive(tmp_path) as archive:
        facets = archive.search(Request()).facets
        assert [facets["country"].buckets, facets["region"].buckets, facets["city"].buckets] == [
            (Bucket("us", "United States", 2),),
            (Bucket("us-me", "Maine", 1, parent="us"), Bucket("us-or", "Oregon", 1, parent="us")),
            (
                Bucket("4975802", "Portland, Maine", 1, parent="us-me"),
                Bucket("5746545", "Portland, Oregon", 1, parent="us-or"),
                Bucket("5750162", "Salem, Oregon", 1, parent="us-or"),
            ),
        ]


def test_a_region_and_a_country_are_chosen_like_cities(tmp_path: Path) -> None:
    write(tmp_path, story(1, "One", cities=(OREGON, SALEM)), story(2, "Two", cities=(MAINE,)), story(3, "Three"))
    with open_archive(tmp_path) as archive:

        def found(**more: object) -> list[str]:
            return [hit.article.id for hit in archive.search(Request(**more)).hits]  # type: ignore[arg-type]

        assert found(cities=("us-or",)) == ["s1"]
        assert found(cities=("us",)) == found(cities=("us-or", "4975802")) == ["s1", "s2"]
        assert found(exclude={"city": ("us",)}) == ["s3"]
        page = archive.search(Request(cities=("us-or", "de-bavaria", "4975802")))
        assert page.facets["region"].buckets == (
            Bucket("us-or", "Oregon", 1, selected=True, parent="us"),
            Bucket("de-bavaria", "Bavaria, Germany", 0, selected=True, parent="de"),
            Bucket("us-me", "Maine", 1, parent="us"),
        )
        assert [bucket.key for bucket in page.facets["city"].buckets if bucket.selected] == ["4975802"]
        assert page.explain == "every story, in Oregon; Bavaria, Germany or Portland, Maine"


def test_a_selected_value_that_nothing_has_is_called_by_its_name(tmp_path: Path) -> None:
    write(tmp_path, story(1, "One", cities=(MAINE,)))
    with open_archive(tmp_path) as archive:
        buckets = archive.search(Request(cities=("5746545",), sections=("Sport",))).facets
        assert [(b.label, b.count, b.selected) for b in buckets["section"].buckets] == [("Sport", 0, True)]
        assert buckets["city"].buckets[0].label == "Portland, Oregon"


def test_an_empty_archive_answers_and_says_that_it_is_empty(tmp_path: Path) -> None:
    write(tmp_path)
    with open_archive(tmp_path) as archive:
        page = archive.search(Request("mayor"))
        assert (page.total, page.hits, page.timeline.buckets) == (0, (), ())
        assert "empty-archive" in {said.kind for said in page.diagnostics}


def test_what_is_written_is_found_without_opening_again(tmp_path: Path) -> None:
    write(tmp_path, story(1, "Mayor"))
    with open_archive(tmp_path) as archive:
        before = archive.generation
        write(tmp_path, story(2, "Mayor again"))
        time.sleep(2 * LOOK_EVERY)
        assert archive.search(Request("mayor")).total == 2
        assert archive.generation != before
        with IndexDirectory(tmp_path / "index").rebuild() as writer:
            writer.put(story(7, "Another mayor"))
            writer.commit(through=7)
        time.sleep(2 * LOOK_EVERY)
        assert [hit.article.id for hit in archive.search(Request("mayor")).hits] == ["s7"]


def test_removed_stories_are_gone_and_known_as_removed(tmp_path: Path) -> None:
    write(tmp_path, story(1, "Mayor"), story(2, "River"))
    write(tmp_path, remove=("s1",))
    with open_archive(tmp_path) as archive:
        assert archive.story("s1") is None
        assert (archive.was_removed("s1"), archive.was_removed("s2"), archive.was_removed("s9")) == (True, False, False)


def test_a_clipping_has_the_story_with_its_copies(tmp_path: Path) -> None:
    lead = story(1, "Mayor", "Same.", source="Wire")
    copies = [
        Story(Article(id=f"s{n}", headline="Mayor", body="Same.", source=f"Paper {n}"), n, n, "2026-01-01", 1)
        for n in (2, 3)
    ]
    write(tmp_path, lead, *copies)
    with open_archive(tmp_path) as archive:
        page = archive.search(Request("mayor"))
        assert (page.total, page.folded, page.hits[0].copies, page.hits[0].article.source) == (1, 2, 2, "Wire")
        assert [b.count for b in page.facets["source"].buckets] == [1, 1, 1]
        assert archive.search(Request("mayor", copies="show")).total == 3
        clipping = archive.story("s2")
        assert clipping is not None
        assert (clipping.story.article.source, [copy.source for copy in clipping.copies]) == (
            "Paper 2",
            ["Wire", "Paper 3"],
        )


def test_a_time_that_a_less_exact_date_reaches_over_is_not_said_to_hold_nothing(tmp_path: Path) -> None:
    days = ("1890", "1890-05-02", "1892-02", "1893-01-05")
    write(tmp_path, *(story(number, "Mayor", published=day) for number, day in enumerate(days, start=1)))
    with open_archive(tmp_path) as archive:
        months = archive.search(Request(granularity="month")).timeline.buckets
        assert [(f"{bar.start:%Y-%m}", bar.held, bar.coarser) for bar in months if bar.held or bar.coarser] == [
            *((f"1890-{month:02}", int(month == 5), True) for month in range(1, 13)),
            ("1892-02", 1, False),
            ("1893-01", 1, False),
        ]
        asked = Request(granularity="day", since=date(1892, 1, 31), until=date(1892, 3, 1))
        february = [bar.start for bar in archive.search(asked).timeline.buckets if bar.coarser]
        assert (february[0], february[-1], len(february)) == (date(1892, 2, 1), date(1892, 2, 29), 29)
        assert not any(bar.coarser for bar in archive.search(Request(granularity="year")).timeline.buckets)
        (rest,) = archive.holdings(1890, 5)
        assert [(bar.count, bar.coarser) for bar in rest.timeline.buckets] == [
            (int(month == 5), True) for month in range(1, 13)
        ]


def test_bars_tell_what_is_held_of_the_sources_asked_for(tmp_path: Path) -> None:
    told = (("Herald", "2018-01-02"), ("Tribune", "2018-02-02"), ("Herald", "2018-03-02"), ("Tribune", "2018"))
    write(
        tmp_path,
        *(story(n, "Flood" * (n != 3), source=source, published=day) for n, (source, day) in enumerate(told, start=1)),
    )
    spring = Request("flood", since=date(2018, 1, 1), until=date(2018, 4, 30), granularity="month")
    herald = [(1, 1, False), (0, 0, False), (0, 1, False), (0, 0, False)]
    with open_archive(tmp_path) as archive:
        for request, held_of, bars in (
            (spring, None, [(1, 1, True), (1, 1, True), (0, 1, True), (0, 0, True)]),
            (replace(spring, sources=("Herald",)), ("Herald",), herald),
            (replace(spring, text="flood source:herald"), ("Herald",), herald),
            (replace(spring, text="flood source:Herald", sources=("Tribune",)), (), [(0, 0, False)] * 4),
        ):
            timeline = archive.search(request).timeline
            assert timeline.held_of == held_of
            assert [(bar.count, bar.held, bar.coarser) for bar in timeline.buckets] == bars


def test_dates_widen_and_coarse_ones_must_lie_wholly_within(tmp_path: Path) -> None:
    dates = ("1987", "1987-03", "1987-04-30", "1987-05-01", None)
    write(tmp_path, *(story(n, "Cocoa", published=published) for n, published in enumerate(dates, start=1)))
    with open_archive(tmp_path) as archive:
        page = archive.search(Request("cocoa", since=date(1987, 3, 1), until=date(1987, 4, 30), sort="newest"))
        assert [hit.article.published for hit in page.hits] == ["1987-04-30", "1987-03"]
        assert [hit.article.published for hit in archive.search(Request(sort="newest")).hits][-1] is None
        assert archive.search(Request(undated=True)).total == 1


def test_stories_with_most_of_the_words_stand_apart_from_the_total(tmp_path: Path) -> None:
    write(tmp_path, story(1, "Mayor opens bridge"), story(2, "Bridge closed"), story(3, "Mayor at the river bridge"))
    with open_archive(tmp_path) as archive:
        page = archive.search(Request("mayor river bridge"))
        assert (page.total, page.partial.total, [h.article.id for h in page.partial.hits]) == (1, 1, ["s1"])


def test_filters_and_exclusions_typed_with_the_words_hold_for_stories_with_most_of_the_words_too(
    tmp_path: Path,
) -> None:
    write(
        tmp_path,
        story(1, "Flood at the bridge", section="Sports"),
        story(2, "Flood", section="Sports"),
        story(3, "Bridge", section="Metro"),
        story(4, "Bridge levy", section="Sports"),
    )
    with open_archive(tmp_path) as archive:
        for text, total, partial in (
            ("flood bridge section:Sports", 1, ["s2", "s4"]),
            ("flood bridge section:Metro", 0, ["s3"]),
            ("flood bridge section:Sports -levy", 1, ["s2"]),
            ("flood bridge id:s2", 0, ["s2"]),
            ("flood section:Metro", 0, []),
            ("(flood OR river) bridge", 1, []),
        ):
            page = archive.search(Request(text))
            assert (text, page.total, sorted(h.article.id for h in page.partial.hits)) == (text, total, partial)


def test_an_impossible_request_is_the_callers_mistake(tmp_path: Path) -> None:
    write(tmp_path)
    with open_archive(tmp_path) as archive:
        for wrong in (Request(offset=-1), Request(sort="best"), Request(exclude={"mentions": ("1",)})):  # type: ignore[arg-type]
            with pytest.raises(ValueError, match=r"cannot be negative|sort is one of|exclude knows"):
                archive.search(wrong)


@pytest.mark.parametrize(
    "text", ['"', "(((", "AND OR NOT", "city:", "*", "\x00", "🙂", "a" * 5000, "NOT mayor", "-", "~"]
)
def test_nothing_a_reader_types_is_an_error(tmp_path: Path, text: str) -> None:
    write(tmp_path, story(1, "Mayor"))
    with open_archive(tmp_path) as archive:
        archive.search(Request(text))


def test_threads_that_search_while_stories_come_in_see_whole_generations_only(tmp_path: Path) -> None:
    write(tmp_path, story(1, "Mayor 1"))
    wrong: list[str] = []
    done = threading.Event()
    with open_archive(tmp_path) as archive:

        def hammer() -> None:
            while not done.is_set():
                page = archive.search(Request("mayor", limit=100))
                if not page.total == len(page.hits) == page.timeline.undated:
                    wrong.append(f"{page.total} {len(page.hits)} {page.timeline.undated}")

        threads = [threading.Thread(target=hammer) for _ in range(4)]
        for thread in threads:
            thread.start()
        for number in range(2, 8):
            write(tmp_path, story(number, f"Mayor {number}"))
            time.sleep(0.02)
        done.set()
        for thread in threads:
            thread.join()
        time.sleep(2 * LOOK_EVERY)
        assert (wrong, archive.search(Request("mayor")).total) == ([], 7)


def test_each_thing_that_can_be_wrong_is_said_in_plain_words(tmp_path: Path) -> None:
    with pytest.raises(ArchiveNotFound, match=r"does not exist.*index add"):
        open_archive(tmp_path / "none")
    with pytest.raises(ArchiveNotFound, match="holds no archive"):
        open_archive(tmp_path)
    (tmp_path / "settings.toml").write_text("", encoding="utf-8")
    with pytest.raises(ArchiveNotIndexed, match=r"no index yet.*index rebuild"):
        open_archive(tmp_path)
    write(tmp_path, story(1, "Mayor"))
    words = next((tmp_path / "index").rglob("*.words"))
    whole = words.read_bytes()
    words.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ArchiveDamaged, match=r"damaged.*index rebuild"):
        open_archive(tmp_path)
    words.write_bytes(whole)
    with open_archive(tmp_path) as archive:
        assert archive.search(Request("mayor")).total == 1
    with pytest.raises(ArchiveError, match="closed"):
        archive.search(Request())


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("none", "The archive none does not exist. `python -m index add PATH... --archive none` makes one"),
        ("file", "file is a file, and an archive is a directory; --archive or MORGUE_ARCHIVE names it."),
        ("http://search:9200", "http://search:9200 is the address of a cluster; this release keeps archives in"),
    ],
)
def test_a_wrong_location_is_said_before_the_engine_is_loaded(tmp_path: Path, location: str, said: str) -> None:
    (tmp_path / "file").write_text("no archive")
    program = (
        "import os, sys; from search import ArchiveNotFound, open_archive\n"
        f"os.chdir({str(tmp_path)!r})\n"
        f"try: open_archive({location!r})\n"
        "except ArchiveNotFound as error: print(error)\n"
        "assert 'numba' not in sys.modules\n"
    )
    root = Path(__file__).parents[2]
    run = subprocess.run([sys.executable, "-c", program], cwd=root, check=True, capture_output=True, text=True)
    assert run.stdout.startswith(said)


def test_an_index_of_another_version_says_that_it_must_be_built_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, story(1, "Mayor"))
    monkeypatch.setattr("index.analysis.VERSION", 10_000)
    with pytest.raises(ArchiveOutdated, match="index rebuild"):
        open_archive(tmp_path)


def test_searching_opens_no_database(tmp_path: Path) -> None:
    write(tmp_path, story(1, "Mayor", cities=(OREGON,)))
    (tmp_path / "store.sqlite").write_text("not a database", encoding="utf-8")
    program = (
        "import sys; from search import Request, open_archive\n"
        f"archive = open_archive({str(tmp_path)!r})\n"
        "assert archive.search(Request('mayor city:Portland')).total == 1\n"
        "assert not {'sqlite3', 'index.store'} & set(sys.modules), 'opened'\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
