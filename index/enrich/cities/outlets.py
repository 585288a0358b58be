"""Compile the list of outlets: which town each US outlet is at home in.

    python -m index.enrich.cities.outlets us-news-outlets.jsonl.gz

The source is 3DLNews (MIT), which places most outlets by county; the town is the likeliest one near that point: the
one its name or domain speaks of, else the largest close by. Of several papers on one domain the flagship counts;
domains that towns of several states share are left out, and so are hosts where anybody publishes. The one idea: no
home is better than a wrong one, so a name that may be two papers' is in the list only where it is clear whose.
"""

from __future__ import annotations

import gzip
import json
import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from index.enrich.cities.distance import distance
from index.enrich.cities.finding import find
from index.enrich.cities.gazetteer import gazetteer
from index.enrich.cities.homes import OUTLETS
from index.enrich.cities.names import key

# Places that the source has wrong, or only by a county that is larger than its paper.
_CORRECTIONS = {
    "azcentral.com": "Phoenix, Arizona",
    "kansascity.com": "Kansas City, Missouri",
    "kcstar.com": "Kansas City, Missouri",
    "ledger-enquirer.com": "Columbus, Georgia",
    "news-leader.com": "Springfield, Missouri",
}

# Where the flagship of a domain is not in its largest city.
_FLAGSHIPS = {"al.com": "Birmingham, Alabama"}

# Hosts where anybody publishes, or where domains are for sale; what lies below them is no paper's either.
_PLATFORMS = frozenset(
    "afternic.com affordablewebhosting.com buydomains.com dan.com domainmarket.com examiner.com facebook.com google.com"
    " hawkhost.com hugedomains.com issuu.com linkedin.com mindspring.com myregisteredsite.com sedo.com"
    " smalltownpapers.com snappypaydayloans.com suitehotelnewyork.com tenerifeforum.site topix.com topix.net tripod.com"
    " zwire.com".split()
)
# Hosts where every paper has a subdomain of its own, which is as good as a domain.
_LANDLORDS = frozenset(
    "bcentral.com blogspot.com blogspot.com.au cbslocal.com dreamhosters.com homestead.com iheart.com newsmemory.com"
    " patch.com publicus.com radio.com squarespace.com townnews.com tumblr.com univision.com webs.com weebly.com"
    " wordpress.com".split()
)

# Names that a larger paper of another country has too, or one of the whole world.
_FOREIGN = frozenset(
    [
        *("daily express", "daily guide", "daily mail", "daily mirror", "daily record", "daily star", "daily sun"),
        *("daily telegraph", "daily times", "dominion post", "el colombiano", "el diario", "el heraldo"),
        *("el imparcial", "epoch times", "evening standard", "express star", "financial times", "herald sun"),
        *("korea times", "la prensa libre", "la vision", "morning star", "national herald", "news letter"),
        *("richmond news", "sun herald", "sunday news", "sunday times"),
    ]
)

# What stands behind names in the source and not in papers' mastheads.
_TAIL = " newspaper"

# Words of papers' names that tell nothing of where they are.
_GENERIC = frozenset(
    "advance advertiser advocate american and argus banner beacon bee bulletin business call chronicle citizen clarion"
    " commercial community country courier crier current daily democrat dispatch eagle echo enquirer enterprise evening"
    " examiner express financial free gazette globe guardian guide herald independent index journal leader ledger"
    " life local mail messenger mirror monitor morning national news observer of paper patriot picayune pilot pioneer"
    " plain dealer point post press progress record recorder register reporter republican review sentinel signal"
    " standard star state statesman sun sunday telegram telegraph the times today transcript tribune union view voice"
    " weekly world".split()
)

_REACH, _FALL = 60.0, 15.0

# A domain is at home where more than this share of its outlets is, and nowhere beyond so many outlets.
_SHARE, _MOST_OUTLETS = 0.5, 12

# Papers of one name in towns so close to each other are one paper.
_ONE_PAPER = 50.0

# Letters of a place that a name made from it has at least, and that it may lack: Oklahoma, Oklahoman.
_ROOT, _LOST = 5, 2


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
    by_name: dict[str, list[int]] = defaultdict(list)
    corrected = _rows(_CORRECTIONS)
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        for line in lines:
            outlet = json.loads(line)
            if not outlet["domain"] or outlet["lat"] is None:
                continue
            host = outlet["domain"].removeprefix("www.")
            name = key(outlet["name"]).removeprefix("the ").removesuffix(_TAIL)
            row = towns.home(outlet)
            if host in corrected and (row is None or not _is_named(row, name)):
                row = corrected[host]
            if row is not None:
                by_domain[host].append(row)
                by_name[name].append(row)
    homes = {host: row for host, rows in by_domain.items() if (row := _home_of_domain(host, rows)) is not None}
    tails = _by_tail(by_name)
    for name, rows in by_name.items():
        if (found := _home_of_name(name, rows, tails.get(name, []))) is not None:
            homes[name] = found
    return {name: known.geonameid[row] for name, row in (homes | corrected | _rows(_FLAGSHIPS)).items()}


def _rows(places: Mapping[str, str]) -> dict[str, int]:
    return {host: gazetteer().row(find(place)[0].geonameid or 0) for host, place in places.items()}


def _is_named(row: int, name: str) -> bool:
    return f" {key(gazetteer().name(row))} " in f" {name} "


def _home_of_domain(host: str, rows: list[int]) -> int | None:
    """Return the town of a domain on which papers of these towns are."""
    known = gazetteer()
    parents = {host[at:] for at in range(len(host)) if at == 0 or host[at - 1] == "."}
    if host in _LANDLORDS or not parents.isdisjoint(_PLATFORMS):
        return None
    row, times = Counter(rows).most_common(1)[0]
    called = key(host).replace(" ", "")
    spoken_of = [other for other in rows if key(known.name(other)).replace(" ", "") in called]
    if spoken_of:
        return max(spoken_of, key=lambda other: known.population[other])
    if len(rows) > _MOST_OUTLETS:
        return None
    if times > _SHARE * len(rows):
        return row
    if len({known.region_of[other] for other in rows}) == 1:
        return max(rows, key=lambda other: known.population[other])  # the flagship is in the largest city
    return None


def _by_tail(by_name: dict[str, list[int]]) -> dict[str, list[int]]:
    """Return the towns of the papers that are called by their towns and then so: of "Dispatch" those of Columbus's."""
    known = gazetteer()
    tails: dict[str, list[int]] = defaultdict(list)
    for name, rows in by_name.items():
        for row in set(rows):
            town = key(known.name(row))
            if name.startswith(f"{town} "):
                tails[name.removeprefix(f"{town} ")].append(row)
    return tails


def _home_of_name(name: str, rows: list[int], namesakes: list[int]) -> int | None:
    """Return the town of the paper of that name.

    Args:
        name: its key, without "the".
        rows: the towns it is said to be in.
        namesakes: the towns of papers that have their town before the same name.
    """
    known = gazetteer()
    if name in _FOREIGN or (" " not in name and not any(_is_called_after(name, row) for row in rows)):
        return None
    counted = Counter(rows)
    row, times = counted.most_common(1)[0]
    in_name = [other for other in counted if _is_named(other, name)]
    if len(in_name) == 1:
        return in_name[0]
    if row in in_name and times > _SHARE * len(rows):
        return row
    largest = max(counted, key=lambda other: known.population[other])
    if any(_apart(other, largest) > _ONE_PAPER for other in counted):
        return None
    known_elsewhere = any(known.population[other] > known.population[largest] for other in namesakes)
    return None if known_elsewhere and _GENERIC.issuperset(name.split()) else largest


def _apart(row: int, other: int) -> float:
    known = gazetteer()
    return distance(known.latitude(row), known.longitude(row), known.latitude(other), known.longitude(other))


def _is_called_after(name: str, row: int) -> bool:
    """Say whether a name of one word is made from the town's or its state's: Oregonian, Tennessean, Trentonian."""
    known = gazetteer()
    places = (key(known.name(row)), key(known.regions[known.region_of[row]].name))
    return name not in places and any(
        name.endswith(ending)
        and len(root := name.removesuffix(ending)) >= _ROOT
        and any(place.startswith(root) and len(place) - len(root) <= _LOST for place in places)
        for ending in ("ian", "ean", "an", "n")
    )


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
