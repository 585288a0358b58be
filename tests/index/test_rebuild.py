from collections.abc import Callable
from pathlib import Path

import pytest

from index import readers
from index import rebuild as rebuilding
from index.archive import ArchiveDirectory
from index.article import Story
from index.embedded import IndexDirectory
from index.intake import add
from index.record import Record
from index.store import Store
from tests.index.test_intake import Notes, indexed, wire, write


@pytest.fixture
def archive(tmp_path: Path) -> ArchiveDirectory:
    return ArchiveDirectory(tmp_path / "archive")


def remade(archive: ArchiveDirectory) -> rebuilding.Rebuilt:
    return rebuilding.rebuild(archive, Notes(), workers=0)


def test_a_rebuild_gives_the_same_index_under_a_new_name(archive: ArchiveDirectory, tmp_path: Path) -> None:
    add(archive, [write(tmp_path / "in", wire(20))], Notes(), workers=0)
    before = indexed(archive)
    done = remade(archive)
    assert (done.stories, done.remade, done.different, done.kept) == (20, 0, 0, ())
    assert done.generation.startswith("2.")
    assert indexed(archive) == before
    assert rebuilding.verify(archive, Notes()).problems == ()


def test_a_generation_in_use_goes_on_answering_while_another_takes_its_place(
    archive: ArchiveDirectory, tmp_path: Path
) -> None:
    add(archive, [write(tmp_path / "in", wire(20))], Notes(), workers=0)
    with IndexDirectory(archive.index_directory).open() as before:
        remade(archive)
        assert not before.is_current()
        assert before.find("w7") is not None
        assert before.count == 20


@pytest.mark.parametrize(("stage", "reads"), [("read", 4), ("clean", 4), ("dates", 0), ("cities", 0)])
def test_only_what_a_changed_stage_touches_is_done_again(
    archive: ArchiveDirectory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str, reads: int
) -> None:
    add(archive, [write(tmp_path / "in", wire(4))], Notes(), workers=0)
    calls = []
    understand = readers.draft

    def counting(record: Record) -> object:
        calls.append(record)
        return understand(record)

    monkeypatch.setattr(readers, "draft", counting)
    monkeypatch.setitem(making_stages(), stage, 99)
    assert (remade(archive).remade, len(calls)) == (4, reads)
    calls.clear()
    assert (remade(archive).remade, len(calls)) == (0, 0)


def making_stages() -> dict[str, int]:
    from index.enrich import STAGES

    return STAGES


def test_a_changed_setting_reaches_the_stories_at_a_rebuild(archive: ArchiveDirectory, tmp_path: Path) -> None:
    stories = [{"id": "d", "text": "A story.", "date": "3/4/2017"}]
    add(archive, [write(tmp_path / "in", stories)], Notes(), workers=0)
    archive.settings_file.write_text('locale = "en-GB"', encoding="utf-8")
    assert add(archive, [str(tmp_path / "in")], Notes(), workers=0).outdated == 1
    assert (remade(archive).remade, remade(archive).different) == (1, 0)
    with Store(archive.store_file) as store:
        assert [s.article.published for s in store.stories()] == ["2017-04-03"]


def test_a_rebuild_decides_anew_by_the_homes_it_learns(archive: ArchiveDirectory, tmp_path: Path) -> None:
    bodies = [
        "Police in Pineville arrested a man from Alexandria. The Rapides Parish sheriff said he would be charged.",
        "The school board in Alexandria, La., met. Residents of Ball and of Woodworth spoke.",
        "A crash near Boyce hurt a woman from Pineville. Firefighters from Alexandria came.",
        "The Louisiana Department of Education visited schools in Tioga and in Pineville.",
        "Residents of Alexandria voted.",
    ]
    stories = [{"id": f"h{n}", "text": body, "source": "A New Paper"} for n, body in enumerate(bodies)]
    add(archive, [write(tmp_path / "in", stories)], Notes(), workers=0)
    done = remade(archive)
    assert (archive.learned_file.exists(), done.remade) == (True, 5)
    later = [{"id": "later", "text": "Residents of Alexandria met.", "source": "A New Paper"}]
    added = add(archive, [write(tmp_path / "later", later)], Notes(), workers=0)
    assert added.outdated == 0
    with Store(archive.store_file) as store:
        found = {story.article.id: [city.label for city in story.article.cities] for story in store.stories()}
    assert (found["h4"], found["later"]) == (["Alexandria, Louisiana"], ["Alexandria, Louisiana"])
    assert remade(archive).remade == 0


def test_overrides_alone_are_applied_at_once(archive: ArchiveDirectory, tmp_path: Path) -> None:
    add(archive, [write(tmp_path / "in", wire(20))], Notes(), workers=0)
    archive.overrides_file.write_text('story,city,decision\nw7,"Portland, Maine",about\n', encoding="utf-8")
    done = rebuilding.rebuild_overrides(archive, Notes(), workers=0)
    assert (done.stories, done.remade, done.different) == (20, 1, 1)
    story = indexed_story(archive, "w7")
    assert next((city.label, city.reason) for city in story.article.cities) == (
        "Portland, Maine",
        "decided by an editor",
    )
    archive.overrides_file.write_text("story,city,decision\n", encoding="utf-8")
    assert rebuilding.rebuild_overrides(archive, Notes(), workers=0).different == 1
    assert "Portland, Maine" not in [city.label for city in indexed_story(archive, "w7").article.cities]


@pytest.mark.parametrize("apply", [rebuilding.rebuild, rebuilding.rebuild_overrides])
def test_editors_are_told_of_lines_that_do_nothing(
    archive: ArchiveDirectory, tmp_path: Path, apply: Callable[..., object]
) -> None:
    stories = [
        {"id": "a1", "text": "Residents of Portland, Maine, voted.", "url": "https://example.com/1"},
        {"id": "a2", "text": "Nothing is said of any place.", "url": "https://example.com/2"},
    ]
    add(archive, [write(tmp_path / "in", stories)], Notes(), workers=0)
    lines = (
        'a1,"Portland, Maine",not',
        'https://example.com/*,"Portland, Maine",not',
        'a2,"Portland, Oregon",not',
        'a2,"Bangor, Maine",about',
        'a2,"Bangor, Maine",not',
        'a9,"Bangor, Maine",about',
        'a2,"Portand, Maine",mentioned',
        'https://example.com/3*,"Bangor, Maine",not',
    )
    archive.overrides_file.write_text("\n".join(("story,city,decision", *lines)), encoding="utf-8")
    notes = Notes()
    apply(archive, notes, workers=0)
    table = archive.overrides_file
    assert notes.said == [
        f'{table}, line 8: the gazetteer knows no "Portand, Maine"; the story gets the name without a place on the '
        'map. Did you mean "Portland, Maine"?',
        f'{table}, line 3: "https://example.com/*" is in the archive without the city Portland, Maine, so that there '
        "is nothing to take away.",
        f'{table}, line 4: "a2" is in the archive without the city Portland, Oregon, so that there is nothing to take '
        "away.",
        f'{table}, line 7: no story of the archive has the id or address "a9".',
        f'{table}, line 9: no story of the archive has the id or address "https://example.com/3*".',
    ]


def test_of_many_lines_that_do_nothing_the_first_are_told_and_the_others_counted(
    archive: ArchiveDirectory, tmp_path: Path
) -> None:
    add(archive, [write(tmp_path / "in", wire(1))], Notes(), workers=0)
    lines = [f'a{n},"Bangor, Maine",about' for n in range(1234)]
    archive.overrides_file.write_text("\n".join(("story,city,decision", *lines)), encoding="utf-8")
    notes = Notes()
    rebuilding.rebuild(archive, notes, workers=0)
    assert (len(notes.said), notes.said[19:]) == (
        21,
        [
            f'{archive.overrides_file}, line 21: no story of the archive has the id or address "a19".',
            f"{archive.overrides_file}: 1,214 more such lines.",
        ],
    )


def test_add_tells_of_a_city_in_the_overrides_that_the_gazetteer_lacks(
    archive: ArchiveDirectory, tmp_path: Path
) -> None:
    archive.create()
    archive.overrides_file.write_text('story,city,decision\nw1,"Portand, Maine",about\n', encoding="utf-8")
    notes = Notes()
    add(archive, [write(tmp_path / "in", wire(1))], notes, workers=0)
    assert [said.partition(": ")[2] for said in notes.said] == [
        'the gazetteer knows no "Portand, Maine"; the story gets the name without a place on the map. Did you mean '
        '"Portland, Maine"?'
    ]


def test_an_editors_line_is_not_for_the_story_of_another_paper_with_the_same_number(
    archive: ArchiveDirectory, tmp_path: Path
) -> None:
    for source in ("One Paper", "Another Paper"):
        stories = [{"id": "1", "text": f"The story of {source}.", "source": source}]
        add(archive, [write(tmp_path / "in", stories, f"{source}.jsonl")], Notes(), workers=0)
    archive.overrides_file.write_text('story,city,decision\n1,"Portland, Maine",about\n', encoding="utf-8")
    rebuilding.rebuild_overrides(archive, Notes(), workers=0)
    with Store(archive.store_file) as store:
        found = {story.article.source: [city.label for city in story.article.cities] for story in store.stories()}
    assert found == {"One Paper": ["Portland, Maine"], "Another Paper": []}


def indexed_story(archive: ArchiveDirectory, name: str) -> Story:
    """Return a story as the index has it."""
    with IndexDirectory(archive.index_directory).open() as generation:
        place = generation.find(name)
        assert place is not None
        return place[0].story(place[1])


def test_a_record_that_a_newer_reader_refuses_stays_as_it_was(
    archive: ArchiveDirectory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(archive, [write(tmp_path / "in", wire(3))], Notes(), workers=0)

    def stricter(record: Record) -> object:
        raise readers.Unreadable("not read any more")

    monkeypatch.setattr(readers, "draft", stricter)
    monkeypatch.setitem(making_stages(), "read", 99)
    done = remade(archive)
    assert (done.stories, done.remade, [r.reason for r in done.kept]) == (3, 0, ["not read any more"] * 3)
    assert remade(archive).kept == ()


def test_a_stopped_rebuild_leaves_the_old_generation(archive: ArchiveDirectory, tmp_path: Path) -> None:
    add(archive, [write(tmp_path / "in", wire(600))], Notes(), workers=0)
    with pytest.raises(KeyboardInterrupt):
        rebuilding.rebuild(archive, Notes(), stopping=lambda: True, workers=0)
    assert len(indexed(archive)) == 600
    assert rebuilding.verify(archive, Notes()).problems == ()
