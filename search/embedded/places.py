"""Names of places into facet keys: what `city:portland` and `--city "Portland, Maine"` mean in one archive.

The gazetteer knows the names, the archive knows which of the cities its stories speak of. The one idea: a name means
the cities of that name that occur in the archive; where none does, the regions and countries of that name with stories;
and only where there are none, the best known city.
"""

from __future__ import annotations

from functools import cached_property, lru_cache

from index.article import City, fold
from search.embedded.columns import Columns
from search.embedded.values import label_of
from search.request import level

Named = tuple[tuple[str, str], ...]


class Places:
    """Finds the cities a name can mean in one generation, and remembers what it was asked. Thread-safe.

    A name is a facet key (of a city, "us-or" of a region, "us" of a country), a slug ("portland-or"), a name
    ("Portland") or a name with its region ("Portland, Maine").
    """

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._asked = lru_cache(1024)(self._find)

    def __call__(self, name: str, /) -> Named:
        """Return the places as (facet key, label), best first; empty for none."""
        return self._asked(name.strip())

    def regions(self, name: str, /) -> Named:
        """Return the regions and countries of that name in which stories are, as (facet key, label)."""
        from index.enrich.cities import divisions  # opens the gazetteer, which only named places need

        held = self._columns.facet("mentions").within
        return tuple((found.key, found.label) for found in divisions(name) if found.key in held)

    def strangers(self, name: str, /) -> Named:
        """Return the cities of a name where no story is in any, best known first; none of an id."""
        found = self(name)
        known = () if name.strip().isdigit() else _gazetteer(name)
        held = self._columns.facet("mentions").numbers
        if not known or [key for key, _ in found] != [known[0].key] or known[0].key in held:
            return ()
        return tuple((city.key, city.label) for city in known)

    @cached_property
    def _by_name(self) -> dict[str, list[tuple[str, str]]]:
        """The archive's cities by folded name, without and with their region."""
        held = self._columns.facet("mentions")
        named: dict[str, list[tuple[str, str]]] = {}
        for key, label in zip(held.keys, held.labels, strict=True):
            for name in {fold(label), fold(label.split(",", 1)[0])}:
                named.setdefault(name, []).append((key, label))
        return named

    def _find(self, name: str) -> Named:
        held = self._columns.facet("mentions")
        if name in held.numbers:
            return ((name, held.labels[held.numbers[name]]),)
        if level(name) != "city" and (label := label_of(name)) != name:
            return ((name, label),)
        wanted = fold(name)
        if not wanted:
            return ()
        known = _gazetteer(name)
        here = [(city.key, city.label) for city in known if city.key in held.numbers]
        found = dict.fromkeys((*here, *self._by_name.get(wanted, ())))
        return tuple(found) or self.regions(name) or tuple((city.key, city.label) for city in known[:1])


def _gazetteer(name: str) -> tuple[City, ...]:
    from index.enrich.cities import find

    return find(name)
