"""Names of cities into facet keys: what `city:portland` and `--city "Portland, Maine"` mean in one archive.

The gazetteer knows the names, the archive knows which of the cities its stories speak of. The one idea: a name means
the cities of that name that occur in the archive; only where none does, the best known of them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from index.article import City, fold
from search.embedded.columns import Columns

Named = tuple[tuple[str, str], ...]


def places(columns: Columns) -> Callable[[str], Named]:
    """Return the function that finds the cities a name can mean, as (facet key, label), best first.

    It takes a facet key, a GeoNames id, a slug ("portland-or"), a name ("Portland") or a name with its region
    ("Portland, Maine"); it remembers what it was asked.
    """
    return lru_cache(1024)(lambda name: _places(columns, name.strip()))


def _places(columns: Columns, name: str) -> Named:
    held = columns.facet("mentions")
    if name in held.numbers:
        return ((name, held.labels[held.numbers[name]]),)
    wanted = fold(name)
    if not wanted:
        return ()
    known = _gazetteer(name)
    here = [(city.key, city.label) for city in known if city.key in held.numbers]
    for key, label in zip(held.keys, held.labels, strict=True):
        if wanted in (fold(label), fold(label.split(",", 1)[0])) and (key, label) not in here:
            here.append((key, label))
    return tuple(here) or tuple((city.key, city.label) for city in known[:1])


def _gazetteer(name: str) -> tuple[City, ...]:
    from index.enrich.cities import find

    return find(name)
