"""Where an archive's papers are at home, learned from their stories: as they arrive, and from all of them at a rebuild.

How a home is told from stories is `index.enrich.cities.learning`'s business. The one idea: the evidence is the stories
themselves, which the store keeps; so nothing is counted twice, whatever was interrupted, and the order in which stories
came makes no difference. `learned.csv` is the only thing written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from index.archive import ArchiveDirectory
from index.store import Store, Version
from index.workers import in_order

if TYPE_CHECKING:
    from index.enrich.cities.learning import Clues

#: As stories arrive, so many of a paper's first ones are looked at; a rebuild looks at all.
FIRST_STORIES = 200


@dataclass(frozen=True, slots=True)
class LearnedHome:
    """A home that was just learned.

    Attributes:
        paper: name or web domain.
        home: its label ("Alexandria, Louisiana").
        stories: how many stories the archive has of the paper, all of them decided without it.
    """

    paper: str
    home: str
    stories: int


def learn_all(
    archive: ArchiveDirectory,
    store: Store,
    batches: Iterable[list[Version]],
    stopping: Callable[[], bool],
    workers: int | None,
) -> None:
    """Learn the homes that nobody has told from all stories, and write them in the place of those learned before.

    Args:
        archive: whose.
        store: its store.
        batches: all versions.
        stopping: asked between batches.
        workers: processes to read stories in; None for one a core, 0 for none.

    Raises:
        KeyboardInterrupt: `stopping` said so.
    """
    from index.enrich.cities.homes import Papers
    from index.enrich.cities.learning import HomeLearner
    from index.sources import write_learned

    learner = HomeLearner()
    for batch in in_order(partial(_clues_of, Papers.of(archive.told().homes)), batches, workers=workers):
        for source, story in batch:
            learner.add(source, story)
        if stopping():
            raise KeyboardInterrupt
    write_learned(archive.learned_file, learner.homes())


def learn_from_arrivals(
    archive: ArchiveDirectory, store: Store, after: int, workers: int | None
) -> tuple[LearnedHome, ...]:
    """Learn homes of the papers of which stories have come, where none is known, and add them to those learned before.

    Args:
        archive: whose.
        store: its store.
        after: papers with a story that changed at a number above this are looked at.
        workers: processes to read stories in; None for one a core, 0 for none.

    Returns:
        What was learned, by paper.
    """
    papers = store.papers(after)
    if not papers:
        return ()
    from index.enrich.cities import find, home_of
    from index.enrich.cities.homes import Papers
    from index.enrich.cities.learning import HomeLearner  # costs a second, which a run without news need not pay
    from index.sources import read_learned, write_learned

    known = Papers.of(archive.settings().homes)
    learner = HomeLearner()
    unknown = [paper for paper in papers if not home_of(paper, "", known)]
    for clues in in_order(partial(_first_clues, archive.store_file, known), unknown, workers=workers):
        for source, story in clues:
            learner.add(source, story)
    homes = learner.homes()
    if homes:
        before = {source.name: source.home for source in read_learned(archive.learned_file)}
        write_learned(archive.learned_file, before | homes)
    return tuple(
        LearnedHome(paper, find(place)[0].label, store.count_of(paper)) for paper, place in sorted(homes.items())
    )


def _first_clues(file: Path, told: Mapping[str, str], paper: str) -> list[tuple[str, Clues]]:
    """Return what the first stories of a paper in a store's file say, as `_clues_of` does."""
    with Store(file) as store:
        return _clues_of(told, store.first_versions(paper, FIRST_STORIES))


def _clues_of(told: Mapping[str, str], versions: list[Version]) -> list[tuple[str, Clues]]:
    """Return what the stories of papers whose home is unknown say of it, with the paper's name or web domain."""
    from index.enrich.cities.homes import domain, home_of
    from index.enrich.cities.learning import clues_of_all

    sources, drafts = [], []
    for version in versions:
        draft = version.draft
        source = draft.source or version.record.source or domain(draft.url)
        if source and not home_of(source, draft.url, told):
            sources.append(source)
            drafts.append(draft)
    return list(zip(sources, clues_of_all(drafts), strict=True))
