"""Compile the list of outlets: which town each US outlet is at home in.

    python -m index.enrich.cities.outlets us-news-outlets.jsonl.gz

The source is 3DLNews (MIT), which places most outlets by county; the town is the likeliest one near that point: the
one its name or domain speaks of, else the largest close by. Of several papers on one domain the flagship counts;
domains that towns of several states share are left out.
"""

from __future__ import annotations

import gzip
import json
import math
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import click

from index.enrich.cities.gazetteer import find, gazetteer
from index.enrich.cities.home import distance
from index.enrich.cities.homes import OUTLETS
from index.enrich.cities.names import key

# Places that the source has wrong.
_CORRECTIONS = {
    "kansascity.com": "Kansas City, Missouri",
    "news-leader.com": "Springfield, Missouri",
    "ledger-enquirer.com": "Columbus, Georgia",
}

_REACH, _FALL = 60.0, 15.0

# A domain is at home where more than this share of its outlets is, and nowhere beyond so many outlets.
_SHARE, _MOST_OUTLETS = 0.5, 12


class Towns:
    """The towns of every US state."""

    def __init__(self) -> None:
        known = gazetteer()
        states = {number: region.code for number, region in enumerate(known.regions) if region.country == "US"}
        self._of: dict[str, list[tuple[float, float, float, str, int]]] = defaultdict(list)
        for row in range(len(known.geonameid)):
            if state := states.get(known.region_of[row]):
                size = math.log10(known.population[row] + 10)
                town = (known.latitude(row), known.longitude(row), size, key(known.name(row)), row)
                self._of[state].append(town)

    def home(self, outlet: dict[str, Any]) -> int | None:
        """Return the row of an outlet's town."""
        name = f" {key(outlet['name'])} {key(outlet['domain'].split('.')[0])} "
        county = key(outlet["city_county"] or "").removesuffix(" county").removesuffix(" parish")
        best: tuple[float, int] | None = None
        for latitude, longitude, size, town, row in self._of[outlet["state"]]:
            if abs(latitude - outlet["lat"]) > 0.6:
                continue
            away = distance(latitude, longitude, outlet["lat"], outlet["lon"])
            if away > _REACH:
                continue
            score = size - away / _FALL + (town == county)
            if f" {town} " in name:
                score += 3
            elif len(town) > 5 and town.replace(" ", "") in name.replace(" ", ""):
                score += 2
            if best is None or score > best[0]:
                best = (score, row)
        return best[1] if best else None


def build(source: Path) -> dict[str, int]:
    """Return GeoNames ids by domain and by name of the outlet."""
    known, towns = gazetteer(), Towns()
    by_domain: dict[str, list[int]] = defaultdict(list)
    by_name: dict[str, set[int]] = defaultdict(set)
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        for line in lines:
            outlet = json.loads(line)
            if not outlet["domain"] or outlet["lat"] is None:
                continue
            row = towns.home(outlet)
            if row is None:
                continue
            by_domain[outlet["domain"].removeprefix("www.")].append(row)
            name = key(outlet["name"]).removeprefix("the ")
            if " " in name:
                by_name[name].add(row)
    homes = {name: rows.copy().pop() for name, rows in by_name.items() if len(rows) == 1}
    for domain, rows in by_domain.items():
        row, times = Counter(rows).most_common(1)[0]
        spoken_of = [other for other in rows if key(known.name(other)).replace(" ", "") in key(domain).replace(" ", "")]
        if spoken_of:
            homes[domain] = max(spoken_of, key=lambda other: known.population[other])
        elif times > _SHARE * len(rows) and len(rows) <= _MOST_OUTLETS:
            homes[domain] = row
        elif len(rows) <= _MOST_OUTLETS and len({known.region_of[other] for other in rows}) == 1:
            homes[domain] = max(rows, key=lambda other: known.population[other])  # the flagship is in the largest city
    ids = {name: known.geonameid[row] for name, row in homes.items()}
    return ids | {domain: find(place)[0].geonameid or 0 for domain, place in _CORRECTIONS.items()}


@click.command(help=(__doc__ or "").partition("\n")[0])
@click.argument("source", type=click.Path(exists=True, path_type=Path))
def main(source: Path) -> None:
    """Write the list that ships with the program."""
    homes = build(source)
    text = "# outlet's domain or name, GeoNames id of its home; made from 3DLNews, see outlets.LICENSE\n"
    text += "".join(f"{name}\t{geonameid}\n" for name, geonameid in sorted(homes.items()))
    OUTLETS.write_bytes(gzip.compress(text.encode(), mtime=0))
    click.echo(f"{OUTLETS}: {len(homes)} outlets")


if __name__ == "__main__":
    main()
