from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import intake
from index.archive import ArchiveDirectory
from index.enrich.cities.learning import learn_homes
from index.homes import LearnedHome
from index.record import Draft
from index.store import Store
from tests.index.test_intake import Notes, write
from tests.index.test_rebuild import remade

BODIES = (
    "Police in Pineville arrested a man from Alexandria. The Rapides Parish sheriff said he would be charged.",
    "The school board in Alexandria, La., met. Residents of Ball and of Woodworth spoke.",
    "A crash near Boyce hurt a woman from Pineville. Firefighters from Alexandria came.",
    "The Louisiana Department of Education visited schools in Tioga and in Pineville.",
)
PAPER = "A New Paper"


@pytest.fixture
def archive(tmp_path: Path) -> ArchiveDirectory:
    return ArchiveDirectory(tmp_path / "archive")


def stories(bodies: Sequence[str], first: int = 0, source: str = PAPER) -> list[dict[str, str]]:
    return [{"id": f"h{n}", "text": body, "source": source} for n, body in enumerate(bodies, first)]


def added(archive: ArchiveDirectory, tmp_path: Path, told: list[dict[str, str]]) -> tuple[LearnedHome, ...]:
    """Add stories; return the homes learned by that."""
    return intake.add(archive, [write(tmp_path / "in", told)], Notes(), workers=0).learned


def cities(archive: ArchiveDirectory, name: str) -> list[str]:
    """Return the labels of the cities of a story."""
    with Store(archive.store_file) as store:
        story = store.story(name)
    assert story is not None
    return [city.label for city in story.article.cities]


def test_a_home_is_learned_as_stories_arrive_and_used_for_those_that_follow(
    archive: ArchiveDirectory, tmp_path: Path
) -> None:
    bare = "Residents of Alexandria voted."
    assert added(archive, tmp_path, stories((*BODIES[:1], bare))) == ()
    learned = added(archive, tmp_path, stories(BODIES[1:], first=2))
    assert [(home.paper, home.home.endswith(", Louisiana"), home.stories) for home in learned] == [(PAPER, True, 5)]
    assert cities(archive, "h1") == ["Alexandria, Egypt"]
    assert added(archive, tmp_path, stories([bare], first=5)) == ()
    assert cities(archive, "h5") == ["Alexandria, Louisiana"]
    remade(archive)
    assert cities(archive, "h1") == ["Alexandria, Louisiana"]


def test_a_second_run_learns_nothing_twice(archive: ArchiveDirectory, tmp_path: Path) -> None:
    assert len(added(archive, tmp_path, stories(BODIES))) == 1
    written = archive.learned_file.read_bytes()
    assert added(archive, tmp_path, stories(BODIES)) == ()
    assert archive.learned_file.read_bytes() == written


def test_a_run_killed_before_it_learned_is_made_good_by_the_next(
    archive: ArchiveDirectory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> tuple[LearnedHome, ...]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(intake, "learn_from_arrivals", killed)
        added(archive, tmp_path, stories(BODIES))
    assert [home.paper for home in added(archive, tmp_path, stories(BODIES))] == [PAPER]


def test_a_home_learned_before_stays_when_another_is_learned(archive: ArchiveDirectory, tmp_path: Path) -> None:
    first, second = (
        added(archive, tmp_path, stories(BODIES, first, source))
        for first, source in ((0, PAPER), (10, "Another New Paper"))
    )
    assert [home.paper for home in (*first, *second)] == [PAPER, "Another New Paper"]
    assert archive.settings().homes.keys() == {PAPER, "Another New Paper"}


@pytest.mark.parametrize("source", ["", "thetowntalk.com", "The Told Paper"])
def test_a_paper_that_is_known_or_not_named_is_not_learned(
    archive: ArchiveDirectory, tmp_path: Path, source: str
) -> None:
    archive.create()
    archive.sources_file.write_text('source,place\nThe Told Paper,"Bangor, Maine"\n', encoding="utf-8")
    assert (added(archive, tmp_path, stories(BODIES, source=source)), archive.learned_file.exists()) == ((), False)


@given(st.permutations(BODIES))
def test_the_order_of_arrival_makes_no_difference(bodies: list[str]) -> None:
    def learned(those: Sequence[str]) -> dict[str, str]:
        return learn_homes(Draft(body=body, source=PAPER) for body in those)

    assert learned(bodies) == learned(BODIES) != {}
