"""Papers and their homes in a table: `sources.csv` of an archive, for newsrooms that have more of them than a few.

Only how the file is read; `[sources]` of `settings.toml` says the same for a few, and the table wins. The one idea: a
home that cannot be found on the map is a mistake in its line, told at once, not a paper without a home.

    source,place
    The Harbor Light,"Portland, Maine"
    thetowntalk.com,"Alexandria, Louisiana"
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from index.settings import SettingsError, Source

_LEARNED_COLUMNS = 2


def read_sources(path: Path) -> tuple[Source, ...]:
    """Return the papers of a file, in its order; none where there is no such file.

    Args:
        path: the file; its columns are `source` (name or web address) and `place` (as `the_city` takes it).

    Raises:
        SettingsError: the file cannot be read, or a line is incomplete, repeats a source or names no one city.
    """
    if not path.exists():
        return ()
    from index.enrich.cities.homes import paper_key

    found: dict[str, Source] = {}
    lines: dict[str, int] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            header = [(name or "").strip().lower() for name in rows.fieldnames or ()]
            if not {"source", "place"} <= set(header):
                raise SettingsError(
                    f"{path}, line 1: the first line must name the columns source and place, with a comma between them."
                )
            rows.fieldnames = header
            for row in rows:
                where = f"{path}, line {rows.line_num}"
                source, place = ((row.get(column) or "").strip() for column in ("source", "place"))
                if not (source or place) or source.startswith("#"):
                    continue
                if row.get(None):  # where DictReader keeps what is too much
                    raise SettingsError(
                        f"{where}: more columns than the first line has; a place with a comma needs quotes: "
                        '"Portland, Maine".'
                    )
                if not source or not place:
                    raise SettingsError(f"{where}: a source and a place are needed.")
                paper = paper_key(source)
                if paper in found:
                    raise SettingsError(
                        f'{where}: "{source}" is the paper "{found[paper].name}" of line {lines[paper]}; keep one of '
                        "the two lines."
                    )
                found[paper], lines[paper] = Source(source, on_the_map(place, where)), rows.line_num
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path} is not UTF-8 text. Save it as UTF-8 and run the command again.") from error
    except (OSError, csv.Error) as error:
        raise SettingsError(f"{path} cannot be read ({error}).") from error
    return tuple(found.values())


def read_learned(path: Path) -> tuple[Source, ...]:
    """Return the papers of a file that `write_learned` wrote; a line that cannot be used is passed over.

    Nobody wrote it who could mend it, and the next rebuild makes it anew.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.reader(file) if len(row) == _LEARNED_COLUMNS]
    except (OSError, ValueError, csv.Error):
        return ()
    from index.enrich.cities.finding import find

    return tuple(Source(name, place) for name, place in rows[1:] if name and place.isdecimal() and find(place))


def write_learned(path: Path, homes: Mapping[str, str]) -> None:
    """Write the homes that were learned, by source; no file where there are none.

    Args:
        path: the file.
        homes: GeoNames ids by name or web domain of the paper.
    """
    if not homes:
        path.unlink(missing_ok=True)
        return
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("source", "place"))
    rows.writerows(sorted(homes.items()))
    fresh = path.with_suffix(".new")
    fresh.write_text(text.getvalue(), encoding="utf-8")
    fresh.replace(path)


def on_the_map(place: str, where: str) -> str:
    """Return a home that an editor wrote, once it is certain which city it is.

    Args:
        place: as written.
        where: file and line, or setting, that it stands in.

    Raises:
        SettingsError: it names no city, or several.
    """
    from index.enrich.cities.meant import UnclearError, question, the_city  # the gazetteer takes a moment to load

    try:
        city = the_city(place)
    except UnclearError as unclear:
        raise SettingsError(f"{where}: {unclear}") from None
    if city is None:
        instead = (
            f".{asked}" if (asked := question(place)) else '; write it as in "Portland, Maine", or its GeoNames id.'
        )
        raise SettingsError(f'{where}: there is no city "{place}"{instead}')
    return place
