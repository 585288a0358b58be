import itertools
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import lately, migrations, store
from index.archive import ArchiveDirectory, ArchiveError, NoArchive
from index.article import Article, City
from index.packing import Made, pack, unpack_article
from index.record import DateClue, Draft, Record, Refusal
from index.statistics import Statistics
from index.store import Accepted, Same, Store
from index.storefile import StoreError

MAKING: store.Making = {"read": 1, "dates": 1, "settings": "x"}
LONG = " ".join(f"word{n}" for n in range(60))


def made(
    body: str,
    *,
    path: str = "/news/a.txt",
    number: int | None = None,
    given_id: str = "",
    source: str = "",
    headline: str = "",
    url: str = "",
    raw: str | None = None,
) -> Made:
    record = Record((raw if raw is not None else f"{headline}\n{body}").encode(), "text", path, number, source)
    draft = Draft(given_id=given_id, headline=headline, body=body, source=source, url=url)
    return pack(record, draft, Article(headline=headline, body=body, source=source, url=url))


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store.sqlite", writable=True) as opened:
        yield opened


def ids(kept: Store) -> list[str]:
    return [story.article.id for story in kept.stories()]


def families(kept: Store) -> dict[str, int]:
    return {story.article.id: story.family for story in kept.stories()}


def test_a_story_comes_back_as_it_was_accepted(kept: Store) -> None:
    article = Article(
        headline="Fähre sinkt",
        body="Zwei Absätze.\n\nHier.",
        published="1987-04",
        cities=(City(1, "Kiel", "Schleswig-Holstein", "Germany", 54.3, 10.1, "KIEL", "dateline", "dateline"),),
    )
    draft = Draft(given_id="k1", headline=article.headline, body=article.body, dates=(DateClue("4/1987", "line"),))
    assert kept.accept([pack(Record(b"raw \x00\xff", "text", "/k", 3), draft, article)], MAKING) == Accepted(new=1)
    story = kept.story("k1")
    assert story is not None
    assert (story.article, story.arrival, story.first_arrival, story.family, story.earlier) == (
        replace(article, id="k1"),
        1,
        1,
        1,
        (),
    )
    version = kept.outdated_versions({"read": 2}, 0, 10)[0]
    assert (version.record, version.draft) == (Record(b"raw \x00\xff", "text", "/k", 3), draft)
    assert list(kept.damage()) == []


def test_two_papers_that_number_from_one_keep_two_stories(kept: Store) -> None:
    batch = [
        made(f"{paper} {n}", given_id=str(n), source=paper, path=f"/{paper}.jsonl", number=n)
        for paper in ("Sun", "Moon")
        for n in (1, 2)
    ]
    assert kept.accept(batch, MAKING) == Accepted(new=4)
    assert ids(kept)[:2] == ["1", "2"]
    assert len(set(ids(kept))) == 4


def test_an_edited_file_is_a_new_version_and_the_same_file_is_unchanged(kept: Store) -> None:
    assert kept.accept([made("First.")], MAKING) == Accepted(new=1)
    assert kept.accept([made("First.")], MAKING) == Accepted(unchanged=1)
    assert kept.accept([made("Second.")], MAKING) == Accepted(versions=1)
    (story,) = kept.stories()
    assert (story.article.body, [earlier.body for earlier in story.earlier]) == ("Second.", ["First."])
    assert (story.first_arrival, story.arrival) == (1, 2)
    assert kept.accept([made("First.")], MAKING) == Accepted(versions=1)


def test_other_spacing_in_the_record_is_no_new_version(kept: Store) -> None:
    kept.accept([made("Text.", raw='{"body": "Text."}')], MAKING)
    assert kept.accept([made("Text.", raw='{"body":"Text."}')], MAKING) == Accepted(unchanged=1)


def test_two_contents_of_one_key_in_one_run_stay_unchanged_when_they_are_read_again(kept: Store) -> None:
    batch = [made(body, given_id="x", source="Sun", path=path) for body, path in (("First.", "/1"), ("Mended.", "/2"))]
    assert kept.accept(batch, MAKING) == Accepted(new=1, versions=1)
    assert kept.accept(batch, MAKING) == Accepted(unchanged=2)


def test_a_place_is_known_to_be_unchanged_before_it_is_understood(kept: Store) -> None:
    record = Record(b"\nText.", "text", "/news/a.txt")
    assert not kept.is_unchanged(record)
    kept.accept([made("Text.")], MAKING)
    assert kept.is_unchanged(record)
    assert not kept.is_unchanged(replace(record, raw=b"\nText!"))
    assert not kept.is_unchanged(replace(record, source="Sun"))
    assert not kept.is_unchanged(replace(record, number=1))
    assert kept.accept([Same("/news/a.txt", None)], MAKING) == Accepted(unchanged=1)


@pytest.mark.parametrize("given_id", ["", "no spaces", "ä", "..", "x" * 129])
def test_an_id_that_cannot_stand_in_an_address_gives_way_to_a_hash_that_is_the_same_on_every_machine(
    tmp_path: Path, given_id: str
) -> None:
    names: set[str] = set()
    for place in ("/home/ann/a.txt", "/srv/b/a.txt"):
        with Store(tmp_path / f"{len(names)}{place.count('/')}.sqlite", writable=True) as kept:
            kept.accept([made("Text.", path=place, given_id=given_id)], MAKING)
            names.update(ids(kept))
    (name,) = names
    assert len(name) == 16
    assert name.isalnum()


def test_an_identical_file_elsewhere_is_a_copy_with_a_name_of_its_own(kept: Store) -> None:
    kept.accept([made("Text.", path="/a"), made("Text.", path="/b"), made("Text.", path="/c")], MAKING)
    assert len(set(ids(kept))) == 3
    assert set(families(kept).values()) == {1}


def test_copies_are_told_by_their_words_not_by_their_typesetting(kept: Store) -> None:
    batch = [
        made("The mayor’s “café” burned—twice.", given_id="a"),
        made("THE MAYOR'S  'cafe' burned - twice", given_id="b"),
        made("The mayor's cafe burned thrice.", given_id="c"),
    ]
    kept.accept(batch, MAKING)
    assert families(kept) == {"a": 1, "b": 1, "c": 3}


def test_a_long_story_under_another_headline_is_a_copy_and_a_short_one_is_not(kept: Store) -> None:
    batch = [
        made(LONG, given_id="a", headline="Bridge closed"),
        made(LONG, given_id="b", headline="City shuts bridge"),
        made("Details to follow.", given_id="c", headline="Fire downtown"),
        made("Details to follow.", given_id="d", headline="Mayor resigns"),
        made("", given_id="e", headline="Quarterly results"),
        made("", given_id="f", headline="Quarterly results"),
    ]
    kept.accept(batch, MAKING)
    assert families(kept) == {"a": 1, "b": 1, "c": 3, "d": 4, "e": 5, "f": 5}


def test_a_family_whose_lead_is_edited_gets_the_next_earliest_as_lead(kept: Store) -> None:
    kept.accept([made(LONG, given_id=name, path=name) for name in "abc"], MAKING)
    before = kept.last
    kept.accept([made(LONG + " more", given_id="a", path="a")], MAKING)
    assert families(kept) == {"a": 1, "b": 2, "c": 2}
    assert [story.article.id for story in kept.changed(before, kept.last)] == ["a", "b", "c"]
    assert sorted(kept.changed_again(before)) == ["a", "b", "c"]
    assert kept.changed_again(kept.last) == []
    kept.accept([made(LONG + " more", given_id="c", path="c")], MAKING)
    assert families(kept) == {"a": 1, "b": 2, "c": 1}
    kept.accept([made(LONG, given_id="a", path="a")], MAKING)
    assert families(kept) == {"a": 1, "b": 1, "c": 3}


def test_stories_without_an_id_are_known_by_their_address_whatever_its_dress(kept: Store) -> None:
    kept.accept([made("One.", url="https://sun.example/a/?utm_source=feed", path="/x")], MAKING)
    assert kept.accept([made("Two.", url="http://Sun.example/a#top", path="/y")], MAKING) == Accepted(versions=1)
    assert kept.accept([made("Two.", url="http://sun.example/a?id=2", path="/z")], MAKING) == Accepted(new=1)


def test_records_from_standard_input_are_known_by_their_content(kept: Store) -> None:
    assert kept.accept([made("One.", path="-", number=1)], MAKING) == Accepted(new=1)
    assert kept.accept([made("Two.", path="-", number=1)], MAKING) == Accepted(new=1)
    assert kept.accept([made("One.", path="-", number=1)], MAKING) == Accepted(unchanged=1)


def test_a_refusal_stays_until_its_file_is_read_again(kept: Store) -> None:
    kept.accept([Refusal("/a", 1, "bad line"), made("x", path="/a", number=2), Refusal("/b", None, "empty")], MAKING)
    assert list(kept.refusals()) == [Refusal("/a", 1, "bad line"), Refusal("/b", None, "empty")]
    kept.accept([made("y", path="/a", number=1), Same("/a", 2)], MAKING)
    assert list(kept.refusals()) == [Refusal("/b", None, "empty")]


def test_half_a_character_is_kept_as_a_question_mark(kept: Store) -> None:
    draft = Draft(given_id="\udc00", headline="\ud802", body="Half \ud800 a character.", source="S\ud801n")
    article = Article(headline=draft.headline, body=draft.body, source=draft.source)
    broken = pack(Record(b"x", "text", "/x"), draft, article)
    assert kept.accept([broken, Refusal("/\ud803", 1, "\ud804")], MAKING) == Accepted(new=1, refused=1)
    (story,) = kept.stories()
    assert (story.article.body, story.article.source) == ("Half ? a character.", "S?n")
    assert kept.statistics().by_source == {"S?n": 1}


def test_stories_just_accepted_are_given_as_the_file_gives_them(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lately, "MOST", len("First.Second.") + 2 * len(LONG))
    kept.accept([made("First.", given_id="a", path="a"), made(LONG, given_id="b", path="b")], MAKING)
    halved = pack(Record(b"x", "text", "/x"), Draft(body="\ud800", given_id="h"), Article(body="\ud800"))
    batch = [made("Second.", given_id="a", path="a"), made(LONG, given_id="c", path="c"), halved]
    kept.accept([*batch, made("One too many.", given_id="d", path="d")], MAKING)
    unpacked: list[str] = []

    def unpack(packed: bytes, raw: bytes, name: str) -> Article:
        unpacked.append(name)
        return unpack_article(packed, raw, name)

    monkeypatch.setattr(store, "unpack_article", unpack)
    found = list(kept.changed(0, kept.last))
    assert unpacked == ["h", "d"]
    with Store(kept.path) as again:
        assert list(again.changed(0, kept.last)) == found
    assert list(kept.stories()) == sorted(found, key=lambda story: story.first_arrival)


def test_a_batch_that_fails_leaves_nothing(kept: Store) -> None:
    broken = replace(made("b", given_id="b"), raw=None)  # type: ignore[arg-type]
    with pytest.raises(StoreError, match="What was accepted before is safe"):
        kept.accept([made("a", given_id="a"), broken], MAKING)
    assert (ids(kept), kept.last) == ([], 0)
    assert kept.accept([made("a", given_id="a")], MAKING) == Accepted(new=1)


def test_a_full_disk_is_told_in_words_and_what_was_accepted_stays(kept: Store) -> None:
    kept.accept([made("a", given_id="a")], MAKING)
    pages = kept._connection.execute("PRAGMA page_count").fetchone()[0]
    kept._connection.execute(f"PRAGMA max_page_count = {pages}")
    big = "".join(chr(0x4E00 + n * 7919 % 20000) for n in range(20000))
    with pytest.raises(StoreError, match=r"The disk that holds .* is full"):
        kept.accept([made(big, given_id="b")], MAKING)
    assert ids(kept) == ["a"]


def test_what_is_made_again_replaces_what_was_made_and_keeps_name_and_arrival(kept: Store) -> None:
    kept.accept([made(f"Story {n}.", given_id=f"s{n}", path=f"/{n}") for n in range(5)], MAKING)
    newer: store.Making = {**MAKING, "dates": 2}
    assert kept.outdated(newer) == 5
    assert kept.outdated(MAKING) == 0
    again = []
    for version in kept.outdated_versions(newer, 0, 2) + kept.outdated_versions(newer, 2, 10):
        published = "2001" if version.article.id in ("s1", "s3") else None
        again.append(
            (version, pack(version.record, version.draft, replace(version.article, id="", published=published)))
        )
    before = kept.last
    assert kept.remake(again, newer) == 2
    assert kept.outdated(newer) == 0
    assert [(s.article.id, s.article.published) for s in kept.changed(before, kept.last)] == [
        ("s1", "2001"),
        ("s3", "2001"),
    ]
    assert ids(kept) == ["s0", "s1", "s2", "s3", "s4"]
    assert kept.statistics().by_year == {"2001": 2}
    assert list(kept.damage()) == []


def test_statistics_count_what_the_archive_holds(kept: Store) -> None:
    place = City(None, "Nowhere", role="about")
    dated = pack(
        Record(b"d", "text", "/d"),
        Draft(given_id="d", body="d", source="Sun"),
        Article(body="d", source="Sun", published="1999-05", cities=(place,)),
    )
    kept.accept([dated, made(LONG, given_id="a"), made(LONG, given_id="b"), made(LONG, given_id="c")], MAKING)
    kept.accept([made("other", given_id="c")], MAKING)
    assert kept.statistics() == Statistics(4, 5, 1, 3, 3, 1, {"": 3, "Sun": 1}, {"1999": 1})


def test_damage_to_a_kept_record_is_found_and_named(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    with Store(path, writable=True) as kept:
        kept.accept([made("Good.", given_id="a"), made("Bad.", given_id="b")], MAKING)
        kept._connection.execute("UPDATE versions SET raw = ? WHERE arrival = 2", (b"\x00",))
    with Store(path) as kept:
        assert list(kept.damage()) == ["store.sqlite: the version with arrival number 2 is not as it was written"]
        with pytest.raises(StoreError, match="is damaged"):
            list(kept.stories())


def test_a_file_that_is_no_store_is_not_touched(tmp_path: Path) -> None:
    text = tmp_path / "text"
    text.write_text("This is no database, and long enough to be taken for something else by nobody.\n" * 20)
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE mine (x)")
    connection.close()
    contents = [text.read_bytes(), other.read_bytes()]
    for path in (text, other):
        for writable in (True, False):
            with pytest.raises(StoreError):
                Store(path, writable=writable)
    assert [text.read_bytes(), other.read_bytes()] == contents


def test_an_older_store_comes_forward_with_all_it_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "store.sqlite"
    with Store(path, writable=True) as kept:
        kept.accept([made("Old.", given_id="old")], MAKING)
    steps = (*migrations.STEPS, ("ALTER TABLE refusals ADD COLUMN seen TEXT", "CREATE TABLE extra (x INTEGER) STRICT"))
    monkeypatch.setattr(migrations, "STEPS", steps)
    with pytest.raises(StoreError, match=r"older Morgue .*`python -m index rebuild` brings it forward"):
        Store(path)
    with Store(path, writable=True) as kept:
        assert ids(kept) == ["old"]
        assert migrations.version_of(kept._connection) == len(steps)
        assert kept._connection.execute("SELECT count(*) FROM extra").fetchone() == (0,)
    with Store(path) as kept:
        assert ids(kept) == ["old"]


def test_a_migration_that_fails_half_way_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "store.sqlite"
    with Store(path, writable=True) as kept:
        kept.accept([made("Old.", given_id="old")], MAKING)
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, ("CREATE TABLE extra (x)", "CREATE TABLE files (x)")))
    with pytest.raises(StoreError):
        Store(path, writable=True)
    monkeypatch.undo()
    with Store(path, writable=True) as kept:
        assert ids(kept) == ["old"]
        tables = {name for (name,) in kept._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert "extra" not in tables


def test_a_store_of_a_newer_release_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    with Store(path, writable=True) as kept:
        kept._connection.execute("PRAGMA user_version = 99")
    for writable in (True, False):
        with pytest.raises(StoreError, match="newer Morgue"):
            Store(path, writable=writable)


def test_a_directory_is_an_archive_only_when_it_holds_a_store(tmp_path: Path) -> None:
    with pytest.raises(NoArchive, match="There is no archive at"):
        ArchiveDirectory(tmp_path / "none").must_exist()
    with pytest.raises(NoArchive, match="is not an archive"):
        ArchiveDirectory(tmp_path).must_exist()
    (tmp_path / "letters.txt").write_text("x")
    with pytest.raises(ArchiveError, match="holds other files"):
        ArchiveDirectory(tmp_path).create()


WORDS = st.sampled_from(["alpha", "beta", LONG, LONG + " x", ""])
EVENTS = st.lists(st.tuples(st.sampled_from("pqrs"), st.sampled_from(["", "1", "2"]), WORDS, WORDS), max_size=14)


@settings(max_examples=60, deadline=None)
@given(events=EVENTS, cuts=st.sets(st.integers(0, 14)))
def test_families_and_versions_do_not_depend_on_batches_and_reading_again_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, events: list[tuple[str, str, str, str]], cuts: set[int]
) -> None:
    batch = [made(body, path=path, given_id=name, headline=head or "h") for path, name, head, body in events]
    root = tmp_path_factory.mktemp("stores")
    with Store(root / "whole", writable=True) as whole, Store(root / "cut", writable=True) as cut:
        whole.accept(batch, MAKING)
        bounds = sorted({0, len(batch)} | {c for c in cuts if c < len(batch)})
        for start, end in itertools.pairwise(bounds):
            cut.accept(batch[start:end], MAKING)
        stories = [replace(story, arrived="") for story in whole.stories()]
        assert [replace(story, arrived="") for story in cut.stories()] == stories
        texts = {row[0]: row[1] for row in whole._connection.execute("SELECT story, text FROM stories")}
        for story in stories:
            alike = [number for number, text in texts.items() if text == texts[story.first_arrival]]
            assert story.family == min(alike)
        assert list(whole.damage()) == []
        last_of_each = {item.path: item for item in batch}
        again = whole.accept(last_of_each.values(), MAKING)
        assert again == Accepted(unchanged=len(last_of_each))
