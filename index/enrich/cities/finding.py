"""From what people write to cities, and from cities to their names in addresses: `find` and `slug`.

Reads no story; the gazetteer holds the names. The one idea: whatever the archive calls a city leads back to that very
city, be it its label, its address or its id; and what else it may be called leads to all that may be meant, likeliest
first.
"""

from __future__ import annotations

import re
from functools import lru_cache

from index.article import City, fold
from index.enrich.cities.gazetteer import Entry, gazetteer
from index.enrich.cities.names import key

# Countries whose regions' names are the names of countries too, and come first: Georgia.
_STATES_FIRST = ("US", "CA")

# Abbreviations of Australia's states that are others' first, by GeoNames division: WA is Washington too.
_IN_AUSTRALIA = {"wa": "08", "nt": "03", "sa": "05"}

_INITIALS = re.compile(r"[A-Za-z]{2,3}")

# Archives name the same cities again and again.
_REMEMBERED = 4096

# Labels of namesakes in one region have more pieces than these: name and region.
_PIECES = 2


@lru_cache(_REMEMBERED)
def find(name: str) -> tuple[City, ...]:
    """Return the cities that an editor or reader may mean by `name`, likeliest first.

    Args:
        name: a GeoNames id ("5746545"), a slug ("portland-or"), a label ("Woodlawn, Prince George's County,
            Maryland"), a name ("Portland") or a name with its region or country ("Portland, Maine", "Portland, Ore.",
            "Cambridge, England").

    >>> [city.label for city in find("Portland, Maine")]
    ['Portland, Maine']
    """
    known = gazetteer()
    text = name.strip()
    if text.isdigit():
        row = known.row(int(text))
        return (known.city(row),) if row >= 0 else ()
    if "-" in text and (named := _of_slug(text)):
        return named
    first, _, qualifier = text.partition(",")
    if not qualifier.strip():
        rows = _called(first) or ([] if qualifier else _without_comma(text)) or known.shown_as(text)
    else:
        called = _called(first)
        rows = _qualified_by(called, qualifier)
        labelled = _labelled(text, rows, called)
        rows = [*labelled, *(row for row in rows if row not in labelled)]
    return tuple(known.city(row) for row in rows)


def _called(name: str) -> list[int]:
    """Return the cities that stories may call so; "Frankfurt (Oder)" is a Frankfurt too, and comes first."""
    known = gazetteer()
    initials = " ".join(name.strip()) if _INITIALS.fullmatch(name.strip()) else ""  # the gazetteer has D.C.
    for form in dict.fromkeys((name, re.split(r"[(/]", name)[0], initials)):
        entry = known.entry(key(form))
        if entry is not None and entry.cities:
            exact = [row for row in entry.cities if form != name and fold(known.name(row)) == fold(name)]
            return [*exact, *(row for row in entry.cities if row not in exact)]
    return []


def _labelled(label: str, fitting: list[int], called: list[int]) -> list[int]:
    """Return the city of a label, be it one that no story can mean: a namesake stands for it, or it has a number.

    Args:
        label: the label; written otherwise (in small letters, without accents), the same name may be several cities'.
        fitting: cities that may be called so, in the region or country that the label names.
        called: cities that may be called so anywhere.
    """
    known = gazetteer()
    if exact := [row for row in fitting if known.city(row).label == label]:
        return exact
    pieces = label.split(",")
    names = [",".join(pieces[:count]).strip() for count in range(1, len(pieces))]
    if len(pieces) <= _PIECES and any(known.name(row) == names[0] for row in fitting):
        names = []
    if exact := [row for name in names for row in known.shown_as(name) if known.city(row).label == label]:
        return exact
    wanted = fold(label)
    if same := [row for row in fitting if fold(known.city(row).label) == wanted]:
        return same
    others = dict.fromkeys(known.name(row) for row in fitting or called) if len(pieces) > _PIECES else ()
    return [row for name in others for row in known.shown_as(name) if fold(known.city(row).label) == wanted]


def _qualified_by(rows: list[int], qualifier: str) -> list[int]:
    """Return those of the cities that the qualifier ("Maine", "Ore.", "UK", "Cook County, Illinois") fits."""
    known = gazetteer()
    last = key(qualifier.split(",")[-1])
    circle = known.circles.get(last)
    if circle is not None and (inside := [row for row in rows if known.is_within(row, circle)]):
        return inside
    entry = known.entry(last)
    if entry is None and last not in _IN_AUSTRALIA:
        return []
    entry = entry or Entry()
    regions = set(entry.regions) | ({entry.short_for} if entry.short_for >= 0 else set())
    country = "" if last in known.parts else entry.country
    chosen = [row for row in rows if known.region_of[row] in regions]
    if not chosen or not any(known.regions[number].country in _STATES_FIRST for number in regions):
        chosen = [row for row in rows if known.region_of[row] in regions or known.country(row) == country]
    if not chosen and last in _IN_AUSTRALIA:
        state = ("AU", _IN_AUSTRALIA[last])
        chosen = [row for row in rows if known.regions[known.region_of[row]][:2] == state]
    if "," in qualifier and chosen:
        exact = [row for row in chosen if key(known.city(row).region).startswith(key(qualifier.split(",")[0]))]
        return exact or chosen
    return chosen


def _without_comma(text: str) -> list[int]:
    """Return the cities of a name whose region follows without a comma: "Portland OR", "Portland Oregon"."""
    words = text.split()
    for cut in range(len(words) - 1, 0, -1):
        if chosen := _qualified_by(_called(" ".join(words[:cut])), " ".join(words[cut:])):
            return chosen
    return []


def slug(city: City) -> str:
    """Return the city's name in addresses: "portland-or", "cambridge-england", "lima-peru".

    Of several cities that would share one, only the most populous has it; the others carry their GeoNames id behind.
    """
    known = gazetteer()
    row = known.row(city.geonameid) if city.geonameid is not None else -1
    if row < 0:
        return key(city.name).replace(" ", "-") or "place"
    short = _short_slug(row)
    entry = known.entry(key(known.name(row)))
    rivals = [other for other in (entry.cities if entry else ()) if _short_slug(other) == short]
    return short if rivals and rivals[0] == row else f"{short}-{city.geonameid}"


def _tail(row: int) -> str:
    """Return what stands behind the city's name in addresses."""
    known = gazetteer()
    region = known.regions[known.region_of[row]]
    if region.country in ("US", "CA"):
        return region.postal.lower()
    if region.country == "GB":
        return key(region.name)
    return key(known.country_names.get(region.country, region.country))


def _short_slug(row: int) -> str:
    return "-".join(f"{key(gazetteer().name(row))} {_tail(row)}".split())


def _of_slug(text: str) -> tuple[City, ...]:
    """Return the city of a slug, be it made of a name that is not the one it is shown by: "koln-germany"."""
    if not re.fullmatch(r"[a-z0-9-]+", text):
        return ()
    known = gazetteer()
    head, _, last = text.rpartition("-")
    if last.isdigit():
        row = known.row(int(last))
        return (known.city(row),) if row >= 0 and _ends(head, row) else ()
    words = text.split("-")
    by_another_name = -1
    for cut in range(len(words) - 1, 0, -1):
        entry = known.entry(" ".join(words[:cut]))
        for row in entry.cities if entry else ():
            if _short_slug(row) == text:
                return (known.city(row),)
            if by_another_name < 0 and " ".join(words[cut:]) in _tails(row):
                by_another_name = row
    return (known.city(by_another_name),) if by_another_name >= 0 else ()


def _ends(head: str, row: int) -> bool:
    """Return whether a slug without its id is the city's, by the name it is shown by or by another."""
    if _short_slug(row) == head:
        return True
    words = head.split("-")
    for cut in range(len(words) - 1, 0, -1):
        entry = gazetteer().entry(" ".join(words[:cut]))
        if entry is not None and row in entry.cities and " ".join(words[cut:]) in _tails(row):
            return True
    return False


def _tails(row: int) -> tuple[str, str]:
    """Return what may stand behind a city's name in addresses: of a slug, and of its label."""
    city = gazetteer().city(row)
    return _tail(row), fold(city.label.partition(", ")[2]).replace("-", " ")
