"""Xapian (Debian's python3-xapian) as its documentation recommends: TermGenerator, English stemmer, value slots, spies.

Stems only (`STEM_ALL`), since a second set of unstemmed terms would double its index and answer nothing asked here.
Facets are counted by `ValueCountMatchSpy` over all matches; a choice of cities needs a second search for their facet.
The one idea: the module comes from the system, so it is looked for where Debian puts it when the running environment
does not have it.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bench.engine import Answer
from bench.questions import Question
from index import Story

#: Where Debian's packages for its own Python are; they load in a virtual environment of the same version.
_SYSTEM = "/usr/lib/python3/dist-packages"
_CITY, _MONTH, _DAY = range(3)
_ID_PREFIX, _CITY_PREFIX = "Q", "XC"


class Xapian:
    """Xapian's glass backend; right truncation is the only wildcard it knows."""

    name = "Xapian"
    most: int | None = 200_000
    without = frozenset({"wildcard"})
    differs: Mapping[str, str] = {
        "prefix": "there the pattern is matched with stems, here with words as they are written"
    }

    def build(self, stories: Iterable[Story], directory: Path) -> None:
        """Index in one process, committing every 10,000 stories as it does by itself."""
        xapian = _xapian()
        database = xapian.WritableDatabase(str(directory / "glass"), xapian.DB_CREATE_OR_OPEN)
        generator = xapian.TermGenerator()
        generator.set_stemmer(xapian.Stem("english"))
        generator.set_stemming_strategy(xapian.TermGenerator.STEM_ALL)
        for story in stories:
            article = story.article
            published = article.published or "1970-01-01"
            city = article.facet_cities[0].key
            document = xapian.Document()
            document.set_data(f"{article.id}\n{article.headline}\n{article.body}")
            document.add_boolean_term(_ID_PREFIX + article.id)
            document.add_boolean_term(_CITY_PREFIX + city)
            document.add_value(_CITY, city)
            document.add_value(_MONTH, published[:7])
            document.add_value(_DAY, xapian.sortable_serialise(date.fromisoformat(published).toordinal()))
            generator.set_document(document)
            generator.index_text(article.headline)
            generator.increase_termpos()
            generator.index_text(article.body)
            database.add_document(document)
        database.close()

    def open(self, directory: Path) -> None:
        """Open the database."""
        self._xapian = _xapian()
        self._database = self._xapian.Database(str(directory / "glass"))
        self._stem = self._xapian.Stem("english")

    def answer(self, question: Question) -> Answer:
        """Search once with both spies; once more without the cities where some are chosen."""
        found, cities, months = self._page(question)
        ids = tuple(match.document.get_data().split(b"\n", 1)[0].decode() for match in found)
        return Answer(found.get_matches_estimated(), ids, lambda: (cities, months))

    def serve(self, question: Question) -> int:
        """Fetch the ten documents with Xapian's own snippets."""
        found, _, _ = self._page(question)
        made = 0
        for match in found:
            body = match.document.get_data().decode().split("\n", 2)[2]
            made += len(found.snippet(body, 200, self._stem))
        return made

    def _page(self, question: Question) -> tuple[Any, dict[str, int], dict[str, int]]:
        xapian = self._xapian
        text = self._text(question)
        if not question.cities:
            return self._run(text, question.newest)
        anywhere = [xapian.Query(_CITY_PREFIX + key) for key in question.cities]
        chosen = xapian.Query(xapian.Query.OP_FILTER, text, xapian.Query(xapian.Query.OP_OR, anywhere))
        found, _, months = self._run(chosen, question.newest)
        _, cities, _ = self._run(text, question.newest)
        return found, cities, months

    def _run(self, query: Any, newest: bool) -> tuple[Any, dict[str, int], dict[str, int]]:
        enquire = self._xapian.Enquire(self._database)
        enquire.set_query(query)
        if newest:
            enquire.set_sort_by_value(_DAY, True)
        spies = [self._xapian.ValueCountMatchSpy(slot) for slot in (_CITY, _MONTH)]
        for spy in spies:
            enquire.add_matchspy(spy)
        found = enquire.get_mset(0, 10, self._database.get_doccount())
        cities, months = ({value.term.decode(): value.termfreq for value in spy.values()} for spy in spies)
        return found, cities, months

    def _text(self, question: Question) -> Any:
        xapian = self._xapian
        kinds = xapian.Query
        stems = [self._stem(word).decode() for word in question.words]
        match question.operator:
            case _ if not stems:
                text = kinds.MatchAll
            case "phrase":
                text = kinds(kinds.OP_PHRASE, stems, len(stems))
            case "near":
                text = kinds(kinds.OP_NEAR, stems, 6)
            case "prefix":
                text = kinds(
                    kinds.OP_WILDCARD, question.words[0].rstrip("*"), 0, kinds.WILDCARD_LIMIT_ERROR, kinds.OP_OR
                )
            case "or":
                text = kinds(kinds.OP_OR, stems)
            case _:
                text = kinds(kinds.OP_AND, stems)
        if question.since and question.until:
            days = [xapian.sortable_serialise(day.toordinal()) for day in (question.since, question.until)]
            text = kinds(kinds.OP_FILTER, text, kinds(kinds.OP_VALUE_RANGE, _DAY, *days))
        return text


def present() -> bool:
    """Say whether Xapian can be loaded."""
    try:
        _xapian()
    except ImportError:
        return False
    return True


def _xapian() -> Any:
    if importlib.util.find_spec("xapian") is None and _SYSTEM not in sys.path:
        sys.path.append(_SYSTEM)
        try:
            return importlib.import_module("xapian")
        finally:
            sys.path.remove(_SYSTEM)
    return importlib.import_module("xapian")
