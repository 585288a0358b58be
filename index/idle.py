"""Lines of `overrides.csv` that do nothing in an archive, told to whoever wrote them.

What a line does is `index.enrich.cities.overrides`' business. The one idea: a line is idle until a story shows that it
is not, so the stories are looked through only until every line has its story.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from index.enrich.cities.overrides import Override
from index.making import Maker
from index.store import Version
from index.workers import in_order


def idle_lines(
    maker: Maker,
    path: Path,
    batches: Iterable[list[Version]],
    stopping: Callable[[], bool],
    workers: int | None,
) -> tuple[str, ...]:
    """Return a sentence for every line that fits no story, or takes a city from stories of which none has it.

    Args:
        maker: of the archive, with its overrides.
        path: their file.
        batches: all versions.
        stopping: asked between batches; where it says so nothing is known, and nothing told.
        workers: processes to look in; None for one a core, 0 for none.
    """
    lines = maker.settings.overrides.lines if maker.settings.overrides is not None else ()
    unfit, useless = {line.number for line in lines}, {line.number for line in lines}
    if not lines:
        return ()
    for fitting, useful in in_order(maker.lines_at_work, batches, workers=workers):
        unfit -= fitting
        useless -= useful
        if stopping():
            return ()
        if not useless:
            break
    return tuple(_told(lines, path, unfit, useless))


def _told(lines: Iterable[Override], path: Path, unfit: set[int], useless: set[int]) -> Iterator[str]:
    for line in lines:
        if line.number in unfit:
            yield f'{path}, line {line.number}: no story of the archive has the id or address "{line.story}".'
        elif line.number in useless:
            yield (
                f'{path}, line {line.number}: "{line.story}" is in the archive without the city {line.city.label}, so '
                "that there is nothing to take away."
            )
