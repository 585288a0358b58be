"""The archive made again from what it keeps, and held against it: `rebuild` and `verify`.

How articles are made and how an index is written are other modules' business. The one idea: the store is the truth
and everything else follows from it, so following it again mends whatever went wrong, and comparing shows whether
anything did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.archive import ArchiveDirectory
from index.homes import learn_all
from index.idle import idle_lines
from index.intake import Upkeep, Watcher, build
from index.making import Maker, maker
from index.record import Refusal
from index.store import Making, Store, Version
from index.workers import in_order

if TYPE_CHECKING:
    from index.embedded import Generation

#: Versions made again in one transaction.
_BATCH = 200

#: Lines of `overrides.csv` told one by one; the rest are counted.
_TOLD = 20


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild came to.

    Attributes:
        stories: in the new generation.
        remade: versions made again from their raw records, because a stage or a setting has changed.
        different: those of them whose article turned out differently.
        kept: those that could not be made again and stay as they were, with the reason.
        generation: name of the new generation.
    """

    stories: int
    remade: int
    different: int
    kept: tuple[Refusal, ...]
    generation: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify` found.

    Attributes:
        stories, versions: in the store.
        waiting: stories that are safe in the store and not in the index yet.
        problems: everything that is not as it should be, a sentence each; empty for a sound archive.
    """

    stories: int
    versions: int
    waiting: int
    problems: tuple[str, ...]


def rebuild(
    archive: ArchiveDirectory,
    watcher: Watcher,
    *,
    stopping: Callable[[], bool] = lambda: False,
    workers: int | None = None,
) -> Rebuilt:
    """Make again what newer stages or settings would make differently, then build a new generation of the index.

    Args:
        archive: which one.
        watcher: is told how it goes.
        stopping: asked between batches; True ends the work. What was made again stays, and is not done twice.
        workers: processes to make articles in; None for one a core, 0 for none.

    Raises:
        ArchiveError: there is none, it is locked, damaged, of a newer release, or the disk is full.
        SettingsError: its settings cannot be used.
        KeyboardInterrupt: `stopping` said so.
    """
    from index.embedded import IndexDirectory

    archive.must_exist()
    with archive.writing("python -m index rebuild"), Store(archive.store_file, writable=True) as store:
        archive.checked_settings()  # before anything is learned
        learn_all(archive, store, _outdated(store, {}), stopping, workers)
        again = maker(archive.settings())
        remade, different, kept = _remake(store, again, _outdated(store, again.making), watcher, stopping, workers)
        _tell_editors(archive, store, again, watcher, stopping, workers)
        directory = IndexDirectory(archive.index_directory)
        stories = build(directory, store, watcher, stopping)
        with directory.open() as generation:
            return Rebuilt(stories, remade, different, kept, generation.name)


def rebuild_overrides(
    archive: ArchiveDirectory,
    watcher: Watcher,
    *,
    stopping: Callable[[], bool] = lambda: False,
    workers: int | None = None,
) -> Rebuilt:
    """Make again only the stories that `overrides.csv` speaks of, or spoke of before, and index those.

    A city that a line took away comes back with that line only where another line, or an editor's city, still touches
    the story; a whole `rebuild` brings back all.

    Args, Raises: as `rebuild`.
    """
    archive.must_exist()
    with (
        archive.writing("python -m index rebuild --only-overrides"),
        Store(archive.store_file, writable=True) as store,
        Upkeep(archive, store, watcher) as upkeep,
    ):
        again = maker(archive.checked_settings())
        touched = (
            [version for version in batch if again.is_decided(version)] for batch in _outdated(store, again.making)
        )
        remade, different, kept = _remake(store, again, touched, watcher, stopping, workers)
        upkeep.finish()
        _tell_editors(archive, store, again, watcher, stopping, workers)
    with Store(archive.store_file) as store:
        return Rebuilt(store.waiting(0), remade, different, kept, generation_name(archive) or "")


def _tell_editors(
    archive: ArchiveDirectory,
    store: Store,
    again: Maker,
    watcher: Watcher,
    stopping: Callable[[], bool],
    workers: int | None,
) -> None:
    """Say what the editors should know of `overrides.csv`: lines that do less than they may think, or nothing."""
    overrides = again.settings.overrides
    if overrides is not None:
        idle = idle_lines(again, archive.overrides_file, _outdated(store, {}), stopping, workers)
        notes = (*overrides.notes, *idle)
        for sentence in notes[:_TOLD]:
            watcher.say(sentence)
        if len(notes) > _TOLD:
            watcher.say(f"{archive.overrides_file}: {len(notes) - _TOLD:,} more such lines.")


def _remake(
    store: Store,
    again: Maker,
    batches: Iterable[list[Version]],
    watcher: Watcher,
    stopping: Callable[[], bool],
    workers: int | None,
) -> tuple[int, int, tuple[Refusal, ...]]:
    making = again.making
    total = store.outdated(making)
    remade, different, kept = 0, 0, []
    for batch in in_order(again.remake_all, batches, workers=workers):
        done = [(version, made) for version, made in batch if not isinstance(made, Refusal)]
        failed = [(version, made) for version, made in batch if isinstance(made, Refusal)]
        different += store.remake(done, making)
        store.keep_as_made([version for version, _ in failed], making)
        kept += [refusal for _, refusal in failed]
        remade += len(done)
        watcher.remade(remade + len(kept), total)
        if stopping():
            raise KeyboardInterrupt
    return remade, different, tuple(kept)


def _outdated(store: Store, making: Making) -> Iterator[list[Version]]:
    after = 0
    while batch := store.outdated_versions(making, after, _BATCH):
        yield batch
        after = batch[-1].arrival


def verify(archive: ArchiveDirectory, watcher: Watcher) -> Verdict:
    """Check the store, the index, and each against the other; nothing is changed.

    Raises:
        ArchiveError: there is no archive, or its store cannot be opened at all.
    """
    from index.embedded import IndexDamaged, IndexDirectory, NoIndex

    archive.must_exist()
    with Store(archive.store_file) as store:
        problems = list(store.damage())
        waiting = 0
        if not problems:
            directory = IndexDirectory(archive.index_directory)
            state = directory.state()
            if state.readiness != "current":
                waiting = store.waiting(0)
                problems += [state.reason] if waiting or state.readiness == "outdated" else []
            else:
                problems += [f"{damage.path}, {damage.part}: {damage.reason}" for damage in directory.verify()]
            if state.readiness == "current" and not problems:
                try:
                    with directory.open() as generation:
                        waiting = store.waiting(generation.through)
                        problems += _differences(store, generation, watcher)
                except (IndexDamaged, NoIndex) as error:
                    problems.append(str(error))
                if waiting:
                    problems.append(
                        f"Stories that are safe in the store and not in the index yet: {waiting:,}; a run was "
                        "interrupted. Run it again, or `python -m index rebuild`."
                    )
        statistics = store.statistics() if not problems or waiting else None
        return Verdict(
            statistics.stories if statistics else 0,
            statistics.versions if statistics else 0,
            waiting,
            tuple(problems),
        )


def _differences(store: Store, generation: Generation, watcher: Watcher) -> Iterator[str]:
    mend = "`python -m index rebuild` mends it."
    total, indexed = store.waiting(0), 0
    for number, story in enumerate(store.stories(), 1):
        place = generation.find(story.article.id)
        indexed += place is not None
        if store.has_changed(story.first_arrival, generation.through):
            continue
        if place is None:
            yield f"The story {story.article.id} is missing from the index; {mend}"
        elif place[0].story(place[1]) != story:
            yield f"The story {story.article.id} is not in the index as it is in the store; {mend}"
        if number % 500 == 0:
            watcher.indexing(number, total)
    live = sum(segment.live_count for segment in generation.segments)
    if live > indexed:
        yield f"The index holds {live - indexed:,} stories that the store does not; {mend}"


def generation_name(archive: ArchiveDirectory) -> str | None:
    """Return the name of the archive's current generation; None where there is none that can be searched."""
    from index.embedded import IndexDirectory

    directory = IndexDirectory(archive.index_directory)
    if directory.state().readiness != "current":
        return None
    with directory.open() as generation:
        return generation.name
